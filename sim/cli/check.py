"""``sim check`` says whether configs and experiments are valid."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.config.doubts import doubts
from sim.config.layers.loading import load_document
from sim.config.messages.placed import PlacedProblem
from sim.config.summary import one_line
from sim.config.toml.reading import read_document
from sim.errors import ConfigError
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.config.layers.loading import Loaded
    from sim.store.posterior import Posterior


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True)
@click.option(
    "--posterior",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Draws of `sim calibrate`: whether they fit each config, and which of its policies take their place.",
)
def check(configs: tuple[str, ...], posterior: Path | None) -> None:
    """Say whether configs and experiments are valid.

    One line for each valid file, and below it what a reader would doubt; all problems of the others. Both with file
    and line. Of an experiment every point is checked.
    """
    problems: dict[str, None] = {}
    draws = None
    if posterior is not None:
        from sim.store.posterior import read_posterior

        draws = read_posterior(posterior)
    for path in configs:
        try:
            summary, doubtful = _checked(path, draws)
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)  # A base's problems are told once.
        else:
            click.echo(safe_line(f"{Path(path).as_posix()}: ok ({summary})"))
            for doubt in doubtful:
                click.echo(safe_line(f"note: {doubt}"))
    if problems:
        raise ConfigError(list(problems))


def _checked(path: str, posterior: "Posterior | None") -> tuple[str, list[PlacedProblem | str]]:
    """Check a file; tell in one line what it is, and what is doubtful."""
    document = read_document(Path(path), pipes=True)  # Only once: it may be a pipe.
    if "calibration" in document.data:
        from sim.config.calibration import calibration_of
        from sim.study.calibrate.looked import look_up

        calibration = calibration_of(document)
        figures = look_up(calibration)
        if not calibration.parameters and not calibration.targets:
            return f"{len(figures)} figures for sim validate", list(calibration.doubts)
        targets = len(calibration.targets)
        told = f"{len(calibration.parameters)} parameters, {targets} targets, {len(figures) - targets} other figures"
        return f"calibration, {told}", list(calibration.doubts)
    if "sensitivity" in document.data:
        from sim.config.sensitivity import sensitivity_of
        from sim.study.sensitivity.outcomes import outcomes_of

        study = sensitivity_of(document)
        outcomes_of(study)
        return f"sensitivity study, {len(study.parameters)} parameters, {len(study.alternatives)} structures", []
    if "experiment" not in document.data:
        from sim.analysis.attention.before import expected_problems

        loaded = load_document(document)
        return one_line(loaded.config), [
            *doubts(loaded, expected_problems(loaded.config)),
            *_drawn(loaded, posterior),
        ]
    from sim.config.experiment import experiment_of
    from sim.study.check_sweep import factors_without_effect, refuse_names_of_results

    experiment = experiment_of(document)
    refuse_names_of_results(experiment)
    points = len(experiment.points)
    told = f"experiment, {points} point{'' if points == 1 else 's'} x {experiment.replications} replications"
    return told, list(factors_without_effect(experiment))


def _drawn(loaded: "Loaded", posterior: "Posterior | None") -> tuple[str, ...]:
    """Say which policies of a config take the place of draws.

    Raises
    ------
    UsageError
        If the draws do not fit the config.
    """
    if posterior is None:
        return ()
    from sim.batch.drawn import Drawn

    drawn = Drawn(loaded, posterior)
    drawn.check(1)
    return drawn.overruled
