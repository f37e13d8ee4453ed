"""The records of the compiled engine: what `sim.engine.reference.state` holds in objects, in arrays.

References are numbers, -1 for none. Fields that the citizens table shows bear its columns' names.
"""

from collections.abc import Iterable

import numpy as np

from sim.engine.codes import FLOWS
from sim.engine.compiled.fields import Dtype, column_fields, parameter_fields, record_of
from sim.engine.compiled.memory import LINE_BYTES, accessor, prefetcher, series
from sim.engine.seen import SEEN
from sim.model import parameters
from sim.model.decisions import Decision
from sim.model.distributions import Distribution
from sim.model.exits import Hazard
from sim.model.work import TASK_KINDS
from sim.tables.column import Column
from sim.tables.records import COORDINATORS, EVENTS, SCHEMES, WEEKLY

CHUNK_EVENTS = 16
"""Events that lie together in a list of the calendar."""
WEEK_COUNTS = len(WEEKLY) - 2

CITIZENS_DECISIONS = Decision.ARRIVAL.value
"""Decisions of a citizen come first in their list."""

_PERSON = "key ordinal counts:i4*" + str(len(Decision))


def _dtype(*lines: str, of: type | None = None, columns: Iterable[Column] = ()) -> Dtype:
    """Make a record of words, then of a tuple of parameters or of columns: those fields that no word names.

    ``name`` is a whole number, ``name:f`` a float, ``name:?`` a flag, ``name:f*7`` seven; ``:i4``, ``:i2`` and
    ``:i1`` are whole numbers of so many bytes; ``:seen`` is the record of what has been seen of a citizen. A record
    of more than a line of memory takes whole lines, so that no other record shares its first.
    """
    kinds = {"i": "i8", "f": "f8", "?": "?", "i4": "i4", "i2": "i2", "i1": "i1", "seen": SEEN_RECORD}
    fields: dict[str, object] = {}
    for word in " ".join(lines).split():
        name, _, form = word.partition(":")
        kind, _, many = form.partition("*")
        code = kinds[kind or "i"]
        fields[name] = (code, (int(many),)) if many else code
    derived = {**(parameter_fields(of) if of else {}), **column_fields(columns)}
    packed = record_of(fields | {name: kind for name, kind in derived.items() if name not in fields})
    if packed.itemsize <= LINE_BYTES:
        return packed
    assert packed.fields is not None
    placed = {name: (kind, place) for name, (kind, place, *_) in packed.fields.items()}
    whole_lines = -(-packed.itemsize // LINE_BYTES) * LINE_BYTES
    return np.dtype(
        {
            "names": list(placed),
            "formats": [kind for kind, _ in placed.values()],
            "offsets": [place for _, place in placed.values()],
            "itemsize": whole_lines,
        },
        align=True,
    )


SEEN_RECORD = record_of(column_fields(SEEN))
NUMBER = _dtype("v:f")
WHOLE = _dtype("v")
FLAG = _dtype("v:?")
TAKEN = _dtype("count key")
DISTRIBUTION = _dtype(of=Distribution)
GROUP = _dtype(of=parameters.Group)
SOURCE = _dtype("key:i*2 source arrived drawn clock due:f")
NEED = _dtype(of=parameters.Need)
HAZARD = _dtype("first_stream", of=Hazard)
STREAM = _dtype("time height hazard level")
DEPARTMENT = _dtype(of=parameters.Department)
ROLE = _dtype(of=parameters.Role)
TEAM = _dtype(_PERSON, "first_post posts unassigned turn citizens left_behind open", of=parameters.Team)
MEMBER = _dtype("post load:f")
ROW = _dtype("first posts first_winner leaves")
POST = _dtype(
    _PERSON,
    "number place hours_per_week:f queue first last load begins:f employed:? absent:? learning_until:f",
    "absence_weeks:f resigning:? post_cut:? bell:? phase credit:f credit_since:f case_hours:f doing task_kind",
    "doing_since:f list_since:f list_area:f employed_weeks:f absent_weeks:f leave_due:f on_leave_weeks:f spell",
    "hours:f*" + str(TASK_KINDS),
    "next_absence:f next_resignation:f strain_clock opened:?",
    "resignations citizen stage log_end held:? weeks:f worked:f",
    of=parameters.Post,
)
PROGRAMME = _dtype("first_vendor vendors", of=parameters.Programme)
VENDOR = _dtype(of=parameters.Vendor)
SEATS = _dtype("free participants successes internships")
CITIZEN = _dtype(
    # The first line of memory: what is asked at every event, and of everybody every week.
    "key due:f ordinal:i4 number:i4 on_list_of:i4 next:i4 previous:i4 met:i4 stage:i4 waiting:i4",
    "group:i2 programme:i2 department:i2 case:i1 internship:i1 small_job_now:? need:i1 placeable:?",
    "long_history:? cohort:? followed_up:? found:? right_scheme:i1",
    # The second begins with sixteen bytes; then `counts` stand so that the draws of every day share a line.
    "last_meeting:f last_length:f",
    f"counts:i4*{CITIZENS_DECISIONS}",
    # Now `seen` begins a line, in which lies what meetings and contacts change.
    "seen:seen last_sanction:f last_outreach:f packages_left:i4 home:i4 extras:i4 assessed:i4",
    "need_from:f again_from:f ready_from:f case_since:f hours_left:f",
    "frailty:f entry_weeks:f after_internship_until:f after_programme_until:f first_group:i4 came_from:i4 origin:i4",
    "birth_day:i4 programme_wanted:i4 last_programme:i4 vendor:i4 programmes_begun:i4",
    "arrival_weeks:f exit_weeks:f scheme_since:f destination:i4 exit_clock:i4",
    "first_department:i4 person:i4 spell:i4 flagged:?",
)
MOMENT = _dtype("time:f n")
HELD = _dtype("post:i4 waits_for:i4")
TASK = _dtype("joined:f queue:i4 place:i4")
WAITING = _dtype("due:f priority:i4 task:i4")
HEAP = _dtype("first capacity:i4 count:i4")
QUEUE = _dtype("real left_behind:? team waiting:i*" + str(TASK_KINDS))
LINE = _dtype("first last")
PLACE = _dtype("citizen stage kind next")
EVENT = _dtype("time:f sort_key serial stage:i4 met:i4")
LIST = _dtype("chunk:i4 count:i4")
LINK = _dtype("v:i4")
STEP = _dtype("what citizen stage")
LOGGED = _dtype(columns=EVENTS)
SCHEME = _dtype(columns=SCHEMES)
WEEK = _dtype("week group counts:i*" + str(WEEK_COUNTS))
PERIOD = _dtype("numbers:f*" + str(len(COORDINATORS)))
FLOW = _dtype("v:i*" + str(len(FLOWS)))
_BY_TASK = ("priorities:i*" + str(TASK_KINDS), "planned_hours:f*" + str(TASK_KINDS))
EPOCH = _dtype("since:f", *_BY_TASK, of=parameters.Parameters)
"""What is in force from a date on: the fields that the world has too."""

ARRAYS: dict[str, Dtype] = {
    "numbers": NUMBER,
    "distributions": DISTRIBUTION,
    "groups": GROUP,
    "sources": SOURCE,
    "epochs": EPOCH,
    "needs": NEED,
    "hazards": HAZARD,
    "streams": STREAM,
    "serves": FLAG,
    "admits": FLAG,
    "departments": DEPARTMENT,
    "roles": ROLE,
    "teams": TEAM,
    "does": FLAG,
    "others": LINK,
    "members": MEMBER,
    "rows": ROW,
    "winners": LINK,
    "posts": POST,
    "programmes": PROGRAMME,
    "vendors": VENDOR,
    "seats": SEATS,
    "by_group": WHOLE,
    "taken": TAKEN,
    "queues": QUEUE,
    "lines": LINE,
    "flows": FLOW,
    "citizens": CITIZEN,
    "moments": MOMENT,
    "held": HELD,
    "tasks": TASK,
    "places": PLACE,
    "heaps": HEAP,
    "waiting": WAITING,
    "events": EVENT,
    "links": LINK,
    "lists": LIST,
    "due": EVENT,
    "next_slot": EVENT,
    "steps": STEP,
    "log": LOGGED,
    "schemes": SCHEME,
    "weeks": WEEK,
    "periods": PERIOD,
}
"""All arrays by the name of the world's field that holds their address."""

CAPACITIES = ("citizens", "places", "waiting", "chunks", "due", "steps", "log", "schemes")
"""Arrays whose need is not known beforehand: the world counts what was asked for beyond `capacity_...`."""

WORLD = _dtype(
    " ".join(ARRAYS),
    " ".join(f"capacity_{name}" for name in CAPACITIES),
    "overflow:? logging:? counting:? now:f end:f replication",
    "group_count department_count role_count team_count post_count programme_count stream_count",
    *_BY_TASK,
    "epoch_count next_epoch",
    "free_blocks:i*32",
    "admitted present turn free_place used_places used_waiting free_chunk used_chunks event_count due_count",
    "page page_bits week_pages_end week_lists next_slot_taken:? sort_key stage met serial last_step logged",
    "scheme_rows week_rows period_rows period_number period_from:f nothing_seen:seen",
    of=parameters.Parameters,
)

distribution_at = accessor(WORLD, "distributions", DISTRIBUTION)
numbers = series(WORLD, "numbers")
group_at = accessor(WORLD, "groups", GROUP)
source_at = accessor(WORLD, "sources", SOURCE)
epoch_at = accessor(WORLD, "epochs", EPOCH)
need_at = accessor(WORLD, "needs", NEED)
hazard_at = accessor(WORLD, "hazards", HAZARD)
stream_at = accessor(WORLD, "streams", STREAM)
serves_at = accessor(WORLD, "serves", FLAG)
admits_at = accessor(WORLD, "admits", FLAG)
department_at = accessor(WORLD, "departments", DEPARTMENT)
role_at = accessor(WORLD, "roles", ROLE)
team_at = accessor(WORLD, "teams", TEAM)
does_at = accessor(WORLD, "does", FLAG)
other_at = accessor(WORLD, "others", LINK)
member_at = accessor(WORLD, "members", MEMBER)
post_at = accessor(WORLD, "posts", POST)
row_at = accessor(WORLD, "rows", ROW)
winner_at = accessor(WORLD, "winners", LINK)
programme_at = accessor(WORLD, "programmes", PROGRAMME)
vendor_at = accessor(WORLD, "vendors", VENDOR)
seats_at = accessor(WORLD, "seats", SEATS)
by_group_at = accessor(WORLD, "by_group", WHOLE)
taken_at = accessor(WORLD, "taken", TAKEN)
queue_at = accessor(WORLD, "queues", QUEUE)
line_at = accessor(WORLD, "lines", LINE)
flows_at = accessor(WORLD, "flows", FLOW)
citizen_at = accessor(WORLD, "citizens", CITIZEN)
prefetch_citizen = prefetcher(WORLD, "citizens", CITIZEN)
held_at = accessor(WORLD, "held", HELD)
moment_at = accessor(WORLD, "moments", MOMENT)
task_at = accessor(WORLD, "tasks", TASK)
place_at = accessor(WORLD, "places", PLACE)
event_at = accessor(WORLD, "events", EVENT)
due_at = accessor(WORLD, "due", EVENT)
next_slot_at = accessor(WORLD, "next_slot", EVENT)
link_at = accessor(WORLD, "links", LINK)
list_at = accessor(WORLD, "lists", LIST)
heap_at = accessor(WORLD, "heaps", HEAP)
waiting_at = accessor(WORLD, "waiting", WAITING)
step_at = accessor(WORLD, "steps", STEP)
logged_at = accessor(WORLD, "log", LOGGED)
scheme_at = accessor(WORLD, "schemes", SCHEME)
week_at = accessor(WORLD, "weeks", WEEK)
period_at = accessor(WORLD, "periods", PERIOD)
