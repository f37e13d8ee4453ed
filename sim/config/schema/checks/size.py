"""Hazards with a bound, and no more of anything than a run can hold."""

import math
from collections.abc import Iterator

from sim.config.schema.base import Problem
from sim.config.schema.checks.common import Sections
from sim.config.schema.checks.staff import roles_and_departments
from sim.config.schema.hazards import highest_factors
from sim.config.schema.ranges import MOST_CITIZENS, MOST_EVENTS, MOST_MOMENTS, MOST_POSTS, MOST_TIMES
from sim.config.schema.size import moments_a_week, size_of


def reference_caseload(sections: Sections) -> Iterator[Problem]:
    """A response in powers of caseload / reference needs a reference above 0."""
    if sections["caseload"].reference > 0:
        return
    staffing = sections["staffing"]
    needs = [
        f"groups.{name}.exits.{destination}.caseload.power"
        for name, group in sections["groups"].items()
        for destination, way_out in group.exits.items()
        if way_out.caseload is not None and way_out.caseload.power is not None
    ]
    for name, strain in (("absence", staffing.absence), ("turnover", staffing.turnover)):
        if strain is not None and strain.caseload_elasticity > 0:
            needs.append(f"staffing.{name}.caseload_elasticity")
    if needs:
        yield Problem(("caseload", "reference"), f"must be above 0, for {needs[0]} divides by it; it is 0")


def hazards_bounded(sections: Sections) -> Iterator[Problem]:
    """No exit hazard can come so high, by all that multiplies it, that a citizen's moments would never end."""
    if sections["caseload"].reference == 0:
        return  # Told by another check where it matters.
    for name, group in sections["groups"].items():
        for destination, way_out in group.exits.items():
            factors = {"long_history_factor": max(1.0, way_out.long_history_factor)}
            factors |= highest_factors(sections, group, destination, way_out)
            moments, times = moments_a_week(sections, group, destination), math.prod(factors.values())
            if moments <= MOST_MOMENTS and times <= MOST_TIMES:
                continue
            by = " x ".join(f"{key} {value:.3g}" for key, value in factors.items() if value != 1)
            come = f"hazard_per_week {way_out.hazard_per_week:g} x {by} = {moments:.3g}; at most {MOST_MOMENTS}"
            if moments <= MOST_MOMENTS:
                come = f"the factors on it are {by} = {times:.3g}; at most {MOST_TIMES:.0e}"
            yield Problem(("groups", name, "exits", destination), f"the hazard can come too high: {come}")


def not_too_large(sections: Sections) -> Iterator[Problem]:
    """Posts, and the citizens and events of a replication, are no more than a run can ever hold."""
    if sections["caseload"].reference == 0 or any(hazards_bounded(sections)):
        return
    if any(roles_and_departments(sections)):
        return
    size = size_of(sections)
    for count, most, noun, key in (
        (size.posts, MOST_POSTS, "posts of coordinators", "staffing"),
        (size.others, MOST_POSTS, "posts of other roles", "roles"),
        (size.citizens, MOST_CITIZENS, f"citizens in {size.weeks} weeks", "groups"),
        (size.events, MOST_EVENTS, f"events in {size.weeks} weeks, all as often as it can be", "groups"),
    ):
        if count > most:
            yield Problem((key,), f"too large: a replication may have {count:.3g} {noun}; at most {most:.0e}")
            return
