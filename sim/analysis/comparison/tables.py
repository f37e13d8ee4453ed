"""The tables of a comparison as they are written, with the unit and meaning of every column."""

from collections.abc import Sequence

import pyarrow as pa

from sim.analysis.comparison.differences import Difference
from sim.analysis.comparison.incidence import IncidenceDifferences
from sim.analysis.comparison.moments import Intervals
from sim.analysis.incidence.summary import KEYS
from sim.analysis.incidence.table import PAIRS, WITHIN_WEEKS
from sim.analysis.kpis import KPIS
from sim.analysis.kpis_by_part import KEYS as KPIS_BY_PART
from sim.analysis.kpis_by_part import PartDifferences
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.analysis.summary import INTERVAL_NOTE
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import flag, number, text, whole

COMPARISON = "comparison"
BY_PERIOD = "comparison_by_period"
OF_INCIDENCE = "comparison_incidence"
BY_PART = "comparison_by_part"
"""Names of the tables, and of their files without ``.parquet`` and ``.csv``."""

_RUNS = (
    text("variant", "The run that is compared: A."),
    text("baseline", "The run it is compared with: B. Differences are A - B."),
)
_STATISTICS = (
    number("mean", "", "Mean in A over the pairs of replications used."),
    number("baseline_mean", "", "Mean in B over the same replications."),
    number("difference", "", "Mean of A - B (of a share: 0.01 is one percentage point)."),
    number(
        "ci95_low",
        "",
        "Lower end of the 95 % confidence interval of the difference (paired, Student's t); no value: the "
        "difference never varies.",
    ),
    number("ci95_high", "", "Upper end of that interval."),
    number("sd", "", "Standard deviation of A between replications (n - 1)."),
    number("baseline_sd", "", "Standard deviation of B between replications."),
    number("sd_difference", "", "Standard deviation of A - B between replications."),
    flag("identical", "A equals B in every replication."),
    number("p_value", "probability", "Two-sided, paired t test; no value: the difference never varies."),
    number("p_holm", "probability", "Holm-adjusted over all KPIs and variants of this file."),
    number(
        "p_holm_headline",
        "probability",
        "Holm-adjusted over the headline KPIs of all variants of this file; no value: no headline KPI.",
    ),
    number(
        "larger_share",
        "probability",
        "Share of the replications in which A is larger than B (ties count half). Whether larger is better "
        "depends on the KPI.",
    ),
    number("larger_ci95_low", "probability", "Lower end of its 95 % interval (Wilson)."),
    number("larger_ci95_high", "probability", "Upper end of its 95 % interval (Wilson)."),
    number("correlation", "", "Of A and B over replications; no value: one of them never varies."),
    number(
        "variance_reduction",
        "",
        "(var A + var B) / var(A - B): above 1 pairing has helped; no value: the difference never varies.",
    ),
    number(
        "replications_saved",
        "replications",
        "Further replications of each variant that independent random numbers would need for as narrow an "
        "interval; below 0: pairing has cost some.",
    ),
    whole("replications", "replications", "Pairs used."),
    whole("undefined", "replications", "Pairs left out because the figure is undefined in A, in B or in both."),
    INTERVAL_NOTE,
)
COMPARISON_COLUMNS = (
    *_RUNS,
    text("kpi", "Name of the KPI."),
    text("unit", "Unit of the KPI, of its means, differences and standard deviations."),
    *_STATISTICS,
)
_OF_A_DIFFERENCE = ("p_holm", "p_holm_headline")
"""Statistics that no KPI has by itself: they depend on what else is compared."""
_BY_NAME = {column.name: column for column in _STATISTICS}
BY_PERIOD_COLUMNS = (
    *_RUNS,
    text("measure", "; ".join(f"{m.name}: {m.description}" for m in MEASURES)),
    text("unit", "Unit of the measure, of its means, differences and standard deviations."),
    text("group", "Group that the citizens belong to at the time; (all): all together."),
    text("period_kind", "total: all observed weeks; year, quarter: of the calendar."),
    text("period", "Which one. A week belongs to the period in which its fourth day lies."),
    whole("weeks", "weeks", "Observed weeks in the period."),
    *(_BY_NAME[name] for name in Intervals._fields),
)
BY_PART_COLUMNS = (*_RUNS, *KPIS_BY_PART, *(_BY_NAME[name] for name in Intervals._fields))
INCIDENCE_COLUMNS = (*_RUNS, *KEYS, *(_BY_NAME[name] for name in Intervals._fields))


def differences_table(rows: Sequence[Difference], metadata: Metadata) -> pa.Table:
    """One row for each variant and KPI."""
    cells = (
        (
            row.variant,
            row.baseline,
            row.kpi,
            row.unit,
            *(getattr(row if name in _OF_A_DIFFERENCE else row.paired, name) for name in _BY_NAME),
        )
        for row in rows
    )
    return table_of(COMPARISON_COLUMNS, cells, metadata)


def by_period_table(found: Sequence[PeriodDifferences], metadata: Metadata) -> pa.Table:
    """One row for each variant, measure, group and period."""
    cells = (
        (
            one.variant,
            one.baseline,
            measure.name,
            measure.unit,
            group,
            period.kind,
            period.name,
            len(period.weeks),
            *(array[p, g, m].item() for array in one.intervals),
        )
        for one in found
        for m, measure in enumerate(MEASURES)
        for g, group in enumerate(one.groups)
        for p, period in enumerate(one.periods)
    )
    return table_of(BY_PERIOD_COLUMNS, cells, metadata)


def incidence_differences_table(found: Sequence[IncidenceDifferences], metadata: Metadata) -> pa.Table:
    """One row for each variant, group or department, event and weeks."""
    cells = (
        (
            one.variant,
            one.baseline,
            *part,
            since.key,
            event.key,
            weeks,
            *(array[p, q, w].item() for array in one.intervals),
        )
        for one in found
        for p, part in enumerate(one.parts)
        for q, (since, event) in enumerate(PAIRS)
        for w, weeks in enumerate(WITHIN_WEEKS)
    )
    return table_of(INCIDENCE_COLUMNS, cells, metadata)


def by_part_table(found: Sequence[PartDifferences], metadata: Metadata) -> pa.Table:
    """One row for each variant, KPI and group or department."""
    cells = (
        (one.variant, one.baseline, kpi.name, kpi.unit, *part, *(array[p, k].item() for array in one.intervals))
        for one in found
        for k, kpi in enumerate(KPIS)
        for p, part in enumerate(one.parts)
    )
    return table_of(BY_PART_COLUMNS, cells, metadata)
