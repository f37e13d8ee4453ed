"""What the event log does not tell of one replication: who waited in which queue, on whose list, for whose place."""

from typing import NamedTuple

TEAM_QUEUE = -1
"""Number of the first team's queue; the next team's is one less. Numbers from 0 on are posts."""


class Waiting(NamedTuple):
    """A task from the moment it waits until somebody takes it, or it is withdrawn.

    Attributes
    ----------
    citizen, kind
        Whose it is, and its code in `sim.catalogue.Task`.
    joined, left
        When it began to wait and when it was taken or withdrawn (weeks since the start); `left` is NaN if it still
        waits at the end.
    queues
        Since when it has been in whose queue: a post's number, or that of a team (`queue_of_team`), whose queue is
        its shared one or, where everybody has a queue, that of citizens without a coordinator.
    """

    citizen: int
    kind: int
    joined: float
    left: float
    queues: tuple[tuple[float, int], ...]


class Joined(NamedTuple):
    """A citizen comes on a list, or off it.

    Attributes
    ----------
    weeks, citizen
        When and who.
    list
        A post's number, or that of a team whose citizens have nobody (numbered as queues).
    change
        1: on it from now on, -1: not any more.
    """

    weeks: float
    citizen: int
    list: int
    change: int


class Opening(NamedTuple):
    """How far a citizen is at the start date or on arrival: codes of case and internship, and what runs."""

    weeks: float
    citizen: int
    case: int
    internship: int
    small_job: bool
    programme: bool


class Trace(NamedTuple):
    """What one replication of the reference engine has traced, each list in the order in which it happened.

    Attributes
    ----------
    tasks
        Every task that waited, the warm-up included.
    lists
        On whose list citizens are.
    places
        With which posts of other roles they have a place while they stay on that list.
    lines
        Weeks, citizen, team: joins the line for a place on a list of the team.
    hearings
        Weeks, citizen: from then on the rehabilitation team can hear the case.
    opening
        How far everybody is who is there at the start date or arrives.
    """

    tasks: tuple[Waiting, ...]
    lists: tuple[Joined, ...]
    places: tuple[Joined, ...]
    lines: tuple[tuple[float, int, int], ...]
    hearings: tuple[tuple[float, int], ...]
    opening: tuple[Opening, ...]


def queue_of_team(team: int) -> int:
    """Number of a team's queue, or of its list of citizens without anybody."""
    return TEAM_QUEUE - team


def team_of_queue(queue: int) -> int:
    """Number of the team whose queue it is; only of queues that are no post's."""
    return TEAM_QUEUE - queue
