"""What a directory of results holds besides runs: studies, known by the files in it."""

from pathlib import Path
from typing import Literal

from sim.store.manifest import FILE_NAME
from sim.study.calibrate.reading import MARKS, VALIDATION_MARK
from sim.study.sensitivity.reading import MARK

Kind = Literal["sensitivity", "calibration", "validation"]
_FILES: dict[Kind, tuple[str, ...]] = {
    "sensitivity": (MARK,),
    "calibration": MARKS,
    "validation": (VALIDATION_MARK,),
}


def kinds_of(path: Path) -> tuple[Kind, ...]:
    """List the studies that a directory holds; a validation lies where its calibration is, unless told otherwise.

    A directory of a run holds none.
    """
    if (path / FILE_NAME).exists():
        return ()
    return tuple(kind for kind, files in _FILES.items() if all((path / name).is_file() for name in files))


def files_of(kinds: tuple[Kind, ...]) -> list[str]:
    """Name the files by which studies are known."""
    return [name for kind in kinds for name in _FILES[kind]]


KINDS: tuple[Kind, ...] = tuple(_FILES)
