"""Results of studies that were never simulated: small tables whose every figure a test knows."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.analysis.calibration.identified import Identified, identify, word
from sim.analysis.calibration.validation import OUTSIDE, TABLE, Row, validation_table
from sim.config.calibration.parameters import Parameter
from sim.config.calibration.priors import Prior
from sim.store.posterior import FILE, write_posterior
from sim.store.write_table import write_table
from sim.study.calibrate.outcome import CORRELATIONS, DIRECTIONS, PARAMETERS, TARGETS, TargetRow, parameter_rows
from sim.study.sensitivity.tables import ALTERNATIVES, MORRIS, SOBOL, SWITCHING, TORNADO
from sim.tables.arrow import table_of

Floats = NDArray[np.float64]
NAN = float("nan")

STUDY = """\
[sensitivity]
question = "Does it pay?"
variant = "../configs/pilot_a.toml"
baseline = "../configs/base_b.toml"
outcomes = ["net_cost", "cohort_job_share"]
interval = 0.8

[alternatives.other]
label = "another reading"
settings = {}
source = "ASSUMPTION"
"""
ALONE = STUDY.replace('variant = "../configs/pilot_a.toml"\n', "")
NET = ("net_cost", "kr")
JOB = ("cohort_job_share", "share")
PRICE = ("money.price", "price", "kr a year", "[BI5]", 100_000.0, 50_000.0, 150_000.0)
HOURS = ("staffing.hours", "hours", "hours", "ASSUMPTION", 2.0, 1.0, 4.0)
NET_COST = 1_000_000.0
"""Net cost as assumed, kr; the price takes it to 2.5 million and to -0.5 million, the hours to 0.9 and 1.2."""


def sensitivity(folder: Path, text: str = STUDY) -> Path:
    """Write a study of two outcomes and two parameters, in two structures."""
    facts = {"sim.file": text, "sim.replications": "40", "sim.seed": "5", "sim.version": "9.9"}
    facts["sim.rules_version"] = "3"

    def change(value: float, half: float) -> tuple[float, float, float]:
        return value, value - half, value + half

    tornado = [
        (*NET, *PRICE, *change(1.5e6, 1e5), *change(-1.5e6, 1e5), *change(-3e6, 2e5), 40),
        (*NET, *HOURS, *change(-1e5, 5e4), *change(2e5, 5e4), *change(3e5, 5e4), 40),
        (*JOB, *HOURS, *change(-0.002, 0.001), *change(0.003, 0.001), *change(0.005, 0.001), 40),
        (*JOB, *PRICE, 0.0, None, None, 0.0, None, None, 0.0, None, None, 40),
    ]
    switching = [
        (*NET, *PRICE, 116_000.0, *change(1_000.0, 40_000.0), 200),
        (*NET, *HOURS[:-2], 0.5, 8.0, None, None, None, None, 0),
    ]
    answers = [
        ("as it is", "", *NET, *change(NET_COST, 2e5), 40),
        ("as it is", "", *JOB, *change(0.01, 0.002), 40),
        ("other", "ASSUMPTION", *NET, *change(-4e5, 2e5), 40),
        ("other", "ASSUMPTION", *JOB, *change(0.02, 0.002), 40),
    ]
    for stem, columns, rows in (
        ("tornado", TORNADO, tornado),
        ("switching", SWITCHING, switching),
        ("alternatives", ALTERNATIVES, answers),
        ("morris", MORRIS, [(*NET, *PRICE[:4], 3e6, 4e6, 1e5), (*NET, *HOURS[:4], 3e5, 1e5, 2e5)]),
        ("sobol", SOBOL, [(*NET, *PRICE[:4], 0.8, 0.1, 0.9, 0.1), (*NET, *HOURS[:4], -0.01, 0.05, 0.1, 0.05)]),
    ):
        write_table(folder, stem, table_of(columns, rows, facts))
    return folder


def scores() -> Floats:
    """Draws of three parameters' scores: the first known well, the second tied to it, the third as before."""
    generator = np.random.default_rng(3)
    known, free, other = generator.standard_normal((3, 200))
    return np.stack([0.3 * known + 1.0, 0.8 * known + 0.3 * other, free], axis=1)


PRIORS = {
    "groups.ready.exits.job.hazard_per_week": {"lognormal": {"median": 0.01, "factor": 3.0}},
    "meetings.window_weeks": {"uniform": {"min": 1.0, "max": 6.0}},
    "staffing.administration_share": {"beta": {"mean": 0.2, "sd": 0.05}},
}
LABELS = ("hazard of a job", "window of a meeting", "my own share")
UNITS = ("a week", "weeks", "share")


def parameters() -> list[Parameter]:
    """The parameters, with their priors."""
    return [
        Parameter(name, (name,), label, unit, Prior.model_validate(prior), "ASSUMPTION")
        for (name, prior), label, unit in zip(PRIORS.items(), LABELS, UNITS, strict=True)
    ]


def target(name: str, label: str, unit: str, published: float, tail: float, check_z: float) -> TargetRow:
    """One published figure, expected a tenth too low."""
    expected = 0.9 * published
    return TargetRow(
        target=name, label=label, config="control", unit=unit, published=published, rounding=0.01 * published,
        sampling_se=0.03 * published, discrepancy=0.04 * published, prior_low=0.5 * published,
        prior_high=1.8 * published,
        expected=expected, low=0.8 * published, high=published, surprise=1.6, tail=tail, prior_tail=0.5,
        simulated=expected, emulated=expected, check_z=check_z,
    )  # fmt: skip


TARGET_ROWS = (
    target("job", "starting citizens: job", "share", 0.10, 0.2, 1.0),
    target("exits", "exits: job + exits: education", "per 100 citizen-years", 11.3, 0.001, -4.0),
)


def calibration(folder: Path, steps: int = 3000) -> Path:
    """Write a calibration of three parameters and two figures."""
    drawn, stated = scores(), parameters()
    found: Identified = identify(drawn)
    words = [word(float(ratio)) for ratio in found.ratios]
    names = list(PRIORS)
    pairs = [(names[i], names[j], float(found.correlations[i, j])) for i in range(3) for j in range(i + 1, 3)]
    directions = [
        (place + 1, float(found.spreads[place]), name, float(weight))
        for place in range(3)
        for name, weight in zip(names, found.directions[place], strict=True)
    ]
    for stem, columns, rows in (
        ("parameters", PARAMETERS, parameter_rows(stated, drawn, found, words)),
        ("targets", TARGETS, TARGET_ROWS),
        ("correlations", CORRELATIONS, pairs),
        ("directions", DIRECTIONS, directions),
    ):
        write_table(folder, stem, table_of(columns, rows, {}))
    about = {
        "calibration": "made_up", "version": "9.9", "rules": 3, "seed": 7, "replications": 4,
        "definition": {
            "calibration": {"question": "Which hazards?"},
            "parameters": {name: {"prior": prior} for name, prior in PRIORS.items()},
        },
        "parameters": {name: [name] for name in names},
        "chains": {"steps": steps, "walkers": 40, "autocorrelation_steps": 50.0, "acceptance": 0.25},
        "libraries": {"emcee": "1.0"},
    }  # fmt: skip
    values = np.stack([one.prior.at_scores(drawn[:, i]) for i, one in enumerate(stated)], axis=1)
    write_posterior(folder / FILE, names, UNITS, values, about)
    return folder


def figure(name: str, group: str, published: float, inside: str, crps: tuple[float, float, float]) -> Row:
    """One figure of a validation, expected at 0.10."""
    return Row(
        figure=name, label="starting citizens: job", group=group, config="control", unit="share",
        published=published, rounding=0.005, expected=0.10, low=0.08, high=0.12, low50=0.09, high50=0.11, low80=0.07,
        high80=0.13, low95=0.06, high95=0.14, parameters_sd=0.01, chance_sd=0.017,
        surprise=(published - 0.10) / 0.02, inside=inside, tail=0.5,
        crps=crps[0], crps_same_as_control=crps[1], crps_no_effect=crps[2], source="made up",
    )  # fmt: skip


NONE = (NAN, NAN, NAN)
VALIDATED = (
    figure("c1", "calibrated", 0.10, "50 %", NONE),
    figure("p1", "predicted", 0.105, "50 %", NONE),
    figure("p2", "predicted", 0.20, OUTSIDE, NONE),
    figure("i1", "identity", 0.125, "80 %", NONE),
)
WAITING = figure("k1", "kept back", NAN, "", NONE)
OBSERVED = (
    figure("k1", "kept back", 0.12, "80 %", (0.01, 0.02, 0.03)),
    figure("k2", "kept back", 0.09, "50 %", (0.02, 0.01, 0.03)),
)


def validation(folder: Path, more: tuple[Row, ...] = (WAITING,)) -> Path:
    """Write a validation."""
    facts = {"sim.calibration": "made_up", "sim.question": "", "sim.draws": "100", "sim.replications": "2"}
    write_table(folder, TABLE, validation_table([*VALIDATED, *more], facts))
    return folder
