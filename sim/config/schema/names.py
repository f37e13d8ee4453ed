"""Names that keys may have or take, as types: those of the catalogue, and those that several tables share.

Python makes the types of the catalogue from its lists; a type checker, which cannot follow, sees texts.
"""

from typing import TYPE_CHECKING, Literal

from sim.catalogue import DESTINATIONS, RIGHT_SCHEMES, STAY_ENDS, TASKS, Task

if TYPE_CHECKING:
    DestinationName = str
    SchemeName = str
    StayEndName = str
    RoleTaskName = str
else:
    DestinationName = Literal[DESTINATIONS]
    SchemeName = Literal[RIGHT_SCHEMES]
    StayEndName = Literal[STAY_ENDS]
    RoleTaskName = Literal[tuple(name for name in TASKS if name != Task.HANDOVER.key)]

BookingName = Literal["invited", "own_calendar", "self_booking"]
"""Ways of booking a meeting."""
AssignmentRule = Literal["random", "birth_date", "lowest_caseload", "round_robin"]
"""Ways of choosing a department or a coordinator for a citizen."""
AffectedExit = Literal["job", "education", "other"]
"""Exits whose hazards meetings, internships, small jobs and programmes can change."""
PLACES_FOR = (Task.PLACEMENT.key, Task.CLARIFICATION.key)
"""Kinds of task for which a citizen takes a place on the list of a role with lists."""
