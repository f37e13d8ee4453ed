"""Posts, hours and policies of the staff."""

import math
from datetime import date

from sim.config.schema import Config
from sim.config.schema.posts import full_and_part, planned_posts
from sim.config.schema.staff import Staffing
from sim.model import distributions as dist
from sim.model.assembly.resolve import NEVER, distribution
from sim.model.parameters import ConsultantPost, Post, Staff, Strain


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
    """Return all posts: the initial ones, then hires by date (see `sim.config.schema.posts`).

    A post that is cut before the first simulated moment, or on the day it would begin, is left out: what is over
    before time begins is the state in which it begins. What is dated on the first day happens on it.
    """
    planned, _ = planned_posts(dict(config))
    first, ordinals = -float(config.run.warm_up_weeks), [0] * len(config.departments)
    posts = []
    for p in planned:
        starts, delay = -math.inf, dist.constant(0.0)
        if p.added is not None:
            starts, delay = _weeks(config, p.added.date), distribution(p.added.hiring_delay_weeks)
        ends = _weeks(config, p.cut) if p.cut is not None else math.inf
        posts.append(Post(p.department, ordinals[p.department], p.full_time_share, starts, delay, ends))
        ordinals[p.department] += 1
    return tuple(p for p in posts if p.starts < p.ends and first <= p.ends)


def _weeks(config: Config, day: date) -> float:
    return (day - config.run.start).days / 7.0


def consultant_posts(config: Config) -> tuple[ConsultantPost, ...]:
    """Return the company consultants: stated by department, or the department's part of the centre's.

    Parts of the centre's that are too small for a post go together to the department with the largest weight.
    """
    departments = list(config.departments.values())
    weights = [d.stock_share for d in departments]
    total = config.internships.consultants if config.internships else 0.0
    parts = [total * weight / math.fsum(weights) for weight in weights]
    unstated = [i for i, d in enumerate(departments) if d.consultants is None]
    lost = {i: parts[i] - math.fsum(full_and_part(parts[i])) for i in unstated}
    small = {i: part for i, part in lost.items() if part > 1e-9}
    for i, part in small.items():
        parts[i] -= part
    if small:
        parts[max(unstated, key=lambda i: weights[i])] += math.fsum(small.values())
    return tuple(
        ConsultantPost(i, share)
        for i, d in enumerate(departments)
        for share in full_and_part(parts[i] if d.consultants is None else d.consultants)
    )
