"""The sheet of replications: each pair's quantities and what follows from them, so that intervals recompute too."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from sim.analysis.ledger.business_case import ROUNDING
from sim.analysis.ledger.figures import (
    BREAK_EVEN,
    EXTRA_COST,
    NET_BOTH,
    NET_MUNICIPALITY,
    NET_STATE,
    SAVED_WEEKS,
    SAVING,
)
from sim.analysis.ledger.quantities import Quantities
from sim.analysis.ledger.spells import Floats
from sim.report.ledger_words import figure_label
from sim.report.workbook.book import UNDEFINED, WHOLE, Book, Cell, Field, Formula, fixed, letters, quoted, relative
from sim.report.workbook.pair import Pair
from sim.report.workbook.prices import Prices
from sim.report.workbook.quantities import MUNICIPALITY, STATE, QuantitySheet, labels

EFFORT = ("posts", "filled", "budget", "programmes", "internships")
"""Kinds of what is paid for the effect."""
FIGURES = (EXTRA_COST, SAVING, NET_MUNICIPALITY, NET_STATE, NET_BOTH, SAVED_WEEKS, BREAK_EVEN)
"""What is computed in each replication, a column each from the second on."""
_PAID, _WEEKS, _TREATED = range(len(FIGURES) + 1, len(FIGURES) + 4)
_FIRST = _TREATED + 2
"""First column of quantities."""
_AMOUNT = "#,##0.000"
_WEEK = "0.000"


class _Column(NamedTuple):
    """A quantity by replication: of which run (0: the baseline), item and year, by their places."""

    which: int
    item: int
    year: int


class _Weights(NamedTuple):
    """What a unit of each column adds to extra cost, net cost of municipality and of state, and benefits paid."""

    extra: Floats
    municipality: Floats
    state: Floats
    paid: Floats


class ReplicationSheet:
    """The sheet, and where the figures of all replications stand.

    Attributes
    ----------
    values
        Of each of `FIGURES` by replication; NaN: undefined.
    """

    def __init__(self, book: Book, pair: Pair, prices: Prices, quantities: QuantitySheet, name: str) -> None:
        say, (base, variant) = book.language.say, pair.names
        self._sheet = book.sheet(name, say("every pair of replications: what the intervals are computed from"))
        self._pair, self._knows_state = pair, prices.knows_state
        columns = _columns(pair.quantities)
        table = np.stack([pair.of_runs[c.which][:, c.item, c.year] for c in columns], axis=1)
        weights = _weights(pair, columns)
        self._sheet.heading(
            say("Pairs of replications: {variant} minus {baseline}", variant=variant, baseline=base),
            say("Present values in kroner: each quantity to the right times the weight above it."),
        )
        self._put_weights(book, columns, weights, prices, quantities)
        self._put_pairs(book, columns, table, weights)

    def interval(self, figure: str) -> tuple[Formula, Formula, Formula]:
        """Mean of a figure with the ends of its 95 % interval (Student's), as formulas."""
        column = f"${letters(1 + FIGURES.index(figure))}"
        of = f"{quoted(self._sheet)}{column}${self._first + 1}:{column}${self._last + 1}"
        values = self.values[figure]
        known = values[~np.isnan(values)]
        found = next(one for one in self._pair.ledger.figures if one.name == figure)
        mean = Formula(f'=IF(COUNT({of})=0,"{UNDEFINED}",AVERAGE({of}))', _shown(found.value))
        least = ROUNDING / 2 if found.unit == "kr" else 1e-9
        half = f"TINV(0.05,COUNT({of})-1)*STDEV({of})/SQRT(COUNT({of}))"
        ends = []
        for sign, value in (("-", found.ci95_low), ("+", found.ci95_high)):
            formula = (
                f'=IF(COUNT({of})<2,"{UNDEFINED}",IF(STDEV({of})<{least:g},"{UNDEFINED}",AVERAGE({of}){sign}{half}))'
            )
            ends.append(Formula(formula, _shown(value) if len(known) > 1 else UNDEFINED))
        return mean, ends[0], ends[1]

    def _put_weights(
        self, book: Book, columns: Sequence[_Column], weights: _Weights, prices: Prices, quantities: QuantitySheet
    ) -> None:
        say, sheet, pair = book.language.say, self._sheet, self._pair
        items, years = pair.quantities.items, pair.quantities.years
        self._top = sheet.row
        heads = [say("run"), say("what"), say("after"), say("year")]
        names = [say("weight in the extra cost"), say("in the net cost to the municipality")]
        names += [say("in the net cost to the state"), say("in the benefits that the baseline pays")]
        for number, text in enumerate([*heads, *names]):
            sheet.put_at(sheet.row + number, _FIRST - 1, text)
        for place, column in enumerate(columns, start=_FIRST):
            item = items[column.item]
            label, after, unit = labels(item, book.language)
            top = [pair.names[column.which], f"{label}, {unit}", after]
            for number, cell in enumerate(top):
                sheet.put_at(sheet.row + number, place, cell)
            sheet.put_at(sheet.row + 3, place, years[column.year], "0")
            at = place - _FIRST
            row = quantities.row(column.item)
            own, state = (quantities.at + fixed(row, first + column.which) for first in (MUNICIPALITY, STATE))
            factor = f"{'' if column.which else '-'}{prices.factor(column.year)}*"
            effort, paid = item.kind in EFFORT, item.kind == "benefit" and not column.which
            nothing = Formula("=0", 0.0)
            formulas = (
                Formula(f"={factor}{own}", float(weights.extra[at])) if effort else nothing,
                Formula(f"={factor}{own}", float(weights.municipality[at])),
                Formula(f"={factor}{state}", float(weights.state[at])) if self._knows_state else nothing,
                Formula(f"={own}", float(weights.paid[at])) if paid else nothing,
            )
            for number, formula in enumerate(formulas):
                sheet.put_at(sheet.row + 4 + number, place, formula, _AMOUNT)
        sheet.row += 4 + len(formulas) + 1

    def _put_pairs(self, book: Book, columns: Sequence[_Column], table: Floats, weights: _Weights) -> None:
        language, pair = book.language, self._pair
        self._end = _FIRST + len(columns) - 1
        self.values = _values(pair, table, weights, knows_state=self._knows_state)
        fields = [
            Field(language.say("replication"), width=12),
            *(Field(figure_label(name, language), _form(name), 16) for name in FIGURES),
            Field(language.say("benefits that the baseline pays, kr"), WHOLE, 16),
            Field(language.say("weeks on benefit in the baseline"), "#,##0.0", 14),
            Field(language.say("citizens treated"), WHOLE, 12),
            Field("", width=34),
            *(Field("", _AMOUNT, 14) for _ in columns),
        ]
        self._first = self._sheet.row + 1
        paid = table @ weights.paid
        rows: list[list[Cell]] = []
        for number in range(len(table)):
            row = self._first + number
            own = f"{relative(row, _FIRST)}:{relative(row, self._end)}"
            cells: list[Cell] = [float(number)]
            for name in FIGURES:
                cells.append(Formula(self._formula(name, row, own), _shown(float(self.values[name][number]))))
            cells.append(Formula(self._product(3, own), float(paid[number])))
            cells += [float(pair.quantities.weeks_on_benefit[number]), float(pair.quantities.treated[number]), None]
            cells += [float(value) for value in table[number]]
            rows.append(cells)
        placed = self._sheet.table(fields, rows, frozen=1)
        self._last = placed.last

    def _product(self, weight: int, own: str) -> str:
        """Sum of quantities times one of the rows of weights."""
        row = self._top + 4 + weight
        first, last = (fixed(row, column) for column in (_FIRST, self._end))
        return f"=SUMPRODUCT({first}:{last},{own})"

    def _formula(self, name: str, row: int, own: str) -> str:
        def at(column: int) -> str:
            return relative(row, column)

        extra, saving, net, state = (
            at(1 + FIGURES.index(n)) for n in (EXTRA_COST, SAVING, NET_MUNICIPALITY, NET_STATE)
        )
        citizen = f"({at(_PAID)}/{at(_WEEKS)}*{at(_TREATED)})"
        unknown = f'="{UNDEFINED}"'
        if name == EXTRA_COST:
            return self._product(0, own)
        if name == SAVING:
            return f"={extra}-{net}"
        if name == NET_MUNICIPALITY:
            return self._product(1, own)
        if name == NET_STATE:
            return self._product(2, own) if self._knows_state else unknown
        if name == NET_BOTH:
            return f"={net}+{state}" if self._knows_state else unknown
        top = saving if name == SAVED_WEEKS else extra
        ratio = f'IF({at(_PAID)}*{at(_WEEKS)}*{at(_TREATED)}=0,"{UNDEFINED}",{top}/{citizen})'
        return f"={ratio}" if name == SAVED_WEEKS else f'=IF({extra}>{ROUNDING},{ratio},"{UNDEFINED}")'


def _columns(quantities: Quantities) -> list[_Column]:
    """List what differs from 0 in any replication; at least one."""
    found = [
        _Column(which, item, year)
        for which, values in enumerate((quantities.theirs, quantities.ours))
        for item in range(len(quantities.items))
        for year in range(len(quantities.years))
        if np.any(values[:, item, year] != 0.0)
    ]
    return found or [_Column(0, 0, 0)]


def _weights(pair: Pair, columns: Sequence[_Column]) -> _Weights:
    items, prices, discount = pair.quantities.items, pair.prices, pair.discount
    made = []
    for which, item, year in columns:
        price, sign = prices[which][item], 1.0 if which else -1.0
        factor, kind = sign * discount[year], items[item].kind
        state = 0.0 if math.isnan(price.state) else price.state
        paid = price.municipality if kind == "benefit" and not which else 0.0
        extra = factor * price.municipality if kind in EFFORT else 0.0
        made.append((extra, factor * price.municipality, factor * state, paid))
    return _Weights(*np.array(made, np.float64).reshape(-1, 4).T)


def _values(pair: Pair, table: Floats, weights: _Weights, *, knows_state: bool) -> dict[str, Floats]:
    """Compute every figure in every replication, as the formulas do."""
    extra, net = table @ weights.extra, table @ weights.municipality
    state = table @ weights.state if knows_state else np.full(len(table), math.nan)
    quantities = pair.quantities
    with np.errstate(divide="ignore", invalid="ignore"):
        citizen = (table @ weights.paid) / quantities.weeks_on_benefit * quantities.treated
        citizen = np.where(citizen == 0.0, math.nan, citizen)
        saved = (extra - net) / citizen
        even = np.where(extra > ROUNDING, extra / citizen, math.nan)
    figures = (extra, extra - net, net, state, net + state, saved, even)
    return dict(zip(FIGURES, figures, strict=True))


def _form(name: str) -> str:
    return _WEEK if name in (SAVED_WEEKS, BREAK_EVEN) else WHOLE


def _shown(value: float) -> float | str:
    return UNDEFINED if math.isnan(value) else value
