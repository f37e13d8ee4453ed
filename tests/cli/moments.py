"""A real command that stands still at a moment until a signal comes: ``python -m tests.cli.moments MOMENT ...``.

It writes a line when it is there. When the signal has come, it goes on from where it stood.
"""

import hashlib
import importlib
import signal
import sys
import time
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

from sim.batch.workers.interrupt import stopped_with
from sim.cli.start import start

THERE = "here"

IMPORTS = {"start": "click", "loading": "pyarrow", "loading the engine": "numba"}
"""Moments in which a package is about to be imported."""

CALLS = {
    "checking": ("sim.batch.run", "_refuse_taken"),
    "getting ready": ("sim.batch.run", "get_ready"),
    "looking through the directory": ("sim.batch.run_directory", "examine"),
    "simulating": ("sim.batch.variant", "simulate"),
    "writing": ("sim.store.results", "write_summary"),
    "between stages": ("sim.study.precision", "half_width"),
    "ending the workers": ("sim.batch.workers.local.LocalThreads", "shutdown"),
    "showing": ("sim.report.terminal", "_table"),
    "estimating": ("sim.study.estimate", "run_chunk"),
}
"""Moments in which a function is about to be called, in the main thread or in a worker's."""

DEAF = {"lost": "looks for it", "deep in compiled code": "computes"}
"""Moments in which the exception is lost, or never raised, and the work has no end."""


def stand_still() -> None:
    """Write the line, and wait for the signal."""
    print(THERE, file=sys.stderr, flush=True)
    while stopped_with() is None:
        time.sleep(0.001)


class Finder(MetaPathFinder):
    """Stands still where a package is imported for the first time."""

    def __init__(self, package: str) -> None:
        self.package = package

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname == self.package:
            sys.meta_path.remove(self)
            stand_still()
        return None


def stopping_before(real: Callable[..., Any]) -> Callable[..., Any]:
    """Stand still at the first call."""
    calls: list[None] = []

    def call(*arguments: Any, **options: Any) -> Any:
        calls.append(None)
        if len(calls) == 1:
            stand_still()
        return real(*arguments, **options)

    return call


def lose(*_: object, **__: object) -> None:
    """Swallow the exception, as a library may, and never end."""
    try:
        stand_still()
    except KeyboardInterrupt:
        while True:
            time.sleep(0.001)


def compute(*_: object, **__: object) -> None:
    """Be in a function of C for hours."""
    print(THERE, file=sys.stderr, flush=True)
    hashlib.pbkdf2_hmac("sha256", b"", b"", 2_000_000_000)


def patch(moment: str) -> None:
    if moment in IMPORTS:
        sys.meta_path.insert(0, Finder(IMPORTS[moment]))
        return
    place, name = CALLS["getting ready"] if moment in DEAF else CALLS[moment]
    owner: Any = None
    try:
        owner = importlib.import_module(place)
    except ModuleNotFoundError:
        module, _, owner_name = place.rpartition(".")
        owner = getattr(importlib.import_module(module), owner_name)
    deaf = {"lost": lose, "deep in compiled code": compute}
    setattr(owner, name, deaf.get(moment) or stopping_before(getattr(owner, name)))


if __name__ == "__main__":
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_DFL)  # It is ignored where the tests run under nohup.
    patch(sys.argv[1])
    sys.argv = ["sim", *sys.argv[2:]]
    start()
