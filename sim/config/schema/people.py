"""The citizens: how many, of which groups, with what needs and by which ways they leave."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from sim.config.schema.base import NonNegative, OneOf, Positive, Section, Share, problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import DestinationName, StayEndName, TeamDecisionName


class Power(Section):
    """(reference / caseload) ** elasticity."""

    elasticity: Annotated[float, Field(le=5)]
    """0: no response. 0.2: half the caseload, 15 % higher hazard. Negative: refused, as it has no bound."""

    @model_validator(mode="after")
    def _bounded(self) -> "Power":
        if self.elasticity < 0:
            raise problem(
                "elasticity",
                f"must be between 0 and 5; at {self.elasticity:g} the hazard would grow with the caseload "
                "without bound",
            )
        return self


class Hyperbolic(Section):
    """1 / (1 + caseload / scale), relative to its value at the reference caseload."""

    scale: Positive
    """Citizens per coordinator at which the hazard is half of what it would be with none."""


class CaseloadTable(Section):
    """Read off a table, straight lines between its points, flat outside them."""

    caseload: Annotated[list[NonNegative], Field(min_length=1)]
    """Citizens per full-time coordinator, rising."""
    factor: Annotated[list[NonNegative], Field(min_length=1)]
    """On the hazard at each of them."""

    @model_validator(mode="after")
    def _aligned(self) -> "CaseloadTable":
        _check_table(self.caseload, self.factor, "caseload")
        return self


class CaseloadResponse(OneOf):
    """How an exit hazard follows the caseload; 1 at the reference caseload."""

    power: Power | None = None
    hyperbolic: Hyperbolic | None = None
    table: CaseloadTable | None = None


class DurationTable(Section):
    """A factor from each of `from_weeks` on benefit until the next."""

    from_weeks: Annotated[list[NonNegative], Field(min_length=1)]
    """Weeks on benefit, rising from 0."""
    factor: Annotated[list[NonNegative], Field(min_length=1)]
    """On the hazard from each of them on."""

    @model_validator(mode="after")
    def _aligned(self) -> "DurationTable":
        _check_table(self.from_weeks, self.factor, "from_weeks")
        if self.from_weeks[0] != 0:
            raise problem("from_weeks", f"must start at 0; it starts at {self.from_weeks[0]:g}")
        return self


class DurationWeibull(Section):
    """(weeks / reference_weeks) ** (shape - 1), constant below `earliest_weeks` and above `latest_weeks`."""

    shape: Annotated[float, Field(gt=0, le=20)]
    """Below 1: exits become rarer with time on benefit; above 1: more frequent."""
    reference_weeks: Positive = 52.0
    """Weeks on benefit at which the factor is 1."""
    earliest_weeks: Positive | None = None
    """Below this many weeks the factor stays as it is there; needed where shape is below 1."""
    latest_weeks: Positive | None = None
    """Above this many weeks the factor stays as it is there; needed where shape is above 1."""

    @model_validator(mode="after")
    def _bounded(self) -> "DurationWeibull":
        if self.shape < 1 and self.earliest_weeks is None:
            raise problem(
                "shape",
                f"{self.shape:g} is below 1, so the hazard has no bound at week 0; give earliest_weeks",
            )
        if self.shape > 1 and self.latest_weeks is None:
            raise problem(
                "shape",
                f"{self.shape:g} is above 1, so the hazard grows without bound; give latest_weeks",
            )
        if None not in (self.earliest_weeks, self.latest_weeks) and self.latest_weeks < self.earliest_weeks:  # type: ignore[operator]
            raise problem("latest_weeks", "must be at least earliest_weeks")
        return self


class DurationDependence(OneOf):
    """How an exit hazard changes with weeks on benefit."""

    table: DurationTable | None = None
    weibull: DurationWeibull | None = None


class Exit(Section):
    """One way out, with its hazard."""

    hazard_per_week: Annotated[float, Field(ge=0, le=10)]
    """At the reference caseload, for a citizen of frailty 1 long after the last meeting."""
    long_history_factor: NonNegative = 1.0
    """On the hazard of citizens with a long unemployment history."""
    frailty: bool = True
    """Does the citizen's frailty multiply this hazard?"""
    caseload: CaseloadResponse | None = None
    """How the hazard follows the caseload; absent: it does not."""
    duration: DurationDependence | None = None
    """How the hazard follows weeks on benefit; absent: it does not."""


class GroupMeetings(Section):
    """When this group's meetings are due."""

    interval_weeks: Distribution
    """From one meeting to the next one's due date."""
    first_within_weeks: Distribution = Distribution(constant=1.0)
    """From entry to the first meeting's due date."""
    priority: int | None = None
    """Of this group's meetings in the coordinator's queue (lower is sooner); absent: priorities.meeting."""

    @model_validator(mode="after")
    def _passes(self) -> "GroupMeetings":
        _check_interval(self.interval_weeks)
        return self


class GroupContacts(Section):
    """Unscheduled contacts: telephone, walk-in, mail."""

    interval_weeks: Distribution
    """From the end of one contact to the citizen's next."""
    hours: Distribution
    """Coordinator time a contact takes."""
    priority: int | None = None
    """Absent: priorities.contact."""

    @model_validator(mode="after")
    def _passes(self) -> "GroupContacts":
        _check_interval(self.interval_weeks)
        return self


class GroupClarification(Section):
    """How many of the group belong in another scheme, and what the rehabilitation team then decides."""

    needs_share_stock: Share = 0.0
    """Of the initial stock: those who belong in another scheme (the backlog included)."""
    needs_share_inflow: Share = 0.0
    """Of new citizens: those who belong in another scheme."""
    recognised_share_stock: Share = 0.0
    """Of those in the initial stock with a need: recognised already, a random part of the packages done."""
    outcomes: dict[TeamDecisionName, Share] = {}
    """Shares of the team's decisions; `back`: stays on the present benefit, the case is closed."""


class GroupInternships(Section):
    """How easily this group comes to an internship."""

    ready_share_per_meeting: Share
    """Found ready for an internship at a meeting of full length."""
    placeable_share: Share = 1.0
    """The rest can never be placed (a cure fraction), however long the search."""


class GroupSmallJobs(Section):
    """How often citizens of this group find a few hours of ordinary work a week beside the benefit."""

    hazard_per_week: Annotated[float, Field(ge=0, le=10)]
    """Of those without a small job."""


class Stay(Section):
    """A scheme that ends by itself after a time, such as a resource course."""

    duration_weeks: Distribution
    """From the start of the scheme to its end."""
    elapsed_share_stock: Share = 0.5
    """Share of their stay that citizens of the initial stock have behind them, on average (uniform)."""
    outcomes: dict[StayEndName, Share]
    """Where it leads; `return`: back to the group the citizen came from."""


class Group(Section):
    """One group of citizens. Keys left out here are taken from [every_group]."""

    benefit: str
    """The scheme that pays: cash_benefit, resource_course, sickness_benefit ..."""
    stock_share: Share = 0.0
    """Of the initial stock; the groups' shares sum to 1."""
    inflow_per_week: NonNegative = 0.0
    """Poisson arrivals a week."""
    elapsed_weeks: Distribution = Distribution(constant=0.0)
    """Weeks on benefit at the start, for the initial stock."""
    long_history_share: Share = 0.0
    """With a long unemployment history, in the initial stock."""
    long_history_share_inflow: Share = 0.0
    """With a long unemployment history, among new citizens."""
    frailty: Distribution = Distribution(constant=1.0)
    """Unobserved differences between citizens, a factor on exit hazards; its mean must be 1."""
    exits: dict[DestinationName, Exit] = {}
    """Competing exits; `resource_course` is a change of scheme if [rehabilitation_team] names the group."""
    meetings: GroupMeetings | None = None
    contacts: GroupContacts | None = None
    clarification: GroupClarification | None = None
    internships: GroupInternships | None = None
    small_jobs: GroupSmallJobs | None = None
    stay: Stay | None = None

    @model_validator(mode="after")
    def _frailty_of_mean_one(self) -> "Group":
        mean = self.frailty.mean
        if abs(mean - 1) > 1e-9:
            raise problem("frailty", f"must have mean 1 (hazard_per_week sets the level); its mean is {mean:g}")
        return self


def _check_interval(interval: Distribution) -> None:
    if interval.mean < 0.01:
        raise problem("interval_weeks", f"must be at least 0.01 on average; it is {interval.mean:g}")


def _check_table(x: list[float], factor: list[float], key: str) -> None:
    if len(x) != len(factor):
        raise problem("factor", f"needs one factor for each {key}: {len(x)}; it has {len(factor)}")
    if any(b <= a for a, b in pairwise(x)):
        raise problem(key, "must be in rising order")
