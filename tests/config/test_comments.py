"""What comments say of keys, through files that extend each other."""

from pathlib import Path

import pytest

from sim.config import load
from sim.config.meaning import meaning
from sim.config.toml.comments import comments
from sim.config.toml.key_lines import KeyPath, key_lines

TEXT = """\
# About the file.
[run]                 # the run [EVAL]
seed = 1              # ASSUMPTION
# Two lines
# before it.
start = "a # b"       # and beside it
[x.y]
z = { a = 1, b = 2 }  # both
plain = 2
"""


@pytest.mark.parametrize(
    ("path", "comment"),
    [
        (("run",), "the run [EVAL]"),
        (("run", "seed"), "ASSUMPTION"),
        (("run", "start"), "Two lines before it. and beside it"),
        (("x", "y", "z"), "both"),
    ],
)
def test_comments_belong_to_the_key_on_their_line(path: KeyPath, comment: str) -> None:
    assert comments(TEXT, key_lines(TEXT))[path] == comment


def test_what_has_no_comment_is_not_there() -> None:
    assert len(comments(TEXT, key_lines(TEXT))) == 4


def test_the_last_file_and_overrides_win() -> None:
    config = Path(__file__).parents[2] / "configs" / "50_per_worker.toml"
    basis = load(config).basis
    assert basis["caseload.reference"] == "the control arm's [EVAL]"
    assert "discretionary.outreach.size" in basis
    changed = load(config, {"discretionary.outreach.size": 0.2}).basis
    assert "discretionary.outreach.size" not in changed


def test_keys_have_meanings() -> None:
    assert meaning(("run", "horizon_weeks"))
    assert meaning(("staffing", "citizens_per_coordinator"))
    assert meaning(("no", "such", "key")) == ""
