"""A config in one line."""

from sim.config.schema import Config
from sim.config.schema.counts import stock_of
from sim.config.schema.posts import initial_posts


def one_line(config: Config) -> str:
    """Describe the size of the job centre, the horizon and the number of replications."""
    posts = sum(initial_posts(dict(config)))
    noun = "coordinator" if posts == 1 else "coordinators"
    at_the_start = " at the start" if config.changes else ""
    return (
        f"{round(posts, 1):,g} {noun}{at_the_start} for {stock_of(dict(config))} citizens, "
        f"{config.run.horizon_weeks} weeks, {config.run.replications} replications"
    )
