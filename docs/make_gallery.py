"""Draws docs/gallery.md and its pictures from finished runs: ``python -m docs.make_gallery``.

It needs the runs that the page itself names, in the folder results. The same runs give the same bytes.
"""

from pathlib import Path

from sim.analysis.ledger.judged import judged
from sim.report.language import ENGLISH, language_of
from sim.report.pictures.draw import picture_svg
from sim.report.views.differences import differences
from sim.report.views.money import by_year, paid_back
from sim.report.views.people import reached, ways, whereabouts
from sim.report.views.picture import Picture
from sim.report.views.shown import shown
from sim.report.views.sweep import lines, maps, swept
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


def write(results: Path = RESULTS, folder: Path = FOLDER) -> Path:
    """Write the pictures and the page that shows them."""
    parts = [_HEAD]
    for picture in pictures(results):
        write_text(folder / "pictures" / f"{picture.name}.svg", picture_svg(picture))
        alt = " ".join(picture.alt).replace("[", "(").replace("]", ")")
        parts.append(f"## {picture.title}\n\n{picture.caption}\n\n![{alt}](pictures/{picture.name}.svg)\n")
    page = folder / "gallery.md"
    write_text(page, "\n".join(parts))
    return page


if __name__ == "__main__":
    print(write().as_posix())
