"""Lines and figures of a ledger in words, in either language."""

from sim.analysis.ledger.figures import EVEN_BY
from sim.analysis.ledger.lines import Line
from sim.catalogue import Destination
from sim.report.language import Language

_DESTINATIONS = {destination.label: destination for destination in Destination}
_AFTER = "after exit: "
_BUDGET = "budget: "
_ON = "on "


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
    if line.section == "total":
        return language.say(name)
    if name.startswith(_BUDGET):
        return f"{language.say('budget')}: {language.name(name.removeprefix(_BUDGET))}"
    if line.section == "after the exit":
        destination, _, counts_as = name.removesuffix(")").rpartition(" (")
        return f"{language.label(_DESTINATIONS[destination])} ({language.say(counts_as)})"
    if name.startswith(_AFTER):
        return f"{language.say('after exit')}: {language.label(_DESTINATIONS[name.removeprefix(_AFTER)])}"
    if line.section == "quantities" and name.startswith(_ON):
        return f"{language.say('on')} {language.name(name.removeprefix(_ON))}"
    who, _, what = name.rpartition(", ")
    if what in ("posts", "filled"):
        return f"{language.name(who.replace(' ', '_'))}, {language.say(what)}"
    return language.say(name) if line.section == "programmes" else language.name(name)


def payer_label(payer: str, language: Language) -> str:
    """Label of who pays; empty for quantities."""
    return language.say(payer) if payer else ""


def figure_label(name: str, language: Language) -> str:
    """Label of a figure of the business case."""
    if name.startswith(EVEN_BY):
        return f"{language.say(EVEN_BY)} {name.removeprefix(EVEN_BY).strip()}"
    return language.say(name)
