"""Hours wanted and there, places, slots and the stock to come, against sums by hand and the formulas of theory."""

import math
from collections.abc import Mapping
from pathlib import Path

import pytest

from docs.reference.shipped import CONFIGS
from sim.catalogue import WEEKS_PER_YEAR, Task
from sim.config import load
from sim.config.schema.counts import stock_of
from sim.model.assembly import build
from sim.model.parameters import Parameters
from sim.model.workload import (
    expected_stock,
    placement_hours,
    places,
    programme_places,
    team_slots,
    weeks_on_list,
    workload,
)

CENTRE = """\
[run]
start = 2018-01-01
horizon_weeks = 100

[population]
stock = 120

[groups.a]
benefit = "x"
stock_share = 1
inflow_per_week = 2
meetings = { interval_weeks = 10 }
contacts = { interval_weeks = 6, hours = 0.5 }
clarification.right_scheme_stock.pension = 0.5
clarification.right_scheme_inflow.pension = 0.25
clarification.recognised_share_stock = 0.5
internships.found_share_per_meeting = 0.4
internships.placeable_share = 0.5
internships.ready_share_stock = 0.5
internships.ready_share_inflow = 0.25
internships.becomes_ready_per_year = 3.6525
exits.job = { hazard_per_week = 0.01 }

[staffing]
net_hours_per_week = 30
administration_share = 0.2

[departments]
one = { coordinators = 2, stock_share = 1 }
two = { coordinators = 1.5, stock_share = 3 }

[meetings]
preparation_hours = 0.5
conversation_hours = 1
journal_hours = 0.5
no_show_hours = 0.25
window_weeks = 3
bookings.invited = { notice_weeks = 0, no_show_share = 0.2 }

[contacts]
handled_elsewhere_share = 0.5

[clarification]
recognition_share_per_meeting = 0.2
packages = 5
hours_per_package = 4
document_wait_weeks = 4

[rehabilitation_team]
slots_per_meeting = 3
every_weeks = 2

[roles.consultant]
does = ["placement"]
posts = 2
list_limit = 30
net_hours_per_week = 25

[internships]
placement_hours = 4
follow_up_hours = 1
search_weeks = { uniform = { min = 0, max = 20 } }
give_up_weeks = 10
duration_weeks = 8

[programmes.p]
referral_share_per_meeting = 0.1
duration_weeks = 26
vendors = { v = { places = 9 }, w = { places = 4 } }
"""


def centre(tmp_path: Path, overrides: Mapping[str, object] | None = None) -> Parameters:
    file = tmp_path / "centre.toml"
    file.write_text(CENTRE, encoding="utf-8")
    return build(load(file, overrides).config)


def test_hours_by_kind(tmp_path: Path) -> None:
    found = workload(centre(tmp_path))
    assert found.citizens == 120
    assert found.posts == 3.5
    assert found.hours == pytest.approx(3.5 * 24, rel=1e-12)
    # 12 meetings a week of 2 hours, and for each 0.25 no-shows of 0.25 hours.
    assert found.wanted[Task.MEETING] == pytest.approx(12 * (2 + 0.25 * 0.25), rel=1e-12)
    assert found.wanted[Task.CONTACT] == pytest.approx(120 / 6 * 0.5 * 0.5, rel=1e-12)
    # 60 needs, half of them recognised with two packages of five done on average; and 0.5 a week.
    assert found.cases == pytest.approx(60 * (1 - 0.5 * 0.4) / 100 + 0.5, rel=1e-12)
    assert found.wanted[Task.CLARIFICATION] == pytest.approx(found.cases * 20, rel=1e-12)
    # 60 ready of the stock in 100 weeks, 0.5 new a week; the others become so at 0.07 a week, found after 25 weeks.
    assert found.ready == pytest.approx(0.6 + 0.5 + 60 / (1 / 0.07 + 25), rel=1e-12)
    assert found.wanted[Task.HANDOVER] == pytest.approx(found.ready * 0.5, rel=1e-12)
    assert found.wanted[Task.PLACEMENT] == 0.0


def test_departments_add_up_to_the_centre(tmp_path: Path) -> None:
    p = centre(tmp_path)
    whole, one, two = workload(p), workload(p, 0), workload(p, 1)
    assert (one.citizens, two.citizens) == (30, 90)
    assert (one.posts, two.posts) == (2, 1.5)
    assert [a + b for a, b in zip(one.wanted, two.wanted, strict=True)] == pytest.approx(whole.wanted, rel=1e-12)


def test_absence_and_vacancies_take_hours(tmp_path: Path) -> None:
    lost = {
        "staffing.absence": {"spells_per_year": 4, "duration_weeks": 2},
        "staffing.turnover": {"per_year": 1, "vacancy_weeks": 8},
    }
    present = 1 / (1 + 4 * 2 / WEEKS_PER_YEAR) / (1 + 8 / WEEKS_PER_YEAR)
    assert workload(centre(tmp_path, lost)).hours == pytest.approx(3.5 * 24 * present, rel=1e-12)


def test_places_and_slots(tmp_path: Path) -> None:
    p = centre(tmp_path)
    assert places(p) == 60
    assert team_slots(p) == 1.5
    assert programme_places(p, p.programmes[0]) == pytest.approx((13, 12 * 0.1 * 26), rel=1e-12)
    # Half can be placed, and of these half search for at most 10 weeks, 5 on average: a quarter finds a place.
    hours, each = placement_hours(p)
    assert hours == 50
    assert each == pytest.approx(4 + 0.25, rel=1e-12)
    assert weeks_on_list(p) == pytest.approx(0.25 * (5 + 8) + 0.75 * 10, rel=1e-12)


def test_three_in_one_is_the_coordinators_own_work(tmp_path: Path) -> None:
    found = workload(centre(tmp_path, {"roles.consultant.posts": 0}))
    assert found.wanted[Task.HANDOVER] == 0.0
    assert found.wanted[Task.PLACEMENT] == pytest.approx(found.ready * 4, rel=1e-12)


def test_the_stock_of_constant_hazards_is_the_formula_of_immigration_and_death(tmp_path: Path) -> None:
    """120 exp(-ht) exactly; of the new ones (1 - exp(-ht)) / h, summed up in the middle of each step."""
    h, t, steps = 0.01, 100.0, 25
    assert expected_stock(centre(tmp_path, {"groups.a.inflow_per_week": 0})) == pytest.approx(
        120 * math.exp(-h * t), rel=1e-12
    )
    step = t / steps
    midpoints = 2 * step * math.fsum(math.exp(-h * (i + 0.5) * step) for i in range(steps))
    expected = 120 * math.exp(-h * t) + midpoints
    assert expected_stock(centre(tmp_path)) == pytest.approx(expected, rel=1e-12)
    exact = 2 * (1 - math.exp(-h * t)) / h
    assert abs(midpoints - exact) < exact * (h * step) ** 2 / 24  # The midpoint rule's error.


def test_the_shipped_stocks_are_level() -> None:
    """The configs' inflow was set to keep the stock; frailty, duration and stays all count here."""
    for name in ("jki_base", "jka"):
        config = load(CONFIGS / f"{name}.toml").config
        assert 0.95 < expected_stock(build(config)) / stock_of(dict(config)) < 1.05
