"""One share by itself is that of the table, and sums over ways out are shares of any of them."""

from pathlib import Path

import numpy as np
import pytest

from sim.analysis.incidence import table as of_table
from sim.analysis.incidence.one import SINCE, share_within, ways_out
from sim.analysis.incidence.table import Cell, cells_of, incidence_table
from sim.catalogue import Reached, Since
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from sim.model.parameters import Parameters
from sim.tables.records import Replication

WEEKS = (2, 7, 13, 26)


@pytest.fixture(scope="module")
def done() -> tuple[Replication, Parameters]:
    parameters = build(load(Path(__file__).parents[2] / "engine" / "two_departments.toml").config)
    return simulate(parameters, 1, 0, engine="compiled"), parameters


def test_it_is_the_share_of_the_table(done: tuple[Replication, Parameters], monkeypatch: pytest.MonkeyPatch) -> None:
    replication, parameters = done
    monkeypatch.setattr(of_table, "WITHIN_WEEKS", WEEKS)
    rows = incidence_table(replication, parameters)
    names = cells_of(parameters.names)
    told = 0
    for group, department, since, event, weeks, share in zip(
        *(rows[name].tolist() for name in ("group", "department", "since", "event", "within_weeks", "share")),
        strict=True,
    ):
        cell = Cell(group, department)
        assert cell in names
        found = share_within(
            replication.tables["citizens"],
            cell,
            parameters.horizon,
            Since.keys()[since],
            [list(Reached)[event]],
            weeks,
        )
        assert found == pytest.approx(share, abs=1e-12, nan_ok=True)
        told += not np.isnan(share)
    assert told > 200


def test_ways_out_add_up(done: tuple[Replication, Parameters]) -> None:
    replication, parameters = done
    citizens, horizon = replication.tables["citizens"], parameters.horizon

    def share(*events: Reached) -> float:
        return share_within(citizens, Cell(0, 0), horizon, "start", events, 10.5)

    every = [event for event in Reached if len(ways_out(event)) == 1]
    assert share(*every) == pytest.approx(share(Reached.LEFT), abs=1e-12)
    both = share(Reached.JOB, Reached.OTHER)
    assert both == pytest.approx(share(Reached.JOB) + share(Reached.OTHER), abs=1e-12)
    assert 0 < share(Reached.JOB) < both


def test_weeks_may_count_from_whatever_is_no_way_out() -> None:
    assert {event.key for event in Reached if not ways_out(event)} | set(Since.keys()) == set(SINCE)
