"""What `sim check` says of a config's work: hours wanted and there, places, slots, inflow and exits."""

import math
from collections.abc import Iterator

from sim.analysis.attention.thresholds import DRIFT, IDLE_SHARE, MARGIN
from sim.catalogue import Task
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.model.assembly import build
from sim.model.parameters import Parameters
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
    """List where a config's work cannot fit into its hours, places or slots, or where its stock cannot last."""
    p = build(config)
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
    yield from _stock(config, p, centre, expected_stock(p))


def _hours(p: Parameters, centre: Workload) -> Iterator[Problem]:
    wanted = math.fsum(centre.wanted)
    daily, shortest = _daily(p, centre)
    have = f"{centre.posts:,.4g} posts have {centre.hours:,.0f}"
    kinds = ", ".join(f"{task.label} {centre.wanted[task]:,.0f}" for task in Task if centre.wanted[task] >= 0.5)
    told = f"hours wanted a week: {kinds or 'none'}; {wanted:,.0f} in all, and {have}"
    if shortest > centre.hours:
        shortened = "" if shortest == daily else ", even with the shortest meetings"
        text = f"overloaded{shortened}: {told}; meetings will be later every week"
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
            have = f"{load.posts:,.4g} posts have {load.hours:,.0f}"
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
