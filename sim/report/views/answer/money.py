"""Money: what it costs, and what of it comes back."""

from collections.abc import Sequence

from sim.report.language import Language

LEAST_KR = 50_000.0
"""Below it an amount of millions is none: it would be told as 0.0."""


def millions(language: Language, kr: float) -> str:
    """Write an amount in million kr., one decimal, without its sign."""
    return language.say("{amount} million kr.", amount=language.number(abs(kr) / 1e6, 1))


def _either(language: Language, low: float, high: float) -> str:
    """Write two amounts, of one judgement or the other: no interval."""
    ends = [language.number(end / 1e6, 1) for end in (low, high)]
    if ends[0] == ends[1]:
        return language.say("{amount} million kr.", amount=ends[0])
    return language.say("{low} or {high} million kr.", low=ends[0], high=ends[1])


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
        if len(nets) > 1 and back[-1] - back[0] >= LEAST_KR
        else ""
    )
    if extra >= LEAST_KR:
        paid = language.say("{who} {amount}", who=who, amount=millions(language, extra))
        if back[0] >= LEAST_KR:
            comes = _either(language, back[0], back[-1])
            text = "{paid}, of which **{back} comes back** in the same {time}{judged}."
            if back[0] > extra:
                text = "{paid}; **more than that, {back}, comes back** in the same {time}{judged}."
            elif back[-1] > extra:
                text = "{paid}; **{back} comes back** in the same {time}{judged}: so that decides whether it pays."
            return language.say(text, paid=paid, back=comes, time=time, judged=judged)
        return _net_part(language, paid, nets, time, judged)
    if extra <= -LEAST_KR:
        paid = language.say("Staff and programmes cost {amount} less", amount=millions(language, extra))
    else:
        paid = language.say("Staff and programmes cost the same")
    return _net_part(language, paid, nets, time, judged)


def _net_part(language: Language, paid: str, nets: Sequence[float], time: str, judged: str) -> str:
    low, high = min(nets), max(nets)
    if low >= LEAST_KR:
        net = _either(language, low, high)
        text = "{paid}; in all the municipality **pays {net} more** in the same {time}{judged}."
    elif high <= -LEAST_KR:
        net = _either(language, -high, -low)
        text = "{paid}; in all the municipality **saves {net}** in the same {time}{judged}."
    elif max(abs(low), abs(high)) < LEAST_KR:
        return language.say("{paid}; in all the municipality **pays as much as before**.", paid=paid)
    else:
        net = language.interval(low / 1e6, high / 1e6, 1, signed=True)
        text = "{paid}; in all the municipality's **net cost is {net} million kr.** in the same {time}{judged}."
    return language.say(text, paid=paid, net=net, time=time, judged=judged)
