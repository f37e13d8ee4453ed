"""A calibration and a validation that have been made, read again from their directories."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.identified import Identified
from sim.analysis.calibration.validation import TABLE, Row
from sim.config.calibration.priors import Prior
from sim.errors import UsageError
from sim.store.posterior import FILE, Posterior, read_posterior
from sim.store.read_table import Rows, read_rows
from sim.study.calibrate.outcome import ParameterRow, TargetRow

Floats = NDArray[np.float64]
MARKS = (FILE, "parameters.parquet")
"""Files by which a directory is known to hold a calibration."""
VALIDATION_MARK = f"{TABLE}.parquet"
"""File by which a directory is known to hold a validation."""
_SCORES = np.linspace(-5.0, 5.0, 2001)


class CalibrationFound(NamedTuple):
    """What a calibration has found.

    Attributes
    ----------
    name, directory, question
        Of the calibration; the question is empty where its file states none.
    parameters, targets
        Rows.
    identified
        Spreads, correlations and directions of all parameters, in the order of the rows.
    priors
        Of each parameter.
    values
        The draws that are kept: draw x parameter, in the parameters' units.
    chains
        Their steps, walkers, autocorrelation and acceptance.
    posterior
        The file of the draws.
    """

    name: str
    directory: Path
    question: str
    parameters: tuple[ParameterRow, ...]
    targets: tuple[TargetRow, ...]
    identified: Identified
    priors: tuple[Prior, ...]
    values: Floats
    chains: Mapping[str, float]
    posterior: Posterior

    @property
    def scores(self) -> Floats:
        """Normal scores of the draws: what all correlations are of."""
        of = [np.interp(self.values[:, i], prior.at_scores(_SCORES), _SCORES) for i, prior in enumerate(self.priors)]
        return np.stack(of, axis=1)


class ValidationFound(NamedTuple):
    """What a validation has found.

    Attributes
    ----------
    name, directory, question
        Of the calibration file, and where the table lies.
    rows
        One for each figure.
    draws, replications
        Simulated: draws, and replications of each; 0: the table does not say.
    """

    name: str
    directory: Path
    question: str
    rows: tuple[Row, ...]
    draws: int
    replications: int


def read_calibration(directory: Path) -> CalibrationFound:
    """Read what `sim calibrate` has written.

    Raises
    ------
    UsageError
        If a file is missing or damaged, or they are not of one calibration.
    """
    posterior = read_posterior(directory / FILE)
    about = posterior.about
    names_of = ("parameters", "targets", "correlations", "directions")
    tables = {name: read_rows(directory / f"{name}.parquet") for name in names_of}
    parameters = tables["parameters"].of(ParameterRow)
    names = [row.parameter for row in parameters]
    keys: Mapping[str, list[str]] = about["parameters"]
    if list(keys) != names and set(keys) != set(names):
        raise UsageError(
            f"{directory.as_posix()}: {FILE} and parameters.parquet are of different calibrations; calibrate again"
        )
    stated = about["definition"]["parameters"]
    columns = [posterior.keys.index(keys[name][0]) for name in names]
    return CalibrationFound(
        name=about["calibration"],
        directory=directory,
        question=about["definition"]["calibration"].get("question", ""),
        parameters=parameters,
        targets=tables["targets"].of(TargetRow),
        identified=_identified(parameters, tables["correlations"], tables["directions"]),
        priors=tuple(Prior.model_validate(stated[name]["prior"]) for name in names),
        values=posterior.values[:, columns],
        chains=about["chains"],
        posterior=posterior,
    )


def read_validation(directory: Path) -> ValidationFound:
    """Read what `sim validate` has written.

    Raises
    ------
    UsageError
        If the table is missing or damaged.
    """
    found = read_rows(directory / VALIDATION_MARK)
    facts = found.facts
    return ValidationFound(
        name=facts.get("sim.calibration", directory.resolve().name),
        directory=directory,
        question=facts.get("sim.question", ""),
        rows=found.of(Row),
        draws=int(facts.get("sim.draws", "0")),
        replications=int(facts.get("sim.replications", "0")),
    )


def _identified(parameters: tuple[ParameterRow, ...], correlations: Rows, directions: Rows) -> Identified:
    place = {row.parameter: i for i, row in enumerate(parameters)}
    of_pairs = np.eye(len(place))
    for pair in correlations.rows:
        i, j = place[pair["parameter"]], place[pair["other"]]
        of_pairs[i, j] = of_pairs[j, i] = pair["correlation"]
    spreads, weights = np.zeros(len(place)), np.zeros((len(place), len(place)))
    for row in directions.rows:
        spreads[row["direction"] - 1] = row["spread_left"]
        weights[row["direction"] - 1, place[row["parameter"]]] = row["weight"]
    ratios = np.array([row.spread_left for row in parameters])
    return Identified(ratios, of_pairs, spreads, weights)
