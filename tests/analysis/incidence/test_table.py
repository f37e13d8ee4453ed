"""The incidence table: by hand on a few citizens, its identities with the KPIs, and theory."""

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.analysis.incidence.table import FIRST, PAIRS, WITHIN_WEEKS, incidence_table, rows_of
from sim.analysis.kpis import kpis
from sim.catalogue import INFLOW, POOL, STOCK, Destination, Reached, Since
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.names import Names
from sim.tables.records import INCIDENCE, Replication
from tests.theory.support import BOUND, Estimate

EVERYTHING = Path(__file__).parents[2] / "engine" / "everything.toml"
NAMES = Names(("ready", "sick"), ("north", "south"), ())
NONE = np.nan
JOB, PENSION = Destination.JOB, Destination.PENSION


def table(horizon: int, names: Names = NAMES, **columns: Any) -> Mapping[str, Any]:
    """The table of some citizens; what is not stated has not happened."""
    n = len(columns["origin"])
    citizens: dict[str, Any] = {name: np.full(n, NONE) for name in (*FIRST.values(), "exit_weeks")}
    citizens |= {"group": np.zeros(n, int), "department": np.zeros(n, int), "destination": np.full(n, -1)}
    citizens |= {name: np.array(values) for name, values in columns.items()}
    citizens["cohort"] = citizens["origin"] == STOCK
    parameters: Any = SimpleNamespace(names=names, horizon=horizon)
    return incidence_table(Replication(0, {"citizens": citizens}), parameters)


def told(found: Mapping[str, Any], since: Since, event: Reached, group: int = 0, department: int = 0) -> Any:
    """Number and shares of one event in one group or department."""
    rows = (found["since"] == since) & (found["event"] == event)
    rows &= (found["group"] == group) & (found["department"] == department)
    assert found["within_weeks"][rows].tolist() == list(WITHIN_WEEKS)
    (number,) = set(found["citizens"][rows].tolist())
    return number, found["share"][rows].tolist()


@pytest.fixture(scope="module")
def found() -> Mapping[str, Any]:
    """Three who are there at the start, two who come (the second in week 90), one who is topped up in week 50."""
    return table(
        104,
        origin=[STOCK, STOCK, STOCK, INFLOW, INFLOW, POOL],
        arrival_weeks=[-30, -9, -200, 10, 90, 50],
        group=[0, 0, 1, 0, 1, 1],
        department=[0, 1, 1, 0, 0, 1],
        exit_weeks=[20, 60, NONE, 40, NONE, NONE],
        destination=[JOB, PENSION, -1, JOB, -1, -1],
        ready_weeks=[5, NONE, 30, NONE, 95, NONE],
        recognised_weeks=[NONE, 8, 20, NONE, NONE, NONE],
        decided_weeks=[NONE, 31, NONE, NONE, NONE, NONE],
        internship_start_weeks=[15, NONE, 100, NONE, NONE, NONE],
    )


def test_the_stock_counts_from_the_start(found: Mapping[str, Any]) -> None:
    assert told(found, Since.START, Reached.JOB) == (3, [0, 1 / 3, 1 / 3, 1 / 3, 1 / 3])
    assert told(found, Since.START, Reached.PENSION) == (3, [0, 0, 0, 0, 1 / 3])
    assert told(found, Since.START, Reached.LEFT) == (3, [0, 1 / 3, 1 / 3, 1 / 3, 2 / 3])
    assert told(found, Since.START, Reached.INTERNSHIP) == (3, [0, 1 / 3, 1 / 3, 1 / 3, 2 / 3])


def test_who_comes_counts_from_then_and_is_lost_at_the_horizon(found: Mapping[str, Any]) -> None:
    """One of two is lost after 14 weeks, so the job of the other after 30 weeks is of all."""
    assert told(found, Since.ENTRY, Reached.JOB) == (2, pytest.approx([0, 0, 0, 1, NONE], nan_ok=True))
    # One is lost after 14 weeks, one gets a job after 30, one is lost after 54.
    assert told(found, Since.ARRIVAL, Reached.JOB) == (3, pytest.approx([0, 0, 0, 0.5, NONE], nan_ok=True))


def test_since_a_need_is_recognised(found: Mapping[str, Any]) -> None:
    assert told(found, Since.RECOGNISED, Reached.DECIDED) == (
        2,
        pytest.approx([0, 0.5, 0.5, 0.5, NONE], nan_ok=True),
    )
    assert told(found, Since.RECOGNISED, Reached.PENSION) == (2, pytest.approx([0, 0, 0, 0.5, NONE], nan_ok=True))


def test_who_had_reached_it_before_does_not_count() -> None:
    """Ready in week 20, on an internship since week 10 (one) or on the same day (two) or never (three)."""
    found = table(
        104,
        origin=[STOCK] * 3,
        arrival_weeks=[0, 0, 0],
        ready_weeks=[20, 20, 20],
        internship_start_weeks=[10, 20, NONE],
    )
    assert told(found, Since.READY, Reached.INTERNSHIP) == (2, pytest.approx([0.5] * 4 + [NONE], nan_ok=True))


def test_leaving_competes_and_the_horizon_does_not() -> None:
    """Two of three could have begun an internship; one left before, so never will."""
    found = table(
        104,
        origin=[STOCK] * 3,
        arrival_weeks=[0, 0, 0],
        exit_weeks=[10, NONE, NONE],
        destination=[JOB, -1, -1],
        internship_start_weeks=[NONE, 20, NONE],
    )
    assert told(found, Since.START, Reached.INTERNSHIP) == (3, [0, 1 / 3, 1 / 3, 1 / 3, 1 / 3])


def test_groups_and_departments(found: Mapping[str, Any]) -> None:
    assert told(found, Since.START, Reached.JOB, group=1) == (2, [0, 0.5, 0.5, 0.5, 0.5])
    assert told(found, Since.START, Reached.JOB, group=2) == (1, [0, 0, 0, 0, 0])
    assert told(found, Since.START, Reached.PENSION, department=2) == (2, [0, 0, 0, 0, 0.5])
    assert told(found, Since.ENTRY, Reached.JOB, department=2) == (0, pytest.approx([NONE] * 5, nan_ok=True))
    # Two groups and two departments, each alone; not every group in every department.
    cells = list(zip(found["group"].tolist(), found["department"].tolist(), strict=True))
    assert list(dict.fromkeys(cells)) == [(0, 0), (1, 0), (2, 0), (0, 1), (0, 2)]
    assert len(cells) == rows_of(NAMES) == 5 * len(PAIRS) * len(WITHIN_WEEKS)


def test_the_only_department_is_everybody() -> None:
    stock: Any = {
        "origin": [STOCK] * 2,
        "arrival_weeks": [0.0, 0.0],
        "exit_weeks": [3, NONE],
        "destination": [JOB, -1],
    }
    found = table(104, Names(("ready",), ("centre",), ()), **stock)
    everybody = told(found, Since.START, Reached.JOB)
    assert everybody == (2, [0.5] * 5)
    assert told(found, Since.START, Reached.JOB, group=1) == told(found, Since.START, Reached.JOB, department=1)
    assert told(found, Since.START, Reached.JOB, department=1) == everybody


def test_what_is_told_depends_on_nobodys_fate() -> None:
    """The last one is followed for 20 weeks, or ends before: 26 weeks are told in neither case, 13 in both."""
    come: Any = {"origin": [INFLOW] * 2, "arrival_weeks": [84.0, 90.0]}
    stays = told(table(104, **come), Since.ENTRY, Reached.JOB)
    leaves = told(table(104, **come, exit_weeks=[100, NONE], destination=[JOB, -1]), Since.ENTRY, Reached.JOB)
    assert stays == (2, pytest.approx([0, NONE, NONE, NONE, NONE], nan_ok=True))
    assert leaves == (2, pytest.approx([0, NONE, NONE, NONE, NONE], nan_ok=True))


@pytest.fixture(scope="module")
def run() -> tuple[Any, Any]:
    parameters = build(load(EVERYTHING, {"run.horizon_weeks": 26}).config)
    return simulate(parameters, 5, 0, engine="compiled"), parameters


def test_of_the_starting_citizens_it_is_what_the_key_figures_say(run: tuple[Any, Any]) -> None:
    """Nobody is lost before the horizon, so the share within 26 weeks is the share at the horizon."""
    found, figures = incidence_table(*run), kpis(*run)
    for event, kpi in {
        **{Reached[d.name]: d.key for d in Destination},
        Reached.SMALL_JOB: "small_job",
        Reached.INTERNSHIP: "internship",
        Reached.PROGRAMME: "programme",
        Reached.DECIDED: "clarified",
    }.items():
        _, shares = told(found, Since.START, event)
        assert shares[WITHIN_WEEKS.index(26)] == pytest.approx(figures[f"cohort_{kpi}_share"], rel=1e-15), kpi
    assert told(found, Since.START, Reached.LEFT)[1][2] == pytest.approx(1 - figures["cohort_on_benefit_share"])
    assert sum(figures[f"cohort_{kpi}_share"] > 0 for kpi in ("job", "internship", "clarified", "programme")) == 4


def test_the_columns_are_those_of_the_table(run: tuple[Any, Any]) -> None:
    found = incidence_table(*run)
    assert list(found) == [column.name for column in INCIDENCE]
    known = ~np.isnan(np.asarray(found["share"], float))
    shares, numbers = (np.asarray(found[name], float)[known] for name in ("share", "citizens"))
    assert ((shares >= 0) & (shares <= 1)).all()
    assert (numbers > 0).all()


def test_open_spells_do_no_harm(tmp_path: Path) -> None:
    """Hazards 0.03 and 0.01 a week: within 26 weeks 0.484909 and 0.161636, however late people come.

    A plain share of those who came, cut at the horizon, is far too low. 40 replications of some 120 newcomers in 30
    weeks find a deviation of 9 % in the first.
    """
    path = tmp_path / "risks.toml"
    path.write_text(
        """
run = { start = 2018-01-01, horizon_weeks = 30 }
population.stock = 0
staffing = { citizens_per_coordinator = 50, net_hours_per_week = 30 }
[groups.ready]
benefit = "cash_benefit"
inflow_per_week = 4
exits.job = { hazard_per_week = 0.03 }
exits.other = { hazard_per_week = 0.01 }
""",
        encoding="utf-8",
    )
    parameters = build(load(path).config)
    runs = [simulate(parameters, 1, number, engine="compiled") for number in range(40)]
    tables = [incidence_table(run, parameters) for run in runs]
    for event, share in ((Reached.JOB, 0.484909), (Reached.OTHER, 0.161636), (Reached.LEFT, 0.646545)):
        values = [told(found, Since.ENTRY, event)[1][2] for found in tables]
        assert abs(of(values).z(share)) < BOUND
    plain = [float((np.asarray(run.tables["citizens"]["destination"]) == JOB).mean()) for run in runs]
    assert of(plain).z(0.484909) < -BOUND


def of(values: list[float]) -> Estimate:
    """Mean over replications, with its standard error."""
    return Estimate(float(np.mean(values)), float(np.std(values, ddof=1) / np.sqrt(len(values))))
