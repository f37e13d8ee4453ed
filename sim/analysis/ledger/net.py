"""Net cost of many runs against one: of each replication the total alone, the baseline counted once."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.analysis.ledger.counts import Counts
from sim.analysis.ledger.inputs import Inputs, inputs_of
from sim.analysis.ledger.ledger import check_start
from sim.analysis.ledger.lines import IN_ALL, MUNICIPALITY, lines, with_totals
from sim.analysis.ledger.reading import counted_replications
from sim.analysis.ledger.spells import Floats
from sim.store.run import Run


def net_costs(runs: Sequence[Run], baseline: Run, money: Path | None = None) -> Iterator[Floats]:
    """Give the net cost of each run to the municipality: what it pays in all, less what it pays in the baseline.

    Parameters
    ----------
    runs
        Variants; one that is the baseline itself costs 0.
    baseline
        What they are compared with.
    money
        A file of prices instead of the runs' own.

    Yields
    ------
    numpy.ndarray
        For a run: by replication, in kr over the whole ledger, at its price level, not discounted.

    Raises
    ------
    UsageError
        As of `sim.analysis.ledger.ledger.Ledger`.
    """
    counted: dict[tuple[float, ...], list[_Paid]] = {}
    for run in runs:
        a, b = inputs_of(run, baseline, money)
        # Of what the two have in common only the steps of the refund depend on the variant.
        steps = tuple(b.frame.steps.tolist())
        if steps not in counted:
            counted[steps] = list(_paid(b))
        ours = counted[steps] if run.config_hash == baseline.config_hash else _paid(a)
        differences = []
        for number, (own, theirs) in enumerate(zip(ours, counted[steps], strict=False)):
            check_start(run, baseline, number, own.counts, theirs.counts)
            differences.append(own.amount - theirs.amount)
        yield np.array(differences)


class _Paid(NamedTuple):
    """What the municipality pays in all in one replication, and what that was computed from."""

    amount: float
    counts: Counts


def _paid(of: Inputs) -> Iterator[_Paid]:
    length = len(of.frame.quarters.years)
    for _, one in counted_replications(of.run, of.frame):
        amounts = with_totals(lines(one.counts, of.posts, of.money, of.schemes, of.frame), length)
        yield _Paid(float(amounts[IN_ALL[MUNICIPALITY]].sum()), one.counts)
