"""Changes at a date: what a file may state of them, and which keys cannot change while the centre runs."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field, create_model

from sim.config.schema import Config
from sim.config.schema.base import Section
from sim.config.schema.ranges import MOST_CHANGES, Day

CHANGES, DATE = "changes", "date"


class Dated(Section):
    """A policy with a date: what it states, in tables like `[changes.NAME.staffing]`, is in force from then on."""

    date: Day
    """From this day on."""


_file: Any = create_model
_parts = {name: (field.annotation, None) for name, field in Config.model_fields.items() if name != CHANGES}
ChangeTable: Any = _file("ChangeTable", __base__=Dated, __doc__=Dated.__doc__, **_parts)
"""A change as it stands in a file: its date, and a fragment of a config."""
ConfigFile: Any = _file(
    "ConfigFile",
    __base__=Config,
    __doc__=Config.__doc__,
    changes=(
        dict[str, ChangeTable],
        Field({}, max_length=MOST_CHANGES, description="Policies that begin at a date, by name."),
    ),
)
"""A config as it stands in a file."""

_START = "it tells of those who are there at the start"
_PEOPLE = "it tells of people, who are the same whatever the policy"
_SWITCH = "it cannot be switched on or off in mid-run: state it from the start, with numbers that do nothing"
_LISTS = ("groups", "departments", "roles", "programmes")
_FIXED: tuple[tuple[str, str], ...] = (
    ("run", "it is the same all through a run"),
    ("population", _START),
    ("money", "it is not looked up while the centre runs: prices follow the years in [money]"),
    ("groups.*.stock_share", _START),
    ("groups.*.stock", _START),
    ("groups.*.elapsed_weeks", _START),
    ("groups.*.long_history_share", _START),
    ("groups.*.clarification.right_scheme_stock", _START),
    ("groups.*.clarification.recognised_share_stock", _START),
    ("groups.*.clarification.arises_per_year", _PEOPLE),
    ("groups.*.internships.ready_share_stock", _START),
    ("groups.*.internships.becomes_ready_per_year", _PEOPLE),
    ("groups.*.stay.elapsed_share_stock", _START),
    ("groups.*.benefit", "it is not looked up while the centre runs: change the group's hazards instead"),
    ("groups.*.small_jobs.benefit_saved_share", "it is not looked up while the centre runs"),
    ("departments.*.stock_share", _START),
    ("departments.*.groups", "it is the same all through a run: whom a department serves cannot change"),
    ("departments.*.queue", "it is the same all through a run"),
    (
        "clarification.packages",
        "it is the same all through a run: change hours_per_package",
    ),
    ("clarification.schemes.*.packages", "it is the same all through a run: change hours_per_package"),
    ("internships.citizen_moves", "it is the same all through a run"),
    *(
        (f"{table}.{key}", why)
        for table in ("staffing", "roles.*")
        for key, why in (
            ("net_hours_per_week", "it is the same all through a run: change the posts instead"),
            ("administration_share", "it is the same all through a run: change the posts instead"),
            ("fixed_hours_per_week", "it is the same all through a run: change the posts instead"),
            ("leave", "it is planned for the whole run"),
            ("changes", "it has dates of its own: state it outside the change"),
        )
    ),
    ("roles.*.does", "it is the same all through a run: give another role its posts from this date"),
    ("roles.*.shared", "it is the same all through a run"),
)
_SWITCHED = (
    "meetings", "clarification", "rehabilitation_team", "internships", "small_jobs", "discretionary.outreach",
    "groups.*.meetings", "groups.*.contacts", "groups.*.clarification", "groups.*.internships",
    "groups.*.small_jobs", "groups.*.stay", "groups.*.reassessed", "roles.*.list_limit", "clarification.schemes.*",
)  # fmt: skip


def why_fixed(path: Sequence[str], before: Any, after: Any) -> str:
    """Say why a key cannot change at a date; empty: it can.

    Parameters
    ----------
    path
        The key.
    before, after
        Its values, None where it is switched off or not there.
    """
    if path[0] in _LISTS and len(path) == 2 and (before is None or after is None):
        return f"the list of {path[0]} is the same all through a run"
    if path[0] == "programmes" and path[2:3] == ("vendors",) and len(path) == 4:
        return "the list of vendors is the same all through a run"
    for pattern, why in _FIXED:
        if _matches(path, pattern):
            return why
    switched = (before is None or after is None) and any(
        _matches(path, pattern) and len(path) == len(pattern.split(".")) for pattern in _SWITCHED
    )
    return _SWITCH if switched else ""


def _matches(path: Sequence[str], pattern: str) -> bool:
    """Whether a key lies at or below what a pattern names; a star stands for any name."""
    parts = pattern.split(".")
    return len(path) >= len(parts) and all(p in ("*", key) for p, key in zip(parts, path, strict=False))
