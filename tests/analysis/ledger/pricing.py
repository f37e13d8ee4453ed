"""Prices, quantities and posts made by hand, and ledgers of shipped configs without any simulation."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from sim.analysis.calendar import quarters
from sim.analysis.ledger.counts import Counts, Frame
from sim.analysis.ledger.lines import COORDINATORS, MUNICIPALITY, Amounts, lines, steps_of, with_totals
from sim.analysis.ledger.pricing import posts_in
from sim.catalogue import DESTINATIONS
from sim.config import load
from sim.config.schema.money import Money
from sim.model.assembly import build

CONFIGS = Path(__file__).parents[3] / "configs"
STAFF = {"coordinator_kr_per_year": 530_000}
FLAT = {"cash": {"flat": {"kr_per_year": 52_000}}}
LADDER = {"cash": {"refund_ladder": {"kr_per_month": 1_000}}}


def money(**given: Any) -> Money:
    return Money.model_validate({"price_year": 2018, "staff": STAFF, "benefits": FLAT, **given})


def frame(prices: Money, schemes: int = 1, start: date = date(2018, 1, 1), weeks: int = 105) -> Frame:
    """Two calendar years, every citizen treated."""
    q = quarters(start, weeks)
    return Frame(q, steps_of(prices), np.arange(schemes), schemes, np.zeros(schemes), ((0.0, -1.0),), (), 1, False)


def counts(f: Frame, **given: np.ndarray) -> Counts:
    """Nothing but what is given."""
    steps, length = len(f.steps), len(f.quarters.years)
    nothing = {
        "benefit": np.zeros((f.scheme_count, steps, length)),
        "saved": np.zeros((f.scheme_count, length)),
        "after": np.zeros((len(DESTINATIONS), f.scheme_count, steps, length)),
        "after_first": np.zeros((len(DESTINATIONS), f.scheme_count, steps, length)),
        "filled": np.zeros((f.roles, length)),
        "programme": np.zeros(length),
        "internship": np.zeros(length),
    }
    if "filled" in given:
        given["filled"] = np.atleast_2d(given["filled"])
    return Counts(**{**nothing, **given}, treated=100, starting=np.zeros(0, int))


def priced(prices: Money, f: Frame, schemes: tuple[str, ...] = ("cash",), **given: np.ndarray) -> Amounts:
    """All lines with totals, without posts."""
    nobody = np.zeros(len(f.quarters.years))
    return with_totals(lines(counts(f, **given), {COORDINATORS: nobody}, prices, schemes, f), len(f.quarters.years))


def staff_table(name: str, baseline: str, prices: Mapping[str, Any] | None = None) -> dict[str, list[int]]:
    """What the config costs more than its baseline, by line: each calendar year and in all, in whole kroner.

    Only posts and budgets are looked at, in which there is no chance.
    """
    tables = []
    for config in (name, baseline):
        loaded = load(CONFIGS / f"{config}.toml", prices).config
        assert loaded.money is not None
        q = quarters(loaded.run.start, loaded.run.horizon_weeks)
        schemes = tuple(dict.fromkeys(g.benefit for g in loaded.groups.values()))
        f = Frame(
            q,
            steps_of(loaded.money),
            np.zeros(0, int),
            len(schemes),
            np.zeros(0),
            (),
            (),
            1 + len(loaded.roles),
            False,
        )
        made = lines(counts(f), posts_in(loaded, build(loaded), q), loaded.money, schemes, f)
        tables.append({line: q.by_year(v) for line, v in with_totals(made, len(q.years)).items()})
    ours, theirs = tables
    nothing = np.zeros_like(next(iter(ours.values())))
    table: dict[str, list[int]] = {}
    for line in {**ours, **theirs}:
        if line.payer == MUNICIPALITY:
            years = ours.get(line, nothing) - theirs.get(line, nothing)
            table.setdefault(line.name, [round(y) for y in years.tolist()] + [round(float(years.sum()))])
    return table
