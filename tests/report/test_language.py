"""Danish and English: every text has its Danish, and numbers have the language's form."""

import ast
import math
import re
import string
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_origin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.calendar import quarters
from sim.analysis.kpis import KPIS
from sim.analysis.ledger.by_person import person_lines
from sim.analysis.ledger.figures import EVEN_BY, NET_WITH, PERSONS, SAVING_WITH, Figure
from sim.analysis.ledger.lines import BUDGETS, EFFORT, IN_ALL, KEPT_OUT, SECTIONS, Line, after_exit
from sim.analysis.ledger.notes import NOTES
from sim.analysis.ledger.persons import LABELS, Change
from sim.analysis.ledger.terms import Discount, Terms, beyond
from sim.catalogue import Destination
from sim.config.meaning import meaning
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG, Shape
from sim.report.danish import MEANINGS, PHRASES
from sim.report.language import DANISH, ENGLISH, language_of
from sim.report.ledger_words import figure_label, line_label, payer_label, section_label
from sim.report.view import Estimate, Interval, Number

REPORT = Path(__file__).parents[2] / "sim" / "report"


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def said() -> Iterator[tuple[str, str]]:
    """Every text that is given to `say` as it stands, with its place."""
    for file in sorted(REPORT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "say":
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    yield first.value, f"{file.name}:{node.lineno}"


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_text_that_is_said_has_its_danish() -> None:
    assert [(place, text) for text, place in said() if text not in PHRASES] == []
    assert next(said())


def test_both_languages_put_the_same_values_in() -> None:
    assert [text for text, danish in PHRASES.items() if places(text) != places(danish)] == []


def test_every_note_on_a_ledger_has_its_danish() -> None:
    assert [text for text in NOTES if text not in PHRASES] == []


def meanings(shape: Shape, path: tuple[str | int, ...] = ()) -> Iterator[str]:
    """Every sentence that the schema says of a key; one that only names a table has that of its section."""
    if shape.section is not None:
        for key in shape.keys:
            if key != CHANGES or not path:  # They hold the same tables again.
                yield meaning((*path, key))
                yield from meanings(shape.child(key), (*path, key))
    elif shape.is_named:
        for key in shape.keys or ("NAME",):
            yield from meanings(shape.child(key), (*path, key))
    elif get_origin(shape.type) is list:
        yield from meanings(shape.child(0), (*path, 0))


def test_every_key_of_a_config_has_its_meaning_in_danish() -> None:
    found = {text for text in meanings(CONFIG) if text}
    assert found - MEANINGS.keys() == set()
    assert MEANINGS.keys() - found == set()
    assert DANISH.meaning("Coordinator time") == "Sagsbehandlertid"
    assert ENGLISH.meaning("Coordinator time") == "Coordinator time"


def test_every_key_figure_has_a_danish_label_of_its_own() -> None:
    labels = [kpi.danish for kpi in KPIS]
    assert len(set(labels)) == len(labels)
    assert all(labels)
    assert DANISH.kpi(next(kpi for kpi in KPIS if kpi.name == "timely_share")) == "samtaler holdt til tiden"
    assert [kpi.unit for kpi in KPIS if kpi.unit != "share" and kpi.unit not in PHRASES] == []


@settings(deadline=None)
@given(st.decimals(-10_000_000, 10_000_000, allow_nan=False, places=4), st.integers(0, 3), st.booleans())
def test_numbers_can_be_read_back_in_both_languages(value: Decimal, decimals: int, signed: bool) -> None:
    for language in (ENGLISH, DANISH):
        written = language.number(float(value), decimals, signed=signed)
        plain = written.replace(language.thousands, "").replace(language.decimal, ".").replace("−", "-")
        assert float(plain) == round(float(value), decimals)
        assert (written[0] == "+") == (signed and round(float(value), decimals) > 0)
        assert not re.search(r"-|−0(\D0+)?$", written)


@pytest.mark.parametrize(
    ("cell", "english", "danish"),
    [
        (Number(1234.5, 1), "1,234.5", "1.234,5"),
        (Number(-0.04, 1, signed=True), "0.0", "0,0"),
        (Number(math.nan, 1), "-", "-"),
        (Interval(-0.7, 0.3, 1), "−0.7 to 0.3", "−0,7 til 0,3"),
        (Interval(math.nan, math.nan, 1, note="skewed"), "skewed", "skæv"),
        (Estimate(Number(9.2, 0), Interval(7.1, 10.2, 0)), "9 (7 to 10)", "9 (7 til 10)"),
        ("identical", "identical", "ens"),
    ],
)
def test_cells(cell: Number | Interval | Estimate | str, english: str, danish: str) -> None:
    assert ENGLISH.cell(cell) == english
    assert DANISH.cell(cell) == danish


def test_lists_and_shares() -> None:
    assert [ENGLISH.listed(["a", "b", "c"]), DANISH.listed(["a", "b"]), DANISH.listed(["a"])] == [
        "a, b and c",
        "a og b",
        "a",
    ]
    assert DANISH.per_cent(0.125, 1) == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("line", "danish"),
    [
        (Line("staff", "coordinators, posts", "municipality", "kr", True), "sagsbehandlere, stillinger"),
        (Line("staff", "company consultant, filled", "municipality", "kr", True), "virksomhedskonsulent, besatte"),
        (Line("evaluation", "budget: evaluation", "municipality", "kr", True), "bevilling: evaluation"),
        (Line("benefits", "cash_benefit", "state", "kr", True), "kontanthjælp"),
        (
            Line("after the exit", "disability pension (neutral)", "state", "kr", True),
            "førtidspension (neutral)",
        ),
        (
            Line("after the exit", "fleksjob, paid first (benefit)", "state", "kr", True),
            "fleksjob, først betalt (ydelse)",
        ),
        (
            Line("after the exit", f"{KEPT_OUT} (cost)", "state", "kr", True),
            "holdt ude af job af dem i job (udgift)",
        ),
        (Line("quantities", KEPT_OUT, "", "years", False), "holdt ude af job af dem i job"),
        (
            Line("quantities", "after exit: fleksjob, paid first", "", "years", False),
            "efter afgang: fleksjob, først betalt",
        ),
        (after_exit(Destination.JOB), "efter afgang: job"),
        (Line("quantities", "on cash_benefit", "", "years", False), "på kontanthjælp"),
        (Line("programmes", "internships", "municipality", "kr", True), "praktikker"),
        (EFFORT, "personale, evaluering, forløb, andet"),
        (BUDGETS, "alle bevillinger"),
    ],
)
def test_lines_of_the_ledger_in_danish(line: Line, danish: str) -> None:
    assert line_label(line, DANISH) == danish


def test_all_words_of_a_ledger_have_their_danish() -> None:
    assert all(section_label(section, DANISH) for section in SECTIONS)
    assert [payer_label(line.payer, DANISH) for line in IN_ALL.values()] == ["kommune", "stat", "begge"]
    year = Figure(f"{EVEN_BY} 2019", "share", 0.5, 0.4, 0.6, 10)
    assert figure_label(year.name, DANISH) == "sandsynlighed for at gå i nul ved udgangen af 2019"


def test_what_becomes_of_persons_in_danish() -> None:
    words = [line_label(line, DANISH) for line in person_lines()]
    assert words[0] == "udskudt: afgår i begge, tidligere"
    assert len(set(words)) == len(LABELS)
    assert (
        figure_label(f"{PERSONS}{LABELS[Change.ONLY_HERE]}", DANISH) == "personer: undgået indtil nu: afgår kun her"
    )


def test_what_becomes_of_a_saving_in_danish() -> None:
    choices = beyond(np.ones(4), quarters(date(2018, 1, 1), 52), Terms(Discount(((0, 0.0),)), (1.0, 2.5), 10))
    assert [figure_label(f"{NET_WITH}{choice}", DANISH) for choice in choices] == [
        f"nettoudgift for kommunen, {words}"
        for words in (
            "ingen virkning efter 2018",
            "halveringstid på 1 år, til 2028",
            "halveringstid på 2,5 år, til 2028",
            "varig virkning, til 2028",
        )
    ]
    (first, *_) = choices
    assert figure_label(f"{SAVING_WITH}{first}", ENGLISH) == f"{SAVING_WITH}{first}"


def test_languages_by_code() -> None:
    assert language_of("da") is DANISH
    assert language_of("en") is ENGLISH
