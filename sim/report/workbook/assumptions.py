"""The last sheets: every value in force with where it comes from, and how to make the results again."""

import shlex
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from sim.config import load
from sim.config.canonical import config_hash, from_canonical
from sim.config.layers.effective import Held, effective_values, held_values
from sim.config.meaning import meaning
from sim.config.toml.toml_text import key_text
from sim.errors import SimError
from sim.report.workbook.book import UNDEFINED, Book, Cell, Field
from sim.store.run import Run


def put_assumptions(book: Book, runs: Sequence[Run]) -> None:
    """Put every value in force in each run, and where it comes from."""
    say = book.language.say
    sheet = book.sheet(say("Assumptions"), say("every value in force in each run, and what differs"))
    sheet.heading(
        say("Assumptions: every value in force"),
        say("Where from: file and line, if the config is where it was; else whether it is the program's default."),
        say("Sources in brackets are explained in docs/evidence.md; ASSUMPTION marks what has none."),
    )
    of_runs = [{one.key: one for one in held_values(from_canonical(run.config))} for run in runs]
    places = [_places(run) for run in runs]
    keys = list(dict.fromkeys(chain(*of_runs)))
    fields = [Field(say("key"), width=60)]
    for run in runs:
        fields += [Field(run.name, "General", 40, wrapped=True, left=True), Field(say("where from"), width=26)]
    if len(runs) > 1:
        fields.append(Field(say("differs")))
    fields += [Field(say("what the config says of it"), width=60, wrapped=True), Field(say("meaning"), width=60)]
    words = (say("default"), say("stated"))
    rows: list[list[Cell]] = []
    for key in keys:
        found = [values.get(key) for values in of_runs]
        row: list[Cell] = [key]
        for one, known in zip(found, places, strict=True):
            row += [UNDEFINED, ""] if one is None else [_typed(one), known.get(key, words[not one.default])]
        if len(runs) > 1:
            row.append(say("yes") if len({one and one.text for one in found}) > 1 else "")
        path = next(one.path for one in found if one is not None)
        told = dict.fromkeys(filter(None, (_basis(path, run) for run in runs)))
        rows.append([*row, " / ".join(told), book.language.meaning(meaning(path))])
    sheet.table(fields, rows, frozen=1, filtered=True)


def _basis(path: Sequence[str], run: Run) -> str:
    """What the config's files say of a key, or of the table that it stands in: a source, or that it is assumed."""
    basis = run.manifest.basis
    names = (key_text(tuple(path[:end])) for end in range(len(path), 0, -1))
    return next((basis[name] for name in names if name in basis), "")


def _typed(one: Held) -> Cell:
    """Give numbers as numbers; all else as it would be written in TOML."""
    is_number = isinstance(one.value, (int, float)) and not isinstance(one.value, bool)
    return float(one.value) if is_number else one.text


def _places(run: Run) -> Mapping[str, str]:
    """Say where each value is stated, if the config is still where it was run from and says the same."""
    for command in reversed(run.manifest.typed("run", "compare")):
        for file in _configs_in(command):
            try:
                loaded = load(file)
                if config_hash(loaded.config) == run.config_hash:
                    # Only the file's name: where it lies differs from computer to computer.
                    return {one.key: Path(one.place).name for one in effective_values(loaded) if one.source}
            except (SimError, OSError):
                continue
    return {}


def _configs_in(command: str) -> Iterator[Path]:
    try:
        words = shlex.split(command, posix="\\" not in command)
    except ValueError:  # A quotation mark without its partner.
        return
    for word in words:
        path = Path(word.strip("\"'"))
        if path.suffix == ".toml" and path.is_file():
            yield path


def put_reproduce(book: Book, runs: Sequence[Run]) -> None:
    """Put the commands, versions and digests that make the same results again."""
    say = book.language.say
    sheet = book.sheet(say("Reproduce"), say("commands, versions and digests to make the same results again"))
    sheet.heading(
        say("How to make the same results again"),
        say("The same config, seed and version of the rules give the same bytes, with any number of workers."),
    )
    rows: list[list[Cell]] = []
    for run in runs:
        manifest = run.manifest
        facts = [
            (say("directory"), run.directory.as_posix()),
            (say("seed"), f"{manifest.seed}"),
            (say("replications"), f"{run.finished_replications()}"),
            (say("version of the rules"), f"{manifest.rules}"),
            (say("digest of the config"), run.config_hash),
        ]
        for number, one in enumerate(manifest.runs, start=1):
            facts.append((f"{say('command')} {number}", str(one.get("command", ""))))
            for key in ("version", "commit", "engine", "python", "platform", "started", "finished"):
                facts.append((f"{say('command')} {number}: {say(key)}", str(one.get(key) or "")))
            libraries = one.get("libraries") or {}
            named = ", ".join(f"{name} {version}" for name, version in libraries.items())
            facts.append((f"{say('command')} {number}: {say('libraries')}", named))
        facts += [
            (f"{say('digest')}: {name}", f"{digest}")
            for name, digest in sorted(manifest.files.items())
            if "/" not in name
        ]
        rows += [[run.name, *fact] for fact in facts]
    fields = [
        Field(say("run"), width=24),
        Field(say("what"), width=44),
        Field(say("value"), width=100, wrapped=True),
    ]
    sheet.table(fields, rows, frozen=1, filtered=True)
