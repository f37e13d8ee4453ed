"""Lines and figures of a ledger in words, in either language."""

import re

from sim.analysis.ledger.by_person import SECTION
from sim.analysis.ledger.figures import EVEN_BY, NET_MUNICIPALITY, NET_WITH, PERSONS, SAVING, SAVING_WITH
from sim.analysis.ledger.lines import KEPT_OUT, PAID_FIRST, Line
from sim.analysis.ledger.notes import Note, Value
from sim.catalogue import Destination
from sim.report.language import Language

_DESTINATIONS = {destination.label: destination for destination in Destination}
_AFTER = "after exit: "
_BUDGET = "budget: "
_ON = "on "
_LASTING = tuple(
    re.compile(pattern)
    for pattern in (
        r"no effect after (?P<year>\d+)",
        r"half-life of (?P<years>\S+) years?, to (?P<until>\d+)",
        r"permanent effect, to (?P<until>\d+)",
    )
)


def section_label(section: str, language: Language) -> str:
    """Label of a section of the ledger."""
    return language.say(section)


def line_label(line: Line, language: Language) -> str:
    """Label of a line; names of the config (roles, schemes, budgets) in words.

    Parameters
    ----------
    line
        Of a ledger, as `sim.analysis.ledger.lines` names it.
    language
        Of the label.
    """
    name = line.name
    if line.section in ("total", SECTION):
        return language.say(name)
    if name.startswith(_BUDGET):
        return f"{language.say('budget')}: {language.name(name.removeprefix(_BUDGET))}"
    if line.section == "after the exit":
        what, _, counts_as = name.removesuffix(")").rpartition(" (")
        return f"{after_label(what, language)} ({language.say(counts_as)})"
    if name.startswith(_AFTER):
        return f"{language.say('after exit')}: {after_label(name.removeprefix(_AFTER), language)}"
    if name == KEPT_OUT:
        return language.say(KEPT_OUT)
    if line.section == "quantities" and name.startswith(_ON):
        return f"{language.say('on')} {language.name(name.removeprefix(_ON))}"
    who, _, what = name.rpartition(", ")
    if what in ("posts", "filled"):
        return f"{language.name(who.replace(' ', '_'))}, {language.say(what)}"
    return language.say(name) if line.section == "programmes" else language.name(name)


def after_label(what: str, language: Language) -> str:
    """Label of what comes after an exit: the destination, what is paid first there, or who is kept out of a job."""
    if what == KEPT_OUT:
        return language.say(KEPT_OUT)
    destination = language.label(_DESTINATIONS[what.removesuffix(PAID_FIRST)])
    return f"{destination}, {language.say('paid first')}" if what.endswith(PAID_FIRST) else destination


def payer_label(payer: str, language: Language) -> str:
    """Label of who pays; empty for quantities."""
    return language.say(payer) if payer else ""


def figure_label(name: str, language: Language) -> str:
    """Label of a figure of the business case."""
    if name.startswith(EVEN_BY):
        return f"{language.say(EVEN_BY)} {name.removeprefix(EVEN_BY).strip()}"
    if name.startswith(PERSONS):
        return f"{language.say('persons')}: {language.say(name.removeprefix(PERSONS))}"
    for prefix, of in ((SAVING_WITH, SAVING), (NET_WITH, NET_MUNICIPALITY)):
        if name.startswith(prefix):
            return f"{language.say(of)}, {lasting_label(name.removeprefix(prefix), language)}"
    return language.say(name)


def lasting_label(choice: str, language: Language) -> str:
    """Label of what becomes of a saving after the ledger, as `sim.analysis.ledger.terms.beyond` writes it."""
    found = [pattern.fullmatch(choice) for pattern in _LASTING]
    none, half_life, permanent = (match.groupdict() if match else None for match in found)
    if none is not None:
        return language.say("no effect after {year}", **none)
    if half_life is not None:
        years = language.number(float(half_life["years"]), 0 if float(half_life["years"]).is_integer() else 1)
        return language.say("half-life of {years} years, to {until}", years=years, until=half_life["until"])
    if permanent is not None:
        return language.say("permanent effect, to {until}", **permanent)
    return choice


def note_text(note: Note, language: Language) -> str:
    """Tell a note of a ledger; names of the config in words."""
    told = language.say(note.text, **{name: _in_words(value, language) for name, value in note.values.items()})
    return f"{note.run}: {told}" if note.run else told


def _in_words(value: Value, language: Language) -> str:
    if isinstance(value, Destination):
        return language.label(value)
    if isinstance(value, tuple):
        return ", ".join(language.name(name) for name in value)
    if isinstance(value, float):
        return language.number(value, 0 if value.is_integer() else 1)
    return str(value)  # A year has no thousands.
