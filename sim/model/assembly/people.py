"""Groups of citizens."""

import math
from collections.abc import Mapping

from sim.catalogue import DESTINATIONS, RIGHT_SCHEMES, WEEKS_PER_YEAR
from sim.config.schema import Config
from sim.config.schema.counts import entries_a_week, group_stocks
from sim.config.schema.offers import Internships
from sim.config.schema.people import Group as GroupSpec
from sim.config.schema.people import GroupInternships
from sim.model.assembly.hazards import hazards_of
from sim.model.assembly.resolve import NEVER, NOTHING, chosen, cumulative, distribution
from sim.model.assembly.work import planned_meeting_hours
from sim.model.distributions import Distribution
from sim.model.parameters import Group


def groups_of(config: Config) -> tuple[Group, ...]:
    """Return the groups, with their initial stock."""
    counts = group_stocks(dict(config))
    return tuple(
        _group(config, name, group, count)
        for (name, group), count in zip(config.groups.items(), counts, strict=True)
    )


def _group(config: Config, name: str, g: GroupSpec, stock: int) -> Group:
    meetings, contacts, need, internships, stay, small = (
        g.meetings,
        g.contacts,
        g.clarification,
        g.internships,
        g.stay,
        g.small_jobs,
    )
    screening = g.screening
    general = config.internships if internships else None
    interval = distribution(meetings.interval_weeks) if meetings else NEVER
    planned = planned_meeting_hours(config)
    arising = need.arises_per_year if need else {}
    ends = stay.outcomes if stay else {}
    return Group(
        name=name,
        stock=stock,
        inflow=entries_a_week(g),
        elapsed=distribution(g.elapsed_weeks),
        long_history_stock=g.long_history_share,
        long_history_inflow=g.long_history_share_inflow,
        frailty=distribution(g.frailty),
        hazards=hazards_of(config, g),
        meets=meetings is not None,
        meeting_interval=interval,
        first_meeting=distribution(meetings.first_within_weeks) if meetings else NEVER,
        meeting_priority=chosen(meetings.priority if meetings else None, config.priorities.meeting),
        planned_meeting_hours_per_week=planned / interval.mean if interval.mean > 0 else math.inf,
        calls=contacts is not None,
        contact_interval=distribution(contacts.interval_weeks) if contacts else NEVER,
        contact_hours=distribution(contacts.hours) if contacts else NOTHING,
        contact_priority=chosen(contacts.priority if contacts else None, config.priorities.contact),
        right_scheme_stock=_right_schemes(need.right_scheme_stock if need else {}),
        right_scheme_inflow=_right_schemes(need.right_scheme_inflow if need else {}),
        need_arises=math.fsum(arising.values()) / WEEKS_PER_YEAR,
        arising_schemes=cumulative(arising.get(s, 0.0) for s in RIGHT_SCHEMES) if any(arising.values()) else (),
        recognised_stock=need.recognised_share_stock if need else 0.0,
        ready_stock=internships.ready_share_stock if internships else 0.0,
        ready_inflow=internships.ready_share_inflow if internships else 0.0,
        becomes_ready=(internships.becomes_ready_per_year if internships else 0.0) / WEEKS_PER_YEAR,
        ready_found=internships.found_share_per_meeting if internships else 0.0,
        placeable_share=internships.placeable_share if internships else 0.0,
        search=_search(internships, general),
        give_up=chosen(internships.give_up_weeks, general.give_up_weeks) if internships and general else math.inf,
        hired_share=chosen(internships.hired_share, general.hired_share) if internships and general else 0.0,
        small_job=distribution(chosen(small.duration_weeks, config.small_jobs.duration_weeks))
        if small and config.small_jobs
        else NEVER,
        stays=stay is not None,
        stay=distribution(stay.duration_weeks) if stay else NEVER,
        stay_elapsed_share=stay.elapsed_share_stock if stay else 0.0,
        stay_outcomes=cumulative(ends.get(d, 0.0) for d in (*DESTINATIONS, "return")) if ends else (),
        reassessed_share=g.reassessed.share_per_meeting if g.reassessed else 0.0,
        flagged_group=list(config.groups).index(screening.flagged_group) if screening else -1,
        frailty_below=(screening.frailty_below or 0.0) if screening else 0.0,
        sensitivity=screening.sensitivity if screening else 0.0,
        specificity=screening.specificity if screening else 1.0,
        returns=g.re_entry is not None,
        return_from=tuple(g.re_entry.from_weeks) if g.re_entry else (),
        return_per_week=tuple(g.re_entry.rate_per_week) if g.re_entry else (),
        reassessed_to=cumulative(g.reassessed.to.get(n, 0.0) for n in config.groups) if g.reassessed else (),
    )


def _right_schemes(shares: Mapping[str, float]) -> tuple[float, ...]:
    """Running sums over the right schemes and none; nothing where everybody belongs in none."""
    own = [shares.get(scheme, 0.0) for scheme in RIGHT_SCHEMES]
    return cumulative((*own, max(1.0 - math.fsum(own), 0.0))) if any(own) else ()


def _search(own: GroupInternships | None, general: Internships | None) -> Distribution:
    if own is None or general is None:
        return NEVER
    return distribution(chosen(own.search_weeks, general.search_weeks))
