"""The bottleneck: where work waits longest."""

import math

from sim.analysis.attention.bottleneck import Queue, longest_queue
from sim.analysis.attention.weekly import changes
from sim.analysis.kpis import KPI_NAMES
from sim.model.assembly import build
from sim.report.language import Language
from sim.report.views.shown import Shown, Variant


def bottleneck_sentence(of: Shown) -> str:
    """Say where work waits longest in each variant, the baseline first, and how much of the hours is used."""
    language = of.language
    order = [*([of.baseline] if of.baseline else []), *of.variants]
    several = len(order) > 1
    sentences = []
    for variant in order:
        where = queue_words(language, queue_of(variant))
        used = language.per_cent(float(variant.kpis["busy_share"].mean()))
        if several:
            sentences.append(
                language.say(
                    "{name}: {where}; {used} of the caseworkers' hours are in use.",
                    name=variant.label,
                    where=where,
                    used=used,
                )
            )
        else:
            sentences.append(
                language.say("{where}; {used} of the caseworkers' hours are in use.", where=where, used=used)
            )
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences)


_QUEUES = {
    "meetings": "the caseworkers' hours for meetings: {n} citizens have a meeting overdue",
    "cases": "the caseworkers' hours for cases: {n} cases are being made ready",
    "team": "the rehabilitation team: {n} complete cases wait for a decision",
    "internships": "the way to an internship: {n} citizens are ready and on nobody's list",
}

_UNAVOIDABLE = {
    "cases": "of which {n} are waits for documents",
    "team": "of which {n} are the way to the next meeting",
}
"""Parts of the wait that nobody can shorten."""


def queue_words(language: Language, queue: Queue) -> str:
    """Name the longest queue at the end, what waits in it, and how much of the wait nobody can shorten."""
    if queue.length < 0.5:
        return language.say("nothing waits at the end longer than it must")
    weeks = language.say("{n} weeks of work", n=language.number(queue.weeks)) if math.isfinite(queue.weeks) else ""
    what = language.say(_QUEUES[queue.kind], n=language.number(queue.length))
    words = f"{what}, {weeks or language.say('and none is served')}"
    if queue.unavoidable_weeks >= 0.5 and queue.kind in _UNAVOIDABLE:
        words += f" ({language.say(_UNAVOIDABLE[queue.kind], n=language.number(queue.unavoidable_weeks))})"
    if queue.is_long:
        return language.say("the longest queue at the end: {queue}", queue=words)
    return language.say("no queue at the end is a month longer than it must be; the longest: {queue}", queue=words)


def queue_of(variant: Variant) -> Queue:
    """Find where work waits longest in the last weeks of a run."""
    means = {name: float(values.mean()) for name, values in variant.kpis.items()}
    weekly = changes(variant.run, variant.horizon)
    return longest_queue(build(variant.config), weekly, {name: means[name] for name in KPI_NAMES})
