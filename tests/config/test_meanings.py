"""What fields mean: read from the source, it is what pydantic reads at import when it is told to."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel
from pydantic._internal._docs_extraction import extract_docstrings_from_cls

import sim.config.calibration.schema
import sim.config.experiment.schema  # noqa: F401 - its sections are looked at too
from sim.config.schema import Config
from sim.config.schema.base import Section
from sim.config.schema.meanings import meaning_of


def _sections(of: type[BaseModel] = Section) -> Iterator[type[BaseModel]]:
    for section in of.__subclasses__():
        yield section
        yield from _sections(section)


def test_every_meaning_is_the_docstring_below_the_field() -> None:
    compared = 0
    for section in set(_sections()):
        own = extract_docstrings_from_cls(section, use_inspect=True) if section.__module__ != "pydantic.main" else {}
        for name in own.keys() & section.model_fields.keys():
            stated = section.model_fields[name].description
            assert meaning_of(section, name) == " ".join((stated or own[name]).split())
            compared += 1
    assert compared > 250


def test_a_field_of_another_section_means_what_it_means_there() -> None:
    class Special(Config):
        pass

    assert meaning_of(Special, "groups") == "The groups of citizens, by name."
    with pytest.raises(KeyError):
        meaning_of(Config, "grups")
