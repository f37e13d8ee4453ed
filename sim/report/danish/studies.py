"""Pages of studies in Danish: sensitivity, calibration, validation, and departments as the arms of a trial."""

from collections.abc import Mapping

_DEPARTMENTS: Mapping[str, str] = {
    "Groups": "Grupper",
    "Departments": "Afdelinger",
    "Departments side by side": "Afdelingerne side om side",
    "What the citizens of each department reach": "Hvad borgerne i hver afdeling når",
    "Per cent of the starting citizens of each department by the end, and of all meetings that were due. Each row has its "
    "own axis from 0; the departments from top to bottom: {names}. Line: 95 % interval of the mean.": (
        "Procent af startbestandens borgere i hver afdeling ved slutningen, og af alle samtaler, der skulle holdes. Hver "
        "række har sin egen akse fra 0; afdelingerne oppefra: {names}. Streg: 95 %-interval for gennemsnittet."
    ),
    "What one trial would show: {name} minus the others": "Hvad ét forsøg ville vise: {name} minus de andre",
    "In {variant}, where every run is one trial. Dot: mean difference between the departments. Pale bar: what 9 in 10 "
    "trials show. On the right: the trials, of 100, in which the department shows more than the others. This is "
    "no effect: the departments have other citizens.": (
        "I {variant}, hvor hvert gennemløb er ét forsøg. Prik: gennemsnitlig forskel mellem afdelingerne. Lys bjælke: hvad 9 "
        "af 10 forsøg viser. Til højre: de forsøg ud af 100, hvor afdelingen viser mere end de andre. Det er ingen "
        "effekt: afdelingerne har forskellige borgere."
    ),
    "What one trial would show is a matter of luck: in {more} of {count} runs more of **{name}** have a job than of the "
    "others, in {equal} equally many, in {fewer} fewer.": (
        "Hvad ét forsøg ville vise, er et spørgsmål om held: i {more} af {count} gennemløb er flere fra **{name}** i job end fra "
        "de andre, i {equal} lige mange, i {fewer} færre."
    ),
    "{share} of 100": "{share} af 100",
    "outcome, %": "udfald, %",
    "variant": "variant",
    "Small job": "Småjob",
    "People, percentage points": "Mennesker, procentpoint",
    "Meetings, percentage points": "Samtaler, procentpoint",
}

_SENSITIVITY: Mapping[str, str] = {
    "Sensitivity": "Følsomhed",
    "What the answer depends on": "Hvad svaret afhænger af",
    "What does the answer depend on?": "Hvad afhænger svaret af?",
    "{a} against {b}: {parameters} assumptions, moved one at a time, {count} paired runs each.": (
        "{a} mod {b}: {parameters} antagelser, flyttet én ad gangen, {count} parrede gennemløb hver."
    ),
    "{b}: {parameters} assumptions, moved one at a time, {count} runs each.": (
        "{b}: {parameters} antagelser, flyttet én ad gangen, {count} gennemløb hver."
    ),
    "**What is believed of the assumptions is itself assumed**, as the sources in the tables say. The intervals cover "
    "chance alone.": (
        "**Hvad man tror om antagelserne, er selv antaget**, som kilderne i tabellerne siger. Intervallerne dækker kun "
        "tilfældighed."
    ),
    "The table {name} is of another state of the file, and is left out.": (
        "Tabellen {name} hører til en anden udgave af filen og er udeladt."
    ),
    "{outcome}: **{value}** ({interval}). It is moved most by **{parameter}**: to {low} at {at_low}, to {high} at "
    "{at_high}.": (
        "{outcome}: **{value}** ({interval}). Mest flyttes det af **{parameter}**: til {low} ved {at_low}, til {high} ved "
        "{at_high}."
    ),
    "One by one": "Én ad gangen",
    "One assumption at a time": "Én antagelse ad gangen",
    "Structures": "Strukturer",
    "Other structures": "Andre strukturer",
    "At once": "På én gang",
    "All assumptions at once": "Alle antagelser på én gang",
    "More runs are needed to know its sign even where nothing is moved.": (
        "Der skal flere gennemløb til for at kende fortegnet, selv hvor intet er flyttet."
    ),
    "Within the central {share} % of what is believed of it, each of these turns its sign alone: {list}.": (
        "Inden for de midterste {share} % af, hvad man tror om den, vender hver af disse fortegnet alene: {list}."
    ),
    "No assumption alone turns its sign within the central {share} % of what is believed of it.": (
        "Ingen antagelse vender fortegnet alene inden for de midterste {share} % af, hvad man tror om den."
    ),
    "So does another structure: {list}.": "Det gør også en anden struktur: {list}.",
    "None of the other structures turns it.": "Ingen af de andre strukturer vender det.",
    "Every outcome in short": "Hvert udfald i korthed",
    "outcome": "udfald",
    "answer": "svar",
    "moved most by": "flyttes mest af",
    "its sign is turned alone by": "fortegnet vendes alene af",
    "more runs are needed": "der skal flere gennemløb til",
    "What moves the answer": "Hvad der flytter svaret",
    "Each bar reaches from the answer (dashed) to where one assumption alone takes it: pale at the low end of the central "
    "{share} % of what is believed of it, dark at the high end; both ends stand on the right. Thin line: 95 % interval of "
    "the change, paired. Where a bar crosses 0, the assumption turns the answer.": (
        "Hver bjælke går fra svaret (stiplet) til, hvor én antagelse alene fører det hen: lys ved den lave ende af de midterste "
        "{share} % af, hvad man tror om den, mørk ved den høje; begge ender står til højre. Tynd streg: 95 %-interval for "
        "ændringen, parret. Hvor en bjælke krydser 0, vender antagelsen svaret."
    ),
    "as assumed: {value}": "som antaget: {value}",
    "{title}, change": "{title}, ændring",
    "assumption": "antagelse",
    "own value": "egen værdi",
    "own value {value}": "egen værdi {value}",
    "low end": "lav ende",
    "high end": "høj ende",
    "at the low end": "ved den lave ende",
    "at the high end": "ved den høje ende",
    "change at the low end": "ændring ved den lave ende",
    "change at the high end": "ændring ved den høje ende",
    "source": "kilde",
    "At which value the answer turns: {outcome}": "Ved hvilken værdi svaret vender: {outcome}",
    "Pale bar: the values that were looked at. Dot: the value of the config. Diamond: where the outcome would be 0, found "
    "by halving and simulated again with fresh runs; the table has the outcome there. None: no value that was looked at "
    "turns the sign.": (
        "Lys bjælke: de værdier, der blev set på. Prik: konfigurationens værdi. Rude: hvor udfaldet ville være 0, fundet ved "
        "halvering og simuleret igen med nye gennemløb; tabellen har udfaldet dér. Ingen: ingen værdi, der blev set på, vender "
        "fortegnet."
    ),
    "switching value": "vendepunkt",
    "outcome there": "udfald dér",
    "The answer in other structures": "Svaret i andre strukturer",
    "Other readings of how the job centre works, each with all other figures as in the configs. They are not averaged: "
    "nobody knows how likely they are. Line: 95 % interval by chance alone.": (
        "Andre læsninger af, hvordan jobcentret arbejder, hver med alle andre tal som i konfigurationerne. Der tages intet "
        "gennemsnit: ingen ved, hvor sandsynlige de er. Streg: 95 %-interval, kun tilfældighed."
    ),
    "structure": "struktur",
    "as it is": "som det er",
    "Screening by Morris": "Screening efter Morris",
    "All assumptions at once. Dot with line: mean effect of crossing the whole interval of one, wherever the others are, "
    "with its 95 % interval. Dot of the other colour: how much that effect varies; where it is as large as the mean, the "
    "effect hangs on the value or on other assumptions.": (
        "Alle antagelser på én gang. Prik med streg: gennemsnitlig effekt af at krydse hele intervallet for én, hvor de andre "
        "end er, med 95 %-interval. Prik i den anden farve: hvor meget den effekt varierer; hvor den er lige så stor som "
        "gennemsnittet, afhænger effekten af værdien eller af andre antagelser."
    ),
    "mean effect": "gennemsnitlig effekt",
    "spread of the effects": "effekternes spredning",
    "Shares of the variance (Sobol')": "Andele af variansen (Sobol')",
    "All assumptions at once, each drawn from all that is believed of it. Share of the outcome's variance that knowing an "
    "assumption would take away: alone, and with all interactions that it takes part in. Lines: 95 % intervals; wide ones, "
    "and shares below 0 or above 100, say that more points are needed.": (
        "Alle antagelser på én gang, hver trukket af alt, hvad man tror om den. Andel af udfaldets varians, som ville falde væk, "
        "hvis man kendte antagelsen: alene og med alle samspil, den indgår i. Streger: 95 %-intervaller; er de brede, eller er "
        "andele under 0 eller over 100, skal der flere punkter til."
    ),
    "alone (first order)": "alene (første orden)",
    "with interactions (total)": "med samspil (i alt)",
    "% of the variance": "% af variansen",
    "± (95 %)": "± (95 %)",
    "The whole file of the study": "Hele undersøgelsens fil",
    "How the study was made": "Hvordan undersøgelsen blev lavet",
    "sim {version}, version {rules} of the rules, seed {seed}; {count} replications of every point, with the same random "
    "numbers in all points. The command sim sensitivity FILE makes it again from this file and the configs that it names.": (
        "sim {version}, version {rules} af reglerne, seed {seed}; {count} gennemløb af hvert punkt, med de samme tilfældige tal i "
        "alle punkter. Kommandoen sim sensitivity FIL laver den igen af denne fil og de konfigurationer, den nævner."
    ),
    "1,000 kr.": "1.000 kr.",
    "percentage points": "procentpoint",
}

_CALIBRATION: Mapping[str, str] = {
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

_VALIDATION: Mapping[str, str] = {
    "Validation": "Validering",
    "Does the model say what was published?": "Siger modellen det, der er offentliggjort?",
    "{count} figures of {name}.": "{count} tal fra {name}.",
    "{draws} draws of the parameters, {count} replications of each.": (
        "{draws} trækninger af parametrene, {count} gennemløb af hver."
    ),
    "**Only figures that were not used are evidence.** Those that were calibrated to agree because the parameters were "
    "chosen so; disagreement there is against the model.": (
        "**Kun tal, der ikke er brugt, beviser noget.** Dem, der er kalibreret til, stemmer, fordi parametrene er valgt sådan; "
        "stemmer de ikke, taler det imod modellen."
    ),
    "Published figures beside the model": "Offentliggjorte tal ved siden af modellen",
    "**{inside} of {count}** published figures that were not calibrated to lie in the 95 % interval of what the model lets "
    "expect, {half} in the 50 % interval.": (
        "**{inside} af {count}** offentliggjorte tal, der ikke er kalibreret til, ligger i 95 %-intervallet for, hvad modellen "
        "lader vente, {half} i 50 %-intervallet."
    ),
    "Figures kept back and looked up by nobody here: {count}. What stands here of them is a forecast.": (
        "Tal, der er holdt tilbage, og som ingen her har slået op: {count}. Hvad der står om dem, er en forudsigelse."
    ),
    "**{inside} of {count}** figures that were kept back lie in the 95 % interval of the forecast, {half} in the 50 % "
    "interval.": (
        "**{inside} af {count}** tal, der var holdt tilbage, ligger i forudsigelsens 95 %-interval, {half} i 50 %-intervallet."
    ),
    "The model's forecast was better than both naive ones for {better} of {count}.": (
        "Modellens forudsigelse var bedre end begge de naive for {better} af {count}."
    ),
    "What was published and what the model says": "Hvad der er offentliggjort, og hvad modellen siger",
    "Each row has its own axis from 0. Pale bar: where the figure could be published (95 %, with sampling error and what "
    "the model leaves out). Dot and dark line: expected, with what is not known of the parameters (95 %). Diamond: as "
    "published; its line is the rounding.": (
        "Hver række har sin egen akse fra 0. Lys bjælke: hvor tallet kunne blive offentliggjort (95 %, med stikprøvefejl og det, "
        "modellen udelader). Prik og mørk streg: forventet, med det, man ikke ved om parametrene (95 %). Rude: som "
        "offentliggjort; dens streg er afrundingen."
    ),
    "Calibrated to: agreement is no evidence": "Kalibreret til: at det stemmer, beviser intet",
    "Published, and not calibrated to": "Offentliggjort og ikke kalibreret til",
    "Follows from the inputs": "Følger af inddata",
    "Kept back until the forecast stood": "Holdt tilbage, til forudsigelsen stod fast",
    "calibrated": "kalibreret",
    "predicted": "forudsagt",
    "identity": "identitet",
    "kept back": "holdt tilbage",
    "figure": "tal",
    "figures": "tal i alt",
    "looked up": "slået op",
    "could be published": "kunne offentliggøres",
    "lies in": "ligger",
    "forecast, 95 %": "forudsigelse, 95 %",
    "outside the 95 % interval": "uden for 95 %-intervallet",
    "in the {level} % interval": "i {level} %-intervallet",
    "in the 50 % interval": "i 50 %-intervallet",
    "in the 80 % interval": "i 80 %-intervallet",
    "in the 95 % interval": "i 95 %-intervallet",
    "How far the forecasts were off": "Hvor langt forudsigelserne ramte ved siden af",
    "Continuous ranked probability score of each forecast, in the figure's unit: smaller is better. Same as control: the "
    "control group's published figure comes again. No effect: what the model says of the control group.": (
        "Continuous ranked probability score for hver forudsigelse, i tallets enhed: mindre er bedre. Som kontrolgruppen: "
        "kontrolgruppens offentliggjorte tal kommer igen. Ingen effekt: hvad modellen siger om kontrolgruppen."
    ),
    "the model": "modellen",
    "same as control": "som kontrolgruppen",
    "no effect": "ingen effekt",
    "{model} (model)": "{model} (model)",
    "best: {name}": "bedst: {name}",
    "How many lie where the model expects them": "Hvor mange der ligger, hvor modellen venter dem",
}

STUDIES: Mapping[str, str] = {**_DEPARTMENTS, **_SENSITIVITY, **_CALIBRATION, **_VALIDATION}

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
