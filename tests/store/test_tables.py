"""What the files of a run hold, read with the tools that people use."""

from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from sim.analysis.incidence.table import INCIDENCE_IDENTITY, INCIDENCE_VERSION
from sim.analysis.kpis import KPIS, KPIS_IDENTITY, kpis_now
from sim.batch.variant import replicate
from sim.config import config_hash, load
from sim.errors import UsageError
from sim.model.assembly import build
from sim.model.names import Names
from sim.model.version import RULES_VERSION
from sim.store.manifest import Block, Registered
from sim.store.read import read
from sim.tables.encode import encode_table, table_schema
from sim.tables.records import TABLES, Table, TableName
from tests.batch.tiny import CHUNK, make, tiny

ALL: tuple[TableName, ...] = tuple(TABLES)


def told(field: pa.Field) -> tuple[str, str]:
    """Unit and description that a column carries."""
    return field.metadata[b"unit"].decode("utf-8"), field.metadata[b"description"].decode("utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a run of seven replications, in two parts, in `run`."""
    folder = tmp_path_factory.mktemp("tables")
    make(tiny(folder), folder / "run", 7, tables=ALL)
    return folder


@pytest.mark.parametrize("table", ALL)
def test_files_hold_what_the_engine_recorded(folder: Path, table: TableName) -> None:
    parameters = build(load(folder / "tiny.toml").config)
    replications = [replicate(parameters, 1, number, tables=ALL, engine="simpy")[0] for number in range(7)]
    frame = read(folder / "run", table)
    lengths = [len(next(iter(r.tables[table].values()))) for r in replications]
    assert frame["replication"].tolist() == np.repeat(np.arange(7), lengths).tolist()
    assert frame["variant"].unique().tolist() == ["tiny"] * any(lengths)  # nobody changes scheme there
    for column in TABLES[table]:
        recorded = np.concatenate([r.tables[table][column.name] for r in replications])
        if column.names is None:
            np.testing.assert_array_equal(frame[column.name], recorded)
        else:
            names = getattr(parameters.names, column.names)
            expected = [names[code] if code >= 0 else None for code in recorded]
            assert [None if pd.isna(name) else name for name in frame[column.name]] == expected


@pytest.mark.parametrize("table", ALL)
def test_the_readers_of_others_agree(folder: Path, table: str) -> None:
    ours = read(folder / "run", table)
    plain = pd.read_parquet(folder / "run" / table)
    arrow = ds.dataset(folder / "run" / table).to_table().to_pandas()
    pd.testing.assert_frame_equal(plain, arrow)
    dates = [name for name in ours.columns if name.endswith("date")]  # Plain pandas makes objects of them.
    plain = plain.assign(**{name: pd.to_datetime(plain[name]).astype(ours[name].dtype) for name in dates})
    pd.testing.assert_frame_equal(plain, ours, check_dtype=False)
    assert str(ours["variant"].dtype) == "category"


@pytest.mark.parametrize("table", ALL)
def test_columns_carry_unit_and_description(folder: Path, table: TableName) -> None:
    schema = ds.dataset(folder / "run" / table).schema
    for column in TABLES[table]:
        assert told(schema.field(column.name)) == (column.unit, column.description)
    assert all(len(told(field)[1]) > 5 for field in schema)


def test_types(folder: Path) -> None:
    schema = ds.dataset(folder / "run" / "citizens").schema
    name = pa.dictionary(pa.int32(), pa.string())
    found = {n: schema.field(n).type for n in ("variant", "replication", "group", "cohort", "frailty", "exit_date")}
    assert found == {
        "variant": name,
        "replication": pa.int32(),
        "group": name,
        "cohort": pa.bool_(),
        "frailty": pa.float64(),
        "exit_date": pa.date32(),
    }
    assert schema.names[:2] == ["variant", "replication"]
    assert ds.dataset(folder / "run" / "events").schema.field("timestamp").type == pa.timestamp("us")


def test_kpis_carry_unit_and_description(folder: Path) -> None:
    fields = list(pq.read_schema(folder / "run" / "replications.parquet"))[2:]
    expected = [(kpi.name, "double", kpi.unit, kpi.description) for kpi in KPIS]
    assert [(field.name, str(field.type), *told(field)) for field in fields] == expected


@pytest.mark.parametrize("table", [*ALL, "replications.parquet", "summary.parquet", "kpis"])
def test_facts_about_the_run(folder: Path, table: str) -> None:
    metadata = ds.dataset(folder / "run" / table).schema.metadata
    digest = config_hash(load(folder / "tiny.toml").config)
    whole = table.endswith(".parquet")
    expected = {
        "sim.name": "tiny",
        "sim.config_hash": digest,
        "sim.seed": "1",
        "sim.rules": str(RULES_VERSION),
        **({"sim.variants": f"tiny={digest}"} if whole else {}),
        **({"sim.points": Block.of([Registered("tiny", digest)], CHUNK).digest} if not whole else {}),
        **({KPIS_IDENTITY: kpis_now()} if whole or table == "kpis" else {}),
        **({INCIDENCE_IDENTITY: INCIDENCE_VERSION} if table == "incidence" else {}),
    }
    assert metadata == {key.encode(): value.encode() for key, value in expected.items()}


@pytest.mark.parametrize("table", [*ALL, "replications.parquet"])
def test_what_has_not_happened_is_null_never_nan(folder: Path, table: str) -> None:
    rows = ds.dataset(folder / "run" / table).to_table()
    for field in rows.schema:
        if pa.types.is_floating(field.type):
            assert pc.sum(pc.is_nan(rows[field.name])).as_py() in (0, None)


def test_open_spells_have_neither_date_nor_destination(folder: Path) -> None:
    rows = ds.dataset(folder / "run" / "citizens").to_table()
    censored = rows["exit_weeks"].is_null()
    assert 0 < pc.sum(censored).as_py() < rows.num_rows
    assert rows["destination"].is_null() == censored
    assert rows["exit_date"].is_null() == censored
    assert rows["entry_date"].null_count == 0


def test_every_part_has_the_same_dictionary(folder: Path) -> None:
    parts = sorted((folder / "run" / "citizens").iterdir())
    dictionaries = [pq.read_table(p)["destination"].chunk(0).dictionary.to_pylist() for p in parts]
    # The whole list, though nobody left to most of these.
    whole = ["job", "education", "fleksjob", "pension", "resource_course", "other"]
    assert dictionaries == [whole, whole]


def test_only_some_columns(folder: Path) -> None:
    frame = read(folder / "run", "weekly", ["replication", "stock"])
    assert list(frame.columns) == ["replication", "stock"]


def test_a_table_that_does_not_exist(folder: Path) -> None:
    with pytest.raises(UsageError) as refused:
        read(folder / "run", "week")
    assert str(refused.value) == (
        "no table 'week'; there are replications, summary, uncertainty, plan, weekly, citizens, schemes, "
        "coordinators, "
        "incidence, events"
    )


def encoded(table: TableName, changed: dict[str, list[float]]) -> pa.Table:
    """Rows as written, all zeros but for what is given; from replication 3 of a centre with two groups."""
    rows = len(next(iter(changed.values())))
    kinds = {"int32": np.int32, "code": np.int32, "float64": np.float64, "bool": np.bool_}
    data: Table = {c.name: np.array(changed.get(c.name, [0] * rows)).astype(kinds[c.kind]) for c in TABLES[table]}
    names = Names(("a", "b"), ("centre",), ("team",), ("entry", "exit"))
    schema = table_schema(table, {})
    return encode_table(table, [data], names, "v", [3], date(2018, 1, 1), schema)


def test_dates_of_weeks() -> None:
    weekly = encoded("weekly", {"week": [0, 1, 104]})
    assert weekly["date"].to_pylist() == [date(2018, 1, 1), date(2018, 1, 8), date(2019, 12, 30)]


def test_dates_of_moments_are_the_day_they_fall_on() -> None:
    citizens = encoded("citizens", {"entry_weeks": [-0.01, 0.0, -52.0], "exit_weeks": [0.999, float("nan"), 1.0]})
    assert citizens["entry_date"].to_pylist() == [date(2017, 12, 31), date(2018, 1, 1), date(2017, 1, 2)]
    assert citizens["exit_date"].to_pylist() == [date(2018, 1, 7), None, date(2018, 1, 8)]


def test_events_have_case_and_time() -> None:
    events = encoded("events", {"citizen": [0, 17, -1], "weeks": [0.5, 1.0, -1 / 7], "activity": [0, 1, 1]})
    assert events["case_id"].to_pylist() == ["3-0", "3-17", "3-team"]
    assert events["timestamp"].to_pylist() == [
        datetime(2018, 1, 4, 12),
        datetime(2018, 1, 8),
        datetime(2017, 12, 31),
    ]
    assert events["activity"].to_pylist() == ["entry", "exit", "exit"]
    assert events["resource"].to_pylist() == ["team"] * 3


def test_no_rows_and_no_names_are_written_too(tmp_path: Path) -> None:
    from sim.store.parts import part_writer, replications_of

    events = encoded("events", {"weeks": [0.0]})
    with part_writer(tmp_path / "part", events.schema) as part:
        part.add(events.slice(0, 0))
    assert pq.read_table(tmp_path / "part").num_rows == 0
    assert list(replications_of(tmp_path / "part")) == []


def test_a_date_beyond_the_calendar_has_no_value() -> None:
    citizens = encoded("citizens", {"entry_weeks": [-1e9, -105_000.0, -106_000.0]})
    assert citizens["entry_date"].to_pylist() == [None, date(5, 8, 22), None]
