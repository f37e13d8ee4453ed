"""The tables of a report as CSV files: the figures behind every picture, under its name, and all other tables."""

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sim.report.language import Language
from sim.report.pictures.files import Reported, pictures_of
from sim.report.view import UNDEFINED, Cell, Estimate, Interval, Number, PlusMinus, View
from sim.report.views.document import Document
from sim.store.csv_file import write_csv

CONTENTS = "contents.csv"
"""What the other files hold: titles, units among them."""
Columns = list[tuple[str, list[Any]]]
"""Headings with their cells."""


def tables_of(made: Reported) -> dict[str, View]:
    """List the tables of a report by their names, in its order; behind a picture stands one of its name."""
    found: dict[str, View] = {}
    if isinstance(made, Document):
        first = made.committee
        found |= {
            name: view for name, view in (("costs", first.money), ("costs_in_full", first.money_behind)) if view
        }
        found[first.hours.name] = first.hours.table
    found |= {name: picture.table for name, picture in pictures_of(made).items()}
    for section in made.sections:
        others = (*section.tables, *(folded.view for folded in section.folded))
        names = (
            [section.anchor] if len(others) == 1 else [f"{section.anchor}_{i}" for i in range(1, len(others) + 1)]
        )
        # A picture may have the section's name.
        found |= {
            f"{name}_in_full" if name in found else name: view for name, view in zip(names, others, strict=True)
        }
    return found


def write_tables(made: Reported, folder: Path, form: str) -> list[Path]:
    """Write every table of a report as a CSV file of its own; each appears whole or not at all.

    Parameters
    ----------
    made
        The report.
    folder
        Where to.
    form
        "en" or "da", as of `sim.store.csv_file`.

    Returns
    -------
    list of Path
        The files, the list of contents first.

    Raises
    ------
    UsageError
        If there is no such form.
    RunFailed
        If a file cannot be written.
    """
    say, tables = made.language.say, tables_of(made)
    captions = {name: picture.caption for name, picture in pictures_of(made).items()}
    contents = [
        [f"{name}.csv" for name in tables],
        [view.title for view in tables.values()],
        [captions.get(name, "") for name in tables],
    ]
    paths = [folder / CONTENTS]
    write_csv(paths[0], [say("file"), say("table"), say("how to read the picture")], contents, form)
    for name, view in tables.items():
        columns = plain(view, made.language)
        paths.append(folder / f"{name}.csv")
        write_csv(paths[-1], [heading for heading, _ in columns], [cells for _, cells in columns], form)
    return paths


def plain(view: View, language: Language) -> Columns:
    """Turn a table into columns of plain numbers and texts, such as a spreadsheet calculates with.

    An interval becomes two columns, a figure with an interval three. Numbers are in the unit that the report shows,
    with all their digits; None: cannot be computed. No heading stands twice.
    """
    found: Columns = []
    headings = [column.heading for column in view.columns]
    behind = ""
    for place, heading in enumerate(headings):
        cells = [row[place] for row in view.rows]
        if not heading:
            name = language.say("what")
            heading = name if name not in dict(found) else f"{name} {place + 1}"  # noqa: PLW2901
        elif headings.count(heading) > 1 and behind:
            heading = f"{behind}: {heading}"  # noqa: PLW2901 - "95 % interval" of which figure?
        else:
            behind = heading
        found += _columns(heading, cells, language)
    return found


def _columns(heading: str, cells: Sequence[Cell], language: Language) -> Iterator[tuple[str, list[Any]]]:
    if any(isinstance(cell, (Estimate, PlusMinus)) for cell in cells):
        yield from _numbers(heading, [_mean(cell) for cell in cells], language)
        if any(isinstance(cell, PlusMinus) for cell in cells):
            half = [_value(cell.half_width) if isinstance(cell, PlusMinus) else None for cell in cells]
            yield f"{heading}: {language.say('half of the 95 % interval')}", half
        cells = [cell.interval if isinstance(cell, Estimate) else "" for cell in cells]
        heading = f"{heading}: {language.say('95 % interval')}"
    if any(isinstance(cell, Interval) for cell in cells):
        yield f"{heading}, {language.say('lower end')}", [_end(cell, 0) for cell in cells]
        yield f"{heading}, {language.say('upper end')}", [_end(cell, 1) for cell in cells]
        said = [_note(cell, language) for cell in cells]
        if any(said):
            yield f"{heading}, {language.say('note')}", said
    elif any(cells):
        yield from _numbers(heading, cells, language)


def _numbers(heading: str, cells: Sequence[Cell], language: Language) -> Iterator[tuple[str, list[Any]]]:
    """Give one column, and the units of its figures beside it where they are written behind them."""
    yield heading, [_plain(cell, language) for cell in cells]
    units = [cell.suffix.strip() if isinstance(cell, Number) else "" for cell in cells]
    if any(units):
        yield f"{heading}, {language.say('unit')}", units


def _mean(cell: Cell) -> Cell:
    return cell.mean if isinstance(cell, (Estimate, PlusMinus)) else cell


def _plain(cell: Cell, language: Language) -> float | str | None:
    if isinstance(cell, Number):
        return _value(cell.value)
    return None if cell == UNDEFINED else language.cell(cell).replace("**", "")


def _value(value: float) -> float | None:
    return None if math.isnan(value) else float(value) + 0.0


def _end(cell: Cell, which: int) -> float | None:
    return _value((cell.low, cell.high)[which]) if isinstance(cell, Interval) else None


def _note(cell: Cell, language: Language) -> str:
    """What is said of an interval, or instead of one."""
    if isinstance(cell, Interval):
        return language.cell(cell._replace(low=math.nan)) if cell.note else ""
    return "" if cell in ("", UNDEFINED) else language.cell(cell)
