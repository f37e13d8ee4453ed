"""A comparison of finished runs, as frames and as files."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.attention.after import NOT_CALIBRATED, attention
from sim.analysis.comparison.differences import differences, notes_on_replications
from sim.analysis.comparison.tables import BY_PERIOD, COMPARISON, by_period_table, differences_table
from sim.analysis.periods import lacking, notes_on_groups, notes_on_tables, period_differences
from sim.catalogue import EVERYONE
from sim.store.run import Run
from sim.store.write_table import write_table

if TYPE_CHECKING:
    import pandas as pd


_MOST_LOOKED_AT = 4
"""Runs up to which each is looked at; of more, as the points of a sweep, it would be pages."""


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
    notes
        What the reader should know: replications left out, tables that are missing, precision reached.
    """

    def __init__(self, runs: Sequence[Run], baseline: Run, notes: Sequence[str] = ()) -> None:
        self.runs, self.baseline = tuple(runs), baseline
        self.rows = differences(runs, baseline)
        without = lacking([*runs, baseline])
        with_weekly = [] if baseline in without else [run for run in runs if run not in without]
        self.by_period_rows = [period_differences(run, baseline) for run in with_weekly]
        self.notes = (
            *notes,
            *notes_on_replications(runs, baseline),
            *notes_on_groups(with_weekly, baseline),
            *notes_on_tables(without),
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

    def write(self, directory: str | Path, csv: str | None = None) -> list[Path]:
        """Write ``comparison`` and ``comparison_by_period``, as Parquet and CSV; the same runs give the same bytes.

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
        for stem, table in tables.items():
            write_table(folder, stem, table, csv)
        if not self.by_period_rows:
            for ending in ("parquet", "csv"):  # Of an earlier comparison, which had weekly tables.
                (folder / f"{BY_PERIOD}.{ending}").unlink(missing_ok=True)
        return [folder / f"{stem}.{ending}" for stem in tables for ending in ("csv", "parquet")]

    @property
    def _metadata(self) -> dict[str, str]:
        of_all = self.baseline.manifest
        hashes = (f"{run.name}={run.config_hash}" for run in (*self.runs, self.baseline))
        return {
            "sim.baseline": self.baseline.name,
            "sim.config_hashes": " ".join(hashes),
            "sim.seed": str(of_all.seed),
            "sim.rules": str(of_all.rules),
        }
