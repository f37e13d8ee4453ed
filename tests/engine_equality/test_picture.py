"""Should the engines ever part, the failing test shows where and what both know there."""

import numpy as np

from sim.engine import simulate
from tests.engine.running import shipped
from tests.engine_equality.compare import differences, surroundings


def test_where_two_replications_part() -> None:
    p = shipped(
        "130_per_worker", {"run.horizon_weeks": 13, "population.stock": 40, "roles.company_consultant.posts": 0.5}
    )
    one = simulate(p, 1, 0, events=True, engine="simpy")
    log = {name: values.copy() for name, values in one.tables["events"].items()}
    at = int(np.flatnonzero(log["citizen"].astype(np.int64) >= 0)[-30])
    log["value"][at] += 1.0
    other = one._replace(tables={**one.tables, "events": log})
    (difference,) = differences(one, other)
    assert difference.startswith(f"events.value: float64 x {len(log['value'])} (simpy)")
    told = list(surroundings(p, one, other))
    assert told[0] == f"first differing event: number {at}"
    marked = [line for line in told if line.startswith(f"> {at} ")]
    assert [line.split()[2] for line in marked] == ["simpy", "compiled"]
    assert marked[0].replace("simpy   ", "compiled") != marked[1]
    for engine in ("simpy", "compiled"):
        tables = [line.split()[1] for line in told if line.startswith(f"  {engine}")]
        assert {"weekly:", "citizens:"} <= set(tables)
        assert any(f"citizens: citizen {log['citizen'][at]}," in line for line in told)
