"""What the event log holds: each activity in words, who its resource is, and what its value means."""

from typing import NamedTuple

from docs.reference.markdown import code, table
from sim.catalogue import Activity

POST, TEAM, VENDOR = "post", "rehabilitation team", "vendor"
NOBODY = "-"
OWN = f"{POST} (whose list the citizen is on; {NOBODY} while waiting for a coordinator)"


class Meaning(NamedTuple):
    """An activity in words, and who its resource is."""

    text: str
    resource: str


MEANINGS = {
    "present": Meaning("A starting citizen, with the centre at the start date.", OWN),
    "enters": Meaning("The citizen comes to the centre.", OWN),
    "invited": Meaning("Invited to a planned meeting, with notice; again after a no-show.", OWN),
    "meeting_starts": Meaning("A planned meeting begins, with its preparation.", POST),
    "meeting_ends": Meaning("The meeting and its journal are done.", POST),
    "no_show": Meaning("The citizen does not come; no `meeting_ends` follows.", POST),
    "sanction": Meaning("A sanction follows the missed meeting; its hours are in the `no_show`.", POST),
    "contact": Meaning("The citizen calls, writes or walks in, and waits.", NOBODY),
    "contact_elsewhere": Meaning("A contact that a service centre or self-service takes.", NOBODY),
    "contact_starts": Meaning("A contact is answered.", POST),
    "contact_ends": Meaning("The contact is over.", POST),
    "extra_meeting_starts": Meaning("A discretionary meeting begins.", POST),
    "extra_meeting_ends": Meaning("The discretionary meeting is over.", POST),
    "outreach_starts": Meaning("Contact to employers for the citizen begins.", POST),
    "outreach_ends": Meaning("Contact to employers is over.", POST),
    "vacancy_found": Meaning("The outreach has found a vacancy; who is hired `leaves` at once.", NOBODY),
    "need_recognised": Meaning("A meeting recognises that the citizen belongs in another scheme.", NOBODY),
    "package_starts": Meaning("Work on a package of the case begins: all of it, or a sitting.", POST),
    "package_ends": Meaning("The package is done, or the sitting.", POST),
    "submitted": Meaning("The case is complete.", NOBODY),
    "decided": Meaning("The rehabilitation team decides.", TEAM),
    "ready": Meaning("Found ready for an internship.", NOBODY),
    "handover_starts": Meaning("The handover to the role that does placement work begins.", POST),
    "handover_ends": Meaning("The handover is done; the citizen waits for a place on a list.", POST),
    "taken_on": Meaning("A place on a list of another role; who changes over is on that list alone.", POST),
    "placement_starts": Meaning("Work to find a place begins.", POST),
    "placement_ends": Meaning("That work is done; the search goes on by itself.", POST),
    "search_given_up": Meaning("No place within the time allowed; back to the coordinator.", POST),
    "internship_starts": Meaning("The internship begins.", POST),
    "internship_ends": Meaning("The internship ends.", POST),
    "follow_up_starts": Meaning("Work after the internship begins.", POST),
    "follow_up_ends": Meaning("Work after the internship is done.", POST),
    "small_job_starts": Meaning("A small job beside the benefit begins.", NOBODY),
    "small_job_ends": Meaning("The small job ends.", NOBODY),
    "referred": Meaning("Referred to a programme; waits for a place.", NOBODY),
    "programme_starts": Meaning("The programme begins.", VENDOR),
    "programme_ends": Meaning("The programme ends.", VENDOR),
    "mentoring_starts": Meaning("A mentor's time with the participant begins.", POST),
    "mentoring_ends": Meaning("That time is over.", POST),
    "caseworker_changes": Meaning("Another coordinator from now on.", f"{POST} (the new one)"),
    "scheme_changes": Meaning("Another group from now on, still with the centre.", NOBODY),
    "flagged": Meaning("A screening flags the new citizen, who begins in another group.", NOBODY),
    "reassessed": Meaning("A meeting moves the citizen to another group; what waits and runs goes on.", NOBODY),
    "leaves": Meaning("The citizen leaves the centre.", OWN),
    "hired": Meaning("Somebody starts in the post.", POST),
    "resigns": Meaning("Who is in the post leaves it; it stands vacant.", POST),
    "post_cut": Meaning("The post is closed.", POST),
    "absence_starts": Meaning("Who is in the post is away.", POST),
    "absence_ends": Meaning("Who is in the post is back.", POST),
    "leave_starts": Meaning("Who is in the post is on leave.", POST),
    "leave_ends": Meaning("The leave is over.", POST),
}

_INTRODUCTION = """\
## Activities of the event log

Written on request (`sim run --tables events`). `resource` names who did it: a post by its role (`coordinator 0`,
`company consultant 0` ...), the `rehabilitation team`, or `PROGRAMME / VENDOR`. `value` is 0 where the table shows
none. Times of work are when it begins and ends; between them the resource does nothing else.

**Hours.** Working time is spread evenly over the week, so on the calendar work takes longer than its hours: with 30
effective hours a week, a meeting of one hour lasts 168 / 30 = 5.6 hours from its start to its end. The row that ends
a task (`..._ends` of work, and `no_show`, after which no end follows) gives both: `working_hours`, and
`calendar_hours` from the start. While somebody learns, both grow.

**Cases.** Every row belongs to a case. `case_id` is replication and citizen; what concerns the staff alone (`hired`,
`resigns`, `post_cut`, starts and ends of absence and leave) has the post as its case, such as `0-coordinator 3`:
whoever follows citizens alone leaves these rows out (`citizen` is -1).

What a citizen was taking part in when leaving or changing scheme ends with that event: no `internship_ends`,
`small_job_ends` or `programme_ends` is written. Work that somebody has begun is finished, so its `..._ends` may
come after the citizen's `leaves`."""


def section() -> str:
    """Write the section on activities."""
    rows = [(code(a.key), MEANINGS[a.key].text, MEANINGS[a.key].resource, a.value_means) for a in Activity]
    return f"{_INTRODUCTION}\n\n{table(('activity', 'what happens', 'resource', 'value'), rows)}"
