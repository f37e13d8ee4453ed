"""The manifest: what the directory of a run or a sweep holds, and all that is needed to make it again."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple, Self

from pydantic import TypeAdapter, ValidationError

from sim.errors import UsageError
from sim.input_files import read_file
from sim.store.csv_file import DEFAULT
from sim.store.digest import Digests, values_digest
from sim.store.files import reason, write_text

FILE_NAME = "manifest.json"
_FORMAT = 3
_OLD_FORMATS = (1, 2)
_DIGEST = "digest"
"""Key, beside those of `Manifest`, of the digest of all others."""

# As it is called by its name, by a path, or as a module of Python.
_TYPED = re.compile(r"""(?:^|[/\\ '"])sim(?:\.exe)?['"]? (\w+) """)

Holds = Literal["run", "sweep"]


class UnreadableManifest(UsageError):  # noqa: N818 - what happened, not what kind of error
    """The file is there and does not hold what was written, as after a failure of the disk.

    Parameters
    ----------
    path
        Of the file.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.as_posix()}: is damaged; the sim run that made it makes it again, anything else needs another "
            "--out"
        )


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
    csv
        Form of its CSV files (see `sim.store.csv_file`).
    posterior
        Of a run with a posterior: the file of its draws, the digest of that, replications of each draw, the keys
        that the draws set, and the calibration they are from.
    replications
        Finished ones, all points together, when the last command ended.
    runs
        One entry each time a command worked on this directory: command, engine, workers, versions, platform,
        commit, replications asked for, when it started and (null: it never did) ended.
    basis
        What the config's files say of its keys: the source of a figure, or that it is an assumption. It changes no
        result; of a sweep, what the files of its first variant say.
    files
        Digest of every file of results, by its path from the directory, as far as they are known: when a command
        is killed, those of its last parts are not.
    """

    name: str
    holds: Holds
    definition: dict[str, Any]
    seed: int
    rules: int
    tables: tuple[str, ...]
    blocks: tuple[Block, ...]
    csv: str = DEFAULT
    posterior: dict[str, Any] | None = None
    replications: int = 0
    runs: tuple[dict[str, Any], ...] = ()
    files: Digests = field(default_factory=dict)
    basis: dict[str, str] = field(default_factory=dict)
    format: int = field(default=_FORMAT, kw_only=True)

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read the manifest of a run or a sweep; None if the directory has none.

        Raises
        ------
        UnreadableManifest
            If the file is empty, cut short or otherwise damaged: its digest tells.
        UsageError
            If the file is there and is no manifest of this version.
        """
        path = directory / FILE_NAME
        try:
            values = json.loads(read_file(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise UsageError(f"{path.as_posix()}: cannot be read: {reason(error)}") from error
        except (ValueError, RecursionError) as error:
            raise UnreadableManifest(path) from error
        if not isinstance(values, dict) or (_DIGEST not in values and values.get("format") != _FORMAT):
            if isinstance(values, dict) and values.get("format") in _OLD_FORMATS:
                raise UsageError(
                    f"{directory.as_posix()}: was made by an earlier version of sim, whose results this version "
                    "does not read; run it again into another --out, or remove that folder"
                )
            raise _other(path)
        digest = values.pop(_DIGEST, None)
        if digest != _digest(values):
            raise UnreadableManifest(path)
        if values.get("format") != _FORMAT:
            raise _other(path)
        try:
            manifest: Self = TypeAdapter(cls).validate_python(values)
        except ValidationError as error:
            raise _other(path) from error
        if manifest.holds == "run" and [len(block.points) for block in manifest.blocks] != [1]:
            raise _other(path)
        return manifest

    def write(self, directory: Path) -> None:
        """Write ``manifest.json`` atomically."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        if self.posterior is None:
            del values["posterior"]
        values[_DIGEST] = values_digest(values)
        write_text(directory / FILE_NAME, json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n")

    def begun(self, run: Mapping[str, Any], files: Digests) -> Self:
        """Note that a command begins to work on the directory, in which these files can be used."""
        return replace(self, runs=(*self.runs, {**run, "finished": None}), files=files)

    def ended(self, when: str, replications: int, files: Digests) -> Self:
        """Note that the last command has ended."""
        *earlier, last = self.runs
        runs = (*earlier, {**last, "finished": when})
        return replace(self, replications=replications, runs=runs, files=files)

    def typed(self, *kinds: str) -> list[str]:
        """List the commands of these kinds that were typed into a shell, not called from Python, to work on it."""
        found = ((command, _TYPED.search(command)) for run in self.runs if (command := run["command"]))
        return [command for command, match in found if match is not None and match[1] in kinds]

    @property
    def remedy(self) -> str:
        """What to do to have a file made again, as the end of an error's text."""
        # `sim compare --precision` may have run it too, but it reads before it runs.
        commands = self.typed("run", "sweep") or self.typed("compare")
        return f"to make it again: {commands[-1]}" if commands else "run it again into this directory"

    @property
    def per_draw(self) -> int:
        """Replications that follow each other and have one draw of the posterior; 1: each is by itself."""
        return 1 if self.posterior is None else int(self.posterior["replications_per_draw"])

    @property
    def draws_shown(self) -> str:
        """Which draws its replications have, for messages."""
        if self.posterior is None:
            return "none"
        name, digest = self.posterior.get("calibration", "draws"), self.posterior["digest"][:12]
        return f"{name} ({digest}), {self.per_draw} replications of each draw"

    @property
    def draws(self) -> tuple[str, int] | None:
        """What tells the draws of two runs apart."""
        return None if self.posterior is None else (self.posterior["digest"], self.per_draw)

    def places(self) -> dict[str, int]:
        """Block of each point that is planned, by its name."""
        return {
            point.name: number for number, block in enumerate(self.blocks) for point in block.points if point.planned
        }


def _digest(values: Mapping[str, Any]) -> str | None:
    """Digest of all values but the digest; None: they are none that are ever written."""
    try:
        return values_digest(values)
    except ValueError:
        return None


def _other(path: Path) -> UsageError:
    return UsageError(f"{path.as_posix()}: not a manifest of this version of sim; choose another --out")
