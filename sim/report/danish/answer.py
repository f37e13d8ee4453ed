"""The sentences of the committee's page."""

from collections.abc import Mapping

ANSWER: Mapping[str, str] = {
    "Of 1,000 citizens at the start, {what}": "Af 1.000 borgere ved start {what}",
    "{begin}, and about {others}.": "{begin}, og cirka {others}.",
    "about **{n} more reach a job** within {time}": "kommer **cirka {n} flere i job** inden for {time}",
    "about **{n} fewer reach a job** within {time}": "kommer **cirka {n} færre i job** inden for {time}",
    "{n} more begin an education": "{n} flere begynder en uddannelse",
    "{n} fewer begin an education": "{n} færre begynder en uddannelse",
    "{n} more are awarded a fleksjob": "{n} flere tilkendes fleksjob",
    "{n} fewer are awarded a fleksjob": "{n} færre tilkendes fleksjob",
    "{n} more get a disability pension": "{n} flere får førtidspension",
    "{n} fewer get a disability pension": "{n} færre får førtidspension",
    "{n} more start a resource course": "{n} flere begynder et ressourceforløb",
    "{n} fewer start a resource course": "{n} færre begynder et ressourceforløb",
    "**exactly as many reach a job** within {time}": "**kommer præcis lige så mange i job** inden for {time}",
    "**about as many reach a job** within {time} (between {low} and {high})": (
        "**kommer omtrent lige så mange i job** inden for {time} (mellem {low} og {high})"
    ),
    "it **cannot be told whether more or fewer reach a job** within {time}: between {low} and {high}": (
        "**kan det ikke afgøres, om flere eller færre kommer i job** inden for {time}: mellem {low} og {high}"
    ),
    "{n} fewer": "{n} færre",
    "{n} more": "{n} flere",
    # Money.
    "The extra caseworkers cost": "De ekstra sagsbehandlere koster",
    "The change costs": "Ændringen koster",
    "{who} {amount}": "{who} {amount}",
    ", depending on whether a fleksjob and a pension count as a saving": (
        ", alt efter om fleksjob og pension regnes som en besparelse"
    ),
    "{paid}, of which **{back} comes back** in the same {time}{judged}.": (
        "{paid}, hvoraf **{back} tjenes hjem** på de samme {time}{judged}."
    ),
    "{paid}; **more than that, {back}, comes back** in the same {time}{judged}.": (
        "{paid}; **mere end det, {back}, tjenes hjem** på de samme {time}{judged}."
    ),
    "{paid}; **{back} comes back** in the same {time}{judged}: so that decides whether it pays.": (
        "{paid}; **{back} tjenes hjem** på de samme {time}{judged}: det afgør altså, om det betaler sig."
    ),
    "Staff and programmes cost {amount} less": "Personale og forløb koster {amount} mindre",
    "Staff and programmes cost the same": "Personale og forløb koster det samme",
    "{paid}; in all the municipality **pays {net} more** in the same {time}{judged}.": (
        "{paid}; i alt **betaler kommunen {net} mere** på de samme {time}{judged}."
    ),
    "{paid}; in all the municipality **saves {net}** in the same {time}{judged}.": (
        "{paid}; i alt **sparer kommunen {net}** på de samme {time}{judged}."
    ),
    "{paid}; in all the municipality **pays as much as before**.": (
        "{paid}; i alt **betaler kommunen lige så meget som før**."
    ),
    "{paid}; in all the municipality's **net cost is {net} million kr.** in the same {time}{judged}.": (
        "{paid}; i alt er kommunens **nettoudgift {net} mio. kr.** på de samme {time}{judged}."
    ),
    # How sure.
    "More citizens reached a job in {more} of the {all} paired runs, equally many in {equal}, fewer in {fewer}": (
        "Flere borgere kom i job i {more} af de {all} parrede gennemløb, lige mange i {equal}, færre i {fewer}"
    ),
    "More citizens reached a job in all of the {all} paired runs": (
        "Flere borgere kom i job i alle {all} parrede gennemløb"
    ),
    "Equally many citizens reached a job in all of the {all} paired runs": (
        "Lige mange borgere kom i job i alle {all} parrede gennemløb"
    ),
    "Fewer citizens reached a job in all of the {all} paired runs": (
        "Færre borgere kom i job i alle {all} parrede gennemløb"
    ),
    "what differs between the two does not touch jobs": "det, der er forskelligt, påvirker ikke job",
    "chance is an unlikely explanation of the difference": "tilfældigheder er en usandsynlig forklaring på forskellen",
    "chance alone may explain the difference": "tilfældigheder alene kan forklare forskellen",
    # The bottleneck.
    "{name}: {where}; {used} of the caseworkers' hours are in use.": (
        "{name}: {where}; {used} af sagsbehandlernes timer er i brug."
    ),
    "{where}; {used} of the caseworkers' hours are in use.": "{where}; {used} af sagsbehandlernes timer er i brug.",
    "the caseworkers' hours for meetings: {n} citizens have a meeting overdue": (
        "sagsbehandlernes timer til samtaler: {n} borgere har en overskredet samtale"
    ),
    "the caseworkers' hours for cases: {n} cases are being made ready": (
        "sagsbehandlernes timer til sager: {n} sager er under forberedelse"
    ),
    "the rehabilitation team: {n} complete cases wait for a decision": (
        "rehabiliteringsteamet: {n} færdige sager venter på behandling"
    ),
    "the way to an internship: {n} citizens are ready and on nobody's list": (
        "vejen til en praktik: {n} borgere er klar og på ingens liste"
    ),
    "{n} weeks of work": "{n} ugers arbejde",
    "and none is served": "og ingen betjenes",
    "of which {n} are waits for documents": "heraf {n} ugers ventetid på dokumenter",
    "of which {n} are the way to the next meeting": "heraf {n} ugers vej til næste møde",
    "the longest queue at the end: {queue}": "den længste kø ved slutningen: {queue}",
    "no queue at the end is a month longer than it must be; the longest: {queue}": (
        "ingen kø ved slutningen er en måned længere, end den må være; den længste: {queue}"
    ),
    "nothing waits at the end longer than it must": "intet venter ved slutningen længere, end det må",
    # What would change the answer.
    "**The direct effect of the caseload on jobs.** It is put in as a number; without it only hours differ.": (
        "**Sagsstammens direkte virkning på job.** Den er forudsat som et tal; uden den er kun timerne forskellige."
    ),
    "**A direct effect of the caseload on jobs.** The model has none: all that differs comes out of hours. If a lower "
    "caseload also works in other ways, more reach a job.": (
        "**En direkte virkning af sagsstammen på job.** Modellen har ingen: al forskel kommer af timer. Virker en mindre "
        "sagsstamme også på andre måder, kommer flere i job."
    ),
    "**What time with a caseworker does.** It is put in, not found: {parts}, for some weeks. The difference in jobs "
    "follows these sizes.": (
        "**Hvad tid hos en sagsbehandler betyder.** Det er forudsat, ikke målt: {parts}, i nogle uger. Forskellen i job "
        "følger af disse størrelser."
    ),
    "a meeting lifts the chance of leaving by {size}": "en samtale løfter chancen for afgang med {size}",
    "employer outreach by {size}": "virksomhedskontakt med {size}",
    "**How long one looks.** In week {half_week} the difference in jobs is {half} of 1,000, in week {week} {end}": (
        "**Hvor længe man ser.** I uge {half_week} er forskellen i job {half} af 1.000, i uge {week} {end}"
    ),
    "; the net cost is {a} million kr. in {first} and {b} in {last}": (
        "; nettoudgiften er {a} mio. kr. i {first} og {b} i {last}"
    ),
    "**A judgement, not a simulation:** what a fleksjob and a pension cost decides {gap} of the net cost.": (
        "**En vurdering, ikke en simulering:** hvad fleksjob og pension koster, afgør {gap} af nettoudgiften."
    ),
}
