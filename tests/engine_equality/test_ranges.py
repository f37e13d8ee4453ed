"""Every number of a config has a range, and none is wider than what the engines reckon with."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_origin

import numpy as np
import pytest

from sim.config.experiment.loading import EXPERIMENT
from sim.config.messages.problems import problems
from sim.config.schema import ranges
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG, Shape
from sim.engine.compiled import layout
from sim.model.assembly import build
from tests.engine_equality.compare import assert_equal
from tests.engine_equality.configs import valid
from tests.engine_equality.test_extremes import config

INT32 = np.iinfo(np.int32)
WIDER = {("run", "seed")}
"""Whole numbers that no field of 32 bits holds."""
FREE = {("factors", "*", "min"), ("factors", "*", "max")}
"""Held against the range of the key that they are values of."""


def numbers(shape: Shape, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Shape]]:
    """Every place of a file where a number or a date belongs."""
    if shape.section is not None:
        for key in shape.keys:
            if not path and key == CHANGES:  # They hold the same tables again.
                continue
            yield from numbers(shape.child(key), (*path, key))
    elif get_origin(shape.type) in (dict, list):
        yield from numbers(shape.child(""), (*path, "*"))
    elif shape.type in (int, float, date):
        yield path, shape


def ends(shape: Shape) -> tuple[list[Any], list[Any]]:
    """What is stated as the lowest and as the highest value."""
    lows = [getattr(limit, name) for limit in shape.limits for name in ("ge", "gt") if hasattr(limit, name)]
    highs = [getattr(limit, name) for limit in shape.limits for name in ("le", "lt") if hasattr(limit, name)]
    return lows, highs


@pytest.mark.parametrize("root", [CONFIG, EXPERIMENT], ids=["config", "experiment"])
def test_every_number_has_one_range(root: Shape) -> None:
    found = list(numbers(root))
    assert len(found) > 5
    wrong = [path for path, shape in found if [len(end) for end in ends(shape)] != [1, 1]]
    assert set(wrong) == (FREE if root is EXPERIMENT else set())


def test_whole_numbers_fit_the_narrowest_field() -> None:
    whole = {path: ends(shape) for path, shape in numbers(CONFIG) if shape.type is int}
    assert ("priorities", "meeting") in whole
    too_wide = {path for path, ((low,), (high,)) in whole.items() if low < INT32.min or high > INT32.max}
    assert too_wide == WIDER
    assert ends(CONFIG.at(("run", "seed"))) == ([0], [np.iinfo(np.int64).max])


def test_numbers_of_things_fit_their_fields() -> None:
    def most(record: np.dtype[Any], field: str) -> int:
        assert record.fields is not None
        return int(np.iinfo(record.fields[field][0]).max)

    assert most(layout.CITIZEN, "group") >= ranges.MOST_NAMES
    assert most(layout.CITIZEN, "programme") >= ranges.MOST_PROGRAMMES
    assert most(layout.HAZARD, "programmes") >= (1 << ranges.MOST_PROGRAMMES) - 1
    priority = ends(CONFIG.at(("priorities", "meeting")))[1][0]
    assert most(layout.WAITING, "priority") >= priority


@pytest.mark.parametrize("first", ["meeting", "contact"])
def test_the_largest_priority_is_the_largest_in_both_engines(first: str) -> None:
    lowest, highest = -1_000_000, 1_000_000
    raw = config(groups__ready__inflow_per_week=3.0, staffing__citizens_per_coordinator=30.0)
    raw["priorities"] = dict.fromkeys(("meeting", "contact"), highest) | {first: lowest}
    assert_equal(build(valid(raw)), 5, 0)


def test_as_many_programmes_as_there_may_be() -> None:
    raw = config()
    course = {"referral_share_per_meeting": 0.2, "duration_weeks": 2.0, "affects": ["job"], "during_factor": 3.0}
    raw["programmes"] = {f"p{i}": course | {"vendors": {"v": {"places": 1}}} for i in range(ranges.MOST_PROGRAMMES)}
    assert_equal(build(valid(raw)), 5, 0)
    raw["programmes"]["one more"] = raw["programmes"]["p0"]
    assert [text for _, text in problems(raw)] == ["must have at most 63 entries; it has 64"]
