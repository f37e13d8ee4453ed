"""The manifest: what a run's directory holds, and all that is needed to make it again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from sim.errors import UsageError
from sim.store.files import reason, write_text

FILE_NAME = "manifest.json"
_FORMAT = 1


class UnreadableManifest(UsageError):  # noqa: N818 - what happened, not what kind of error
    """The file is there and holds no values, as after a failure of the disk."""


@dataclass(frozen=True)
class Manifest:
    """Contents of ``manifest.json``.

    Attributes
    ----------
    variant
        Name of the config.
    config, config_hash
        Every effective value, and the hash of them that leaves out replications and seed.
    seed
        Of all replications.
    code
        Version and fingerprint of the code (see `sim.store.provenance.code_version`).
    tables
        Tables written beside the KPIs.
    chunk_replications
        Replications in a part file.
    replications
        Finished ones, when the last run ended.
    runs
        One entry each time a command worked on this directory: command, engine, workers, versions, platform,
        commit, asked replications, when it started and (null: it never did) ended.
    files
        Every file of the run, by path from the directory, when the last run ended.
    """

    variant: str
    config: dict[str, Any]
    config_hash: str
    seed: int
    code: str
    tables: tuple[str, ...]
    chunk_replications: int
    replications: int = 0
    runs: tuple[dict[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    format: int = field(default=_FORMAT, kw_only=True)

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read the manifest of a run; None if the directory has none.

        Raises
        ------
        UnreadableManifest
            If the file is empty, cut short or otherwise damaged.
        UsageError
            If the file is there and is no manifest of this program.
        """
        path = directory / FILE_NAME
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{path.as_posix()}: cannot be read: {reason(error)}") from error
        except ValueError as error:
            raise UnreadableManifest(f"{path.as_posix()}: cannot be read; choose another --out") from error
        if (
            not isinstance(values, dict)
            or values.get("format") != _FORMAT
            or set(values) != {f.name for f in fields(cls)}
        ):
            raise UsageError(f"{path.as_posix()}: not a manifest of this version of sim; choose another --out")
        for name in ("tables", "runs", "files"):
            values[name] = tuple(values[name])
        return cls(**values)

    def write(self, directory: Path) -> None:
        """Write ``manifest.json`` atomically."""
        write_manifest(directory, asdict(self))

    def ended(self, when: str, replications: int, files: tuple[str, ...]) -> Self:
        """Note that the last run has ended."""
        return replace(self, replications=replications, runs=last_ended(self.runs, when), files=files)


def write_manifest(directory: Path, values: Mapping[str, Any]) -> None:
    """Write ``manifest.json`` atomically."""
    text = json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False)
    write_text(directory / FILE_NAME, text + "\n")


def last_ended(runs: Sequence[dict[str, Any]], when: str) -> tuple[dict[str, Any], ...]:
    """Runs of which the last has ended."""
    *earlier, last = runs
    return (*earlier, {**last, "finished": when})
