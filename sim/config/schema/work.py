"""The work: meetings, contacts, clarification, the rehabilitation team, and what goes before what."""

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, create_model, model_validator

from sim.catalogue import Task
from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.distributions import Distribution, too_short
from sim.config.schema.names import AffectedExit, BookingName, SchemeName
from sim.config.schema.ranges import (
    MOST_TRIES,
    Factor,
    NonNegative,
    Places,
    Positive,
    Priority,
    Repeated,
    Share,
    ShareAboveZero,
)
from sim.config.schema.usual import TaskHours

if TYPE_CHECKING:

    class Priorities(Section):
        """A whole number for each kind of task of the catalogue."""

        def __getattr__(self, task: str) -> int: ...

else:
    Priorities = create_model(
        "Priorities",
        __base__=Section,
        __module__=__name__,
        __doc__="What a coordinator does first: the lowest number, and among equal numbers what is due first. "
        "Work that has begun is finished. Placement work is a coordinator's only in the three-in-one role.",
        **{  # What goes first stands first, here and in the canonical values.
            task.key: (
                Priority,
                Field(default=task.priority, description=f"{task.label[0].upper()}{task.label[1:]}."),
            )
            for task in sorted(Task, key=attrgetter("priority"))
        },
    )


class BacklogPressure(Section):
    """Meetings are shortened while more than `tolerated_weeks` of coordinator time waits in the queue."""

    tolerated_weeks: Positive
    """Weeks of waiting work up to which meetings keep their length."""
    floor_share: ShareAboveZero
    """Shortest length of a meeting, as a share of the planned length."""
    ceiling_share: Annotated[float, Field(ge=1, le=10)] = 1.0
    """Longest length, where little waits: with time to spare meetings are longer and better prepared."""


class CalendarPressure(Section):
    """Meetings are planned shorter so that those due fit in the hours that contacts leave."""

    meeting_hours_share: ShareAboveZero
    """Share of the effective hours that the calendar sets aside for meetings."""
    floor_share: ShareAboveZero
    """Shortest length of a meeting, as a share of the planned length."""


class TimePressure(OneOf):
    """How meetings become shorter when there is too much to do."""

    backlog: BacklogPressure | None = None
    calendar: CalendarPressure | None = None


class Booking(Section):
    """How a meeting is booked."""

    notice_weeks: NonNegative
    """How long before the meeting, at least, the citizen is told of it."""
    no_show_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Share of booked meetings to which the citizen does not come."""
    next_try_weeks: Distribution = Distribution(constant=2.0)
    """From a missed meeting to the next try, which needs new notice and has the same due date."""

    @model_validator(mode="after")
    def _ends(self) -> "Booking":
        text = too_short(self.next_try_weeks)
        if text and self.no_show_share > 1 - 1 / MOST_TRIES:
            raise problem(
                "next_try_weeks",
                f"{text}; with a no_show_share above {1 - 1 / MOST_TRIES:g} a meeting would be tried without end",
            )
        return self


class Bookings(Section):
    """The three ways of booking."""

    invited: Booking
    own_calendar: Booking | None = None
    self_booking: Booking | None = None


class MeetingEffect(Section):
    """A meeting multiplies exit hazards by 1 + size x length share x exp(-weeks since / decay_weeks)."""

    size: Factor
    """Relative increase right after a meeting of full length."""
    decay_weeks: Positive
    """Time in which the increase falls to 37 %."""
    affects: list[AffectedExit] = ["job", "education"]
    """Exits whose hazards rise."""


class Sanction(Section):
    """After a missed meeting a sanction multiplies exit hazards by 1 + size x exp(-weeks since / decay_weeks)."""

    after_no_show_share: Share
    """Share of the missed planned meetings that are followed by a sanction."""
    hours: TaskHours
    """Time of whoever holds the meeting, beside the hours lost."""
    size: Factor
    """Relative increase of the hazards at first."""
    decay_weeks: Positive
    """Time in which the increase falls to 37 %."""
    affects: list[AffectedExit] = ["job"]
    """Exits whose hazards rise."""


class Meetings(Section):
    """How meetings are held."""

    preparation_hours: TaskHours
    """Coordinator time before the meeting."""
    conversation_hours: TaskHours
    """The meeting itself."""
    journal_hours: TaskHours
    """Coordinator time after the meeting."""
    booking: BookingName = "invited"
    """Which of the ways of booking below is used."""
    bookings: Bookings
    window_weeks: NonNegative = 1.0
    """How early a meeting can be held, before its due date: so the number a year follows the interval."""
    no_show_hours: NonNegative = 0.0
    """Coordinator time lost when the citizen does not show up."""
    sanction: Sanction | None = None
    time_pressure: TimePressure | None = None
    effect: MeetingEffect | None = None

    @property
    def longest_share(self) -> float:
        """Longest that a planned meeting can be, as a share of the planned length."""
        backlog = self.time_pressure.backlog if self.time_pressure is not None else None
        return backlog.ceiling_share if backlog is not None else 1.0


class Contacts(Section):
    """Unscheduled contacts."""

    handled_elsewhere_share: Share = 0.0
    """Share handled by a service centre or by self-service, not by the coordinator."""


class ExtraMeeting(Section):
    """An extra meeting between two planned ones, if there is time."""

    after_weeks: Repeated
    """Time since the last meeting, until the citizen is asked."""
    hours: TaskHours
    """Coordinator time, including preparation and journal."""
    at_most: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    """Most extra meetings between two planned ones; absent: as many as there is time for."""
    refused_share: Share = 0.0
    """Share of citizens who refuse when they are asked; they are asked again after the next planned meeting."""
    notice_weeks: NonNegative = 0.0
    """How long before the meeting, at least, the citizen is told of it."""
    no_show_share: Share = 0.0
    """Share to which the citizen does not come; then there is none until after the next planned meeting."""
    achieves_share: Share = 1.0
    """What it achieves, as a share of what a planned meeting of full length does."""


class Outreach(Section):
    """Contacting employers for a citizen, if there is time."""

    every_weeks: Repeated
    """From one contact to employers for a citizen to the next."""
    hours: TaskHours
    """Coordinator time."""
    size: Factor
    """Relative increase of the job hazard at first."""
    decay_weeks: Positive
    """Time in which the increase falls to 37 %."""
    vacancy_share: Share = 0.0
    """Share of the contacts that find a vacancy."""
    hired_share: Share = 1.0
    """Share of the vacancies found in which the citizen is hired (an exit to job)."""


class Discretionary(Section):
    """What coordinators with time to spare do, at the lowest priority."""

    extra_meeting: ExtraMeeting | None = None
    outreach: Outreach | None = None


Packages = Annotated[int, Field(ge=1, le=100)]


class CaseOfScheme(Section):
    """What a case takes that leads to this scheme, where it differs from other cases."""

    recognition_share_per_meeting: Share | None = None
    """Probability that a meeting of full length recognises it; absent: as [clarification] says."""
    packages: Packages | None = None
    """Work packages; absent: as [clarification] says."""
    hours_per_package: TaskHours | None = None
    """Hours of a package; absent: as [clarification] says."""
    agreement_share: Share | None = None
    """Share with which the team decides it; absent: as [rehabilitation_team] says."""


class Clarification(Section):
    """Preparing a case for the rehabilitation team."""

    recognition_share_per_meeting: Share
    """Probability that a meeting of full length recognises an existing need."""
    packages: Packages
    """Work packages per case; between them the case waits for documents."""
    hours_per_package: TaskHours
    """Coordinator time."""
    sitting_hours: Annotated[float, Field(ge=0.1, le=1000)] | None = None
    """Longest that somebody works on a package before more urgent work goes first; absent: until it is done."""
    document_wait_weeks: Distribution
    """From the end of a package until the next can begin."""
    target_weeks: NonNegative = 4.0
    """How long after its need was recognised a case is due (this orders the queue)."""
    oldest_case_first: bool = True
    """Whether packages are due with their case, so that old cases are finished first; false: each package is due
    `target_weeks` after it can begin."""
    progress_loss_share: Share = 0.0
    """Share of the finished packages that is lost when the citizen changes caseworker."""
    schemes: dict[SchemeName, CaseOfScheme] = {}
    """Cases that take more or less than others, by the scheme that they lead to."""


class RehabilitationTeam(Section):
    """The weekly meeting that decides: resource course, fleksjob, pension, or back."""

    slots_per_meeting: Places
    """Most cases that a meeting can decide."""
    every_weeks: Annotated[float, Field(ge=0.1, le=5200)] = 1.0
    """From one meeting of the team to the next."""
    submission_weeks: Distribution = Distribution(constant=0.0)
    """From the last package until the case can be heard."""
    agreement_share: Share = 1.0
    """Share of the cases in which the team decides the right scheme; the others are sent back."""
    again_after_weeks: NonNegative = 52.0
    """How long the need of a citizen who was sent back is not recognised again."""
    resource_course_group: str | None = None
    """The group that recipients of a resource course join; absent: they leave the centre."""
    fleksjob_group: str | None = None
    """The group that those join who are awarded a fleksjob and have none yet; absent: all leave for one at once."""
    fleksjob_at_once_share: Share = 0.0
    """Share of those awarded a fleksjob who leave for one at once, where `fleksjob_group` names a group."""
