"""The job centre as numbers: what a config says, resolved once, ready for the rules and the engines."""

from typing import NamedTuple

from sim.model.distributions import Distribution
from sim.model.exits import Hazard
from sim.model.names import Names


class Group(NamedTuple):
    """A group of citizens; times in weeks, rates a week.

    `stock` citizens at the start. A table that the config leaves out still has numbers: no meetings is an infinite
    interval, no clarification a share of 0.
    """

    name: str
    stock: int
    inflow: float
    elapsed: Distribution
    long_history_stock: float
    long_history_inflow: float
    frailty: Distribution
    hazards: tuple[Hazard, ...]
    meets: bool
    meeting_interval: Distribution
    first_meeting: Distribution
    meeting_priority: int
    planned_meeting_hours_per_week: float
    calls: bool
    contact_interval: Distribution
    contact_hours: Distribution
    contact_priority: int
    needs_stock: float
    needs_inflow: float
    recognised_stock: float
    team_outcomes: tuple[float, ...]
    ready_share: float
    placeable_share: float
    stays: bool
    stay: Distribution
    stay_elapsed_share: float
    stay_outcomes: tuple[float, ...]


class Department(NamedTuple):
    """A department: whom it serves and how it works."""

    weight: float
    serves: tuple[bool, ...]
    pooled: bool
    own_first_meeting: bool
    first_meeting: Distribution
    lead: float
    no_show: float
    reinvite: Distribution
    fill_to: float
    fill_from_centre: bool


class Post(NamedTuple):
    """A coordinator's post: from `starts` (plus the hiring delay) until `ends`, in weeks since the start date.

    `ordinal` counts the posts of the department: with its name it keys the post's random streams.
    """

    department: int
    ordinal: int
    full_time_share: float
    starts: float
    delay: Distribution
    ends: float


class ConsultantPost(NamedTuple):
    """A company consultant's post, there from start to end."""

    department: int
    full_time_share: float


class Strain(NamedTuple):
    """A rate of absence or turnover that follows the caseload."""

    per_year: float
    elasticity: float
    max_factor: float


class Staff(NamedTuple):
    """Hours, learning, absence and turnover, the same for all coordinators."""

    hours_per_week: float
    protected_share: float
    learning_weeks: float
    learning_productivity: float
    absence: Strain
    absence_duration: Distribution
    colleagues_cover: bool
    turnover: Strain
    vacancy: Distribution
    successor_takes_list: bool


class Meetings(NamedTuple):
    """Meetings, contacts and discretionary work."""

    preparation: Distribution
    conversation: Distribution
    journal: Distribution
    no_show_hours: float
    pressure: int
    tolerated_weeks: float
    calendar_share: float
    floor_share: float
    effect_decay: float
    handled_elsewhere: float
    extra_meetings: bool
    extra_after: float
    extra_hours: Distribution
    outreach: bool
    outreach_every: float
    outreach_hours: Distribution
    outreach_decay: float


class Clarification(NamedTuple):
    """Case work and the rehabilitation team."""

    recognition_share: float
    packages: int
    package_hours: Distribution
    document_wait: Distribution
    target_weeks: float
    loss_share: float
    slots: int
    team_every: float
    submission: Distribution
    resource_course_group: int
    fleksjob_group: int
    fleksjob_at_once: float


class Internships(NamedTuple):
    """From ready to back again, and small jobs."""

    three_in_one: bool
    list_limit: float
    consultant_hours_per_week: float
    handover_hours: Distribution
    placement_hours: Distribution
    search: Distribution
    give_up: float
    duration: Distribution
    follow_up_hours: Distribution
    follows_up: bool
    after_weeks: float
    hired_share: float
    small_job: Distribution


class Vendor(NamedTuple):
    """A programme's vendor: places, factor during the programme, and number among all resources."""

    places: int
    factor: float
    resource: int


class Programme(NamedTuple):
    """A programme of one or several vendors."""

    admits: tuple[bool, ...]
    referral_share: float
    referral_key: int
    duration: Distribution
    duration_key: int
    during: float
    after: float
    after_weeks: float
    by_results: bool
    vendors: tuple[Vendor, ...]


class Policy(NamedTuple):
    """Assignment: codes RANDOM, BIRTH_DATE, LOWEST_CASELOAD, ROUND_ROBIN."""

    department: int
    coordinator: int


class Parameters(NamedTuple):
    """A whole job centre. With a seed and a replication number it determines every event.

    Attributes
    ----------
    start
        Start date as ISO text; times count weeks from it, and are negative during the warm-up.
    warm_up, horizon, period
        Weeks simulated before the start, weeks observed, weeks in a period of the coordinators table.
    centre_caseload
        Hazards respond to the centre's mean caseload instead of the own coordinator's.
    priorities
        By kind of task.
    planned_hours
        By kind of task: mean hours, in which backlog is counted.
    exit_streams
        By hazard and level of its field: the stream keys of times and heights.
    """

    names: Names
    start: str
    warm_up: float
    horizon: int
    period: int
    groups: tuple[Group, ...]
    departments: tuple[Department, ...]
    posts: tuple[Post, ...]
    consultants: tuple[ConsultantPost, ...]
    staff: Staff
    policy: Policy
    centre_caseload: bool
    reference_caseload: float
    priorities: tuple[int, ...]
    planned_hours: tuple[float, ...]
    meetings: Meetings
    clarification: Clarification
    internships: Internships
    programmes: tuple[Programme, ...]
    exit_streams: tuple[tuple[tuple[int, int], ...], ...]
    first_consultant: int
    """Number of the first consultant among the names of resources."""


RANDOM, BIRTH_DATE, LOWEST_CASELOAD, ROUND_ROBIN = range(4)
TEAM = 0
"""Number of the rehabilitation team among the names of resources."""
FIRST_COORDINATOR = 1
"""Number of the first coordinator among the names of resources."""
