"""``sim report`` writes what is handed on: one self-contained HTML file, a workbook, pictures, or tables."""

from pathlib import Path

import click

from sim.cli.system_limits import require_room
from sim.safe_text import safe_line
from sim.store.csv_file import FORMS


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--baseline",
    metavar="B",
    help="What the others are compared with: the name or directory of one of those given. Default: a sweep's or a "
    "comparison's own, else the last.",
)
@click.option(
    "--language",
    type=click.Choice(["en", "da"]),
    default="en",
    show_default=True,
    help="English, or Danish with Danish forms of numbers.",
)
@click.option("--question", metavar="TEXT", help="The heading. Default: the sweep's question, or what differs.")
@click.option(
    "--money",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Prices of this file's table [money] instead of the runs' own.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The HTML file. Default: results/report/A_vs_B/report_LANGUAGE.html.",
)
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write a workbook; no HTML file then, unless --out asks for it.",
)
@click.option(
    "--png",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write the pictures as PNG files, for slides; no HTML file then, unless --out asks for it.",
)
@click.option("--svg", type=click.Path(path_type=Path), metavar="DIR", help="Likewise as SVG files.")
@click.option(
    "--csv",
    type=(click.Choice(FORMS), click.Path(path_type=Path)),
    metavar="en|da DIR",
    help="Write the tables as CSV files, under the names of the pictures: en with comma and decimal point, da with "
    "semicolon and decimal comma; no HTML file then, unless --out asks for it.",
)
def report(
    runs: tuple[Path, ...],
    baseline: str | None,
    language: str,
    question: str | None,
    money: Path | None,
    out: Path | None,
    xlsx: Path | None,
    png: Path | None,
    svg: Path | None,
    csv: tuple[str, Path] | None,
) -> None:
    """Write a report as one HTML file, a workbook, pictures for slides, or tables.

    `sim report A B` compares A with B. RUN is the directory of a finished run, of a sweep, or what `sim compare`,
    `sim ledger`, `sim sensitivity`, `sim calibrate` or `sim validate` has written. Such studies may stand beside
    runs, and become pages of their report. The file loads nothing, opens from a disk, and prints on A4. A workbook
    has a sheet for each table, and a ledger that follows when a price is changed (see docs/workbook.md).
    """
    require_room()
    if xlsx is not None:
        from sim.api.workbook import write_workbook

        path = write_workbook(*runs, out=xlsx, baseline=baseline, language=language, question=question, money=money)
        click.echo(safe_line(f"workbook: {path.as_posix()}"))
    for form, folder in (("png", png), ("svg", svg)):
        if folder is not None:
            from sim.api.report import write_pictures

            files = write_pictures(
                *runs, out=folder, form=form, baseline=baseline, language=language, question=question, money=money
            )
            click.echo(safe_line(f"pictures: {folder.as_posix()} ({', '.join(path.name for path in files)})"))
    if csv is not None:
        from sim.api.report import write_tables

        form, folder = csv
        files = write_tables(
            *runs, out=folder, form=form, baseline=baseline, language=language, question=question, money=money
        )
        click.echo(safe_line(f"tables: {folder.as_posix()} ({', '.join(path.name for path in files)})"))
    if out is not None or (xlsx, png, svg, csv) == (None, None, None, None):
        from sim.api.report import write_report

        path = write_report(*runs, baseline=baseline, language=language, question=question, money=money, out=out)
        click.echo(safe_line(f"report: {path.as_posix()}"))
