"""Money: what staff, evaluation, programmes and benefits cost, and what an exit saves. It changes no event."""

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.names import DestinationName
from sim.config.schema.ranges import NonNegative, Positive, Share, Year
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
    payer: Literal["municipality", "state", "region"] = "municipality"
    """Who pays it."""
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


class FirstBenefit(Section):
    """A benefit that some are paid first, before that of their destination: ledighedsydelse before a fleksjob.

    It is a price, not an event: nobody waits. Where the model itself has those who wait for a fleksjob
    (rehabilitation_team.fleksjob_group), that of a fleksjob does not apply.
    """

    share: Share
    """Share of those who leave for the destination who are paid it first."""
    weeks: Positive
    """For how long, each of them."""
    benefit: BenefitCost
    """What it costs; weeks on benefit count on from the entry."""


class DestinationCost(Section):
    """What those who have left for a destination cost, from the exit to the end of the ledger."""

    chosen_by = "counts_as"

    counts_as: Literal["saving", "neutral", "cost", "benefit"]
    """Saving: nothing; neutral: as much as the benefit before; cost: `kr_per_year`; benefit: one of its own."""
    kr_per_year: PersonKr | None = None
    """Per person and full year, municipality and state together; with "cost" only."""
    state_share: Share = 0.0
    """Share of it that the state pays; with "cost" only."""
    benefit: BenefitCost | None = None
    """The benefit after the exit (a pension, the subsidy of a fleksjob); with "benefit" only. On a refund ladder
    weeks on benefit count on from the entry, as in the law."""
    first: FirstBenefit | None = None
    """What some are paid first; with "benefit" only."""

    @model_validator(mode="after")
    def _priced(self) -> "DestinationCost":
        for needed, word in (("kr_per_year", "cost"), ("benefit", "benefit")):
            if self.counts_as == word and getattr(self, needed) is None:
                raise problem(needed, f'is missing: counts_as = "{word}" needs it')
        only = {"kr_per_year": "cost", "state_share": "cost", "benefit": "benefit", "first": "benefit"}
        for key, word in only.items():
            if self.counts_as != word and getattr(self, key) != type(self).model_fields[key].default:
                raise problem(key, f'only with counts_as = "{word}"; it is "{self.counts_as}"')
        return self


class DiscountStep(Section):
    """Another discount rate, from a year on."""

    from_year: Annotated[int, Field(ge=1, le=1000)]
    """First year of the rate; the first calendar year of the ledger is year 0."""
    rate: Share
    """Discount rate per year from then on."""


class Persistence(Section):
    """How long a saving may last after the end of the ledger: several choices beside each other."""

    half_life_years: Annotated[list[Positive], Field(min_length=1, max_length=10)] = [2.0]
    """After so many years half of the yearly saving is left, after twice as many a quarter; a choice for each."""
    years: Annotated[int, Field(ge=1, le=100)] = 10
    """Years after the ledger that are counted, also of a saving that is permanent."""


class Money(Section):
    """Prices for the ledger. They change no event: a finished run may be priced again."""

    price_year: Year
    """Price level of every amount."""
    discount_rate: Share = 0.0
    """Discount rate per year, for present values; the first calendar year counts in full."""
    discount_steps: list[DiscountStep] = []
    """Other discount rates of later years, in the order of the years; until then `discount_rate` is in force."""
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
    displacement_share: Share | None = None
    """Share of those in jobs who keep somebody else out of one, who then costs what they cost before; absent: none
    is assumed."""
    persistence: Persistence = Persistence()
    """What becomes of the saving after the end of the ledger."""

    @model_validator(mode="after")
    def _steps_in_order(self) -> "Money":
        years = [step.from_year for step in self.discount_steps]
        if any(later <= earlier for earlier, later in pairwise(years)):
            raise problem("discount_steps", "from_year must rise from one step to the next")
        return self

    def counts_as(self, destination: DestinationName) -> DestinationCost:
        """Give what an exit counts as, stated or by default."""
        return self.destinations.get(destination) or (_SAVING if destination in _SAVINGS else _NEUTRAL)


_SAVINGS = ("job", "education", "other")
_SAVING, _NEUTRAL = DestinationCost(counts_as="saving"), DestinationCost(counts_as="neutral")
