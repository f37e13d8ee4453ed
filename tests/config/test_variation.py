"""Variants of a loaded config are what `load` makes of the same overrides, and their problems too."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from sim.config import ConfigError, canonical, load
from sim.config.layers.effective import Effective, effective_values
from sim.config.layers.variation import VariedConfig
from sim.config.schema import Config
from tests.config.valid import VALID

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "configs/130_per_worker.toml",
    "configs/200_per_worker.toml",
    "tests/engine/two_departments.toml",
    "sim/config/template.toml",
)
LOADED = {Path(file).stem: load(ROOT / file) for file in FILES}
VARIED = {name: VariedConfig(loaded) for name, loaded in LOADED.items()}
KEYS = {name: [value for value in effective_values(one) if "[" not in value.key] for name, one in LOADED.items()}
KEY = "staffing.citizens_per_coordinator"

WILD = st.sampled_from(
    ["none", "random", -1, 0, 1, 0.5, 7.25, 10**400, True, [], [1.0], {}, {"gamma": {"mean": 2.0, "cv": 0.5}}]
)
OTHER_KEYS = st.sampled_from(
    [
        ("every_group", 3),
        ("every_group.inflow_per_week", 2.0),
        ("every_group.stay", {"duration_weeks": 52, "outcomes": {"return": 1.0}}),
        ("every_group.frailty", {"gamma": {"mean": 2.0, "cv": 0.5}}),
        ("groups", "none"),
        ("groups.new", {"benefit": "cash_benefit"}),
        ("departments.east.coordinators", 3.0),
        ("departments.centre", "none"),
        ("meetings", "none"),
        ("money", "none"),
        ("money.price_year", 2020),
        ("population.stok", 100),
        ("stafing.learning.weeks", 4),
    ]
)


def near(value: Any) -> st.SearchStrategy[Any]:
    """Values like this one, most of them allowed."""
    if isinstance(value, bool):
        return st.booleans()
    if isinstance(value, (int, float)):
        return st.sampled_from([0.5, 0.9, 1.0, 1.1, 2]).map(lambda factor: type(value)(value * factor))
    return st.just("none" if value is None else value)


def override(value: Effective) -> st.SearchStrategy[tuple[str, Any]]:
    """Another value of the key, allowed or not."""
    return st.tuples(st.just(value.key), near(value.value) | near(value.value) | WILD)


def overrides(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """Overrides of a few keys, most of them stated or defaults of this config."""
    of_key = st.sampled_from(KEYS[name]).flatmap(override)
    return st.lists(of_key | of_key | OTHER_KEYS, max_size=4).map(dict)


def loaded_or_told(name: str, changes: dict[str, Any]) -> Config | list[str]:
    try:
        return load(LOADED[name].path, changes).config
    except ConfigError as error:
        return error.problems


def varied_or_told(name: str, changes: dict[str, Any]) -> Config | list[str]:
    try:
        return VARIED[name].config(changes)
    except ConfigError as error:
        return error.problems


cases = st.sampled_from(sorted(LOADED)).flatmap(lambda name: st.tuples(st.just(name), overrides(name)))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(cases)
def test_a_variant_is_what_load_makes_of_the_same_overrides(case: tuple[str, dict[str, Any]]) -> None:
    the_same(*case)


@pytest.mark.long
@settings(max_examples=2000, deadline=None)
@given(cases)
def test_two_thousand_variants(case: tuple[str, dict[str, Any]]) -> None:
    the_same(*case)


def the_same(name: str, changes: dict[str, Any]) -> None:
    """Whether a varied config is the loaded one, or refused in the same words."""
    expected, made = loaded_or_told(name, changes), varied_or_told(name, changes)
    assert made == expected
    if isinstance(made, Config) and isinstance(expected, Config):  # Equal dicts may still be in another order.
        assert json.dumps(canonical(made)) == json.dumps(canonical(expected))


@pytest.mark.parametrize(
    ("name", "key", "changed"),
    [
        ("200_per_worker", KEY, {"staffing"}),
        ("two_departments", "run.seed", {"run"}),
        ("two_departments", "groups.west.inflow_per_week", set()),
        ("two_departments", "every_group.inflow_per_week", set()),
    ],
)
def test_variants_share_what_they_do_not_change(name: str, key: str, changed: set[str]) -> None:
    base, variant = LOADED[name].config, VARIED[name].config({key: 40})
    sections = {name: section for name, section in variant if isinstance(section, BaseModel)}
    assert {name for name, section in sections.items() if section is not getattr(base, name)} == changed


def test_the_problems_of_all_points_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("base.toml").write_text(VALID, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        VariedConfig(load("base.toml")).configs(
            [{KEY: 30}, {KEY: -1, "run.sed": 3}, {KEY: 40}, {"groups.ready.stock_share": 0.5}]
        )
    assert error.value.problems == [
        "points[1]: --set run.sed=3: unknown key; did you mean seed?",
        f"points[1]: --set {KEY}=-1: must be above 0; it is -1",
        "points[3]: base.toml:8: groups: stock_share: shares must sum to 1; ready 0.5 = 0.5",
    ]


def test_a_variant_may_mend_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.config.layers.extends import extended
    from sim.config.toml.reading import read_document

    monkeypatch.chdir(tmp_path)
    file = Path("base.toml")
    file.write_text(VALID.replace("stock = 100", ""), encoding="utf-8")
    varied = VariedConfig(extended(read_document(file)))
    assert [str(problem) for problem in varied.problems] == [
        "base.toml:5: population.stock: missing; give it, or the stock of every group as a count"
    ]
    assert varied.config({"population.stock": 7}) == load(file, {"population.stock": 7}).config


def test_the_order_of_values_is_that_of_the_schema_however_the_file_is_written() -> None:
    """The hash of a config rests on it."""
    base = LOADED["two_departments"]
    shuffled = Config.model_validate(backwards(base.raw))
    for section in (shuffled, shuffled.staffing, shuffled.run, *shuffled.groups.values()):
        assert list(vars(section)) == list(type(section).model_fields)


def backwards(value: Any) -> Any:
    """The same tables with their keys the other way round."""
    return {key: backwards(value[key]) for key in reversed(value)} if isinstance(value, dict) else value
