"""Mechanisms: what needs another table, a group that exists, or hours that are there."""

from collections.abc import Iterator

from sim.config.schema.base import Problem
from sim.config.schema.checks.common import Sections, unknown


def programme_groups(sections: Sections) -> Iterator[Problem]:
    """Programmes name groups that exist."""
    for name, programme in sections["programmes"].items():
        for i, group in enumerate(programme.groups):
            if group not in sections["groups"]:
                yield unknown(("programmes", name, "groups", i), group, sections["groups"])


def assessments_needed(sections: Sections) -> Iterator[Problem]:
    """Assessments save work where there are cases."""
    if sections["clarification"] is None:
        for name, programme in sections["programmes"].items():
            if programme.assessed_packages > 0:
                yield Problem(("programmes", name, "assessed_packages"), "needs a table [clarification]")


def groups_of_decisions(sections: Sections) -> Iterator[Problem]:
    """The groups that the team's decisions lead to exist."""
    team = sections["rehabilitation_team"]
    for key in ("resource_course_group", "fleksjob_group"):
        name = None if team is None else getattr(team, key)
        if name is not None and name not in sections["groups"]:
            yield unknown(("rehabilitation_team", key), name, sections["groups"])
    if team is not None and team.fleksjob_group is None and team.fleksjob_at_once_share > 0:
        yield Problem(("rehabilitation_team", "fleksjob_at_once_share"), "needs fleksjob_group beside it")


def mechanisms_needed(sections: Sections) -> Iterator[Problem]:
    """A group's table needs the centre's table of the same mechanism."""
    needed = {
        "meetings": ("meetings",),
        "clarification": ("clarification", "rehabilitation_team"),
        "internships": ("internships",),
        "small_jobs": ("small_jobs",),
    }
    for name, group in sections["groups"].items():
        for mechanism, tables in needed.items():
            if getattr(group, mechanism) is not None:
                for table in tables:
                    if sections[table] is None:
                        yield Problem(("groups", name, mechanism), f"needs a table [{table}]")


def bookings_defined(sections: Sections) -> Iterator[Problem]:
    """The chosen way of booking is described."""
    meetings = sections["meetings"]
    if meetings is None:
        return
    chosen = {("meetings", "booking"): meetings.booking}
    for name, department in sections["departments"].items():
        if department.booking is not None:
            chosen["departments", name, "booking"] = department.booking  # type: ignore[index]
    for path, booking in chosen.items():
        if getattr(meetings.bookings, booking) is None:
            yield Problem(path, f"{booking!r} needs a table [meetings.bookings.{booking}]")


def window_within_intervals(sections: Sections) -> Iterator[Problem]:
    """A meeting cannot be held nearly an interval early: then there would be one after another without a pause."""
    meetings = sections["meetings"]
    if meetings is None:
        return
    for name, group in sections["groups"].items():
        if group.meetings is None or meetings.window_weeks <= group.meetings.interval_weeks.mean / 2:
            continue
        mean = group.meetings.interval_weeks.mean
        text = f"must be at most half of groups.{name}.meetings.interval_weeks, which is {mean:g} on average"
        yield Problem(("meetings", "window_weeks"), f"{text}; it is {meetings.window_weeks:g}")


def protected_hours(sections: Sections) -> Iterator[Problem]:
    """Meetings planned from the calendar and protected clarification together fit into the hours."""
    meetings, staffing = sections["meetings"], sections["staffing"]
    if meetings is None or meetings.time_pressure is None or meetings.time_pressure.calendar is None:
        return
    share = meetings.time_pressure.calendar.meeting_hours_share
    if share + staffing.protected_clarification_share > 1 + 1e-9:
        yield Problem(
            ("staffing", "protected_clarification_share"),
            f"{staffing.protected_clarification_share:g} and meetings.time_pressure.calendar."
            f"meeting_hours_share {share:g} sum to more than 1: the fixed load exceeds all hours",
        )
