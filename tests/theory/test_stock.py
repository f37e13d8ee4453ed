"""A stock in mid-course that is what years of the same inflow leave behind: it stays, and so does its frailty.

With hazard h and gamma frailty of variance v, survival is S(t) = (1 + v h t) ** (-1 / v), mean stay 1 / (h (1 - v)),
weeks on benefit in the stock have the density S(t) over it, and the mean frailty in the stock is 1 - v.
"""

from pathlib import Path

import numpy as np

from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build
from tests.engine.running import table
from tests.theory.support import BOUND, Estimate

HAZARD, VARIANCE, INFLOW = 0.05, 0.25, 30.0
STOCK = INFLOW / (HAZARD * (1 - VARIANCE))
REPLICATIONS = 60
WEEKS = (0, 13, 26, 52, 104)


def config(tmp_path: Path) -> Path:
    """Weeks on benefit from their quantiles, at the middles of 500 parts."""
    u = (np.arange(500) + 0.5) / 500
    elapsed = ((1 - u) ** (-VARIANCE / (1 - VARIANCE)) - 1) / (VARIANCE * HAZARD)
    file = tmp_path / "stock.toml"
    file.write_text(
        f"""
[run]
start = 2018-01-01
horizon_weeks = 105
seed = 20180201
[population]
stock = {STOCK:.0f}
[groups.citizens]
benefit = "cash_benefit"
stock_share = 1.0
inflow_per_week = {INFLOW}
elapsed_weeks = {{ empirical = {{ values = {[round(float(weeks), 6) for weeks in elapsed]} }} }}
frailty = {{ gamma = {{ mean = 1, cv = {VARIANCE**0.5} }} }}
exits.job = {{ hazard_per_week = {HAZARD} }}
[departments.centre]
coordinators = 1
[staffing]
net_hours_per_week = 30
""",
        encoding="utf-8",
    )
    return file


def test_a_stock_of_those_who_have_stayed_stays(tmp_path: Path) -> None:
    loaded = load(config(tmp_path)).config
    p = build(loaded)
    stock, frailty = ([[] for _ in WEEKS] for _ in range(2))  # type: ignore[var-annotated]
    for r in range(REPLICATIONS):
        c = table(simulate(p, loaded.run.seed, r, engine="compiled"), "citizens")
        left = np.where(np.isnan(c["exit_weeks"]), np.inf, c["exit_weeks"])
        for i, week in enumerate(WEEKS):
            here = (c["arrival_weeks"] <= week) & (left > week)
            stock[i].append(here.sum())
            frailty[i].append(c["frailty"][here].mean())
    for quantity, values, theory in (("stock", stock, STOCK), ("frailty", frailty, 1 - VARIANCE)):
        for week, found in zip(WEEKS, values, strict=True):
            if quantity == "stock" and week == 0:
                continue  # As stated.
            e = Estimate(float(np.mean(found)), float(np.std(found, ddof=1) / REPLICATIONS**0.5))
            told = f"theory {theory:.4g}, simulated {e.mean:.4g} +- {e.se:.2g}, z {e.z(theory):+.2f}"
            print(f"{quantity} in week {week}: {told}, finds {e.detectable(theory):.1%}")
            assert abs(e.z(theory)) < BOUND
    # Frailty as of those who come would be 1 at first, and the stock would fall.
    assert np.mean(frailty[0]) < 0.8
