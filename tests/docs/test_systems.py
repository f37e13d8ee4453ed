"""Pages with tables from runs: every table is of runs that the page's commands make, and is filled."""

import re
from pathlib import Path

import pytest

import sim
from docs.fill_systems import KINDS, PAGES, SYSTEMS, TABLE, filled
from docs.filling.cells import Runs
from docs.filling.departments import departments, desks, used
from docs.filling.money import ledger, nets, persons
from docs.reference.shipped import CONFIGS, EXPERIMENTS, SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS
from sim.analysis.ledger.persons import LABELS, Change

SYSTEM_PAGES = [page for page in sorted(SYSTEMS.glob("*.md")) if page.stem != "index"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_are_filled_from_runs_that_the_page_names(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:configs|experiments)/(\w+)\.toml", text))
    assert all(any((folder / f"{name}.toml").is_file() for folder in (CONFIGS, EXPERIMENTS)) for name in named)
    found = TABLE.findall(text)
    assert len(found) == text.count("<!-- table") == text.count("<!-- end -->")
    assert found
    shipped = {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
    for _, kind, parts, body, _ in found:
        assert kind in KINDS
        assert body.count("\n| ") >= 4  # a head, its line, and two rows
        runs = {word.partition("/")[0] for word in re.split(r"[\s|]+", parts)} & shipped
        assert runs
        assert runs <= named


@pytest.mark.parametrize("page", SYSTEM_PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_must(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for heading in ("The answer", "Money", "The bottleneck", "What is assumed", "What would change the sign"):
        assert text.count(f"\n## {heading}\n\n") == 1
    assert "**The question**" in text


def test_every_page_of_a_system_is_in_the_index_and_has_tables() -> None:
    index = (SYSTEMS / "index.md").read_text(encoding="utf-8")
    assert SYSTEM_PAGES
    assert set(SYSTEM_PAGES) <= set(PAGES)
    assert all(f"({page.name})" in index for page in SYSTEM_PAGES)


def test_commands_of_the_index_name_what_is_shipped_and_what_has_been_run() -> None:
    """Each row runs what it then asks about."""
    rows = [line for line in (SYSTEMS / "index.md").read_text(encoding="utf-8").splitlines() if "`sim " in line]
    rows = [row for row in rows if row.startswith("| ")]
    assert len(rows) > 10
    for row in rows:
        run, ask = re.findall(r"`(sim (?:run|sweep) [^`]*)`<br>`(sim compare [^`]*)`", row)[0]
        made = re.findall(r"(?:configs|experiments)/(\w+)\.toml", run)
        assert set(made) <= {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
        assert set(re.findall(r"results/(\w+)", ask)) == set(made)


def test_without_its_runs_a_page_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SYSTEM_PAGES[0].read_text(encoding="utf-8")
    assert filled(text, Runs(tmp_path)) == text
    assert "kept as it is: " in capsys.readouterr().out


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Three short replications of a small system and of its baseline."""
    directory = tmp_path_factory.mktemp("filling")
    short = {"run.warm_up_weeks": 13, "run.horizon_weeks": 107}
    for name in ("silkeborg", "silkeborg_40"):
        loaded = sim.load(CONFIGS / f"{name}.toml", short)
        sim.run(loaded, replications=3, out=directory / name, workers=1)
    return Runs(directory)


def number_of(cell: str) -> int:
    return int(cell.split(" (", maxsplit=1)[0].replace(",", ""))


def test_net_costs_are_those_of_the_business_case_and_displacement_costs_more(runs: Runs) -> None:
    _, rows = nets(runs, "silkeborg", "silkeborg_40")
    shown = {row[0]: number_of(row[1]) for row in rows}
    case = ledger(runs, "silkeborg_40", "silkeborg").business_case.set_index("figure").value
    assert shown["as above"] == round(case["net cost to the municipality"] / 1000)
    outside = ledger(runs, "silkeborg_40", "silkeborg", "all_exits_save").business_case.set_index("figure").value
    assert shown["every exit saves (a view from outside)"] == round(outside["net cost to the municipality"] / 1000)
    jobs = ledger(runs, "silkeborg_40", "silkeborg").lines.query(
        "line == 'after exit: job' and period_kind == 'total'"
    )
    more_jobs = float(jobs.difference.iloc[0]) > 0
    assert (shown["half of the jobs taken from somebody else"] > shown["as above"]) == more_jobs
    both = shown["fleksjob and pension at the law's rates: municipality"] + shown["the same: state"]
    assert both == pytest.approx(shown["the same: both"], abs=1)


def test_persons_together_are_the_saving(runs: Runs) -> None:
    """Who leaves alike is left out of the table, and costs both worlds nearly the same."""
    _, rows = persons(runs, "silkeborg", "silkeborg_40")
    made = ledger(runs, "silkeborg_40", "silkeborg")
    total = made.lines.query("section == 'total' and period_kind == 'total' and payer == 'municipality'")
    differences = total.set_index("line").difference
    saving = differences["in all"] - differences["staff, evaluation, programmes, other"]
    of_persons = made.by_person.query("unit == 'kr' and payer == 'municipality' and period_kind == 'total'")
    assert of_persons.difference.sum() == pytest.approx(saving)
    alike = of_persons[of_persons.line == LABELS[Change.ALIKE]].difference.iloc[0]
    assert sum(number_of(row[2]) for row in rows) == pytest.approx((saving - alike) / 1000, abs=3)


def test_hours_in_use_are_those_of_the_table(runs: Runs) -> None:
    """Of 40 citizens each hours are left over, of 161 none; a year of which only days are seen has no row."""
    _, rows = used(runs, "silkeborg silkeborg_40", "coordinator")
    shown = {row[0]: [float(cell.split(" (", maxsplit=1)[0]) for cell in row[1:]] for row in rows}
    assert list(shown) == ["2016", "2017"]
    of_baseline = runs["silkeborg"].coordinators.query("role == 'coordinator'")
    assert shown["2016"][0] == shown["2017"][0] == 100.0
    assert of_baseline.hours_available.sum() > 0
    assert max(values[1] for values in shown.values()) < 100.0


def test_the_roll_out_of_a_department_is_seen_in_it(runs: Runs) -> None:
    _, rows = departments(runs, "silkeborg", "silkeborg_40", "timely_share")
    cells = [list(row) for row in rows]
    assert [row[1] for row in cells] == ["all", "`silkeborg`"]
    assert cells[0][2:] == cells[1][2:]  # The only department is the whole centre.
    _, years = desks(runs, "silkeborg", "silkeborg_40", "hours_extra_meeting", "silkeborg")
    assert all(number_of(row[2]) > 0 for row in years)
