"""How views are drawn: whole where there is room, in parts or in pieces where there is not."""

import io

import pytest

from sim.report import terminal
from sim.report.view import Column, Number, Page, View, figure, key_figures


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


PAIRED = View(
    "few minus many",
    key_figures(figure("few", short="A"), figure("many", short="B"), figure("p", part="significance")),
    (("stock", "citizens", Number(1.0, 1), Number(2.0, 1), "0.050"), ("", "", Number(3.0, 1), Number(4.0, 1), "-")),
    frozenset({0}),
    ("few", "many"),
)
WIDE = View(
    "points",
    (figure("hours"), *(Column(f"figure {n}", right=True) for n in range(4))),
    (("10", *(Number(float(n), 1) for n in range(4))),),
    keys=1,
)


def drawn(page: Page, monkeypatch: pytest.MonkeyPatch, *, narrow: bool = False) -> list[str]:
    """Draw on a dumb terminal, which has 80 columns; empty lines and rules left out."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    stream = Terminal()
    terminal._print(page, stream, narrow=narrow)
    return [line.strip() for line in stream.getvalue().splitlines() if line.strip(" \u2500")]


def test_with_room_all_is_in_one_table(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [line.split() for line in drawn(Page((PAIRED,)), monkeypatch)] == [
        ["few", "minus", "many"],
        ["key", "figure", "unit", "few", "many", "p"],
        ["stock", "citizens", "1.0", "2.0", "0.050"],
        ["3.0", "4.0", "-"],
    ]


def test_without_room_names_are_short_and_parts_below_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [line.split() for line in drawn(Page((PAIRED,)), monkeypatch, narrow=True)] == [
        ["few", "minus", "many"],
        ["A:", "few,", "B:", "many"],
        ["key", "figure", "A", "B"],
        ["stock", "(citizens)", "1.0", "2.0"],
        ["3.0", "4.0"],
        ["significance"],
        ["key", "figure", "p"],
        ["stock", "0.050"],
        ["-"],
    ]


def test_parts_name_the_payer_where_the_label_alone_tells_too_little(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = (Column(""), Column("payer", behind=True), figure("in all"), figure("interval", part="intervals"))
    rows = tuple(("benefit", payer, Number(1.0, 0), "0 to 2") for payer in ("municipality", "state"))
    assert [line.split() for line in drawn(Page((View("costs", columns, rows),)), monkeypatch, narrow=True)] == [
        ["costs"],
        ["in", "all"],
        ["benefit", "(municipality)", "1"],
        ["benefit", "(state)", "1"],
        ["intervals"],
        ["interval"],
        ["benefit", "(municipality)", "0", "to", "2"],
        ["benefit", "(state)", "0", "to", "2"],
    ]


def test_a_wide_table_is_drawn_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """All five would need 83 columns, so the last goes below."""
    lines = drawn(Page((WIDE,)), monkeypatch)
    assert [line.split() for line in lines] == [
        ["points"],
        ["hours", "figure", "0", "figure", "1", "figure", "2"],
        ["10", "0.0", "1.0", "2.0"],
        ["hours", "figure", "3"],
        ["10", "3.0"],
    ]


def test_the_order_of_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    long = "to add it: " + "sim run " * 20
    page = Page((WIDE._replace(keys=0),), ("Which?",), ("below",), ("word: meaning",), (long,))
    lines = drawn(page, monkeypatch)
    assert [lines[0], lines[1], *lines[-3:]] == [
        "Which?",
        "points",
        "below",
        "word: meaning",
        f"note: {long}".strip(),
    ]
