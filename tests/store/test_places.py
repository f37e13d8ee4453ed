"""Where results go by default: always inside of ``results``, and never two of them in one place."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from sim.store.manifest import Manifest
from sim.store.places import RESULTS, place_of, place_of_several
from sim.store.run import Run

DIGEST = r"-[0-9a-f]{8}"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(name: str, place: str | Path | None = None, point: str | None = None, called: str | None = None) -> Run:
    """A run, or a point of a sweep, in its own place unless told where; `called` beside others of its name."""
    holds = "run" if point is None else "sweep"
    manifest = Manifest(name, holds, {}, 1, 1, (), ())  # type: ignore[arg-type]
    variant = point or name
    return Run(Path(place or place_of(name)), variant, called or variant, manifest, "{}")


@pytest.mark.parametrize("name", ["..", ".", "", "/etc", "../x", "a/b", "compare", "Ledger", "før"])
def test_a_run_is_a_folder_of_its_own_in_results(name: str) -> None:
    place = place_of(name)
    assert place.parent == RESULTS
    assert place.resolve().parent == RESULTS.resolve()
    assert place not in (RESULTS / "compare", RESULTS / "Ledger")


def test_two_runs_in_their_own_places_are_told_by_their_names() -> None:
    assert place_of_several("compare", [run("a")], run("b")) == Path("results/compare/a_vs_b")
    sweep = [run("s", point=f"x-{i}") for i in range(3)]
    assert place_of_several("ledger", sweep, sweep[2], Path("results/s")) == Path("results/ledger/s_vs_x-2")


def test_no_two_comparisons_share_a_place() -> None:
    a, base = run("a"), run("base")
    many = [run(f"a_rather_long_name_{i}") for i in range(8)]
    asked = [
        ([a], base), ([base], a), ([run("a", "p/a")], base), ([run("a", "q/a")], base), ([run("a", "a")], base),
        ([run("a", "p/a", called="p/a"), run("a", "q/a", called="q/a")], base),
        ([run("a_b"), run("c")], base), ([run("a"), run("b_c")], base), ([run("a_b_c")], base),
        ([run("a_vs_b")], run("c")), ([run("a")], run("b_vs_c")), ([run("før")], base), ([run("får")], base),
        (many[:7], base), ([*many[:6], many[7]], base), ([run("s", "s", "x")], base), ([run("s", "t", "x")], base),
        ([run("x")], base), ([run("../../x")], base), ([run("A")], base),
    ]  # fmt: skip
    places = [place_of_several("compare", runs, baseline) for runs, baseline in asked]
    for one, other in combinations(places, 2):
        assert one != other
    assert places == [place_of_several("compare", runs, baseline) for runs, baseline in asked]
    assert {place.parent for place in places} == {RESULTS / "compare"}
    assert all(place.resolve().parent == (RESULTS / "compare").resolve() for place in places)
    assert re.fullmatch("foer_vs_base" + DIGEST, places[11].name)
    assert re.fullmatch("faar_vs_base" + DIGEST, places[12].name)
