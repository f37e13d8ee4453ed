"""Who is worth following in a replication: a few typical lives and the most striking ones."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.lives.pairs import Done
from sim.catalogue import Activity, Destination, TeamDecision
from sim.tables.records import Table

Floats = NDArray[np.float64]


class Striking(Enum):
    """Why a life is worth following."""

    TYPICAL_JOB = auto()
    TYPICAL_STAYER = auto()
    LONGEST_MEETING_WAIT = auto()
    LONGEST_CONTACT_WAIT = auto()
    MOST_COORDINATORS = auto()
    LONGEST_CASE = auto()
    FLEKSJOB = auto()
    PENSION = auto()
    MOST_INTERNSHIPS = auto()
    INTERNSHIP_TO_JOB = auto()
    LONGEST_SEARCH = auto()
    PROGRAMMES = auto()
    MOST_NO_SHOWS = auto()
    CAME_BACK = auto()


class Worth(NamedTuple):
    """A citizen who is worth following: why, and the figure that says so."""

    why: Striking
    citizen: int
    figure: float


def worth_following(citizens: Table, activities: Sequence[Done], horizon: float) -> list[Worth]:
    """Choose citizens who are worth following; each at most once, those without a striking figure left out.

    Parameters
    ----------
    citizens
        The table of the replication.
    activities
        Its paired event log.
    horizon
        In weeks.
    """
    of: Mapping[str, NDArray[Any]] = {name: np.asarray(column) for name, column in citizens.items()}
    chosen: list[Worth] = []
    taken: set[int] = set()
    for why, figures in _figures(of, activities, horizon):
        place = _best(figures, of["citizen"], taken)
        if place is not None:
            citizen = int(of["citizen"][place])
            taken.add(citizen)
            shown = _SHOWN.get(why)
            chosen.append(Worth(why, citizen, float(figures[place] if shown is None else shown(of, horizon)[place])))
    return chosen


def _figures(
    of: Mapping[str, NDArray[Any]], activities: Sequence[Done], horizon: float
) -> Iterator[tuple[Striking, Floats]]:
    """Give by citizen how striking each is in each way; NaN: not at all."""
    left = ~np.isnan(of["exit_weeks"])
    weeks = with_centre(of, horizon)
    job = left & (of["destination"] == int(Destination.JOB))
    met = of["meetings_held"] > 0
    yield Striking.TYPICAL_JOB, _nearest_median(weeks, job & met)
    yield Striking.TYPICAL_STAYER, _nearest_median(of["meetings_held"].astype(float), ~left & met & (weeks > 26.0))
    yield Striking.LONGEST_MEETING_WAIT, _mean(of["meeting_wait_weeks"], of["meetings_held"])
    yield Striking.LONGEST_CONTACT_WAIT, _mean(of["contact_wait_weeks"], of["contacts"])
    yield Striking.MOST_COORDINATORS, _some(of["caseworker_changes"])
    case = of["last_decided_weeks"] - of["recognised_weeks"]
    yield Striking.LONGEST_CASE, case
    decision = of["decision"]
    yield Striking.FLEKSJOB, np.where(decision == int(TeamDecision.FLEKSJOB), case, np.nan)
    yield Striking.PENSION, np.where(decision == int(TeamDecision.PENSION), case, np.nan)
    yield Striking.MOST_INTERNSHIPS, _some(of["internships"])
    since = of["exit_weeks"] - of["internship_end_weeks"]
    yield Striking.INTERNSHIP_TO_JOB, np.where(job & (since >= 0.0), -since, np.nan)
    yield Striking.LONGEST_SEARCH, _longest_search(of["citizen"], activities)
    yield Striking.PROGRAMMES, _some(of["programmes"])
    yield Striking.MOST_NO_SHOWS, _some(of["no_shows"])
    yield Striking.CAME_BACK, np.where(of["spell"] > 1, of["spell"].astype(float), np.nan)


def with_centre(of: Mapping[str, NDArray[Any]], horizon: float) -> Floats:
    """Weeks of each citizen with the centre within the time observed."""
    until = np.where(np.isnan(of["exit_weeks"]), horizon, of["exit_weeks"])
    return np.asarray(until - np.maximum(of["arrival_weeks"], 0.0))


_SHOWN: Mapping[Striking, Callable[[Mapping[str, NDArray[Any]], float], Floats]] = {
    Striking.TYPICAL_JOB: with_centre,
    Striking.TYPICAL_STAYER: with_centre,
    Striking.INTERNSHIP_TO_JOB: lambda of, horizon: of["exit_weeks"] - of["internship_end_weeks"],
}
"""What is shown where it is not what the choice is made by."""


def _best(figures: Floats, numbers: NDArray[Any], taken: set[int]) -> int | None:
    """Place of the highest figure, the lowest number first, of those who are not taken; None: there is none."""
    order = np.lexsort((numbers, -np.nan_to_num(figures, nan=-math.inf)))
    return next((int(i) for i in order if not math.isnan(figures[i]) and int(numbers[i]) not in taken), None)


def _nearest_median(figures: Floats, among: NDArray[np.bool_]) -> Floats:
    if not among.any():
        return np.full(len(figures), np.nan)
    return np.where(among, -np.abs(figures - np.median(figures[among])), np.nan)


def _mean(total: NDArray[Any], count: NDArray[Any]) -> Floats:
    """Mean of those with at least three, so that one long wait is not all there was; no wait is not striking."""
    mean = total / np.maximum(count, 1)
    return np.where((count >= 3) & (mean > 0.0), mean, np.nan)


def _some(count: NDArray[Any]) -> Floats:
    return np.where(count > 0, count.astype(float), np.nan)


def _longest_search(numbers: NDArray[Any], activities: Sequence[Done]) -> Floats:
    """By citizen the longest search for a place that was given up or found one."""
    since: dict[int, float] = {}
    longest: dict[int, float] = {}
    for one in activities:
        if one.activity is Activity.PLACEMENT_STARTS and not math.isnan(one.end):
            since[one.citizen] = one.end
        elif one.activity in (Activity.INTERNSHIP_STARTS, Activity.SEARCH_GIVEN_UP) and one.citizen in since:
            longest[one.citizen] = max(longest.get(one.citizen, 0.0), one.start - since.pop(one.citizen))
    return np.array([longest.get(int(number), math.nan) for number in numbers])
