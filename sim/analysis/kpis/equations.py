"""Kinds of equations: shares of the starting citizens, rates, means, waits, hours."""

import math
from collections.abc import Callable, Iterable
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.analysis.kpis.kpi import Columns, Counted
from sim.catalogue import WEEKS_PER_YEAR

Equation = Callable[[Counted], float]


def total(*columns: NDArray[Any]) -> float:
    """Sum one or more columns, rounded once: rows of zeros, and the order of the rows, change nothing."""
    whole = sum(int(column.sum()) for column in columns if column.dtype.kind in "biu")
    floats = (column.tolist() for column in columns if column.dtype.kind == "f")
    return math.fsum(chain([whole], *floats))


def ratio(top: float, bottom: float) -> float:
    """Divide; undefined if there is nothing to divide by."""
    return float(top) / float(bottom) if bottom else math.nan


def of_cohort(x: Counted, those: NDArray[np.bool_]) -> float:
    """Share of the starting citizens who are among those."""
    return ratio(total(x.cohort[those]), total(x.cohort))


def reached(column: str) -> Equation:
    """Share of the starting citizens for whom the moment of something is known."""
    return lambda x: of_cohort(x, ~np.isnan(x.citizens[column]))


def left_to(code: int) -> Equation:
    """Share of the starting citizens who left to a destination."""
    return lambda x: of_cohort(x, x.citizens["destination"] == code)


def per_year(column: str) -> Equation:
    """Sum of a column per citizen and year."""
    return lambda x: ratio(total(x.citizens[column]), _citizen_years(x))


def per_100_years(happened: Equation) -> Equation:
    """How often something happened per 100 citizens and year."""
    return lambda x: ratio(100.0 * happened(x), _citizen_years(x))


def _citizen_years(x: Counted) -> float:
    return x.citizen_weeks / WEEKS_PER_YEAR


def times(column: str) -> Equation:
    """Of how many citizens the moment of something is known."""
    return lambda x: float((~np.isnan(x.citizens[column])).sum())


def exits_to(code: int) -> Equation:
    """How many citizens left to a destination."""
    return lambda x: float((x.citizens["destination"] == code).sum())


def between(start: str, end: str) -> Equation:
    """Mean of the weeks from one moment to another, of citizens for whom both are known."""

    def mean(x: Counted) -> float:
        gaps = x.citizens[end] - x.citizens[start]
        known = gaps[gaps >= 0.0]  # Not true of NaN, nor where the end is that of an earlier case.
        return ratio(total(known), known.size)

    return mean


def sums(top: str, *bottom: str) -> Equation:
    """Sum of a column of citizens over the sum of others."""
    return lambda x: ratio(total(x.citizens[top]), total(*(x.citizens[b] for b in bottom)))


def hours_on(*tasks: str) -> Equation:
    """Share of the coordinators' available hours spent on these tasks."""
    return lambda x: ratio(worked(x.coordinators, tasks), total(x.coordinators["hours_available"]))


def worked(posts: Columns, tasks: Iterable[str]) -> float:
    """Hours that posts spent on these tasks."""
    return total(*(posts[f"hours_{task}"] for task in tasks))


def full_time_weeks(posts: Columns) -> float:
    """Weeks that posts are filled, a part-time post by its share."""
    return total(posts["full_time_share"] * posts["employed_weeks"])


def mean_list(posts: Columns) -> float:
    """Citizens on the list of a filled full-time post."""
    weeks = posts["to_weeks"] - posts["from_weeks"]
    return ratio(total(posts["caseload"] * weeks), full_time_weeks(posts))


def with_lists(posts: Columns) -> Columns:
    """Keep the posts of roles of which at least one post has citizens on its list."""
    kept = np.isin(posts["role"], posts["role"][posts["caseload"] > 0.0])
    return {name: values[kept] for name, values in posts.items()}
