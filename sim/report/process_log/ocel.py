"""An event log as OCEL 2.0 (JSON): events that concern citizens, resources and departments at once."""

import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sim.analysis.lives.process import Step
from sim.report.process_log.xes import xes_time
from sim.store.files import write_text

_ATTRIBUTES: Mapping[str, str] = {
    "complete": "time",
    "group": "string",
    "detail": "string",
    "working_hours": "float",
    "replication": "integer",
}
_EPOCH = "1970-01-01T00:00:00.000000+00:00"
"""From when on what never changes holds, as the format asks."""


def write_ocel(path: Path, replications: Iterable[Iterable[Step]]) -> int:
    """Write activities as OCEL 2.0 in JSON: one event each, at its start.

    Objects are citizens (with their groups over time), resources (with their roles) and departments, all by
    replication: in each there are other people.

    Returns
    -------
    int
        The number of events.

    Raises
    ------
    RunFailed
        If the file cannot be written.
    """
    events: list[dict[str, Any]] = []
    objects: dict[str, dict[str, Any]] = {}
    for steps in replications:
        for step in steps:
            events.append(_event(f"e{len(events)}", step, objects))
    types = sorted({event["type"] for event in events})
    written = {
        "objectTypes": [
            {"name": "citizen", "attributes": [{"name": "group", "type": "string"}]},
            {"name": "resource", "attributes": [{"name": "role", "type": "string"}]},
            {"name": "department", "attributes": []},
        ],
        "eventTypes": [
            {"name": name, "attributes": [{"name": key, "type": kind} for key, kind in _ATTRIBUTES.items()]}
            for name in types
        ],
        "objects": list(objects.values()),
        "events": events,
    }
    write_text(path, json.dumps(written, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n")
    return len(events)


def _event(number: str, step: Step, objects: dict[str, dict[str, Any]]) -> dict[str, Any]:
    begins = step.start if step.start is not None else step.complete
    assert begins is not None  # The log has a row of it.
    related = []
    if step.citizen >= 0:
        related.append({"objectId": step.case, "qualifier": "citizen"})
        _note(objects, step.case, "citizen", "group", step.group, xes_time(begins))
    if step.resource:
        one = f"{step.replication}-{step.resource}"
        related.append({"objectId": one, "qualifier": "resource"})
        _note(objects, one, "resource", "role", step.role, _EPOCH)
    if step.department:
        one = f"{step.replication}-department {step.department}"
        related.append({"objectId": one, "qualifier": "department"})
        objects.setdefault(one, {"id": one, "type": "department", "attributes": [], "relationships": []})
    values: dict[str, Any] = {"group": step.group, "detail": step.detail, "replication": step.replication}
    if step.complete is not None:
        values["complete"] = xes_time(step.complete)
    if not math.isnan(step.working_hours):
        values["working_hours"] = step.working_hours
    return {
        "id": number,
        "type": step.activity,
        "time": xes_time(begins),
        "attributes": [{"name": key, "value": values[key]} for key in _ATTRIBUTES if values.get(key, "") != ""],
        "relationships": related,
    }


def _note(objects: dict[str, dict[str, Any]], one: str, kind: str, name: str, value: str, since: str) -> None:
    """Note an object, and what its attribute is from now on if that is new."""
    there = objects.setdefault(one, {"id": one, "type": kind, "attributes": [], "relationships": []})
    known = there["attributes"]
    if value and (not known or known[-1]["value"] != value):
        known.append({"name": name, "time": since, "value": value})
