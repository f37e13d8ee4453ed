"""Configs: the typed schema, loading with `extends`, the source of every value, and error messages."""

from sim.config.canonical import canonical, config_hash
from sim.config.layers.loading import Loaded, load
from sim.config.layers.overrides import parse_override
from sim.config.layers.variation import VariedConfig
from sim.config.toml.sourced import Source
from sim.errors import ConfigError

__all__ = ["ConfigError", "Loaded", "Source", "VariedConfig", "canonical", "config_hash", "load", "parse_override"]
