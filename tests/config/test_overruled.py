"""Which policies with a date take the place of a value that was given for the whole run."""

from pathlib import Path

import pytest

from sim.config import load
from sim.config.layers.overruled import overruled
from tests.batch.tiny import TINY, tiny

JOB = "groups.ready.exits.job.hazard_per_week"
CHANGE = "\n[changes.spring]\ndate = 2018-02-01\n"
LINE = TINY.count("\n") + 4
"""Of the first key that the change states."""


def said(folder: Path, stated: str, *keys: str) -> list[str]:
    path = tiny(folder)
    path.write_text(TINY.replace("conversation_hours = 1", HOURS) + CHANGE + stated, encoding="utf-8")
    return [str(one).removeprefix(path.as_posix()) for one in overruled(load(path).root, keys, "the draws")]


HOURS = "conversation_hours = { gamma = { mean = 1, cv = 0.3 } }"
MEAN = "meetings.conversation_hours.gamma.mean"


@pytest.mark.parametrize(
    ("stated", "key", "text"),
    [
        (f"{JOB} = 0.06\n", JOB, f"changes.spring.{JOB}: holds from 2018-02-01 on, instead of the draws"),
        # What the file states already is no change without draws, and one with them.
        (f"{JOB} = 0.05\n", JOB, f"changes.spring.{JOB}: holds from 2018-02-01 on, instead of the draws"),
        (f"{MEAN} = 2\n", MEAN, f"changes.spring.{MEAN}: holds from 2018-02-01 on, instead of the draws"),
        ("meetings.conversation_hours = 2\n", MEAN,
         f"changes.spring.meetings.conversation_hours: holds from 2018-02-01 on, instead of {MEAN} of the draws"),
        ("meetings.conversation_hours.exponential.mean = 2\n", MEAN,
         f"changes.spring.meetings.conversation_hours: holds from 2018-02-01 on, instead of {MEAN} of the draws"),
        ("meetings.conversation_hours.gamma.cv = 0.2\n", MEAN, ""),
        ("groups.sick.exits.other.hazard_per_week = 0.1\n", JOB, ""),
        # What is stated for every group is for those that state nothing themselves.
        ("every_group.exits.job.hazard_per_week = 0.1\n", JOB, ""),
    ],
)  # fmt: skip
def test_a_policy_with_a_date_wins(tmp_path: Path, stated: str, key: str, text: str) -> None:
    assert said(tmp_path, stated, key) == ([f":{LINE}: {text}"] if text else [])


def test_the_first_that_does_is_told(tmp_path: Path) -> None:
    more = f"{JOB} = 0.06\n[changes.autumn]\ndate = 2018-03-01\n{JOB} = 0.07\n"
    assert len(said(tmp_path, more, JOB)) == 1
    assert said(tmp_path, more, "meetings.window_weeks") == []
