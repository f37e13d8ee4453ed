"""Pairs in memory have the business case that a ledger of their runs has, to the last bit."""

from pathlib import Path

import sim
from sim.analysis.ledger.figures import figures
from sim.analysis.ledger.in_memory import case_of, counted
from sim.analysis.ledger.pricing import pricing_of
from sim.batch.variant import replicate
from sim.config import load
from sim.model.assembly import build
from tests.analysis.ledger.small import make_runs

PAIRS = 6


def test_the_business_case_is_that_of_the_runs(tmp_path: Path) -> None:
    make_runs(tmp_path)
    ledger = sim.ledger(tmp_path / "pilot", tmp_path / "base")
    configs = [load(tmp_path / f"{name}.toml").config for name in ("pilot", "base")]
    moneys = [config.money for config in configs if config.money is not None]
    pricings = pricing_of(configs, moneys)
    cases = []
    for number in range(PAIRS):
        ours, theirs = (
            counted(replicate(build(config), config.run.seed, number, tables=["weekly"])[0], pricing)
            for config, pricing in zip(configs, pricings, strict=True)
        )
        cases.append(case_of(ours, theirs, *pricings))
    # Written out, for a figure without an interval is NaN.
    assert repr(figures(cases, pricings[1].frame.quarters)) == repr(ledger.figures)
