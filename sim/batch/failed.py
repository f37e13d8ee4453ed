"""What to say at the end when some replications failed."""

from collections.abc import Sequence

from sim.batch.begun import Begun
from sim.batch.plan import finished
from sim.batch.unit import MOST_FAILURES


def report(batches: Sequence[Begun], *, gave_up: bool, command: str) -> str:
    """List the replications that failed, what is missing because of them, and how to see one alone.

    Parameters
    ----------
    batches
        Those of which some failed.
    gave_up
        Whether the rest was not tried after too many failures.
    command
        That resumes.
    """
    failures = [(begun.batch.job, failure) for begun in batches for failure in sorted(begun.failures)]
    lines = [
        f"{job.variant}: replication {failure.replication} (seed {job.seed}) {failure.reason}"
        for job, failure in failures[:MOST_FAILURES]
    ]
    if len(failures) > MOST_FAILURES:
        lines.append(f"... and {len(failures) - MOST_FAILURES} more")
    if gave_up:
        lines.append("So many failed that the rest was not tried.")
    for begun in batches[:MOST_FAILURES]:
        batch = begun.batch
        done = finished(batch.job.directory).done
        lines.append(
            f"{batch.job.variant}: {batch.replications - done} of {batch.replications} replications are missing, so "
            f"it has no summary; {done} are finished and kept in {batch.job.directory.as_posix()}"
        )
    job, failure = failures[0]
    lines += [
        f'to see the first alone: python -m sim.batch.alone "{job.directory.as_posix()}" {failure.replication}',
        f"to go on: {command}",
    ]
    return "\n".join(lines)
