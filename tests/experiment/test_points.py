"""The points of an experiment: their names, their order, their configs."""

import re
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.config import load
from sim.config.experiment import FactorColumn, load_experiment
from tests.config.valid import VALID
from tests.experiment.files import changed, head, names, write

KEY = "staffing.citizens_per_coordinator"


def test_the_first_factor_varies_slowest() -> None:
    experiment = changed()
    assert names(experiment) == [
        "citizens_per_coordinator=20+pressure=none",
        "citizens_per_coordinator=20+pressure=high",
        "citizens_per_coordinator=50+pressure=none",
        "citizens_per_coordinator=50+pressure=high",
    ]
    assert [point.number for point in experiment.points] == [1, 2, 3, 4]
    assert [dict(point.cells) for point in experiment.points][:2] == [
        {KEY: 20.0, "pressure": "none"},
        {KEY: 20.0, "pressure": "high"},
    ]


def test_a_point_is_the_config_with_its_settings() -> None:
    for point in changed().points:
        same = load(
            "base.toml",
            {
                KEY: point.cells[KEY],
                "staffing.administration_share": 0.5 if point.cells["pressure"] == "high" else 0.0,
                "run.replications": 3,
            },
        )
        assert point.config == same.config


def test_points_share_what_no_factor_changes() -> None:
    first, *others = (point.config for point in changed().points)
    assert all(other.meetings is first.meetings and other.population is first.population for other in others)


def test_variants_are_crossed_with_the_factors() -> None:
    write("other.toml", 'extends = "base.toml"\nstaffing.net_hours_per_week = 37\nrun.seed = 8\n')
    experiment = head(
        "replications = 4\nsettings = { population.stock = 60 }\n"
        '[variants.now]\n[variants.other]\nconfig = "other.toml"\n'
        '[variants.short.settings]\n"staffing.net_hours_per_week" = 20\nrun.horizon_weeks = 9\n'
        f'[factors."{KEY}"]\nvalues = [20, 50]\n'
    )
    assert names(experiment)[::2] == [
        f"{variant}+citizens_per_coordinator=20" for variant in ("now", "other", "short")
    ]
    configs = [point.config for point in experiment.points]
    assert [config.staffing.net_hours_per_week for config in configs] == [30, 30, 37, 37, 20, 20]
    assert [config.run.horizon_weeks for config in configs] == [104, 104, 104, 104, 9, 9]
    assert {config.population.stock for config in configs} == {60}
    # Common random numbers: all have the seed of the base, not of the other config.
    assert {(config.run.seed, config.run.replications) for config in configs} == {(1, 4)}


def test_who_says_how_many_and_which_seed() -> None:
    write("base.toml", VALID.replace("[run]", "[run]\nreplications = 7\nseed = 8"))
    factor = f'[factors."{KEY}"]\nvalues = [20]\n'

    def said(text: str, **asked: int) -> tuple[int, int]:
        write("e.toml", f'[experiment]\nbase = "base.toml"\n{text}{factor}')
        experiment = load_experiment("e.toml", **asked)
        run = experiment.points[0].config.run
        assert (run.replications, run.seed) == (experiment.replications, experiment.seed)
        return run.replications, run.seed

    assert said("") == (7, 8)
    assert said("replications = 3\nseed = 0\n") == (3, 0)
    assert said("replications = 3\nseed = 4\n", replications=5, seed=0) == (5, 0)


def test_only_variants() -> None:
    assert names(head("[variants.a]\n[variants.b.settings]\nrun.horizon_weeks = 3\n")) == ["a", "b"]


def test_several_keys_with_one_value() -> None:
    experiment = head(f'[factors.posts]\nkeys = ["{KEY}", "caseload.reference"]\nvalues = [20, 50]\n')
    assert names(experiment) == ["posts=20", "posts=50"]
    assert [
        (p.config.staffing.citizens_per_coordinator, p.config.caseload.reference) for p in experiment.points
    ] == [
        (20, 20),
        (50, 50),
    ]


@pytest.mark.parametrize(
    ("key", "values", "texts", "cells", "kind"),
    [
        (KEY, "[35, 50.0, 62.5]", ["35", "50", "62.5"], [35.0, 50.0, 62.5], "float"),
        (KEY, '[35, "none"]', ["35", "none"], [35.0, None], "float"),
        ("run.horizon_weeks", "[3, 52]", ["3", "52"], [3, 52], "int"),
        ("groups.ready.exits.job.frailty", "[true, false]", ["true", "false"], [True, False], "bool"),
        ("assignment.coordinator", '["random", "round_robin"]', ["random", "round_robin"], None, "text"),
        ("run.start", "[2018-01-01]", ["2018-01-01"], ["2018-01-01"], "text"),
        (
            "groups.ready.elapsed_weeks",
            "[{ gamma = { mean = 20, cv = 0.5 } }, 3]",
            ["gamma-mean-20-cv-0.5", "3"],
            ["{ gamma = { mean = 20, cv = 0.5 } }", "3"],
            "text",
        ),
        ("groups.ready.elapsed_weeks", "[4, 8]", ["4", "8"], [4.0, 8.0], "float"),
        ("priorities.meeting", "[-1, 1]", ["-1", "1"], [-1, 1], "int"),
        ("groups.ready.exits.job.hazard_per_week", "[1e-7]", ["1e-07"], [1e-7], "float"),
    ],
)
def test_values_of_every_kind(
    key: str, values: str, texts: list[str], cells: list[object] | None, kind: str
) -> None:
    staffed = "settings = { departments.one.coordinators = 3 }\n" if "none" in values else ""
    experiment = head(f'{staffed}[factors."{key}"]\nvalues = {values}\n')
    label = key.rpartition(".")[2]
    assert names(experiment) == [f"{label}={text}" for text in texts]
    assert [point.cells[key] for point in experiment.points] == (texts if cells is None else cells)
    assert experiment.factors[0].kind == kind
    posts = {"departments.one.coordinators": 3} if staffed else {}
    for point, value in zip(experiment.points, tomllib.loads(f"values = {values}")["values"], strict=True):
        assert point.config == load("base.toml", {key: value, **posts}).config


def test_a_column_carries_unit_and_meaning() -> None:
    experiment = head('[factors."groups.ready.elapsed_weeks"]\nvalues = [4, 8]\nlabel = "elapsed"\n')
    assert experiment.factors == (
        FactorColumn(
            "groups.ready.elapsed_weeks",
            "elapsed",
            "float",
            "weeks",
            "groups.ready.elapsed_weeks: Weeks on benefit at the start, for the initial stock.",
            (),
        ),
    )
    assert names(experiment) == ["elapsed=4", "elapsed=8"]


def test_labels_are_as_long_as_it_takes_to_tell_them_apart() -> None:
    write("base.toml", VALID.replace("exits.job = {", "exits.education = { hazard_per_week = 0.1 }\nexits.job = {"))
    experiment = head(
        '[factors."groups.ready.exits.job.hazard_per_week"]\nvalues = [0.2]\n'
        '[factors."groups.ready.exits.education.hazard_per_week"]\nvalues = [0.2]\n'
        f'[factors."{KEY}"]\nvalues = [20]\n'
    )
    assert names(experiment) == ["job.hazard_per_week=0.2+education.hazard_per_week=0.2+citizens_per_coordinator=20"]


def test_drawn_points_are_crossed_with_listed_values() -> None:
    experiment = head(
        "design = { latin_hypercube = { points = 3 } }\n"
        '[factors."staffing.administration_share"]\nmin = 0.1\nmax = 0.4\n'
        f'[factors."{KEY}"]\nvalues = [20, 50]\n'
        '[factors."run.horizon_weeks"]\nmin = 10\nmax = 90\n'
    )
    assert names(experiment) == [f"citizens_per_coordinator={n}+point_{i:04d}" for n in (20, 50) for i in (1, 2, 3)]
    assert [factor.name for factor in experiment.factors] == [
        "staffing.administration_share",
        KEY,
        "run.horizon_weeks",
    ]
    drawn = [(p.cells["staffing.administration_share"], p.cells["run.horizon_weeks"]) for p in experiment.points]
    assert drawn[:3] == drawn[3:]
    assert len(set(drawn)) == 3
    for point in experiment.points:
        assert point.config.staffing.administration_share == point.cells["staffing.administration_share"]
        assert point.config.run.horizon_weeks == point.cells["run.horizon_weeks"]
        assert isinstance(point.cells["run.horizon_weeks"], int)


in_a_folder = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@in_a_folder
@given(
    st.lists(st.floats(0.5, 500).map(lambda x: round(x, 2)), min_size=1, max_size=5, unique=True),
    st.floats(0.5, 500).map(lambda x: round(x, 2)),
    st.integers(0, 5),
)
def test_names_stay_when_a_value_is_added(values: list[float], more: float, place: int) -> None:
    before = head(f'[factors."{KEY}"]\nvalues = {values}\n')
    longer = [*values[:place], more, *values[place:]] if more not in values else values
    after = head(f'[factors."{KEY}"]\nvalues = {longer}\n')
    assert set(names(before)) <= set(names(after))
    there = {point.name: (point.config, dict(point.cells)) for point in after.points}
    for point in before.points:
        assert there[point.name] == (point.config, dict(point.cells))


@in_a_folder
@given(st.lists(st.text(min_size=1, max_size=12).filter(str.isprintable), min_size=1, max_size=4, unique=True))
def test_names_of_points_are_names_of_folders_everywhere(texts: list[str]) -> None:
    from sim.config.experiment.names import value_name

    named = [value_name(text) for text in texts]
    for name in named:
        assert re.fullmatch(r"[A-Za-z0-9_.-]*", name)
        assert not name.endswith(".")
