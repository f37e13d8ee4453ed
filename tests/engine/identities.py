"""What must hold exactly in every replication, whatever the config."""

import math
from collections import Counter, defaultdict
from fractions import Fraction

import numpy as np

from sim.analysis.kpis import kpis
from sim.catalogue import DESTINATIONS, POOL, RETURNED, Destination, Task
from sim.model.parameters import COORDINATOR, FIRST_POST
from tests.engine.running import Centre, Happened

WORK = (
    "meeting",
    "contact",
    "package",
    "handover",
    "placement",
    "extra_meeting",
    "outreach",
    "follow_up",
    "mentoring",
)
STARTS = {f"{kind}_starts": f"{kind}_ends" for kind in WORK}
ENDS = {end: start for start, end in STARTS.items()}


def check(centre: Centre) -> None:
    """Every identity of this module."""
    stock_and_flows(centre)
    littles_law(centre)
    weekly_agrees_with_the_log(centre)
    one_task_at_a_time(centre)
    hours(centre)
    groups_and_departments(centre)
    meetings(centre)
    citizens_agree_with_the_log(centre)
    spells(centre)
    nothing_after_leaving(centre)
    nothing_before_the_start(centre)


def stock_and_flows(centre: Centre) -> None:
    """Stock + entries = exits + remaining: week by week and group by group, and against the citizens."""
    w, c, p = centre.weekly, centre.citizens, centre.parameters
    groups = len(p.groups)
    stock = w["stock"].reshape(-1, groups)
    change = w["entries"] + w["scheme_changes_in"] - w["scheme_changes_out"]
    change = change - np.sum([w[f"exits_{d}"] for d in DESTINATIONS], axis=0)
    assert stock.shape == (p.horizon + 1, groups)
    assert (w["week"].reshape(-1, groups) == np.arange(p.horizon + 1)[:, None]).all()
    np.testing.assert_array_equal(np.diff(stock, axis=0), change.reshape(-1, groups)[1:])
    gone = ~np.isnan(c["exit_weeks"])
    np.testing.assert_array_equal(gone, c["destination"] >= 0)
    assert stock[0].sum() == c["cohort"].sum()
    assert w["entries"].sum() == (~c["cohort"]).sum()
    assert stock[0].sum() + w["entries"].sum() == gone.sum() + stock[-1].sum()
    for d, name in enumerate(DESTINATIONS):
        assert w[f"exits_{name}"].sum() == (c["destination"] == d).sum()
    for g in range(groups):
        assert stock[-1, g] == (c["group_at_end"][~gone] == g).sum()
        assert w["entries"].reshape(-1, groups)[:, g].sum() == (c["group"][~c["cohort"]] == g).sum()
    assert len(set(c["citizen"])) == len(c["citizen"])
    # Who is there at the end of a week has come by then and not left: from each citizen's own row.
    weeks = np.arange(1, p.horizon + 1)
    come, left = (np.searchsorted(np.sort(c[name]), weeks, "right") for name in ("arrival_weeks", "exit_weeks"))
    np.testing.assert_array_equal(stock[1:].sum(axis=1), come - left)


def littles_law(centre: Centre) -> None:
    """The integral of the stock is the sum of the times spent: exactly, in rational numbers."""
    horizon = Fraction(centre.parameters.horizon)
    came = {e.citizen: Fraction(e.weeks) for e in centre.rows("present", "enters")}
    steps = [(t, 1) for t in came.values()]
    steps += [(Fraction(e.weeks), -1) for e in centre.rows("leaves")]
    area, stock, since = Fraction(0), 0, Fraction(0)
    for t, step in sorted(steps):
        area += stock * (t - since)
        stock, since = stock + step, t
    area += stock * (horizon - since)
    c = centre.citizens
    spent = Fraction(0)
    for citizen, exit_weeks in zip(c["citizen"].tolist(), c["exit_weeks"].tolist(), strict=True):
        spent += (horizon if math.isnan(exit_weeks) else Fraction(exit_weeks)) - came[citizen]
    assert area == spent
    assert came == {
        citizen: max(Fraction(arrival), Fraction(0))
        for citizen, arrival in zip(c["citizen"].tolist(), c["arrival_weeks"].tolist(), strict=True)
    }
    pool = c["origin"] == POOL
    assert (c["entry_weeks"][pool] <= c["arrival_weeks"][pool]).all()
    np.testing.assert_array_equal(c["entry_weeks"][~pool], c["arrival_weeks"][~pool])
    told = kpis(centre.run, centre.parameters)
    assert math.isclose(told["mean_stock"] * float(horizon), float(area), rel_tol=1e-12, abs_tol=1e-9)
    k, p = centre.coordinators, centre.parameters
    # Everybody is on one list: a coordinator's, or after changing over that of who does placement work.
    on_list = [
        team.role == COORDINATOR or (p.internships.changes_over and team.lists and team.does[Task.PLACEMENT])
        for team in (p.teams[p.posts[number].team] for number in k["coordinator"].tolist())
    ]
    lists = math.fsum((k["caseload"] * (k["to_weeks"] - k["from_weeks"]))[on_list])
    always_listed = all(e.resource for e in centre.rows("present", "enters", "caseworker_changes"))
    if always_listed:
        assert math.isclose(lists, float(area), rel_tol=1e-9, abs_tol=1e-6)
    else:
        assert lists <= float(area) * (1 + 1e-9)


def weekly_agrees_with_the_log(centre: Centre) -> None:
    """Flows of a week are the events of that week; stocks at its end follow from the events before it."""
    w, p = centre.weekly, centre.parameters
    groups, warm = len(p.groups), p.warm_up > 0

    def per_week(rows: list[Happened]) -> list[int]:
        # A week's row tells of all that happened up to and including its last moment; week 0 is the start itself.
        counts = Counter(max(1, min(p.horizon, math.ceil(e.weeks))) for e in rows)
        return [counts[week] for week in range(p.horizon + 1)]

    flows = {
        "entries": centre.rows("enters"),
        "scheme_changes_in": centre.rows("scheme_changes", "reassessed", "flagged"),
        "meetings_held": centre.rows("meeting_starts"),
    }
    for d, name in enumerate(DESTINATIONS):
        flows[f"exits_{name}"] = [e for e in centre.rows("leaves") if e.value == d]
    for column, rows in flows.items():
        assert w[column].reshape(-1, groups).sum(axis=1).tolist() == per_week(rows), column
    if warm:
        return
    for column, begins, ends in (
        ("in_internship", "internship_starts", "internship_ends"),
        ("in_small_job", "small_job_starts", "small_job_ends"),
        ("in_programme", "programme_starts", "programme_ends"),
    ):
        inside: set[int] = set()
        rows = centre.rows(begins, ends, "leaves", "scheme_changes")
        at_end = []
        i = 0
        for week in range(p.horizon + 1):
            while i < len(rows) and (rows[i].weeks <= week if week < p.horizon else True):
                (inside.add if rows[i].activity == begins else inside.discard)(rows[i].citizen)
                i += 1
            at_end.append(len(inside))
        assert w[column].reshape(-1, groups).sum(axis=1).tolist() == at_end, column


def one_task_at_a_time(centre: Centre) -> None:
    """Nobody works at two things at once, or while away; all that starts ends or is open at the horizon."""
    doing: dict[str, Happened] = {}
    away: dict[str, str] = {}
    seen: set[str] = set()
    p = centre.parameters
    warm, posts = p.warm_up > 0, p.names.resources[FIRST_POST : FIRST_POST + len(p.posts)]
    for e in centre.log:
        if e.activity in STARTS or e.activity == "no_show":
            assert e.resource in posts
            assert e.resource not in doing, e
            assert e.resource not in away, e
            if e.activity in STARTS:
                doing[e.resource] = e
            seen.add(e.resource)
        elif e.activity in ENDS:
            begun = doing.pop(e.resource, None)
            if begun is None:
                assert warm
                assert e.resource not in seen, e
            else:
                assert (begun.activity, begun.citizen) == (ENDS[e.activity], e.citizen), e
                assert begun.weeks <= e.weeks
            seen.add(e.resource)
        elif e.activity in ("absence_starts", "leave_starts", "resigns", "post_cut"):
            assert e.resource not in doing, e
            away[e.resource] = e.activity
        elif e.activity in ("absence_ends", "leave_ends", "hired"):
            begun_as = e.activity.replace("ends", "starts")
            assert e.activity == "hired" or warm or away[e.resource] == begun_as, e
            away.pop(e.resource, None)


def hours(centre: Centre) -> None:
    """Nobody works more hours than they have; the hours of a task are its time in the log."""
    k, p = centre.coordinators, centre.parameters
    kinds = (
        "meeting",
        "contact",
        "clarification",
        "handover",
        "placement",
        "extra_meeting",
        "outreach",
        "mentoring",
    )
    worked = np.sum([k[f"hours_{kind}"] for kind in kinds], axis=0)
    # Sums of many terms differ in the last bits from the length of the whole.
    assert (worked <= k["hours_available"] * (1 + 1e-12) + 1e-9).all()
    weeks = k["to_weeks"] - k["from_weeks"]
    assert (k["employed_weeks"] <= weeks * (1 + 1e-12)).all()
    assert (k["absent_weeks"] <= k["employed_weeks"] * (1 + 1e-12)).all()
    if p.warm_up > 0:
        return
    logged: dict[tuple[int, str], float] = defaultdict(float)
    doing: dict[str, Happened] = {}
    names = {"package": "clarification", "follow_up": "placement"}
    number = {p.names.resources[FIRST_POST + i]: i for i in range(len(p.posts))}
    for e in [*centre.log, *(Happened(-1, "horizon", float(p.horizon), r, 0.0) for r in p.names.resources)]:
        if e.activity in STARTS:
            doing[e.resource] = e
        elif e.activity == "no_show":
            lost = min(e.calendar_hours / 168.0, p.horizon - e.weeks)
            logged[number[e.resource], "extra_meeting" if e.value == 1.0 else "meeting"] += lost
        elif (e.activity in ENDS or e.activity == "horizon") and e.resource in doing:
            begun = doing.pop(e.resource)
            if e.activity in ENDS:
                assert math.isclose(e.calendar_hours, 168.0 * (e.weeks - begun.weeks), rel_tol=1e-9, abs_tol=1e-9)
            kind = begun.activity.removesuffix("_starts")
            logged[number[e.resource], names.get(kind, kind)] += e.weeks - begun.weeks
    for i, post_ in enumerate(p.posts):
        per_week = p.roles[p.teams[post_.team].role].hours_per_week * post_.full_time_share
        own = k["coordinator"] == i
        for kind in kinds:
            told, logged_hours = float(k[f"hours_{kind}"][own].sum()), logged[i, kind] * per_week
            assert math.isclose(told, logged_hours, rel_tol=1e-9, abs_tol=1e-9), (i, kind)


def groups_and_departments(centre: Centre) -> None:
    """Every row has its group and department; what ends work has its hours, on duty and on the calendar."""
    p, c = centre.parameters, centre.citizens
    group = dict(zip(c["citizen"].tolist(), c["group"].tolist(), strict=True))
    known = set(group) if p.warm_up == 0 else set()
    posts = {p.names.resources[FIRST_POST + i]: post for i, post in enumerate(p.posts)}
    reassessed: set[int] = set()
    for e in centre.log:
        if e.citizen < 0:
            assert (e.group, e.department) == (-1, p.teams[posts[e.resource].team].department), e
        else:
            # After a warm-up the work for somebody who has left before the start may end in the log.
            assert e.citizen not in known or e.group == group[e.citizen], e
            if e.activity in ("present", "enters", "caseworker_changes", "leaves") and e.resource:
                # Who is reassessed may stay on another role's list, and come back to another department.
                team = p.teams[posts[e.resource].team]
                stays = team.role != COORDINATOR and (e.citizen in reassessed or p.warm_up > 0)
                assert stays or team.department in (-1, e.department), e
        if e.activity in ("scheme_changes", "reassessed", "flagged"):
            group[e.citizen] = int(e.value)
            known.add(e.citizen)
            reassessed.add(e.citizen)
        if e.activity in ENDS or e.activity == "no_show":
            post = posts[e.resource]
            per_week = p.roles[p.teams[post.team].role].hours_per_week * post.full_time_share
            assert math.isclose(e.working_hours, e.calendar_hours / 168.0 * per_week, rel_tol=1e-12), e
        else:
            assert math.isnan(e.working_hours), e
            assert math.isnan(e.calendar_hours), e
    assert group == dict(zip(c["citizen"].tolist(), c["group_at_end"].tolist(), strict=True)) or p.warm_up > 0


def meetings(centre: Centre) -> None:
    """Timely <= held <= due; waits and lengths lie where they must; weekly sums are the citizens'."""
    c, w = centre.citizens, centre.weekly
    assert (c["meetings_timely"] <= c["meetings_held"]).all()
    assert (c["meetings_held"] <= c["meetings_due"]).all()
    assert (c["meeting_wait_weeks"] >= 0).all()
    assert (c["contact_wait_weeks"] >= 0).all()
    longest = centre.parameters.meetings.ceiling_share
    assert (c["meeting_length"] <= longest * c["meetings_held"] * (1 + 1e-12)).all()
    for column in ("meetings_held", "meetings_timely"):
        assert w[column].sum() == c[column].sum()


def citizens_agree_with_the_log(centre: Centre) -> None:
    """Counts and first times of the citizens table are those of the log."""
    c = centre.citizens
    times: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    timely: Counter[int] = Counter()
    unknown: set[int] = set()
    due: dict[int, float] = {}
    for e in centre.log:
        if e.activity == "caseworker_changes" and e.value < 0:
            continue  # no change: the citizen was waiting for a coordinator
        times[e.activity][e.citizen].append(e.weeks)
        if e.activity == "invited":
            due[e.citizen] = e.value
        elif e.activity == "meeting_starts":
            if e.citizen in due:
                timely[e.citizen] += e.weeks <= due.pop(e.citizen)
            else:
                unknown.add(e.citizen)  # invited before the start date
    assert not unknown or centre.parameters.warm_up > 0
    for activity, column in {
        "meeting_starts": "meetings_held",
        "no_show": "no_shows",
        "extra_meeting_starts": "extra_meetings",
        "contact_starts": "contacts",
        "internship_starts": "internships",
        "small_job_starts": "small_jobs",
        "programme_starts": "programmes",
        "caseworker_changes": "caseworker_changes",
        "reassessed": "reassessments",
        "decided": "decisions",
        "vacancy_found": "vacancies",
    }.items():
        told = dict(zip(c["citizen"].tolist(), c[column].tolist(), strict=True))
        assert {i: n for i, n in told.items() if n} == {i: len(t) for i, t in times[activity].items()}, column
    for i, n in zip(c["citizen"].tolist(), c["meetings_timely"].tolist(), strict=True):
        assert n == timely[i] or i in unknown
    for activity, column in {
        "ready": "ready_weeks",
        "internship_starts": "internship_start_weeks",
        "internship_ends": "internship_end_weeks",
        "small_job_starts": "small_job_weeks",
        "programme_starts": "programme_weeks",
        "leaves": "exit_weeks",
        "need_recognised": "recognised_weeks",
        "submitted": "submitted_weeks",
        "decided": "decided_weeks",
    }.items():
        first = {i: t[0] for i, t in times[activity].items()}
        if activity == "internship_ends":  # Of the first one seen to begin: another may have been under way.
            begun = {i: t[0] for i, t in times["internship_starts"].items()}
            ends = {i: [end for end in t if end >= begun.get(i, math.inf)] for i, t in times[activity].items()}
            first = {i: t[0] for i, t in ends.items() if t}
        told = {i: t for i, t in zip(c["citizen"].tolist(), c[column].tolist(), strict=True) if not math.isnan(t)}
        assert told == first, column
    last = {i: t[-1] for i, t in times["decided"].items()}
    told = dict(zip(c["citizen"].tolist(), c["last_decided_weeks"].tolist(), strict=True))
    assert {i: t for i, t in told.items() if not math.isnan(t)} == last
    since = dict(zip(c["citizen"].tolist(), c["entry_weeks"].tolist(), strict=True))
    before = {i for i, t in zip(c["citizen"].tolist(), c["scheme_weeks"].tolist(), strict=True) if t < 0.0}
    group: dict[int, int] = {}
    for e in centre.rows("present", "enters", "scheme_changes", "reassessed", "flagged"):
        if e.activity in ("present", "enters"):
            group[e.citizen] = e.group
            continue
        if e.activity == "scheme_changes" and group[e.citizen] != int(e.value):
            since[e.citizen] = e.weeks
            before.discard(e.citizen)
        group[e.citizen] = int(e.value)
    for i, weeks in zip(c["citizen"].tolist(), c["scheme_weeks"].tolist(), strict=True):
        assert weeks == since[i] or (i in before and since[i] <= weeks and centre.parameters.warm_up > 0)


def spells(centre: Centre) -> None:
    """Who comes back has left to a job before, and is the same person with the same traits."""
    c = centre.citizens
    row = {(person, spell): i for i, (person, spell) in enumerate(zip(c["person"], c["spell"], strict=True))}
    assert len(row) == len(c["person"])
    np.testing.assert_array_equal(c["spell"] > 1, c["origin"] == RETURNED)
    np.testing.assert_array_equal(c["person"] == c["citizen"], c["spell"] == 1)
    for (person, spell), i in row.items():
        former = row.get((person, spell - 1))
        if spell == 1 or former is None:
            assert spell == 1 or centre.parameters.warm_up > 0  # The former spell was over before the start.
            continue
        assert c["destination"][former] == Destination.JOB
        assert c["exit_weeks"][former] <= c["arrival_weeks"][i] == c["entry_weeks"][i]
        assert c["group_at_end"][former] == c["group"][i]
        for trait in ("frailty", "long_history", "number"):
            assert c[trait][former] == c[trait][i]
    flagged = {e.citizen for e in centre.rows("flagged")}
    assert flagged == set(c["citizen"][c["flagged"] & ~c["cohort"]].tolist())
    for e in centre.rows("enters"):
        i = int(np.searchsorted(c["citizen"], e.citizen))
        assert e.value == c["spell"][i] - 1


def nothing_after_leaving(centre: Centre) -> None:
    """A citizen leaves once; afterwards only work already begun comes to its end."""
    gone: set[int] = set()
    for e in centre.log:
        if e.citizen < 0:
            continue
        if e.citizen in gone:
            assert e.activity in ENDS, e
        if e.activity == "leaves":
            assert e.citizen not in gone
            gone.add(e.citizen)


def nothing_before_the_start(centre: Centre) -> None:
    """The warm-up is cut: no table tells of anything before time 0, or after the horizon; time never runs back."""
    p, c, k = centre.parameters, centre.citizens, centre.coordinators
    weeks = [e.weeks for e in centre.log]
    assert weeks == sorted(weeks)
    assert not weeks or (weeks[0] >= 0 and weeks[-1] < p.horizon)
    for column in (name for name in c if name.endswith("_weeks")):
        if column.startswith(("entry", "arrival", "scheme", "meeting_wait", "contact_wait")):
            continue
        known = c[column][~np.isnan(c[column])]
        assert ((known >= 0) & (known < p.horizon)).all(), column
    assert (c["cohort"] | (c["arrival_weeks"] >= 0)).all()
    assert k["from_weeks"].min() == 0
    assert k["to_weeks"].max() == p.horizon
