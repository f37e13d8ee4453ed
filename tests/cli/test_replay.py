"""`sim replay` and `sim export`: what they print, write, and refuse."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import sim
from sim.cli.main import cli
from sim.errors import UsageError
from sim.store.digest import file_digest
from sim.store.manifest import Manifest

SMALL = Path(__file__).parents[1] / "engine" / "two_departments.toml"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run `small` of three replications without an event log."""
    folder = tmp_path_factory.mktemp("replay")
    sim.run(SMALL, replications=3, out=folder / "small")
    return folder


@pytest.fixture(autouse=True)
def _here(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)


def lines_of(*arguments: str) -> list[str]:
    result = CliRunner().invoke(cli, list(arguments), prog_name="sim", standalone_mode=False)
    assert result.exception is None, result.exception
    assert result.stderr == ""
    return [line.rstrip() for line in result.stdout.splitlines()]


def refusal(*arguments: str) -> str:
    error = CliRunner().invoke(cli, list(arguments), prog_name="sim", standalone_mode=False).exception
    assert isinstance(error, UsageError), error
    assert error.exit_code == 2
    return str(error)


def test_who_is_worth_following_and_the_command_that_follows() -> None:
    lines = lines_of("replay", "small", "--replication", "1")
    assert lines[0] == "lives that are worth following"
    assert any(line.startswith(" typical of those who left to a job ") for line in lines)
    last = next(line for line in lines if line.startswith("to follow one: "))
    typed = last.removeprefix("to follow one: sim ").split()
    assert typed[:4] == ["replay", "small", "--replication", "1"]
    life = lines_of(*typed)
    assert f"Citizen {typed[-1]} of replication 1" in life


def test_those_worth_following_are_as_the_citizens_table_says(folder: Path) -> None:
    replay = sim.replay(folder / "small", 2)
    who = replay.who().set_index("why")
    assert who["citizen"].is_unique
    citizens = pd.read_parquet(folder / "small" / "citizens")
    of = citizens[citizens["replication"] == 2].set_index("citizen")
    assert float(str(who.loc["most internships", "figure"])) == of["internships"].max()
    most = int(str(who.loc["most changes of coordinator", "citizen"]))
    assert of.loc[most, "caseworker_changes"] == int(str(who.loc["most changes of coordinator", "figure"]))


def test_a_life_in_both_languages_has_the_same_rows(folder: Path) -> None:
    replays = [sim.replay(folder / "small", 0, language=language) for language in ("en", "da")]
    citizen = int(replays[0].who()["citizen"].iloc[0])
    english, danish = (replay.timeline(citizen) for replay in replays)
    assert english.columns.tolist() == ["date", "week", "what", "who", "took", "before it"]
    assert danish.columns.tolist() == ["dato", "uge", "hvad", "hvem", "varede", "forinden"]
    assert english["date"].tolist() == danish["dato"].tolist()
    assert [w.replace(".", ",") for w in english["week"]] == danish["uge"].tolist()
    assert english["date"].is_monotonic_increasing
    assert any("had" in text and "to do first" in text for text in english["before it"])
    assert any("invited " in text for text in english["before it"])


def test_without_notice_nobody_is_said_to_be_invited(tmp_path: Path) -> None:
    """An invitation is then a matter of form, on the day from which the meeting can be held."""
    none = {f"meetings.bookings.{name}.notice_weeks": 0 for name in ("invited", "self_booking")}
    sim.run(SMALL, replications=1, overrides=none, out=tmp_path / "run")
    replay = sim.replay(tmp_path / "run", 0)
    before = replay.timeline(int(replay.who()["citizen"].iloc[0]))["before it"]
    assert any("could be held from " in text for text in before)
    assert not any("invited " in text for text in before)


def test_weeks_of_a_post_add_up_to_the_coordinators_table(folder: Path) -> None:
    lines = lines_of("replay", "small", "--coordinator", "1")
    assert lines[0] == "coordinator 1: hours by week"
    heading = re.split(r"\s{2,}", lines[2].strip())
    total = re.split(r"\s{2,}", next(line for line in lines if line.startswith(" in all")).strip())
    k = pd.read_parquet(folder / "small" / "coordinators")
    of = k[(k["replication"] == 0) & (k["coordinator"] == 1)]
    assert heading[2] == "planned meetings"
    assert abs(float(total[1].replace(",", "")) - of["hours_meeting"].sum()) <= 0.05 + 1e-9
    week = lines_of("replay", "small", "--coordinator", "coordinator 1", "--week", "3", "--language", "da")
    assert week[0] == "sagsbehandler 1: uge 3"


def test_export_writes_each_format(folder: Path, tmp_path: Path) -> None:
    csv, xes, ocel = (tmp_path / f"log.{ending}" for ending in ("csv", "xes", "json"))
    out = lines_of(
        "export", "small", "--replication", "0-1", "--csv", str(csv), "--xes", str(xes), "--ocel", str(ocel)
    )
    rows = pd.read_csv(csv)
    assert out[0] == f"{csv.as_posix()}: {len(rows):,} activities"
    assert out[2] == f"{ocel.as_posix()}: {len(rows):,} events"
    assert set(rows["replication"]) == {0, 1}
    assert rows["case"].str.split("-").str[0].astype(int).equals(rows["replication"])
    assert xes.stat().st_size > 0


def damaged_figures(run: Path) -> None:
    """Change the stored key figures, and what the manifest says of their file."""
    file = run / "replications.parquet"
    frame = pd.read_parquet(file)
    table = pq.read_table(file)
    place = table.schema.get_field_index("mean_stock")
    table = table.set_column(place, table.schema.field(place), [frame["mean_stock"].to_numpy() + 1.0])
    pq.write_table(table, file)
    manifest = Manifest.read(run)
    assert manifest is not None
    replace(manifest, files={**manifest.files, file.name: file_digest(file)}).write(run)


def test_a_run_of_another_version_is_told(folder: Path) -> None:
    shutil.copytree(folder / "small", folder / "other")
    damaged_figures(folder / "other")
    result = CliRunner().invoke(cli, ["replay", "other"], prog_name="sim", standalone_mode=False)
    assert result.exception is None
    assert result.stderr == (
        "note: other: was made by another version of the program: replication 0, simulated again, has other key "
        "figures (mean_stock); what follows is this version's\n"
    )


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["replay", "nowhere"], "nowhere: holds no run: there is no manifest.json"),
        (["replay", "small", "--replication", "3"], "small: --replication 3: there is no such one; it has 0 to 2"),
        (["replay", "small", "--week", "3"], "--week: only with --coordinator"),
        (
            ["replay", "small", "--citizen", "1", "--coordinator", "1"],
            "sim replay: --citizen or --coordinator, not both",
        ),
        (["replay", "small", "--coordinator", "0", "--week", "99"], "--week 99: small has the weeks 1 to 52"),
        (["replay", "small", "--point", "x"], "small: --point x: there is no such point; there are two_departments"),
        (["export", "small"], "sim export: say what to write: --csv FILE, --xes FILE or --ocel FILE"),
        (
            ["export", "small", "--replication", "x", "--csv", "a.csv"],
            "--replication x: give a number, or some in a row as 0-9",
        ),
        (
            ["export", "small", "--replication", "1-3", "--csv", "a.csv"],
            "small: --replication 3: there is no such one; it has 0 to 2",
        ),
    ],
)
def test_refusals(arguments: list[str], text: str, folder: Path) -> None:
    assert refusal(*arguments) == text
    assert not (folder / "a.csv").exists()


def test_an_unknown_citizen_is_told_who_there_is(folder: Path) -> None:
    numbers = pd.read_parquet(folder / "small" / "citizens").query("replication == 0")["citizen"]
    last = numbers.max()
    assert refusal("replay", "small", "--citizen", "5000") == (
        f"--citizen 5000: replication 0 of small has no such citizen; numbers go from {numbers.min()} to {last}, "
        f"the nearest is {last}"
    )


def test_an_unknown_post_is_told_which_there_are() -> None:
    text = refusal("replay", "small", "--coordinator", "compny consultant 0")
    assert text.startswith("--coordinator compny consultant 0: there is no such post; did you mean ")
    assert "there are coordinator 0 to " in text
