"""A ledger in plain words: what a variant costs and saves, and who the saving comes from."""

import math
from collections.abc import Iterator

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.business_case import ROUNDING
from sim.analysis.ledger.by_person import kr_line
from sim.analysis.ledger.figures import EXTRA_COST, NET_MUNICIPALITY, SAVING, Figure
from sim.analysis.ledger.ledger import PERSON_LINES
from sim.analysis.ledger.lines import MUNICIPALITY
from sim.analysis.ledger.persons import Change

MILLION = 1e6
_GROUPS = (
    ("persons who leave in both for the same, sooner or later (postponed)", (Change.SOONER, Change.LATER)),
    ("persons who leave in one of the two only (avoided so far)", (Change.ONLY_HERE, Change.ONLY_THERE)),
    ("persons who leave in both, for something else", (Change.ELSEWHERE,)),
    ("all others", (Change.ALIKE, Change.UNPAIRED)),
)


def sentences(ledger: Ledger) -> tuple[str, ...]:
    """Say what a variant costs and saves the municipality, and from whom the saving comes.

    Parameters
    ----------
    ledger
        Of the variant against its baseline.
    """
    named = {one.name: one for one in ledger.figures}
    extra, saving, net = (named[name] for name in (EXTRA_COST, SAVING, NET_MUNICIPALITY))
    return (
        f"{ledger.variant}: {_costs(extra)} and {_saves(saving)}; {_in_all(net)}",
        *_from_whom(ledger, saving),
    )


def kr(value: float) -> str:
    """Write an amount in plain words: "22.2 million kr", "640,000 kr"."""
    return f"{_amount(value, value)} {_unit(value)}"


def _amount(value: float, like: float) -> str:
    """Write an amount in the unit in which `like` is written."""
    if abs(like) >= MILLION:
        return f"{round(value / MILLION, 1) + 0.0:,.1f}"
    return f"{round(value, -3 if abs(like) >= 10_000 else 0) + 0.0:,.0f}"


def _unit(like: float) -> str:
    return "million kr" if abs(like) >= MILLION else "kr"


def _estimate(of: Figure, sign: float) -> str:
    """Write a figure with its interval, in the unit of the largest; alone, where there is no chance in it."""
    ends = [] if math.isnan(of.ci95_low) else sorted((sign * of.ci95_low, sign * of.ci95_high))
    like = max((of.value, *ends), key=abs)
    interval = f" ({_amount(ends[0], like)} to {_amount(ends[1], like)})" if ends else ""
    return f"{_amount(sign * of.value, like)} {_unit(like)}{interval}"


def _costs(extra: Figure) -> str:
    if abs(extra.value) <= ROUNDING:
        return "costs nothing more in staff and programmes"
    if extra.value < 0:
        return f"costs {_estimate(extra, -1.0)} less in staff and programmes"
    return f"costs {_estimate(extra, 1.0)} in staff and programmes"


def _saves(saving: Figure) -> str:
    if abs(saving.value) <= ROUNDING:
        return "saves nothing on benefits and after exits"
    if saving.value < 0:
        return f"pays {_estimate(saving, -1.0)} more for benefits and after exits"
    return f"saves {_estimate(saving, 1.0)} on benefits and after exits"


def _in_all(net: Figure) -> str:
    if abs(net.value) <= ROUNDING:
        return "in all it costs the municipality as much as before"
    word, sign = ("costs", 1.0) if net.value > 0 else ("saves", -1.0)
    told = f"in all it {word} the municipality {_estimate(net, sign)} net"
    return f"{told}, so which of the two is not settled" if net.ci95_low <= 0 <= net.ci95_high else told


def _from_whom(ledger: Ledger, saving: Figure) -> Iterator[str]:
    """Divide the saving by what has become of the persons' exits."""
    found = -ledger.person_intervals.difference[:, 1]
    parts = {
        text: sum(float(found[PERSON_LINES.index(kr_line(change, MUNICIPALITY))]) for change in of)
        for text, of in _GROUPS
    }
    told = {text: part for text, part in parts.items() if abs(part) > ROUNDING}
    if told:
        largest = max((saving.value, *told.values()), key=abs)
        words = "; ".join(f"{_amount(part, largest)} on {text}" for text, part in told.items())
        yield f"{ledger.variant}: this saving divided, in {_unit(largest)}: {words}"
