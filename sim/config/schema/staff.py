"""Staff: posts, departments, hours, absence, turnover, and who is assigned to whom."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import Section, problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import PLACES_FOR, AssignmentRule, BookingName, RoleTaskName
from sim.config.schema.ranges import (
    Day,
    Elasticity,
    NonNegative,
    Positive,
    Posts,
    PostsChanged,
    Share,
    Weight,
)
from sim.config.schema.usual import CitizensPerPost, NetHours, Resignations, Spells


class Learning(Section):
    """A new coordinator works more slowly at first."""

    weeks: NonNegative
    """How long learning lasts, from the first day in the post."""
    productivity: Annotated[float, Field(ge=0.01, le=1)]
    """Work done per hour while learning, as a share of an experienced coordinator's."""


class Absence(Section):
    """Spells of sickness: the citizens on the list wait, or colleagues cover."""

    spells_per_year: Spells
    """Spells per post and year, at the reference caseload (of roles with lists: a full list)."""
    duration_weeks: Distribution
    """Length of a spell, in calendar weeks."""
    caseload_elasticity: Elasticity = 0.0
    """The rate is multiplied by (caseload / reference) ** elasticity."""
    max_factor: Annotated[float, Field(ge=1, le=100)] = 3.0
    """Upper bound of that factor."""
    cover: Literal["list_waits", "colleagues"] = "list_waits"
    """Who does the work in the meantime: nobody, or colleagues in the department who have nothing else to do."""


class Leave(Section):
    """Holidays in spells, at other times every year; who does the work meanwhile is as in `absence`."""

    weeks_per_year: Annotated[float, Field(gt=0, le=26)]
    """Weeks of leave in a year, all spells together."""
    spells_per_year: Annotated[int, Field(ge=1, le=52)] = 4
    """In how many spells of the same length, one in each part of the year."""


class Turnover(Section):
    """Coordinators resign, the post is vacant for a time, and the citizens change caseworker."""

    per_year: Resignations
    """Resignations per post and year, at the reference caseload (of roles with lists: a full list)."""
    vacancy_weeks: Distribution
    """From the resignation until the successor starts."""
    caseload_elasticity: Elasticity = 0.0
    """The rate is multiplied by (caseload / reference) ** elasticity."""
    max_factor: Annotated[float, Field(ge=1, le=100)] = 3.0
    """Upper bound of that factor."""
    list_goes_to: Literal["colleagues", "successor"] = "colleagues"
    """Colleagues: the list is divided at once, as [assignment] says; successor: it waits for the new coordinator."""


class StaffChange(Section):
    """Posts added or cut on a date."""

    date: Day
    """When the posts are advertised or cut."""
    department: str | None = None
    """The department; absent: spread over all departments in proportion to their stock_share."""
    posts: PostsChanged
    """Full-time posts to add; negative: posts to cut (those filled last go first)."""
    hiring_delay_weeks: Distribution = Distribution(constant=0.0)
    """From the date until the new coordinator starts, drawn for each post."""

    @model_validator(mode="after")
    def _some(self) -> "StaffChange":
        if self.posts == 0:
            raise problem("posts", "must not be 0")
        if self.posts < 0 and self.posts != int(self.posts):
            raise problem("posts", f"a cut must be a whole number of posts; it is {self.posts:g}")
        return self


class Hours(Section):
    """Hours of a role's people, and when they are not there."""

    net_hours_per_week: NetHours
    """Of a full-time post, after holidays, sickness and leave; before those that `absence` and `leave` model."""
    administration_share: Share = 0.0
    """Share of the net hours for administration, internal meetings and training."""
    fixed_hours_per_week: NonNegative = 0.0
    """Further hours a week that are never spent on citizens."""
    protected_clarification_share: Share = 0.0
    """Share of the effective hours kept for clarification, which goes first until it has had them."""
    learning: Learning | None = None
    absence: Absence | None = None
    leave: Leave | None = None
    turnover: Turnover | None = None
    hiring_delay_weeks: Distribution = Distribution(constant=0.0)
    """From the date of a policy with more posts until a new one is filled, drawn for each post."""
    changes: list[StaffChange] = []
    """Posts added or cut later, beside those that policies with a date state."""

    @property
    def effective_hours_per_week(self) -> float:
        """Hours a week for citizens: net hours less administration and fixed hours."""
        return self.net_hours_per_week * (1 - self.administration_share) - self.fixed_hours_per_week

    @model_validator(mode="after")
    def _hours_left(self) -> "Hours":
        left = self.effective_hours_per_week
        if left <= 1e-9:
            key = "fixed_hours_per_week" if self.fixed_hours_per_week > 0 else "administration_share"
            raise problem(
                key,
                f"the fixed load exceeds all hours: {self.net_hours_per_week:g} net hours less "
                f"{self.administration_share:.0%} administration less {self.fixed_hours_per_week:g} "
                f"leave {left:g} a week for citizens; at least something above 0 is needed",
            )
        return self


class Staffing(Hours):
    """Coordinators' posts and hours."""

    citizens_per_coordinator: CitizensPerPost | None = None
    """Target at the start, of citizens on the own list: a department's posts are its citizens divided by this, less
    those for whom consultants have places if citizens change over to them (one post may be part-time)."""


class Role(Hours):
    """People who do some of the work beside the coordinators: company consultants, a preparation unit ..."""

    does: Annotated[list[RoleTaskName], Field(min_length=1)]
    """Kinds of task that they do: for the citizens on their lists, or without `list_limit` for all."""
    posts: Posts = 0.0
    """Full-time posts in the whole centre, spread over the departments by their stock_share."""
    list_limit: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Most citizens on the list of a full-time post; absent: no lists but one queue, for whoever is free."""
    shared: bool = False
    """Whether the posts serve the whole centre together instead of a department each."""

    @model_validator(mode="after")
    def _of_lists(self) -> "Role":
        if len(set(self.does)) < len(self.does):
            raise problem("does", "names a kind of task twice")
        places = [task for task in PLACES_FOR if task in self.does]
        if self.list_limit is not None and not places:
            raise problem("list_limit", f"needs {' or '.join(PLACES_FOR)} in does: that is what places are for")
        if self.list_limit is not None and len(places) > 1:
            raise problem("list_limit", f"is for places of one kind: give {' and '.join(places)} a role each")
        return self


class Department(Section):
    """A department: whom it serves, its posts, and how it works."""

    stock_share: Weight = 1.0
    """Weight of this department when citizens are allocated, relative to the other departments."""
    groups: list[str] = []
    """Groups of citizens that it serves; empty: all. Two departments with a group each are specialised teams."""
    coordinators: Posts | None = None
    """Full-time posts at the start; absent: from citizens_per_coordinator."""
    citizens_per_coordinator: CitizensPerPost | None = None
    """Replaces staffing.citizens_per_coordinator."""
    posts: dict[str, Posts] = {}
    """Full-time posts by name of the role; of roles left out: this department's share of roles.NAME.posts."""
    queue: Literal["own", "pooled"] = "own"
    """Own: one queue per coordinator; pooled: one for the department, and whoever is free takes the next task."""
    booking: BookingName | None = None
    """Replaces meetings.booking."""
    first_within_weeks: Distribution | None = None
    """Replaces the groups' meetings.first_within_weeks: an early extra meeting where theirs comes late."""
    fill_to: Positive | None = None
    """Citizens per full-time coordinator to which the department is topped up every week."""
    fill_from: Literal["pool", "centre"] = "pool"
    """Where those citizens come from: outside the model, or the fullest lists of the other departments."""


class Assignment(Section):
    """Who gets a new citizen, or one whose coordinator has left."""

    department: AssignmentRule = "random"
    """How the department of a new citizen is chosen, among those that serve the group."""
    coordinator: AssignmentRule = "lowest_caseload"
    """How the coordinator is chosen within the department."""


class Caseload(Section):
    """The caseload that exit hazards depend on; absence and turnover always depend on the coordinator's own list."""

    measured: Literal["own", "centre"] = "own"
    """Own: citizens on the citizen's own coordinator's list, per full-time post; centre: the mean of the centre."""
    reference: NonNegative = 130.0
    """Caseload at which every response to the caseload is 1, including those of absence and turnover."""
