"""What a notebook shows: tables with labels and intervals, a bar, errors of one line."""

import re
from html import unescape
from pathlib import Path

import pytest

import sim
from sim.report.notebook import page_html
from sim.report.view import Column, Interval, Number, Page, View, figure


def rows_of(html: str) -> list[list[str]]:
    """Texts of the cells of all tables."""
    rows = re.findall(r"<tr.*?</tr>", html, re.DOTALL)
    return [[unescape(re.sub("<.*?>", "", cell)) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]


def test_texts_of_others_stay_texts_and_figures_stand_to_the_right() -> None:
    view = View(
        "<b>A & B",
        (Column("key figure"), figure("mean"), figure("95 % interval")),
        (("<script>alert(1)</script>", Number(1234.5, 1), Interval(1.0, 2.0, 0)), ("\x1b[2J", Number(0.0, 1), "-")),
        frozenset({0}),
    )
    html = page_html(Page((view,), above=("a < b",), notes=("two\nlines",), look=("<i>",)), "in <here>")
    assert "<script" not in html
    assert "\x1b" not in html
    assert rows_of(html) == [
        ["key figure", "mean", "95 % interval"],
        ["<script>alert(1)</script>", "1,234.5", "1 to 2"],
        ["\\x1b[2J", "0.0", "-"],
    ]
    assert re.findall(r"text-align:(\w+)", html.partition("<thead>")[2]) == ["left", "right", "right"] * 3
    assert html.count("border-bottom") == 1
    escaped = (
        "<p>a &lt; b</p>",
        "note: two<br>lines",
        "<li>&lt;i&gt;</li>",
        "in &lt;here&gt;",
        "&lt;b&gt;A &amp; B",
    )
    assert [text for text in escaped if text not in html] == []


def test_results_are_tables_with_labels_and_intervals(directories: dict[str, Path]) -> None:
    few, many = (sim.api.result.Result(path) for path in directories.values())
    compared, priced = sim.compare(few, many), sim.ledger(few, many)
    expected = (
        (few, "starting citizens: job", "citizens on a full-time coordinator's own list"),
        (compared, "starting citizens: job", "meetings held in time"),
        (priced, "net cost to the municipality", "break-even saving"),
    )
    for result, *labels in expected:
        shown = result._repr_html_()
        rows = rows_of(shown)
        assert "95 % interval" in rows[0]
        for label in labels:
            (row, *_) = [row for row in rows if row[0] == label]
            assert any(re.search(r"\d to [+-]?\d", cell) for cell in row), row
    assert f"Result in {few.path.as_posix()}" in few._repr_html_()


def test_a_result_whose_files_are_gone_says_where_it_was(tmp_path: Path) -> None:
    gone = sim.api.result.Result(tmp_path / "gone")
    assert gone._repr_html_() == f"<p><small>Result in {(tmp_path / 'gone').as_posix()}</small></p>"


def test_a_replay_lists_whom_to_follow(directories: dict[str, Path]) -> None:
    shown = sim.replay(directories["130_per_worker"], 1)._repr_html_()
    assert rows_of(shown)[0][:2] == ["why", "citizen"]
    assert "Replay of replication 1 of " in shown
    assert "--citizen" not in shown


def test_a_sweep_shows_its_points(tmp_path: Path) -> None:
    base = (Path(__file__).parents[2] / "configs" / "130_per_worker.toml").as_posix()
    (tmp_path / "two.toml").write_text(
        f'[experiment]\nquestion = "?"\nbase = "{base}"\nreplications = 2\nseed = 1\ntables = []\n'
        '[factors."changes.trial.staffing.citizens_per_coordinator"]\nvalues = [50, 130]\n',
        encoding="utf-8",
    )
    shown = sim.sweep(tmp_path / "two.toml", out=tmp_path / "two")._repr_html_()
    assert {"50", "130"} <= {cell for row in rows_of(shown) for cell in row}
    assert f"SweepResult in {(tmp_path / 'two').as_posix()}" in shown


@pytest.mark.long
def test_a_real_notebook_shows_a_bar_a_table_a_picture_and_an_error_of_one_line(tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="nbclient and ipykernel of the extra test are not installed")
    nbclient = pytest.importorskip("nbclient", reason="nbclient and ipykernel of the extra test are not installed")
    pytest.importorskip("ipykernel", reason="nbclient and ipykernel of the extra test are not installed")
    config = (Path(__file__).parents[2] / "configs" / "130_per_worker.toml").as_posix()
    cells = (
        f"import sim\nmany = sim.run({config!r}, replications=3)",
        "many",
        "axes = many.plot('hours')",
        f"sim.run({config!r}, replications=0)",
    )
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    client = nbclient.NotebookClient(
        notebook, timeout=300, kernel_name="python3", allow_errors=True, resources={"metadata": {"path": tmp_path}}
    )
    client.execute()
    ran, shown, drawn, failed = (cell.outputs for cell in notebook.cells)
    assert '<progress value="3" max="3"></progress>' in ran[-1].data["text/html"]
    assert "95 % interval" in rows_of(shown[0].data["text/html"])[0]
    assert any("image/png" in output.get("data", {}) for output in drawn)
    (error,) = failed
    assert error.traceback == ["UsageError: replications: must be between 1 and 1000000; it is 0"]
