"""Loading an experiment: its points with their configs, or one message with everything that is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from sim.config.experiment.checking import configs, missing_names, overlaps
from sim.config.experiment.factor_checks import problems
from sim.config.experiment.factors import Cell, DrawnFactor, FactorColumn, key_paths, make_factors, settings
from sim.config.experiment.names import ALLOWED, is_safe
from sim.config.experiment.points import drafts, name_problems, too_many
from sim.config.experiment.schema import ExperimentFile, Factor
from sim.config.layers.extends import extended, named_file
from sim.config.layers.merge import merge
from sim.config.layers.variation import VariedConfig
from sim.config.messages.in_file import node_at, refuse
from sim.config.messages.own_schema import checked_by, read_all
from sim.config.messages.thousands import is_amount, points_in_money, wrong_amount
from sim.config.schema import Config, Run
from sim.config.schema.base import Problem
from sim.config.schema.shape import CONFIG, Shape
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import Document, read_document
from sim.config.toml.sourced import Node, Source, from_document, sources
from sim.config.toml.toml_text import key_text

EXPERIMENT = Shape(ExperimentFile)
"""The shape of a whole experiment file."""


class Point(NamedTuple):
    """A point of an experiment: a variant of the job centre.

    Attributes
    ----------
    number
        From 1, in the order of the plan.
    name
        Name of the variant and of its folder.
    base_variant
        The experiment's variant it starts from; empty if the experiment has none.
    cells
        The value of each factor, by the factor's name.
    config
        Its config.
    """

    number: int
    name: str
    base_variant: str
    cells: Mapping[str, Cell]
    config: Config


@dataclass(frozen=True)
class Experiment:
    """An experiment that has been read and is valid.

    Attributes
    ----------
    name
        The file's name without its ending.
    path
        The file, as it was named.
    definition
        What the file says.
    factors
        The factors, as columns.
    points
        The plan.
    replications, seed
        Of every point.
    sources
        Where each factor stands, by its name.
    basis
        What the files of the first variant say of each key (see `sim.config.layers.loading.Loaded.basis`).
    """

    name: str
    path: Path
    definition: ExperimentFile
    factors: tuple[FactorColumn, ...]
    points: tuple[Point, ...]
    replications: int
    seed: int
    sources: Mapping[str, Source] = field(repr=False)
    basis: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def has_variants(self) -> bool:
        """Whether points start from several variants."""
        return bool(self.definition.variants)

    @property
    def baseline(self) -> str | None:
        """Name of the point with which the others are compared."""
        return self.definition.experiment.baseline


def load_experiment(path: str | Path, *, replications: int | None = None, seed: int | None = None) -> Experiment:
    """Read an experiment file and make its points, each checked against the schema of configs.

    Parameters
    ----------
    path
        The TOML file.
    replications, seed
        Instead of the file's.

    Returns
    -------
    Experiment
        With the config of every point.

    Raises
    ------
    ConfigError
        With one line for each problem: file, line, key, value and what is allowed.
    """
    return experiment_of(read_document(Path(path), "experiment", pipes=True), replications=replications, seed=seed)


def experiment_of(document: Document, *, replications: int | None = None, seed: int | None = None) -> Experiment:
    """Do what `load_experiment` does with a file that has been read already."""
    file, root = document.file, from_document(document)
    keys = ("factors", Factor)
    definition = checked_by(ExperimentFile, EXPERIMENT, root, file, "experiment", keys)
    refuse(_problems(definition, root), root)
    bases = read_all(list(definition.variants) or [""], lambda name: _base(definition, root, file, name))
    tables = node_at(root, ("factors",)).table or {}
    factors = make_factors(definition.factors, tables)
    refuse(_unknown_names(definition, bases), root)
    variants, design = list(definition.variants) or [""], definition.experiment.design
    refuse(too_many(variants, factors, design), root)
    planned = drafts(variants, factors, design)
    refuse(name_problems(planned, definition.experiment.baseline), root)
    run = _run(definition, bases[planned[0].variant], replications, seed)
    drawn = {key_text(path) for factor in factors if isinstance(factor, DrawnFactor) for path in factor.paths}
    layer = Node(
        {"run": Node({key: Node(value, root.source) for key, value in run.items()}, root.source)}, root.source
    )
    varied = {name: VariedConfig(base) for name, base in bases.items()}
    made = configs(planned, varied, layer, file, drawn)
    points = tuple(
        Point(number, draft.name, draft.variant, draft.cells, config)
        for number, (draft, config) in enumerate(zip(planned, made, strict=True), start=1)
    )
    columns = tuple(factor.column for factor in factors)
    places = {column.name: tables[column.name].source for column in columns}
    first = sources(next(iter(bases.values())))
    basis = {key_text(path): source.comment for path, source in first.items() if source.comment}
    return Experiment(file.stem, file, definition, columns, points, run["replications"], run["seed"], places, basis)


def _problems(definition: ExperimentFile, root: Node) -> Iterator[Problem]:
    """List what is wrong with the experiment before any config is read."""
    design, ranges = definition.experiment.design, [f for f in definition.factors.values() if f.min is not None]
    if not definition.variants and not definition.factors:
        yield Problem((), "nothing varies; an experiment needs [factors] or [variants]")
    if ranges and design.grid is not None:
        name = next(name for name, factor in definition.factors.items() if factor.min is not None)
        how = "design = { sobol = { points = 64 } } or { latin_hypercube = { points = 64 } }"
        yield Problem(("factors", name), f"min and max are for a design that draws: [experiment] {how}")
    if not ranges and design.grid is None:
        yield Problem(("experiment", "design"), f"{design.form[0]} draws between min and max, which no factor has")
    seen: dict[str, str] = {}
    for name in definition.variants:
        if not is_safe(name):
            yield Problem(("variants", name), f"not a name for a variant; {ALLOWED}")
        elif seen.setdefault(name.casefold(), name) != name:
            yield Problem(("variants", name), f"is the same folder as {seen[name.casefold()]} on Windows")
    wrong = list(problems(definition.factors))
    yield from wrong or overlaps(list(_layers(definition, root)))
    yield from () if wrong else _wrong_amounts(definition, root)


def _wrong_amounts(definition: ExperimentFile, root: Node) -> Iterator[Problem]:
    """List amounts of money with a point between their thousands."""
    for name, factor in definition.factors.items():
        if factor.levels is not None or not any(is_amount(p, CONFIG.at(p)) for p in key_paths(name, factor)):
            continue
        for key in ("values", "min", "max"):
            place: KeyPath = ("factors", name, key)
            node = node_at(root, place)
            listed = enumerate(node.value) if isinstance(node.value, list) else ()
            for path, one in ((place, node), *(((*place, i), one) for i, one in listed)):
                if wrong_amount(one):
                    yield Problem(path, wrong_amount(one))
    for place, layer in _layers(definition, root):
        if place[0] == "factors" and definition.factors[str(place[1])].levels is None:
            continue  # As above.
        for found in points_in_money(layer):
            yield Problem(place, f"{key_text(found.path)}: {found.text}")


def _layers(definition: ExperimentFile, root: Node) -> Iterator[tuple[KeyPath, Node]]:
    """List what each part of the file changes in the config, with its place; the variants come last."""
    tables = node_at(root, ("factors",)).table or {}
    factors = make_factors(definition.factors, tables)
    for factor in factors:
        place: KeyPath = ("factors", factor.column.name)
        if isinstance(factor, DrawnFactor):
            yield place, factor.choices([0.0])[0].layer
        else:
            for choice in factor.choices:
                yield place, choice.layer
    for key in ("replications", "seed"):
        yield ("experiment", key), Node({"run": Node({key: Node(0, root.source)}, root.source)}, root.source)
    for place in (("experiment", "settings"), *(("variants", name, "settings") for name in definition.variants)):
        yield place, settings(node_at(root, place))


def _base(definition: ExperimentFile, root: Node, file: Path, name: str) -> Node:
    """Read the config that a variant starts from, and merge the settings over it."""
    place: KeyPath = ("experiment", "base")
    if name and definition.variants[name].config is not None:
        place = ("variants", name, "config")
    node = node_at(root, place)
    named = named_file(node, file, f"{node.source}: {key_text(place)}")
    base = extended(read_document(named))
    for layer in (("experiment", "settings"), ("variants", name, "settings")):
        base = merge(base, settings(node_at(root, layer)), CONFIG)
    return base


def _unknown_names(definition: ExperimentFile, bases: Mapping[str, Node]) -> Iterator[Problem]:
    """Find factors of a group, department or other named table that a base does not have."""
    for name, factor in definition.factors.items():
        if factor.levels is None:
            for path in key_paths(name, factor):
                for variant, base in bases.items():
                    missing = missing_names(path, base, f"variant {variant}" if variant else "the base")
                    if missing:
                        yield Problem(("factors", name), missing)


def _run(definition: ExperimentFile, base: Node, replications: int | None, seed: int | None) -> dict[str, int]:
    """Return the replications and the seed of all points: as requested, as in the file, or as in the base."""
    stated = node_at(base, ("run",)).table or {}
    run: dict[str, int] = {}
    for key, asked, in_file in (
        ("replications", replications, definition.experiment.replications),
        ("seed", seed, definition.experiment.seed),
    ):
        default = stated[key].value if key in stated else Run.model_fields[key].default
        run[key] = next(value for value in (asked, in_file, default) if value is not None)
    return run
