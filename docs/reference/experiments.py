"""docs/experiments.md: the format of an experiment file, a worked example, and the shipped experiments."""

from itertools import groupby
from operator import itemgetter

from docs.reference.configuration import key_table, tables
from docs.reference.markdown import code, page, table
from docs.reference.shipped import SHIPPED_EXPERIMENTS
from sim.config.experiment import load_experiment
from sim.config.experiment.loading import EXPERIMENT

_INTRODUCTION = """\
An experiment runs many variants of a config at once: every value of one key with every value of another, or points
drawn from ranges. It is a text file in [TOML](https://toml.io), usually in the folder `experiments`.

    sim sweep experiments/caseload_ladder.toml --dry-run     # the plan, and what it will take
    sim sweep experiments/caseload_ladder.toml               # run it, or go on where it stopped

- Each combination is a **point**: a config of its own, checked against the [schema of configs](configuration.md)
  before any work. An error names the experiment file, the line, the key and the value.
- **All points have the same seed**: the same citizens with the same luck come in all of them, so that two points can
  be compared citizen by citizen ([random numbers](model.md#random-numbers)).
- **It resumes and extends.** The same command goes on where it stopped. A value more, more replications, a table
  more, more Sobol' points: only what is new is run. A point whose config is another than the one that made its
  results is refused, with the keys that differ; nothing is mixed."""

_EXAMPLE = """\
What if caseworkers had 50 citizens, and what if they were also never ill? The file `experiments/ill.toml`:

```toml
[experiment]
question = "What does a lower caseload bring, with sickness absence and without?"
base = "../configs/130_per_worker.toml"
replications = 100
baseline = "citizens_per_coordinator=130+absence=as_now"

[factors."staffing.citizens_per_coordinator"]
values = [50, 80, 130]

[factors.absence.levels.as_now]

[factors.absence.levels.none]
staffing.absence = "none"
```

The first factor sets one key, which is its name: a dotted key needs quotes in `[ ]`. The second has levels, each of
which may change several keys together; a level that changes nothing is the base. Three values and two levels make
six points, called `citizens_per_coordinator=50+absence=as_now` and so on: the names of their folders.

To draw points instead, give a range and a design. Listed values and levels are then combined with every drawn point:

```toml
[experiment]
base = "../configs/130_per_worker.toml"
design = { sobol = { points = 64 } }

[factors."groups.activity_ready.exits.job.caseload.power.elasticity"]
min = 0.0
max = 0.27

[factors."staffing.turnover.per_year"]
min = 0.1
max = 0.4
scale = "log"

[factors."staffing.citizens_per_coordinator"]
values = [50, 130]
```

That makes 64 x 2 points, `citizens_per_coordinator=50+point_0001` and so on. Whole numbers are rounded.

Variants start from other configs, or change what belongs together and is no factor; each is combined with every
combination of the factors:

```toml
[variants.specialists]

[variants.three_in_one.settings]
roles.company_consultant.posts = 0
```"""

_FILES = (
    (
        "`plan.csv`, `plan.parquet`",
        "one row per point: number, `variant` (the point's name), one column per factor by its dotted key, and "
        "`base_variant` where there are variants. Written before any work",
    ),
    (
        "`summary.csv`, `summary.parquet`",
        "one row per point and KPI: the factors, mean, 95 % interval, quantiles, replications",
    ),
    ("`replications.parquet`", "one row per point and replication: the factors and one column per KPI"),
    (
        "`weekly/`, `citizens/` ...",
        "the tables that were asked for, of all points: the column `variant` says of which",
    ),
    ("`manifest.json`", "what the file said, the seed, the versions, every command that worked on it"),
)
_READING = """\
Factor columns are numbers where the key is one; levels, words, dates and distributions are texts; an empty cell
among numbers is `"none"`, switched off. In Python:

```python
import sim

swept = sim.sweep("experiments/caseload_ladder.toml", out="results/caseload_ladder")
swept.plan
swept.summary.query("kpi == 'timely_share'")
swept.runs["citizens_per_coordinator=50"].replications
```"""

_KEYS = """\
`sim new NAME --experiment --extends CONFIG` writes an experiment to start from, `sim check` finds mistakes, and
`sim schema --experiment` writes a JSON Schema for editors. In the tables below, NAME stands for a name of your
choice (the name of a factor is the key that it sets, unless it has levels or `keys`); a *table* of
settings holds keys of a config: `{ staffing.citizens_per_coordinator = 50 }`."""


def write() -> str:
    """Write the page."""
    parts = [_INTRODUCTION, "## An example", _EXAMPLE]
    where = "The directory is `results/NAME`, or what `--out` says:"
    parts += ["## Files of a sweep", where, table(("file", "holds"), _FILES), _READING]
    parts += ["## The shipped experiments", _shipped(), "## The keys", _KEYS]
    for shape, alike in groupby(tables(EXPERIMENT, ""), key=itemgetter(1)):
        if shape.keys:
            parts += [f"### {', '.join(heading for heading, _ in alike)}", *key_table(shape)]
    return page("Experiments", *parts)


def _shipped() -> str:
    rows = []
    for file in SHIPPED_EXPERIMENTS:
        experiment = load_experiment(file)
        factors = ", ".join(code(factor.name) for factor in experiment.factors)
        size = f"{len(experiment.points)} x {experiment.replications}"
        link = f"[{file.name}](../experiments/{file.name})"
        rows.append((link, experiment.definition.experiment.question, factors, size))
    return table(("file", "question", "factors", "points x replications"), rows)
