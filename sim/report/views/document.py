"""A report apart from how it is drawn: the committee's page, then sections of pictures, tables and facts."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from sim.analysis.ledger.judged import Judged, judged
from sim.analysis.ledger.reading import TABLES as LEDGER_TABLES
from sim.errors import UsageError
from sim.report.language import Language
from sim.report.ledger_words import note_text
from sim.report.view import View
from sim.report.views.answer import Answer, answer, several_answers, single_answer
from sim.report.views.answer.change import what_would_change
from sim.report.views.departments import departments
from sim.report.views.differences import differences, everything
from sim.report.views.made import assumptions, made, reproduce
from sim.report.views.money import by_year, judgements, money_intervals, money_table, paid_back, payer_rows
from sim.report.views.parts import by_part
from sim.report.views.people import reached, ways, whereabouts
from sim.report.views.picture import Picture
from sim.report.views.section import Folded, Section
from sim.report.views.shown import Shown, Variant, shown
from sim.report.views.weeks import over_time
from sim.report.views.work import first_panel, hours
from sim.store.run import Run


class Committee(NamedTuple):
    """The first page.

    Attributes
    ----------
    answer
        In sentences.
    money, money_note, money_behind
        The one money table, what counts in it, and every interval; None: there are no prices.
    hours
        Beside the money.
    pictures
        Below it.
    change
        What would change the answer.
    """

    answer: Answer
    money: View | None
    money_note: str
    money_behind: View | None
    hours: Picture
    pictures: tuple[Picture, ...]
    change: tuple[str, ...]


class Document(NamedTuple):
    """A report.

    Attributes
    ----------
    language
        In which it is written.
    title, sub
        The question, and what was simulated.
    band
        That nothing is calibrated, and how many figures have no source.
    committee
        The first page.
    sections
        What follows.
    """

    language: Language
    title: str
    sub: str
    band: str
    committee: Committee
    sections: tuple[Section, ...]


def document(of: Shown, money: Path | None = None) -> Document:
    """Make the report of a run, of a pair of runs, or of several against a baseline.

    Parameters
    ----------
    of
        What is shown.
    money
        A file of prices instead of the runs' own.

    Raises
    ------
    UsageError
        If a run lacks tables, or prices cannot be used.
    """
    language, base = of.language, of.baseline
    priced = {variant.key: _priced(variant, base, money) for variant in of.variants} if base else {}
    return Document(
        language, of.question, _sub(of), band(of), _committee(of, priced),
        (
            _paths(of),
            _time(of),
            *_differ(of),
            *_parts(of),
            *departments(of),
            *_money(of, priced),
            _key_figures(of),
            assumptions(of),
            made(of),
            reproduce(of, money),
        ),
    )  # fmt: skip


def report_of_runs(
    language: Language, runs: Sequence[Run], baseline: Run | None, question: str | None, money: Path | None
) -> Document:
    """Make the report of finished runs whose replications are pairs; no baseline: of one run alone.

    Parameters
    ----------
    language
        In which it is told.
    runs, baseline
        What is shown.
    question
        What the report answers; None: it is made of what differs.
    money
        A file of prices instead of the runs' own.

    Raises
    ------
    UsageError
        If a run lacks tables, has nobody at the start, or prices cannot be used.
    """
    of = shown(language, runs, baseline, question=question)
    for one in (*of.variants, *([of.baseline] if of.baseline else [])):
        if not one.course.number.any():
            raise UsageError(f"{one.run.shown}: nobody is there at the start; a report tells of those who are")
    return document(of, money)


def _priced(variant: Variant, base: Variant, money: Path | None) -> tuple[Judged, ...]:
    """Price a pair; nothing where the runs have no prices, unless a file of prices is given."""
    has = all(one.run.config.get("money") is not None for one in (variant, base))
    there = all(table in one.run.tables for table in LEDGER_TABLES for one in (variant, base))
    return judged(variant.run, base.run, money) if money is not None or (has and there) else ()


_HARDLY_ANY = 0.01
"""Share of the citizens on the lists of others from which it is told."""


def _sub(of: Shown) -> str:
    language, first = of.language, of.variants[0]
    start = first.config.run.start
    end = start + timedelta(weeks=first.horizon, days=-1)
    values = {
        "citizens": language.number(float(first.course.number.mean())),
        "begin": language.month(start),
        "end": language.month(end),
        "count": language.number(of.replications),
    }
    text = language.say(
        "Simulation of a municipal job centre with about {citizens} citizens at the start, {begin} to {end}. {count} "
        "runs.",
        **values,
    )
    if of.baseline is not None:
        text = language.say(
            "Simulation of a municipal job centre with about {citizens} citizens at the start, {begin} to {end}. {count} "
            "paired runs: the same citizens with the same luck in each.",
            **values,
        )
    return f"{text} {_other_lists(of)}".strip()


def _other_lists(of: Shown) -> str:
    """Say that a caseload counts a caseworker's own list, if others have lists as well."""
    language, kpis = of.language, (of.baseline or of.variants[0]).kpis
    own, everybody = (float(kpis[name].mean()) for name in ("own_list", "caseload"))
    if not everybody - own >= _HARDLY_ANY * everybody > 0.0:  # NaN: there are no coordinators.
        return ""
    share = 1.0 - own / everybody
    return language.say(
        "Citizens per caseworker: on the own list; {share} of all are on other lists, such as consultants'.",
        share=language.per_cent(share),
    )


def band(of: Shown) -> str:
    """Say that nothing is calibrated, and how many figures have no source."""
    language = of.language
    text = language.say(
        "**Not calibrated.** The figures follow from the assumptions; they are no forecast. The intervals cover chance "
        "alone, not whether the assumptions hold."
    )
    unsourced = of.variants[0].unsourced
    if unsourced:
        text += " " + language.say(
            "{count} of the config's figures have no source.", count=language.number(unsourced)
        )
    return text


def _committee(of: Shown, priced: dict[str, tuple[Judged, ...]]) -> Committee:
    language, base = of.language, of.baseline
    work = hours(of)
    work = first_panel(work)
    first = of.variants[0]
    found = priced.get(first.key, ())
    if base is None:
        told, change, pictures = single_answer(of), what_would_change(of, first), [whereabouts(of)]
    elif len(of.variants) == 1:
        told, change = answer(of, first, base, found), what_would_change(of, first, base, found)
        pictures = [whereabouts(of), differences(of, first, base)]
    else:
        told, change = several_answers(of, priced), what_would_change(of, first, base)
        pictures = [whereabouts(of)]
    pair = len(of.variants) == 1 and bool(found)
    note = language.say(
        "Counts as a saving: the exits that the prices say, as a rule to job and education, and those who move, retire "
        "or die. Below the net cost: its 95 % interval. Not counted: taxes, wages, a job's worth to the citizen."
    )
    return Committee(
        told,
        money_table(language, found) if pair else None,
        note,
        money_intervals(language, found) if pair else None,
        work,
        tuple(pictures),
        change,
    )


def _paths(of: Shown) -> Section:
    language = of.language
    return Section(
        "paths", language.say("Paths"), language.say("Which ways citizens go, and when"),
        pictures=(ways(of), reached(of)),
    )  # fmt: skip


def _time(of: Shown) -> Section:
    language = of.language
    return Section(
        "time", language.say("Time and hours"), language.say("The centre over time, and its hours"),
        pictures=(over_time(of), hours(of)),
    )  # fmt: skip


def _differ(of: Shown) -> list[Section]:
    """Differences of each variant where there are several; of a pair they stand on the first page."""
    language, base = of.language, of.baseline
    if base is None or len(of.variants) == 1:
        return []
    pictures = tuple(differences(of, variant, base) for variant in of.variants)
    title = language.say("What differs from {name}", name=base.label)
    return [Section("differences", language.say("Differences"), title, pictures=pictures)]


def _parts(of: Shown) -> list[Section]:
    """Differences by group, where there are several."""
    language, base = of.language, of.baseline
    if base is None:
        return []
    made = (by_part(language, variant, base, "groups") for variant in of.variants)
    pictures = tuple(picture for picture in made if picture is not None)
    title = language.say("Groups")
    return [Section("parts", title, title, pictures=pictures)] if pictures else []


def _money(of: Shown, priced: dict[str, tuple[Judged, ...]]) -> list[Section]:
    language, base = of.language, of.baseline
    sections = []
    for variant in of.variants:
        found = priced.get(variant.key, ())
        if not found or base is None:
            continue
        several = len(of.variants) > 1
        title = language.say("Money by year")
        if several:
            title = language.say("Money by year: {a} minus {b}", a=variant.label, b=base.label)
        first = by_year(language, found[0])
        if len(found) > 1:
            first = first._replace(caption=f"{first.caption} {_capital(judgements(language, found)[0].heading)}")
        pictures = tuple(
            picture._replace(name=f"{picture.name}_{variant.key}") for picture in (first, paid_back(language, found))
        )
        sections.append(
            Section(
                f"money_{variant.key}" if several else "money",
                language.say("Money: {name}", name=variant.label) if several else language.say("Money"),
                title,
                lead=tuple(
                    language.say("Note: {note}", note=_capital(note_text(note, language))) for note in found[0].told
                ),
                pictures=pictures,
                tables=(money_table(language, found),) if several else (),
                folded=(Folded(language.say("Every line by year and payer"), payer_rows(language, found[0])),),
            )
        )
    return sections


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _key_figures(of: Shown) -> Section:
    language = of.language
    return Section(
        "figures", language.say("Key figures"), language.say("All key figures"),
        folded=(Folded(language.say("Show them all"), everything(of), printed=True),),
    )  # fmt: skip
