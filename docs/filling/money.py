"""Money in the tables of pages: lines of the ledger, what a net cost depends on, whose saving it is."""

import pandas as pd

import sim
from docs.filling.cells import Rows, Runs, Written, interval, shown
from docs.reference.shipped import CONFIGS
from sim.analysis.ledger.ledger import Ledger
from sim.analysis.ledger.persons import LABELS, Change

LADDER, RATES, OUTSIDE, DISPLACED = "refund_ladder", "fleksjob_and_pension", "all_exits_save", "displacement_half"
PAYERS = {
    "municipality": "net cost to the municipality",
    "state": "net cost to the state",
    "both": "net cost to both",
}
JUDGEMENTS: tuple[tuple[str, str, str], ...] = (
    ("as above", "", "municipality"),
    ("half of the jobs taken from somebody else", DISPLACED, "municipality"),
    ("the saving halves every two years after the ledger, ten more years", "", "half-life"),
    ("the saving lasts, ten more years", "", "permanent"),
    ("by the state's refund ladder: municipality", LADDER, "municipality"),
    ("the same: state", LADDER, "state"),
    ("fleksjob and pension at the law's rates: municipality", RATES, "municipality"),
    ("the same: state", RATES, "state"),
    ("the same: both", RATES, "both"),
    ("every exit saves (a view from outside)", OUTSIDE, "municipality"),
)
"""What a net cost depends on: its name in the table, the file of prices ("": the runs' own), which figure."""


def ledger(runs: Runs, name: str, baseline: str, prices: str = "") -> Ledger:
    """Make the ledger of a run, at its own prices or at those of a shipped file."""
    key = name, baseline, prices
    if key not in runs.ledgers:
        money = CONFIGS / "prices" / f"{prices}.toml" if prices else None
        runs.ledgers[key] = sim.ledger(runs[name], runs[baseline], money=money)
    return runs.ledgers[key]


def money(runs: Runs, baseline: str, variants: str, lines: str, cases: str) -> Written:
    """Lines of the ledger over all years in 1,000 kr, and figures of the business case."""
    names = variants.split()
    ledgers = [ledger(runs, name, baseline) for name in names]

    def rows() -> Rows:
        for line in (part.strip().replace(";", ",") for part in lines.split(",")):
            cells, told = [], line
            for one in ledgers:
                frame = one.lines
                found = frame[(frame.line == line) & (frame.period_kind == "total")]
                if found.empty:
                    cells.append("-")
                    continue
                row = found.iloc[0]
                if row.unit == "kr":
                    cells.append(in_thousands(row, "difference"))
                else:
                    told = f"{line}, person-{row.unit}"
                    cells.append(
                        interval([float(row[c]) for c in ("difference", "ci95_low", "ci95_high")], 0, sign=True)
                    )
            yield (told, *cells)
        for case in (part.strip().replace(";", ",") for part in cases.split(",") if part.strip()):
            figures = [one.business_case[one.business_case.figure == case].iloc[0] for one in ledgers]
            if figures[0].unit == "kr":
                yield (case, *(in_thousands(row, "value") for row in figures))
                continue
            three = [[float(row[c]) for c in ("value", "ci95_low", "ci95_high")] for row in figures]
            yield (f"{case}, {figures[0].unit}", *(interval(values, 2) for values in three))

    return ("1,000 kr in all years", *(f"`{shown(name)}`" for name in names)), rows()


def in_thousands(row: "pd.Series[float]", column: str) -> str:
    """An amount of kr with its interval, in 1,000 kr; a dash where it is not known."""
    return interval([float(row[name]) / 1000.0 for name in (column, "ci95_low", "ci95_high")], 0, sign=True)


def nets(runs: Runs, baseline: str, variants: str) -> Written:
    """Net costs, present value, under each judgement that they depend on."""
    names = variants.split()
    files = dict.fromkeys(prices for _, prices, _ in JUDGEMENTS)
    frames = {(name, file): ledger(runs, name, baseline, file).business_case for name in names for file in files}

    def rows() -> Rows:
        for told, file, which in JUDGEMENTS:
            cells = []
            for name in names:
                frame = frames[name, file]
                if which in PAYERS:
                    chosen = frame[frame.figure == PAYERS[which]]
                else:
                    start = f"{PAYERS['municipality']}, {which}"
                    chosen = frame[frame.figure.str.startswith(start)]
                cells.append(in_thousands(chosen.iloc[0], "value"))
            yield (told, *cells)

    return ("net cost, 1,000 kr, present value", *(f"`{shown(name)}`" for name in names)), rows()


def persons(runs: Runs, baseline: str, variants: str) -> Written:
    """Whose saving it is: persons, and what is paid for their benefits and after their exits."""
    names = variants.split()
    made = [ledger(runs, name, baseline) for name in names]

    def cells(one: Ledger, label: str) -> tuple[str, str]:
        case, by_person = one.business_case, one.by_person
        count = case[case.figure == f"persons: {label}"].iloc[0]
        of_label = by_person[(by_person.line == label) & (by_person.period_kind == "total")]
        kr = of_label[(of_label.unit == "kr") & (of_label.payer == "municipality")].iloc[0]
        return f"{count.value:,.0f}", in_thousands(kr, "difference")

    def rows() -> Rows:
        for change in Change:
            if change == Change.ALIKE:
                continue
            found = [cells(one, LABELS[change]) for one in made]
            if change != Change.UNPAIRED or any(of[0] != "0" for of in found):
                yield (LABELS[change], *(cell for of in found for cell in of))

    heads = [f"`{shown(name)}`: {what}" for name in names for what in ("persons", "1,000 kr")]
    return ("the person", *heads), rows()
