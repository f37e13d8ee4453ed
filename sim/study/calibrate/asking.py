"""From what a file says of a share within weeks, or of a stock, to what is computed; and what is wrong with it."""

import math
from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from sim.analysis.calibration.asked import Asked, MeanStock, ShareWithin
from sim.analysis.incidence.one import SINCE, ways_out
from sim.catalogue import EVERYONE, Reached
from sim.config.calibration.schema import Figure, Incidence, Stock
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.toml.key_lines import KeyPath


def asked_of(stated: Figure, base: Config) -> Asked | None:
    """Make what a figure asks for; None: key figures."""
    if stated.incidence is not None:
        of = stated.incidence
        return ShareWithin(_events(of), of.within_weeks, of.since, of.group or EVERYONE, of.department or EVERYONE)
    if stated.stock is not None:
        groups = tuple(stated.stock.groups or ())
        return MeanStock(groups, *_weeks(stated.stock, base), stated.stock.times)
    return None


def asked_problems(stated: Figure, config: str, base: Config, place: KeyPath) -> Iterator[Problem]:
    """List why a share or a stock cannot be had from a config.

    Parameters
    ----------
    stated
        The figure.
    config, base
        Name of the config in the file, and the config.
    place
        Where the figure stands.
    """
    if stated.incidence is not None:
        yield from _of_incidence(stated.incidence, config, base, place)
    if stated.stock is not None:
        yield from _of_stock(stated.stock, config, base, place)


def nearest_text(name: str, known: Sequence[str], otherwise: str = "") -> str:
    """Say which spelling was probably meant, or what there is."""
    near = get_close_matches(name, known, n=1)
    are = "are" if len(known) > 1 else "is"
    return f"did you mean {near[0]}?" if near else otherwise or f"there {are} {', '.join(known)}"


def _of_incidence(of: Incidence, config: str, base: Config, place: KeyPath) -> Iterator[Problem]:
    key = "event" if of.event is not None else "events"
    known = Reached.keys()
    unknown = [event for event in _events(of) if event not in known]
    for event in unknown:
        yield Problem((*place, key), f"there is no event {event!r}; {nearest_text(event, known)}")
    if not unknown and of.events is not None:
        inside = [event for event in of.events if not ways_out(Reached[event.upper()])]
        if inside:
            yield Problem(
                (*place, key), f"only ways out can be added, of which one excludes the others; {inside[0]} is none"
            )
    if of.since not in SINCE:
        yield Problem((*place, "since"), f"there is no moment {of.since!r}; {nearest_text(of.since, SINCE)}")
    elif of.since in _events(of):
        yield Problem((*place, "since"), "is the event itself")
    for name, there, what in ((of.group, base.groups, "group"), (of.department, base.departments, "department")):
        if name is not None and name not in there:
            yield Problem((*place, what), f"{config} has no {what} {name!r}; {nearest_text(name, list(there))}")
    if of.group is not None and of.department is not None:
        yield Problem((*place, "department"), "either of a group or of a department")
    if of.within_weeks > base.run.horizon_weeks:
        horizon = base.run.horizon_weeks
        text = f"must be at most {horizon}, the weeks that {config} is observed; it is {of.within_weeks:g}"
        yield Problem((*place, "within_weeks"), text)


def _of_stock(of: Stock, config: str, base: Config, place: KeyPath) -> Iterator[Problem]:
    for i, name in enumerate(of.groups or ()):
        if name not in base.groups:
            text = f"{config} has no group {name!r}; {nearest_text(name, list(base.groups))}"
            yield Problem((*place, "groups", i), text)
    first, last = _weeks(of, base)
    if not 0 <= first <= last <= base.run.horizon_weeks:
        text = f"no week of {config} ends between {of.first_day} and {of.last_day}, or not all do"
        begins = f"it is observed for {base.run.horizon_weeks} weeks from {base.run.start} on"
        yield Problem((*place, "first_day"), f"{text}: {begins}")


def _events(of: Incidence) -> tuple[str, ...]:
    return tuple(of.events or ([] if of.event is None else [of.event]))


def _weeks(of: Stock, base: Config) -> tuple[int, int]:
    """First and last of the weeks that end in a period; week w ends on the day before the start + 7 w days."""
    start = base.run.start
    return math.ceil(((of.first_day - start).days + 1) / 7), ((of.last_day - start).days + 1) // 7
