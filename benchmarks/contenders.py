"""Both engines on the whole model, and everybody on the common workload."""

from collections.abc import Callable, Iterator

from benchmarks import simple
from benchmarks.timing import MODEL, WORKLOAD, Timed, apart, parameters, timed
from sim.engine import simulate

TIMES = {
    "C loop": 20,
    "C loop, same records": 20,
    "compiled engine": 20,
    "plain SimPy": 2,
    "simpy engine": 2,
    "salabim": 1,
    "Ciw (pooled desks)": 1,
}
"""Replications timed of each contender."""
STOCK = 2600


def full_model() -> Iterator[str]:
    """Both engines on the whole model: key figures only, the default tables, and with the event log."""
    p = parameters(MODEL)
    events = len(simulate(p, 1, 1, events=True, engine="compiled").tables["events"]["weeks"])
    yield f"\nThe whole model: {MODEL.name}, {events} events in the log of a replication"
    yield f"{'engine':10} {'recorded':12} {'ms':>10} {'events/s':>12} {'times simpy':>12} {'MB':>8} {'MB more':>8}"
    for recorded in ("KPIs", "tables", "with log"):
        base = 0.0
        for engine, times in (("simpy", 5), ("compiled", 40)):
            t = apart(whole_model, engine, recorded, times)
            base = base or t.seconds
            row = f"{engine:10} {recorded:12} {t.seconds * 1e3:10.2f} {events / t.seconds:12,.0f}"
            yield f"{row} {base / t.seconds:12.1f} {t.peak:8.0f} {t.peak - t.before:8.0f}"


def whole_model(engine: str, recorded: str, times: int) -> Timed:
    """Time an engine on the whole model."""
    p = parameters(MODEL)
    kept = {"events": recorded == "with log", "weekly": recorded != "KPIs"}
    return timed(lambda r: len(simulate(p, 1, r, **kept, engine=engine).tables), times)


def common_workload() -> Iterator[str]:
    """Everybody on the simple workload."""
    yield f"\nThe common workload: {STOCK} citizens, 20 coordinators, first come first served, 104 weeks"
    yield f"{'simulator':22} {'ms':>10} {'meetings':>10} {'meetings/s':>12} {'times C':>9} {'MB':>8} {'MB more':>8}"
    base = 0.0
    for name, times in TIMES.items():
        try:
            t = apart(workload, name, times)
        except ModuleNotFoundError as missing:
            yield f"{name:22} left out: {missing}"
            continue
        base = t.seconds if name == "C loop, same records" else base
        row = f"{name:22} {t.seconds * 1e3:10.2f} {t.counted:10.0f} {t.counted / t.seconds:12,.0f}"
        yield f"{row} {f'{t.seconds / base:9.2f}' if base else ' ' * 9} {t.peak:8.0f} {t.peak - t.before:8.0f}"


def workload(name: str, times: int) -> Timed:
    """Time one contender on the simple workload."""
    makers: dict[str, Callable[[], simple.Run]] = {
        "C loop": lambda: simple.c_loop(records=False),
        "C loop, same records": lambda: simple.c_loop(records=True),
        "compiled engine": lambda: _engine("compiled"),
        "plain SimPy": lambda: simple.plain_simpy,
        "simpy engine": lambda: _engine("simpy"),
        "salabim": lambda: simple.salabim,
        "Ciw (pooled desks)": lambda: simple.ciw,
    }
    run = makers[name]()
    return timed(lambda r: run(STOCK, r), times)


def _engine(engine: str) -> simple.Run:
    p = parameters(WORKLOAD)
    return lambda stock, r: int(simulate(p, 1, r, engine=engine).tables["citizens"]["contacts"].sum())
