"""What ledgers show, row by row, of a ledger made by hand."""

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.analysis.ledger.by_person import kr_line, years_line
from sim.analysis.ledger.figures import (
    BREAK_EVEN,
    EXTRA_COST,
    NET_BOTH,
    NET_MUNICIPALITY,
    NET_STATE,
    NET_WITH,
    PAYBACK,
    SAVING,
    SAVING_WITH,
    Figure,
)
from sim.analysis.ledger.ledger import PERSON_LINES, Span
from sim.analysis.ledger.lines import EFFORT, IN_ALL, STATE, Line, after_exit
from sim.analysis.ledger.persons import LABELS, Change
from sim.analysis.ledger.terms import Discount, Terms
from sim.catalogue import Destination
from sim.report.ledger import ledger_page, overview_page
from sim.report.ledger_sentences import sentences
from sim.report.view import View

STAFF = Line("staff", "coordinators, filled", "municipality", "kr", counted=False)
BENEFIT = Line("benefits", "cash benefit", "municipality", "kr", counted=True)
STILL = Line("benefits", "sickness benefit", "municipality", "kr", counted=True)
REFUND = Line("benefits", "cash benefit", STATE, "kr", counted=True)
JOBS = after_exit(Destination.JOB)
LINES = {  # Difference in all; half-width.
    STAFF: (1_234_567.0, 100_000.0),
    BENEFIT: (-2_000_000.0, 500_000.0),
    STILL: (0.0, 0.0),
    REFUND: (math.nan, math.nan),
    EFFORT: (1_000_000.0, 0.0),
    IN_ALL[STATE]: (math.nan, math.nan),
    JOBS: (12.34, 1.5),
}
SPANS = (Span("total", "2018-2019"), Span("present value", "2018-2019"), Span("year", "2018"), Span("year", "2019"))


TERMS = Terms(Discount(((0, 0.04),)))


def ledger(variant: str = "pilot", state: float = 0.0) -> Any:
    """Half of each amount falls in each year; present values are nine tenths."""
    shares = np.array([1.0, 0.9, 0.5, 0.5])
    differences = np.array([whole for whole, _ in LINES.values()])[:, None] * shares
    halves = np.array([half for _, half in LINES.values()])[:, None] * shares
    intervals = SimpleNamespace(
        difference=differences,
        ci95_low=np.where(halves == 0, math.nan, differences - halves),
        ci95_high=np.where(halves == 0, math.nan, differences + halves),
        identical=differences == 0,
        replications=np.where(np.isnan(differences), 0, 6),
    )
    figures = (
        Figure(EXTRA_COST, "kr", 900_000.0, math.nan, math.nan, 6),
        Figure(SAVING, "kr", 1_800_000.0, 1_350_000.0, 2_250_000.0, 6),
        Figure(NET_MUNICIPALITY, "kr", -900_000.0, -1_350_000.0, -450_000.0, 6),
        Figure(NET_STATE, "kr", state, math.nan, math.nan, 6),
        Figure(NET_BOTH, "kr", state - 900_000.0, state - 1_350_000.0, state - 450_000.0, 6),
        Figure(BREAK_EVEN, "weeks per treated citizen", math.nan, math.nan, math.nan, 0),
        Figure(PAYBACK, "years", math.inf, math.nan, math.nan, 6),
        Figure(f"{SAVING_WITH}permanent effect, to 2029", "kr", 2e6, 1.5e6, 2.5e6, 6),
        Figure(f"{NET_WITH}permanent effect, to 2029", "kr", -1.1e6, -1.6e6, -0.6e6, 6),
        Figure("probability of breaking even by the end of 2019", "share", 0.5, 0.1876, 0.8124, 6),
    )
    people = np.zeros((len(PERSON_LINES), len(SPANS)))
    people[PERSON_LINES.index(kr_line(Change.SOONER, "municipality"))] = -1_500_000.0
    people[PERSON_LINES.index(years_line(Change.SOONER))] = -12.0
    person_intervals = SimpleNamespace(difference=people, ci95_low=people - 2_000.0, ci95_high=people + 1_000.0)
    return SimpleNamespace(
        persons=tuple(Figure(LABELS[c], "persons", 10.0 * c, math.nan, math.nan, 6) for c in Change),
        person_intervals=person_intervals,
        components={},
        variant=variant, baseline="base", price_year=2018, discount_rate=0.04, line_names=tuple(LINES), spans=SPANS,
        intervals=intervals, terms=TERMS, figures=figures, replications=6, notes=("observed in part: 2019",),
    )  # fmt: skip


def texts(view: View) -> list[list[str]]:
    return [[str(cell) for cell in row] for row in view.rows]


def test_variants_beside_each_other() -> None:
    page = overview_page([ledger(), ledger("other", state=math.nan)])  # What the state pays is not known.
    (view,) = page.views
    assert view.title == "business case, each minus base, million kr"
    assert [column.heading for column in view.columns] == [
        "variant", "extra cost", "saving", "net cost", "jobs, years", "break-even, weeks",
    ]  # fmt: skip
    figures = ["0.9", "1.8 (1.4 to 2.2)", "-0.9 (-1.4 to -0.5)", "12.3 (10.8 to 13.8)", "-"]
    assert texts(view) == [["pilot", *figures], ["other", *figures]]
    assert page.legend[0] == "money: present value to the end of 2019 at 4 % a year; price level 2018"
    assert page.notes == ("observed in part: 2019",)
    assert page.below == (*sentences(ledger()), *sentences(ledger("other", state=math.nan)), "")


def test_a_ledger_in_plain_words() -> None:
    costs, persons = sentences(ledger())
    assert costs == (
        "pilot: costs 900,000 kr in staff and programmes and saves 1.8 million kr (1.4 to 2.2) on benefits and "
        "after exits; in all it saves the municipality 0.9 million kr (0.5 to 1.4) net"
    )
    assert persons == (
        "pilot: this saving divided, in million kr: 1.5 on persons who leave in both for the same, sooner or later "
        "(postponed)"
    )


@pytest.mark.parametrize(
    ("extra", "saving", "net", "expected"),
    [
        (
            (22.2e6, math.nan, math.nan), (-0.3e6, -2e6, 1.4e6), (22.5e6, 20.8e6, 24.2e6),
            "costs 22.2 million kr in staff and programmes and pays 0.3 million kr (-1.4 to 2.0) more for "
            "benefits and after exits; in all it costs the municipality 22.5 million kr (20.8 to 24.2) net",
        ),
        (
            (-640_400.0, math.nan, math.nan), (-640_000.0, -900_000.0, -300_000.0), (-400.0, -340_000.0, 260_000.0),
            "costs 640,000 kr less in staff and programmes and pays 640,000 kr (300,000 to 900,000) more for "
            "benefits and after exits; in all it saves the municipality 0 kr (-260,000 to 340,000) net, so which of "
            "the two is not settled",
        ),
        (
            (0.0, math.nan, math.nan), (0.0, math.nan, math.nan), (0.0, math.nan, math.nan),
            "costs nothing more in staff and programmes and saves nothing on benefits and after exits; in all it "
            "costs the municipality as much as before",
        ),
    ],
)  # fmt: skip
def test_costs_and_savings_of_either_sign(
    extra: tuple[float, float, float],
    saving: tuple[float, float, float],
    net: tuple[float, float, float],
    expected: str,
) -> None:
    made = ledger()
    new = {EXTRA_COST: extra, SAVING: saving, NET_MUNICIPALITY: net}
    made.figures = tuple(
        f._replace(**dict(zip(("value", "ci95_low", "ci95_high"), new[f.name], strict=True))) if f.name in new else f
        for f in made.figures
    )
    assert sentences(made)[0] == f"pilot: {expected}"


def test_the_state_is_shown_where_it_pays_or_saves() -> None:
    page = overview_page([ledger(), ledger("other", state=100_000.0)])
    (view,) = page.views
    assert view.columns[4].heading == "net cost with the state"
    assert [row[4] for row in texts(view)] == ["-0.9 (-1.4 to -0.5)", "-0.8 (-1.2 to -0.3)"]
    assert "net cost with the state: the same for municipality and state together" in page.legend


def test_a_ledger_in_detail() -> None:
    money, years, case, persons, beyond = ledger_page(ledger()).views
    assert money.title == "pilot minus base, 1,000 kr, price level 2018, 6 pairs of replications"
    assert [column.heading for column in money.columns] == [
        "", "payer", "2018", "2019", "in all", "95 % interval", "present value at 4 % a year",
    ]  # fmt: skip
    paid = "municipality"
    assert texts(money) == [
        ["(staff: coordinators, filled)", paid, "617", "617", "1,235", "1,135 to 1,335", "1,111"],
        ["benefits: cash benefit", paid, "-1,000", "-1,000", "-2,000", "-2,500 to -1,500", "-1,800"],
        ["staff, evaluation, programmes, other", paid, "500", "500", "1,000", "", "900"],
        ["in all", "state", "-", "-", "-", "", "-"],
    ]
    assert money.rules == {0, 1}
    assert years.title == "pilot minus base, full-time and person-years, 6 pairs of replications"
    assert texts(years) == [["after exit: job", "6.2", "6.2", "12.3", "10.8 to 13.8"]]
    assert texts(case)[:3] == [
        ["extra cost", "1,000 kr", "900", "-"],
        ["saving on benefits and after exits", "1,000 kr", "1,800", "1,350 to 2,250"],
        ["net cost to the municipality", "1,000 kr", "-900", "-1,350 to -450"],
    ]
    assert persons.title == "pilot minus base, postponed or avoided, person by person, 1,000 kr, present values"
    rows = texts(persons)
    assert rows[0] == [LABELS[Change.SOONER], "0.0", "12.0 (-988.0 to 2,012.0)", "1,500 (1,499 to 1,502)"]
    assert rows[1][:2] == [LABELS[Change.LATER], "10.0"]
    assert rows[-1] == ["all", "210.0", "", "1,800 (1,350 to 2,250)"]
    assert beyond.title == "pilot minus base, if the saving lasts after the ledger, 1,000 kr, present values"
    assert texts(beyond) == [["permanent effect, to 2029", "2,000 (1,500 to 2,500)", "-1,100 (-1,600 to -600)"]]
    assert texts(case)[-3:] == [
        ["break-even saving", "weeks per treated citizen", "-", "-"],
        [PAYBACK, "years", "not by the end of 2019", "-"],
        ["probability of breaking even by the end of 2019", "%", "50", "19 to 81"],
    ]
