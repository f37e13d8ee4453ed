"""Pictures of a pair of runs: the numbers are those of the key figures, and each has its table and its words."""

from collections.abc import Callable

import numpy as np
import pytest

from sim.analysis.course.people import TOLD
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.judged import NET, Judged, judged
from sim.catalogue import Reached
from sim.report.language import ENGLISH
from sim.report.view import Interval, Number
from sim.report.views.axes import even_ticks, time_text, week_ticks
from sim.report.views.differences import differences, everything
from sim.report.views.money import by_year, money_intervals, money_table, paid_back, payer_rows
from sim.report.views.parts import by_part
from sim.report.views.people import reached, ways, whereabouts
from sim.report.views.picture import Dots, Flow, Lines, Picture, Stack
from sim.report.views.shown import Shown, shown
from sim.report.views.weeks import over_time
from sim.report.views.work import hours
from sim.store.run import Run


@pytest.fixture(scope="module")
def priced(pair: tuple[Run, Run]) -> tuple[Judged, ...]:
    return judged(*pair)


MADE: list[Callable[[Shown, tuple[Judged, ...]], Picture]] = [
    lambda of, _: whereabouts(of),
    lambda of, _: reached(of),
    lambda of, _: ways(of),
    lambda of, _: over_time(of),
    lambda of, _: hours(of),
    lambda of, _: differences(of, of.variants[0], of.everyone[-1]),
    lambda of, priced: by_year(of.language, priced[0]),
    lambda of, priced: paid_back(of.language, priced),
]


@pytest.mark.parametrize("make", MADE)
def test_every_picture_has_a_table_and_says_in_words_what_each_panel_shows(
    make: Callable[[Shown, tuple[Judged, ...]], Picture], of: Shown, priced: tuple[Judged, ...]
) -> None:
    picture = make(of, priced)
    assert picture.panels
    assert len(picture.alt) == len(picture.panels)
    assert all(any(letter.isdigit() for letter in words) for words in picture.alt)
    assert picture.table.rows
    assert {len(row) for row in picture.table.rows} == {len(picture.table.columns)}
    assert all(isinstance(of.language.cell(cell), str) for row in picture.table.rows for cell in row)


@pytest.mark.parametrize(
    ("event", "kpi"),
    [
        (Reached.JOB, "cohort_job_share"),
        (Reached.EDUCATION, "cohort_education_share"),
        (Reached.AWARDED, "cohort_fleksjob_share"),
        (Reached.PENSION, "cohort_pension_share"),
        (Reached.RESOURCE_COURSE, "cohort_resource_course_share"),
        (Reached.OTHER, "cohort_other_share"),
        (Reached.DECIDED, "cohort_clarified_share"),
        (Reached.INTERNSHIP, "cohort_internship_share"),
        (Reached.SMALL_JOB, "cohort_small_job_share"),
    ],
)
def test_curves_end_at_the_key_figures(event: Reached, kpi: str, of: Shown) -> None:
    for variant in of.everyone:
        course = variant.course
        share = course.reached[:, TOLD.index(event), -1] / course.number
        assert share.tolist() == variant.kpis[kpi].tolist()


def test_everybody_is_somewhere_at_any_time(of: Shown) -> None:
    for variant in of.everyone:
        course = variant.course
        there = course.gone.sum(axis=1) + course.present.sum(axis=1)
        assert (there == course.number[:, None]).all()
        assert (course.ways.sum(axis=(1, 2, 3)) == course.number).all()
        left_at_once = course.ways.sum(axis=(2, 3)) - course.present[:, :, 0]
        assert (left_at_once >= 0).all()
        assert (left_at_once.sum(axis=1) == course.gone[:, :, 0].sum(axis=1)).all()


def test_weeks_and_hours_are_those_of_the_key_figures(of: Shown) -> None:
    for variant in of.everyone:
        course, kpis = variant.course, variant.kpis
        busy = course.hours[:, 0].sum(axis=1) / course.available[:, 0]
        assert busy == pytest.approx(kpis["busy_share"], rel=1e-12)
        assert (course.weekly[:, 0, -1] == kpis["end_stock"]).all()


def test_the_differences_are_those_of_the_comparison(of: Shown, pair: tuple[Run, Run]) -> None:
    from sim.study.comparison import Comparison

    found = {row.kpi: row.paired for row in Comparison([pair[0]], pair[1]).rows}
    picture = differences(of, of.variants[0], of.everyone[-1])
    people = picture.panels[0]
    assert isinstance(people, Dots)
    job = found["cohort_job_share"]
    dot = people.dots[0]
    assert (dot.value, dot.low, dot.high) == (1000 * job.difference, 1000 * job.ci95_low, 1000 * job.ci95_high)
    assert len(everything(of).rows) > 40


def test_the_money_is_that_of_the_ledger(pair: tuple[Run, Run], priced: tuple[Judged, ...]) -> None:
    ledger = Ledger(*pair)
    first, second = priced
    assert [first.saves, second.saves] == [False, True]
    assert first.line_names == ledger.line_names
    shown_spans = [j for j, span in enumerate(ledger.spans) if span.kind in ("total", "year")]
    for name in ("difference", "ci95_low", "ci95_high"):
        ours, theirs = getattr(first.intervals, name), getattr(ledger.intervals, name)[:, shown_spans]
        assert ours == pytest.approx(theirs, nan_ok=True, abs=1e-6)
    assert str(first.figures) == str(ledger.figures)
    present = ledger.intervals.difference[ledger.line_names.index(NET), 1]
    assert first.cumulative[:, -1].mean() == pytest.approx(present)


def test_the_money_table_adds_up_and_the_judgement_takes_off_two_lines(priced: tuple[Judged, ...]) -> None:
    view = money_table(ENGLISH, priced)
    net = next(i for i, row in enumerate(view.rows) if row[0] == "Net cost")
    for column, of in enumerate(priced, start=1):
        values = [row[column] for row in view.rows[:net]]
        total = sum(cell.value for cell in values if isinstance(cell, Number))
        assert 1000 * total == pytest.approx(of.intervals.difference[of.place(NET), 0], abs=0.5 * len(values))
    after = [row for row in view.rows if str(row[0]).startswith("After the exit")]
    assert len(after) == 2
    assert [row[2].value for row in after if isinstance(row[2], Number)] == [0.0, 0.0]
    assert money_intervals(ENGLISH, priced).rows
    assert payer_rows(ENGLISH, priced[0]).rows


def test_panels_that_are_compared_share_a_scale(of: Shown) -> None:
    stacks = [panel for panel in whereabouts(of).panels if isinstance(panel, Stack)]
    assert len({panel.yticks for panel in stacks}) == 1
    lines = [panel for panel in reached(of).panels if isinstance(panel, Lines)]
    assert len({panel.yticks for panel in lines}) == 1
    for panel in lines:
        for series in panel.series:
            assert (series.low <= series.mean).all()
            assert (series.mean <= series.high).all()
            assert panel.yticks[-1][0] >= series.p95.max()


def test_ribbons_are_as_wide_as_the_boxes_they_leave(of: Shown) -> None:
    for panel in ways(of).panels:
        assert isinstance(panel, Flow)
        for column in (0, 1):
            for i, node in enumerate(panel.columns[column]):
                width = sum(link.size for link in panel.links if link.start == (column, i))
                assert width == pytest.approx(node.size, abs=0.5)


def test_one_run_alone_has_pictures_too(pair: tuple[Run, Run]) -> None:
    of = shown(ENGLISH, [pair[0]], None)
    assert of.question == "What happens with 50 per worker?"
    assert [len(make(of).panels) for make in (whereabouts, ways)] == [1, 1]
    assert reached(of).legend[0].label == "50 per worker"


def test_questions_and_names_follow_what_differs(of: Shown) -> None:
    words = {
        "en": ("What happens if each caseworker has 50 citizens instead of 130?", "50 citizens each"),
        "da": ("Hvad sker der, hvis hver sagsbehandler har 50 borgere i stedet for 130?", "50 borgere hver"),
    }
    assert (of.question, of.variants[0].label) == words[of.language.code]


@pytest.mark.parametrize(
    ("highest", "lowest"), [(0.0, 0.0), (7.0, 0.0), (0.03, -0.02), (1234.0, -5.0), (-1.0, -9.0)]
)
def test_ticks_hold_all_values_and_zero(highest: float, lowest: float) -> None:
    at = [value for value, _ in even_ticks(ENGLISH, highest, lowest=lowest)]
    assert at[0] <= lowest
    assert at[-1] >= highest
    assert any(abs(value) < 1e-12 for value in at)
    assert np.diff(at) == pytest.approx(np.diff(at)[0])


def test_times_in_words() -> None:
    assert [time_text(ENGLISH, weeks) for weeks in (104, 52, 209, 30)] == [
        "two years",
        "one year",
        "four years",
        "30 weeks",
    ]
    assert [text for _, text in week_ticks(ENGLISH, 104)] == ["start", "1 year", "2 years"]
    assert week_ticks(ENGLISH, 20)[-1] == (20.0, "20 weeks")


def test_an_interval_of_what_never_varies_is_not_written(of: Shown) -> None:
    cells = [cell for row in everything(of).rows for cell in row if isinstance(cell, Interval)]
    assert all(of.language.cell(cell) for cell in cells)


def test_groups_and_departments_add_up_to_everybody(of: Shown) -> None:
    for variant in of.everyone:
        course = variant.course
        for parts in (course.by_group, course.by_department):
            assert (parts[:, :, 0].sum(axis=1) == course.number).all()
            assert (parts[:, :, 1:].sum(axis=1) == course.reached[:, :, -1]).all()


def test_groups_stand_beside_each_other(of: Shown) -> None:
    picture = by_part(of.language, of.variants[0], of.everyone[-1], "groups")
    assert picture is not None
    assert all(isinstance(panel, Dots) and len(panel.dots) <= 2 for panel in picture.panels)
    assert by_part(of.language, of.variants[0], of.everyone[-1], "departments") is None
