"""What the pages of docs/systems claim, with the shipped configs: paired differences under common random numbers.

Each claim is a sign with p < 0.001 over a few replications, or an identity that holds in every one of them.
``python -m pytest tests/study/test_systems.py -s -q`` prints the differences.
"""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import ttest_1samp

import sim
from docs.reference.shipped import CONFIGS, EXPERIMENTS
from sim.analysis.kpis import KPI_NAMES
from sim.batch.variant import replicate
from sim.config.experiment import load_experiment
from sim.config.schema import Config
from sim.engine import get_ready, simulate
from sim.model.assembly import build
from sim.tables.records import Replication
from tests.engine.running import table

STUDIES = EXPERIMENTS / "published_studies.toml"
P = 0.001
Values = NDArray[np.float64]


def kpis(name: str, replications: int) -> Values:
    """Key figures of a shipped config by replication."""
    found: Values = sim.evaluate(CONFIGS / f"{name}.toml", [{}], replications)[0]
    return found


def rises(after: Values, before: Values, kpi: str) -> None:
    """A key figure is higher in `after`, p < 0.001."""
    differences = (after - before)[:, KPI_NAMES.index(kpi)]
    test = ttest_1samp(differences, 0.0)
    print(f"{kpi:40} {differences.mean():+.4f}  p = {test.pvalue:.1e}")
    assert differences.mean() > 0
    assert test.pvalue < P


def run(config: Config) -> Replication:
    """One replication."""
    get_ready("compiled")
    return simulate(build(config), config.run.seed, 0, engine="compiled")


def shipped(name: str, overrides: dict[str, Any] | None = None) -> Config:
    """A shipped config."""
    return sim.load(CONFIGS / f"{name}.toml", overrides).config


@pytest.mark.parametrize(
    ("variant", "baseline", "weeks"),
    [
        ("roedovre_reorganised", "roedovre", 25),
        ("roedovre_only_cut", "roedovre", 25),
        ("agreement_17", "agreement", 104),
        ("hoeje_taastrup_both", "hoeje_taastrup", 52),
        ("hjoerring_screening", "hjoerring", 25),
        ("three_in_one", "three_in_one_separate", 30),
        ("jki_task_force", "jki", 0),
    ],
)
def test_before_the_date_of_a_policy_both_worlds_are_the_same(variant: str, baseline: str, weeks: int) -> None:
    short = {"run.warm_up_weeks": 13, "run.horizon_weeks": weeks + 13}
    tables = [table(run(shipped(name, short)), "weekly") for name in (variant, baseline)]
    until = [weekly["week"] <= weeks for weekly in tables]
    assert until[0].sum() > weeks
    for column in tables[0]:
        ours, theirs = (weekly[column][rows] for weekly, rows in zip(tables, until, strict=True))
        assert np.array_equal(ours, theirs), column
    assert any(not np.array_equal(tables[0][column], tables[1][column]) for column in tables[0])


@pytest.mark.long
def test_roedovre() -> None:
    """Cutting alone costs extra meetings; better results mean fewer recipients, but not work as before."""
    runs = {name: kpis(f"roedovre{name}", 8) for name in ("", "_only_cut", "_no_better_results", "_reorganised")}
    rises(runs[""], runs["_only_cut"], "extra_meetings_per_year")
    rises(runs["_no_better_results"], runs["_reorganised"], "end_stock")
    rises(runs["_reorganised"], runs[""], "caseload")
    rises(runs["_no_better_results"], runs["_only_cut"], "timely_share")


@pytest.mark.long
def test_hoeje_taastrup() -> None:
    """What a before-after comparison claims is the policy, the other cause and the drift, to the last exit."""
    names = ("hoeje_taastrup", "hoeje_taastrup_staff", "hoeje_taastrup_market", "hoeje_taastrup_both")
    runs = {name: kpis(name, 8) for name in names}
    nothing, staff, market, both = runs.values()
    for policy, without in ((staff, nothing), (both, market)):
        rises(policy, without, "exits_job_per_100_years")
        rises(without, policy, "end_stock")
    rises(market, nothing, "exits_job_per_100_years")


@pytest.mark.long
def test_hjoerring() -> None:
    """Both ways of using the posts bring exits to a job; the newcomers are the same people.

    16 replications, since 8 are too few for a gain of this size: p = .004 and .02 with 8, 3e-6 and 7e-6 with 16,
    8e-11 and 4e-12 with 40.
    """
    nothing, screening, spread = (kpis(f"hjoerring{name}", 16) for name in ("", "_screening", "_spread"))
    for invested in (screening, spread):
        rises(invested, nothing, "exits_job_per_100_years")
    flagged = table(run(shipped("hjoerring_screening")), "citizens")["flagged"]
    assert flagged.sum() > 100
    entries = KPI_NAMES.index("entries")
    assert np.array_equal(nothing[:, entries], screening[:, entries])


@pytest.mark.long
def test_silkeborg() -> None:
    before, after = (kpis(name, 20) for name in ("silkeborg", "silkeborg_40"))
    rises(after, before, "timely_share")
    rises(after, before, "cohort_resource_course_share")
    rises(before, after, "busy_share")


@pytest.mark.long
def test_three_in_one() -> None:
    """After the last date nobody of another role is left, and coordinators do all work."""
    last = table(run(shipped("three_in_one")), "coordinators")
    late = last["from_weeks"] >= 170
    others = late & (last["role"] != last["role"].min())
    assert last["employed_weeks"][others].sum() == 0
    assert last["hours_placement"][late & (last["role"] == last["role"].min())].sum() > 0
    separate, trial, staff = (kpis(f"three_in_one_{name}", 8) for name in ("separate", "trial", "trial_staff"))
    rises(trial, separate, "timely_share")
    rises(staff, separate, "timely_share")


@pytest.mark.long
def test_task_force() -> None:
    """Cases are complete sooner and a backlog is decided; then most hours are left."""
    names = ("jki", "jki_task_force", "jki_task_force_search", "jki_reallocation")
    before, force, search, spread = (kpis(name, 8) for name in names)
    rises(before, force, "weeks_recognised_to_submitted")
    rises(force, before, "clarifications_per_100_years")
    rises(search, force, "clarifications_per_100_years")
    rises(spread, force, "timely_share")
    posts = table(run(shipped("jki_task_force")), "coordinators")
    unit = posts["role"] == posts["role"].max()
    first, later = ((posts["from_weeks"] == weeks) & unit for weeks in (0, 52))
    spent, hours = posts["hours_clarification"], posts["hours_available"]
    used = [spent[rows].sum() / hours[rows].sum() for rows in (first, later)]
    assert used[0] > 0.8 > 0.3 > used[1]
    assert posts["employed_weeks"][unit & (posts["from_weeks"] > 110)].sum() == 0


@pytest.mark.long
def test_published_studies() -> None:
    """Fewer citizens per caseworker, or more meetings: more exits to a job, and more sanctions and vacancies."""
    points = {point.cells["study"]: point.config for point in load_experiment(STUDIES).points}
    get_ready("compiled")
    figures, counts = dict[object, Values](), dict[object, Values]()
    for study, config in points.items():
        runs = [replicate(build(config), config.run.seed, r) for r in range(8)]
        figures[study] = np.array([values for _, values in runs])
        counts[study] = np.array(
            [[table(one, "citizens")[column].sum() for column in ("sanctions", "vacancies")] for one, _ in runs]
        )
    base = figures.pop("caseload_150")
    for other in figures.values():
        rises(other, base, "exits_job_per_100_years")
        rises(base, other, "end_stock")
    rises(figures["caseload_50"], figures["more_staff"], "exits_job_per_100_years")
    more = counts["caseload_70"] - counts["caseload_150"]
    assert (more.mean(axis=0) > 0).all()
    assert (ttest_1samp(more, 0.0).pvalue < P).all()
