"""A life as a page: who it is, what happened and when, and why it took so long."""

import math
from collections.abc import Iterator

from sim.analysis.lives.life import Entry, Life
from sim.analysis.lives.waits import Reason
from sim.catalogue import Activity, Destination, Origin
from sim.report.replay.words import SHORTEST, Words
from sim.report.view import Cell, Column, Page, View, figure
from sim.tables.records import Table

_TOTALS = {
    Reason.BEFORE_START: "before the start date",
    Reason.NOBODY: "no coordinator",
    Reason.VACANT: "a vacant post",
    Reason.ABSENT: "absence",
    Reason.ON_LEAVE: "leave",
    Reason.BUSY: "other tasks first",
    Reason.TEAM_BUSY: "other tasks of the team first",
    Reason.TEAM_AWAY: "nobody of the team at work",
    Reason.DOCUMENTS: "documents",
    Reason.PLACE: "a place on a list",
    Reason.SUBMISSION: "before the case could be heard",
    Reason.HEARING: "a slot of the rehabilitation team",
    Reason.PROGRAMME: "a place in a programme",
    Reason.SEARCH: "the search for a place",
    Reason.UNKNOWN: "not known",
}


def life_page(life: Life, citizens: Table, replication: int, words: Words) -> Page:
    """Show a life.

    Parameters
    ----------
    life
        The citizen's.
    citizens
        The table of the replication.
    replication
        Its number.
    words
        In which language.
    """
    say = words.language.say
    title = say(
        "Citizen {citizen} of replication {replication}",
        citizen=life.citizen,
        replication=replication,
    )
    columns = (
        Column(say("date"), whole=True),
        figure(say("week")),
        Column(say("what")),
        Column(say("who")),
        Column(say("took"), right=True),
        Column(say("before it")),
    )
    rows = [_row(entry, words) for entry in life.entries]
    rows += [
        ("", "", say("still waiting at the end"), "", "", f"{words.language.label(unmet.task)}: {told}")
        for unmet in life.unmet
        if (told := words.wait(unmet.wait))
    ]
    return Page(
        (View(title, columns, tuple(rows)),),
        above=tuple(_who(life, citizens, words)),
        legend=(
            say("week: weeks since the start date; took: working hours of tasks, and how long anything else lasted"),
            say("waits of less than half a day are not told"),
        ),
        below=tuple(_totals(life, words)),
    )


def _row(entry: Entry, words: Words) -> tuple[Cell, ...]:
    one = entry.done
    before = [_asked(entry, words), words.wait(entry.wait)]
    return (
        words.day(entry.weeks),
        words.week(entry.weeks),
        words.what(one),
        words.resource(one.resource),
        _took(entry, words),
        "; ".join(text for text in before if text),
    )


def _asked(entry: Entry, words: Words) -> str:
    """Say when the citizen was invited, or called."""
    asked = entry.asked
    if asked is None:
        return ""
    if asked.activity is Activity.INVITED:
        noticed = any(department.notice > 0.0 for department in words.parameters.departments)
        # Without notice the invitation is a matter of form, on the day from which the meeting can be held.
        told = "invited {day}" if noticed else "could be held from {day}"
        text = words.language.say(told, day=words.day(asked.start))
        late = entry.done.activity is Activity.MEETING_STARTS and entry.weeks > asked.value
        due = words.language.say("due by {day}", day=words.day(asked.value)) if math.isfinite(asked.value) else ""
        parts = [text, due, words.language.say("late") if late else ""]
        return ", ".join(part for part in parts if part)
    wait = entry.wait
    return words.language.say("called {day}", day=words.day(asked.start)) if wait and wait.weeks >= SHORTEST else ""


def _took(entry: Entry, words: Words) -> str:
    one = entry.done
    if not math.isnan(one.working_hours):
        return words.hours(one.working_hours)
    if math.isnan(one.end):
        return words.language.say("not over")
    return words.length(one.end - one.start) if one.end > one.start else ""


def _who(life: Life, citizens: Table, words: Words) -> Iterator[str]:
    language, names = words.language, words.parameters.names
    place = citizens["citizen"].tolist().index(life.citizen)
    of = {name: column[place] for name, column in citizens.items()}
    yield language.say(
        "group: {group}; {origin}; department: {department}",
        group=language.name(names.groups[int(of["group"])]),
        origin=language.label(tuple(Origin)[int(of["origin"])]),
        department=names.departments[int(of["first_department"])],
    )
    since, left = float(of["entry_weeks"]), float(of["exit_weeks"])
    until = words.language.say("still there at the end")
    if not math.isnan(left):
        until = words.language.say(
            "left {day} to: {destination}",
            day=words.day(left),
            destination=language.label(tuple(Destination)[int(of["destination"])]),
        )
    yield language.say(
        "on benefit since {day}; {until}; {length} on benefit",
        day=words.day(since),
        until=until,
        length=words.length(float(of["weeks_on_benefit"])),
    )
    yield language.say(
        "planned meetings held: {held} of {due} due, {timely} on time; no-shows: {no_shows}; "
        "changes of coordinator: {changes}",
        held=int(of["meetings_held"]),
        due=int(of["meetings_due"]),
        timely=int(of["meetings_timely"]),
        no_shows=int(of["no_shows"]),
        changes=int(of["caseworker_changes"]),
    )


def _totals(life: Life, words: Words) -> Iterator[str]:
    """Say what the waits were for, added up."""
    waits = [(reason, weeks) for reason, weeks in life.waits().items() if weeks >= SHORTEST]
    if waits:
        parts = ", ".join(f"{words.language.say(_TOTALS[reason])} {words.length(weeks)}" for reason, weeks in waits)
        yield words.language.say("all waits, added up: {parts}", parts=parts)
