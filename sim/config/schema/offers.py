"""What citizens are offered: internships, small jobs, and programmes such as courses and mentors."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.config.schema.base import Section, problem
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import AffectedExit
from sim.config.schema.ranges import MOST_NAMES, Factor, NonNegative, Places, Positive, Repeated, Share
from sim.config.schema.usual import TaskHours


class Internships(Section):
    """Internships, from the search for a place to the follow-up."""

    citizen_moves: bool = True
    """Whether who has a place on a consultant's list is on that list alone; false: on the coordinator's too."""
    handover_hours: TaskHours = Distribution(constant=0.5)
    """Coordinator time for the handover to the role that does placement work; none where coordinators do it."""
    placement_hours: TaskHours
    """Time to find and agree a place, of whoever does placement work."""
    search_weeks: Distribution
    """Calendar time until an employer says yes."""
    give_up_weeks: Positive
    """How long the search may last before the citizen goes back to the coordinator."""
    duration_weeks: Distribution
    """Length of an internship."""
    follow_up_hours: TaskHours = Distribution(constant=0.0)
    """Time of whoever does placement work when the internship ends."""
    lock_in_factor: Factor = 1.0
    """Factor on the affected hazards during the internship."""
    after_factor: Factor = 1.0
    """Factor on the affected hazards afterwards, for `after_weeks`."""
    after_weeks: NonNegative = 0.0
    """How long `after_factor` lasts."""
    hired_share: Share = 0.0
    """Share hired by the firm when it ends (an exit to job)."""
    another_share: Share = 0.0
    """Share of the others who go on to another internship instead of back to the coordinator."""
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


class Mentor(Section):
    """The hours of a mentor that each participant takes."""

    every_weeks: Repeated
    """From the beginning of the programme to the first time, and on to the next; dropped if the last still waits."""
    hours: TaskHours
    """Time of the role that does mentoring; where none does, of the coordinator."""


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
    mentor: Mentor | None = None
    """Mentoring by the centre's own staff; absent: the vendor's staff do all, without hours of the centre."""
    ready_share: Share = 0.0
    """Share of those who complete it and were not ready for an internship before, who are then."""
    assessed_packages: Annotated[int, Field(ge=0, le=100)] = 0
    """Work packages of the participant's case, open or to come, that assessments written in the programme save."""
    referral: Literal["best_results", "most_free_places"] = "best_results"
    """To the vendor with the best results of its participants, or with most free places."""
    results: Annotated[list[Literal["job_or_education", "internship"]], Field(min_length=1, max_length=2)] = [
        "job_or_education"
    ]
    """What counts as results: left for it, or an internship begun. The second decides where the first is equal."""
    vendors: Annotated[dict[str, Vendor], Field(min_length=1, max_length=MOST_NAMES)]
    """The providers, by name."""

    @model_validator(mode="after")
    def _criteria_differ(self) -> "Programme":
        if len(set(self.results)) < len(self.results):
            raise problem("results", "names a criterion twice")
        return self
