"""Hypothesis makes small configs: every mechanism on or off, ordinary or pushed to its extreme."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from sim.catalogue import RIGHT_SCHEMES
from sim.config.layers.loading import checked
from sim.config.layers.merge import merge
from sim.config.messages.problems import problems
from sim.config.schema import Config
from sim.config.schema.shape import CONFIG
from sim.config.toml.sourced import from_override, plain

START = date(2018, 1, 1)
GROUPS = ("ready", "sick", "course")
DESTINATIONS = ("job", "education", "fleksjob", "pension", "resource_course", "other")
Draw = Any
"""Hypothesis' `draw`."""

few = st.sampled_from([0.0, 0.25, 1.0])
shares = st.sampled_from([0.0, 0.3, 0.5, 1.0])
positive = st.sampled_from([0.25, 0.5, 1.0, 2.0, 3.7])


def forms(mean: float) -> st.SearchStrategy[Any]:
    """A distribution of this mean, of any form; constants, which make ties, more often than others."""
    if mean == 0.0:
        return st.just(0.0)
    return st.sampled_from(
        [
            mean,
            mean,
            {"exponential": {"mean": mean}},
            {"gamma": {"mean": mean, "cv": 0.4}},
            {"gamma": {"mean": mean, "cv": 1.5}},
            {"erlang": {"mean": mean, "stages": 2}},
            {"lognormal": {"mean": mean, "cv": 0.8}},
            {"weibull": {"mean": mean, "shape": 1.7}},
            {"uniform": {"min": 0.0, "max": 2.0 * mean}},
            {"triangular": {"min": 0.0, "mode": 0.5 * mean, "max": 2.5 * mean}},
            {"empirical": {"values": [0.5 * mean, 1.5 * mean], "weights": [1.0, 1.0]}},
        ]
    )


def durations(*means: float) -> st.SearchStrategy[Any]:
    """A distribution of one of these means."""
    return st.sampled_from(means).flatmap(forms)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """None, or a value."""
    return st.none() | strategy


def present(table: dict[str, Any]) -> dict[str, Any]:
    """A table without the keys that are None."""
    return {key: value for key, value in table.items() if value is not None}


def divided(draw: Draw, names: tuple[str, ...]) -> dict[str, float]:
    """Shares that sum to one."""
    weights = [draw(st.integers(0, 4)) for _ in names]
    if sum(weights) == 0:
        weights[0] = 1
    return {name: weight / sum(weights) for name, weight in zip(names, weights, strict=True)}


responses = st.sampled_from(
    [
        {"power": {"elasticity": 0.3}},
        {"hyperbolic": {"scale": 50.0}},
        {"table": {"caseload": [1.0, 10.0, 50.0], "factor": [3.0, 1.0, 0.2]}},
    ]
)
spells = st.sampled_from(
    [
        {"table": {"from_weeks": [0.0, 5.0, 20.0], "factor": [1.6, 1.0, 0.5]}},
        {"weibull": {"shape": 0.7, "reference_weeks": 20.0, "earliest_weeks": 1.0}},
        {"weibull": {"shape": 1.5, "reference_weeks": 20.0, "latest_weeks": 100.0}},
    ]
)


@st.composite
def exits(draw: Draw) -> dict[str, Any]:
    """Competing exits."""
    ways = draw(st.lists(st.sampled_from(DESTINATIONS), unique=True, max_size=4))
    return {
        way: present(
            {
                "hazard_per_week": draw(st.sampled_from([0.0, 0.01, 0.05, 0.5])),
                "long_history_factor": draw(st.sampled_from([0.0, 0.6, 1.0])),
                "frailty": draw(st.booleans()),
                "caseload": draw(maybe(responses)),
                "duration": draw(maybe(spells)),
            }
        )
        for way in ways
    }


def group(draw: Draw, on: dict[str, bool], names: tuple[str, ...]) -> dict[str, Any]:
    """A group of citizens."""
    table: dict[str, Any] = {
        "benefit": "cash_benefit",
        **draw(st.sampled_from([{"inflow_per_week": 0.0}, {"inflow_per_week": 0.5}, {"entries_per_year": 156.0}])),
        "elapsed_weeks": draw(durations(0.0, 20.0)) if draw(st.booleans()) else 0.0,
        "long_history_share": draw(shares),
        "long_history_share_inflow": draw(shares),
        "frailty": draw(forms(1.0)),
        "exits": draw(exits()),
        "contacts": draw(
            maybe(st.fixed_dictionaries({"interval_weeks": durations(1.0, 5.0), "hours": durations(0.0, 0.5)}))
        ),
    }
    if on["meetings"] and draw(st.booleans()) | draw(st.booleans()):
        table["meetings"] = present(
            {
                "interval_weeks": draw(durations(1.0, 4.0)),
                "first_within_weeks": draw(durations(0.0, 1.0)),
                "priority": draw(maybe(st.integers(1, 9))),
            }
        )
    if on["clarification"]:
        table["clarification"] = {
            "right_scheme_stock": right_schemes(draw),
            "right_scheme_inflow": right_schemes(draw),
            "arises_per_year": draw(
                st.dictionaries(st.sampled_from(RIGHT_SCHEMES), st.sampled_from([0.0, 1.0, 20.0]))
            ),
            "recognised_share_stock": draw(shares),
        }
    if on["internships"]:
        table["internships"] = present(
            {
                "ready_share_stock": draw(shares),
                "ready_share_inflow": draw(shares),
                "becomes_ready_per_year": draw(st.sampled_from([0.0, 2.0, 100.0])),
                "found_share_per_meeting": draw(shares),
                "placeable_share": draw(shares),
                "search_weeks": draw(maybe(durations(0.0, 2.0))),
                "give_up_weeks": draw(maybe(st.sampled_from([1.0, 5.0]))),
                "hired_share": draw(maybe(shares)),
            }
        )
    if on["small_jobs"]:
        table["small_jobs"] = present(
            {
                "hazard_per_week": draw(st.sampled_from([0.0, 0.02, 0.3])),
                "duration_weeks": draw(maybe(durations(0.0, 5.0))),
                "factor": draw(maybe(st.sampled_from([0.0, 5.0]))),
                "benefit_saved_share": 0.5,
            }
        )
    if "job" in table["exits"] or on["internships"]:
        table["re_entry"] = draw(maybe(st.just({"from_weeks": [0, 1, 4], "rate_per_week": [0.5, 0, 1]})))
    if draw(st.integers(0, 2)) == 0:
        table["stay"] = {
            "duration_weeks": draw(st.sampled_from([2.0, {"uniform": {"min": 1.0, "max": 9.0}}])),
            "elapsed_share_stock": draw(shares),
            "outcomes": divided(draw, (*DESTINATIONS, "return")),
        }
    return present(table)


def reassessments(draw: Draw, groups: dict[str, dict[str, Any]]) -> None:
    """Meetings move citizens between the first two groups, which are made alike in what they have."""
    if len(groups) == 1 or not draw(st.booleans()):
        return
    pair = list(groups)[:2]
    one, two = (groups[name] for name in pair)
    for key in ("meetings", "contacts"):
        if key in one or key in two:
            one[key] = two[key] = one.get(key, two.get(key))
    if "meetings" in one:
        for table, other in zip((one, two), reversed(pair), strict=True):
            table.pop("stay", None)
            table["reassessed"] = {"share_per_meeting": draw(shares), "to": {other: 1.0}}


def right_schemes(draw: Draw) -> dict[str, float]:
    """Shares of the schemes in which citizens belong; the rest belongs in none."""
    parts = divided(draw, (*RIGHT_SCHEMES, "none"))
    return {scheme: share for scheme, share in parts.items() if scheme != "none"}


def departments(draw: Draw, names: tuple[str, ...], on: dict[str, bool], others: dict[str, Any]) -> dict[str, Any]:
    """One to three departments; the first serves everybody."""
    made: dict[str, Any] = {}
    for i in range(draw(st.integers(1, 3))):
        fill_to = draw(maybe(st.sampled_from([3.0, 6.0])))
        made[f"d{i}"] = present(
            {
                "stock_share": draw(st.sampled_from([0.5, 1.0, 2.0])),
                "groups": [] if i == 0 else draw(st.lists(st.sampled_from(names), unique=True)),
                "coordinators": draw(maybe(st.sampled_from([0.0, 1.0, 1.5, 3.0]))),
                "posts": {
                    role: draw(st.sampled_from([0.0, 1.0, 1.5]))
                    for role, table in others.items()
                    if not table["shared"] and draw(st.booleans())
                },
                "queue": draw(st.sampled_from(["own", "pooled"])),
                "booking": draw(maybe(st.sampled_from(["invited", "own_calendar"]))) if on["meetings"] else None,
                "fill_to": fill_to,
                "first_within_weeks": draw(maybe(durations(0.0, 2.0))),
                "fill_from": draw(st.sampled_from(["pool", "centre"])),
            }
        )
    return made


def staffing(draw: Draw, names: list[str], horizon: int) -> dict[str, Any]:
    """Posts, absence, turnover, hires and cuts."""
    elasticity = st.sampled_from([0.0, 0.5])
    absence = {
        "spells_per_year": draw(st.sampled_from([0.0, 5.0, 60.0])),
        "duration_weeks": draw(durations(0.2, 2.0)),
        "caseload_elasticity": draw(elasticity),
        "cover": draw(st.sampled_from(["list_waits", "colleagues"])),
    }
    turnover = {
        "per_year": draw(st.sampled_from([0.0, 2.0, 20.0])),
        "vacancy_weeks": draw(durations(0.0, 2.0)),
        "caseload_elasticity": draw(elasticity),
        "list_goes_to": draw(st.sampled_from(["colleagues", "successor"])),
    }
    change = st.fixed_dictionaries(
        {
            "date": st.integers(-40, 7 * horizon).map(lambda days: START + timedelta(days=days)),
            "posts": st.sampled_from([1.0, 2.0, 0.5, -1.0, -2.0]),
            "hiring_delay_weeks": durations(0.0, 2.0),
        },
        optional={"department": st.sampled_from(names)} if names else {},
    )
    return present(
        {
            "citizens_per_coordinator": draw(st.sampled_from([1.0, 5.0, 20.0, 1000.0])),
            "net_hours_per_week": draw(st.sampled_from([4.0, 30.0])),
            "protected_clarification_share": draw(st.sampled_from([0.0, 0.2, 0.4])),
            "learning": draw(maybe(st.just({"weeks": 4.0, "productivity": 0.5}))),
            "absence": absence if draw(st.booleans()) else None,
            "turnover": turnover if draw(st.booleans()) else None,
            "leave": draw(maybe(st.sampled_from([{"weeks_per_year": 26.0, "spells_per_year": 20}]))),
            "changes": draw(st.lists(change, max_size=2)),
        }
    )


def roles(draw: Draw, horizon: int) -> dict[str, Any]:
    """None to three roles beside the coordinators, with lists or one queue, of a department or shared."""
    more = ["meeting", "contact", "extra_meeting", "outreach", "mentoring"]
    found = {
        "consultant": {"does": ["placement", *draw(st.lists(st.sampled_from(more), unique=True))], "lists": True},
        "unit": {"does": ["clarification"], "lists": draw(st.booleans())},
        "service": {"does": [draw(st.sampled_from(["contact", "outreach", "mentoring"]))], "lists": False},
    }
    made: dict[str, Any] = {}
    for name, kind in found.items():
        if draw(st.booleans()):
            hours = staffing(draw, [], horizon)
            hours.pop("citizens_per_coordinator")
            made[name] = hours | {"does": kind["does"], "posts": draw(st.sampled_from([0.0, 1.0, 2.5]))}
            made[name]["shared"] = draw(st.booleans())
            if kind["lists"]:
                made[name]["list_limit"] = draw(st.integers(1, 4))
    return made


def meetings(draw: Draw) -> dict[str, Any]:
    """How meetings are held."""
    booking = {
        "notice_weeks": draw(st.sampled_from([0.0, 1.0, 6.0])),
        "no_show_share": draw(st.sampled_from([0.0, 0.3])),
        "next_try_weeks": draw(durations(0.5, 1.0)),
    }
    pressure = [
        None,
        {"backlog": {"tolerated_weeks": 0.2, "floor_share": 0.5}},
        {"backlog": {"tolerated_weeks": 0.2, "floor_share": 0.5, "ceiling_share": 1.5}},
        {"calendar": {"meeting_hours_share": 0.6, "floor_share": 0.3}},
    ]
    return present(
        {
            "preparation_hours": draw(durations(0.0, 0.5)),
            "conversation_hours": draw(durations(1.0)),
            "journal_hours": draw(durations(0.0, 0.25)),
            "no_show_hours": draw(few),
            "sanction": draw(
                maybe(
                    st.fixed_dictionaries(
                        {
                            "after_no_show_share": shares,
                            "hours": durations(0.0, 0.5),
                            "size": st.just(1.5),
                            "decay_weeks": st.just(3.0),
                            "affects": st.sampled_from([["job"], ["job", "education"]]),
                        }
                    )
                )
            ),
            "window_weeks": draw(st.sampled_from([0.0, 0.5])),
            "bookings": {"invited": booking, "own_calendar": {"notice_weeks": 0.5, "no_show_share": 0.1}},
            "time_pressure": draw(st.sampled_from(pressure)),
            "effect": draw(maybe(st.just({"size": 0.5, "decay_weeks": 2.0}))),
        }
    )


def internships(draw: Draw) -> dict[str, Any]:
    """From ready to back again."""
    return {
        "citizen_moves": draw(st.booleans()),
        "another_share": draw(shares),
        "handover_hours": draw(durations(0.0, 0.5)),
        "placement_hours": draw(durations(0.0, 2.0)),
        "search_weeks": draw(durations(0.0, 2.0)),
        "give_up_weeks": draw(st.sampled_from([1.0, 5.0])),
        "duration_weeks": draw(durations(1.0, 3.0)),
        "follow_up_hours": draw(durations(0.0, 0.5)),
        "lock_in_factor": 0.5,
        "after_factor": 2.0,
        "after_weeks": draw(positive),
        "hired_share": draw(shares),
    }


def programmes(draw: Draw, names: tuple[str, ...], *, cases: bool) -> dict[str, Any]:
    """None, one or two programmes of one or two vendors."""
    return {
        f"p{i}": {
            "groups": draw(st.lists(st.sampled_from(names), unique=True)),
            "referral_share_per_meeting": draw(shares),
            "duration_weeks": draw(durations(1.0, 3.0)),
            "during_factor": 0.5,
            "after_factor": 2.0,
            "after_weeks": draw(positive),
            "affects": draw(st.sampled_from([["job"], ["job", "education"], ["other"]])),
            "mentor": draw(maybe(st.fixed_dictionaries({"every_weeks": positive, "hours": durations(0.0, 2.0)}))),
            "ready_share": draw(shares),
            "assessed_packages": draw(st.sampled_from([0, 1, 3])) if cases else 0,
            "referral": draw(st.sampled_from(["best_results", "best_results", "most_free_places"])),
            "results": draw(st.permutations(["job_or_education", "internship"]))[: draw(st.integers(1, 2))],
            "vendors": {f"v{j}": {"places": draw(st.integers(0, 3))} for j in range(draw(st.integers(1, 2)))},
        }
        for i in range(draw(st.integers(0, 2)))
    }


def policy(draw: Draw, raw: dict[str, Any], horizon: int) -> dict[str, Any]:
    """A policy with a date: some of what can change, of what the config has."""
    parts: list[dict[str, Any]] = [
        {"staffing": {"citizens_per_coordinator": draw(st.sampled_from([2.0, 5.0, 20.0]))}},
        {"departments": {"d0": {"coordinators": draw(st.sampled_from([0.0, 1.0, 2.5]))}}},
        {"departments": {"d0": {"fill_to": draw(st.sampled_from([4.0, "none"]))}}},
        {"assignment": {"coordinator": draw(st.sampled_from(["random", "lowest_caseload"]))}},
        {"caseload": {"measured": draw(st.sampled_from(["own", "centre"]))}},
        {"contacts": {"handled_elsewhere_share": draw(shares)}},
        {"discretionary": {"extra_meeting": draw(st.sampled_from(["none", {"after_weeks": 1.0, "hours": 0.5}]))}},
        {"priorities": {"meeting": draw(st.integers(1, 3))}},
    ]
    for table in ("staffing", *(f"roles.{name}" for name in raw["roles"])):
        first, *rest = table.split(".")
        strains = {
            "absence": {"spells_per_year": draw(st.sampled_from([0.0, 20.0])), "duration_weeks": 0.5},
            "turnover": {"per_year": draw(st.sampled_from([0.0, 10.0])), "vacancy_weeks": 1.0},
            "hiring_delay_weeks": draw(durations(0.0, 1.0)),
        }
        parts.append({first: {rest[0]: strains} if rest else strains})
    for name, role in raw["roles"].items():
        parts.append({"roles": {name: {"posts": draw(st.sampled_from([0.0, 1.0, 3.0]))}}})
        if "list_limit" in role:
            parts.append({"roles": {name: {"list_limit": draw(st.integers(1, 6))}}})
    for name, table in raw["groups"].items():
        flow = "entries_per_year" if "entries_per_year" in table else "inflow_per_week"
        parts.append({"groups": {name: {flow: draw(st.sampled_from([0.0, 1.0, 52.0]))}}})
        hazards = {
            way: {"hazard_per_week": draw(st.sampled_from([0.0, 0.02, 0.2]))}
            for way in draw(st.lists(st.sampled_from(DESTINATIONS), unique=True, max_size=3))
        }
        parts.append({"groups": {name: {"exits": hazards}}})
        if "stay" in table:
            parts.append({"groups": {name: {"stay": {"outcomes": divided(draw, (*DESTINATIONS, "return"))}}}})
        if "meetings" in table:
            parts.append({"groups": {name: {"meetings": {"interval_weeks": draw(durations(1.0, 3.0))}}}})
    if "meetings" in raw:
        parts.append({"meetings": {"window_weeks": 0.25, "time_pressure": "none", "no_show_hours": draw(few)}})
        parts.append({"meetings": {"bookings": {"invited": {"notice_weeks": 2.0, "no_show_share": 0.5}}}})
    if "rehabilitation_team" in raw:
        parts.append({"rehabilitation_team": {"slots_per_meeting": draw(st.integers(0, 3)), "every_weeks": 0.7}})
        parts.append(
            {"clarification": {"hours_per_package": draw(durations(1.0)), "recognition_share_per_meeting": 1}}
        )
    if "internships" in raw:
        parts.append({"internships": {"another_share": draw(shares), "duration_weeks": draw(durations(1.0))}})
    for name, programme in raw.get("programmes", {}).items():
        vendors = {vendor: {"places": draw(st.integers(0, 3))} for vendor in programme["vendors"]}
        parts.append({"programmes": {name: {"groups": [], "affects": ["job"], "vendors": vendors}}})
    made: dict[str, Any] = {"date": draw(st.integers(-30, 7 * horizon + 7).map(lambda d: START + timedelta(days=d)))}
    for part in draw(st.lists(st.sampled_from(parts), max_size=6)):
        made = plain(merge(from_override((), made), from_override((), part), CONFIG.at(("changes", ""))))
    return made


@st.composite
def configs(draw: Draw) -> dict[str, Any]:
    """A valid config, as it would stand in a file."""
    names = GROUPS[: draw(st.integers(1, len(GROUPS)))]
    horizon = draw(st.sampled_from([1, 4, 12, 20]))
    on = {m: draw(st.booleans()) for m in ("meetings", "clarification", "internships", "small_jobs", "programmes")}
    groups = {name: group(draw, on, names) for name in names}
    reassessments(draw, groups)
    for name, table in groups.items():
        if len(names) > 1 and draw(st.booleans()):
            table["screening"] = present(
                {
                    "frailty_below": draw(maybe(st.just(0.9))),
                    "sensitivity": draw(shares),
                    "specificity": draw(shares),
                    "flagged_group": draw(st.sampled_from([other for other in names if other != name])),
                }
            )
    stock, counts = draw(st.sampled_from([0, 1, 2, 12, 40])), draw(st.booleans())
    for name, share in divided(draw, names).items():
        groups[name] |= {"stock": round(share * stock)} if counts else {"stock_share": share}
    others = roles(draw, horizon)
    units = departments(draw, names, on, others)
    raw: dict[str, Any] = {
        "run": {
            "start": START,
            "horizon_weeks": horizon,
            "warm_up_weeks": draw(st.sampled_from([0, 0, 3])),
            "coordinator_period_weeks": draw(st.sampled_from([1, 5, 13])),
        },
        "population": {} if counts else {"stock": stock},
        "groups": groups,
        "departments": units,
        "staffing": staffing(draw, list(units), horizon),
        "roles": others,
        "assignment": {
            place: draw(st.sampled_from(["random", "birth_date", "lowest_caseload", "round_robin"]))
            for place in ("department", "coordinator")
        },
        "caseload": {"reference": 20.0, "measured": draw(st.sampled_from(["own", "centre"]))},
        "contacts": {"handled_elsewhere_share": draw(shares)},
        "discretionary": present(
            {
                "extra_meeting": draw(
                    maybe(
                        st.fixed_dictionaries(
                            {"after_weeks": positive, "hours": durations(0.0, 0.5)},
                            optional={
                                "at_most": st.integers(1, 2),
                                "refused_share": shares,
                                "notice_weeks": positive,
                                "no_show_share": shares,
                                "achieves_share": shares,
                            },
                        )
                    )
                ),
                "outreach": draw(
                    maybe(
                        st.fixed_dictionaries(
                            {
                                "every_weeks": positive,
                                "hours": durations(0.0, 0.5),
                                "size": st.just(0.5),
                                "decay_weeks": st.just(2.0),
                                "vacancy_share": shares,
                                "hired_share": shares,
                            }
                        )
                    )
                ),
            }
        ),
    }
    if on["meetings"]:
        raw["meetings"] = meetings(draw)
    if on["clarification"]:
        raw["clarification"] = present(
            {
                "recognition_share_per_meeting": draw(shares),
                "packages": draw(st.integers(1, 3)),
                "hours_per_package": draw(durations(0.5, 3.0)),
                "sitting_hours": draw(maybe(st.sampled_from([0.5, 1.0]))),
                "document_wait_weeks": draw(durations(0.0, 1.0)),
                "target_weeks": draw(few),
                "oldest_case_first": draw(st.booleans()),
                "progress_loss_share": draw(shares),
                "schemes": draw(
                    st.dictionaries(
                        st.sampled_from(RIGHT_SCHEMES),
                        st.fixed_dictionaries(
                            {},
                            optional={
                                "recognition_share_per_meeting": shares,
                                "packages": st.integers(1, 3),
                                "hours_per_package": durations(0.0, 1.0),
                                "agreement_share": shares,
                            },
                        ),
                    )
                ),
            }
        )
        entitled = draw(maybe(st.sampled_from(names)))
        raw["rehabilitation_team"] = present(
            {
                "slots_per_meeting": draw(st.integers(0, 3)),
                "every_weeks": draw(st.sampled_from([0.5, 1.0])),
                "submission_weeks": draw(durations(0.0, 1.0)),
                "agreement_share": draw(shares),
                "again_after_weeks": draw(few),
                "resource_course_group": draw(maybe(st.sampled_from(names))),
                "fleksjob_group": entitled,
                "fleksjob_at_once_share": draw(maybe(shares)) if entitled else None,
            }
        )
    if on["internships"]:
        raw["internships"] = internships(draw)
    if on["small_jobs"]:
        raw["small_jobs"] = {"duration_weeks": draw(durations(0.0, 3.0)), "factor": 1.5}
    if on["programmes"]:
        raw["programmes"] = programmes(draw, names, cases=on["clarification"])
    if draw(st.booleans()):
        kinds = ("contact", "meeting", "clarification", "placement", "outreach", "mentoring")
        raw["priorities"] = {kind: draw(st.integers(1, 3)) for kind in kinds}
    staff = [raw["staffing"], *others.values()]
    asked = [table.pop("changes", []) for table in staff]
    for table, changes in zip(staff, asked, strict=True):
        table["changes"] = []
        for change in changes:  # Without cuts of posts that are not there.
            table["changes"].append(change)
            if problems(raw):
                table["changes"].pop()
    if problems(raw):  # Consultants would have more places than there are citizens.
        raw["internships"]["citizen_moves"] = False
    raw["changes"] = {}
    for i in range(draw(st.integers(0, 2))):
        raw["changes"][f"policy{i}"] = policy(draw, raw, horizon)
        if not isinstance(checked(from_override((), raw)), Config):  # Something in it does not fit.
            del raw["changes"][f"policy{i}"]
    return raw


def valid(raw: dict[str, Any]) -> Config:
    """The config, checked as the loader checks it."""
    found = checked(from_override((), raw))
    assert isinstance(found, Config), found
    return found
