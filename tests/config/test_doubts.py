"""What is doubtful in a valid config: keys without effect, figures of the template left as they are."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sim.config import load
from sim.config.doubts import doubts
from sim.config.examples import EXAMPLE, template
from sim.engine import simulate
from sim.model.assembly import build
from tests.config.valid import VALID

ABSENCE = "[staffing.absence]\nspells_per_year = 10\nduration_weeks = 1\nmax_factor = {}\n"
ROLE = """\
[roles.consultant]
does = ["placement"]
posts = {}
list_limit = 5
net_hours_per_week = 25
"""
INTERNSHIPS = """\
[internships]
handover_hours = {}
placement_hours = 1
search_weeks = 2
give_up_weeks = 9
duration_weeks = 3
"""
READY = "[groups.ready.internships]\nfound_share_per_meeting = 0.5\n"
TEAM = "[rehabilitation_team]\nslots_per_meeting = {}\n"
CASES = """\
[clarification]
recognition_share_per_meeting = 0.5
packages = {}
hours_per_package = 1
document_wait_weeks = 1
"""
MEET = "[groups.ready.meetings]\ninterval_weeks = 13\n"
POOL = '[departments.centre]\ncoordinators = 2\nfill_from = "{}"\n'

LATE = "[[staffing.changes]]\ndate = 2019-12-30\nposts = {}\n"

NO_RESPONSE = "no exit depends on the caseload"
NO_CASES = "no group has a table [groups.NAME.clarification]"
BY_THEMSELVES = "coordinators do placement work themselves: no role does it"
IN_VAIN = {
    "staffing.absence.max_factor": (ABSENCE, (2, 9), "its caseload_elasticity is 0"),
    "caseload.reference": ("[caseload]\nreference = {}\n", (9, 99), f"{NO_RESPONSE}, nor do absence and turnover"),
    "caseload.measured": ('[caseload]\nmeasured = "{}"\n', ("own", "centre"), NO_RESPONSE),
    "contacts.handled_elsewhere_share": (
        "[contacts]\nhandled_elsewhere_share = {}\n",
        (0, 1),
        "no group has a table [groups.NAME.contacts]",
    ),
    "internships": (ROLE.format(1) + INTERNSHIPS, (0, 5), "no group has a table [groups.NAME.internships]"),
    "internships.handover_hours": (INTERNSHIPS + READY, (0, 5), BY_THEMSELVES),
    "internships.citizen_moves": (
        INTERNSHIPS.replace("handover_hours", "citizen_moves") + READY,
        ("true", "false"),
        BY_THEMSELVES,
    ),
    "roles.consultant.posts": (
        f"{ROLE}{INTERNSHIPS.format(1)}{READY}[departments.centre]\nposts.consultant = 1\n",
        (0, 5),
        "every department states its own",
    ),
    "rehabilitation_team": (TEAM, (0, 5), NO_CASES),
    "clarification": (CASES + TEAM.format(1), (1, 5), NO_CASES),
    "staffing.citizens_per_coordinator": (
        POOL,
        ("pool", "centre"),
        "every department states its own posts or target",
    ),
    "departments.centre.fill_from": (POOL, ("pool", "centre"), "there is no fill_to"),
    "staffing.changes[0]": (LATE, (1, 9), "its date, 2019-12-30, is not before the end of the run, 2019-12-30"),
}


def tables(path: Path, overrides: Mapping[str, Any] | None = None) -> dict[str, np.ndarray[Any, Any]]:
    found = simulate(build(load(path, overrides).config), 1, 0, weekly=True).tables
    there = np.asarray(found["coordinators"]["hours_available"], np.float64) > 0  # Not so a post after the horizon.
    return {
        f"{table}.{name}": cells[there] if table == "coordinators" else cells
        for table, columns in found.items()
        for name, cells in columns.items()
    }


@pytest.mark.parametrize("case", IN_VAIN)
def test_a_key_without_effect_is_told_and_has_none(tmp_path: Path, case: str) -> None:
    key, (text, values, why) = case.strip(), IN_VAIN[case]
    runs = []
    for value in values:
        file = tmp_path / "a.toml"
        file.write_text(VALID + text.replace("{}", str(value)), encoding="utf-8")
        lines = file.read_text(encoding="utf-8").splitlines()
        (told,) = [str(doubt) for doubt in doubts(load(file)) if f": {key}: " in str(doubt)]
        place, _, what = told.removeprefix(f"{file.as_posix()}:").partition(": ")
        assert what == f"{key}: has no effect: {why}"
        last = key.rsplit(".", maxsplit=1)[-1].removesuffix("[0]")
        assert last in lines[int(place) - 1]
        runs.append(tables(file))
    if key == "staffing.citizens_per_coordinator":
        runs[1] = tables(file, {key: 3})
    assert len(runs[0]) > 50
    assert [
        name for name, cells in runs[0].items() if not np.array_equal(cells, runs[1][name], equal_nan=True)
    ] == []


def test_nothing_is_doubtful_where_keys_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    elasticity = ABSENCE.format(2) + "caseload_elasticity = 0.1\n[caseload]\nreference = 50\n"
    early = "[[staffing.changes]]\ndate = 2019-12-29\nposts = 1\n"
    internships = ROLE.format(1) + INTERNSHIPS.format(1) + READY
    file.write_text(VALID + MEET + elasticity + internships + early, encoding="utf-8")
    assert doubts(load(file)) == []


def test_only_what_is_stated_is_told(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(VALID + MEET, encoding="utf-8")
    assert doubts(load(tmp_path / "base.toml")) == []
    told = doubts(load(tmp_path / "base.toml", {"caseload.measured": "centre"}))
    assert [str(one) for one in told] == [
        '--set caseload.measured="centre": has no effect: no exit depends on the caseload'
    ]


def examples_left(path: Path) -> str:
    found = [str(doubt) for doubt in doubts(load(path)) if EXAMPLE in doubt.text]
    return found[0].removeprefix(f"{path.as_posix()}:") if found else ""


ADVICE = "put in your own, and a source instead of the mark [example]"


def test_figures_of_the_template_left_unchanged_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    lines = template().splitlines()
    marked = [n for n, line in enumerate(lines, start=1) if EXAMPLE in line and not line.startswith("#")]
    assert len(marked) > 60
    path.write_text(template(), encoding="utf-8")
    told = examples_left(path)
    assert told.startswith(f"{marked[0]}: {len(marked)} figures are still the template's, only examples: lines ")
    # A figure of one's own, a figure that one vouches for, a group by another name.
    own = template().replace("stock = 910 ", "stock = 911 ").replace("[groups.ready", "[groups.first")
    own = own.replace("hours = 1                     # [example]", "hours = 1                     # our register")
    path.write_text(own, encoding="utf-8")
    assert examples_left(path).startswith(f"{marked[1]}: {len(marked) - 2} figures are still")


def test_the_lines_of_the_examples_left(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    keep = ("stock = 910", "preparation_hours", "journal_hours", "conversation_hours")
    lines = [line if line.startswith(keep) else line.replace(EXAMPLE, "[mine") for line in template().splitlines()]
    path.write_text("\n".join(lines), encoding="utf-8")
    stock, first, _, last = [n for n, line in enumerate(lines, start=1) if EXAMPLE in line]
    listed = f"lines {stock}, {first}-{last}"
    assert examples_left(path) == f"{stock}: 4 figures are still the template's, only examples: {listed}; {ADVICE}"
    lines = lines[:stock] + [line.replace(EXAMPLE, "[mine") for line in lines[stock:]]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert examples_left(path) == f"{stock}: 1 figure is still the template's, only examples: line {stock}; {ADVICE}"


def test_the_template_puts_in_no_direct_effect_of_the_caseload(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(template(), encoding="utf-8")
    config = load(path).config
    ways_out = [way_out for group in config.groups.values() for way_out in group.exits.values()]
    assert len(ways_out) == 7
    assert [way_out.caseload for way_out in ways_out if way_out.caseload is not None] == []
    for section in (config, config.staffing, config.meetings, config.discretionary):
        assert section is not None
        assert [name for name in type(section).model_fields if getattr(section, name) is None] == []
