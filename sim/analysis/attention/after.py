"""What to look at in a finished run: overload, drift, idle hours, the bottleneck, keys without effect, calibration.

Everything follows from the run's config, its KPIs and its weekly tables, so it can be told again at any time.
"""

import math
from collections.abc import Iterator, Mapping

from sim.analysis.attention.bottleneck import bottleneck
from sim.analysis.attention.thresholds import (
    DRIFTED,
    FULL_SHARE,
    HARDLY_EVER,
    IDLE_SHARE,
    LESS_TIMELY,
    OVERDUE_SHARE,
    SHORT_SHARE,
)
from sim.analysis.attention.weekly import Change, changes, period
from sim.analysis.kpis import KPI_NAMES, KPIS
from sim.analysis.summary import Statistics, summarise
from sim.config.canonical import from_canonical
from sim.config.layers.effective import differs_from_default
from sim.config.schema import Config
from sim.config.toml.toml_text import key_text
from sim.config.unused import unused_keys
from sim.model.assembly import build
from sim.store.run import Run

NOT_CALIBRATED = (
    "not calibrated: results follow from the config's figures and assumptions, and no interval covers those"
)
"""Said of every run without the draws of a posterior."""
_EVENTS = {"internships": "internships_per_100_years", "clarification": "clarifications_per_100_years"}
"""KPIs that are above 0 where a group has the mechanism."""


def attention(run: Run) -> tuple[str, ...]:
    """Tell what to look at in a finished run, most important first, one sentence each.

    Raises
    ------
    UsageError
        If a file is damaged.
    """
    config = from_canonical(run.config)
    _, values = run.values(KPI_NAMES)
    kpis = {name: summarise(of_kpi) for name, of_kpi in values.items()}
    weekly = changes(run, config.run.horizon_weeks) if "weekly" in run.tables else None
    return (
        *(_of_weeks(config, kpis, weekly) if weekly is not None else (*_short(kpis), *_without_weeks())),
        *_idle(kpis["busy_share"], "coordinators'"),
        *_idle(kpis["others_busy_share"], "other roles'"),
        *_in_vain(config),
        _calibrated(run),
        *_overruled(run),
    )


def _calibrated(run: Run) -> str:
    """Say which of the config's figures were learnt from published ones."""
    of = run.manifest.posterior
    if of is None:
        return NOT_CALIBRATED
    return (
        f"{len(of['keys'])} keys of the config are draws of the calibration {of.get('calibration', '')}: what is "
        f"not known "
        "of them is in the results; all other figures and assumptions are as the config states them"
    )


def _overruled(run: Run) -> Iterator[str]:
    """Say which draws a policy with a date takes the place of."""
    yield from (run.manifest.posterior or {}).get("overruled", ())


def _of_weeks(config: Config, kpis: Mapping[str, Statistics], weekly: Mapping[str, Change]) -> Iterator[str]:
    weeks = period(config.run.horizon_weeks)
    overload = tuple(_overload(kpis, weekly, weeks))
    yield from overload or _short(kpis)
    yield from _drift(weekly["stock"], weeks)
    yield from _hardly_ever(config, kpis)
    text = bottleneck(build(config), weekly, {name: of.mean for name, of in kpis.items()})
    if text:
        yield text


def _without_weeks() -> Iterator[str]:
    yield "no weekly table is kept: overload, drift of the stock and the bottleneck were not looked for"


def _overload(kpis: Mapping[str, Statistics], weekly: Mapping[str, Change], weeks: int) -> Iterator[str]:
    """All hours in use, and many meetings are overdue, or ever fewer are in time."""
    overdue, timely, stock = weekly["overdue_meeting"], weekly["timely"], weekly["stock"]
    signs = []
    if overdue.last > OVERDUE_SHARE * stock.last:
        before = f", after {overdue.first:,.0f} in the first {weeks}" if overdue.grows else ""
        late = f"{overdue.last:,.0f} of {stock.last:,.0f} citizens have a meeting overdue"
        signs.append(f"in the last {weeks} weeks {late}{before}")
    if timely.shrinks and timely.first - timely.last > LESS_TIMELY:
        signs.append(f"meetings begun in time fall from {100 * timely.first:.0f} to {100 * timely.last:.0f} %")
    if signs and kpis["busy_share"].mean >= FULL_SHARE:
        in_use = f"coordinators' hours are {100 * kpis['busy_share'].mean:.1f} % in use"
        yield f"overloaded: {in_use}, and {'; '.join(signs)}"


def _short(kpis: Mapping[str, Statistics]) -> Iterator[str]:
    """All hours in use, and meetings steadily late or cut short: no queue grows, but work is not done as planned."""
    busy, timely, length = (kpis[name].mean for name in ("busy_share", "timely_share", "meeting_length"))
    if busy >= FULL_SHARE and min(timely, length) < SHORT_SHARE:
        yield (
            f"short of hours: the coordinators' are {100 * busy:.1f} % in use; {100 * timely:.0f} % of the meetings "
            f"are in time, at {100 * length:.0f} % of their planned length"
        )


def _drift(stock: Change, weeks: int) -> Iterator[str]:
    if not (stock.grows or stock.shrinks) or abs(stock.last - stock.first) <= DRIFTED * stock.first:
        return
    interval = "" if math.isnan(stock.low) else f", 95 % interval {stock.low:+,.0f} to {stock.high:+,.0f}"
    why = "more come than leave" if stock.grows else "fewer come than leave"
    share = f"; {100 * (stock.last / stock.first - 1):+.0f} %" if stock.first > 0 else ""
    yield (
        f"the stock drifts: {stock.first:,.0f} citizens in the first {weeks} weeks, {stock.last:,.0f} in the last "
        f"({stock.last - stock.first:+,.0f}{interval}{share}): {why}"
    )


def _hardly_ever(config: Config, kpis: Mapping[str, Statistics]) -> Iterator[str]:
    labels = {kpi.name: kpi.label for kpi in KPIS}
    never = [
        f"{labels[name]} {kpis[name].mean:.3g} per 100 citizen-years"
        for mechanism, name in _EVENTS.items()
        if any(getattr(group, mechanism) is not None for group in config.groups.values())
        and kpis[name].mean < HARDLY_EVER
    ]
    if never:
        yield f"hardly ever, though the config has it: {'; '.join(never)}"


def _idle(busy: Statistics, whose: str) -> Iterator[str]:
    if 1.0 - busy.mean > IDLE_SHARE:
        low, high = 100.0 * (1.0 - busy.ci95_high), 100.0 * (1.0 - busy.ci95_low)
        interval = "" if math.isnan(low) else f" ({low:.1f} to {high:.1f})"
        yield f"hours that nobody uses: {100 * (1 - busy.mean):.1f} %{interval} of the {whose}"


def _in_vain(config: Config) -> Iterator[str]:
    told = [f"{key_text(path)} ({why})" for path, why in unused_keys(config) if differs_from_default(config, path)]
    if told:
        yield f"without effect: {'; '.join(told)}"
