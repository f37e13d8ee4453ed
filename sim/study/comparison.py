"""A comparison of finished runs, as frames and as files."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.attention.after import NOT_CALIBRATED, attention
from sim.analysis.comparison.differences import differences, notes_on_replications
from sim.analysis.comparison.incidence import incidence_differences
from sim.analysis.comparison.tables import (
    BY_PART,
    BY_PERIOD,
    COMPARISON,
    OF_INCIDENCE,
    by_part_table,
    by_period_table,
    differences_table,
    incidence_differences_table,
)
from sim.analysis.draws import OF_DIFFERENCES, components_of
from sim.analysis.draws import differences_table as uncertainties_table
from sim.analysis.incidence.table import TABLE as INCIDENCE
from sim.analysis.kpis_by_part import PartDifferences, part_differences
from sim.analysis.pairing import lacking, notes_on_tables, runs_metadata
from sim.analysis.periods import TABLE as WEEKLY
from sim.analysis.periods import notes_on_groups, period_differences
from sim.catalogue import EVERYONE
from sim.store.run import Run
from sim.store.write_table import write_table

if TYPE_CHECKING:
    import pandas as pd


_TOLD = {WEEKLY: "by group, quarter and year", INCIDENCE: "of incidence"}
"""Of what a comparison tells differences, by the table that it takes."""
_MOST_LOOKED_AT = 4
"""Runs up to which each is looked at; of more, as the points of a sweep, it would be pages."""


def _sorted_out(runs: Sequence[Run], baseline: Run, table: str) -> tuple[list[Run], list[Run]]:
    """List the runs that can be compared in a table, and those that lack it, the baseline among them."""
    without = lacking([*runs, baseline], table)
    return [] if baseline in without else [run for run in runs if run not in without], without


class Comparison:
    """Paired differences of variants from a baseline: variant minus baseline, replication by replication.

    Parameters
    ----------
    runs
        Finished runs.
    baseline
        What they are compared with; their replications are pairs (see `sim.analysis.pairing.check_pairs`).
    notes
        What the reader should know beforehand.

    Attributes
    ----------
    runs, baseline
        As given.
    rows
        A `Difference` for each variant and KPI.
    by_period_rows
        A `PeriodDifferences` for each variant that has weekly tables, if the baseline has.
    incidence_rows
        An `IncidenceDifferences` for each variant that has incidence tables, if the baseline has.
    components
        Of runs with a posterior: both uncertainties of each difference, by variant and KPI.
    notes
        What the reader should know: replications left out, tables that are missing, precision reached.
    """

    def __init__(self, runs: Sequence[Run], baseline: Run, notes: Sequence[str] = ()) -> None:
        self.runs, self.baseline = tuple(runs), baseline
        self.rows = differences(runs, baseline)
        with_weekly, no_weekly = _sorted_out(runs, baseline, WEEKLY)
        with_incidence, no_incidence = _sorted_out(runs, baseline, INCIDENCE)
        self.by_period_rows = [period_differences(run, baseline) for run in with_weekly]
        self.incidence_rows = [incidence_differences(run, baseline) for run in with_incidence]
        drawn = baseline.manifest.posterior is not None
        self.components = {run.name: components_of(run, baseline) for run in runs} if drawn else {}
        self.notes = (
            *notes,
            *notes_on_replications(runs, baseline),
            *notes_on_groups(with_weekly, baseline),
            *notes_on_tables(_TOLD, {WEEKLY: no_weekly, INCIDENCE: no_incidence}),
        )

    @cached_property
    def look(self) -> dict[str, tuple[str, ...]]:
        """What to look at in each run, by name; of many runs only what holds for every one."""
        runs = (*self.runs, self.baseline)
        if len(runs) > _MOST_LOOKED_AT:
            return {run.name: (NOT_CALIBRATED,) for run in runs}
        return {run.name: attention(run) for run in runs}

    def __repr__(self) -> str:
        return f"Comparison({', '.join(run.name for run in self.runs)} minus {self.baseline.name})"

    @cached_property
    def differences(self) -> "pd.DataFrame":
        """One row per variant and KPI: means, difference, 95 % interval, p-values, what pairing gained."""
        frame: pd.DataFrame = differences_table(self.rows, self._metadata).to_pandas()
        return frame

    @cached_property
    def periods(self) -> "pd.DataFrame":
        """One row per variant, measure, group and period (total, year or quarter); empty without weekly tables."""
        frame: pd.DataFrame = by_period_table(self.by_period_rows, self._metadata).to_pandas()
        return frame

    @property
    def by_period(self) -> "pd.DataFrame":
        """Of `periods`, the rows of all groups together."""
        return self.periods[self.periods["group"] == EVERYONE].reset_index(drop=True)

    @property
    def by_group(self) -> "pd.DataFrame":
        """Of `periods`, the rows of all observed weeks together."""
        return self.periods[self.periods["period_kind"] == "total"].reset_index(drop=True)

    @cached_property
    def incidence(self) -> "pd.DataFrame":
        """One row per variant, group, department, event and weeks; empty without incidence tables."""
        frame: pd.DataFrame = incidence_differences_table(self.incidence_rows, self._metadata).to_pandas()
        return frame

    @cached_property
    def by_part_rows(self) -> "list[PartDifferences]":
        """A `PartDifferences` for each variant, computed when it is asked for from the tables that are kept.

        Raises
        ------
        UsageError
            If a run does not keep the tables of citizens and coordinators, or they are damaged.
        """
        return [part_differences(run, self.baseline) for run in self.runs]

    @cached_property
    def by_part(self) -> "pd.DataFrame":
        """One row per variant, KPI, and group or department (group at entry, department at the end)."""
        frame: pd.DataFrame = by_part_table(self.by_part_rows, self._metadata).to_pandas()
        return frame

    def write(self, directory: str | Path, csv: str | None = None) -> list[Path]:
        """Write ``comparison`` and, where the runs have the tables, ``comparison_by_period`` and ``..._incidence``.

        And ``comparison_by_part``, if it was asked for. As Parquet and CSV; the same runs give the same bytes.

        Parameters
        ----------
        directory
            Where to.
        csv
            Form of the CSV files: "en" (the default) or "da" (see docs/tables.md).

        Returns
        -------
        list of Path
            The files.

        Raises
        ------
        UsageError
            If there is no such form.
        RunFailed
            If a file cannot be written.
        """
        folder = Path(directory)
        tables = {COMPARISON: differences_table(self.rows, self._metadata)}
        if self.by_period_rows:
            tables[BY_PERIOD] = by_period_table(self.by_period_rows, self._metadata)
        if self.incidence_rows:
            tables[OF_INCIDENCE] = incidence_differences_table(self.incidence_rows, self._metadata)
        if self.components:
            tables[OF_DIFFERENCES] = uncertainties_table(self.components, self.baseline.name, self._metadata)
        if "by_part_rows" in vars(self):
            tables[BY_PART] = by_part_table(self.by_part_rows, self._metadata)
        for stem, table in tables.items():
            write_table(folder, stem, table, csv)
        for stem in {BY_PERIOD, OF_INCIDENCE, BY_PART, OF_DIFFERENCES}.difference(tables):
            for ending in ("parquet", "csv"):  # Of an earlier comparison, whose runs had the tables.
                (folder / f"{stem}.{ending}").unlink(missing_ok=True)
        return [folder / f"{stem}.{ending}" for stem in tables for ending in ("csv", "parquet")]

    @property
    def _metadata(self) -> dict[str, str]:
        return runs_metadata(self.runs, self.baseline)
