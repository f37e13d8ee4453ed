"""The sheet of a ledger: the business case, every line by calendar year, a chart, full-time and person-years."""

import math

from sim.analysis.ledger.figures import BENEFIT_WEEKS, NET_MUNICIPALITY, Figure
from sim.report.ledger_words import figure_label, line_label, note_text
from sim.report.workbook.book import PER_CENT, UNDEFINED, WHOLE, Book, Cell, Field, Formula, relative
from sim.report.workbook.charts import ChartSheet
from sim.report.workbook.ledger_lines import Totals, put_lines
from sim.report.workbook.pair import Pair
from sim.report.workbook.prices import Prices
from sim.report.workbook.quantities import QuantitySheet
from sim.report.workbook.replications import FIGURES, ReplicationSheet

_YEARS, _WEEKS = "#,##0.0", "0.00"


class LedgerSheet:
    """The ledger of a variant against the baseline."""

    def __init__(self, book: Book, pair: Pair, name: str) -> None:
        self._book, self._pair = book, pair
        self._say = book.language.say
        base, variant = pair.names
        about = self._say("what {variant} costs and saves against {baseline}", variant=variant, baseline=base)
        self.sheet = book.sheet(name, about)

    def fill(
        self, charts: ChartSheet, prices: Prices, quantities: QuantitySheet, replications: ReplicationSheet
    ) -> None:
        """Put everything; the sheets that it refers to are there by now."""
        self._prices = prices
        say, pair, sheet = self._say, self._pair, self.sheet
        base, variant = pair.names
        sheet.heading(
            say("Ledger: {variant} minus {baseline}", variant=variant, baseline=base),
            say("Kroner at the price level of {year}; below 0 the variant costs less.", year=pair.ledger.price_year),
            say("Every amount is a formula: change a price on the sheet of prices; sums, net and intervals follow."),
            *(note_text(note, self._book.language) for note in pair.ledger.told),
        )
        case = sheet.row
        sheet.row += len(pair.ledger.figures) + 4
        totals = put_lines(self._book, sheet, pair, prices, quantities)
        self._put_years()
        end, sheet.row = sheet.row, case
        self._put_case(replications, totals)
        sheet.row = end
        title = say("{variant} minus {baseline} by calendar year, kr", variant=variant, baseline=base)
        charts.money(title, totals, sheet)

    def _put_case(self, replications: ReplicationSheet, totals: Totals) -> None:
        say = self._say
        rows: list[list[Cell]] = []
        for figure in self._pair.ledger.figures:
            label, form = figure_label(figure.name, self._book.language), _form(figure)
            cells = self._fixed(figure)
            if figure.name in FIGURES:
                computed = replications.interval(figure.name)
                # Of a posterior, draws and not replications are independent: only the program counts so.
                cells = computed if self._pair.per_draw == 1 else (computed[0], *cells[1:])
            shown = [cell._replace(form=form) for cell in cells]
            rows.append([label, None, self._unit(figure), None, *shown])
        front = ((say("business case, present values"), 18), ("", 0), (say("unit"), 14), ("", 10))
        fields = [Field(text, width=width) for text, width in front]
        fields += [Field(say("mean")), Field(say("95 % interval: from")), Field(say("to"))]
        self.sheet.table(fields, rows)
        mean = replications.interval(NET_MUNICIPALITY)[0].text.removeprefix("=")
        net = relative(totals.net, totals.present)
        text = say("check: net cost by the lines below minus the mean of the replications; 0: they agree")
        self.sheet.put(self.sheet.row - 1, [text, None, None, None, Formula(f"=ROUND({net}-{mean},0)", 0.0)])

    def _fixed(self, figure: Figure) -> tuple[Formula, Formula, Formula]:
        """Give a figure that only the program can compute: it goes when a price is changed. Weeks have no price."""
        values = (figure.value, figure.ci95_low, figure.ci95_high)
        if figure.name == BENEFIT_WEEKS:
            mean, low, high = (Formula(f"={_literal(value)}", _shown(value)) for value in values)
            return mean, low, high
        same, undefined = f"{self._prices.changed}=0", f'"{UNDEFINED}"'
        gone = f'"{self._say("prices changed: see sim ledger")}"'
        mean, low, high = (
            Formula(f"=IF({same},{_literal(value)},{other})", _shown(value))
            for value, other in zip(values, (gone, undefined, undefined), strict=True)
        )
        if math.isinf(figure.value):
            text = self._say("not by the end of {year}", year=self._pair.quantities.years[-1])
            mean = Formula(f'=IF({same},"{text}",{gone})', text)
        return mean, low, high

    def _unit(self, figure: Figure) -> str:
        if figure.unit == "share":
            return self._say("share of replications")
        return "kr" if figure.unit == "kr" else self._book.language.unit(figure.unit)

    def _put_years(self) -> None:
        """Put full-time and person-years: no price changes them."""
        say, ledger, years = self._say, self._pair.ledger, self._pair.quantities.years
        spans = [j for j, span in enumerate(ledger.spans) if span.kind == "year"]
        found = ledger.intervals
        rows: list[list[Cell]] = []
        for i, line in enumerate(ledger.line_names):
            if line.unit != "years":
                continue
            cells: list[Cell] = [say("quantities"), line_label(line, self._book.language), "", ""]
            for values in (found.baseline_mean, found.mean, found.difference):
                cells += [float(values[i, j]) for j in (*spans, 0)]
            rows.append([*cells, float(found.ci95_low[i, 0]), float(found.ci95_high[i, 0])])
        fields = [Field(""), Field(say("full-time and person-years")), Field(""), Field("")]
        for name in (*self._pair.names, say("difference")):
            fields += [Field(f"{name} {year}", _YEARS) for year in years]
            fields.append(Field(f"{name} {say('in all')}", _YEARS))
        fields += [Field(say("95 % interval: from"), _YEARS), Field(say("to"), _YEARS)]
        self.sheet.table(fields, rows, title=say("Full-time and person-years"))


def _form(figure: Figure) -> str:
    return {"kr": WHOLE, "share": PER_CENT, "years": _YEARS}.get(figure.unit, _WEEKS)


def _literal(value: float) -> str:
    """Write a number into a formula."""
    return repr(value) if math.isfinite(value) else f'"{UNDEFINED}"'


def _shown(value: float) -> float | str:
    return value if math.isfinite(value) else UNDEFINED
