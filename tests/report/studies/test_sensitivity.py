"""Pages of a sensitivity study: the answer, the bars, what turns it."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from sim.errors import UsageError
from sim.report.language import DANISH, ENGLISH
from sim.report.views.panels import Strips, Tornado
from sim.report.views.picture import Picture
from sim.report.views.section import Section
from sim.report.views.studies.sensitivity import sensitivity_pages
from sim.report.views.studies.study import StudyPages
from sim.study.sensitivity.reading import read_sensitivity
from tests.report.made_up import ALONE, NET_COST, sensitivity


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sensitivity(tmp_path_factory.mktemp("sensitivity"))


@pytest.fixture(scope="module")
def pages(folder: Path) -> StudyPages:
    return sensitivity_pages(ENGLISH, read_sensitivity(folder))


def pictures(pages: StudyPages) -> dict[str, Picture]:
    return {picture.name: picture for section in pages.sections for picture in section.pictures}


def section(pages: StudyPages, anchor: str) -> Section:
    return next(one for one in pages.sections if one.anchor == anchor)


def test_the_answer_names_what_moves_it_most_and_what_turns_it(pages: StudyPages, folder: Path) -> None:
    assert pages.title == "Does it pay?"
    assert pages.sub == "pilot a against base b: 2 assumptions, moved one at a time, 40 paired runs each."
    assert pages.answer == (
        "Net cost to the municipality: **+1.0 million kr.** (+0.8 to +1.2). It is moved most by **price**: to +2.5 "
        "million kr. at 50,000, to −0.5 million kr. at 150,000.",
        "Within the central 80 % of what is believed of it, each of these turns its sign alone: **price**. So does "
        "another structure: another reading.",
    )
    danish = sensitivity_pages(DANISH, read_sensitivity(folder))
    assert danish.answer[0].startswith("Nettoudgift for kommunen: **+1,0 mio. kr.** (+0,8 til +1,2).")


def test_bars_reach_from_the_answer_to_where_one_parameter_takes_it(pages: StudyPages) -> None:
    tornado = pictures(pages)["tornado"]
    first, second = tornado.panels
    assert isinstance(first, Tornado)
    assert isinstance(second, Tornado)
    assert first.middle == NET_COST / 1000
    price = first.bars[0]
    assert (price.label, price.aside) == ("Price", "50,000 to 150,000")
    assert (price.low.value, price.low.low, price.low.high) == (2500.0, 2400.0, 2600.0)
    assert price.high.value == -500.0
    assert first.xticks[0][0] <= -600.0
    assert first.xticks[-1][0] >= 2600.0
    assert [bar.label for bar in second.bars] == ["Hours", "Price"]
    assert second.title == "Starting citizens: job, percentage points"
    assert len(tornado.table.rows) == 4


def test_where_the_outcome_would_be_0(pages: StudyPages) -> None:
    picture = pictures(pages)["switching_values"]
    (panel,) = picture.panels
    assert isinstance(panel, Strips)
    assert [(strip.label, strip.text) for strip in panel.strips] == [("Price", "116,000"), ("Hours", "none")]
    assert [mark.key for mark in panel.strips[0].marks] == ["range", "now", "published"]
    assert [mark.key for mark in panel.strips[1].marks] == ["range", "now"]
    assert (panel.strips[1].marks[0].low, panel.strips[1].marks[0].high) == (0.5, 8.0)


def test_every_outcome_in_short(pages: StudyPages) -> None:
    (table,) = section(pages, "sensitivity").tables
    assert [row[-2:] for row in table.rows] == [("price, hours", "price"), ("hours, price", "none")]


def test_measures_of_all_at_once(pages: StudyPages) -> None:
    morris, sobol = pictures(pages)["morris"], pictures(pages)["sobol"]
    panel = morris.panels[0]
    assert isinstance(panel, Strips)
    assert panel.strips[0].marks[0].low == 0.0  # A mean of absolute effects is not below 0, whatever the half-width.
    panel = sobol.panels[0]
    assert isinstance(panel, Strips)
    assert panel.strips[1].marks[0].low == pytest.approx(-6.0, abs=1e-9)
    assert panel.strips[0].text == "80 / 90"


def test_of_one_config_bars_are_changes(tmp_path: Path) -> None:
    pages = sensitivity_pages(ENGLISH, read_sensitivity(sensitivity(tmp_path, ALONE)))
    assert pages.sub == "base b: 2 assumptions, moved one at a time, 40 runs each."
    panel = pictures(pages)["tornado"].panels[1]
    assert isinstance(panel, Tornado)
    assert panel.middle == 0.0
    assert panel.title == "Starting citizens: job, %, change"
    assert panel.bars[0].high.value == pytest.approx(0.3, abs=1e-9)


def test_what_is_of_another_state_of_the_file_is_left_out_and_told(tmp_path: Path) -> None:
    sensitivity(tmp_path)
    path = tmp_path / "morris.parquet"
    table = pq.read_table(path)
    pq.write_table(table.replace_schema_metadata({"sim.file": "another"}), path)
    pages = sensitivity_pages(ENGLISH, read_sensitivity(tmp_path))
    assert "morris" not in pictures(pages)
    assert "sobol" in pictures(pages)
    assert section(pages, "sensitivity").lead == (
        "The table morris is of another state of the file, and is left out.",
    )


def test_damaged_and_old_files_are_refused(tmp_path: Path) -> None:
    sensitivity(tmp_path)
    path = tmp_path / "switching.parquet"
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(["value"]), path)
    with pytest.raises(UsageError) as refused:
        read_sensitivity(tmp_path)
    assert str(refused.value) == (
        f"{path.as_posix()}: has no column value; another version has written it, so make it again"
    )
    path.write_bytes(b"no table")
    with pytest.raises(UsageError, match=r"switching\.parquet: is damaged, or no Parquet file; make it again"):
        read_sensitivity(tmp_path)
    path.unlink()
    with pytest.raises(UsageError, match=r"switching\.parquet: no such file; make the results again"):
        read_sensitivity(tmp_path)
    tornado = tmp_path / "tornado.parquet"
    pq.write_table(pq.read_table(tornado).replace_schema_metadata(None), tornado)
    with pytest.raises(UsageError, match=r"tornado\.parquet: does not say of which sensitivity file it is"):
        read_sensitivity(tmp_path)
