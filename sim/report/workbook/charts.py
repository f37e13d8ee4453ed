"""Charts that the program which shows the workbook draws itself, in our colours: they follow the cells."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.chart import Chart

from sim.report.workbook.book import Book, Sheet, fixed, quoted
from sim.report.workbook.ledger_lines import Totals

INK, EFFORT, BENEFITS, GRID = "#1A1A1A", "#33436B", "#E69F00", "#D9D6CF"
RUNS = ("#B3541E", "#1A1A1A", "#0072B2", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#8C8C8C")
"""Colours of runs, the baseline first; the colour-blind can tell them apart."""
DASHES = ("dash", "solid", "solid", "long_dash", "round_dot", "dash_dot", "solid", "dash")
"""Lines of runs, in the same order: colour is never alone."""
LAYERS = ("#33436B", "#6478AB", "#97A6CC", "#C9D1E6", "#2E7D5B", "#86C3A3", "#E69F00", "#D55E00", "#D9D6CF")
"""Colours of layers upon each other."""
_WIDTH, _HEIGHT = 620, 320
_ROWS, _COLUMNS = 17, 10
"""Cells that a chart takes."""
_ACROSS = 2


class Strip(NamedTuple):
    """Cells of a sheet that stand in one column, or in one row: from the first cell to the last (row, column)."""

    sheet: Sheet
    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def range(self) -> str:
        """As a formula has it."""
        return quoted(self.sheet) + ":".join(fixed(*cell) for cell in (self.first, self.last))

    @property
    def cells(self) -> list[Any]:
        """As xlsxwriter wants it."""
        return [self.sheet.name, *self.first, *self.last]


class Line(NamedTuple):
    """A series: its name, its values, and its place among the runs or layers, which gives its colour."""

    name: str
    values: Strip
    place: int


class ChartSheet:
    """The sheet of charts, two beside each other."""

    def __init__(self, book: Book) -> None:
        say = book.language.say
        self.book, self._count = book, 0
        self.sheet = book.sheet(say("Charts"), say("charts of the sheets behind"))
        self.sheet.heading(
            say("Charts"), say("Drawn from the cells of the other sheets; they can be copied and changed.")
        )

    def lines(self, title: str, x: Strip, series: Sequence[Line], *, axis: str, form: str = "#,##0") -> None:
        """Draw lines over numbers, a colour and a dash for each run."""
        chart = self.book.raw.add_chart({"type": "scatter", "subtype": "straight"})
        for line in series:
            looks = {
                "color": RUNS[line.place % len(RUNS)],
                "width": 2,
                "dash_type": DASHES[line.place % len(DASHES)],
            }
            chart.add_series({"name": line.name, "categories": x.cells, "values": line.values.cells, "line": looks})
        chart.set_x_axis({"name": axis, "min": 0, "major_unit": 13, "major_gridlines": {"visible": False}})
        self._add(chart, title, form)

    def stacks(self, title: str, categories: Strip, series: Sequence[Line], *, form: str = "#,##0") -> None:
        """Draw stacked columns."""
        chart = self.book.raw.add_chart({"type": "column", "subtype": "stacked"})
        for line in series:
            chart.add_series(
                {
                    "name": line.name,
                    "categories": categories.cells,
                    "values": line.values.cells,
                    "fill": {"color": LAYERS[line.place % len(LAYERS)]},
                    "gap": 80,
                }
            )
        self._add(chart, title, form)

    def whiskers(self, title: str, categories: Strip, values: Strip, half_widths: Strip) -> None:
        """Draw bars from 0 with whiskers that reach so far below and above their ends."""
        chart = self.book.raw.add_chart({"type": "bar"})
        ends = f"={half_widths.range}"
        chart.add_series(
            {
                "categories": categories.cells,
                "values": values.cells,
                "fill": {"color": LAYERS[2]},
                "gap": 60,
                "y_error_bars": {"type": "custom", "plus_values": ends, "minus_values": ends},
            }
        )
        chart.set_y_axis({"reverse": True, "label_position": "low"})
        self._add(chart, title, "0.0%", legend=False)

    def money(self, title: str, totals: Totals, sheet: Sheet) -> None:
        """Draw what a variant costs and saves by year: stacked columns around 0, and the net as a line."""
        say = self.book.language.say
        first, last = totals.differences
        years = [sheet.name, totals.head, first, totals.head, last]
        chart = self.book.raw.add_chart({"type": "column", "subtype": "stacked"})
        for row, colour in ((totals.effort, EFFORT), (totals.benefits, BENEFITS)):
            chart.add_series(
                {
                    "name": [sheet.name, row, 1],
                    "categories": years,
                    "values": [sheet.name, row, first, row, last],
                    "fill": {"color": colour},
                    "gap": 80,
                }
            )
        net = self.book.raw.add_chart({"type": "line"})
        net.add_series(
            {
                "name": say("net cost to the municipality"),
                "categories": years,
                "values": [sheet.name, totals.net, first, totals.net, last],
                "line": {"color": INK, "width": 2.25},
                "marker": {"type": "circle", "size": 7, "fill": {"color": INK}},
            }
        )
        chart.combine(net)
        chart.set_x_axis({"label_position": "low"})
        self._add(chart, title, "#,##0", from_zero=False)

    def _add(self, chart: Chart, title: str, form: str, *, legend: bool = True, from_zero: bool = True) -> None:
        grid = {"visible": True, "line": {"color": GRID}}
        axis = {"num_format": form, "major_gridlines": grid}
        if legend:
            chart.set_y_axis({**axis, "min": 0} if from_zero else axis)
            chart.set_legend({"position": "bottom"})
        else:
            chart.set_x_axis(axis)
            chart.set_legend({"none": True})
        chart.set_title({"name": title, "name_font": {"size": 11, "bold": True}})
        chart.set_size({"width": _WIDTH, "height": _HEIGHT})
        row = self.sheet.row + self._count // _ACROSS * _ROWS
        if self._count and self._count % (2 * _ACROSS) == 0:
            self.sheet.breaks.append(row)
        self.sheet.raw.insert_chart(row, self._count % _ACROSS * _COLUMNS, chart, {"description": title})
        self._count += 1
