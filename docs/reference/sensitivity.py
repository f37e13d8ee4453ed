"""docs/sensitivity.md: what a sensitivity study does, how to read it, and the format of its file."""

from itertools import groupby
from operator import itemgetter

from docs.reference.configuration import key_table, tables
from docs.reference.markdown import page, table
from sim.analysis.sensitivity.designs import MORRIS_LEVELS
from sim.config.sensitivity.loading import SENSITIVITY
from sim.study.sensitivity.study import CONFIRMED_BY, WIDE
from sim.study.sensitivity.tables import ALTERNATIVES, MORRIS, SOBOL, SWITCHING, TORNADO

_INTRODUCTION = """\
An interval of a run knows of chance alone. Most of what an answer rests on is not chance: it is what was put in.
A sensitivity study moves what was put in, and says which of it moves the answer, and what would turn it round.

    sim sensitivity experiments/sensitivity_50.toml
    sim sensitivity experiments/sensitivity_50.toml --morris 10 --sobol 64     # and all parameters at once

Morris and Sobol' need the extra `sensitivity`: `python -m pip install "jobcentre-sim[sensitivity]"`.

The file names a config, or a variant and its baseline; then every outcome is the variant less the baseline. It
lists the parameters, each with what is believed of it (a *prior*, with its source), and structural alternatives.
All points have the same random numbers, so that differences between them are paired by replication. What is
simulated is kept: the same command goes on where it was stopped, and simulates nothing twice.

[What the README's answers depend on](sensitivity_answers.md) has the tables of four such studies.
`sim report results/sensitivity/NAME` shows a study as a page, in English or Danish; of the first command above:

![What moves the answer: a tornado for each outcome](pictures/study_tornado.svg)

The [gallery of studies](gallery_studies.md) has the other pictures."""

_METHODS = f"""\
**By structure.** The answer in each structure of the job centre side by side, the configs' own first. Structures
are never averaged: nobody knows how likely they are.

**Tornado.** One parameter at a time goes to the low and to the high end of its interval (the central 90 % of its
prior, unless the file says otherwise); all else stays as in the configs. Bars are sorted by how far the outcome
goes. The intervals in brackets are paired, by Student's t over replications. What several parameters do together
a tornado does not see.

**Switching value.** What a parameter would have to be for the outcome to be 0: for net costs the value at which
the variant just pays. It is looked for between the ends of the interval; where the outcome has one sign at both,
between the ends of the central {100 * WIDE:g} % of the prior. The search halves the range, in the scores of the
prior, until the outcome is within a tenth of its standard error of 0. The outcome at the value found is then
simulated in {CONFIRMED_BY} times as many replications, none of which was used to find it: "outcome there" should
be 0 within its interval and that of the search. "none" means that no value in that range turns the sign: the
answer does not hang on this parameter alone.

**Morris** (Morris 1991; Campolongo, Cariboni and Saltelli 2007). Trajectories over {MORRIS_LEVELS} levels of each
parameter's interval. The mean effect (mu*) is what crossing the whole interval does to the outcome, wherever the
others are. A spread (sigma) as large as it means that the effect depends on the value, or on other parameters.
Ten trajectories of k parameters take 10 (k + 1) points.

**Sobol'** (Saltelli 2010). The share of the outcome's variance, over all priors at once, that knowing one
parameter would take away: alone (first order), and with all interactions it takes part in (total). N (k + 2)
points; half-widths in the table say whether N was enough. The outcome of a point is a mean over its replications;
all points have the same replications, so little of their chance is left in the differences."""

_FILES = (
    ("`tornado`", TORNADO),
    ("`switching`", SWITCHING),
    ("`alternatives`", ALTERNATIVES),
    ("`morris`", MORRIS),
    ("`sobol`", SOBOL),
)


def write() -> str:
    """Write the page."""
    parts = [_INTRODUCTION, "## What it computes", _METHODS, "## Files"]
    parts.append(
        "In `results/sensitivity/NAME`, each as CSV and Parquet; the Parquet files carry the version, the seed and "
        "the whole sensitivity file. `evaluations/` keeps what was simulated and may be deleted."
    )
    for name, columns in _FILES:
        parts += [
            f"### {name}",
            table(("column", "unit", "meaning"), [(f"`{c.name}`", c.unit, c.description) for c in columns]),
        ]
    parts.append("## The keys")
    for shape, alike in groupby(tables(SENSITIVITY, ""), key=itemgetter(1)):
        if shape.keys:
            parts += [f"### {', '.join(heading for heading, _ in alike)}", *key_table(shape)]
    return page("Sensitivity", *parts)
