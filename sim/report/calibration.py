"""What a calibration shows: prior, posterior and target side by side, and what is not identified."""

from sim.report.validation import decimals_of
from sim.report.view import Cell, Column, Interval, Number, Page, View, figure, scale_of, unit_text
from sim.study.calibrate.outcome import UNEXPECTED, Outcome, ParameterRow, TargetRow, emulator_off


def calibration_page(outcome: Outcome) -> Page:
    """Show a calibration.

    Parameters
    ----------
    outcome
        From `sim.study.calibrate.run.calibrate`.
    """
    parameters = View(
        f"{outcome.name}: parameters",
        (
            Column("parameter"),
            Column("unit", behind=True),
            figure("before: median"),
            figure("95 % of it"),
            figure("now: median"),
            figure("95 % interval"),
            figure("spread left"),
            Column(""),
        ),
        tuple(_of_parameter(row) for row in outcome.parameters),
    )
    targets = View(
        "targets",
        (
            Column("target"),
            Column("in"),
            Column("unit", behind=True),
            figure("published"),
            figure("expected before"),
            figure("expected now"),
            figure("95 % interval"),
            figure("surprise"),
            figure("emulator"),
        ),
        tuple(_of_target(row) for row in outcome.targets),
    )
    return Page((parameters, targets), legend=_LEGEND, notes=notes(outcome), look=outcome.sentences)


_LEGEND = (
    "before: over the priors; now: over the posterior, 95 % intervals of what is not known of the parameters",
    "spread left: standard deviation of the posterior as a share of the prior's (of normal scores)",
    "published: with half the width of what rounds to it",
    "surprise: (published - expected) / standard deviation of what could have been published",
    "emulator: (simulated - emulated) / chance error, of draws that were simulated to check the emulators",
)


def notes(outcome: Outcome) -> tuple[str, ...]:
    """Say what the reader must know: chains that are too short, emulators and priors that are off."""
    chains, said = outcome.chains, []
    said.append(
        f"{outcome.draws} draws, from {chains.walkers} chains of {chains.steps:,} steps; these are worth "
        f"{chains.effective:,.0f} independent draws of the slowest parameter"
    )
    if not chains.settled:
        said.append(
            f"the chains are shorter than 50 times their autocorrelation ({chains.autocorrelation:.0f} steps): "
            "intervals may be too narrow"
        )
    off = [row.label for row in outcome.targets if emulator_off(row)]
    if off:
        said.append(
            f"the emulators of these are off by more than chance: {', '.join(off)}; more points or refine help"
        )
    far = [row.label for row in outcome.targets if row.tail < UNEXPECTED]
    if far:
        said.append(
            f"the posterior does not reach what was published of {', '.join(far)}: a prior excludes what would, or "
            "the model cannot give it"
        )
    surprised = [row.label for row in outcome.targets if row.prior_tail < UNEXPECTED and row.label not in far]
    if surprised:
        said.append(f"the priors hardly expected what was published of {', '.join(surprised)}")
    return tuple(said)


def _of_parameter(row: ParameterRow) -> tuple[Cell, ...]:
    scale = scale_of(row.unit)
    decimals = decimals_of(scale * row.median)
    return (
        row.label,
        unit_text(row.unit),
        Number(scale * row.prior_median, decimals),
        Interval(scale * row.prior_low, scale * row.prior_high, decimals),
        Number(scale * row.median, decimals),
        Interval(scale * row.low, scale * row.high, decimals),
        Number(row.spread_left, 2),
        row.learnt,
    )


def _of_target(row: TargetRow) -> tuple[Cell, ...]:
    scale = scale_of(row.unit)
    decimals = decimals_of(scale * row.published)
    published = str(Number(scale * row.published, decimals))
    rounding = f" ±{Number(scale * row.rounding, decimals + 1)}" if row.rounding else ""
    return (
        row.label,
        row.config,
        unit_text(row.unit),
        published + rounding,
        Interval(scale * row.prior_low, scale * row.prior_high, decimals),
        Number(scale * row.expected, decimals),
        Interval(scale * row.low, scale * row.high, decimals),
        Number(row.surprise, 1, signed=True),
        Number(row.check_z, 1, signed=True),
    )
