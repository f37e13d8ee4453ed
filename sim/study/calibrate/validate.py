"""A validation: draws of a posterior are simulated, and every figure of the evidence is set beside them."""

from collections.abc import Mapping, Sequence
from math import isnan
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.figures import Looked
from sim.analysis.calibration.validation import TABLE, Known, Row, validate_figures, validation_table
from sim.config.calibration import Calibration, Centre
from sim.config.calibration.observed import Observed
from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.store.files import remove_leftovers
from sim.store.lock import Lock
from sim.store.posterior import Posterior
from sim.store.write_table import write_table
from sim.study.calibrate.evaluations import Setting, evaluate_points
from sim.study.calibrate.looked import asked, look_up

Floats = NDArray[np.float64]

NAME = "draws"
"""What the progress calls the points."""


class Validation(NamedTuple):
    """What a validation has found.

    Attributes
    ----------
    name, directory
        Of the calibration, and where its files are.
    rows
        One for each figure.
    draws, replications
        Simulated: draws, and replications of each in every config.
    posterior
        The draws' file.
    notes
        What the reader should know.
    """

    name: str
    directory: Path
    rows: tuple[Row, ...]
    draws: int
    replications: int
    posterior: Path
    notes: tuple[str, ...]


def kept_back(calibration: Calibration) -> list[str]:
    """Names of the figures that are kept back."""
    return [figure.name for figure in calibration.figures if figure.group == "kept back"]


def check_posterior(calibration: Calibration, posterior: Posterior) -> None:
    """Refuse draws of another calibration.

    Raises
    ------
    UsageError
        If a parameter of the file has no draws.
    """
    keys = [key for parameter in calibration.parameters for key in parameter.keys]
    missing = [key for key in keys if key not in posterior.keys]
    if missing:
        raise UsageError(
            f"{posterior.path.as_posix()}: holds no draws of {missing[0]}, a parameter of "
            f"{calibration.path.as_posix()}; 'sim calibrate' makes them"
        )


def validate(
    calibration: Calibration,
    posterior: Posterior,
    setting: Setting,
    draws: int,
    observed: Mapping[str, Observed],
    csv: str | None,
) -> Validation:
    """Validate; see `sim.validate`.

    Parameters
    ----------
    calibration
        The file with the figures.
    posterior
        Draws of its parameters.
    setting
        Where and how they are simulated.
    draws
        How many of them, from the first on; at most those that there are.
    observed
        Figures that were kept back, by name.
    csv
        Form of the CSV file.

    Raises
    ------
    UsageError
        If the draws are of other parameters.
    RunFailed
        If a replication fails, or the file cannot be written.
    """
    check_posterior(calibration, posterior)
    many = min(draws, len(posterior.values))
    lock = Lock(setting.directory)
    lock.acquire()
    try:
        remove_leftovers(setting.directory)
        figures, centres, values = simulated(calibration, posterior, setting, many)
        known = _known(calibration, observed)
        rows = validate_figures(figures, known, [c.name for c in centres], values, setting.seed)
        metadata = {
            "sim.calibration": calibration.name,
            "sim.question": calibration.head.question,
            "sim.draws": str(many),
            "sim.replications": str(setting.replications),
            "sim.posterior": posterior.digest,
            "sim.seed": str(setting.seed),
            "sim.rules": str(RULES_VERSION),
        }
        write_table(setting.directory, TABLE, validation_table(rows, metadata), csv)
    finally:
        lock.release()
    said = notes(calibration, posterior, rows, centres)
    return Validation(
        calibration.name, setting.directory, tuple(rows), many, setting.replications, posterior.path, said
    )


def simulated(
    calibration: Calibration, posterior: Posterior, setting: Setting, draws: int
) -> tuple[tuple[Looked, ...], tuple[Centre, ...], Floats]:
    """Simulate the first draws in every config that a figure is looked up in.

    Parameters
    ----------
    calibration, posterior, setting
        As of `validate`.
    draws
        How many.

    Returns
    -------
    tuple
        The figures, the centres, and centre x draw x replication x figure, in which `Looked.of` looks a figure up.
    """
    used = [figure.config for figure in calibration.figures]
    centres = tuple(centre for centre in calibration.centres if centre.name in used)
    order = [calibration.centres.index(centre) for centre in centres]
    figures = tuple(figure._replace(centre=order.index(figure.centre)) for figure in look_up(calibration))
    drawn = [posterior.draw(number) for number in range(draws)]
    if calibration.parameters:
        values = [{one.name: of[one.keys[0]] for one in calibration.parameters} for of in drawn]
    else:
        values, centres = drawn, tuple(centre.taking(posterior.keys) for centre in centres)
    setting.progress.begin(1, 0, draws * setting.replications * len(centres))
    found = evaluate_points(setting._replace(asked=asked(calibration)), centres, values, NAME, 0)
    return figures, centres, found


def notes(
    calibration: Calibration, posterior: Posterior, rows: Sequence[Row], centres: Sequence[Centre]
) -> tuple[str, ...]:
    """Say what the reader must know of a validation."""
    said = []
    for centre in centres if not calibration.parameters else ():
        taken = [key for keys in centre.keys.values() for key in keys]
        said.append(
            f"{centre.name} has {len(taken)} of the {len(posterior.keys)} keys of the draws "
            f"({', '.join(taken) or 'none'}); nothing else of it is calibrated"
        )
    if posterior.about.get("rules") != RULES_VERSION:
        said.append(
            f"the draws were made with version {posterior.about.get('rules')} of the rules, and are simulated with "
            f"version {RULES_VERSION}: calibrate again"
        )
    waiting = [row.figure for row in rows if row.group == "kept back" and isnan(row.published)]
    if waiting:
        said.append(f"kept back, so not scored: {', '.join(waiting)}; --observed FILE gives their values")
    return tuple(said)


def _known(calibration: Calibration, observed: Mapping[str, Observed]) -> dict[str, Known]:
    known = {}
    for figure in calibration.figures:
        stated, found = figure.stated, observed.get(figure.name)
        value = stated.value if found is None else found.value
        rounding = stated.rounding if found is None or found.rounding is None else found.rounding
        source = found.source if found is not None and found.source else stated.source
        known[figure.name] = Known(float("nan") if value is None else value, rounding, source, stated.control)
    return known
