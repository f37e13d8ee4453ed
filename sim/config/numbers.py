"""Numbers that are given beside a config: arguments of Python's functions, with the ranges of the config's keys."""

from sim.config.schema.ranges import LARGEST_SEED
from sim.errors import UsageError
from sim.limits import MOST_REPLICATIONS

_RANGES: dict[str, tuple[int, int | None]] = {
    "seed": (0, LARGEST_SEED),
    "replications": (1, MOST_REPLICATIONS),
    "min-replications": (2, MOST_REPLICATIONS),
    "max-replications": (2, MOST_REPLICATIONS),
    "workers": (1, None),
    "per_draw": (1, MOST_REPLICATIONS),
    "draws": (2, MOST_REPLICATIONS),
}


def check_numbers(**numbers: int | None) -> None:
    """Refuse numbers that are out of range.

    Raises
    ------
    UsageError
        With the number and what is allowed.
    """
    for argument, value in numbers.items():
        least, most = _RANGES[argument]
        if value is None or (least <= value and (most is None or value <= most)):
            continue
        allowed = f"at least {least}" if most is None else f"between {least} and {most}"
        raise UsageError(f"{argument}: must be {allowed}; it is {value}")
