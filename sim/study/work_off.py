"""Works off parts on all cores, for studies that keep outcomes in memory."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.batch.run import Progress
from sim.batch.workers.base import Workers
from sim.batch.workers.interrupt import CtrlC, Stopped
from sim.errors import RunFailed

Floats = NDArray[np.float64]
P = TypeVar("P")

_MOST_DEATHS = 3
_WAKE_UP_SECONDS = 0.2


class Crew(NamedTuple):
    """Who do the work.

    Attributes
    ----------
    workers
        Processes or threads.
    progress
        Is told how far it is.
    again
        The command that goes on after Ctrl-C.
    """

    workers: Workers
    progress: Progress
    again: str


def work_off(
    crew: Crew, parts: Sequence[P], simulate: Callable[[P], Floats], take: Callable[[P, Floats], None]
) -> None:
    """Simulate parts, some at a time; a part whose worker died is tried again.

    Parameters
    ----------
    crew
        Who do the work.
    parts
        What to do, in this order.
    simulate
        Does a part: a function that a process can import.
    take
        Is given each part with what came of it, in the order in which they are finished.

    Raises
    ------
    RunFailed
        If worker processes keep dying.
    Stopped
        After Ctrl-C, when what is in hand is finished.
    """
    workers, left, deaths = crew.workers, deque(parts), 0
    pending: dict[Future[Floats], P] = {}
    with CtrlC(crew.progress.stopping) as ctrl_c:
        while left or pending:
            if ctrl_c.overdue:
                workers.abandon()
            if ctrl_c.requested and (ctrl_c.overdue or not pending):
                raise Stopped(f"stopped; what is simulated is kept\nto go on: {crew.again}")
            try:
                while left and len(pending) < workers.window and not ctrl_c.requested:
                    pending[workers.submit(simulate, left[0])] = left[0]
                    left.popleft()
                finished, _ = wait(pending, _WAKE_UP_SECONDS, FIRST_COMPLETED)
                workers.check(crew.progress.note)
                for future in finished:
                    part = pending[future]
                    take(part, future.result())
                    del pending[future]
            except workers.died as error:
                deaths += 1
                if deaths > _MOST_DEATHS:
                    raise RunFailed(
                        "worker processes keep dying (short of memory? fewer --workers need less)\n"
                        f"to go on: {crew.again}"
                    ) from error
                left.extendleft(pending.values())
                pending.clear()
                workers.renew()
