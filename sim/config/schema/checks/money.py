"""Prices: everything that costs has one."""

from collections.abc import Iterator
from difflib import get_close_matches

from sim.config.schema.base import Problem
from sim.config.schema.checks.common import Sections


def benefits_priced(sections: Sections) -> Iterator[Problem]:
    """Every group's benefit has a price, if there is a table [money]."""
    money = sections["money"]
    if money is None:
        return
    for name, group in sections["groups"].items():
        if group.benefit not in money.benefits:
            near = get_close_matches(group.benefit, list(money.benefits), n=1)
            hint = f" (or is {near[0]} meant?)" if near else ""
            yield Problem(
                ("groups", name, "benefit"),
                f"{group.benefit!r} has no price: add a table [money.benefits.{group.benefit}]{hint}",
            )


def roles_priced(sections: Sections) -> Iterator[Problem]:
    """Every role's posts have a price, if there is a table [money]."""
    money = sections["money"]
    if money is None:
        return
    prices = money.staff.roles_kr_per_year
    for name in sections["roles"]:
        if name not in prices:
            yield Problem(("money", "staff", "roles_kr_per_year"), f"has no price of a post of {name}")
