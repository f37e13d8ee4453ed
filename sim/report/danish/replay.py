"""Danish of what a replay tells, by the English text."""

from collections.abc import Mapping

REPLAY: Mapping[str, str] = {
    # Lengths, places in time
    "{count} days": "{count} dage",
    "{count} hours": "{count} timer",
    "date": "dato",
    "week": "uge",
    "what": "hvad",
    "who": "hvem",
    "took": "varede",
    "before it": "forinden",
    "late": "for sent",
    "not over": "ikke slut",
    # What happened
    "rehabilitation team": "rehabiliteringsteam",
    "due by {day}": "senest {day}",
    "invited {day}": "indkaldt {day}",
    "could be held from {day}": "kunne holdes fra {day}",
    "called {day}": "henvendte sig {day}",
    "{count} work packages to do": "{count} arbejdspakker tilbage",
    "{share} of the planned length": "{share} af den planlagte længde",
    "from {who}": "fra {who}",
    "has been here {count} times before": "har været her {count} gange før",
    "still waiting at the end": "venter stadig til sidst",
    # Reasons
    "waited {length}": "ventede {length}",
    "; then ": "; derefter ",
    "another task ({kinds})": "en anden opgave ({kinds})",
    "{count} other tasks ({kinds})": "{count} andre opgaver ({kinds})",
    "before the start date": "før startdatoen",
    "there was no coordinator": "der var ingen sagsbehandler",
    "the post of {who} was vacant": "stillingen som {who} var ubesat",
    "{who} was absent": "{who} var fraværende",
    "{who} was on leave": "{who} havde ferie",
    "{who} had {tasks} to do first": "{who} havde {tasks} foran",
    "everybody of the team {team} was busy or away, with {tasks} first": (
        "alle i teamet {team} var optaget eller væk, med {tasks} foran"
    ),
    "nobody of the team {team} was at work": "ingen i teamet {team} var på arbejde",
    "documents were awaited": "der blev ventet på oplysninger",
    "no list of the team {team} had room": "ingen liste i teamet {team} havde plads",
    "the rehabilitation team could not hear the case yet": "rehabiliteringsteamet kunne endnu ikke behandle sagen",
    "the rehabilitation team had its next meeting then": "rehabiliteringsteamet havde først møde da",
    "the rehabilitation team took {count} older cases first": "rehabiliteringsteamet tog {count} ældre sager først",
    "no place was free": "ingen plads var ledig",
    "no place was free; {count} who had waited longer came first": (
        "ingen plads var ledig; {count}, der havde ventet længere, kom først"
    ),
    "a place was searched for": "der blev søgt en plads",
    # The page of a life
    "Citizen {citizen} of replication {replication}": "Borger {citizen} i gennemløb {replication}",
    "group: {group}; {origin}; department: {department}": "gruppe: {group}; {origin}; afdeling: {department}",
    "still there at the end": "stadig der til sidst",
    "left {day} to: {destination}": "afgik {day} til: {destination}",
    "on benefit since {day}; {until}; {length} on benefit": "på ydelse siden {day}; {until}; {length} på ydelse",
    "planned meetings held: {held} of {due} due, {timely} on time; no-shows: {no_shows}; "
    "changes of coordinator: {changes}": (
        "planlagte samtaler holdt: {held} af {due}, {timely} til tiden; udeblivelser: {no_shows}; "
        "skift af sagsbehandler: {changes}"
    ),
    "week: weeks since the start date; took: working hours of tasks, and how long anything else lasted": (
        "uge: uger siden startdatoen; varede: arbejdstimer for opgaver, ellers hvor længe det varede"
    ),
    "waits of less than half a day are not told": "ventetider under en halv dag er udeladt",
    "all waits, added up: {parts}": "al ventetid, lagt sammen: {parts}",
    "no coordinator": "ingen sagsbehandler",
    "a vacant post": "ubesat stilling",
    "absence": "fravær",
    "leave": "ferie",
    "other tasks first": "andre opgaver foran",
    "other tasks of the team first": "andre opgaver i teamet foran",
    "nobody of the team at work": "ingen i teamet på arbejde",
    "documents": "oplysninger",
    "a place on a list": "plads på en liste",
    "before the case could be heard": "før sagen kunne behandles",
    "a slot of the rehabilitation team": "rehabiliteringsteamets møder",
    "a place in a programme": "plads på et forløb",
    "the search for a place": "søgning efter en praktikplads",
    "not known": "ukendt",
    # Who is worth following
    "why": "hvorfor",
    "citizen": "borger",
    "group": "gruppe",
    "figure": "tal",
    "lives that are worth following": "forløb, der er værd at følge",
    "to follow one: {command}": "følg et af dem: {command}",
    "weeks with the centre": "uger i jobcentret",
    "changes": "skift",
    "no-shows": "udeblivelser",
    "spells": "forløb",
    "typical of those who left to a job": "typisk for dem, der afgik til job",
    "typical of those who are still there": "typisk for dem, der stadig er der",
    "longest mean wait for planned meetings": "længst gennemsnitlig ventetid på planlagte samtaler",
    "longest mean wait for an answer": "længst gennemsnitlig ventetid på svar",
    "most changes of coordinator": "flest skift af sagsbehandler",
    "longest from need recognised to decision": "længst tid fra behov erkendt til behandling i teamet",
    "decided to fleksjob": "behandlet: fleksjob",
    "decided to disability pension": "behandlet: førtidspension",
    "most internships": "flest praktikker",
    "from an internship to a job": "fra praktik til job",
    "longest search for a place": "længste søgning efter en praktikplads",
    "most programmes": "flest forløb",
    "most no-shows": "flest udeblivelser",
    "came back after a job": "kom tilbage efter et job",
    # The animated page
    "{variant}, replication {replication}": "{variant}, gennemløb {replication}",
    "one simulated job centre, {first} to {last}: chance, not a forecast": (
        "ét simuleret jobcenter, {first} til {last}: et tilfældigt forløb, ikke en prognose"
    ),
    "a week a second": "en uge i sekundet",
    "{count} weeks a second": "{count} uger i sekundet",
    "playing": "afspilning",
    "play": "afspil",
    "pause": "pause",
    "speed": "hastighed",
    "follow citizen": "følg borger",
    "space: play and pause; left and right: a week; plus and minus: speed; click a dot to follow it": (
        "mellemrum: afspil og pause; venstre og højre: en uge; plus og minus: hastighed; klik på en prik for at følge den"
    ),
    "now": "nu",
    "with the centre": "i jobcentret",
    "have come": "er kommet til",
    "have left to": "er afgået til",
    "a dot is a citizen, in the colour of the first of these that holds, from below; grey: none; a black ring: "
    "somebody works on the case": (
        "en prik er en borger i farven på den første af disse, der passer, nedefra; grå: ingen; sort ramme: "
        "nogen arbejder med sagen"
    ),
    "lists, queues and work": "lister, køer og arbejde",
    "the animation needs JavaScript": "afspilningen kræver JavaScript",
    "wait for a planned meeting": "venter på planlagt samtale",
    "wait for an answer": "venter på svar",
    "case being prepared": "sag under forberedelse",
    "wait for the rehabilitation team": "venter på rehabiliteringsteamet",
    "ready, wait for a consultant": "klar, venter på virksomhedskonsulent",
    "a place is searched for": "der søges praktikplads",
    "in an internship": "i praktik",
    "in a small job": "i småjob",
    "in a programme": "på forløb",
    "week {week}, {day}": "uge {week}, {day}",
    "{task}: citizen {citizen}": "{task}: borger {citizen}",
    "{count} on the list": "{count} på listen",
    "{count} tasks wait": "{count} opgaver venter",
    "work and citizens of nobody in particular": "arbejde og borgere, som ingen enkelt har",
    "Citizen {citizen} ({group}), with {list}: {what}": "Borger {citizen} ({group}), hos {list}: {what}",
    "Citizen {citizen} has left to: {destination}": "Borger {citizen} er afgået til: {destination}",
    "Citizen {citizen} is not here yet, or there is none of that number": (
        "Borger {citizen} er her ikke endnu, eller nummeret findes ikke"
    ),
    "decided: {decisions}": "behandlet: {decisions}",
    "participants of all programmes": "deltagere på alle forløb",
    "shared queue: {team}": "fælles kø: {team}",
    "without anybody: {team}": "uden sagsbehandler: {team}",
    # A post's weeks
    "from": "fra",
    "nothing to do": "intet at lave",
    "absent": "fraværende",
    "on leave": "på ferie",
    "post vacant": "stilling ubesat",
    "on the list": "på listen",
    "waiting": "venter",
    "{who}: hours by week": "{who}: timer pr. uge",
    "{who}: week {week}": "{who}: uge {week}",
    "from week": "fra uge",
    "to week": "til uge",
    "work and nothing to do in hours; away in days; list and queue as the week ends": (
        "arbejde og intet at lave i timer; væk i dage; liste og kø ved ugens slutning"
    ),
}
