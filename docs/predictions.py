"""Write docs/predictions.md: what the model says of figures that nobody here has looked up.

``python -m docs.predictions`` simulates the draws of the shipped calibration and writes the page, with version, date
and seed. It is run when the model has changed and before anyone compares; then it stays as it is.
"""

import datetime
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

import sim
from docs.predicted_agreement import TEXT, agreement
from docs.reference.markdown import table
from docs.reference.shipped import CONFIGS, POSTERIOR, ROOT
from sim.model.version import RULES_VERSION
from sim.report.progress import progress_in_python
from sim.store.posterior import read_posterior

if TYPE_CHECKING:
    import pandas as pd

PAGE = Path(__file__).with_name("predictions.md")
COMMAND = "python -m docs.predictions"
REPLICATIONS = 400
"""Two of each of 200 draws."""
PER_DRAW = 2
SEED = 20180101

Floats = NDArray[np.float64]


class Prediction(NamedTuple):
    """A figure that is predicted.

    Attributes
    ----------
    label, unit
        What it is.
    values
        One a replication, in the order of the replications; NaN: undefined in it.
    decimals
        How many are shown.
    """

    label: str
    unit: str
    values: Floats
    decimals: int = 1

    @property
    def expected(self) -> Floats:
        """The figure that each draw leads one to expect: the mean of its replications."""
        return np.asarray(np.nanmean(self.values.reshape(-1, PER_DRAW), axis=1), np.float64)

    def row(self) -> tuple[str, ...]:
        """A line of the page: what is expected, how far the parameters leave it open, and chance as well."""
        low, high = np.nanquantile(self.values, [0.025, 0.975])
        inner = np.nanquantile(self.values, [0.25, 0.75])
        form = partial(_figure, decimals=self.decimals)
        return (
            self.label,
            self.unit,
            form(float(self.expected.mean())),
            f"{form(inner[0])} to {form(inner[1])}",
            f"{form(low)} to {form(high)}",
        )


def of_groups(citizens: "pd.DataFrame", by: "pd.Series[Any]", label: str, reached: "pd.Series[Any]") -> Prediction:
    """Predict the share of some citizens (those where `by` is true) of whom something is true."""
    chosen = citizens[by]
    shares = 100.0 * reached[by].groupby(chosen.replication).mean()
    return Prediction(label, "%", shares.to_numpy(np.float64))


def arm(citizens: "pd.DataFrame", department: str) -> Iterator[Prediction]:
    """Predict what one department of the trial reaches: its starting citizens, wherever they are later."""
    own = citizens.cohort & (citizens.first_department == department)
    for label, reached in outcomes(citizens).items():
        yield of_groups(citizens, own, label, reached)
    due, timely = (citizens[own].groupby("replication")[name].sum() for name in ("meetings_due", "meetings_timely"))
    yield Prediction("meetings held in time", "%", (100.0 * timely / due).to_numpy(np.float64))
    long = own & citizens.long_history
    left = citizens.exit_weeks.notna()
    course = citizens.resource_course_weeks.notna()
    yield of_groups(citizens, long, "long history: left the job centre, or to a resource course", left | course)
    yield of_groups(citizens, long, "long history: left, resource course not counted", left)


def outcomes(citizens: "pd.DataFrame") -> "Mapping[str, pd.Series[Any]]":
    """Say of each citizen what has been reached by the horizon."""
    return {
        "job": citizens.destination == "job",
        "small job": citizens.small_job_weeks.notna(),
        "education": citizens.destination == "education",
        "internship": citizens.internship_start_weeks.notna(),
        "resource course": citizens.resource_course_weeks.notna(),
        "fleksjob or entitled to it": citizens.fleksjob_award_weeks.notna(),
        "disability pension": citizens.destination == "pension",
    }


def paired(a: Prediction, b: Prediction) -> Prediction:
    """Predict a difference that one replication shows, in percentage points."""
    return Prediction(a.label, "percentage points", a.values - b.values)


def within_a_year(citizens: "pd.DataFrame") -> Iterator[Prediction]:
    """Predict exits of the starting citizens within a year of the start, and their days on benefit in that year."""
    starting = citizens[citizens.cohort]
    left = starting.exit_weeks.where(starting.exit_weeks <= 52.0)
    number = starting.replication
    yield Prediction("left within a year", "%", np.asarray(100.0 * left.notna().groupby(number).mean(), np.float64))
    job = left.notna() & (starting.destination == "job")
    yield Prediction("in a job within a year", "%", np.asarray(100.0 * job.groupby(number).mean(), np.float64))
    days = 7.0 * left.fillna(52.0).groupby(number).mean()
    yield Prediction("days with the centre in that year", "days", np.asarray(days, np.float64))


def write(posterior: Path, folder: Path, replications: int = REPLICATIONS) -> str:
    """Simulate and write the page.

    Parameters
    ----------
    posterior
        Draws of `sim calibrate`.
    folder
        Where the runs are kept.
    replications
        Of every config: `PER_DRAW` of each draw, from the first on.
    """
    run = partial(_run, posterior=posterior, folder=folder, replications=replications)
    trial = run("trial", {}).citizens
    arms = {name: list(arm(trial, name)) for name in ("trial", "ordinary")}
    gaps = list(map(paired, arms["trial"], arms["ordinary"]))
    few = list(within_a_year(run("jki_base", _change(100), "from_250_to_100").citizens))
    many = list(within_a_year(run("jki_base", {"staffing.citizens_per_coordinator": 250}, "at_250").citizens))
    year = [*(p._replace(label=f"{p.label}, at 250") for p in many), *map(_less, few, many)]
    at_200 = run("200_per_worker", {}).replications
    lengths = [
        Prediction(
            f"length of a planned meeting at {n}, of the planned length",
            "%",
            (100.0 * of.meeting_length).to_numpy(np.float64),
        )
        for n, of in (("200", at_200), ("130", run("130_per_worker", {}).replications))
    ]
    about = read_posterior(posterior)
    draws = replications // PER_DRAW
    of_agreement = agreement(posterior, folder / "agreement", draws, PER_DRAW, SEED, COMMAND)
    sections = {
        "trial": arms["trial"], "gaps": gaps, "ordinary": arms["ordinary"], "year": year, "lengths": lengths,
        "agreement": [Prediction(*told) for told in of_agreement],
    }  # fmt: skip
    return _page(about.digest, sections, replications)


def _less(a: Prediction, b: Prediction) -> Prediction:
    unit = "percentage points" if b.unit == "%" else b.unit
    return Prediction(f"{b.label}: 100 minus 250", unit, a.values - b.values)


def _change(caseload: int) -> dict[str, Any]:
    """250 citizens per coordinator until the start, then fewer."""
    return {
        "staffing.citizens_per_coordinator": 250,
        "changes.fewer": {"date": datetime.date(2018, 1, 1), "staffing": {"citizens_per_coordinator": caseload}},
    }


def _run(
    config: str, overrides: Mapping[str, Any], name: str = "", *, posterior: Path, folder: Path, replications: int
) -> sim.Result:
    with progress_in_python():
        return sim.run(
            CONFIGS / f"{config}.toml",
            overrides=overrides,
            posterior=posterior,
            per_draw=PER_DRAW,
            replications=replications,
            seed=SEED,
            workers=None,
            out=folder / (name or config),
            tables=["citizens"],
        )


_INTRODUCTION = """\
# Predictions

<!-- Written by `{command}`; not by hand, and not again after anyone has compared. -->

Some figures that were published of the trial, of the vulnerable-citizens agreement and of studies are
[kept back](evidence.md#kept-back): nobody here has looked them up. This page says what the model expects of them, so
that it can be scored. Version {version}, rules {rules}, {date}, seed {seed}; draws of
[experiments/calibrate_control_arm.toml](../experiments/calibrate_control_arm.toml) with SHA-256
`{digest}`.

    {command}

{replications} replications of every config, {per_draw} of each of {draws} draws of the posterior
([calibration](calibration.md)): the parameters are those that agree with the control arm and with figures from
before 2017, and with nothing else. *Expected* is the mean. *One in two* and *19 in 20* are the central 50 and 95 %
of what a single centre would show: what is not known of the parameters, and its chance over two years. What the
model leaves out is in neither; the discrepancies in the calibration's file are what we think of that. Nor is the
rounding of published figures: `sim validate experiments/calibrate_control_arm.toml --observed FILE` scores with
both.
"""
_HEADINGS = ("figure", "unit", "expected", "one in two", "19 in 20")


def _page(
    digest: str,
    sections: Mapping[str, list[Prediction]],
    replications: int,
) -> str:
    introduction = _INTRODUCTION.format(
        command=COMMAND,
        version=sim.__version__,
        rules=RULES_VERSION,
        date=datetime.datetime.now(tz=datetime.UTC).date(),
        seed=SEED,
        digest=digest,
        replications=replications,
        per_draw=PER_DRAW,
        draws=replications // PER_DRAW,
    )
    parts = [
        introduction,
        "## The trial as one world",
        "`configs/trial.toml`: per cent of the starting citizens of a department who reach it within two years, "
        "wherever they are by then. An internship, a small job, a resource course and an entitlement to a fleksjob "
        "do not exclude each other or what follows. The ordinary department was calibrated to; the trial department "
        "is predicted.",
        "### Trial department (50 per coordinator)",
        _rows(sections["trial"]),
        "### Trial department less ordinary department, as one trial shows it",
        _rows(sections["gaps"]),
        "### Ordinary department (130 per coordinator), for comparison",
        _rows(sections["ordinary"]),
        "## A centre that goes from 250 to 100 citizens per caseworker",
        "`configs/jki_base.toml` with 250 per coordinator during the warm-up; then 100, or still 250. Those who are "
        "there at the start, over the first year. *100 minus 250* is paired: the same citizens with the same luck.",
        _rows(sections["year"]),
        "## How long meetings are",
        _rows(sections["lengths"]),
        "Time pressure shortens meetings as they and calls pile up; a planned meeting has a conversation of 48 "
        "minutes (ASSUMPTION), so a per cent is about half a minute.",
        "## The agreement on vulnerable citizens",
        TEXT,
        _rows(sections["agreement"]),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _rows(predictions: list[Prediction]) -> str:
    return table(_HEADINGS, [prediction.row() for prediction in predictions])


def _figure(value: float, decimals: int) -> str:
    return f"{round(value, decimals) + 0.0:.{decimals}f}"  # Never "-0.0".


def main() -> None:
    """Write the page."""
    folder = ROOT / "results" / "predictions"
    PAGE.write_text(write(POSTERIOR, folder), encoding="utf-8", newline="\n")
    sys.stdout.write(f"written: docs/{PAGE.name}\n")


if __name__ == "__main__":
    main()
