"""docs/tables.md: every table of a run, column by column."""

import pyarrow as pa

from docs.reference import events
from docs.reference.markdown import code, page, table
from sim.analysis.incidence.summary import SUMMARY_COLUMNS as INCIDENCE_SUMMARY_COLUMNS
from sim.analysis.summary import SUMMARY_COLUMNS
from sim.catalogue import DESTINATIONS, EVERYONE, ORIGINS, TEAM_DECISIONS, Reached, Since
from sim.tables.arrow import schema_of
from sim.tables.encode import table_schema
from sim.tables.records import TABLES, TableName

_INTRODUCTION = """\
A run writes its tables as Parquet files: `weekly/`, `citizens/`, `schemes/`, `coordinators/` and `incidence/` by
default, `events/` on request; always `replications.parquet` and the summary. pandas, Polars, DuckDB and R's arrow
open the folders directly. Units and descriptions are stored in the files' schema too.

## Reading them

- Every row has `variant` (the config's name) and `replication`. The tables below say which further columns tell one
  row from another.
- **Weeks** count from the start date (`run.start`): 0 is the start of that day, 1 a week later; fractions are
  exact moments. Columns marked *calendar* repeat the moment before them as a date or a timestamp.
- **An empty cell (null; NaN, NaT or None in pandas) means: it has not happened, or there is none.** Where a
  description below says NaN, files show an empty cell. Whole numbers and true/false are never empty
  (in events about staff alone, `citizen` is -1).
- **Censoring.** A spell still open at the horizon has no `exit_weeks`, no `exit_date` and no `destination`;
  `weeks_on_benefit` then runs to the horizon. Nobody is dropped. First dates (`ready_weeks`,
  `internship_start_weeks` ...) are empty if it had not happened by the horizon or the exit, or if it happened
  before the start date.
- **Names** (groups, departments, destinations ...) are stored as dictionaries: categories in pandas.
- **The same person in another variant** has the same `replication`, `group`, `origin` and `number` (from the
  pool: and the department that took them in). The column `citizen` counts in order of entry and may differ
  between variants. Who comes back after a job has a row for each spell, all with the `person` of the first.
- With a warm-up nothing before the start date is counted: the starting citizens' meetings, waits, dates and
  changes of caseworker begin at 0; only `entry_weeks` and `arrival_weeks` reach back."""

_CSV = """\
`summary.csv`, `plan.csv` of a sweep and the CSV files of `sim compare` and `sim ledger` have the form that `--csv`
asks for: `en` (commas, decimal points) or `da` (semicolons, decimal commas, and a mark by which Excel knows UTF-8),
which opens with a double click in a Danish Excel. Without `--csv` a directory keeps its form; a new one gets `en`,
which programs read. A cell stays empty where a figure cannot be computed. A text that a spreadsheet would take for a
formula has an apostrophe in front; the Parquet files have it as it is."""

_ROWS: dict[TableName, str] = {
    "weekly": "One row for each `week` and `group`. Week 0 is the start itself: the stock, and no flows.",
    "citizens": "One row for each citizen who was with the centre at any time from the start to the horizon.",
    "schemes": "One row for each change of scheme (group) of a citizen of the citizens table, in order of time.",
    "coordinators": "One row for each `coordinator` (post) and `period`, whether the post is filled or not.",
    "incidence": (
        "One row for each `group` and `department`, `since`, `event` and `within_weeks` "
        "(see [incidence](incidence.md)). Groups and departments are told apart one at a time."
    ),
    "events": "One row for each event, in order of time; at equal times in the order in which they took effect.",
}
_FIXED_NAMES = {
    "destinations": DESTINATIONS,
    "origins": ORIGINS,
    "decisions": TEAM_DECISIONS,
    "sinces": Since.keys(),
    "reached": Reached.keys(),
}
_FROM_CONFIG = {
    "groups": "a group's name",
    "departments": "a department's name",
    "roles": "coordinator, or the name of another role",
    "groups_and_all": f"a group's name, or {EVERYONE}",
    "departments_and_all": f"a department's name, or {EVERYONE}",
    "resources": "see activities",
    "activities": "see activities",
}
_TYPES = {
    "int32": "whole number",
    "int64": "whole number",
    "double": "number",
    "bool": "true/false",
    "string": "text",
    "date32[day]": "date, *calendar*",
    "timestamp[us]": "timestamp, *calendar*",
}


def write() -> str:
    """Write the page."""
    parts = [_INTRODUCTION]
    for name in TABLES:
        parts += [f"## {name}/", _ROWS[name], _columns(table_schema(name, {}), _allowed(name))]
    parts += [
        events.section(),
        "## replications.parquet",
        "One row for each replication: `variant`, `replication`, and one column for each [KPI](kpis.md).",
        "## summary.parquet, summary.csv",
        "One row for each KPI, over the replications.",
        _CSV,
        _columns(_summary_schema(), {}),
        "## incidence_summary.parquet, incidence_summary.csv",
        "One row for each row of `incidence/`, over the replications of a run that keeps it. Of a point of a sweep "
        "it is `result.runs[name].incidence_summary` in Python.",
        _columns(schema_of(INCIDENCE_SUMMARY_COLUMNS, {}), {}),
    ]
    return page("Tables", *parts)


def _columns(schema: pa.Schema, allowed: dict[str, str]) -> str:
    rows = [
        (
            code(field.name),
            allowed.get(field.name) or _TYPES.get(str(field.type), "name"),
            field.metadata[b"unit"].decode("utf-8"),
            field.metadata[b"description"].decode("utf-8"),
        )
        for field in schema
    ]
    return table(("column", "type", "unit", "meaning"), rows)


def _allowed(name: TableName) -> dict[str, str]:
    """Say which names a column can hold."""
    found = {}
    for column in TABLES[name]:
        if column.names in _FIXED_NAMES:
            found[column.name] = "name: " + ", ".join(_FIXED_NAMES[column.names])
        elif column.names is not None:
            found[column.name] = f"name: {_FROM_CONFIG[column.names]}"
    return found


def _summary_schema() -> pa.Schema:
    return schema_of(SUMMARY_COLUMNS, {})
