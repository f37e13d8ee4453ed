"""The command that simulates one point of a sweep by itself."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.config.schema.shape import CONFIG
from sim.config.toml.key_lines import split_key
from sim.config.toml.toml_text import key_text, value_text
from sim.store.manifest import Manifest
from sim.store.run import Run


def command_of(manifest: Manifest, names: Sequence[str], cells: Sequence[object], run: Run) -> str:
    """Give the command that simulates a point by itself."""
    definition = manifest.definition
    by_name = dict(zip(names, cells, strict=True))
    variant = definition["variants"].get(str(by_name.get("base_variant")), {})
    settings: dict[str, Any] = {**definition["experiment"]["settings"], **(variant.get("settings") or {})}
    for name, cell in by_name.items():
        factor = definition["factors"].get(name)
        if factor is None:
            continue
        if factor.get("levels") is not None:
            settings |= factor["levels"][str(cell)]
        else:
            settings |= dict.fromkeys(factor.get("keys") or [name], "none" if cell is None else cell)
    base = variant.get("config") or definition["experiment"]["base"]
    words = ["sim run", _shell(_base_path(manifest, base))]
    for path, value in _flat(settings):
        written = value if isinstance(value, str) and not _is_word(path) else value_text(value)
        words.append(f"--set {_shell(f'{path}={written}')}")
    replications = len(run.values([])[0])
    words.append(f"--replications {replications} --seed {manifest.seed} --out {_shell(f'results/{run.variant}')}")
    return " ".join(words)


def _is_word(path: str) -> bool:
    """Whether a text is the value itself; if not, it is a value as it stands in a file, such as a distribution."""
    shape = CONFIG.at(split_key(path))
    return shape.type is str or bool(shape.choices)


def _flat(settings: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in settings.items():
        path = f"{above}.{key}" if above else key
        if isinstance(value, Mapping) and not CONFIG.at(split_key(path)).is_one_of:
            yield from _flat({key_text((inner,)): item for inner, item in value.items()}, path)
        else:
            yield path, value


def _shell(text: str) -> str:
    safe = all(letter.isalnum() or letter in "._/=-+" for letter in text)
    return text if safe else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _base_path(manifest: Manifest, base: str) -> str:
    """Path of the base config from where the sweep was started; as the experiment has it where that is not known."""
    typed = manifest.typed("sweep")
    files = [word for word in (typed[-1].split() if typed else []) if word.endswith(".toml")]
    if not files:
        return base
    parts: list[str] = []
    for part in (*Path(files[0]).parent.parts, *base.split("/")):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
