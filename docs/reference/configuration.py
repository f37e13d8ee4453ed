"""docs/configuration.md: every table and key of a config."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, get_origin

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from docs.reference.markdown import code, page, prose, table
from sim.config.layers.inherit import NOT_INHERITED
from sim.config.messages.values import expected
from sim.config.schema.base import OneOf, Section
from sim.config.schema.changes import CHANGES, Dated
from sim.config.schema.checks import CHECKS
from sim.config.schema.distributions import Distribution
from sim.config.schema.meanings import meaning_of
from sim.config.schema.ranges import LARGEST, SMALLEST
from sim.config.schema.shape import CONFIG, Shape, of_field
from sim.config.schema.units import unit_of
from sim.config.toml.limits import DEEPEST, MOST_BYTES, MOST_FILES, MOST_VALUES
from sim.config.toml.names import LONGEST
from sim.config.toml.toml_text import value_text

_NOT_INHERITED = ", ".join(map(code, NOT_INHERITED))
_INTRODUCTION = f"""\
A config is a text file in [TOML](https://toml.io): tables in `[brackets]`, and `key = value` lines. It describes one
variant of the job centre. `sim new NAME` writes a commented one to start from, `sim check` finds mistakes,
`sim show` lists every value in force and where it comes from.

- **Units are in the names**: `_weeks`, `_hours`, `_per_week`, `_per_year`, `_share` (0 to 1: 5 % is `0.05`).
- **Every number has a range.** Where no highest value is stated it is {LARGEST:,.0f}; *above 0* is at least
  {SMALLEST:f}.
- **A file** is UTF-8 text of at most {MOST_BYTES / 1e6:g} MB and {MOST_VALUES:,} values, with at most {DEEPEST}
  tables within each other, names of at most {LONGEST} letters and at most {MOST_FILES} files in a chain of
  `extends`. It may be a pipe: `sim check <(...)`.
- **What is outside its usual range** (*usually* below) is possible, and hardly meant: `sim check` asks whether the
  unit is right. It also asks about `52.000`: a point begins decimals, so this is 52. An amount of money with three
  decimals, such as `128.000`, is refused; write `128000` or `128_000`.
- **`extends = "base.toml"`**, at the top of a file, starts from another config; only what differs need be stated.
  Tables are merged key by key. Lists, distributions and forms (a table that holds one of several keys) are
  replaced whole.
- **`[every_group]`** takes the keys of `[groups.NAME]`: defaults for every group. What a group states itself wins.
- **`extends = "ready"`** in a group starts from another group: what that states holds here too, unless this one
  states it itself. Beneath both lies `[every_group]`. Only how many people there are ({_NOT_INHERITED}) is never
  taken from another group. Groups may extend each other in a chain, but in no circle.
- **`"none"`** switches off a key or table that a base config, another group or `[every_group]` has switched on:
  wherever the default below is *absent*, and for any table with a name of its own (a group, a department, an exit, a
  programme).
- **`[changes.NAME]`** is a policy with a `date`: what it states in any of the tables below, written as
  `[changes.NAME.staffing]`, is in force from then on ([the model](model.md#policies-with-a-date) says what can
  change). Several are laid over each other in the order of their dates.
- **`--set KEY=VALUE`** on the command line wins over every file, for example
  `--set staffing.citizens_per_coordinator=80`.
- NAME stands for a name of your choice. A key without a default (*required*) must be stated wherever its table is
  used. *absent* means: not given, and then the mechanism is off unless the meaning says otherwise."""

_NAMES = {"exits": "DESTINATION"}
_DISTRIBUTION = "a number or a [distribution](#distributions)"
_EXAMPLES = {
    "constant": "4",
    "exponential": "{ exponential = { mean = 20 } }",
    "gamma": "{ gamma = { mean = 20, cv = 0.5 } }",
    "erlang": "{ erlang = { mean = 20, stages = 4 } }",
    "lognormal": "{ lognormal = { mean = 20, cv = 0.5 } }",
    "weibull": "{ weibull = { mean = 20, shape = 1.5 } }",
    "uniform": "{ uniform = { min = 10, max = 30 } }",
    "triangular": "{ triangular = { min = 10, mode = 15, max = 30 } }",
    "empirical": "{ empirical = { values = [10, 20], weights = [3, 1] } }",
}


def write() -> str:
    """Write the page."""
    parts = [_INTRODUCTION]
    for shape, alike in groupby(tables(CONFIG, ""), key=itemgetter(1)):
        parts += [f"## {', '.join(heading for heading, _ in alike)}", *key_table(shape)]
    parts += ["## Distributions", _distributions(), "## What must fit together", _checks()]
    return page("Configuration", *parts)


def tables(shape: Shape, path: str) -> Iterator[tuple[str, Shape]]:
    """List all tables with the headings they have in a file, in the order of the schema."""
    for key in shape.keys:
        child = shape.child(key)
        place = f"{path}.{key}".lstrip(".")
        if child.has_named_tables:
            child = child.child("") if key != CHANGES else Shape(Dated)  # It holds all tables again.
            place += f".{_NAMES.get(key, 'NAME')}"
        elif get_origin(child.type) is list and child.child(0).section is not None:
            yield f"[[{place}]]", child.child(0)
            continue
        if child.section is not None and child.section is not Distribution:
            yield f"[{place}]", child
            yield from tables(child, place)


def key_table(shape: Shape) -> Iterator[str]:
    """Write what a table is for, and its keys."""
    section = shape.section
    assert section is not None  # `tables` lists nothing else
    meaning = prose(section.__doc__)
    yield f"{meaning} Exactly one of these keys." if issubclass(section, OneOf) else meaning
    fields = section.model_fields.items()
    headings = ("key", "value", "unit", "range", "default", "meaning")
    yield table(
        headings, [_row(name, field, meaning_of(section, name), one_of=shape.is_one_of) for name, field in fields]
    )


def _row(name: str, field: FieldInfo, said: str, *, one_of: bool = False) -> tuple[str, ...]:
    shape = of_field(field)
    meaning = prose(said)
    is_table = shape.section is not None and shape.section is not Distribution
    if is_table and not meaning:
        assert shape.section is not None
        meaning = prose(shape.section.__doc__)
    default = "" if one_of else _default(field)
    return (code(name), _value(shape), unit_of(name, shape), _range(shape), default, meaning)


def _value(shape: Shape) -> str:
    if shape.section is Distribution:
        return _DISTRIBUTION
    if shape.has_named_tables:
        return "tables by name"
    if shape.is_named and shape.keys:
        what = "shares" if shape.child("").bound("le") == 1 else "numbers"
        return f"a table with {what} of " + ", ".join(code(key) for key in shape.keys)
    if get_origin(shape.type) is list:
        return _list(shape.child(0))
    return expected(Shape(shape.type)).replace('"', "`")


def _list(entry: Shape) -> str:
    if entry.section is not None:
        return "tables in `[[ ]]`"
    if entry.choices:
        return "a list of " + ", ".join(code(choice) for choice in entry.choices)
    if entry.type is Any:
        return "a list of values"
    return f"a list of {'names' if entry.type is str else 'numbers'}"


def _range(shape: Shape) -> str:
    if shape.section is Distribution:
        return "at least 0" if shape.usual is None else f"at least 0, usually {shape.usual}"
    if get_origin(shape.type) in (list, dict):
        entry = _range(shape.child(""))
        return f"each {entry}" if entry else ""
    words = (("ge", "at least"), ("gt", "above"), ("le", "at most"), ("lt", "below"))
    bounds = ((word, shape.bound(bound)) for bound, word in words)  # type: ignore[arg-type]
    told = (f"{word} {value_text(bound)}" for word, bound in bounds if bound not in (None, LARGEST, SMALLEST))
    usual = [] if shape.usual is None else [f"usually {shape.usual}"]
    return ", ".join((["above 0"] if shape.bound("ge") == SMALLEST else []) + [*told, *usual])


def _default(field: FieldInfo) -> str:
    value: Any = field.default
    if value is PydanticUndefined:
        return "required"
    if value is None:
        return "absent"
    if isinstance(value, Distribution):
        return code(value_text(value.form[1]))
    if isinstance(value, OneOf):
        return code(value.form[0])
    if isinstance(value, Section):
        return "the table's defaults"
    if isinstance(value, dict):
        return f"one, `{next(iter(value))}`" if value else "none given"
    return code(value_text(value))


def _distributions() -> str:
    rows = []
    for name, field in Distribution.model_fields.items():
        form = of_field(field).section
        parameters = "" if form is None else ", ".join(_parameter(k, f) for k, f in form.model_fields.items())
        meaning = "Always this value." if form is None else prose(form.__doc__)
        rows.append((code(name), code(_EXAMPLES[name]), parameters, meaning))
    return (
        "Where a duration, a number of hours or a factor is wanted, a plain number means *always this*; "
        "otherwise one of these tables. `mean`, `min`, `max`, `mode` and `values` have the unit of the key.\n\n"
        + table(("name", "example", "parameters", "meaning"), rows)
    )


def _parameter(name: str, field: FieldInfo) -> str:
    limits = _range(of_field(field))
    text = f"{code(name)} ({limits})" if limits else code(name)
    return text if field.is_required() else f"{text}, may be left out"


def _checks() -> str:
    listed = "\n".join(f"- {prose(check.__doc__)}" for _, check in CHECKS)
    return f"`sim check` and `sim run` also refuse a config unless all of this holds:\n\n{listed}"
