"""The report of a sweep apart from how it is drawn."""

import math
from typing import NamedTuple

from sim.report.language import Language
from sim.report.view import View
from sim.report.views.differences import PEOPLE, Told
from sim.report.views.document import band
from sim.report.views.made import assumptions, made, reproduce
from sim.report.views.picture import Picture
from sim.report.views.section import Section
from sim.report.views.shown import shown
from sim.report.views.sweep.figures import estimate, table
from sim.report.views.sweep.pictures import lines, maps
from sim.report.views.sweep.swept import Swept, point_text
from sim.report.views.sweep.what_if import WhatIf, what_if
from sim.report.views.sweep_money import NET_COST


class SweepDocument(NamedTuple):
    """The report of a sweep.

    Attributes
    ----------
    language, title, sub, band, sections
        As of `sim.report.views.document.Document`.
    answer
        Between which points people's ways, and the net cost, differ most.
    money
        Why there is no net cost; empty: there is one.
    pictures
        Lines over a factor, maps of two.
    what_if
        Sliders over the points.
    points
        All points as a table, which print shows instead of the sliders.
    """

    language: Language
    title: str
    sub: str
    band: str
    answer: str
    money: str
    pictures: tuple[Picture, ...]
    what_if: WhatIf
    points: View
    sections: tuple[Section, ...]


def sweep_document(of: Swept) -> SweepDocument:
    """Make the report of a sweep."""
    language = of.language
    first = of.points[of.baseline or 0].run
    alone = shown(language, [first], None, question=of.question)
    sub = language.say(
        "{points} points, {count} runs each, the same citizens with the same luck in every point.",
        points=language.number(len(of.points)),
        count=language.number(of.replications),
    )
    pictures = tuple(picture for picture in (lines(of), maps(of)) if picture is not None)
    sections = (assumptions(alone), made(alone), reproduce(alone))
    return SweepDocument(
        language,
        of.question,
        sub,
        band(alone),
        _answer(of),
        "" if NET_COST in of.told else of.money,
        pictures,
        what_if(of),
        table(of),
        sections,
    )


def _answer(of: Swept) -> str:
    """Say of each way out at which point fewest and at which most reach it, where the two differ clearly; and of money."""
    language = of.language
    people = [said for told in PEOPLE if told in of.told and (said := _span(of, told, 0))]
    money = _span(of, NET_COST, 1) if NET_COST in of.told else ""
    if people:
        first = language.say("Of 1,000 citizens at the start, fewest to most. {list}.", list="; ".join(people))
    else:
        first = language.say("In none of the ways out do the points differ by more than their 95 % intervals.")
    return f"{first} {money}." if money else first


def _span(of: Swept, told: Told, decimals: int) -> str:
    """Say at which point a figure is lowest and at which highest; empty: the two do not differ clearly."""
    language, signed = of.language, told == NET_COST
    found = [(estimate(language, told, point), point) for point in of.points]
    known = [one for one in found if not math.isnan(one[0][0])]
    (low, low_at), (high, high_at) = (pick(known, key=lambda one: one[0][0]) for pick in (min, max))
    if low[2] >= high[1]:
        return ""
    return language.say(
        "{label}: {low} ({low_at}) to {high} ({high_at})",
        label=language.say(told.label),
        low=language.number(low[0], decimals, signed=signed),
        low_at=point_text(of, low_at),
        high=language.number(high[0], decimals, signed=signed),
        high_at=point_text(of, high_at),
    )
