"""Workers in whose processes some replications go wrong."""

import os
import signal
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from sim import engine
from sim.batch import variant
from sim.batch.workers.local import LocalProcesses


class Sabotaged(LocalProcesses):
    """Local processes that die by SIGKILL in some replications, and raise an error in others."""

    def __init__(self, workers: int, *, deadly: tuple[int, ...] = (), wrong: tuple[int, ...] = ()) -> None:
        self._sabotage = deadly, wrong
        super().__init__(workers)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return super().submit(sabotaged, *self._sabotage, fn, *args)


def sabotaged(deadly: tuple[int, ...], wrong: tuple[int, ...], fn: Callable[..., Any], *args: Any) -> Any:
    """Call `fn` in a process whose engine is sabotaged."""

    def simulate(parameters: Any, seed: int, number: int, **options: Any) -> Any:
        if number in deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        if number in wrong:
            raise ZeroDivisionError("float division\nby zero")
        return engine.simulate(parameters, seed, number, **options)

    vars(variant)["simulate"] = simulate
    return fn(*args)
