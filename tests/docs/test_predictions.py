"""docs/predictions.md: what its figures are, and that they come from the shipped draws."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from docs.predicted_agreement import agreement
from docs.predictions import PAGE, Prediction, arm, outcomes, paired, within_a_year
from docs.reference.shipped import CONFIGS, POSTERIOR
from sim.store.posterior import read_posterior

REPLICATIONS = 4


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> sim.Result:
    return sim.run(
        CONFIGS / "trial.toml",
        posterior=POSTERIOR,
        replications=REPLICATIONS,
        out=tmp_path_factory.mktemp("predictions") / "trial",
        tables=["citizens"],
    )


def test_the_page_is_of_the_shipped_draws() -> None:
    assert f"SHA-256\n`{read_posterior(POSTERIOR).digest}`" in PAGE.read_text(encoding="utf-8")


def test_both_arms_together_are_the_centre(run: sim.Result) -> None:
    """Weighted by their starting citizens, the arms' shares are the key figures of the whole, run by run."""
    citizens = run.citizens
    starting = citizens[citizens.cohort]
    numbers = [
        (starting[starting.first_department == name]).groupby("replication").size().to_numpy()
        for name in ("trial", "ordinary")
    ]
    arms = [list(arm(citizens, name)) for name in ("trial", "ordinary")]
    names = ["job", "small_job", "education", "internship", "resource_course", "fleksjob", "pension"]
    assert len(outcomes(citizens)) == len(names)
    for name, a, b in zip(names, *arms, strict=False):
        both = (numbers[0] * a.values + numbers[1] * b.values) / (numbers[0] + numbers[1])
        assert both / 100.0 == pytest.approx(run.replications[f"cohort_{name}_share"].to_numpy(), abs=1e-12)


def test_expected_is_the_mean_of_the_draws_means() -> None:
    found = Prediction("figure", "%", np.array([1.0, 3.0, 10.0, 20.0]))
    assert found.expected.tolist() == [2.0, 15.0]
    assert found.row()[2] == "8.5"
    assert paired(found, found).row()[2:] == ("0.0", "0.0 to 0.0", "0.0 to 0.0")


def test_a_year_ends_after_52_weeks() -> None:
    citizens = pd.DataFrame(
        {
            "cohort": [True, True, True, True, False],
            "replication": [0, 0, 0, 0, 0],
            "exit_weeks": [26.0, 52.0, 60.0, np.nan, 10.0],
            "destination": ["job", "pension", "job", None, "job"],
        }
    )
    left, job, days = (p.values.tolist() for p in within_a_year(citizens))
    assert (left, job) == ([50.0], [25.0])
    assert days == [7.0 * (26 + 52 + 52 + 52) / 4]


def test_the_agreement_takes_the_keys_that_it_has(tmp_path: Path) -> None:
    """Shares of group 1, then stocks; one value a replication, of the first draws."""
    found = [Prediction(*told) for told in agreement(POSTERIOR, tmp_path, 2, 2, 1, "", workers=1)]
    assert [(one.unit, one.values.shape) for one in found] == [("%", (4,))] * 2 + [("citizens", (4,))] * 4
    assert "within 43.5 weeks of programme" in found[1].label
    assert 0.0 < found[1].values.min() < found[0].values.max() < 100.0
    assert (found[2].values / 10.0 % 1.0 != 0.0).any()  # A mean of 13 weeks, ten times.


def test_nothing_kept_back_is_in_the_page() -> None:
    """The page holds predictions alone: no column of published values."""
    assert "published |" not in Path(PAGE).read_text(encoding="utf-8")
