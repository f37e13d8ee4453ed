"""Pages of calibrations in Danish."""

from collections.abc import Mapping

CALIBRATION: Mapping[str, str] = {
    "Calibration": "Kalibrering",
    "Which values agree with what was published?": "Hvilke værdier stemmer med det offentliggjorte?",
    "{parameters} parameters and {targets} published figures; {draws} draws of the parameters are kept.": (
        "{parameters} parametre og {targets} offentliggjorte tal; {draws} trækninger af parametrene er gemt."
    ),
    "**Agreement is no evidence here**: the parameters were chosen so that these figures come out. Evidence are figures "
    "that were not used: sim validate sets them beside the model.": (
        "**Overensstemmelse beviser intet her**: parametrene er valgt, så disse tal kommer ud. Beviser er tal, der ikke er "
        "brugt: sim validate stiller dem op ved siden af modellen."
    ),
    "The published figures teach something of **{known} of {all} parameters** (learnt: {learnt}, partly: {partly}). The "
    "other {rest} are as uncertain as before, and results made with the draws carry that.": (
        "De offentliggjorte tal lærer os noget om **{known} af {all} parametre** (lært: {learnt}, delvis: {partly}). De andre "
        "{rest} er lige så usikre som før, og det bærer resultater, der laves med trækningerne."
    ),
    "**Not reached**: {list}. A prior excludes what would agree, or the model cannot give it.": (
        "**Ikke nået**: {list}. En forhåndsfordeling udelukker det, der ville stemme, eller modellen kan ikke give det."
    ),
    "All {count} published figures are within reach of the draws.": (
        "Alle {count} offentliggjorte tal er inden for trækningernes rækkevidde."
    ),
    "The emulators are off by more than chance for {list}: more points help.": (
        "Emulatorerne rammer mere ved siden af end tilfældigt for {list}: flere punkter hjælper."
    ),
    "The chains are too short for their autocorrelation: intervals may be too narrow.": (
        "Kæderne er for korte til deres autokorrelation: intervallerne kan være for smalle."
    ),
    "What the published figures have taught": "Hvad de offentliggjorte tal har lært os",
    "How much is still open": "Hvor meget der stadig er åbent",
    "Spread of each parameter now, in per cent of its spread before. Below {learnt} it counts as learnt, below {partly} as "
    "partly learnt; at 100 nothing was learnt, and what was believed before goes on.": (
        "Hver parameters spredning nu, i procent af dens spredning før. Under {learnt} regnes den for lært, under {partly} for "
        "delvis lært; ved 100 er intet lært, og det, man troede før, gælder fortsat."
    ),
    "learnt": "lært",
    "partly learnt": "delvis lært",
    "not learnt": "ikke lært",
    "parameter": "parameter",
    "before": "før",
    "now": "nu",
    "before: median": "før: median",
    "now: median": "nu: median",
    "spread left, %": "spredning tilbage, %",
    "source of what was believed before": "kilde til det, man troede før",
    "Published figures, before and now": "Offentliggjorte tal, før og nu",
    "Each row has its own axis from 0. Diamond: as published; its line: rounding, chance and what the model leaves out, 95 "
    "%. Pale bar: expected before, over all that was believed (95 %). Dot and dark line: expected now. On the right: "
    "expected now.": (
        "Hver række har sin egen akse fra 0. Rude: som offentliggjort; dens streg: afrunding, tilfældighed og det, modellen "
        "udelader, 95 %. Lys bjælke: forventet før, over alt, hvad man troede (95 %). Prik og mørk streg: forventet nu. Til "
        "højre: forventet nu."
    ),
    "published": "offentliggjort",
    "published {value}": "offentliggjort {value}",
    "published figure": "offentliggjort tal",
    "published, with the error allowed": "offentliggjort, med den tilladte fejl",
    "error allowed": "tilladt fejl",
    "expected before": "forventet før",
    "expected now": "forventet nu",
    "expected": "forventet",
    "config": "konfiguration",
    "surprise": "overraskelse",
    "check of the emulator": "kontrol af emulatoren",
    "Parameters": "Parametre",
    "Every parameter before and now": "Hver parameter før og nu",
    "What was believed before, and what is known now": "Hvad man troede før, og hvad man ved nu",
    "Pale field: before. Dark line: now. The bars below are the 95 % intervals, the dots the medians. The best known first; "
    "where both are alike, nothing was learnt.": (
        "Lyst felt: før. Mørk linje: nu. Bjælkerne nedenunder er 95 %-intervallerne, prikkerne medianerne. De bedst kendte "
        "først; hvor de to er ens, er intet lært."
    ),
    "{parameter}: before {before}, now {now}": "{parameter}: før {before}, nu {now}",
    "What is tied together": "Hvad der hænger sammen",
    "Tied together": "Hænger sammen",
    "**{a}** and **{b}** are tied together: more of one goes with less of the other (correlation {r}).": (
        "**{a}** og **{b}** hænger sammen: mere af den ene følges med mindre af den anden (korrelation {r})."
    ),
    "**{a}** and **{b}** are tied together: more of one goes with more of the other (correlation {r}).": (
        "**{a}** og **{b}** hænger sammen: mere af den ene følges med mere af den anden (korrelation {r})."
    ),
    "No two parameters are tied together by a correlation of {tied} or more.": (
        "Ingen to parametre hænger sammen med en korrelation på {tied} eller mere."
    ),
    "Better known together than alone, to {left} % of the spread before: {parts} (in spreads of each before).": (
        "Bedre kendt sammen end hver for sig, til {left} % af spredningen før: {parts} (i hver parameters spredning før)."
    ),
    "The pairs that are tied together most": "De par, der hænger mest sammen",
    "One dot a draw; the axes are as wide as what was believed before. A round cloud: the two are known apart. A ridge: "
    "only a combination of both is known. Correlations are of normal scores.": (
        "Én prik pr. trækning; akserne er så brede som det, man troede før. En rund sky: de to kendes hver for sig. En kam: kun "
        "en kombination af begge er kendt. Korrelationer er af normalfordelte scorer."
    ),
    "correlation {r}": "korrelation {r}",
    "correlation": "korrelation",
    "another one": "en anden",
    "How the draws were made": "Hvordan trækningerne blev lavet",
    "Chains": "Kæder",
    "Emulators": "Emulatorer",
    "{walkers} chains of {steps} steps, which is {times} times their longest autocorrelation ({slow} steps): worth {worth} "
    "independent draws of the slowest parameter. {share} % of the steps moved.": (
        "{walkers} kæder på {steps} skridt, det er {times} gange deres længste autokorrelation ({slow} skridt): {worth} uafhængige "
        "trækninger værd for den langsomste parameter. {share} % af skridtene flyttede sig."
    ),
    "50 times or more is what is asked for: the chains are long enough to agree.": (
        "Der kræves 50 gange eller mere: kæderne er lange nok til at være enige."
    ),
    "Draws were simulated to check the emulators. The largest deviation is {z} standard errors ({figure}); beyond 3 it "
    "would be more than chance.": (
        "Trækninger blev simuleret for at kontrollere emulatorerne. Den største afvigelse er {z} standardfejl ({figure}); over 3 "
        "ville det være mere end tilfældigt."
    ),
    "sim {version}, version {rules} of the rules, seed {seed}, {count} replications of every point; {libraries}.": (
        "sim {version}, version {rules} af reglerne, seed {seed}, {count} gennemløb af hvert punkt; {libraries}."
    ),
}
