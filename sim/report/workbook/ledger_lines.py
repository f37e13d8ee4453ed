"""The lines of a ledger by calendar year, each amount a formula of prices and quantities, and their totals."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from sim.analysis.ledger.item_prices import is_counted, kroner
from sim.analysis.ledger.lines import BUDGETS, COSTS, EFFORT, KEPT_OUT, REGION
from sim.analysis.ledger.lines import MUNICIPALITY as MUNICIPALITY_PAYS
from sim.analysis.ledger.lines import STATE as STATE_PAYS
from sim.analysis.ledger.quantities import Item
from sim.analysis.ledger.spells import Floats
from sim.catalogue import Destination
from sim.report.language import Language
from sim.report.ledger_words import line_label
from sim.report.workbook.book import Book, Cell, Field, Formula, Sheet, fixed, letters, relative
from sim.report.workbook.pair import Pair
from sim.report.workbook.prices import BASIS, Prices
from sim.report.workbook.quantities import FIRST_YEAR, MUNICIPALITY, STATE, QuantitySheet, condition

FRONT = 4
"""Columns before the amounts: section, line, payer, counted in the totals."""
_OWN_PRICE = ("posts", "filled", "budget", "programmes", "internships")
"""Kinds whose lines are shown whether the totals count them or not."""


class _Line(NamedTuple):
    """A line: who pays, and the places of its items, which stand one after the other."""

    section: str
    name: str
    payer: str
    items: tuple[int, ...]

    @property
    def state(self) -> bool:
        """Whether the state pays."""
        return self.payer == STATE_PAYS


class _Total(NamedTuple):
    """A sum: its formula in a column, by the column's letters, and its amounts by run and year."""

    name: str
    payer: str
    formula: Callable[[str], str]
    amounts: Floats

    def in_column(self, which: int, year: int, column: str) -> str:
        """Formula of an amount; it does not depend on the run and the year but through the column."""
        return self.formula(column)


class Totals(NamedTuple):
    """Where totals stand that others refer to, counted from 0.

    Attributes
    ----------
    effort, benefits, net
        What is paid for the effect, benefits and what comes after the exit, and in all: the municipality's.
    head
        Row of the headings.
    differences
        First and last column of the differences by year.
    present
        Column of their present value.
    """

    effort: int
    benefits: int
    net: int
    head: int
    differences: tuple[int, int]
    present: int


def put_lines(book: Book, sheet: Sheet, pair: Pair, prices: Prices, quantities: QuantitySheet) -> Totals:
    """Put the lines and their totals where the sheet has come to."""
    return _Lines(book, sheet, pair, prices, quantities).put()


class _Lines:
    def __init__(self, book: Book, sheet: Sheet, pair: Pair, prices: Prices, quantities: QuantitySheet) -> None:
        self._language, self._say = book.language, book.language.say
        self._sheet, self._pair, self._prices, self._quantities = sheet, pair, prices, quantities
        self._items, self._count = pair.quantities.items, len(pair.quantities.years)
        self._lines = list(_lines(self._items, self._language, with_state=prices.knows_state))
        self._head = sheet.row + 2  # Below the title and the factors.
        self._first = self._head + 1

    def put(self) -> Totals:
        say, sheet = self._say, self._sheet
        made = [self._row(number, line) for number, line in enumerate(self._lines)]
        totals = self._totals()
        for number, total in enumerate(totals, start=len(made)):
            across = self._across(number, total.in_column, total.amounts)
            made.append([say("total"), total.name, total.payer, "", *across])
        title = say("By line and calendar year, kr")
        sheet.title(title)
        first, last = self._columns(2)
        sheet.put_at(sheet.row, first - 1, say("factor of the present value"), right=True)
        for year, factor in enumerate(self._pair.discount.tolist()):
            sheet.put_at(sheet.row, first + year, Formula(f"={self._prices.factor(year)}", factor), "0.0000")
        sheet.row = self._head
        sums = len(self._lines)
        sheet.table(self._fields(), made, bold=lambda row: row >= sums, frozen=None)
        place = self._first + sums
        return Totals(place + 1, place + 2, place + 3, self._head, (first, last), last + 2)

    def _fields(self) -> list[Field]:
        say, years = self._say, self._pair.quantities.years
        base, variant = self._pair.names
        fields = [Field(say("section"), width=18), Field(say("line"), width=36)]
        fields += [Field(say("payer"), width=14), Field(say("in the totals"), width=10)]
        for name in (base, variant, say("difference")):
            fields += [Field(f"{name} {year}", width=14) for year in years]
            fields.append(Field(f"{name} {say('in all')}", width=14))
        return [*fields, Field(say("difference, present value"), width=14)]

    def _columns(self, block: int) -> tuple[int, int]:
        """First and last column of the years of a block: the baseline, the variant, the difference."""
        first = FRONT + block * (self._count + 1)
        return first, first + self._count - 1

    def _across(self, number: int, formula: Callable[[int, int, str], str], amounts: Floats) -> list[Cell]:
        """Give the cells of a row: both runs by year and in all, the difference, and its present value.

        Parameters
        ----------
        number
            Of the row, from 0.
        formula
            Of an amount, by run (0: the baseline), year and the letters of its column.
        amounts
            By run and year.
        """
        row = self._first + number
        difference = amounts[1] - amounts[0]
        cells: list[Cell] = []
        for block, values in enumerate((*amounts, difference)):
            first, last = self._columns(block)
            for year, value in enumerate(values.tolist()):
                column = first + year
                if block < 2:
                    text = formula(block, year, letters(column))
                else:
                    ours, theirs = (relative(row, self._columns(which)[0] + year) for which in (1, 0))
                    text = f"={ours}-{theirs}"
                cells.append(Formula(text, value))
            ends = f"{relative(row, first)}:{relative(row, last)}"
            cells.append(Formula(f"=SUM({ends})", float(values.sum())))
        factors = self._head - 1
        of = f"{fixed(factors, first)}:{fixed(factors, last)}"
        cells.append(Formula(f"=SUMPRODUCT({of},{ends})", float(difference @ self._pair.discount)))
        return cells

    def _row(self, number: int, line: _Line) -> list[Cell]:
        language, say = self._language, self._say
        item = self._items[line.items[0]]
        across = self._across(number, lambda which, year, _: self._amount(line, which, year), self._amounts(line))
        return [say(line.section), line.name, say(line.payer), self._counted(item, language), *across]

    def _counted(self, item: Item, language: Language) -> Cell:
        yes, no = self._say("yes"), self._say("no")
        if not condition(item, "", language):
            return yes
        known = yes if is_counted(item, self._pair.moneys[0]) else no
        return Formula(f'=IF({condition(item, self._prices.cell(BASIS, 0), language)},"{yes}","{no}")', known)

    def _amount(self, line: _Line, which: int, year: int) -> str:
        """Formula of a line: what may not count has its own price, the rest that of the sheet of quantities."""
        first, last = line.items[0], line.items[-1]
        column = FIRST_YEAR + which * self._count + year
        rows = (self._quantities.row(first), self._quantities.row(last))
        at = self._quantities.at
        item = self._items[first]
        if item.kind in _OWN_PRICE:
            price = self._prices.of_item(item, self._pair.sides[which])
            return f"={price}*{at}{fixed(rows[0], column)}"
        cost = (STATE if line.state else MUNICIPALITY) + which
        ranges = [f"{at}{fixed(rows[0], c)}:{fixed(rows[1], c)}" for c in (cost, column)]
        return f"=SUMPRODUCT({ranges[0]},{ranges[1]})"

    def _amounts(self, line: _Line) -> Floats:
        """Amounts of a line by run and year."""
        made = np.zeros((2, self._count))
        for which, (money, means, prices) in enumerate(
            zip(self._pair.moneys, self._pair.means, self._pair.prices, strict=True)
        ):
            for place in line.items:
                item = self._items[place]
                price = kroner(item, money) if item.kind in _OWN_PRICE else prices[place][line.state]
                made[which] += price * means[place]
        return made

    def _totals(self) -> list[_Total]:
        """Sums over lines, in the order of `Totals`."""
        say, lines = self._say, self._lines
        municipality, state, region = (say(payer) for payer in (MUNICIPALITY_PAYS, STATE_PAYS, REGION))
        money = self._pair.moneys[0]
        counted = np.array([is_counted(self._items[line.items[0]], money) for line in lines])
        payers = np.array([line.payer for line in lines])
        own = payers == MUNICIPALITY_PAYS
        in_costs = np.array([line.section in COSTS for line in lines])
        budgets = own & np.array([self._items[line.items[0]].kind == "budget" for line in lines])
        amounts = np.array([self._amounts(line) for line in lines])
        effort = amounts[counted & own & in_costs].sum(axis=0)
        net = amounts[counted & own].sum(axis=0)
        appropriated = [self._first + number for number, is_budget in enumerate(budgets) if is_budget]
        below = self._first + len(lines) + 1  # As a formula counts, from 1: the first total.

        def sums(payer: str, last: int) -> Callable[[str], str]:
            begin, end = self._first + 1, self._first + last
            return lambda c: (
                f'=SUMIFS({c}{begin}:{c}{end},$D{begin}:$D{end},"{say("yes")}",$C{begin}:$C{end},"{payer}")'
            )

        made = [
            _Total(
                line_label(BUDGETS, self._language),
                municipality,
                lambda c: "=" + ("+".join(f"{c}{row + 1}" for row in appropriated) or "0"),
                amounts[budgets].sum(axis=0),
            ),
            _Total(
                line_label(EFFORT, self._language), municipality, sums(municipality, int(in_costs.sum())), effort
            ),
            _Total(
                say("benefits and after the exit"),
                municipality,
                lambda c: f"={c}{below + 3}-{c}{below + 1}",
                net - effort,
            ),
            _Total(say("in all"), municipality, sums(municipality, len(lines)), net),
        ]
        if self._prices.knows_state:
            theirs = amounts[counted & (payers == STATE_PAYS)].sum(axis=0)
            made.append(_Total(say("in all"), state, sums(state, len(lines)), theirs))
            both = net + theirs
            made.append(_Total(say("in all"), say("both"), lambda c: f"={c}{below + 3}+{c}{below + 4}", both))
        if (payers == REGION).any():
            theirs = amounts[counted & (payers == REGION)].sum(axis=0)
            made.append(_Total(say("in all"), region, sums(region, len(lines)), theirs))
        return made


def _lines(items: Sequence[Item], language: Language, *, with_state: bool) -> Iterator[_Line]:
    """List the lines in the order of the ledger: costs first, section by section."""
    places = {item: place for place, item in enumerate(items)}
    say = language.say
    for section in COSTS:
        for item, place in places.items():
            if item.kind in ("posts", "filled") and section == "staff":
                yield _Line(section, f"{language.name(item.name)}, {say(item.kind)}", MUNICIPALITY_PAYS, (place,))
            elif item.kind == "budget" and item.covers == section:
                yield _Line(section, f"{say('budget')}: {language.name(item.name)}", item.payer, (place,))
            elif item.kind in ("programmes", "internships") and section == "programmes":
                yield _Line(section, say(item.kind), MUNICIPALITY_PAYS, (place,))
    payers = (MUNICIPALITY_PAYS, STATE_PAYS) if with_state else (MUNICIPALITY_PAYS,)
    effects = (item for item in items if item.kind not in _OWN_PRICE)
    for (kind, name), group in groupby(effects, key=_line_of):
        together = tuple(places[item] for item in group)
        for payer in payers:
            yield _Line(
                "benefits" if kind == "benefit" else "after the exit", _label(kind, name, language), payer, together
            )


def _line_of(item: Item) -> tuple[str, str]:
    """What is taken off stands on the line from which it is taken."""
    return "after" if item.kind == "not_yet" else item.kind, item.name


def _label(kind: str, name: str, language: Language) -> str:
    if kind == "benefit":
        return language.name(name)
    if kind == "kept_out":
        return language.say(KEPT_OUT)
    where = language.label(Destination[name.upper()])
    return f"{where}, {language.say('paid first')}" if kind == "first" else where
