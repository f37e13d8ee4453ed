"""The tables of a comparison as they are written, with the unit and meaning of every column."""

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from sim.analysis.differences import Difference
from sim.analysis.moments import Intervals
from sim.analysis.paired import Paired
from sim.analysis.periods import MEASURES, PeriodDifferences
from sim.tables.arrow import Metadata

COMPARISON = "comparison"
BY_PERIOD = "comparison_by_period"
"""Names of the tables, and of their files without ``.parquet`` and ``.csv``."""

Rows = Sequence[tuple[Any, ...]]

_NAMES = {
    "variant": (str, "", "The run that is compared: A."),
    "baseline": (str, "", "The run it is compared with: B. Differences are A - B."),
}
_STATISTICS = {
    "mean": (float, "", "Mean in A over the pairs of replications used."),
    "baseline_mean": (float, "", "Mean in B over the same replications."),
    "difference": (float, "", "Mean of A - B (of a share: 0.01 is one percentage point)."),
    "ci95_low": (float, "", "Lower end of the 95 % confidence interval of the difference (paired, Student's t)."),
    "ci95_high": (float, "", "Upper end of that interval."),
    "sd": (float, "", "Standard deviation of A between replications (n - 1)."),
    "baseline_sd": (float, "", "Standard deviation of B between replications."),
    "sd_difference": (float, "", "Standard deviation of A - B between replications."),
    "identical": (bool, "", "A equals B in every replication."),
    "p_value": (float, "probability", "Two-sided, paired t test; no value: the difference is 0 throughout."),
    "p_holm": (float, "probability", "Holm-adjusted over all KPIs and variants of this file."),
    "p_holm_headline": (
        float,
        "probability",
        "Holm-adjusted over the headline KPIs of all variants of this file; no value: no headline KPI.",
    ),
    "larger_share": (
        float,
        "probability",
        "Share of the replications in which A is larger than B (ties count half). Whether larger is better "
        "depends on the KPI.",
    ),
    "larger_ci95_low": (float, "probability", "Lower end of its 95 % interval (Wilson)."),
    "larger_ci95_high": (float, "probability", "Upper end of its 95 % interval (Wilson)."),
    "correlation": (float, "", "Of A and B over replications."),
    "variance_reduction": (
        float,
        "",
        "(var A + var B) / var(A - B): above 1 pairing has helped; no value: the difference never varies.",
    ),
    "replications_saved": (
        float,
        "replications",
        "Further replications of each variant that independent random numbers would need for as narrow an "
        "interval; below 0: pairing has cost some.",
    ),
    "replications": (int, "replications", "Pairs used."),
    "undefined": (int, "replications", "Pairs left out because the figure is undefined in A, in B or in both."),
}
_KPI = {
    "kpi": (str, "", "Name of the KPI."),
    "unit": (str, "", "Unit of the KPI, of its means, differences and standard deviations."),
}
_PERIOD = {
    "measure": (str, "", "; ".join(f"{m.name}: {m.description}" for m in MEASURES)),
    "unit": (str, "", "Unit of the measure, of its means, differences and standard deviations."),
    "group": (str, "", "Group that the citizens belong to at the time; (all): all together."),
    "period_kind": (str, "", "total: all observed weeks; year, quarter: of the calendar."),
    "period": (str, "", "Which one. A week belongs to the period in which its fourth day lies."),
    "weeks": (int, "weeks", "Observed weeks in the period."),
}
_TYPES: Mapping[type, pa.DataType] = {
    str: pa.string(),
    float: pa.float64(),
    int: pa.int64(),
    bool: pa.bool_(),
}
_KPI_COLUMNS = (*_NAMES, *_KPI, *_STATISTICS)
_PERIOD_COLUMNS = (*_NAMES, *_PERIOD, *Intervals._fields)
_NOTES = _NAMES | _KPI | _PERIOD | _STATISTICS


def differences_table(rows: Sequence[Difference], metadata: Metadata) -> pa.Table:
    """One row for each variant and KPI."""
    adjusted = ("p_holm", "p_holm_headline")
    cells = [
        (
            row.variant,
            row.baseline,
            row.kpi,
            row.unit,
            *(getattr(row if name in adjusted else row.paired, name) for name in _STATISTICS),
        )
        for row in rows
    ]
    assert {*Paired._fields} <= {*_STATISTICS}
    return _table(_KPI_COLUMNS, cells, metadata)


def by_period_table(found: Sequence[PeriodDifferences], metadata: Metadata) -> pa.Table:
    """One row for each variant, measure, group and period."""
    cells = [
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
    ]
    return _table(_PERIOD_COLUMNS, cells, metadata)


def _table(names: Sequence[str], rows: Rows, metadata: Metadata) -> pa.Table:
    fields = [
        pa.field(name, _TYPES[_NOTES[name][0]], metadata={"unit": _NOTES[name][1], "description": _NOTES[name][2]})
        for name in names
    ]
    schema = pa.schema(fields, metadata=dict(metadata))
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    arrays = [pa.array(c, field.type, from_pandas=True) for c, field in zip(columns, schema, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema)
