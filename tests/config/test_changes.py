"""Policies with a date: what they may state, where a mistake is told, and what is in force when."""

from datetime import date
from pathlib import Path

import pytest

from sim.config import ConfigError, config_hash, load
from sim.config.canonical import canonical, from_canonical
from sim.config.differences import in_force
from sim.config.doubts import doubts
from sim.config.layers.effective import effective_values
from tests.config.valid import VALID

LINES = VALID.count("\n")


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(text: str, base: str = VALID) -> str:
    Path("a.toml").write_text(base + text, encoding="utf-8")
    return "a.toml"


CHANGE = "[changes.trial]\ndate = 2018-06-01\n"


REFUSED = {
    "no date": ("[changes.trial]\nmeetings.window_weeks = 1\n", 1, "date: missing; this key is required"),
    "a date in quotes": (
        '[changes.trial]\ndate = "2018-06-01"\n',
        2,
        'date: must be a date such as 2018-01-01; it is the text "2018-06-01"; write it without quotes: 2018-06-01',
    ),
    "an unknown table": (CHANGE + "stafing.x = 1\n", 3, "stafing: unknown key; did you mean staffing?"),
    "extends": (
        CHANGE + 'extends = "b.toml"\n',
        3,
        "extends: unknown key; a change starts from what is in force before its date",
    ),
    "an unknown key": (
        CHANGE + "meetings.windowweeks = 1\n",
        3,
        "meetings.windowweeks: unknown key; did you mean window_weeks?",
    ),
    "a value out of range": (
        CHANGE + "staffing.citizens_per_coordinator = -1\n",
        3,
        "staffing.citizens_per_coordinator: must be above 0; it is -1",
    ),
    "what does not fit together": (
        CHANGE + 'meetings.booking = "self_booking"\n',
        3,
        "meetings.booking: 'self_booking' needs a table [meetings.bookings.self_booking]",
    ),
    "the clock": (
        CHANGE + "run.horizon_weeks = 10\n",
        3,
        "run.horizon_weeks: cannot change at a date: it is the same all through a run",
    ),
    "the initial stock": (
        CHANGE + "groups.ready.elapsed_weeks = 3\n",
        3,
        "groups.ready.elapsed_weeks: cannot change at a date: it tells of those who are there at the start",
    ),
    "another group": (
        CHANGE + "groups.new = { benefit = 'x' }\n",
        3,
        "groups.new: cannot change at a date: the list of groups is the same all through a run",
    ),
    "a mechanism": (
        CHANGE + 'meetings = "none"\n',
        3,
        "meetings: cannot change at a date: it cannot be switched on or off in mid-run: state it from the start, "
        "with numbers that do nothing",
    ),
    "hours of a post": (
        CHANGE + "staffing.net_hours_per_week = 35\n",
        3,
        "staffing.net_hours_per_week: cannot change at a date: it is the same all through a run: change the posts "
        "instead",
    ),
}


@pytest.mark.parametrize(("text", "line", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(text: str, line: int, expected: str) -> None:
    with pytest.raises(ConfigError) as error:
        load(written(text))
    assert error.value.problems == [f"a.toml:{LINES + line}: changes.trial.{expected}"]


def test_every_mistake_is_told_at_once() -> None:
    text = "[changes.a]\nmeetings.x = 1\n[changes.b]\ndate = 2018-03-01\nrun.seed = 2\nyy = 3\n"
    with pytest.raises(ConfigError) as error:
        load(written(text, VALID.replace("stock = 100", "stock = -1")))
    assert [line.split(": ", 2)[1] for line in error.value.problems] == [
        "population.stock",
        "changes.a.date",
        "changes.b.yy",
    ]


def test_one_key_with_two_values_on_one_date() -> None:
    text = (
        "[changes.a]\ndate = 2018-06-01\nmeetings.window_weeks = 1\n"
        "[changes.b]\ndate = 2018-06-01\nmeetings.window_weeks = 2\n"
    )
    with pytest.raises(ConfigError) as error:
        load(written(text))
    assert error.value.problems == [
        f"a.toml:{LINES + 6}: changes.b.meetings.window_weeks: is 2 here and 1 at a.toml:{LINES + 3}, "
        "and both begin on 2018-06-01"
    ]


def test_changes_on_one_date_are_one_step_in_any_order() -> None:
    a = "[changes.a]\ndate = 2018-06-01\nmeetings.window_weeks = 1\n"
    b = "[changes.b]\ndate = 2018-06-01\nstaffing.citizens_per_coordinator = 20\n"
    both = "[changes.c]\ndate = 2018-06-01\nmeetings.window_weeks = 1\nstaffing.citizens_per_coordinator = 20\n"
    hashes = {config_hash(load(written(text)).config) for text in (a + b, b + a, both)}
    assert len(hashes) == 1
    assert hashes != {config_hash(load(written(a)).config)}


def test_what_is_in_force_already_is_no_change_and_is_asked_about() -> None:
    text = CHANGE + "staffing.citizens_per_coordinator = 50\n[changes.far]\ndate = 2030-01-01\nrun = {}\n"
    loaded = load(written(text))
    assert loaded.config.changes == []
    assert config_hash(loaded.config) == config_hash(load(written("")).config)
    assert [str(doubt) for doubt in doubts(load(written(text)))][-2:] == [
        f"a.toml:{LINES + 1}: changes.trial: has no effect: it states what is in force already",
        f"a.toml:{LINES + 4}: changes.far: has no effect: its date, 2030-01-01, is not before the end of the run, "
        "2019-12-30",
    ]


def test_an_unusual_number_is_asked_about() -> None:
    text = CHANGE + "staffing.citizens_per_coordinator = 2000\n"
    asked = [str(doubt) for doubt in doubts(load(written(text)))]
    assert any(line.startswith(f"a.toml:{LINES + 3}: changes.trial.staffing.citizens_per") for line in asked)


def test_values_follow_one_another_by_date() -> None:
    text = (
        "[changes.second]\ndate = 2019-01-01\nstaffing.citizens_per_coordinator = 30\n"
        + CHANGE
        + "staffing.citizens_per_coordinator = 20\nevery_group.exits.job.hazard_per_week = 0.5\n"
        "groups.ready.exits = { education = { hazard_per_week = 0.02 }, job = 'none' }\n"
    )
    loaded = load(written(text))
    first, second = in_force(loaded.config)
    assert (first[0], second[0]) == (date(2018, 6, 1), date(2019, 1, 1))
    assert [config.staffing.citizens_per_coordinator for _, config in (first, second)] == [20, 30]
    assert {*second[1].groups["ready"].exits} == {"education"}
    assert loaded.config.groups["ready"].exits["job"].hazard_per_week == 0.01
    again = from_canonical(canonical(loaded.config))
    assert again == loaded.config
    assert in_force(again) == in_force(loaded.config)


def test_a_variant_adds_to_changes_and_switches_them_off() -> None:
    written(
        CHANGE
        + "staffing.citizens_per_coordinator = 20\n[changes.b]\ndate = 2018-07-01\nmeetings.window_weeks = 1\n"
    )
    Path("v.toml").write_text(
        'extends = "a.toml"\nchanges.b = "none"\nchanges.trial.staffing.citizens_per_coordinator = 30\n', "utf-8"
    )
    loaded = load("v.toml", {"changes.trial.staffing.hiring_delay_weeks": 4})
    assert [change.sets for change in loaded.config.changes] == [
        {"staffing.hiring_delay_weeks": {"constant": 4.0}, "staffing.citizens_per_coordinator": 30.0}
    ]
    shown = {e.key: (e.text, e.place) for e in effective_values(loaded) if e.key.startswith("changes")}
    assert shown == {
        "changes.trial.staffing.hiring_delay_weeks": ("4", "override"),
        "changes.trial.staffing.citizens_per_coordinator": ("30", "v.toml:3"),
    }


def test_a_cut_of_posts_that_a_change_has_taken_already() -> None:
    cut = "[[staffing.changes]]\ndate = 2018-09-01\nposts = -2\n"
    assert load(written(cut)).config.changes == []
    with pytest.raises(ConfigError) as error:
        load(written(cut + CHANGE + "staffing.citizens_per_coordinator = 100\n"))
    assert len(error.value.problems) == 1
    assert error.value.problems[0].startswith(f"a.toml:{LINES + 3}: staffing.changes[0].posts: ")
