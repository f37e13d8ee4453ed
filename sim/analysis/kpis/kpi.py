"""What a key figure is, and what it is made of."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = dict[str, NDArray[Any]]


class Counted(NamedTuple):
    """What the equations are made of: columns of one replication's tables, over the observed weeks 0 to H.

    Attributes
    ----------
    citizens, coordinators, others
        Columns by name: of citizens, of coordinators' posts, and of the posts of all other roles.
    cohort
        1 for the starting citizens, 0 for the others.
    weeks
        Per citizen: weeks with the centre inside the observed weeks.
    citizen_weeks
        Their sum.
    horizon
        H, in weeks.
    """

    citizens: Columns
    coordinators: Columns
    others: Columns
    cohort: NDArray[Any]
    weeks: Floats
    citizen_weeks: float
    horizon: float


class Kpi(NamedTuple):
    """A key figure.

    Attributes
    ----------
    name, unit, label, danish, description
        `unit` "share" runs from 0 to 1 and is shown in per cent. `danish` is the label in Danish.
    equation
        In terms of the columns of the tables, for the documentation.
    headline
        Shown in the closing table of a run.
    value
        Computes it; NaN where it is undefined, such as a mean over no cases.
    """

    name: str
    unit: str
    label: str
    danish: str
    description: str
    equation: str
    headline: bool
    value: Callable[[Counted], float]
