"""Codes that both engines write into their records."""

from sim.model.activities import Did
from sim.model.names import DECISIONS, DESTINATIONS

GONE = -1
"""Stage of a citizen who has left."""
NO_CASE, PREPARING, SUBMITTED = range(3)
"""How far a clarification is."""
OFF, ABSENT, IDLE, BUSY = range(4)
"""What a coordinator does."""
BACK = DECISIONS.index("back")
"""The rehabilitation team's decision that changes nothing."""
JOB = DESTINATIONS.index("job")
RESOURCE_COURSE = DESTINATIONS.index("resource_course")
SUCCESSES = (JOB, DESTINATIONS.index("education"))
"""Destinations that are credited to a programme's vendor."""
FLOWS = ("entries", *(f"exits_{d}" for d in DESTINATIONS), "in", "out", "held", "timely")
"""Flows of a week and group, in the order of the weekly table."""
ENTRIES, EXITS, IN, OUT, HELD, TIMELY = 0, 1, 7, 8, 9, 10
ENDS = (
    Did.MEETING_ENDS,
    Did.CONTACT_ENDS,
    Did.PACKAGE_ENDS,
    Did.HANDOVER_ENDS,
    Did.PLACEMENT_ENDS,
    Did.EXTRA_MEETING_ENDS,
    Did.OUTREACH_ENDS,
)
"""What the log shows when a task is done, by kind of task."""
