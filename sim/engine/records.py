"""What an engine hands back: the columns of every table, and one finished replication.

Both engines fill the same records. Names (groups, departments, destinations ...) are stored as integer
codes into the lists of `sim.model.names.Names`; files show the names themselves.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.model.names import DESTINATIONS, TASKS

Kind = Literal["int32", "float64", "bool", "code"]
NameList = Literal["groups", "departments", "destinations", "origins", "decisions", "activities", "resources"]
TableName = Literal["weekly", "citizens", "coordinators", "events"]
Table = Mapping[str, NDArray[np.generic]]


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    name, kind
        `kind` "code" is an int32 index into the list of names called `names`; -1 is "no value".
    unit
        Unit of measurement ("weeks", "hours", "citizens"; empty: none).
    description
        One sentence. In float64 columns NaN is "has not happened".
    names
        For codes: which list of `Names`.
    """

    name: str
    kind: Kind
    unit: str
    description: str
    names: NameList | None = None


def _int(name: str, unit: str, description: str) -> Column:
    return Column(name, "int32", unit, description)


def _float(name: str, unit: str, description: str) -> Column:
    return Column(name, "float64", unit, description)


def _code(name: str, names: NameList, description: str) -> Column:
    return Column(name, "code", "", description, names)


def _flag(name: str, description: str) -> Column:
    return Column(name, "bool", "", description)


CITIZENS = (
    _int("citizen", "", "Number within the replication, in order of entry."),
    _code("group", "groups", "Group at entry."),
    _code("origin", "origins", "In the initial stock, arrived by inflow, or topped up from the pool."),
    _int(
        "number",
        "",
        "Ordinal within group and origin (of a pool: and department): the same person in every variant.",
    ),
    _code("department", "departments", "Department at exit or horizon."),
    _code("group_at_end", "groups", "Group at exit or horizon (differs after a change of scheme)."),
    _float(
        "scheme_weeks",
        "weeks",
        "Start of the present scheme: the last change of scheme, or the entry.",
    ),
    _flag("cohort", "Present at the start: one of the starting citizens."),
    _flag("long_history", "Long unemployment history at entry."),
    _float("frailty", "", "Factor on the citizen's exit hazards."),
    _flag("needs_clarification", "Belonged in another scheme at entry."),
    _float("entry_weeks", "weeks", "Start of the benefit spell (negative: before the start date)."),
    _float("exit_weeks", "weeks", "Exit; NaN: still open at the horizon (censored)."),
    _code("destination", "destinations", "Exit to; no value: still open at the horizon (censored)."),
    _float("weeks_on_benefit", "weeks", "From entry to exit or, if open, to the horizon."),
    _int("meetings_due", "meetings", "Planned meetings held, or overdue at exit or horizon."),
    _int("meetings_held", "meetings", "Planned meetings held."),
    _int("meetings_timely", "meetings", "Planned meetings begun by their due date."),
    _int("no_shows", "meetings", "Meetings the citizen did not show up to."),
    _int("extra_meetings", "meetings", "Discretionary meetings held."),
    _float("meeting_wait_weeks", "weeks", "Sum over planned meetings held: from joining the queue to the start."),
    _float("meeting_length", "meetings", "Sum over planned meetings held: length as a share of the planned one."),
    _int("contacts", "contacts", "Unscheduled contacts answered by a coordinator."),
    _float("contact_wait_weeks", "weeks", "Sum over those contacts: from the call to the answer."),
    _float("recognised_weeks", "weeks", "Need for clarification recognised; NaN: not (or before the start)."),
    _float("submitted_weeks", "weeks", "Case complete and waiting for the rehabilitation team."),
    _float("decided_weeks", "weeks", "Decision of the rehabilitation team."),
    _code("decision", "decisions", "Decision of the rehabilitation team."),
    _float("resource_course_weeks", "weeks", "Start of the first resource course."),
    _float("ready_weeks", "weeks", "First found ready for an internship."),
    _float("internship_start_weeks", "weeks", "Start of the first internship."),
    _float("internship_end_weeks", "weeks", "End of the first internship."),
    _int("internships", "internships", "Internships begun."),
    _float("small_job_weeks", "weeks", "Start of the first small job."),
    _int("small_jobs", "small jobs", "Small jobs begun."),
    _float("programme_weeks", "weeks", "Start of the first programme."),
    _int("programmes", "programmes", "Programmes begun."),
    _int("caseworker_changes", "changes", "Changes of coordinator."),
)

WEEKLY = (
    _int(
        "week",
        "weeks",
        "Weeks since the start: the row tells of the week that ends then (0: the start itself).",
    ),
    _code("group", "groups", "Group the citizens belong to now."),
    _int("stock", "citizens", "With the centre at the end of the week."),
    _int("entries", "citizens", "New citizens in the week."),
    *(_int(f"exits_{d}", "citizens", f"Exits to {d} in the week.") for d in DESTINATIONS),
    _int("scheme_changes_in", "citizens", "Came from another group in the week."),
    _int("scheme_changes_out", "citizens", "Went to another group in the week."),
    _int("meetings_held", "meetings", "Planned meetings begun in the week."),
    _int("meetings_timely", "meetings", "Of these, begun by their due date."),
    _int("waiting_meeting", "citizens", "Invited and not yet met, at the end of the week."),
    _int("overdue_meeting", "citizens", "Of these, past the due date."),
    _int("waiting_contact", "citizens", "Contact not yet answered, at the end of the week."),
    _int("in_clarification", "citizens", "Need recognised, case not complete, at the end of the week."),
    _int("waiting_team", "citizens", "Case complete, not decided, at the end of the week."),
    _int("waiting_consultant", "citizens", "Ready, not yet on a consultant's list, at the end of the week."),
    _int(
        "in_placement",
        "citizens",
        "On a consultant's list without an internship yet, at the end of the week.",
    ),
    _int("in_internship", "citizens", "In internship at the end of the week."),
    _int("in_small_job", "citizens", "In a small job at the end of the week."),
    _int("in_programme", "citizens", "In a programme at the end of the week."),
)

COORDINATORS = (
    _int("coordinator", "", "Number of the post."),
    _code("department", "departments", "Department."),
    _int("period", "", "Number of the period (see run.coordinator_period_weeks)."),
    _float("from_weeks", "weeks", "Start of the period."),
    _float("to_weeks", "weeks", "End of the period."),
    _float("full_time_share", "", "1: full-time."),
    _float("caseload", "citizens", "Mean number of citizens on the list over the period."),
    _float("employed_weeks", "weeks", "Post filled (absence included)."),
    _float("absent_weeks", "weeks", "Absent."),
    _float("hours_available", "hours", "Effective hours while filled and not absent."),
    *(_float(f"hours_{t}", "hours", f"Hours worked on: {t}.") for t in TASKS),
    _float(
        "backlog_hours",
        "hours",
        "Planned hours of the work waiting in the own queue at the end of the period.",
    ),
    _int("resignations", "", "Resignations in the period."),
)

EVENTS = (
    _int("citizen", "", "Citizen concerned; -1: none."),
    _code("activity", "activities", "What happened."),
    _float("weeks", "weeks", "When, in weeks since the start."),
    _code("resource", "resources", "Who did it."),
    _float("value", "", "Detail of the activity (see the documentation of events)."),
)

TABLES: Mapping[TableName, tuple[Column, ...]] = {
    "weekly": WEEKLY,
    "citizens": CITIZENS,
    "coordinators": COORDINATORS,
    "events": EVENTS,
}


class Replication(NamedTuple):
    """One finished replication.

    Attributes
    ----------
    number
        Replication number.
    tables
        citizens and coordinators always, weekly and events if recorded; arrays of equal length by column name.
    """

    number: int
    tables: Mapping[TableName, Table]
