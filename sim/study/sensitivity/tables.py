"""The tables of a sensitivity study, with the unit and meaning of every column, and how they are written."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from sim import __version__
from sim.analysis.sensitivity.designs import Effect
from sim.analysis.summary import Statistics
from sim.config.sensitivity import Sensitivity
from sim.model.version import RULES_VERSION
from sim.store.write_table import write_table
from sim.study.sensitivity.outcomes import Outcome
from sim.study.sensitivity.study import OneAtATime, Structure
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import Column, number, text, whole

_OUTCOME = (
    text("outcome", "A key figure, or net_cost; of a variant less its baseline, where there is one."),
    text("unit", "Unit of the outcome."),
)
_PARAMETER = (
    text("parameter", "The key that is moved."),
    text("label", "What the file calls it."),
    text("parameter_unit", "Unit of its values."),
    text("source", "Where what is believed of it is from."),
    number("own", "", "Value in the baseline; no value: it is no number there."),
    number("low", "", "Value at the low end of its interval."),
    number("high", "", "Value at the high end."),
)
_REPLICATIONS = whole("replications", "replications", "Those in which it is defined.")


def _interval(name: str, meaning: str) -> tuple[Column, ...]:
    return (
        number(name, "", meaning),
        number(f"{name}_ci95_low", "", "Lower end of its 95 % interval; no value: the same in every replication."),
        number(f"{name}_ci95_high", "", "Upper end of that interval."),
    )


TORNADO = (
    *_OUTCOME,
    *_PARAMETER,
    *_interval("at_low", "Outcome at the low end less the outcome where nothing is moved, paired."),
    *_interval("at_high", "Outcome at the high end less the outcome where nothing is moved, paired."),
    *_interval("swing", "Outcome at the high end less that at the low end, paired."),
    _REPLICATIONS,
)
SWITCHING = (
    *_OUTCOME,
    *_PARAMETER[:-2],
    number("low", "", "Value from which it is looked for."),
    number("high", "", "Value to which it is looked for."),
    number("value", "", "Value at which the outcome is 0; no value: it has one sign from low to high."),
    *_interval("there", "Outcome at that value, in replications that were not used to find it."),
    _REPLICATIONS,
)
ALTERNATIVES = (
    text("alternative", "A structure of the job centre; the first is that of the configs."),
    text("source", "Who says so."),
    *_OUTCOME,
    *_interval("mean", "The outcome."),
    _REPLICATIONS,
)
_EFFECT = (*_OUTCOME, *_PARAMETER[:4])
MORRIS = (
    *_EFFECT,
    number("mu_star", "", "Mean absolute elementary effect over the parameter's interval, in the outcome's unit."),
    number("mu_star_half_width", "", "Half of its 95 % interval (bootstrap)."),
    number("sigma", "", "Standard deviation of the elementary effects: bends and interactions."),
)
SOBOL = (
    *_EFFECT,
    number("first_order", "share", "Share of the outcome's variance that knowing this parameter would take away."),
    number("first_order_half_width", "share", "Half of its 95 % interval (bootstrap)."),
    number("total", "share", "Likewise, with all interactions that it takes part in."),
    number("total_half_width", "share", "Half of its 95 % interval (bootstrap)."),
)


def _statistics(found: Statistics | None) -> tuple[float | None, ...]:
    return (None, None, None) if found is None else (found.mean, found.ci95_low, found.ci95_high)


class Writer:
    """Writes the tables of one study.

    Parameters
    ----------
    sensitivity, outcomes
        What was looked at.
    directory
        Where to.
    csv
        Form of the CSV files.
    """

    def __init__(
        self, sensitivity: Sensitivity, outcomes: Sequence[Outcome], directory: Path, csv: str | None
    ) -> None:
        self._sensitivity, self._outcomes, self._directory, self._csv = sensitivity, outcomes, directory, csv
        self.files: list[str] = []

    @property
    def _facts(self) -> Metadata:
        head = self._sensitivity.head
        return {
            "sim.version": __version__,
            "sim.rules_version": str(RULES_VERSION),
            "sim.seed": str(head.seed),
            "sim.replications": str(head.replications),
            "sim.file": self._sensitivity.path.read_text(encoding="utf-8"),
        }

    def one_at_a_time(self, found: OneAtATime) -> None:
        """Write ``tornado`` and ``switching``."""
        of = [
            (p.name, p.label, p.unit, p.source, own, *ends)
            for p, own, ends in zip(self._sensitivity.parameters, found.own, found.ends, strict=True)
        ]
        tornado = [
            (
                *self._of(bar.outcome),
                *of[bar.parameter],
                *_statistics(bar.low),
                *_statistics(bar.high),
                *_statistics(bar.swing),
                bar.swing.replications,
            )
            for bar in found.bars
        ]
        switching = [
            (
                *self._of(one.outcome),
                *of[one.parameter][:-2],
                one.low,
                one.high,
                one.value,
                *_statistics(one.there),
                0 if one.there is None else one.there.replications,
            )
            for one in found.switching
        ]
        self._write("tornado", TORNADO, tornado)
        self._write("switching", SWITCHING, switching)

    def structures(self, found: Sequence[Structure]) -> None:
        """Write ``alternatives``."""
        rows = [
            (one.alternative.name, one.alternative.source, *self._of(i), *_statistics(s), s.replications)
            for one in found
            for i, s in enumerate(one.outcomes)
        ]
        self._write("alternatives", ALTERNATIVES, rows)

    def effects(self, stem: str, columns: Sequence[Column], found: Sequence[Effect]) -> None:
        """Write ``morris`` or ``sobol``."""
        parameters = self._sensitivity.parameters
        rows = []
        for one in found:
            p = parameters[one.parameter]
            figures = (one.main, one.main_half_width, one.total, one.total_half_width)
            own = (*self._of(one.outcome), p.name, p.label, p.unit, p.source)
            rows.append((*own, *figures[: len(columns) - len(own)]))
        self._write(stem, columns, rows)

    def _of(self, outcome: int) -> tuple[str, str]:
        return self._outcomes[outcome].name, self._outcomes[outcome].unit

    def _write(self, stem: str, columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> None:
        table: pa.Table = table_of(columns, rows, self._facts)
        self.files += sorted(write_table(self._directory, stem, table, self._csv))
