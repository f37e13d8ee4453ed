"""docs/sensitivity_answers.md: its tables are of studies that the page's commands make, and are filled."""

import re
from pathlib import Path

import pandas as pd
import pytest

from docs.fill_sensitivity import KINDS, PAGE, filled
from docs.fill_systems import TABLE
from docs.reference.shipped import EXPERIMENTS
from sim.config.sensitivity import load_sensitivity
from sim.study.sensitivity.outcomes import outcomes_of


def test_tables_are_filled_from_studies_that_the_page_names() -> None:
    text = PAGE.read_text(encoding="utf-8")
    commands = set(re.findall(r"sim sensitivity experiments/(\w+)\.toml", text))
    assert len(commands) == 4
    assert all((EXPERIMENTS / f"{name}.toml").is_file() for name in commands)
    found = TABLE.findall(text)
    assert len(found) == text.count("<!-- table") == text.count("<!-- end -->")
    for _, kind, parts, body, _ in found:
        study, *outcome = (part.strip() for part in parts.split("|"))
        loaded = load_sensitivity(EXPERIMENTS / f"{study}.toml")
        assert study in commands
        assert set(outcome) <= {one.name for one in outcomes_of(loaded)}
        rows = body.count("\n| ") - 2
        assert rows == (len(loaded.head.outcomes) if kind == "structures" else len(loaded.parameters))
    assert {kind for _, kind, *_ in found} <= KINDS.keys()


def test_a_table_of_a_tornado(tmp_path: Path) -> None:
    row = {
        "outcome": "net_cost", "unit": "kr", "label": "price", "own": 115_000.0, "low": 0.5, "high": 2.25,
        "at_low": -1_540_000.0, "at_low_ci95_low": -2_000_000.0, "at_low_ci95_high": -1_100_000.0,
        "at_high": 0.0, "at_high_ci95_low": float("nan"), "at_high_ci95_high": float("nan"),
    }  # fmt: skip
    (tmp_path / "study").mkdir()
    pd.DataFrame([row, row | {"outcome": "mean_stock"}]).to_parquet(tmp_path / "study" / "tornado.parquet")
    page = "<!-- table tornado | study | net_cost -->\n<!-- end -->\n"
    lines = filled(page, tmp_path).splitlines()
    assert lines[2].endswith("| at the low end, million kr | at the high end, million kr |")
    assert lines[4:] == ["| price | 115,000 | 0.5 to 2.25 | -1.5 (-2.0 to -1.1) | 0.0 |", "", "<!-- end -->"]


def test_without_its_study_a_table_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert filled(text, tmp_path) == text
    assert "kept as it is: structures | sensitivity_50: no " in capsys.readouterr().out
