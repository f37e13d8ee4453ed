"""The inputs of the national social investment model (SØM), from a ledger: costs, participants, successes, prices.

The model is a workbook in which a municipality enters what an effort costs, how many take part, which share of them
reaches a measure of success, what a success changes in each of the years t = 0 to 10, and what that is worth to the
municipality, the region and the state. What a ledger does not know is left empty here, with the reason.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np

from sim.analysis.ledger.by_person import EFFECT
from sim.analysis.ledger.ledger import Ledger
from sim.analysis.ledger.lines import (
    COSTS,
    EFFORT,
    IN_ALL,
    IN_ALL_REGION,
    KEPT_OUT,
    MUNICIPALITY,
    NOBODY,
    PAID_FIRST,
    REGION,
    STATE,
    Line,
)
from sim.analysis.ledger.spells import Floats

YEARS = 11
"""t = 0 to 10."""
PAYERS = (MUNICIPALITY, REGION, STATE)


class Part(StrEnum):
    """Parts of the model's inputs, and the result that they should give."""

    START_UP = "start-up costs"
    RUNNING = "running costs"
    PARTICIPANTS = "participants"
    SUCCESS = "success rate"
    WITHOUT = "success rate without the effort"
    CONSEQUENCE = "consequence per success"
    AMOUNT = "consequence per success in kr"
    PRICE = "price"
    RESULT = "net result"


class Why(StrEnum):
    """Why a figure is empty, or what must be known of it."""

    NOT_APART = "start-up costs are not told apart from running costs"
    NO_BUDGET = "no budget of this payer in the prices"
    FLAT = "not known: a flat price is net of the state's refund"
    REGION = "not known: the model has no health care"
    NOBODY = "nobody reaches the measure of success"
    NO_WEEKS = "no such weeks in the baseline"
    AFTER = "years after the end of the ledger are not known"
    MEASURE = "in a job or education at the end of the ledger"


class Row(NamedTuple):
    """An input.

    Attributes
    ----------
    part
        Which.
    item
        The line of the ledger that it is about; none: the part says it all.
    unit
        "kr", "persons", "share", "weeks" or "kr a week".
    payer
        Whose; empty: nobody's.
    total
        The one figure, or the sum over the years; NaN: not known.
    years
        Figures of t = 0 to 10; empty: it has none; NaN: not known.
    why
        What must be known of it.
    """

    part: Part
    item: Line | None
    unit: str
    payer: str
    total: float
    years: tuple[float, ...]
    why: tuple[Why, ...]


def inputs(ledger: Ledger) -> tuple[Row, ...]:
    """List the model's inputs.

    Means over the pairs of replications, not discounted, at the price level of the ledger; t = 0 is its first
    calendar year. Participants are the persons treated. A success is to be in a job or education at the end of the
    ledger; the consequences are all of what differs between A and B, divided by participants x success rate. So
    participants x success rate x consequence is the difference in the ledger. Prices are means in B.
    """
    return tuple(_rows(ledger))


def _rows(ledger: Ledger) -> Iterator[Row]:
    for payer in PAYERS:
        yield Row(Part.START_UP, None, "kr", payer, np.nan, (), (Why.NOT_APART,))
    for payer in PAYERS:
        yield _costs(ledger, payer)
    persons, reached, before = ledger.treated
    yield Row(Part.PARTICIPANTS, None, "persons", NOBODY, persons, (), ())
    for part, number in ((Part.SUCCESS, reached), (Part.WITHOUT, before)):
        yield Row(part, None, "share", NOBODY, number / persons if persons else np.nan, (), (Why.MEASURE,))
    quantities = [line for line in ledger.line_names if line.name.startswith(("on ", "after exit: "))]
    for line in quantities:
        yield _by_year(
            Part.CONSEQUENCE, line, "weeks", NOBODY, _weeks(ledger, line, ledger.intervals.difference), reached
        )
    for payer in PAYERS:
        amounts = _sum(ledger, [x for x in ledger.line_names if x.section in EFFECT and x.payer == payer])
        why = () if amounts is None else _unknown(payer, amounts)
        amounts = np.full(len(ledger.quarters.calendar_years), np.nan) if amounts is None else amounts
        made = _by_year(Part.AMOUNT, None, "kr", payer, amounts, reached)
        yield made._replace(why=(*made.why, *(why or ((Why.REGION,) if payer == REGION else ()))))
    for line in ledger.line_names:
        if line.section in EFFECT and line.payer in (MUNICIPALITY, STATE):
            yield _price(ledger, line)
            if line.payer == MUNICIPALITY:
                yield Row(Part.PRICE, line, "kr a week", REGION, np.nan, (), (Why.REGION,))
    for payer, line in ((MUNICIPALITY, IN_ALL[MUNICIPALITY]), (REGION, IN_ALL_REGION), (STATE, IN_ALL[STATE])):
        amounts = _sum(ledger, [line] if line in ledger.line_names else [])
        missing = np.full(len(ledger.quarters.calendar_years), np.nan)
        made = _by_year(Part.RESULT, None, "kr", payer, missing if amounts is None else -amounts, 1.0)
        yield made._replace(why=(*made.why, *_unknown(payer, missing if amounts is None else amounts)))


def _unknown(payer: str, amounts: Floats) -> tuple[Why, ...]:
    if not np.isnan(amounts).any():
        return ()
    return (Why.REGION,) if payer == REGION else (Why.FLAT,)


def _costs(ledger: Ledger, payer: str) -> Row:
    """Give the extra cost: of the municipality what is paid for the effect, of others what their budgets pay."""
    if payer == MUNICIPALITY:
        lines = [EFFORT]
    else:
        lines = [x for x in ledger.line_names if x.section in COSTS and x.payer == payer and x.counted]
    amounts = _sum(ledger, lines)
    if amounts is None:
        return Row(Part.RUNNING, None, "kr", payer, np.nan, (), (Why.NO_BUDGET,))
    return _by_year(Part.RUNNING, None, "kr", payer, amounts, 1.0)


def _by_year(part: Part, item: Line | None, unit: str, payer: str, amounts: Floats, by: float) -> Row:
    """Make a row of amounts by calendar year, each divided by `by` (the successes)."""
    each = amounts / by if by else np.full(len(amounts), np.nan)
    years = [*each.tolist(), *[np.nan] * YEARS][:YEARS]
    why = [] if by else [Why.NOBODY]
    why += [Why.AFTER] if len(amounts) < YEARS and part != Part.RUNNING else []
    return Row(part, item, unit, payer, float(each.sum()), tuple(years), tuple(why))


def _sum(ledger: Ledger, lines: Sequence[Line]) -> Floats | None:
    """Add up the differences of some lines by calendar year; None: there are none."""
    if not lines:
        return None
    made: Floats = np.sum([_of_years(ledger, line, ledger.intervals.difference) for line in lines], axis=0)
    return made


def _of_years(ledger: Ledger, line: Line, values: Floats) -> Floats:
    """Give a line's values by calendar year."""
    years = [j for j, span in enumerate(ledger.spans) if span.kind == "year"]
    made: Floats = values[ledger.line_names.index(line)][years]
    return made


def _weeks(ledger: Ledger, line: Line, values: Floats) -> Floats:
    """Give the person-weeks of a line of quantities by calendar year; what is paid first is not among the later."""
    q = ledger.quarters
    years = _of_years(ledger, line, values)
    first = line._replace(name=f"{line.name}{PAID_FIRST}")
    if first in ledger.line_names:
        years = years - _of_years(ledger, first, values)
    weeks: Floats = years * np.array([q.year_weeks[q.years.index(year)] for year in q.calendar_years])
    return weeks


def _price(ledger: Ledger, line: Line) -> Row:
    """Give the mean price of a week in B: what is paid there for a scheme or after an exit, by its weeks."""
    paid = float(_of_years(ledger, line, ledger.intervals.baseline_mean).sum())
    weeks = _of_quantity(ledger, line)
    if np.isnan(paid):
        return Row(Part.PRICE, line, "kr a week", line.payer, np.nan, (), (Why.FLAT,))
    if not weeks:
        return Row(Part.PRICE, line, "kr a week", line.payer, np.nan, (), (Why.NO_WEEKS,))
    return Row(Part.PRICE, line, "kr a week", line.payer, paid / weeks, (), ())


def _of_quantity(ledger: Ledger, line: Line) -> float:
    """Give the weeks in B that a line of money pays for."""
    if line.section == "benefits":
        name = f"on {line.name}"
    else:
        what = line.name.rpartition(" (")[0]
        name = KEPT_OUT if what == KEPT_OUT else f"after exit: {what}"
    quantity = Line("quantities", name, NOBODY, "years", counted=False)
    return float(_weeks(ledger, quantity, ledger.intervals.baseline_mean).sum())
