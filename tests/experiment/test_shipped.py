"""Every shipped experiment is valid, is what its comment says, and gives its sources."""

import re
from pathlib import Path

import pytest

from docs.reference.shipped import ROOT
from docs.reference.shipped import SHIPPED_EXPERIMENTS as SHIPPED
from sim.analysis.ledger.reading import TABLES
from sim.config import load
from sim.config.experiment import Experiment, load_experiment
from sim.config.layers.effective import effective_values
from sim.config.toml.comments import ASSUMPTION
from sim.config.toml.comments import SOURCE_TAG as TAG

NAMES = [path.stem for path in SHIPPED]


@pytest.fixture(autouse=True)
def _from_the_repository(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def cells(experiment: Experiment, name: str) -> set[object]:
    return {point.cells[name] for point in experiment.points}


def head_of(path: Path) -> list[str]:
    """The comment at the head of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.lstrip("# ") for line in lines[: lines.index("")]]


@pytest.mark.parametrize("path", SHIPPED, ids=NAMES)
def test_the_comment_gives_the_question_the_command_and_the_size(path: Path) -> None:
    experiment = load_experiment(path)
    head = head_of(path)
    assert head[0] == experiment.definition.experiment.question
    assert f"sim sweep experiments/{path.name}" in head
    (size,) = re.findall(r"(\d+) points x (\d+) replications", " ".join(head))
    assert (int(size[0]), int(size[1])) == (len(experiment.points), experiment.replications)


@pytest.mark.parametrize("path", SHIPPED, ids=NAMES)
def test_every_figure_has_its_source_beside_it(path: Path) -> None:
    explained = set(re.findall(r"^\| \[(\w+)\] \|", (ROOT / "docs/evidence.md").read_text(encoding="utf-8"), re.M))
    figure = re.compile(r"\s*(?:-?[\d.]+,|(?:min|max|replications|\[factors\.\w+\.levels)\b)")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if figure.match(line)]
    assert len(lines) >= 3
    for line in lines:
        comment = line.partition("#")[2]
        assert ASSUMPTION in comment or TAG.search(comment), line
    used = {
        tag for line in path.read_text(encoding="utf-8").splitlines() for tag in TAG.findall(line.partition("#")[2])
    }
    assert used <= explained


def test_caseload_ladder() -> None:
    experiment = load_experiment("experiments/caseload_ladder.toml")
    values = [35, 50, 65, 80, 100, 130, 160, 200]
    before = {point.config.staffing.citizens_per_coordinator for point in experiment.points}
    assert before == {200}  # The policy that was in force before, which all points share.
    key = "staffing.citizens_per_coordinator"
    assert [change.sets[key] for point in experiment.points for change in point.config.changes] == values[:-1]
    assert {point.config.population.stock for point in experiment.points} == {910}
    assert {point.config.roles["company_consultant"].posts for point in experiment.points} == {4.5}


def test_caseload_by_elasticity() -> None:
    experiment = load_experiment("experiments/caseload_by_elasticity.toml")
    key = "groups.activity_ready.exits.job.caseload.power.elasticity"
    assert cells(experiment, key) == {0, 0.13, 0.2, 0.27}
    assert cells(experiment, "changes.trial.staffing.citizens_per_coordinator") == {50, 80, 130, 200}
    for point in experiment.points:
        response = point.config.groups["activity_ready"].exits["job"].caseload
        assert response is not None
        assert response.power is not None
        assert response.power.elasticity == point.cells[key]


def test_team_slots_by_caseload() -> None:
    experiment = load_experiment("experiments/team_slots_by_caseload.toml")
    assert cells(experiment, "rehabilitation_team.slots_per_meeting") == {1, 2, 3, 5}
    for point in experiment.points:
        team = point.config.rehabilitation_team
        assert team is not None
        assert team.slots_per_meeting == point.cells["rehabilitation_team.slots_per_meeting"]


def test_the_places_of_the_consultants_stay() -> None:
    experiment = load_experiment("experiments/consultants_caseload.toml")
    for point in experiment.points:
        role = point.config.roles["company_consultant"]
        assert role.list_limit == int(str(point.cells["per_consultant"]))
        assert role.list_limit * role.posts == 225


def test_concentrate_or_spread_is_the_budget_notes_scenarios() -> None:
    experiment = load_experiment("experiments/concentrate_or_spread.toml")
    changes = {str(point.cells["departments"]): point.config.staffing.changes for point in experiment.points}
    assert list(changes) == ["none", "one", "two", "five"]
    assert changes["none"] == load("configs/jki.toml").config.staffing.changes == []
    assert changes["one"] == load("configs/jki_pilot.toml").config.staffing.changes
    assert changes["five"] == load("configs/jki_reallocation.toml").config.staffing.changes
    for name in ("one", "two", "five"):
        posts = [change.posts for change in changes[name]]
        assert sum(n for n in posts if n > 0) == 18 == -sum(n for n in posts if n < 0)


def test_an_experiment_that_names_a_ledger_keeps_its_tables() -> None:
    named = [path for path in SHIPPED if any(line.startswith("sim ledger") for line in head_of(path))]
    assert [path.stem for path in named] == ["concentrate_or_spread"]
    for path in named:
        assert set(TABLES) <= set(load_experiment(str(path)).definition.experiment.tables)


def test_absence_and_turnover_from_half_to_twice() -> None:
    experiment = load_experiment("experiments/absence_and_turnover.toml")
    for name in ("staffing.absence.spells_per_year", "staffing.turnover.per_year"):
        base = of_the_base(name)
        factors = [float(value) / base for value in cells(experiment, name)]  # type: ignore[arg-type]
        assert len(factors) == 16
        assert 0.5 <= min(factors) < 0.6
        assert 1.7 < max(factors) <= 2
        assert sum(factor < 1 for factor in factors) == 8


def of_the_base(key: str) -> float:
    (value,) = [v.value for v in effective_values(load("configs/130_per_worker.toml")) if v.key == key]
    return float(value)
