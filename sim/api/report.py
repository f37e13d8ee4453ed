"""`sim.write_report`, `sim.write_pictures`, `sim.write_tables`: the report of runs from a script or a notebook."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.language import LANGUAGES, Language, language_of

if TYPE_CHECKING:
    from sim.api.result import Result
    from sim.report.views.document import Document
    from sim.report.views.studies.study import StudyDocument
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
    r"""Write the report of runs, of a sweep, of a comparison, or of studies, as one HTML file.

    Parameters
    ----------
    *runs
        Results of `sim.run`; directories of finished runs or of a sweep; the directory that `sim compare` or
        `sim ledger` has written, which stands for its runs; and what `sim sensitivity`, `sim calibrate` and
        `sim validate` have written. Such studies stand alone, or are added to the report of the runs.
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
) -> "tuple[Document | SweepDocument | StudyDocument, Path]":
    """Make the report of what is named, and say in which folder it belongs."""
    from sim.errors import UsageError
    from sim.report.views.studies.pages import pages_of
    from sim.report.views.studies.study import study_document, with_studies
    from sim.store.places import RESULTS
    from sim.study.kinds import kinds_of

    if language not in LANGUAGES:
        raise UsageError(f"language: {language!r} is none of {', '.join(LANGUAGES)}")
    spoken = language_of(language)
    studies = [Path(one) for one in runs if isinstance(one, (str, Path)) and kinds_of(Path(one))]
    others = [one for one in runs if not isinstance(one, (str, Path)) or Path(one) not in studies]
    twice = next(
        (path for i, path in enumerate(studies) if path.resolve() in [p.resolve() for p in studies[:i]]), None
    )
    if twice is not None:
        raise UsageError(f"{twice.as_posix()}: named twice")
    pages = [page for path in studies for page in pages_of(spoken, path)]
    if pages and not others:
        if baseline is not None or money is not None:
            option = "a baseline" if baseline is not None else "a file of prices"
            raise UsageError(f"{option} is of runs, and none is named; {studies[0].as_posix()} is a study")
        return study_document(spoken, pages, question), RESULTS / "report" / studies[0].resolve().name
    made, place = _of_runs(others, baseline, spoken, question, money)
    return (made._replace(sections=with_studies(made.sections, pages)) if pages else made), place


def _of_runs(
    runs: "Sequence[str | Path | Result]",
    baseline: str | None,
    language: Language,
    question: str | None,
    money: str | Path | None,
) -> "tuple[Document | SweepDocument, Path]":
    """Make the report of runs, or of a sweep, and say in which folder it belongs."""
    from sim.analysis.pairing import check_finished, check_pairs, choose_baseline, name_runs, planned_baseline
    from sim.errors import UsageError
    from sim.report.views.document import report_of_runs
    from sim.report.views.sweep.swept import swept
    from sim.report.views.sweep_document import sweep_document
    from sim.store.places import RESULTS, place_of_several
    from sim.store.run import open_manifest

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
    only = opened[0].directory if len({run.directory for run in opened}) == 1 else None
    if only is not None and open_manifest(only).holds == "sweep" and len(opened) > 1:
        planned = stated or planned_baseline(only)
        base = choose_baseline(opened, planned) if planned else None
        place = RESULTS / "report" / only.resolve().name
        return sweep_document(swept(language, only, opened, base, question, prices)), place
    if len(opened) == 1:
        return report_of_runs(language, opened, None, question, prices), RESULTS / "report" / opened[0].variant
    named = name_runs(opened)
    base = choose_baseline(named, stated)
    others = [run for run in named if run is not base]
    for run in others:
        check_pairs(run, base)
    return report_of_runs(language, others, base, question, prices), place_of_several("report", others, base)


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
    _refuse_other(path)
    return [run for directory in directories_of(path) for run in open_runs(directory)], None


def _refuse_other(path: Path) -> None:
    """Refuse a directory that holds nothing which a report is of."""
    from sim.errors import UsageError
    from sim.store.manifest import FILE_NAME
    from sim.store.parts import KPIS_FOLDER
    from sim.study.kinds import KINDS, files_of

    if not path.is_dir():
        return
    places = (path, *(child for child in sorted(path.iterdir()) if child.is_dir()))
    if not any((place / name).exists() for place in places for name in (FILE_NAME, KPIS_FOLDER)):
        raise UsageError(
            f"{path.as_posix()}: holds nothing to report on: no run, sweep, comparison or ledger, and no study (one "
            f"has {', '.join(files_of(KINDS))})"
        )
