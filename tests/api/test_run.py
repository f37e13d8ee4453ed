"""`sim.load` and `sim.run`."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

import sim
from sim.errors import ConfigError
from tests.batch.tiny import data, make, tiny


def test_frames(tmp_path: Path) -> None:
    result = sim.run(tiny(tmp_path), replications=3, seed=5, tables=["weekly", "citizens", "coordinators", "events"])
    assert list(result.replications["replication"]) == [0, 1, 2]
    assert (result.summary["replications"] + result.summary["undefined"]).tolist() == [3] * len(result.summary)
    # Weeks 0 to 12 of 2 groups; 2 coordinators in 2 periods.
    assert (len(result.weekly), len(result.coordinators)) == (3 * 13 * 2, 3 * 2 * 2)
    in_stock = result.citizens[result.citizens["origin"] == "stock"]
    assert in_stock.groupby("replication").size().tolist() == [40, 40, 40]
    assert sorted(result.events["replication"].unique()) == [0, 1, 2]
    assert result.path.joinpath("manifest.json").exists()


def test_a_temporary_run_goes_with_its_result(tmp_path: Path) -> None:
    result = sim.run(tiny(tmp_path), replications=1)
    path = result.path
    assert path.is_dir()
    del result
    assert not path.exists()


def test_into_a_directory_as_the_command_does(tmp_path: Path) -> None:
    loaded = sim.load(tiny(tmp_path))
    result = sim.run(loaded, replications=5, out=tmp_path / "api")
    assert result.path == tmp_path / "api"
    assert data(tmp_path / "api") == data(make(tmp_path / "tiny.toml", tmp_path / "command", 5))


def test_threads(tmp_path: Path) -> None:
    result = sim.run(tiny(tmp_path), replications=5, workers=2, executor="threads")
    assert data(result.path) == data(make(tmp_path / "tiny.toml", tmp_path / "command", 5))


def test_overrides_win_over_the_file(tmp_path: Path) -> None:
    result = sim.run(tiny(tmp_path), replications=1, overrides={"population.stock": 30})
    assert (result.citizens["origin"] == "stock").sum() == 30


def test_a_table_that_was_not_kept(tmp_path: Path) -> None:
    result = sim.run(tiny(tmp_path), replications=1, tables=[])
    with pytest.raises(sim.SimError) as refused:
        _ = result.events
    assert str(refused.value) == f"{result.path.as_posix()}: this run has no table events"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({"replications": 0}, "replications: must be between 1 and 1000000; it is 0"),
        ({"workers": 0}, "workers: must be at least 1; it is 0"),
        ({"executor": "fibres"}, "executor: 'fibres' does not exist; there are processes, threads"),
        ({"seed": 2**63}, "seed: must be between 0 and 9223372036854775807; it is 9223372036854775808"),
        ({"tables": ["citizen"]}, "tables: unknown table 'citizen'; did you mean citizens?"),
        (
            {"tables": ["x"]},
            "tables: unknown table 'x'; there are weekly, citizens, schemes, coordinators, incidence, events",
        ),
    ],
)
def test_arguments_that_cannot_be_used(tmp_path: Path, arguments: dict[str, object], expected: str) -> None:
    with pytest.raises(sim.SimError) as refused:
        sim.run(tiny(tmp_path), **arguments)  # type: ignore[arg-type]
    assert str(refused.value) == expected


def test_importing_sim_imports_nothing_heavy() -> None:
    code = "import sim, sys; print({'pandas', 'numpy', 'pyarrow', 'numba', 'pydantic', 'rich'} & {*sys.modules})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert found.stdout == "set()\n"


def test_names_of_the_package() -> None:
    assert {"Loaded", "Result", "SimError", "compare", "load", "load_experiment", "run", "sweep"} < set(dir(sim))
    assert dir(sim) == sorted(sim.__all__)
    assert all(hasattr(sim, name) for name in sim.__all__)
    with pytest.raises(AttributeError, match=r"^module 'sim' has no attribute 'rum'$"):
        _ = sim.rum


def test_a_result_shows_its_key_figures_as_a_table(tmp_path: Path) -> None:
    config = tiny(tmp_path)
    result = sim.run(config, out=tmp_path / "run")
    shown = repr(result)
    title, heads, line, *rows, last = shown.splitlines()
    assert (title, set(line)) == ("tiny", {"-", " "})
    assert heads.split()[-5:] == ["mean", "95", "%", "interval", "replications"]
    mean = float(result.summary.query("kpi == 'mean_stock'")["mean"].iloc[0])
    (stock,) = [row.split() for row in rows if row.startswith(" mean stock ")]
    assert (stock[2], stock[3], stock[-1]) == ("citizens", f"{mean:.1f}", "7")
    assert last == f"Result in {(tmp_path / 'run').as_posix()}"
    assert shown.isascii()


def test_a_notebook_shows_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as refused:
        sim.run(tmp_path / "none.toml")
    assert refused.value._render_traceback_() == [
        f"ConfigError: {(tmp_path / 'none.toml').as_posix()}: no such file"
    ]


def test_a_notebook_shows_a_bar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for IPython keeps what is displayed."""
    shown: list[str] = []

    def display(html: str, *, display_id: bool) -> SimpleNamespace:
        shown.append(html)
        return SimpleNamespace(update=shown.append)

    shell = SimpleNamespace(kernel="there is one")
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "IPython.display", SimpleNamespace(HTML=str, display=display))
    sim.run(tiny(tmp_path), replications=3)
    assert shown[0] == '<progress value="0" max="3"></progress>  0 of 3 replications'
    assert shown[-1] == '<progress value="3" max="3"></progress> tiny 3 of 3 replications'
