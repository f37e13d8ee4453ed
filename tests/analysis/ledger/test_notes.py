"""The budget notes' staff-cost tables come out to the krone; and where the notes are inconsistent, by how much."""

import pytest

from tests.analysis.ledger.pricing import staff_table

BY_BUDGET = {"money.staff.counted_by": "budget"}
SPEND = "staff, evaluation, programmes, other"


def test_jki_pilot() -> None:
    """9,500 + 265 = 9,765 in 2018 and in 2019, 19,530 in all [BI5]."""
    table = staff_table("jki_pilot", "jki", BY_BUDGET)
    assert table["budget: coordinators"] == [9_500_000, 9_500_000, 0, 0, 19_000_000]
    assert table["budget: evaluation"] == [265_000, 265_000, 0, 0, 530_000]
    assert table["all budgets"] == table[SPEND] == table["in all"] == [9_765_000, 9_765_000, 0, 0, 19_530_000]


def test_jki_pilot_by_posts() -> None:
    """18 x 530 = 9,540, which the note rounds to 9,500 [BI5]."""
    table = staff_table("jki_pilot", "jki")
    assert table["coordinators, posts"] == [9_540_000, 9_540_000, 0, 0, 19_080_000]
    assert table[SPEND] == [9_805_000, 9_805_000, 0, 0, 19_610_000]


def test_jki_reallocation() -> None:
    """9,500 + 9,500 = 19,000 [BI5]; the same 18 posts."""
    table = staff_table("jki_reallocation", "jki", BY_BUDGET)
    assert table["all budgets"] == table["in all"] == [9_500_000, 9_500_000, 0, 0, 19_000_000]
    assert table["coordinators, posts"] == [9_540_000, 9_540_000, 0, 0, 19_080_000]


def test_jki_rollout() -> None:
    """67,000 a year, 268,000 over 2018-2021 [BI5] is 126 posts but for 220; 90 and 200 posts cost something else."""
    table = staff_table("jki_rollout_126", "jki", BY_BUDGET)
    assert table["all budgets"] == [67_000_000] * 4 + [268_000_000]
    assert table["coordinators, posts"] == [66_780_000] * 4 + [267_120_000]
    assert staff_table("jki_rollout_90", "jki")["coordinators, posts"] == [47_700_000] * 4 + [190_800_000]
    text = staff_table("jki_rollout_200", "jki", BY_BUDGET)
    assert text["all budgets"] == [100_000_000] * 4 + [400_000_000]
    assert text["coordinators, posts"] == [106_000_000] * 4 + [424_000_000]


def test_jka_sick_pay_pilot() -> None:
    """6,900 + 265 = 7,165 a year [BI]. Twice that is 14,330; the note's total is 14,310, which is not met."""
    table = staff_table("jka_sick_pay_pilot", "jka", BY_BUDGET)
    assert table["all budgets"] == table["in all"] == [7_165_000, 7_165_000, 0, 14_330_000]
    assert table["coordinators, posts"] == [6_890_000, 6_890_000, 0, 13_780_000]
    by_posts = 2 * (6_890_000 + 265_000)
    assert by_posts == 14_310_000  # The note's total is that of 13 x 530, unrounded.
    assert staff_table("jka_sick_pay_pilot", "jka")[SPEND][-1] == by_posts
    assert staff_table("jka_sick_pay_pilot_45", "jka")["coordinators, posts"][0] == 4_770_000


def test_bif_rollouts() -> None:
    """260,000 x 4 = 1,040,000, and 50,000 a year [BI]; posts are phased, so the first years cost less."""
    to_50 = staff_table("bif_rollout_50", "bif", BY_BUDGET)
    assert to_50["all budgets"] == to_50["in all"] == [260_000_000] * 4 + [1_040_000_000]
    assert to_50["coordinators, posts"][-2] == 265_000_000
    to_80 = staff_table("bif_rollout_80", "bif", BY_BUDGET)
    assert to_80["all budgets"] == [50_000_000] * 4 + [200_000_000]
    assert to_80["coordinators, posts"][-2] == 53_000_000


def test_jka_with_partial_return() -> None:
    """The same 13 posts and budget on the baseline with partial return; the first meeting alone takes 4 posts."""
    table = staff_table("jka_partial_return_pilot", "jka_partial_return", BY_BUDGET)
    assert table["all budgets"] == table["in all"] == [7_165_000, 7_165_000, 0, 14_330_000]
    alone = staff_table("jka_partial_return_first_meeting", "jka_partial_return")
    assert alone["coordinators, posts"] == alone[SPEND] == [2_120_000, 2_120_000, 0, 4_240_000]


def test_consultants_who_follow() -> None:
    """Priced as caseworkers: 10 x 530, and in the whole administration 25 and 124 x 530 when all are there."""
    table = staff_table("jki_rollout_90_consultants", "jki")
    assert table["company consultant, posts"] == [5_300_000] * 4 + [21_200_000]
    assert table["coordinators, posts"] == [47_700_000] * 4 + [190_800_000]
    for rollout, posts in (("bif_rollout_80_consultants", 25), ("bif_rollout_50_consultants", 124)):
        assert staff_table(rollout, "bif")["company consultant, posts"][-2] == posts * 530_000


@pytest.mark.parametrize("name", ["", "_team", "_search", "_8"])
def test_task_forces_cost_what_the_reallocation_does(name: str) -> None:
    """18 posts for two years, whoever they are."""
    assert staff_table(f"jki_task_force{name}", "jki")[SPEND] == staff_table("jki_reallocation", "jki")[SPEND]
