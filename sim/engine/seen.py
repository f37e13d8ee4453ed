"""What is seen of a citizen under observation; at the start date what was seen before is forgotten."""

import math

from sim.tables.column import Column
from sim.tables.records import CITIZENS

SEEN = CITIZENS[[c.name for c in CITIZENS].index("meetings_due") :]
"""The columns of the citizens table that tell of it: the last ones."""
_SUMS = ("meeting_wait_weeks", "meeting_length", "contact_wait_weeks")


def _at_first(column: Column) -> float:
    if column.kind == "float64":
        return 0.0 if column.name in _SUMS else math.nan
    return -1 if column.kind == "code" else 0


NOTHING_SEEN = {column.name: _at_first(column) for column in SEEN}
"""Values of these columns when nothing has been seen: counts and sums are 0, and nothing has happened."""
