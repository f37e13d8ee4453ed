"""Groups that extend other groups: what they take over, where it comes from, and what is refused."""

from pathlib import Path

import pytest

from sim.config import config_hash, load
from sim.config.json_schema import json_schema
from sim.config.layers.effective import effective_values
from sim.config.layers.inherit import NOT_INHERITED
from sim.config.layers.variation import VariedConfig
from sim.config.schema.people import Group
from sim.errors import ConfigError
from tests.config.valid import VALID

SICK = """\
[every_group]
long_history_share_inflow = 0.1
inflow_per_week = 3

[groups.sick]
extends = "ready"
benefit = "sickness_benefit"
exits.other = { hazard_per_week = 0.002 }
exits.job = { hazard_per_week = 0.02 }

[groups.long]
extends = "sick"
exits.job = "none"
elapsed_weeks = { gamma = { mean = 60 } }
"""
"""Begins at line 25 of the file."""
READY = VALID.replace("hazard_per_week = 0.01", "hazard_per_week = 0.01, frailty = false")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "a.toml") -> None:
    Path(name).write_text(text, encoding="utf-8")


def problems(name: str = "a.toml", **overrides: object) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load(name, {key.replace("__", "."): value for key, value in overrides.items()})
    return list(refused.value.problems)


def test_a_group_has_what_the_other_states_unless_it_states_it_itself() -> None:
    write(READY + SICK)
    groups = load("a.toml").config.groups
    ready, sick, long = groups["ready"], groups["sick"], groups["long"]
    assert list(groups) == ["ready", "sick", "long"]
    assert (ready.benefit, sick.benefit, long.benefit) == ("cash_benefit", "sickness_benefit", "sickness_benefit")
    # Key by key: the hazard is its own, that frailty does not matter is inherited.
    assert (sick.exits["job"].hazard_per_week, sick.exits["job"].frailty) == (0.02, False)
    assert list(sick.exits) == ["job", "other"]
    assert list(long.exits) == ["other"]
    assert (sick.elapsed_weeks, long.elapsed_weeks.mean) == (ready.elapsed_weeks, 60.0)
    assert long.elapsed_weeks.gamma is not None
    assert ready.elapsed_weeks.gamma is not None
    assert long.elapsed_weeks.gamma.cv == ready.elapsed_weeks.gamma.cv == 0.5


def test_how_many_people_there_are_is_never_inherited() -> None:
    write(READY.replace("stock_share = 1.0", "stock_share = 1.0\ninflow_per_week = 9") + SICK)
    groups = load("a.toml").config.groups
    assert [group.stock_share for group in groups.values()] == [1.0, 0.0, 0.0]
    # What every group has, they have too.
    assert [group.inflow_per_week for group in groups.values()] == [9.0, 3.0, 3.0]
    assert {*NOT_INHERITED} <= {*Group.model_fields}


def test_it_is_the_config_that_states_everything() -> None:
    write(READY + SICK)
    spelt_out = """
[every_group]
long_history_share_inflow = 0.1
inflow_per_week = 3
elapsed_weeks = { gamma = { mean = 20, cv = 0.5 } }
[groups.sick]
benefit = "sickness_benefit"
exits.job = { hazard_per_week = 0.02, frailty = false }
exits.other = { hazard_per_week = 0.002 }
[groups.long]
benefit = "sickness_benefit"
elapsed_weeks = { gamma = { mean = 60 } }
exits.other = { hazard_per_week = 0.002 }
"""
    write(READY + spelt_out, "b.toml")
    assert config_hash(load("a.toml").config) == config_hash(load("b.toml").config)


def test_the_source_of_a_value_is_where_it_is_stated() -> None:
    write(READY + SICK)
    places = {value.key: value.place for value in effective_values(load("a.toml"))}
    assert places["groups.sick.elapsed_weeks"] == places["groups.ready.elapsed_weeks"] == "a.toml:11"
    assert places["groups.sick.exits.job.frailty"] == "a.toml:12"
    assert places["groups.sick.exits.job.hazard_per_week"] == "a.toml:33"
    assert places["groups.long.benefit"] == "a.toml:31"
    assert places["groups.long.long_history_share_inflow"] == "a.toml:26"
    assert places["groups.long.stock_share"] == "default"
    assert not [key for key in places if "extends" in key]


def test_a_variant_changes_what_others_inherit() -> None:
    write(READY + SICK)
    write('extends = "a.toml"\ngroups.ready.exits.education = { hazard_per_week = 0.1 }\n', "v.toml")
    assert load("v.toml").config.groups["long"].exits["education"].hazard_per_week == 0.1
    key = "groups.ready.long_history_share"
    overridden = load("a.toml", {key: 0.25})
    assert overridden.config.groups["long"].long_history_share == 0.25
    assert VariedConfig(load("a.toml")).config({key: 0.25}) == overridden.config
    # Nor need it go on extending.
    own = {"groups.long.extends": "none", "groups.long.benefit": "x", "groups.long.elapsed_weeks": 8}
    alone = load("a.toml", own).config.groups["long"]
    assert (alone.benefit, list(alone.exits), alone.long_history_share_inflow) == ("x", [], 0.1)


def test_a_mistake_is_told_once_where_it_stands() -> None:
    write(READY.replace("frailty = false", "frailty = 3") + SICK.replace("= 0.002", "= -1"))
    assert problems() == [
        "a.toml:12: groups.ready.exits.job.frailty: must be true or false; it is 3",
        "a.toml:32: groups.sick.exits.other.hazard_per_week: must be between 0 and 10; it is -1",
    ]


REFUSED = {
    "unknown": ('"redy"', "'redy' does not exist; did you mean ready?"),
    "unlike any": ('"xyz"', "'xyz' does not exist; known are ready, long"),
    "a number": ("3", 'must be the name of another group, such as "ready"'),
    "itself": ('"sick"', "the group extends itself"),
    "circle": ('"long"', "goes round in a circle: sick -> long -> sick"),
}


@pytest.mark.parametrize(("base", "text"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_extended(base: str, text: str) -> None:
    write(READY + SICK.replace('extends = "ready"', f"extends = {base}"))
    assert problems() == [f"a.toml:30: groups.sick.extends: {text}"]


def test_circles_of_three_several_mistakes_and_groups_that_lead_into_a_circle() -> None:
    more = """
[groups.x]
extends = "sick"
[groups.y]
extends = "nobody"
"""
    third = '[groups.third]\nextends = "long"\n'
    write(READY + SICK.replace('extends = "ready"', 'extends = "third"') + more + third)
    nobody = "a.toml:43: groups.y.extends: 'nobody' does not exist; known are ready, sick, long, x, third"
    assert problems() == [
        "a.toml:30: groups.sick.extends: goes round in a circle: sick -> third -> long -> sick",
        nobody,
    ]
    assert problems(groups__sick__extends="sick") == [
        nobody,
        '--set groups.sick.extends="sick": the group extends itself',
    ]


def test_a_group_that_is_switched_off_is_no_base() -> None:
    write(READY + SICK)
    assert problems(groups__sick="none") == [
        "a.toml:36: groups.long.extends: 'sick' does not exist; known are ready"
    ]


def test_every_group_extends_none() -> None:
    write(READY + SICK.replace("inflow_per_week = 3", 'extends = "ready"'))
    assert problems() == [
        "a.toml:27: every_group.extends: unknown key; extends belongs at the top of the file, before the first "
        "[table], or in a group"
    ]


def test_a_long_chain_takes_no_longer_than_many_groups() -> None:
    """A thousand groups, each extending the one before."""
    chain = "".join(f'[groups.g{i}]\nextends = "g{i - 1}"\n' for i in range(1, 999))
    write(VALID + '[groups.g0]\nextends = "ready"\n' + chain)
    groups = load("a.toml").config.groups
    assert groups["g998"].exits == groups["ready"].exits
    assert len(groups) == 1000


def test_editors_know_it() -> None:
    definitions = json_schema()["$defs"]
    assert "extends" in definitions["Group"]["properties"]
    assert "extends" not in definitions["EveryGroup"]["properties"]
