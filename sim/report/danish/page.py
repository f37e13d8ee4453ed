"""The page around the pictures: headings, notes, assumptions, how it was made."""

from collections.abc import Mapping

PAGE: Mapping[str, str] = {
    # The head.
    "Simulation of a municipal job centre with about {citizens} citizens at the start, {begin} to {end}. {count} runs.": (
        "Simulering af et kommunalt jobcenter med cirka {citizens} borgere ved start, {begin} til {end}. {count} gennemløb."
    ),
    "Simulation of a municipal job centre with about {citizens} citizens at the start, {begin} to {end}. {count} paired "
    "runs: the same citizens with the same luck in each.": (
        "Simulering af et kommunalt jobcenter med cirka {citizens} borgere ved start, {begin} til {end}. {count} parrede "
        "gennemløb: de samme borgere og de samme tilfældigheder i hvert."
    ),
    "Citizens per caseworker: on the own list; {share} of all are on other lists, such as consultants'.": (
        "Borgere pr. sagsbehandler: på egen liste; {share} af alle er på andre lister, som konsulenters."
    ),
    "**Not calibrated.** The figures follow from the assumptions; they are no forecast. The intervals cover chance alone, "
    "not whether the assumptions hold.": (
        "**Ikke kalibreret.** Tallene følger af forudsætningerne; de er ingen prognose. Intervallerne dækker alene tilfældigheder, "
        "ikke om forudsætningerne holder."
    ),
    "{count} of the config's figures have no source.": "{count} af konfigurationens tal har ingen kilde.",
    "Counts as a saving: the exits that the prices say, as a rule to job and education, and those who move, retire or die. "
    "Below the net cost: its 95 % interval. Not counted: taxes, wages, a job's worth to the citizen.": (
        "Regnes som besparelse: de afgange, som priserne siger, som regel til job og uddannelse, og dem, der flytter, "
        "pensioneres eller dør. Under nettoudgiften: dens 95 %-interval. Ikke regnet med: skat, løn, hvad et job er værd "
        "for borgeren."
    ),
    # Sections.
    "Paths": "Veje",
    "Which ways citizens go, and when": "Hvilke veje borgerne går, og hvornår",
    "Time and hours": "Tid og timer",
    "The centre over time, and its hours": "Centret over tid, og dets timer",
    "What differs by group": "Hvad er forskellen efter gruppe",
    "What differs by department": "Hvad er forskellen efter afdeling",
    "{a} minus {b}, per 1,000 starting citizens of the group or department. Dot: expected difference. Dark line: its 95 % "
    "interval. Pale bar: 9 in 10 single runs.": (
        "{a} minus {b}, pr. 1.000 borgere i gruppens eller afdelingens startbestand. Prik: forventet forskel. Mørk streg: "
        "dens 95 %-interval. Lys bjælke: 9 af 10 enkelte gennemløb."
    ),
    "Differences": "Forskelle",
    "What differs from {name}": "Hvad er forskellen til {name}",
    "Note: {note}": "Bemærkning: {note}",
    "Money": "Penge",
    "Money: {name}": "Penge: {name}",
    "Money by year": "Penge år for år",
    "Money by year: {a} minus {b}": "Penge år for år: {a} minus {b}",
    "Every line by year and payer": "Alle linjer efter år og betaler",
    "Key figures": "Nøgletal",
    "All key figures": "Alle nøgletal",
    "Show them all": "Vis dem alle",
    # One run, several runs.
    "{n} reach a job": "{n} kommer i job",
    "{n} begin an education": "{n} begynder en uddannelse",
    "{n} are awarded a fleksjob": "{n} tilkendes fleksjob",
    "{n} get a disability pension": "{n} får førtidspension",
    "{n} start a resource course": "{n} begynder et ressourceforløb",
    "Of 1,000 citizens at the start, within {time}: {parts}.": "Af 1.000 borgere ved start, inden for {time}: {parts}.",
    "The mean number who reach a job is known to {interval} of 1,000; in 9 of 10 single runs it lies between {low} and "
    "{high}.": (
        "Det gennemsnitlige antal, der kommer i job, kendes til {interval} af 1.000; i 9 af 10 enkelte gennemløb ligger det "
        "mellem {low} og {high}."
    ),
    # Assumptions.
    "Assumptions": "Forudsætninger",
    "What differs, what is assumed, and on what grounds": "Hvad der er forskelligt, hvad der forudsættes, og på hvilket grundlag",
    "The config's files give a source for {sourced} figures or tables, mark {assumed} as assumptions, and of these say of "
    "{fitted} that they were fitted by hand. The sources in brackets are explained in docs/evidence.md.": (
        "Konfigurationens filer angiver en kilde for {sourced} tal eller tabeller, mærker {assumed} som forudsætninger og siger "
        "om {fitted} af dem, at de er tilpasset i hånden. Kilderne i parentes er forklaret i docs/evidence.md; hvad filerne siger, er på engelsk."
    ),
    "The run does not say what its figures rest on: it was made from Python or by an earlier version.": (
        "Kørslen siger ikke, hvad dens tal hviler på: den er lavet fra Python eller af en tidligere version."
    ),
    "Figures without a source ({count})": "Tal uden kilde ({count})",
    "Figures with a source ({count})": "Tal med kilde ({count})",
    "As the config's files have it": "Som konfigurationens filer har det",
    "key": "nøgle",
    "value": "værdi",
    "what the file says": "hvad filen siger",
    "when": "hvornår",
    "meaning": "betydning",
    "What differs between {a} and {b}": "Hvad der er forskelligt mellem {a} og {b}",
    "throughout": "hele tiden",
    "from {day}": "fra {day}",
    "until {day}": "indtil {day}",
    "from {day} until {end}": "fra {day} indtil {end}",
    # How it was made.
    "How made": "Metode",
    "How it was made": "Hvordan det er lavet",
    "Under the headings of STRESS-DES, the reporting guideline for discrete-event simulation.": (
        "Under overskrifterne i STRESS-DES, retningslinjen for at rapportere diskret hændelsessimulering."
    ),
    "Objectives": "Formål",
    "To say what a policy of staffing or organisation brings citizens and costs the municipality, as it comes out of "
    "caseworkers' finite hours. Outputs: the key figures, shares and money of this report.": (
        "At sige, hvad en bemanding eller organisering giver borgerne og koster kommunen, som det følger af "
        "sagsbehandlernes begrænsede timer. Resultater: rapportens nøgletal, andele og penge."
    ),
    "Logic": "Logik",
    "Citizens arrive, are invited to meetings, call, are clarified, wait for the rehabilitation team, go into internships "
    "and leave by competing ways. Tasks wait for the hours of those who do them; the effect of a caseload follows from "
    "that. Variants share their random numbers: the same citizens with the same luck. Model, ODD protocol and full "
    "checklist: docs/model.md, docs/odd.md, docs/stress_des.md.": (
        "Borgere kommer til, indkaldes til samtaler, henvender sig, afklares, venter på rehabiliteringsteamet, kommer i "
        "praktik og går ud ad konkurrerende veje. Opgaver venter på timer hos dem, der udfører dem; sagsstammens virkning følger "
        "af det. Varianterne deler tilfældige tal: de samme borgere og de samme tilfældigheder. Model, ODD-protokol og hele "
        "tjeklisten: docs/model.md, docs/odd.md, docs/stress_des.md (engelsk)."
    ),
    "Data": "Data",
    "The figures of the configs, with the sources that their files state: see above.": (
        "Konfigurationernes tal med de kilder, som filerne angiver: se ovenfor."
    ),
    "Experimentation": "Forsøg",
    "{weeks} weeks are simulated before the start and left out of every figure.": (
        "{weeks} uger simuleres før start og er ikke med i noget tal."
    ),
    "The stock is there at the start, in mid-course; there is no warm-up.": (
        "Bestanden er der ved start, midt i forløbet; der er ingen indsvingning."
    ),
    "Run length {time} from {start}. {count} replications of each variant, seed {seed}. Intervals: 95 %, of the mean over "
    "replications; of differences paired by replication.": (
        "Længde {time} fra {start}. {count} gennemløb af hver variant, startværdi {seed}. Intervaller: 95 %, for gennemsnittet over "
        "gennemløb; for forskelle parret efter gennemløb."
    ),
    "Implementation": "Implementering",
    "sim {version}, version {rules} of the rules, engine {engine}, Python {python}, {libraries}; {platform}; run on {day}.": (
        "sim {version}, regler version {rules}, motor {engine}, Python {python}, {libraries}; {platform}; kørt {day}."
    ),
    "Code": "Kode",
    "MIT licence; CITATION.cff says how to cite. Commit {commit}.": (
        "MIT-licens; CITATION.cff siger, hvordan der citeres. Commit {commit}."
    ),
    # Making it again.
    "Reproduce": "Gentag",
    "How to make it again": "Hvordan det laves igen",
    "The same config and seed give the same results to the last bit, on any machine and with any number of workers.": (
        "Samme konfiguration og frø giver samme resultat til sidste bit, på enhver maskine og med ethvert antal processer."
    ),
    "The commands": "Kommandoerne",
    "The whole effective config of {name}": "Hele den gældende konfiguration for {name}",
    # The page itself.
    "Skip to the summary": "Spring til resuméet",
    "Contents": "Indhold",
    "Summary": "Resumé",
    "How sure?": "Hvor sikkert er svaret?",
    "The bottleneck.": "Flaskehalsen.",
    "What it costs and brings": "Hvad det koster og giver",
    "What would change the answer": "Hvad der ville ændre svaret",
    "Whether the assumptions hold is another matter.": "Om forudsætningerne holder, er en anden sag.",
    "See the assumptions": "Se forudsætningerne",
    "Table behind the picture": "Tabellen bag billedet",
    "Table with all intervals and present values": "Tabel med alle intervaller og nutidsværdier",
    "Made by sim {version}. The page needs no network.": "Lavet af sim {version}. Siden behøver intet netværk.",
    # A sweep.
    "{points} points, {count} runs each, the same citizens with the same luck in every point.": (
        "{points} punkter, {count} gennemløb af hvert, de samme borgere og de samme tilfældigheder i alle punkter."
    ),
    "{label}: {low} ({low_at}) to {high} ({high_at})": "{label}: {low} ({low_at}) til {high} ({high_at})",
    "In none of the ways out do the points differ by more than their 95 % intervals.": (
        "I ingen af vejene ud er punkterne mere forskellige end deres 95 %-intervaller."
    ),
    "Of 1,000 citizens at the start, fewest to most. {list}.": "Af 1.000 borgere ved start, færrest til flest. {list}.",
    "Net cost to the municipality, million kr.": "Nettoudgift for kommunen, mio. kr.",
    "Net cost: against the baseline, at the price level of {year}, not discounted; less than 0 is a saving.": (
        "Nettoudgift: i forhold til udgangspunktet, i {year}-priser, ikke diskonteret; under 0 er en besparelse."
    ),
    "No net cost is shown: it needs a baseline, which --baseline names.": (
        "Der vises ingen nettoudgift: den kræver et udgangspunkt, som --baseline angiver."
    ),
    "No net cost is shown: the sweep keeps no table {tables}.": (
        "Der vises ingen nettoudgift: kørslen gemmer ikke tabellen {tables}."
    ),
    "Repeat it with --tables {all}.": "Gentag den med --tables {all}.",
    "No net cost is shown: not all points have prices ([money]).": (
        "Der vises ingen nettoudgift: ikke alle punkter har priser ([money])."
    ),
    "No net cost is shown: {why}.": "Der vises ingen nettoudgift: {why} (engelsk).",
    "Meetings in time, %": "Rettidige samtaler, %",
    "Caseworkers' hours in use, %": "Sagsbehandlertimer i brug, %",
    "Extra meetings per citizen and year": "Ekstra samtaler pr. borger og år",
    "Cases decided per 100 citizen-years": "Sager behandlet pr. 100 borgerår",
    "What happens in {name}?": "Hvad sker der i {name}?",
    "citizens per caseworker": "borgere pr. sagsbehandler",
    "variant": "variant",
    "Dots: the points that were simulated, {count} runs each, with 95 % intervals; people per 1,000 starting citizens. The "
    "straight lines between them only guide the eye. From left to right: {factor}.": (
        "Prikker: de punkter, der er simuleret, {count} gennemløb af hvert, med 95 %-intervaller; mennesker pr. 1.000 borgere "
        "i startbestanden. De rette linjer mellem dem er kun en hjælp for øjet. Fra venstre til højre: {factor}."
    ),
    "Step by step: {factor}": "Trin for trin: {factor}",
    "{title}: from {low} to {high}": "{title}: fra {low} til {high}",
    "Mean of {count} runs at each simulated point; people per 1,000 starting citizens. Light: much, dark: little.": (
        "Gennemsnit af {count} gennemløb i hvert simuleret punkt; mennesker pr. 1.000 borgere i startbestanden. Lyst: meget, "
        "mørkt: lidt."
    ),
    "{a} and {b} together": "{a} og {b} sammen",
    "baseline": "udgangspunkt",
    "Every simulated point, {count} runs each; people per 1,000 starting citizens": (
        "Alle simulerede punkter, {count} gennemløb af hvert; mennesker pr. 1.000 borgere i startbestanden"
    ),
    "{point}: simulated, {count} runs.": "{point}: simuleret, {count} gennemløb.",
    "expected": "forventet",
    "difference from {name}": "forskel fra {name}",
    "What if? Choose a point": "Hvad nu hvis? Vælg et punkt",
    "What if": "Hvad nu hvis",
    "The command that reproduces it": "Kommandoen, der gentager det",
    "Copy": "Kopiér",
    "Copied": "Kopieret",
}
