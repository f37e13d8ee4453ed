"""From a config to parameters: names become numbers, shares become counts and running sums."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count
from typing import NamedTuple

from sim.catalogue import COORDINATOR, HAZARDS
from sim.config.differences import in_force
from sim.config.schema import Config
from sim.model.assembly.people import groups_of
from sim.model.assembly.resolve import NOTHING, distribution
from sim.model.assembly.staff import others_of, roles_of, teams_and_posts, weeks_to
from sim.model.assembly.work import (
    clarification_of,
    internships_of,
    meetings_of,
    needs_of,
    planned_hours,
    priorities_of,
    programmes_of,
)
from sim.model.decisions import exit_keys
from sim.model.names import Names
from sim.model.parameters import (
    BIRTH_DATE,
    FIRST_POST,
    LOWEST_CASELOAD,
    RANDOM,
    ROUND_ROBIN,
    Department,
    Epoch,
    Parameters,
    Policy,
    Post,
    Team,
)

_POLICIES = {
    "random": RANDOM,
    "birth_date": BIRTH_DATE,
    "lowest_caseload": LOWEST_CASELOAD,
    "round_robin": ROUND_ROBIN,
}


def build(config: Config) -> Parameters:
    """Resolve a checked config into parameters.

    Parameters
    ----------
    config
        From `sim.config.load`; its names and shares are taken as checked.

    Returns
    -------
    sim.model.parameters.Parameters
        Plain numbers and tuples; the same config gives equal parameters. Policies dated before the first simulated
        moment, or on it, are in force from the beginning; those dated at the horizon or later are left out.
    """
    later = [(weeks_to(config, day), day, then) for day, then in in_force(config)]
    later = [step for step in later if step[0] < config.run.horizon_weeks]
    staff = _staff(config, [(day, then) for _, day, then in later])
    first = -float(config.run.warm_up_weeks)
    begin = [then for weeks, _, then in later if weeks <= first][-1:] or [config]
    p = _in_force(begin[0], staff)
    epochs = [Epoch(weeks, _in_force(then, staff)) for weeks, _, then in later if weeks > first]
    return _together(p, epochs)


def _together(p: Parameters, epochs: Sequence[Epoch]) -> Parameters:
    """Give all epochs what they must have in common: exits drawn in as many levels, and clocks that run on."""
    everything = [p, *(epoch.parameters for epoch in epochs)]
    levels = [
        [max(q.groups[g].hazards[h].levels for q in everything) for h in range(len(HAZARDS))]
        for g in range(len(p.groups))
    ]
    most = [max((own[h] for own in levels), default=1) for h in range(len(HAZARDS))]
    streams = tuple(
        tuple(exit_keys(name, level) for level in range(n)) for name, n in zip(HAZARDS, most, strict=True)
    )
    ever = [any(q.departments[d].fill_to > 0.0 for q in everything) for d in range(len(p.departments))]
    alike = [
        q._replace(
            groups=tuple(
                group._replace(hazards=tuple(h._replace(levels=n) for h, n in zip(group.hazards, own, strict=True)))
                for group, own in zip(q.groups, levels, strict=True)
            ),
            departments=tuple(d._replace(ever_filled=e) for d, e in zip(q.departments, ever, strict=True)),
            exit_streams=streams,
        )
        for q in everything
    ]
    later = (epoch._replace(parameters=q) for epoch, q in zip(epochs, alike[1:], strict=True))
    return alike[0]._replace(epochs=tuple(later))


class _Staff(NamedTuple):
    """What is the same all through a run: teams, posts, and who is called what."""

    teams: tuple[Team, ...]
    posts: tuple[Post, ...]
    names: Names
    first_vendor: int


def _staff(config: Config, later: Sequence[tuple[date, Config]]) -> _Staff:
    teams, posts = teams_and_posts(config, later)
    vendors = (vendor_name(p, v) for p, programme in config.programmes.items() for v in programme.vendors)
    resources = ("rehabilitation team", *post_names(config, teams, posts), *vendors)
    names = Names(tuple(config.groups), tuple(config.departments), resources, roles=(COORDINATOR, *config.roles))
    return _Staff(teams, posts, names, FIRST_POST + len(posts))


def _in_force(config: Config, staff: _Staff) -> Parameters:
    """Resolve what is in force at one time."""
    return Parameters(
        names=staff.names,
        start=config.run.start.isoformat(),
        warm_up=float(config.run.warm_up_weeks),
        horizon=config.run.horizon_weeks,
        period=config.run.coordinator_period_weeks,
        groups=groups_of(config),
        departments=_departments(config),
        roles=roles_of(config),
        teams=staff.teams,
        posts=staff.posts,
        others=others_of(config, staff.teams),
        policy=Policy(_POLICIES[config.assignment.department], _POLICIES[config.assignment.coordinator]),
        centre_caseload=config.caseload.measured == "centre",
        reference_caseload=config.caseload.reference,
        priorities=priorities_of(config),
        planned_hours=planned_hours(config),
        meetings=meetings_of(config),
        clarification=clarification_of(config),
        needs=needs_of(config),
        internships=internships_of(config),
        programmes=programmes_of(config, staff.first_vendor),
        exit_streams=(),
    )


def post_names(config: Config, teams: Sequence[Team], posts: Sequence[Post]) -> Iterator[str]:
    """Name the posts as resources: the role, and a number that counts the role's posts."""
    counts = [count() for _ in (COORDINATOR, *config.roles)]
    names = (COORDINATOR, *(name.replace("_", " ") for name in config.roles))
    for post in posts:
        role = teams[post.team].role
        yield f"{names[role]} {next(counts[role])}"


def vendor_name(programme: str, vendor: str) -> str:
    """Name a vendor as a resource: no two of different programmes or names get the same."""
    return " / ".join(
        json.dumps(n, ensure_ascii=False) if "/" in n or n[:1] == '"' else n for n in (programme, vendor)
    )


def _departments(config: Config) -> tuple[Department, ...]:
    built = []
    for d in config.departments.values():
        notice, no_show, next_try = 0.0, 0.0, NOTHING
        if config.meetings is not None:
            booking = getattr(config.meetings.bookings, d.booking or config.meetings.booking)
            notice, no_show = booking.notice_weeks, booking.no_show_share
            next_try = distribution(booking.next_try_weeks)
        built.append(
            Department(
                weight=d.stock_share,
                serves=tuple(not d.groups or name in d.groups for name in config.groups),
                own_first_meeting=d.first_within_weeks is not None,
                first_meeting=distribution(d.first_within_weeks) if d.first_within_weeks is not None else NOTHING,
                notice=notice,
                no_show=no_show,
                next_try=next_try,
                fill_to=d.fill_to or 0.0,
                fill_from_centre=d.fill_from == "centre",
                ever_filled=d.fill_to is not None,
            )
        )
    return tuple(built)
