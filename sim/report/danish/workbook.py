"""Danish of what the workbook says, by the English text; see `sim.report.danish`."""

from collections.abc import Mapping

_SHARED = {
    "mean": "middel",
    "to": "til",
    "95 % interval: from": "95 %-interval: fra",
    "95 %: from": "95 %: fra",
    "half its width": "halvdelen af dets bredde",
    "unit": "enhed",
    "note": "note",
    "difference": "forskel",
    "share": "andel",
    "group": "gruppe",
    "department": "afdeling",
    "(all)": "(alle)",
    "week": "uge",
    "year": "år",
    "yes": "ja",
    "no": "nej",
    "what": "hvad",
    "after": "efter",
    "percentage points": "procentpoint",
    "the same in {count}": "ens i alle {count}",
    "not seen in {count}": "ikke set i {count}",
}
_COVER = {
    "Cover": "Forside",
    "What differs from {baseline}?": "Hvad er forskelligt fra {baseline}?",
    "Runs": "Kørsler",
    "run": "kørsel",
    "what it is": "hvad den er",
    "baseline": "sammenligningsgrundlag",
    "variant": "variant",
    "replications": "gennemløb",
    "seed": "startværdi (seed)",
    "observed": "observeret",
    "version of sim": "version af sim",
    "rules": "regler",
    "What to look at": "Hvad man skal se på (på engelsk)",
    "Sheets": "Ark",
    "Not calibrated: figures follow from the config's assumptions, and no interval covers those.": (
        "Ikke kalibreret: tallene følger af konfigurationens forudsætninger, og dem dækker intet interval."
    ),
}
_KEY_FIGURES = {
    "Key figures": "Nøgletal",
    "every key figure of each run: mean and 95 % interval": "alle nøgletal for hver kørsel: middel og 95 %-interval",
    "Means over replications with 95 % intervals: they cover chance, not whether assumptions hold.": (
        "Middel over gennemløb med 95 %-interval: det dækker tilfældigheder, ikke om forudsætningerne holder."
    ),
    "The definitions are in docs/kpis.md, by the name in the last column.": (
        "Definitionerne står i docs/kpis.md under navnet i sidste kolonne."
    ),
    "key figure": "nøgletal",
    "standard deviation": "standardafvigelse",
    "name in the files": "navn i filerne",
    "Differences": "Forskelle",
    "each variant minus {baseline}, paired by replication": "hver variant minus {baseline}, parret efter gennemløb",
    "Differences from {baseline}": "Forskelle fra {baseline}",
    "Paired by replication: both have the same citizens with the same luck.": (
        "Parret efter gennemløb: begge har de samme borgere med det samme held."
    ),
    "p: how probable so large a difference is by chance alone, adjusted (Holm) for all that are shown.": (
        "p: hvor sandsynlig så stor en forskel er ved ren tilfældighed, justeret (Holm) for alle de viste."
    ),
    "variant: mean": "variant: middel",
    "baseline: mean": "sammenligning: middel",
    "larger in (share of pairs)": "størst i (andel af par)",
    "correlation": "korrelation",
    "replications saved by pairing": "gennemløb sparet ved parring",
    "pairs": "par",
    "Starting citizens: {variant} minus {baseline}, percentage points": (
        "Startbestanden: {variant} minus {baseline}, procentpoint"
    ),
    "Charts": "Diagrammer",
    "charts of the sheets behind": "diagrammer over de følgende ark",
    "Drawn from the cells of the other sheets; they can be copied and changed.": (
        "Tegnet af cellerne i de andre ark; de kan kopieres og ændres."
    ),
}
_BY_PART = {
    "By year and group": "År og gruppe",
    "stock, entries, exits and meetings by period and group": (
        "bestand, tilgang, afgang og samtaler efter periode og gruppe"
    ),
    "By year, quarter and group: differences from {baseline}": (
        "Efter år, kvartal og gruppe: forskelle fra {baseline}"
    ),
    "A week belongs to the quarter in which its fourth day lies. Each interval is for its figure alone.": (
        "En uge hører til det kvartal, hvor dens fjerde dag ligger. Hvert interval gælder sit eget tal alene."
    ),
    "figure": "tal",
    "period": "periode",
    "all weeks": "alle uger",
    "exits": "afgang",
    "mean stock at week ends": "middelbestand ved ugens udgang",
    "stock at the end": "bestand ved udgangen",
    "new citizens": "nye borgere",
    "exits: all": "afgang: alle",
    "planned meetings held": "planlagte samtaler holdt",
    "of these in time": "heraf til tiden",
    "meetings begun in time, of those held": "samtaler begyndt til tiden, af de holdte",
    "Reached": "Nået",
    "who has reached a job, a pension ... within so many weeks": (
        "hvor mange der har nået job, pension ... inden for så mange uger"
    ),
    "Shares that reach something within so many weeks": "Andele, der når noget inden for så mange uger",
    "Cumulative incidence (Aalen-Johansen): who has left otherwise can no longer reach it.": (
        "Kumulativ incidens (Aalen-Johansen): den, der er afgået på anden måde, kan ikke længere nå det."
    ),
    "{event}: share within so many weeks, since {since}": "{event}: andel inden for så mange uger, fra {since}",
    "since": "fra",
    "reached": "nået",
    "within weeks": "inden for uger",
}
_WEEKS = {
    "Weeks": "Uger",
    "stock, queues and meetings at the end of every week": "bestand, køer og samtaler ved udgangen af hver uge",
    "By week": "Uge for uge",
    "Means over replications with 95 % intervals, all groups together; week 0 is the start.": (
        "Middel over gennemløb med 95 %-interval, alle grupper under ét; uge 0 er starten."
    ),
    "ends on": "slutter",
    "citizens with the centre": "borgere i jobcentret",
    "meetings overdue": "samtaler over frist",
    "cases being prepared": "sager under forberedelse",
    "waiting for the rehabilitation team": "venter på rehabiliteringsteamet",
    "waiting for a consultant": "venter på virksomhedskonsulent",
    "in internship": "i praktik",
    "Hours": "Timer",
    "hours a week by role and kind of work, and the caseload over time": (
        "timer om ugen efter rolle og arbejde, og sagsstammen over tid"
    ),
    "Hours a week, by role and kind of work": "Timer om ugen efter rolle og arbejde",
    "Means with 95 % intervals. Hours there: for citizens, absence and administration taken off.": (
        "Middel med 95 %-interval. Timer til stede: til borgere, fravær og administration trukket fra."
    ),
    "role": "rolle",
    "kind of work": "arbejde",
    "hours a week": "timer om ugen",
    "of the hours there": "af timerne til stede",
    "hours there": "timer til stede",
    "not used": "ikke brugt",
    "Coordinators' hours a week": "Sagsbehandlernes timer om ugen",
    "Citizens on a full-time coordinator's own list": "Borgere på en fuldtidssagsbehandlers egen liste",
    "to the end of week": "til udgangen af uge",
}
_LEDGER = {
    "Ledger": "Regnskab",
    "what {variant} costs and saves against {baseline}": "hvad {variant} koster og sparer i forhold til {baseline}",
    "Ledger: {variant} minus {baseline}": "Regnskab: {variant} minus {baseline}",
    "{variant} minus {baseline} by calendar year, kr": "{variant} minus {baseline} efter kalenderår, kr",
    "Kroner at the price level of {year}; below 0 the variant costs less.": (
        "Kroner i {year}-priser; under 0 koster varianten mindre."
    ),
    "Every amount is a formula: change a price on the sheet of prices; sums, net and intervals follow.": (
        "Hvert beløb er en formel: ret en pris på prisarket, så følger summer, netto og intervaller med."
    ),
    "business case, present values": "business case, nutidsværdi",
    "check: net cost by the lines below minus the mean of the replications; 0: they agree": (
        "kontrol: nettoudgift efter linjerne nedenfor minus gennemløbenes middel; 0: de stemmer"
    ),
    "prices changed: see sim ledger": "priser ændret: se sim ledger",
    "not by the end of {year}": "ikke inden udgangen af {year}",
    "share of replications": "andel af gennemløb",
    "By line and calendar year, kr": "Efter linje og kalenderår, kr",
    "factor of the present value": "nutidsværdifaktor",
    "section": "afsnit",
    "line": "linje",
    "payer": "betaler",
    "in the totals": "i summerne",
    "difference, present value": "forskel, nutidsværdi",
    "benefits and after the exit": "ydelser og efter afgang",
    "Full-time and person-years": "Fuldtids- og personår",
    "full-time and person-years": "fuldtids- og personår",
    "full-time years": "fuldtidsår",
    "person-years": "personår",
}
_PRICES = {
    "Prices": "Priser",
    "every price of the ledgers: change the yellow cells": "alle priser i regnskabet: ret de gule celler",
    "Kroner at the price level of {year}. Change a yellow cell: the sheets of money follow.": (
        "Kroner i {year}-priser. Ret en gul celle: arkene om penge følger med."
    ),
    "A price of the baseline holds for a variant too until the variant's own cell is overwritten.": (
        "En pris for sammenligningsgrundlaget gælder også for en variant, indtil variantens egen celle overskrives."
    ),
    "With other prices in the program itself: sim ledger ... --money FILE, with the keys below.": (
        "Med andre priser i selve programmet: sim ledger ... --money FIL, med nøglerne nedenfor."
    ),
    "prices changed since": "priser ændret siden",
    "price": "pris",
    "as simulated": "som simuleret",
    "key in the config": "nøgle i konfigurationen",
    "discount rate, for present values": "diskonteringsrente, til nutidsværdi",
    "staff is counted by": "personale opgøres efter",
    "a year": "pr. år",
    "kr a year": "kr pr. år",
    "kr a month": "kr pr. måned",
    "kr a week": "kr pr. uge",
    "kr a unit": "kr pr. enhed",
    "a full-time post": "en fuldtidsstilling",
    "a place in a programme": "en plads i et forløb",
    "an internship": "en praktik",
    "gross benefit": "bruttoydelse",
    "paid first, taken off": "betalt først, trukket fra",
    "share that is paid another benefit first": "andel, som først betales en anden ydelse",
    "share of those in jobs who keep somebody else out of one": "andel af dem i job, som holder en anden ude af et",
    "discount rate from year {year} on": "diskonteringsrente fra år {year}",
    "Present values": "Nutidsværdi",
    "share that the state pays, after {weeks} weeks on benefit": (
        "andel, som staten betaler, efter {weeks} uger på ydelse"
    ),
    "after the exit to {where}": "efter afgang til {where}",
    "counts as": "regnes som",
    "price, if it counts as a cost": "pris, hvis det regnes som udgift",
    "share of it that the state pays": "andel heraf, som staten betaler",
    "Benefits, a year": "Ydelser, pr. år",
    "what a full year costs, from the prices above": "hvad et helt år koster, efter priserne ovenfor",
    "from week {week} on": "fra uge {week}",
    "Quantities": "Mængder",
    "what the ledger of {variant} multiplies by prices": "hvad regnskabet for {variant} ganger med priser",
    "Quantities: {variant} and {baseline}": "Mængder: {variant} og {baseline}",
    "Means over {count} pairs of replications, by calendar year; of a benefit what small jobs save is taken off.": (
        "Middel over {count} par af gennemløb, efter kalenderår; i ydelser er det, småjob sparer, trukket fra."
    ),
    "A unit's price is 0 where the totals do not count it; prices come from the sheet of prices.": (
        "En enheds pris er 0, hvor summerne ikke tæller den med; priserne kommer fra prisarket."
    ),
    "Pairs": "Par",
    "every pair of replications: what the intervals are computed from": (
        "hvert par af gennemløb: det, intervallerne beregnes af"
    ),
    "Pairs of replications: {variant} minus {baseline}": "Par af gennemløb: {variant} minus {baseline}",
    "Present values in kroner: each quantity to the right times the weight above it.": (
        "Nutidsværdi i kroner: hver mængde til højre gange vægten over den."
    ),
    "weight in the extra cost": "vægt i merudgiften",
    "in the net cost to the municipality": "i nettoudgiften for kommunen",
    "in the net cost to the state": "i nettoudgiften for staten",
    "in the benefits that the baseline pays": "i ydelserne i sammenligningsgrundlaget",
    "replication": "gennemløb nr.",
    "benefits that the baseline pays, kr": "ydelser i sammenligningsgrundlaget, kr",
    "weeks on benefit in the baseline": "uger på ydelse i sammenligningsgrundlaget",
    "citizens treated": "behandlede borgere",
}
_LAST = {
    "Assumptions": "Antagelser",
    "every value in force in each run, and what differs": (
        "alle gældende værdier i hver kørsel, og hvad der er forskelligt"
    ),
    "Assumptions: every value in force": "Antagelser: alle gældende værdier",
    "Where from: file and line, if the config is where it was; else whether it is the program's default.": (
        "Hvorfra: fil og linje, hvis konfigurationen ligger, hvor den lå; ellers om det er programmets standard."
    ),
    "Sources in brackets are explained in docs/evidence.md; ASSUMPTION marks what has none.": (
        "Kilder i klammer forklares i docs/evidence.md; ASSUMPTION står ved det, som ingen kilde har."
    ),
    "what the config says of it": "hvad konfigurationen siger om den",
    "meaning": "betydning",
    "key": "nøgle",
    "value": "værdi",
    "where from": "hvorfra",
    "differs": "forskellig",
    "default": "standard",
    "stated": "angivet",
    "Reproduce": "Gentag",
    "commands, versions and digests to make the same results again": (
        "kommandoer, versioner og kontrolsummer til at lave de samme resultater igen"
    ),
    "How to make the same results again": "Sådan laves de samme resultater igen",
    "The same config, seed and version of the rules give the same bytes, with any number of workers.": (
        "Samme konfiguration, startværdi og regelversion giver de samme bytes, uanset antallet af processer."
    ),
    "directory": "mappe",
    "version of the rules": "regelversion",
    "digest of the config": "konfigurationens kontrolsum",
    "digest": "kontrolsum",
    "command": "kommando",
    "libraries": "biblioteker",
    "version": "version",
    "commit": "commit",
    "engine": "motor",
    "python": "Python",
    "platform": "platform",
    "started": "begyndt",
    "finished": "færdig",
}

WORKBOOK: Mapping[str, str] = {
    **_SHARED, **_COVER, **_KEY_FIGURES, **_BY_PART, **_WEEKS, **_LEDGER, **_PRICES, **_LAST,
}  # fmt: skip
"""What the sheets of the workbook say."""
