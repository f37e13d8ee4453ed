"""What a ledger is made from: each run's config, prices and posts, and by what both are counted."""

from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from sim.analysis.ledger.counts import Frame
from sim.analysis.ledger.lines import Posts
from sim.analysis.ledger.pricing import pricing_of
from sim.analysis.ledger.reading import TABLES
from sim.analysis.pairing import check_pairs, tables_command
from sim.config.canonical import from_canonical, jsonable
from sim.config.prices import prices
from sim.config.schema import Config
from sim.config.schema.base import Section
from sim.config.schema.money import Money
from sim.config.toml.toml_text import value_text
from sim.errors import UsageError
from sim.store.run import Run

_ALIKE = (
    "price_year", "discount_rate", "discount_steps", "displacement_share", "persistence", "staff.counted_by",
)  # fmt: skip
"""What two runs in one ledger must have in common."""


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
    a, b = pricing_of(configs, moneys)
    return Inputs(run, *a), Inputs(baseline, *b)


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
    for key in _ALIKE:
        ours, theirs = (_shown(attrgetter(key)(money)) for money in (a, b))
        if ours != theirs:
            raise UsageError(
                f"money.{key}: {ours} in {run.name}, {theirs} in {baseline.name}; it must be the same; "
                "a file that states it (--money FILE) wins over both"
            )


def _shown(value: object) -> object:
    """Write a value as it would stand in a file."""
    return "none" if value is None else value_text(jsonable(value)) if isinstance(value, (list, Section)) else value
