"""What a ledger is made from: each run's config, prices and posts, and by what both are counted."""

import math
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.analysis.calendar import Quarters, quarters
from sim.analysis.ledger.counts import Frame
from sim.analysis.ledger.lines import COORDINATORS, Posts, full_time_weeks, steps_of
from sim.analysis.ledger.reading import TABLES
from sim.analysis.pairing import check_pairs, tables_command
from sim.config.canonical import from_canonical
from sim.config.prices import prices
from sim.config.schema import Config
from sim.config.schema.money import Money
from sim.errors import UsageError
from sim.model.assembly.staff import teams_and_posts
from sim.model.parameters import Post
from sim.store.run import Run

Window = tuple[float, float]
NEVER: Window = (math.inf, -math.inf)


class Inputs(NamedTuple):
    """What a ledger needs of one run.

    Attributes
    ----------
    run
        Which.
    money
        Its prices.
    posts
        Full-time weeks of its posts.
    schemes
        Names of its benefit schemes, as `frame` numbers them.
    frame
        By what its replications are counted.
    """

    run: Run
    money: Money
    posts: Posts
    schemes: tuple[str, ...]
    frame: Frame


def inputs_of(run: Run, baseline: Run, file: Path | None) -> tuple[Inputs, Inputs]:
    """Check that two runs can stand in one ledger, and say by what they are counted.

    Parameters
    ----------
    run, baseline
        A and B.
    file
        Prices instead of the runs' own.

    Raises
    ------
    UsageError
        If replications are no pairs, a table or prices are missing, or price level, discount rate or what staff is
        counted by differ.
    """
    check_pairs(run, baseline)
    for one in (run, baseline):
        _check_tables(one)
    configs = [from_canonical(one.config) for one in (run, baseline)]
    moneys = [_money(one, file) for one in (run, baseline)]
    for one, config, money in zip((run, baseline), configs, moneys, strict=True):
        _check_benefits(one, config, money)
    _check_level(run, baseline, *moneys)
    calendar = quarters(configs[0].run.start, configs[0].run.horizon_weeks)
    steps = steps_of(*moneys)
    windows = _treated(*configs)
    a, b = (
        _inputs(one, config, money, calendar, steps, windows)
        for one, config, money in zip((run, baseline), configs, moneys, strict=True)
    )
    return a, b


def _inputs(
    run: Run, config: Config, money: Money, calendar: Quarters, steps: np.ndarray, windows: dict[str, Window]
) -> Inputs:
    schemes = tuple(dict.fromkeys(group.benefit for group in config.groups.values()))
    frame = Frame(
        quarters=calendar,
        steps=steps,
        schemes=np.array([schemes.index(group.benefit) for group in config.groups.values()]),
        scheme_count=len(schemes),
        saved=np.array([g.small_jobs.benefit_saved_share if g.small_jobs else 0.0 for g in config.groups.values()]),
        treated=tuple(windows.get(name, NEVER) for name in config.departments),
        posts=tuple((post.starts, post.ends) for post in teams_and_posts(config)[1]),
        roles=1 + len(config.roles),
        warm_up=config.run.warm_up_weeks > 0,
    )
    return Inputs(run, money, posts_in(config, calendar), schemes, frame)


def posts_in(config: Config, q: Quarters) -> Posts:
    """Add up the posts of a config by role, from the day they are advertised, vacancies included."""
    teams, posts = teams_and_posts(config)
    return {
        name: full_time_weeks(
            ((p.full_time_share, p.starts, p.ends) for p in posts if teams[p.team].role == role), q
        )
        for role, name in enumerate((COORDINATORS, *config.roles))
    }


def _check_tables(run: Run) -> None:
    missing = [table for table in TABLES if table not in run.tables]
    if missing:
        raise UsageError(
            f"{run.shown}: a ledger needs the tables {', '.join(TABLES)}; "
            f"there is no {' and no '.join(missing)}\nto add it: {tables_command(run, ','.join(TABLES))}"
        )


def _money(run: Run, file: Path | None) -> Money:
    money = prices(run.config.get("money"), file)
    if money is None:
        raise UsageError(
            f"{run.shown}: its config has no table [money], so there are no prices; "
            "give a file that has one with --money FILE"
        )
    return money


def _check_benefits(run: Run, config: Config, money: Money) -> None:
    for name, group in config.groups.items():
        if group.benefit not in money.benefits:
            raise UsageError(
                f"{run.shown}: groups.{name}.benefit: {group.benefit!r} has no price: "
                f"add a table [money.benefits.{group.benefit}], or one in the file of --money"
            )


def _check_level(run: Run, baseline: Run, a: Money, b: Money) -> None:
    for key in ("price_year", "discount_rate", "staff.counted_by"):
        ours, theirs = (attrgetter(key)(money) for money in (a, b))
        if ours != theirs:
            raise UsageError(
                f"money.{key}: {ours} in {run.name}, {theirs} in {baseline.name}; it must be the same; "
                "a file that states it (--money FILE) wins over both"
            )


def _treated(a: Config, b: Config) -> dict[str, Window]:
    """Give the time in which a department's posts differ; empty where the departments themselves do."""
    if list(a.departments) != list(b.departments):
        return {}
    horizon = float(a.run.horizon_weeks)
    staff = [teams_and_posts(config) for config in (a, b)]
    return {
        name: _differ([[p for p in posts if teams[p.team].department == d] for teams, posts in staff], horizon)
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
