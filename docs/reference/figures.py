"""docs/figures.md: every figure of the shipped configs with its source, and every assumption."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from docs.reference.markdown import code, page, table
from docs.reference.shipped import CONFIGS, SHIPPED_CONFIGS
from sim.config.schema.shape import CONFIG
from sim.config.toml.comments import ASSUMPTION, SOURCE_TAG
from sim.config.toml.key_lines import KeyPath
from sim.config.toml.reading import read_document
from sim.config.toml.toml_text import key_text, value_text

BASE = "jki_base.toml"
_SHOWN = 200
"""Characters up to which a variant's differences are shown in full."""

_INTRODUCTION = f"""\
The values of the shipped configs with what the files say of each; most start from
[configs/{BASE}](../configs/{BASE}). The tags are explained in [evidence](evidence.md). Values that are neither in a
table below nor stated in a file are the program's defaults: `sim show configs/{BASE}` lists them."""

_ASSUMED = """\
No source gives these figures: they are judgements. *(fitted)* marks those set by hand so that the control arm's
published shares and its share of timely meetings come out roughly; none is calibrated. Results depend on them;
change them with `--set` to see how much."""


class Figure(NamedTuple):
    """A value of a config with what its file says of it; no value: said of a whole table."""

    key: str
    value: str
    comment: str


def write() -> str:
    """Write the page."""
    found = {file.name: list(figures(file)) for file in (CONFIGS / BASE, *_others())}
    return page(
        "Figures and assumptions",
        _INTRODUCTION,
        "## Assumptions",
        _ASSUMED,
        *_by_config(found, assumed=True),
        "## Figures with a source",
        *_by_config(found, assumed=False),
        "## The other configs",
        table(("config", "starts from", "differs in", "comment"), _variants()),
    )


def _others() -> list[Path]:
    return [file for file in SHIPPED_CONFIGS if file.name != BASE]


def _by_config(found: dict[str, list[Figure]], *, assumed: bool) -> Iterator[str]:
    for name, listed in found.items():
        chosen = [figure for figure in listed if (ASSUMPTION in figure.comment) == assumed]
        if chosen:
            yield f"### {name}"
            yield _as_table(chosen)


def figures(file: Path) -> Iterator[Figure]:
    """List what the comments of a config say: those beside a key or a table, and those on lines before one.

    The comment at the head of the file is about the whole file and is left out.
    """
    document = read_document(file)
    written = file.read_text(encoding="utf-8").splitlines()
    for path, comment in document.comments.items():
        if ASSUMPTION in comment or SOURCE_TAG.search(comment):
            if written[document.lines[path] - 1].startswith("["):
                yield Figure(key_text(path), "", comment)
            else:
                stated, value = _stated(document.data, path)
                yield Figure(key_text(stated), value_text(value), comment)


def _stated(data: Any, path: KeyPath) -> tuple[KeyPath, Any]:
    """Give what a line states: of tables with one key each, the innermost (but a distribution is whole)."""
    value = data
    for key in path:
        value = value[key]
    while isinstance(value, dict) and len(value) == 1 and not CONFIG.at(path).is_one_of:
        ((key, value),) = value.items()
        path = (*path, key)
    return path, value


def _as_table(listed: list[Figure]) -> str:
    return table(("key", "value", "basis"), [(code(f.key), code(f.value) or "(table)", f.comment) for f in listed])


def _variants() -> Iterator[tuple[str, ...]]:
    for file in SHIPPED_CONFIGS:
        data = dict(read_document(file).data)
        if "extends" in data:
            base = data.pop("extends")
            head = [line[1:].strip() for line in file.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
            differs = value_text(data)
            shown = code(differs) if len(differs) <= _SHOWN else "tables " + ", ".join(code(key) for key in data)
            yield code(file.name), code(base), shown, " ".join(head)
