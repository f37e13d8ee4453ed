"""Titles, captions, headings and labels of pictures and their tables."""

from collections.abc import Mapping

PICTURES: Mapping[str, str] = {
    "{count} citizens each": "{count} borgere hver",
    "What happens with {name}?": "Hvad sker der med {name}?",
    "What happens with {a} instead of {b}?": "Hvad sker der med {a} i stedet for {b}?",
    "What happens if each caseworker has {a} citizens instead of {b}?": (
        "Hvad sker der, hvis hver sagsbehandler har {a} borgere i stedet for {b}?"
    ),
    "Mean of {count} runs": "Gennemsnit af {count} gennemløb",
    "Of 1,000 starting citizens, mean of {count} runs": (
        "Af 1.000 borgere i startbestanden, gennemsnit af {count} gennemløb"
    ),
    "Of 1,000 starting citizens, {count} runs": "Af 1.000 borgere i startbestanden, {count} gennemløb",
    # Where they are.
    "Where the starting citizens are": "Hvor startbestandens borgere er",
    "Of 1,000 starting citizens, by month. The rest, up to 1,000, are still on {scheme}.": (
        "Af 1.000 borgere i startbestanden, måned for måned. Resten, op til 1.000, er stadig på {scheme}."
    ),
    "On {scheme}": "På {scheme}",
    "Still on {scheme}": "Stadig på {scheme}",
    "{name}, week {week}": "{name}, uge {week}",
    # By when.
    "How many have reached it by when": "Hvor mange har nået det hvornår",
    "Of 1,000 starting citizens, all panels on one scale. Dark band: 95 % interval of the mean. Pale band: 9 in 10 "
    "single runs. A citizen who leaves one way can no longer leave another (competing risks).": (
        "Af 1.000 borgere i startbestanden, alle felter på samme skala. Mørkt bånd: 95 %-interval for gennemsnittet. "
        "Lyst bånd: 9 af 10 enkelte gennemløb. En borger, der går den ene vej ud, kan ikke længere gå en anden "
        "(konkurrerende risici)."
    ),
    # Which way.
    "Which ways 1,000 starting citizens go in {time}": "Hvilke veje 1.000 borgere i startbestanden går på {time}",
    "Width: citizens. Left: the scheme at the start. Middle: the last decision of the rehabilitation team. Right: "
    "where they are after {time}. Mean of {count} runs.": (
        "Bredde: borgere. Til venstre: ydelsen ved start. I midten: udfaldet af den seneste behandling i rehabiliteringsteamet. Til højre: "
        "hvor de er efter {time}. Gennemsnit af {count} gennemløb."
    ),
    "At the start": "Ved start",
    "Team decides": "Efter teamet",
    "At the end": "Ved slutningen",
    # Over time.
    "Stock, waits and caseload over time": "Bestand, ventetid og sagsstamme over tid",
    "All citizens with the centre, also new ones. Every axis begins at 0. Dark band: 95 % interval of the mean. Pale "
    "band: 9 in 10 single runs.": (
        "Alle borgere i centret, også nye. Alle akser begynder ved 0. Mørkt bånd: 95 %-interval for gennemsnittet. Lyst "
        "bånd: 9 af 10 enkelte gennemløb."
    ),
    "{title}, at the end: {ends}": "{title}, ved slutningen: {ends}",
    "Citizens on a full-time caseworker's list": "Borgere på en fuldtidssagsbehandlers liste",
    "Citizens with the centre": "Borgere i centret",
    "Meetings begun in time, %": "Samtaler begyndt til tiden, %",
    "Citizens with an overdue meeting": "Borgere med overskredet samtale",
    "Cases being made ready": "Sager under forberedelse",
    "Cases waiting for the team": "Sager, der venter på teamet",
    "Citizens waiting for a consultant": "Borgere, der venter på konsulent",
    "Citizens in internship": "Borgere i praktik",
    # Hours.
    "Where the hours go": "Hvor timerne går hen",
    "Hours a week for citizens, whole centre, mean of the time shown; the frame is the hours there.": (
        "Timer om ugen til borgerne, hele centret, gennemsnit af tiden; rammen viser de timer, der er til rådighed."
    ),
    "Hours a week, mean of {count} runs": "Timer om ugen, gennemsnit af {count} gennemløb",
    "Hours there": "Timer til rådighed",
    "Not used": "Ikke brugt",
    "{posts} full-time posts filled · {hours} hours": "{posts} besatte fuldtidsstillinger · {hours} timer",
    "{weeks} weeks of work waiting at the end": "{weeks} ugers arbejde venter ved slutningen",
    # Differences.
    "What differs: {a} minus {b}": "Hvad er forskellen: {a} minus {b}",
    "Dot: expected difference. Dark line: its 95 % interval. Pale bar: 9 in 10 single runs, as a real job centre lives "
    "only one.": (
        "Prik: forventet forskel. Mørk streg: dens 95 %-interval. Lys bjælke: 9 af 10 enkelte gennemløb, for et "
        "virkeligt jobcenter oplever kun ét."
    ),
    "All key figures, mean of {count} runs": "Alle nøgletal, gennemsnit af {count} gennemløb",
    "runs with more / equal / fewer": "gennemløb med flere / lige mange / færre",
    "People, per 1,000 starting citizens": "Mennesker, pr. 1.000 borgere i startbestanden",
    "On the way, per 1,000 starting citizens": "Undervejs, pr. 1.000 borgere i startbestanden",
    "Meetings and work, percentage points": "Samtaler og arbejde, procentpoint",
    "Waits that have ended, weeks": "Afsluttede ventetider, uger",
    "Job": "Job",
    "Education": "Uddannelse",
    "Fleksjob (awarded)": "Fleksjob (tilkendt)",
    "Disability pension": "Førtidspension",
    "Resource course": "Ressourceforløb",
    "Case decided": "Sag behandlet",
    "Internship": "Virksomhedspraktik",
    "Meetings in time": "Rettidige samtaler",
    "Length of meetings": "Samtalernes længde",
    "Caseworkers' hours in use": "Sagsbehandlertimer i brug",
    "To make a case ready": "At gøre en sag færdig",
    "From ready case to decision": "Fra færdig sag til behandling",
    "For a consultant's list": "På plads hos konsulent",
    # Money.
    "1,000 kr., {year} prices, {period}": "1.000 kr., {year}-priser, {period}",
    "1,000 kr., {year} prices, {period}. Plus: costs the municipality more": (
        "1.000 kr., {year}-priser, {period}. Plus: koster kommunen mere"
    ),
    "as the config prices fleksjob and pension": "som konfigurationen prissætter fleksjob og pension",
    "if fleksjob and pension cost as before": "hvis fleksjob og pension koster som før",
    "if fleksjob and pension save the benefit": "hvis de sparer ydelsen",
    "the municipality pays": "kommunen betaler",
    "{who}, {posts} posts": "{who}, {posts} stillinger",
    "After the exit: {to}": "Efter afgang: {to}",
    "Net cost": "Nettoudgift",
    "Net cost of the state": "Statens nettoudgift",
    "Share of the extra cost that comes back": "Andel af merudgiften, der tjenes hjem",
    "{figure}, present value at {rate} %": "{figure}, nutidsværdi ved {rate} %",
    "not by the end of {year}": "ikke inden udgangen af {year}",
    "What is paid more and less, by year": "Hvad der betales mere og mindre, år for år",
    "Million kr., {year} prices. Above 0: costs the municipality more. The mark and the number: net cost of the year.": (
        "Mio. kr., {year}-priser. Over 0: koster kommunen mere. Mærket og tallet: årets nettoudgift."
    ),
    "Net cost in million kr. by year: {ends}": "Nettoudgift i mio. kr. år for år: {ends}",
    "Is the money back? Net cost so far": "Er pengene tjent hjem? Nettoudgift indtil nu",
    "Net cost so far, present value": "Nettoudgift indtil nu, nutidsværdi",
    "Million kr., present value at {rate} % a year. Where the line falls to 0 the money is back. Dark band: 95 % "
    "interval of the mean. Pale band: 9 in 10 single runs.": (
        "Mio. kr., nutidsværdi ved {rate} % om året. Hvor linjen når ned til 0, er pengene tjent hjem. Mørkt bånd: "
        "95 %-interval for gennemsnittet. Lyst bånd: 9 af 10 enkelte gennemløb."
    ),
    "{name}: {end} million kr. at the end": "{name}: {end} mio. kr. ved slutningen",
    "back after {years} years (median)": "tjent hjem efter {years} år (median)",
    "Every line, 1,000 kr., {year} prices; in brackets: not in the totals, for comparison": (
        "Alle linjer, 1.000 kr., {year}-priser; i parentes: ikke i summerne, til sammenligning"
    ),
}
