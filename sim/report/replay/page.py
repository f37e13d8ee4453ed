"""One replication as an animated page: it loads nothing, opens from a disk, and needs no network."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.analysis.lives.film import CONDITIONS, POST_STATES, Change, packed
from sim.catalogue import Destination, Task, TeamDecision
from sim.errors import UsageError
from sim.model.parameters import FIRST_POST
from sim.report.replay.week import STATES
from sim.report.replay.words import Words
from sim.store.files import write_text

MISSING = 'the page needs jinja2, of the extra "report": python -m pip install "jobcentre-sim[report]"'
_TEMPLATES = Path(__file__).parent / "templates"
_SPEEDS = (0.25, 1, 4, 12)
"""Weeks a second."""
_CONDITIONS = {
    "waiting_meeting": ("wait for a planned meeting", "#e69f00"),
    "waiting_contact": ("wait for an answer", "#f0e442"),
    "in_clarification": ("case being prepared", "#56b4e9"),
    "waiting_team": ("wait for the rehabilitation team", "#0072b2"),
    "waiting_consultant": ("ready, wait for a consultant", "#cc79a7"),
    "in_placement": ("a place is searched for", "#8c4a73"),
    "in_internship": ("in an internship", "#009e73"),
    "in_small_job": ("in a small job", "#7a5c00"),
    "in_programme": ("in a programme", "#d55e00"),
}
"""Labels and colours (Okabe and Ito's, for the colour-blind, with two darker ones) of conditions."""


def write_page(
    path: Path, changes: Sequence[Change], variant: str, replication: int, note: str | None, words: Words
) -> int:
    """Write the page.

    Parameters
    ----------
    path
        The file.
    changes
        From `sim.analysis.lives.film.film`.
    variant, replication
        Of which run.
    note
        What must be known of it; None: nothing.
    words
        In which language.

    Returns
    -------
    int
        Bytes written.

    Raises
    ------
    UsageError
        If jinja2 is not installed.
    RunFailed
        If the file cannot be written.
    """
    text = page_html(changes, variant, replication, note, words)
    write_text(path, text)
    return len(text.encode("utf-8"))


def page_html(changes: Sequence[Change], variant: str, replication: int, note: str | None, words: Words) -> str:
    """Give the page as HTML; the same for the same replication."""
    check_jinja2()
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    say, p = words.language.say, words.parameters
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    data = json.dumps(_data(changes, words), ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    first, last = words.day(0.0), words.day(p.horizon - 1e-9)
    return environment.get_template("film.html.j2").render(
        language=words.language,
        say=say,
        title=say("{variant}, replication {replication}", variant=variant, replication=replication),
        subtitle=say("one simulated job centre, {first} to {last}: chance, not a forecast", first=first, last=last),
        notes=[note] if note is not None else [],
        horizon=p.horizon,
        speeds=[(value, _speed(value, words)) for value in _SPEEDS],
        conditions=[(key, say(_CONDITIONS[key][0]), _CONDITIONS[key][1]) for key in CONDITIONS],
        destinations=[(one.key, words.language.label(one)) for one in Destination],
        # A name may hold what would end the script.
        data=Markup(data.replace("<", "\\u003c")),
        style=Markup(_file("film.css")),
        script=Markup(_file("film.js")),
    )


def check_jinja2() -> None:
    """Refuse before any work if jinja2 is not installed.

    Raises
    ------
    UsageError
        Says how to install it.
    """
    try:
        import jinja2  # noqa: F401
    except ImportError:
        raise UsageError(MISSING) from None


def _speed(value: float, words: Words) -> str:
    if value == 1:
        return words.language.say("a week a second")
    number = words.language.number(value, 0 if value >= 1 else 2)
    return words.language.say("{count} weeks a second", count=number)


def _data(changes: Sequence[Change], words: Words) -> dict[str, Any]:
    language, p = words.language, words.parameters
    say = language.say
    return {
        "start": p.start,
        "horizon": p.horizon,
        "locale": {"en": "en-GB", "da": "da-DK"}[language.code],
        "posts": [words.resource(FIRST_POST + post) for post in range(len(p.posts))],
        "teams": [_of_nobody(team, words) for team in range(len(p.teams))],
        "groups": [language.name(name) for name in p.names.groups],
        "tasks": [language.label(task) for task in Task],
        "states": [say(STATES[state]) for state in POST_STATES],
        "destinations": [{"key": one.key, "label": language.label(one)} for one in Destination],
        "conditions": [
            {"key": key, "label": say(_CONDITIONS[key][0]), "colour": _CONDITIONS[key][1]} for key in CONDITIONS
        ],
        "decisions": [language.label(one) for one in TeamDecision],
        "rooms": [{"name": say(name), "condition": CONDITIONS.index(key)} for key, name in _rooms(words)],
        "words": {
            "decided": say("decided: {decisions}", decisions="{decisions}"),
            "programme": say("participants of all programmes"),
            "play": say("play"),
            "pause": say("pause"),
            "now": say("week {week}, {day}", week="{week}", day="{day}"),
            "works": say("{task}: citizen {citizen}", task="{task}", citizen="{citizen}"),
            "on_list": say("{count} on the list", count="{count}"),
            "in_queue": say("{count} tasks wait", count="{count}"),
            "waits_for": say("work and citizens of nobody in particular"),
            "followed": say(
                "Citizen {citizen} ({group}), with {list}: {what}",
                citizen="{citizen}",
                group="{group}",
                list="{list}",
                what="{what}",
            ),
            "left": say(
                "Citizen {citizen} has left to: {destination}", citizen="{citizen}", destination="{destination}"
            ),
            "nobody": say("Citizen {citizen} is not here yet, or there is none of that number", citizen="{citizen}"),
        },
        "count": len(changes),
        "changes": base64.b64encode(packed(changes)).decode("ascii"),
    }


def _rooms(words: Words) -> list[tuple[str, str]]:
    """List what is shown beside the posts: condition and name; programmes only where there are any."""
    programmes = [("in_programme", "programmes")] if words.parameters.programmes else []
    return [("waiting_team", "rehabilitation team"), *programmes]


def _of_nobody(team: int, words: Words) -> str:
    """Name a team's queue, or its list of citizens without anybody."""
    pooled = words.parameters.teams[team].pooled
    text = "shared queue: {team}" if pooled else "without anybody: {team}"
    return words.language.say(text, team=words.team(team))


def _file(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")
