"""What is wrong or doubtful with the factors of an experiment, for `sim check` and `sim sweep` alike."""

from collections.abc import Hashable, Iterator
from typing import Any

from sim.analysis.kpis import KPIS
from sim.config.canonical import canonical, from_canonical
from sim.config.experiment import Experiment, Point
from sim.config.experiment.factors import FactorColumn, key_paths
from sim.config.messages.placed import PlacedProblem
from sim.config.schema import Config
from sim.config.toml.key_lines import KeyPath
from sim.config.unused import unused_keys
from sim.errors import ConfigError
from sim.model.assembly import build
from sim.store.results import SummaryRow

Paths = tuple[KeyPath, ...]
_RESULTS = {kpi.name for kpi in KPIS} | set(SummaryRow._fields)


def refuse_names_of_results(experiment: Experiment) -> None:
    """Refuse a factor with the name of a column of the results: there would be two.

    Raises
    ------
    ConfigError
        With file and line.
    """
    taken = [factor for factor in experiment.factors if factor.name in _RESULTS]
    if taken:
        text = "this is a column of the results; choose another name"
        raise ConfigError([str(_at(experiment, factor, text)) for factor in taken])


def factors_without_effect(experiment: Experiment) -> list[PlacedProblem]:
    """List the factors whose value changes no event in any point.

    A factor has an effect if two points that differ in it alone have different parameters, by keys that something
    reads.
    """
    found = []
    for factor in experiment.factors:
        why = _why_without_effect(experiment, factor)
        if why:
            found.append(_at(experiment, factor, f"has no effect on any event: {why}"))
    return found


def _at(experiment: Experiment, factor: FactorColumn, text: str) -> PlacedProblem:
    return PlacedProblem(experiment.sources[factor.name], ("factors", factor.name), text)


def _why_without_effect(experiment: Experiment, factor: FactorColumn) -> str:
    definition = experiment.definition.factors[factor.name]
    paths = () if definition.levels is not None else key_paths(factor.name, definition)
    if paths and all(path[0] == "money" for path in paths):
        return "prices change none; price finished runs with `sim ledger --money FILE`"
    reasons = [_why_unused(point.config, paths) for point in experiment.points] if paths else [""]
    if all(reasons):
        return reasons[0]
    compared = False
    for one, other in _pairs(experiment, factor, paths):
        if build(one) != build(other):
            return ""
        compared = True
    return "its values make no difference in this centre" if compared else ""


def _why_unused(config: Config, paths: Paths) -> str:
    """Say why nothing in a config reads any of some keys, or the tables that they are in; empty: something does."""
    reasons = dict(unused_keys(config))
    within = [[path[:end] for end in range(1, len(path) + 1) if path[:end] in reasons] for path in paths]
    return reasons[within[0][0]] if all(within) else ""


def _pairs(experiment: Experiment, factor: FactorColumn, paths: Paths) -> Iterator[tuple[Config, Config]]:
    """Give configs that differ in one factor alone: points of the plan, and made ones for a factor that is drawn."""
    first: dict[tuple[Hashable, ...], Point] = {}
    for point in experiment.points:
        others = tuple(cell for name, cell in point.cells.items() if name != factor.name)
        reference = first.setdefault((point.base_variant, *others), point)
        if reference is not point and reference.cells[factor.name] != point.cells[factor.name]:
            yield reference.config, point.config
    if experiment.definition.factors[factor.name].min is not None:
        for point in experiment.points[1:]:
            yield experiment.points[0].config, _with_values_of(experiment.points[0].config, point.config, paths)


def _with_values_of(config: Config, other: Config, paths: Paths) -> Config:
    """Take the values at some paths from another config."""
    values, theirs = canonical(config), canonical(other)
    for path in paths:
        ours, source = _table(values, path), _table(theirs, path)
        ours[str(path[-1])] = source[str(path[-1])]
    return from_canonical(values)


def _table(values: Any, path: KeyPath) -> Any:
    for part in path[:-1]:
        values = values[part]
    return values
