"""What the shipped files of studies say, in Danish."""

from collections.abc import Mapping

FILES: Mapping[str, str] = {
    # Questions.
    "Which parameters agree with the control arm?": "Hvilke parametre stemmer med kontrolgruppen?",
    "What do the effects of 50 instead of 130 citizens for each coordinator depend on?": (
        "Hvad afhænger virkningerne af 50 i stedet for 130 borgere pr. sagsbehandler af?"
    ),
    "What does the net cost of 80 citizens each, in the whole administration, depend on?": (
        "Hvad afhænger nettoudgiften ved 80 borgere hver, i hele forvaltningen, af?"
    ),
    "What does the net cost of JKI's pilot depend on?": "Hvad afhænger nettoudgiften ved JKI's pilot af?",
    "What does the net cost of the sick-pay pilot depend on?": "Hvad afhænger nettoudgiften ved sygedagpengepiloten af?",
    # Units.
    "a week": "pr. uge",
    "a year": "pr. år",
    "share a meeting": "andel pr. samtale",
    "factor": "faktor",
    # Parameters.
    "hazard of a job": "rate til job",
    "hazard of education": "rate til uddannelse",
    "hazard of a small job": "rate til småjob",
    "share that belongs in a resource course": "andel, der hører til i ressourceforløb",
    "share that belongs in a fleksjob": "andel, der hører til i fleksjob",
    "share that belongs on a pension": "andel, der hører til på førtidspension",
    "share recognised at the start": "andel erkendt ved start",
    "recognition per meeting": "erkendelse pr. samtale",
    "hours of a package": "timer til en sagspakke",
    "share of hours kept for cases": "andel af timer reserveret til sager",
    "agreement of the team": "teamets tilslutning",
    "share ready at the start": "andel klar ved start",
    "becoming ready": "bliver klar",
    "readiness found per meeting": "parathed opdaget pr. samtale",
    "search for an internship": "søgning efter praktikplads",
    "window of a meeting": "vindue for en samtale",
    "backlog that is tolerated": "tålt sagspukkel",
    "share for administration": "andel til administration",
    "effect of a meeting": "effekt af en samtale",
    "hours of a conversation": "timer til en samtale",
    "what an extra meeting achieves": "hvad en ekstra samtale udretter",
    "effect of outreach": "effekt af virksomhedskontakt",
    "direct effect of the caseload on jobs": "sagsstammens direkte effekt på job",
    "effect after an internship": "effekt efter en praktik",
    "hours to find a place": "timer til at finde en plads",
    "company consultants": "virksomhedskonsulenter",
    "net benefit of a year": "nettoydelse pr. år",
    "price of a fleksjob or pension": "pris på et fleksjob eller en førtidspension",
    "price of a fleksjob, pension or resource course": "pris på et fleksjob, en førtidspension eller et ressourceforløb",
    "net cash benefit of a year": "kontanthjælp netto pr. år",
    "net sickness benefit of a year": "sygedagpenge netto pr. år",
    "hazard of going back to work": "rate til at vende tilbage i arbejde",
    # Structures.
    "citizens change over": "borgerne skifter over",
    "posts without the extra meeting": "stillinger uden den ekstra samtale",
    "coordinators keep the meetings": "sagsbehandlerne beholder samtalerne",
    "nobody changes over": "ingen skifter over",
}
"""What the shipped files of studies say, in Danish; a file of one's own keeps its words."""
