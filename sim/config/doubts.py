"""What a reader would doubt in a valid config: questions with file, line and key. Nothing here refuses a config."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from sim.config.examples import unchanged_examples
from sim.config.layers.changes import fragments
from sim.config.layers.completed import completed
from sim.config.layers.loading import Loaded
from sim.config.messages.placed import PlacedProblem, placed
from sim.config.plausible import unusual_numbers
from sim.config.schema.base import Problem
from sim.config.schema.changes import CHANGES
from sim.config.unused import unused_keys


def _stated_in_vain(loaded: Loaded) -> Iterator[Problem]:
    """List keys without effect that a file states."""
    for path, why in unused_keys(loaded.config):
        if path in loaded.sources:
            yield Problem(path, f"has no effect: {why}")


def _changes_in_vain(loaded: Loaded) -> Iterator[Problem]:
    """List policies with a date that change nothing."""
    run = loaded.config.run
    end = run.start + timedelta(weeks=run.horizon_weeks)
    effective = {change.date for change in loaded.config.changes}
    for fragment in fragments(loaded.root)[0]:
        why = "it states what is in force already" if fragment.date not in effective else ""
        if fragment.date >= end:
            why = f"its date, {fragment.date}, is not before the end of the run, {end}"
        if why:
            yield Problem((CHANGES, fragment.name), f"has no effect: {why}")


DOUBTS: tuple[Callable[[Loaded], Iterable[Problem]], ...] = (
    unusual_numbers,
    _stated_in_vain,
    _changes_in_vain,
)
"""Each lists what is doubtful in a config, at the key that it is about."""


def doubts(loaded: Loaded, more: Iterable[Problem] = ()) -> list[PlacedProblem]:
    """List what is doubtful in a config, sorted by file and line.

    Parameters
    ----------
    loaded
        From `load`.
    more
        Doubts that only other rooms can have.
    """
    found = [problem for doubt in DOUBTS for problem in doubt(loaded)]
    return [*unchanged_examples(loaded), *placed([*found, *more], *completed(loaded.root))]


def questions(loaded: Loaded) -> list[PlacedProblem]:
    """List only the numbers that are possible and hardly meant: what to ask before a run."""
    return placed(list(unusual_numbers(loaded)), *completed(loaded.root))
