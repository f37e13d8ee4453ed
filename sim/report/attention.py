"""What to look at in one run or in several: lines for every output."""

from collections.abc import Mapping, Sequence


def look_lines(told: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Put what is to be looked at in several runs into one list; each line names its runs, unless it is of all.

    Parameters
    ----------
    told
        From `sim.analysis.attention.after.attention`, by the name of the run.
    """
    runs: dict[str, list[str]] = {}
    for name, lines in told.items():
        for line in lines:
            runs.setdefault(line, []).append(name)
    own = [(", ".join(names), line) for line, names in runs.items() if len(names) < len(told)]
    shared = [line for line, names in runs.items() if len(names) == len(told)]
    return (*(f"{names}: {line}" for names, line in own), *shared)
