"""A sweep: lines over a factor, maps of two, and every simulated point with its figures, for what-if sliders."""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.comparison.paired import paired
from sim.analysis.kpis import KPI_NAMES
from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import split_key
from sim.config.toml.toml_text import key_text, value_text
from sim.report.language import Language
from sim.report.sweep import short_cell
from sim.report.view import UNDEFINED, Cell, Column, Estimate, Interval, Number, View, figure
from sim.report.views.axes import even_ticks
from sim.report.views.differences import PEOPLE, Told
from sim.report.views.people import PER, sentence
from sim.report.views.picture import Heat, Key, Lines, Picture, Series
from sim.report.views.shown import KEYS
from sim.report.views.sweep_money import NET_COST, priced
from sim.store.manifest import Manifest
from sim.store.plan import read_plan
from sim.store.run import Run

Floats = NDArray[np.float64]
Value = float | int | bool | str | None

MEASURES = (
    *PEOPLE,
    Told("cohort_internship_share", "Internship", PER),
    Told("timely_share", "Meetings in time, %", 100.0),
    Told("busy_share", "Caseworkers' hours in use, %", 100.0),
    Told("extra_meetings_per_year", "Extra meetings per citizen and year", 1.0),
    Told("clarifications_per_100_years", "Cases decided per 100 citizen-years", 1.0),
)
"""What a sweep is told by; people per 1,000 starting citizens."""
_MOST_LINES = 5


class Factor(NamedTuple):
    """What varies.

    Attributes
    ----------
    name, label
        Key or name in the plan, and what it is called.
    numeric
        Whether its values are numbers.
    levels
        Its values, numbers rising, others in the order of the plan.
    """

    name: str
    label: str
    numeric: bool
    levels: tuple[Value, ...]


class Point(NamedTuple):
    """A simulated point: its run, the level of each factor, its values by key figure, and the command that makes it."""

    run: Run
    cells: tuple[Value, ...]
    values: Mapping[str, Floats]
    command: str


class Swept(NamedTuple):
    """A sweep as it is shown.

    Attributes
    ----------
    language, question
        As of a report.
    factors, points
        What varies, and what was simulated.
    baseline
        Place of the point that the others are compared with; None: none is stated.
    told
        Key figures that are shown: those that are defined, and differ somewhere; net cost last, where there is one.
    money
        What is to be known of the net cost, or why there is none.
    """

    language: Language
    question: str
    factors: tuple[Factor, ...]
    points: tuple[Point, ...]
    baseline: int | None
    told: tuple[Told, ...]
    money: str

    @property
    def replications(self) -> int:
        """Runs of each point; the fewest, if they differ."""
        return min(len(point.values[KPI_NAMES[0]]) for point in self.points)


def swept(
    language: Language,
    directory: Path,
    runs: Sequence[Run],
    baseline: Run | None,
    question: str | None,
    money: Path | None = None,
) -> Swept:
    """Read a sweep for a report.

    Parameters
    ----------
    language
        In which it is told.
    directory
        Of the sweep.
    runs
        Its points, in the order of the plan.
    baseline
        One of them; None: none.
    question
        Instead of the experiment's.
    money
        A file of prices instead of the points' own.

    Raises
    ------
    UsageError
        If a file of prices is given and the points cannot be priced by it.
    """
    manifest = runs[0].manifest
    plan = read_plan(directory, manifest)
    names = plan.column_names[2:-2]
    columns = [plan[name].to_pylist() for name in names]
    cells = {variant: tuple(c[i] for c in columns) for i, variant in enumerate(plan["variant"].to_pylist())}
    factors = tuple(_factor(language, manifest, name, plan[name]) for name in names)
    paid = priced(language, runs, baseline, money)
    points = []
    for i, run in enumerate(runs):
        _, found = run.values(KPI_NAMES)
        values = {**found, NET_COST.kpi: paid.values[i]} if paid.values else found
        points.append(Point(run, cells[run.variant], values, _command(manifest, names, cells[run.variant], run)))
    place = next((i for i, run in enumerate(runs) if baseline is not None and run.variant == baseline.variant), None)
    stated: str = manifest.definition["experiment"]["question"]
    asked = question or stated or language.say("What happens in {name}?", name=manifest.name.replace("_", " "))
    told = (*_told(points), NET_COST) if paid.values else _told(points)
    return Swept(language, asked, factors, tuple(points), place, told, paid.note)


def _told(points: Sequence[Point]) -> tuple[Told, ...]:
    found = []
    for told in MEASURES:
        means = [_mean(point.values[told.kpi]) for point in points]
        known = [mean for mean in means if not math.isnan(mean)]
        if known and told.scale * (max(known) - min(known)) > 1e-9:
            found.append(told)
    return tuple(found)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan


def _factor(language: Language, manifest: Manifest, name: str, column: pa.ChunkedArray) -> Factor:
    values = column.to_pylist()
    numeric = all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)
    levels = sorted(set(values)) if numeric else list(dict.fromkeys(values))
    definition = manifest.definition["factors"].get(name) or {}
    label = definition.get("label") or ("variant" if name == "base_variant" else name.rpartition(".")[2])
    known = {"citizens_per_coordinator": "citizens per caseworker", "variant": "variant"}
    shown = language.say(known[label]) if label in known else label.replace("_", " ")
    return Factor(name, shown, numeric, tuple(levels))


def level_text(language: Language, value: Value) -> str:
    """Write a level of a factor."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        decimals = next((d for d in range(4) if abs(value - round(value, d)) < 1e-9), 3)
        return language.number(float(value), decimals)
    return short_cell(value)


def point_text(of: Swept, point: Point) -> str:
    """Name a point by its levels."""
    cells = zip(of.factors, point.cells, strict=True)
    return ", ".join(f"{factor.label} {level_text(of.language, value)}" for factor, value in cells)


def _command(manifest: Manifest, names: Sequence[str], cells: Sequence[Value], run: Run) -> str:
    """Give the command that simulates a point by itself."""
    definition = manifest.definition
    by_name = dict(zip(names, cells, strict=True))
    variant = definition["variants"].get(str(by_name.get("base_variant")), {})
    settings: dict[str, Any] = {**definition["experiment"]["settings"], **(variant.get("settings") or {})}
    for name, cell in by_name.items():
        factor = definition["factors"].get(name)
        if factor is None:
            continue
        if factor.get("levels") is not None:
            settings |= factor["levels"][str(cell)]
        else:
            settings |= dict.fromkeys(factor.get("keys") or [name], "none" if cell is None else cell)
    base = variant.get("config") or definition["experiment"]["base"]
    words = ["sim run", _shell(_base_path(manifest, base))]
    for path, value in _flat(settings):
        written = value if isinstance(value, str) and not _is_word(path) else value_text(value)
        words.append(f"--set {_shell(f'{path}={written}')}")
    replications = len(run.values([])[0])
    words.append(f"--replications {replications} --seed {manifest.seed} --out {_shell(f'results/{run.variant}')}")
    return " ".join(words)


def _is_word(path: str) -> bool:
    """Whether a text is the value itself; if not, it is a value as it stands in a file, such as a distribution."""
    shape = CONFIG.at(split_key(path))
    return shape.type is str or bool(shape.choices)


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, Mapping) and not CONFIG.at(split_key(path)).is_one_of:
            yield from _flat({key_text((inner,)): item for inner, item in value.items()}, path)
        else:
            yield path, value


def _shell(text: str) -> str:
    safe = all(letter.isalnum() or letter in "._/=-+" for letter in text)
    return text if safe else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base_path(manifest: Manifest, base: str) -> str:
    """Path of the base config from where the sweep was started; as the experiment has it where that is not known."""
    typed = manifest.typed("sweep")
    files = [word for word in (typed[-1].split() if typed else []) if word.endswith(".toml")]
    if not files:
        return base
    parts: list[str] = []
    for part in (*Path(files[0]).parent.parts, *base.split("/")):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def estimate(language: Language, told: Told, point: Point) -> tuple[float, float, float]:
    """Give a key figure of a point with its interval, as shown; NaN where it cannot be computed."""
    from sim.analysis.summary import summarise

    found = summarise(point.values[told.kpi])
    low, high = found.ci95_low, found.ci95_high
    if math.isnan(low):
        low = high = found.mean
    return told.scale * found.mean, told.scale * low, told.scale * high


def figures(language: Language, told: Told, found: tuple[float, float, float]) -> tuple[Number, Interval]:
    """Write a figure and its interval: whole from 10 on, more where the interval would collapse; money with its sign."""
    mean, low, high = found
    signed = told == NET_COST
    decimals = 0 if abs(mean) >= 10 and not signed else 1
    while signed and decimals < 3 and 0.0 < high - low < 2.0 * 10.0**-decimals:
        decimals += 1
    return Number(mean, decimals, signed), Interval(low, high, decimals, signed)


def lines(of: Swept) -> Picture | None:
    """Draw each key figure over the first factor of numbers, a line for each level of another; None: there is none."""
    language = of.language
    numeric = [i for i, factor in enumerate(of.factors) if factor.numeric and len(factor.levels) > 1]
    if not numeric:
        return None
    x = max(numeric, key=lambda i: len(of.factors[i].levels))
    others = [i for i in range(len(of.factors)) if i != x and len(of.factors[i].levels) > 1]
    groups: dict[tuple[Value, ...], list[Point]] = {}
    for point in of.points:
        groups.setdefault(tuple(point.cells[i] for i in others), []).append(point)
    if any(len({point.cells[x] for point in group}) < 2 for group in groups.values()) or len(groups) > _MOST_LINES:
        return None
    panels, alts = [], []
    xs = np.array([v for v in of.factors[x].levels if isinstance(v, (int, float))], np.float64)
    for told in of.told:
        series, ends = [], []
        found = {point.run.variant: estimate(language, told, point) for point in of.points}
        top = max(high for _, _, high in found.values() if not math.isnan(high))
        for key, (levels, group) in zip(KEYS, groups.items(), strict=False):
            at = {p.cells[x]: found[p.run.variant] for p in group}
            values = np.array([at.get(level, (math.nan,) * 3) for level in of.factors[x].levels]).T
            named = ", ".join(
                f"{of.factors[i].label} {level_text(language, level)}"
                for i, level in zip(others, levels, strict=True)
            )
            signed = told == NET_COST
            decimals = 0 if top >= 10 and not signed else 1
            end = language.number(float(values[0][-1]), decimals, signed=signed)
            series.append(Series(key, named, end, values[0], values[1], values[2], np.array([]), np.array([])))
            first = language.number(float(values[0][0]), decimals, signed=signed)
            ends.append(f"{named} {first} - {end}".strip())
        xticks = tuple((float(v), level_text(language, float(v))) for v in _few(xs))
        title = language.say(told.label)
        lowest = min(0.0, *(low for _, low, _ in found.values() if not math.isnan(low)))
        yticks = even_ticks(language, 100.0 if told.label.endswith("%") else top, lowest=lowest, most=2)
        panels.append(Lines(title, xs, tuple(series), xticks, yticks, dots=True))
        alts.append(f"{title}: {'; '.join(ends)}")
    caption = language.say(
        "Dots: the points that were simulated, {count} runs each, with 95 % intervals; people per 1,000 starting "
        "citizens. The straight lines between them only guide the eye. From left to right: {factor}.",
        count=language.number(of.replications),
        factor=of.factors[x].label,
    )
    caption = _with_money(of, caption)
    title = language.say("Step by step: {factor}", factor=of.factors[x].label)
    legend = tuple(Key(one.key, one.label, line=True) for one in panels[0].series) if others else ()
    return Picture("lines", title, caption, tuple(panels), tuple(alts), table(of), across=4, legend=legend)


def _with_money(of: Swept, caption: str) -> str:
    return f"{caption} {of.money}" if NET_COST in of.told else caption


def _few(xs: Floats) -> list[float]:
    """Choose the first, the last, and between them what is not too near."""
    span = float(xs[-1] - xs[0])
    kept = [float(xs[0])]
    for value in xs[1:-1]:
        if value - kept[-1] >= 0.22 * span and xs[-1] - value >= 0.22 * span:
            kept.append(float(value))
    return [*kept, float(xs[-1])]


def maps(of: Swept) -> Picture | None:
    """Draw each key figure as a map of two factors; None: there are not two that were combined as a grid."""
    language = of.language
    varied = [i for i, factor in enumerate(of.factors) if len(factor.levels) > 1]
    if len(varied) != 2:
        return None
    x, y = varied
    at = {(point.cells[x], point.cells[y]): point for point in of.points}
    xs, ys = of.factors[x].levels, of.factors[y].levels
    if len(at) != len(of.points) or len(at) < 0.6 * len(xs) * len(ys) or max(len(xs), len(ys)) > 12:
        return None
    panels, alts = [], []
    for told in of.told:
        values = np.full((len(ys), len(xs)), np.nan)
        for j, level_y in enumerate(ys):
            for i, level_x in enumerate(xs):
                if (level_x, level_y) in at:
                    values[j, i] = estimate(language, told, at[level_x, level_y])[0]
        decimals, signed = 0 if np.nanmax(np.abs(values)) >= 10 else 1, told == NET_COST
        texts = tuple(
            tuple("" if np.isnan(v) else language.number(float(v), decimals, signed=signed) for v in row)
            for row in values
        )
        title = language.say(told.label)
        panels.append(
            Heat(
                title, of.factors[x].label, of.factors[y].label, tuple(level_text(language, v) for v in xs),
                tuple(level_text(language, v) for v in ys), values, texts,
            )
        )  # fmt: skip
        low, high = (language.number(float(v), decimals) for v in (np.nanmin(values), np.nanmax(values)))
        alts.append(language.say("{title}: from {low} to {high}", title=title, low=low, high=high))
    caption = language.say(
        "Mean of {count} runs at each simulated point; people per 1,000 starting citizens. Light: much, dark: little.",
        count=language.number(of.replications),
    )
    caption = _with_money(of, caption)
    title = language.say("{a} and {b} together", a=sentence(of.factors[x].label), b=of.factors[y].label)
    return Picture("maps", title, caption, tuple(panels), tuple(alts), table(of), across=3)


def table(of: Swept) -> View:
    """Tabulate every point: its levels, and each key figure with its interval."""
    language = of.language
    rows: list[tuple[Cell, ...]] = []
    for i, point in enumerate(of.points):
        mark = f" ({language.say('baseline')})" if i == of.baseline else ""
        cells: list[Cell] = [level_text(language, value) for value in point.cells]
        cells[0] = f"{cells[0]}{mark}"
        for told in of.told:
            cells.append(Estimate(*figures(language, told, estimate(language, told, point))))
        rows.append(tuple(cells))
    columns = [Column(factor.label) for factor in of.factors] + [
        figure(language.say(told.label)) for told in of.told
    ]
    title = language.say(
        "Every simulated point, {count} runs each; people per 1,000 starting citizens",
        count=language.number(of.replications),
    )
    return View(title, tuple(columns), tuple(rows))


class Slider(NamedTuple):
    """A slider: its factor, and its levels as places on it and as texts."""

    label: str
    levels: tuple[str, ...]


class WhatIf(NamedTuple):
    """What the sliders show: precomputed points, nothing between them.

    Attributes
    ----------
    sliders
        One for each factor.
    headings
        Of the table.
    rows
        Names of its rows.
    points
        For each point its place on every slider, its name, its cells by row, and its command.
    start
        Place of the point shown first.
    """

    sliders: tuple[Slider, ...]
    headings: tuple[str, ...]
    rows: tuple[str, ...]
    points: tuple[Mapping[str, Any], ...]
    start: int


def what_if(of: Swept) -> WhatIf:
    """Prepare the sliders over the simulated points: every text is written here, the page only chooses."""
    language = of.language
    base = None if of.baseline is None else of.points[of.baseline]
    points = []
    for point in of.points:
        rows = []
        for told in of.told:
            found = [language.cell(cell) for cell in figures(language, told, estimate(language, told, point))]
            if told == NET_COST:  # It is a difference, and has no level of its own.
                rows.append([UNDEFINED, UNDEFINED, *found])
                continue
            cells = found
            if base is not None:
                both = paired(point.values[told.kpi], base.values[told.kpi])
                d, d_low, d_high = (told.scale * v for v in (both.difference, both.ci95_low, both.ci95_high))
                own = 0 if abs(d) >= 10 else 1
                cells += [language.number(d, own, signed=True), language.interval(d_low, d_high, own)]
            rows.append(cells)
        at = [factor.levels.index(value) for factor, value in zip(of.factors, point.cells, strict=True)]
        runs = language.number(len(point.values[KPI_NAMES[0]]))
        name = language.say("{point}: simulated, {count} runs.", point=sentence(point_text(of, point)), count=runs)
        points.append({"at": at, "name": name, "rows": rows, "command": point.command})
    headings = [language.say("expected"), language.say("95 % interval")]
    if base is not None:
        headings += [
            language.say("difference from {name}", name=point_text(of, base)),
            language.say("95 % interval"),
        ]
    sliders = tuple(
        Slider(sentence(factor.label), tuple(level_text(language, level) for level in factor.levels))
        for factor in of.factors
    )
    rows_named = tuple(language.say(told.label) for told in of.told)
    return WhatIf(sliders, tuple(headings), rows_named, tuple(points), of.baseline or 0)
