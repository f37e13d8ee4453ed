"""Data flows one way: no room imports from a room above it, and no modules import each other in a circle."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "sim"

FLOORS = (
    "safe_text", "file_names", "input_files", "errors", "limits", "catalogue", "config", "model", "tables", "engine",
    "store", "analysis", "batch", "study", "report", "api", "cli",
)  # fmt: skip
"""Rooms from the ground up. A room may import from those before it (and from itself)."""
ROOF = ("sim", "sim.__main__")
"""What hands out names of all rooms when they are asked for; `sim.__version__` is everybody's."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    files = sorted(PACKAGE.rglob("*.py"))
    names = (".".join(("sim", *file.relative_to(PACKAGE).with_suffix("").parts)) for file in files)
    return {name.removesuffix(".__init__"): file for name, file in zip(names, files, strict=True)}


def imported(name: str, known: dict[str, Path]) -> Iterator[tuple[str, int]]:
    """Modules of the package that a module imports, with the line: also within functions and for types only."""
    for node in ast.walk(ast.parse(known[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module is not None and node.level == 0:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if whole in known:
                    yield whole, node.lineno
                elif node.module in known and node.module != "sim":
                    yield node.module, node.lineno


KNOWN = modules()
GRAPH = {name: list(imported(name, KNOWN)) for name in KNOWN}


def room(module: str) -> str:
    return module.split(".")[1]


def test_every_room_has_a_floor() -> None:
    assert {room(name) for name in GRAPH if name not in ROOF} == set(FLOORS)


def test_no_import_runs_upwards() -> None:
    wrong = [
        f"{name}:{line} imports {target}: {room(target)} lies above {room(name)}"
        for name, targets in GRAPH.items()
        if name not in ROOF
        for target, line in targets
        if target not in ROOF and FLOORS.index(room(target)) > FLOORS.index(room(name))
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {name: {target for target, _ in targets if target != name} for name, targets in GRAPH.items()}
    try:
        TopologicalSorter({name: targets for name, targets in graph.items() if name not in ROOF}).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' -> '.join(error.args[1])}")


def test_the_test_sees_imports_within_functions() -> None:
    names = {target for target, _ in GRAPH["sim.cli.work"]}
    assert "sim.batch.workers.opening" in names


def test_a_worker_reads_no_configs() -> None:
    """Its process is started anew for every batch: what it need not import, nobody waits for."""
    reached, todo = set(), ["sim.batch.chunk"]
    while todo:
        name = todo.pop()
        if name not in reached:
            reached.add(name)
            todo += [target for target, _ in GRAPH[name]]
    assert not [name for name in sorted(reached) if room(name) == "config"]
