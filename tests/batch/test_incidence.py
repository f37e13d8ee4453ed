"""Incidence with a run: its summary, its files, and rows of another version."""

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import sim
from sim.analysis.summary import Statistics, summarise
from sim.batch import variant
from sim.errors import UsageError
from sim.store.read import read
from tests.batch.test_kpis_change import again, simulated  # noqa: F401 - a fixture
from tests.batch.tiny import data, make, tiny

LONGER = ("horizon_weeks = 12", "horizon_weeks = 24")
KEYS = ["group", "department", "since", "event", "within_weeks"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of 24 weeks and six replications, in `run`."""
    folder = tmp_path_factory.mktemp("incidence")
    make(tiny(folder, change=LONGER), folder / "run", 6)
    return folder


def test_the_summary_is_over_the_replications(folder: Path) -> None:
    rows: Any = read(folder / "run", "incidence").astype(dict.fromkeys(KEYS[:4], str))
    told = pd.read_parquet(folder / "run" / "incidence_summary.parquet")
    assert told["variant"].unique().tolist() == ["tiny"]
    assert list(map(tuple, told[KEYS].to_numpy())) == list(dict.fromkeys(map(tuple, rows[KEYS].to_numpy())))
    by_key = rows.groupby(KEYS)
    shares, citizens = by_key["share"].apply(lambda of: of.to_numpy()), by_key["citizens"].mean()
    seen = 0
    for row in told.to_dict("records"):
        key = tuple(row[name] for name in KEYS)
        *expected, note = summarise(shares[key], 1.0)
        *found, said = (row[name] for name in Statistics._fields)
        assert found == pytest.approx(expected, rel=0, abs=0, nan_ok=True), key
        assert said == note, key
        assert row["citizens"] == pytest.approx(citizens[key], rel=1e-15)
        seen += row["replications"] == 6 and row["ci95_low"] > 0
    assert seen > 20


def test_both_forms_and_python_tell_the_same(folder: Path) -> None:
    told = pd.read_parquet(folder / "run" / "incidence_summary.parquet")
    in_csv = pd.read_csv(folder / "run" / "incidence_summary.csv", dtype={"within_weeks": "int32"}).fillna(
        {"interval_note": ""}
    )
    pd.testing.assert_frame_equal(in_csv, told)
    pd.testing.assert_frame_equal(sim.Result(folder / "run").incidence_summary, told)


def test_without_the_table_there_is_no_summary(folder: Path, tmp_path: Path) -> None:
    make(folder / "tiny.toml", tmp_path / "run", 2, tables=("citizens",))
    assert not list((tmp_path / "run").glob("incidence*"))
    with pytest.raises(UsageError) as refused:
        _ = sim.Result(tmp_path / "run").incidence_summary
    assert str(refused.value) == f"{(tmp_path / 'run').as_posix()}: this run has no table incidence"


def test_rows_of_another_version_are_made_again(
    tmp_path: Path,
    simulated: list[int],  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    config, directory, kept = tiny(tmp_path), tmp_path / "run", ("citizens", "incidence")
    make(config, directory, 6, tables=kept)
    before = data(directory)
    assert again(config, directory, 6, kept) == []
    with monkeypatch.context() as patch:
        patch.setattr(variant, "INCIDENCE_VERSION", "another")
        simulated.clear()
        again(config, directory, 6, kept)
        assert simulated == [*range(6)]
        changed = [name for name, digest in data(directory).items() if digest != before[name]]
        assert {name.split("/")[0] for name in changed} == {"incidence", "incidence_summary.parquet"}
    again(config, directory, 6, kept)
    assert data(directory) == before
