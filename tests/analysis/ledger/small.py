"""A small job centre with prices, and a pilot in it: two runs that stand in a ledger."""

from pathlib import Path

import sim

CONFIG = """\
[run]
start = 2018-01-01
horizon_weeks = 130
replications = 6
seed = 5

[population]
stock = 60

[groups.ready]
benefit = "cash_benefit"
stock_share = 1.0
inflow_per_week = 0.8
elapsed_weeks = { gamma = { mean = 30, cv = 1 } }
exits.job = { hazard_per_week = 0.01, caseload = { power = { elasticity = 0.8 } } }
exits.pension = { hazard_per_week = 0.002 }
exits.resource_course = { hazard_per_week = 0.01 }

[groups.course]
benefit = "resource_course"
stay = { duration_weeks = { uniform = { min = 10, max = 60 } }, outcomes = { pension = 0.3, return = 0.7 } }

[departments]
one = { coordinators = 1 }
two = { coordinators = 1 }

[staffing]
net_hours_per_week = 30

[rehabilitation_team]
slots_per_meeting = 1
resource_course_group = "course"

[money]
price_year = 2018
discount_rate = 0.04
staff = { coordinator_kr_per_year = 530_000 }
destinations.pension = { counts_as = "cost", kr_per_year = 90_000, state_share = 0.5 }

[money.benefits]
cash_benefit = { refund_ladder = { kr_per_month = 12_000 } }
resource_course = { refund_ladder = { kr_per_month = 10_000 } }
"""
PILOT = """\
extends = "base.toml"
staffing.changes = [
    { date = 2018-01-01, department = "one", posts = 2 },
    { date = 2019-01-01, department = "one", posts = -2 },
]
money.budget.evaluation = { covers = "evaluation", kr_per_year = 50_000, first_year = 2018, last_year = 2018 }
"""


def make_runs(folder: Path) -> Path:
    """Run `base` and `pilot`, each in a directory of its name."""
    for name, text in (("base", CONFIG), ("pilot", PILOT)):
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    for name in ("base", "pilot"):
        sim.run(folder / f"{name}.toml", out=folder / name)
    return folder
