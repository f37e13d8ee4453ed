"""What `sim check` says of a config's work: hours wanted and there, places, slots, inflow and exits."""

import math
from collections.abc import Iterator, Sequence
from datetime import date

from sim.analysis.attention.thresholds import DRIFT, IDLE_SHARE, MARGIN
from sim.catalogue import Task
from sim.config.differences import in_force
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.model.assembly import build
from sim.model.parameters import COORDINATOR, Parameters
from sim.model.workload import (
    Workload,
    expected_stock,
    placement_hours,
    places,
    programme_places,
    team_slots,
    teams_with_places,
    weeks_on_list,
    workload,
)


def expected_problems(config: Config) -> Iterator[Problem]:
    """List where a config's work cannot fit into its hours, places or slots, or where its stock cannot last.

    With dated changes, each time between two of them is looked at by itself, as if the centre were as at the start.
    """
    p = build(config)
    times: dict[Problem, list[str]] = {}
    steps = in_force(config)
    days = [day for day, _ in steps]
    for number, of in enumerate((p, *(build(then) for _, then in steps))):
        for found in _in_force(config, of):
            times.setdefault(found, []).append(_when(days, number))
    for found, told in times.items():
        always = len(told) == len(steps) + 1
        yield found if always else found._replace(text=f"{' and '.join(told)}: {found.text}")
    yield from _stock(config, p, workload(p), expected_stock(p))


def _when(days: Sequence[date], number: int) -> str:
    """Say in words between which changes something is in force."""
    since = f"from {days[number - 1]}" if number else ""
    until = f"until {days[number]}" if number < len(days) else ""
    return f"{since} {until}".strip()


def _in_force(config: Config, p: Parameters) -> Iterator[Problem]:
    centre = workload(p)
    yield from _hours(p, centre)
    if len(p.departments) > 1:
        yield from _departments(p, centre)
    yield from _placement(p, centre)
    if centre.cases > MARGIN * team_slots(p):
        yield Problem(
            ("rehabilitation_team",),
            f"{centre.cases:.1f} cases a week need a decision, and the rehabilitation team has {team_slots(p):.1f} "
            "slots a week",
        )
    for name, programme in zip(config.programmes, p.programmes, strict=True):
        have, wanted = programme_places(p, programme)
        if wanted > MARGIN * have:
            text = f"referrals want {wanted:,.0f} places, and there are {have:,.0f}"
            yield Problem(("programmes", name), text)


def _hours(p: Parameters, centre: Workload) -> Iterator[Problem]:
    wanted = math.fsum(centre.wanted)
    daily, shortest = _daily(p, centre)
    come = any(post.starts > -p.warm_up for post in p.posts if p.teams[post.team].role == COORDINATOR)
    have = f"{round(centre.posts, 1):,g} posts{' at the start' if come else ''} have {centre.hours:,.0f}"
    kinds = ", ".join(f"{task.label} {centre.wanted[task]:,.0f}" for task in Task if centre.wanted[task] >= 0.5)
    told = f"hours wanted a week: {kinds or 'none'}; {wanted:,.0f} in all, and {have}"
    if shortest == daily > centre.hours:
        text = f"overloaded: {told}; meetings will be later every week"
    elif shortest > MARGIN * centre.hours:
        least = f"meetings and contacts alone, as short as they can be, want {shortest:,.0f} hours"
        text = f"overloaded: {told}; {least}, so meetings will be later every week"
    elif daily > centre.hours:
        text = f"overloaded: {told}; meetings will be late or shortened, and little is left for the rest"
    elif wanted > MARGIN * centre.hours:
        text = f"not all will be done: {told}; what comes last in [priorities] will pile up"
    elif wanted < (1.0 - IDLE_SHARE) * centre.hours and not (p.meetings.extra_meetings or p.meetings.outreach):
        text = f"hours that nobody uses: {told}"
    else:
        return
    yield Problem(("staffing",), text)


def _daily(p: Parameters, load: Workload) -> tuple[float, float]:
    """Hours of meetings and contacts, which come whether there is time or not: full length, and the shortest."""
    meetings, contacts = load.wanted[Task.MEETING], load.wanted[Task.CONTACT]
    return meetings + contacts, meetings * p.meetings.floor_share + contacts


def _departments(p: Parameters, centre: Workload) -> Iterator[Problem]:
    """Tell of departments that cannot hold their meetings where the centre as a whole can."""
    if _daily(p, centre)[0] > centre.hours:
        return
    for number, name in enumerate(p.names.departments):
        load = workload(p, number)
        daily, _ = _daily(p, load)
        if daily > MARGIN * load.hours:
            have = f"{round(load.posts, 1):,g} posts have {load.hours:,.0f}"
            text = f"overloaded: meetings and contacts want {daily:,.0f} hours a week, and {have}"
            yield Problem(("departments", name), text)


def _placement(p: Parameters, centre: Workload) -> Iterator[Problem]:
    teams = teams_with_places(p)
    if not teams or centre.ready == 0.0:
        return
    role = p.teams[teams[0]].role
    name = p.names.roles[role]
    hours, each = placement_hours(p)
    have, wanted = places(p), centre.ready * weeks_on_list(p)
    ready = f"about {centre.ready:.1f} citizens a week are found ready for an internship"
    if centre.ready * each > MARGIN * hours:
        text = f"which takes the posts of this role {centre.ready * each:,.0f} hours a week"
        yield Problem(("roles", name), f"{ready}, {text}, and they have {hours:,.0f}: citizens will wait for them")
    elif wanted > MARGIN * have:
        text = f"and each is on a list for {weeks_on_list(p):.0f} weeks: {wanted:,.0f} places on lists"
        yield Problem(("roles", name), f"{ready}, {text} are wanted, and there are {have:,.0f}")


def _stock(config: Config, p: Parameters, centre: Workload, end: float) -> Iterator[Problem]:
    if centre.citizens == 0 or abs(end / centre.citizens - 1.0) <= DRIFT:
        return
    inflow = math.fsum(group.inflow for group in p.groups)
    weeks = config.run.warm_up_weeks + config.run.horizon_weeks
    more = "more come than leave" if end > centre.citizens else "fewer come than leave"
    text = (
        f"{inflow:,.1f} citizens come a week, and by the chances of exit the stock goes from {centre.citizens:,.0f} "
        f"to about {end:,.0f} in {weeks} weeks: {more}"
    )
    daily, _ = _daily(p, centre)
    if daily <= centre.hours < daily * end / centre.citizens:
        text += ", and the coordinators will be overloaded before the end"
    yield Problem(("population", "stock"), text)
