"""The ledger of a workbook is our ledger, and stays so when prices are changed and it is recomputed."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import sim
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.figures import PAYBACK
from sim.report.language import ENGLISH
from sim.report.ledger_words import line_label
from tests.analysis.ledger.small import make_runs
from tests.report.workbook.reading import DIGITS, NEEDS_LIBREOFFICE, number, opened, price_cell, recomputed, table

KRONE = 0.5
"""To the krone."""


class Change(NamedTuple):
    """Prices that are changed in the workbook, by key, and the same as the table [money] of a file."""

    cells: Mapping[str, float | str]
    money: str


CHANGES = {
    "posts": Change(
        {"money.staff.coordinator_kr_per_year": 612_345}, "money.staff.coordinator_kr_per_year = 612_345"
    ),
    "filled_discounted": Change(
        {"money.staff.counted_by": "filled", "money.discount_rate": 0.02},
        'money.staff.counted_by = "filled"\nmoney.discount_rate = 0.02',
    ),
    "benefits": Change(
        {
            "money.benefits.cash_benefit.refund_ladder.kr_per_month": 13_500,
            "money.benefits.cash_benefit.refund_ladder.state_share from week 26": 0.5,
        },
        "money.benefits.cash_benefit = { refund_ladder = { kr_per_month = 13_500, "
        "state_share = [0.8, 0.4, 0.5, 0.2] } }",
    ),
    "exits": Change(
        {
            "money.destinations.pension.counts_as": "neutral",
            "money.destinations.job.counts_as": "cost",
            "money.destinations.job.kr_per_year": 20_000,
            "money.destinations.job.state_share": 0.25,
        },
        'money.destinations.pension = { counts_as = "neutral" }\n'
        'money.destinations.job = { counts_as = "cost", kr_per_year = 20_000, state_share = 0.25 }',
    ),
}


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_runs(tmp_path_factory.mktemp("workbook"))


@pytest.fixture(scope="module")
def book(runs: Path) -> Path:
    return sim.write_workbook(runs / "pilot", runs / "base", out=runs / "book.xlsx")


def assert_is(path: Path, ledger: Ledger) -> None:
    """The workbook shows this ledger: business case with its intervals, and every line by year."""
    sheet = opened(path, values=True)["Ledger"]
    cases = {row["business case, present values"]: row for row in table(sheet, "business case, present values")}
    computed = [one for one in ledger.figures if one.unit == "kr" and ", " not in one.name]
    assert len(computed) == 5
    for figure in (*computed, *(one for one in ledger.figures if one.unit == "weeks per treated citizen")):
        found = [number(cases[figure.name][name]) for name in ("mean", "95 % interval: from", "to")]
        expected = [figure.value, figure.ci95_low, figure.ci95_high]
        assert found == pytest.approx(expected, abs=KRONE if figure.unit == "kr" else 1e-6, nan_ok=True), figure
    assert next(row["mean"] for name, row in cases.items() if name.startswith("check")) == 0
    spans = [j for j, span in enumerate(ledger.spans) if span.kind == "year"]
    rows = table(sheet, "section")
    expected_lines: dict[tuple[str, str, str], list[float]] = {}
    for i, line in enumerate(ledger.line_names):
        if line.unit == "kr":
            name = line_label(line, ENGLISH)
            name = name.rpartition(" (")[0] if line.section == "after the exit" else name
            values = [*ledger.intervals.difference[i, spans], *ledger.intervals.difference[i, [0, 1]]]
            expected_lines[line.section, name, line.payer] = [float(value) for value in values]
    assert len(expected_lines) > 20
    shown = {}
    for row in rows:
        values = [row[f"difference {ledger.spans[j].name}"] for j in spans]
        values += [row["difference in all"], row["difference, present value"]]
        shown[row["section"], row["line"], row["payer"]] = [number(value) for value in values]
    for key, values in expected_lines.items():
        assert shown[key] == pytest.approx(values, abs=KRONE), key


def test_cached_values_are_the_ledger(book: Path, runs: Path) -> None:
    assert_is(book, sim.ledger(runs / "pilot", runs / "base"))


def test_full_time_and_person_years_are_the_tables(book: Path, runs: Path) -> None:
    ledger = sim.ledger(runs / "pilot", runs / "base")
    rows = table(opened(book, values=True)["Ledger"], "full-time and person-years")
    lines = [i for i, line in enumerate(ledger.line_names) if line.unit == "years"]
    assert len(rows) == len(lines)
    for row, i in zip(rows, lines, strict=True):
        found = [number(row[name]) for name in ("difference in all", "95 % interval: from", "to")]
        of = ledger.intervals
        assert found == pytest.approx(
            [of.difference[i, 0], of.ci95_low[i, 0], of.ci95_high[i, 0]], abs=0, rel=DIGITS, nan_ok=True
        )


def changed(book: Path, change: Change, path: Path) -> Path:
    """Save the workbook with other prices, as somebody would who types them in."""
    made = opened(book)
    for key, value in change.cells.items():
        price_cell(made, key, "base").value = value
    path.parent.mkdir(exist_ok=True)
    made.save(path)
    return path


def ledger_at(runs: Path, change: Change, folder: Path) -> Ledger:
    """The program's own ledger at these prices."""
    prices = folder / "prices.toml"
    prices.write_text(change.money, encoding="utf-8")
    return sim.ledger(runs / "pilot", runs / "base", money=prices)


@NEEDS_LIBREOFFICE
def test_changed_prices_give_the_ledger_of_these_prices(book: Path, runs: Path, tmp_path: Path) -> None:
    """All changes at once; and what only the program can compute is gone."""
    every = Change(
        {key: value for one in CHANGES.values() for key, value in one.cells.items()},
        "\n".join(one.money for one in CHANGES.values()),
    )
    (file,) = recomputed([changed(book, every, tmp_path / "in" / "all.xlsx")], tmp_path)
    assert_is(file, ledger_at(runs, every, tmp_path))
    rows = table(opened(file, values=True)["Ledger"], "business case, present values")
    payback = next(row for row in rows if row["business case, present values"] == PAYBACK)
    assert payback["mean"] == "prices changed: see sim ledger"
    prices = opened(file, values=True)["Prices"]
    # Each baseline's cell, and the variant's that follows it.
    count = next(row[2].value for row in prices.iter_rows() if row[0].value == "prices changed since")
    assert count == 2 * len(every.cells)


@pytest.mark.long
@NEEDS_LIBREOFFICE
def test_each_changed_price_gives_its_ledger(book: Path, runs: Path, tmp_path: Path) -> None:
    files = [changed(book, change, tmp_path / "in" / f"{name}.xlsx") for name, change in CHANGES.items()]
    for file, change in zip(recomputed(files, tmp_path), CHANGES.values(), strict=True):
        assert_is(file, ledger_at(runs, change, tmp_path))


def test_a_price_of_the_baseline_holds_for_the_variant_until_it_is_overwritten(book: Path) -> None:
    formulas = opened(book)
    key = "money.staff.coordinator_kr_per_year"
    base, pilot = (price_cell(formulas, key, run) for run in ("base", "pilot"))
    assert base.value == 530_000
    assert pilot.value == f"={base.coordinate}"
    budget = "money.budget.evaluation.kr_per_year (evaluation, municipality)"
    assert [price_cell(formulas, budget, run).value for run in ("base", "pilot")] == [0, 50_000]


def test_no_ledger_without_prices(runs: Path, tmp_path: Path) -> None:
    for name in ("base", "pilot"):
        text = (runs / f"{name}.toml").read_text(encoding="utf-8").partition("[money]")[0]
        text = "\n".join(line for line in text.splitlines() if not line.startswith("money."))
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
        sim.run(tmp_path / f"{name}.toml", out=tmp_path / name, replications=2)
    path = sim.write_workbook(tmp_path / "pilot", tmp_path / "base", out=tmp_path / "book.xlsx")
    names = opened(path).sheetnames
    assert "Key figures" in names
    assert not {"Ledger", "Prices", "Quantities", "Pairs"}.intersection(names)
