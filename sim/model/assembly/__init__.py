"""From a config to parameters: names become numbers, shares become counts and running sums."""

import json
from collections.abc import Iterator, Sequence
from itertools import count

from sim.catalogue import COORDINATOR, HAZARDS
from sim.config.schema import Config
from sim.model.assembly.people import groups_of
from sim.model.assembly.resolve import NOTHING, distribution
from sim.model.assembly.staff import others_of, roles_of, teams_and_posts
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
        Plain numbers and tuples; the same config gives equal parameters.
    """
    group_names = tuple(config.groups)
    department_names = tuple(config.departments)
    teams, posts = teams_and_posts(config)
    first_vendor = FIRST_POST + len(posts)
    vendor_names = tuple(vendor_name(p, v) for p, spec_ in config.programmes.items() for v in spec_.vendors)
    resources = (
        "rehabilitation team",
        *post_names(config, teams, posts),
        *vendor_names,
    )
    groups = groups_of(config)
    levels = tuple(max((g.hazards[h].levels for g in groups), default=1) for h in range(len(HAZARDS)))
    return Parameters(
        names=Names(group_names, department_names, resources, roles=(COORDINATOR, *config.roles)),
        start=config.run.start.isoformat(),
        warm_up=float(config.run.warm_up_weeks),
        horizon=config.run.horizon_weeks,
        period=config.run.coordinator_period_weeks,
        groups=groups,
        departments=_departments(config),
        roles=roles_of(config),
        teams=teams,
        posts=posts,
        others=others_of(config, teams),
        policy=Policy(_POLICIES[config.assignment.department], _POLICIES[config.assignment.coordinator]),
        centre_caseload=config.caseload.measured == "centre",
        reference_caseload=config.caseload.reference,
        priorities=priorities_of(config),
        planned_hours=planned_hours(config),
        meetings=meetings_of(config),
        clarification=clarification_of(config),
        needs=needs_of(config),
        internships=internships_of(config),
        programmes=programmes_of(config, first_vendor),
        exit_streams=tuple(
            tuple(exit_keys(name, level) for level in range(n)) for name, n in zip(HAZARDS, levels, strict=True)
        ),
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
            )
        )
    return tuple(built)
