"""The records of a replication, column by column: what both engines fill, and what is computed from it.

Names (groups, departments, destinations ...) are stored as integer codes into the lists of
`sim.model.names.Names`; files show the names themselves.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.catalogue import DESTINATIONS, TASKS
from sim.tables.column import Column, code, count, flag, number

TableName = Literal["weekly", "citizens", "schemes", "coordinators", "incidence", "events"]
Table = Mapping[str, NDArray[np.generic]]

CITIZENS = (
    count("citizen", "", "Number within the replication, in order of entry."),
    code("group", "groups", "Group at entry."),
    code(
        "origin", "origins", "In the initial stock, arrived by inflow, topped up from the pool, or back after a job."
    ),
    count(
        "number",
        "",
        "Ordinal within group and origin (of a pool: and department): the same person in every variant. Who comes "
        "back keeps it.",
    ),
    count("person", "", "Number (`citizen`) of the person's first spell."),
    count("spell", "", "Number of the person's spell: 1, and one more with each return after a job."),
    code("department", "departments", "Department at exit or horizon."),
    code("first_department", "departments", "Department at arrival."),
    code("group_at_end", "groups", "Group at exit or horizon (differs after a change of scheme or a reassessment)."),
    number(
        "scheme_weeks",
        "weeks",
        "Start of the present scheme: the last change of scheme, or the entry.",
    ),
    flag("cohort", "Present at the start: one of the starting citizens."),
    flag("long_history", "Long unemployment history at entry."),
    number("frailty", "", "Factor on the citizen's exit hazards."),
    code("right_scheme", "decisions", "Scheme in which the citizen belonged at entry; no value: in no other."),
    flag("flagged", "Flagged by a screening at entry, and so in another group from the first moment."),
    number("entry_weeks", "weeks", "Start of the benefit spell (negative: before the start date)."),
    number(
        "arrival_weeks",
        "weeks",
        "Arrival at the centre: the entry, or of those from the pool when they were topped up.",
    ),
    number("exit_weeks", "weeks", "Exit; NaN: still open at the horizon (censored)."),
    code("destination", "destinations", "Exit to; no value: still open at the horizon (censored)."),
    number("weeks_on_benefit", "weeks", "From entry to exit or, if open, to the horizon."),
    count("meetings_due", "meetings", "Planned meetings held, or overdue at exit or horizon."),
    count("meetings_held", "meetings", "Planned meetings held."),
    count("meetings_timely", "meetings", "Planned meetings begun by their due date."),
    count("no_shows", "meetings", "Meetings the citizen did not show up to."),
    count("sanctions", "sanctions", "Sanctions after missed meetings."),
    count("extra_meetings", "meetings", "Discretionary meetings held."),
    count("vacancies", "vacancies", "Vacancies found by outreach to employers."),
    number(
        "meeting_wait_weeks", "weeks", "Sum over planned meetings held: from when it could be held to the start."
    ),
    number("meeting_length", "meetings", "Sum over planned meetings held: length as a share of the planned one."),
    count("contacts", "contacts", "Unscheduled contacts answered by a coordinator."),
    number("contact_wait_weeks", "weeks", "Sum over those contacts: from the call to the answer."),
    number("recognised_weeks", "weeks", "Need for clarification first recognised; NaN: not (or before the start)."),
    number("submitted_weeks", "weeks", "First complete case; its need may be recognised before the start."),
    number("decided_weeks", "weeks", "First decision of the team; its case may be complete before the start."),
    number("last_decided_weeks", "weeks", "Last decision of the rehabilitation team."),
    code("decision", "decisions", "Last decision of the rehabilitation team."),
    count("decisions", "decisions", "Decisions of the rehabilitation team."),
    number("resource_course_weeks", "weeks", "Start of the first resource course."),
    number("fleksjob_award_weeks", "weeks", "First awarded a fleksjob, whether it was begun at once or not."),
    number("ready_weeks", "weeks", "First found ready for an internship (from the start on)."),
    number("taken_on_weeks", "weeks", "First place on a consultant's list; may be found ready before the start."),
    number("internship_start_weeks", "weeks", "Start of the first internship begun from the start on."),
    number("internship_end_weeks", "weeks", "End of that internship."),
    count("internships", "internships", "Internships begun."),
    number("small_job_weeks", "weeks", "Start of the first small job."),
    count("small_jobs", "small jobs", "Small jobs begun."),
    number("programme_weeks", "weeks", "Start of the first programme."),
    count("programmes", "programmes", "Programmes begun."),
    count("caseworker_changes", "changes", "Changes of coordinator."),
    count("reassessments", "changes", "Moves to another group at a meeting, the scheme unchanged."),
)

SCHEMES = (
    count("citizen", "", "Number within the replication, as in the citizens table."),
    number("weeks", "weeks", "When the scheme or the group changed (negative: before the start date)."),
    code("from_group", "groups", "Group until then."),
    code("group", "groups", "Group from then on."),
)

WEEKLY = (
    count(
        "week",
        "weeks",
        "Weeks since the start: the row tells of the week that ends then (0: the start itself).",
    ),
    code("group", "groups", "Group the citizens belong to now."),
    count("stock", "citizens", "With the centre at the end of the week."),
    count("entries", "citizens", "New citizens in the week."),
    *(count(f"exits_{d}", "citizens", f"Exits to {d} in the week.") for d in DESTINATIONS),
    count("scheme_changes_in", "citizens", "Came from another group in the week."),
    count("scheme_changes_out", "citizens", "Went to another group in the week."),
    count("meetings_held", "meetings", "Planned meetings begun in the week."),
    count("meetings_timely", "meetings", "Of these, begun by their due date."),
    count("waiting_meeting", "citizens", "A planned meeting can be held and has not begun, at the end of the week."),
    count("overdue_meeting", "citizens", "Of these, past the due date."),
    count("waiting_contact", "citizens", "Contact not yet answered, at the end of the week."),
    count("in_clarification", "citizens", "Need recognised, case not complete, at the end of the week."),
    count("waiting_team", "citizens", "Case complete, not decided, at the end of the week."),
    count("waiting_consultant", "citizens", "Ready, not yet on a consultant's list, at the end of the week."),
    count(
        "in_placement",
        "citizens",
        "On a consultant's list without an internship yet, at the end of the week.",
    ),
    count("in_internship", "citizens", "In internship at the end of the week."),
    count("in_small_job", "citizens", "In a small job at the end of the week."),
    count("in_programme", "citizens", "In a programme at the end of the week."),
)

COORDINATORS = (
    count("coordinator", "", "Number of the post."),
    code("role", "roles", "Role of the post."),
    code("department", "departments", "Department; no value: the post serves the whole centre."),
    count("period", "", "Number of the period (see run.coordinator_period_weeks)."),
    number("from_weeks", "weeks", "Start of the period."),
    number("to_weeks", "weeks", "End of the period."),
    number("full_time_share", "", "1: full-time."),
    number("caseload", "citizens", "Mean number of citizens on the list over the period, or with a place on it."),
    number("employed_weeks", "weeks", "Post filled (absence and leave included)."),
    number("absent_weeks", "weeks", "Absent, leave apart."),
    number("on_leave_weeks", "weeks", "On leave."),
    number("hours_net", "hours", "Net hours while filled and neither absent nor on leave, administration included."),
    number(
        "hours_available", "hours", "Effective hours, for citizens, while filled and neither absent nor on leave."
    ),
    *(number(f"hours_{t}", "hours", f"Hours worked on: {t}.") for t in TASKS),
    number(
        "backlog_hours",
        "hours",
        "Planned hours of the work that waits at the end of the period, discretionary work left out. What a whole "
        "department has waiting (a pooled queue, citizens without a coordinator) stands with its first post.",
    ),
    count("resignations", "", "Resignations in the period."),
)

EVENTS = (
    count("citizen", "", "Citizen concerned; -1: none, an event about staff alone."),
    code("group", "groups", "Group of the citizen at that moment; no value: concerns no citizen."),
    code("department", "departments", "Department of the citizen at that moment, or of the post."),
    code("activity", "activities", "What happened."),
    number("weeks", "weeks", "When, in weeks since the start."),
    code("resource", "resources", "Who did it."),
    number("value", "", "Detail of the activity (see the documentation of events)."),
    number(
        "working_hours",
        "hours",
        "Hours of work that the task took; NaN: the row ends no task.",
    ),
    number(
        "calendar_hours",
        "hours",
        "From the task's start to its end, nights and weekends included; NaN: the row ends no task.",
    ),
)

INCIDENCE = (
    code("group", "groups_and_all", "Group at entry; (all): all together."),
    code("department", "departments_and_all", "Department at exit or horizon; (all): all together."),
    code("since", "sinces", "When the time begins to count."),
    code("event", "reached", "What is reached."),
    count("within_weeks", "weeks", "Within so many weeks."),
    count("citizens", "citizens", "Whose time counts: all who had not reached it before."),
    number(
        "share",
        "share",
        "Share that reaches it within so many weeks (Aalen-Johansen); NaN: nobody's time began so long before "
        "the horizon.",
    ),
)

TABLES: Mapping[TableName, tuple[Column, ...]] = {
    "weekly": WEEKLY,
    "citizens": CITIZENS,
    "schemes": SCHEMES,
    "coordinators": COORDINATORS,
    "incidence": INCIDENCE,
    "events": EVENTS,
}
"""What a run can keep of a replication."""
RECORDED: tuple[TableName, ...] = ("weekly", "citizens", "schemes", "coordinators", "events")
"""Of these: what an engine records. The others follow from it."""


class Replication(NamedTuple):
    """One finished replication.

    Attributes
    ----------
    number
        Replication number.
    tables
        citizens, schemes and coordinators always, the others if wanted; arrays of equal length by column name.
    """

    number: int
    tables: Mapping[TableName, Table]
