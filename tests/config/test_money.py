"""The table [money]: what it refuses, word for word."""

from pathlib import Path

import pytest

from sim.config import ConfigError, load
from sim.config.schema.money import DestinationCost
from tests.config.valid import VALID

MONEY = """
[money]
price_year = 2018
[money.staff]
coordinator_kr_per_year = 530_000
roles_kr_per_year = { mentor = 530_000 }
[money.benefits]
cash_benefit = { flat = { kr_per_year = 115_000 } }
[money.destinations]
pension = { counts_as = "cost", kr_per_year = 90_000 }
[money.budget.evaluation]
covers = "evaluation"
kr_per_year = 265_000
first_year = 2018
last_year = 2019
"""
LADDER = "{ refund_ladder = { kr_per_month = 1, "

WRONG = {
    "a benefit without a price": (
        "cash_benefit = { flat",
        "cash_benefits = { flat",
        "9: groups.ready.benefit: 'cash_benefit' has no price: add a table [money.benefits.cash_benefit] "
        "(or is cash_benefits meant?)",
    ),
    "a ladder with too few steps": (
        "{ flat = { kr_per_year = 115_000 } }",
        LADDER + "state_share = [0.8, 0.4] } }",
        "32: money.benefits.cash_benefit.refund_ladder.state_share: needs one share for each of from_weeks: 4; "
        "it has 2",
    ),
    "a ladder that does not rise": (
        "{ flat = { kr_per_year = 115_000 } }",
        LADDER + "from_weeks = [0, 26, 4, 52] } }",
        "32: money.benefits.cash_benefit.refund_ladder.from_weeks: must be in rising order",
    ),
    "a ladder that begins late": (
        "{ flat = { kr_per_year = 115_000 } }",
        LADDER + "from_weeks = [1, 4, 26, 52] } }",
        "32: money.benefits.cash_benefit.refund_ladder.from_weeks: must start at 0; it starts at 1",
    ),
    "two prices": (
        "{ flat = { kr_per_year = 115_000 } }",
        "{ flat = { kr_per_year = 1 }, refund_ladder = { kr_per_month = 1 } }",
        "32: money.benefits.cash_benefit: needs exactly one of flat, refund_ladder; it has flat and refund_ladder",
    ),
    "a cost without an amount": (
        ", kr_per_year = 90_000 }",
        " }",
        '34: money.destinations.pension.kr_per_year: is missing: counts_as = "cost" needs it',
    ),
    "a saving with an amount": (
        'counts_as = "cost"',
        'counts_as = "saving"',
        '34: money.destinations.pension.kr_per_year: only with counts_as = "cost"; it is "saving"',
    ),
    "a benefit after the exit without a price": (
        'counts_as = "cost", kr_per_year = 90_000',
        'counts_as = "benefit"',
        '34: money.destinations.pension.benefit: is missing: counts_as = "benefit" needs it',
    ),
    "a benefit first where there is none later": (
        'counts_as = "cost", kr_per_year = 90_000',
        'counts_as = "saving", first = { share = 0.7, weeks = 52, benefit = { flat = { kr_per_year = 90_000 } } }',
        '34: money.destinations.pension.first: only with counts_as = "benefit"; it is "saving"',
    ),
    "discount rates that do not follow each other": (
        "price_year = 2018",
        "price_year = 2018\ndiscount_steps = [{ from_year = 36, rate = 0.03 }, { from_year = 36, rate = 0.02 }]",
        "28: money.discount_steps: from_year must rise from one step to the next",
    ),
    "somebody else who pays": (
        'covers = "evaluation"',
        'covers = "evaluation"\npayer = "regions"',
        '37: money.budget.evaluation.payer: must be "municipality", "state" or "region"; it is the text "regions"; '
        'did you mean "region"?',
    ),
    "years the wrong way round": (
        "last_year = 2019",
        "last_year = 2017",
        "39: money.budget.evaluation.last_year: must be at least first_year, 2018; it is 2017",
    ),
    "no such destination": (
        "pension = {",
        "pensions = {",
        "34: money.destinations.pensions: unknown key; did you mean pension?",
    ),
}


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("old", "new", "expected"), WRONG.values(), ids=WRONG)
def test_refused(old: str, new: str, expected: str) -> None:
    assert MONEY.count(old) == 1
    Path("a.toml").write_text(VALID + MONEY.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load("a.toml")
    assert error.value.problems == [f"a.toml:{expected}"]


def test_valid() -> None:
    Path("a.toml").write_text(VALID + MONEY, encoding="utf-8")
    money = load("a.toml").config.money
    assert money is not None
    assert money.staff.counted_by == "posts"
    assert money.counts_as("pension").kr_per_year == 90_000
    assert money.discount_rate == 0.0


def test_a_variant_replaces_a_flat_price_by_the_ladder_and_switches_a_budget_off() -> None:
    Path("base.toml").write_text(VALID + MONEY, encoding="utf-8")
    Path("a.toml").write_text(
        'extends = "base.toml"\nmoney.budget.evaluation = "none"\n'
        "money.benefits.cash_benefit = { refund_ladder = { kr_per_month = 12_000 } }\n",
        encoding="utf-8",
    )
    money = load("a.toml").config.money
    assert money is not None
    assert money.budget == {}
    ladder = money.benefits["cash_benefit"].refund_ladder
    assert ladder is not None
    assert ladder.state_share == [0.8, 0.4, 0.3, 0.2]


def test_what_a_destination_counts_as_replaces_what_stood_beside_it() -> None:
    """The amount of a cost must not be left beside a saving; the same choice may be changed in part."""
    Path("base.toml").write_text(VALID + MONEY, encoding="utf-8")
    for text, expected in (
        ('counts_as = "saving"', DestinationCost(counts_as="saving")),
        ("state_share = 0.5", DestinationCost(counts_as="cost", kr_per_year=90_000, state_share=0.5)),
        (
            'counts_as = "cost"\nstate_share = 0.5',
            DestinationCost(counts_as="cost", kr_per_year=90_000, state_share=0.5),
        ),
    ):
        over = f'extends = "base.toml"\n[money.destinations.pension]\n{text}\n'
        Path("a.toml").write_text(over, encoding="utf-8")
        money = load("a.toml").config.money
        assert money is not None
        assert money.destinations["pension"] == expected
