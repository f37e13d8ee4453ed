"""What is shown: runs by their names and colours, a baseline, a question, and what was read of each."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.course import Course, course, schemes_of
from sim.analysis.kpis import KPI_NAMES
from sim.config.canonical import from_canonical
from sim.config.differences import Difference, differences, in_force
from sim.config.schema import Config
from sim.config.schema.changes import CHANGES
from sim.config.toml.comments import ASSUMPTION
from sim.report.language import Language
from sim.store.run import Run

Floats = NDArray[np.float64]
KEYS = "abcdefghijklmnop"
"""Keys of the variants' colours: "a" the first, "b" the baseline, then the others."""
_CASELOAD = ("staffing", "citizens_per_coordinator")


class Variant:
    """One run as it is shown.

    Parameters
    ----------
    run
        A finished run.
    key
        Of its colour.
    label
        What it is called.
    replications
        How many of its replications are used: those that all runs shown have.
    schemes
        Benefit schemes by which people are told of: those of all runs shown.

    Attributes
    ----------
    run, key, label, replications
        As given.
    """

    def __init__(self, run: Run, key: str, label: str, replications: int, schemes: Sequence[str] = ()) -> None:
        self.run, self.key, self.label, self.replications = run, key, label, replications
        self._schemes = tuple(schemes)

    @property
    def per_draw(self) -> int:
        """Replications of each draw from a posterior; 1: all are independent."""
        return self.run.manifest.per_draw

    @cached_property
    def config(self) -> Config:
        """Its config."""
        return from_canonical(self.run.config)

    @cached_property
    def at_start(self) -> Config:
        """What is in force from the start date on."""
        return in_force_at_start(self.config)

    @cached_property
    def course(self) -> Course:
        """Its weeks."""
        return course(self.run, self.replications, self._schemes)

    @cached_property
    def kpis(self) -> Mapping[str, Floats]:
        """Values of every key figure, by replication."""
        _, values = self.run.values(KPI_NAMES)
        return {name: of_kpi[: self.replications] for name, of_kpi in values.items()}

    @property
    def unsourced(self) -> int:
        """How many figures or tables of the config's files are marked as assumptions; 0: the run does not say."""
        return sum(ASSUMPTION in text for text in self.run.manifest.basis.values())

    @property
    def horizon(self) -> int:
        """Observed weeks."""
        return self.config.run.horizon_weeks


class Shown(NamedTuple):
    """What a report is about.

    Attributes
    ----------
    language
        In which it is told.
    variants
        At least one.
    baseline
        What the others are compared with; None: there is but one.
    question
        What it answers.
    """

    language: Language
    variants: tuple[Variant, ...]
    baseline: Variant | None
    question: str

    @property
    def everyone(self) -> tuple[Variant, ...]:
        """The variants, then the baseline."""
        return self.variants if self.baseline is None else (*self.variants, self.baseline)

    @property
    def replications(self) -> int:
        """Runs of each, the same luck in all."""
        return self.variants[0].replications


def in_force_at_start(config: Config) -> Config:
    """Give the config that is in force from the start date on: with what is dated then or before."""
    steps = [then for day, then in in_force(config) if day <= config.run.start]
    return steps[-1] if steps else config.model_copy(update={CHANGES: []})


def shown(language: Language, runs: Sequence[Run], baseline: Run | None, *, question: str | None = None) -> Shown:
    """Put runs together for a report.

    Parameters
    ----------
    language
        In which it is told.
    runs, baseline
        Finished runs whose replications are pairs; None: a run alone.
    question
        What it answers; None: it is made of what differs.
    """
    everyone = [*runs, *([baseline] if baseline else [])]
    replications = min(len(run.values([])[0]) for run in everyone)
    labels = _labels(language, everyone)
    schemes = tuple(dict.fromkeys(name for run in everyone for name in schemes_of(run)))
    keys = [KEYS[i] for i in range(len(everyone))]
    if baseline is not None:  # The baseline is "b", whatever their number.
        keys = ["a", *KEYS[2 : 1 + len(runs)], "b"]
    made = [
        Variant(run, key, label, replications, schemes)
        for run, key, label in zip(everyone, keys, labels, strict=True)
    ]
    last = made.pop() if baseline is not None else None
    return Shown(language, tuple(made), last, question or _question(language, made, last))


def caseload_of(config: Config) -> float | None:
    """Give the citizens per coordinator that a config in force states; None: it states posts."""
    return config.staffing.citizens_per_coordinator


def only_caseload_differs(a: Variant, b: Variant) -> bool:
    """Whether two variants differ in the stated caseload from the start on, and in nothing else."""
    found = what_differs(a, b)
    return [difference.path for difference in found] == [_CASELOAD] and all(
        isinstance(value, (int, float)) for value in (found[0].before, found[0].after)
    )


def what_differs(a: Variant, b: Variant) -> list[Difference]:
    """List what A has otherwise than B from the start on (before: B, after: A), prices and seed left out."""
    return [
        difference
        for difference in differences(b.at_start, a.at_start)
        if difference.path[0] not in ("run", "money")
    ]


def _labels(language: Language, runs: Sequence[Run]) -> list[str]:
    """Name runs: by their caseloads where only these differ, else by the names of their configs."""
    made = [Variant(run, "", "", 0) for run in runs]
    if len(made) > 1 and all(only_caseload_differs(one, made[-1]) for one in made[:-1]):
        return [
            language.say("{count} citizens each", count=_plain(language, caseload_of(one.at_start))) for one in made
        ]
    return [run.name.replace("_", " ") for run in runs]


def _question(language: Language, variants: Sequence[Variant], baseline: Variant | None) -> str:
    if baseline is None:
        return language.say("What happens with {name}?", name=variants[0].label)
    if len(variants) == 1 and only_caseload_differs(variants[0], baseline):
        a, b = (_plain(language, caseload_of(one.at_start)) for one in (variants[0], baseline))
        return language.say("What happens if each caseworker has {a} citizens instead of {b}?", a=a, b=b)
    names = language.listed([variant.label for variant in variants])
    return language.say("What happens with {a} instead of {b}?", a=names, b=baseline.label)


def _plain(language: Language, value: float | None) -> str:
    number = value or 0.0
    return language.number(number, 0 if float(number).is_integer() else 1)
