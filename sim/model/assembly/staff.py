"""Roles, teams and posts of the staff."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from sim.catalogue import TASKS, Task
from sim.config.schema import Config
from sim.config.schema.names import PLACES_FOR
from sim.config.schema.posts import PlannedPost, planned_posts
from sim.config.schema.staff import Hours
from sim.config.schema.staff import Role as RoleTable
from sim.model import distributions as dist
from sim.model.assembly.resolve import NEVER, distribution
from sim.model.parameters import COORDINATOR, Post, Role, Strain, Team


def roles_of(config: Config) -> tuple[Role, ...]:
    """Return the roles: coordinators, then the others as they stand in the config."""
    return (
        _role(config.staffing, math.inf, config.caseload.reference),
        *(
            _role(role, float(role.list_limit or math.inf), float(role.list_limit or 1))
            for role in config.roles.values()
        ),
    )


def teams_and_posts(
    config: Config, later: Sequence[tuple[date, Config]] = ()
) -> tuple[tuple[Team, ...], tuple[Post, ...]]:
    """Return the teams with their posts: the initial ones, then hires by date (see `sim.config.schema.posts`).

    Every department has a team of coordinators; of another role there is a team where there is ever a post. A post
    that is cut before the first simulated moment, or on the day it would begin, is left out: what is over before
    time begins is the state in which it begins. What is dated on the first day happens on it.

    Parameters
    ----------
    config
        In force at the beginning.
    later
        What is in force from which date on, in order.
    """
    sections, steps = dict(config), [(day, dict(then)) for day, then in later]
    teams = [
        Team(COORDINATOR, d, department.queue == "pooled", False, ())
        for d, department in enumerate(config.departments.values())
    ]
    posts = [*_posts(config, planned_posts(sections, None, steps)[0], len(teams))]
    for number, (name, role) in enumerate(config.roles.items(), start=COORDINATOR + 1):
        made = [*_posts(config, planned_posts(sections, name, steps)[0], len(config.departments))]
        first, departments = len(teams), sorted({post.team for post in made})
        lists = role.list_limit is not None
        does = tuple(task in role.does for task in TASKS)
        teams += [Team(number, -1 if role.shared else d, not lists, lists, does) for d in departments]
        posts += [post._replace(team=first + departments.index(post.team)) for post in made]
    others = others_of(config, tuple(teams))
    coordinators = tuple(
        team._replace(does=tuple(other < 0 for other in others[team.department]))
        for team in teams[: len(config.departments)]
    )
    return (*coordinators, *teams[len(config.departments) :]), tuple(posts)


def others_of(config: Config, teams: tuple[Team, ...]) -> tuple[tuple[int, ...], ...]:
    """Return by department and kind of task the team that does it instead of the coordinators; -1: they do it."""
    roles = list(config.roles.values())
    found = [[-1] * len(Task) for _ in config.departments]
    for number, team in enumerate(teams):
        if team.role != COORDINATOR:
            for d in range(len(found)) if team.department < 0 else (team.department,):
                for task in _done_for_all(roles[team.role - 1]):
                    found[d][task] = number
    return tuple(map(tuple, found))


def _done_for_all(role: RoleTable) -> Iterator[Task]:
    """Kinds of task that a role takes from the coordinators: all of its own, or those that places are for."""
    for task in Task:
        if task.key in role.does and (role.list_limit is None or task.key in PLACES_FOR):
            yield task


def _role(s: Hours, list_limit: float, reference: float) -> Role:
    absence, turnover, learning = s.absence, s.turnover, s.learning
    never = Strain(0.0, 0.0, 1.0)
    return Role(
        hours_per_week=s.effective_hours_per_week,
        net_hours_per_week=s.net_hours_per_week,
        protected_share=s.protected_clarification_share,
        learning_weeks=learning.weeks if learning else 0.0,
        learning_productivity=learning.productivity if learning else 1.0,
        absence=Strain(absence.spells_per_year, absence.caseload_elasticity, absence.max_factor)
        if absence
        else never,
        absence_duration=distribution(absence.duration_weeks) if absence else NEVER,
        leave_spells=s.leave.spells_per_year if s.leave else 0,
        leave_weeks=s.leave.weeks_per_year / s.leave.spells_per_year if s.leave else 0.0,
        colleagues_cover=absence is not None and absence.cover == "colleagues",
        turnover=Strain(turnover.per_year, turnover.caseload_elasticity, turnover.max_factor) if turnover else never,
        vacancy=distribution(turnover.vacancy_weeks) if turnover else NEVER,
        successor_takes_list=turnover is not None and turnover.list_goes_to == "successor",
        list_limit=list_limit,
        reference=reference,
    )


def _posts(config: Config, planned: Sequence[PlannedPost], departments: int) -> Iterator[Post]:
    """Make the posts; their teams still bear the numbers of the departments."""
    first, ordinals = -float(config.run.warm_up_weeks), [0] * departments
    for p in planned:
        starts, delay = -math.inf, dist.constant(0.0)
        if p.added is not None:
            starts, delay = weeks_to(config, p.added), distribution(p.hiring_delay_weeks)
        ends = weeks_to(config, p.cut) if p.cut is not None else math.inf
        if starts < ends and first <= ends:
            yield Post(p.department, ordinals[p.department], p.full_time_share, starts, delay, ends)
        ordinals[p.department] += 1


def weeks_to(config: Config, day: date) -> float:
    """Weeks from the start date to a day."""
    return (day - config.run.start).days / 7.0
