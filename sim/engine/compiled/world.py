"""One replication: memory made ready, the loop run, tables made of what it left there."""

import math
import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import layout
from sim.engine.compiled.loop import run_loop
from sim.engine.compiled.memory import PlainWorld, aligned_array, compiler
from sim.engine.compiled.packing import pack, with_keys
from sim.engine.compiled.packing.records import Array
from sim.engine.seen import SEEN
from sim.model.parameters import Parameters
from sim.model.work import TASK_KINDS
from sim.tables.column import Column
from sim.tables.records import CITIZENS, COORDINATORS, EVENTS, SCHEMES, WEEKLY, Replication, Table, TableName

_TYPES = {"int32": np.int32, "code": np.int32, "float64": np.float64, "bool": np.bool_}
_SAME_NAME = (
    "origin", "person", "spell", "first_department", "cohort", "long_history", "frailty", "right_scheme",
    "flagged", "entry_weeks", "arrival_weeks", "exit_weeks", "destination",
)  # fmt: skip
_memory = threading.local()


class Memory:
    """Arrays for the replications of one config and seed, used again and again by one thread.

    Attributes
    ----------
    arrays
        All arrays of the world. Those whose need is not known beforehand grow when a replication has filled them.
    """

    def __init__(self, p: Parameters, seed: int) -> None:
        self.p, self.seed = p, seed
        packed = pack(p)
        self.fresh = with_keys(packed, p, seed)
        self.arrays: dict[str, Array] = {name: array.copy() for name, array in self.fresh.items()}
        self.world = np.zeros(1, layout.WORLD)
        for field, value in packed.world.items():
            self.world[field][0] = value
        self.capacity = first_guess(p)
        weeks, bits = math.ceil(p.horizon + p.warm_up) + 1, _page_bits(self.capacity["citizens"])
        self.world["page_bits"], self.world["week_lists"] = bits, weeks
        self.blank = self.world.copy()
        self.arrays["lists"] = aligned_array(weeks + (1 << bits), layout.LIST)
        self.arrays["next_slot"] = aligned_array(1, layout.EVENT)
        weeks, posts = p.horizon + 1, len(p.posts)
        self.arrays["weeks"] = np.zeros(weeks * len(p.groups), layout.WEEK)
        self.arrays["periods"] = np.zeros((p.horizon // p.period + 2) * posts, layout.PERIOD)

    def begin(self, replication: int, *, events: bool, weekly: bool) -> Any:
        """Make everything as it is before the first event; returns the world for the loop."""
        for name, array in self.fresh.items():
            self.arrays[name][:] = array
        self.world[:] = self.blank
        w = self.world[0]
        w["replication"], w["logging"], w["counting"] = replication, events, weekly
        for name in layout.CAPACITIES:
            capacity = self.capacity[name] if name != "log" or events else 0
            w[f"capacity_{name}"] = capacity
            if name == "chunks":
                self._make("links", capacity)
                self._make("events", capacity * layout.CHUNK_EVENTS)
            else:
                self._make(name, capacity)
        self.arrays["lists"]["chunk"] = -1
        self._make("moments", self.capacity["citizens"] * int(w["stream_count"]))
        self._make("held", self.capacity["citizens"] * len(self.p.roles))
        self._make("tasks", self.capacity["citizens"] * TASK_KINDS)
        for name in layout.ARRAYS:
            w[name] = self.arrays[name].ctypes.data
        return PlainWorld(self.world, dict(self.arrays)) if compiler.config.DISABLE_JIT else w

    def grow(self) -> None:
        """Make room twice as large where the last replication had filled it."""
        w = self.world[0]
        used = {"citizens": "admitted", "places": "used_places", "steps": "last_step", "log": "logged"}
        used |= {"waiting": "used_waiting", "chunks": "used_chunks", "due": "due_count", "schemes": "scheme_rows"}
        for name, count in used.items():
            # A block of waiting tasks is at most twice one that is there, so where room was lacking a third is used.
            if 0 < w[f"capacity_{name}"] <= 4 * w[count] + 64:
                self.capacity[name] = 2 * self.capacity[name]

    def _make(self, name: str, size: int) -> None:
        if name not in self.arrays or self.arrays[name].size < size:
            self.arrays[name] = aligned_array(size, layout.ARRAYS[name])


def run(p: Parameters, seed: int, replication: int, *, events: bool, weekly: bool) -> Replication:
    """Run one replication (see `sim.engine.simulate`)."""
    memory = _memory_for(p, seed)
    while True:
        w = memory.begin(replication, events=events, weekly=weekly)
        run_loop()(w)
        if not memory.world["overflow"][0]:
            return Replication(replication, _tables(memory))
        memory.grow()


def _memory_for(p: Parameters, seed: int) -> Memory:
    """Return the thread's memory, made anew for a new config or seed."""
    memory: Memory | None = getattr(_memory, "last", None)
    if memory is None or memory.p is not p or memory.seed != seed:
        memory = _memory.last = Memory(p, seed)
    return memory


def _page_bits(citizens: int) -> int:
    """Pages of a week of the calendar, as a power of two: some ten events each."""
    return max(4, (citizens // 16).bit_length())


def first_guess(p: Parameters) -> dict[str, int]:
    """Room that nearly always suffices: a replication that needs more is run again with more."""
    inflow = math.fsum(g.inflow for g in p.groups) * (p.horizon + p.warm_up)
    citizens = sum(g.stock for g in p.groups) + inflow + 6.0 * math.sqrt(inflow) + 64.0
    return {
        "citizens": int(citizens),
        "places": int(citizens) + 64,
        "waiting": int(8.0 * citizens) + 64 * (len(p.posts) + len(p.teams)),
        "chunks": int(citizens) + 2 * (p.horizon + int(p.warm_up)) + 256,
        "due": int(citizens) + 1024,
        "steps": int(citizens) + 64,
        "schemes": int(citizens) // 2 + 64,
        "log": int(citizens * (16.0 + 0.8 * (p.horizon + p.warm_up))),
    }


def room(p: Parameters, *, events: bool) -> int:
    """Bytes of the arrays with which a replication begins; where one is too short, it is made twice as long."""
    sizes = first_guess(p)
    citizens, chunks = sizes["citizens"], sizes.pop("chunks")
    weeks, lists = math.ceil(p.horizon + p.warm_up) + 1, len(p.posts) + len(p.teams)
    sizes |= {
        "log": sizes["log"] if events else 0,
        "links": chunks,
        "events": chunks * layout.CHUNK_EVENTS,
        "moments": citizens * sum(len(levels) for levels in p.exit_streams),
        "tasks": citizens * TASK_KINDS,
        "held": citizens * len(p.roles),
        "lists": weeks + (1 << _page_bits(citizens)),
        "weeks": (p.horizon + 1) * len(p.groups),
        "periods": (p.horizon // p.period + 2) * len(p.posts),
        "by_group": 2 * lists * len(p.groups),  # As at the beginning, and as it is now.
        "posts": 2 * lists,
    }
    return sum(layout.ARRAYS[name].itemsize * size for name, size in sizes.items())


def _tables(memory: Memory) -> dict[TableName, Table]:
    w, arrays = memory.world[0], memory.arrays
    periods = arrays["periods"]["numbers"][: w["period_rows"]]
    tables: dict[TableName, Table] = {
        "citizens": _table(CITIZENS, _citizens(memory)),
        "schemes": _table(SCHEMES, _schemes(memory)),
        "coordinators": _table(COORDINATORS, {c.name: periods[:, i] for i, c in enumerate(COORDINATORS)}),
    }
    if w["counting"]:
        weeks = arrays["weeks"][: w["week_rows"]]
        counted = weeks["counts"]
        weekly = [weeks["week"], weeks["group"], *(counted[:, i] for i in range(counted.shape[1]))]
        tables["weekly"] = _table(WEEKLY, dict(zip((c.name for c in WEEKLY), weekly, strict=True)))
    if w["logging"]:
        log = arrays["log"][: w["logged"]]
        tables["events"] = _table(EVENTS, {c.name: log[c.name] for c in EVENTS})
    return tables


def _citizens(memory: Memory) -> dict[str, NDArray[Any]]:
    """The columns of the citizens table: of those who were there on the start date or came later."""
    w = memory.world[0]
    c = memory.arrays["citizens"][: w["admitted"]]
    if memory.p.warm_up > 0.0:
        c = c[~(c["exit_weeks"] < 0.0)]
    columns = {column.name: c["seen"][column.name] for column in SEEN}
    columns |= {name: c[name] for name in _SAME_NAME}
    columns["citizen"] = c["number"]
    columns["number"] = c["ordinal"]
    columns["group_at_end"] = c["group"]
    columns["group"] = c["first_group"]
    columns["scheme_weeks"] = np.where(c["came_from"] < 0, c["entry_weeks"], c["scheme_since"])
    columns["department"] = c["department"]
    columns["weeks_on_benefit"] = np.where(np.isnan(c["exit_weeks"]), w["end"], c["exit_weeks"]) - c["entry_weeks"]
    return columns


def _schemes(memory: Memory) -> dict[str, NDArray[Any]]:
    """The columns of the schemes table: of the citizens of the citizens table."""
    rows = memory.arrays["schemes"][: memory.world[0]["scheme_rows"]]
    if memory.p.warm_up > 0.0:
        rows = rows[~(memory.arrays["citizens"]["exit_weeks"][rows["citizen"]] < 0.0)]
    return {c.name: rows[c.name] for c in SCHEMES}


def _table(columns: tuple[Column, ...], values: dict[str, NDArray[Any]]) -> Table:
    return {c.name: values[c.name].astype(_TYPES[c.kind]) for c in columns}
