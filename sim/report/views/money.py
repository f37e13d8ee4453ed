"""What a variant costs and brings against the baseline: one table, the years, and whether the money comes back."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.band import band
from sim.analysis.ledger.figures import PAYBACK
from sim.analysis.ledger.judged import EXTRA, NET, Judged
from sim.analysis.ledger.lines import COORDINATORS, IN_ALL, MUNICIPALITY, STATE, Line
from sim.catalogue import COORDINATOR, WEEKS_PER_YEAR, Destination
from sim.report.language import NO_BREAK, Language
from sim.report.ledger_words import after_label, figure_label, line_label, payer_label, section_label
from sim.report.view import Cell, Column, Estimate, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.people import sentence
from sim.report.views.picture import Key, Layer, Lines, Picture, Series, Years
from sim.report.views.work import role_name

Floats = NDArray[np.float64]
_THOUSAND, _MILLION = 1e3, 1e6
_KEYS = {destination.label: destination.key for destination in Destination}


class Row(NamedTuple):
    """A line of the money table: what it is, and its place in each judgement's ledger (None: it is not there)."""

    key: str
    label: str
    lines: tuple[Line | None, ...]


class Judgement(NamedTuple):
    """How a judgement is told: the heading of its column, and its ledger."""

    heading: str
    of: Judged


def judgements(language: Language, found: Sequence[Judged]) -> tuple[Judgement, ...]:
    """Name the judgements."""
    if len(found) == 1:
        return (Judgement(language.say("the municipality pays"), found[0]),)
    headings = {
        False: language.say(
            "if fleksjob and pension cost as before"
            if found[0].neutral
            else "as the config prices fleksjob and pension"
        ),
        True: language.say("if fleksjob and pension save the benefit"),
    }
    return tuple(Judgement(headings[one.saves], one) for one in found)


def amount(of: Judged, line: Line, year: int = 0) -> tuple[float, float, float]:
    """Give the mean difference of a line in kr with its interval; `year`: 0 all, 1 the first calendar year."""
    i, found = of.place(line), of.intervals
    return tuple(float(x[i, year]) for x in (found.difference, found.ci95_low, found.ci95_high))  # type: ignore[return-value]


def rows_of(language: Language, found: Sequence[Judged]) -> tuple[Row, ...]:
    """List what the municipality pays more or less for, line by line; together it is the net cost."""
    rows: dict[str, Row] = {}
    for place, of in enumerate(found):
        for line in of.line_names:
            if line.payer != MUNICIPALITY or not line.counted:
                continue
            key, label = _named(language, of, line)
            lines: list[Line | None] = list(rows[key].lines) if key in rows else [None] * len(found)
            lines[place] = line
            rows[key] = Row(key, label, tuple(lines))
    return tuple(row for row in rows.values() if any(abs(value) >= 0.5 for value in _values(row, found)))


def _values(row: Row, found: Sequence[Judged]) -> list[float]:
    return [0.0 if line is None else amount(of, line)[0] for line, of in zip(row.lines, found, strict=True)]


def _named(language: Language, of: Judged, line: Line) -> tuple[str, str]:
    """Key and label of a line; where exits go to is the same line whatever they count as."""
    if line.section == "after the exit":
        what, _, _ = line.name.removesuffix(")").rpartition(" (")
        label = after_label(what, language).partition(" (")[0]
        return _KEYS.get(what, f"after {what}"), language.say("After the exit: {to}", to=label)
    who, _, what = line.name.rpartition(", ")
    if line.section == "staff" and what in ("posts", "filled"):
        name = role_name(language, COORDINATOR if who == COORDINATORS else who.replace(" ", "_"))
        posts = next((x for x in of.line_names if x.section == "quantities" and x.name == line.name), None)
        if posts is None:
            return f"staff {who}", name
        years = amount(of, posts)[0] / (float(of.edges[-1]) / WEEKS_PER_YEAR)
        more = language.number(years, 1, signed=True)
        return f"staff {who}", language.say("{who}, {posts} posts", who=name, posts=more)
    if line.section == "benefits":
        return f"on_{line.name}", sentence(language.name(line.name))
    return f"{line.section} {line.name}", sentence(line_label(line, language))


def money_table(language: Language, found: Sequence[Judged]) -> View:
    """Make the one money table: kr in thousands at the price level, not discounted, all years together."""
    named = judgements(language, found)
    rows: list[tuple[Cell, ...]] = [
        (row.label, *(Number(value / _THOUSAND, 0, signed=True) for value in _values(row, found)))
        for row in rows_of(language, found)
    ]
    rows.append((language.say("Net cost"), *(_estimate(of, NET) for of in found)))
    sums = len(rows) - 2
    if all(_known(of, IN_ALL[STATE]) for of in found):
        rows.append((language.say("Net cost of the state"), *(_estimate(of, IN_ALL[STATE]) for of in found)))
    if amount(found[0], EXTRA)[0] >= _THOUSAND:
        back = [1.0 - amount(of, NET)[0] / amount(of, EXTRA)[0] for of in found]
        label = language.say("Share of the extra cost that comes back")
        rows.append((label, *(language.per_cent(share) if share > 0 else language.say("none") for share in back)))
    title = language.say(
        "1,000 kr., {year} prices, {period}. Plus: costs the municipality more",
        year=found[0].price_year,
        period=period_text(found[0]),
    )
    return View(title, (Column(""), *(figure(one.heading) for one in named)), tuple(rows), frozenset({sums}))


def _known(of: Judged, line: Line) -> bool:
    return line in of.line_names and not math.isnan(amount(of, line)[0])


def _estimate(of: Judged, line: Line) -> Estimate:
    value, low, high = (x / _THOUSAND for x in amount(of, line))
    return Estimate(Number(value, 0, signed=True), Interval(low, high, 0, signed=True))


def period_text(of: Judged) -> str:
    """Write the years of a ledger: "2018–2019"."""
    first, last = of.years[0], of.years[-1]
    return f"{first}" if first == last else f"{first}–{last}"


def money_intervals(language: Language, found: Sequence[Judged]) -> View:
    """Tabulate every line of the money table with its interval, and the business case with its present values."""
    named = judgements(language, found)
    rows: list[tuple[Cell, ...]] = []
    for row in rows_of(language, found):
        cells: list[Cell] = []
        for line, of in zip(row.lines, found, strict=True):
            value, low, high = (x / _THOUSAND for x in amount(of, line)) if line else (0.0, math.nan, math.nan)
            cells += [Number(value, 0, signed=True), Interval(low, high, 0, signed=True)]
        rows.append((row.label, *cells))
    cells = []
    for of in found:
        value, low, high = (x / _THOUSAND for x in amount(of, NET))
        cells += [Number(value, 0, signed=True), Interval(low, high, 0, signed=True)]
    rows.append((language.say("Net cost"), *cells))
    end = len(rows) - 1
    for i, of_first in enumerate(found[0].figures):
        cells = []
        for of in found:
            cells += _figure_cells(language, of, i)
        label = figure_label(of_first.name, language)
        if of_first.unit == "kr":
            rate = language.number(100.0 * found[0].discount_rate, 1).removesuffix(f"{language.decimal}0")
            label = language.say("{figure}, present value at {rate} %", figure=label, rate=rate)
        elif of_first.unit != "share":
            label = f"{label}, {language.unit(of_first.unit)}"
        rows.append((sentence(label), *cells))
    headings = [figure(h) for one in named for h in (one.heading, language.say("95 % interval"))]
    title = language.say(
        "1,000 kr., {year} prices, {period}", year=found[0].price_year, period=period_text(found[0])
    )
    return View(title, (Column(""), *headings), tuple(rows), frozenset({end - 1, end}))


def _figure_cells(language: Language, of: Judged, i: int) -> list[Cell]:
    one = of.figures[i]
    scale, decimals = {"kr": (1 / _THOUSAND, 0), "share": (100.0, 0)}.get(one.unit, (1.0, 2))
    if math.isinf(one.value):
        return [language.say("not by the end of {year}", year=of.years[-1]), ""]
    suffix = f"{NO_BREAK}%" if one.unit == "share" and not math.isnan(one.value) else ""
    value = Number(scale * one.value, decimals, signed=one.unit == "kr", suffix=suffix)
    return [value, Interval(scale * one.ci95_low, scale * one.ci95_high, decimals, signed=one.unit == "kr")]


_GROUPED = ("staff", "evaluation", "programmes", "other")


def by_year(language: Language, of: Judged) -> Picture:
    """Draw what is paid more and less by calendar year, in million kr."""
    layers: dict[str, tuple[str, Floats]] = {}
    for row in rows_of(language, [of]):
        line = row.lines[0]
        if line is None:
            continue
        own = np.array([amount(of, line, 1 + y)[0] for y in range(len(of.years))]) / _MILLION
        key, label = row.key, row.label
        if line.section in _GROUPED:
            key, label = line.section, sentence(section_label(line.section, language))
        before = layers.get(key, (label, np.zeros(len(of.years))))[1]
        layers[key] = (label, before + own)
    net = np.array([amount(of, NET, 1 + y)[0] for y in range(len(of.years))]) / _MILLION
    parts = np.array([values for _, values in layers.values()]).reshape(-1, len(of.years))
    top = max(float(np.where(parts > 0, parts, 0.0).sum(axis=0).max()), float(net.max()), 0.0)
    bottom = min(float(np.where(parts < 0, parts, 0.0).sum(axis=0).min()), float(net.min()), 0.0)
    drawn = tuple(Layer(key, label, values) for key, (label, values) in layers.items())
    texts = tuple(language.number(float(value), 1, signed=True) for value in net)
    years = tuple(str(year) for year in of.years)
    panel = Years("", years, drawn, net, texts, even_ticks(language, top, lowest=bottom, most=5))
    alt = ", ".join(f"{year}: {text}" for year, text in zip(years, texts, strict=True))
    rows: list[tuple[Cell, ...]] = []
    for label, values in layers.values():
        cells = [Number(1e3 * float(v), 0, signed=True) for v in (*values, values.sum())]
        rows.append((label, *cells))
    value, low, high = (x / _THOUSAND for x in amount(of, NET))
    total = Estimate(Number(value, 0, signed=True), Interval(low, high, 0, signed=True))
    rows.append((language.say("Net cost"), *(Number(1e3 * float(v), 0, signed=True) for v in net), total))
    view = View(
        language.say("1,000 kr., {year} prices, {period}", year=of.price_year, period=period_text(of)),
        (Column(""), *(figure(year) for year in years), figure(language.say("in all"))),
        tuple(rows),
        frozenset({len(rows) - 2}),
    )
    caption = language.say(
        "Million kr., {year} prices. Above 0: costs the municipality more. The mark and the number: net cost of the "
        "year.",
        year=of.price_year,
    )
    legend = tuple(Key(key, label) for key, (label, _) in layers.items())
    return Picture(
        "money_by_year", language.say("What is paid more and less, by year"), caption, (panel,),
        (language.say("Net cost in million kr. by year: {ends}", ends=alt),), view, across=1, legend=legend,
    )  # fmt: skip


def paid_back(language: Language, found: Sequence[Judged]) -> Picture:
    """Draw the net cost so far, as present value: when it falls to 0 the money is back."""
    first = found[0]
    bands = [band(of.cumulative / _MILLION, of.per_draw) for of in found]
    high = max(float(b.p95.max()) for b in bands)
    low = min(float(b.p05.min()) for b in bands)
    keys = ("stated", "saves")
    series, alts = [], []
    for one, b, key in zip(judgements(language, found), bands, keys, strict=False):
        end = language.number(float(b.mean[-1]), 1)
        series.append(Series(key, one.heading, end, *b))
        alts.append(language.say("{name}: {end} million kr. at the end", name=one.heading, end=end))
    rings = []
    for of in found:
        payback = next(f for f in of.figures if f.name == PAYBACK).value
        if math.isfinite(payback) and payback > 0:
            words = language.say("back after {years} years (median)", years=language.number(payback, 1))
            rings.append((payback * WEEKS_PER_YEAR, 0.0, words))
    quarters = first.quarters
    xticks = tuple((float(first.edges[quarters.years.index(year)]), str(year)) for year in first.years)
    panel = Lines(
        "", first.edges, tuple(series), xticks, even_ticks(language, high, lowest=low, most=4), ring=tuple(rings)
    )
    rate = language.number(100.0 * first.discount_rate, 1).removesuffix(f"{language.decimal}0")
    caption = language.say(
        "Million kr., present value at {rate} % a year. Where the line falls to 0 the money is back. Dark band: "
        "95 % interval of the mean. Pale band: 9 in 10 single runs.",
        rate=rate,
    )
    rows: list[tuple[Cell, ...]] = []
    for one, b in zip(judgements(language, found), bands, strict=True):
        for q in range(0, len(first.edges), max(1, (len(first.edges) - 1) // 8)):
            week = language.say("week {week}", week=language.number(float(first.edges[q])))
            mean, ci = Number(float(b.mean[q]), 2), Interval(float(b.low[q]), float(b.high[q]), 2)
            rows.append((one.heading, week, mean, ci, Interval(float(b.p05[q]), float(b.p95[q]), 2)))
    headings = (language.say("million kr."), language.say("95 % interval"), language.say("9 in 10 runs"))
    view = View(
        language.say("Net cost so far, present value"), (Column(""), Column(""), *(figure(h) for h in headings)),
        tuple(rows),
    )  # fmt: skip
    legend = tuple(Key(one.key, one.label, line=True) for one in series)
    return Picture(
        "paid_back", language.say("Is the money back? Net cost so far"), caption, (panel,), ("; ".join(alts),), view,
        across=1, legend=legend,
    )  # fmt: skip


def payer_rows(language: Language, of: Judged) -> View:
    """Tabulate every line of the ledger by calendar year and payer, in thousand kr, counted or not."""
    rows: list[tuple[Cell, ...]] = []
    ends: list[int] = []
    section = ""
    for line in of.line_names:
        i = of.place(line)
        if line.unit != "kr" or bool(of.intervals.identical[i].all()) or not of.intervals.replications[i].any():
            continue
        if section and line.section != section:
            ends.append(len(rows) - 1)
        section = line.section
        label = line_label(line, language)
        name = label if line.section == "total" else f"{section_label(line.section, language)}: {label}"
        shown = sentence(name) if line.counted or line.section == "total" else f"({name})"
        cells = [Number(amount(of, line, 1 + y)[0] / _THOUSAND, 0, signed=True) for y in range(len(of.years))]
        value, low, high = (x / _THOUSAND for x in amount(of, line))
        interval = Interval(low, high, 0, signed=True)
        rows.append((shown, payer_label(line.payer, language), *cells, Number(value, 0, signed=True), interval))
    headings = (*(str(year) for year in of.years), language.say("in all"), language.say("95 % interval"))
    title = language.say(
        "Every line, 1,000 kr., {year} prices; in brackets: not in the totals, for comparison", year=of.price_year
    )
    columns = (Column(""), Column(language.say("payer")), *(figure(h) for h in headings))
    return View(title, columns, tuple(rows), frozenset(ends))
