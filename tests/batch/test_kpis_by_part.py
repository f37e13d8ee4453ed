"""Key figures by group and department: against the whole, by hand, compared, and without the tables."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

import sim
from sim.analysis.kpis import KPI_NAMES, KPIS
from sim.analysis.kpis_by_part import kpis_by_part
from sim.analysis.subgroups import common_parts
from sim.catalogue import EVERYONE, WEEKS_PER_YEAR
from sim.errors import UsageError
from sim.store.read import read
from sim.store.run import open_runs
from tests.batch.tiny import make, tiny

DEPARTMENTS = "[departments.north]\nstock_share = 0.7\n[departments.south]\nstock_share = 0.3\n[staffing]"
FEW = ("citizens_per_coordinator = 20", "citizens_per_coordinator = 10")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs `many` and `few` of two groups and two departments; four replications."""
    folder = tmp_path_factory.mktemp("parts")
    for name, change in (("many", ("", "")), ("few", FEW)):
        config = tiny(folder, name, change)
        config.write_text(config.read_text(encoding="utf-8").replace("[staffing]", DEPARTMENTS), encoding="utf-8")
        make(config, folder / name, 4)
    return folder


@pytest.fixture(scope="module")
def figures(folder: Path) -> dict[tuple[str, str], Any]:
    """By group and department: replication x KPI."""
    (run,) = open_runs(folder / "many")
    parts = common_parts(run)
    found = np.stack([one for _, one in kpis_by_part(run, parts)], axis=1)
    return {(part.group, part.department): found[p] for p, part in enumerate(parts)}


def values(figures: dict[tuple[str, str], Any], part: tuple[str, str], kpi: str) -> Any:
    return figures[part][:, KPI_NAMES.index(kpi)]


def test_everybody_is_the_replications_table(folder: Path, figures: dict[tuple[str, str], Any]) -> None:
    assert list(figures) == [
        (EVERYONE, EVERYONE),
        ("ready", EVERYONE),
        ("sick", EVERYONE),
        (EVERYONE, "north"),
        (EVERYONE, "south"),
    ]
    (run,) = open_runs(folder / "many")
    _, whole = run.values(KPI_NAMES)
    for kpi in KPI_NAMES:
        np.testing.assert_array_equal(values(figures, (EVERYONE, EVERYONE), kpi), whole[kpi], err_msg=kpi)


@pytest.mark.parametrize("kpi", ["mean_stock", "end_stock", "entries"])
def test_counts_add_up_over_groups_and_over_departments(figures: dict[tuple[str, str], Any], kpi: str) -> None:
    whole = values(figures, (EVERYONE, EVERYONE), kpi)
    for parts in ([("ready", EVERYONE), ("sick", EVERYONE)], [(EVERYONE, "north"), (EVERYONE, "south")]):
        np.testing.assert_allclose(sum(values(figures, part, kpi) for part in parts), whole, rtol=1e-13)


def test_by_hand(folder: Path, figures: dict[tuple[str, str], Any]) -> None:
    citizens: Any = read(folder / "many", "citizens").query("department == 'north'")
    posts: Any = read(folder / "many", "coordinators").query("department == 'north'")
    weeks = citizens["exit_weeks"].fillna(12) - citizens["arrival_weeks"].clip(lower=0)
    filled = (posts["full_time_share"] * posts["employed_weeks"]).groupby(posts["replication"]).sum()
    stays = weeks.groupby(citizens["replication"]).sum()
    north = (EVERYONE, "north")
    assert values(figures, north, "caseload") == pytest.approx((stays / filled).to_numpy(), rel=1e-13)
    held = citizens.groupby("replication")["meetings_held"].sum()
    assert values(figures, north, "meetings_per_year") == pytest.approx((held / stays * WEEKS_PER_YEAR).to_numpy())
    jobs = (citizens["destination"] == "job")[citizens["cohort"]].groupby(citizens["replication"]).mean()
    assert values(figures, north, "cohort_job_share").tolist() == jobs.tolist()
    assert len(set(jobs)) > 1


def test_coordinators_are_of_no_group(figures: dict[tuple[str, str], Any]) -> None:
    groups = [(name, EVERYONE) for name in ("ready", "sick")]
    undefined = {kpi for kpi in KPI_NAMES if all(np.isnan(values(figures, of, kpi)).all() for of in groups)}
    of_posts = {kpi for kpi in KPI_NAMES if kpi.startswith("hours_")}
    of_posts |= {"caseload", "own_list", "busy_share", "busy_of_net_share", "absent_share", "resignations_per_year"}
    nobody = {kpi for kpi in KPI_NAMES if np.isnan(values(figures, (EVERYONE, EVERYONE), kpi)).all()}
    assert undefined - nobody == of_posts - nobody


def test_of_everybody_the_differences_are_those_of_the_key_figures(folder: Path) -> None:
    found = sim.compare(folder / "few", folder / "many")
    rows: Any = found.by_part.query(f"group == '{EVERYONE}'").set_index(["department", "kpi"])
    whole: Any = found.differences.set_index("kpi")
    for name in ("mean", "baseline_mean", "difference", "ci95_low", "ci95_high", "replications"):
        of_all = rows.loc[EVERYONE].loc[list(KPI_NAMES), name]
        np.testing.assert_allclose(of_all, whole.loc[list(KPI_NAMES), name], rtol=1e-9, atol=1e-12, err_msg=name)
    told: Any = sim.Result(folder / "many").kpis_by_part.set_index(["kpi", "department", "group"])
    assert len(found.by_part) == len(told) == 5 * len(KPIS)
    caseload = ("caseload", "south", EVERYONE)
    assert rows.loc[("south", "caseload"), "baseline_mean"] == pytest.approx(told.loc[caseload, "mean"], rel=1e-13)
    assert rows.loc[("south", "caseload"), "difference"] < -5


def test_only_what_was_asked_for_is_written(folder: Path, tmp_path: Path) -> None:
    found = sim.compare(folder / "few", folder / "many", out=tmp_path)
    assert not (tmp_path / "comparison_by_part.csv").exists()
    _ = found.by_part
    assert {file.name for file in found.write(tmp_path)} >= {"comparison_by_part.csv", "comparison_by_part.parquet"}
    sim.compare(folder / "few", folder / "many", out=tmp_path)
    assert not (tmp_path / "comparison_by_part.csv").exists()


def test_without_the_tables_it_is_refused(folder: Path, tmp_path: Path) -> None:
    make(folder / "few.toml", tmp_path / "few", 2, tables=("coordinators",))
    with pytest.raises(UsageError) as refused:
        _ = sim.compare(tmp_path / "few", folder / "many").by_part
    assert str(refused.value) == (
        f"{(tmp_path / 'few').as_posix()}: key figures by group and department need the tables citizens, "
        "coordinators; there is no citizens\nto add it: sim run tiny.toml --tables citizens,coordinators"
    )
