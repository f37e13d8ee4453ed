"""Money: what staff, evaluation, programmes and benefits cost, and what an exit saves. It changes no event."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.names import DestinationName
from sim.config.schema.ranges import NonNegative, Share, Year
from sim.config.schema.usual import BenefitKr, BudgetKr, OfferKr, PersonKr, PostKr


class StaffCost(Section):
    """What a full-time post costs, and which posts the ledger's totals count."""

    coordinator_kr_per_year: PostKr
    """Cost of a coordinator, including overhead."""
    roles_kr_per_year: dict[str, PostKr] = {}
    """Cost of a post of each other role, by its name, including overhead."""
    counted_by: Literal["posts", "filled", "budget"] = "posts"
    """What totals count: planned posts, posts while filled (a vacancy costs nothing), or [money.budget]."""


class Budget(Section):
    """An appropriation: a fixed amount in each calendar year, of which the simulated days count."""

    covers: Literal["staff", "evaluation", "programmes", "other"]
    """What it is for; one for staff is in totals only with money.staff.counted_by = "budget", all others always."""
    kr_per_year: BudgetKr
    """Amount in each of its years."""
    first_year: Year
    """First calendar year."""
    last_year: Year
    """Last calendar year."""

    @model_validator(mode="after")
    def _in_order(self) -> "Budget":
        if self.last_year < self.first_year:
            raise problem("last_year", f"must be at least first_year, {self.first_year}; it is {self.last_year}")
        return self


class FlatCost(Section):
    """The same net cost to the municipality every week."""

    kr_per_year: PersonKr
    """Cost net of the state's refund, per recipient and full year."""


class RefundLadder(Section):
    """The state refunds a share of the gross benefit that falls with weeks on benefit."""

    kr_per_month: BenefitKr
    """Gross benefit per recipient."""
    from_weeks: Annotated[list[NonNegative], Field(min_length=1)] = [0.0, 4.0, 26.0, 52.0]
    """Weeks on benefit at which each step begins, in rising order from 0 [law]."""
    state_share: Annotated[list[Share], Field(min_length=1)] = [0.8, 0.4, 0.3, 0.2]
    """Share that the state pays on each step [law]."""

    @model_validator(mode="after")
    def _aligned(self) -> "RefundLadder":
        steps, shares = len(self.from_weeks), len(self.state_share)
        if steps != shares:
            raise problem("state_share", f"needs one share for each of from_weeks: {steps}; it has {shares}")
        if any(b <= a for a, b in pairwise(self.from_weeks)):
            raise problem("from_weeks", "must be in rising order")
        if self.from_weeks[0] != 0:
            raise problem("from_weeks", f"must start at 0; it starts at {self.from_weeks[0]:g}")
        return self


class BenefitCost(OneOf):
    """What a week on a benefit costs: a flat cost, or by the state's refund ladder."""

    flat: FlatCost | None = None
    refund_ladder: RefundLadder | None = None


class DestinationCost(Section):
    """What those who have left for a destination cost, from the exit to the end of the ledger."""

    counts_as: Literal["saving", "neutral", "cost"]
    """Saving: nothing; neutral: as much as the benefit before; cost: `kr_per_year`."""
    kr_per_year: PersonKr | None = None
    """Per person and full year, municipality and state together; with "cost" only."""
    state_share: Share = 0.0
    """Share of it that the state pays; with "cost" only."""

    @model_validator(mode="after")
    def _priced(self) -> "DestinationCost":
        if self.counts_as == "cost" and self.kr_per_year is None:
            raise problem("kr_per_year", 'is missing: counts_as = "cost" needs it')
        if self.counts_as != "cost" and (self.kr_per_year is not None or self.state_share > 0):
            key = "kr_per_year" if self.kr_per_year is not None else "state_share"
            raise problem(key, f'only with counts_as = "cost"; it is "{self.counts_as}"')
        return self


class Money(Section):
    """Prices for the ledger. They change no event: a finished run may be priced again."""

    price_year: Year
    """Price level of every amount."""
    discount_rate: Share = 0.0
    """Discount rate per year, for present values; the first calendar year counts in full."""
    staff: StaffCost
    budget: dict[str, Budget] = {}
    """Appropriations, by name."""
    benefits: Annotated[dict[str, BenefitCost], Field(min_length=1)]
    """Net or gross cost of every benefit that a group has, by its name in groups.NAME.benefit."""
    destinations: dict[DestinationName, DestinationCost] = {}
    """What an exit costs, by destination. If left out: job, education and other are a saving, the rest neutral."""
    programme_kr_per_week: OfferKr = 0.0
    """Cost per participant in a programme."""
    internship_kr_per_week: OfferKr = 0.0
    """Cost per citizen in an internship."""

    def counts_as(self, destination: DestinationName) -> DestinationCost:
        """Give what an exit counts as, stated or by default."""
        usual: Literal["saving", "neutral"] = "saving" if destination in _SAVINGS else "neutral"
        return self.destinations.get(destination, DestinationCost(counts_as=usual))


_SAVINGS = ("job", "education", "other")
