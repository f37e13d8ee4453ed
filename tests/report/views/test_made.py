"""Assumptions with their values, and commands as one types them."""

import pytest

from sim.config.toml.key_lines import KeyPath
from sim.config.toml.toml_text import key_text
from sim.report.views.made import assumptions, key_path, reproduce
from sim.report.views.shown import Shown


@pytest.mark.parametrize(
    "path", [("a",), ("a", "b c", "d"), ("staffing", "changes", 0), ("x", 1, "y", 12, "z"), ("a.b", "c")]
)
def test_keys_are_split_as_they_are_written(path: KeyPath) -> None:
    assert key_path(key_text(path)) == path


def test_every_figure_stands_with_its_value_and_what_the_file_says(of: Shown) -> None:
    section = assumptions(of)
    basis = of.variants[0].run.manifest.basis
    unsourced, sourced = section.folded
    rows = {str(row[0]): row for row in (*unsourced.view.rows, *sourced.view.rows)}
    assert len(unsourced.view.rows) == of.variants[0].unsourced > 50
    assert rows["discretionary.outreach.size"][1:] == ("0.1", "ASSUMPTION")
    assert all(basis[key] == row[2] for key, row in rows.items())
    (differs,) = section.tables
    assert [str(row[0]) for row in differs.rows] == ["staffing.citizens_per_coordinator"]
    assert [str(cell) for cell in differs.rows[0][1:3]] == ["50", "130"]


def test_the_whole_config_and_the_report_s_command_are_there(of: Shown) -> None:
    commands, *configs = reproduce(of).code
    assert commands.text.splitlines()[-1].startswith("sim report ")
    assert commands.text.endswith(f"--language {of.language.code}")
    assert len(configs) == 2
    for code in configs:
        assert "staffing.citizens_per_coordinator = 200" in code.text
        assert code.folded
