"""The business case of pairs of replications that are in memory, for studies that keep no tables."""

from sim.analysis.ledger.business_case import Case, case
from sim.analysis.ledger.counts import Counts, count
from sim.analysis.ledger.lines import Amounts, lines, with_totals
from sim.analysis.ledger.pricing import Pricing
from sim.analysis.ledger.terms import terms_of
from sim.tables.records import Replication


def counted(replication: Replication, pricing: Pricing) -> Counts:
    """Count what costs money in a replication; it needs the weekly table."""
    tables = replication.tables
    return count(tables["citizens"], tables["schemes"], tables["coordinators"], tables["weekly"], pricing.frame)


def case_of(ours: Counts, theirs: Counts, a: Pricing, b: Pricing) -> Case:
    """Make the business case of one pair of replications.

    Parameters
    ----------
    ours, theirs
        From `counted`, of the variant and of the baseline: the same replication number, the same seed.
    a, b
        From `sim.analysis.ledger.pricing.pricing_of`.
    """
    return case(_amounts(ours, a), _amounts(theirs, b), theirs.treated, b.frame.quarters, terms_of(b.money))


def _amounts(counts: Counts, of: Pricing) -> Amounts:
    return with_totals(lines(counts, of.posts, of.money, of.schemes, of.frame), len(of.frame.quarters.years))
