"""Loading a sensitivity file: configs, parameters and alternatives, or one message with everything that is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sim.config.calibration.parameters import (
    Centre,
    Parameter,
    base_of,
    centre_of,
    missing_parameters,
    parameter_problems,
    parameters_of,
)
from sim.config.calibration.schema import Parameter as StatedParameter
from sim.config.experiment.factors import settings
from sim.config.layers.merge import merge
from sim.config.messages.in_file import node_at, refuse
from sim.config.messages.own_schema import checked_by, read_all
from sim.config.schema.base import Problem
from sim.config.schema.shape import CONFIG, Shape
from sim.config.sensitivity.schema import Head, SensitivityFile
from sim.config.toml.reading import Document, read_document
from sim.config.toml.sourced import Node, from_document

SENSITIVITY = Shape(SensitivityFile)
"""The shape of a whole sensitivity file."""
AS_IT_IS = "as it is"
"""Name of the structure that the configs themselves have."""


class Alternative(NamedTuple):
    """A structure of the job centre.

    Attributes
    ----------
    name, label, source
        From the file; of the configs' own structure `AS_IT_IS` and no source.
    centres
        The variant, if there is one, and the baseline.
    """

    name: str
    label: str
    source: str
    centres: tuple[Centre, ...]


@dataclass(frozen=True)
class Sensitivity:
    """A sensitivity file that has been read and is valid, but for the names of its outcomes.

    Attributes
    ----------
    name, path
        The file's name without its ending, and the file.
    head
        The question, the outcomes, sizes and seed.
    parameters
        In the order of the file.
    alternatives
        The configs' own structure first.
    root
        What the file says, with the line of everything.
    """

    name: str
    path: Path
    head: Head
    parameters: tuple[Parameter, ...]
    alternatives: tuple[Alternative, ...]
    root: Node = field(repr=False)

    @property
    def centres(self) -> tuple[Centre, ...]:
        """The variant, if there is one, and the baseline, as they are."""
        return self.alternatives[0].centres

    def refuse(self, found: Sequence[Problem]) -> None:
        """Raise problems of the file that only others can find.

        Raises
        ------
        ConfigError
            With file and line of each; none: nothing is raised.
        """
        refuse(found, self.root)


def load_sensitivity(path: str | Path) -> Sensitivity:
    """Read a sensitivity file, with the configs that it names.

    Parameters
    ----------
    path
        The TOML file.

    Raises
    ------
    ConfigError
        With one line for each problem: file, line, key, value and what is allowed.
    """
    return sensitivity_of(read_document(Path(path), "sensitivity", pipes=True))


def sensitivity_of(document: Document) -> Sensitivity:
    """Do what `load_sensitivity` does with a file that has been read already."""
    file, root = document.file, from_document(document)
    keys = ("parameters", StatedParameter)
    definition = checked_by(SensitivityFile, SENSITIVITY, root, file, "sensitivity", keys)
    refuse(parameter_problems(definition.parameters), root)
    head = definition.sensitivity
    names = [name for name in ("variant", "baseline") if getattr(head, name) is not None]
    bases = read_all(names, lambda name: base_of(root, ("sensitivity", name), ("sensitivity", "settings"), file))
    parameters = parameters_of(definition.parameters)
    refuse(missing_parameters(parameters, bases), root)
    structures = {AS_IT_IS: bases} | {
        name: {
            config: merge(base, settings(node_at(root, ("alternatives", name, "settings"))), CONFIG)
            for config, base in bases.items()
        }
        for name in definition.alternatives
    }
    if AS_IT_IS in definition.alternatives:
        refuse([Problem(("alternatives", AS_IT_IS), "is what the configs themselves are called")], root)
    alternatives = []
    for name, of_structure in structures.items():
        stated = definition.alternatives.get(name)
        label, source = (name, "") if stated is None else (stated.label or name, stated.source)
        centres = tuple(centre_of(config, base, parameters) for config, base in of_structure.items())
        alternatives.append(Alternative(name, label, source, centres))
    return Sensitivity(file.stem, file, head, parameters, tuple(alternatives), root)
