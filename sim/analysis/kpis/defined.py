"""All key figures, each with its label and equation."""

import numpy as np

from sim.analysis.kpis.equations import (
    between,
    full_time_weeks,
    hours_on,
    mean_list,
    of_cohort,
    per_100_years,
    per_year,
    ratio,
    sums,
    times,
    total,
    with_lists,
    worked,
)
from sim.analysis.kpis.kpi import Kpi
from sim.analysis.kpis.series import COHORT, STARTING_DANISH, YEARS, cohort_kpis, exit_kpis, task_kpis
from sim.catalogue import TASKS, WEEKS_PER_YEAR, WEEKS_PER_YEAR_TEXT

KPIS: tuple[Kpi, ...] = (
    Kpi(
        "caseload", "citizens", "all citizens per full-time coordinator",
        "alle borgere pr. fuldtidssagsbehandler",
        "Mean number of citizens per filled full-time coordinator's post, whoever's list they are on.",
        "sum of (min(exit, H) - max(arrival, 0)) / sum of (full_time_share x employed_weeks)", True,
        lambda x: ratio(x.citizen_weeks, full_time_weeks(x.coordinators)),
    ),
    Kpi(
        "own_list", "citizens", "citizens on a full-time coordinator's own list",
        "borgere på en fuldtidssagsbehandlers egen liste",
        "Mean number of citizens on the list of a filled full-time coordinator's post, without those who have "
        "changed over to another role's list.",
        "sum of (caseload x (to_weeks - from_weeks)) / sum of (full_time_share x employed_weeks)", True,
        lambda x: mean_list(x.coordinators),
    ),
    Kpi(
        "others_list", "citizens", "citizens on a full-time consultant's list",
        "borgere på en fuldtidskonsulents liste",
        "Mean number of citizens on the list of a filled full-time post of another role, of the roles whose lists "
        "hold anybody.",
        "as own_list, of posts of other roles with anybody on their lists", True,
        lambda x: mean_list(with_lists(x.others)),
    ),
    Kpi(
        "timely_share", "share", "meetings held in time",
        "samtaler holdt til tiden",
        "Share of the planned meetings that began by their due date.",
        "sum of meetings_timely / sum of meetings_due (held, or overdue at exit or horizon)", True,
        sums("meetings_timely", "meetings_due"),
    ),
    Kpi(
        "meetings_per_year", "per citizen-year", "planned meetings held",
        "planlagte samtaler holdt",
        "Planned meetings held per citizen and year.", f"sum of meetings_held / {YEARS}", True,
        per_year("meetings_held"),
    ),
    Kpi(
        "meeting_length", "share", "length of a meeting, of the planned",
        "en samtales længde, af den planlagte",
        "Mean length of the planned meetings held, as a share of the planned length.",
        "sum of meeting_length / sum of meetings_held", True,
        sums("meeting_length", "meetings_held"),
    ),
    Kpi(
        "extra_meetings_per_year", "per citizen-year", "extra meetings held",
        "ekstra samtaler holdt",
        "Discretionary extra meetings held per citizen and year.", f"sum of extra_meetings / {YEARS}", True,
        per_year("extra_meetings"),
    ),
    Kpi(
        "clarifications_per_100_years", "per 100 citizen-years", "cases decided by the rehabilitation team",
        "sager behandlet i rehabiliteringsteamet",
        "Cases decided by the rehabilitation team per 100 citizen-years.",
        f"100 x number of decided_weeks known / {YEARS}", True,
        per_100_years(times("decided_weeks")),
    ),
    *cohort_kpis(),
    Kpi(
        "cohort_on_benefit_share", "share", "starting citizens: still with the centre",
        f"{STARTING_DANISH}: stadig i centret",
        "Share of the starting citizens still with the centre at the horizon.",
        COHORT.format("exit is unknown"), True,
        lambda x: of_cohort(x, np.isnan(x.citizens["exit_weeks"])),
    ),
    Kpi(
        "cohort_weeks_with_centre", "weeks", "starting citizens: weeks with the centre",
        f"{STARTING_DANISH}: uger i centret",
        "Restricted mean of the starting citizens' weeks with the centre, from the start to exit or horizon.",
        "sum over starting citizens of min(exit, H) / number of starting citizens", True,
        lambda x: ratio(total(x.cohort * x.weeks), total(x.cohort)),
    ),
    Kpi(
        "cohort_caseworker_change_share", "share", "starting citizens: changed coordinator",
        f"{STARTING_DANISH}: skiftet sagsbehandler",
        "Share of the starting citizens with at least one change of coordinator.",
        COHORT.format("caseworker_changes > 0"), True,
        lambda x: of_cohort(x, x.citizens["caseworker_changes"] > 0),
    ),
    *exit_kpis(),
    Kpi(
        "no_show_share", "share", "meetings not shown up to",
        "udeblivelser fra samtaler",
        "Share of the attempts at a meeting, planned or extra, that the citizen did not show up to.",
        "sum of no_shows / (sum of no_shows + sum of meetings_held + sum of extra_meetings)", False,
        sums("no_shows", "no_shows", "meetings_held", "extra_meetings"),
    ),
    Kpi(
        "meeting_wait_weeks", "weeks", "wait for the coordinator: meeting that can be held",
        "ventetid på sagsbehandleren: samtale, der kan holdes",
        "Mean wait of the planned meetings held, from when they could be held to the start.",
        "sum of meeting_wait_weeks / sum of meetings_held", True,
        sums("meeting_wait_weeks", "meetings_held"),
    ),
    Kpi(
        "contacts_per_year", "per citizen-year", "unscheduled contacts answered",
        "henvendelser besvaret",
        "Unscheduled contacts answered per citizen and year.", f"sum of contacts / {YEARS}", False,
        per_year("contacts"),
    ),
    Kpi(
        "contact_wait_weeks", "weeks", "wait for an answer",
        "ventetid på svar",
        "Mean wait of the contacts answered.", "sum of contact_wait_weeks / sum of contacts", False,
        sums("contact_wait_weeks", "contacts"),
    ),
    Kpi(
        "weeks_recognised_to_submitted", "weeks", "wait: need recognised to case complete",
        "ventetid: behov erkendt til sag færdig",
        "Mean weeks from the recognition of a need to the complete case, where both were observed.",
        "mean of submitted_weeks - recognised_weeks", True,
        between("recognised_weeks", "submitted_weeks"),
    ),
    Kpi(
        "weeks_submitted_to_decided", "weeks", "wait for the rehabilitation team",
        "ventetid på rehabiliteringsteamet",
        "Mean weeks from the complete case to the rehabilitation team's decision, where both were observed.",
        "mean of decided_weeks - submitted_weeks", True,
        between("submitted_weeks", "decided_weeks"),
    ),
    Kpi(
        "weeks_ready_to_place", "weeks", "wait for a consultant: ready to a place on a list",
        "ventetid på en konsulent: klar til plads på en liste",
        "Mean weeks from first found ready to the first place on a list of the role that does placement work, where "
        "both were observed.",
        "mean of taken_on_weeks - ready_weeks", True,
        between("ready_weeks", "taken_on_weeks"),
    ),
    Kpi(
        "weeks_ready_to_internship", "weeks", "found ready to internship",
        "fundet klar til praktik",
        "Mean weeks from first found ready to the first internship, where both were observed.",
        "mean of internship_start_weeks - ready_weeks", False,
        between("ready_weeks", "internship_start_weeks"),
    ),
    Kpi(
        "internships_per_100_years", "per 100 citizen-years", "internships begun",
        "praktikker begyndt",
        "Internships begun per 100 citizen-years.", f"100 x sum of internships / {YEARS}", False,
        per_100_years(lambda x: total(x.citizens["internships"])),
    ),
    Kpi(
        "busy_share", "share", "coordinators' hours in use",
        "sagsbehandlernes timer i brug",
        "Share of the coordinators' available hours spent on any task (utilisation).",
        "sum over tasks of hours / sum of hours_available", True, hours_on(*TASKS),
    ),
    Kpi(
        "busy_of_net_share", "share", "coordinators' hours in use, of net hours",
        "sagsbehandlernes timer i brug, af nettotimer",
        "Share of the coordinators' net hours, administration included, spent on any task for citizens.",
        "sum over tasks of hours / sum of hours_net", True,
        lambda x: ratio(worked(x.coordinators, TASKS), total(x.coordinators["hours_net"])),
    ),
    *task_kpis(),
    Kpi(
        "others_busy_share", "share", "other roles' hours in use",
        "andre rollers timer i brug",
        "Share of the available hours of all other roles spent on any task.",
        "sum over tasks of hours / sum of hours_available, of posts of other roles", True,
        lambda x: ratio(worked(x.others, TASKS), total(x.others["hours_available"])),
    ),
    Kpi(
        "absent_share", "share", "coordinators absent",
        "sagsbehandlere fraværende",
        "Share of the time in post that coordinators are absent.",
        "sum of (full_time_share x absent_weeks) / sum of (full_time_share x employed_weeks)", False,
        lambda x: ratio(
            total(x.coordinators["full_time_share"] * x.coordinators["absent_weeks"]),
            full_time_weeks(x.coordinators),
        ),
    ),
    Kpi(
        "resignations_per_year", "per full-time year", "resignations",
        "opsigelser",
        "Resignations per full-time coordinator's year in post.",
        f"sum of resignations / (sum of (full_time_share x employed_weeks) / {WEEKS_PER_YEAR_TEXT})", False,
        lambda x: ratio(
            total(x.coordinators["resignations"]), full_time_weeks(x.coordinators) / WEEKS_PER_YEAR
        ),
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
