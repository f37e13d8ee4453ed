"""Names of all decisions that are drawn. A draw is keyed by its decision's name, never by its place in this list."""

from enum import IntEnum, auto

from sim.model.streams import decision_key


class Decision(IntEnum):
    """Decisions of a citizen, and in the second half of coordinators, inflows and departments."""

    FRAILTY = 0
    LONG_HISTORY = auto()
    RIGHT_SCHEME = auto()
    NEED_ARISES = auto()
    NEED_ARISING = auto()
    RECOGNISED_AT_START = auto()
    PACKAGES_AT_START = auto()
    ELAPSED_AT_START = auto()
    DOCUMENTS_AT_START = auto()
    BIRTH_DAY = auto()
    PLACEABLE = auto()
    DEPARTMENT = auto()
    COORDINATOR = auto()
    MEETING_AT_START = auto()
    CONTACT_AT_START = auto()
    MEETING_INTERVAL = auto()
    FIRST_MEETING = auto()
    PREPARATION_HOURS = auto()
    CONVERSATION_HOURS = auto()
    JOURNAL_HOURS = auto()
    NO_SHOW = auto()
    NEXT_TRY = auto()
    SANCTION = auto()
    SANCTION_HOURS = auto()
    EXTRA_MEETING_HOURS = auto()
    EXTRA_REFUSED = auto()
    EXTRA_NO_SHOW = auto()
    OUTREACH_START = auto()
    OUTREACH_HOURS = auto()
    CONTACT_INTERVAL = auto()
    CONTACT_ELSEWHERE = auto()
    CONTACT_HOURS = auto()
    RECOGNITION = auto()
    PACKAGE_HOURS = auto()
    DOCUMENT_WAIT = auto()
    SUBMISSION = auto()
    TEAM_DECISION = auto()
    PROGRESS_LOSS = auto()
    FLEKSJOB_AT_ONCE = auto()
    READY = auto()
    BECOMES_READY = auto()
    FOUND_READY = auto()
    HANDOVER_HOURS = auto()
    PLACEMENT_HOURS = auto()
    SEARCH = auto()
    INTERNSHIP_DURATION = auto()
    FOLLOW_UP_HOURS = auto()
    HIRED = auto()
    ANOTHER_INTERNSHIP = auto()
    SMALL_JOB_DURATION = auto()
    MENTORING_HOURS = auto()
    READY_BY_PROGRAMME = auto()
    STAY_DURATION = auto()
    STAY_AT_START = auto()
    STAY_OUTCOME = auto()
    REASSESSED = auto()
    REASSESSED_TO = auto()
    RE_ENTRY = auto()
    SCREENING = auto()
    VACANCY_FOUND = auto()
    VACANCY_HIRED = auto()
    # Not of a citizen:
    ARRIVAL = auto()
    POOL_GROUP = auto()
    HIRING_DELAY = auto()
    ABSENCE = auto()
    ABSENCE_ACCEPTED = auto()
    ABSENCE_DURATION = auto()
    LEAVE = auto()
    RESIGNATION = auto()
    RESIGNATION_ACCEPTED = auto()
    VACANCY = auto()
    HANDED_OVER = auto()


KEYS: tuple[int, ...] = tuple(decision_key(d.name.lower()) for d in Decision)
"""Stream key of each decision."""

if len(set(KEYS)) != len(KEYS):
    raise AssertionError("two decisions share a stream key: rename one")


def exit_keys(hazard: str, level: int) -> tuple[int, int]:
    """Stream keys of a hazard's possible moments at a level of its field: of the times and of the heights."""
    return decision_key(f"exit/{hazard}/{level}/time"), decision_key(f"exit/{hazard}/{level}/height")


def programme_keys(programme: str) -> tuple[int, int]:
    """Stream keys of a programme: of the referral and of its duration."""
    return decision_key(f"programme/{programme}/referral"), decision_key(f"programme/{programme}/duration")
