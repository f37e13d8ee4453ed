"""What is left to do, from what is finished."""

from datetime import date
from pathlib import Path

import pytest

from sim.batch.plan import ChunkTask, Finished, blocks_of, plan
from sim.batch.resolved import resolve
from sim.batch.variant import Variant
from sim.config import load
from sim.store.manifest import Block, Registered
from sim.store.parts import Chunk
from sim.tables.records import TABLES, TableName
from tests.batch.tiny import CHUNK, tiny


def finished(*chunks: tuple[int, int], without: TableName | None = "events", block: int = 0) -> Finished:
    kpis = frozenset(Chunk(block, *chunk) for chunk in chunks)
    return Finished(kpis, {table: frozenset() if table == without else kpis for table in TABLES})


def variants(*names: str) -> dict[str, Variant]:
    """Variants that are told apart and not simulated."""
    return {name: Variant(name, None, date(2018, 1, 1), f"hash of {name}") for name in names}  # type: ignore[arg-type]


ONE = variants("tiny")
BLOCK = Block.of([Registered("tiny", "hash of tiny")], CHUNK)


def tasks_of(done: Finished, tables: list[TableName], replications: int) -> list[ChunkTask]:
    return plan(done, tables, replications, [BLOCK], ONE)


def task(
    chunk: tuple[int, int],
    replaces: tuple[int, int] | None,
    first_run: int,
    tables: tuple[TableName, ...],
    *,
    record: bool,
) -> ChunkTask:
    shorter = None if replaces is None else Chunk(0, *replaces)
    points = ((0, ONE["tiny"]),)
    return ChunkTask(Chunk(0, *chunk), points, ("tiny",), shorter, first_run, tables, record, BLOCK.digest)


def test_a_new_batch_is_cut_at_fixed_numbers() -> None:
    tasks = tasks_of(finished(), ["weekly"], 12)
    assert [task.chunk for task in tasks] == [(0, 0, 5), (0, 5, 10), (0, 10, 12)]
    assert tasks[2] == task((10, 12), None, 10, ("weekly",), record=True)


def test_finished_chunks_are_left_out_and_gaps_filled() -> None:
    tasks = tasks_of(finished((0, 5), (10, 15)), ["weekly"], 20)
    assert [task.chunk for task in tasks] == [(0, 5, 10), (0, 15, 20)]


def test_a_short_last_chunk_is_continued() -> None:
    (only,) = tasks_of(finished((0, 5), (5, 7)), ["weekly"], 9)
    assert only == task((5, 9), (5, 7), 7, ("weekly",), record=True)
    assert only.replications == 2


def test_a_missing_table_is_written_without_a_second_record() -> None:
    assert tasks_of(finished((0, 5), (5, 7)), ["weekly", "events"], 7) == [
        task((0, 5), None, 0, ("events",), record=False),
        task((5, 7), None, 5, ("events",), record=False),
    ]


def test_a_short_chunk_that_lacks_a_table_is_run_from_its_start() -> None:
    tasks = tasks_of(finished((0, 2)), ["weekly", "events"], 5)
    assert tasks == [task((0, 5), (0, 2), 0, ("weekly", "events"), record=True)]


def test_more_than_is_asked_for_may_be_finished() -> None:
    assert tasks_of(finished((0, 5), (5, 10)), ["weekly"], 7) == []
    assert tasks_of(finished((5, 10), (5, 7)), ["weekly"], 7) == [task((0, 5), None, 0, ("weekly",), record=True)]


def test_nothing_is_left_of_a_finished_batch() -> None:
    assert tasks_of(finished((0, 5), (5, 7)), ["weekly", "citizens"], 7) == []


THREE = variants("a", "b", "c")


def test_the_points_of_a_block_are_worked_together() -> None:
    blocks = [Block.of([Registered(name, f"hash of {name}") for name in names], CHUNK) for names in ("ab", "c")]
    tasks = plan(finished((0, 5)), ["weekly"], 7, blocks, THREE)
    assert [(task.chunk, task.names, task.replications) for task in tasks] == [
        ((0, 5, 7), ("a", "b"), 4),
        ((1, 0, 5), ("c",), 5),
        ((1, 5, 7), ("c",), 2),
    ]
    assert [task.variants for task in tasks[:2]] == [((0, THREE["a"]), (1, THREE["b"])), ((0, THREE["c"]),)]
    assert [task.digest for task in tasks] == [blocks[0].digest, blocks[1].digest, blocks[1].digest]


def test_points_that_are_no_longer_planned_keep_their_place_and_are_not_run() -> None:
    block = Block((Registered("a", "hash of a", planned=False), Registered("b", "hash of b")), CHUNK, "digest")
    gone = Block((Registered("c", "hash of c", planned=False),), CHUNK, "digest")
    (only,) = plan(finished(), [], 2, [block, gone], {"b": THREE["b"]})
    assert (only.chunk, only.names, only.variants) == ((0, 0, 2), ("a", "b"), ((1, THREE["b"]),))


def test_a_block_that_has_more_than_is_asked_for_keeps_them_and_the_others_do_not_follow() -> None:
    blocks = [Block.of([Registered(name, f"hash of {name}")], CHUNK) for name in "ab"]
    tasks = plan(finished((0, 5), (5, 9)), ["weekly"], 3, blocks, THREE)
    assert [task.chunk for task in tasks] == [(1, 0, 3)]


def outdated(done: Finished, *chunks: tuple[int, int]) -> Finished:
    return done._replace(outdated=frozenset(Chunk(0, *chunk) for chunk in chunks))


def test_outdated_key_figures_are_computed_from_the_tables_that_are_kept() -> None:
    done = outdated(finished((0, 5), (5, 7), without=None), (0, 5))
    (only,) = tasks_of(done, ["weekly", "citizens", "coordinators"], 7)
    assert only == task((0, 5), None, 0, (), record=True)._replace(refill=True)
    assert only.replications == 0


def test_a_table_that_is_missing_too_is_a_task_of_its_own() -> None:
    done = outdated(finished((0, 5)), (0, 5))
    assert tasks_of(done, ["citizens", "coordinators", "events"], 5) == [
        task((0, 5), None, 0, ("events",), record=False),
        task((0, 5), None, 0, (), record=True)._replace(refill=True),
    ]


@pytest.mark.parametrize("without", ["citizens", "coordinators"])
def test_without_these_tables_outdated_replications_are_run_again(without: TableName) -> None:
    done = outdated(finished((0, 5), (5, 7), without=without), (5, 7))
    assert tasks_of(done, ["weekly"], 7) == [task((5, 7), None, 5, ("weekly",), record=True)._replace(renews=True)]


def test_an_outdated_short_chunk_is_not_continued() -> None:
    done = outdated(finished((0, 2)), (0, 2))
    assert tasks_of(done, ["weekly"], 5) == [task((0, 5), (0, 2), 0, ("weekly",), record=True)]


def test_small_points_share_a_block_and_large_ones_have_their_own(tmp_path: Path) -> None:
    """A chunk holds 237 replications of the tiny centre, and fewer than one of the large one."""
    small = resolve("small", load(tiny(tmp_path)).config).variant
    large = resolve("large", load(tiny(tmp_path), {"population.stock": 400_000}).config).variant
    many = [small._replace(name=f"small-{i}", config_hash=f"{i}") for i in range(100)]

    def sizes(replications: int) -> list[tuple[int, int]]:
        return [(len(block.points), block.chunk_replications) for block in blocks_of(many, replications)]

    assert sizes(1) == [(100, 2)]
    assert sizes(10) == [(24, 10)] * 4 + [(4, 59)]
    assert sizes(236) == [(2, 118)] * 50
    assert sizes(238) == sizes(10_000) == [(1, 237)] * 100
    assert [(block.names, block.chunk_replications) for block in blocks_of([many[0], large, many[1]], 10)] == [
        (("small-0", "large"), 1),
        (("small-1",), 237),
    ]
