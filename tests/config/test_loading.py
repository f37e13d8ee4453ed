"""Merging files, every group's table and overrides; and where each value comes from."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from sim.config import ConfigError, canonical, config_hash, load, parse_override
from sim.config.canonical import from_canonical
from sim.config.layers.effective import effective_values
from tests.config.valid import VALID

ENGINE_CONFIGS = Path(__file__).resolve().parent.parent / "engine"


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("base.toml", VALID)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def problems(name: str) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(name)
    return error.value.problems


def value_and_place(name: str, key: str, **overrides: Any) -> tuple[str, str]:
    loaded = load(name, {k.replace("__", "."): v for k, v in overrides.items()})
    (found,) = (value for value in effective_values(loaded) if value.key == key)
    return found.text, found.place


def test_a_variant_states_only_what_differs() -> None:
    write("50.toml", 'extends = "base.toml"\n\n[staffing]\ncitizens_per_coordinator = 25\n')
    base, variant = load("base.toml"), load("50.toml")
    assert variant.name == "50"
    assert variant.raw == {**base.raw, "staffing": {**base.raw["staffing"], "citizens_per_coordinator": 25}}
    assert value_and_place("50.toml", "staffing.citizens_per_coordinator") == ("25", "50.toml:4")
    assert value_and_place("50.toml", "staffing.net_hours_per_week") == ("30", "base.toml:16")
    assert value_and_place("50.toml", "staffing.administration_share") == ("0", "default")


def test_a_chain_of_files_in_other_folders() -> None:
    write("configs/a/one.toml", 'extends = "../two.toml"\nrun.seed = 1\n')
    write("configs/two.toml", 'extends = "../base.toml"\nrun.seed = 2\nrun.replications = 20\n')
    assert value_and_place("configs/a/one.toml", "run.seed") == ("1", "configs/a/one.toml:2")
    assert value_and_place("configs/a/one.toml", "run.replications") == ("20", "configs/two.toml:3")
    assert value_and_place("configs/a/one.toml", "population.stock") == ("100", "base.toml:6")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("elapsed_weeks = { exponential = { mean = 3 } }", "{ exponential = { mean = 3 } }"),
        ("elapsed_weeks = { gamma = { mean = 3, cv = 1 } }", "{ gamma = { mean = 3, cv = 1 } }"),
        ("elapsed_weeks = 3", "3"),
        ("elapsed_weeks.constant = 3", "3"),
    ],
)
def test_a_distribution_is_replaced_by_another_whole(text: str, shown: str) -> None:
    write("v.toml", f'extends = "base.toml"\n[groups.ready]\n{text}\n')
    assert value_and_place("v.toml", "groups.ready.elapsed_weeks") == (shown, "v.toml:3")


def test_a_distribution_of_the_same_form_is_completed_from_the_base() -> None:
    write("v.toml", 'extends = "base.toml"\ngroups.ready.elapsed_weeks.gamma.cv = 1.5\n')
    base = value_and_place("base.toml", "groups.ready.elapsed_weeks")[0]
    mean = base.split("mean = ")[1].split(",")[0]
    shown = f"{{ gamma = {{ mean = {mean}, cv = 1.5 }} }}"
    assert value_and_place("v.toml", "groups.ready.elapsed_weeks")[0] == shown


def test_lists_are_replaced_and_tables_are_merged() -> None:
    write("a.toml", 'extends = "base.toml"\n[[staffing.changes]]\ndate = 2018-02-01\nposts = 1\n')
    write("b.toml", 'extends = "a.toml"\n[[staffing.changes]]\ndate = 2018-03-01\nposts = -1\n')
    loaded = load("b.toml")
    assert [change.posts for change in loaded.config.staffing.changes] == [-1]
    assert str(loaded.sources["staffing", "changes", 0, "posts"]) == "b.toml:4"
    assert ("staffing", "changes", 1) not in loaded.sources


def test_none_switches_off_and_a_table_switches_on_again() -> None:
    write("off.toml", 'extends = "base.toml"\nmeetings = "none"\n')
    write("on.toml", 'extends = "off.toml"\n' + VALID[VALID.index("[meetings]") :])
    assert load("off.toml").config.meetings is None
    assert value_and_place("off.toml", "meetings") == ('"none"', "off.toml:2")
    assert load("on.toml").config == load("base.toml").config


def test_none_takes_away_an_entry_of_a_table_of_names() -> None:
    write("v.toml", 'extends = "base.toml"\ngroups.ready.exits.job = "none"\n')
    assert load("base.toml").config.groups["ready"].exits.keys() == {"job"}
    assert load("v.toml").config.groups["ready"].exits == {}


EVERY_GROUP = """
[every_group]
benefit = "other"
inflow_per_week = 2
exits.job = { hazard_per_week = 0.5, frailty = false }
exits.other = { hazard_per_week = 0.001 }

[groups.second]
exits.other = "none"
"""


def test_every_group_gives_what_a_group_does_not_state() -> None:
    write("a.toml", VALID + EVERY_GROUP)
    config = load("a.toml").config
    ready, second = config.groups["ready"], config.groups["second"]
    assert (ready.benefit, second.benefit) == ("cash_benefit", "other")
    assert (ready.exits["job"].hazard_per_week, ready.exits["job"].frailty) == (0.01, False)
    assert (second.exits["job"].hazard_per_week, list(second.exits)) == (0.5, ["job"])
    assert value_and_place("a.toml", "groups.ready.inflow_per_week") == ("2", "a.toml:28")
    assert value_and_place("a.toml", "groups.ready.benefit") == ('"cash_benefit"', "a.toml:9")
    assert value_and_place("a.toml", "groups.ready.exits.job.frailty") == ("false", "a.toml:29")


def test_every_group_of_a_base_serves_the_groups_of_a_variant() -> None:
    write("a.toml", VALID + EVERY_GROUP)
    write("v.toml", 'extends = "a.toml"\n[every_group]\ninflow_per_week = 7\n[groups.third]\n')
    assert value_and_place("v.toml", "groups.third.benefit") == ('"other"', "a.toml:27")
    assert value_and_place("v.toml", "groups.third.inflow_per_week") == ("7", "v.toml:3")


def test_mistakes_in_every_group_are_told_once() -> None:
    write("a.toml", VALID + EVERY_GROUP.replace("inflow_per_week = 2", "inflow_per_wek = 2\nfrailty = -1"))
    assert problems("a.toml") == [
        "a.toml:28: every_group.inflow_per_wek: unknown key; did you mean inflow_per_week?",
        "a.toml:29: every_group.frailty: must be at least 0; it is -1",
    ]
    write("a.toml", "every_group = 3\n" + VALID)
    assert problems("a.toml") == ["a.toml:1: every_group: must be a table"]


def test_a_mistake_of_the_base_is_told_at_its_line() -> None:
    write("bad.toml", VALID.replace("stock = 100", "stok = 100"))
    write("v.toml", 'extends = "bad.toml"\n')
    assert problems("v.toml") == ["bad.toml:6: population.stok: unknown key; did you mean stock?"]


def test_problems_of_several_files_are_sorted_by_file() -> None:
    write("bad.toml", VALID.replace("stock = 100", "stock = -1"))
    write("a.toml", 'extends = "bad.toml"\n\nrun.seed = -1\n')
    assert problems("a.toml") == [
        "a.toml:3: run.seed: must be between 0 and 9223372036854775807; it is -1",
        "bad.toml:6: population.stock: must be between 0 and 10000000; it is -1",
    ]


EXTENDS = {
    "missing": ('"bse.toml"', "bse.toml: no such file; did you mean base.toml?"),
    "folder": ('"configs"', "configs: is a folder; name a config file in it"),
    "itself": ('"v.toml"', "the file extends itself"),
    "itself, in other words": ('"./configs/../v.toml"', "the file extends itself"),
    "circle": ('"configs/c.toml"', None),
    "number": ("3", 'must be the name of one file, such as "base.toml"'),
    "list": ('["base.toml"]', 'must be the name of one file, such as "base.toml"'),
    "empty": ('""', 'must be the name of one file, such as "base.toml"'),
    "backslash": (r'"..\base.toml"', "write / between folders, not \\"),
}


@pytest.mark.parametrize(("written", "expected"), EXTENDS.values(), ids=EXTENDS)
def test_extends_what_cannot_be_extended(written: str, expected: str | None) -> None:
    write("configs/c.toml", '\nextends = "../v.toml"')
    write("v.toml", f"# a comment\nextends = {written}\n")
    circle = "configs/c.toml:2: extends: goes round in a circle: v.toml -> configs/c.toml -> v.toml"
    assert problems("v.toml") == [f"v.toml:2: extends: {expected}" if expected else circle]


def test_overrides_win_and_say_so() -> None:
    key = "staffing.citizens_per_coordinator"
    assert value_and_place("base.toml", key, staffing__citizens_per_coordinator=80) == ("80", "override")
    write("a.toml", VALID + EVERY_GROUP)
    assert value_and_place("a.toml", "groups.second.inflow_per_week", every_group__inflow_per_week=9) == (
        "9",
        "override",
    )
    assert load("base.toml", {"meetings": "none"}).config.meetings is None
    assert load("base.toml", {"groups.ready.elapsed_weeks": {"constant": 4}}).config == (
        load("base.toml", {"groups.ready.elapsed_weeks": 4}).config
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("run.seed=3", ("run.seed", 3)),
        ("a.b = 0.5", ("a.b", 0.5)),
        ("a=none", ("a", "none")),
        ('a="x = y"', ("a", "x = y")),
        ("a={ gamma = { mean = 3, cv = 1 } }", ("a", {"gamma": {"mean": 3, "cv": 1}})),
    ],
)
def test_parse_override(text: str, expected: tuple[str, Any]) -> None:
    assert parse_override(text) == expected


@pytest.mark.parametrize("text", ["seed", "=3", "seed=", ""])
def test_what_is_no_override(text: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse_override(text)
    assert error.value.problems == [f"--set {text}: must be key=value, such as staffing.citizens_per_coordinator=80"]


def test_canonical_lists_every_value() -> None:
    values = canonical(load("base.toml").config)
    assert values["run"] == {
        "start": "2018-01-01",
        "horizon_weeks": 104,
        "warm_up_weeks": 0,
        "replications": 100,
        "seed": 1,
        "coordinator_period_weeks": 13,
    }
    assert values["groups"]["ready"]["elapsed_weeks"] == {"gamma": {"mean": 20.0, "cv": 0.5}}
    assert values["groups"]["ready"]["frailty"] == {"constant": 1.0}
    assert values["clarification"] is None
    assert json.loads(json.dumps(values, allow_nan=False)) == values


@pytest.mark.parametrize(
    "name", ["everything.toml", "everything_changes.toml", "everything_calendar.toml", "two_departments.toml"]
)
def test_a_config_comes_back_from_its_canonical_values(name: str) -> None:
    config = load(ENGINE_CONFIGS / name).config
    assert from_canonical(json.loads(json.dumps(canonical(config)))) == config


def test_equal_configs_have_equal_hashes_however_they_are_written() -> None:
    expected = config_hash(load("base.toml").config)
    spelt_out = VALID.replace("stock_share = 1.0", "stock_share = 1").replace("stock = 100", "stock = 1_00")
    write("other_name.toml", spelt_out + "\n[caseload]\nmeasured = 'own'\nreference = 130\n")
    write("v.toml", 'extends = "base.toml"\nrun.replications = 7\nrun.seed = 9\n')
    assert config_hash(load("other_name.toml").config) == expected
    assert config_hash(load("v.toml").config) == expected
    assert config_hash(load("base.toml", {"population.stock": 101}).config) != expected
    assert config_hash(load("base.toml", {"run.horizon_weeks": 105}).config) != expected


def test_a_config_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(ConfigError(["a.toml:1: x", "a.toml:2: y"])))
    assert isinstance(error, ConfigError)
    assert error.problems == ["a.toml:1: x", "a.toml:2: y"]
    assert (str(error), error.exit_code) == ("a.toml:1: x\na.toml:2: y", 2)
