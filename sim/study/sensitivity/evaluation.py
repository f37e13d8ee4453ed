"""Outcomes of many points, on all cores; what was simulated before is read instead."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.kpis import kpis_now
from sim.config import config_hash
from sim.config.calibration.parameters import Centre, Parameter
from sim.engine import get_ready
from sim.errors import ConfigError
from sim.store.evaluations import FOLDER, part_name, read_figures, write_figures
from sim.study.sensitivity.outcomes import Outcome, Part, Point, identity, simulate_part
from sim.study.work_off import Crew, work_off

Floats = NDArray[np.float64]
Values = Mapping[str, float]
"""Values of parameters by name; a parameter that is absent keeps the configs' own value."""

_POINTS_OF_A_PART = 4


class Evaluation(NamedTuple):
    """How points are simulated.

    Attributes
    ----------
    directory
        Where outcomes are kept.
    parameters, outcomes
        What is moved, and what is looked at.
    replications, seed, engine
        Of every point.
    crew
        Who do the work.
    """

    directory: Path
    parameters: tuple[Parameter, ...]
    outcomes: tuple[Outcome, ...]
    replications: int
    seed: int
    engine: str
    crew: Crew

    def values_at(self, scores: Mapping[int, float]) -> Values:
        """Values of some parameters, by place, at scores of their priors."""
        return {
            self.parameters[place].name: float(self.parameters[place].prior.at_scores(np.array([score]))[0])
            for place, score in scores.items()
        }

    def of(
        self,
        centres: Sequence[Centre],
        points: Sequence[Values],
        name: str,
        *,
        first: int = 0,
        replications: int | None = None,
    ) -> Floats:
        """Simulate points.

        Parameters
        ----------
        centres
            The variant, if there is one, and the baseline.
        points
            Values of parameters.
        name
            What the progress calls these points.
        first, replications
            Numbers of the replications; absent: from 0 as many as of every point.

        Returns
        -------
        numpy.ndarray
            Point x replication x outcome; NaN: undefined.

        Raises
        ------
        ConfigError
            If a point is not a valid config, before any is simulated.
        RunFailed
            If a replication fails or worker processes keep dying.
        Stopped
            After Ctrl-C; finished parts are kept.
        """
        each = replications or self.replications
        self.crew.progress.more(len(points) * each)
        names = tuple(outcome.name for outcome in self.outcomes)
        parts = self._parts(_configs(centres, points), names, first, each)
        found = np.empty((len(points), each, len(names)))
        left = []
        for part in parts:
            kept = read_figures(part.file, len(part.points), each, names)
            if kept is None:
                left.append(part)
                continue
            found[part.place : part.place + len(part.points)] = kept
            self.crew.progress.advance(name, len(part.points) * each)
        if left:
            get_ready(self.engine)

        def take(part: Part, figures: Floats) -> None:
            write_figures(part.file, figures, names)
            found[part.place : part.place + len(part.points)] = figures
            self.crew.progress.advance(name, len(part.points) * each)

        work_off(self.crew, left, simulate_part, take)
        return found

    def _parts(self, points: Sequence[Point], names: tuple[str, ...], first: int, each: int) -> list[Part]:
        made = []
        for place in range(0, len(points), _POINTS_OF_A_PART):
            own = tuple(points[place : place + _POINTS_OF_A_PART])
            part = Part(place, own, names, first, each, self.seed, self.engine, Path())
            hashes = [identity(part), *(config_hash(config) for point in own for config in point.configs)]
            file = self.directory / FOLDER / part_name(hashes, [first], each, self.seed, kpis_now())
            made.append(part._replace(file=file))
        return made


def _configs(centres: Sequence[Centre], points: Sequence[Values]) -> list[Point]:
    """Make the configs of every point."""
    made = []
    for number, values in enumerate(points):
        try:
            made.append(Point(tuple(centre.config(values) for centre in centres)))
        except ConfigError as error:
            told = [f"point {number + 1}: {line}" for line in error.problems]
            raise ConfigError([*told, "the priors allow values that the config does not: narrow them"]) from error
    return made
