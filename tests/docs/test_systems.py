"""The pages of docs/systems: every table is of runs that the page's commands make, and is filled."""

import re
from pathlib import Path

import pytest

from docs.fill_systems import KINDS, SYSTEMS, TABLE, Runs, filled
from docs.reference.shipped import SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS

PAGES = sorted(SYSTEMS.glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_tables_are_filled_from_runs_that_the_page_names(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"(?:configs|experiments)/(\w+)\.toml", text))
    assert named <= {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
    found = TABLE.findall(text)
    assert len(found) == text.count("<!-- table") == text.count("<!-- end -->")
    assert found or page.stem == "index"
    shipped = {path.stem for path in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS)}
    for _, kind, parts, body, _ in found:
        assert kind in KINDS
        assert body.count("\n| ") >= 3
        runs = {word.partition("/")[0] for word in re.split(r"[\s|]+", parts)} & shipped
        assert runs
        assert runs <= named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_says_what_it_must(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.stem != "index":
        for heading in ("The answer", "Money", "The bottleneck", "What is assumed", "What would change the sign"):
            assert text.count(f"\n## {heading}\n\n") == 1
        assert "**The question**" in text


def test_without_its_runs_a_page_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGES[-1].read_text(encoding="utf-8")
    assert filled(text, Runs(tmp_path)) == text
    assert "kept as it is: " in capsys.readouterr().out
