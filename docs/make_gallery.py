"""Draws docs/gallery.md and docs/gallery_studies.md with their pictures: ``python -m docs.make_gallery``.

Each needs the results that the page itself names, in the folder results; a page whose results are not there is left
as it is. The same results give the same bytes.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from sim.analysis.ledger.judged import judged
from sim.report.language import ENGLISH, language_of
from sim.report.pictures.draw import picture_svg
from sim.report.views.departments import departments
from sim.report.views.differences import differences
from sim.report.views.money import by_year, paid_back
from sim.report.views.people import reached, ways, whereabouts
from sim.report.views.picture import Picture
from sim.report.views.shown import shown
from sim.report.views.studies.pages import pages_of
from sim.report.views.sweep.pictures import lines, maps
from sim.report.views.sweep.swept import swept
from sim.report.views.weeks import over_time
from sim.report.views.work import hours
from sim.store.files import write_text
from sim.store.run import open_runs

FOLDER = Path(__file__).parent
RESULTS = Path("results")
RUNS = """\
sim run configs/50_per_worker.toml configs/130_per_worker.toml
sim sweep experiments/caseload_ladder.toml
sim sweep experiments/caseload_by_elasticity.toml"""

_HEAD = f"""\
# Gallery

The pictures of a report. `sim report results/50_per_worker results/130_per_worker` writes them into one HTML file,
each with the table behind it; `--language da` in Danish. Nothing is calibrated: the pictures show what the
assumptions imply.

They come from these runs, and `python -m docs.make_gallery` draws this page again:

```bash
{RUNS}
```
"""


STUDIES = """\
sim sensitivity experiments/sensitivity_50.toml --morris 4 --sobol 8
sim calibrate experiments/calibrate_control_arm.toml
sim validate experiments/calibrate_control_arm.toml
sim run configs/trial.toml configs/trial_none.toml --replications 400"""

_HEAD_STUDIES = f"""\
# Gallery of studies

The pictures of a sensitivity study, of a calibration with its validation, and of a trial as one world.
`sim report results/sensitivity/sensitivity_50`, `sim report results/calibrate_control_arm` and
`sim report results/trial results/trial_none` write them into one HTML file each; `--language da` in Danish. What was
published of the trial arm is kept back: of these figures there are forecasts alone.

They come from these results, and `python -m docs.make_gallery` draws this page again:

```bash
{STUDIES}
```
"""


def study_pictures(results: Path = RESULTS) -> list[Picture]:
    """Make the pictures of the gallery of studies, in its order."""
    directories = (results / "sensitivity" / "sensitivity_50", results / "calibrate_control_arm")
    pages = [page for directory in directories for page in pages_of(ENGLISH, directory)]
    (a,), (b,) = (open_runs(results / name) for name in ("trial", "trial_none"))
    sections = [*(section for page in pages for section in page.sections), *departments(shown(ENGLISH, [a], b))]
    return [picture._replace(name=f"study_{picture.name}") for section in sections for picture in section.pictures]


def pictures(results: Path = RESULTS) -> list[Picture]:
    """Make the pictures of the gallery, in its order."""
    (a,), (b,) = (open_runs(results / name) for name in ("50_per_worker", "130_per_worker"))
    of = shown(ENGLISH, [a], b)
    priced = judged(a, b)
    made = [
        differences(of, of.variants[0], of.everyone[-1])._replace(name="differences"),
        hours(of),
        whereabouts(of),
        ways(of),
        reached(of),
        over_time(of),
        by_year(ENGLISH, priced[0]),
        paid_back(ENGLISH, priced),
    ]
    for name, draw in (("caseload_ladder", lines), ("caseload_by_elasticity", maps)):
        runs = open_runs(results / name)
        picture = draw(swept(language_of("en"), results / name, runs, None, None))
        assert picture is not None
        made.append(picture._replace(name=name))
    return made


PAGES: Mapping[str, tuple[str, Callable[[Path], list[Picture]], tuple[str, ...]]] = {
    "gallery.md": (
        _HEAD,
        pictures,
        ("50_per_worker", "130_per_worker", "caseload_ladder", "caseload_by_elasticity"),
    ),
    "gallery_studies.md": (
        _HEAD_STUDIES,
        study_pictures,
        ("sensitivity/sensitivity_50", "calibrate_control_arm", "trial", "trial_none"),
    ),
}
"""Pages: what stands above, the pictures, and the results that they are drawn from."""


def write(results: Path = RESULTS, folder: Path = FOLDER) -> list[str]:
    """Write the pages whose results are there, with their pictures; say what was written and what was not."""
    told = []
    for page, (head, make, names) in PAGES.items():
        missing = [name for name in names if not (results / name).is_dir()]
        if missing:
            told.append(f"left as it is: docs/{page} (no {', '.join(missing)} in {results.as_posix()})")
            continue
        parts = [head]
        for picture in make(results):
            write_text(folder / "pictures" / f"{picture.name}.svg", picture_svg(picture))
            alt = " ".join(picture.alt).replace("[", "(").replace("]", ")")
            parts.append(f"## {picture.title}\n\n{picture.caption}\n\n![{alt}](pictures/{picture.name}.svg)\n")
        write_text(folder / page, "\n".join(parts))
        told.append(f"written: docs/{page}")
    return told


if __name__ == "__main__":
    print("\n".join(write()))
