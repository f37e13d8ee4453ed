"""Quantities times prices are the ledger: to the rounding of sums, for any prices and any counts."""

from typing import Any, cast

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.ledger.inputs import Inputs
from sim.analysis.ledger.item_prices import price_of
from sim.analysis.ledger.lines import (
    BOTH,
    COORDINATORS,
    EFFORT,
    IN_ALL,
    MUNICIPALITY,
    STATE,
    lines,
    steps_of,
    with_totals,
)
from sim.analysis.ledger.quantities import count_items, items_of
from sim.catalogue import DESTINATIONS
from sim.store.run import Run
from tests.analysis.ledger.pricing import counts, frame, money

FLAT = st.builds(lambda kr: {"flat": {"kr_per_year": kr}}, st.floats(0, 200_000))
SHARES = st.lists(st.floats(0, 1), min_size=4, max_size=4)
LADDER = st.builds(
    lambda kr, starts, shares: {
        "refund_ladder": {"kr_per_month": kr, "from_weeks": [0.0, *starts], "state_share": shares[: len(starts) + 1]}
    },
    st.floats(0, 30_000),
    st.lists(st.integers(1, 60).map(float), max_size=3, unique=True).map(sorted),
    SHARES,
)
FIRST = st.builds(lambda share, benefit: {"share": share, "weeks": 20, "benefit": benefit}, st.floats(0, 1), LADDER)
AFTER = st.one_of(
    st.sampled_from([{"counts_as": "saving"}, {"counts_as": "neutral"}]),
    st.builds(
        lambda kr, share: {"counts_as": "cost", "kr_per_year": kr, "state_share": share},
        st.floats(0, 300_000),
        st.floats(0, 1),
    ),
    st.builds(
        lambda benefit, first: {"counts_as": "benefit", "benefit": benefit, "first": first},
        LADDER,
        st.one_of(st.none(), FIRST),
    ),
)
BUDGET = st.builds(
    lambda covers, payer, kr, first, more: {
        "covers": covers, "payer": payer, "kr_per_year": kr, "first_year": first, "last_year": first + more,
    },
    st.sampled_from(["staff", "evaluation", "programmes", "other"]),
    st.sampled_from(["municipality", "state", "region"]),
    st.floats(0, 1e7),
    st.integers(2017, 2020),
    st.integers(0, 3),
)  # fmt: skip


@st.composite
def prices(draw: st.DrawFn, benefit: st.SearchStrategy[Any]) -> Any:
    return money(
        staff={
            "coordinator_kr_per_year": draw(st.floats(300_000, 800_000)),
            "counted_by": draw(st.sampled_from(["posts", "filled", "budget"])),
        },
        benefits={"cash": draw(benefit), "course": draw(benefit)},
        destinations=draw(st.dictionaries(st.sampled_from(DESTINATIONS), AFTER)),
        budget=draw(st.dictionaries(st.sampled_from(["a", "b"]), BUDGET)),
        programme_kr_per_week=draw(st.floats(0, 5_000)),
        internship_kr_per_week=draw(st.floats(0, 5_000)),
        displacement_share=draw(st.one_of(st.none(), st.floats(0, 1))),
    )


def amounts(of: Any, seed: int) -> tuple[dict[str, float], dict[str, float]]:
    """In all by payer, and what is paid for the effect: by the ledger's lines, and by quantities times prices."""
    rng = np.random.default_rng(seed)
    f = frame(of, schemes=2)._replace(steps=steps_of(of))
    quarters, steps = len(f.quarters.years), len(f.steps)
    after = rng.uniform(0, 500, (len(DESTINATIONS), 2, steps, quarters))
    benefit = rng.uniform(0, 900, (2, steps, quarters))
    counted = counts(
        f, benefit=benefit, saved=0.1 * benefit.sum(axis=1), after=after, after_first=0.4 * after,
        filled=rng.uniform(0, 60, quarters), programme=rng.uniform(0, 90, quarters),
        internship=rng.uniform(0, 90, quarters),
    )  # fmt: skip
    posts = {COORDINATORS: rng.uniform(0, 70, quarters)}
    schemes = ("cash", "course")
    ledger = with_totals(lines(counted, posts, of, schemes, f), quarters)
    by_ledger = {payer: float(ledger[IN_ALL[payer]].sum()) for payer in (MUNICIPALITY, STATE, BOTH)}
    by_ledger["effort"] = float(ledger[EFFORT].sum())

    inputs = Inputs(cast(Run, None), of, posts, schemes, f)
    items = items_of(inputs)
    quantities = count_items(counted, inputs, items)
    assert quantities.shape == (len(items), 2)
    each = [price_of(item, of) for item in items]
    paid = [float((np.array([price[i] for price in each]) @ quantities).sum()) for i in range(2)]
    effort = sum(
        price.municipality * float(row.sum())
        for item, price, row in zip(items, each, quantities, strict=True)
        if item.kind in ("posts", "filled", "budget", "programmes", "internships")
    )
    return by_ledger, {MUNICIPALITY: paid[0], STATE: paid[1], BOTH: sum(paid), "effort": effort}


@settings(deadline=None)
@given(prices(LADDER), st.integers(0, 1000))
def test_quantities_times_prices_are_the_ledger(of: Any, seed: int) -> None:
    by_ledger, by_quantities = amounts(of, seed)
    assert by_quantities == pytest.approx(by_ledger, rel=1e-10, abs=1e-3)


@settings(deadline=None)
@given(prices(FLAT), st.integers(0, 1000))
def test_of_flat_prices_the_municipality_knows_its_own(of: Any, seed: int) -> None:
    by_ledger, by_quantities = amounts(of, seed)
    for what in (MUNICIPALITY, "effort"):
        assert by_quantities[what] == pytest.approx(by_ledger[what], rel=1e-10, abs=1e-3)
    assert np.isnan(by_ledger[STATE])
    assert np.isnan(by_quantities[STATE])
