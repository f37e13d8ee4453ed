"""Loading a calibration file: parameters, configs and figures, or one message with everything that is wrong."""

from collections.abc import Iterator, Sequence
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
from sim.config.calibration.schema import CalibrationFile, Head
from sim.config.calibration.schema import Figure as StatedFigure
from sim.config.calibration.schema import Parameter as StatedParameter
from sim.config.layers.overruled import overruled
from sim.config.messages.in_file import refuse
from sim.config.messages.own_schema import checked_by, read_all
from sim.config.messages.placed import PlacedProblem
from sim.config.schema.base import Problem
from sim.config.schema.shape import Shape
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import Document, read_document
from sim.config.toml.sourced import Node, from_document

CALIBRATION = Shape(CalibrationFile)
"""The shape of a whole calibration file."""
_TABLES = {"calibrated": "targets", "predicted": "predicted", "identity": "identities", "kept back": "kept_back"}


class Figure(NamedTuple):
    """A figure of the evidence.

    Attributes
    ----------
    name, group
        In the file; the group that a table shows it in.
    config
        The centre that it is looked up in, by name.
    kpis
        Key figures that are added; none: a share or a stock is asked for.
    stated
        The rest of what the file says.
    path
        Its place in the file, for messages.
    """

    name: str
    group: str
    config: str
    kpis: tuple[str, ...]
    stated: StatedFigure
    path: KeyPath


@dataclass(frozen=True)
class Calibration:
    """A calibration file that has been read and is valid, but for the names of its key figures.

    Attributes
    ----------
    name, path
        The file's name without its ending, and the file.
    head
        Sizes and seed.
    parameters, figures, centres
        In the order of the file.
    doubts
        What a reader would doubt: parameters that a policy with a date of a config takes the place of.
    definition
        What the file says.
    root
        The same with the line of everything.
    """

    name: str
    path: Path
    head: Head
    parameters: tuple[Parameter, ...]
    figures: tuple[Figure, ...]
    centres: tuple[Centre, ...]
    doubts: tuple[PlacedProblem, ...]
    definition: CalibrationFile = field(repr=False)
    root: Node = field(repr=False)

    @property
    def targets(self) -> tuple[Figure, ...]:
        """The figures that parameters are calibrated to."""
        return tuple(figure for figure in self.figures if figure.group == "calibrated")

    def refuse(self, found: Sequence[Problem]) -> None:
        """Raise problems of the file that only others can find.

        Raises
        ------
        ConfigError
            With file and line of each; none: nothing is raised.
        """
        refuse(found, self.root)


def load_calibration(path: str | Path) -> Calibration:
    """Read a calibration file, with the configs that it names.

    Parameters
    ----------
    path
        The TOML file.

    Raises
    ------
    ConfigError
        With one line for each problem: file, line, key, value and what is allowed.
    """
    return calibration_of(read_document(Path(path), "calibration", pipes=True))


def calibration_of(document: Document) -> Calibration:
    """Do what `load_calibration` does with a file that has been read already."""
    file, root = document.file, from_document(document)
    keys = ("parameters", StatedParameter)
    definition = checked_by(CalibrationFile, CALIBRATION, root, file, "calibration", keys)
    refuse([*_of_figures(definition), *parameter_problems(definition.parameters)], root)
    bases = read_all(
        definition.configs,
        lambda name: base_of(root, ("configs", name, "config"), ("configs", name, "settings"), file),
    )
    parameters = parameters_of(definition.parameters)
    refuse(missing_parameters(parameters, bases), root)
    centres = tuple(centre_of(name, base, parameters) for name, base in bases.items())
    only = next(iter(bases))
    figures = tuple(
        Figure(name, group, one.config or only, _kpis(one), one, (_TABLES[group], name))
        for group, of_group in definition.groups.items()
        for name, one in of_group.items()
    )
    doubts = tuple(
        doubt
        for base in bases.values()
        for doubt in overruled(base, [key for one in parameters for key in one.keys], "the parameter")
    )
    head = definition.calibration
    return Calibration(file.stem, file, head, parameters, figures, centres, doubts, definition, root)


def _of_figures(definition: CalibrationFile) -> Iterator[Problem]:
    """List what is wrong with the figures, but for the names of key figures."""
    seen: dict[str, str] = {}
    for group, figures in definition.groups.items():
        for name, figure in figures.items():
            place: KeyPath = (_TABLES[group], name)
            if seen.setdefault(name, group) != group:
                yield Problem(place, f"there is a figure of this name among the {_TABLES[seen[name]]} already")
            if figure.config is None and len(definition.configs) > 1:
                yield Problem((*place, "config"), f"missing; there are {', '.join(definition.configs)}")
            elif figure.config is not None and figure.config not in definition.configs:
                text = f"there is no config {figure.config!r}; there are {', '.join(definition.configs)}"
                yield Problem((*place, "config"), text)
            if group == "kept back" and figure.value is not None:
                yield Problem((*place, "value"), "is kept back; its value belongs in the file of --observed")
            elif group != "kept back" and figure.value is None:
                yield Problem((*place, "value"), "missing; a figure without a value belongs in [kept_back]")
            if figure.control and figure.control not in definition.targets:
                text = f"there is no target {figure.control!r}; there are {', '.join(definition.targets)}"
                yield Problem((*place, "control"), text)


def _kpis(figure: StatedFigure) -> tuple[str, ...]:
    return tuple(figure.kpis or ([] if figure.kpi is None else [figure.kpi]))
