"""Reading published figures that were kept back: the file of ``sim validate --observed``, TOML or CSV."""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from sim.config.toml.reading import read_document
from sim.errors import ConfigError
from sim.input_files import NotAFile, read_file

MOST_BYTES = 1_000_000
_COLUMNS = ("figure", "value", "rounding", "source")


class Observed(NamedTuple):
    """A figure that was looked up after it had been predicted.

    Attributes
    ----------
    value
        In the unit of its key figure: a share of 12 % is 0.12.
    rounding
        Half the width of what rounds to it; None: as the calibration file says.
    source
        Where it is from.
    """

    value: float
    rounding: float | None = None
    source: str = ""


def read_observed(path: Path, known: Sequence[str]) -> dict[str, Observed]:
    """Read figures by their names in the table [kept_back] of the calibration file.

    A TOML file has a table ``[observed]`` with ``name = 0.12``, or ``name = { value = 0.12, rounding = 0.005 }`` and
    a source. A CSV file has the columns figure and value, and may have rounding and source; with commas and decimal
    points, or semicolons and decimal commas.

    Parameters
    ----------
    path
        The file.
    known
        Names that may occur.

    Raises
    ------
    ConfigError
        With file, line and what is allowed.
    """
    rows = _of_csv(path) if path.suffix.lower() == ".csv" else _of_toml(path)
    found: dict[str, Observed] = {}
    wrong: list[str] = []
    for place, name, cells in rows:
        problem = _problem(name, cells, known, found)
        if problem:
            wrong.append(f"{place}: {problem}")
            continue
        rounding = cells.get("rounding")
        source = str(cells.get("source") or "")
        found[name] = Observed(float(cells["value"]), None if rounding is None else float(rounding), source)
    if not rows and not wrong:
        wrong.append(f"{path.as_posix()}: holds no figures; there are {', '.join(known) or 'none kept back'}")
    if wrong:
        raise ConfigError(wrong)
    return found


def _problem(name: str, cells: Mapping[str, Any], known: Sequence[str], found: Iterable[str]) -> str:
    """Say what is wrong with a figure; empty: nothing."""
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known) or 'none'}"
        return f"{name}: no figure of this name is kept back; {hint}"
    if name in found:
        return f"{name}: comes twice"
    unknown = [key for key in cells if key not in _COLUMNS]
    if unknown:
        return f"{name}.{unknown[0]}: unknown; there are value, rounding, source"
    for key in ("value", "rounding"):
        cell = cells.get(key)
        if cell is None and key == "rounding":
            continue
        if isinstance(cell, bool) or not isinstance(cell, (int, float)) or not math.isfinite(cell) or cell < 0:
            return f"{name}: {key} must be a number from 0 on; it is {cell if cell is not None else 'missing'}"
    return ""


def _of_toml(path: Path) -> list[tuple[str, str, Mapping[str, Any]]]:
    document = read_document(path, "calibration")
    others = [key for key in document.data if key != "observed"]
    if others or not isinstance(document.data.get("observed"), Mapping):
        line = document.lines.get((others[0],), 1) if others else 1
        raise ConfigError([f"{path.as_posix()}:{line}: must have one table, [observed], with a value a figure"])
    rows: list[tuple[str, str, Mapping[str, Any]]] = []
    for name, stated in document.data["observed"].items():
        line = document.lines.get(("observed", name), 1)
        cells = stated if isinstance(stated, Mapping) else {"value": stated}
        rows.append((f"{path.as_posix()}:{line}", name, cells))
    return rows


def _of_csv(path: Path) -> list[tuple[str, str, Mapping[str, Any]]]:
    shown = path.as_posix()
    try:
        text = read_file(path, MOST_BYTES).decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError([f"{shown}: no such file"]) from None
    except NotAFile as error:
        raise ConfigError([f"{shown}: {error.strerror}"]) from error
    except UnicodeDecodeError as error:
        raise ConfigError([f"{shown}: not UTF-8 text; save the file as UTF-8"]) from error
    except OSError as error:
        raise ConfigError([f"{shown}: cannot be read: {error.strerror}"]) from error
    first = text.split("\n", 1)[0]
    danish = first.count(";") > first.count(",")
    table = list(csv.reader(io.StringIO(text), delimiter=";" if danish else ","))
    head = [name.strip() for name in table[0]] if table else []
    unknown = [name for name in head if name not in _COLUMNS]
    if unknown or "figure" not in head or "value" not in head:
        what = f"; it has {', '.join(head)}" if head else "; it is empty"
        raise ConfigError([f"{shown}:1: needs the columns figure and value, and may have rounding and source{what}"])
    rows: list[tuple[str, str, Mapping[str, Any]]] = []
    for number, cells in enumerate(table[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        named = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        name = named.pop("figure", "")
        rows.append(
            (f"{shown}:{number}", name, {key: _typed(key, cell, danish) for key, cell in named.items() if cell})
        )
    return rows


def _typed(key: str, cell: str, danish: bool) -> Any:
    if key == "source":
        return cell
    try:
        return float(cell.replace(",", ".") if danish else cell)
    except ValueError:
        return cell
