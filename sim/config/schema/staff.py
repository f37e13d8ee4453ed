"""Staff: posts, departments, hours, absence, turnover, and who is assigned to whom."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import NonNegative, Positive, Section, Share, problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import AssignmentRule, BookingName

Productivity = Annotated[float, Field(gt=0, le=1)]


class Learning(Section):
    """A new coordinator works slower at first."""

    weeks: NonNegative
    """From the first day in the post."""
    productivity: Productivity
    """Work done an hour while learning, of an experienced coordinator's."""


class Absence(Section):
    """Spells of sickness and leave; the list waits, or colleagues cover."""

    spells_per_year: NonNegative
    """A coordinator's, at the reference caseload."""
    duration_weeks: Distribution
    """Of a spell, in calendar weeks."""
    caseload_elasticity: NonNegative = 0.0
    """The rate is multiplied by (caseload / reference) ** elasticity."""
    max_factor: Annotated[float, Field(ge=1, le=100)] = 3.0
    """Upper bound of that factor."""
    cover: Literal["list_waits", "colleagues"] = "list_waits"
    """Who does the work meanwhile: nobody, or colleagues of the department with nothing else to do."""


class Turnover(Section):
    """Coordinators resign; the post stands vacant; the citizens change caseworker."""

    per_year: NonNegative
    """Resignations a coordinator and year, at the reference caseload."""
    vacancy_weeks: Distribution
    """From the resignation until the successor starts."""
    caseload_elasticity: NonNegative = 0.0
    """The rate is multiplied by (caseload / reference) ** elasticity."""
    max_factor: Annotated[float, Field(ge=1, le=100)] = 3.0
    """Upper bound of that factor."""
    list_goes_to: Literal["colleagues", "successor"] = "colleagues"
    """Colleagues: divided at once by the assignment policy; successor: it waits for the new coordinator."""


class StaffChange(Section):
    """Posts added or cut at a date."""

    date: date
    """When the posts are advertised or cut."""
    department: str | None = None
    """Absent: spread over all departments in proportion to their stock_share."""
    posts: float
    """Full-time posts; negative: a cut (the last posts filled go first)."""
    hiring_delay_weeks: Distribution = Distribution(constant=0.0)
    """From the date until the new coordinator starts; drawn a post."""

    @model_validator(mode="after")
    def _some(self) -> "StaffChange":
        if self.posts == 0:
            raise problem("posts", "must not be 0")
        if self.posts < 0 and self.posts != int(self.posts):
            raise problem("posts", f"a cut must be a whole number of posts; it is {self.posts:g}")
        return self


class Staffing(Section):
    """Coordinators' posts and hours."""

    citizens_per_coordinator: Positive | None = None
    """Target at the start: posts = the department's share of the stock / this (one post may be part-time)."""
    net_hours_per_week: Annotated[float, Field(gt=0, le=168)]
    """Full-time, after leave and holidays; after sickness too, unless [staffing.absence] models it."""
    administration_share: Share = 0.0
    """Of the net hours: administration, internal meetings, training."""
    fixed_hours_per_week: NonNegative = 0.0
    """Further hours a week that never go to citizens."""
    protected_clarification_share: Share = 0.0
    """Of the effective hours: clarification goes first until it has had its share."""
    learning: Learning | None = None
    absence: Absence | None = None
    turnover: Turnover | None = None
    changes: list[StaffChange] = []
    """Posts added or cut later."""

    @property
    def effective_hours_per_week(self) -> float:
        """Hours a week for citizens: net hours less administration and fixed load."""
        return self.net_hours_per_week * (1 - self.administration_share) - self.fixed_hours_per_week

    @model_validator(mode="after")
    def _hours_left(self) -> "Staffing":
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


class Department(Section):
    """A department of coordinators and company consultants."""

    stock_share: NonNegative = 1.0
    """Weight of this department when citizens are allocated (relative to the others')."""
    groups: list[str] = []
    """Groups of citizens it serves; empty: all. Two departments for two groups are specialised teams."""
    coordinators: NonNegative | None = None
    """Full-time posts at the start; absent: from citizens_per_coordinator."""
    citizens_per_coordinator: Positive | None = None
    """Instead of staffing.citizens_per_coordinator."""
    consultants: NonNegative | None = None
    """Full-time company consultants; absent: this department's part of internships.consultants."""
    queue: Literal["own", "pooled"] = "own"
    """Each coordinator has an own queue; or the team shares one (any of them takes the next task)."""
    booking: BookingName | None = None
    """Instead of meetings.booking."""
    first_within_weeks: Distribution | None = None
    """Instead of the groups' meetings.first_within_weeks: an early extra meeting where theirs comes late."""
    fill_to: Positive | None = None
    """Citizens per full-time coordinator that the department is topped up to, every week."""
    fill_from: Literal["pool", "centre"] = "pool"
    """Where the topping-up citizens come from: outside the model, or the other departments' fullest lists."""


class Assignment(Section):
    """Who gets a new or orphaned citizen."""

    department: AssignmentRule = "random"
    """Of a new citizen, among the departments that serve the group."""
    coordinator: AssignmentRule = "lowest_caseload"
    """Within the department."""


class Caseload(Section):
    """The caseload that exit hazards respond to; absence and turnover always follow the own list."""

    measured: Literal["own", "centre"] = "own"
    """Own: citizens on the own coordinator's list per full-time post; centre: the mean of all."""
    reference: NonNegative = 130.0
    """Where every caseload response is 1, of absence and turnover too."""
