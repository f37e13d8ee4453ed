"""Fill the tables of docs/systems, and those about money, from finished runs.

``python -m docs.fill_systems [DIRECTORY [PAGE ...]]``; a page by its name: ``three_in_one``, ``budget_notes``.

A table stands between two comments, the first of which says what it shows, in parts divided by ``|``:

- ``table figures | BASELINE | VARIANT ... | KPI ...``: key figures of the baseline, and paired differences;
- ``table money | BASELINE | VARIANT ... | LINE, LINE ... | FIGURE, FIGURE ...``: lines of the ledger, in 1,000 kr,
  over all years, and figures of the business case (a comma within a name is written as ``;``);
- ``table nets | BASELINE | VARIANT ...``: net costs under each judgement that they depend on;
- ``table persons | BASELINE | VARIANT ...``: whose saving it is, postponed or avoided;
- ``table departments | BASELINE | VARIANT ... | KPI ...``: paired differences by department;
- ``table desks | BASELINE | VARIANT ... | COLUMN | DEPARTMENT ... | DEPARTMENT ...``: of all posts, by year;
- ``table used | RUN ... | ROLE``: the share of a role's hours that is used, by year;
- ``table stock | RUN ... | WEEK ... | GROUP ...``: mean stock at the end of these weeks;
- ``table years | RUN ... | COLUMN ... | GROUP ...``: mean flows of each calendar year (without groups: of all);
- ``table reached | RUN ... | SINCE:EVENT:WEEKS:GROUP ...``: the share that has reached something within the weeks;
- ``table claims | COLUMN | BASELINE | POLICY | CAUSE | BOTH | YEAR YEAR``: before and after, and what was caused;
- ``table sums | BASELINE | VARIANT ... | COLUMN ...``: sums of columns of the citizens table, with differences;
- ``table spells | BASELINE | VARIANT ... | GROUP ... | WEEKS``: weeks on benefit of who entered in the first year.

What a page says in words is written by hand: read it again after the tables have changed.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import sim
from docs.filling.cells import KPI_BY_NAME, Rows, Runs, Written, interval, label, number, of_values, shown
from docs.filling.departments import departments, desks, used
from docs.filling.money import money, nets, persons
from docs.make_reference import DOCS
from docs.reference.markdown import table

SYSTEMS = DOCS / "systems"
TABLE = re.compile(r"(<!-- table (\w+) \| (.*?) -->\n)(.*?)(<!-- end -->)", re.DOTALL)
PAGES = (
    DOCS / "budget_notes.md",
    DOCS / "trial.md",
    *(page for page in sorted(SYSTEMS.glob("*.md")) if page.stem != "index"),
)
"""Pages with tables to fill."""


def figures(runs: Runs, baseline: str, variants: str, kpis: str) -> Written:
    """Key figures of a baseline, and paired differences of variants."""
    names = variants.split()
    compared: list[Any] = [sim.compare(runs[name], runs[baseline]).differences.set_index("kpi") for name in names]

    def rows() -> Rows:
        for kpi in kpis.split():
            share = KPI_BY_NAME[kpi].unit == "share"
            factor = 100.0 if share else 1.0
            places = 1 if share or abs(compared[0].at[kpi, "baseline_mean"]) < 1000 else 0
            cells = [number(factor * compared[0].at[kpi, "baseline_mean"], places)]
            for one in compared:
                difference, low, high = (
                    factor * one.at[kpi, column] for column in ("difference", "ci95_low", "ci95_high")
                )
                small = 2 if abs(difference) < 1 else 1
                cells.append(interval((difference, low, high), max(places, small) if places else 0, sign=True))
            yield (label(kpi), *cells)

    return ("", f"`{shown(baseline)}`", *(f"`{shown(name)}`, difference" for name in names)), rows()


def stock(runs: Runs, names: str, weeks: str, groups: str = "") -> Written:
    """Mean stock at the end of weeks, by run or by group."""
    listed = names.split()
    frames = {name: runs[name].weekly for name in listed}
    columns = [(name, group) for name in listed for group in groups.split() or [""]]

    def rows() -> Rows:
        for week in (int(week) for week in weeks.split()):
            cells = []
            for name, group in columns:
                frame = frames[name]
                chosen = frame[(frame.week == week) & (frame.group.astype(str).isin([group]) if group else True)]
                cells.append(of_values(chosen.groupby("replication").stock.sum().to_numpy(float), 0))
            at = frames[listed[0]]
            date = pd.Timestamp(at[at.week == week].date.iloc[0]).date()
            yield (f"{date}", *cells)

    heads = [f"`{group}`" if len(listed) == 1 else f"`{shown(name)}`" for name, group in columns]
    return ("citizens", *heads), rows()


def _yearly(frame: pd.DataFrame, column: str, groups: Sequence[str]) -> pd.DataFrame:
    """Sums of a weekly column by replication and calendar year of the week's end."""
    chosen = frame[(frame.week > 0) & (frame.group.astype(str).isin(list(groups)) if groups else True)]
    ends = pd.to_datetime(chosen.date) - pd.Timedelta(days=1)
    summed = chosen.assign(year=ends.dt.year).groupby(["replication", "year"])[column].sum()
    return summed.unstack()


def years(runs: Runs, names: str, columns: str, groups: str = "") -> Written:
    """Mean flows of each calendar year."""
    listed = names.split()
    cells = {
        (name, column): _yearly(runs[name].weekly, column, groups.split())
        for name in listed
        for column in columns.split()
    }

    def rows() -> Rows:
        for year in next(iter(cells.values())).columns:
            yield (str(year), *(of_values(frame[year].to_numpy(float), 1) for frame in cells.values()))

    return ("in the year", *(f"{column}, `{shown(name)}`" for name, column in cells)), rows()


def reached(runs: Runs, names: str, wanted: str) -> Written:
    """Shares that have reached something within so many weeks."""
    frames = [
        runs[name].incidence_summary.astype({"since": str, "event": str, "group": str, "department": str})
        for name in names.split()
    ]

    def rows() -> Rows:
        for since, event, within, group in (one.split(":") for one in wanted.split()):
            cells = []
            for frame in frames:
                row = frame[
                    (frame.since == since)
                    & (frame.event == event)
                    & (frame.within_weeks == int(within))
                    & (frame.group == (group or "(all)"))
                    & (frame.department == "(all)")
                ].iloc[0]
                cells.append(interval([100 * float(row[name]) for name in ("mean", "ci95_low", "ci95_high")], 1))
            yield (f"{group or 'all'}: {event} within {within} weeks of {since}, %", *cells)

    return ("", *(f"`{shown(name)}`" for name in names.split())), rows()


def claims(runs: Runs, column: str, nothing: str, policy: str, cause: str, both: str, between: str) -> Written:
    """What before and after differ by where a policy and another cause coincide, and what each of them caused."""
    before, after = (int(year) for year in between.split())
    a = {name: _yearly(runs[name].weekly, column, ()) for name in (nothing, policy, cause, both)}
    change = {name: (frame[after] - frame[before]).to_numpy(float) for name, frame in a.items()}
    effect = (a[both][after] - a[cause][after]).to_numpy(float)
    alone = (a[policy][after] - a[nothing][after]).to_numpy(float)
    market = (a[cause][after] - a[nothing][after]).to_numpy(float)

    def rows() -> Rows:
        yield ("before and after, as the municipality would see it", of_values(change[both], 0, sign=True))
        yield ("the policy, where the other cause is there as well", of_values(effect, 0, sign=True))
        yield ("the policy, where nothing else happens", of_values(alone, 0, sign=True))
        yield ("the other cause alone", of_values(market, 0, sign=True))
        yield ("what would have changed without either", of_values(change[nothing], 0, sign=True))

    return (f"{column}, {after} against {before}", "difference (95 % interval)"), rows()


def spells(runs: Runs, baseline: str, variants: str, groups: str, limit: str) -> Written:
    """Weeks on benefit within a limit, of those who entered in the first year: the paired difference in days."""

    def mean_weeks(name: str, group: str) -> pd.Series:
        frame = runs[name].citizens
        frame = frame[(frame.group.astype(str) == group) & (frame.entry_weeks >= 0) & (frame.entry_weeks < 52)]
        stayed = (frame.exit_weeks.fillna(np.inf) - frame.entry_weeks).clip(upper=float(limit))
        return stayed.groupby(frame.replication).mean()

    names = variants.split()

    def rows() -> Rows:
        for group in groups.split():
            base = mean_weeks(baseline, group)
            cells = [of_values(7 * (mean_weeks(name, group) - base).to_numpy(float), 1, sign=True) for name in names]
            yield (group, f"{7 * base.mean():.0f}", *cells)

    return (
        f"days on benefit, {limit} weeks at most",
        f"`{shown(baseline)}`",
        *(f"`{shown(n)}`" for n in names),
    ), rows()


def sums(runs: Runs, baseline: str, variants: str, columns: str) -> Written:
    """Sums of columns of the citizens table in a replication: the baseline, and paired differences."""
    names = variants.split()

    def of(name: str, column: str) -> "np.ndarray[Any, Any]":
        return runs[name].citizens.groupby("replication")[column].sum().to_numpy(float)

    def rows() -> Rows:
        for column in columns.split():
            base = of(baseline, column)
            yield (
                column,
                number(base.mean(), 0),
                *(of_values(of(name, column) - base, 0, sign=True) for name in names),
            )

    return ("in all", f"`{shown(baseline)}`", *(f"`{shown(name)}`, difference" for name in names)), rows()


KINDS: dict[str, Callable[..., Written]] = {
    "figures": figures, "money": money, "stock": stock, "years": years, "reached": reached, "claims": claims,
    "spells": spells, "sums": sums, "nets": nets, "persons": persons, "departments": departments,
    "desks": desks, "used": used,
}  # fmt: skip


def filled(text: str, runs: Runs) -> str:
    """Return a page with its tables made anew; tables whose runs are not there stay as they are."""

    def made(found: "re.Match[str]") -> str:
        opening, kind, parts, old, closing = found.groups()
        arguments = [" ".join(part.split()) for part in parts.split("|")]
        try:
            head, rows = KINDS[kind](runs, *arguments)
            new = table(tuple(head), [tuple(row) for row in rows])
        except sim.SimError as missing:
            print(f"kept as it is: {kind} | {arguments[0]}: {missing}")
            return found.group()
        return f"{opening}\n{new.strip()}\n\n{closing}" if new.strip() != old.strip() else found.group()

    return TABLE.sub(made, text)


def main() -> None:
    """Fill the tables of every page, or of the pages that are named."""
    runs = Runs(Path(sys.argv[1] if len(sys.argv) > 1 else "results"))
    for page in PAGES:
        if sys.argv[2:] and page.stem not in sys.argv[2:]:
            continue
        text = page.read_text(encoding="utf-8")
        new = filled(text, runs)
        if new != text:
            page.write_text(new, encoding="utf-8", newline="\n")
            print(f"written: {page.relative_to(DOCS.parent).as_posix()}")


if __name__ == "__main__":
    main()
