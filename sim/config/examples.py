"""The template of ``sim new``, and which of its example figures a config still has."""

from collections.abc import Iterator
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from sim.config.layers.loading import Loaded
from sim.config.messages.placed import PlacedProblem
from sim.config.toml.sourced import Source

EXAMPLE = "[example"
"""Marks a figure of the template that is only plausible: "[example]", "[example: 4 x 5 = 20 hours]"."""


def template() -> str:
    """Return the template's text."""
    return files("sim.config").joinpath("template.toml").read_text(encoding="utf-8")


def unchanged_examples(loaded: Loaded) -> Iterator[PlacedProblem]:
    """Tell of each file which lines with example figures are still those of the template.

    A line counts until its figure or its mark is changed. Groups may have other names.
    """
    examples = {line.strip() for line in template().splitlines() if EXAMPLE in line and not line.startswith("#")}
    stated: dict[Path, set[int]] = {}
    for source in loaded.sources.values():
        if source.file is not None and source.file.is_file():  # A pipe has been read.
            stated.setdefault(source.file, set()).add(source.line)
    for file, numbers in stated.items():
        lines = file.read_text(encoding="utf-8").splitlines()
        same = [n for n in sorted(numbers) if n <= len(lines) and lines[n - 1].strip() in examples]
        if same:
            figures = "1 figure is" if len(same) == 1 else f"{len(same)} figures are"
            text = (
                f"{figures} still the template's, only examples: {'line' if len(same) == 1 else 'lines'} "
                f"{_ranges(same)}; put in your own, and a source instead of the mark {EXAMPLE}]"
            )
            yield PlacedProblem(Source(file, same[0]), (), text)


def _ranges(numbers: list[int]) -> str:
    """Write rising numbers: "3, 5-7"."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0])]
    return ", ".join(f"{run[0]}" if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
