"""Groups with their hazards, and what the centre offers them."""

from sim.catalogue import HAZARDS
from sim.engine.compiled import layout
from sim.engine.compiled.packing.records import Array, Numbers, table
from sim.model.parameters import Parameters


def groups(p: Parameters, pool: Numbers) -> Array:
    """Groups of citizens."""
    own = {
        "long_history_stock", "long_history_inflow", "stock", "inflow", "meets", "meeting_priority",
        "planned_meeting_hours_per_week", "calls", "contact_priority", "needs_stock", "needs_inflow",
        "recognised_stock", "ready_share", "placeable_share", "stays", "stay_elapsed_share",
    }  # fmt: skip
    drawn = ("elapsed", "frailty", "meeting_interval", "first_meeting", "contact_interval", "contact_hours", "stay")
    return table(
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


def hazards(p: Parameters, pool: Numbers) -> Array:
    """Hazards, group by group."""
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
    return table(layout.HAZARD, rows)


def programmes(p: Parameters, pool: Numbers) -> Array:
    """Programmes and where their vendors stand."""
    own = ("referral_share", "referral_key", "duration_key", "during", "after", "after_weeks", "by_results")
    return table(
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


def vendors(p: Parameters) -> Array:
    """Vendors, programme by programme."""
    return table(
        layout.VENDOR,
        (
            {"places": v.places, "factor": v.factor, "resource": v.resource, "free": v.places}
            for programme in p.programmes
            for v in programme.vendors
        ),
    )
