"""A finished batch, read when it is looked at."""

import shutil
import weakref
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from sim.store.results import SummaryRow
    from sim.store.run import Run


class Frames:
    """Files in one directory that are read as pandas frames.

    Parameters
    ----------
    path
        The directory.
    variant
        Which point of a sweep; None: a run, or all points.
    """

    def __init__(self, path: Path, variant: str | None = None) -> None:
        self.path, self.variant = path, variant

    def _read(self, table: str) -> "pd.DataFrame":
        from sim.store.read import read

        return read(self.path, table, variant=self.variant)


class Result(Frames):
    """The results of `sim.run` as pandas frames, each read from its files when first used.

    Parameters
    ----------
    path
        Directory of the run, or of the sweep.
    variant
        Which point of a sweep.
    temporary
        Remove the directory when the result is no longer used.
    keep
        What must not go while this result is used: the sweep whose temporary directory it is in.
    """

    def __init__(
        self, path: Path, variant: str | None = None, *, temporary: bool = False, keep: object = None
    ) -> None:
        super().__init__(path, variant)
        self._keep = keep
        if temporary:
            weakref.finalize(self, shutil.rmtree, path, ignore_errors=True)

    def __repr__(self) -> str:
        """The key figures as a table, as `sim run` ends with."""
        from sim.report.terminal import kpis_text

        found = self._summaries()
        return kpis_text(found) + self._where if found else self._where

    def _repr_html_(self) -> str:
        """The same for a notebook."""
        from sim.report.kpis import kpis_page
        from sim.report.notebook import page_html
        from sim.report.view import Page

        found = self._summaries()
        return page_html(kpis_page(found, everything=False, look={}) if found else Page(()), self._where)

    @property
    def _where(self) -> str:
        return f"{type(self).__name__} in {self.path.as_posix()}"

    def _summaries(self) -> "dict[str, list[SummaryRow]]":
        """Read the summary by variant; empty: it was removed, or is not finished."""
        from sim.store.results import read_summary

        try:
            rows = [row for row in read_summary(self.path) if self.variant in (None, row.variant)]
        except OSError:
            return {}
        names = dict.fromkeys(row.variant for row in rows)
        return {name: [row for row in rows if row.variant == name] for name in names}

    @property
    def _run(self) -> "Run":
        from sim.store.run import open_runs

        return next(run for run in open_runs(self.path) if self.variant in (None, run.variant))

    def plot(self, picture: str = "whereabouts", *, language: str = "en") -> "list[Axes]":
        """Draw a picture of this run's report, as in `sim report`; a notebook shows it.

        Parameters
        ----------
        picture
            "whereabouts" (where the starting citizens are), "ways", "reached", "over_time", "hours", "by_groups" ...
        language
            "en" or "da".

        Returns
        -------
        list of matplotlib.axes.Axes
            One for each panel.

        Raises
        ------
        UsageError
            If there is no such picture, a table is missing, or the extra "report" is not installed.
        """
        from sim.report.pictures.plots import plot

        return plot([self._run], None, picture, language)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What to look at: overload, drift, idle hours, the bottleneck, keys without effect, calibration."""
        from sim.analysis.attention.after import attention

        return attention(self._run)

    @cached_property
    def replications(self) -> "pd.DataFrame":
        """One row per replication, one column per KPI (NaN: undefined)."""
        return self._read("replications")

    @cached_property
    def summary(self) -> "pd.DataFrame":
        """One row per KPI: mean, standard deviation, 95 % interval, quantiles, replications."""
        return self._read("summary")

    @cached_property
    def uncertainty(self) -> "pd.DataFrame":
        """Of a run with a posterior, one row per KPI: what is not known of the parameters, and chance, apart."""
        from sim.errors import UsageError
        from sim.store.results import UNCERTAINTY

        if self._run.manifest.posterior is None:
            raise UsageError(f"{self._run.shown}: this run has no posterior, so its parameters are taken as known")
        return self._read(UNCERTAINTY)

    @cached_property
    def weekly(self) -> "pd.DataFrame":
        """One row per week and group."""
        return self._read("weekly")

    @cached_property
    def citizens(self) -> "pd.DataFrame":
        """One row per citizen."""
        return self._read("citizens")

    @cached_property
    def schemes(self) -> "pd.DataFrame":
        """One row per change of scheme."""
        return self._read("schemes")

    @cached_property
    def coordinators(self) -> "pd.DataFrame":
        """One row per coordinator and period."""
        return self._read("coordinators")

    @cached_property
    def incidence(self) -> "pd.DataFrame":
        """Shares that reach an event within so many weeks, by group and department: one row each per replication."""
        return self._read("incidence")

    @cached_property
    def incidence_summary(self) -> "pd.DataFrame":
        """The same over all replications: mean, standard deviation, 95 % interval, quantiles, replications."""
        from sim.analysis.incidence.summary import incidence_summary
        from sim.analysis.incidence.table import TABLE
        from sim.analysis.subgroups import common_parts
        from sim.errors import UsageError

        run = self._run
        if TABLE not in run.tables:
            raise UsageError(f"{run.shown}: this run has no table {TABLE}")
        rows = (found for _, found in run.replications(TABLE))
        frame: pd.DataFrame = incidence_summary(
            run.variant, common_parts(run), rows, {}, run.manifest.per_draw
        ).to_pandas()
        return frame

    @cached_property
    def kpis_by_part(self) -> "pd.DataFrame":
        """Every KPI of everybody, each group and each department: statistics over the replications.

        Computed from the tables of citizens and coordinators, which must be kept: a few milliseconds a replication
        of a thousand citizens.
        """
        from sim.analysis.kpis_by_part import summary_by_part

        frame: pd.DataFrame = summary_by_part(self._run, {}).to_pandas()
        return frame

    @cached_property
    def events(self) -> "pd.DataFrame":
        """One row an event; only where `tables` asked for "events"."""
        return self._read("events")
