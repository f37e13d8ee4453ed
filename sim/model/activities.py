"""What can happen: the activities of the event log, with the meaning of their `value`."""

from enum import IntEnum, auto


class Did(IntEnum):
    """Activities in the order of their codes; the lower-case name is what the log shows."""

    PRESENT = 0
    ENTERS = auto()
    INVITED = auto()
    MEETING_STARTS = auto()
    MEETING_ENDS = auto()
    NO_SHOW = auto()
    CONTACT = auto()
    CONTACT_ELSEWHERE = auto()
    CONTACT_STARTS = auto()
    CONTACT_ENDS = auto()
    EXTRA_MEETING_STARTS = auto()
    EXTRA_MEETING_ENDS = auto()
    OUTREACH_STARTS = auto()
    OUTREACH_ENDS = auto()
    NEED_RECOGNISED = auto()
    PACKAGE_STARTS = auto()
    PACKAGE_ENDS = auto()
    SUBMITTED = auto()
    DECIDED = auto()
    READY = auto()
    HANDOVER_STARTS = auto()
    HANDOVER_ENDS = auto()
    CONSULTANT_FOUND = auto()
    PLACEMENT_STARTS = auto()
    PLACEMENT_ENDS = auto()
    SEARCH_GIVEN_UP = auto()
    INTERNSHIP_STARTS = auto()
    INTERNSHIP_ENDS = auto()
    FOLLOW_UP_STARTS = auto()
    FOLLOW_UP_ENDS = auto()
    SMALL_JOB_STARTS = auto()
    SMALL_JOB_ENDS = auto()
    REFERRED = auto()
    PROGRAMME_STARTS = auto()
    PROGRAMME_ENDS = auto()
    CASEWORKER_CHANGES = auto()
    SCHEME_CHANGES = auto()
    LEAVES = auto()
    HIRED = auto()
    RESIGNS = auto()
    POST_CUT = auto()
    ABSENCE_STARTS = auto()
    ABSENCE_ENDS = auto()


ACTIVITIES: tuple[str, ...] = tuple(a.name.lower() for a in Did)

VALUES = {
    "invited": "due date of the meeting (weeks since the start)",
    "meeting_starts": "length of the meeting as a share of the planned one",
    "need_recognised": "work packages to do",
    "package_starts": "work packages left, this one included",
    "decided": "code of the decision: 0 resource course, 1 fleksjob, 2 pension, 3 back",
    "caseworker_changes": "number of the former coordinator; -1: was waiting for one",
    "scheme_changes": "code of the new group",
    "leaves": "code of the destination: 0 job, 1 education, 2 fleksjob, 3 pension, 4 resource course, 5 other",
    "absence_starts": "length of the absence in weeks",
}
"""Meaning of the event log's `value`, where it has one (0 elsewhere)."""
