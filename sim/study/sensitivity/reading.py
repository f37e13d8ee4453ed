"""A sensitivity study that has been made, read again from its directory."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from sim.errors import UsageError
from sim.store.read_table import read_rows

MARK = "tornado.parquet"
"""The file by which a directory is known to hold a sensitivity study."""
T = TypeVar("T")


class BarRow(NamedTuple):
    """A row of the table ``tornado``; see `sim.study.sensitivity.tables.TORNADO`."""

    outcome: str
    unit: str
    parameter: str
    label: str
    parameter_unit: str
    source: str
    own: float
    low: float
    high: float
    at_low: float
    at_low_ci95_low: float
    at_low_ci95_high: float
    at_high: float
    at_high_ci95_low: float
    at_high_ci95_high: float
    swing: float


class SwitchingRow(NamedTuple):
    """A row of the table ``switching``; see `sim.study.sensitivity.tables.SWITCHING`."""

    outcome: str
    unit: str
    label: str
    parameter_unit: str
    own: float
    low: float
    high: float
    value: float
    there: float
    there_ci95_low: float
    there_ci95_high: float


class AnswerRow(NamedTuple):
    """A row of the table ``alternatives``; see `sim.study.sensitivity.tables.ALTERNATIVES`."""

    alternative: str
    source: str
    outcome: str
    unit: str
    mean: float
    mean_ci95_low: float
    mean_ci95_high: float


class MorrisRow(NamedTuple):
    """A row of the table ``morris``; see `sim.study.sensitivity.tables.MORRIS`."""

    outcome: str
    unit: str
    label: str
    mu_star: float
    mu_star_half_width: float
    sigma: float


class SobolRow(NamedTuple):
    """A row of the table ``sobol``; see `sim.study.sensitivity.tables.SOBOL`."""

    outcome: str
    unit: str
    label: str
    first_order: float
    first_order_half_width: float
    total: float
    total_half_width: float


class SensitivityFound(NamedTuple):
    """What a study has found.

    Attributes
    ----------
    name, directory
        Of the study.
    question
        Of its file; empty: it states none.
    variant, baseline
        Names of the configs; no variant: outcomes are the baseline's own.
    interval
        Probability of the interval to whose ends parameters go.
    replications, seed
        Of every point.
    structures
        What each structure is called, by its name, the configs' own first.
    bars, switching, answers
        Rows.
    morris, sobol
        Rows; none: they were not computed.
    outdated
        Tables that are there but belong to another state of the file, and so are left out.
    file, version, rules
        The whole sensitivity file, and by which version of the program and of its rules it was studied.
    """

    name: str
    directory: Path
    question: str
    variant: str
    baseline: str
    interval: float
    replications: int
    seed: str
    structures: Mapping[str, str]
    bars: tuple[BarRow, ...]
    switching: tuple[SwitchingRow, ...]
    answers: tuple[AnswerRow, ...]
    morris: tuple[MorrisRow, ...]
    sobol: tuple[SobolRow, ...]
    outdated: tuple[str, ...]
    file: str
    version: str
    rules: str


def read_sensitivity(directory: Path) -> SensitivityFound:
    """Read what `sim sensitivity` has written.

    Raises
    ------
    UsageError
        If a table is missing or damaged, or does not say which file it is of.
    """
    tornado = read_rows(directory / MARK)
    text = tornado.facts.get("sim.file", "")
    stated = _stated(directory / MARK, text)
    head = stated["sensitivity"]
    answers = read_rows(directory / "alternatives.parquet").of(AnswerRow)
    labels = {name: one.get("label") or name for name, one in stated.get("alternatives", {}).items()}
    outdated: list[str] = []

    def extra(stem: str, kind: type[T]) -> tuple[T, ...]:
        path = directory / f"{stem}.parquet"
        if not path.is_file():
            return ()
        found = read_rows(path)
        if found.facts.get("sim.file") != text:
            outdated.append(stem)
            return ()
        return found.of(kind)

    return SensitivityFound(
        name=directory.resolve().name,
        directory=directory,
        question=head.get("question", ""),
        variant=_stem(head.get("variant", "")),
        baseline=_stem(head["baseline"]),
        interval=float(head.get("interval", 0.9)),
        replications=int(tornado.facts.get("sim.replications", "0")),
        seed=tornado.facts.get("sim.seed", ""),
        structures={name: labels.get(name, name) for name in dict.fromkeys(row.alternative for row in answers)},
        bars=tornado.of(BarRow),
        switching=read_rows(directory / "switching.parquet").of(SwitchingRow),
        answers=answers,
        morris=extra("morris", MorrisRow),
        sobol=extra("sobol", SobolRow),
        outdated=tuple(outdated),
        file=text,
        version=tornado.facts.get("sim.version", "?"),
        rules=tornado.facts.get("sim.rules_version", "?"),
    )


def _stated(path: Path, text: str) -> Mapping[str, Any]:
    try:
        stated = tomllib.loads(text)
        stated["sensitivity"]["baseline"]
    except (tomllib.TOMLDecodeError, KeyError):
        raise UsageError(f"{path.as_posix()}: does not say of which sensitivity file it is; make it again") from None
    return stated


def _stem(path: str) -> str:
    return Path(path.replace("\\", "/")).stem
