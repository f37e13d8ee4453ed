"""Simulates points of a design in several centres, on all cores; what was simulated before is read instead."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.asked import Asked
from sim.analysis.kpis import KPI_NAMES, kpis_now
from sim.batch.run import Progress
from sim.batch.variant import replicate
from sim.batch.workers.base import Workers
from sim.batch.workers.local import check_abandoned
from sim.config import config_hash
from sim.config.calibration.parameters import Centre, Parameter
from sim.config.schema import Config
from sim.engine import get_ready
from sim.errors import ConfigError
from sim.model.assembly import build
from sim.store.evaluations import FOLDER, part_name, read_figures, write_figures
from sim.study.work_off import Crew, work_off

Floats = NDArray[np.float64]

_POINTS_OF_A_PART = 4


class Part(NamedTuple):
    """Points that are simulated together.

    Attributes
    ----------
    centre, first
        Place of the centre, and number of the first point.
    configs
        Of the points.
    first_replications
        Number of each point's first replication.
    replications, seed, engine
        Of each point; of all.
    asked
        What is computed beside the key figures.
    file
        Where the figures are kept.
    """

    centre: int
    first: int
    configs: tuple[Config, ...]
    first_replications: tuple[int, ...]
    replications: int
    seed: int
    engine: str
    asked: tuple[Asked, ...]
    file: Path

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all figures."""
        return (*KPI_NAMES, *(one.name for one in self.asked))


class Setting(NamedTuple):
    """Where and how points are simulated.

    Attributes
    ----------
    directory
        Of the calibration.
    replications, seed, engine
        Of every point.
    workers
        Who do the work.
    progress
        Is told how far it is.
    again
        The command that goes on after Ctrl-C.
    asked
        What is computed beside the key figures, each with the name of its config: further columns.
    """

    directory: Path
    replications: int
    seed: int
    engine: str
    workers: Workers
    progress: Progress
    again: str
    asked: tuple[tuple[str, Asked], ...] = ()


def values_of(parameters: Sequence[Parameter], scores: Floats) -> list[dict[str, float]]:
    """Values of all parameters at points of scores, by name."""
    columns = [parameter.prior.at_scores(scores[:, i]) for i, parameter in enumerate(parameters)]
    names = [parameter.name for parameter in parameters]
    return [dict(zip(names, map(float, row), strict=True)) for row in zip(*columns, strict=True)]


def configs_of(centre: Centre, values: Sequence[dict[str, float]]) -> list[Config]:
    """Make the config of every point.

    Raises
    ------
    ConfigError
        If a point is not a valid config: the priors allow what the config does not.
    """
    made: list[Config] = []
    for number, of_point in enumerate(values):
        try:
            made.append(centre.config(of_point))
        except ConfigError as error:
            told = [f"point {number + 1} of the design, in {centre.name}: {line}" for line in error.problems]
            raise ConfigError([*told, "the priors allow values that the config does not: narrow them"]) from error
    return made


def evaluate_points(
    setting: Setting,
    centres: Sequence[Centre],
    values: Sequence[dict[str, float]],
    name: str,
    offset: int,
    replications: int | None = None,
) -> Floats:
    """Simulate every point in every centre.

    Parameters
    ----------
    setting
        Where and how.
    centres
        The configs.
    values
        Of the parameters at each point.
    name
        What the progress calls these points.
    offset
        Number of the first replication of the first point; each point has replications of its own, so that their
        chance errors are independent.
    replications
        Instead of the setting's.

    Returns
    -------
    numpy.ndarray
        Centre x point x replication x figure: key figures, then what is asked for, NaN in other centres.

    Raises
    ------
    RunFailed
        If a replication fails or worker processes keep dying.
    Stopped
        After Ctrl-C; finished parts are kept.
    """
    each = replications or setting.replications
    parts: list[Part] = []
    for place, centre in enumerate(centres):
        parts += _parts(setting, place, centre, values, offset, each)
    found = np.full((len(centres), len(values), each, len(KPI_NAMES) + len(setting.asked)), np.nan)
    columns = [_columns(setting, centre) for centre in centres]

    def put(part: Part, figures: Floats) -> None:
        points = slice(part.first, part.first + len(part.configs))
        found[part.centre, points][..., columns[part.centre]] = figures
        setting.progress.advance(name, len(part.configs) * each)

    left: list[Part] = []
    for part in parts:
        kept = read_figures(part.file, len(part.configs), each, part.names)
        if kept is None:
            left.append(part)
        else:
            put(part, kept)
    if left:
        get_ready(setting.engine)

    def take(part: Part, figures: Floats) -> None:
        write_figures(part.file, figures, part.names)
        put(part, figures)

    work_off(Crew(setting.workers, setting.progress, setting.again), left, simulate_part, take)
    return found


def _columns(setting: Setting, centre: Centre) -> list[int]:
    """Places of a centre's figures among all."""
    of_centre = [len(KPI_NAMES) + i for i, (config, _) in enumerate(setting.asked) if config == centre.name]
    return [*range(len(KPI_NAMES)), *of_centre]


def _parts(
    setting: Setting, place: int, centre: Centre, values: Sequence[dict[str, float]], offset: int, each: int
) -> list[Part]:
    configs = configs_of(centre, values)
    hashes = [config_hash(config) for config in configs]
    asked = tuple(what for config, what in setting.asked if config == centre.name)
    kinds = "|".join([kpis_now(), *(one.name for one in asked)])
    made = []
    for first in range(0, len(values), _POINTS_OF_A_PART):
        some = slice(first, first + _POINTS_OF_A_PART)
        numbers = tuple(offset + i * each for i in range(len(values)))[some]
        file = part_name(hashes[some], numbers, each, setting.seed, kinds)
        folder = setting.directory / FOLDER
        made.append(
            Part(
                place, first, tuple(configs[some]), numbers, each, setting.seed, setting.engine, asked, folder / file
            )
        )
    return made


def simulate_part(part: Part) -> Floats:
    """Simulate the points of a part: the work of one process."""
    get_ready(part.engine)
    figures = np.empty((len(part.configs), part.replications, len(part.names)))
    tables = {table for one in part.asked for table in one.tables}
    for place, (config, first) in enumerate(zip(part.configs, part.first_replications, strict=True)):
        parameters = build(config)
        for number in range(part.replications):
            check_abandoned()
            done, kpis = replicate(parameters, part.seed, first + number, tables=tables, engine=part.engine)
            figures[place, number] = [*kpis, *(one.value(done, parameters) for one in part.asked)]
    return figures
