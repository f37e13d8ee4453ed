"""Departments and posts in the tables of pages: what changes in which of them, and when."""

import numpy as np
import pandas as pd

import sim
from docs.filling.cells import KPI_BY_NAME, Rows, Runs, Written, interval, label, of_values, shown
from sim.api.result import Result


def quarters(result: Result) -> pd.DataFrame:
    """Give the coordinators table with the calendar year of each quarter, and the hours spent in all."""
    frame = result.coordinators
    middle = pd.to_timedelta((frame.from_weeks + frame.to_weeks) / 2 * 7, unit="D")
    spent = [
        name for name in frame if str(name).startswith("hours_") and name not in ("hours_net", "hours_available")
    ]
    return frame.assign(
        year=(pd.Timestamp(result.weekly.date.min()) + middle).dt.year,
        department=frame.department.astype(str),
        role=frame.role.astype(str),
        hours_spent=frame[spent].sum(axis=1),
    )


def departments(runs: Runs, baseline: str, variants: str, kpis: str) -> Written:
    """Paired differences of each department, as `sim compare --by department` shows them."""
    names = variants.split()
    compared = [sim.compare(runs[name], runs[baseline]).by_part for name in names]

    def rows() -> Rows:
        first = compared[0]
        for kpi in kpis.split():
            factor = 100.0 if KPI_BY_NAME[kpi].unit == "share" else 1.0
            head = label(kpi)
            for part in first.loc[first.kpi == kpi, "department"].unique():
                cells = []
                for frame in compared:
                    row = frame[(frame.kpi == kpi) & (frame.department == part)].iloc[0]
                    three = [factor * float(row[name]) for name in ("difference", "ci95_low", "ci95_high")]
                    cells.append(interval(three, 2 if abs(three[0]) < 1 else 1, sign=True))
                base = first[(first.kpi == kpi) & (first.department == part)].iloc[0].baseline_mean
                yield (head, f"`{part}`" if part != "(all)" else "all", f"{factor * base:,.1f}", *cells)
                head = ""

    return ("", "department", f"`{shown(baseline)}`", *(f"`{shown(name)}`, difference" for name in names)), rows()


def desks(runs: Runs, baseline: str, variants: str, column: str, *parts: str) -> Written:
    """Yearly means over quarters of a column of the coordinators table, summed over all posts of a department."""
    names = variants.split()
    chosen = [part.split() for part in parts]

    def yearly(name: str) -> pd.DataFrame:
        keys = ["replication", "year", "department"]
        summed = quarters(runs[name]).groupby([*keys, "period"])[column].sum()
        return summed.groupby(keys).mean().unstack("department")

    frames = {name: yearly(name) for name in (baseline, *names)}

    def rows() -> Rows:
        for year in frames[baseline].index.get_level_values("year").unique():
            cells = []
            for part in chosen:
                of_year = {
                    name: of[of.index.isin([year], level="year")][part].mean(axis=1) for name, of in frames.items()
                }
                cells.append(of_values(of_year[baseline].to_numpy(float), 0))
                for name in names:
                    cells.append(of_values(np.asarray(of_year[name] - of_year[baseline], float), 0, sign=True))
            yield (str(year), *cells)

    heads = [
        head
        for part in chosen
        for head in (
            f"{len(part)} departments: `{shown(baseline)}`",
            *(f"{len(part)} departments: `{shown(name)}`, difference" for name in names),
        )
    ]
    return (f"{column.replace('_', ' ')} of a department", *heads), rows()


def used(runs: Runs, names: str, role: str) -> Written:
    """Share of the hours of a role that are used, by year in which it has posts."""
    listed = names.split()

    def yearly(name: str) -> pd.DataFrame:
        frame = quarters(runs[name])
        summed = frame[frame.role == role].groupby(["year", "replication"])[["hours_spent", "hours_available"]].sum()
        of_year = summed.hours_available.groupby("year").transform("mean")
        fullest: pd.DataFrame = summed[of_year > of_year.max() / 10]  # not a year in whose first days the posts end
        return fullest

    frames = {name: yearly(name) for name in listed}

    def rows() -> Rows:
        for year in next(iter(frames.values())).index.get_level_values("year").unique():
            cells = []
            for frame in frames.values():
                of_year = frame[frame.index.isin([year], level="year")]
                cells.append(of_values(100 * (of_year.hours_spent / of_year.hours_available).to_numpy(float), 1))
            yield (str(year), *cells)

    return (f"hours of the {role.replace('_', ' ')} in use, %", *(f"`{shown(name)}`" for name in listed)), rows()
