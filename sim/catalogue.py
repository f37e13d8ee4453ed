"""Every fixed list of names, once: kinds of task, ways out, decisions of the team, origins, activities.

A member is its code, a whole number that counts from 0 in the order written here; that is what the engines and the
records of a replication hold. Its name in lower case is what configs and tables show.
"""

from enum import IntEnum
from typing import Self


class Named(IntEnum):
    """A list of names; members are codes.

    Attributes
    ----------
    label, danish
        What people read, in English and in Danish.
    """

    label: str
    danish: str

    def __new__(cls, *details: object) -> Self:
        """Number the members in the order in which they are written."""
        code = len(cls.__members__)
        member = int.__new__(cls, code)
        member._value_ = code
        return member

    def __init__(self, label: str, danish: str) -> None:
        self.label, self.danish = label, danish

    @property
    def key(self) -> str:
        """Name in configs and tables."""
        return self.name.lower()

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """Names in configs and tables, in the order of the codes."""
        return tuple(member.key for member in cls)


class Task(Named):
    """Kinds of work that take hours.

    Attributes
    ----------
    priority
        Which goes first unless the config says otherwise: the lowest number.
    spare
        Done only when there is time to spare.
    headline
        Whether its share of the hours stands in the first table.
    """

    MEETING = "planned meetings", "planlagte samtaler", 2, False, True
    CONTACT = "unscheduled contacts", "henvendelser", 1, False, False
    CLARIFICATION = "clarification", "afklaring", 5, False, True
    HANDOVER = "handovers", "overdragelser til virksomhedskonsulent", 3, False, False
    PLACEMENT = "placement work", "arbejde med praktikpladser", 4, False, False
    MENTORING = "mentoring", "mentorstøtte", 6, False, False
    EXTRA_MEETING = "extra meetings", "ekstra samtaler", 8, True, False
    OUTREACH = "employer outreach", "opsøgende virksomhedskontakt", 9, True, False

    def __init__(self, label: str, danish: str, priority: int, spare: bool, headline: bool) -> None:
        super().__init__(label, danish)
        self.priority, self.spare, self.headline = priority, spare, headline


class Destination(Named):
    """Ways out of the benefit. A resource course is one only where its recipients leave the centre."""

    JOB = "job", "job"
    EDUCATION = "education", "uddannelse"
    FLEKSJOB = "fleksjob", "fleksjob"
    PENSION = "disability pension", "førtidspension"
    RESOURCE_COURSE = "resource course", "ressourceforløb"
    OTHER = "left otherwise (moved, age, death)", "afgang i øvrigt (flytning, alder, død)"


STAY_ENDS = (*Destination.keys(), "return")
"""Where a stay can lead; `return`: back to the group that the citizen came from."""
RETURN = STAY_ENDS.index("return")


class TeamDecision(Named):
    """What the rehabilitation team decides: a scheme, or back to where the citizen was."""

    RESOURCE_COURSE = Destination.RESOURCE_COURSE.label, Destination.RESOURCE_COURSE.danish
    FLEKSJOB = Destination.FLEKSJOB.label, Destination.FLEKSJOB.danish
    PENSION = Destination.PENSION.label, Destination.PENSION.danish
    BACK = "back", "tilbage"


class Origin(Named):
    """Where a citizen comes from."""

    STOCK = "in the initial stock", "i startbestanden"
    INFLOW = "new", "ny"
    POOL = "topped up from outside", "tilført udefra"
    RETURNED = "back after a job", "tilbage efter job"


class Since(Named):
    """When a citizen's time begins to count, of the shares that reach something within so many weeks."""

    START = "the start (starting citizens)", "start (startbestanden)"
    ENTRY = "entry (new citizens)", "tilgang (nye borgere)"
    ARRIVAL = "arrival (new or topped up)", "ankomst (nye og tilførte)"
    RECOGNISED = "need recognised", "behov erkendt"
    READY = "found ready for an internship", "fundet klar til praktik"


class Reached(Named):
    """What of a citizen's life is told as a share that has reached it within so many weeks."""

    JOB = Destination.JOB.label, Destination.JOB.danish
    EDUCATION = Destination.EDUCATION.label, Destination.EDUCATION.danish
    FLEKSJOB = Destination.FLEKSJOB.label, Destination.FLEKSJOB.danish
    PENSION = Destination.PENSION.label, Destination.PENSION.danish
    OTHER = Destination.OTHER.label, Destination.OTHER.danish
    LEFT = "left, to anything", "afgået, uanset hvortil"
    RESOURCE_COURSE = Destination.RESOURCE_COURSE.label, Destination.RESOURCE_COURSE.danish
    AWARDED = "awarded a fleksjob", "tilkendt fleksjob"
    RECOGNISED = "need recognised", "behov erkendt"
    SUBMITTED = "case complete", "sag færdig"
    DECIDED = "decided by the rehabilitation team", "behandlet i rehabiliteringsteamet"
    READY = "found ready for an internship", "fundet klar til praktik"
    INTERNSHIP = "internship", "praktik"
    SMALL_JOB = "small job", "småjob"
    PROGRAMME = "programme", "forløb"


DEFAULT_TABLES = ("weekly", "citizens", "schemes", "coordinators", "incidence")
"""Tables that a run keeps of each replication unless the user says otherwise; the event log is kept on request."""

_DAYS_PER_YEAR, _DAYS_PER_WEEK = 365.25, 7
WEEKS_PER_YEAR = _DAYS_PER_YEAR / _DAYS_PER_WEEK
WEEKS_PER_YEAR_TEXT = f"({_DAYS_PER_YEAR} / {_DAYS_PER_WEEK})"
"""The same as equations in the documentation write it."""

EVERYONE = "(all)"
"""What tables call all groups, or all departments, together; none has this name."""

COORDINATOR = "coordinator"
"""What tables call the role of [staffing]; other roles have the names of the config."""

HAZARDS = (*Destination.keys(), "small_job")
"""What happens to a citizen at a rate: the ways out, and the small job, which is none."""
SMALL_JOB = HAZARDS.index("small_job")


TASKS = Task.keys()
DESTINATIONS = Destination.keys()
TEAM_DECISIONS = TeamDecision.keys()
RIGHT_SCHEMES = tuple(d.key for d in TeamDecision if d is not TeamDecision.BACK)
"""Schemes in which a citizen can belong; their codes are those of the decisions."""
ORIGINS = Origin.keys()
STOCK, INFLOW, POOL, RETURNED = (int(origin) for origin in Origin)


def codes(names: type[Named]) -> str:
    """List codes with their names in words: "0 job, 1 education ..."."""
    return ", ".join(f"{member.value} {member.key.replace('_', ' ')}" for member in names)


class Activity(Named):
    """What the event log can show.

    Attributes
    ----------
    value_means
        Meaning of the log's `value`; empty: it is 0.
    """

    PRESENT = "present at the start", "til stede ved start"
    ENTERS = "enters", "kommer til", "spells with the centre that the person has had before"
    INVITED = "invited", "indkaldt", "due date of the meeting (weeks since the start)"
    MEETING_STARTS = "meeting starts", "samtale begynder", "length of the meeting as a share of the planned one"
    MEETING_ENDS = "meeting ends", "samtale slutter"
    NO_SHOW = "no-show", "udeblivelse", "1: from an extra meeting"
    SANCTION = "sanction", "sanktion"
    CONTACT = "contact", "henvendelse"
    CONTACT_ELSEWHERE = "contact handled elsewhere", "henvendelse håndteret et andet sted"
    CONTACT_STARTS = "contact answered", "henvendelse besvares"
    CONTACT_ENDS = "contact ends", "henvendelse slutter"
    EXTRA_MEETING_STARTS = "extra meeting starts", "ekstra samtale begynder"
    EXTRA_MEETING_ENDS = "extra meeting ends", "ekstra samtale slutter"
    OUTREACH_STARTS = "outreach starts", "virksomhedskontakt begynder"
    OUTREACH_ENDS = "outreach ends", "virksomhedskontakt slutter"
    VACANCY_FOUND = "vacancy found", "ledigt job fundet"
    NEED_RECOGNISED = "need recognised", "behov erkendt", "work packages to do"
    PACKAGE_STARTS = "work on a package starts", "arbejde på pakke begynder", "work packages left, this one included"
    PACKAGE_ENDS = "work on a package ends", "arbejde på pakke slutter"
    SUBMITTED = "case complete", "sag færdig"
    DECIDED = "decided", "behandlet i teamet", f"code of the decision: {codes(TeamDecision)}"
    READY = "ready for an internship", "klar til praktik"
    HANDOVER_STARTS = "handover starts", "overdragelse begynder"
    HANDOVER_ENDS = "handover ends", "overdragelse slutter"
    TAKEN_ON = "on another role's list", "på en anden rolles liste"
    PLACEMENT_STARTS = "placement work starts", "praktikarbejde begynder"
    PLACEMENT_ENDS = "placement work ends", "praktikarbejde slutter"
    SEARCH_GIVEN_UP = "search given up", "søgning opgivet"
    INTERNSHIP_STARTS = "internship starts", "praktik begynder"
    INTERNSHIP_ENDS = "internship ends", "praktik slutter"
    FOLLOW_UP_STARTS = "follow-up starts", "opfølgning begynder"
    FOLLOW_UP_ENDS = "follow-up ends", "opfølgning slutter"
    SMALL_JOB_STARTS = "small job starts", "småjob begynder"
    SMALL_JOB_ENDS = "small job ends", "småjob slutter"
    REFERRED = "referred to a programme", "henvist til forløb"
    PROGRAMME_STARTS = "programme starts", "forløb begynder"
    PROGRAMME_ENDS = "programme ends", "forløb slutter"
    MENTORING_STARTS = "mentoring starts", "mentorstøtte begynder"
    MENTORING_ENDS = "mentoring ends", "mentorstøtte slutter"
    CASEWORKER_CHANGES = (
        "changes coordinator",
        "skifter sagsbehandler",
        "number of the former coordinator; -1: was waiting for one",
    )
    SCHEME_CHANGES = "changes scheme", "skifter ordning", "code of the new group"
    FLAGGED = "flagged by screening", "udpeget ved screening", "code of the group in which the citizen begins"
    REASSESSED = "reassessed", "omvisiteret", "code of the new group"
    LEAVES = "leaves", "afgår", f"code of the destination: {codes(Destination)}"
    HIRED = "starts in the post", "tiltræder"
    RESIGNS = "resigns", "siger op"
    POST_CUT = "post cut", "stilling nedlagt"
    ABSENCE_STARTS = "absence starts", "fravær begynder", "length of the absence in weeks"
    ABSENCE_ENDS = "absence ends", "fravær slutter"
    LEAVE_STARTS = "leave starts", "ferie begynder", "length of the leave in weeks"
    LEAVE_ENDS = "leave ends", "ferie slutter"

    def __init__(self, label: str, danish: str, value_means: str = "") -> None:
        super().__init__(label, danish)
        self.value_means = value_means


ACTIVITIES = Activity.keys()
