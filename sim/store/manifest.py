"""The manifest: what the directory of a run or a sweep holds, and all that is needed to make it again."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from sim.errors import UsageError
from sim.store.files import reason, write_text

FILE_NAME = "manifest.json"
_FORMAT = 2
_OLD_FORMAT = 1

Holds = Literal["run", "sweep"]


class UnreadableManifest(UsageError):  # noqa: N818 - what happened, not what kind of error
    """The file is there and holds no values, as after a failure of the disk."""


class Registered(NamedTuple):
    """A point whose results are in the directory.

    Attributes
    ----------
    name
        Of the config, or of the point of a sweep.
    config_hash
        Of its config.
    planned
        Whether the plan still has the point; if not, its rows are left out of the results.
    """

    name: str
    config_hash: str
    planned: bool = True


class Block(NamedTuple):
    """Points whose replications are simulated together, chunk by chunk.

    Attributes
    ----------
    points
        In the order of their rows. A point keeps its block for ever.
    chunk_replications
        Replications of each point in a part file.
    digest
        Of the points' names and configs when the block was made; every part of it says the same.
    """

    points: tuple[Registered, ...]
    chunk_replications: int
    digest: str

    @classmethod
    def of(cls, points: Sequence[Registered], chunk_replications: int) -> Self:
        """Make a block of points that are new."""
        written = "\n".join(f"{point.name}={point.config_hash}" for point in points)
        digest = hashlib.sha256(written.encode("utf-8")).hexdigest()[:16]
        return cls(tuple(points), chunk_replications, digest)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all points, in the order of the codes in the parts."""
        return tuple(point.name for point in self.points)


@dataclass(frozen=True)
class Manifest:
    """Contents of ``manifest.json``.

    Attributes
    ----------
    name
        Of the config or of the experiment.
    holds
        "run", or "sweep".
    definition
        Of a run every effective value of the config. Of a sweep what the experiment file says; the configs of its
        points are in the plan.
    seed
        Of all replications.
    rules
        Version of the rules that made the results (see `sim.model.version`).
    tables
        Tables written beside the KPIs.
    blocks
        Which points the parts hold.
    replications
        Finished ones, all points together, when the last command ended.
    runs
        One entry each time a command worked on this directory: command, engine, workers, versions, platform,
        commit, replications asked for, when it started and (null: it never did) ended.
    files
        Every file, by path from the directory, when the last command ended.
    """

    name: str
    holds: Holds
    definition: dict[str, Any]
    seed: int
    rules: int
    tables: tuple[str, ...]
    blocks: tuple[Block, ...]
    replications: int = 0
    runs: tuple[dict[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    format: int = field(default=_FORMAT, kw_only=True)

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read the manifest of a run or a sweep; None if the directory has none.

        Raises
        ------
        UnreadableManifest
            If the file is empty, cut short or otherwise damaged.
        UsageError
            If the file is there and is no manifest of this version.
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
        if isinstance(values, dict) and values.get("format") == _OLD_FORMAT:
            raise UsageError(
                f"{directory.as_posix()}: was made by version 0.1.0 of sim, whose results this version does not "
                "read; run it again into another --out, or remove that folder"
            )
        if (
            not isinstance(values, dict)
            or values.get("format") != _FORMAT
            or set(values) != {f.name for f in fields(cls)}
        ):
            raise UsageError(f"{path.as_posix()}: not a manifest of this version of sim; choose another --out")
        for name in ("tables", "runs", "files"):
            values[name] = tuple(values[name])
        values["blocks"] = tuple(
            Block(tuple(Registered(*point) for point in points), *others) for points, *others in values["blocks"]
        )
        return cls(**values)

    def write(self, directory: Path) -> None:
        """Write ``manifest.json`` atomically."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        write_text(directory / FILE_NAME, json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n")

    def begun(self, run: Mapping[str, Any]) -> Self:
        """Note that a command begins to work on the directory."""
        return replace(self, runs=(*self.runs, {**run, "finished": None}))

    def ended(self, when: str, replications: int, files: tuple[str, ...]) -> Self:
        """Note that the last command has ended."""
        *earlier, last = self.runs
        runs = (*earlier, {**last, "finished": when})
        return replace(self, replications=replications, runs=runs, files=files)

    def places(self) -> dict[str, int]:
        """Block of each point that is planned, by its name."""
        return {
            point.name: number for number, block in enumerate(self.blocks) for point in block.points if point.planned
        }
