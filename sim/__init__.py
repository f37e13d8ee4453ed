"""A discrete-event simulator of a municipal job centre.

`load` reads a config, `run` simulates it and hands back a `Result` with pandas frames:

>>> import sim
>>> result = sim.run("configs/50_per_worker.toml", replications=100)  # doctest: +SKIP
>>> result.summary  # doctest: +SKIP
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.batch.door import run
    from sim.batch.result import Result
    from sim.config import Loaded, load
    from sim.errors import SimError

__version__ = "0.1.0"

__all__ = ["Loaded", "Result", "SimError", "__version__", "load", "run"]

_HOMES = {
    "load": "sim.config",
    "Loaded": "sim.config",
    "run": "sim.batch.door",
    "Result": "sim.batch.result",
    "SimError": "sim.errors",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is asked for: ``import sim`` itself costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
