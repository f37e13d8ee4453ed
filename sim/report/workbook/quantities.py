"""The sheet of quantities: how much of everything that has a price, by year, and what a unit of it costs."""

from sim.analysis.ledger.item_prices import Price
from sim.analysis.ledger.lines import COORDINATORS, KEPT_OUT, REGION
from sim.analysis.ledger.quantities import Item
from sim.catalogue import Destination
from sim.report.language import Language
from sim.report.workbook.book import UNDEFINED, Book, Cell, Field, Formula, Placed, quoted
from sim.report.workbook.pair import Pair
from sim.report.workbook.prices import BASIS, DISPLACEMENT, Prices

_AMOUNT = "#,##0.00"
MUNICIPALITY, STATE, FIRST_YEAR = 3, 5, 7
"""Columns of what a unit costs the municipality and the state (the baseline's, then the variant's), and of the first
year's quantity."""


class QuantitySheet:
    """The sheet, and where each quantity stands.

    Attributes
    ----------
    sheet, placed
        Where its figures are: a row for each item, in order.
    """

    def __init__(self, book: Book, pair: Pair, prices: Prices, name: str) -> None:
        say, items = book.language.say, pair.quantities.items
        base, variant = pair.names
        self.sheet = book.sheet(name, say("what the ledger of {variant} multiplies by prices", variant=variant))
        self.sheet.heading(
            say("Quantities: {variant} and {baseline}", variant=variant, baseline=base),
            say(
                "Means over {count} pairs of replications, by calendar year; of a benefit what small jobs save is "
                "taken off.",
                count=pair.ledger.replications,
            ),
            say("A unit's price is 0 where the totals do not count it; prices come from the sheet of prices."),
        )
        years = pair.quantities.years
        fields = [
            Field(say("what"), width=44),
            Field(say("after")),
            Field(say("unit"), width=14),
            *(Field(f"{say('municipality')}, {say('kr a unit')}: {one}", width=15) for one in pair.names),
            *(Field(f"{say('state')}, {say('kr a unit')}: {one}", width=15) for one in pair.names),
            *(Field(f"{one} {year}", _AMOUNT, 12) for one in pair.names for year in years),
        ]
        costs, means = pair.prices, pair.means
        rows: list[list[Cell]] = []
        for number, item in enumerate(items):
            label, after, unit = labels(item, book.language)
            cells: list[Cell] = [label, after, unit]
            for state in (False, True):
                for which, side in enumerate(pair.sides):
                    cells.append(_price(item, costs[which][number], prices, side, book.language, state=state))
            cells += [float(value) for of_run in means for value in of_run[number]]
            rows.append(cells)
        self.placed: Placed = self.sheet.table(fields, rows, frozen=1)

    def row(self, item: int) -> int:
        """Row of an item, counted from 0."""
        return self.placed.first + item

    @property
    def at(self) -> str:
        """Name of the sheet in a formula."""
        return quoted(self.sheet)


def labels(item: Item, language: Language) -> tuple[str, str, str]:
    """Say what an item is, after or on what, and in what unit."""
    say = language.say
    match item.kind:
        case "posts" | "filled":
            return f"{language.name(item.name)}, {say(item.kind)}", "", say("full-time years")
        case "budget":
            return f"{say('budget')}: {language.name(item.name)}", "", say("years")
        case "programmes" | "internships":
            return say(item.kind), "", say("weeks")
    start = say("from week {week} on", week=f"{item.from_weeks:g}") if item.from_weeks > 0 else ""
    scheme = ", ".join(filter(None, [item.scheme and language.name(item.scheme), start]))
    match item.kind:
        case "benefit":
            return language.name(item.name), start, say("person-years")
        case "kept_out":
            return say(KEPT_OUT), scheme, say("person-years")
    where = f"{say('after the exit')}: {language.label(Destination[item.name.upper()])}"
    if item.kind == "first":
        where = f"{where}, {say('paid first')}"
    elif item.kind == "not_yet":
        where = f"{where}, {say('paid first, taken off')}"
    return where, scheme, say("person-years")


def _price(item: Item, price: Price, prices: Prices, side: int, language: Language, *, state: bool) -> Cell:
    """Price of a unit, as the totals count it."""
    if state and not prices.knows_state:
        return UNDEFINED
    say, value = language.say, price[state]
    basis = prices.cell(BASIS, side)
    if item.kind in ("posts", "filled", "budget", "programmes", "internships"):
        if item.payer == REGION or state != (item.payer == "state"):
            return 0.0
        own = prices.of_item(item, side)
        counts = condition(item, basis, language)
        return Formula(f"=IF({counts},{own},0)" if counts else f"={own}", value)
    if item.kind == "benefit":
        return Formula(f"={prices.of_a_year(f'benefits.{item.name}', item.from_weeks, side, state=state)}", value)
    if item.kind == "kept_out":
        before = prices.of_a_year(f"benefits.{item.scheme}", item.from_weeks, side, state=state)
        return Formula(f"={prices.cell(DISPLACEMENT, side)}*{before}", value)
    key = f"destinations.{item.name}"
    counts_as = prices.cell(f"{key}.counts_as", side)

    def counted(word: str, amount: str, otherwise: str) -> str:
        return f'IF({counts_as}="{say(word)}",{amount},{otherwise})'

    if item.kind in ("first", "not_yet"):
        benefit = f"{key}.first.benefit" if item.kind == "first" else f"{key}.benefit"
        paid = prices.of_a_year(benefit, item.from_weeks, side, state=state)
        sign, part = "" if item.kind == "first" else "-", prices.cell(f"{key}.first.share", side)
        return Formula(f"={counted('benefit', f'{sign}{part}*{paid}', '0')}", value)
    share = prices.cell(f"{key}.state_share", side)
    cost = f"{prices.cell(f'{key}.kr_per_year', side)}*{share if state else f'(1-{share})'}"
    text = counted("cost", cost, "0")
    if prices.has_benefit(f"{key}.benefit"):
        own = prices.of_a_year(f"{key}.benefit", item.from_weeks, side, state=state)
        text = counted("benefit", own, text)
    neutral = prices.of_a_year(f"benefits.{item.scheme}", item.from_weeks, side, state=state)
    return Formula(f"={counted('neutral', neutral, text)}", value)


def condition(item: Item, basis: str, language: Language) -> str:
    """Condition on which totals count posts or a budget; empty: they do (see `sim.analysis.ledger.item_prices`)."""
    say = language.say
    match item.kind:
        case "posts" if item.name != COORDINATORS:
            return f'{basis}<>"{say("filled")}"'
        case "posts" | "filled":
            return f'{basis}="{say(item.kind)}"'
        case "budget" if item.covers == "staff":
            return f'{basis}="{say("budget")}"'
    return ""
