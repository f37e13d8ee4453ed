"""What is left to do, from what is finished."""

from sim.batch.plan import Finished, Unit, plan
from sim.store.parts import Chunk
from sim.tables.records import TABLES, TableName


def finished(*chunks: tuple[int, int], without: TableName = "events") -> Finished:
    kpis = frozenset(Chunk(*chunk) for chunk in chunks)
    return Finished(kpis, {table: frozenset() if table == without else kpis for table in TABLES})


def test_a_new_batch_is_cut_at_fixed_numbers() -> None:
    units = plan(finished(), ["weekly"], 12, 5)
    assert [unit.chunk for unit in units] == [(0, 5), (5, 10), (10, 12)]
    assert units[2] == Unit(Chunk(10, 12), None, 10, ("weekly",), record=True)


def test_finished_chunks_are_left_out_and_gaps_filled() -> None:
    units = plan(finished((0, 5), (10, 15)), ["weekly"], 20, 5)
    assert [unit.chunk for unit in units] == [(5, 10), (15, 20)]


def test_a_short_last_chunk_is_continued() -> None:
    (unit,) = plan(finished((0, 5), (5, 7)), ["weekly"], 9, 5)
    assert unit == Unit(Chunk(5, 9), Chunk(5, 7), 7, ("weekly",), record=True)
    assert unit.replications == 2


def test_a_missing_table_is_written_without_a_second_record() -> None:
    units = plan(finished((0, 5), (5, 7)), ["weekly", "events"], 7, 5)
    assert units == [
        Unit(Chunk(0, 5), None, 0, ("events",), record=False),
        Unit(Chunk(5, 7), None, 5, ("events",), record=False),
    ]


def test_a_short_chunk_that_lacks_a_table_is_run_from_its_start() -> None:
    units = plan(finished((0, 2)), ["weekly", "events"], 5, 5)
    assert units == [Unit(Chunk(0, 5), Chunk(0, 2), 0, ("weekly", "events"), record=True)]


def test_more_than_is_asked_for_may_be_finished() -> None:
    assert plan(finished((0, 5), (5, 10)), ["weekly"], 7, 5) == []
    assert plan(finished((5, 10), (5, 7)), ["weekly"], 7, 5) == [
        Unit(Chunk(0, 5), None, 0, ("weekly",), record=True)
    ]


def test_nothing_is_left_of_a_finished_batch() -> None:
    assert plan(finished((0, 5), (5, 7)), ["weekly", "citizens"], 7, 5) == []
