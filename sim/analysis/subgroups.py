"""Of whom figures are told apart: everybody, each group, each department."""

from collections.abc import Iterable
from typing import NamedTuple

from sim.catalogue import EVERYONE
from sim.store.run import Run


class Part(NamedTuple):
    """Names of a group and a department; "(all)": all together."""

    group: str
    department: str


def parts_of(groups: Iterable[str], departments: Iterable[str]) -> tuple[Part, ...]:
    """List everybody, and every group and department, one at a time."""
    return (
        Part(EVERYONE, EVERYONE),
        *(Part(group, EVERYONE) for group in groups),
        *(Part(EVERYONE, department) for department in departments),
    )


def common_parts(*runs: Run) -> tuple[Part, ...]:
    """List everybody, and the groups and departments that all runs have, in the order of the last."""
    *others, last = (run.config for run in runs)
    groups, departments = (
        [name for name in last[key] if all(name in other[key] for other in others)]
        for key in ("groups", "departments")
    )
    return parts_of(groups, departments)
