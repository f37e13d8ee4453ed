"""One column of any table: its name, type, unit and meaning. Arrow schemas, CSV and documentation follow from it."""

from typing import Literal, NamedTuple

Kind = Literal["int32", "int64", "float64", "bool", "code", "name", "text", "date", "timestamp"]
NameList = Literal[
    "groups",
    "departments",
    "roles",
    "groups_and_all",
    "departments_and_all",
    "destinations",
    "origins",
    "decisions",
    "activities",
    "resources",
    "sinces",
    "reached",
]


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    name, kind
        `kind` "code" is an int32 index into the list of names called `names`; -1 is "no value". Files show the
        names. "name" is a text of which few occur, "text" any.
    unit
        Unit of measurement ("weeks", "hours", "citizens"; empty: none).
    description
        One sentence. In float64 columns NaN is "has not happened" or "cannot be computed".
    names
        For codes: which list of `sim.model.names.Names`.
    label
        What people read instead of the name; empty: the name.
    """

    name: str
    kind: Kind
    unit: str
    description: str
    names: NameList | None = None
    label: str = ""


def count(name: str, unit: str, description: str) -> Column:
    """Return a column of whole numbers that stay below 2**31."""
    return Column(name, "int32", unit, description)


def whole(name: str, unit: str, description: str) -> Column:
    """Return a column of whole numbers."""
    return Column(name, "int64", unit, description)


def number(name: str, unit: str, description: str, label: str = "") -> Column:
    """Return a column of floating-point numbers."""
    return Column(name, "float64", unit, description, label=label)


def code(name: str, names: NameList, description: str) -> Column:
    """Return a column of codes into a list of names."""
    return Column(name, "code", "", description, names)


def flag(name: str, description: str) -> Column:
    """Return a column of true and false."""
    return Column(name, "bool", "", description)


def name(name: str, description: str) -> Column:
    """Return a column of texts of which few occur."""
    return Column(name, "name", "", description)


def text(name: str, description: str) -> Column:
    """Return a column of texts."""
    return Column(name, "text", "", description)
