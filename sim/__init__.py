"""A discrete-event simulator of a municipal job centre.

`load` reads a config, `run` simulates it and hands back a `Result` with pandas frames; `sweep` does the same
with all points of an experiment file:

>>> import sim
>>> result = sim.run("configs/50_per_worker.toml", replications=100)  # doctest: +SKIP
>>> result.summary  # doctest: +SKIP

`compare` gives paired differences between runs, a `Comparison`:

>>> sim.compare("results/50_per_worker", "results/130_per_worker").differences  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.analysis.kpis import KPI_NAMES
    from sim.api.calibrate import CalibrationResult, calibrate
    from sim.api.compare import Comparison, compare
    from sim.api.ledger import Ledger, ledger
    from sim.api.replay import Replay, replay
    from sim.api.report import write_pictures, write_report, write_tables
    from sim.api.result import Result
    from sim.api.run import run
    from sim.api.sweep import SweepResult, sweep
    from sim.api.validate import validate
    from sim.api.workbook import write_workbook
    from sim.batch.workers.base import Scheduler
    from sim.config import Loaded, load
    from sim.config.experiment import Experiment, load_experiment
    from sim.errors import SimError
    from sim.study.evaluate import evaluate

__version__ = "0.1.0"

__all__ = [
    "KPI_NAMES",
    "CalibrationResult",
    "Comparison",
    "Experiment",
    "Ledger",
    "Loaded",
    "Replay",
    "Result",
    "Scheduler",
    "SimError",
    "SweepResult",
    "__version__",
    "calibrate",
    "compare",
    "evaluate",
    "ledger",
    "load",
    "load_experiment",
    "replay",
    "run",
    "sweep",
    "validate",
    "write_pictures",
    "write_report",
    "write_tables",
    "write_workbook",
]

_HOMES = {
    "validate": "sim.api.validate",
    "calibrate": "sim.api.calibrate",
    "CalibrationResult": "sim.api.calibrate",
    "compare": "sim.api.compare",
    "ledger": "sim.api.ledger",
    "Ledger": "sim.api.ledger",
    "Comparison": "sim.api.compare",
    "load": "sim.config",
    "Loaded": "sim.config",
    "replay": "sim.api.replay",
    "Replay": "sim.api.replay",
    "run": "sim.api.run",
    "write_pictures": "sim.api.report",
    "write_report": "sim.api.report",
    "write_tables": "sim.api.report",
    "Result": "sim.api.result",
    "load_experiment": "sim.config.experiment",
    "Experiment": "sim.config.experiment",
    "sweep": "sim.api.sweep",
    "SweepResult": "sim.api.sweep",
    "write_workbook": "sim.api.workbook",
    "Scheduler": "sim.batch.workers.base",
    "SimError": "sim.errors",
    "evaluate": "sim.study.evaluate",
    "KPI_NAMES": "sim.analysis.kpis",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import sim`` itself costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
