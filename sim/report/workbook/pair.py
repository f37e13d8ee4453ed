"""What the sheets of one ledger share: two runs, their quantities, and the prices of these."""

from typing import NamedTuple

from sim.analysis.ledger import Ledger
from sim.analysis.ledger.inputs import Inputs
from sim.analysis.ledger.item_prices import Price, price_of
from sim.analysis.ledger.quantities import Quantities
from sim.analysis.ledger.spells import Floats
from sim.config.schema.money import Money

BASELINE = 0


class Pair(NamedTuple):
    """A variant and the baseline.

    Attributes
    ----------
    ledger
        Of both.
    inputs
        By what the baseline and the variant are counted and priced.
    quantities
        Of both.
    side
        Place of the variant among the runs of the sheet of prices; the baseline is 0.
    """

    ledger: Ledger
    inputs: tuple[Inputs, Inputs]
    quantities: Quantities
    side: int

    @property
    def names(self) -> tuple[str, str]:
        """Of the baseline and of the variant."""
        return self.ledger.baseline, self.ledger.variant

    @property
    def per_draw(self) -> int:
        """Replications of each draw from a posterior; 1: all are independent."""
        return self.inputs[1].run.manifest.per_draw

    @property
    def sides(self) -> tuple[int, int]:
        """Places of both among the runs of the sheet of prices."""
        return BASELINE, self.side

    @property
    def moneys(self) -> tuple[Money, Money]:
        """Prices of both."""
        return self.inputs[0].money, self.inputs[1].money

    @property
    def of_runs(self) -> tuple[Floats, Floats]:
        """Quantities of both by replication, item and year."""
        return self.quantities.theirs, self.quantities.ours

    @property
    def means(self) -> tuple[Floats, Floats]:
        """Mean quantities of both over the replications, by item and year."""
        theirs, ours = (values.mean(axis=0) for values in self.of_runs)
        return theirs, ours

    @property
    def prices(self) -> tuple[list[Price], list[Price]]:
        """What a unit of each item costs in both."""
        theirs, ours = ([price_of(item, money) for item in self.quantities.items] for money in self.moneys)
        return theirs, ours

    @property
    def discount(self) -> Floats:
        """Factor of each year."""
        return self.ledger.terms.discount.factors(self.quantities.years)
