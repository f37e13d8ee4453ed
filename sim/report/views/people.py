"""Pictures of the starting citizens: where they are, by when they have reached what, and which ways they go."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.analysis.course.band import Band, band
from sim.analysis.course.people import TOLD, UNDECIDED
from sim.catalogue import Destination, Reached, TeamDecision
from sim.report.language import Language
from sim.report.view import Cell, Column, Interval, Number, View, figure
from sim.report.views.axes import even_ticks, time_text, week_ticks
from sim.report.views.picture import Flow, Key, Layer, Lines, Link, Node, Picture, Series, Stack
from sim.report.views.shown import Shown, Variant

Floats = NDArray[np.float64]
PER = 1000.0
"""People are told of per 1,000 starting citizens."""
_GONE = (
    Destination.JOB,
    Destination.EDUCATION,
    Destination.FLEKSJOB,
    Destination.PENSION,
    Destination.RESOURCE_COURSE,
    Destination.OTHER,
)
REACHED = (
    Reached.JOB,
    Reached.RESOURCE_COURSE,
    Reached.PENSION,
    Reached.AWARDED,
    Reached.EDUCATION,
    Reached.OTHER,
)
_EVERY = 4
"""Weeks between the points of a curve."""


def short(language: Language, named: Destination | Reached | TeamDecision) -> str:
    """Label without what stands in brackets behind it, with a capital letter."""
    return sentence(language.label(named).partition(" (")[0])


def sentence(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]


def points(horizon: int) -> NDArray[np.int64]:
    """Weeks at which curves are drawn: every fourth, and the last."""
    return np.unique([*range(0, horizon, _EVERY), horizon])


def reached_band(variant: Variant, event: Reached) -> Band:
    """Of 1,000 starting citizens: who has reached something, by week."""
    of = variant.course
    return band(PER * of.reached[:, TOLD.index(event)] / of.number[:, None], variant.per_draw)


def whereabouts(of: Shown) -> Picture:
    """Draw where the starting citizens are, as layers over time: who has left, and those on other schemes."""
    language, weeks = of.language, points(of.variants[0].horizon)
    shares = [_layers(variant, language) for variant in of.everyone]
    used = {key for layers in shares for key, _, values in layers if values.max() >= 0.5}
    home = _home(of.everyone[0])
    highest = max(sum(values[-1] for key, _, values in layers if key != home) for layers in shares)
    yticks = even_ticks(language, highest, most=4)
    panels, alts = [], []
    for variant, layers in zip(of.everyone, shares, strict=True):
        drawn = [
            Layer(key, label, values[weeks], language.number(float(values[-1])))
            for key, label, values in layers
            if key in used and key != home
        ]
        panels.append(
            Stack(variant.label, weeks.astype(float), tuple(drawn), week_ticks(language, variant.horizon), yticks)
        )
        ends = ", ".join(f"{layer.label} {layer.end}" for layer in drawn)
        alts.append(f"{variant.label}: {ends}")
    caption = language.say(
        "Of 1,000 starting citizens, by month. The rest, up to 1,000, are still on {scheme}.",
        scheme=language.name(home),
    )
    return Picture(
        "whereabouts", language.say("Where the starting citizens are"), caption, tuple(panels), tuple(alts),
        _where_table(of, shares, used),
    )  # fmt: skip


def _home(variant: Variant) -> str:
    """The scheme that most are on at the start."""
    of = variant.course
    return of.schemes[int(of.present[:, :, 0].sum(axis=0).argmax())]


def _layers(variant: Variant, language: Language) -> list[tuple[str, str, Floats]]:
    """Means per 1,000 by week: those who have left, then those on each scheme, the one at home last."""
    of = variant.course
    gone = (PER * of.gone / of.number[:, None, None]).mean(axis=0)
    present = (PER * of.present / of.number[:, None, None]).mean(axis=0)
    home = _home(variant)
    found = [
        (destination.key, short(language, destination), gone[destination])
        for destination in _GONE
        if destination is not Destination.OTHER
    ]
    for name, values in zip(of.schemes, present, strict=True):
        if name != home:
            found.append((f"on_{name}", language.say("On {scheme}", scheme=language.name(name)), values))
    found.append((Destination.OTHER.key, short(language, Destination.OTHER), gone[Destination.OTHER]))
    found += [(home, sentence(language.name(home)), present[of.schemes.index(home)])]
    return found


def _where_table(of: Shown, shares: Sequence[list[tuple[str, str, Floats]]], used: set[str]) -> View:
    horizon = of.variants[0].horizon
    weeks = [week for week in (52, 104, 156, 208) if week < horizon - 2] + [horizon]
    columns = [
        figure(of.language.say("{name}, week {week}", name=variant.label, week=week))
        for week in weeks
        for variant in of.everyone
    ]
    rows: list[tuple[Cell, ...]] = []
    for i, (key, label, _) in enumerate(shares[0]):
        if key in used:
            cells = [Number(float(layers[i][2][week]), 0) for week in weeks for layers in shares]
            rows.append((label, *cells))
    title = of.language.say("Of 1,000 starting citizens, mean of {count} runs", count=of.replications)
    return View(title, (Column(""), *columns), tuple(rows))


def reached(of: Shown) -> Picture:
    """Draw how many have reached each end by when, one panel each, all on one scale."""
    language, weeks = of.language, points(of.variants[0].horizon)
    found = {event: [reached_band(variant, event) for variant in of.everyone] for event in REACHED}
    found = {event: bands for event, bands in found.items() if any(b.mean[-1] > 0.0 for b in bands)}
    yticks = even_ticks(language, max(float(b.p95[-1]) for bands in found.values() for b in bands), most=2)
    panels, alts = [], []
    for event, bands in found.items():
        series = tuple(
            series_of(variant, b, weeks, language.number(float(b.mean[-1])))
            for variant, b in zip(of.everyone, bands, strict=True)
        )
        title = short(language, event)
        panels.append(
            Lines(title, weeks.astype(float), series, week_ticks(language, of.variants[0].horizon), yticks)
        )
        alts.append(f"{title}: {', '.join(f'{one.label} {one.end}' for one in series)}")
    caption = language.say(
        "Of 1,000 starting citizens, all panels on one scale. Dark band: 95 % interval of the mean. Pale band: 9 in "
        "10 single runs. A citizen who leaves one way can no longer leave another (competing risks)."
    )
    return Picture(
        "reached", language.say("How many have reached it by when"), caption, tuple(panels), tuple(alts),
        _reached_table(of, found), across=3, legend=variant_keys(of),
    )  # fmt: skip


def series_of(variant: Variant, of: Band, places: NDArray[np.int64], end: str) -> Series:
    """Make a line of a band, at some of its places."""
    return Series(variant.key, variant.label, end, *(values[places] for values in of))


def variant_keys(of: Shown) -> tuple[Key, ...]:
    """Legend of the variants' lines."""
    return tuple(Key(variant.key, variant.label, line=True) for variant in of.everyone)


def _reached_table(of: Shown, found: dict[Reached, list[Band]]) -> View:
    horizon = of.variants[0].horizon
    weeks = [week for week in (13, 26, 52, 104, 156) if week < horizon - 2] + [horizon]
    rows: list[tuple[Cell, ...]] = []
    for event, bands in found.items():
        for variant, b in zip(of.everyone, bands, strict=True):
            cells: list[Cell] = []
            for week in weeks:
                mean, low, high = (float(values[week]) for values in b[:3])
                cells += [Number(mean, 1), Interval(low, high, 1)]
            rows.append((short(of.language, event), variant.label, *cells))
    headings = [
        figure(heading)
        for week in weeks
        for heading in (of.language.say("week {week}", week=week), of.language.say("95 % interval"))
    ]
    title = of.language.say("Of 1,000 starting citizens, {count} runs", count=of.replications)
    return View(title, (Column(""), Column(""), *headings), tuple(rows))


def ways(of: Shown) -> Picture:
    """Draw which ways the starting citizens go, as ribbons from scheme to decision to end."""
    language = of.language
    panels, alts = [], []
    for variant in of.everyone:
        panel, alt = _flow(variant, language)
        panels.append(panel)
        alts.append(f"{variant.label}: {alt}")
    time = time_text(language, of.variants[0].horizon)
    title = language.say("Which ways 1,000 starting citizens go in {time}", time=time)
    caption = language.say(
        "Width: citizens. Left: the scheme at the start. Middle: the last decision of the rehabilitation team. "
        "Right: where they are after {time}. Mean of {count} runs.",
        time=time,
        count=of.replications,
    )
    return Picture("ways", title, caption, tuple(panels), tuple(alts), _ways_table(of))


def _counts(variant: Variant) -> Floats:
    of = variant.course
    return np.asarray((PER * of.ways / of.number[:, None, None, None]).mean(axis=0))


def _ends(variant: Variant, language: Language) -> list[tuple[str, str]]:
    return [
        *((d.key, short(language, d)) for d in Destination),
        *(
            (f"on_{name}", language.say("Still on {scheme}", scheme=language.name(name)))
            for name in variant.course.schemes
        ),
    ]


def _flow(variant: Variant, language: Language) -> tuple[Flow, str]:
    counts = _counts(variant)
    of = variant.course
    ends = _ends(variant, language)
    schemes = [(f"on_{name}", sentence(language.name(name))) for name in of.schemes]
    decisions = [(d.key, short(language, d)) for d in TeamDecision]

    def nodes(named: Sequence[tuple[str, str]], sizes: Floats, order: Sequence[int]) -> tuple[Node, ...]:
        return tuple(
            Node(named[i][0], f"{language.number(float(sizes[i]))} {named[i][1]}", float(sizes[i])) for i in order
        )

    at_start, decided, at_end = counts.sum(axis=(1, 2)), counts.sum(axis=(0, 2)), counts.sum(axis=(0, 1))
    first = [i for i in np.argsort(-at_start, kind="stable") if at_start[i] >= 0.05]
    middle = [int(d) for d in _MIDDLE if decided[d] >= 0.05]
    on_home = len(Destination) + int(at_start.argmax())
    order = [
        int(Destination.JOB), int(Destination.EDUCATION), int(Destination.OTHER), on_home,
        *(len(Destination) + i for i in range(len(schemes)) if len(Destination) + i != on_home),
        int(Destination.RESOURCE_COURSE), int(Destination.FLEKSJOB), int(Destination.PENSION),
    ]  # fmt: skip
    last = [i for i in order if at_end[i] >= 0.05]
    links: list[Link] = []
    for s in first:
        for d in (UNDECIDED, *middle):
            for e in last:
                size = float(counts[s, d, e])
                if size >= _THINNEST:
                    links += _ribbons((first.index(s), d, last.index(e)), middle, size, ends[e][0])
    panel = Flow(
        variant.label,
        (language.say("At the start"), language.say("Team decides"), language.say("At the end")),
        (nodes(schemes, at_start, first), nodes(decisions, decided, middle), nodes(ends, at_end, last)),
        tuple(links),
        PER,
    )
    return panel, ", ".join(node.label for node in panel.columns[2])


_MIDDLE = (TeamDecision.BACK, TeamDecision.RESOURCE_COURSE, TeamDecision.FLEKSJOB, TeamDecision.PENSION)
_DECISIONS = tuple(TeamDecision)
_THINNEST = 0.05
"""Citizens of 1,000 below whom a way is not drawn; the table has it."""


def _ribbons(way: tuple[int, int, int], middle: Sequence[int], size: float, key: str) -> list[Link]:
    """Give the ribbons of one way: straight through, or by a decision."""
    start, decision, end = way
    if decision == UNDECIDED:
        return [Link((0, start), (2, end), size, key)]
    at = (1, middle.index(decision))
    return [Link((0, start), at, size, _DECISIONS[decision].key), Link(at, (2, end), size, key)]


def _ways_table(of: Shown) -> View:
    language = of.language
    counts = [_counts(variant) for variant in of.everyone]
    ends = _ends(of.variants[0], language)
    rows: list[tuple[Cell, ...]] = []
    for s, name in enumerate(of.variants[0].course.schemes):
        for d in (UNDECIDED, *(int(one) for one in TeamDecision)):
            for e, (_, label) in enumerate(ends):
                sizes = [float(found[s, d, e]) for found in counts]
                if max(sizes) >= _THINNEST:
                    decision = language.say("none") if d == UNDECIDED else short(language, _DECISIONS[d])
                    rows.append(
                        (sentence(language.name(name)), decision, label, *(Number(size, 1) for size in sizes))
                    )
    headings = (language.say("At the start"), language.say("Team decides"), language.say("At the end"))
    title = language.say("Of 1,000 starting citizens, mean of {count} runs", count=of.replications)
    columns = (*(Column(h) for h in headings), *(figure(variant.label) for variant in of.everyone))
    return View(title, columns, tuple(rows))
