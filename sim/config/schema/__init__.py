"""The typed schema of a config file: every table, key, unit, range and default."""

from typing import Annotated, Any

from pydantic import Field

from sim.config.schema.base import Section
from sim.config.schema.money import Money
from sim.config.schema.offers import Internships, Programme, SmallJobs
from sim.config.schema.people import Group
from sim.config.schema.ranges import (
    MOST_CHANGES,
    MOST_NAMES,
    MOST_PROGRAMMES,
    MOST_ROLES,
    Day,
    Replications,
    Seed,
    Stock,
    Weeks,
    WeeksAboveZero,
)
from sim.config.schema.staff import Assignment, Caseload, Department, Role, Staffing
from sim.config.schema.usual import Horizon, Start
from sim.config.schema.work import (
    Clarification,
    Contacts,
    Discretionary,
    Meetings,
    Priorities,
    RehabilitationTeam,
)


class Run(Section):
    """When the simulation starts, how long it runs, and how many times."""

    start: Start
    """First day; dates are written without quotes."""
    horizon_weeks: Horizon
    """Observed weeks from `start`."""
    warm_up_weeks: Weeks = 0
    """Weeks simulated before `start` and left out of every table."""
    replications: Replications = 100
    """Number of replications: independent repetitions with new random numbers."""
    seed: Seed = 1
    """Seed of the random numbers: the same seed gives the same results, another seed other random numbers."""
    coordinator_period_weeks: WeeksAboveZero = 13
    """Length of the periods in the table of coordinators."""


class Population(Section):
    """The initial stock."""

    stock: Stock | None = None
    """Citizens at the start (before any warm-up), all groups and departments together; absent: the sum of their
    `stock`."""


class Change(Section):
    """What changes on a date (in a file: the tables `[changes.NAME]` with this date)."""

    date: Day
    """From this day on."""
    sets: dict[str, Any]
    """Values from then on by dotted key, in types of JSON; null: switched off."""


class Config(Section):
    """A whole config: one variant of the job centre."""

    run: Run
    population: Population = Population()
    groups: Annotated[dict[str, Group], Field(min_length=1, max_length=MOST_NAMES)]
    """The groups of citizens, by name."""
    departments: Annotated[dict[str, Department], Field(min_length=1, max_length=MOST_NAMES)] = {
        "centre": Department()
    }
    """The departments, by name; if none is given there is one."""
    staffing: Staffing
    roles: Annotated[dict[str, Role], Field(max_length=MOST_ROLES)] = {}
    """Who works in the centre beside the coordinators, by name; what none of them does the coordinators do."""
    assignment: Assignment = Assignment()
    caseload: Caseload = Caseload()
    priorities: Priorities = Priorities()
    meetings: Meetings | None = None
    contacts: Contacts = Contacts()
    discretionary: Discretionary = Discretionary()
    clarification: Clarification | None = None
    rehabilitation_team: RehabilitationTeam | None = None
    internships: Internships | None = None
    small_jobs: SmallJobs | None = None
    programmes: Annotated[dict[str, Programme], Field(max_length=MOST_PROGRAMMES)] = {}
    """Programmes, by name."""
    money: Money | None = None
    changes: Annotated[list[Change], Field(max_length=MOST_CHANGES)] = []
    """What changes later, by date."""
