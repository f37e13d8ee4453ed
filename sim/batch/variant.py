"""Parameters that are simulated under a name, and one replication of them: what every batch is made of.

A worker imports this room, and no room that reads configs, so that it starts sooner.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from sim.analysis.incidence.table import INCIDENCE_IDENTITY, INCIDENCE_VERSION, incidence_table
from sim.analysis.incidence.table import TABLE as INCIDENCE
from sim.analysis.kpis import kpi_values
from sim.analysis.kpis.kpi import Floats
from sim.engine import simulate
from sim.model.parameters import Parameters
from sim.tables.arrow import Metadata
from sim.tables.records import Replication, TableName


class Draws(Protocol):
    """What gives each replication its own parameters."""

    def some(self, replications: Iterable[int]) -> "Draws":
        """Give those that some replications need, which can be sent to a worker."""

    def parameters(self, replication: int) -> Parameters:
        """Make the parameters of a replication."""


class Variant(NamedTuple):
    """A config, resolved once.

    Attributes
    ----------
    name
        Of the config, or of the point of a sweep.
    parameters
        What `sim.engine.simulate` needs.
    start
        Calendar date of week 0.
    config_hash
        Of the config; see `sim.config.config_hash`.
    draws
        Of a run with a posterior: what gives each replication its own parameters. `parameters` are then those of the
        config itself, whose names, weeks and size all draws share.
    """

    name: str
    parameters: Parameters
    start: date
    config_hash: str
    draws: Draws | None = None

    def parameters_of(self, replication: int) -> Parameters:
        """Parameters of a replication."""
        return self.parameters if self.draws is None else self.draws.parameters(replication)

    def to_send(self, replications: Iterable[int]) -> "Variant":
        """What a worker needs for some replications."""
        return self if self.draws is None else self._replace(draws=self.draws.some(replications))


def replicate(
    parameters: Parameters, seed: int, number: int, *, tables: Collection[str] = (), engine: str = "compiled"
) -> tuple[Replication, Floats]:
    """Simulate one replication and compute its KPIs: what runs, sweeps and `evaluate` are all built on.

    Parameters
    ----------
    parameters, seed, number, engine
        As of `sim.engine.simulate`.
    tables
        Those wanted beside the KPIs; weekly table, incidence and event log are made only if they are.
    """
    done = simulate(parameters, seed, number, events="events" in tables, weekly="weekly" in tables, engine=engine)
    if INCIDENCE in tables:
        done = done._replace(tables={**done.tables, INCIDENCE: incidence_table(done, parameters)})
    return done, kpi_values(done, parameters)


def facts_of(table: TableName) -> Metadata:
    """What the files of a table say of themselves beside the run: of which version computed rows are."""
    return {INCIDENCE_IDENTITY: INCIDENCE_VERSION} if table == INCIDENCE else {}


def names_of(variants: Sequence[Variant]) -> tuple[str, ...]:
    """Names of some variants."""
    return tuple(variant.name for variant in variants)
