"""``sim report`` and ``sim diff``: files, output, and every refusal."""

import builtins
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import cli
from sim.errors import SimError, UsageError
from sim.report.pictures.style import MISSING, drawing
from tests.analysis.ledger.small import make_runs


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("report_cli"))


def invoked(*words: str) -> str:
    result = CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    with pytest.raises(SimError) as error:
        CliRunner().invoke(cli, [str(word) for word in words], catch_exceptions=False, standalone_mode=False)
    assert error.value.exit_code == 2
    return str(error.value)


def test_the_report_lies_where_its_runs_say(runs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = invoked("report", f"{runs / 'pilot'}", f"{runs / 'base'}", "--language", "da")
    path = Path(text.removeprefix("report: ").strip())
    assert path.name == "report_da.html"
    assert path.parts[:2] == ("results", "report")
    page = path.read_text(encoding="utf-8")
    assert "Hvad sker der med pilot i stedet for base?" in page
    # Another pair of prices than the shipped configs have: what the state pays is known.
    assert "Statens nettoudgift" in page


def test_a_question_and_a_file_can_be_named(runs: Path, tmp_path: Path) -> None:
    out = tmp_path / "own.html"
    assert (
        invoked("report", f"{runs / 'base'}", "--question", "Why?", "--out", f"{out}")
        == f"report: {out.as_posix()}\n"
    )
    assert "<h1>Why?</h1>" in out.read_text(encoding="utf-8")


def test_refusals(runs: Path, tmp_path: Path) -> None:
    assert "no such directory; name the directory of a run" in refused("report", f"{tmp_path / 'none'}")
    (tmp_path / "pilot.toml").write_text("", encoding="utf-8")
    asked = f"{tmp_path.as_posix()}/pilot.toml"
    assert f"{asked}: is a file; name the directory of a run" in refused("report", asked)
    assert f"; a config is run first: sim run {asked}" in refused("report", asked)
    assert "baseline: no run is called bse; did you mean base?" in refused(
        "report", f"{runs / 'pilot'}", f"{runs / 'base'}", "--baseline", "bse"
    )
    assert "named twice" in refused("report", f"{runs / 'base'}", f"{runs / 'base'}")
    with pytest.raises(UsageError, match="language: 'de' is none of en, da"):
        sim.write_report(runs / "base", language="de")


def test_a_run_without_its_tables_is_refused(runs: Path, tmp_path: Path) -> None:
    sim.run(runs / "base.toml", tables=("weekly",), out=tmp_path / "bare")
    assert "this run has no table citizens and no schemes and no coordinators" in refused(
        "report", f"{tmp_path / 'bare'}"
    )


def test_without_the_extra_one_message_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **others: Any) -> Any:
        if name.partition(".")[0] == "matplotlib":
            raise ModuleNotFoundError(name)
        return real(name, *args, **others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError) as error, drawing():
        pass
    assert str(error.value) == MISSING
    assert 'pip install "jobcentre-sim[report]"' in MISSING


def test_diff_tells_key_values_dates_and_meaning(runs: Path) -> None:
    text = invoked("diff", f"{runs / 'pilot.toml'}", f"{runs / 'base.toml'}")
    assert "What differs between pilot and base" in text
    assert "staffing.changes" in text
    assert "throughout" in text
    assert "money.budget.evaluation" in text
    assert invoked("diff", f"{runs / 'base.toml'}", f"{runs / 'base'}") == "the two configs say the same\n"


def test_diff_knows_from_when_until_when(tmp_path: Path, runs: Path) -> None:
    dated = tmp_path / "dated.toml"
    base = (runs / "base.toml").as_posix()
    dated.write_text(
        f'extends = "{base}"\n[changes.more]\ndate = 2018-07-01\ndepartments.one.coordinators = 3\n'
        "[changes.back]\ndate = 2019-07-01\ndepartments.one.coordinators = 1\n",
        encoding="utf-8",
    )
    text = invoked("diff", f"{dated}", f"{runs / 'base.toml'}", "--language", "da")
    assert "fra 2018-07-01 indtil 2019-07-01" in text
    assert "departments.one.coordinators" in text


def test_tables_for_a_danish_excel(runs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    text = invoked("report", f"{runs / 'pilot'}", f"{runs / 'base'}", "--csv", "da", f"{folder}")
    assert text.startswith(f"tables: {folder.as_posix()} (contents.csv, costs.csv, ")
    assert (folder / "whereabouts.csv").read_bytes().startswith(b"\xef\xbb\xbfwhat;")
    assert not (tmp_path / "results").exists()
    with pytest.raises(UsageError, match="csv: 'de' does not exist; there are en, da"):
        sim.write_tables(runs / "base", out=folder, form="de")


def test_pictures_for_slides(runs: Path, tmp_path: Path) -> None:
    named = [f"{runs / 'pilot'}", f"{runs / 'base'}", "--language", "da"]
    text = invoked("report", *named, "--png", f"{tmp_path / 'png'}", "--svg", f"{tmp_path / 'svg'}")
    png, svg = ({path.stem: path.read_bytes() for path in (tmp_path / form).iterdir()} for form in ("png", "svg"))
    assert png.keys() == svg.keys() >= {"whereabouts", "differences_a", "ways", "reached", "over_time", "hours"}
    assert all(drawn.startswith(b"\x89PNG\r\n") for drawn in png.values())
    for name, drawn in svg.items():
        assert drawn.startswith(b"<svg "), name
        assert b"<script" not in drawn
    assert "minus base" in svg["differences_a"].decode("utf-8")
    folder = (tmp_path / "png").as_posix()
    assert text.startswith(f"pictures: {folder} (whereabouts.png, differences_a.png, ways.png, ")
    assert not (Path("results") / "report").exists()
    invoked("report", *named, "--svg", f"{tmp_path / 'again'}")
    assert {path.stem: path.read_bytes() for path in (tmp_path / "again").iterdir()} == svg


def test_plots_of_a_notebook(runs: Path) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("agg")
    from matplotlib import pyplot

    result = sim.Result(runs / "pilot")
    shown = result.plot("reached", language="da")
    assert pyplot.gcf() is shown[0].figure  # A notebook shows the figures of pyplot.
    found = sim.compare(runs / "pilot", runs / "base")
    axes = found.plot()
    assert len(axes) == len(pyplot.gcf().axes) > 1
    assert pyplot.gcf().texts[0].get_text().startswith("What differs")
    pyplot.close("all")
    with pytest.raises(UsageError, match="there is no picture 'diferences'; did you mean differences"):
        found.plot("diferences")
    with pytest.raises(UsageError, match="form: 'gif' is none of png, svg"):
        sim.write_pictures(runs / "base", out=runs / "slides", form="gif")
