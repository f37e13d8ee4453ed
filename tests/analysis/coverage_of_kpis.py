"""How often the intervals of key figures hold the true mean, with the shipped configs.

``python -m tests.analysis.coverage_of_kpis`` prints the tables of docs/intervals.md: two configs are run 2,000
times, by one process, and samples of 10, 20, 50, 100 and 200 replications are drawn from these with replacement. The
mean over the 2,000 is the true one.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from docs.reference.shipped import CONFIGS
from sim.analysis.intervals import SKEWED
from sim.analysis.kpis import HIGHEST, KPI_NAMES
from sim.analysis.rounding import series_of_differences
from sim.analysis.summary import summarise, summarise_many
from sim.study.evaluate import evaluate

Floats = NDArray[np.float64]

NAMES = ("50_per_worker", "130_per_worker")
REPLICATIONS, TRIALS = 2000, 4000
SIZES = (10, 20, 50, 100, 200)
_SHOWN = 6


class Coverage(NamedTuple):
    """Of one key figure in samples of one size.

    Attributes
    ----------
    kpi
        Its name.
    without
        Share of the samples without an interval: all values are the same.
    covered
        Share of the intervals that hold the true mean.
    noted
        Share of the intervals that are called skewed.
    silent
        Intervals that are not called so.
    silent_covered
        Share of these that hold the true mean.
    silent_missed
        Share of all samples whose interval does not hold it and is not called skewed: nothing warns of these.
    """

    kpi: str
    without: float
    covered: float
    noted: float
    silent: int
    silent_covered: float
    silent_missed: float


def values_of(name: str, replications: int) -> Floats:
    """Key figures of a shipped config: replication x KPI."""
    found: Floats = evaluate(CONFIGS / f"{name}.toml", [{}], replications)[0]
    return found


def varying(values: Floats) -> list[int]:
    """Places of the key figures that are defined in every replication and vary."""
    return [
        place for place, column in enumerate(values.T) if not np.isnan(column).any() and summarise(column).sd > 0.0
    ]


def cover(values: Floats, places: Sequence[int], size: int, trials: int, highest: Floats | None) -> list[Coverage]:
    """Draw samples of replications and look which intervals hold the mean over all."""
    rng = np.random.default_rng([1, size])
    truth = values.mean(axis=0)
    samples = values[rng.integers(0, len(values), (trials, size))]
    found = []
    for place in places:
        most = None if highest is None else highest[[place]]
        statistics = [one for (one,) in summarise_many(samples[:, :, [place]], most)]
        low, high = (np.array([getattr(one, end) for one in statistics]) for end in ("ci95_low", "ci95_high"))
        noted = np.array([one.interval_note == SKEWED for one in statistics])
        given = ~np.isnan(low)
        held = (low <= truth[place]) & (truth[place] <= high)
        silent = given & ~noted
        found.append(
            Coverage(
                KPI_NAMES[place], float(1 - given.mean()), _share(held[given]), _share(noted[given]),
                int(silent.sum()), _share(held[silent]), float((silent & ~held).mean()),
            )
        )  # fmt: skip
    return found


def _share(of: NDArray[np.bool_]) -> float:
    return float(of.mean()) if of.size else float("nan")


def main() -> None:
    """Print a table for the means of each config and one for the differences."""
    of_configs = {name: values_of(name, REPLICATIONS) for name in NAMES}
    a, b = of_configs.values()
    columns = [series_of_differences(one, other) for one, other in zip(a.T, b.T, strict=True)]
    tables: dict[str, tuple[Floats, Floats | None]] = {name: (found, HIGHEST) for name, found in of_configs.items()}
    tables[" minus ".join(NAMES)] = np.stack(columns, axis=1), None
    for title, (values, highest) in tables.items():
        places = varying(values)
        by_size = {size: cover(values, places, size, TRIALS, highest) for size in SIZES}
        worst = sorted(range(len(places)), key=lambda i: min(by_size[size][i].covered for size in SIZES))
        print(f"\n{title}: {len(places)} key figures that vary\n")
        print("| key figure |", " | ".join(f"{size}" for size in SIZES), "|")
        print("| --- |" + " ---: |" * len(SIZES))
        for i in worst[:_SHOWN]:
            cells = [_cell(by_size[size][i]) for size in SIZES]
            print(f"| `{by_size[10][i].kpi}` |", " | ".join(cells), "|", flush=True)
        if highest is not None:
            student = [cover(values, [places[worst[0]]], size, TRIALS, None)[0] for size in SIZES]
            shares = (100 * one.covered * (1 - one.without) for one in student)
            print(f"| `{student[0].kpi}`, Student's, of all samples |", " | ".join(f"{x:.1f}" for x in shares), "|")
        rest = [[by_size[size][i] for i in worst[_SHOWN:]] for size in SIZES]
        ranges = [[100 * one.covered for one in of_size] for of_size in rest]
        print("| the others |", " | ".join(f"{min(of):.1f} to {max(of):.1f}" for of in ranges), "|")
        noted = [100 * float(np.mean([one.noted for one in of_size])) for of_size in rest]
        print("| of these, called skewed |", " | ".join(f"{share:.1f}" for share in noted), "|")
        unwarned = [max(by_size[size], key=lambda one: one.silent_missed) for size in SIZES]
        cells = [f"{100 * one.silent_missed:.1f} `{one.kpi}`" for one in unwarned]
        print("| the most that miss and are not called skewed |", " | ".join(cells), "|")


def _cell(of: Coverage) -> str:
    without = f"; none {100 * of.without:.0f}" if of.without > 0 else ""
    return f"{100 * of.covered:.1f} (skewed {100 * of.noted:.0f}{without})"


if __name__ == "__main__":
    main()
