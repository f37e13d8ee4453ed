"""Figures that are a share within weeks, or a stock: the same numbers as in a run's tables, or a clear refusal."""

import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import sim
from sim.analysis.calibration.asked import MeanStock, ShareWithin
from sim.batch.run import Silent
from sim.batch.workers.opening import open_workers
from sim.catalogue import EVERYONE
from sim.cli.main import cli
from sim.config.calibration import load_calibration
from sim.engine import simulate
from sim.errors import ConfigError, UsageError
from sim.model.assembly import build
from sim.store.posterior import write_posterior
from sim.study.calibrate.evaluations import Setting, evaluate_points, values_of
from sim.study.calibrate.looked import asked, look_up
from sim.study.calibrate.run import calibrate
from tests.calibration.files import write
from tests.calibration.test_validate import draws

SHARE = """
[predicted.job_by_6]
incidence = { event = "job", within_weeks = 6, group = "ready" }
value = 0.2
sampling = { share = { citizens = 400 } }
source = "made up"
"""
STOCK = """
[predicted.sick]
stock = { groups = ["sick"], first_day = 2018-01-15, last_day = 2018-02-11, times = 10 }
value = 200
sampling = { standard_error = 10 }
source = "made up"
"""

WRONG = [
    (SHARE, 'event = "job"', 'event = "jobb"', "incidence.event: there is no event 'jobb'; did you mean job?"),
    (SHARE, 'event = "job"', 'events = ["job", "internship"]',
     "incidence.events: only ways out can be added, of which one excludes the others; internship is none"),
    (SHARE, 'event = "job", ', "", "incidence.event: needs either event or events"),
    (SHARE, "within_weeks = 6", "within_weeks = 13",
     "incidence.within_weeks: must be at most 12, the weeks that tiny is observed; it is 13"),
    (SHARE, 'group = "ready"', 'group = "raedy"', "incidence.group: tiny has no group 'raedy'; did you mean ready?"),
    (SHARE, 'group = "ready"', 'department = "a"',
     "incidence.department: tiny has no department 'a'; there is centre"),
    (SHARE, 'group = "ready"', 'since = "entri"',
     "incidence.since: there is no moment 'entri'; did you mean entry?"),
    (SHARE, 'event = "job"', 'event = "ready", since = "ready"', "incidence.since: is the event itself"),
    (SHARE, "value = 0.2", "value = 20", "value: must be between 0 and 1, as the share that it is; it is 20"),
    (SHARE, "incidence", 'kpi = "mean_stock"\nincidence', "kpi: needs one of kpi, kpis, incidence, stock"),
    (STOCK, '"sick"', '"sikc"', "stock.groups[0]: tiny has no group 'sikc'; did you mean sick?"),
    (STOCK, "last_day = 2018-02-11", "last_day = 2018-07-11",
     "stock.first_day: no week of tiny ends between 2018-01-15 and 2018-07-11, or not all do: it is observed for 12 "
     "weeks from 2018-01-01 on"),
    (STOCK, "standard_error = 10", "share = { citizens = 4 }",
     "sampling: share does not fit the unit, citizens; state a standard_error"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "old", "new", "message"), WRONG, ids=[message[:30] for *_, message in WRONG])
def test_refusals(tmp_path: Path, text: str, old: str, new: str, message: str) -> None:
    assert old in text
    path = write(tmp_path, more=text.replace(old, new))
    with pytest.raises(ConfigError) as refused:
        look_up(load_calibration(path))
    said = re.sub(r"\s+", " ", str(refused.value))
    assert re.fullmatch(rf"{re.escape(path.as_posix())}:\d+: predicted\.\w+\.{re.escape(message)}", said), said


def test_a_share_by_the_horizon_is_the_key_figure(tmp_path: Path) -> None:
    """Of the starting citizens, with a job within all observed weeks: the same numbers."""
    same = SHARE.replace("within_weeks = 6", "within_weeks = 12").replace(', group = "ready"', "")
    loaded = load_calibration(write(tmp_path, more=same))
    figures = {figure.name: figure for figure in look_up(loaded)}
    values = values_of(loaded.parameters, np.array([[0.0, 0.0, 0.0], [1.0, 0.0, -1.0]]))
    with open_workers(1) as workers:
        setting = Setting(tmp_path / "out", 3, 1, "compiled", workers, Silent(), "", asked(loaded))
        (found,) = evaluate_points(setting, loaded.centres, values, "x", 0)
    assert figures["job_by_6"].of(found) == pytest.approx(figures["job"].of(found), abs=1e-12)
    assert figures["job_by_6"].of(found).std() > 0


def test_a_stock_is_that_of_the_weekly_table(tmp_path: Path) -> None:
    """The weeks that end on 21 and 28 January, 4 and 11 February: 3 to 6."""
    loaded = load_calibration(write(tmp_path, more=STOCK))
    ((config, what),) = asked(loaded)
    assert (config, what) == ("tiny", MeanStock(("sick",), 3, 6, 10.0))
    parameters = build(loaded.centres[0].base)
    value = what.value(simulate(parameters, 1, 0, weekly=True, engine="compiled"), parameters)
    weekly = sim.run(tmp_path / "tiny.toml", replications=1, seed=1).weekly
    chosen = weekly[(weekly.group == "sick") & weekly.week.between(3, 6)]
    assert value == pytest.approx(10 * chosen.stock.mean())


def test_what_is_asked_of_another_config_is_not_computed(tmp_path: Path) -> None:
    more = SHARE.replace("[predicted.job_by_6]", '[predicted.job_by_6]\nconfig = "tiny"') + STOCK.replace(
        "[predicted.sick]", '[predicted.sick]\nconfig = "other"'
    )
    text = write(tmp_path, more=more).read_text(encoding="utf-8")
    text = text.replace("[configs.tiny]", '[configs.other]\nconfig = "tiny.toml"\n[configs.tiny]')
    text = re.sub(r"^(kpis? = )", 'config = "tiny"\n\\1', text, flags=re.MULTILINE)
    path = tmp_path / "two.toml"
    path.write_text(text, encoding="utf-8")
    loaded = load_calibration(path)
    share = ShareWithin(("job",), 6.0, "start", "ready", EVERYONE)
    assert asked(loaded) == (("tiny", share), ("other", MeanStock(("sick",), 3, 6, 10.0)))
    values = [{one.name: 0.05 for one in loaded.parameters[:2]} | {"meetings.window_weeks": 1.0}]
    with open_workers(1) as workers:
        setting = Setting(tmp_path / "out", 2, 1, "compiled", workers, Silent(), "", asked(loaded))
        first = evaluate_points(setting, loaded.centres, values, "x", 0)
        again = evaluate_points(setting, loaded.centres, values, "x", 0)  # Read from what is kept.
    assert np.isnan(first[..., -2:]).tolist() == [[[[True, False]] * 2], [[[False, True]] * 2]]
    assert np.array_equal(first, again, equal_nan=True)


def test_a_file_of_figures_alone_takes_the_keys_that_its_config_has(tmp_path: Path) -> None:
    path = write(tmp_path)
    text = path.read_text(encoding="utf-8")
    begin, end = text.index("[parameters"), text.index("[predicted")
    path.write_text(text[:begin] + text[end:].replace('control = "job"\n', "") + SHARE, encoding="utf-8")
    said = CliRunner().invoke(cli, ["check", str(path)], prog_name="sim", standalone_mode=False)
    assert said.stdout == f"{path.as_posix()}: ok (3 figures for sim validate)\n"
    posterior = draws(tmp_path)
    whole = sim.validate(path, posterior, draws=4, out=tmp_path / "whole").set_index("figure")
    assert list(whole.index) == ["stay", "job_by_6", "meetings"]
    assert 0.0 < float(whole["expected"].to_dict()["job_by_6"]) < 0.5
    more = tmp_path / "more.parquet"
    keys = ("groups.ready.exits.job.hazard_per_week", "groups.none_here.exits.job.hazard_per_week")
    write_posterior(more, keys, ["a week"] * 2, np.full((4, 2), 0.05), {"calibration": "cal", "rules": 1})
    sim.validate(path, more, draws=4, out=tmp_path / "more")
    with pytest.raises(UsageError, match=r"cal\.toml: has no \[parameters\], so there is nothing to calibrate"):
        calibrate(load_calibration(path), None, print, None)  # type: ignore[arg-type]
