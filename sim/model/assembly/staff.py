"""Posts, hours and policies of the staff."""

import math

from sim.config.schema import Config
from sim.config.schema.staff import Staffing
from sim.model import distributions as dist
from sim.model.assembly.resolve import NEVER, distribution, largest_remainder
from sim.model.distributions import Distribution
from sim.model.parameters import ConsultantPost, Post, Staff, Strain

SMALLEST_POST = 0.1
"""Of a full-time post; a smaller remainder is no job and is left out."""


def staff_of(s: Staffing) -> Staff:
    """Return hours, learning, absence and turnover."""
    absence, turnover, learning = s.absence, s.turnover, s.learning
    never = Strain(0.0, 0.0, 1.0)
    return Staff(
        hours_per_week=s.effective_hours_per_week,
        protected_share=s.protected_clarification_share,
        learning_weeks=learning.weeks if learning else 0.0,
        learning_productivity=learning.productivity if learning else 1.0,
        absence=Strain(absence.spells_per_year, absence.caseload_elasticity, absence.max_factor)
        if absence
        else never,
        absence_duration=distribution(absence.duration_weeks) if absence else NEVER,
        colleagues_cover=absence is not None and absence.cover == "colleagues",
        turnover=Strain(turnover.per_year, turnover.caseload_elasticity, turnover.max_factor) if turnover else never,
        vacancy=distribution(turnover.vacancy_weeks) if turnover else NEVER,
        successor_takes_list=turnover is not None and turnover.list_goes_to == "successor",
    )


def coordinator_posts(config: Config) -> tuple[Post, ...]:
    """Return all posts: the initial ones, then hires by date.

    A target of citizens per coordinator gives posts = stock x the department's share / target, the last one
    part-time. A cut takes the posts of the department that started last, part-time posts only when no full-time
    post is left: so it is exact. A post that is cut by the first simulated moment, or on the day it would begin, is
    left out: what is over before time begins is the state in which it begins.
    """
    posts: list[Post] = []
    names = list(config.departments)
    for i, full_time in enumerate(_initial_posts(config)):
        _hire(posts, i, full_time, -math.inf, dist.constant(0.0))
    for change in sorted(config.staffing.changes, key=lambda c: c.date):
        time = (change.date - config.run.start).days / 7.0
        if change.department is not None:
            parts = {names.index(change.department): change.posts}
        else:
            shares = [d.stock_share for d in config.departments.values()]
            parts = dict(enumerate(_spread(change.posts, shares)))
        for i, amount in parts.items():
            if amount > 0:
                _hire(posts, i, amount, time, distribution(change.hiring_delay_weeks))
            elif amount < 0:
                _cut(posts, i, round(-amount), time)
    first = -float(config.run.warm_up_weeks)
    return tuple(p for p in posts if max(p.starts, first) < p.ends)


def consultant_posts(config: Config) -> tuple[ConsultantPost, ...]:
    """Return the company consultants: stated by department, or the department's part of the centre's.

    Parts of the centre's that are too small for a post go together to the department with the largest weight.
    """
    departments = list(config.departments.values())
    weights = [d.stock_share for d in departments]
    total = config.internships.consultants if config.internships else 0.0
    parts = [total * weight / math.fsum(weights) for weight in weights]
    unstated = [i for i, d in enumerate(departments) if d.consultants is None]
    lost = {i: parts[i] - math.fsum(_full_and_part(parts[i])) for i in unstated}
    small = {i: part for i, part in lost.items() if part > 1e-9}
    for i, part in small.items():
        parts[i] -= part
    if small:
        parts[max(unstated, key=lambda i: weights[i])] += math.fsum(small.values())
    return tuple(
        ConsultantPost(i, share)
        for i, d in enumerate(departments)
        for share in _full_and_part(parts[i] if d.consultants is None else d.consultants)
    )


def _initial_posts(config: Config) -> list[float]:
    expected = _expected_stock(config)
    counts = []
    for d, citizens in zip(config.departments.values(), expected, strict=True):
        target = d.citizens_per_coordinator or config.staffing.citizens_per_coordinator
        if d.coordinators is not None:
            counts.append(d.coordinators)
        else:
            assert target is not None  # the config's checks demand it
            counts.append(citizens / target)
    return counts


def _expected_stock(config: Config) -> list[float]:
    """Citizens each department is expected to start with: every group divided among those who serve it."""
    departments = list(config.departments.values())
    expected = [0.0] * len(departments)
    for name, group in config.groups.items():
        weights = [d.stock_share if not d.groups or name in d.groups else 0.0 for d in departments]
        for i, weight in enumerate(weights):
            expected[i] += config.population.stock * group.stock_share * weight / math.fsum(weights)
    return expected


def _full_and_part(full_time: float) -> list[float]:
    """Full-time posts and, for what remains, one part-time post."""
    whole = math.floor(full_time + 1e-9)
    rest = full_time - whole
    return [1.0] * whole + ([rest] if rest >= SMALLEST_POST else [])


def _hire(posts: list[Post], department: int, amount: float, time: float, delay: Distribution) -> None:
    for share in _full_and_part(amount):
        number = sum(p.department == department for p in posts)
        posts.append(Post(department, number, share, time, delay, math.inf))


def _cut(posts: list[Post], department: int, amount: int, time: float) -> None:
    """End `amount` full-time posts of the department, those that started last."""
    left = float(amount)
    last_first = [i for i in reversed(range(len(posts))) if posts[i].department == department]
    for i in sorted(last_first, key=lambda i: posts[i].full_time_share < 1.0):
        p = posts[i]
        if p.ends == math.inf and p.starts <= time and p.full_time_share <= left + 1e-9:
            posts[i] = p._replace(ends=time)
            left -= p.full_time_share


def _spread(amount: float, shares: list[float]) -> list[float]:
    """Whole posts by largest remainder; the part-time rest to the department that then lacks most of its share."""
    wanted = abs(amount)
    whole = math.floor(wanted + 1e-9)
    parts = [float(n) for n in largest_remainder(whole, shares)]
    lacking = [wanted * share / math.fsum(shares) - part for share, part in zip(shares, parts, strict=True)]
    parts[lacking.index(max(lacking))] += wanted - whole
    return [math.copysign(part, amount) for part in parts]
