"""What all sections of a config share: strict types, no unknown keys, ``"none"`` to switch off."""

from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from pydantic import BaseModel, ConfigDict, model_validator
from pydantic_core import PydanticCustomError

OFF = "none"
"""The word that switches off an optional mechanism that a base config has switched on."""
EXTENDS = "extends"
"""The key that names the file a config starts from."""
EVERY_GROUP = "every_group"
"""The table of defaults for every group."""
FILE_KEYS = (EXTENDS, EVERY_GROUP)
"""What a file may contain besides the sections of a config."""


class Problem(NamedTuple):
    """One thing wrong with a config: the key's path and what is wrong, in words."""

    path: tuple[str | int, ...]
    text: str


def problem(key: str, text: str) -> PydanticCustomError:
    """Make an error about `key` of the section that raises it; the loader adds file and line."""
    # Braces would be taken for a template by pydantic.
    return PydanticCustomError("sim", "{text}", {"key": key, "text": text})


class Section(BaseModel):
    """A table of a config file.

    Unknown keys and wrong types are refused. A key whose default is "absent" may be given the word
    ``"none"``; this is how a variant switches off what its base switched on. What a field means stands in the
    docstring below it (`sim.config.schema.meanings`).
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
    chosen_by: ClassVar[str | None] = None
    """The key whose word says which of the other keys belong here."""

    @model_validator(mode="before")
    @classmethod
    def _switch_off(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        fields = cls.model_fields
        return {k: v for k, v in data.items() if not (v == OFF and k in fields and fields[k].default is None)}


class OneOf(Section):
    """A table with exactly one of its keys: the name of a form, with the parameters of that form."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "OneOf":
        given = [name for name, form in vars(self).items() if form is not None]
        if len(given) != 1:
            allowed = ", ".join(type(self).model_fields)
            got = " and ".join(given) if given else "none of them"
            raise PydanticCustomError("sim", "{text}", {"text": f"needs exactly one of {allowed}; it has {got}"})
        return self

    @property
    def form(self) -> tuple[str, Any]:
        """Name of the chosen form and its parameters."""
        return next((name, form) for name, form in vars(self).items() if form is not None)


def shares_sum_to_one(path: tuple[str | int, ...], shares: dict[str, float]) -> Iterator[Problem]:
    """Yield a problem unless `shares` sum to one (to within 1e-9, the error of adding decimals)."""
    if abs(sum(shares.values()) - 1.0) > 1e-9:
        yield Problem(path, f"shares must sum to 1; {_sum(shares)}")


def shares_at_most_one(path: tuple[str | int, ...], shares: dict[str, float]) -> Iterator[Problem]:
    """Yield a problem if `shares` sum to more than one."""
    if sum(shares.values()) > 1.0 + 1e-9:
        yield Problem(path, f"shares must sum to 1 at most; {_sum(shares)}")


def _sum(shares: dict[str, float]) -> str:
    listed = " + ".join(f"{name} {value:g}" for name, value in shares.items())
    return f"{listed} = {sum(shares.values()):g}"
