"""Danish of the notes on a ledger, by the English text where they are made."""

from collections.abc import Mapping

from sim.analysis.ledger import notes as text

NOTES: Mapping[str, str] = {
    text.LEFT_OUT: "de sidste {days} dage er ikke med: af deres kalenderår er mindre end en uge observeret",
    text.IN_PART: "kun en del af {year} er observeret ({weeks} af {whole} uger); kun den del er talt med, af budgetter efter dage",
    text.NOBODY_TREATED: "ingen afdelings stillinger er forskellige, så alle borgere regnes som omfattet",
    text.STATE_UNKNOWN: (
        "hvad staten betaler, kendes ikke: faste priser er uden dens refusion ({schemes}); en refusionstrappe "
        "(refund_ladder) ville vise det"
    ),
    text.GOES_ON: (
        "{variant} koster stadig mere i det sidste kvartal: en besparelse, der varer ved efter opgørelsen, er regnet uden, "
        "hvad det ville koste at fortsætte"
    ),
    text.NO_BUDGET: "personale tælles efter budget, og der er intet, så det koster intet i summerne",
    text.DISPLACEMENT: (
        "fortrængning er en forudsætning: af dem, der er i job, holder {percent} % en anden ude af et job, som koster "
        "det, de kostede før (money.displacement_share)"
    ),
    text.PRICED_FIRST: (
        "af dem, der går til {destination}, prissættes {percent} % med en anden ydelse i de første {weeks} uger; i "
        "modellen venter ingen"
    ),
    text.FROM_OUTSIDE: (
        "fleksjob og førtidspension regnes som en besparelse, som om intet blev betalt bagefter: et blik udefra, ikke "
        "budgettets; efter lovens satser koster begge kommunen omtrent det samme som kontanthjælp, eller mere"
    ),
    text.NOTHING_SPENT: "der bruges ikke flere penge, så der er intet at tjene hjem",
    text.SPENT_LATER: "der bruges ikke flere penge før {year}; tidspunktet, hvor de er tjent hjem, er først bestemt fra da af",
}
