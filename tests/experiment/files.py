"""A small valid experiment, whose lines the tests change one by one."""

from pathlib import Path

from sim.config.experiment import Experiment, load_experiment
from tests.config.valid import VALID

GOOD = """\
[experiment]
base = "base.toml"
replications = 3

[factors."staffing.citizens_per_coordinator"]
values = [20, 50]

[factors.pressure.levels.none]

[factors.pressure.levels.high]
staffing.administration_share = 0.5
"""


def write(name: str, text: str) -> Path:
    """Write a file into the current folder."""
    Path(name).write_text(text, encoding="utf-8")
    return Path(name)


def changed(old: str = "", new: str = "", more: str = "") -> Experiment:
    """Load the experiment with one text changed for another, and more at its end."""
    assert old in GOOD
    return load_experiment(write("e.toml", (GOOD.replace(old, new) if old else GOOD) + more))


def head(text: str) -> Experiment:
    """Load an experiment on base.toml with other tables after its head."""
    return load_experiment(write("e.toml", f'[experiment]\nbase = "base.toml"\n{text}'))


def names(experiment: Experiment) -> list[str]:
    """Names of the points."""
    return [point.name for point in experiment.points]


def write_base() -> None:
    """Write base.toml."""
    write("base.toml", VALID)
