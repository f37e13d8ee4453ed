"""`sim.ledger`: the ledger of two runs from a script or a notebook."""

from pathlib import Path
from typing import TYPE_CHECKING

from sim.analysis.ledger.ledger import Ledger as Made
from sim.analysis.pairing import check_finished, name_runs
from sim.store.run import Run, open_runs

if TYPE_CHECKING:
    from sim.api.result import Result


class Ledger(Made):
    """What `sim.ledger` gives: a `sim.analysis.ledger.Ledger` that a notebook shows as a table."""

    def _repr_html_(self) -> str:
        """The business case and the lines by year with their intervals, as `sim ledger` shows them."""
        from sim.report.ledger import ledger_page
        from sim.report.notebook import page_html

        return page_html(ledger_page(self))


def ledger(
    a: "str | Path | Result",
    b: "str | Path | Result",
    *,
    money: str | Path | None = None,
    out: str | Path | None = None,
    csv: str | None = None,
    som: str | Path | None = None,
) -> Ledger:
    """Make the ledger of a run A against a baseline B: what A costs more and what it saves.

    Parameters
    ----------
    a, b
        Results of `sim.run`, or directories of finished runs, with the tables weekly, citizens and coordinators.
        Their replications must be pairs: same seed, start, horizon and warm-up.
    money
        A config file whose table [money] wins over the runs' own prices.
    out
        Directory to write the ledger to; None: nothing is written.
    csv
        Form of the CSV files: "en" (the default) or "da" (see docs/tables.md).
    som
        A .csv or .xlsx file for the inputs of the national social investment model (see docs/money.md).

    Returns
    -------
    Ledger
        With `lines`, `business_case` and `by_person` as pandas frames; `sim.report.terminal.print_ledgers` prints
        it.

    Raises
    ------
    UsageError
        If a run is missing or not finished, replications are no pairs, prices are missing, or a file is damaged.
    ConfigError
        If the file of prices is not valid.
    """
    run, baseline = name_runs([*_opened(a), *_opened(b)])
    for one in (run, baseline):
        check_finished(one)
    made = Ledger(run, baseline, None if money is None else Path(money))
    if out is not None:
        made.write(out, csv=csv)
    if som is not None:
        from sim.report.som import write_som

        write_som(made, Path(som), csv)
    return made


def _opened(run: "str | Path | Result") -> list[Run]:
    path, variant = (Path(run), None) if isinstance(run, (str, Path)) else (run.path, run.variant)
    return [one for one in open_runs(path) if variant is None or one.variant == variant]
