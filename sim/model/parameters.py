"""The job centre as numbers: what a config says, resolved once, ready for the rules and the engines."""

from typing import NamedTuple

from sim.model.distributions import Distribution
from sim.model.exits import Hazard
from sim.model.names import Names


class Group(NamedTuple):
    """A group of citizens; times in weeks, rates a week.

    `stock` citizens at the start. A table that the config leaves out still has numbers: no meetings is an infinite
    interval, no internships a share of 0. Shares of right schemes are running sums, at the end that of none; without
    clarification there are none. No screening is a flagged group of -1; `frailty_below` 0: the target of the
    screening is a long history.
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
    right_scheme_stock: tuple[float, ...]
    right_scheme_inflow: tuple[float, ...]
    need_arises: float
    arising_schemes: tuple[float, ...]
    recognised_stock: float
    ready_stock: float
    ready_inflow: float
    becomes_ready: float
    ready_found: float
    placeable_share: float
    search: Distribution
    give_up: float
    hired_share: float
    small_job: Distribution
    stays: bool
    stay: Distribution
    stay_elapsed_share: float
    stay_outcomes: tuple[float, ...]
    reassessed_share: float
    reassessed_to: tuple[float, ...]
    flagged_group: int
    frailty_below: float
    sensitivity: float
    specificity: float
    returns: bool
    return_from: tuple[float, ...]
    return_per_week: tuple[float, ...]


class Department(NamedTuple):
    """A department: whom it serves and how it works; `ever_filled`: it has a target to fill up to now or later."""

    weight: float
    serves: tuple[bool, ...]
    own_first_meeting: bool
    first_meeting: Distribution
    notice: float
    no_show: float
    next_try: Distribution
    fill_to: float
    fill_from_centre: bool
    ever_filled: bool


class Strain(NamedTuple):
    """A rate of absence or turnover that follows the caseload."""

    per_year: float
    elasticity: float
    max_factor: float


class Role(NamedTuple):
    """What the people of a role have in common: hours, learning, absence, turnover.

    Attributes
    ----------
    hours_per_week, net_hours_per_week
        Of a full-time post: for citizens, and with administration.
    list_limit
        Most citizens on the list of a full-time post; infinite: coordinators, and roles without lists.
    leave_spells, leave_weeks
        Spells of leave a year, and the length of each.
    reference
        Caseload at which absence and turnover have their stated rates.
    """

    hours_per_week: float
    net_hours_per_week: float
    protected_share: float
    learning_weeks: float
    learning_productivity: float
    absence: Strain
    absence_duration: Distribution
    leave_spells: int
    leave_weeks: float
    colleagues_cover: bool
    turnover: Strain
    vacancy: Distribution
    successor_takes_list: bool
    list_limit: float
    reference: float


class Team(NamedTuple):
    """The people of a role in a department.

    Attributes
    ----------
    role
        Number of the role; 0: coordinators, whose teams bear the numbers of their departments.
    department
        Number of the department; -1: the team serves the whole centre.
    pooled
        One queue for all of the team.
    lists
        Citizens have a place on somebody's list before the team works for them (of coordinators everybody has).
    does
        By kind of task: whether the team does it for those on its lists, or for all where it has none.
    """

    role: int
    department: int
    pooled: bool
    lists: bool
    does: tuple[bool, ...]


class Post(NamedTuple):
    """A post: from `starts` (plus the hiring delay) until `ends`, in weeks since the start date.

    `ordinal` counts the posts of the team: with the names of role and department it keys the post's random streams.
    """

    team: int
    ordinal: int
    full_time_share: float
    starts: float
    delay: Distribution
    ends: float


class Meetings(NamedTuple):
    """Meetings, contacts and discretionary work."""

    preparation: Distribution
    conversation: Distribution
    journal: Distribution
    no_show_hours: float
    sanction_share: float
    sanction_hours: Distribution
    sanction_decay: float
    pressure: int
    tolerated_weeks: float
    calendar_share: float
    floor_share: float
    ceiling_share: float
    window: float
    effect_decay: float
    handled_elsewhere: float
    extra_meetings: bool
    extra_after: float
    extra_hours: Distribution
    extra_most: int
    extra_refused: float
    extra_notice: float
    extra_no_show: float
    extra_achieves: float
    outreach: bool
    outreach_every: float
    outreach_hours: Distribution
    outreach_decay: float
    vacancy_share: float
    vacancy_hired_share: float


class Need(NamedTuple):
    """What a case takes that leads to a scheme, and how often the team agrees."""

    recognition_share: float
    packages: int
    package_hours: Distribution
    agreement: float


class Clarification(NamedTuple):
    """Case work and the rehabilitation team."""

    sitting: float
    document_wait: Distribution
    target_weeks: float
    oldest_first: bool
    loss_share: float
    slots: int
    team_every: float
    submission: Distribution
    again_after: float
    resource_course_group: int
    fleksjob_group: int
    fleksjob_at_once: float


class Internships(NamedTuple):
    """From ready to back again."""

    changes_over: bool
    handover_hours: Distribution
    placement_hours: Distribution
    duration: Distribution
    follow_up_hours: Distribution
    follows_up: bool
    after_weeks: float
    another_share: float


class Vendor(NamedTuple):
    """A programme's vendor: places, factor during the programme, and number among all resources."""

    places: int
    factor: float
    resource: int


class Programme(NamedTuple):
    """A programme of one or several vendors.

    Attributes
    ----------
    assessed_packages
        Work packages of a case that it saves.
    first_criterion, second_criterion
        By which a vendor is chosen: codes of `sim.model.offers`.
    """

    admits: tuple[bool, ...]
    referral_share: float
    referral_key: int
    duration: Distribution
    duration_key: int
    during: float
    after: float
    after_weeks: float
    mentored: bool
    mentor_every: float
    mentor_hours: Distribution
    ready_share: float
    assessed_packages: int
    first_criterion: int
    second_criterion: int
    vendors: tuple[Vendor, ...]


class Policy(NamedTuple):
    """Assignment: codes RANDOM, BIRTH_DATE, LOWEST_CASELOAD, ROUND_ROBIN."""

    department: int
    coordinator: int


class Epoch(NamedTuple):
    """What is in force from a moment on, in weeks since the start; names, teams and posts are those of the run."""

    since: float
    parameters: "Parameters"


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
    roles, teams, posts
        Coordinators first, then role by role. The first teams are the departments' coordinators.
    others
        By department and kind of task: the team that does it instead of the coordinators; -1: they do it.
    priorities
        By kind of task.
    planned_hours
        By kind of task: mean hours, in which backlog is counted.
    needs
        By right scheme.
    exit_streams
        By hazard and level of its field: the stream keys of times and heights.
    epochs
        What is in force later, by date; all within the time that is simulated.
    """

    names: Names
    start: str
    warm_up: float
    horizon: int
    period: int
    groups: tuple[Group, ...]
    departments: tuple[Department, ...]
    roles: tuple[Role, ...]
    teams: tuple[Team, ...]
    posts: tuple[Post, ...]
    others: tuple[tuple[int, ...], ...]
    policy: Policy
    centre_caseload: bool
    reference_caseload: float
    priorities: tuple[int, ...]
    planned_hours: tuple[float, ...]
    meetings: Meetings
    clarification: Clarification
    needs: tuple[Need, ...]
    internships: Internships
    programmes: tuple[Programme, ...]
    exit_streams: tuple[tuple[tuple[int, int], ...], ...]
    epochs: tuple[Epoch, ...] = ()


RANDOM, BIRTH_DATE, LOWEST_CASELOAD, ROUND_ROBIN = range(4)
COORDINATOR = 0
"""Number of the coordinators' role."""
REHABILITATION_TEAM = 0
"""Number of the rehabilitation team among the names of resources."""
FIRST_POST = 1
"""Number of the first post among the names of resources."""


def team_names(p: Parameters) -> tuple[str, ...]:
    """Return the names by which the streams of teams and their posts are keyed: the department's; none if shared."""
    names = p.names.departments
    return tuple(names[team.department] if team.department >= 0 else "" for team in p.teams)
