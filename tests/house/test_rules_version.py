"""The version of the rules identifies results: it moves when they do, and only then."""

import json

from sim.model.version import RULES_VERSION
from tests.house.rules_digests import FILE, digests


def test_results_move_only_with_the_version_of_the_rules() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    found = digests()
    assert known.get(str(RULES_VERSION)) == found, (
        "the results of the same config and seed have changed. If that is meant, move RULES_VERSION in "
        "sim/model/version.py and write the new digests: python -m tests.house.rules_digests"
    )


def test_another_version_has_other_results() -> None:
    known = json.loads(FILE.read_text(encoding="utf-8"))
    assert len({json.dumps(runs, sort_keys=True) for runs in known.values()}) == len(known)
