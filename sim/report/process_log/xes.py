"""An event log as XES (IEEE 1849): a trace for each case, with a start and a complete event for what takes time."""

import math
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import quoteattr

from sim.analysis.lives.process import Step
from sim.safe_text import safe_line
from sim.store.files import atomic

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="nested-attributes" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace">
    <string key="concept:name" value=""/>
  </global>
  <global scope="event">
    <string key="concept:name" value=""/>
    <date key="time:timestamp" value="1970-01-01T00:00:00.000000+00:00"/>
    <string key="lifecycle:transition" value="complete"/>
  </global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Activity and transition" keys="concept:name lifecycle:transition"/>
  <string key="lifecycle:model" value="standard"/>
"""
_TAIL = "</log>\n"


class _Event(NamedTuple):
    """One event: when, place among those of the same moment, instance, transition, and the activity."""

    when: datetime
    place: int
    transition: str
    step: Step


def write_xes(path: Path, name: str, replications: Iterable[Iterable[Step]]) -> int:
    """Write activities as XES 1.0.

    The clock of the model has no time zone; times are written as UTC. `org:group` is the department; the citizen's
    group is `group`. `concept:instance` joins the two events of one activity.

    Parameters
    ----------
    path
        The file.
    name
        Of the log.
    replications
        Activities of each replication; the cases of different ones differ.

    Returns
    -------
    int
        The number of events.

    Raises
    ------
    RunFailed
        If the file cannot be written.
    """
    count = 0
    with atomic(path) as file:
        file.write(_HEAD.encode("utf-8"))
        file.write(f"  {_text('concept:name', name)}\n".encode())
        for steps in replications:
            cases: dict[str, list[_Event]] = {}
            for number, step in enumerate(steps):
                cases.setdefault(step.case, []).extend(_events(number, step))
            for case, events in cases.items():
                count += len(events)
                file.write("".join(_trace(case, events)).encode("utf-8"))
        file.write(_TAIL.encode("utf-8"))
    return count


def _events(number: int, step: Step) -> Iterator[_Event]:
    """Give the events of an activity: two if it takes time and both are known."""
    if step.start is not None and step.start != step.complete:
        yield _Event(step.start, number, "start", step)
    if step.complete is not None:
        yield _Event(step.complete, number, "complete", step)


def _trace(case: str, events: list[_Event]) -> Iterator[str]:
    yield f"  <trace>\n    {_text('concept:name', case)}\n"
    yield f"    {_whole('replication', events[0].step.replication)}\n"
    for event in sorted(events, key=lambda event: (event.when, event.place)):
        step = event.step
        yield "    <event>\n"
        yield f"      {_text('concept:name', step.activity)}\n"
        yield f"      {_text('concept:instance', str(event.place))}\n"
        yield f'      <date key="time:timestamp" value="{xes_time(event.when)}"/>\n'
        yield f"      {_text('lifecycle:transition', event.transition)}\n"
        attributes = (
            ("org:resource", step.resource),
            ("org:role", step.role),
            ("org:group", step.department),
            ("group", step.group),
            ("detail", step.detail),
        )
        yield from (f"      {_text(key, value)}\n" for key, value in attributes if value)
        if event.transition == "complete" and not math.isnan(step.working_hours):
            yield f'      <float key="working_hours" value="{step.working_hours!r}"/>\n'
        yield "    </event>\n"
    yield "  </trace>\n"


def xes_time(moment: datetime) -> str:
    """Write a moment with its time zone, to the microsecond."""
    return moment.replace(tzinfo=UTC).isoformat(timespec="microseconds")


def _text(key: str, value: str) -> str:
    return f'<string key="{key}" value={quoteattr(safe_line(value))}/>'


def _whole(key: str, value: int) -> str:
    return f'<int key="{key}" value="{value}"/>'
