"""Fill the tables of docs/sensitivity_answers.md: ``python -m docs.fill_sensitivity [DIRECTORY]``.

A table stands between two comments, the first of which says what it shows: ``table KIND | STUDY | OUTCOME``, of a
study that `sim sensitivity` has written to DIRECTORY (results/sensitivity unless stated). KIND is one of

- ``structures``: the outcomes in each structure of the job centre (no OUTCOME);
- ``tornado``: what moving one parameter does to an outcome, the largest first;
- ``switching``: what would make it 0 (no OUTCOME);
- ``morris``, ``sobol``: all parameters at once.

What the page says in words is written by hand: read it again after the tables have changed.
"""

import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from docs.fill_systems import TABLE
from docs.filling.cells import interval, number
from docs.make_reference import DOCS
from docs.reference.markdown import table
from sim.analysis.kpis import KPIS
from sim.study.sensitivity.outcomes import NET_COST

PAGE = DOCS / "sensitivity_answers.md"
LABELS = {kpi.name: kpi.label for kpi in KPIS} | {NET_COST: "net cost"}
Row = Any


class Shown(NamedTuple):
    """How an outcome is shown: by what it is multiplied, its unit, and decimals."""

    by: float
    unit: str
    decimals: int


def rows_of(frame: pd.DataFrame) -> list[Row]:
    """Rows with their columns by name."""
    return list(frame.itertuples())


def shown(row: Row) -> Shown:
    """Choose it for the outcome of a row."""
    if row.outcome == NET_COST:
        return Shown(1e-6, "million kr", 1)
    return Shown(100.0, "%", 2) if row.unit == "share" else Shown(1.0, row.unit, 2)


def estimate(row: Row, name: str) -> str:
    """A figure with its interval, of the columns that begin with a name."""
    how = shown(row)
    ends = (name, f"{name}_ci95_low", f"{name}_ci95_high")
    return interval([how.by * float(getattr(row, end)) for end in ends], how.decimals, sign=True)


def value(of: float) -> str:
    """A value of a parameter; "none" where there is none."""
    return "none" if pd.isna(of) else f"{of:,.0f}" if abs(of) >= 1000 else f"{of:.3g}"


def own(row: Row) -> str:
    """Value of a parameter in the baseline, which need not state it."""
    return "not stated" if pd.isna(row.own) else value(row.own)


def structures(frame: pd.DataFrame) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """The outcomes, a column for each structure."""
    names = list(dict.fromkeys(frame.alternative))
    rows = (
        (
            f"{LABELS[of.iloc[0].outcome]}, {shown(of.iloc[0]).unit}",
            *(estimate(row, "mean") for row in rows_of(of)),
        )
        for _, of in frame.groupby("outcome", sort=False)
    )
    return ("", *(str(name).replace("_", " ") for name in names)), rows


def tornado(frame: pd.DataFrame) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Parameters, what they go to, and what the outcome then does."""
    rows = (
        (row.label, own(row), f"{value(row.low)} to {value(row.high)}", estimate(row, "at_low"),
         estimate(row, "at_high"))
        for row in rows_of(frame)
    )  # fmt: skip
    unit = shown(frame.iloc[0]).unit
    return ("parameter", "own value", "moved from, to", f"at the low end, {unit}", f"at the high end, {unit}"), rows


def switching(frame: pd.DataFrame) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Values that make the outcome 0."""
    rows = (
        (row.label, own(row), f"{value(row.low)} to {value(row.high)}", value(row.value),
         "" if pd.isna(row.value) else estimate(row, "there"))
        for row in rows_of(frame)
    )  # fmt: skip
    unit = shown(frame.iloc[0]).unit
    return ("parameter", "own value", "looked for from, to", "switching value", f"outcome there, {unit}"), rows


def morris(frame: pd.DataFrame) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Mean effects and their spread."""
    how = shown(frame.iloc[0])

    def cells(row: Row) -> Sequence[str]:
        mean, half, sigma = (
            number(how.by * float(x), how.decimals) for x in (row.mu_star, row.mu_star_half_width, row.sigma)
        )
        return (row.label, f"{mean} ±{half}", sigma)

    return ("parameter", f"mean effect (mu*), {how.unit}", "spread (sigma)"), map(cells, rows_of(frame))


def sobol(frame: pd.DataFrame) -> tuple[Sequence[str], Iterator[Sequence[str]]]:
    """Shares of the variance."""

    def cells(row: Row) -> Sequence[str]:
        first, first_half, total, total_half = (
            number(100.0 * float(x), 0)
            for x in (row.first_order, row.first_order_half_width, row.total, row.total_half_width)
        )
        return (row.label, f"{first} ±{first_half}", f"{total} ±{total_half}")

    return ("parameter", "alone, % of the variance", "with interactions, %"), map(cells, rows_of(frame))


KINDS: dict[str, tuple[str, Callable[[pd.DataFrame], tuple[Sequence[str], Iterator[Sequence[str]]]]]] = {
    "structures": ("alternatives", structures), "tornado": ("tornado", tornado),
    "switching": ("switching", switching), "morris": ("morris", morris), "sobol": ("sobol", sobol),
}  # fmt: skip
"""Table of a study that each kind is made of, and what makes it."""


def filled(text: str, directory: Path) -> str:
    """Return a page with its tables made anew; tables whose studies are not there stay as they are."""

    def made(found: "re.Match[str]") -> str:
        opening, kind, parts, old, closing = found.groups()
        study, *outcome = (part.strip() for part in parts.split("|"))
        stem, make = KINDS[kind]
        file = directory / study / f"{stem}.parquet"
        if not file.is_file():
            print(f"kept as it is: {kind} | {study}: no {file.as_posix()}")
            return found.group()
        frame = pd.read_parquet(file)
        head, rows = make(frame[frame.outcome == outcome[0]] if outcome else frame)
        new = table(tuple(head), [tuple(row) for row in rows])
        return f"{opening}\n{new.strip()}\n\n{closing}" if new.strip() != old.strip() else found.group()

    return TABLE.sub(made, text)


def main() -> None:
    """Fill the tables of the page."""
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else "results/sensitivity")
    text = PAGE.read_text(encoding="utf-8")
    new = filled(text, directory)
    if new != text:
        PAGE.write_text(new, encoding="utf-8", newline="\n")
        print(f"written: docs/{PAGE.name}")


if __name__ == "__main__":
    main()
