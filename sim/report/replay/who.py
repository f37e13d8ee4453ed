"""Who is worth following, as a page: a short list, and the command that follows each."""

from collections.abc import Sequence

from sim.analysis.lives.worth import Striking, Worth
from sim.report.replay.words import Words
from sim.report.view import Column, Page, View, figure
from sim.tables.records import Table

_WHY = {
    Striking.TYPICAL_JOB: ("typical of those who left to a job", "weeks with the centre"),
    Striking.TYPICAL_STAYER: ("typical of those who are still there", "weeks with the centre"),
    Striking.LONGEST_MEETING_WAIT: ("longest mean wait for planned meetings", "weeks"),
    Striking.LONGEST_CONTACT_WAIT: ("longest mean wait for an answer", "weeks"),
    Striking.MOST_COORDINATORS: ("most changes of coordinator", "changes"),
    Striking.LONGEST_CASE: ("longest from need recognised to decision", "weeks"),
    Striking.FLEKSJOB: ("decided to fleksjob", "weeks"),
    Striking.PENSION: ("decided to disability pension", "weeks"),
    Striking.MOST_INTERNSHIPS: ("most internships", "internships"),
    Striking.INTERNSHIP_TO_JOB: ("from an internship to a job", "weeks"),
    Striking.LONGEST_SEARCH: ("longest search for a place", "weeks"),
    Striking.PROGRAMMES: ("most programmes", "programmes"),
    Striking.MOST_NO_SHOWS: ("most no-shows", "no-shows"),
    Striking.CAME_BACK: ("came back after a job", "spells"),
}
"""Why, and the unit of the figure that says so."""


def who_page(found: Sequence[Worth], citizens: Table, command: str, words: Words) -> Page:
    """Show who is worth following.

    Parameters
    ----------
    found
        From `sim.analysis.lives.worth.worth_following`.
    citizens
        The table of the replication.
    command
        That follows a citizen, without the number.
    words
        In which language.
    """
    language, names = words.language, words.parameters.names
    groups = dict(zip(citizens["citizen"].tolist(), citizens["group"].tolist(), strict=True))
    columns = (
        Column(language.say("why")),
        figure(language.say("citizen")),
        Column(language.say("group")),
        figure(language.say("figure")),
        Column(language.say("unit")),
    )
    rows = tuple(
        (
            language.say(_WHY[one.why][0]),
            str(one.citizen),
            language.name(names.groups[groups[one.citizen]]),
            language.number(one.figure, 1 if _WHY[one.why][1].startswith("weeks") else 0),
            language.say(_WHY[one.why][1]),
        )
        for one in found
    )
    view = View(language.say("lives that are worth following"), columns, rows)
    followed = (f"{command} --citizen {one.citizen}" for one in found[:1])
    return Page((view,), below=tuple(language.say("to follow one: {command}", command=typed) for typed in followed))
