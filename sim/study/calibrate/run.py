"""A whole calibration: simulate, emulate, draw, simulate again where it matters, draw again, check, write."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import __version__
from sim.analysis.calibration.identified import identify, sentences, word
from sim.config import config_hash
from sim.config.calibration import Calibration
from sim.config.calibration.parameters import Centre
from sim.errors import RunFailed, UsageError
from sim.model.version import RULES_VERSION
from sim.store.files import remove_leftovers
from sim.store.lock import Lock
from sim.store.manifest import FILE_NAME
from sim.store.posterior import FILE, write_posterior
from sim.store.provenance import library_versions
from sim.store.write_table import write_table
from sim.study.calibrate.design import spread_over_priors
from sim.study.calibrate.evaluations import Setting, evaluate_points, values_of
from sim.study.calibrate.fit import Fitted, fit, one_thread, sample
from sim.study.calibrate.looked import asked, look_up
from sim.study.calibrate.outcome import Outcome, parameter_rows, tables_of, target_rows

Floats = NDArray[np.float64]

DESIGN, REFINED, CHECKED = "design", "refined design", "check of the emulators"
"""What the progress calls the three rounds of simulation."""
_FOR_TABLES = 4_000
"""Draws that tables are made of; those that are kept are among them."""
_BROADER = 0.5
"""Power of the likelihood for the second design: it reaches beyond the posterior."""


def calibrate(calibration: Calibration, setting: Setting, tell: Callable[[str], None], csv: str | None) -> Outcome:
    """Calibrate; see `sim.calibrate`.

    Parameters
    ----------
    calibration
        The file.
    setting
        Where and how points are simulated.
    tell
        Is told which step begins.
    csv
        Form of the CSV files.

    Raises
    ------
    UsageError
        If the directory holds something else, or the file cannot be used.
    RunFailed
        If a replication fails, or no file can be written.
    """
    if not calibration.parameters or not calibration.targets:
        lacks = "[parameters]" if not calibration.parameters else "[targets]"
        raise UsageError(
            f"{calibration.path.as_posix()}: has no {lacks}, so there is nothing to calibrate; 'sim validate' sets "
            "its figures beside the draws of another calibration"
        )
    directory = setting.directory
    if (directory / FILE_NAME).exists():
        raise UsageError(f"{directory.as_posix()}: holds a run, not a calibration; choose another --out")
    lock = Lock(directory)
    lock.acquire()
    try:
        remove_leftovers(directory)
        return _calibrate(calibration, setting, tell, csv)
    finally:
        lock.release()


def rounds(calibration: Calibration) -> dict[str, int]:
    """Count the points of each round of simulation, and the centres in which each is simulated."""
    head = calibration.head
    return {DESIGN: head.points, REFINED: head.refine, CHECKED: head.check}


def used_centres(calibration: Calibration) -> tuple[Centre, ...]:
    """List the centres in which targets are looked up, in the order of the file."""
    used = {target.config for target in calibration.targets}
    return tuple(centre for centre in calibration.centres if centre.name in used)


def _calibrate(calibration: Calibration, setting: Setting, tell: Callable[[str], None], csv: str | None) -> Outcome:
    head, parameters = calibration.head, calibration.parameters
    centres = used_centres(calibration)
    order = [calibration.centres.index(centre) for centre in centres]
    targets = tuple(
        one._replace(centre=order.index(one.centre)) for one in look_up(calibration) if one.group == "calibrated"
    )
    setting = setting._replace(asked=asked(calibration))
    published = np.array([target.value for target in targets])
    count, each = len(parameters), head.replications
    total = sum(rounds(calibration).values()) * each * len(centres)
    setting.progress.begin(3, 0, total)
    with one_thread():
        scores = spread_over_priors(head.points, count, head.seed)
        values = values_of(parameters, scores)
        kpis = evaluate_points(setting, centres, values, DESIGN, 0)
        tell("screening parameters and fitting emulators")
        fitted = fit(targets, scores, kpis, head.points)
        if head.refine:
            broad = sample(fitted, published, count, head.refine, head.seed, _BROADER, most_steps=head.steps // 2)
            values = values_of(parameters, broad.scores)
            more = evaluate_points(setting, centres, values, REFINED, head.points * each)
            scores, kpis = np.vstack([scores, broad.scores]), np.concatenate([kpis, more], axis=1)
            tell("fitting emulators again, where parameters are likely")
            fitted = fit(targets, scores, kpis, head.points)
        _require_effects(fitted)
        tell("drawing from the posterior")
        chains = sample(fitted, published, count, max(_FOR_TABLES, head.draws), head.seed, most_steps=head.steps)
        check = None
        if head.check:
            checked = chains.scores[: head.check]
            offset = (head.points + head.refine) * each
            found = evaluate_points(setting, centres, values_of(parameters, checked), CHECKED, offset)
            check = checked, found
        identified = identify(chains.scores)
        words = [word(ratio) for ratio in identified.ratios.tolist()]
        rows = parameter_rows(parameters, chains.scores, identified, words)
        spread = spread_over_priors(head.points, count, head.seed)
        of_targets = target_rows(_only(calibration, centres), fitted, chains.scores, spread, check)
    tables = tables_of(calibration, fitted, rows, of_targets, identified)
    for name, table in tables.items():
        write_table(setting.directory, name, table, csv)
    _write_draws(calibration, setting.directory, chains.scores[: head.draws], about_of(calibration, setting, chains))
    said = sentences(identified, [one.label for one in parameters], len(targets))
    return Outcome(
        calibration.name, setting.directory, head.question, tuple(rows), tuple(of_targets), tables, tuple(said),
        chains, head.draws,
    )  # fmt: skip


def _only(calibration: Calibration, centres: tuple[Centre, ...]) -> Calibration:
    from dataclasses import replace

    return replace(calibration, centres=centres)


def _require_effects(fitted: Fitted) -> None:
    if len(fitted.active) == 0:
        raise RunFailed("no parameter moves any target, so there is nothing to calibrate")


def about_of(calibration: Calibration, setting: Setting, chains: Any) -> dict[str, Any]:
    """Say where draws are from, in types of JSON."""
    from importlib.metadata import version

    libraries = {**library_versions(), **{name: version(name) for name in ("scikit-learn", "emcee")}}
    return {
        "calibration": calibration.name,
        "version": __version__,
        "rules": RULES_VERSION,
        "seed": calibration.head.seed,
        "replications": setting.replications,
        "config_hashes": {centre.name: config_hash(centre.base) for centre in calibration.centres},
        "definition": calibration.definition.model_dump(mode="json", exclude_none=True),
        "parameters": {parameter.name: list(parameter.keys) for parameter in calibration.parameters},
        "chains": {
            "steps": chains.steps,
            "walkers": chains.walkers,
            "autocorrelation_steps": round(chains.autocorrelation, 3),
            "acceptance": round(chains.acceptance, 4),
        },
        "libraries": {name: libraries[name] for name in sorted(libraries)},
    }


def _write_draws(calibration: Calibration, directory: Path, scores: Floats, about: dict[str, Any]) -> None:
    keys: list[str] = []
    units: list[str] = []
    columns: list[Floats] = []
    for i, parameter in enumerate(calibration.parameters):
        values = parameter.prior.at_scores(scores[:, i])
        for key in parameter.keys:
            keys.append(key)
            units.append(parameter.unit)
            columns.append(values)
    write_posterior(directory / FILE, keys, units, np.stack(columns, axis=1), about)
