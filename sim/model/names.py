"""The fixed names of the model, in the order of their codes, and those that a config adds."""

from typing import NamedTuple

DESTINATIONS = ("job", "education", "fleksjob", "pension", "resource_course", "other")
"""Exits. `resource_course` is an exit only where recipients leave the centre."""
ORIGINS = ("stock", "inflow", "pool")
STOCK, INFLOW, POOL = range(len(ORIGINS))
DECISIONS = ("resource_course", "fleksjob", "pension", "back")
"""What the rehabilitation team decides."""
TASKS = ("meeting", "contact", "clarification", "handover", "placement", "extra_meeting", "outreach")
"""Kinds of work of a coordinator."""
RETURN = len(DESTINATIONS)
"""Code of the end of a stay that leads back to the group the citizen came from."""


class Names(NamedTuple):
    """The lists that codes in tables point into."""

    groups: tuple[str, ...]
    departments: tuple[str, ...]
    resources: tuple[str, ...]
    activities: tuple[str, ...]
    destinations: tuple[str, ...] = DESTINATIONS
    origins: tuple[str, ...] = ORIGINS
    decisions: tuple[str, ...] = DECISIONS
