"""The lists that the codes in records point into: those of the catalogue, and those that a config adds."""

from typing import NamedTuple

from sim.catalogue import COORDINATOR, EVERYONE, Activity, Destination, Origin, Reached, Since, TeamDecision


class Names(NamedTuple):
    """The lists that codes in records point into."""

    groups: tuple[str, ...]
    departments: tuple[str, ...]
    resources: tuple[str, ...]
    activities: tuple[str, ...] = Activity.keys()
    destinations: tuple[str, ...] = Destination.keys()
    origins: tuple[str, ...] = Origin.keys()
    decisions: tuple[str, ...] = TeamDecision.keys()
    sinces: tuple[str, ...] = Since.keys()
    reached: tuple[str, ...] = Reached.keys()
    roles: tuple[str, ...] = (COORDINATOR,)

    @property
    def groups_and_all(self) -> tuple[str, ...]:
        """All groups together, and each."""
        return (EVERYONE, *self.groups)

    @property
    def departments_and_all(self) -> tuple[str, ...]:
        """All departments together, and each."""
        return (EVERYONE, *self.departments)
