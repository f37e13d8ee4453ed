"""The committee's answer: what differs in people and in money, how sure it is, and where work waits, in sentences.

`**` stands around what is set in bold. The words (more, fewer, costs, saves) follow the sign of the figures; a range
is always told with its two ends.
"""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.analysis.attention.bottleneck import Queue, longest_queue
from sim.analysis.attention.weekly import changes
from sim.analysis.comparison.paired import Paired
from sim.analysis.course.band import band
from sim.analysis.course.people import TOLD
from sim.analysis.kpis import KPI_NAMES
from sim.analysis.ledger.judged import EXTRA, NET, Judged
from sim.catalogue import Reached
from sim.model.assembly import build
from sim.report.language import Language
from sim.report.views.axes import time_text
from sim.report.views.differences import PEOPLE, counted, decimals_of, pair
from sim.report.views.money import amount
from sim.report.views.people import PER
from sim.report.views.shown import Shown, Variant, only_caseload_differs

_LEAST_KR = 50_000.0
"""Below it an amount of millions is none: it would be told as 0.0."""

_MORE = {
    "cohort_education_share": ("{n} more begin an education", "{n} fewer begin an education"),
    "cohort_fleksjob_share": ("{n} more are awarded a fleksjob", "{n} fewer are awarded a fleksjob"),
    "cohort_pension_share": ("{n} more get a disability pension", "{n} fewer get a disability pension"),
    "cohort_resource_course_share": ("{n} more start a resource course", "{n} fewer start a resource course"),
}


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
        return language.say(
            "**about as many reach a job** within {time} (between {low} and {high})",
            time=time,
            low=_signed(language, of.low, decimals),
            high=_signed(language, of.high, decimals),
        )
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


def millions(language: Language, kr: float) -> str:
    """Write an amount in million kr., one decimal, without its sign."""
    return language.say("{amount} million kr.", amount=language.number(abs(kr) / 1e6, 1))


def _between(language: Language, low: float, high: float) -> str:
    ends = [language.number(end / 1e6, 1) for end in (low, high)]
    if ends[0] == ends[1]:
        return language.say("{amount} million kr.", amount=ends[0])
    return language.say("{low} to {high} million kr.", low=ends[0], high=ends[1])


def money_sentence(language: Language, extra: float, nets: Sequence[float], time: str, who: str) -> str:
    """Say what it costs and what of it comes back.

    Parameters
    ----------
    language
        Of the sentence.
    extra
        What is paid more for staff, evaluation, programmes and other, in kr; negative: less.
    nets
        Net cost under each judgement, the config's first.
    time
        Of the ledger, in words.
    who
        What costs it, such as "The extra caseworkers cost".
    """
    back = sorted(extra - net for net in nets)
    judged = (
        language.say(", depending on whether a fleksjob and a pension count as a saving")
        if len(nets) > 1 and back[-1] - back[0] >= _LEAST_KR
        else ""
    )
    if extra >= _LEAST_KR:
        paid = language.say("{who} {amount}", who=who, amount=millions(language, extra))
        if back[0] >= _LEAST_KR:
            comes = _between(language, back[0], back[-1])
            text = "{paid}, of which **{back} comes back** in the same {time}{judged}."
            if back[0] > extra:
                text = "{paid}; **more than that, {back}, comes back** in the same {time}{judged}."
            elif back[-1] > extra:
                text = "{paid}; **{back} comes back** in the same {time}{judged}: so that decides whether it pays."
            return language.say(text, paid=paid, back=comes, time=time, judged=judged)
        return _net_part(language, paid, nets, time, judged)
    if extra <= -_LEAST_KR:
        paid = language.say("Staff and programmes cost {amount} less", amount=millions(language, extra))
    else:
        paid = language.say("Staff and programmes cost the same")
    return _net_part(language, paid, nets, time, judged)


def _net_part(language: Language, paid: str, nets: Sequence[float], time: str, judged: str) -> str:
    low, high = min(nets), max(nets)
    if low >= _LEAST_KR:
        net = _between(language, low, high)
        text = "{paid}; in all the municipality **pays {net} more** in the same {time}{judged}."
    elif high <= -_LEAST_KR:
        net = _between(language, -high, -low)
        text = "{paid}; in all the municipality **saves {net}** in the same {time}{judged}."
    elif max(abs(low), abs(high)) < _LEAST_KR:
        return language.say("{paid}; in all the municipality **pays as much as before**.", paid=paid)
    else:
        net = language.interval(low / 1e6, high / 1e6, 1, signed=True)
        text = "{paid}; in all the municipality's **net cost is {net} million kr.** in the same {time}{judged}."
    return language.say(text, paid=paid, net=net, time=time, judged=judged)


def sure_sentence(language: Language, variant: Variant, baseline: Variant) -> str:
    """Say in how many paired runs more reached a job, and what that means."""
    kpi = PEOPLE[0].kpi
    more, equal, fewer = counted(variant.kpis[kpi], baseline.kpis[kpi])
    found = pair(variant, baseline, kpi)
    numbers = {"more": more, "equal": equal, "fewer": fewer, "all": more + equal + fewer}
    counts = language.say(
        "More citizens reached a job in {more} of the {all} paired runs, equally many in {equal}, fewer in {fewer}",
        **{name: language.number(number) for name, number in numbers.items()},
    )
    if found.identical:
        means = language.say("what differs between the two does not touch jobs")
    elif range_of(found).clear:
        means = language.say("chance is an unlikely explanation of the difference")
    else:
        means = language.say("chance alone may explain the difference")
    return f"{counts}: {means}."


def bottleneck_sentence(of: Shown) -> str:
    """Say where work waits longest in each variant, the baseline first, and how much of the hours is used."""
    language = of.language
    order = [*([of.baseline] if of.baseline else []), *of.variants]
    several = len(order) > 1
    sentences = []
    for variant in order:
        where = _queue_words(language, queue_of(variant))
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
    "meetings": "the caseworkers' hours for meetings: {n} citizens have a meeting overdue, {weeks} weeks of work",
    "cases": "the caseworkers' hours for cases: {n} cases are being made ready, {weeks} weeks of work",
    "team": "the rehabilitation team: {n} complete cases wait for a decision, {weeks} weeks of work",
    "internships": "the way to an internship: {n} citizens are ready and on nobody's list, {weeks} weeks of work",
}


def _queue_words(language: Language, queue: Queue | None) -> str:
    if queue is None:
        return language.say("nothing waits longer than a month beyond what nobody can shorten")
    n = language.number(queue.length)
    if math.isinf(queue.weeks):
        return language.say("{n} wait and none is served", n=n)
    return language.say(_QUEUES[queue.kind], n=n, weeks=language.number(queue.weeks))


def queue_of(variant: Variant) -> Queue | None:
    """Find where work waits longest in the last weeks of a run."""
    means = {name: float(values.mean()) for name, values in variant.kpis.items()}
    weekly = changes(variant.run, variant.horizon)
    return longest_queue(build(variant.config), weekly, {name: means[name] for name in KPI_NAMES})


class Answer(NamedTuple):
    """The answer on the committee's page; `**` around what is bold.

    Attributes
    ----------
    sentences
        People, and money if there are prices.
    sure
        How sure it is.
    bottleneck
        Where work waits.
    """

    sentences: tuple[str, ...]
    sure: str
    bottleneck: str


def answer(of: Shown, variant: Variant, baseline: Variant, found: Sequence[Judged]) -> Answer:
    """Answer for a pair of runs.

    Parameters
    ----------
    of
        What is shown.
    variant, baseline
        A and B.
    found
        Their ledgers under each judgement; empty: there are no prices.
    """
    language, time = of.language, time_text(of.language, variant.horizon)
    people = people_sentence(language, [(told.kpi, pair(variant, baseline, told.kpi)) for told in PEOPLE], time)
    sentences = [people]
    if found:
        who = language.say("The change costs")
        if only_caseload_differs(variant, baseline):
            who = language.say("The extra caseworkers cost")
        nets = [amount(one, NET)[0] for one in found]
        sentences.append(money_sentence(language, amount(found[0], EXTRA)[0], nets, time, who))
    return Answer(tuple(sentences), sure_sentence(language, variant, baseline), bottleneck_sentence(of))


def what_would_change(
    of: Shown, variant: Variant, baseline: Variant | None = None, found: Sequence[Judged] = ()
) -> tuple[str, ...]:
    """List what would change the answer: what the model leaves out, what is assumed, how long one looks, judgements.

    Parameters
    ----------
    of, variant, baseline, found
        As of `answer`.
    """
    language = of.language
    return tuple(
        text
        for text in (
            _direct_effect(language, variant),
            _contact(language, variant),
            _later(of, variant, baseline, found) if baseline is not None else "",
            _judgement(language, found),
        )
        if text
    )


def _direct_effect(language: Language, variant: Variant) -> str:
    exits = [group.exits.get("job") for group in variant.at_start.groups.values()]
    direct = [exit for exit in exits if exit is not None and _responds(exit.caseload)]
    if direct:
        return language.say(
            "**The direct effect of the caseload on jobs.** It is put in as a number; without it only hours differ."
        )
    return language.say(
        "**A direct effect of the caseload on jobs.** The model has none: all that differs comes out of hours. If a "
        "lower caseload also works in other ways, more reach a job."
    )


def _responds(response: object) -> bool:
    power = getattr(response, "power", None)
    if response is None:
        return False
    return power is None or float(power.elasticity) != 0.0


def _contact(language: Language, variant: Variant) -> str:
    config, parts = variant.at_start, []
    effect = getattr(config.meetings, "effect", None)
    if effect is not None:
        parts.append(
            language.say("a meeting lifts the chance of leaving by {size}", size=language.per_cent(effect.size))
        )
    outreach = getattr(config.discretionary, "outreach", None)
    if outreach is not None:
        parts.append(language.say("employer outreach by {size}", size=language.per_cent(outreach.size)))
    if not parts:
        return ""
    return language.say(
        "**What time with a caseworker does.** It is put in, not found: {parts}, for some weeks. The difference in "
        "jobs follows these sizes.",
        parts=language.listed(parts),
    )


def _later(of: Shown, variant: Variant, baseline: Variant, found: Sequence[Judged]) -> str:
    language, horizon = of.language, variant.horizon
    if horizon < 2 * 26:
        return ""
    job = TOLD.index(Reached.JOB)
    shares = [PER * v.course.reached[:, job] / v.course.number[:, None] for v in (variant, baseline)]
    half, end = (float((shares[0] - shares[1])[:, week].mean()) for week in (horizon // 2, horizon))
    decimals = 0 if min(abs(half), abs(end)) >= 0.95 else 1
    text = language.say(
        "**How long one looks.** In week {half_week} the difference in jobs is {half} of 1,000, in week {week} "
        "{end}",
        half_week=horizon // 2,
        half=language.number(half, decimals, signed=True),
        week=horizon,
        end=language.number(end, decimals, signed=True),
    )
    if found and len(found[0].years) > 1:
        years = found[0].years
        nets = [amount(found[0], NET, 1 + y)[0] for y in (0, len(years) - 1)]
        a, b = (language.number(net / 1e6, 1, signed=True) for net in nets)
        text += language.say(
            "; the net cost is {a} million kr. in {first} and {b} in {last}",
            a=a,
            b=b,
            first=years[0],
            last=years[-1],
        )
    return f"{text}."


def _judgement(language: Language, found: Sequence[Judged]) -> str:
    if len(found) < 2:
        return ""
    gap = abs(amount(found[0], NET)[0] - amount(found[1], NET)[0])
    if gap < _LEAST_KR:
        return ""
    return language.say(
        "**A judgement, not a simulation:** what a fleksjob and a pension cost decides {gap} of the net cost.",
        gap=millions(language, gap),
    )


def single_answer(of: Shown) -> Answer:
    """Answer for one run alone: what becomes of 1,000 starting citizens, and how far single runs lie apart."""
    language, variant = of.language, of.variants[0]
    time = time_text(language, variant.horizon)
    words = {
        "cohort_job_share": "{n} reach a job",
        "cohort_education_share": "{n} begin an education",
        "cohort_fleksjob_share": "{n} are awarded a fleksjob",
        "cohort_pension_share": "{n} get a disability pension",
        "cohort_resource_course_share": "{n} start a resource course",
    }
    bands = {told.kpi: band(PER * variant.kpis[told.kpi]) for told in PEOPLE}
    parts = [
        language.say(words[kpi], n=language.number(float(of_kpi.mean)))
        for kpi, of_kpi in bands.items()
        if float(of_kpi.mean) >= 0.5
    ]
    people = language.say(
        "Of 1,000 citizens at the start, within {time}: {parts}.", time=time, parts=language.listed(parts) or "-"
    )
    job = bands["cohort_job_share"]
    sure = language.say(
        "The mean number who reach a job is known to {interval} of 1,000; in 9 of 10 single runs it lies between {low} "
        "and {high}.",
        interval=language.interval(float(job.low), float(job.high), 1),
        low=language.number(float(job.p05)),
        high=language.number(float(job.p95)),
    )
    return Answer((people,), sure, bottleneck_sentence(of))


def several_answers(of: Shown, priced: Mapping[str, Sequence[Judged]]) -> Answer:
    """Answer for several variants against one baseline, one sentence each; their money behind it."""
    language, base = of.language, of.baseline
    assert base is not None
    time = time_text(language, base.horizon)
    sentences, sure = [], []
    for variant in of.variants:
        found = [(told.kpi, pair(variant, base, told.kpi)) for told in PEOPLE]
        text = f"{variant.label}: {people_sentence(language, found, time)}"
        ledgers = priced.get(variant.key, ())
        if ledgers:
            nets = [amount(one, NET)[0] for one in ledgers]
            extra = amount(ledgers[0], EXTRA)[0]
            text += " " + money_sentence(language, extra, nets, time, language.say("The change costs"))
        sentences.append(text)
        sure.append(f"{variant.label}: {sure_sentence(language, variant, base)}")
    return Answer(tuple(sentences), " ".join(sure), bottleneck_sentence(of))
