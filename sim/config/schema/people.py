"""The citizens: how many there are, their groups, their needs, and what becomes of them."""

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from sim.catalogue import RETURN, STAY_ENDS
from sim.config.schema.base import Section, problem
from sim.config.schema.distributions import Distribution, too_short
from sim.config.schema.exits import Exit
from sim.config.schema.names import DestinationName, SchemeName, StayEndName
from sim.config.schema.ranges import (
    MOST_TRIES,
    Factor,
    NonNegative,
    PerYear,
    Positive,
    Priority,
    Share,
    Stock,
)
from sim.config.schema.usual import Entries, EntriesPerYear, ExitHazard, TaskHours


class GroupMeetings(Section):
    """When this group's meetings are due."""

    interval_weeks: Distribution
    """From one meeting to the due date of the next."""
    first_within_weeks: Distribution = Distribution(constant=1.0)
    """From entry to the due date of the first meeting."""
    priority: Priority | None = None
    """Priority of this group's meetings in the queue (lower goes first); absent: priorities.meeting."""

    @model_validator(mode="after")
    def _passes(self) -> "GroupMeetings":
        _check_pause("interval_weeks", self.interval_weeks)
        return self


class GroupContacts(Section):
    """Unscheduled contacts: telephone calls, visits, mail."""

    interval_weeks: Distribution
    """From the end of one contact to the same citizen's next."""
    hours: TaskHours
    """Coordinator time per contact."""
    priority: Priority | None = None
    """Priority of this group's contacts in the queue (lower goes first); absent: priorities.contact."""

    @model_validator(mode="after")
    def _passes(self) -> "GroupContacts":
        _check_pause("interval_weeks", self.interval_weeks)
        return self


class GroupClarification(Section):
    """How many of the group belong in another scheme: their right scheme, which meetings find out."""

    right_scheme_stock: dict[SchemeName, Share] = {}
    """Shares of the initial stock that belong in another scheme (including the backlog); the rest in none."""
    right_scheme_inflow: dict[SchemeName, Share] = {}
    """Shares of new citizens that belong in another scheme; the rest in none."""
    arises_per_year: dict[SchemeName, PerYear] = {}
    """How often those who belong in no other scheme come to belong in one, such as when health worsens."""
    recognised_share_stock: Share = 0.0
    """Share of needs in the initial stock recognised already, with a random number of the packages done."""


class GroupInternships(Section):
    """How easily this group gets an internship."""

    found_share_per_meeting: Share
    """Probability that a meeting of full length finds out that a citizen is ready for an internship."""
    ready_share_stock: Share = 0.0
    """Share of the initial stock that is ready, whether anybody knows it or not."""
    ready_share_inflow: Share = 0.0
    """Share of new citizens that is ready."""
    becomes_ready_per_year: PerYear = 0.0
    """How often those who are not ready become so, also after an internship or a search given up."""
    placeable_share: Share = 1.0
    """Share that can be placed at all; for the rest no search succeeds, however long."""
    search_weeks: Distribution | None = None
    """Calendar time until an employer says yes to this group; absent: internships.search_weeks."""
    give_up_weeks: Positive | None = None
    """How long this group's search may last before the citizen goes back; absent: internships.give_up_weeks."""
    hired_share: Share | None = None
    """Share of this group hired by the firm when it ends; absent: internships.hired_share."""


class GroupSmallJobs(Section):
    """How often citizens of this group find a few hours of ordinary work a week alongside the benefit."""

    hazard_per_week: ExitHazard
    """Hazard of finding one, for citizens who have none."""
    duration_weeks: Distribution | None = None
    """Length of a small job of this group; absent: small_jobs.duration_weeks."""
    factor: Factor | None = None
    """Factor on the affected hazards while it lasts; absent: small_jobs.factor."""
    benefit_saved_share: Share = 0.0
    """Share of the benefit that is not paid meanwhile: a partial return to work on sickness benefit."""


class Stay(Section):
    """A scheme that ends by itself after some time, such as a resource course."""

    duration_weeks: Distribution
    """From the start of the scheme to its end."""
    elapsed_share_stock: Share = 0.5
    """Mean share of the stay that citizens of the initial stock have behind them (drawn uniformly)."""
    outcomes: dict[StayEndName, Share]
    """Shares of what follows the stay; `return`: back to the group that the citizen came from."""

    @model_validator(mode="after")
    def _ends(self) -> "Stay":
        most = 1 - 1 / MOST_TRIES
        if self.outcomes.get(STAY_ENDS[RETURN], 0.0) > most:
            _check_pause(
                "duration_weeks", self.duration_weeks, f"; with a return above {most:g} nobody would leave it"
            )
        return self


class ReEntry(Section):
    """Who has left to a job comes back at a rate that applies from each of `from_weeks` until the next."""

    from_weeks: Annotated[list[NonNegative], Field(min_length=1)]
    """Weeks since the exit, in rising order from 0."""
    rate_per_week: Annotated[list[ExitHazard], Field(min_length=1)]
    """Chance a week of coming back, from each of these weeks on."""

    @model_validator(mode="after")
    def _aligned(self) -> "ReEntry":
        if len(self.from_weeks) != len(self.rate_per_week):
            text = f"needs one rate for each of from_weeks: {len(self.from_weeks)}; it has {len(self.rate_per_week)}"
            raise problem("rate_per_week", text)
        if any(b <= a for a, b in pairwise(self.from_weeks)):
            raise problem("from_weeks", "must be in rising order")
        if self.from_weeks[0] != 0:
            raise problem("from_weeks", f"must start at 0; it starts at {self.from_weeks[0]:g}")
        return self


class Screening(Section):
    """New citizens are screened for those who tend to stay long; who is flagged begins in another group."""

    frailty_below: Positive | None = None
    """The target: citizens whose frailty is below this; absent: those with a long unemployment history."""
    sensitivity: Share
    """Share of the target that is flagged."""
    specificity: Share
    """Share of the others that is not."""
    flagged_group: str
    """The group in which the flagged begin, of the same benefit: with more meetings, say, or its own department."""


class Reassessment(Section):
    """Meetings move citizens of this group to others of the same benefit; what waits and runs goes on."""

    share_per_meeting: Share
    """Probability that a meeting of full length moves the citizen to another group."""
    to: dict[str, Share]
    """Shares of the groups that they are moved to."""


class Group(Section):
    """A group of citizens. Keys left out here are taken from the group that it extends, and from [every_group]."""

    benefit: str
    """The scheme that pays: cash_benefit, resource_course, sickness_benefit ..."""
    stock_share: Share = 0.0
    """Share of the initial stock; the groups' shares sum to 1."""
    stock: Stock | None = None
    """Citizens of the initial stock, as a count instead of a share: of every group, or of none."""
    inflow_per_week: Entries = 0.0
    """Mean number of new citizens a week (Poisson arrivals)."""
    entries_per_year: EntriesPerYear | None = None
    """The same a year (of 365.25 days), instead of inflow_per_week."""
    elapsed_weeks: Distribution = Distribution(constant=0.0)
    """Weeks on benefit at the start, for the initial stock."""
    long_history_share: Share = 0.0
    """Share of the initial stock with a long unemployment history."""
    long_history_share_inflow: Share = 0.0
    """Share of new citizens with a long unemployment history."""
    frailty: Distribution = Distribution(constant=1.0)
    """Unobserved differences between citizens: a factor on exit hazards, with mean 1."""
    exits: dict[DestinationName, Exit] = {}
    """Competing exits; `resource_course` is a change of scheme if [rehabilitation_team] names the group."""
    meetings: GroupMeetings | None = None
    contacts: GroupContacts | None = None
    clarification: GroupClarification | None = None
    internships: GroupInternships | None = None
    small_jobs: GroupSmallJobs | None = None
    stay: Stay | None = None
    reassessed: Reassessment | None = None
    re_entry: ReEntry | None = None
    screening: Screening | None = None

    @model_validator(mode="after")
    def _frailty_of_mean_one(self) -> "Group":
        mean = self.frailty.mean
        if abs(mean - 1) > 1e-9:
            raise problem("frailty", f"must have mean 1 (hazard_per_week sets the level); its mean is {mean:g}")
        return self


def _check_pause(key: str, again: Distribution, where: str = "") -> None:
    text = too_short(again)
    if text:
        raise problem(key, f"{text}{where}")
