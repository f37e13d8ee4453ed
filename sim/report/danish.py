"""Danish of what people read, by the English text where it is used; names that configs usually have; months.

The terms are those of docs/glossary.md. A test finds texts that are used and have no Danish here.
"""

from collections.abc import Mapping

MONTHS = (
    "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november",
    "december",
)  # fmt: skip

NAMES: Mapping[str, str] = {
    "activity_ready": "aktivitetsparate",
    "cash_benefit": "kontanthjælp",
    "company_consultant": "virksomhedskonsulent",
    "coordinator": "sagsbehandler",
    "coordinators": "sagsbehandlere",
    "education_help": "uddannelseshjælp",
    "fleksjob": "fleksjob",
    "job_ready": "jobparate",
    "rehabilitation_benefit": "revalideringsydelse",
    "resource_course": "ressourceforløb",
    "sickness_benefit": "sygedagpenge",
    "unemployed_fleksjob": "ledighedsydelse",
    "unemployment_insurance": "dagpenge",
}
"""Names of groups, schemes and roles that the shipped configs use, and others as usual."""

UNITS: Mapping[str, str] = {
    "citizens": "borgere",
    "meetings": "samtaler",
    "weeks": "uger",
    "years": "år",
    "hours": "timer",
    "per citizen-year": "pr. borgerår",
    "per 100 citizen-years": "pr. 100 borgerår",
    "per full-time year": "pr. fuldtidsår",
    "weeks per treated citizen": "uger pr. behandlet borger",
}

LEDGER: Mapping[str, str] = {
    "staff": "personale",
    "evaluation": "evaluering",
    "programmes": "forløb",
    "other": "andet",
    "benefits": "ydelser",
    "after the exit": "efter afgang",
    "total": "i alt",
    "quantities": "mængder",
    "budget": "bevilling",
    "all budgets": "alle bevillinger",
    "staff, evaluation, programmes, other": "personale, evaluering, forløb, andet",
    "in all": "i alt",
    "saving": "besparelse",
    "neutral": "neutral",
    "cost": "udgift",
    "benefit": "ydelse",
    "paid first": "først betalt",
    "kept out of jobs by those in jobs": "holdt ude af job af dem i job",
    "no effect after {year}": "ingen virkning efter {year}",
    "half-life of {years} years, to {until}": "halveringstid på {years} år, til {until}",
    "permanent effect, to {until}": "varig virkning, til {until}",
    "after exit": "efter afgang",
    "on": "på",
    "posts": "stillinger",
    "filled": "besatte",
    "internships": "praktikker",
    "municipality": "kommune",
    "state": "stat",
    "region": "region",
    "both": "begge",
    "extra cost": "merudgift",
    "saving on benefits and after exits": "besparelse på ydelser og efter afgang",
    "net cost to the municipality": "nettoudgift for kommunen",
    "net cost to the state": "nettoudgift for staten",
    "net cost to both": "nettoudgift for begge",
    "fewer weeks on benefit": "færre uger på ydelse",
    "saving in weeks of benefit": "besparelse i ydelsesuger",
    "break-even saving": "besparelse, der netop betaler merudgiften",
    "payback time from the first krone spent, median": "tilbagebetalingstid fra den første krone, median",
    "probability of breaking even by the end of": "sandsynlighed for at gå i nul ved udgangen af",
}
"""Sections, lines and figures of a ledger."""

PHRASES: Mapping[str, str] = {
    **UNITS,
    **LEDGER,
    "{low} to {high}": "{low} til {high}",
    "and": "og",
    "identical": "ens",
    "skewed": "skæv",
}
