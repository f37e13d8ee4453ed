"""Comparisons of real runs: what they hold, refuse and write."""

import csv
import math
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import sim
from sim.analysis.comparison.paired import holm, paired
from sim.analysis.kpis import KPIS
from sim.analysis.pairing import directories_of
from sim.analysis.periods import MEASURES
from sim.catalogue import DESTINATIONS, EVERYONE
from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.store.manifest import Manifest
from sim.store.read import read
from sim.store.run import open_manifest, open_runs
from sim.study.comparison import Comparison
from tests.batch.sweeping import experiment
from tests.batch.sweeping import sweep as run_sweep
from tests.batch.tiny import data, digest, flip, make, tiny

FEW = ("citizens_per_coordinator = 20", "citizens_per_coordinator = 10")
LONGER = ("horizon_weeks = 12", "horizon_weeks = 60")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Runs `few` (10 citizens a coordinator; 9 replications) and `many` (20; 7 replications)."""
    folder = tmp_path_factory.mktemp("comparison")
    make(tiny(folder, "few", FEW), folder / "few", 9)
    make(tiny(folder, "many"), folder / "many", 7)
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> Comparison:
    return sim.compare(folder / "few", folder / "many")


def values_of(folder: Path, kpi: str, count: int = 7) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    (run,) = open_runs(folder)
    return run.values([kpi])[1][kpi][:count]


def test_every_kpi_over_the_common_replications(folder: Path, found: Comparison) -> None:
    rows: Any = found.differences.set_index("kpi")
    assert rows.index.tolist() == [kpi.name for kpi in KPIS]
    assert (rows["variant"].unique().tolist(), rows["baseline"].unique().tolist()) == (["few"], ["many"])
    for kpi in KPIS:
        expected = paired(values_of(folder / "few", kpi.name), values_of(folder / "many", kpi.name))
        row = rows.loc[kpi.name]
        assert row["unit"] == kpi.unit
        for name, value in expected._asdict().items():
            assert row[name] == value or (math.isnan(value) and math.isnan(row[name])), f"{kpi.name}: {name}"
    assert (rows["replications"] + rows["undefined"]).unique().tolist() == [7]
    assert rows.loc["caseload", "difference"] < -5
    assert found.notes == ("few has 9 replications and many 7; the 7 that both have are compared",)


def test_families_of_holm(found: Comparison) -> None:
    rows = found.differences
    assert rows["p_holm"].tolist() == pytest.approx(holm(rows["p_value"].tolist()), nan_ok=True)
    headline = rows["kpi"].isin([kpi.name for kpi in KPIS if kpi.headline])
    expected = holm(rows.loc[headline, "p_value"].tolist())
    assert rows.loc[headline, "p_holm_headline"].tolist() == pytest.approx(expected, nan_ok=True)
    assert rows.loc[~headline, "p_holm_headline"].isna().all()


def test_the_other_way_round(folder: Path, found: Comparison) -> None:
    back = sim.compare(folder / "few", folder / "many", baseline="few")
    assert repr(back) == "Comparison(many minus few)"
    for one, other in ((found.differences, back.differences), (found.periods, back.periods)):
        np.testing.assert_array_equal(one["difference"], -other["difference"])
        np.testing.assert_array_equal(one["ci95_low"], -other["ci95_high"])
        np.testing.assert_array_equal(one["mean"], other["baseline_mean"])


def test_a_policy_that_changes_nothing(folder: Path, tmp_path: Path) -> None:
    same = tiny(tmp_path, "same", ("horizon_weeks = 12", "horizon_weeks = 12\nwarm_up_weeks = 0"))
    make(same, tmp_path / "same", 7)
    found = sim.compare(tmp_path / "same", folder / "many")
    rows = found.differences
    defined = rows["replications"] > 0
    assert rows.loc[defined, "identical"].all()
    assert (rows.loc[defined, "difference"] == 0).all()
    assert found.periods.query("replications > 0")["identical"].all()
    assert found.notes == ()


def test_a_group_whom_a_policy_does_not_touch(tmp_path: Path) -> None:
    """Citizens of a department of their own live the identical life; the others' exits differ."""
    text = tiny(tmp_path).read_text(encoding="utf-8").replace("stock = 40", "stock = 400")
    apart = text.replace(
        "[staffing]",
        """\
[departments.north]
groups = ["ready"]
[departments.south]
groups = ["sick"]

[staffing]""",
    )
    (tmp_path / "base.toml").write_text(apart, encoding="utf-8")
    harder = apart.replace("hazard_per_week = 0.05", "hazard_per_week = 0.10")
    (tmp_path / "harder.toml").write_text(harder, encoding="utf-8")
    runs = [make(tmp_path / f"{name}.toml", tmp_path / name, 5) for name in ("harder", "base")]
    rows: Any = sim.compare(*runs).by_group.set_index(["group", "measure"])
    untouched = rows.loc["sick"].query("replications > 0")  # They have no meetings to be in time for.
    assert len(untouched) == len(MEASURES) - 1
    assert untouched["identical"].all()
    assert rows.loc[("ready", "exits_job"), "ci95_low"] > 0


def test_periods_add_up_to_the_tables(folder: Path, found: Comparison) -> None:
    """Sums by pandas over the weekly tables are the means of the comparison."""
    for name, column in (("few", "mean"), ("many", "baseline_mean")):
        weekly: Any = read(folder / name, "weekly").query("replication < 7 and week > 0")
        weekly["quarter"] = (weekly["date"] - pd.Timedelta(days=4)).dt.to_period("Q").astype(str)
        sums = (
            weekly.groupby(["quarter", "group"], observed=True)[["entries", "exits_job", "meetings_held"]].sum() / 7
        )
        rows = found.periods.query("period_kind == 'quarter' and group != '(all)'")
        wide = rows.pivot(index=["period", "group"], columns="measure", values=column)[sums.columns]
        np.testing.assert_allclose(wide.to_numpy(), sums.sort_index().to_numpy(), rtol=1e-12)
        stock = weekly.groupby(["replication", "week"])["stock"].sum().groupby("week").mean()
        everyone = found.by_period.query("period_kind == 'total'").set_index("measure")[column]
        assert everyone["mean_week_end_stock"] == pytest.approx(stock.mean())
        assert everyone["end_stock"] == pytest.approx(stock.iloc[-1])


def test_periods_agree_with_the_kpis(found: Comparison) -> None:
    kpis: Any = found.differences.set_index("kpi")
    total: Any = found.by_group.query(f"group == '{EVERYONE}'").set_index("measure")
    for name in ("end_stock", "entries"):
        for column in ("mean", "baseline_mean", "difference", "ci95_low", "ci95_high"):
            assert total.loc[name, column] == pytest.approx(kpis.loc[name, column], nan_ok=True)
    exits = total.loc[[f"exits_{name}" for name in DESTINATIONS], "difference"].sum()
    assert total.loc["exits", "difference"] == pytest.approx(exits)
    assert exits == pytest.approx(kpis.loc["entries", "difference"] - kpis.loc["end_stock", "difference"])


def test_groups_sum_to_everyone(found: Comparison) -> None:
    counts = found.periods[found.periods["unit"] != "share"]
    keys = ["measure", "period_kind", "period"]
    sums = counts[counts["group"] != EVERYONE].groupby(keys)[["mean", "baseline_mean", "difference"]].sum()
    everyone = counts[counts["group"] == EVERYONE].set_index(keys)[sums.columns].sort_index()
    np.testing.assert_allclose(sums.to_numpy(), everyone.to_numpy(), atol=1e-12)


def test_a_group_that_only_one_has(folder: Path, tmp_path: Path) -> None:
    renamed = tiny(tmp_path, "renamed", ("[groups.sick]", "[groups.ill]"))
    make(renamed, tmp_path / "renamed", 2)
    found = sim.compare(tmp_path / "renamed", folder / "many")
    assert found.by_group["group"].unique().tolist() == ["ready", EVERYONE]
    assert found.notes[1] == "groups that count in (all) alone: ill (only in renamed), sick (only in many)"


def test_files(folder: Path, found: Comparison, tmp_path: Path) -> None:
    files = found.write(tmp_path)
    frames = {
        "comparison": found.differences,
        "comparison_by_period": found.periods,
        "comparison_incidence": found.incidence,
    }
    names = [f"{stem}.{ending}" for stem in frames for ending in ("csv", "parquet")]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(file.name for file in files) == names
    for stem, frame in frames.items():
        schema = pq.read_schema(tmp_path / f"{stem}.parquet")
        assert all(len(field.metadata[b"description"]) > 3 and b"unit" in field.metadata for field in schema)
        assert schema.metadata[b"sim.baseline"] == b"many"
        pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / f"{stem}.parquet"), frame)
        in_csv = pd.read_csv(tmp_path / f"{stem}.csv", dtype={"interval_note": str, "within_weeks": np.int32})
        in_csv = in_csv.fillna({"interval_note": ""})
        pd.testing.assert_frame_equal(in_csv, frame)
        with (tmp_path / f"{stem}.csv").open(encoding="utf-8", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        assert {"nan", "None", "inf", "NaN"}.isdisjoint(cells)
    again = sim.compare(folder / "few", folder / "many", out=tmp_path / "again")
    assert data(tmp_path / "again") == {name: digest(tmp_path / name) for name in names}
    assert len(again.rows) == len(KPIS)


def test_incidence(tmp_path: Path) -> None:
    """Everybody, each group and the department, at every week that can be known, by hand with pandas."""
    for name, change in (("few", FEW), ("many", ("", ""))):
        config = tiny(tmp_path, name, change)
        config.write_text(config.read_text(encoding="utf-8").replace(*LONGER), encoding="utf-8")
        make(config, tmp_path / name, 4)
    found = sim.compare(tmp_path / "few", tmp_path / "many")
    rows: Any = found.incidence
    keys = ["group", "department", "since", "event", "within_weeks"]
    a, b = (
        read(tmp_path / name, "incidence")
        .astype(dict.fromkeys(keys[:4], str))
        .pivot(index="replication", columns=keys, values="share")
        for name in ("few", "many")
    )
    expected: Any = sorted(a.columns)
    assert sorted(map(tuple, rows[keys].to_numpy().tolist())) == expected == sorted(b.columns)
    assert rows["group"].unique().tolist() == [EVERYONE, "ready", "sick"]
    for row in rows.to_dict("records"):
        key = tuple(row[name] for name in keys)
        expected = paired(a[key].to_numpy(), b[key].to_numpy())
        for name in ("mean", "baseline_mean", "difference", "ci95_low", "ci95_high"):
            assert row[name] == pytest.approx(getattr(expected, name), rel=1e-12, abs=1e-15, nan_ok=True), (
                key,
                name,
            )
        assert (row["replications"], row["undefined"]) == (expected.replications, expected.undefined)
    by = rows[rows["group"] == EVERYONE].set_index(keys[2:])
    assert by.loc[("start", "job", 52), "replications"].tolist() == [4, 4]  # Everybody, and the only department.
    assert by.loc[("start", "job", 104), "undefined"].tolist() == [4, 4]
    assert by.loc[("start", "left", 52), "mean"].iloc[0] > by.loc[("start", "left", 13), "mean"].iloc[0] > 0


def test_without_weekly_tables(folder: Path, tmp_path: Path) -> None:
    make(folder / "few.toml", tmp_path / "few", 7, tables=("incidence",))
    (tmp_path / "out").mkdir()
    stale = tmp_path / "out" / "comparison_by_period.csv"
    stale.write_text("of an earlier comparison", encoding="utf-8")
    found = sim.compare(tmp_path / "few", folder / "many", out=tmp_path / "out")
    assert len(found.differences) == len(KPIS)
    assert len(found.by_period) == len(found.by_group) == 0
    assert found.notes == (
        "no differences by group, quarter and year: few has no weekly table\n"
        "to add it: sim run tiny.toml --tables weekly",
    )
    names = ["comparison.csv", "comparison.parquet", "comparison_incidence.csv", "comparison_incidence.parquet"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names


def test_two_without_tables(folder: Path, tmp_path: Path) -> None:
    runs = [make(folder / f"{name}.toml", tmp_path / name, 2, tables=()) for name in ("few", "many")]
    found = sim.compare(*runs, out=tmp_path)
    assert found.notes == (
        "no differences by group, quarter and year and of incidence: few, many have no weekly and "
        "no incidence table\n"
        "to add them: sim run tiny.toml --tables weekly,incidence",
    )
    assert len(found.incidence) == 0
    assert not (tmp_path / "comparison_incidence.csv").exists()


# Refusals, word for word.


def refusal(*runs: Path, **options: object) -> str:
    with pytest.raises(UsageError) as refused:
        sim.compare(*runs, **options)  # type: ignore[arg-type]
    return str(refused.value)


def test_replications_that_are_no_pairs(folder: Path, tmp_path: Path) -> None:
    other = tiny(tmp_path, "other", LONGER)
    other.write_text(
        other.read_text(encoding="utf-8").replace("start = 2018-01-01", "start = 2018-02-05\nwarm_up_weeks = 3"),
        encoding="utf-8",
    )
    make(other, tmp_path / "run", 1, seed=2)
    manifest = Manifest.read(tmp_path / "run")
    assert manifest is not None
    replace(manifest, rules=7).write(tmp_path / "run")
    assert refusal(tmp_path / "run", folder / "many") == (
        f"{(tmp_path / 'run').as_posix()} and {(folder / 'many').as_posix()}: their replications are no pairs, "
        "so nothing was compared:\n"
        "  seed: 2 in other, 1 in many\n"
        "  start: 2018-02-05 in other, 2018-01-01 in many\n"
        "  horizon_weeks: 60 in other, 12 in many\n"
        "  warm_up_weeks: 3 in other, 0 in many\n"
        f"  version of the rules: 7 in other, {RULES_VERSION} in many\n"
        "Run one of them again with what the other has, into a directory of its own (--out)."
    )


def test_one_difference_names_one(folder: Path, tmp_path: Path) -> None:
    make(folder / "few.toml", tmp_path / "run", 1, seed=2)
    assert refusal(tmp_path / "run", folder / "many").splitlines()[1:-1] == ["  seed: 2 in few, 1 in many"]


@pytest.mark.parametrize("how", ["stopped", "killed", "without results"])
def test_a_run_that_is_not_finished(folder: Path, tmp_path: Path, how: str) -> None:
    directory = tmp_path / "few"
    shutil.copytree(folder / "few", directory)
    manifest = open_manifest(directory)
    (run,) = manifest.runs
    if how == "without results":
        files = {name: digest for name, digest in manifest.files.items() if name != "replications.parquet"}
        manifest = replace(manifest, files=files)
    else:
        run = {**run, **({"finished": None} if how == "killed" else {"replications": 20})}
    replace(manifest, runs=(run,)).write(directory)
    expected = f"{directory.as_posix()}: this run is not finished, so it cannot be compared\nfinish it: "
    assert refusal(directory, folder / "many") == expected + "sim run tiny.toml"
    replace(manifest, runs=({**run, "command": "sim.run (Python)"},)).write(directory)
    assert refusal(folder / "many", directory) == expected + "run it again into this directory"


@pytest.mark.parametrize("part", ["replications.parquet", "weekly/part-0000-00000000-00000004.parquet"])
@pytest.mark.parametrize("how", ["cut short", "changed"])
def test_a_damaged_file(folder: Path, tmp_path: Path, part: str, how: str) -> None:
    shutil.copytree(folder / "few", tmp_path / "few")
    file = tmp_path / "few" / part
    if how == "changed":
        flip(file)
    else:
        file.write_bytes(file.read_bytes()[:-50])
    assert refusal(tmp_path / "few", folder / "many") == (
        f"{file.as_posix()}: is damaged; to make it again: sim run tiny.toml"
    )


def test_what_is_no_run(folder: Path, tmp_path: Path) -> None:
    many, nothing = folder / "many", tmp_path / "nothing"
    assert refusal(nothing, many) == (
        f"{nothing.as_posix()}: no such directory; name the directory of a run, such as results/50_per_worker"
    )
    nothing.mkdir()
    assert refusal(nothing, many) == (
        f"{nothing.as_posix()}: holds no run: neither a manifest.json nor folders that have one"
    )
    assert refusal(many, many / ".." / "many") == (
        f"{(many / '..' / 'many').as_posix()}: named twice; a run has no differences from itself"
    )
    assert refusal(many) == (
        f"{many.as_posix()}: one run only; name a second to compare it with, or the directory of a sweep"
    )
    assert refusal() == "nothing to compare; name two runs, or the directory of a sweep"


def test_a_baseline_that_is_not_there(folder: Path) -> None:
    runs = (folder / "few", folder / "many")
    assert refusal(*runs, baseline="manny") == "baseline: no run is called manny; did you mean many?"
    assert refusal(*runs, baseline="x") == "baseline: no run is called x; there are few, many"


# Sweeps.


NAMES = [f"citizens_per_coordinator={n}" for n in (30, 10, 20)]


@pytest.fixture(scope="module", params=[1, 2], ids=["a block each", "blocks of two"])
def sweep(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep's directory as `sim sweep` leaves it."""
    folder = tmp_path_factory.mktemp("sweep")
    path = experiment(folder)
    path.write_text(
        '[experiment]\nbase = "tiny.toml"\nreplications = 3\ntables = ["weekly"]\n\n'
        '[factors."staffing.citizens_per_coordinator"]\nvalues = [30, 10, 20]\n',
        encoding="utf-8",
    )
    return run_sweep(path, folder / "caseload", points=request.param)


def test_a_sweep_stands_for_its_points(sweep: Path, tmp_path: Path) -> None:
    found = sim.compare(sweep)
    assert repr(found) == f"Comparison({NAMES[0]}, {NAMES[1]} minus {NAMES[2]})"
    assert len(found.differences) == 2 * len(KPIS)
    assert found.differences["p_holm"].tolist() == pytest.approx(
        holm(found.differences["p_value"].tolist()), nan_ok=True
    )
    runs = [
        make(
            tiny(tmp_path, name, ("citizens_per_coordinator = 20", name.replace("=", " = "))),
            tmp_path / name,
            3,
            tables=("weekly",),
        )
        for name in NAMES
    ]
    alone = sim.compare(*runs)
    pd.testing.assert_frame_equal(found.differences, alone.differences)
    pd.testing.assert_frame_equal(found.periods, alone.periods)
    assert set(found.periods["measure"]) == {measure.name for measure in MEASURES}
    among_others = sim.compare(runs[1], sweep, baseline=(runs[1]).as_posix())
    assert [row.paired.identical for row in among_others.rows if row.kpi == "caseload"] == [False, True, False]


def test_another_baseline_of_a_sweep(sweep: Path) -> None:
    expected = f"Comparison({NAMES[1]}, {NAMES[2]} minus {NAMES[0]})"
    assert repr(sim.compare(sweep, baseline=NAMES[0])) == expected


def test_folders_that_hold_runs_stand_for_them_in_order_of_names(folder: Path, tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        shutil.copytree(folder / "few", tmp_path / name)
    (tmp_path / "d").mkdir()
    assert [path.name for path in directories_of(tmp_path)] == ["a", "b", "c"]
    assert directories_of(tmp_path / "b") == [tmp_path / "b"]


def test_points_that_are_not_in_the_plan_are_left_out(sweep: Path, tmp_path: Path) -> None:
    shutil.copytree(sweep, tmp_path / "sweep")
    path = sweep.parent / "small.toml"
    text = path.read_text(encoding="utf-8")
    (tmp_path / "small.toml").write_text(text.replace("[30, 10, 20]", "[10, 20]"), encoding="utf-8")
    tiny(tmp_path)
    run_sweep(tmp_path / "small.toml", tmp_path / "sweep")
    found = sim.compare(tmp_path / "sweep")
    assert repr(found) == f"Comparison({NAMES[1]} minus {NAMES[2]})"
    whole = sim.compare(sweep).differences
    columns = [name for name in whole.columns if not str(name).startswith("p_holm")]
    of_second = whole[whole["variant"] == NAMES[1]][columns].reset_index(drop=True)
    pd.testing.assert_frame_equal(found.differences[columns], of_second, check_categorical=False)


def test_a_sweep_that_lacks_a_point(sweep: Path, tmp_path: Path) -> None:
    """As after a plan that was written, and a manifest that was not."""
    shutil.copytree(sweep, tmp_path / "sweep")
    manifest = Manifest.read(sweep)
    assert manifest is not None
    replace(manifest, blocks=manifest.blocks[:-1]).write(tmp_path / "sweep")
    expected = f"{(tmp_path / 'sweep').as_posix()}: the sweep is not finished; repeat its sim sweep"
    assert refusal(tmp_path / "sweep") == expected


def test_a_sweep_whose_results_are_not_there(sweep: Path, tmp_path: Path) -> None:
    shutil.copytree(sweep, tmp_path / "sweep")
    (tmp_path / "sweep" / "replications.parquet").unlink()
    assert refusal(tmp_path / "sweep") == (
        f"{(tmp_path / 'sweep').as_posix()}/replications.parquet: is missing; to make it again: sim sweep small.toml"
    )


def test_a_sweep_grows_until_its_differences_are_as_precise_as_asked(sweep: Path, tmp_path: Path) -> None:
    shutil.copytree(sweep, tmp_path / "sweep")
    found = sim.compare(tmp_path / "sweep", precision={"caseload": 50.0}, min_replications=7)
    assert found.differences.query("kpi == 'caseload'")["replications"].tolist() == [7, 7]
    assert [note.split(": half-width")[0] for note in found.notes[:-1]] == [
        f"precise enough: caseload of {name} minus {NAMES[2]}" for name in NAMES[:2]
    ]
    assert found.notes[-1].endswith(" have no incidence table\nto add it: sim sweep small.toml --tables incidence")
    shutil.copytree(sweep, tmp_path / "asked")
    run_sweep(sweep.parent / "small.toml", tmp_path / "asked", 7)
    assert data(tmp_path / "sweep") == data(tmp_path / "asked")


def test_points_that_are_no_longer_planned_do_not_say_how_far_a_sweep_grows(tmp_path: Path) -> None:
    path = experiment(tmp_path, ('baseline = "citizens_per_coordinator=20+hours=full"', ""))
    text = path.read_text(encoding="utf-8")
    for caseload, replications in (("10", 12), ("20", 3)):
        path.write_text(text.replace("[10, 20]", f"[{caseload}]"), encoding="utf-8")
        run_sweep(path, tmp_path / "run", replications)
    found = sim.compare(tmp_path / "run", precision={"busy_share": 0.5}, min_replications=7)
    assert found.differences.query("kpi == 'busy_share'")["replications"].tolist() == [7]


def test_two_runs_of_one_config_go_by_their_directories(folder: Path, tmp_path: Path) -> None:
    make(folder / "many.toml", tmp_path / "80", 7)
    found = sim.compare(tmp_path / "80", folder / "many")
    assert repr(found) == "Comparison(80 minus many)"
