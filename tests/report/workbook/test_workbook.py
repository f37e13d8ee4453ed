"""The workbook of runs: its figures are those of the tables, in both languages, the same bytes every time."""

from pathlib import Path

import pandas as pd
import pytest

import sim
from sim.errors import UsageError
from sim.report.language import DANISH, ENGLISH
from tests.analysis.ledger.small import make_runs
from tests.report.workbook.reading import DIGITS, Row, every_cell, number, opened, table


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("workbook"))


@pytest.fixture(scope="module")
def book(runs: Path) -> Path:
    return sim.write_workbook(runs / "pilot", runs / "base", out=runs / "book.xlsx")


@pytest.fixture(scope="module")
def compared(runs: Path) -> sim.Comparison:
    return sim.compare(runs / "pilot", runs / "base")


def same(found: list[object], expected: list[object]) -> None:
    figures = [number(value) for value in found]
    assert figures == pytest.approx([float(str(value)) for value in expected], rel=DIGITS, abs=0, nan_ok=True)


def in_order(row: Row) -> list[object]:
    """Cells from left to right."""
    return [value for key, value in row.items() if "#" in key]


def test_the_same_results_give_the_same_bytes(runs: Path, book: Path) -> None:
    again = sim.write_workbook(runs / "pilot", runs / "base", out=runs / "again.xlsx")
    assert again.read_bytes() == book.read_bytes()


def test_key_figures_are_the_summaries(runs: Path, book: Path) -> None:
    rows = table(opened(book)["Key figures"], "key figure")
    summaries = [sim.api.result.Result(runs / name).summary.set_index("kpi") for name in ("base", "pilot")]
    assert {row["name in the files"] for row in rows} <= set(summaries[0].index)
    assert len(rows) > 25
    for row in rows:
        cells = in_order(row)
        for place, summary in zip((2, 8), summaries, strict=True):
            of = summary.loc[row["name in the files"]]
            expected = [of["mean"], of["ci95_low"], of["ci95_high"], of["sd"], of["replications"]]
            same(cells[place : place + 5], expected)


def test_differences_are_those_of_the_comparison(book: Path, compared: sim.Comparison) -> None:
    rows = table(opened(book)["Differences"], "key figure")
    frame = compared.differences.set_index("kpi")
    assert len(rows) == (frame["replications"] > 0).sum()
    for row in rows:
        of = frame.loc[row["name in the files"]]
        names = ["variant: mean", "baseline: mean", "difference", "95 % interval: from", "to", "correlation"]
        columns = ["mean", "baseline_mean", "difference", "ci95_low", "ci95_high", "correlation"]
        same([row[name] for name in names], list(of[columns]))


def test_periods_are_those_of_the_comparison(book: Path, compared: sim.Comparison) -> None:
    rows = table(opened(book)["By year and group"], "figure")
    frame = compared.periods
    frame = frame[frame["replications"] > 0]
    assert len(rows) == len(frame)
    year = frame[(frame["measure"] == "entries") & (frame["period"] == "2019") & (frame["group"] == "(all)")].iloc[0]
    (row,) = (r for r in rows if (r["figure"], r["period"], r["group"]) == ("new citizens", "2019", "(all)"))
    same([row["variant: mean"], row["difference"]], [year["mean"], year["difference"]])


def test_weeks_are_means_of_the_weekly_table(runs: Path, book: Path) -> None:
    rows = table(opened(book)["Weeks"], "week")
    weekly = sim.api.result.Result(runs / "pilot").weekly
    of_week = weekly[weekly["week"] == 52]
    per_replication = of_week.groupby("replication")[["stock", "waiting_team"]].sum()
    (row,) = (row for row in rows if (row["run"], row["week"]) == ("pilot", 52))
    assert row["ends on"].date() == pd.Timestamp("2018-12-30").date()
    means = per_replication.mean()
    found = [row["citizens with the centre"], row["waiting for the rehabilitation team"]]
    assert found == pytest.approx([means["stock"], means["waiting_team"]], rel=1e-12)


def test_hours_are_those_of_the_coordinators_table(runs: Path, book: Path) -> None:
    rows = table(opened(book)["Hours"], "kind of work")
    posts = sim.api.result.Result(runs / "base").coordinators
    of_base = {row["kind of work"]: row["hours a week"] for row in rows if row["run"] == "base"}
    assert of_base["hours there"] == pytest.approx(posts["hours_available"].sum() / 6 / 130, rel=1e-12)
    assert sum(of_base.values()) == pytest.approx(2 * of_base["hours there"], rel=1e-12)


def test_shares_reached_are_those_of_the_incidence_tables(runs: Path, book: Path, compared: sim.Comparison) -> None:
    rows = table(opened(book)["Reached"], "since")
    (row,) = (
        row
        for row in rows
        if (row["since"], row["reached"], row["within weeks"]) == ("the start (starting citizens)", "job", 52)
        and (row["group"], row["department"]) == ("(all)", "(all)")
    )
    where = (
        "group == '(all)' and department == '(all)' and since == 'start' and event == 'job' and within_weeks == 52"
    )
    base, pilot = (
        sim.api.result.Result(runs / name).incidence_summary.query(where).iloc[0] for name in ("base", "pilot")
    )
    difference = compared.incidence.query(where).iloc[0]
    statistics = ["mean", "ci95_low", "ci95_high"]
    expected = [*base[statistics], *pilot[statistics], *difference[["difference", "ci95_low", "ci95_high"]]]
    same(in_order(row)[5:], expected)


def test_assumptions_are_the_effective_config(runs: Path, book: Path) -> None:
    rows = {row["key"]: row for row in table(opened(book)["Assumptions"], "key")}
    assert rows["staffing.net_hours_per_week"]["base"] == 30
    assert rows["population.stock"]["where from"] == "stated"
    assert rows["assignment.coordinator"]["where from"] == "default"
    assert rows["population.stock"]["meaning"]
    assert rows["money.budget.evaluation.kr_per_year"]["pilot"] == 50_000
    assert rows["money.budget.evaluation.kr_per_year"]["base"] == "–"
    assert [key for key, row in rows.items() if row["differs"] == "yes"] == [
        key for key in rows if key.startswith(("staffing.changes", "money.budget"))
    ]
    commands = table(opened(book)["Reproduce"], "what")
    assert {row["value"] for row in commands if row["what"] == "seed"} == {"5"}


def test_every_sheet_is_linked_from_the_cover(book: Path) -> None:
    read = opened(book)
    cover, *others = read.sheetnames
    links = [cell.hyperlink.location for row in read[cover].iter_rows() for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in others]


def test_danish_has_the_same_figures_and_danish_words(runs: Path, book: Path) -> None:
    danish = sim.write_workbook(runs / "pilot", runs / "base", out=runs / "dansk.xlsx", language="da")
    assert opened(danish).sheetnames == [
        "Forside", "Nøgletal", "Diagrammer", "Forskelle", "År og gruppe", "Regnskab", "Priser", "Mængder", "Par",
        "Uger", "Timer", "Nået", "Forudsætninger", "Gentag",
    ]  # fmt: skip
    figures = [[cell.value for cell in every_cell(path) if isinstance(cell.value, float)] for path in (danish, book)]
    assert figures[0] == figures[1]
    assert len(figures[0]) > 1000
    texts = {cell.value for cell in every_cell(danish) if isinstance(cell.value, str)}
    assert DANISH.say("Key figures") in texts
    assert ENGLISH.say("key figure") not in texts


def test_one_run_alone_has_no_differences_and_no_ledger(runs: Path) -> None:
    path = sim.write_workbook(runs / "base", out=runs / "alone.xlsx")
    names = opened(path).sheetnames
    assert names == ["Cover", "Key figures", "Charts", "Weeks", "Hours", "Reached", "Assumptions", "Reproduce"]


def test_several_variants_share_one_sheet_of_prices(runs: Path) -> None:
    sim.run(runs / "base.toml", out=runs / "third", overrides={"staffing.net_hours_per_week": 25.0})
    path = sim.write_workbook(
        runs / "pilot", runs / "third", runs / "base", out=runs / "three.xlsx", baseline="base"
    )
    names = opened(path).sheetnames
    assert [name for name in names if name.startswith(("Ledger", "Prices", "Quantities", "Pairs"))] == [
        "Ledger pilot", "Ledger third", "Prices", "Quantities pilot", "Pairs pilot", "Quantities third",
        "Pairs third",
    ]  # fmt: skip


def test_a_run_without_tables_has_key_figures(runs: Path) -> None:
    sim.run(runs / "base.toml", out=runs / "bare", tables=[])
    names = opened(sim.write_workbook(runs / "bare", out=runs / "bare.xlsx")).sheetnames
    assert names == ["Cover", "Key figures", "Charts", "Assumptions", "Reproduce"]


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({"language": "de"}, "language: 'de' is none of en, da"),
        ({"money": "prices.toml"}, "--money: prices are for a ledger, which needs a second run to compare with"),
    ],
)
def test_refusals(runs: Path, given: dict[str, str], text: str) -> None:
    with pytest.raises(UsageError) as error:
        sim.write_workbook(runs / "base", out=runs / "no.xlsx", **given)
    assert str(error.value) == text
    assert not (runs / "no.xlsx").exists()
