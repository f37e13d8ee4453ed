"""Key performance indicators of a replication, each with its equation.

Written here once: the tables, the terminal and docs/kpis.md all take name, unit and equation from `KPIS`.
"""

import hashlib
import math
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.catalogue import TASKS, WEEKS_PER_YEAR, WEEKS_PER_YEAR_TEXT, Destination, Task
from sim.model.parameters import COORDINATOR, Parameters
from sim.tables.column import number
from sim.tables.records import Replication, TableName

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]


class Counted(NamedTuple):
    """What the equations are made of: columns of one replication's tables, over the observed weeks 0 to H.

    Attributes
    ----------
    citizens, coordinators, others
        Columns by name: of citizens, of coordinators' posts, and of the posts of all other roles.
    cohort
        1 for the starting citizens, 0 for the others.
    weeks
        Per citizen: weeks with the centre inside the observed weeks.
    citizen_weeks
        Their sum.
    horizon
        H, in weeks.
    """

    citizens: Columns
    coordinators: Columns
    others: Columns
    cohort: NDArray[Any]
    weeks: Floats
    citizen_weeks: float
    horizon: float


class Kpi(NamedTuple):
    """A key figure.

    Attributes
    ----------
    name, unit, label, danish, description
        `unit` "share" runs from 0 to 1 and is shown in per cent. `danish` is the label in Danish.
    equation
        In terms of the columns of the tables, for the documentation.
    headline
        Shown in the closing table of a run.
    value
        Computes it; NaN where it is undefined, such as a mean over no cases.
    """

    name: str
    unit: str
    label: str
    danish: str
    description: str
    equation: str
    headline: bool
    value: Callable[[Counted], float]


def kpi_values(replication: Replication, parameters: Parameters) -> Floats:
    """Compute all key figures of a replication, in the order of `KPIS`; NaN where undefined."""
    citizens, coordinators = (
        {name: np.asarray(v) for name, v in replication.tables[table].items()} for table in KPI_TABLES
    )
    return values_of(citizens, coordinators, float(parameters.horizon))


def values_of(citizens: Columns, coordinators: Columns, horizon: float) -> Floats:
    """Compute all key figures of some citizens and coordinators, in the order of `KPIS`; NaN where undefined."""
    left = np.where(np.isnan(citizens["exit_weeks"]), horizon, citizens["exit_weeks"])
    weeks = left - np.maximum(citizens["arrival_weeks"], 0.0)
    own = coordinators["role"] == COORDINATOR
    posts, others = ({name: v[of] for name, v in coordinators.items()} for of in (own, ~own))
    counted = Counted(citizens, posts, others, citizens["cohort"], weeks, total(weeks), horizon)
    return np.array([kpi.value(counted) for kpi in KPIS])


def kpis(replication: Replication, parameters: Parameters) -> dict[str, float]:
    """Compute all key figures of a replication, by name; NaN where undefined."""
    return dict(zip(KPI_NAMES, kpi_values(replication, parameters).tolist(), strict=True))


def total(*columns: NDArray[Any]) -> float:
    """Sum one or more columns, rounded once: rows of zeros, and the order of the rows, change nothing."""
    whole = sum(int(column.sum()) for column in columns if column.dtype.kind in "biu")
    floats = (column.tolist() for column in columns if column.dtype.kind == "f")
    return math.fsum(chain([whole], *floats))


def _ratio(top: float, bottom: float) -> float:
    return float(top) / float(bottom) if bottom else math.nan


def _of_cohort(x: Counted, reached: NDArray[np.bool_]) -> float:
    return _ratio(total(x.cohort[reached]), total(x.cohort))


def _reached(column: str) -> Callable[[Counted], float]:
    return lambda x: _of_cohort(x, ~np.isnan(x.citizens[column]))


def _left_to(code: int) -> Callable[[Counted], float]:
    return lambda x: _of_cohort(x, x.citizens["destination"] == code)


def _years(x: Counted) -> float:
    return x.citizen_weeks / WEEKS_PER_YEAR


def _per_year(column: str) -> Callable[[Counted], float]:
    return lambda x: _ratio(total(x.citizens[column]), _years(x))


def _per_100_years(happened: Callable[[Counted], float]) -> Callable[[Counted], float]:
    return lambda x: _ratio(100.0 * happened(x), _years(x))


def _times(column: str) -> Callable[[Counted], float]:
    return lambda x: float((~np.isnan(x.citizens[column])).sum())


def _exits_to(code: int) -> Callable[[Counted], float]:
    return lambda x: float((x.citizens["destination"] == code).sum())


def _between(start: str, end: str) -> Callable[[Counted], float]:
    def mean(x: Counted) -> float:
        gaps = x.citizens[end] - x.citizens[start]
        known = gaps[gaps >= 0.0]  # Not true of NaN, nor where the end is that of an earlier case.
        return _ratio(total(known), known.size)

    return mean


def _sums(top: str, *bottom: str) -> Callable[[Counted], float]:
    return lambda x: _ratio(total(x.citizens[top]), total(*(x.citizens[b] for b in bottom)))


def _hours(*tasks: str) -> Callable[[Counted], float]:
    return lambda x: _ratio(_worked(x.coordinators, tasks), total(x.coordinators["hours_available"]))


def _worked(posts: Columns, tasks: Iterable[str]) -> float:
    return total(*(posts[f"hours_{task}"] for task in tasks))


def _full_time_weeks(x: Counted) -> float:
    return total(x.coordinators["full_time_share"] * x.coordinators["employed_weeks"])


def _mean_list(posts: Columns) -> float:
    weeks = posts["to_weeks"] - posts["from_weeks"]
    return _ratio(total(posts["caseload"] * weeks), total(posts["full_time_share"] * posts["employed_weeks"]))


def _with_lists(posts: Columns) -> Columns:
    kept = np.isin(posts["role"], posts["role"][posts["caseload"] > 0.0])
    return {name: values[kept] for name, values in posts.items()}


COHORT = "sum over starting citizens of [{}] / number of starting citizens"
YEARS = f"citizen-years; citizen-years = sum of (min(exit, H) - max(arrival, 0)) / {WEEKS_PER_YEAR_TEXT}"

_STARTING = "startbestanden"


def _cohort_kpis() -> list[Kpi]:
    made = []
    for destination in Destination:
        code, name = destination.value, destination.key
        column = {"resource_course": "resource_course_weeks", "fleksjob": "fleksjob_award_weeks"}.get(name)
        if column is not None:
            value, equation = _reached(column), COHORT.format(f"{column} is known")
        else:
            value, equation = _left_to(code), COHORT.format(f"destination = {name}")
        label, danish = f"starting citizens: {destination.label}", f"{_STARTING}: {destination.danish}"
        text = f"Share of the starting citizens who reached {name} by the horizon."
        if name == "fleksjob":
            label, danish = f"{label} or entitled to it", f"{danish} eller tilkendt det"
            text = "Share of the starting citizens who were awarded a fleksjob by the horizon."
        made.append(Kpi(f"cohort_{name}_share", "share", label, danish, text, equation, name != "other", value))
    for name, column, danish_words in (
        ("small_job", "small_job_weeks", "småjob"),
        ("internship", "internship_start_weeks", "praktik"),
        ("programme", "programme_weeks", "forløb"),
        ("clarified", "decided_weeks", "sag afgjort af rehabiliteringsteamet"),
    ):
        words = {"clarified": "case decided by the rehabilitation team"}.get(name, name.replace("_", " "))
        text = f"Share of the starting citizens with a first {words} by the horizon."
        if name == "clarified":
            text = "Share of the starting citizens whose case the rehabilitation team decided by the horizon."
        equation = COHORT.format(f"{column} is known")
        label, danish, of = f"starting citizens: {words}", f"{_STARTING}: {danish_words}", _reached(column)
        made.append(Kpi(f"cohort_{name}_share", "share", label, danish, text, equation, name != "programme", of))
    return made


def _task_kpis() -> list[Kpi]:
    return [
        Kpi(
            f"hours_{task.key}_share",
            "share",
            f"hours on {task.label}",
            f"timer til {task.danish}",
            f"Share of the coordinators' available hours spent on {task.label}.",
            f"sum of hours_{task.key} / sum of hours_available",
            task.headline,
            _hours(task.key),
        )
        for task in Task
    ]


def _exit_kpis() -> list[Kpi]:
    return [
        Kpi(
            f"exits_{destination.key}_per_100_years",
            "per 100 citizen-years",
            f"exits: {destination.label}",
            f"afgang: {destination.danish}",
            f"Exits to {destination.key} per 100 citizen-years, all citizens.",
            f"100 x number of exits to {destination.key} / {YEARS}",
            False,
            _per_100_years(_exits_to(destination.value)),
        )
        for destination in Destination
    ]


KPIS: tuple[Kpi, ...] = (
    Kpi(
        "caseload", "citizens", "citizens per full-time coordinator",
        "borgere pr. fuldtidssagsbehandler",
        "Mean number of citizens per filled full-time coordinator's post.",
        "sum of (min(exit, H) - max(arrival, 0)) / sum of (full_time_share x employed_weeks)", True,
        lambda x: _ratio(x.citizen_weeks, _full_time_weeks(x)),
    ),
    Kpi(
        "own_list", "citizens", "citizens on a full-time coordinator's own list",
        "borgere på en fuldtidssagsbehandlers egen liste",
        "Mean number of citizens on the list of a filled full-time coordinator's post, without those who have "
        "changed over to another role's list.",
        "sum of (caseload x (to_weeks - from_weeks)) / sum of (full_time_share x employed_weeks)", True,
        lambda x: _mean_list(x.coordinators),
    ),
    Kpi(
        "others_list", "citizens", "citizens on a full-time consultant's list",
        "borgere på en fuldtidskonsulents liste",
        "Mean number of citizens on the list of a filled full-time post of another role, of the roles whose lists "
        "hold anybody.",
        "as own_list, of posts of other roles with anybody on their lists", True,
        lambda x: _mean_list(_with_lists(x.others)),
    ),
    Kpi(
        "timely_share", "share", "meetings held in time",
        "samtaler holdt til tiden",
        "Share of the planned meetings that began by their due date.",
        "sum of meetings_timely / sum of meetings_due (held, or overdue at exit or horizon)", True,
        _sums("meetings_timely", "meetings_due"),
    ),
    Kpi(
        "meetings_per_year", "per citizen-year", "planned meetings held",
        "planlagte samtaler holdt",
        "Planned meetings held per citizen and year.", f"sum of meetings_held / {YEARS}", True,
        _per_year("meetings_held"),
    ),
    Kpi(
        "meeting_length", "share", "length of a meeting, of the planned",
        "en samtales længde, af den planlagte",
        "Mean length of the planned meetings held, as a share of the planned length.",
        "sum of meeting_length / sum of meetings_held", True,
        _sums("meeting_length", "meetings_held"),
    ),
    Kpi(
        "extra_meetings_per_year", "per citizen-year", "extra meetings held",
        "ekstra samtaler holdt",
        "Discretionary extra meetings held per citizen and year.", f"sum of extra_meetings / {YEARS}", True,
        _per_year("extra_meetings"),
    ),
    Kpi(
        "clarifications_per_100_years", "per 100 citizen-years", "cases decided by the rehabilitation team",
        "sager afgjort af rehabiliteringsteamet",
        "Cases decided by the rehabilitation team per 100 citizen-years.",
        f"100 x number of decided_weeks known / {YEARS}", True,
        _per_100_years(_times("decided_weeks")),
    ),
    *_cohort_kpis(),
    Kpi(
        "cohort_on_benefit_share", "share", "starting citizens: still with the centre",
        f"{_STARTING}: stadig i centret",
        "Share of the starting citizens still with the centre at the horizon.",
        COHORT.format("exit is unknown"), True,
        lambda x: _of_cohort(x, np.isnan(x.citizens["exit_weeks"])),
    ),
    Kpi(
        "cohort_weeks_with_centre", "weeks", "starting citizens: weeks with the centre",
        f"{_STARTING}: uger i centret",
        "Restricted mean of the starting citizens' weeks with the centre, from the start to exit or horizon.",
        "sum over starting citizens of min(exit, H) / number of starting citizens", True,
        lambda x: _ratio(total(x.cohort * x.weeks), total(x.cohort)),
    ),
    Kpi(
        "cohort_caseworker_change_share", "share", "starting citizens: changed coordinator",
        f"{_STARTING}: skiftet sagsbehandler",
        "Share of the starting citizens with at least one change of coordinator.",
        COHORT.format("caseworker_changes > 0"), True,
        lambda x: _of_cohort(x, x.citizens["caseworker_changes"] > 0),
    ),
    *_exit_kpis(),
    Kpi(
        "no_show_share", "share", "meetings not shown up to",
        "udeblivelser fra samtaler",
        "Share of the attempts at a meeting, planned or extra, that the citizen did not show up to.",
        "sum of no_shows / (sum of no_shows + sum of meetings_held + sum of extra_meetings)", False,
        _sums("no_shows", "no_shows", "meetings_held", "extra_meetings"),
    ),
    Kpi(
        "meeting_wait_weeks", "weeks", "wait for the coordinator: meeting that can be held",
        "ventetid på sagsbehandleren: samtale, der kan holdes",
        "Mean wait of the planned meetings held, from when they could be held to the start.",
        "sum of meeting_wait_weeks / sum of meetings_held", True,
        _sums("meeting_wait_weeks", "meetings_held"),
    ),
    Kpi(
        "contacts_per_year", "per citizen-year", "unscheduled contacts answered",
        "henvendelser besvaret",
        "Unscheduled contacts answered per citizen and year.", f"sum of contacts / {YEARS}", False,
        _per_year("contacts"),
    ),
    Kpi(
        "contact_wait_weeks", "weeks", "wait for an answer",
        "ventetid på svar",
        "Mean wait of the contacts answered.", "sum of contact_wait_weeks / sum of contacts", False,
        _sums("contact_wait_weeks", "contacts"),
    ),
    Kpi(
        "weeks_recognised_to_submitted", "weeks", "wait: need recognised to case complete",
        "ventetid: behov erkendt til sag færdig",
        "Mean weeks from the recognition of a need to the complete case, where both were observed.",
        "mean of submitted_weeks - recognised_weeks", True,
        _between("recognised_weeks", "submitted_weeks"),
    ),
    Kpi(
        "weeks_submitted_to_decided", "weeks", "wait for the rehabilitation team",
        "ventetid på rehabiliteringsteamet",
        "Mean weeks from the complete case to the rehabilitation team's decision, where both were observed.",
        "mean of decided_weeks - submitted_weeks", True,
        _between("submitted_weeks", "decided_weeks"),
    ),
    Kpi(
        "weeks_ready_to_place", "weeks", "wait for a consultant: ready to a place on a list",
        "ventetid på en konsulent: klar til plads på en liste",
        "Mean weeks from first found ready to the first place on a list of the role that does placement work, where "
        "both were observed.",
        "mean of taken_on_weeks - ready_weeks", True,
        _between("ready_weeks", "taken_on_weeks"),
    ),
    Kpi(
        "weeks_ready_to_internship", "weeks", "found ready to internship",
        "fundet klar til praktik",
        "Mean weeks from first found ready to the first internship, where both were observed.",
        "mean of internship_start_weeks - ready_weeks", False,
        _between("ready_weeks", "internship_start_weeks"),
    ),
    Kpi(
        "internships_per_100_years", "per 100 citizen-years", "internships begun",
        "praktikker begyndt",
        "Internships begun per 100 citizen-years.", f"100 x sum of internships / {YEARS}", False,
        _per_100_years(lambda x: total(x.citizens["internships"])),
    ),
    Kpi(
        "busy_share", "share", "coordinators' hours in use",
        "sagsbehandlernes timer i brug",
        "Share of the coordinators' available hours spent on any task (utilisation).",
        "sum over tasks of hours / sum of hours_available", True, _hours(*TASKS),
    ),
    Kpi(
        "busy_of_net_share", "share", "coordinators' hours in use, of net hours",
        "sagsbehandlernes timer i brug, af nettotimer",
        "Share of the coordinators' net hours, administration included, spent on any task for citizens.",
        "sum over tasks of hours / sum of hours_net", True,
        lambda x: _ratio(_worked(x.coordinators, TASKS), total(x.coordinators["hours_net"])),
    ),
    *_task_kpis(),
    Kpi(
        "others_busy_share", "share", "other roles' hours in use",
        "andre rollers timer i brug",
        "Share of the available hours of all other roles spent on any task.",
        "sum over tasks of hours / sum of hours_available, of posts of other roles", True,
        lambda x: _ratio(_worked(x.others, TASKS), total(x.others["hours_available"])),
    ),
    Kpi(
        "absent_share", "share", "coordinators absent",
        "sagsbehandlere fraværende",
        "Share of the time in post that coordinators are absent.",
        "sum of (full_time_share x absent_weeks) / sum of (full_time_share x employed_weeks)", False,
        lambda x: _ratio(
            total(x.coordinators["full_time_share"] * x.coordinators["absent_weeks"]), _full_time_weeks(x)
        ),
    ),
    Kpi(
        "resignations_per_year", "per full-time year", "resignations",
        "opsigelser",
        "Resignations per full-time coordinator's year in post.",
        f"sum of resignations / (sum of (full_time_share x employed_weeks) / {WEEKS_PER_YEAR_TEXT})", False,
        lambda x: _ratio(total(x.coordinators["resignations"]), _full_time_weeks(x) / WEEKS_PER_YEAR),
    ),
    Kpi(
        "entries", "citizens", "new citizens",
        "nye borgere", "Citizens who entered during the observed weeks.",
        "number of citizens who are not starting citizens", False,
        lambda x: x.cohort.size - total(x.cohort),
    ),
    Kpi(
        "mean_stock", "citizens", "mean stock",
        "gennemsnitlig bestand", "Mean number of citizens with the centre.",
        "sum of (min(exit, H) - max(arrival, 0)) / H", True,
        lambda x: x.citizen_weeks / x.horizon,
    ),
    Kpi(
        "end_stock", "citizens", "stock at the horizon",
        "bestand ved slutningen", "Citizens with the centre at the horizon.",
        "number of citizens whose exit is unknown", False,
        lambda x: float(np.isnan(x.citizens["exit_weeks"]).sum()),
    ),
)  # fmt: skip
"""All key figures, in the order of the columns of replications.parquet."""
COLUMNS = tuple(number(kpi.name, kpi.unit, kpi.description, kpi.label) for kpi in KPIS)
"""The key figures as columns."""
HIGHEST: Floats = np.array([1.0 if kpi.unit == "share" else math.inf for kpi in KPIS])
"""The highest value that each key figure can have; the lowest is 0."""
KPI_NAMES: tuple[str, ...] = tuple(kpi.name for kpi in KPIS)
"""Names of the key figures, in the same order."""
KPI_TABLES: tuple[TableName, ...] = ("citizens", "coordinators")
"""Tables of a replication from which all key figures follow."""
KPIS_VERSION = 4
"""Moved on purpose when an equation changes: kept results are then computed again from their tables."""
KPIS_IDENTITY = "sim.kpis"
"""Key of the metadata that says which key figures a file holds."""


def kpis_now() -> str:
    """Identity of the key figures that this version computes: the version of the equations, and their names."""
    names = hashlib.sha256(" ".join(KPI_NAMES).encode("ascii")).hexdigest()[:8]
    return f"{KPIS_VERSION}-{names}"
