"""What a report costs beside the runs that it is of."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.timing import MODEL

REPLICATIONS = 100


def report() -> Iterator[str]:
    """Two runs and their report, each as a command of its own: CPU seconds, start-up included."""
    yield f"\nA report of two runs of {REPLICATIONS} replications, CPU seconds of each command, one worker"
    few = MODEL.with_name("50_per_worker.toml")
    with tempfile.TemporaryDirectory() as folder:
        out = ["--replications", str(REPLICATIONS), "--workers", "1", "--quiet", "--out", folder]
        ran = _seconds("run", str(few), str(MODEL), *out)
        runs = [str(Path(folder) / config.stem) for config in (few, MODEL)]
        reported = min(_seconds("report", *runs, "--out", str(Path(folder) / "report.html")) for _ in range(3))
    yield f"sim run                  {ran:8.2f} s"
    yield f"sim report               {reported:8.2f} s   {reported / ran:5.2f} times the runs"


def _seconds(*command: str) -> float:
    """CPU seconds of a command and of what it starts; where the system does not tell (Windows), by the clock."""
    begun, clock = _spent(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "sim", *command], check=True, capture_output=True)
    spent = _spent() - begun
    return spent if spent > 0.0 else time.perf_counter() - clock


def _spent() -> float:
    if sys.platform == "win32":
        return 0.0
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
