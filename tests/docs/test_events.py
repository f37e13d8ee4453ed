"""The event log has the activities and resources that the documentation says."""

from collections import defaultdict
from datetime import date

import numpy as np

from docs.reference.events import MEANINGS, NOBODY, POST, TEAM, VENDOR
from docs.reference.figures import BASE
from docs.reference.shipped import CONFIGS
from sim.catalogue import Activity
from sim.config import load
from sim.engine import simulate
from sim.model.assembly import build

LIVELY = {
    "population.stock": 150,
    "roles.company_consultant.posts": 1,
    "run.horizon_weeks": 52,
    "contacts.handled_elsewhere_share": 0.2,
    "groups.activity_ready.small_jobs.hazard_per_week": 0.01,
    "groups.activity_ready.reassessed": {"share_per_meeting": 0.1, "to": {"nearer_a_job": 1}},
    "groups.activity_ready.screening": {"sensitivity": 0.5, "specificity": 0.5, "flagged_group": "nearer_a_job"},
    "discretionary.outreach.vacancy_share": 0.1,
    "groups.nearer_a_job": {
        "extends": "activity_ready",
        "stock_share": 0,
        "inflow_per_week": 0,
        "reassessed": "none",
        "screening": "none",
    },
    "internships.give_up_weeks": 8,
    "staffing.turnover.per_year": 1.0,
    "meetings.sanction": {"after_no_show_share": 0.5, "hours": 1, "size": 1, "decay_weeks": 6},
    "staffing.leave": {"weeks_per_year": 6},
    "staffing.citizens_per_coordinator": 20,
    "staffing.changes": [{"date": date(2018, 6, 1), "posts": -1}],
    "programmes.mentor": {
        "referral_share_per_meeting": 0.5,
        "duration_weeks": 8,
        "mentor": {"every_weeks": 2, "hours": 1},
        "vendors": {"city": {"places": 20}},
    },
}


def kind_of(resource: str) -> str:
    """What kind of resource a name in the event log is."""
    if resource == TEAM:
        return TEAM
    return VENDOR if " / " in resource else POST


def test_resources_are_of_the_documented_kinds() -> None:
    p = build(load(CONFIGS / BASE, LIVELY).config)
    seen: dict[str, set[str]] = defaultdict(set)
    log = simulate(p, 1, 0, events=True).tables["events"]
    for activity, resource in {*zip(log["activity"].tolist(), log["resource"].tolist(), strict=True)}:
        kind = NOBODY if resource < 0 else kind_of(p.names.resources[resource])
        seen[p.names.activities[activity]].add(kind)
    assert set(seen) == set(MEANINGS)
    for activity, kinds in seen.items():
        documented = MEANINGS[activity].resource
        allowed = {kind for kind in (POST, TEAM, VENDOR) if kind in documented}
        if not allowed or "waiting" in documented:
            allowed.add(NOBODY)
        assert kinds <= allowed, activity


def test_values_are_zero_where_none_is_documented() -> None:
    p = build(
        load(
            CONFIGS / BASE, {"population.stock": 150, "roles.company_consultant.posts": 1, "run.horizon_weeks": 30}
        ).config
    )
    log = simulate(p, 1, 0, events=True).tables["events"]
    names = np.array(p.names.activities)[log["activity"]]
    with_value = set(names[log["value"] != 0.0])
    assert with_value <= {a.key for a in Activity if a.value_means}
    assert {"invited", "meeting_starts", "package_starts"} <= with_value
