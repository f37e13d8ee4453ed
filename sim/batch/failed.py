"""What to say at the end when some replications failed."""

from collections.abc import Sequence

from sim.batch.chunk import MOST_FAILURES
from sim.batch.run_directory import RunDirectory


def report(runs: Sequence[RunDirectory], *, gave_up: bool, command: str) -> str:
    """List the replications that failed, what is missing because of them, and how to see one alone.

    Parameters
    ----------
    runs
        Those of which some failed.
    gave_up
        Whether the rest was not tried after too many failures.
    command
        That resumes.
    """
    failures = [(run.batch, failure) for run in runs for failure in sorted(run.failures)]
    lines = [
        f"{failure.variant}: replication {failure.replication} (seed {batch.job.seed}) {failure.reason}"
        for batch, failure in failures[:MOST_FAILURES]
    ]
    if len(failures) > MOST_FAILURES:
        lines.append(f"... and {len(failures) - MOST_FAILURES} more")
    if gave_up:
        lines.append("So many failed that the rest was not tried.")
    for run in runs[:MOST_FAILURES]:
        batch = run.batch
        done, wanted = batch.done(), batch.wanted()
        lines.append(
            f"{batch.job.name}: {wanted - done} of {wanted} replications are missing, so "
            f"it has no summary; {done} are finished and kept in {batch.job.directory.as_posix()}"
        )
    batch, failure = failures[0]
    point = f' "{failure.variant}"' if batch.plan is not None else ""
    directory = batch.job.directory.as_posix()
    lines += [
        f'to see the first alone: python -m sim.batch.alone "{directory}" {failure.replication}{point}',
        f"to go on: {command}",
    ]
    return "\n".join(lines)
