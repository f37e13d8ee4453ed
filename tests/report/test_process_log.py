"""Event logs for process mining: what stands in the files is what the log tells."""

import csv
import json
import math
import xml.etree.ElementTree as ET
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from sim.analysis.lives.process import Step, activity_name, steps
from sim.catalogue import ACTIVITIES, Activity
from sim.report.process_log.csv_log import COLUMNS, write_csv_log
from sim.report.process_log.ocel import write_ocel
from sim.report.process_log.xes import write_xes
from tests.analysis.lives.traced import centre

XES = "{http://www.xes-standard.org/}"
NAME = "two_departments"


@pytest.fixture(scope="module")
def told() -> list[Step]:
    c = centre(NAME)
    return list(steps(c.done, c.p))


def test_activities_have_names_of_their_own() -> None:
    names = [activity_name(a) for a in Activity if not a.name.endswith("_ENDS")]
    assert len(set(names)) == len(names)
    assert set(names) - set(ACTIVITIES) == {
        a.removesuffix("_starts") for a in ACTIVITIES if a.endswith("_starts")
    } - {"contact"} | {"contact_answered"}


def test_every_step_has_the_case_role_and_department_of_its_rows(told: list[Step]) -> None:
    c = centre(NAME)
    roles = {"coordinator", "rehabilitation team", "programme", *c.p.names.roles}
    for step in told:
        assert step.case == f"0-{step.citizen if step.citizen >= 0 else step.resource}"
        assert (step.role in roles) == bool(step.resource)
        assert step.resource.startswith(step.role.replace("_", " ")) or step.role == "programme"
        assert bool(step.group) == (step.citizen >= 0)
        assert step.start is None or step.complete is None or step.start <= step.complete
    left = Counter(step.detail for step in told if step.activity == "leaves")
    table = c.done.tables["citizens"]["destination"]
    names = c.p.names.destinations
    assert left == Counter(names[code] for code in table.tolist() if code >= 0)


def test_csv_holds_every_activity(told: list[Step], tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    assert write_csv_log(file, told) == len(told)
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == len(told)
    for row, step in zip(rows, told, strict=True):
        assert row["case"] == step.case
        assert row["activity"] == step.activity
        assert (datetime.fromisoformat(row["start"]) if row["start"] else None) == step.start
        assert (datetime.fromisoformat(row["complete"]) if row["complete"] else None) == step.complete
        assert (float(row["working_hours"]) if row["working_hours"] else None) == (
            None if math.isnan(step.working_hours) else step.working_hours
        )
    assert write_csv_log(tmp_path / "again.csv", told) == len(told)
    assert (tmp_path / "again.csv").read_bytes() == file.read_bytes()


def test_xes_joins_start_and_completion_of_the_same_task(told: list[Step], tmp_path: Path) -> None:
    file = tmp_path / "log.xes"
    count = write_xes(file, "a <name> & more", [told])
    root = ET.parse(file).getroot()
    events = list(root.iter(f"{XES}event"))
    assert len(events) == count
    assert {t.find(f"{XES}string").get("value") for t in root.iter(f"{XES}trace")} == {s.case for s in told}  # type: ignore[union-attr]
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for trace in root.iter(f"{XES}trace"):
        times = []
        for event in trace.iter(f"{XES}event"):
            of = {child.get("key"): child.get("value") for child in event}
            instance, transition = of["concept:instance"], of["lifecycle:transition"]
            assert instance is not None
            assert transition is not None
            assert (int(instance), transition) not in found
            found[int(instance), transition] = str(of["concept:name"]), str(of["time:timestamp"])
            times.append(str(of["time:timestamp"]))
        assert times == sorted(times)
    for number, step in enumerate(told):
        both = step.start is not None and step.start != step.complete
        assert ((number, "start") in found) == both
        assert ((number, "complete") in found) == (step.complete is not None)
        if step.complete is not None:
            name, when = found[number, "complete"]
            assert (name, datetime.fromisoformat(when).replace(tzinfo=None)) == (step.activity, step.complete)


def test_ocel_relates_events_to_objects_that_are_there(told: list[Step], tmp_path: Path) -> None:
    file = tmp_path / "log.json"
    assert write_ocel(file, [told]) == len(told)
    log = json.loads(file.read_text(encoding="utf-8"))
    objects = {one["id"]: one["type"] for one in log["objects"]}
    assert set(objects.values()) == {kind["name"] for kind in log["objectTypes"]}
    assert len(log["events"]) == len(told)
    for event, step in zip(log["events"], told, strict=True):
        related = {one["qualifier"]: one["objectId"] for one in event["relationships"]}
        assert set(related) == {
            *(["citizen"] if step.citizen >= 0 else []),
            *(["resource"] if step.resource else []),
            *(["department"] if step.department else []),
        }
        assert all(objects[one] == kind for kind, one in related.items())
    assert {kind["name"] for kind in log["eventTypes"]} == {step.activity for step in told}


@pytest.mark.long
@pytest.mark.filterwarnings("ignore:.*r4pm")  # It advises a faster reader, which is optional.
def test_a_tool_outside_the_dependencies_reads_them(told: list[Step], tmp_path: Path) -> None:
    pm4py = pytest.importorskip("pm4py", reason="pm4py is not installed: pip install 'jobcentre-sim[test]'")
    pandas = pytest.importorskip("pandas")
    count = write_xes(tmp_path / "log.xes", "log", [told])
    read = pm4py.read_xes(str(tmp_path / "log.xes"))
    assert len(read) == count
    assert set(read["case:concept:name"]) == {step.case for step in told}
    complete = read[read["lifecycle:transition"] == "complete"]
    assert Counter(complete["concept:name"]) == Counter(s.activity for s in told if s.complete is not None)
    expected = sorted(pandas.Timestamp(s.complete, tz="UTC") for s in told if s.complete is not None)
    assert sorted(complete["time:timestamp"]) == expected
    began = [s for s in told if s.start is not None and s.start != s.complete]
    assert sorted(read.loc[read["lifecycle:transition"] == "start", "time:timestamp"]) == sorted(
        pandas.Timestamp(s.start, tz="UTC") for s in began
    )
    write_ocel(tmp_path / "log.json", [told])
    ocel = pm4py.read_ocel2_json(str(tmp_path / "log.json"))
    assert Counter(ocel.events["ocel:activity"]) == Counter(step.activity for step in told)
    assert len(ocel.relations) == sum((s.citizen >= 0) + bool(s.resource) + bool(s.department) for s in told)
    assert set(ocel.objects["ocel:oid"]) >= {step.case for step in told if step.citizen >= 0}
    write_csv_log(tmp_path / "log.csv", told)
    frame = pm4py.format_dataframe(
        pandas.read_csv(tmp_path / "log.csv").dropna(subset=["start", "complete"]),
        case_id="case",
        activity_key="activity",
        timestamp_key="complete",
        start_timestamp_key="start",
    )
    assert len(frame) == sum(s.start is not None and s.complete is not None for s in told)
