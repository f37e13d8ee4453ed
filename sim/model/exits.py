"""Exits as competing risks, whose hazards follow the caseload whenever it changes.

Each citizen and destination has a Poisson field of possible moments, spread over time and over height. The
citizen leaves at the first moment that lies below the hazard as it is *then*: Lewis and Shedler's thinning
("Simulation of nonhomogeneous Poisson processes by thinning", Naval Research Logistics Quarterly 26, 1979).
It is exact for any hazard below the field's top, however it moves in between.

Heights are counted in units of the citizen's own base hazard. The field is cut into levels at 1, 2, 4, 8 ...,
each with its own stream: a policy that lifts the top adds a level and moves no moment of the others, so a
citizen whose hazard it does not change leaves at the identical time.
"""

import math
from typing import NamedTuple

from sim.model.jit import rule

FLAT, POWER, HYPERBOLIC, LINES = range(4)
STEPS, WEIBULL = 1, 2


class Response(NamedTuple):
    """How a hazard follows the caseload: FLAT, POWER (a: elasticity), HYPERBOLIC (a: scale) or LINES (x, y)."""

    form: int
    a: float
    reference: float
    x: tuple[float, ...]
    y: tuple[float, ...]


class Duration(NamedTuple):
    """How a hazard follows weeks on benefit: FLAT, STEPS (x, y) or WEIBULL (shape, reference, low, high)."""

    form: int
    shape: float
    reference: float
    low: float
    high: float
    x: tuple[float, ...]
    y: tuple[float, ...]


class Hazard(NamedTuple):
    """One destination's hazard in one group.

    Attributes
    ----------
    per_week
        Base hazard: reference caseload, frailty 1, long after the last meeting.
    long_history_factor
        On the base of citizens with a long unemployment history.
    frail
        Does frailty multiply it?
    response, duration
        Of caseload and of weeks on benefit.
    meeting_size, sanction_size, outreach_size
        Relative rise right after a meeting of full length, after a sanction, and after employer outreach.
    lock_in, after_internship, small_job
        Factors during and after an internship, and during a small job.
    programmes
        Which programmes affect it: bit i for the i-th of the config.
    levels
        Levels of the field that reach above the highest the hazard can come.
    """

    per_week: float
    long_history_factor: float
    frail: bool
    response: Response
    duration: Duration
    meeting_size: float
    sanction_size: float
    outreach_size: float
    lock_in: float
    after_internship: float
    small_job: float
    programmes: int
    levels: int


@rule
def base_hazard(h: Hazard, frailty: float, long_history: bool) -> float:
    """Return a citizen's base hazard a week: what the field's heights are counted in."""
    base = h.per_week
    if h.frail:
        base = base * frailty
    if long_history:
        base = base * h.long_history_factor
    return base


@rule
def caseload_response(r: Response, caseload: float) -> float:
    """Factor on a hazard at a caseload (citizens per full-time coordinator); 1 at the reference."""
    if r.form == POWER:
        # A list never falls below the citizen who asks; so the response is bounded.
        return math.exp(r.a * math.log(r.reference / max(caseload, 1.0)))
    if r.form == HYPERBOLIC:
        return (1.0 + r.reference / r.a) / (1.0 + caseload / r.a)
    if r.form == LINES:
        return on_lines(r.x, r.y, caseload)
    return 1.0


@rule
def duration_factor(d: Duration, weeks: float) -> float:
    """Factor on a hazard after `weeks` on benefit."""
    if d.form == STEPS:
        i = 0
        while i + 1 < len(d.x) and d.x[i + 1] <= weeks:
            i += 1
        return d.y[i]
    if d.form == WEIBULL:
        held = min(max(weeks, d.low), d.high)
        return math.exp((d.shape - 1.0) * math.log(held / d.reference))
    return 1.0


@rule
def duration_integral(d: Duration, weeks: float) -> float:
    """Integral of the factor over the first `weeks` on benefit."""
    if d.form == STEPS:
        total, i = 0.0, 0
        while i < len(d.x) and d.x[i] < weeks:
            until = d.x[i + 1] if i + 1 < len(d.x) else weeks
            total += d.y[i] * (min(until, weeks) - d.x[i])
            i += 1
        return total
    if d.form == WEIBULL:
        low, high = min(weeks, d.low), min(weeks, d.high)
        total = duration_factor(d, d.low) * low
        if weeks > d.low:
            rise = math.exp(d.shape * math.log(high / d.reference)) - math.exp(d.shape * math.log(low / d.reference))
            total += d.reference / d.shape * rise
        if weeks > d.high:
            total += duration_factor(d, d.high) * (weeks - d.high)
        return total
    return weeks


@rule
def frail_hazard_until(h: Hazard, long_history: bool, weeks: float) -> float:
    """Integral of a hazard that frailty multiplies, at frailty 1, over the first `weeks` on benefit; else 0.

    At the reference caseload, without meetings, outreach or offers: what a citizen of the initial stock has met with
    is not known.
    """
    if not h.frail:
        return 0.0
    return base_hazard(h, 1.0, long_history) * duration_integral(h.duration, weeks)


@rule
def stay_left(weeks: float, elapsed_share: float, u: float) -> float:
    """Weeks left of a stay that is under way at the start: a part is over, `elapsed_share` of it on average."""
    return weeks * (1.0 - min(1.0, 2.0 * elapsed_share * u))


@rule
def fading(size: float, weeks_since: float, decay: float) -> float:
    """1 + size right after something was done, fading back to 1 (weeks_since infinite: never done)."""
    if size == 0.0 or weeks_since == math.inf:
        return 1.0
    return 1.0 + size * math.exp(-weeks_since / decay)


@rule
def hazard_multiplier(
    h: Hazard,
    weeks_on_benefit: float,
    caseload: float,
    meeting: float,
    sanction: float,
    outreach: float,
    offers: float,
) -> float:
    """Height of the hazard at a moment, in units of the citizen's base hazard.

    Parameters
    ----------
    weeks_on_benefit, caseload
        At this moment.
    meeting, sanction, outreach
        `fading` effects of the last meeting, of the last sanction and of the last outreach.
    offers
        Factor of internship, small job and programme together.
    """
    return (
        duration_factor(h.duration, weeks_on_benefit)
        * caseload_response(h.response, caseload)
        * meeting
        * sanction
        * outreach
        * offers
    )


@rule
def level_floor(level: int) -> float:
    """Lower edge of a level of the field: 0, 1, 2, 4, 8 ..."""
    return 0.0 if level == 0 else float(1 << (level - 1))


@rule
def level_width(level: int) -> float:
    """Height of a level of the field: 1, 1, 2, 4, 8 ..."""
    return 1.0 if level == 0 else float(1 << (level - 1))


def levels_for(highest: float) -> int:
    """Levels needed so that the field reaches up to `highest`."""
    levels = 1
    while level_floor(levels) < highest:
        levels += 1
    return levels


@rule
def on_lines(x: tuple[float, ...], y: tuple[float, ...], at: float) -> float:
    """Straight lines between the points (x, y), flat outside them."""
    if at <= x[0]:
        return y[0]
    i = 1
    while i < len(x) and x[i] < at:
        i += 1
    if i == len(x):
        return y[i - 1]
    return y[i - 1] + (y[i] - y[i - 1]) * (at - x[i - 1]) / (x[i] - x[i - 1])
