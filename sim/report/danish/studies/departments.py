"""Departments as the arms of a trial, in Danish."""

from collections.abc import Mapping

DEPARTMENTS: Mapping[str, str] = {
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
