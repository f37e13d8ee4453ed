"""People: what differs of 1,000 starting citizens, and how sure it is."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from sim.analysis.comparison.paired import Paired
from sim.report.language import Language
from sim.report.views.differences import PEOPLE, counted, decimals_of, pair
from sim.report.views.people import PER
from sim.report.views.shown import Variant

_MORE = {
    "cohort_education_share": ("{n} more begin an education", "{n} fewer begin an education"),
    "cohort_fleksjob_share": ("{n} more are awarded a fleksjob", "{n} fewer are awarded a fleksjob"),
    "cohort_pension_share": ("{n} more get a disability pension", "{n} fewer get a disability pension"),
    "cohort_resource_course_share": ("{n} more start a resource course", "{n} fewer start a resource course"),
}


AS_MANY = 2.0
"""Of 1,000 people: an interval about 0 that reaches no further is told as "about as many"; a wider one says nothing."""


class Range(NamedTuple):
    """A difference with the ends of its interval, of 1,000 people or in kr; NaN ends: no interval."""

    value: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether chance alone hardly explains it: the interval leaves out 0; without one, if it is not 0."""
        if math.isnan(self.low):
            return self.value != 0.0
        return self.low > 0.0 or self.high < 0.0


def range_of(found: Paired) -> Range:
    """Give a paired difference of a share per 1,000 people."""
    return Range(PER * found.difference, PER * found.ci95_low, PER * found.ci95_high)


def people_sentence(language: Language, found: Sequence[tuple[str, Paired]], time: str) -> str:
    """Say what differs of 1,000 starting citizens: jobs first, then what else differs clearly, the most first.

    Parameters
    ----------
    language
        Of the sentence.
    found
        Of each key figure of `PEOPLE` its name and its difference; jobs first.
    time
        Within which, in words.
    """
    (_, job), *others = found
    begin = language.say("Of 1,000 citizens at the start, {what}", what=_job_part(language, job, time))
    told = [(kpi, one) for kpi, one in others if range_of(one).clear and abs(range_of(one).value) >= 0.95]
    told.sort(key=lambda one: -abs(one[1].difference))
    if not told:
        return f"{begin}."
    parts = [_count(language, kpi, range_of(one).value, decimals_of(one, PER)) for kpi, one in told]
    return language.say("{begin}, and about {others}.", begin=begin, others=language.listed(parts))


def _job_part(language: Language, found: Paired, time: str) -> str:
    of, decimals = range_of(found), decimals_of(found, PER)
    if found.identical or of.value == 0.0:
        return language.say("**exactly as many reach a job** within {time}", time=time)
    if not of.clear:
        text = "it **cannot be told whether more or fewer reach a job** within {time}: between {low} and {high}"
        if max(-of.low, of.high) <= AS_MANY:
            text = "**about as many reach a job** within {time} (between {low} and {high})"
        ends = (_signed(language, end, decimals) for end in (of.low, of.high))
        return language.say(text, time=time, **dict(zip(("low", "high"), ends, strict=True)))
    more = of.value > 0
    text = (
        "about **{n} more reach a job** within {time}" if more else "about **{n} fewer reach a job** within {time}"
    )
    words = language.say(text, n=language.number(abs(of.value), decimals), time=time)
    if math.isnan(of.low):
        return words
    low, high = sorted((abs(of.low), abs(of.high)))
    return f"{words} ({language.interval(low, high, decimals)})"


def _count(language: Language, kpi: str, value: float, decimals: int) -> str:
    more, fewer = _MORE[kpi]
    return language.say(more if value > 0 else fewer, n=language.number(abs(value), decimals))


def _signed(language: Language, value: float, decimals: int) -> str:
    """Write one end of a range about 0: "3 fewer", "5 more"."""
    number = language.number(abs(value), decimals)
    return language.say("{n} fewer", n=number) if value < 0 else language.say("{n} more", n=number)


def sure_sentence(language: Language, variant: Variant, baseline: Variant) -> str:
    """Say in how many paired runs more reached a job, and what that means."""
    kpi = PEOPLE[0].kpi
    more, equal, fewer = counted(variant.kpis[kpi], baseline.kpis[kpi])
    found = pair(variant, baseline, kpi)
    counts = runs_counted(language, more, equal, fewer)
    if found.identical:
        means = language.say("what differs between the two does not touch jobs")
    elif range_of(found).clear:
        means = language.say("chance is an unlikely explanation of the difference")
    else:
        means = language.say("chance alone may explain the difference")
    return f"{counts}: {means}."


def runs_counted(language: Language, more: int, equal: int, fewer: int) -> str:
    """Say in how many paired runs more, equally many and fewer reached a job; noughts are left out where all agree."""
    every = more + equal + fewer
    texts = {
        more: "More citizens reached a job in all of the {all} paired runs",
        equal: "Equally many citizens reached a job in all of the {all} paired runs",
        fewer: "Fewer citizens reached a job in all of the {all} paired runs",
    }
    mixed = (
        "More citizens reached a job in {more} of the {all} paired runs, equally many in {equal}, fewer in {fewer}"
    )
    counts = {"more": more, "equal": equal, "fewer": fewer, "all": every}
    return language.say(
        texts.get(every, mixed), **{name: language.number(number) for name, number in counts.items()}
    )
