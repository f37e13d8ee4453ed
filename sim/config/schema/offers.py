"""What citizens are offered: internships, small jobs, and programmes such as courses and mentors."""

from typing import Annotated, Literal

from pydantic import Field

from sim.config.schema.base import Section
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import AffectedExit
from sim.config.schema.ranges import MOST_NAMES, Factor, HoursPerWeek, NonNegative, Places, Positive, Posts, Share
from sim.config.schema.usual import TaskHours


class Internships(Section):
    """Internships, from the search for a place to the follow-up."""

    role: Literal["consultant", "three_in_one"] = "consultant"
    """Consultant: handed over to a company consultant; three-in-one: the coordinator does it, without a handover."""
    consultants: Posts = 0.0
    """Full-time company consultants in the whole centre, spread over the departments by their stock_share."""
    list_limit: Annotated[int, Field(ge=1, le=1_000_000)] = 50
    """Most citizens that a consultant takes on at a time."""
    consultant_hours_per_week: HoursPerWeek = 25.0
    """Hours of a full-time consultant for citizens."""
    handover_hours: TaskHours = Distribution(constant=0.5)
    """Coordinator time for the handover."""
    placement_hours: TaskHours
    """Consultant time to find and agree a place."""
    search_weeks: Distribution
    """Calendar time until an employer says yes."""
    give_up_weeks: Positive
    """How long the search may last before the citizen goes back to the coordinator."""
    duration_weeks: Distribution
    """Length of an internship."""
    follow_up_hours: TaskHours = Distribution(constant=0.0)
    """Consultant time when the internship ends."""
    lock_in_factor: Factor = 1.0
    """Factor on the affected hazards during the internship."""
    after_factor: Factor = 1.0
    """Factor on the affected hazards afterwards, for `after_weeks`."""
    after_weeks: NonNegative = 0.0
    """How long `after_factor` lasts."""
    hired_share: Share = 0.0
    """Share hired by the firm when it ends (an exit to job)."""
    affects: list[AffectedExit] = ["job"]
    """Exits whose hazards the factors multiply."""


class SmallJobs(Section):
    """A few hours of ordinary work a week alongside the benefit; not an exit."""

    duration_weeks: Distribution
    """Length of a small job."""
    factor: Factor = 1.0
    """Factor on the affected hazards while it lasts."""
    affects: list[AffectedExit] = ["job"]
    """Exits whose hazards the factor multiplies."""


class Vendor(Section):
    """One provider of a programme."""

    places: Places
    """Most participants at a time."""
    factor: Factor = 1.0
    """How good this vendor is: a further factor on the affected hazards during the programme."""


class Programme(Section):
    """A course, mentor or vendor programme with a limited number of places."""

    groups: list[str] = []
    """Who can be referred; empty: all groups."""
    referral_share_per_meeting: Share
    """Probability of referral at a meeting of full length, unless in a programme or waiting for one."""
    duration_weeks: Distribution
    """Length of the programme."""
    during_factor: Factor = 1.0
    """Factor on the affected hazards during the programme."""
    after_factor: Factor = 1.0
    """Factor on the affected hazards afterwards, for `after_weeks`."""
    after_weeks: NonNegative = 0.0
    """How long `after_factor` lasts."""
    affects: list[AffectedExit] = ["job", "education"]
    """Exits whose hazards the factors multiply."""
    referral: Literal["best_results", "most_free_places"] = "best_results"
    """Best results: to the vendor with the highest share of participants who left for a job or education."""
    vendors: Annotated[dict[str, Vendor], Field(min_length=1, max_length=MOST_NAMES)]
    """The providers, by name."""
