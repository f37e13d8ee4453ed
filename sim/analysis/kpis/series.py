"""Key figures that come one for each destination, milestone or kind of work."""

from typing import NamedTuple

from sim.analysis.kpis.equations import exits_to, hours_on, left_to, per_100_years, reached
from sim.analysis.kpis.kpi import Kpi
from sim.catalogue import WEEKS_PER_YEAR_TEXT, Destination, Task

COHORT = "sum over starting citizens of [{}] / number of starting citizens"
YEARS = f"citizen-years; citizen-years = sum of (min(exit, H) - max(arrival, 0)) / {WEEKS_PER_YEAR_TEXT}"
STARTING = "starting citizens"
STARTING_DANISH = "startbestanden"


class _Milestone(NamedTuple):
    """What a citizen reaches without leaving by it: its words, and the column that holds when."""

    name: str
    label: str
    danish: str
    of_whom: str
    column: str
    headline: bool


_FLEKSJOB = Destination.FLEKSJOB
_COURSE = Destination.RESOURCE_COURSE
_MILESTONES = (
    _Milestone("small_job", "small job", "småjob", "with a first small job", "small_job_weeks", True),
    _Milestone("internship", "internship", "praktik", "with a first internship", "internship_start_weeks", True),
    _Milestone("programme", "programme", "forløb", "with a first programme", "programme_weeks", False),
    _Milestone(
        "clarified",
        "case decided by the rehabilitation team",
        "sag behandlet i rehabiliteringsteamet",
        "whose case the rehabilitation team decided",
        "decided_weeks",
        True,
    ),
)
_DESTINATION_MILESTONES = {
    _COURSE: _Milestone(
        _COURSE.key, _COURSE.label, _COURSE.danish, f"who reached {_COURSE.key}", "resource_course_weeks", True
    ),
    _FLEKSJOB: _Milestone(
        _FLEKSJOB.key,
        f"{_FLEKSJOB.label} or entitled to it",
        f"{_FLEKSJOB.danish} eller tilkendt det",
        "who were awarded a fleksjob",
        "fleksjob_award_weeks",
        True,
    ),
}
"""Destinations that count from the award, or from the change of scheme, not from an exit."""


def cohort_kpis() -> list[Kpi]:
    """Make the shares of the starting citizens by destination, then by milestone."""
    destinations = [
        _of_milestone(_DESTINATION_MILESTONES[one]) if one in _DESTINATION_MILESTONES else _of_destination(one)
        for one in Destination
    ]
    return destinations + [_of_milestone(one) for one in _MILESTONES]


def _of_destination(destination: Destination) -> Kpi:
    return Kpi(
        f"cohort_{destination.key}_share",
        "share",
        f"{STARTING}: {destination.label}",
        f"{STARTING_DANISH}: {destination.danish}",
        f"Share of the starting citizens who reached {destination.key} by the horizon.",
        COHORT.format(f"destination = {destination.key}"),
        destination is not Destination.OTHER,
        left_to(destination.value),
    )


def _of_milestone(one: _Milestone) -> Kpi:
    return Kpi(
        f"cohort_{one.name}_share",
        "share",
        f"{STARTING}: {one.label}",
        f"{STARTING_DANISH}: {one.danish}",
        f"Share of the starting citizens {one.of_whom} by the horizon.",
        COHORT.format(f"{one.column} is known"),
        one.headline,
        reached(one.column),
    )


def task_kpis() -> list[Kpi]:
    """Make the shares of the coordinators' hours by kind of work."""
    return [
        Kpi(
            f"hours_{task.key}_share",
            "share",
            f"hours on {task.label}",
            f"timer til {task.danish}",
            f"Share of the coordinators' available hours spent on {task.label}.",
            f"sum of hours_{task.key} / sum of hours_available",
            task.headline,
            hours_on(task.key),
        )
        for task in Task
    ]


def exit_kpis() -> list[Kpi]:
    """Make the exits by destination, per 100 citizens and year."""
    return [
        Kpi(
            f"exits_{destination.key}_per_100_years",
            "per 100 citizen-years",
            f"exits: {destination.label}",
            f"afgang: {destination.danish}",
            f"Exits to {destination.key} per 100 citizen-years, all citizens.",
            f"100 x number of exits to {destination.key} / {YEARS}",
            False,
            per_100_years(exits_to(destination.value)),
        )
        for destination in Destination
    ]
