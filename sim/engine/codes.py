"""Codes that both engines write into their records."""

from sim.catalogue import Activity, Destination
from sim.tables.records import WEEKLY

GONE = -1
"""Stage of a citizen who has left."""
NO_CASE, PREPARING, SUBMITTED = range(3)
"""How far a clarification is."""
OFF, ABSENT, IDLE, BUSY, ON_LEAVE = range(5)
"""What somebody in a post does."""
JOB = int(Destination.JOB)
FLEKSJOB, RESOURCE_COURSE = int(Destination.FLEKSJOB), int(Destination.RESOURCE_COURSE)
SUCCESSES = (JOB, int(Destination.EDUCATION))
"""Destinations that are credited to a programme's vendor."""
_WEEKLY = [c.name for c in WEEKLY]
FLOWS = tuple(_WEEKLY[_WEEKLY.index("entries") : _WEEKLY.index("meetings_timely") + 1])
"""Flows of a week and group, in the order of the weekly table."""
ENTRIES, IN, OUT = (FLOWS.index(name) for name in ("entries", "scheme_changes_in", "scheme_changes_out"))
HELD, TIMELY = FLOWS.index("meetings_held"), FLOWS.index("meetings_timely")
EXITS = FLOWS.index(f"exits_{Destination.keys()[0]}")
"""Flow of the first destination; the others follow."""
ENDS = (
    Activity.MEETING_ENDS,
    Activity.CONTACT_ENDS,
    Activity.PACKAGE_ENDS,
    Activity.HANDOVER_ENDS,
    Activity.PLACEMENT_ENDS,
    Activity.MENTORING_ENDS,
    Activity.EXTRA_MEETING_ENDS,
    Activity.OUTREACH_ENDS,
)
"""What the log shows when a task is done, by kind of task."""
