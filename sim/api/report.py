"""`sim.write_report`, `sim.write_pictures`, `sim.write_tables`: the report of runs from a script or a notebook."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.language import LANGUAGES, language_of

if TYPE_CHECKING:
    from sim.api.result import Result
    from sim.report.views.document import Document
    from sim.report.views.sweep_document import SweepDocument
    from sim.store.run import Run


def write_report(
    *runs: "str | Path | Result",
    baseline: str | None = None,
    language: str = "en",
    question: str | None = None,
    money: str | Path | None = None,
    out: str | Path | None = None,
) -> Path:
    r"""Write the report of a run, of two or more runs, of a sweep or of a comparison, as one HTML file.

    Parameters
    ----------
    *runs
        Results of `sim.run`; directories of finished runs or of a sweep; or the directory that `sim compare` or
        `sim ledger` has written, which stands for its runs.
    baseline
        Name of the run that the others are compared with; None: the one that a sweep or a comparison has, else the
        last.
    language
        "en" or "da".
    question
        What the report answers, as its heading; None: the sweep's, or one that is made of what differs.
    money
        A config file whose table [money] wins over the runs' own.
    out
        The file; None: under ``results/report``, named after the runs.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    UsageError
        If a run is missing or not finished, lacks a table, replications are no pairs, there is no such language, or
        the extra "report" is not installed.
    ConfigError
        If the file of prices is not valid.
    RunFailed
        If the file cannot be written.

    Examples
    --------
    >>> import sim
    >>> a = sim.run("configs/50_per_worker.toml", replications=3)
    >>> b = sim.run("configs/130_per_worker.toml", replications=3)
    >>> path = sim.write_report(a, b, language="da", out="report.html")
    >>> path.read_text(encoding="utf-8")[:32]
    '<!doctype html>\n<html lang="da">'
    """
    from sim.report.html.writing import write_html

    made, place = _made(runs, baseline, language, question, money)
    path = Path(out) if out is not None else place / f"report_{language}.html"
    write_html(made, path)
    return path


def write_pictures(
    *runs: "str | Path | Result",
    out: str | Path,
    form: str = "png",
    baseline: str | None = None,
    language: str = "en",
    question: str | None = None,
    money: str | Path | None = None,
) -> list[Path]:
    r"""Write the pictures of a report as files of their own, for slides.

    Parameters
    ----------
    *runs
        As of `write_report`.
    out
        Folder of the files.
    form
        "png" or "svg".
    baseline, language, question, money
        As of `write_report`.

    Returns
    -------
    list of Path
        The files, in the order of the report.

    Raises
    ------
    UsageError
        If there is no such form, and as of `write_report`.
    ConfigError
        If the file of prices is not valid.
    RunFailed
        If a file cannot be written.

    Examples
    --------
    >>> import sim
    >>> a = sim.run("configs/50_per_worker.toml", replications=3)
    >>> b = sim.run("configs/130_per_worker.toml", replications=3)
    >>> [path.name for path in sim.write_pictures(a, b, out="slides", form="svg")][:2]
    ['whereabouts.svg', 'differences_a.svg']
    """
    from sim.errors import UsageError
    from sim.report.pictures.files import FORMS
    from sim.report.pictures.files import write_pictures as write

    if form not in FORMS:
        raise UsageError(f"form: {form!r} is none of {', '.join(FORMS)}")
    return write(_made(runs, baseline, language, question, money)[0], Path(out), form)


def write_tables(
    *runs: "str | Path | Result",
    out: str | Path,
    form: str = "en",
    baseline: str | None = None,
    language: str = "en",
    question: str | None = None,
    money: str | Path | None = None,
) -> list[Path]:
    r"""Write the tables of a report as CSV files: that behind each picture, under its name, and all others.

    Parameters
    ----------
    *runs
        As of `write_report`.
    out
        Folder of the files.
    form
        "en" (comma, decimal point) or "da" (semicolon, decimal comma: opens in a Danish Excel).
    baseline, language, question, money
        As of `write_report`.

    Returns
    -------
    list of Path
        The files, a list of contents first, then in the order of the report. Figures have all their digits, in the
        unit that the report shows.

    Raises
    ------
    UsageError
        If there is no such form, and as of `write_report`; no extra is needed.
    ConfigError
        If the file of prices is not valid.
    RunFailed
        If a file cannot be written.

    Examples
    --------
    >>> import sim
    >>> a = sim.run("configs/50_per_worker.toml", replications=3)
    >>> b = sim.run("configs/130_per_worker.toml", replications=3)
    >>> [path.name for path in sim.write_tables(a, b, out="tables", form="da", language="da")][:3]
    ['contents.csv', 'costs.csv', 'costs_in_full.csv']
    """
    from sim.report.csv_tables import write_tables as write
    from sim.store.csv_file import check_form

    check_form(form)
    return write(_made(runs, baseline, language, question, money)[0], Path(out), form)


def _made(
    runs: "Sequence[str | Path | Result]",
    baseline: str | None,
    language: str,
    question: str | None,
    money: str | Path | None,
) -> "tuple[Document | SweepDocument, Path]":
    """Make the report of what is named, and say in which folder it belongs."""
    from sim.analysis.pairing import check_finished, check_pairs, choose_baseline, name_runs, planned_baseline
    from sim.errors import UsageError
    from sim.report.views.document import report_of_runs
    from sim.report.views.sweep_document import report_of_sweep
    from sim.store.places import RESULTS, place_of_several
    from sim.store.run import open_manifest

    if language not in LANGUAGES:
        raise UsageError(f"language: {language!r} is none of {', '.join(LANGUAGES)}")
    prices = None if money is None else Path(money)
    opened: list[Run] = []
    stated = baseline
    for one in runs:
        found, theirs = _opened(one)
        opened += found
        stated = stated or (theirs if len(runs) == 1 else None)
    if not opened:
        raise UsageError("nothing to report on; name a run, such as results/50_per_worker")
    for run in opened:
        check_finished(run)
    spoken = language_of(language)
    only = opened[0].directory if len({run.directory for run in opened}) == 1 else None
    if only is not None and open_manifest(only).holds == "sweep" and len(opened) > 1:
        planned = stated or planned_baseline(only)
        base = choose_baseline(opened, planned) if planned else None
        return report_of_sweep(
            spoken, only, opened, base, question, prices
        ), RESULTS / "report" / only.resolve().name
    if len(opened) == 1:
        return report_of_runs(spoken, opened, None, question, prices), RESULTS / "report" / opened[0].variant
    named = name_runs(opened)
    base = choose_baseline(named, stated)
    others = [run for run in named if run is not base]
    for run in others:
        check_pairs(run, base)
    return report_of_runs(spoken, others, base, question, prices), place_of_several("report", others, base)


def _opened(one: "str | Path | Result") -> "tuple[list[Run], str | None]":
    """Open what is named; and the baseline that it has, if it is a comparison."""
    from sim.analysis.pairing import directories_of
    from sim.store.run import open_runs
    from sim.study.compared_runs import runs_compared

    if not isinstance(one, (str, Path)):
        return [run for run in open_runs(one.path) if one.variant in (None, run.variant)], None
    path = Path(one)
    compared = runs_compared(path)
    if compared is not None:
        return compared
    return [run for directory in directories_of(path) for run in open_runs(directory)], None
