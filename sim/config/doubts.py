"""What a reader would doubt in a valid config: questions with file, line and key. Nothing here refuses a config."""

from collections.abc import Callable, Iterable, Iterator

from sim.config.examples import unchanged_examples
from sim.config.layers.completed import completed
from sim.config.layers.loading import Loaded
from sim.config.messages.placed import PlacedProblem, placed
from sim.config.plausible import unusual_numbers
from sim.config.schema.base import Problem
from sim.config.unused import unused_keys


def _stated_in_vain(loaded: Loaded) -> Iterator[Problem]:
    """List keys without effect that a file states."""
    for path, why in unused_keys(loaded.config):
        if path in loaded.sources:
            yield Problem(path, f"has no effect: {why}")


DOUBTS: tuple[Callable[[Loaded], Iterable[Problem]], ...] = (unusual_numbers, _stated_in_vain)
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
