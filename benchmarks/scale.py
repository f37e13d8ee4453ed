"""The compiled engine in ever larger centres."""

from collections.abc import Iterator

from benchmarks.timing import MODEL, Timed, apart, parameters, timed
from sim.engine import simulate

SMALL = 50_000
"""Smaller centres are timed three times."""


def growth(stocks: list[int]) -> Iterator[str]:
    """The compiled engine on larger centres of the whole model."""
    yield "\nGrowth of the compiled engine (whole model, 130 citizens a coordinator, one department, two years)"
    yield f"{'citizens':>10} {'posts':>7} {'seconds':>10} {'us/citizen':>11} {'MB':>8}"
    for stock in stocks:
        t = apart(centre, stock)
        yield f"{stock:10,} {t.counted:7.0f} {t.seconds:10.3f} {t.seconds / stock * 1e6:11.1f} {t.peak:8.0f}"


def centre(stock: int) -> Timed:
    """Time a centre of a size; counts its posts."""
    scale = stock / 910
    p = parameters(
        MODEL,
        population__stock=stock,
        groups__activity_ready__inflow_per_week=2.8 * scale,
        roles__company_consultant__posts=6.0 * scale,
        rehabilitation_team__slots_per_meeting=max(1, round(2 * scale)),
    )
    return _timed(p, stock)


def whole_administration() -> Iterator[str]:
    """An administration of 53,000 citizens and 564 coordinators over four years."""
    t = apart(administration)
    yield f"\nA whole administration: 53,000 citizens, {t.counted:.0f} posts, 208 weeks:"
    yield f"{t.seconds:.2f} s a replication, {t.peak:.0f} MB"


def administration() -> Timed:
    """Time the whole administration; counts its posts."""
    p = parameters(
        MODEL,
        population__stock=53_000,
        groups__activity_ready__inflow_per_week=163.0,
        roles__company_consultant__posts=350.0,
        rehabilitation_team__slots_per_meeting=116,
        staffing__citizens_per_coordinator=53_000 / 564,
        run__horizon_weeks=208,
    )
    return _timed(p, 53_000)


def _timed(p: object, stock: int) -> Timed:
    def run(replication: int) -> float:
        simulate(p, 1, replication, engine="compiled")  # type: ignore[arg-type]
        return len(p.posts)  # type: ignore[attr-defined]

    return timed(run, 3 if stock < SMALL else 1)
