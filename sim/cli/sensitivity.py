"""``sim sensitivity`` shows what an answer depends on."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sim.cli import options
from sim.cli.system_limits import require_room
from sim.cli.work import at_work
from sim.safe_text import safe_line

if TYPE_CHECKING:
    from sim.batch.workers.base import Scheduler


@click.command()
@click.argument("file", metavar="FILE")
@click.option(
    "--morris",
    "trajectories",
    type=click.IntRange(min=2, max=1000),
    metavar="N",
    help="Also screen all parameters at once, by so many of Morris' trajectories; 10 are usual.",
)
@click.option(
    "--sobol",
    "size",
    type=click.IntRange(min=2, max=65_536),
    metavar="N",
    help="Also divide the variance among all parameters, by Sobol' indices from N x (parameters + 2) points; N is a "
    "power of two.",
)
@options.execution
@options.engine
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Directory of the files. Default: results/sensitivity/NAME of the file.",
)
@options.csv
@options.quiet
def sensitivity(
    file: str,
    trajectories: int | None,
    size: int | None,
    workers: int | None,
    executor: str,
    scheduler: "Scheduler | None",
    engine: str,
    out: Path | None,
    csv: str | None,
    quiet: bool,
) -> None:
    """Show what an answer depends on.

    FILE names a config, or a variant and its baseline, and what is believed of each parameter (see
    docs/sensitivity.md). One parameter at a time goes to the ends of its interval; one that turns the answer
    round is followed to the value where it is 0, which is then simulated. Run again, nothing that is kept is
    simulated twice.
    """
    require_room()
    from sim.config.sensitivity import load_sensitivity
    from sim.study.sensitivity.outcomes import outcomes_of

    loaded = load_sensitivity(file)
    outcomes = outcomes_of(loaded)
    if trajectories or size:
        from sim.analysis.sensitivity.designs import check_size, require_salib

        require_salib()
        check_size(size)
    from sim.report.sensitivity import effects_view, sensitivity_page
    from sim.report.terminal import print_page
    from sim.store.places import RESULTS
    from sim.study.sensitivity.evaluation import Evaluation
    from sim.study.sensitivity.study import morris, one_at_a_time, sobol, structures
    from sim.study.sensitivity.tables import MORRIS, SOBOL, Writer
    from sim.study.work_off import Crew

    directory = out or RESULTS / "sensitivity" / loaded.name
    writer = Writer(loaded, outcomes, directory, csv)
    with at_work(workers, executor, scheduler, engine=engine, quiet=quiet) as work:
        crew = Crew(work.workers, work.progress, work.command)
        head = loaded.head
        evaluation = Evaluation(directory, loaded.parameters, outcomes, head.replications, head.seed, engine, crew)
        work.progress.begin(1, 0, 0)  # How much there is to do, a search finds out.
        others = structures(evaluation, loaded)
        found = one_at_a_time(evaluation, loaded)
        screened = morris(evaluation, loaded, trajectories) if trajectories else None
        divided = sobol(evaluation, loaded, size) if size else None
    writer.structures(others)
    writer.one_at_a_time(found)
    page = sensitivity_page(loaded, outcomes, found, others)
    if screened is not None:
        writer.effects("morris", MORRIS, screened)
        page = page._replace(views=(*page.views, *effects_view(loaded, outcomes, screened, sobol=False)))
    if divided is not None:
        writer.effects("sobol", SOBOL, divided)
        page = page._replace(views=(*page.views, *effects_view(loaded, outcomes, divided, sobol=True)))
    print_page(page, sys.stdout)
    click.echo(safe_line(f"files: {directory.as_posix()} ({', '.join(writer.files)})"))
