"""Ledgers of real runs: identities, antisymmetry, agreement with the tables, and everything that is refused."""

import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.figures import PAYBACK
from sim.analysis.summary import summarise
from sim.config import load
from sim.config.canonical import config_hash
from sim.errors import ConfigError, SimError, UsageError
from sim.report.terminal import print_ledgers
from sim.store.run import open_runs
from tests.analysis.ledger.small import CONFIG, make_runs
from tests.batch.tiny import flip


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = make_runs(tmp_path_factory.mktemp("ledger"))
    sim.run(folder / "base.toml", out=folder / "again")
    return folder


@pytest.fixture(scope="module")
def ledger(runs: Path) -> Ledger:
    return sim.ledger(runs / "pilot", runs / "base")


def pick(lines: pd.DataFrame, line: str, payer: str | None = None, kind: str = "total") -> pd.Series:
    chosen = lines[(lines["line"] == line) & (lines["period_kind"] == kind)]
    if payer is not None:
        chosen = chosen[chosen["payer"] == payer]
    assert len(chosen) == 1
    return chosen.iloc[0]


def test_quarters_sum_to_years_and_years_to_the_total(ledger: Ledger) -> None:
    of = ledger.intervals.difference
    kinds = np.array([period.kind for period in ledger.spans])
    years = np.array([period.name[:4] for period in ledger.spans])
    assert list(dict.fromkeys(years[kinds == "year"])) == ["2018", "2019", "2020"]
    for year in ("2018", "2019", "2020"):
        quarters = of[:, (kinds == "quarter") & (years == year)].sum(axis=1)
        assert quarters == pytest.approx(of[:, (kinds == "year") & (years == year)][:, 0], abs=1e-6)
    assert of[:, kinds == "year"].sum(axis=1) == pytest.approx(of[:, 0], abs=1e-6)
    factors = 1.04 ** -np.arange(3.0)
    assert (of[:, kinds == "year"] * factors).sum(axis=1) == pytest.approx(of[:, 1], abs=1e-6)


def test_the_ledger_is_antisymmetric(ledger: Ledger, runs: Path) -> None:
    other = sim.ledger(runs / "base", runs / "pilot")
    key = ["section", "line", "payer", "unit", "counted", "period_kind", "period"]
    a, b = (x.lines.set_index(key).sort_index() for x in (ledger, other))
    assert (a.index == b.index).all()
    assert a["difference"].to_numpy() == pytest.approx(-b["difference"].to_numpy(), abs=1e-6)
    assert a["ci95_low"].to_numpy() == pytest.approx(-b["ci95_high"].to_numpy(), abs=1e-6, nan_ok=True)
    assert a["mean"].to_numpy() == pytest.approx(b["baseline_mean"].to_numpy(), abs=1e-6)
    net = "net cost to both"
    mine, theirs = (x.business_case.set_index("figure")["value"][net] for x in (ledger, other))
    assert mine == pytest.approx(-theirs)


def test_lines_that_count_sum_to_what_each_pays(ledger: Ledger) -> None:
    table = ledger.lines[ledger.lines["counted"]]
    for payer in ("municipality", "state"):
        own = table[table["payer"] == payer]
        for period in ledger.spans:
            kind, name = period
            total = own[(own["period_kind"] == kind) & (own["period"] == name)]["difference"].sum()
            rows = ledger.lines[(ledger.lines["section"] == "total") & (ledger.lines["line"] == "in all")]
            row = rows[(rows["payer"] == payer) & (rows["period_kind"] == kind) & (rows["period"] == name)]
            assert total == pytest.approx(row["difference"].iloc[0], abs=1e-6)


def test_person_years_and_their_intervals_are_those_of_the_citizens_table(ledger: Ledger, runs: Path) -> None:
    """An independent count in pandas: weeks with the centre, and after an exit to a job, by replication."""
    with_centre, after_job = [], []
    for name in ("pilot", "base"):
        c = pd.read_parquet(runs / name / "citizens")
        until = c["exit_weeks"].fillna(130.0)
        c["years"] = (until - c["arrival_weeks"].clip(lower=0.0)) * 7 / 365
        c["job"] = (130.0 - c["exit_weeks"]).where(c["destination"] == "job", 0.0) * 7 / 365
        with_centre.append(c.groupby("replication")["years"].sum())
        after_job.append(c.groupby("replication")["job"].sum())
    # 2020 has 366 days, so its weeks are less of a year.
    for (a, b), names in (
        (with_centre, ("on cash_benefit", "on resource_course")),
        (after_job, ("after exit: job",)),
    ):
        rows = [ledger.lines[(ledger.lines["line"] == n) & (ledger.lines["period_kind"] == "year")] for n in names]
        leap = np.array([365, 365, 366]) / 365
        found = sum((row["difference"].to_numpy() * leap).sum() for row in rows)
        assert found == pytest.approx(float((a - b).mean()))
    s = summarise((after_job[0] - after_job[1]).to_numpy())
    row = pick(ledger.lines, "after exit: job")
    width = (row["ci95_high"] - row["ci95_low"]) / (s.ci95_high - s.ci95_low)
    assert width == pytest.approx(1.0, abs=0.003)  # but for the leap year
    assert row["replications"] == 6


def test_people_change_scheme_and_come_back_in_these_runs(runs: Path) -> None:
    """So the identity above tells something about stages."""
    c = pd.read_parquet(runs / "base" / "citizens")
    back = c[c["resource_course_weeks"].notna() & (c["group_at_end"] == "ready")]
    assert len(back) > 50
    assert (back["scheme_weeks"] > back["resource_course_weeks"]).all()


def test_posts_and_evaluation(ledger: Ledger) -> None:
    assert pick(ledger.lines, "coordinators, posts", "municipality")["difference"] == pytest.approx(2 * 530_000)
    assert pick(ledger.lines, "budget: evaluation")["difference"] == 50_000
    extra = pick(ledger.lines, "staff, evaluation, programmes, other")
    assert extra["difference"] == pytest.approx(1_110_000)
    assert np.isnan(extra["ci95_low"])  # The same in every replication.
    filled = pick(ledger.lines, "coordinators, filled", "municipality")
    assert filled["difference"] == pytest.approx(2 * 530_000, rel=1e-2)  # no vacancies here
    assert not filled["counted"]


def test_treated_are_the_citizens_of_the_department_while_its_posts_differ(ledger: Ledger, runs: Path) -> None:
    c = pd.read_parquet(runs / "base" / "citizens")
    there = (c["department"] == "one") & (c["arrival_weeks"] < 365 / 7) & ~(c["exit_weeks"] <= 0)
    treated = c[there].groupby("replication").size()
    row = ledger.business_case.set_index("figure")
    weeks = pd.read_parquet(runs / "base" / "citizens", columns=["replication"]).groupby("replication").size() * 0
    for name, sign in (("base", 1), ("pilot", -1)):
        x = pd.read_parquet(runs / name / "citizens")
        x["weeks"] = x["exit_weeks"].fillna(130.0) - x["arrival_weeks"].clip(lower=0.0)
        weeks = weeks + sign * x.groupby("replication")["weeks"].sum()
    assert row["value"]["fewer weeks on benefit"] == pytest.approx(float((weeks / treated).mean()))


def test_replications_without_citizens_and_without_coordinators(runs: Path) -> None:
    """No stock, an entry now and then, and no posts: what there is counts, and replications stay pairs."""
    text = CONFIG.replace("stock = 60", "stock = 0").replace("inflow_per_week = 0.8", "inflow_per_week = 0.005")
    text = text.replace("coordinators = 1", "coordinators = 0")
    (runs / "empty.toml").write_text(text, encoding="utf-8")
    sim.run(runs / "empty.toml", out=runs / "empty")
    citizens = pd.read_parquet(runs / "empty" / "citizens")
    assert 0 < citizens["replication"].nunique() < 6
    assert len(pd.read_parquet(runs / "empty" / "coordinators")) == 0
    empty, base = runs / "empty", runs / "base"
    for made, mean in ((sim.ledger(empty, base), "mean"), (sim.ledger(base, empty), "baseline_mean")):
        assert made.replications == 6
        for line in ("coordinators, posts", "coordinators, filled"):
            row = pick(made.lines, line, "municipality")
            assert (row["replications"], row[mean]) == (6, 0.0)
        years = made.lines[made.lines["line"].str.startswith("on ") & (made.lines["period_kind"] == "year")]
        days = {"2018": 365, "2019": 365, "2020": 366}
        weeks = (citizens["exit_weeks"].fillna(130.0) - citizens["entry_weeks"]).sum() / 6
        assert (years[mean] * years["period"].map(days)).sum() / 7 == pytest.approx(weeks)


def test_a_run_against_itself_differs_in_nothing(runs: Path) -> None:
    same = sim.ledger(runs / "again", runs / "base")
    assert (same.lines["difference"] == 0).all()
    assert same.lines[["ci95_low", "ci95_high"]].isna().all(axis=None)
    figures = same.business_case.set_index("figure")
    assert np.isnan(figures["value"]["break-even saving"])
    assert np.isnan(figures["value"][PAYBACK])
    assert "no department's posts differ, so all citizens count as treated" in same.notes


def test_other_prices_at_analysis_time(runs: Path, ledger: Ledger) -> None:
    file = runs / "other.toml"
    file.write_text(
        "[money]\ndiscount_rate = 0.0\nstaff.coordinator_kr_per_year = 600_000\n"
        "benefits.cash_benefit = { flat = { kr_per_year = 115_000 } }\n",
        encoding="utf-8",
    )
    other = sim.ledger(runs / "pilot", runs / "base", money=file)
    assert other.discount_rate == 0.0
    assert pick(other.lines, "coordinators, posts", "municipality")["difference"] == pytest.approx(1_200_000)
    cash = pick(other.lines, "on cash_benefit")["difference"]
    assert pick(other.lines, "cash_benefit", "municipality")["difference"] == pytest.approx(115_000 * cash)
    for line, payer in (("cash_benefit", "state"), ("in all", "state"), ("in all", "both")):
        row = pick(other.lines, line, payer)
        assert row[["mean", "baseline_mean", "difference", "ci95_low", "ci95_high"]].isna().all()
        assert row["replications"] == 0
    case = other.business_case.set_index("figure")["value"]
    assert case[["net cost to the state", "net cost to both"]].isna().all()
    in_all = pick(other.lines, "in all", "municipality")["difference"]
    assert case["net cost to the municipality"] == pytest.approx(in_all)
    assert other.notes[-1] == (
        "what the state pays is not known: flat prices are net of its refund (cash_benefit); "
        "a refund_ladder tells it"
    )
    assert cash == pytest.approx(pick(ledger.lines, "on cash_benefit")["difference"])
    course = pick(ledger.lines, "resource_course", "municipality")["difference"]
    assert pick(other.lines, "resource_course", "municipality")["difference"] == course


def test_lines_alike_in_every_replication_are_not_printed(
    ledger: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    print_ledgers([ledger], sys.stdout, detail=True)
    printed = capsys.readouterr().out
    assert "company consultants" not in printed
    assert "(staff: coordinators, filled)" in printed


def test_money_is_no_part_of_what_a_run_is(runs: Path, tmp_path: Path) -> None:
    dear = tmp_path / "base.toml"
    dear.write_text(CONFIG.replace("530_000", "900_000").replace("0.04", "0.01"), encoding="utf-8")
    without = tmp_path / "without.toml"
    without.write_text(CONFIG[: CONFIG.index("[money]")], encoding="utf-8")
    hashes = {config_hash(load(file).config) for file in (runs / "base.toml", dear, without)}
    assert len(hashes) == 1
    before = (runs / "again" / "citizens" / "part-0000-00000000-00000005.parquet").stat().st_mtime_ns
    sim.run(dear, out=runs / "again")  # Accepted, and nothing is run again.
    after = (runs / "again" / "citizens" / "part-0000-00000000-00000005.parquet").stat().st_mtime_ns
    assert before == after
    priced = sim.ledger(runs / "pilot", runs / "again", money=runs / "base.toml")
    assert pick(priced.lines, "coordinators, posts", "municipality")["difference"] == pytest.approx(1_060_000)


def refused(*arguments: object, **options: object) -> str:
    with pytest.raises(SimError) as error:
        sim.ledger(*arguments, **options)  # type: ignore[arg-type]
    assert error.value.exit_code == 2
    return str(error.value)


def variant(runs: Path, name: str, old: str, new: str, **options: object) -> Path:
    """A run of the base with one text changed."""
    file = runs / f"{name}.toml"
    assert old in CONFIG
    file.write_text(CONFIG.replace(old, new), encoding="utf-8")
    sim.run(file, out=runs / name, replications=2, **options)  # type: ignore[arg-type]
    return runs / name


def test_refused_without_prices(runs: Path) -> None:
    bare = variant(runs, "bare", CONFIG[CONFIG.index("[money]") :], "")
    assert refused(bare, runs / "base") == (
        f"{bare.as_posix()}: its config has no table [money], so there are no prices; "
        "give a file that has one with --money FILE"
    )
    assert sim.ledger(bare, runs / "base", money=runs / "base.toml").replications == 2


def test_refused_with_other_price_levels(runs: Path) -> None:
    other = variant(runs, "level", "price_year = 2018", "price_year = 2019")
    assert refused(other, runs / "base") == (
        "money.price_year: 2019 in level, 2018 in base; it must be the same; "
        "a file that states it (--money FILE) wins over both"
    )


def test_refused_where_staff_is_counted_in_two_ways(runs: Path) -> None:
    """Posts in one and filled posts in the other would stand on two lines, each without its counterpart."""
    other = variant(
        runs,
        "counted",
        "coordinator_kr_per_year = 530_000",
        'coordinator_kr_per_year = 530_000, counted_by = "filled"',
    )
    assert refused(other, runs / "base") == (
        "money.staff.counted_by: filled in counted, posts in base; it must be the same; "
        "a file that states it (--money FILE) wins over both"
    )


def test_refused_where_a_change_acted_during_the_warm_up(runs: Path) -> None:
    """More exits before the start would be a saving whose cost nobody counts; from a date on, it is a ledger."""
    warm = variant(runs, "warm", "horizon_weeks = 130", "horizon_weeks = 10\nwarm_up_weeks = 20")
    for name, text in (
        ("own", "departments.one.coordinators = 3"),
        ("dated", 'staffing.changes = [{ date = 2018-01-01, department = "one", posts = 2 }]'),
    ):
        (runs / f"{name}.toml").write_text(f'extends = "warm.toml"\n{text}\n', encoding="utf-8")
        sim.run(runs / f"{name}.toml", out=runs / name, replications=2)
    start = [pd.read_parquet(runs / name / "citizens").query("cohort") for name in ("own", "warm")]
    people = [set(zip(*(x[c] for c in ("replication", "group", "origin", "number")), strict=True)) for x in start]
    differ = [sum(person[0] == r for person in people[0] ^ people[1]) for r in (0, 1)]
    first = next(r for r in (0, 1) if differ[r])
    assert refused(runs / "own", warm) == (
        f"{(runs / 'own').as_posix()} and {warm.as_posix()}: what differs between them acted during the warm-up, "
        f"before its costs are counted: in replication {first}, {differ[first]} of the starting citizens are in one "
        "run only; give it a date from the start on (staffing.changes), or run both with run.warm_up_weeks = 0"
    )
    assert sim.ledger(runs / "dated", warm).replications == 2


def test_refused_without_a_table(runs: Path) -> None:
    few = variant(runs, "few", "stock = 60", "stock = 60", tables=["citizens"])
    text = refused(few, runs / "base")
    assert text.splitlines()[0] == (
        f"{few.as_posix()}: a ledger needs the tables citizens, schemes, coordinators, weekly; "
        "there is no schemes and no coordinators and no weekly"
    )


def test_refused_with_other_luck(runs: Path) -> None:
    other = variant(runs, "luck", "seed = 5", "seed = 6")
    assert "their replications are no pairs" in refused(other, runs / "base")


def test_refused_for_a_benefit_without_a_price(runs: Path) -> None:
    other = variant(runs, "sick", CONFIG[CONFIG.index("[money]") :], "")
    file = runs / "part.toml"
    file.write_text(
        "[money]\nprice_year = 2018\ndiscount_rate = 0.04\n"
        "staff = { coordinator_kr_per_year = 1 }\n"
        "benefits.cash_benefit = { flat = { kr_per_year = 1 } }\n",
        encoding="utf-8",
    )
    assert refused(other, runs / "base", money=file) == (
        f"{other.as_posix()}: groups.course.benefit: 'resource_course' has no price: "
        "add a table [money.benefits.resource_course], or one in the file of --money"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[run]\nseed = 1\n", " has no table [money]"),
        ("[money]\nprice_yaer = 2020\n", "2: money.price_yaer: unknown key; did you mean price_year?"),
        (
            '[money]\nstaff.counted_by = "post"\n',
            '2: money.staff.counted_by: must be "posts", "filled" or "budget"; it is the text "post"; '
            'did you mean "posts"?',
        ),
        (
            "[money.benefits]\nx = { flat = { kr_per_yaer = 1 } }\n",
            "2: money.benefits.x.flat.kr_per_yaer: unknown key; did you mean kr_per_year?",
        ),
    ],
)
def test_refused_files_of_prices(runs: Path, text: str, expected: str) -> None:
    file = runs / "wrong.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        sim.ledger(runs / "pilot", runs / "base", money=file)
    assert str(error.value) == f"{file.as_posix()}:{expected}"


@pytest.mark.parametrize(
    ("table", "column"),
    [("citizens", "exit_weeks"), ("coordinators", "employed_weeks"), ("weekly", "in_programme")],
)
def test_a_damaged_table_is_refused(runs: Path, tmp_path: Path, table: str, column: str) -> None:
    shutil.copytree(runs / "base", tmp_path / "base")
    (part,) = (tmp_path / "base" / table).iterdir()
    flip(part, column)
    with pytest.raises(UsageError) as refused:
        sim.ledger(runs / "pilot", tmp_path / "base")
    assert str(refused.value) == (f"{part.as_posix()}: is damaged; run it again into this directory")


def test_posts_of_a_policy_with_a_date_are_paid_from_it_on(runs: Path) -> None:
    dated = runs / "dated.toml"
    dated.write_text(
        'extends = "base.toml"\n[changes.more]\ndate = 2018-01-01\ndepartments.one.coordinators = 3\n'
        "[changes.most]\ndate = 2019-01-01\ndepartments.one.coordinators = 4\n",
        encoding="utf-8",
    )
    sim.run(dated, out=runs / "dated_run")
    lines = sim.ledger(runs / "dated_run", runs / "base").lines
    posts = lines[(lines["line"] == "coordinators, posts") & (lines["unit"] == "years")].set_index("period")
    assert posts["difference"][["2018", "2019"]].tolist() == pytest.approx([2.0, 3.0], abs=1e-12)
    assert lines[(lines["section"] == "quantities")]["ci95_low"].notna().any()


def test_a_fleksjob_and_a_pension_cost_what_the_law_says(runs: Path, ledger: Ledger) -> None:
    """The shipped prices: what a pension costs is its line by payer, which adds up to the gross pension."""
    shipped = Path(__file__).parents[3] / "configs" / "prices"
    other = sim.ledger(runs / "pilot", runs / "base", money=shipped / "fleksjob_and_pension.toml")
    years = pick(other.lines, "after exit: disability pension")["mean"]
    assert years == pick(ledger.lines, "after exit: disability pension")["mean"] > 1
    name = "disability pension (benefit)"
    paid = {payer: pick(other.lines, name, payer)["mean"] for payer in ("municipality", "state")}
    assert sum(paid.values()) == pytest.approx(12 * 17_244 * years)
    assert 0.6 < paid["municipality"] / sum(paid.values()) <= 0.8
    outside = sim.ledger(runs / "pilot", runs / "base", money=shipped / "all_exits_save.toml")
    assert any("a view from outside, not a budget's" in note for note in outside.notes)
    assert not any("a view from outside" in note for note in (*other.notes, *ledger.notes))


def test_refused_with_other_terms(runs: Path) -> None:
    steps = "discount_rate = 0.04\ndiscount_steps = [{ from_year = 36, rate = 0.03 }]"
    other = variant(runs, "steps", "discount_rate = 0.04", steps)
    assert refused(other, runs / "base") == (
        "money.discount_steps: [{ from_year = 36, rate = 0.03 }] in steps, [] in base; it must be the same; "
        "a file that states it (--money FILE) wins over both"
    )
    made = Ledger(open_runs(other)[0], open_runs(other)[0])
    assert str(made.terms.discount) == "4 % a year, 3 % from year 36"
    assert set(made.lines["later_rates"]) == {"3 % from year 36"}
    other = variant(runs, "displaced", "discount_rate = 0.04", "discount_rate = 0.04\ndisplacement_share = 0.25")
    assert refused(other, runs / "base").startswith(
        "money.displacement_share: 0.25 in displaced, none in base; it must be the same; "
    )
    assert any(
        "25 % keep somebody else out" in note for note in Ledger(open_runs(other)[0], open_runs(other)[0]).notes
    )
