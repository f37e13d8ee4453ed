"""What is wrong with a value, and what is allowed instead."""

import sys
from collections.abc import Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from pydantic_core import ErrorDetails

from sim.config.schema.base import OFF
from sim.config.schema.distributions import Distribution
from sim.config.schema.ranges import LARGEST, SMALLEST
from sim.config.schema.shape import Shape
from sim.config.toml.syntax_words import iso_date
from sim.config.toml.toml_text import value_text
from sim.safe_text import shortened

_LONGEST_TEXT = 100


def in_words(error: ErrorDetails, shape: Shape) -> str:
    """Say what is wrong with a value that pydantic rejects, and what `shape` allows."""
    code, value = error["type"], error["input"]
    context: Mapping[str, Any] = error.get("ctx", {})
    if code == "sim":
        return str(context["text"])
    if code == "missing":
        is_table = (shape.section is not None and not shape.is_one_of) or shape.is_named
        return f"missing; this {'table' if is_table else 'key'} is required"
    if code == "too_short":
        return "must not be empty"
    if code == "too_long":
        return f"must have at most {context['max_length']} entries; it has {len(value)}"
    if code == "literal_error":
        return f"must be {_choices(shape)}; it is {described(value)}{_near(value, shape.choices)}"
    if code in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"must be {_range(shape, value)}; it is {described(value)}{_per_cent(shape, value)}"
    if code == "finite_number" or _is_too_large(shape, value):
        return f"must be a finite number; it is {described(value)}"
    if shape.type is int and isinstance(value, float):  # 52.0 must not be shown as 52.
        whole = f"; write {value_text(value)}" if value.is_integer() else ""
        return f"must be {expected(shape)}; it is {value!r}{whole}"
    return f"must be {expected(shape)}; it is {described(value)}{_how_to_write(shape, value)}"


def described(value: Any) -> str:
    """Describe a value for a message, with its type where that may be the mistake."""
    if isinstance(value, str):
        return f"the text {shortened(value_text(value), _LONGEST_TEXT)}"
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, datetime):
        return f"a date with time of day, {value.isoformat(sep=' ')}"
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    text = value_text(value)
    return text if len(text) <= 40 else f"{text[:20]}... ({len(text)} digits)"


def expected(shape: Shape) -> str:
    """Describe the type of value that `shape` allows."""
    words = _expected(shape)
    return f'{words} (or "{OFF}")' if shape.optional else words


def _expected(shape: Shape) -> str:
    if shape.section is Distribution:
        return "a number or one distribution, such as { gamma = { mean = 20, cv = 0.5 } }"
    if shape.is_one_of:
        return f"a table with one of {', '.join(shape.keys)}"
    if shape.section is not None or shape.is_named:
        return "a table"
    if shape.choices:
        return _choices(shape)
    plain = {float: "a number", int: "a whole number", bool: "true or false", str: "a text in quotes"}
    if shape.type in plain:
        return plain[shape.type]
    if shape.type is date:
        return "a date such as 2018-01-01"
    return "a list [ ... ]"


def _choices(shape: Shape) -> str:
    *others, last = (value_text(choice) for choice in shape.choices)
    return f"{', '.join(others)} or {last}" if others else last


def _range(shape: Shape, value: Any) -> str:
    """Say what is allowed; the limits that all numbers share are named only to who is beyond them."""
    least, above = shape.bound("ge"), shape.bound("gt")
    most, below = shape.bound("le"), shape.bound("lt")
    if most == LARGEST and value <= most:
        most = None
    if least == SMALLEST:
        if 0 < value < SMALLEST:
            return f"at least {SMALLEST:f}"
        least, above = None, 0
    if least is not None and most is not None:
        return f"between {value_text(least)} and {value_text(most)}"
    low = [f"at least {value_text(least)}"] if least is not None else []
    low += [f"above {value_text(above)}"] if above is not None else []
    high = [f"at most {value_text(most)}"] if most is not None else []
    high += [f"below {value_text(below)}"] if below is not None else []
    return " and ".join(low + high)


def _per_cent(shape: Shape, value: Any) -> str:
    is_share = shape.bound("ge") == 0 and shape.bound("le") == 1
    if is_share and isinstance(value, (int, float)) and 1 < value <= 100:
        return f" (for {value_text(value)} % write {value_text(round(value / 100, 6))})"
    return ""


def _near(value: Any, choices: tuple[str, ...]) -> str:
    near = get_close_matches(value[:_LONGEST_TEXT], choices, n=1) if isinstance(value, str) else []
    return f"; did you mean {value_text(near[0])}?" if near else ""


def _how_to_write(shape: Shape, value: Any) -> str:
    if not isinstance(value, str):
        return ""
    wants_number = shape.type in (float, int, Distribution)
    if shape.type is date and iso_date(value):
        return f"; write it without quotes: {iso_date(value)}"
    if wants_number and _is_number(value):
        return "; write it without quotes"
    if wants_number and _is_number(value.replace(",", ".", 1)):
        return "; write it without quotes and with a decimal point"
    if value == OFF:
        return "; this cannot be switched off"
    return ""


def _is_too_large(shape: Shape, value: Any) -> bool:
    """Whether this whole number is too large to calculate with."""
    return shape.type is float and isinstance(value, int) and abs(value) > sys.float_info.max


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
