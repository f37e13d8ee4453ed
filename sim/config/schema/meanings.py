"""What the fields of sections mean: the docstrings below them, read from the source when somebody asks.

Pydantic can read them too, but it does so for every section as soon as the schema is imported, and searches the
source of each anew. Every command waited half a second for that, and most never ask.
"""

import ast
import inspect
import sys
from functools import lru_cache
from itertools import pairwise

from pydantic import BaseModel


def meaning_of(section: type[BaseModel], field: str) -> str:
    """Give what a field means, on one line; empty: nothing is said.

    Parameters
    ----------
    section
        That has the field; one that takes it from another section says what that one says.
    field
        Its name.
    """
    stated = section.model_fields[field].description
    if stated is not None:
        return _line(stated)
    for owner in section.__mro__:
        if field in inspect.get_annotations(owner):
            return _line(_of_module(owner.__module__).get(owner.__name__, {}).get(field, ""))
    return ""


def _line(text: str) -> str:
    return " ".join(text.split())


@lru_cache
def _of_module(name: str) -> dict[str, dict[str, str]]:
    """Read the docstrings of all fields of a module, by class; none where there is no source."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[name]))
    except OSError:  # Python was installed without its sources.
        return {}
    return {node.name: dict(_fields(node)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(node: ast.ClassDef) -> list[tuple[str, str]]:
    return [
        (field.target.id, text.value.value)
        for field, text in pairwise(node.body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    ]
