"""The range of every number that a config may state.

With these no number that is computed from others overflows, and every whole number fits its field in the compiled
engine, of which the narrowest has 32 bits. They lie far beyond any job centre. Messages, the JSON Schema and the
documentation take them from here.
"""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from sim.limits import MOST_REPLICATIONS

SMALLEST, LARGEST = 1e-6, 1e9


def _zero_or_large_enough(value: float) -> float:
    """A load divided by a weight near 0 would be infinite."""
    if 0 < value < SMALLEST:
        raise PydanticCustomError("sim", "{text}", {"text": f"must be 0 or at least 0.000001; it is {value:g}"})
    return value


Share = Annotated[float, Field(ge=0, le=1)]
ShareAboveZero = Annotated[float, Field(gt=0, le=1)]
NonNegative = Annotated[float, Field(ge=0, le=LARGEST)]
Positive = Annotated[float, Field(ge=SMALLEST, le=LARGEST)]
Weight = Annotated[float, Field(ge=0, le=LARGEST), AfterValidator(_zero_or_large_enough)]
"""A part of a whole, relative to the other parts."""
Factor = Annotated[float, Field(ge=0, le=1000)]
"""What a hazard is multiplied by."""
Elasticity = Annotated[float, Field(ge=0, le=5)]
Hazard = Annotated[float, Field(ge=0, le=10)]
"""A hazard a week."""
SHORTEST_PAUSE = 0.01
Repeated = Annotated[float, Field(ge=SHORTEST_PAUSE, le=LARGEST)]
"""Weeks from one time to the next of what is done again and again."""
PerYear = Annotated[float, Field(ge=0, le=365)]
"""How often something happens to somebody, a year."""
Inflow = Annotated[float, Field(ge=0, le=1_000_000)]
"""Citizens a week."""
InflowPerYear = Annotated[float, Field(ge=0, le=52_000_000)]
"""Citizens a year."""
HoursPerWeek = Annotated[float, Field(ge=0.01, le=168)]
MOST_POSTS = 100_000
Posts = Annotated[float, Field(ge=0, le=MOST_POSTS)]
"""Full-time posts."""
PostsChanged = Annotated[float, Field(ge=-MOST_POSTS, le=MOST_POSTS)]
Kr = Annotated[float, Field(ge=0, le=1e12)]

Stock = Annotated[int, Field(ge=0, le=10_000_000)]
Weeks = Annotated[int, Field(ge=0, le=5200)]
"""Whole weeks, up to a century."""
WeeksAboveZero = Annotated[int, Field(ge=1, le=5200)]
Priority = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
Places = Annotated[int, Field(ge=0, le=1_000_000)]
"""Places of which there is a whole number: with vendors, with the team."""
LARGEST_SEED = 2**63 - 1
Seed = Annotated[int, Field(ge=0, le=LARGEST_SEED)]
Replications = Annotated[int, Field(ge=1, le=MOST_REPLICATIONS)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]

MOST_TRIES = 10
"""Most times on average that something is tried again at one moment."""
MOST_MOMENTS = 1000
"""Most moments a week at which a citizen might leave for a destination."""
MOST_TIMES = 1e9
"""Most that all factors together may multiply a hazard by."""
MOST_CITIZENS = 100_000_000
"""Most citizens of a replication, all weeks together; each has some fields of 32 bits."""
MOST_EVENTS = 1e12
"""Most events of a replication: a day of work for the compiled engine."""
MOST_POINTS = 100_000
"""Most points of an experiment."""
MOST_NAMES = 1000
"""Most groups, departments, or vendors of a programme."""
MOST_CHANGES = 100
"""Most dated changes."""
MOST_ROLES = 20
"""Most roles beside the coordinators."""
MOST_PROGRAMMES = 63
"""Most programmes: those that affect a hazard are the bits of one whole number."""
