"""What a ledger shows: variants beside each other, and each by calendar year as the budget notes' tables."""

import math
from collections.abc import Iterable, Sequence

from sim.analysis.components import Components
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.business_case import ROUNDING
from sim.analysis.ledger.by_person import kr_line, years_line
from sim.analysis.ledger.figures import (
    BREAK_EVEN,
    EXTRA_COST,
    NET_BOTH,
    NET_MUNICIPALITY,
    NET_STATE,
    NET_WITH,
    SAVING,
    SAVING_WITH,
    Figure,
)
from sim.analysis.ledger.ledger import PERSON_LINES
from sim.analysis.ledger.lines import BOTH, IN_ALL, MUNICIPALITY, STATE, Line, after_exit
from sim.analysis.ledger.persons import LABELS, Change
from sim.catalogue import Destination
from sim.report.ledger_sentences import sentences
from sim.report.uncertainty import LEGEND, components_view
from sim.report.view import Cell, Column, Estimate, Interval, Number, Page, View, figure

_THOUSAND, _MILLION = 1e3, 1e6
_COUNTS = ("draws", "replications")


_JOBS = after_exit(Destination.JOB)


def overview_page(ledgers: Sequence[Ledger]) -> Page:
    """Show variants beside each other: what each costs and saves against the one baseline.

    Parameters
    ----------
    ledgers
        At least one; all against the same baseline.
    """
    base = ledgers[0].baseline
    money = {"extra cost": EXTRA_COST, "saving": SAVING, "net cost": NET_MUNICIPALITY}
    if any(abs(_figure_of(ledger, NET_STATE).value) > ROUNDING for ledger in ledgers):
        money["net cost with the state"] = NET_BOTH
    headings = (*money, "jobs, years", "break-even, weeks")
    largest = max(abs(_figure_of(ledger, name).value) for ledger in ledgers for name in money.values())
    scale, decimals, unit = (_MILLION, 1, "million kr") if largest >= _MILLION else (_THOUSAND, 0, "1,000 kr")
    rows: list[tuple[Cell, ...]] = [
        (
            ledger.variant,
            *(_estimate(_figure_of(ledger, name), scale, decimals) for name in money.values()),
            _estimate(_jobs(ledger), 1.0, 1),
            _estimate(_figure_of(ledger, BREAK_EVEN), 1.0, 2),
        )
        for ledger in ledgers
    ]
    columns = (Column("variant"), *(Column(heading, right=True) for heading in headings))
    view = View(f"business case, each minus {base}, {unit}", columns, tuple(rows))
    notes = dict.fromkeys(note for ledger in ledgers for note in ledger.notes)
    below = (*(text for ledger in ledgers for text in sentences(ledger)), "")
    apart = tuple(_apart(ledger) for ledger in ledgers if ledger.components)
    legend = (*_meanings(ledgers[0], money), *(LEGEND if apart else ()))
    return Page((view, *apart), below=below, legend=legend, notes=tuple(notes))


def _apart(ledger: Ledger) -> View:
    """Show what is not known of the parameters, and chance, apart."""
    rows = ((name, "1,000 kr", _in_thousands(one)) for name, one in ledger.components.items())
    return components_view(f"{ledger.variant} minus {ledger.baseline}", rows, signed=False)


def _in_thousands(one: Components) -> Components:
    amounts = {name: value / _THOUSAND for name, value in one._asdict().items() if name not in _COUNTS}
    return one._replace(**amounts)


def _meanings(ledger: Ledger, money: Iterable[str]) -> tuple[str, ...]:
    base = ledger.baseline
    both = "net cost with the state: the same for municipality and state together"
    until = f"to the end of {_last_year(ledger)}"
    return (
        f"money: present value {until} at {_rate(ledger)}; price level {ledger.price_year}",
        "in brackets: 95 % intervals, paired by replication; without one: there is no chance in it",
        f"extra cost: what staff, evaluation, programmes and other budgets cost more than in {base}",
        f"saving: what the municipality pays less than in {base} for benefits and after exits",
        "net cost: extra cost minus saving, to the municipality; below 0 the variant pays for itself",
        *([both] if "net cost with the state" in money else []),
        f"jobs: person-years in jobs, counted from the exit {until}, more than in {base}",
        "break-even: weeks of benefit that each treated citizen would have to save to pay the extra cost",
    )


def _figure_of(ledger: Ledger, name: str) -> Figure:
    return next(one for one in ledger.figures if one.name == name)


def _jobs(ledger: Ledger) -> Figure:
    """Person-years in jobs, all in all, as a figure."""
    found, i = ledger.intervals, ledger.line_names.index(_JOBS)
    difference, low, high = (float(x[i, 0]) for x in (found.difference, found.ci95_low, found.ci95_high))
    return Figure(_JOBS.name, _JOBS.unit, difference, low, high, int(found.replications[i, 0]))


def _estimate(of: Figure, scale: float, decimals: int) -> Estimate:
    """Show a figure with its interval; without one where there is no chance in it."""
    return Estimate(
        Number(of.value / scale, decimals), Interval(of.ci95_low / scale, of.ci95_high / scale, decimals)
    )


def _rate(ledger: Ledger) -> str:
    return str(ledger.terms.discount)


def _last_year(ledger: Ledger) -> str:
    return ledger.spans[0].name[-4:]


def ledger_page(ledger: Ledger) -> Page:
    """Show a ledger in detail: the differences by calendar year, then the business case.

    Lines that differ in no replication are left out, and those that are not known, except in the totals; the files
    have all.
    """
    who, pairs = f"{ledger.variant} minus {ledger.baseline}", f"{ledger.replications:,} pairs of replications"
    views = [
        _lines(ledger, [line for line in ledger.line_names if line.unit == unit], f"{who}, {text}, {pairs}")
        for unit, text in (
            ("kr", f"1,000 kr, price level {ledger.price_year}"),
            ("years", "full-time and person-years"),
        )
    ]
    legend = (
        f"differences: {who}; below 0: it costs less, or has fewer",
        "95 % intervals of the mean, paired by replication; in brackets: not in the totals, for comparison",
        f"postponed: the same person leaves in both by the end of {_last_year(ledger)} for the same destination, so "
        "the saving is time; avoided so far: leaves in one only, and may still leave in the other later",
    )
    views += [
        _case(ledger, f"{who}, business case, present values"),
        _persons(ledger, f"{who}, postponed or avoided, person by person, 1,000 kr, present values"),
        *_beyond(ledger, who),
    ]
    return Page(tuple(views), legend=legend, notes=ledger.notes)


def _lines(ledger: Ledger, lines: Sequence[Line], title: str) -> View:
    kr = lines[0].unit == "kr"
    shown = [j for j, period in enumerate(ledger.spans) if period.kind == "year"]
    rate = f"present value at {_rate(ledger)}"
    columns = [
        Column(""),
        *([Column("payer", behind=True)] if kr else []),
        *(figure(heading) for heading in (*(ledger.spans[j].name for j in shown), "in all")),
        figure("95 % interval", part=f"{title}, in all"),
        *([Column(rate, right=True, part=f"{title}, in all")] if kr else []),
    ]
    rows: list[tuple[Cell, ...]] = []
    ends = []
    section = ""
    for line in lines:
        if _same(ledger, line) or (line == IN_ALL[BOTH] and _same(ledger, IN_ALL[STATE])):
            continue
        if line.section != "total" and _unknown(ledger, line):
            continue
        if line.section != section and section:
            ends.append(len(rows) - 1)
        section = line.section
        rows.append(_row(ledger, line, shown, kr=kr))
    return View(title, tuple(columns), tuple(rows), frozenset(ends))


def _same(ledger: Ledger, line: Line) -> bool:
    """No difference in any replication and period."""
    i = ledger.line_names.index(line)
    return bool(ledger.intervals.identical[i].all())


def _unknown(ledger: Ledger, line: Line) -> bool:
    """No value in any replication and period."""
    return not ledger.intervals.replications[ledger.line_names.index(line)].any()


def _row(ledger: Ledger, line: Line, shown: Sequence[int], *, kr: bool) -> tuple[Cell, ...]:
    i, found = ledger.line_names.index(line), ledger.intervals
    scale, decimals = (_THOUSAND, 0) if kr else (1.0, 1)

    def number(value: float) -> Number:
        return Number(value / scale, decimals)

    name = line.name if line.section in ("total", "quantities") else f"{line.section}: {line.name}"
    low, high = found.ci95_low[i, 0], found.ci95_high[i, 0]
    return (
        name if line.counted or line.section in ("total", "quantities") else f"({name})",
        *((line.payer,) if kr else ()),
        *(number(found.difference[i, j]) for j in (*shown, 0)),
        "" if math.isnan(low) else Interval(low / scale, high / scale, decimals),
        *((number(found.difference[i, 1]),) if kr else ()),
    )


def _case(ledger: Ledger, title: str) -> View:
    columns = (Column(""), Column("unit", behind=True), figure("value"), figure("95 % interval"))
    shown = (one for one in ledger.figures if not one.name.startswith((SAVING_WITH, NET_WITH)))
    return View(title, columns, tuple(_figure(one, ledger) for one in shown))


def _persons(ledger: Ledger, title: str) -> View:
    """Show who the municipality's saving comes from, by what has become of their exit; the last row is all of it."""
    found = ledger.person_intervals
    rows: list[tuple[Cell, ...]] = []
    for of, change in zip(ledger.persons, Change, strict=True):
        i, j = (PERSON_LINES.index(line) for line in (kr_line(change, MUNICIPALITY), years_line(change)))
        weeks = Interval(-found.ci95_high[j, 0], -found.ci95_low[j, 0], 1)
        saved = Interval(-found.ci95_high[i, 1] / _THOUSAND, -found.ci95_low[i, 1] / _THOUSAND, 0)
        rows.append(
            (
                LABELS[change],
                Number(of.value, 1),
                Estimate(Number(-found.difference[j, 0], 1), weeks),
                Estimate(Number(-found.difference[i, 1] / _THOUSAND, 0), saved),
            )
        )
    rows.append(("all", Number(sum(of.value for of in ledger.persons), 1), "", _of_all(ledger)))
    columns = (
        Column("the person"),
        figure("persons"),
        figure("years on benefit less", short="years less"),
        figure("saving"),
    )
    return View(title, columns, tuple(rows), frozenset({len(rows) - 2}))


def _of_all(ledger: Ledger) -> Estimate:
    return _estimate(_figure_of(ledger, SAVING), _THOUSAND, 0)


def _beyond(ledger: Ledger, who: str) -> list[View]:
    """Show what the saving comes to if it lasts after the ledger: each choice beside the others."""
    named = {one.name: one for one in ledger.figures}
    rows: list[tuple[Cell, ...]] = [
        (choice, *(_estimate(named[f"{of}{choice}"], _THOUSAND, 0) for of in (SAVING_WITH, NET_WITH)))
        for choice in (name.removeprefix(SAVING_WITH) for name in named if name.startswith(SAVING_WITH))
    ]
    title = f"{who}, if the saving lasts after the ledger, 1,000 kr, present values"
    columns = (Column("assumption"), figure("saving"), figure("net cost to the municipality"))
    return [View(title, columns, tuple(rows))] if rows else []


def _figure(of: Figure, ledger: Ledger) -> tuple[Cell, ...]:
    scale, unit, decimals = 1.0, of.unit, 2
    if of.unit == "kr":
        scale, unit, decimals = 1.0 / _THOUSAND, "1,000 kr", 0
    elif of.unit == "share":
        scale, unit, decimals = 100.0, "%", 0
    value: Cell = Number(scale * of.value, decimals)
    if math.isinf(of.value):
        value = f"not by the end of {_last_year(ledger)}"
    return of.name, unit, value, Interval(scale * of.ci95_low, scale * of.ci95_high, decimals)
