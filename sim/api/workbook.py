"""`sim.write_workbook`: the workbook of runs from a script or a notebook."""

from pathlib import Path

from sim.api.result import Result
from sim.errors import UsageError
from sim.report.language import LANGUAGES, language_of
from sim.study.kinds import kinds_of
from sim.study.prepare_report import prepare_report


def write_workbook(
    *runs: str | Path | Result,
    out: str | Path,
    baseline: str | None = None,
    language: str = "en",
    money: str | Path | None = None,
    question: str | None = None,
) -> Path:
    """Write a workbook (.xlsx) of one run, or of variants against a baseline.

    A sheet for each table: key figures, differences, ledger, prices, weeks, hours, what is reached, assumptions. The
    ledger consists of formulas: change a price, and sums, net costs and their intervals follow.

    Parameters
    ----------
    *runs
        Results of `sim.run`; directories of finished runs or of a sweep; or the directory that `sim compare` or
        `sim ledger` has written, which stands for its runs.
    out
        The file; an older one is replaced.
    baseline
        Name of the run that the others are compared with; None: the one that a sweep's experiment states, else the
        last.
    language
        "en" or "da".
    money
        A config file whose table [money] wins over the runs' own prices.
    question
        What the first sheet asks; None: it is made of what differs.

    Returns
    -------
    Path
        Of the file.

    Raises
    ------
    UsageError
        If a run is missing or not finished, replications are no pairs, a library is missing, or an argument cannot
        be used.
    ConfigError
        If the file of prices is not valid.
    RunFailed
        If the file cannot be written.

    Examples
    --------
    >>> import sim
    >>> few = sim.run("configs/50_per_worker.toml", replications=20)
    >>> many = sim.run("configs/130_per_worker.toml", replications=20)
    >>> sim.write_workbook(few, many, out="results/caseload.xlsx", language="da").name
    'caseload.xlsx'
    """
    if language not in LANGUAGES:
        raise UsageError(f"language: {language!r} is none of {', '.join(LANGUAGES)}")
    file, prices = Path(out), None if money is None else Path(money)
    if file.suffix.lower() != ".xlsx":
        raise UsageError(f"{file.as_posix()}: the name of a workbook must end in .xlsx, or no program opens it")
    from sim.report.workbook import require_xlsxwriter

    require_xlsxwriter()
    from sim.report.workbook.workbook import write_workbook as write

    directories = [Path(run.path if isinstance(run, Result) else run) for run in runs]
    study = next((path for path in directories if kinds_of(path)), None)
    if study is not None:
        tables = ", ".join(sorted(path.name for path in study.glob("*.csv")))
        raise UsageError(
            f"{study.as_posix()}: is a study, and a workbook is of runs; its tables are there for Excel: {tables}"
        )
    write(file, language_of(language), prepare_report(directories, baseline), prices, question)
    return file
