"""`sim report` of studies: alone, several together, as pages of a report of runs, and what is refused."""

import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

import sim
from docs.reference.shipped import SHIPPED_STUDIES
from sim.cli.main import cli
from sim.errors import UsageError
from sim.report.danish import PHRASES
from sim.report.language import ENGLISH
from sim.report.pictures.files import pictures_of
from sim.report.views.studies.pages import pages_of
from sim.report.views.studies.study import study_document
from tests.report.made_up import calibration, sensitivity, validation


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("studies")
    sensitivity(made / "sens")
    validation(calibration(made / "cal"))
    return made


def ids(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    return [part.split('"')[0] for part in text.split('<section id="')[1:]]


def test_one_study_alone_has_its_own_page(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli, ["report", str(folder / "sens"), "--language", "da"], catch_exceptions=False)
    assert said.output == "report: results/report/sens/report_da.html\n"
    page = tmp_path / "results" / "report" / "sens" / "report_da.html"
    assert ids(page) == ["sensitivity", "moved", "structures", "at_once", "sensitivity_made"]
    assert "<h1>Does it pay?</h1>" in page.read_text(encoding="utf-8")


def test_a_validation_lies_with_its_calibration(folder: Path, tmp_path: Path) -> None:
    page = sim.write_report(folder / "cal", out=tmp_path / "cal.html")
    assert ids(page) == ["calibration", "parameters", "tied", "calibration_made", "validation"]
    again = sim.write_report(folder / "cal", out=tmp_path / "again.html")
    assert again.read_bytes() == page.read_bytes()


def test_studies_become_pages_of_the_report_of_runs(
    folder: Path, directories: dict[str, Path], tmp_path: Path
) -> None:
    run = next(iter(directories.values()))
    page = sim.write_report(run, folder / "sens", folder / "cal", out=tmp_path / "all.html")
    found = ids(page)
    assert found.index("time") < found.index("sensitivity") < found.index("validation") < found.index("figures")
    text = page.read_text(encoding="utf-8")
    assert "It is moved most by <b>price</b>" in text
    assert "**" not in text.replace("**bold**", "")


def test_two_studies_of_a_kind_have_addresses_of_their_own(folder: Path) -> None:
    document = study_document(ENGLISH, 2 * pages_of(ENGLISH, folder / "sens"), None)
    found = [section.anchor for section in document.sections]
    assert found == [*found[:5], *(f"{anchor}_2" for anchor in found[:5])]
    names = list(pictures_of(document))
    assert names == [*names[:5], *(f"{name}_2" for name in names[:5])]
    assert names[:3] == ["tornado", "switching_values", "structures"]
    # The second has no first page of its own, so all that it says stands in its first section.
    first, second = document.sections[0], document.sections[5]
    assert second.lead == (document.sub, *document.answer, *first.lead, document.band)


def test_every_picture_of_a_calibration_is_drawn(folder: Path, tmp_path: Path) -> None:
    names = [path.stem for path in sim.write_pictures(folder / "cal", out=tmp_path, form="svg", language="da")]
    assert names == ["learnt", "targets", "before_and_now", "tied_together", "validation"]
    assert "Rate til job" in (tmp_path / "learnt.svg").read_text(encoding="utf-8")


def test_what_is_no_study_and_no_run_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    with pytest.raises(UsageError) as refused:
        sim.write_report(tmp_path / "notes")
    assert str(refused.value) == (
        f"{(tmp_path / 'notes').as_posix()}: holds nothing to report on: no run, sweep, comparison or ledger, and "
        "no study (one has tornado.parquet, posterior.parquet, parameters.parquet, validation.parquet)"
    )
    sens = folder / "sens"
    for given, text in (({"baseline": "b"}, "a baseline"), ({"money": "m.toml"}, "a file of prices")):
        with pytest.raises(UsageError) as refused:
            sim.write_report(sens, **given)
        assert str(refused.value) == f"{text} is of runs, and none is named; {sens.as_posix()} is a study"
    with pytest.raises(UsageError, match="sens: named twice"):
        sim.write_report(sens, sens)
    with pytest.raises(UsageError) as refused:
        sim.write_workbook(sens, out=tmp_path / "book.xlsx")
    assert str(refused.value) == (
        f"{sens.as_posix()}: is a study, and a workbook is of runs; its tables are there for Excel: "
        "alternatives.csv, morris.csv, sobol.csv, switching.csv, tornado.csv"
    )


def test_what_the_shipped_files_say_has_its_danish() -> None:
    said = set()
    for path in SHIPPED_STUDIES:
        stated = tomllib.loads(path.read_text(encoding="utf-8"))
        said.add((stated.get("sensitivity") or stated["calibration"]).get("question", ""))
        for table in ("parameters", "alternatives", "targets", "predicted", "identities", "kept_back"):
            said |= {one.get("label", "") for one in stated.get(table, {}).values()}
    assert len(said) > 30
    assert sorted(text for text in said - {""} if text not in PHRASES) == []
