"""The generated pages are what the code gives, and leave nothing out."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_origin

import pytest

from docs.make_reference import DOCS, PAGES
from docs.reference.markdown import RENEW
from docs.reference.shipped import SHIPPED_CONFIGS
from sim.analysis.kpis import KPIS
from sim.catalogue import ACTIVITIES, Activity
from sim.config.schema import Config
from sim.config.schema.changes import CHANGES
from sim.config.schema.shape import CONFIG, Shape
from sim.tables.encode import table_schema
from sim.tables.records import TABLES


@pytest.mark.parametrize("name", list(PAGES))
def test_a_generated_page_is_up_to_date(name: str) -> None:
    file = DOCS / name
    written = file.read_text(encoding="utf-8") if file.exists() else ""
    if written != PAGES[name]():
        pytest.fail(f"docs/{name} differs from what the code gives; write it anew: {RENEW}", pytrace=False)


def rows(page: str, heading: str) -> dict[str, list[str]]:
    """The cells of each row of the tables under a heading, by the first cell without its code marks."""
    text = (DOCS / page).read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip("`"): row for row in cells}


def test_every_kpi_has_its_unit_and_equation() -> None:
    shown = rows("kpis.md", "The KPIs")
    assert {name: (row[1], row[-1]) for name, row in shown.items()} == {k.name: (k.unit, k.equation) for k in KPIS}


@pytest.mark.parametrize("name", list(TABLES))
def test_every_column_is_described(name: str) -> None:
    described = {column.strip("`"): row[-1] for column, row in rows("tables.md", f"{name}/").items()}
    files = table_schema(name, {})  # type: ignore[arg-type]
    assert described == {field.name: field.metadata[b"description"].decode() for field in files}


def test_every_activity_is_explained_with_the_meaning_of_its_value() -> None:
    text = (DOCS / "tables.md").read_text(encoding="utf-8")
    section = text.split("\n## Activities of the event log\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    cells = {line.split("`")[1]: [cell.strip() for cell in line.split("|")[1:-1]] for line in lines}
    assert list(cells) == list(ACTIVITIES)
    assert {name: row[3] for name, row in cells.items() if row[3]} == {
        a.key: a.value_means for a in Activity if a.value_means
    }
    assert all(len(row[1]) > 10 and row[2] for row in cells.values())


def keys(section: Shape, path: str) -> Iterator[tuple[str, str]]:
    """Every key of the schema with the table it stands in."""
    for key in section.keys:
        yield path, key
        child = section.child(key)
        if not path and key == CHANGES:
            yield "changes.NAME", "date"  # And any other table.
        elif child.has_named_tables:
            name = "DESTINATION" if key == "exits" else "NAME"
            yield from keys(child.child(""), f"{path}.{key}.{name}".lstrip("."))
        elif child.section is not None and child.section.__name__ != "Distribution":
            yield from keys(child, f"{path}.{key}".lstrip("."))
        elif get_origin(child.type) is list and child.child(0).section is not None:
            yield from keys(child.child(0), f"{path}.{key}")


def test_every_key_of_the_schema_stands_under_its_table() -> None:
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    shown: set[tuple[str, str]] = set()
    tables: list[str] = []
    for line in text.splitlines():
        if line.startswith("## "):
            tables = [heading.strip("[]") for heading in line[3:].split(", ")] if "[" in line else []
        elif line.startswith("| `"):
            shown |= {(table, line.split("`")[1]) for table in tables}
    expected = {(table, key) for table, key in keys(CONFIG, "") if table}
    assert shown == expected
    assert len(expected) > 150
    assert {table.split(".")[0] for table, _ in expected} == set(Config.model_fields)


def below_the_head(file: Path) -> list[str]:
    """The lines of a config after the comment about the whole file."""
    lines = file.read_text(encoding="utf-8").splitlines()
    first = next(i for i, line in enumerate(lines) if line and not line.startswith("#"))
    return lines[first:]


def test_every_assumption_of_the_configs_is_listed() -> None:
    lines = [line for file in SHIPPED_CONFIGS for line in below_the_head(file)]
    marked = [line.split("#", 1)[1].strip() for line in lines if "ASSUMPTION" in line]
    section = (DOCS / "figures.md").read_text(encoding="utf-8").split("\n## Assumptions\n")[1].split("\n## ")[0]
    basis = [line.rsplit(" | ", 1)[1].removesuffix(" |") for line in section.splitlines() if line.startswith("| `")]
    assert [comment for comment in marked if not any(comment in told for told in basis)] == []
    assert len(basis) == len(marked) > 50


def test_assumptions_show_the_values_of_the_config() -> None:
    listed = rows("figures.md", "Assumptions")
    assert listed["clarification.packages"][1:] == ["`4`", "ASSUMPTION"]
    assert listed["groups.activity_ready.exits.other.hazard_per_week"][1] == "`0.0012`"
    assert listed["staffing.absence"][1] == "(table)"
