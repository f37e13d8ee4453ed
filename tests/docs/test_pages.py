"""The written pages: links lead somewhere, names exist, the order of events is the code's."""

import re
from pathlib import Path

import pytest

from docs.make_reference import DOCS
from docs.reference.shipped import ROOT, SHIPPED_CONFIGS
from sim.analysis.kpis import KPIS
from sim.config.schema.shape import CONFIG
from sim.config.toml.comments import SOURCE_TAG as TAG
from sim.engine.order import Kind

PAGES = sorted([*DOCS.glob("*.md"), *(DOCS / "systems").glob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors(page: Path) -> set[str]:
    """Anchors of the headings as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(text_of(page)):
        if target.startswith("https://"):
            continue
        file, _, anchor = target.partition("#")
        linked = (page.parent / file).resolve() if file else page
        assert linked.is_file(), f"{page.name}: {target}"
        assert not anchor or anchor in anchors(linked), f"{page.name}: {target}"


@pytest.mark.parametrize("folder", [DOCS, DOCS / "systems"], ids=lambda folder: folder.name)
def test_the_index_leads_to_every_page(folder: Path) -> None:
    linked = {target.split("#")[0] for target in LINK.findall(text_of(folder / "index.md"))}
    assert {page.name for page in PAGES if page.parent == folder} - {"index.md"} <= linked


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_dotted_keys_exist(page: Path) -> None:
    for name in CODE.findall(text_of(page)):
        parts = tuple(name.split("."))
        if len(parts) > 1 and parts[0] in CONFIG.keys and re.fullmatch(r"[\w.]+", name):
            assert CONFIG.at(parts).type is not None, f"{page.name}: {name}"


def test_files_named_in_the_model_exist() -> None:
    named = {name for name in CODE.findall(text_of(DOCS / "model.md")) if re.match(r"(tests|sim|configs)/", name)}
    assert "tests/theory/test_queues.py" in named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_the_order_of_simultaneous_events_is_the_code_s() -> None:
    listed = re.findall(r"^\| (\d+) \| `([A-Z_]+)` \|", text_of(DOCS / "model.md"), flags=re.MULTILINE)
    assert listed == [(str(i), kind.name) for i, kind in enumerate(Kind, start=1)]


def test_every_source_tag_of_the_configs_is_explained() -> None:
    explained = set(re.findall(r"^\| \[(\w+)\] \|", text_of(DOCS / "evidence.md"), flags=re.MULTILINE))
    used = {
        tag
        for file in SHIPPED_CONFIGS
        for line in file.read_text(encoding="utf-8").splitlines()
        for tag in TAG.findall(line.partition("#")[2])
    }
    assert "EVAL" in used
    assert used <= explained


def test_kpis_named_in_the_evidence_exist() -> None:
    named = set(re.findall(r"`((?:cohort|timely)_\w+)`", text_of(DOCS / "evidence.md")))
    assert len(named) == 8
    assert named <= {kpi.name for kpi in KPIS}
