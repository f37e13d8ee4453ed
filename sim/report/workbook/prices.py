"""The sheet of prices: the only one that is meant to be changed. Every amount of the ledgers follows from it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.analysis.ledger.inputs import Inputs
from sim.analysis.ledger.item_prices import kroner, of_a_year, share_at
from sim.analysis.ledger.lines import COORDINATORS
from sim.analysis.ledger.quantities import Item, steps_of
from sim.analysis.ledger.spells import Floats
from sim.catalogue import Destination
from sim.config.schema.money import BenefitCost, Money
from sim.report.language import Language
from sim.report.workbook.book import (
    PER_CENT,
    UNDEFINED,
    WHOLE,
    Book,
    Cell,
    Field,
    Figure,
    Formula,
    Input,
    fixed,
    quoted,
    relative,
)

RATE, BASIS, DISPLACEMENT = "discount_rate", "staff.counted_by", "displacement_share"
BASES = ("posts", "filled", "budget")
COUNTS_AS = ("saving", "neutral", "cost")
"""What every exit can count as; as a benefit of its own only where one is stated."""
_RATE_FORM = "0.0%"
_FIRST_RUN = 2
"""Column of the baseline's prices."""


class _Price(NamedTuple):
    """A row: its key under [money], what it is, and its value in each run; None: the run has no such price."""

    key: str
    label: str
    unit: str
    values: tuple[float | str | None, ...]
    form: str = WHOLE
    words: tuple[str, ...] = ()
    shared: bool = False


class _Benefit(NamedTuple):
    """A benefit: its key under [money], what it is, and what it costs in each run; None: a run has it not."""

    key: str
    label: str
    costs: tuple[BenefitCost | None, ...]

    @property
    def starts(self) -> tuple[float, ...]:
        """Weeks on benefit at which its price changes in any run."""
        return steps_of(*self.costs)


class Prices:
    """The sheet of prices of a baseline and of variants, and where each price stands.

    Parameters
    ----------
    book
        Where it is added.
    names
        Of the runs, the baseline first.
    runs
        What each is priced by, in this order.
    items
        What has a price in any of them.
    years
        Calendar years of the ledger.
    factors
        Discount factor of each.
    """

    def __init__(
        self,
        book: Book,
        names: Sequence[str],
        runs: Sequence[Inputs],
        items: Sequence[Item],
        years: Sequence[int],
        factors: Floats,
    ) -> None:
        say = book.language.say
        self._language, self._moneys, self._runs = book.language, [of.money for of in runs], len(runs)
        self._rows: dict[str, int] = {}
        self._years: dict[str, dict[float, tuple[int, int]]] = {}
        self.sheet = book.sheet(say("Prices"), say("every price of the ledgers: change the yellow cells"))
        schemes = dict.fromkeys(item.name for item in items if item.kind == "benefit")
        self._benefits = list(_benefits(tuple(schemes), self._moneys, self._language))
        self._write(names, list(_rows(self._moneys, items, self._benefits, self._language)))
        self._write_factors(years, factors)
        self._write_years(names)

    @property
    def knows_state(self) -> bool:
        """Whether the prices tell what the state pays: flat ones are net of its refund."""
        return all(cost is None or cost.flat is None for benefit in self._benefits for cost in benefit.costs)

    def cell(self, key: str, side: int) -> str:
        """Name the cell of a price, by its key under [money] and the place of the run (0: the baseline)."""
        return quoted(self.sheet) + fixed(self._rows[key], _FIRST_RUN + side)

    def has_benefit(self, key: str) -> bool:
        """Whether a benefit of this key under [money] has a price in any run."""
        return key in self._years

    def of_item(self, item: Item, side: int) -> str:
        """Name the cell of what a unit of staff, a budget or a participant's week costs."""
        return self.cell(_key(item), side)

    def of_a_year(self, benefit: str, from_weeks: float, side: int, *, state: bool) -> str:
        """Name the cell of what a full year on a benefit costs, so many weeks after it began.

        Parameters
        ----------
        benefit
            Its key under [money].
        from_weeks
            Weeks on benefit.
        side, state
            In which run, and to whom.
        """
        steps = self._years[benefit]
        row = steps[max(start for start in steps if start <= from_weeks)][state]
        return quoted(self.sheet) + fixed(row, _FIRST_RUN + side)

    def factor(self, year: int) -> str:
        """Name the cell of a year's discount factor, by the year's place."""
        return quoted(self.sheet) + fixed(self._factors + year, _FIRST_RUN)

    def _write(self, names: Sequence[str], rows: Sequence[_Price]) -> None:
        say, sheet = self._language.say, self.sheet
        year = self._moneys[0].price_year
        sheet.heading(
            say("Prices"),
            say("Kroner at the price level of {year}. Change a yellow cell: the sheets of money follow.", year=year),
            say("A price of the baseline holds for a variant too until the variant's own cell is overwritten."),
            say("With other prices in the program itself: sim ledger ... --money FILE, with the keys below."),
        )
        changed = sheet.row
        sheet.row += 2
        fields = [
            Field(say("price"), width=62),
            Field(say("unit"), width=16),
            *(Field(name, width=18) for name in names),
            *(Field(f"{name}, {say('as simulated')}", width=18) for name in names),
            Field(say("key in the config")),
        ]
        first = sheet.row + 1
        self._rows = {price.key: first + number for number, price in enumerate(rows)}
        placed = sheet.table(fields, [self._cells(price) for price in rows], frozen=1)
        self._count_changes(changed, placed.first, placed.last)

    def _cells(self, price: _Price) -> list[Cell]:
        at = f"={relative(self._rows[price.key], _FIRST_RUN)}"
        base, *others = price.values
        own: list[Cell] = [_input(price, base)]
        for value in others:
            if price.shared:
                own.append(Formula(at, _known(value), price.form))
            else:
                own.append(_input(price, value, at if value == base else ""))
        return [
            price.label,
            price.unit,
            *own,
            *(_plain(price, value) for value in price.values),
            f"money.{price.key}",
        ]

    def _count_changes(self, row: int, first: int, last: int) -> None:
        """Count the cells that no longer hold what the runs were priced by."""
        say = self._language.say
        columns = (_FIRST_RUN, _FIRST_RUN + self._runs)
        now, then = (f"{relative(first, column)}:{relative(last, column + self._runs - 1)}" for column in columns)
        self.sheet.put(row, [say("prices changed since"), None, Formula(f"=SUMPRODUCT(--({now}<>{then}))", 0.0)])
        self.changed = quoted(self.sheet) + fixed(row, _FIRST_RUN)

    def _write_factors(self, years: Sequence[int], factors: Floats) -> None:
        """Put the discount factor of each year, by the rate that is in force in it."""
        say = self._language.say
        self._factors = self.sheet.row + 2
        rates = {0: RATE, **{step.from_year: _step_key(step.from_year) for step in self._moneys[0].discount_steps}}
        rows: list[list[Cell]] = []
        for place, (year, factor) in enumerate(zip(years, factors.tolist(), strict=True)):
            t = year - years[0]
            rate = self.cell(rates[max(start for start in rates if start <= t)], 0)
            above = relative(self._factors + place - 1, _FIRST_RUN)
            text = f"={above}/(1+{rate})" if place else "=1"
            rows.append([f"{year}", "", Formula(text, factor, "0.000000")])
        fields = [Field(say("factor of the present value")), Field(""), Field("")]
        self.sheet.table(fields, rows, title=say("Present values"))

    def _write_years(self, names: Sequence[str]) -> None:
        """Put what a full year on each benefit costs, from which the ledgers take it."""
        say = self._language.say
        fields = [
            Field(say("what a full year costs, from the prices above")),
            Field(say("unit")),
            *map(Field, names),
        ]
        rows: list[list[Cell]] = []
        first = self.sheet.row + 2
        every = [(benefit, start) for benefit in self._benefits for start in benefit.starts]
        for number, (benefit, start) in enumerate(every):
            places = (first + number, first + len(every) + number)
            self._years.setdefault(benefit.key, {})[start] = places
        for state in (False, True):
            payer = say("state") if state else say("municipality")
            for benefit, start in every:
                step = f", {say('from week {week} on', week=f'{start:g}')}" if len(benefit.starts) > 1 else ""
                cells = [self._of_a_year(side, benefit, start, state=state) for side in range(self._runs)]
                rows.append([f"{benefit.label}{step}: {payer}", say("kr a year"), *cells])
        self.sheet.table(fields, rows, title=say("Benefits, a year"))

    def _of_a_year(self, side: int, benefit: _Benefit, start: float, *, state: bool) -> Cell:
        cost = benefit.costs[side]
        value = of_a_year(cost, start)[state]
        if cost is None:
            return value
        if cost.flat is not None and state:
            return UNDEFINED

        def at(part: str) -> str:
            return relative(self._rows[f"{benefit.key}.{part}"], _FIRST_RUN + side)

        if cost.flat is not None:
            return Formula(f"={at('flat.kr_per_year')}", value)
        share = at(_share_key(start))
        return Formula(f"=12*{at(_GROSS)}*{share if state else f'(1-{share})'}", value)


_GROSS = "refund_ladder.kr_per_month"


def _share_key(start: float) -> str:
    return f"refund_ladder.state_share from week {start:g}"


def _input(price: _Price, value: float | str | None, at: str = "") -> Cell:
    """Make a cell to be changed; one that follows another cell until it is."""
    if value is None:
        return UNDEFINED
    return Input(Formula(at, value) if at else value, price.form, price.words)


def _plain(price: _Price, value: float | str | None) -> Cell:
    return UNDEFINED if value is None else value if isinstance(value, str) else Figure(value, price.form)


def _known(value: float | str | None) -> float | str:
    assert value is not None
    return value


def _key(item: Item) -> str:
    match item.kind:
        case "posts" | "filled":
            return (
                "staff.coordinator_kr_per_year"
                if item.name == COORDINATORS
                else f"staff.roles_kr_per_year.{item.name}"
            )
        case "budget":
            return f"budget.{item.name}.kr_per_year ({item.covers}, {item.payer})"
        case "programmes":
            return "programme_kr_per_week"
        case _:
            return "internship_kr_per_week"


def _step_key(from_year: int) -> str:
    return f"discount_steps from year {from_year}"


def _rows(
    moneys: Sequence[Money], items: Sequence[Item], benefits: Sequence[_Benefit], language: Language
) -> Iterator[_Price]:
    say, base = language.say, moneys[0]
    rates = tuple(money.discount_rate for money in moneys)
    yield _Price(RATE, say("discount rate, for present values"), say("a year"), rates, _RATE_FORM, shared=True)
    for step in base.discount_steps:
        label = say("discount rate from year {year} on", year=step.from_year)
        same = (step.rate,) * len(moneys)
        yield _Price(_step_key(step.from_year), label, say("a year"), same, _RATE_FORM, shared=True)
    bases = tuple(say(money.staff.counted_by) for money in moneys)
    yield _Price(BASIS, say("staff is counted by"), "", bases, words=tuple(map(say, BASES)), shared=True)
    for item in items:
        if item.kind in ("posts", "budget", "programmes", "internships"):
            label, unit = _labels(item, language)
            yield _Price(_key(item), label, unit, tuple(kroner(item, money) for money in moneys))
    by_key = {benefit.key: benefit for benefit in benefits}
    for benefit in benefits:
        if benefit.key.startswith("benefits."):
            yield from _benefit(benefit, language)
    for destination in Destination:
        yield from _destination(destination, moneys, by_key, language)
    if base.displacement_share is not None:
        shares = tuple(money.displacement_share for money in moneys)
        label = say("share of those in jobs who keep somebody else out of one")
        yield _Price(DISPLACEMENT, label, say("share"), shares, PER_CENT, shared=True)


def _benefits(schemes: Sequence[str], moneys: Sequence[Money], language: Language) -> Iterator[_Benefit]:
    """List the benefits that have prices: of the schemes, after exits, and those that some are paid first."""
    say = language.say
    for scheme in schemes:
        yield _Benefit(
            f"benefits.{scheme}", language.name(scheme), tuple(money.benefits.get(scheme) for money in moneys)
        )
    for destination in Destination:
        costs = [money.counts_as(destination.key) for money in moneys]
        label = say("after the exit to {where}", where=language.label(destination))
        own = tuple(cost.benefit for cost in costs)
        if any(own):
            yield _Benefit(f"destinations.{destination.key}.benefit", f"{label}: {say('benefit')}", own)
        firsts = tuple(cost.first.benefit if cost.first else None for cost in costs)
        if any(firsts):
            yield _Benefit(f"destinations.{destination.key}.first.benefit", f"{label}, {say('paid first')}", firsts)


def _labels(item: Item, language: Language) -> tuple[str, str]:
    say, name = language.say, language.name(item.name)
    match item.kind:
        case "posts":
            return f"{name}: {say('a full-time post')}", say("kr a year")
        case "budget":
            return f"{say('budget')}: {name} ({say(item.covers)}, {say(item.payer)})", say("kr a year")
        case "programmes":
            return say("a place in a programme"), say("kr a week")
        case _:
            return say("an internship"), say("kr a week")


def _benefit(of: _Benefit, language: Language) -> Iterator[_Price]:
    say, name, key, costs = language.say, of.label, of.key, of.costs
    flats = tuple(cost.flat.kr_per_year if cost and cost.flat else None for cost in costs)
    ladders = [cost.refund_ladder if cost else None for cost in costs]
    if any(value is not None for value in flats):
        label = f"{name}: {say('net cost to the municipality')}"
        yield _Price(f"{key}.flat.kr_per_year", label, say("kr a year"), flats)
    if not any(ladders):
        return
    gross = tuple(ladder.kr_per_month if ladder else None for ladder in ladders)
    yield _Price(f"{key}.{_GROSS}", f"{name}: {say('gross benefit')}", say("kr a month"), gross)
    for start in of.starts:
        shares = tuple(share_at(start, one.from_weeks, one.state_share) if one else None for one in ladders)
        label = f"{name}: {say('share that the state pays, after {weeks} weeks on benefit', weeks=f'{start:g}')}"
        yield _Price(f"{key}.{_share_key(start)}", label, say("share"), shares, PER_CENT)


def _destination(
    destination: Destination, moneys: Sequence[Money], benefits: Mapping[str, _Benefit], language: Language
) -> Iterator[_Price]:
    say, key = language.say, f"destinations.{destination.key}"
    costs = [money.counts_as(destination.key) for money in moneys]
    who = say("after the exit to {where}", where=language.label(destination))
    own_benefit, first = benefits.get(f"{key}.benefit"), benefits.get(f"{key}.first.benefit")
    words = tuple(map(say, (*COUNTS_AS, *(["benefit"] if own_benefit else []))))
    kinds = tuple(say(cost.counts_as) for cost in costs)
    yield _Price(f"{key}.counts_as", f"{who}: {say('counts as')}", "", kinds, words=words)
    own = tuple(cost.kr_per_year or 0.0 for cost in costs)
    yield _Price(f"{key}.kr_per_year", f"{who}: {say('price, if it counts as a cost')}", say("kr a year"), own)
    shares = tuple(cost.state_share for cost in costs)
    label = f"{who}: {say('share of it that the state pays')}"
    yield _Price(f"{key}.state_share", label, say("share"), shares, PER_CENT)
    if own_benefit:
        yield from _benefit(own_benefit, language)
    if first:
        shares = tuple(cost.first.share if cost.first else 0.0 for cost in costs)
        label = f"{who}: {say('share that is paid another benefit first')}"
        yield _Price(f"{key}.first.share", label, say("share"), shares, PER_CENT)
        yield from _benefit(first, language)
