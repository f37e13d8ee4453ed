"""How time passes: engines that run one replication of the job centre and hand back its records."""

from importlib import import_module
from typing import cast

from sim.model.parameters import Parameters
from sim.tables.records import Replication
from sim.tables.trace import Trace

ENGINES = {"simpy": "sim.engine.reference", "compiled": "sim.engine.compiled"}
"""Module of each engine by its name; it is loaded when it is first used."""


def simulate(
    parameters: Parameters,
    seed: int,
    replication: int,
    *,
    events: bool = False,
    weekly: bool = True,
    engine: str = "simpy",
) -> Replication:
    """Run one replication: a pure function of parameters, seed and replication number.

    Parameters
    ----------
    parameters
        From `sim.model.assembly.build`.
    seed
        Seed of all random streams, 0 to 2**63 - 1.
    replication
        Replication number, 0 to 2**32 - 1.
    events
        Record the event log as well. The other tables are the same with and without.
    weekly
        Count the weekly table. The other tables are the same with and without.
    engine
        "simpy": the reference engine. "compiled": the same events, far faster.

    Raises
    ------
    ValueError
        If there is no engine of that name.
    """
    if engine not in ENGINES:
        raise ValueError(f"engine: {engine!r} does not exist; known are {', '.join(ENGINES)}")
    run = import_module(ENGINES[engine]).run
    return cast("Replication", run(parameters, seed, replication, events=events, weekly=weekly))


def trace(parameters: Parameters, seed: int, replication: int) -> tuple[Replication, Trace]:
    """Run one replication with the reference engine and note what the event log does not tell.

    Parameters
    ----------
    parameters, seed, replication
        As of `simulate`.

    Returns
    -------
    tuple
        The replication with its event log, and who waited in which queue and was on whose list.
    """
    from sim.engine.reference import run
    from sim.engine.reference.tracer import Tracer

    tracer = Tracer()
    return run(parameters, seed, replication, events=True, weekly=False, tracer=tracer), tracer.trace()


def get_ready(engine: str) -> None:
    """Let an engine do once what several processes would otherwise each do: the compiled one, compile itself."""
    if engine == "compiled":
        from sim.engine.compiled.loop import run_loop

        run_loop()
