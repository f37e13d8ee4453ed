"""How much work a config implies, before any run: hours wanted and there, places, slots, and the stock to come.

Expected values of the model's own parameters by the model's own rules. What depends on how the run goes (who is
interned already, who has left) is taken as at the start, so this finds what cannot fit, not what a run will show.
"""

import math
import operator
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from sim.catalogue import DESTINATIONS, WEEKS_PER_YEAR, Task
from sim.model.distributions import Distribution, quantile
from sim.model.exits import Hazard, base_hazard, frail_hazard_until, hazard_multiplier
from sim.model.offers import finds_place
from sim.model.parameters import COORDINATOR, Group, Parameters, Programme, Role, Strain
from sim.model.staff import full_time_caseload, strain
from sim.model.stayers import frailty_given_survival

_POINTS = 200
"""Midpoints at which a distribution is read to take a mean over it."""
_FEW = 12
"""Likewise where several are read together."""
_STEP = 4.0
"""Weeks in which hazards are added up."""


class Workload(NamedTuple):
    """Work and means at the start, of the centre or of one department.

    Attributes
    ----------
    citizens, posts
        Citizens, and full-time posts of coordinators.
    hours
        Coordinators' effective hours a week that are there, less absence and vacancies.
    wanted
        Hours a week by kind of task, at full length.
    cases, ready
        Cases to be prepared and citizens found ready for an internship, a week.
    """

    citizens: float
    posts: float
    hours: float
    wanted: tuple[float, ...]
    cases: float
    ready: float


def workload(p: Parameters, department: int | None = None) -> Workload:
    """Expect the work of a department's coordinators, or of all.

    Parameters
    ----------
    p
        Of the centre.
    department
        Number of the department; None: the centre.
    """
    departments = range(len(p.departments)) if department is None else (department,)
    wanted = [0.0] * len(Task)
    citizens = cases = ready = 0.0
    for d in departments:
        asked = [0.0] * len(Task)
        for g, group in enumerate(p.groups):
            share = _share(p, d, g)
            stock = group.stock * share
            citizens += stock
            meetings = _meetings_per_week(group)
            no_show = p.departments[d].no_show
            lost = p.meetings.no_show_hours * no_show / (1.0 - no_show)
            asked[Task.MEETING] += stock * (group.planned_meeting_hours_per_week + meetings * lost)
            if group.calls:
                called = (1.0 - p.meetings.handled_elsewhere) / group.contact_interval.mean
                asked[Task.CONTACT] += stock * called * group.contact_hours.mean
            new_cases = [share * of_scheme for of_scheme in _cases_per_week(p, group)]
            new_ready = share * _ready_per_week(p, group)
            cases, ready = cases + math.fsum(new_cases), ready + new_ready
            for of_scheme, need in zip(new_cases, p.needs, strict=False):
                asked[Task.CLARIFICATION] += of_scheme * need.packages * need.package_hours.mean
            placing = Task.PLACEMENT if p.others[d][Task.PLACEMENT] < 0 else Task.HANDOVER
            asked[placing] += new_ready * p.planned_hours[placing]
        for programme in p.programmes:
            if programme.mentored:
                times = _participants(p, programme, d) / programme.mentor_every
                asked[Task.MENTORING] += times * programme.mentor_hours.mean
        for task in Task:
            if p.others[d][task] < 0:  # Else another role does it.
                wanted[task] += asked[task]
    posts = posts_there(p, departments)
    caseload = full_time_caseload(round(citizens), posts)
    coordinators = p.roles[COORDINATOR]
    present = _present(coordinators, coordinators.absence, coordinators.absence_duration, caseload)
    present *= 1.0 - coordinators.leave_spells * coordinators.leave_weeks / WEEKS_PER_YEAR
    present *= _present(coordinators, coordinators.turnover, coordinators.vacancy, caseload)
    return Workload(citizens, posts, posts * coordinators.hours_per_week * present, tuple(wanted), cases, ready)


def posts_there(p: Parameters, teams: Iterable[int]) -> float:
    """Full-time posts of some teams on the first day."""
    return math.fsum(post.full_time_share for post in p.posts if post.team in teams and _there(p, post.starts))


def teams_with_places(p: Parameters) -> list[int]:
    """Teams on whose lists citizens have a place while they look for an internship."""
    return [number for number, team in enumerate(p.teams) if team.lists and team.does[Task.PLACEMENT]]


def places(p: Parameters) -> float:
    """Places on lists for those who look for an internship."""
    return math.fsum(p.roles[p.teams[t].role].list_limit * posts_there(p, (t,)) for t in teams_with_places(p))


def placement_hours(p: Parameters) -> tuple[float, float]:
    """Hours a week of those on whose lists citizens are placed, and hours that a citizen takes of them."""
    hours = math.fsum(p.roles[p.teams[t].role].hours_per_week * posts_there(p, (t,)) for t in teams_with_places(p))
    found, _ = _search(p)
    return hours, p.internships.placement_hours.mean + found * p.internships.follow_up_hours.mean


def weeks_on_list(p: Parameters) -> float:
    """Mean weeks that a citizen stays on a list for placement work: the search, and perhaps an internship."""
    found, weeks = _search(p)
    return weeks + found * p.internships.duration.mean


def team_slots(p: Parameters) -> float:
    """Cases a week that the rehabilitation team can decide."""
    return p.clarification.slots / p.clarification.team_every


def programme_places(p: Parameters, programme: Programme) -> tuple[float, float]:
    """Places of a programme, and those that its referrals want at the start."""
    wanted = math.fsum(_wanted(p, programme, g) for g in range(len(p.groups)))
    return float(sum(vendor.places for vendor in programme.vendors)), wanted


def _wanted(p: Parameters, programme: Programme, g: int) -> float:
    """Places in a programme that a group's referrals want at the start."""
    if not programme.admits[g]:
        return 0.0
    return p.groups[g].stock * _meetings_per_week(p.groups[g]) * programme.referral_share * programme.duration.mean


def _participants(p: Parameters, programme: Programme, department: int) -> float:
    """Participants in a programme from a department: those whom its referrals want, as far as there are places."""
    there, wanted = programme_places(p, programme)
    own = math.fsum(_wanted(p, programme, g) * _share(p, department, g) for g in range(len(p.groups)))
    return own * min(1.0, there / wanted) if wanted > 0.0 else 0.0


def expected_stock(p: Parameters) -> float:
    """Citizens expected at the horizon: those of the start who are still there, and new ones.

    Caseload as at the start and meetings as planned. Exits by hazards, and where a stay ends; decisions of the
    rehabilitation team and hires by firms are left out, so the true stock is a little lower.
    """
    centre = workload(p)
    caseload = full_time_caseload(round(centre.citizens), centre.posts)
    weeks = p.warm_up + p.horizon
    expected = 0.0
    for group in p.groups:
        elapsed = [quantile(group.elapsed, u) for u in _midpoints(_FEW)] if group.stock else []
        staying = [_staying(p, group, caseload, begun, weeks, group.long_history_stock).end for begun in elapsed]
        expected += group.stock * math.fsum(staying) / _FEW
        if group.inflow > 0.0:
            new = _staying(p, group, caseload, 0.0, weeks, group.long_history_inflow)
            expected += group.inflow * weeks * new.mean
    return expected


class _Staying(NamedTuple):
    """Share of citizens still there: at the end of some weeks, and on average over them."""

    end: float
    mean: float


def _staying(
    p: Parameters, group: Group, caseload: float, begun: float, weeks: float, long_history: float
) -> _Staying:
    """Follow citizens who have been `begun` weeks on benefit, step by step; hazards as at the middle of a step."""
    steps = max(math.ceil(weeks / _STEP), 1)
    step = weeks / steps
    exits = group.hazards[: len(DESTINATIONS)]
    people = [
        (group_share, [base_hazard(hazard, frailty, history) for hazard in exits])
        for history, group_share in ((True, long_history / _FEW), (False, (1.0 - long_history) / _FEW))
        if group_share > 0.0
        for until in (math.fsum(frail_hazard_until(hazard, history, begun) for hazard in exits),)
        for frailty in (frailty_given_survival(group.frailty, u, until) for u in _midpoints(_FEW))
    ]
    meeting = [_meeting_effect(p, group, hazard) for hazard in exits]
    ended = _stay_ends(group)
    gone = [0.0] * len(people)
    shares = []
    for number in range(steps):
        at = begun + (number + 0.5) * step
        heights = [
            hazard_multiplier(hazard, at, caseload, effect, 1.0, 1.0, 1.0)
            for hazard, effect in zip(group.hazards, meeting, strict=False)
        ]
        half = [step / 2 * (ended + math.fsum(map(operator.mul, base, heights))) for _, base in people]
        gone = [x + more for x, more in zip(gone, half, strict=True)]
        shares.append(math.fsum(share * math.exp(-x) for (share, _), x in zip(people, gone, strict=True)))
        gone = [x + more for x, more in zip(gone, half, strict=True)]
    end = math.fsum(share * math.exp(-x) for (share, _), x in zip(people, gone, strict=True))
    return _Staying(end, math.fsum(shares) / steps)


def _stay_ends(group: Group) -> float:
    """Rate at which stays end outside the centre."""
    if not group.stays or group.stay.mean <= 0.0:
        return 0.0
    returning = group.stay_outcomes[-1] - group.stay_outcomes[-2]
    return (1.0 - returning) / group.stay.mean


def _meeting_effect(p: Parameters, group: Group, hazard: Hazard) -> float:
    """Mean factor of the last meeting over the interval to the next."""
    if not group.meets or hazard.meeting_size == 0.0:
        return 1.0
    decay, interval = p.meetings.effect_decay, group.meeting_interval.mean
    return 1.0 + hazard.meeting_size * decay / interval * (1.0 - math.exp(-interval / decay))


def _share(p: Parameters, department: int, group: int) -> float:
    """Share of a group that a department serves."""
    weights = [d.weight if d.serves[group] else 0.0 for d in p.departments]
    return weights[department] / math.fsum(weights)


def _meetings_per_week(group: Group) -> float:
    return 1.0 / group.meeting_interval.mean if group.meets else 0.0


def mean_packages(p: Parameters) -> float:
    """Mean work packages of the cases to be prepared."""
    cases = [
        math.fsum(of_group) for of_group in zip(*(_cases_per_week(p, group) for group in p.groups), strict=True)
    ]
    total = math.fsum(cases)
    packages = math.fsum(of_scheme * need.packages for of_scheme, need in zip(cases, p.needs, strict=True))
    return packages / total if total > 0.0 else 1.0


def _cases_per_week(p: Parameters, group: Group) -> list[float]:
    """Cases to be prepared, by scheme: new and arising ones, and the initial stock's spread over the whole run."""
    weeks, found = p.warm_up + p.horizon, []
    stock, inflow, arising = map(
        _parts, (group.right_scheme_stock, group.right_scheme_inflow, group.arising_schemes)
    )
    in_none = group.stock * (stock[-1] if stock else 1.0)
    for scheme, need in enumerate(p.needs):
        under_way = (need.packages - 1) / 2 / need.packages  # Done, of a case recognised already.
        of_stock = group.stock * (stock[scheme] if stock else 0.0) * (1.0 - group.recognised_stock * under_way)
        new = group.inflow * (inflow[scheme] if inflow else 0.0)
        worse = in_none * group.need_arises * (arising[scheme] if arising else 0.0)
        found.append(of_stock / weeks + new + worse)
    return found


def _parts(running: tuple[float, ...]) -> list[float]:
    """Shares whose running sums are given."""
    return [after - before for before, after in pairwise((0.0, *running))]


def _ready_per_week(p: Parameters, group: Group) -> float:
    """Citizens found ready: new ones, who become so, and the initial stock's spread over the whole run."""
    finding = _meetings_per_week(group) * group.ready_found
    if finding == 0.0:
        return 0.0
    new = group.stock * group.ready_stock / (p.warm_up + p.horizon) + group.inflow * group.ready_inflow
    if group.becomes_ready == 0.0:
        return new
    return new + group.stock * (1.0 - group.ready_stock) / (1.0 / group.becomes_ready + 1.0 / finding)


def _there(p: Parameters, starts: float) -> bool:
    """Whether a post is there on the first day, or comes on it: its hours count from then on."""
    return starts <= -p.warm_up


def _present(role: Role, rate: Strain, weeks: Distribution, caseload: float) -> float:
    """Share of the time that a post is not lost to spells that come at a rate and last some weeks."""
    if rate.per_year == 0.0:
        return 1.0
    factor = strain(caseload, role.reference, rate.elasticity, rate.max_factor)
    return 1.0 / (1.0 + rate.per_year / WEEKS_PER_YEAR * factor * weeks.mean)


def _search(p: Parameters) -> tuple[float, float]:
    """Share of searches that find a place, and the mean weeks that a search lasts."""
    found = weeks = people = 0.0
    for group in p.groups:
        ready = _ready_per_week(p, group)
        people += ready
        for u in _midpoints():
            wanted = quantile(group.search, u)
            for placeable, share in ((True, group.placeable_share), (False, 1.0 - group.placeable_share)):
                ends = finds_place(placeable, wanted, group.give_up)
                found += ready * share * ends / _POINTS
                weeks += ready * share * (wanted if ends else group.give_up) / _POINTS
    return (found / people, weeks / people) if people > 0 else (0.0, 0.0)


def _midpoints(points: int = _POINTS) -> list[float]:
    return [(i + 0.5) / points for i in range(points)]
