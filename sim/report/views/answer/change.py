"""What would change the answer: what is left out or put in, how long one looks, a judgement."""

from collections.abc import Sequence

from sim.analysis.course.people import TOLD
from sim.analysis.ledger.judged import NET, Judged
from sim.catalogue import Reached
from sim.report.language import Language
from sim.report.views.answer.money import LEAST_KR, millions
from sim.report.views.money import amount
from sim.report.views.people import PER
from sim.report.views.shown import Shown, Variant


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
    if gap < LEAST_KR:
        return ""
    return language.say(
        "**A judgement, not a simulation:** what a fleksjob and a pension cost decides {gap} of the net cost.",
        gap=millions(language, gap),
    )
