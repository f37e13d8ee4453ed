"""The committee's answer: what differs in people and in money, how sure it is, and where work waits, in sentences.

`**` stands around what is set in bold. The words (more, fewer, costs, saves) follow the sign of the figures; a range
is always told with its two ends.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.analysis.course.band import band
from sim.analysis.ledger.judged import EXTRA, NET, Judged
from sim.report.views.answer.bottleneck import bottleneck_sentence
from sim.report.views.answer.money import money_sentence
from sim.report.views.answer.people import people_sentence, sure_sentence
from sim.report.views.axes import time_text
from sim.report.views.differences import PEOPLE, pair
from sim.report.views.money import amount
from sim.report.views.people import PER
from sim.report.views.shown import Shown, Variant, only_caseload_differs


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
    bands = {told.kpi: band(PER * variant.kpis[told.kpi], variant.per_draw) for told in PEOPLE}
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
