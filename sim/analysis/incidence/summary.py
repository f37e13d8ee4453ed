"""Incidence over all replications: means with their intervals, by group, department, event and weeks."""

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.analysis.draws import with_draws
from sim.analysis.incidence.estimator import Floats
from sim.analysis.incidence.table import PAIRS, WITHIN_WEEKS
from sim.analysis.subgroups import Part
from sim.analysis.summary import STATISTICS, Statistics, summarise_many
from sim.catalogue import Reached, Since
from sim.tables.arrow import Metadata, table_of
from sim.tables.column import number, text
from sim.tables.decode import known_codes
from sim.tables.records import INCIDENCE

SUMMARY = "incidence_summary"
"""Name of the table, and of its files without ``.parquet`` and ``.csv``."""
_AT_ONCE = 256
"""Columns of figures summarised together, which bounds memory."""

KEYS = (
    text("group", INCIDENCE[0].description),
    text("department", INCIDENCE[1].description),
    *(text(column.name, column.description) for column in INCIDENCE[2:4]),
    INCIDENCE[4],
)
"""Columns that say of whom, since when, of what and within how many weeks a share is told."""
SUMMARY_COLUMNS = (
    text("variant", "Name of the config."),
    *KEYS,
    number("citizens", "citizens", "Whose time counts: mean over replications."),
    *STATISTICS,
)


def cube(rows: pa.Table, parts: Sequence[Part]) -> Floats:
    """Arrange the shares of one replication's rows: part x pair x weeks; NaN: there is no such row."""
    (shares,) = _cubes(rows, parts, ("share",))
    return np.asarray(shares, np.float64)


def _cubes(rows: pa.Table, parts: Sequence[Part], columns: Sequence[str]) -> Floats:
    """Arrange columns of one replication's rows: column x part x pair x weeks; NaN: there is no such row."""
    groups, departments = (list(dict.fromkeys(names)) for names in zip(*parts, strict=True))
    of_part = _table(groups, departments, parts)
    of_pair = _table(Since.keys(), Reached.keys(), [(since.key, event.key) for since, event in PAIRS])
    part = of_part[known_codes(rows["group"], groups), known_codes(rows["department"], departments)]
    pair = of_pair[known_codes(rows["since"], Since.keys()), known_codes(rows["event"], Reached.keys())]
    weeks = rows["within_weeks"].to_numpy()
    week = np.searchsorted(WITHIN_WEEKS[:-1], weeks)
    kept = (part >= 0) & (pair >= 0) & (np.array(WITHIN_WEEKS)[week] == weeks)
    found = np.full((len(columns), len(parts), len(PAIRS), len(WITHIN_WEEKS)), np.nan)
    for of_column, column in zip(found, columns, strict=True):
        of_column[part[kept], pair[kept], week[kept]] = rows[column].to_numpy()[kept]
    return found


def _table(first: Sequence[str], second: Sequence[str], pairs: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
    """Place of each pair of names among `pairs`, by their codes; -1: there is no such pair, or the code is -1."""
    places = np.full((len(first) + 1, len(second) + 1), -1)
    for place, (one, other) in enumerate(pairs):
        places[first.index(one), second.index(other)] = place
    return places


def incidence_summary(
    variant: str, parts: Sequence[Part], replications: Iterable[pa.Table], metadata: Metadata, per_draw: int = 1
) -> pa.Table:
    """Make the summary of a run: one row for each row of the table of a replication.

    Parameters
    ----------
    variant
        Its name.
    parts
        Of whom it tells.
    replications
        The rows of every replication.
    metadata
        Facts about the whole, stored in the table.
    per_draw
        Replications of each draw of a posterior: intervals count draws.
    """
    shares, citizens = [], np.zeros(len(parts) * len(PAIRS) * len(WITHIN_WEEKS))
    for rows in replications:
        share, counted = _cubes(rows, parts, ("share", "citizens"))
        shares.append(share.ravel())
        citizens += counted.ravel()
    values = np.array(shares)
    statistics = [
        figures
        for low in range(0, values.shape[1], _AT_ONCE)
        for figures in _statistics(values[:, low : low + _AT_ONCE], per_draw)
    ]
    keys = (
        (*part, since.key, event.key, weeks) for part in parts for since, event in PAIRS for weeks in WITHIN_WEEKS
    )
    cells = (
        (variant, *key, number / len(shares), *figures)
        for key, number, figures in zip(keys, citizens.tolist(), statistics, strict=True)
    )
    return table_of(SUMMARY_COLUMNS, cells, metadata)


def _statistics(values: Floats, per_draw: int) -> list[Statistics]:
    """Statistics of some shares: a row a replication."""
    highest = np.ones(values.shape[1])
    found = summarise_many(values[None], highest)
    (made,) = found if per_draw == 1 else with_draws(found, values[None], highest, per_draw)
    return made
