"""Where results are kept unless the user says otherwise: the folder ``results``."""

import json
import os
from collections.abc import Sequence
from pathlib import Path

from sim.file_names import LONGEST, file_name, is_safe, marked
from sim.store.run import Run

RESULTS = Path("results")
VERSUS = "_vs_"
_OF_SEVERAL = ("compare", "ledger", "report")
"""Folders of what is made of several runs; no run has its own there."""


def place_of(name: str, folder: Path = RESULTS) -> Path:
    """Directory of a run or a sweep of this name."""
    taken = folder == RESULTS and name.casefold() in _OF_SEVERAL
    return folder / (marked(name, name) if taken else file_name(name))


def place_of_several(kind: str, runs: Sequence[Run], baseline: Run, sweep: Path | None = None) -> Path:
    """Directory of what is made of several runs against a baseline, the same whenever these are named.

    ``A_vs_B`` if that tells which runs they are: each in its own place. Otherwise a digest of where they are stands
    behind it, for other runs may have the same names.

    Parameters
    ----------
    kind
        "compare", "ledger" or "report".
    runs, baseline
        Of what it is made.
    sweep
        Directory of the sweep whose points they are, all of them.
    """
    names = [run.name for run in runs] if sweep is None else [sweep.resolve().name]
    shown = f"{'_'.join(names)}{VERSUS}{baseline.name}"
    if len(shown) > LONGEST:
        shown = f"{names[0]}_and_{len(names) - 1}_more{VERSUS}{baseline.name}"
    in_place = all(map(_is_in_place, (*runs, baseline))) if sweep is None else _are_points(sweep, baseline)
    if len(names) == 1 and in_place and is_safe(shown) and shown.count(VERSUS) == 1:
        return RESULTS / kind / file_name(shown)
    of = [[_from_here(run.directory), run.variant] for run in (*runs, baseline)]
    return RESULTS / kind / marked(shown, json.dumps(of))


def _is_in_place(run: Run) -> bool:
    """Whether the run's name tells where it is."""
    own = run.manifest.holds == "run" and run.name == run.variant
    return own and run.directory.resolve() == place_of(run.variant).resolve()


def _are_points(sweep: Path, baseline: Run) -> bool:
    """Whether the sweep's name tells where its points are, of which the baseline is one."""
    folder = sweep.resolve()
    there = baseline.directory.resolve()
    own = baseline.name == baseline.variant and folder in (there, there.parent)
    return own and folder == place_of(folder.name).resolve()


def _from_here(directory: Path) -> str:
    try:
        return Path(os.path.relpath(directory.resolve())).as_posix()
    except ValueError:  # Another drive, on Windows.
        return directory.resolve().as_posix()
