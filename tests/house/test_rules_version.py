"""The version of the rules identifies results: it moves when they do, and only then."""

import json

from sim.model.version import RULES_VERSION
from tests.house.rules_digests import COLUMNS, FILE, digests

STORED = json.loads(FILE.read_text(encoding="utf-8"))


def test_results_move_only_with_the_version_of_the_rules() -> None:
    known = STORED[str(RULES_VERSION)]
    assert digests(known["columns"]) == known["digests"], (
        "the results of the same config and seed have changed. If that is meant, move RULES_VERSION in "
        "sim/model/version.py and write the new digests: python -m tests.house.rules_digests"
    )


def test_a_column_that_is_lost_is_another_result() -> None:
    assert set(STORED[str(RULES_VERSION)]["columns"]) <= set(COLUMNS)


def test_another_version_has_other_results() -> None:
    assert len({json.dumps(of["digests"], sort_keys=True) for of in STORED.values()}) == len(STORED)
