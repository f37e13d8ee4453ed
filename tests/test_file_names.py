"""File names made of any text: safe, readable, stable, and no two the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.file_names import LONGEST, file_name, file_names, is_safe

MADE = r"-[0-9a-f]{8}"


@pytest.mark.parametrize("name", ["50_per_worker", "a", "_", "x.y-2", "caseload-50+team-2", "a" * LONGEST])
def test_a_safe_name_stays(name: str) -> None:
    assert file_name(name) == name


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("før", "foer"), ("får", "faar"), ("Ærø 2", "Aeroe-2"), ("a\u030a", "aa"), ("Zoë", "Zoe"),
        ("..", "name"), (".", "name"), ("", "name"), (" ", "name"), ("../../etc/passwd", "etc-passwd"),
        ("..\\x", "x"), ("C:\\x", "C-x"), (".hidden", "hidden"), ("end.", "end"), ("-x", "x"), ("a b", "a-b"),
        ("con", "con"), ("CON.txt", "CON-txt"), ("lpt1", "lpt1"), ("a\x00\x1b[2J\nb", "a-2J-b"), ("\udcff", "name"),
        ("a" * (LONGEST + 1), "a" * (LONGEST - 9)), ("x-0123abcd", "x-0123abcd"), ("日本", "name"),
    ],
)  # fmt: skip
def test_any_other_name_is_made_safe_and_bears_a_digest(name: str, readable: str) -> None:
    made = file_name(name)
    assert re.fullmatch(re.escape(readable) + MADE, made)
    assert is_safe(made)
    assert file_name(name) == made


def test_a_digest_is_that_of_the_whole_name() -> None:
    """Kept folders are found again, so it never changes: the first digits of SHA-256 of its UTF-8."""
    assert file_name("før") == "foer-12b198b8"


@given(st.lists(st.text(max_size=150), unique=True, max_size=8))
def test_different_names_get_different_safe_names(names: list[str]) -> None:
    made = file_names(names)
    assert all(is_safe(one) for one in made)
    assert len({one.casefold() for one in made}) == len(names)


def test_names_that_differ_in_capitals_only() -> None:
    made = file_names(["Pilot", "pilot", "base"])
    assert made[2] == "base"
    assert re.fullmatch(r"Pilot-[0-9a-f]{32}", made[0])
    assert re.fullmatch(r"pilot-[0-9a-f]{32}", made[1])
