"""Replications that each have the parameters of a draw from a posterior."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from sim.config import Loaded, VariedConfig
from sim.config.experiment.checking import missing_names
from sim.config.layers.overruled import overruled
from sim.config.schema import Config
from sim.config.toml.key_lines import split_key
from sim.errors import ConfigError, UsageError
from sim.model.assembly import build
from sim.model.parameters import Parameters
from sim.store.posterior import Posterior

PER_DRAW = 2
"""Replications of each draw unless stated: the fewest that tell chance from what is not known of the parameters."""


class SomeDraws(NamedTuple):
    """The configs of some draws, which can be sent to a worker.

    Attributes
    ----------
    configs
        By number of the draw.
    per_draw
        Replications of each.
    """

    configs: Mapping[int, Config]
    per_draw: int

    def some(self, replications: Iterable[int]) -> "SomeDraws":
        """Give those that some replications need."""
        numbers = dict.fromkeys(number // self.per_draw for number in replications)
        return self._replace(configs={number: self.configs[number] for number in numbers})

    def parameters(self, replication: int) -> Parameters:
        """Make the parameters of a replication."""
        return build(self.configs[replication // self.per_draw])


class Drawn:
    """A config with the draws of a posterior; their configs are made when they are asked for.

    Parameters
    ----------
    loaded
        The config, whose values of the posterior's keys give way to those of the draws.
    posterior
        The draws.
    per_draw
        Replications of each draw: replication r has draw r // per_draw, in every config.

    Raises
    ------
    UsageError
        If the config lacks a key of the posterior.
    """

    def __init__(self, loaded: Loaded, posterior: Posterior, per_draw: int = PER_DRAW) -> None:
        self.posterior, self.per_draw = posterior, per_draw
        self._loaded = loaded
        shown, file = loaded.path.as_posix(), posterior.path.as_posix()
        absent = (missing_names(split_key(key), loaded.root, shown) for key in posterior.keys)
        missing = [text for text in absent if text]
        if missing:
            raise UsageError(f"{file}: its draws do not fit: {missing[0]}")
        self._made: dict[int, Config] = {}

    @cached_property
    def _varied(self) -> VariedConfig:
        return VariedConfig(self._loaded)

    @cached_property
    def overruled(self) -> tuple[str, ...]:
        """Say which policies with a date state a key of the posterior again: they win from then on."""
        by = f"the draws of {self.posterior.path.as_posix()}"
        return tuple(map(str, overruled(self._loaded.root, self.posterior.keys, by)))

    @property
    def most(self) -> int:
        """Most replications that there are draws for."""
        return len(self.posterior.values) * self.per_draw

    @property
    def about(self) -> dict[str, Any]:
        """What a manifest says of it, in types of JSON."""
        told = self.posterior.about
        return {
            "file": self.posterior.path.as_posix(),
            "digest": self.posterior.digest,
            "draws": len(self.posterior.values),
            "replications_per_draw": self.per_draw,
            "keys": list(self.posterior.keys),
            **{key: told[key] for key in ("calibration", "version", "rules", "seed") if key in told},
            **({"overruled": list(self.overruled)} if self.overruled else {}),
        }

    def check(self, replications: int) -> None:
        """Make the configs that so many replications need.

        Raises
        ------
        UsageError
            If there are not so many draws, or one makes no valid config.
        """
        if replications > self.most:
            raise UsageError(
                f"{self.posterior.path.as_posix()}: holds {len(self.posterior.values)} draws, of {self.per_draw} "
                f"replications each: at most {self.most} replications; {replications} were asked for "
                "(--per-draw makes it more)"
            )
        self.some(range(replications))

    def some(self, replications: Iterable[int]) -> SomeDraws:
        """Give the draws that some replications need.

        Raises
        ------
        UsageError
            As `check`.
        """
        numbers = dict.fromkeys(number // self.per_draw for number in replications)
        return SomeDraws({number: self._config(number) for number in numbers}, self.per_draw)

    def parameters(self, replication: int) -> Parameters:
        """Make the parameters of a replication."""
        return self.some((replication,)).parameters(replication)

    def _config(self, number: int) -> Config:
        if number not in self._made:
            if number >= len(self.posterior.values):
                self.check((number + 1) * self.per_draw)
            try:
                self._made[number] = self._varied.config(self.posterior.draw(number))
            except ConfigError as error:
                told = "\n".join(error.problems)
                raise UsageError(
                    f"{self.posterior.path.as_posix()}: draw {number} is no valid config of "
                    f"{self._loaded.path.as_posix()}:\n{told}"
                ) from error
        return self._made[number]
