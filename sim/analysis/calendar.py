"""The calendar of a run: which quarters and years its weeks and moments are in.

Quarters begin on 1 January, April, July and October, years on 1 January. What can be cut at any moment is divided
at those dates exactly: citizens' time, posts, money (`quarters`). Weekly counts can only be taken whole: a week
belongs to the quarter and year in which its fourth day lies (`periods`). For weeks from Monday to Sunday that is
Thursday, as in ISO 8601. So at most three days of a week count in another quarter than the one they lie in.
"""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SHORTEST_DAYS = 7


class Period(NamedTuple):
    """Whole weeks of a stretch of calendar time.

    Attributes
    ----------
    kind
        "total" (all observed weeks), "year" or "quarter".
    name
        "2018", "2018Q1"; of the total: first and last day.
    weeks
        Numbers of its weeks, as in the weekly table: the week that ends so many weeks after the start.
    """

    kind: str
    name: str
    weeks: tuple[int, ...]


class Quarters(NamedTuple):
    """Calendar quarters from the start date on, the first and the last perhaps observed in part.

    Attributes
    ----------
    years, numbers
        Calendar year and number (1 to 4) of each quarter.
    edges
        Where each begins, and where the last ends, in weeks since the start date.
    year_weeks
        Weeks of the whole calendar year each belongs to: 365 or 366 days / 7.
    left_out_days
        Days at the end that are in no quarter: of a calendar year of which less than a week is observed.
    """

    years: tuple[int, ...]
    numbers: tuple[int, ...]
    edges: NDArray[np.float64]
    year_weeks: NDArray[np.float64]
    left_out_days: int

    @property
    def names(self) -> tuple[str, ...]:
        """Of the quarters: "2018Q1"."""
        return tuple(f"{year}Q{number}" for year, number in zip(self.years, self.numbers, strict=True))

    @property
    def weeks(self) -> NDArray[np.float64]:
        """Observed weeks of each quarter."""
        return np.diff(self.edges)

    @property
    def calendar_years(self) -> tuple[int, ...]:
        """The years, each once."""
        return tuple(dict.fromkeys(self.years))

    def by_year(self, quarterly: NDArray[np.float64]) -> NDArray[np.float64]:
        """Add up quarters (the last axis) to calendar years."""
        firsts = [self.years.index(year) for year in self.calendar_years]
        return np.add.reduceat(quarterly, firsts, axis=-1)


def quarters(start: date, horizon_weeks: int) -> Quarters:
    """Divide the observed time into calendar quarters, at their exact dates.

    A last calendar year of which less than a week is observed is left out: 209 weeks from 1 January 2018 end on
    2 January 2022 and make four years.
    """
    end = start + timedelta(weeks=horizon_weeks)
    last_year = date(end.year, 1, 1)
    until = last_year if start < last_year and (end - last_year).days < _SHORTEST_DAYS else end
    begins, day = [], start
    while day < until:
        begins.append(day)
        day = _next_quarter(day)
    edges = np.array([(d - start).days / 7.0 for d in [*begins, until]])
    days = [(date(d.year + 1, 1, 1) - date(d.year, 1, 1)).days for d in begins]
    return Quarters(
        years=tuple(d.year for d in begins),
        numbers=tuple(_number(d) for d in begins),
        edges=edges,
        year_weeks=np.array(days) / 7.0,
        left_out_days=(end - until).days,
    )


def periods(start: date, horizon_weeks: int) -> tuple[Period, ...]:
    """Put the observed weeks, each whole, into the total, calendar years and quarters.

    A week belongs to the period in which its fourth day lies.
    """
    middles = {week: start + timedelta(days=7 * week - 4) for week in range(1, horizon_weeks + 1)}
    last = start + timedelta(days=7 * horizon_weeks - 1)
    found = [Period("total", f"{start.isoformat()} to {last.isoformat()}", tuple(middles))]
    for kind, name_of in (("year", _year), ("quarter", _quarter)):
        names = {week: name_of(day) for week, day in middles.items()}
        found += [
            Period(kind, name, tuple(week for week, of in names.items() if of == name))
            for name in dict.fromkeys(names.values())
        ]
    return tuple(found)


def _year(day: date) -> str:
    return f"{day.year}"


def _quarter(day: date) -> str:
    return f"{day.year}Q{_number(day)}"


def _number(day: date) -> int:
    return (day.month + 2) // 3


def _next_quarter(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 13, (month - 1) % 12 + 1, 1)
