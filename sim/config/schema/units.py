"""Units of keys, read from their names."""

from sim.config.schema.distributions import Distribution
from sim.config.schema.shape import Shape

_UNITS = (
    ("hours_per_week", "hours a week"),
    ("share_per_meeting", "share a meeting"),
    ("kr_per_week", "kr a week"),
    ("kr_per_month", "kr a month"),
    ("kr_per_year", "kr a year"),
    ("per_week", "a week"),
    ("per_year", "a year"),
    ("weeks", "weeks"),
    ("years", "years"),
    ("hours", "hours"),
    ("share", "share"),
    ("factor", "factor"),
)


def unit_of(name: str, shape: Shape) -> str:
    """Return the unit of a key of this name and shape; empty if it has none."""
    if shape.section not in (None, Distribution) or shape.choices:
        return ""
    return next((unit for ending, unit in _UNITS if name == ending or name.endswith(f"_{ending}")), _within(name))


def _within(name: str) -> str:
    """Find a unit that is not at the end of the name, as in recognised_share_stock or hours_per_package."""
    return "share" if "_share_" in name else "hours" if name.startswith("hours_") else ""
