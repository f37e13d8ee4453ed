"""A sweep: all points of an experiment as one batch in one data set."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.batch.plan import blocks_of
from sim.batch.prepare import (
    Batch,
    Lost,
    check_tables,
    join,
    make_job,
    manifest_there,
)
from sim.batch.refusals import config_differences, other_rules, refuse, seed_and_rules
from sim.batch.resolved import Resolved, resolve
from sim.config.canonical import from_canonical, jsonable
from sim.config.experiment import Experiment
from sim.config.toml.toml_text import value_text
from sim.errors import UsageError
from sim.model.version import RULES_VERSION
from sim.store.csv_file import check_form
from sim.store.manifest import Manifest
from sim.store.plan import config_text, configs_of, plan_table, read_plan
from sim.store.run import open_manifest
from sim.study.check_sweep import refuse_names_of_results


def prepare_sweep(
    experiment: Experiment,
    directory: Path,
    *,
    tables: Sequence[str] | None = None,
    engine: str = "compiled",
    csv: str | None = None,
) -> Batch:
    """Check that an experiment can be run into a directory; nothing is written.

    Parameters
    ----------
    experiment
        From `sim.config.experiment.load_experiment`.
    directory
        New, or of an earlier sweep of the same experiment, which is resumed or extended.
    tables
        Tables to write beside the KPIs; None: those of the experiment.
    engine
        "compiled" or "simpy": the same results.
    csv
        Form of the CSV files (see `sim.batch.prepare.Batch`).

    Raises
    ------
    UsageError
        If the directory holds something else, a point there has another config, or a table or form does not exist.
    ConfigError
        If a factor has the name of a column of the results.
    """
    refuse_names_of_results(experiment)
    asked = check_tables(experiment.definition.experiment.tables if tables is None else tables)
    resolved = [resolve(point.name, point.config) for point in experiment.points]
    variants = tuple(one.variant for one in resolved)
    manifest = Manifest(
        name=experiment.name,
        holds="sweep",
        definition=jsonable(experiment.definition),
        seed=experiment.seed,
        rules=RULES_VERSION,
        tables=asked,
        blocks=tuple(blocks_of(variants, experiment.replications)),
        basis=dict(experiment.basis),
    )
    there = manifest_there(directory)
    if isinstance(there, Lost):
        raise there.refusal
    if there is not None:
        _refuse_other(there, manifest, directory, experiment, resolved)
    job = make_job(experiment.name, directory, experiment.seed, engine, {})
    configs = [(one.variant.config_hash, config_text(one.values)) for one in resolved]
    plan = plan_table(experiment, configs, job.metadata)
    return join(Batch(job, variants, experiment.replications, asked, manifest, plan=plan, csv=check_form(csv)))


def sweep_again(directory: Path) -> Batch:
    """The batch that made a sweep, from its directory alone.

    Raises
    ------
    UsageError
        If the directory holds no sweep, or one of another version of the rules.
    """
    there = open_manifest(directory)
    refuse(directory, other_rules(there))
    plan = read_plan(directory, there)
    resolved = [resolve(name, from_canonical(json.loads(text))) for name, text in configs_of(plan).items()]
    variants = tuple(one.variant for one in resolved)
    engine = there.runs[-1]["engine"] if there.runs else "compiled"
    job = make_job(there.name, directory, there.seed, engine, {})
    replications = there.runs[-1]["replications"] if there.runs else 1
    return join(Batch(job, variants, replications, check_tables(there.tables), there, plan=plan))


def no_longer_planned(batch: Batch) -> list[str]:
    """Names of the points in the directory that are not in the plan (any more)."""
    planned_now = batch.by_name
    names = (name for block in batch.manifest.blocks for name in block.names)
    return sorted({name for name in names if name not in planned_now})


def _refuse_other(
    there: Manifest, now: Manifest, directory: Path, experiment: Experiment, resolved: Sequence[Resolved]
) -> None:
    shown = directory.as_posix()
    if there.holds != now.holds:
        raise UsageError(f"{shown}: holds a run of {there.name}, not a sweep; choose another --out")
    if there.name != now.name:
        raise UsageError(
            f"{shown}: holds the experiment {there.name}, not {now.name}; choose another --out, "
            "or remove that folder to start again"
        )
    _refuse_other_design(there.definition, now.definition, shown, experiment)
    refuse(directory, seed_and_rules(there, now))
    _refuse_other_configs(there, directory, resolved)


def _refuse_other_design(there: dict[str, Any], now: dict[str, Any], shown: str, experiment: Experiment) -> None:
    if experiment.definition.experiment.design.latin_hypercube is None:
        return
    before, design = there["experiment"]["design"], now["experiment"]["design"]
    if before != design:
        raise UsageError(
            f"{shown}: holds another design, {value_text(before)}; it is {value_text(design)} now. "
            "A Latin hypercube cannot be extended: all its points move (Sobol' points can be). "
            "Choose another --out, or remove that folder to start again."
        )


def _refuse_other_configs(there: Manifest, directory: Path, resolved: Sequence[Resolved]) -> None:
    """Refuse points that are there with another config: names the first, and what differs."""
    hashes = {point.name: point.config_hash for block in there.blocks for point in block.points if point.planned}
    other = [
        one for one in resolved if hashes.get(one.variant.name, one.variant.config_hash) != one.variant.config_hash
    ]
    if not other:
        return
    first = other[0]
    stored = configs_of(read_plan(directory, there)).get(first.variant.name)
    differences = ["its config"] if stored is None else config_differences(json.loads(stored), first.values)
    lines = "\n".join(f"  {line}" for line in differences)
    more = f"\n{len(other) - 1} more points of this sweep are refused likewise." if len(other) > 1 else ""
    raise UsageError(
        f"{directory.as_posix()}: point {first.variant.name}: is there with another config, so nothing was run:\n"
        f"{lines}\nChoose another --out, or remove that folder to start again.{more}"
    )
