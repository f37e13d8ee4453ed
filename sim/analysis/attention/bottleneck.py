"""Where work waits longest: queues, how fast they are worked off, and whose hours or places that takes."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from sim.analysis.attention.thresholds import FULL_SHARE, LONG_WEEKS
from sim.analysis.attention.weekly import Change
from sim.catalogue import WEEKS_PER_YEAR
from sim.model.parameters import Parameters
from sim.model.workload import mean_packages, places, teams_with_places


class Queue(NamedTuple):
    """Work that waits.

    Attributes
    ----------
    kind
        "meetings", "cases", "team" or "internships".
    who
        Whose hours, places or slots it waits for.
    waiting
        What waits, in words, such as "complete cases wait for a decision".
    done
        What happens to it each week, such as "are decided".
    length, per_week
        How many wait in the last weeks, and how many are served a week.
    unavoidable_weeks
        Wait that nobody can shorten, and why.
    """

    kind: str
    who: str
    waiting: str
    done: str
    length: float
    per_week: float
    unavoidable_weeks: float = 0.0
    why: str = ""

    @property
    def weeks(self) -> float:
        """Weeks to work it off at the run's pace (Little's law: the mean wait, where it is steady)."""
        if self.per_week > 0.0:
            return self.length / self.per_week
        return math.inf if self.length >= 1.0 else 0.0

    @property
    def too_long(self) -> float:
        """Weeks beyond what nobody can shorten."""
        return self.weeks - self.unavoidable_weeks

    @property
    def is_long(self) -> bool:
        """Whether that is longer than a month."""
        return self.too_long > LONG_WEEKS


def bottleneck(p: Parameters, weekly: Mapping[str, Change], means: Mapping[str, float]) -> str:
    """Name in one sentence where work waits longest; empty: nowhere longer than `LONG_WEEKS`.

    Parameters
    ----------
    p
        Of the run.
    weekly
        From `sim.analysis.attention.weekly.changes`.
    means
        Means of the KPIs.
    """
    longest = longest_queue(p, weekly, means)
    if not longest.is_long:
        return ""
    text = (
        f"bottleneck: {longest.who}. In the last weeks {longest.length:,.0f} {longest.waiting}, and "
        f"{longest.per_week:,.1f} a week {longest.done}"
    )
    if longest.per_week == 0.0:
        return text.replace("0.0 a week", "none")
    text += f": {longest.weeks:,.0f} weeks of work"
    return f"{text}, of which {longest.unavoidable_weeks:,.0f} are {longest.why}" if longest.why else text


def longest_queue(p: Parameters, weekly: Mapping[str, Change], means: Mapping[str, float]) -> Queue:
    """Find the queue where work waits longest, in the last weeks, beyond what nobody can shorten."""
    return max(_queues(p, weekly, means), key=lambda queue: queue.too_long)


def _queues(p: Parameters, weekly: Mapping[str, Change], means: Mapping[str, float]) -> list[Queue]:
    last = {name: change.last for name, change in weekly.items()}
    of_centre = means["mean_stock"] / WEEKS_PER_YEAR / 100.0
    decided = _known(means["clarifications_per_100_years"]) * of_centre
    team = weekly["waiting_team"]
    completed = max(decided + (team.last - team.first) / p.horizon, 0.0)
    way = p.clarification.submission.mean + p.clarification.team_every / 2.0
    interned = _known(means["internships_per_100_years"]) * of_centre
    return [
        Queue(
            "meetings",
            "the coordinators' hours for meetings",
            "citizens have a meeting overdue",
            "are held",
            last["overdue_meeting"],
            last["meetings_held"],
        ),
        Queue(
            "cases",
            "the coordinators' hours for cases",
            "cases are being prepared",
            "are completed",
            last["in_clarification"],
            completed,
            (mean_packages(p) - 1.0) * p.clarification.document_wait.mean,
            "waits for documents",
        ),
        Queue(
            "team",
            "the rehabilitation team",
            "complete cases wait for a decision",
            "are decided",
            team.last,
            decided,
            way if p.clarification.slots else 0.0,
            "the way to the next meeting",
        ),
        _internships(p, last, interned),
    ]


def _internships(p: Parameters, last: Mapping[str, float], interned: float) -> Queue:
    """Ready citizens wait for a place on a list where the lists are full; else for a coordinator's time."""
    teams = teams_with_places(p)
    waiting = "citizens are ready for an internship and on nobody's list"
    have, taken = places(p), last["in_placement"] + last["in_internship"]
    names = " and ".join(dict.fromkeys(p.names.roles[p.teams[t].role].replace("_", " ") + "s" for t in teams))
    if not teams:
        who = "the hours for placements"
    elif taken >= FULL_SHARE * have:
        who = f"the {names}, whose {have:,.0f} places are taken"
    elif len(teams) > 1:  # Lists may be full in one and empty in another.
        who = f"the way to the {names}: a handover, then a place ({taken:,.0f} of {have:,.0f} taken in all)"
    else:
        free = f"while {taken:,.0f} of the {names}' {have:,.0f} places are taken"
        who = f"the coordinators' hours for handovers, {free}"
    return Queue("internships", who, waiting, "begin one", last["waiting_consultant"], interned)


def _known(value: float) -> float:
    return 0.0 if math.isnan(value) else value
