"""What small jobs save of the benefit: counted from the weekly table, taken off the benefit that is paid."""

import numpy as np
import pytest

from sim.analysis.ledger.counts import COORDINATOR_COLUMNS, WEEKLY_COLUMNS, count
from sim.analysis.ledger.lines import MUNICIPALITY, STATE, paid_share
from tests.analysis.ledger.pricing import FLAT, counts, frame, money, priced
from tests.analysis.ledger.test_counts import NO_CHANGES, NOBODY


def test_weeks_saved_by_scheme_and_quarter() -> None:
    """Two groups on the first scheme, a third on the other; ten and twenty in small jobs from week 13 to 15."""
    f = frame(money(), schemes=2)._replace(schemes=np.array([0, 0, 1]), saved=np.array([0.5, 0.0, 0.25]))
    columns = {name: np.zeros(9) for name in WEEKLY_COLUMNS}
    columns |= {"week": np.repeat([0, 14, 15], 3), "group": np.tile([0, 1, 2], 3)}
    columns["in_small_job"] = np.array([7, 7, 7, 10, 99, 20, 10, 99, 20])
    made = count(NOBODY, NO_CHANGES, {name: np.zeros(0) for name in COORDINATOR_COLUMNS}, columns, f).saved
    assert made[:, 1].tolist() == pytest.approx([10.0, 10.0])
    assert made.sum() == pytest.approx(20.0)


def test_the_paid_share_of_both_payers() -> None:
    """Of 100 weeks in the first quarter 25 are not paid; nothing is on benefit in the others."""
    prices = money(benefits={"cash": FLAT["cash"]})
    f = frame(prices)
    on_benefit = np.zeros((1, len(f.steps), len(f.quarters.years)))
    on_benefit[0, 0, 0] = 100.0
    saved = np.zeros((1, len(f.quarters.years)))
    saved[0, 0] = 25.0
    assert paid_share(counts(f, benefit=on_benefit, saved=saved), 0).tolist() == [0.75] + [1.0] * (saved.size - 1)
    with_jobs, without = (priced(prices, f, benefit=on_benefit, saved=s) for s in (saved, 0 * saved))
    for line, amount in without.items():
        if line.section == "benefits" and line.payer in (MUNICIPALITY, STATE):
            np.testing.assert_allclose(with_jobs[line], 0.75 * amount)
