"""Codes that both engines write into their records."""

from sim.catalogue import DESTINATIONS, TEAM_DECISIONS, Activity

GONE = -1
"""Stage of a citizen who has left."""
NO_CASE, PREPARING, SUBMITTED = range(3)
"""How far a clarification is."""
OFF, ABSENT, IDLE, BUSY = range(4)
"""What a coordinator does."""
BACK = TEAM_DECISIONS.index("back")
"""The rehabilitation team's decision that changes nothing."""
JOB = DESTINATIONS.index("job")
RESOURCE_COURSE = DESTINATIONS.index("resource_course")
SUCCESSES = (JOB, DESTINATIONS.index("education"))
"""Destinations that are credited to a programme's vendor."""
FLOWS = ("entries", *(f"exits_{d}" for d in DESTINATIONS), "in", "out", "held", "timely")
"""Flows of a week and group, in the order of the weekly table."""
ENTRIES, EXITS, IN, OUT, HELD, TIMELY = 0, 1, 7, 8, 9, 10
ENDS = (
    Activity.MEETING_ENDS,
    Activity.CONTACT_ENDS,
    Activity.PACKAGE_ENDS,
    Activity.HANDOVER_ENDS,
    Activity.PLACEMENT_ENDS,
    Activity.EXTRA_MEETING_ENDS,
    Activity.OUTREACH_ENDS,
)
"""What the log shows when a task is done, by kind of task."""
