"""A small valid calibration of a tiny job centre, whose texts the tests change one by one."""

from pathlib import Path

from tests.batch.tiny import tiny

GOOD = """\
[calibration]
question = "Which hazards?"
seed = 1
points = 40
refine = 16
replications = 3
check = 8
draws = 60
steps = 1000

[configs.tiny]
config = "tiny.toml"

[parameters."groups.ready.exits.job.hazard_per_week"]
prior = { lognormal = { median = 0.04, factor = 4 } }
source = "ASSUMPTION"
label = "hazard of a job"

[parameters."groups.sick.exits.other.hazard_per_week"]
prior = { uniform = { min = 0.001, max = 0.08 } }
source = "ASSUMPTION"

[parameters."meetings.window_weeks"]
prior = { normal = { mean = 1, sd = 0.3, min = 0.2, max = 2 } }
source = "ASSUMPTION"

[targets.job]
kpi = "cohort_job_share"
value = 0.17
rounding = 0.005
sampling = { share = { citizens = 400 } }
source = "made up"

[targets.left]
kpis = ["cohort_job_share", "cohort_other_share"]
value = 0.32
rounding = 0.005
sampling = { share = { citizens = 400, cluster = 20, intraclass = 0.01 } }
discrepancy = 0.01
source = "made up"

[predicted.stay]
kpi = "cohort_on_benefit_share"
value = 0.68
rounding = 0.005
sampling = { share = { citizens = 400 } }
source = "made up"

[kept_back.meetings]
kpi = "meetings_per_year"
sampling = { standard_error = 0.2 }
control = "job"
source = "made up, kept back"
"""


def write(folder: Path, old: str = "", new: str = "", more: str = "", name: str = "cal") -> Path:
    """Write the calibration and its config, with one text changed for another, and more at the end."""
    assert old in GOOD
    tiny(folder)
    path = folder / f"{name}.toml"
    path.write_text((GOOD.replace(old, new) if old else GOOD) + more, encoding="utf-8")
    return path
