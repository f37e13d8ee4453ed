"""``sim check`` says whether configs and experiments are valid."""

from pathlib import Path

import click

from sim.config.doubts import doubts
from sim.config.layers.loading import load_document
from sim.config.messages.placed import PlacedProblem
from sim.config.summary import one_line
from sim.config.toml.reading import read_document
from sim.errors import ConfigError
from sim.safe_text import safe_line


@click.command()
@click.argument("configs", metavar="CONFIG...", nargs=-1, required=True)
def check(configs: tuple[str, ...]) -> None:
    """Say whether configs and experiments are valid.

    One line for each valid file, and below it what a reader would doubt; all problems of the others. Both with file
    and line. Of an experiment every point is checked.
    """
    problems: dict[str, None] = {}
    for path in configs:
        try:
            summary, doubtful = _checked(path)
        except ConfigError as error:
            problems |= dict.fromkeys(error.problems)  # A base's problems are told once.
        else:
            click.echo(safe_line(f"{Path(path).as_posix()}: ok ({summary})"))
            for doubt in doubtful:
                click.echo(safe_line(f"note: {doubt}"))
    if problems:
        raise ConfigError(list(problems))


def _checked(path: str) -> tuple[str, list[PlacedProblem]]:
    """Check a file; tell in one line what it is, and what is doubtful."""
    document = read_document(Path(path), pipes=True)  # Only once: it may be a pipe.
    if "calibration" in document.data:
        from sim.config.calibration import calibration_of
        from sim.study.calibrate.looked import look_up

        calibration = calibration_of(document)
        figures = look_up(calibration)
        targets = len(calibration.targets)
        told = f"{len(calibration.parameters)} parameters, {targets} targets, {len(figures) - targets} other figures"
        return f"calibration, {told}", []
    if "sensitivity" in document.data:
        from sim.config.sensitivity import sensitivity_of
        from sim.study.sensitivity.outcomes import outcomes_of

        study = sensitivity_of(document)
        outcomes_of(study)
        return f"sensitivity study, {len(study.parameters)} parameters, {len(study.alternatives)} structures", []
    if "experiment" not in document.data:
        from sim.analysis.attention.before import expected_problems

        loaded = load_document(document)
        return one_line(loaded.config), doubts(loaded, expected_problems(loaded.config))
    from sim.config.experiment import experiment_of
    from sim.study.check_sweep import factors_without_effect, refuse_names_of_results

    experiment = experiment_of(document)
    refuse_names_of_results(experiment)
    points = len(experiment.points)
    told = f"experiment, {points} point{'' if points == 1 else 's'} x {experiment.replications} replications"
    return told, factors_without_effect(experiment)
