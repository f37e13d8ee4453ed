"""Hazards: their factors by hand, and a bound that nothing exceeds."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.config.schema import Config
from sim.model import exits, offers
from sim.model.assembly import build
from sim.model.exits import Duration, Response

BASE: dict[str, Any] = {
    "population": {"stock": 10},
    "staffing": {"citizens_per_coordinator": 10, "net_hours_per_week": 30},
    "meetings": {
        "preparation_hours": 0,
        "conversation_hours": 1,
        "journal_hours": 0,
        "bookings": {"invited": {"notice_weeks": 1}},
    },
}


def centre(job: dict[str, Any], **tables: Any) -> Config:
    import datetime

    run = {"start": datetime.date(2018, 1, 1), "horizon_weeks": 10}
    group = {"benefit": "cash_benefit", "stock_share": 1.0, "exits": {"job": {"hazard_per_week": 0.01, **job}}}
    group |= tables.pop("ready", {})
    return Config.model_validate({"run": run, "groups": {"ready": group}, **BASE, **tables})


def response(form: dict[str, Any], reference: float) -> Response:
    config = centre({"caseload": form}, caseload={"reference": reference})
    return build(config).groups[0].hazards[0].response


def duration(form: dict[str, Any]) -> Duration:
    return build(centre({"duration": form})).groups[0].hazards[0].duration


@pytest.mark.parametrize(
    ("form", "reference", "caseload", "factor"),
    [
        ({"power": {"elasticity": 0.5}}, 100, 100, 1.0),
        ({"power": {"elasticity": 0.5}}, 100, 25, 2.0),
        ({"power": {"elasticity": 1.0}}, 100, 200, 0.5),
        ({"power": {"elasticity": 0.0}}, 100, 7, 1.0),
        ({"hyperbolic": {"scale": 50}}, 0, 50, 0.5),
        ({"hyperbolic": {"scale": 50}}, 50, 50, 1.0),
        ({"hyperbolic": {"scale": 50}}, 50, 150, 0.5),
        ({"table": {"caseload": [50, 150], "factor": [2.0, 1.0]}}, 130, 10, 2.0),
        ({"table": {"caseload": [50, 150], "factor": [2.0, 1.0]}}, 130, 100, 1.5),
        ({"table": {"caseload": [50, 150], "factor": [2.0, 1.0]}}, 130, 300, 1.0),
    ],
)
def test_the_response_to_the_caseload(
    form: dict[str, Any], reference: float, caseload: float, factor: float
) -> None:
    assert exits.caseload_response(response(form, reference), caseload) == pytest.approx(factor, rel=1e-12)


@pytest.mark.parametrize(
    ("form", "weeks", "factor"),
    [
        ({"table": {"from_weeks": [0, 26, 52], "factor": [1.5, 1.0, 0.5]}}, 25.999, 1.5),
        ({"table": {"from_weeks": [0, 26, 52], "factor": [1.5, 1.0, 0.5]}}, 26.0, 1.0),
        ({"table": {"from_weeks": [0, 26, 52], "factor": [1.5, 1.0, 0.5]}}, 900.0, 0.5),
        ({"weibull": {"shape": 0.5, "reference_weeks": 52, "earliest_weeks": 13}}, 52.0, 1.0),
        ({"weibull": {"shape": 0.5, "reference_weeks": 52, "earliest_weeks": 13}}, 208.0, 0.5),
        ({"weibull": {"shape": 0.5, "reference_weeks": 52, "earliest_weeks": 13}}, 0.0, 2.0),
        ({"weibull": {"shape": 2.0, "reference_weeks": 52, "latest_weeks": 104}}, 26.0, 0.5),
        ({"weibull": {"shape": 2.0, "reference_weeks": 52, "latest_weeks": 104}}, 500.0, 2.0),
    ],
)
def test_the_factor_of_weeks_on_benefit(form: dict[str, Any], weeks: float, factor: float) -> None:
    assert exits.duration_factor(duration(form), weeks) == pytest.approx(factor, rel=1e-12)


def test_an_effect_fades() -> None:
    assert exits.fading(0.4, 0.0, 4.0) == pytest.approx(1.4)
    assert exits.fading(0.4, 4.0, 4.0) == pytest.approx(1.0 + 0.4 / math.e)
    assert exits.fading(0.4, math.inf, 4.0) == 1.0


def test_levels_of_the_field_lie_one_on_the_other() -> None:
    for level in range(12):
        assert exits.level_floor(level) + exits.level_width(level) == exits.level_floor(level + 1)
    assert [exits.levels_for(x) for x in (0.5, 1.0, 1.01, 2.0, 2.5, 4.0, 4.1)] == [1, 1, 2, 2, 3, 3, 4]


forms_of_response = st.one_of(
    st.none(),
    st.builds(lambda e: {"power": {"elasticity": e}}, st.floats(0, 3)),
    st.builds(lambda s: {"hyperbolic": {"scale": s}}, st.floats(1, 500)),
    st.builds(
        lambda a, b, c: {"table": {"caseload": [0.0, 60.0, 200.0], "factor": [a, b, c]}},
        *[st.floats(0, 9)] * 3,
    ),
)
forms_of_duration = st.one_of(
    st.none(),
    st.builds(
        lambda a, b: {"table": {"from_weeks": [0.0, 30.0], "factor": [a, b]}}, st.floats(0, 9), st.floats(0, 9)
    ),
    st.builds(
        lambda s, low, more: {"weibull": {"shape": s, "earliest_weeks": low, "latest_weeks": low + more}},
        st.floats(0.1, 3),
        st.floats(0.1, 50),
        st.floats(0, 200),
    ),
)
factors = st.floats(0, 6)


@given(
    caseload_form=forms_of_response,
    duration_form=forms_of_duration,
    reference=st.floats(1, 300),
    sizes=st.tuples(st.floats(0, 3), st.floats(0, 3)),
    effects=st.tuples(factors, factors, factors, factors, factors, factors),
    caseload=st.floats(1, 1000),
    weeks=st.floats(0, 2000),
    since=st.tuples(st.floats(0, 100), st.floats(0, 100)),
    length=st.floats(0, 1),
    ceiling=st.floats(1, 10),
    own_factor=st.none() | factors,
    where=st.tuples(st.booleans(), st.booleans(), st.booleans(), st.sampled_from(["none", "during", "after"])),
)
def test_no_hazard_rises_above_the_top_of_its_field(
    caseload_form: dict[str, Any] | None,
    duration_form: dict[str, Any] | None,
    reference: float,
    sizes: tuple[float, float],
    effects: tuple[float, ...],
    caseload: float,
    weeks: float,
    since: tuple[float, float],
    length: float,
    ceiling: float,
    own_factor: float | None,
    where: tuple[bool, bool, bool, str],
) -> None:
    """Thinning is exact only below the top: no config and no state may come above it."""
    lock_in, after_internship, small, during, after, vendor = effects
    job = {k: v for k, v in (("caseload", caseload_form), ("duration", duration_form)) if v is not None}
    config = centre(
        job,
        caseload={"reference": reference},
        meetings={
            **BASE["meetings"],
            "effect": {"size": sizes[0], "decay_weeks": 4.0},
            "time_pressure": {"backlog": {"tolerated_weeks": 1, "floor_share": 0.5, "ceiling_share": ceiling}},
            "sanction": {"after_no_show_share": 0.5, "hours": 1, "size": sizes[1], "decay_weeks": 5.0},
        },
        discretionary={"outreach": {"every_weeks": 8.0, "hours": 1, "size": sizes[1], "decay_weeks": 6.0}},
        internships={
            "placement_hours": 1,
            "search_weeks": 1,
            "give_up_weeks": 9.0,
            "duration_weeks": 4,
            "lock_in_factor": lock_in,
            "after_factor": after_internship,
        },
        small_jobs={"duration_weeks": 5, "factor": small},
        ready={"small_jobs": {"hazard_per_week": 0.01, "factor": own_factor}},
        programmes={
            "course": {
                "referral_share_per_meeting": 0.1,
                "duration_weeks": 5,
                "during_factor": during,
                "after_factor": after,
                "vendors": {"a": {"places": 1, "factor": vendor}},
            }
        },
    )
    h = build(config).groups[0].hazards[0]
    interning, after_it, in_small_job, programme = where
    programme_factor = {"none": 1.0, "during": during * vendor, "after": after}[programme]
    height = exits.hazard_multiplier(
        h,
        weeks_on_benefit=weeks,
        caseload=caseload,
        meeting=exits.fading(h.meeting_size * length * ceiling, since[0], 4.0),
        sanction=exits.fading(h.sanction_size, since[0], 5.0),
        outreach=exits.fading(h.outreach_size, since[1], 6.0),
        offers=offers.offers_factor(h, interning, after_it, in_small_job, programme_factor),
    )
    assert height <= exits.level_floor(h.levels) * (1 + 1e-12)
