"""A sensitivity study of a small centre with prices: outcomes, switching values, structures, files, resuming."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import sim
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.cli.main import cli
from sim.config.sensitivity import Sensitivity, load_sensitivity
from sim.errors import ConfigError
from sim.store.evaluations import FOLDER
from sim.study.sensitivity import evaluation as evaluation_module
from sim.study.sensitivity.evaluation import Evaluation
from sim.study.sensitivity.outcomes import outcomes_of
from sim.study.sensitivity.reading import read_sensitivity
from sim.study.sensitivity.study import morris, one_at_a_time, sobol, structures
from sim.study.work_off import Crew
from tests.analysis.ledger.small import CONFIG, PILOT

FLAT = (
    CONFIG.replace("horizon_weeks = 130", "horizon_weeks = 60")
    .replace("{ refund_ladder = { kr_per_month = 12_000 } }", "{ flat = { kr_per_year = 100_000 } }")
    .replace("{ refund_ladder = { kr_per_month = 10_000 } }", "{ flat = { kr_per_year = 0 } }")
)
FILE = """\
[sensitivity]
variant = "pilot.toml"
baseline = "base.toml"
outcomes = ["net_cost", "mean_stock"]
replications = 4
seed = 5

[parameters."money.benefits.cash_benefit.flat.kr_per_year"]
prior = { uniform = { min = 0, max = 4_000_000 } }
source = "ASSUMPTION"
label = "price"

[parameters."groups.ready.exits.job.hazard_per_week"]
prior = { lognormal = { median = 0.01, factor = 2 } }
source = "ASSUMPTION"

[alternatives.no_team]
settings = { groups.ready.exits.pension.hazard_per_week = 0.004 }
source = "ASSUMPTION"
"""
REPLICATIONS, SEED = 4, 5


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.toml").write_text(FLAT, encoding="utf-8")
    (tmp_path / "pilot.toml").write_text(PILOT, encoding="utf-8")
    (tmp_path / "study.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


@pytest.fixture
def crew() -> Iterator[Crew]:
    with open_workers(1) as workers:
        yield Crew(workers, Silent(), "sim sensitivity study.toml")


def evaluation_of(folder: Path, crew: Crew) -> tuple[Evaluation, Sensitivity]:
    loaded = load_sensitivity(folder / "study.toml")
    made = Evaluation(folder / "out", loaded.parameters, outcomes_of(loaded), REPLICATIONS, SEED, "compiled", crew)
    return made, loaded


def test_outcomes_are_those_of_the_runs(folder: Path, crew: Crew) -> None:
    evaluation, loaded = evaluation_of(folder, crew)
    hazard = {"groups.ready.exits.job.hazard_per_week": 0.02}
    found = evaluation.of(loaded.centres, [{}, hazard], "points")
    stock = sim.KPI_NAMES.index("mean_stock")
    ours, theirs = (
        sim.evaluate(folder / f"{name}.toml", [{}, hazard], REPLICATIONS, seed=SEED)[:, :, stock]
        for name in ("pilot", "base")
    )
    assert np.array_equal(found[:, :, 1], ours - theirs)


def test_the_price_that_pays_is_the_break_even_price(folder: Path, crew: Crew) -> None:
    """With a flat price and nothing else priced the net cost is a straight line in the price."""
    evaluation, loaded = evaluation_of(folder, crew)
    key = "money.benefits.cash_benefit.flat.kr_per_year"
    at_0, at_1 = evaluation.of(loaded.centres, [{key: 0.0}, {key: 1_000_000.0}], "line")[:, :, 0].mean(axis=1)
    expected = 1_000_000.0 * at_0 / (at_0 - at_1)
    study = one_at_a_time(evaluation, loaded)
    found = study.switching[0]
    low = evaluation.of(loaded.centres, [{key: study.ends[0][0]}], "end")[0, :, 0]
    tolerance = 0.1 * low.std(ddof=1) / np.sqrt(REPLICATIONS)
    slope = abs(at_1 - at_0) / 1_000_000.0
    assert abs(found.value - expected) <= tolerance / slope
    # There, in other replications, the net cost is 0 within what both sets of replications leave open.
    assert found.there is not None
    assert found.there.replications == 5 * REPLICATIONS
    error = found.there.sd * np.sqrt(1.0 / REPLICATIONS + 0.2 / REPLICATIONS)
    assert abs(found.there.mean) < 4.0 * error + tolerance


def test_a_price_moves_no_stock(folder: Path, crew: Crew) -> None:
    evaluation, loaded = evaluation_of(folder, crew)
    study = one_at_a_time(evaluation, loaded)
    price = next(bar for bar in study.bars if (bar.parameter, bar.outcome) == (0, 1))
    assert (price.low.mean, price.high.mean) == (0.0, 0.0)
    assert study.own == (100_000.0, 0.01)


def test_structures_stand_beside_each_other(folder: Path, crew: Crew) -> None:
    evaluation, loaded = evaluation_of(folder, crew)
    found = structures(evaluation, loaded)
    assert [one.alternative.name for one in found] == ["as it is", "no_team"]
    hazard = {"groups.ready.exits.pension.hazard_per_week": 0.004}
    stock = sim.KPI_NAMES.index("mean_stock")
    ours, theirs = (
        sim.evaluate(folder / f"{name}.toml", [hazard], REPLICATIONS, seed=SEED)[0, :, stock].mean()
        for name in ("pilot", "base")
    )
    assert found[1].outcomes[1].mean == pytest.approx(ours - theirs, abs=1e-9)


def test_what_is_kept_is_not_simulated_again(folder: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation, loaded = evaluation_of(folder, crew)
    first = one_at_a_time(evaluation, loaded), morris(evaluation, loaded, 2), sobol(evaluation, loaded, 2)

    def never(*_: Any) -> Any:
        raise AssertionError("simulated again")

    monkeypatch.setattr(evaluation_module, "simulate_part", never)
    again = one_at_a_time(evaluation, loaded), morris(evaluation, loaded, 2), sobol(evaluation, loaded, 2)
    assert repr(first) == repr(again)  # Written out, for NaN is in it.


def test_a_damaged_part_is_simulated_again(folder: Path, crew: Crew) -> None:
    evaluation, loaded = evaluation_of(folder, crew)
    first = structures(evaluation, loaded)
    for part in (folder / "out" / FOLDER).iterdir():
        part.write_bytes(part.read_bytes()[:-40])
    assert repr(structures(evaluation, loaded)) == repr(first)


def test_the_command_writes_and_shows(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    arguments = ["sensitivity", "study.toml", "--workers", "1", "--morris", "2", "--sobol", "2"]
    done = CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert done.exit_code == 0
    shown = done.output
    assert "study: variant minus baseline, by structure" in shown
    assert "what would make it 0: net cost to the municipality, 1,000 kr" in shown
    assert "net cost to the municipality: more replications are needed to know its sign" in shown
    assert "mean stock: no parameter alone turns its sign within its interval" in shown
    directory = folder / "results" / "sensitivity" / "study"
    names = ["alternatives", "morris", "sobol", "switching", "tornado"]
    assert sorted(path.name for path in directory.glob("*.*")) == sorted(
        f"{name}.{ending}" for name in names for ending in ("csv", "parquet")
    )
    tornado = pq.read_table(directory / "tornado.parquet")
    assert tornado.num_rows == 2 * 2
    # Where the outcome has one sign at both ends of the interval, it is looked for further out.
    searched = pq.read_table(directory / "switching.parquet").to_pandas()
    ends = tornado.to_pandas().query("outcome == 'net_cost'").set_index("parameter").loc[searched.parameter]
    further = (searched.low.to_numpy() < ends.low.to_numpy()) & (searched.high.to_numpy() > ends.high.to_numpy())
    assert further.all()
    assert tornado.schema.metadata[b"sim.file"].decode() == FILE
    found = read_sensitivity(directory)
    counted = (found.bars, found.switching, found.answers, found.morris, found.sobol)
    assert [len(rows) for rows in counted] == [4, 2, 4, 4, 4]
    # The hazard turns nothing within its interval, so it was looked for beyond, and the table says where.
    hazard = next(row for row in found.switching if row.label != "price")
    ends = next(row for row in found.bars if row.label == hazard.label)
    assert hazard.low < ends.low < ends.high < hazard.high
    before = {path: path.read_bytes() for path in directory.glob("*.*")}
    CliRunner().invoke(cli, arguments, catch_exceptions=False)
    assert {path: path.read_bytes() for path in directory.glob("*.*")} == before


def test_switching_values_are_looked_for_unless_the_file_says_no(
    folder: Path, crew: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tornado is the same; the table is there and empty, and nothing is shown of it."""
    whole = one_at_a_time(*evaluation_of(folder, crew))
    file = folder / "study.toml"
    file.write_text(FILE.replace("seed = 5\n", "seed = 5\nswitching = false\n"), encoding="utf-8")
    found = one_at_a_time(*evaluation_of(folder, crew))
    assert (len(whole.switching), found.switching) == (2, ())
    assert str(found.bars) == str(whole.bars)  # NaN and all.
    monkeypatch.chdir(folder)
    done = CliRunner().invoke(cli, ["sensitivity", "study.toml", "--workers", "1"], catch_exceptions=False)
    assert "what would make it 0" not in done.output
    assert pq.read_table(folder / "results" / "sensitivity" / "study" / "switching.parquet").num_rows == 0


def refused(folder: Path, old: str, new: str) -> str:
    assert old in FILE
    (folder / "wrong.toml").write_text(FILE.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        outcomes_of(load_sensitivity(folder / "wrong.toml"))
    return str(caught.value).replace(f"{folder.as_posix()}/", "")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"mean_stock"]',
            '"mean_stok"]',
            "wrong.toml:4: sensitivity.outcomes[1]: there is no key figure 'mean_stok'; did you mean mean_stock?",
        ),
        (
            'variant = "pilot.toml"\n',
            "",
            "wrong.toml:3: sensitivity.outcomes[0]: a net cost is that of a variant against the baseline; there is "
            "no variant",
        ),
        (
            'variant = "pilot.toml"',
            'variant = "pilt.toml"',
            "wrong.toml:2: sensitivity.variant: pilt.toml: no such file; did you mean pilot.toml?",
        ),
        (
            "groups.ready.exits",
            "groups.redy.exits",
            'wrong.toml:13: parameters."groups.redy.exits.job.hazard_per_week": variant has no groups.redy; did you '
            "mean ready?",
        ),
        (
            "replications = 4",
            "replication = 4",
            "wrong.toml:5: sensitivity.replication: unknown key; did you mean replications?",
        ),
        (
            "[sensitivity]\n",
            "[experiment]\n",
            "wrong.toml: is an experiment, not a sensitivity file; 'sim sweep' takes it",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder: Path, old: str, new: str, told: str) -> None:
    assert refused(folder, old, new).splitlines()[0] == told
