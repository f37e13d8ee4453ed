"""What two configs say differently, key by key with its meaning, and from when until when."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from sim.config.canonical import stated
from sim.config.differences import Difference, differences, in_force
from sim.config.meaning import meaning
from sim.config.schema import Config
from sim.config.schema.changes import CHANGES
from sim.config.toml.toml_text import key_text, value_text
from sim.report.language import Language
from sim.report.view import Cell, Column, View


class Changed(NamedTuple):
    """A key that differs for some time.

    Attributes
    ----------
    key
        As it is written in a config.
    before, after
        The values as they would be written; of the second config and of the first.
    begin, end
        From which date until which (not included); None: from the beginning, to the end.
    meaning
        Of the key.
    """

    key: str
    before: str
    after: str
    begin: date | None
    end: date | None
    meaning: str


def changed(a: Config, b: Config) -> list[Changed]:
    """List what A says otherwise than B, over all times that their dated changes make.

    Parameters
    ----------
    a, b
        The configs; `before` of a change is what B says.
    """
    steps = [in_force(config) for config in (a, b)]
    firsts = [config.model_copy(update={CHANGES: []}) for config in (a, b)]
    days: list[date | None] = [None, *sorted({day for found in steps for day, _ in found})]
    found: list[Changed] = []
    open_now: dict[tuple[str, str, str], int] = {}
    for begin, end in pairwise([*days, None]):
        now = [
            next((then for day, then in reversed(of) if begin is not None and day <= begin), first)
            for of, first in zip(steps, firsts, strict=True)
        ]
        still: dict[tuple[str, str, str], int] = {}
        for difference in differences(now[1], now[0]):
            row = _changed(difference, begin, end)
            key = row[:3]
            if key in open_now:
                still[key] = open_now[key]
                found[still[key]] = found[still[key]]._replace(end=end)
            else:
                still[key] = len(found)
                found.append(row)
        open_now = still
    return found


def _changed(difference: Difference, begin: date | None, end: date | None) -> Changed:
    before, after = (_text(value) for value in (difference.before, difference.after))
    return Changed(key_text(difference.path), before, after, begin, end, meaning(difference.path))


def _text(value: Any) -> str:
    if value is None:
        return '"none"'
    if isinstance(value, Mapping) and set(value) == {"constant"}:
        return _text(value["constant"])
    return value_text(stated(value))


def changed_view(language: Language, rows: Sequence[Changed], names: tuple[str, str]) -> View:
    """Tabulate what two configs say differently.

    Parameters
    ----------
    language
        Of all but keys and values.
    rows
        From `changed`.
    names
        Of A and B.
    """
    cells: list[tuple[Cell, ...]] = [
        (row.key, row.after, row.before, when(language, row.begin, row.end), language.meaning(row.meaning))
        for row in rows
    ]
    headings = (language.say("key"), *names, language.say("when"), language.say("meaning"))
    title = language.say("What differs between {a} and {b}", a=names[0], b=names[1])
    return View(title, tuple(Column(heading) for heading in headings), tuple(cells))


def when(language: Language, begin: date | None, end: date | None) -> str:
    """Write from when until when: "from 2018-01-01", "until 2020-01-01", "throughout"."""
    if begin is None and end is None:
        return language.say("throughout")
    if end is None:
        return language.say("from {day}", day=begin)
    if begin is None:
        return language.say("until {day}", day=end)
    return language.say("from {day} until {end}", day=begin, end=end)
