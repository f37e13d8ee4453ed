"""Outcomes of points: key figures of a config, or of a variant less its baseline, and what the variant costs."""

import hashlib
import json
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.kpis import KPI_NAMES, KPIS
from sim.analysis.ledger.in_memory import case_of, counted
from sim.analysis.ledger.pricing import Pricing, pricing_of
from sim.batch.variant import replicate
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.sensitivity import Sensitivity
from sim.engine import get_ready
from sim.model.assembly import build

Floats = NDArray[np.float64]

NET_COST = "net_cost"
"""The municipality's net cost of the variant against the baseline; negative: it saves."""


class Outcome(NamedTuple):
    """What is looked at.

    Attributes
    ----------
    name, label, unit
        Of the key figure, or `NET_COST`.
    """

    name: str
    label: str
    unit: str


class Point(NamedTuple):
    """The configs of one point: the variant, if there is one, and the baseline."""

    configs: tuple[Config, ...]


class Part(NamedTuple):
    """Points that one process simulates together.

    Attributes
    ----------
    place
        Number of the first point.
    points, outcomes
        What to simulate, and the names of what is looked at.
    first, replications, seed, engine
        Numbers of the replications, of all points alike; the seed of all.
    file
        Where the outcomes are kept.
    """

    place: int
    points: tuple[Point, ...]
    outcomes: tuple[str, ...]
    first: int
    replications: int
    seed: int
    engine: str
    file: Path


def outcomes_of(sensitivity: Sensitivity) -> tuple[Outcome, ...]:
    """Find the outcomes that a file names.

    Raises
    ------
    ConfigError
        If there is no such key figure, or net costs are asked for without a variant or without prices.
    """
    found: list[Problem] = []
    made: list[Outcome] = []
    known = {kpi.name: Outcome(kpi.name, kpi.label, kpi.unit) for kpi in KPIS}
    known[NET_COST] = Outcome(NET_COST, "net cost to the municipality", "kr")
    for i, name in enumerate(sensitivity.head.outcomes):
        place = ("sensitivity", "outcomes", i)
        if name not in known:
            near = get_close_matches(name, [*KPI_NAMES, NET_COST], n=1)
            hint = f"did you mean {near[0]}?" if near else f"docs/kpis.md lists them, and there is {NET_COST}"
            found.append(Problem(place, f"there is no key figure {name!r}; {hint}"))
        elif name == NET_COST:
            found += [Problem(place, text) for text in _no_net_cost(sensitivity)]
            made.append(known[name])
        else:
            made.append(known[name])
    sensitivity.refuse(found)
    return tuple(made)


def _no_net_cost(sensitivity: Sensitivity) -> list[str]:
    """Say why there is no net cost; empty: there is."""
    if len(sensitivity.centres) == 1:
        return ["a net cost is that of a variant against the baseline; there is no variant"]
    told = []
    for alternative in sensitivity.alternatives:
        a, b = (centre.base for centre in alternative.centres)
        if a.money is None or b.money is None:
            told.append("a net cost needs prices; a config has no table [money]")
        elif (a.run.start, a.run.horizon_weeks) != (b.run.start, b.run.horizon_weeks):
            told.append("a net cost needs the same start and horizon in the variant and the baseline")
        elif (a.money.price_year, a.money.discount_rate) != (b.money.price_year, b.money.discount_rate):
            told.append("a net cost needs the same price year and discount rate in the variant and the baseline")
    return told[:1]


def identity(part: Part) -> str:
    """Say what the outcomes of a part follow from, besides the configs' own hashes."""
    moneys = [[c.money.model_dump_json() if c.money else "" for c in point.configs] for point in part.points]
    written = json.dumps([moneys, part.outcomes, [len(point.configs) for point in part.points]])
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def simulate_part(part: Part) -> Floats:
    """Simulate the points of a part: point x replication x outcome."""
    get_ready(part.engine)
    found = np.empty((len(part.points), part.replications, len(part.outcomes)))
    for place, point in enumerate(part.points):
        found[place] = _of_point(point, part)
    return found


def _of_point(point: Point, part: Part) -> Floats:
    priced = NET_COST in part.outcomes
    parameters = [build(config) for config in point.configs]
    pricings = _pricings(point.configs) if priced else None
    tables = ["weekly"] if priced else []
    columns = [KPI_NAMES.index(name) if name != NET_COST else -1 for name in part.outcomes]
    rows = np.empty((part.replications, len(part.outcomes)))
    for row in range(part.replications):
        number = part.first + row
        done = [replicate(p, part.seed, number, tables=tables, engine=part.engine) for p in parameters]
        figures = [kpis for _, kpis in done]
        difference = figures[0] - figures[1] if len(figures) == 2 else figures[0]
        rows[row] = difference[columns]
        if pricings is not None:
            ours, theirs = (counted(run, of) for (run, _), of in zip(done, pricings, strict=True))
            rows[row, part.outcomes.index(NET_COST)] = case_of(ours, theirs, *pricings).net_municipality
    return rows


def _pricings(configs: Sequence[Config]) -> tuple[Pricing, Pricing]:
    moneys = [config.money for config in configs if config.money is not None]
    return pricing_of(configs, moneys)
