"""Drawn pictures: the same bytes each time, texts as texts, and every kind of panel."""

import io
import xml.etree.ElementTree as ET
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.report.language import DANISH, ENGLISH
from sim.report.pictures.draw import panel_figure, picture_figure, picture_svg, svg_of
from sim.report.pictures.lines import apart
from sim.report.pictures.style import drawing
from sim.report.views.differences import differences
from sim.report.views.people import reached, ways, whereabouts
from sim.report.views.picture import Heat, Picture
from sim.report.views.shown import Shown, shown
from sim.report.views.work import hours
from sim.store.run import Run


def pictures(of: Shown) -> list[Picture]:
    return [whereabouts(of), reached(of), ways(of), hours(of), differences(of, of.variants[0], of.everyone[-1])]


def svgs(of: Shown) -> list[str]:
    with drawing():
        return [
            svg_of(panel, f"{picture.name}-{i}", alt, picture.across)
            for picture in (whereabouts(of), ways(of), hours(of))
            for i, (panel, alt) in enumerate(zip(picture.panels, picture.alt, strict=True))
        ]


def test_the_same_picture_has_the_same_bytes_and_no_name_twice(pair: tuple[Run, Run]) -> None:
    first, second = (svgs(shown(ENGLISH, [pair[0]], pair[1])) for _ in range(2))
    assert first == second
    names = [node.get("id") for text in first for node in ET.fromstring(text).iter() if node.get("id")]
    assert len(set(names)) == len(names)


def test_texts_stay_texts_and_nothing_is_loaded(pair: tuple[Run, Run]) -> None:
    of = whereabouts(shown(DANISH, [pair[0]], pair[1]))
    with drawing():
        text = svg_of(of.panels[0], of.name, of.alt[0])
    root = ET.fromstring(text)
    words = ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("text")]
    assert any(word.endswith("Job") for word in words)
    assert "Job" in root.get("aria-label", "")
    assert "http" not in text.replace("http://www.w3.org/", "")
    assert "DejaVu" not in text


def test_words_that_would_break_a_page_stay_words() -> None:
    panel = Heat("<b>&", "x", "y", ("1",), ("2",), np.array([[1.0]]), (("1",),))
    with drawing():
        text = svg_of(panel, "heat", 'a "quoted" <b> & more')
    root = ET.fromstring(text)
    assert root.get("aria-label") == 'a "quoted" <b> & more'
    assert "<b>" not in text


def test_a_picture_is_one_figure_for_slides(pair: tuple[Run, Run]) -> None:
    for picture in pictures(shown(DANISH, [pair[0]], pair[1])):
        file = io.BytesIO()
        picture_figure(picture).savefig(file, format="png", dpi=20)
        assert file.getvalue().startswith(b"\x89PNG")


def test_a_picture_is_one_file_with_the_same_bytes_each_time(pair: tuple[Run, Run]) -> None:
    first, second = (picture_svg(hours(shown(ENGLISH, [pair[0]], pair[1]))) for _ in range(2))
    assert first == second
    root = ET.fromstring(first)
    assert "sans-serif" in root.get("font-family", "")
    assert "Caseworkers" in root.get("aria-label", "")


def test_fields_that_were_not_simulated_stay_empty() -> None:
    values = np.array([[1.0, np.nan], [2.0, 3.0]])
    panel = Heat("t", "x", "y", ("50", "130"), ("1", "2"), values, (("1", ""), ("2", "3")))
    with drawing():
        ax = panel_figure(panel).axes[0]
    assert len(ax.patches) == 3


@settings(deadline=None)
@given(st.lists(st.floats(0, 200), max_size=8), st.floats(1, 20))
def test_texts_are_moved_apart_and_keep_their_order(places: list[float], least: float) -> None:
    rising = sorted(places)
    moved = apart(rising, least)
    assert all(b - a >= least * (1 - 1e-9) for a, b in pairwise(moved))
    assert sum(moved) == pytest.approx(sum(rising))
    if all(b - a >= least for a, b in pairwise(rising)):
        assert moved == pytest.approx(rising)
