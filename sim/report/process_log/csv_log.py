"""An event log as CSV: one row for each activity."""

import csv
import io
import math
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sim.analysis.lives.process import Step
from sim.safe_text import csv_text
from sim.store.files import atomic

COLUMNS = (
    "case", "activity", "start", "complete", "resource", "role", "group", "department", "detail", "working_hours",
    "replication", "citizen",
)  # fmt: skip


def write_csv_log(path: Path, steps: Iterable[Step]) -> int:
    """Write activities as CSV (comma, decimal point, ISO times), as tools for process mining read it.

    Returns
    -------
    int
        The number of rows.

    Raises
    ------
    RunFailed
        If the file cannot be written.
    """
    count = 0
    with atomic(path) as file:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for count, step in enumerate(steps, start=1):  # noqa: B007 - it is what is returned
            writer.writerow(_cells(step))
            if text.tell() > 1 << 20:
                file.write(text.getvalue().encode("utf-8"))
                text.seek(0)
                text.truncate()
        file.write(text.getvalue().encode("utf-8"))
    return count


def _cells(step: Step) -> tuple[str, ...]:
    hours = "" if math.isnan(step.working_hours) else repr(step.working_hours)
    words = (step.resource, step.role, step.group, step.department, step.detail)
    numbers = (hours, str(step.replication), str(step.citizen) if step.citizen >= 0 else "")
    return (step.case, step.activity, _time(step.start), _time(step.complete), *map(csv_text, words), *numbers)


def _time(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat(sep=" ", timespec="microseconds")
