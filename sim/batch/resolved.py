"""A config together with the parameters that follow from it."""

from typing import Any, NamedTuple

from sim.batch.drawn import Drawn
from sim.batch.variant import Variant
from sim.config import canonical, config_hash
from sim.config.schema import Config
from sim.model.assembly import build


class Resolved(NamedTuple):
    """A variant together with its config."""

    variant: Variant
    config: Config

    @property
    def values(self) -> dict[str, Any]:
        """Every effective value, made when it is asked for: of many points they are not kept."""
        return canonical(self.config)


def resolve(name: str, config: Config, drawn: Drawn | None = None) -> Resolved:
    """Resolve a checked config; `drawn`: with the draws of a posterior."""
    return Resolved(Variant(name, build(config), config.run.start, config_hash(config), drawn), config)
