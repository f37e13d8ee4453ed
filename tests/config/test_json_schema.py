"""The JSON Schema for editors accepts what `load` accepts, and refuses the usual slips."""

import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from docs.reference.shipped import SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS
from sim.config import ConfigError, load
from sim.config.experiment import load_experiment
from sim.config.json_schema import experiment_schema, json_schema
from tests.config.valid import VALID
from tests.experiment.files import GOOD

VALIDATOR = Draft202012Validator(json_schema())
TEMPLATE = files("sim.config").joinpath("template.toml").read_text(encoding="utf-8")
EXPERIMENT_VALIDATOR = Draft202012Validator(experiment_schema())


def accepts(text: str) -> bool:
    # An editor sees a date as a text.
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    return bool(VALIDATOR.is_valid(data))


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(json_schema())
    assert json_schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", SHIPPED_CONFIGS, ids=lambda path: path.name)
def test_it_accepts_every_shipped_config(path: Path) -> None:
    assert accepts(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        VALID,
        TEMPLATE,
        'extends = "base.toml"\n',
        'extends = "base.toml"\nstaffing.citizens_per_coordinator = 50\n',
        'meetings = "none"\n' + VALID[: VALID.index("[meetings]")],
        VALID + '[groups.b]\nbenefit = "x"\nexits.job = "none"\nmeetings = "none"\n',
        VALID + "[every_group]\ninflow_per_week = 2\nfrailty = 1\n",
        VALID + "[[staffing.changes]]\ndate = 2018-02-01\nposts = 2\n",
        VALID + "[changes.a]\ndate = 2018-02-01\nstaffing.citizens_per_coordinator = 50\nevery_group.frailty = 2\n",
        'extends = "base.toml"\nchanges.a.meetings.window_weeks = 1\nchanges.b = "none"\n',
    ],
)
def test_it_accepts(text: str) -> None:
    assert accepts(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("[run]\nstart = 2018-01-01\nhorizon_weeks = 104\n", ""),
        ("stock = 100", "stok = 100"),
        ("stock = 100", "stock = 1.5"),
        ("stock_share = 1.0", "stock_share = 2"),
        ("exits.job", "exits.jub"),
        ("cv = 0.5", "cv = 0"),
        (", cv = 0.5", ""),
        ("{ gamma = { mean = 20, cv = 0.5 } }", "{ constant = 1, exponential = { mean = 1 } }"),
        ("{ gamma = { mean = 20, cv = 0.5 } }", "{}"),
        ("{ gamma = { mean = 20, cv = 0.5 } }", '"none"'),
        ("{ gamma = { mean = 20, cv = 0.5 } }", '{ gamma = "none" }'),
        ("[meetings]", '[meetings]\nbooking = "calender"'),
        ("notice_weeks = 3", "notice_weeks = 3\n[[staffing.changes]]\nposts = 2"),
    ],
)
def test_it_refuses_what_load_refuses(old: str, new: str, tmp_path: Path) -> None:
    text = VALID.replace(old, new)
    file = tmp_path / "a.toml"
    file.write_text(text, encoding="utf-8")
    assert not accepts(text)
    with pytest.raises(ConfigError):
        load(file)


def keys(part: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for table in (part, *part.get("anyOf", [])):
        yield from table.get("properties", {}).items()


def test_it_carries_the_descriptions_of_keys() -> None:
    definitions = json_schema()["$defs"]
    described = dict(keys(definitions["Staffing"]))["administration_share"]["description"]
    assert described == "Share of the net hours for administration, internal meetings and training."


def test_the_template_names_every_key() -> None:
    words = set(TEMPLATE.replace(".", " ").replace("[", " ").replace("]", " ").replace("#", " ").split())
    schema = json_schema()
    expected = {key for part in (schema, *schema["$defs"].values()) for key, _ in keys(part)}
    forms = {
        "weibull",
        "reference_weeks",
        "earliest_weeks",
        "latest_weeks",
        "from_weeks",
        "extends",
        "constant",
    }
    assert expected - words - forms == set()


def accepts_experiment(text: str) -> bool:
    data = json.loads(json.dumps(tomllib.loads(text), default=str))
    return bool(EXPERIMENT_VALIDATOR.is_valid(data))


@pytest.mark.parametrize("path", SHIPPED_EXPERIMENTS, ids=lambda path: path.name)
def test_the_schema_of_experiments_accepts_the_shipped_ones(path: Path) -> None:
    Draft202012Validator.check_schema(experiment_schema())
    assert accepts_experiment(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('base = "base.toml"', ""),
        ("replications = 3", "replicatons = 3"),
        ("replications = 3", 'tables = ["citizen"]'),
        ("replications = 3", 'replications = "none"'),
        ("replications = 3", "design = { grid = {}, sobol = { points = 8 } }"),
        ("[20, 50]", "[]"),
        ("values = [20, 50]", ""),
        ("values = [20, 50]", "values = [20, 50]\nmin = 3\nmax = 4"),
        ("values = [20, 50]", "min = 3"),
    ],
)
def test_the_schema_of_experiments_refuses_what_loading_refuses(old: str, new: str, tmp_path: Path) -> None:
    assert accepts_experiment(GOOD)
    text = GOOD.replace(old, new)
    (tmp_path / "base.toml").write_text(VALID, encoding="utf-8")
    file = tmp_path / "e.toml"
    file.write_text(text, encoding="utf-8")
    assert not accepts_experiment(text)
    with pytest.raises(ConfigError):
        load_experiment(file)
