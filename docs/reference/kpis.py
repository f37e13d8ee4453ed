"""docs/kpis.md: every KPI with its unit and equation."""

from docs.reference.markdown import code, page, table
from sim.analysis.kpis import KPIS
from sim.catalogue import WEEKS_PER_YEAR_TEXT

_INTRODUCTION = f"""\
A key figure (KPI) is one number for each replication. `replications.parquet` has one column for
each, under the name below; `summary.parquet` and `summary.csv` have one row for each. `sim run` shows those marked
"shown"; all of them with `--all-kpis`.

## What the equations are made of

- Sums run over the rows of the tables of one replication and are rounded once, at their end: the order of the rows,
  and rows of zeros, change nothing. The names are columns of the tables *citizens* and
  *coordinators* (see [tables](tables.md)).
- **H** is the horizon, `run.horizon_weeks`. Weeks count from the start date; weeks of a warm-up are not counted.
- **arrival** and **exit** are `arrival_weeks` and `exit_weeks`. An exit that is unknown (still open at the horizon)
  counts as H in min(exit, H); an arrival before the start counts as 0 in max(arrival, 0).
- **Starting citizens** are those present at the start date (`cohort`): a closed group that is followed to the
  horizon. All other KPIs are about all citizens.
- **Citizen-years** are the weeks that citizens were with the centre between the start and the horizon, divided by
  {WEEKS_PER_YEAR_TEXT} weeks a year.
- **is known**: the event was observed, between the start and the horizon. "reached" means at least once.
- Shares run from 0 to 1 in the files and are shown in per cent.
- Where the denominator is 0 or there are no cases to take a mean of, the KPI is undefined: an empty cell.
  The summary counts such replications in `undefined` and leaves them out.

Shares of the starting citizens do not exclude each other: an intern may leave to a job, and one who has been in a
resource course may leave to a pension. Only the exits (job, education, fleksjob, pension, other) and "still with the
centre" exclude each other. They sum to 1, unless the centre's resource course recipients leave it
(no `rehabilitation_team.resource_course_group`): then resource course is an exit too."""


def write() -> str:
    """Write the page."""
    rows = [
        (code(k.name), k.unit, k.label + (" *(shown)*" if k.headline else ""), k.description, k.equation)
        for k in KPIS
    ]
    return page(
        "Key figures (KPIs)",
        _INTRODUCTION,
        "## The KPIs",
        table(("name", "unit", "label", "meaning", "equation"), rows),
    )
