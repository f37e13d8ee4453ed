"""From shares and dates to posts, counts and priorities, by hand."""

import math
from datetime import date
from typing import Any

import pytest

from sim.catalogue import WEEKS_PER_YEAR, Task
from sim.config.schema.size import size_of
from sim.config.summary import one_line
from sim.model.assembly import build, vendor_name
from sim.model.parameters import Parameters
from tests.engine.running import config, shipped

BASE = """
[run]
start = 2018-01-01
horizon_weeks = 104
[population]
stock = 100
[groups.a]
benefit = "cash_benefit"
stock_share = 1.0
[staffing]
net_hours_per_week = 30
"""
CENTRE = "[departments.centre]\n"


def built(text: str, overrides: dict[str, Any] | None = None) -> Parameters:
    return build(config(BASE + text, overrides))


def posts(text: str, overrides: dict[str, Any] | None = None) -> list[tuple[int, int, float]]:
    return [(p.team, p.ordinal, round(p.full_time_share, 9)) for p in built(text, overrides).posts]


@pytest.mark.parametrize(
    ("stated", "shares"),
    [
        ("coordinators = 2", [1.0, 1.0]),
        ("coordinators = 2.5", [1.0, 1.0, 0.5]),
        ("coordinators = 0.3", [0.3]),
        ("coordinators = 3.09", [1.0, 1.0, 1.0]),  # less than a tenth of a post is no job
        ("coordinators = 2.9999999999", [1.0, 1.0, 1.0]),
        ("coordinators = 0", []),
        ("citizens_per_coordinator = 40", [1.0, 1.0, 0.5]),
        ("citizens_per_coordinator = 100", [1.0]),
    ],
)
def test_full_and_part_time_posts(stated: str, shares: list[float]) -> None:
    assert posts(f"{CENTRE}{stated}\n") == [(0, i, share) for i, share in enumerate(shares)]


def test_posts_follow_the_citizens_a_department_serves() -> None:
    """Group a: 60, of whom 45 and 15 by weight; group b: 40, all in the second, which alone serves it."""
    text = """
[groups.b]
benefit = "sickness_benefit"
stock_share = 0.4
[departments.one]
stock_share = 3
groups = ["a"]
citizens_per_coordinator = 15
[departments.two]
citizens_per_coordinator = 22
"""
    assert posts(text, {"groups.a.stock_share": 0.6}) == [
        (0, 0, 1),
        (0, 1, 1),
        (0, 2, 1),
        (1, 0, 1),
        (1, 1, 1),
        (1, 2, 0.5),
    ]


CHANGE = dict[str, Any]


def changed(*changes: CHANGE, coordinators: float = 3) -> list[tuple[float, float, float]]:
    """Share, start and end of every post after changes of staff (-inf: there from the start)."""
    p = built(f"{CENTRE}coordinators = {coordinators}\n", {"staffing.changes": list(changes)})
    return [(round(post.full_time_share, 9), post.starts, post.ends) for post in p.posts]


FOREVER = (-math.inf, math.inf)


def test_hires_and_cuts() -> None:
    hire = {"date": date(2018, 1, 15), "posts": 1.5}
    cut = {"date": date(2018, 3, 5), "posts": -1.0}
    assert changed(hire) == [(1.0, *FOREVER)] * 3 + [(1.0, 2.0, math.inf), (0.5, 2.0, math.inf)]
    assert changed(cut) == [(1.0, *FOREVER)] * 2 + [(1.0, -math.inf, 9.0)]
    # The post that started last goes first, whatever the order in the file.
    assert changed(cut, {**hire, "posts": 1.0}) == [(1.0, *FOREVER)] * 3 + [(1.0, 2.0, 9.0)]
    # A post not yet there cannot be cut.
    late = {"date": date(2018, 6, 1), "posts": 1.0}
    assert changed(cut, late)[2] == (1.0, -math.inf, 9.0)


@pytest.mark.parametrize(
    ("coordinators", "cut", "left"),
    [(18.2, -1, 17.2), (18.2, -18, 0.2), (2.5, -2, 0.5), (3, -3, 0.0), (1.5, -1, 0.5)],
)
def test_a_cut_is_exact_where_a_post_is_part_time(coordinators: float, cut: float, left: float) -> None:
    kept = changed({"date": date(2018, 3, 5), "posts": cut}, coordinators=coordinators)
    assert math.fsum(share for share, _, ends in kept if ends == math.inf) == pytest.approx(left, abs=1e-9)


def test_the_order_of_changes_in_the_file_does_not_matter() -> None:
    day, later = date(2018, 2, 5), date(2018, 3, 5)
    hires = [
        {"date": day, "posts": 1.0, "hiring_delay_weeks": 3},
        {"date": day, "posts": 1.5},
        {"date": later, "posts": -1.0},
        {"date": later, "posts": -2.0},
    ]
    assert changed(*hires) == changed(*reversed(hires)) == changed(*hires[1:], hires[0])
    assert math.fsum(share for share, _, ends in changed(*hires) if ends == math.inf) == 2.5
    both = [{"date": day, "posts": 2.0, "hiring_delay_weeks": 3}, {"date": day, "posts": -2.0}]
    assert changed(*both) == changed(*reversed(both)) == changed()


def test_two_halves_are_cut_as_one_post() -> None:
    halves = [{"date": date(2018, 1, 8), "posts": 0.5}, {"date": date(2018, 1, 15), "posts": 0.5}]
    cut = {"date": date(2018, 3, 5), "posts": -1.0}
    assert [ends for _, _, ends in changed(*halves, cut, coordinators=0)] == [9.0, 9.0]


def test_a_change_for_the_whole_centre_is_spread_by_weight() -> None:
    text = "[departments.one]\nstock_share = 3\ncoordinators = 0\n[departments.two]\ncoordinators = 0\n"
    spread = posts(text, {"staffing.changes": [{"date": date(2018, 2, 1), "posts": 6.0}]})
    # 4.5 and 1.5 posts in whole ones: equal remainders go to the first.
    assert [d for d, _, _ in spread].count(0) == 5
    assert [d for d, _, _ in spread].count(1) == 1
    # What is left after whole posts goes where most is lacking, never to a department without weight.
    rest = {"date": date(2018, 2, 1), "posts": 1.5}
    for weights, expected in {
        (0, 1): [(1, 0, 1.0), (1, 1, 0.5)],
        (1, 1): [(0, 0, 1.0), (1, 0, 0.5)],
        (1, 3): [(1, 0, 1.0), (0, 0, 0.5)],
        (1, 9): [(1, 0, 1.0), (1, 1, 0.5)],
    }.items():
        shares = {f"departments.{name}.stock_share": w for name, w in zip(("one", "two"), weights, strict=True)}
        found = posts(text, {**shares, "staffing.changes": [rest]})
        assert sorted(found) == sorted(expected)
    named = {"date": date(2018, 2, 1), "posts": 2.0, "department": "two"}
    assert posts(text, {"staffing.changes": [named]}) == [(1, 0, 1.0), (1, 1, 1.0)]


def test_a_post_of_before_the_start_is_there_from_the_start() -> None:
    p = built(f"{CENTRE}coordinators = 1\n", {"staffing.changes": [{"date": date(2017, 12, 1), "posts": 1.0}]})
    assert [(post.starts, post.ends) for post in p.posts] == [FOREVER, (-31 / 7, math.inf)]


def test_the_stock_is_divided_without_loss() -> None:
    groups = "[groups.b]\nbenefit = 'x'\nstock_share = 0.5\n[groups.c]\nbenefit = 'y'\nstock_share = 0.25\n"
    p = built(f"{CENTRE}coordinators = 1\n{groups}", {"groups.a.stock_share": 0.25, "population.stock": 11})
    # 2.75, 5.5, 2.75: the largest remainders are rounded up.
    assert [g.stock for g in p.groups] == [3, 5, 3]


ROLE = """
[roles.consultant]
does = ["placement", "meeting"]
list_limit = 30
net_hours_per_week = 25
posts = 4
"""


def others(text: str, overrides: dict[str, Any] | None = None) -> list[tuple[int, int, float]]:
    """Department, ordinal and share of the posts of other roles."""
    p = built(text, overrides)
    with_teams = [(p.teams[post.team], post) for post in p.posts]
    return [(t.department, post.ordinal, round(post.full_time_share, 9)) for t, post in with_teams if t.role > 0]


def test_posts_of_a_role_are_spread_over_departments() -> None:
    text = f"[departments.one]\nstock_share = 3\ncoordinators = 1\n[departments.two]\ncoordinators = 1\n{ROLE}"
    assert others(text) == [(0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1)]
    stated = {"departments.two.posts.consultant": 1.5}
    assert others(text, stated) == [(0, 0, 1), (0, 1, 1), (0, 2, 1), (1, 0, 1), (1, 1, 0.5)]
    # Parts that are too small for a post are not lost: 40 x 0.025 make one.
    many = "".join(f"[departments.d{i}]\ncoordinators = 1\n" for i in range(40))
    assert others(many + ROLE, {"roles.consultant.posts": 1}) == [(0, 0, 1)]
    assert others(text, {"roles.consultant.shared": True}) == [(-1, i, 1) for i in range(4)]


def test_who_does_what() -> None:
    """With lists a role takes placement and clarification from the coordinators, without lists all that it does."""
    text = f"[departments.one]\ncoordinators = 1\n[departments.two]\ncoordinators = 1\n{ROLE}"
    p = built(text, {"departments.two.posts.consultant": 0})
    one, two, consultants = p.teams
    assert [task.key for task in Task if not one.does[task]] == ["placement"]
    assert all(two.does)  # Where nobody has the role the coordinators do its work.
    assert [task.key for task in Task if consultants.does[task]] == ["meeting", "placement"]
    assert [[team for team in department if team >= 0] for department in p.others] == [[2], []]
    pooled = built(text.replace("list_limit = 30\n", ""), {"roles.consultant.shared": True})
    assert [[(t, team) for t, team in enumerate(department) if team >= 0] for department in pooled.others] == [
        [(Task.MEETING, 2), (Task.PLACEMENT, 2)]
    ] * 2
    assert (pooled.teams[2].pooled, pooled.teams[2].lists, consultants.pooled, consultants.lists) == (
        True, False, False, True,
    )  # fmt: skip


def test_posts_of_a_role_are_named_by_it() -> None:
    assert built(f"{CENTRE}coordinators = 1\n{ROLE}", {"roles.consultant.posts": 2}).names.resources == (
        "rehabilitation team", "coordinator 0", "consultant 0", "consultant 1",
    )  # fmt: skip


def test_hours_priorities_and_planned_work() -> None:
    text = f"""
administration_share = 0.2
fixed_hours_per_week = 4
{CENTRE}coordinators = 1
[groups.a.contacts]
interval_weeks = 4
hours = 0.5
[groups.b]
benefit = "sickness_benefit"
contacts = {{ interval_weeks = 1, hours = 0.25, priority = -3 }}
[priorities]
contact = 7
"""
    p = built(text)
    assert (p.roles[0].hours_per_week, p.roles[0].net_hours_per_week) == (30 * 0.8 - 4, 30)
    assert [g.contact_priority for g in p.groups] == [7, -3]
    # Mean over calls: a quarter of them of half an hour for each whole one of a quarter.
    assert p.planned_hours[1] == pytest.approx((0.25 * 0.5 + 1 * 0.25) / 1.25, rel=1e-15)


def test_the_same_config_gives_equal_parameters() -> None:
    assert shipped("130_per_worker") == shipped("130_per_worker")
    assert shipped("130_per_worker") != shipped("50_per_worker")
    assert [len(shipped(f"{n}_per_worker").posts) for n in (50, 130, 200)] == [4 + 11 + 5, 4 + 3 + 5, 4 + 5]
    last = [shipped(f"{n}_per_worker").posts[-6].full_time_share for n in (50, 130, 200)]  # Before 5 consultants.
    own = 910 - 4.5 * 50  # Citizens on the coordinators' own lists.
    assert last == pytest.approx([own / 50 - 13, own / 130 - 5, own / 200 - 3], abs=1e-9)


def test_no_two_vendors_have_the_same_name_in_the_event_log() -> None:
    pairs = [("p / q", "r"), ("p", "q / r"), ("p /", "q"), ("p", "/ q"), ("p", "q"), ('"p', "q"), ('"p"', "q")]
    names = [vendor_name(programme, vendor) for programme, vendor in pairs]
    assert len(set(names)) == len(pairs)
    assert names[0] == '"p / q" / r'
    assert names[4] == "p / q"


COUNTED = """
[groups.b]
benefit = "cash_benefit"
{b}
[groups.c]
benefit = "sickness_benefit"
inflow_per_week = 0.25
[departments.north]
stock_share = 2
citizens_per_coordinator = 25
[departments.south]
groups = ["b"]
citizens_per_coordinator = 10
"""


def test_counts_are_as_good_as_shares() -> None:
    """70 and 30 of 100; 104.357... entries a year are 2 a week. Everything that follows is the same."""
    shares = BASE.replace("stock_share = 1.0", "stock_share = 0.7\ninflow_per_week = 2.0")
    counts = BASE.replace("stock_share = 1.0", f"stock = 70\nentries_per_year = {2.0 * WEEKS_PER_YEAR!r}")
    in_shares = config(shares + COUNTED.format(b="stock_share = 0.3"))
    for text in (counts, counts.replace("[population]\nstock = 100\n", "")):
        in_counts = config(text + COUNTED.format(b="stock = 30"))
        assert build(in_counts) == build(in_shares)
        assert one_line(in_counts) == one_line(in_shares)
        assert size_of(dict(in_counts)) == size_of(dict(in_shares))
    assert [group.stock for group in build(in_counts).groups] == [70, 30, 0]


def test_nobody_may_be_counted() -> None:
    empty = config(
        BASE.replace("stock = 100", "").replace("stock_share = 1.0", "stock = 0") + CENTRE + "coordinators = 1"
    )
    assert [group.stock for group in build(empty).groups] == [0]
