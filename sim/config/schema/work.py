"""The work: meetings, contacts, clarification, the rehabilitation team, and what goes before what."""

from operator import attrgetter
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, create_model

from sim.catalogue import Task
from sim.config.schema.base import NonNegative, OneOf, Positive, Section, Share
from sim.config.schema.distributions import Distribution
from sim.config.schema.names import AffectedExit, BookingName

FloorShare = Annotated[float, Field(gt=0, le=1)]


if TYPE_CHECKING:

    class Priorities(Section):
        """A whole number for each kind of task of the catalogue."""

        def __getattr__(self, task: str) -> int: ...

else:
    Priorities = create_model(
        "Priorities",
        __base__=Section,
        __module__=__name__,
        __doc__="What a coordinator does first: the lowest number; equal numbers by due date. "
        "Work begun is finished. Placement work is a coordinator's only in the three-in-one role.",
        **{  # What goes first stands first, here and in the canonical values.
            task.key: (int, Field(default=task.priority, description=f"{task.label[0].upper()}{task.label[1:]}."))
            for task in sorted(Task, key=attrgetter("priority"))
        },
    )


class BacklogPressure(Section):
    """Meetings are shortened while more than `tolerated_weeks` of coordinator hours wait in the queue."""

    tolerated_weeks: Positive
    """Weeks' worth of waiting work up to which meetings keep their length."""
    floor_share: FloorShare
    """The shortest a hurried meeting gets, of the planned length."""


class CalendarPressure(Section):
    """Meetings are planned shorter so that those due fit in the hours that contacts leave."""

    meeting_hours_share: FloorShare
    """Of the effective hours: what the calendar sets aside for meetings."""
    floor_share: FloorShare
    """The shortest a meeting gets, of the planned length."""


class TimePressure(OneOf):
    """How people cut corners when there is too much to do."""

    backlog: BacklogPressure | None = None
    calendar: CalendarPressure | None = None


class Booking(Section):
    """How a meeting comes about."""

    lead_weeks: NonNegative
    """The citizen is invited, and the meeting joins the queue, this long before it is due."""
    no_show_share: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Of the attempts at a meeting: the citizen does not come."""
    reinvite_weeks: Distribution = Distribution(constant=2.0)
    """From a meeting missed to the next attempt."""


class Bookings(Section):
    """The three ways of booking."""

    invited: Booking
    own_calendar: Booking | None = None
    self_booking: Booking | None = None


class MeetingEffect(Section):
    """A held meeting raises exit hazards: 1 + size x length share x exp(-weeks since / decay_weeks)."""

    size: NonNegative
    """Relative rise right after a meeting of full length."""
    decay_weeks: Positive
    """Time in which the rise falls to 37 %."""
    affects: list[AffectedExit] = ["job", "education"]
    """Exits whose hazards rise."""


class Meetings(Section):
    """How meetings are held."""

    preparation_hours: Distribution
    """Coordinator time before the meeting."""
    conversation_hours: Distribution
    """The meeting itself."""
    journal_hours: Distribution
    """Coordinator time after the meeting."""
    booking: BookingName = "invited"
    """Which of the ways below is used."""
    bookings: Bookings
    no_show_hours: NonNegative = 0.0
    """Coordinator time lost when the citizen does not show up."""
    time_pressure: TimePressure | None = None
    effect: MeetingEffect | None = None


class Contacts(Section):
    """Unscheduled contacts."""

    handled_elsewhere_share: Share = 0.0
    """Taken by a service centre or by self-service, not by the coordinator."""


class ExtraMeeting(Section):
    """An extra meeting between two planned ones, if there is time."""

    after_weeks: Positive
    """Since the last meeting."""
    hours: Distribution
    """Coordinator time, preparation and journal included."""


class Outreach(Section):
    """Contacting employers for a citizen, if there is time."""

    every_weeks: Positive
    """From one outreach for a citizen to the next."""
    hours: Distribution
    """Coordinator time."""
    size: NonNegative
    """Raises the job hazard by this share at first."""
    decay_weeks: Positive
    """Time in which the rise falls to 37 %."""


class Discretionary(Section):
    """What coordinators with time to spare do, at the lowest priority."""

    extra_meeting: ExtraMeeting | None = None
    outreach: Outreach | None = None


class Clarification(Section):
    """Preparing a case for the rehabilitation team."""

    recognition_share_per_meeting: Share
    """A meeting of full length recognises a need that is there."""
    packages: Annotated[int, Field(ge=1, le=100)]
    """Work packages a case; between them the case waits for documents."""
    hours_per_package: Distribution
    """Coordinator time."""
    document_wait_weeks: Distribution
    """From one package until the next can be begun."""
    target_weeks: NonNegative = 4.0
    """A package is due this long after it can be begun (orders the queue)."""
    progress_loss_share: Share = 0.0
    """Share of the finished packages that is lost when the citizen changes caseworker."""


class RehabilitationTeam(Section):
    """The weekly meeting that decides: resource course, fleksjob, pension, or back."""

    slots_per_meeting: Annotated[int, Field(ge=0)]
    """Cases a meeting decides at most."""
    every_weeks: Annotated[float, Field(ge=0.1)] = 1.0
    """From one meeting of the team to the next."""
    submission_weeks: Distribution = Distribution(constant=0.0)
    """From the last package until the case can be heard."""
    resource_course_group: str | None = None
    """The group that a resource course recipient becomes one of; absent: they leave the centre."""
