"""By what two configs are counted and priced in one ledger: what `inputs` reads from runs, without a file."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters, quarters
from sim.analysis.ledger.counts import Frame
from sim.analysis.ledger.lines import COORDINATORS, Posts, full_time_weeks, steps_of
from sim.analysis.ledger.spells import Floats
from sim.catalogue import Destination
from sim.config.schema import Config
from sim.config.schema.money import Money
from sim.model.assembly import build
from sim.model.parameters import Parameters, Post

Window = tuple[float, float]
NEVER: Window = (math.inf, -math.inf)


class Pricing(NamedTuple):
    """What a ledger needs of one config.

    Attributes
    ----------
    money
        Its prices.
    posts
        Full-time weeks of its posts.
    schemes
        Names of its benefit schemes, as `frame` numbers them.
    frame
        By what its replications are counted.
    """

    money: Money
    posts: Posts
    schemes: tuple[str, ...]
    frame: Frame


def pricing_of(configs: Sequence[Config], moneys: Sequence[Money]) -> tuple[Pricing, Pricing]:
    """Say by what a variant and its baseline are counted and priced.

    Parameters
    ----------
    configs
        Of the variant and of the baseline, with the same start and horizon.
    moneys
        Their prices, with the same price year and discount rate.
    """
    calendar = quarters(configs[0].run.start, configs[0].run.horizon_weeks)
    steps = steps_of(*moneys)
    built = [build(config) for config in configs]
    windows = _treated(configs, built)
    a, b = (_pricing(*one, calendar, steps, windows) for one in zip(configs, built, moneys, strict=True))
    return a, b


def _pricing(
    config: Config, built: Parameters, money: Money, calendar: Quarters, steps: Floats, windows: dict[str, Window]
) -> Pricing:
    schemes = tuple(dict.fromkeys(group.benefit for group in config.groups.values()))
    frame = Frame(
        quarters=calendar,
        steps=steps,
        schemes=np.array([schemes.index(group.benefit) for group in config.groups.values()]),
        scheme_count=len(schemes),
        saved=np.array([g.small_jobs.benefit_saved_share if g.small_jobs else 0.0 for g in config.groups.values()]),
        treated=tuple(windows.get(name, NEVER) for name in config.departments),
        posts=tuple((post.starts, post.ends) for post in built.posts),
        roles=1 + len(config.roles),
        warm_up=config.run.warm_up_weeks > 0,
        first_weeks=tuple(_first_weeks(d, config, money) for d in Destination),
    )
    return Pricing(money, posts_in(config, built, calendar), schemes, frame)


def _first_weeks(destination: Destination, config: Config, money: Money) -> float:
    """Weeks on another benefit first; none where the model has the wait for a fleksjob itself."""
    first = money.counts_as(destination.key).first
    team = config.rehabilitation_team
    waits = destination == Destination.FLEKSJOB and team is not None and team.fleksjob_group is not None
    return 0.0 if first is None or waits else first.weeks


def posts_in(config: Config, built: Parameters, q: Quarters) -> Posts:
    """Add up the posts of a config by role, from the day they are advertised, vacancies included."""
    return {
        name: full_time_weeks(
            ((p.full_time_share, p.starts, p.ends) for p in built.posts if built.teams[p.team].role == role), q
        )
        for role, name in enumerate((COORDINATORS, *config.roles))
    }


def _treated(configs: Sequence[Config], built: Sequence[Parameters]) -> dict[str, Window]:
    """Give the time in which a department's posts differ; empty where the departments themselves do."""
    a, b = configs
    if list(a.departments) != list(b.departments):
        return {}
    horizon = float(a.run.horizon_weeks)
    return {
        name: _differ([[p for p in one.posts if one.teams[p.team].department == d] for one in built], horizon)
        for d, name in enumerate(a.departments)
    }


def _differ(own: list[list[Post]], horizon: float) -> Window:
    times = sorted(
        {0.0, horizon, *(t for posts in own for p in posts for t in (p.starts, p.ends) if 0 < t < horizon)}
    )
    window = NEVER
    for begin, end in pairwise(times):
        first, second = (sum(p.full_time_share for p in posts if p.starts <= begin < p.ends) for posts in own)
        if abs(first - second) > 1e-9:
            window = (min(window[0], begin), end)
    return window
