"""How time passes: engines that run one replication of the job centre and hand back its records."""

from sim.engine.records import Replication
from sim.model.parameters import Parameters


def simulate(
    parameters: Parameters, seed: int, replication: int, *, events: bool = False, engine: str = "simpy"
) -> Replication:
    """Run one replication: a pure function of parameters, seed and replication number.

    Parameters
    ----------
    parameters
        From `sim.model.build.build`.
    seed
        Seed of all random streams, 0 to 2**63 - 1.
    replication
        Replication number, 0 to 2**32 - 1.
    events
        Record the event log as well. The other tables are the same with and without.
    engine
        "simpy": the reference engine.

    Raises
    ------
    ValueError
        If there is no engine of that name.
    """
    if engine != "simpy":
        raise ValueError(f"engine: {engine!r} does not exist; known are simpy")
    from sim.engine.reference import run

    return run(parameters, seed, replication, events=events)
