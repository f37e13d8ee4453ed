"""From a config to parameters: names become numbers, shares become counts and running sums."""

import json

from sim.catalogue import HAZARDS
from sim.config.schema import Config
from sim.model.assembly.people import groups_of
from sim.model.assembly.resolve import NOTHING, distribution
from sim.model.assembly.staff import consultant_posts, coordinator_posts, staff_of
from sim.model.assembly.work import (
    clarification_of,
    internships_of,
    meetings_of,
    planned_hours,
    priorities_of,
    programmes_of,
)
from sim.model.decisions import exit_keys
from sim.model.names import Names
from sim.model.parameters import (
    BIRTH_DATE,
    FIRST_COORDINATOR,
    LOWEST_CASELOAD,
    RANDOM,
    ROUND_ROBIN,
    Department,
    Parameters,
    Policy,
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
    posts = coordinator_posts(config)
    consultants = consultant_posts(config)
    first_consultant = FIRST_COORDINATOR + len(posts)
    first_vendor = first_consultant + len(consultants)
    vendor_names = tuple(vendor_name(p, v) for p, spec_ in config.programmes.items() for v in spec_.vendors)
    resources = (
        "rehabilitation team",
        *(f"coordinator {i}" for i in range(len(posts))),
        *(f"consultant {i}" for i in range(len(consultants))),
        *vendor_names,
    )
    groups = groups_of(config)
    levels = tuple(max((g.hazards[h].levels for g in groups), default=1) for h in range(len(HAZARDS)))
    return Parameters(
        names=Names(group_names, department_names, resources),
        start=config.run.start.isoformat(),
        warm_up=float(config.run.warm_up_weeks),
        horizon=config.run.horizon_weeks,
        period=config.run.coordinator_period_weeks,
        groups=groups,
        departments=_departments(config),
        posts=posts,
        consultants=consultants,
        staff=staff_of(config.staffing),
        policy=Policy(_POLICIES[config.assignment.department], _POLICIES[config.assignment.coordinator]),
        centre_caseload=config.caseload.measured == "centre",
        reference_caseload=config.caseload.reference,
        priorities=priorities_of(config),
        planned_hours=planned_hours(config),
        meetings=meetings_of(config),
        clarification=clarification_of(config),
        internships=internships_of(config),
        programmes=programmes_of(config, first_vendor),
        exit_streams=tuple(
            tuple(exit_keys(name, level) for level in range(n)) for name, n in zip(HAZARDS, levels, strict=True)
        ),
        first_consultant=first_consultant,
    )


def vendor_name(programme: str, vendor: str) -> str:
    """Name a vendor as a resource: no two of different programmes or names get the same."""
    return " / ".join(
        json.dumps(n, ensure_ascii=False) if "/" in n or n[:1] == '"' else n for n in (programme, vendor)
    )


def _departments(config: Config) -> tuple[Department, ...]:
    built = []
    for d in config.departments.values():
        lead, no_show, reinvite = 0.0, 0.0, NOTHING
        if config.meetings is not None:
            booking = getattr(config.meetings.bookings, d.booking or config.meetings.booking)
            lead, no_show = booking.lead_weeks, booking.no_show_share
            reinvite = distribution(booking.reinvite_weeks)
        built.append(
            Department(
                weight=d.stock_share,
                serves=tuple(not d.groups or name in d.groups for name in config.groups),
                pooled=d.queue == "pooled",
                own_first_meeting=d.first_within_weeks is not None,
                first_meeting=distribution(d.first_within_weeks) if d.first_within_weeks is not None else NOTHING,
                lead=lead,
                no_show=no_show,
                reinvite=reinvite,
                fill_to=d.fill_to or 0.0,
                fill_from_centre=d.fill_from == "centre",
            )
        )
    return tuple(built)
