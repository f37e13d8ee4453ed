"""Pages of sensitivity studies in Danish."""

from collections.abc import Mapping

SENSITIVITY: Mapping[str, str] = {
    "Sensitivity": "Følsomhed",
    "What the answer depends on": "Hvad svaret afhænger af",
    "What does the answer depend on?": "Hvad afhænger svaret af?",
    "{a} against {b}: {parameters} assumptions, moved one at a time, {count} paired runs each.": (
        "{a} mod {b}: {parameters} forudsætninger, flyttet én ad gangen, {count} parrede gennemløb hver."
    ),
    "{b}: {parameters} assumptions, moved one at a time, {count} runs each.": (
        "{b}: {parameters} forudsætninger, flyttet én ad gangen, {count} gennemløb hver."
    ),
    "**What is believed of the assumptions is itself assumed**, as the sources in the tables say. The intervals cover "
    "chance alone.": (
        "**Hvad man tror om forudsætningerne, er selv en forudsætning**, som kilderne i tabellerne siger. Intervallerne dækker kun "
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
    "One assumption at a time": "Én forudsætning ad gangen",
    "Structures": "Strukturer",
    "Other structures": "Andre strukturer",
    "At once": "På én gang",
    "All assumptions at once": "Alle forudsætninger på én gang",
    "More runs are needed to know its sign even where nothing is moved.": (
        "Der skal flere gennemløb til for at kende fortegnet, selv hvor intet er flyttet."
    ),
    "Within the central {share} % of what is believed of it, each of these turns its sign alone: {list}.": (
        "Inden for de midterste {share} % af, hvad man tror om den, vender hver af disse fortegnet alene: {list}."
    ),
    "No assumption alone turns its sign within the central {share} % of what is believed of it.": (
        "Ingen forudsætning vender fortegnet alene inden for de midterste {share} % af, hvad man tror om den."
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
        "Hver bjælke går fra svaret (stiplet) til, hvor én forudsætning alene fører det hen: lys ved den lave ende af de midterste "
        "{share} % af, hvad man tror om den, mørk ved den høje; begge ender står til højre. Tynd streg: 95 %-interval for "
        "ændringen, parret. Hvor en bjælke krydser 0, vender forudsætningen svaret."
    ),
    "as assumed: {value}": "som antaget: {value}",
    "{title}, change": "{title}, ændring",
    "assumption": "forudsætning",
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
        "Alle forudsætninger på én gang. Prik med streg: gennemsnitlig effekt af at krydse hele intervallet for én, hvor de andre "
        "end er, med 95 %-interval. Prik i den anden farve: hvor meget den effekt varierer; hvor den er lige så stor som "
        "gennemsnittet, afhænger effekten af værdien eller af andre forudsætninger."
    ),
    "mean effect": "gennemsnitlig effekt",
    "spread of the effects": "effekternes spredning",
    "Shares of the variance (Sobol')": "Andele af variansen (Sobol')",
    "All assumptions at once, each drawn from all that is believed of it. Share of the outcome's variance that knowing an "
    "assumption would take away: alone, and with all interactions that it takes part in. Lines: 95 % intervals; wide ones, "
    "and shares below 0 or above 100, say that more points are needed.": (
        "Alle forudsætninger på én gang, hver trukket af alt, hvad man tror om den. Andel af udfaldets varians, som ville falde væk, "
        "hvis man kendte forudsætningen: alene og med alle samspil, den indgår i. Streger: 95 %-intervaller; er de brede, eller er "
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
