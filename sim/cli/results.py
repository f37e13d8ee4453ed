"""Where results of several runs go unless the command says otherwise."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.study.prepare_comparison import Prepared

_LONGEST_NAME = 100


def directory_for(kind: str, named: tuple[Path, ...], prepared: "Prepared") -> Path:
    """Name the directory by what is compared: a sweep by its own name.

    Parameters
    ----------
    kind
        "compare" or "ledger".
    named
        What the user named.
    prepared
        The runs and the baseline.
    """
    from sim.study.prepare_comparison import RESULTS

    names = [run.name for run in prepared.runs]
    if len(named) == 1 and len(names) > 1:
        names = [named[0].resolve().name]
    joined = "_".join(names)
    if len(joined) > _LONGEST_NAME:
        joined = f"{names[0]}_and_{len(names) - 1}_more"
    name = re.sub(r"[^A-Za-z0-9_.-]+", "_", f"{joined}_vs_{prepared.baseline.name}")
    return RESULTS / kind / name
