"""The lists that the codes in records point into: those of the catalogue, and those that a config adds."""

from typing import NamedTuple

from sim.catalogue import Activity, Destination, Origin, TeamDecision


class Names(NamedTuple):
    """The lists that codes in records point into."""

    groups: tuple[str, ...]
    departments: tuple[str, ...]
    resources: tuple[str, ...]
    activities: tuple[str, ...] = Activity.keys()
    destinations: tuple[str, ...] = Destination.keys()
    origins: tuple[str, ...] = Origin.keys()
    decisions: tuple[str, ...] = TeamDecision.keys()
