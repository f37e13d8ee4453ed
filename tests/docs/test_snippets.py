"""The pieces of Python in the written pages run as they stand, on small runs of the configs that the pages name."""

import re
from pathlib import Path
from typing import Any

import pytest

import sim
from docs.make_reference import DOCS
from docs.reference.shipped import CONFIGS, EXPERIMENTS


def run_snippet(page: str, name: str) -> dict[str, Any]:
    """Run the one piece of a page that assigns this name, here; hand back what it leaves behind."""
    pieces = re.findall(
        r"^```python\n(.*?)^```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    (piece,) = (piece for piece in pieces if f"\n{name} = " in piece)
    left: dict[str, Any] = {}
    exec(compile(piece, page, "exec"), left)
    return left


def test_hours_of_concentrate_or_spread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On JKI with a twentieth of its citizens and of its inflow."""
    monkeypatch.chdir(tmp_path)
    base = f'extends = "{(CONFIGS / "jki.toml").as_posix()}"\n'
    base += "population.stock = 300\ngroups.activity_ready.inflow_per_week = 1\nrun.warm_up_weeks = 4\n"
    Path("jki.toml").write_text(base, encoding="utf-8")
    text = (EXPERIMENTS / "concentrate_or_spread.toml").read_text(encoding="utf-8")
    Path("concentrate_or_spread.toml").write_text(text.replace("../configs/jki.toml", "jki.toml"), encoding="utf-8")
    swept = sim.sweep("concentrate_or_spread.toml", replications=2, out="results/concentrate_or_spread", workers=1)
    table = run_snippet("budget_notes.md", "table")["table"]
    assert list(table.columns) == ["none", "one", "two", "five"]
    shares = table.iloc[:2]
    assert ((shares > 0) & (shares < 100)).all(axis=None)
    # The more posts for as many citizens, the smaller a part of their hours is needed.
    assert list(shares.iloc[0].sort_values().index) == ["one", "two", "five", "none"]
    for name, clarification in table.iloc[2].items():
        posts = swept.runs[f"departments={name}"].coordinators
        posts = posts[(posts.role == "coordinator") & (posts.to_weeks <= 104)]
        assert clarification == pytest.approx(posts.hours_clarification.sum() / 2, rel=1e-9)
        number = posts.department.astype(str).str[-1].astype(int)
        here = posts[number <= {"none": 1, "one": 1, "two": 2, "five": 5}[name]]
        done = here.filter(like="hours_").drop(columns=["hours_net", "hours_available"]).to_numpy().sum()
        assert shares[name].sum() == pytest.approx(100 * done / here.hours_available.sum(), rel=1e-9)


def test_what_one_trial_can_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On few trials; shares of the departments, by another way than the page's, give the same differences."""
    monkeypatch.chdir(tmp_path)
    parts = sim.run(CONFIGS / "trial.toml", replications=3, out="results/trial", workers=1).kpis_by_part
    gaps = run_snippet("trial.md", "gaps")["gaps"]
    assert gaps.index.tolist() == [0, 1, 2]
    means = parts[parts.group == "(all)"].set_index(["kpi", "department"])["mean"]
    for kpi, name in zip(("job", "internship", "fleksjob", "pension", "resource_course"), gaps, strict=True):
        share = means[f"cohort_{kpi}_share"]
        assert gaps[name].mean() == pytest.approx(100 * (share["trial"] - share["ordinary"]), abs=1e-9)
