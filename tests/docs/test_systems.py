"""Pages with tables from runs: every table is of runs that the page's commands make, and is filled."""

import re
from pathlib import Path

import pytest

from docs.fill_systems import KINDS, PAGES, SYSTEMS, TABLE, filled
from docs.filling.cells import Runs
from docs.reference.shipped import SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS

SYSTEM_PAGES = [page for page in sorted(SYSTEMS.glob("*.md")) if page.stem != "index"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_are_filled_from_runs_that_the_page_names(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:configs|experiments)/(\w+)\.toml", text))
    assert named <= {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
    found = TABLE.findall(text)
    assert len(found) == text.count("<!-- table") == text.count("<!-- end -->")
    assert found
    shipped = {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
    for _, kind, parts, body, _ in found:
        assert kind in KINDS
        assert body.count("\n| ") >= 3
        runs = {word.partition("/")[0] for word in re.split(r"[\s|]+", parts)} & shipped
        assert runs
        assert runs <= named


@pytest.mark.parametrize("page", SYSTEM_PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_must(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for heading in ("The answer", "Money", "The bottleneck", "What is assumed", "What would change the sign"):
        assert text.count(f"\n## {heading}\n\n") == 1
    assert "**The question**" in text


def test_every_page_of_a_system_is_in_the_index_and_has_tables() -> None:
    index = (SYSTEMS / "index.md").read_text(encoding="utf-8")
    assert SYSTEM_PAGES
    assert set(SYSTEM_PAGES) <= set(PAGES)
    assert all(f"({page.name})" in index for page in SYSTEM_PAGES)


def test_commands_of_the_index_name_what_is_shipped_and_what_has_been_run() -> None:
    """Each row runs what it then asks about."""
    rows = [line for line in (SYSTEMS / "index.md").read_text(encoding="utf-8").splitlines() if "`sim " in line]
    rows = [row for row in rows if row.startswith("| ")]
    assert len(rows) > 10
    for row in rows:
        run, ask = re.findall(r"`(sim (?:run|sweep) [^`]*)`<br>`(sim compare [^`]*)`", row)[0]
        made = re.findall(r"(?:configs|experiments)/(\w+)\.toml", run)
        assert set(made) <= {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
        assert set(re.findall(r"results/(\w+)", ask)) == set(made)


def test_without_its_runs_a_page_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SYSTEM_PAGES[0].read_text(encoding="utf-8")
    assert filled(text, Runs(tmp_path)) == text
    assert "kept as it is: " in capsys.readouterr().out
