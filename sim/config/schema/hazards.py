"""How high an exit hazard can come: the product of the highest that each thing which acts on it can make it."""

import math
from collections.abc import Mapping
from typing import Any

from sim.config.schema.exits import Exit
from sim.config.schema.people import Group


def highest_factors(sections: Mapping[str, Any], group: Group, destination: str, way_out: Exit) -> dict[str, float]:
    """List the highest factor on a hazard, at least 1 where something need not be in force, by what makes it.

    Parameters
    ----------
    sections
        Of the config; a reference caseload of 0 has been refused where it matters.
    group
        Whose hazard it is.
    destination, way_out
        The hazard's destination and values.
    """
    meetings, outreach = sections["meetings"], sections["discretionary"].outreach
    internships, small_jobs = sections["internships"], sections["small_jobs"]
    effect, sanction = (meetings.effect, meetings.sanction) if meetings is not None else (None, None)
    duration, response, reference = way_out.duration, way_out.caseload, sections["caseload"].reference
    found = {
        "duration": duration.highest if duration is not None else 1.0,
        "caseload": response.highest(reference) if response is not None else 1.0,
        "meetings.effect": 1.0 + effect.size if effect is not None and destination in effect.affects else 1.0,
        "meetings.sanction": 1.0 + sanction.size
        if sanction is not None and destination in sanction.affects
        else 1.0,
        "discretionary.outreach": 1.0 + outreach.size if outreach is not None and destination == "job" else 1.0,
        "internships": 1.0,
        "small_jobs": 1.0,
        "programmes": 1.0,
    }
    if effect is not None and destination in effect.affects:
        found["meetings.effect"] = 1.0 + effect.size * meetings.longest_share
    if sanction is not None and destination in sanction.affects:
        found["meetings.sanction"] = 1.0 + sanction.size
    if internships is not None and destination in internships.affects:
        found["internships"] = max(1.0, internships.lock_in_factor, internships.after_factor)
    if small_jobs is not None and destination in small_jobs.affects:
        own = group.small_jobs.factor if group.small_jobs is not None else None
        found["small_jobs"] = max(1.0, small_jobs.factor if own is None else own)
    for programme in sections["programmes"].values():
        if destination in programme.affects:
            best = max(vendor.factor for vendor in programme.vendors.values())
            highest = max(programme.after_factor, programme.during_factor * best)
            found["programmes"] = max(found["programmes"], highest)
    return found


def highest_factor(sections: Mapping[str, Any], group: Group, destination: str, way_out: Exit) -> float:
    """Upper bound of everything that multiplies a citizen's base hazard."""
    return math.prod(highest_factors(sections, group, destination, way_out).values())
