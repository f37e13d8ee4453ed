"""What is said below a table of the notes on its intervals."""

from collections.abc import Iterable

from sim.analysis.intervals import ENOUGH, LESS_OFTEN, SKEWED, most_that_show_it, never_seen


def explained(rows: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Explain the notes that occur.

    Parameters
    ----------
    rows
        Of each interval shown: its note, and the number of replications.
    """
    counts: dict[str, int] = {}
    fewest = ENOUGH
    for note, replications in rows:
        if note:
            counts.setdefault(note, replications)
        if replications > 1:
            fewest = min(fewest, replications)
    lines = []
    for note, n in counts.items():
        if note == SKEWED:
            lines.append(f"{note}: some replications are far from the rest; {LESS_OFTEN}; more replications help")
        elif note == never_seen(n):
            lines.append(
                f"{note}: up to {100 * most_that_show_it(n):.2g} % of replications may show it (95 % bound)"
            )
        else:
            lines.append(f"{note}: no interval, since nothing shows how far the mean may be off")
    if fewest < ENOUGH:
        lines.append(
            f"with fewer than {ENOUGH} replications nobody can see how skewed a figure is: an interval may hold the "
            "true value less often than it says"
        )
    return tuple(lines)
