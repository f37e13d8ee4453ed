"""Calendar time in weeks: the quarters and years over which a ledger adds up."""

from datetime import date, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

_SHORTEST_DAYS = 7


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
    """Divide the observed weeks into calendar quarters.

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
        numbers=tuple((d.month + 2) // 3 for d in begins),
        edges=edges,
        year_weeks=np.array(days) / 7.0,
        left_out_days=(end - until).days,
    )


def discount_factors(years: tuple[int, ...], rate: float) -> NDArray[np.float64]:
    """(1 + rate) ** -(year - first year) for each of `years`."""
    return np.array([(1.0 + rate) ** -(year - years[0]) for year in years])


def _next_quarter(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 4
    return date(day.year + month // 13, (month - 1) % 12 + 1, 1)
