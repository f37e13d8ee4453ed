"""Parameters as arrays of records: made once for all replications of a config."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.compiled import layout
from sim.engine.reference.state import IDLE, OFF
from sim.model.distributions import Distribution
from sim.model.exits import HAZARDS
from sim.model.names import INFLOW, ORIGINS, POOL, STOCK
from sim.model.parameters import Parameters
from sim.model.streams import person_key

Array = NDArray[np.void]


class Pack(NamedTuple):
    """A config ready for the loop.

    Attributes
    ----------
    world
        Scalars of the world, by field.
    arrays
        Arrays of known size as they are when a replication begins, keys of streams apart.
    """

    world: dict[str, Any]
    arrays: dict[str, Array]


class _Numbers:
    """Pool of numbers and of distributions, each referred to by its place."""

    def __init__(self) -> None:
        self.numbers: list[float] = []
        self.distributions: list[tuple[Any, ...]] = []

    def row(self, values: Sequence[float]) -> int:
        first = len(self.numbers)
        self.numbers.extend(values)
        return first

    def distribution(self, d: Distribution) -> int:
        values, cumulative = self.row(d.values), self.row(d.cumulative)
        self.distributions.append(
            (d.kind, d.a, d.b, d.c, values, cumulative, len(d.values), len(d.cumulative), d.mean)
        )
        return len(self.distributions) - 1


def pack(p: Parameters) -> Pack:
    """Lay out parameters as the loop reads them."""
    pool = _Numbers()
    world = _world(p, pool)
    arrays = {
        "groups": _groups(p, pool),
        "hazards": _hazards(p, pool),
        "streams": _table(
            layout.STREAM,
            (
                {"time": time, "height": height, "hazard": h, "level": level}
                for h, levels in enumerate(p.exit_streams)
                for level, (time, height) in enumerate(levels)
            ),
        ),
        "serves": _table(layout.FLAG, ({"v": v} for d in p.departments for v in d.serves)),
        "admits": _table(layout.FLAG, ({"v": v} for programme in p.programmes for v in programme.admits)),
        "departments": _departments(p, pool),
        "members": _members(p),
        "own_consultants": _table(
            layout.OWN, ({"post": i} for i in _by_department([v.department for v in p.consultants]))
        ),
        "coordinators": _coordinators(p, pool),
        "consultants": _consultants(p),
        "programmes": _programmes(p, pool),
        "vendors": _vendors(p),
        "by_group": np.zeros((len(p.posts) + len(p.departments)) * len(p.groups), layout.WHOLE),
        "taken": np.zeros(len(p.departments) * len(p.groups), layout.TAKEN),
        "queues": _queues(p),
        "lines": _table(layout.LINE, ({"first": -1, "last": -1} for _ in range(_lines(p)))),
        "flows": np.zeros(len(p.groups), layout.FLOW),
    }
    arrays["numbers"] = _table(layout.NUMBER, ({"v": v} for v in pool.numbers))
    arrays["distributions"] = np.array(pool.distributions, layout.DISTRIBUTION)
    return Pack(world, arrays)


def with_keys(packed: Pack, p: Parameters, seed: int) -> dict[str, Array]:
    """Return copies of the arrays that a replication changes, with the stream keys of a seed."""
    arrays = {name: array.copy() for name, array in packed.arrays.items()}
    for g, group in enumerate(p.groups):
        for origin in (STOCK, INFLOW):
            arrays["groups"]["key"][g, origin] = person_key(seed, "citizen", group.name, ORIGINS[origin])
        arrays["groups"]["source"][g] = person_key(seed, "inflow", group.name)
    names = p.names.departments
    for d, name in enumerate(names):
        arrays["departments"]["key"][d] = person_key(seed, "department", name)
        for g, group in enumerate(p.groups):
            arrays["taken"]["key"][d * len(p.groups) + g] = person_key(
                seed, "citizen", group.name, ORIGINS[POOL], name
            )
    for k, post in enumerate(p.posts):
        arrays["coordinators"]["key"][k] = person_key(seed, "coordinator", names[post.department])
    return arrays


def _table(dtype: layout.Dtype, rows: Iterable[dict[str, Any]]) -> Array:
    listed = list(rows)
    made = np.zeros(len(listed), dtype)
    for i, row in enumerate(listed):
        for field, value in row.items():
            made[field][i] = value
    return made


def _lines(p: Parameters) -> int:
    return 1 + len(p.departments) + len(p.programmes) + len(p.consultants)


def _world(p: Parameters, pool: _Numbers) -> dict[str, Any]:
    s, m, c, i = p.staff, p.meetings, p.clarification, p.internships
    return {
        "warm_up": p.warm_up,
        "end": float(p.horizon),
        "horizon": p.horizon,
        "period_weeks": p.period,
        "group_count": len(p.groups),
        "department_count": len(p.departments),
        "post_count": len(p.posts),
        "consultant_count": len(p.consultants),
        "programme_count": len(p.programmes),
        "stream_count": sum(len(levels) for levels in p.exit_streams),
        "department_policy": p.policy.department,
        "coordinator_policy": p.policy.coordinator,
        "centre_caseload": p.centre_caseload,
        "reference_caseload": p.reference_caseload,
        "first_consultant": p.first_consultant,
        "priorities": p.priorities,
        "planned_hours": p.planned_hours,
        "protected_share": s.protected_share,
        "learning_weeks": s.learning_weeks,
        "learning_productivity": s.learning_productivity,
        "colleagues_cover": s.colleagues_cover,
        "successor_takes_list": s.successor_takes_list,
        "absence_per_year": s.absence.per_year,
        "absence_elasticity": s.absence.elasticity,
        "absence_max_factor": s.absence.max_factor,
        "absence_duration": pool.distribution(s.absence_duration),
        "turnover_per_year": s.turnover.per_year,
        "turnover_elasticity": s.turnover.elasticity,
        "turnover_max_factor": s.turnover.max_factor,
        "vacancy": pool.distribution(s.vacancy),
        "preparation": pool.distribution(m.preparation),
        "conversation": pool.distribution(m.conversation),
        "journal": pool.distribution(m.journal),
        "no_show_hours": m.no_show_hours,
        "pressure": m.pressure,
        "tolerated_weeks": m.tolerated_weeks,
        "calendar_share": m.calendar_share,
        "floor_share": m.floor_share,
        "effect_decay": m.effect_decay,
        "handled_elsewhere": m.handled_elsewhere,
        "extra_meetings": m.extra_meetings,
        "extra_after": m.extra_after,
        "extra_hours": pool.distribution(m.extra_hours),
        "outreach": m.outreach,
        "outreach_every": m.outreach_every,
        "outreach_hours": pool.distribution(m.outreach_hours),
        "outreach_decay": m.outreach_decay,
        "recognition_share": c.recognition_share,
        "packages": c.packages,
        "package_hours": pool.distribution(c.package_hours),
        "document_wait": pool.distribution(c.document_wait),
        "target_weeks": c.target_weeks,
        "loss_share": c.loss_share,
        "slots": c.slots,
        "team_every": c.team_every,
        "submission": pool.distribution(c.submission),
        "resource_course_group": c.resource_course_group,
        "three_in_one": i.three_in_one,
        "handover_hours": pool.distribution(i.handover_hours),
        "placement_hours": pool.distribution(i.placement_hours),
        "search": pool.distribution(i.search),
        "give_up": i.give_up,
        "internship_duration": pool.distribution(i.duration),
        "follow_up_hours": pool.distribution(i.follow_up_hours),
        "follows_up": i.follows_up,
        "after_weeks": i.after_weeks,
        "hired_share": i.hired_share,
        "small_job": pool.distribution(i.small_job),
        "free_place": -1,
        "free_event": -1,
        "page": -1,
    }


def _groups(p: Parameters, pool: _Numbers) -> Array:
    own = {
        "long_history_stock", "long_history_inflow", "stock", "inflow", "meets", "meeting_priority",
        "planned_meeting_hours_per_week", "calls", "contact_priority", "needs_stock", "needs_inflow",
        "recognised_stock", "ready_share", "placeable_share", "stays", "stay_elapsed_share",
    }  # fmt: skip
    drawn = ("elapsed", "frailty", "meeting_interval", "first_meeting", "contact_interval", "contact_hours", "stay")
    return _table(
        layout.GROUP,
        (
            {name: getattr(g, name) for name in own}
            | {name: pool.distribution(getattr(g, name)) for name in drawn}
            | {
                "any_hazard": any(h.per_week > 0.0 for h in g.hazards),
                "team_outcomes": pool.row(g.team_outcomes),
                "team_outcomes_count": len(g.team_outcomes),
                "stay_outcomes": pool.row(g.stay_outcomes),
                "stay_outcomes_count": len(g.stay_outcomes),
            }
            for g in p.groups
        ),
    )


def _hazards(p: Parameters, pool: _Numbers) -> Array:
    own = (
        "per_week", "long_history_factor", "frail", "meeting_size", "outreach_size", "lock_in",
        "after_internship", "small_job", "programmes", "levels",
    )  # fmt: skip
    firsts = [sum(len(levels) for levels in p.exit_streams[:h]) for h in range(len(HAZARDS))]
    rows = []
    for group in p.groups:
        for h, first in zip(group.hazards, firsts, strict=True):
            r, d = h.response, h.duration
            row = {name: getattr(h, name) for name in own} | {"first_stream": first}
            row |= {"response_form": r.form, "response_a": r.a, "response_reference": r.reference}
            row |= {"response_x": pool.row(r.x), "response_y": pool.row(r.y), "response_count": len(r.x)}
            row |= {"duration_form": d.form, "duration_shape": d.shape, "duration_reference": d.reference}
            row |= {"duration_low": d.low, "duration_high": d.high}
            row |= {"duration_x": pool.row(d.x), "duration_y": pool.row(d.y), "duration_count": len(d.x)}
            rows.append(row)
    return _table(layout.HAZARD, rows)


def _departments(p: Parameters, pool: _Numbers) -> Array:
    rows = []
    for i, d in enumerate(p.departments):
        posts = [post.department for post in p.posts]
        consultants = [v.department for v in p.consultants]
        rows.append(
            {
                "weight": d.weight,
                "pooled": d.pooled,
                "own_first_meeting": d.own_first_meeting,
                "first_meeting": pool.distribution(d.first_meeting),
                "lead": d.lead,
                "no_show": d.no_show,
                "reinvite": pool.distribution(d.reinvite),
                "fill_to": d.fill_to,
                "fill_from_centre": d.fill_from_centre,
                "first_post": sum(other < i for other in posts),
                "posts": posts.count(i),
                "first_consultant": sum(other < i for other in consultants),
                "consultants": consultants.count(i),
                "unassigned": len(p.posts) + i,
            }
        )
    return _table(layout.DEPARTMENT, rows)


def _by_department(departments: list[int]) -> list[int]:
    """Numbers of the posts, department by department."""
    return sorted(range(len(departments)), key=lambda i: (departments[i], i))


def _members(p: Parameters) -> Array:
    """The posts, department by department, each with its load: infinite where nobody can be given a citizen."""
    ordered = _by_department([post.department for post in p.posts])
    return _table(layout.MEMBER, ({"post": i, "load": 0.0 if p.posts[i].initial else math.inf} for i in ordered))


def _coordinators(p: Parameters, pool: _Numbers) -> Array:
    """The posts, and after them every department's list of those who wait for a coordinator."""
    rows: list[dict[str, Any]] = []
    now = 0.0 - p.warm_up
    places = {number: place for place, number in enumerate(_by_department([post.department for post in p.posts]))}
    for i, post in enumerate(p.posts):
        rows.append(
            {
                "ordinal": post.number,
                "number": i,
                "department": post.department,
                "member": places[i],
                "full_time_share": post.full_time_share,
                "hours_per_week": p.staff.hours_per_week * post.full_time_share,
                "starts": post.starts,
                "delay": pool.distribution(post.delay),
                "ends": post.ends,
                "queue": _queue(p, i, post.department),
                "employed": post.initial,
                "credit_since": now,
                "doing_since": now,
                "list_since": now,
                "doing": IDLE if post.initial else OFF,
            }
        )
    for d in range(len(p.departments)):
        rows.append({"number": -1, "department": d, "queue": _queue(p, len(p.posts) + d, d)})
    blank = {"first": -1, "last": -1, "learning_until": -math.inf}
    return _table(layout.COORDINATOR, (blank | row for row in rows))


def _queue(p: Parameters, own: int, department: int) -> int:
    """Queue of a list: the own one, or that of the department's list of those who wait, which all share."""
    return len(p.posts) + department if p.departments[department].pooled else own


def _queues(p: Parameters) -> Array:
    """The posts' queues, and those of the departments' lists of citizens who wait for a coordinator."""
    owners = [(post.department, not post.initial) for post in p.posts]
    owners += [(d, True) for d in range(len(p.departments))]
    return _table(
        layout.QUEUE,
        (
            {
                "cases": -1,
                "others": -1,
                "department": d,
                "left_behind": alone and not p.departments[d].pooled,
            }
            for d, alone in owners
        ),
    )


def _consultants(p: Parameters) -> Array:
    return _table(
        layout.CONSULTANT,
        (
            {
                "department": v.department,
                "full_time_share": v.full_time_share,
                "hours_per_week": p.internships.consultant_hours_per_week * v.full_time_share,
                "list_limit": p.internships.list_limit * v.full_time_share,
            }
            for v in p.consultants
        ),
    )


def _programmes(p: Parameters, pool: _Numbers) -> Array:
    own = ("referral_share", "referral_key", "duration_key", "during", "after", "after_weeks", "by_results")
    return _table(
        layout.PROGRAMME,
        (
            {name: getattr(programme, name) for name in own}
            | {
                "duration": pool.distribution(programme.duration),
                "first_vendor": sum(len(other.vendors) for other in p.programmes[:i]),
                "vendors": len(programme.vendors),
            }
            for i, programme in enumerate(p.programmes)
        ),
    )


def _vendors(p: Parameters) -> Array:
    return _table(
        layout.VENDOR,
        (
            {"places": v.places, "factor": v.factor, "resource": v.resource, "free": v.places}
            for programme in p.programmes
            for v in programme.vendors
        ),
    )
