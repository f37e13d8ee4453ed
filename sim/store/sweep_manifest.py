"""The manifest of a sweep: which experiment its directory holds, and what was done to it."""

import json
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from sim.errors import UsageError
from sim.store.manifest import FILE_NAME, last_ended, write_manifest

_FORMAT = 1
_KIND = "sweep"


@dataclass(frozen=True)
class SweepManifest:
    """Contents of the ``manifest.json`` of a sweep; each point has one of its own with its whole config.

    Attributes
    ----------
    experiment
        Name of the experiment.
    definition
        What the experiment file says, defaults included.
    seed
        Of all points.
    code
        Version and fingerprint of the code (see `sim.store.provenance.code_version`).
    points
        Names of the points, in the order of the plan.
    replications
        Finished ones, all points together, when the last run ended.
    runs
        One entry each time a command worked on this directory.
    files
        The files over all points, by path from the directory, when the last run ended.
    """

    experiment: str
    definition: dict[str, Any]
    seed: int
    code: str
    points: tuple[str, ...]
    replications: int = 0
    runs: tuple[dict[str, Any], ...] = ()
    files: tuple[str, ...] = ()
    kind: str = field(default=_KIND, kw_only=True)
    format: int = field(default=_FORMAT, kw_only=True)

    @classmethod
    def read(cls, directory: Path) -> Self | None:
        """Read the manifest of a sweep; None if the directory has none, or one that is damaged.

        Nothing hangs on it: every point has a manifest of its own that says what it is of.

        Raises
        ------
        UsageError
            If the file cannot be read, or is the manifest of something else.
        """
        path = directory / FILE_NAME
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return None
        except OSError as error:
            raise UsageError(f"{path.as_posix()}: cannot be read; choose another --out") from error
        if isinstance(values, dict) and "config_hash" in values:
            raise UsageError(
                f"{directory.as_posix()}: holds a run of {values.get('variant')}, not a sweep; choose another --out"
            )
        if (
            not isinstance(values, dict)
            or (values.get("kind"), values.get("format")) != (_KIND, _FORMAT)
            or set(values) != {f.name for f in fields(cls)}
        ):
            raise UsageError(f"{path.as_posix()}: not a manifest of this version of sim; choose another --out")
        for name in ("points", "runs", "files"):
            values[name] = tuple(values[name])
        return cls(**values)

    def write(self, directory: Path) -> None:
        """Write ``manifest.json`` atomically."""
        write_manifest(directory, asdict(self))

    def ended(self, when: str, replications: int, files: tuple[str, ...]) -> Self:
        """Note that the last run has ended."""
        return replace(self, replications=replications, runs=last_ended(self.runs, when), files=files)
