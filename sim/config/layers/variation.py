"""Many configs that differ from one base in a few values; what they share with the base is checked only once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.config.layers.completed import completed
from sim.config.layers.loading import Loaded, checked, valid
from sim.config.layers.merge import merge_all
from sim.config.layers.overrides import override_layers
from sim.config.messages.placed import PlacedProblem
from sim.config.schema import Config
from sim.config.schema.base import EVERY_GROUP
from sim.config.schema.changes import CHANGES
from sim.config.schema.validation import valid_config
from sim.config.toml.sourced import Node, plain
from sim.errors import ConfigError


class VariedConfig:
    """A base config from which variants are made quickly.

    A variant equals what `load` makes of the same file and overrides. It shares with the base the sections that it
    does not change; only the others are checked again.

    Parameters
    ----------
    base
        A loaded config, or merged layers, which need not be valid: a variant may add what is missing.
    """

    def __init__(self, base: Loaded | Node) -> None:
        self._root = base.root if isinstance(base, Loaded) else base
        self._base = base.config if isinstance(base, Loaded) else checked(base)

    @property
    def root(self) -> Node:
        """The merged layers of the base."""
        return self._root

    @property
    def problems(self) -> list[PlacedProblem]:
        """What is wrong with the base itself."""
        return [] if isinstance(self._base, Config) else self._base

    def config(self, overrides: Mapping[str, Any]) -> Config:
        """Make one variant.

        Parameters
        ----------
        overrides
            Values by dotted key, as for `load`.

        Raises
        ------
        ConfigError
            With one line for each problem, as `load` would.
        """
        return valid(self.with_layers(override_layers(overrides)))

    def configs(self, points: Sequence[Mapping[str, Any]]) -> list[Config]:
        """Make one variant for each point.

        Parameters
        ----------
        points
            The overrides of each point.

        Raises
        ------
        ConfigError
            With one line for each problem of each point; it names the point by its position in `points`, from 0.
        """
        made: list[Config] = []
        wrong: list[str] = []
        for number, overrides in enumerate(points):
            try:
                made.append(self.config(overrides))
            except ConfigError as error:
                wrong += [f"points[{number}]: {line}" for line in error.problems]
        if wrong:
            raise ConfigError(wrong)
        return made

    def with_layers(self, layers: Iterable[Node]) -> Config | list[PlacedProblem]:
        """Make one variant by merging layers over the base, or list everything that is wrong with it."""
        root = merge_all(self._root, layers)
        return self._sharing(root) or checked(root)

    def _sharing(self, root: Node) -> Config | None:
        """Make a config from the sections of the base and those that differ in `root`; None if anything is wrong."""
        if not isinstance(self._base, Config) or CHANGES in root.value:
            return None
        changed = {name: node for name, node in root.value.items() if node is not self._root.value.get(name)}
        every_group = root.value.get(EVERY_GROUP)
        if EVERY_GROUP in changed:
            if every_group.table is None:
                return None
            changed["groups"] = root.value["groups"]
        elif every_group is not None:
            changed[EVERY_GROUP] = every_group
        values = completed(replace(root, value=changed)).values
        shared = {name: section for name, section in self._base if name in root.value}
        return valid_config({**shared, **plain(values)}, changed)
