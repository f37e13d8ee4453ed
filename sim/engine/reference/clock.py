"""SimPy's environment with absolute times and a documented order of ties."""

from heapq import heappush

from simpy import Environment
from simpy.events import Event

from sim.engine.order import Kind

_TIMED = 2
"""SimPy's priorities 0 and 1 are its immediate steps: they all come before the next timed event."""


class Clock(Environment):
    """A SimPy environment that wakes at absolute times.

    ``timeout(t - now)`` would fire at ``now + (t - now)``, often one bit off `t`; and SimPy settles ties by
    who asked first. Here an event fires at exactly the time given, and ties go by `sim.engine.order`.

    Parameters
    ----------
    start, end
        In weeks; events at or after `end` never happen.
    """

    def __init__(self, start: float, end: float) -> None:
        super().__init__(start)
        self.end = end

    def at(self, time: float, kind: Kind, number: int) -> Event:
        """Event that fires at `time` for the `number`-th entity of its kind."""
        event = Event(self)
        self.ring(event, time, kind, number)
        return event

    def ring(self, event: Event, time: float, kind: Kind, number: int) -> None:
        """Let an event that somebody already waits for fire at `time`."""
        event._ok = True
        event._value = None
        if time < self.end:
            heappush(self._queue, (time, _TIMED, (kind << 72) | (number << 40) | next(self._eid), event))  # type: ignore[misc]
