"""The typed schema of a sensitivity file: every table, key, range and default."""

from typing import Annotated

from pydantic import Field

from sim.config.calibration.schema import Parameter
from sim.config.experiment.schema import Part, Settings
from sim.config.schema.ranges import Seed


class Head(Part):
    """The answer that is looked at, and how closely."""

    question: str = ""
    """The question that it answers; shown with the results."""
    variant: str | None = None
    """The config A; outcomes are then A less the baseline. Absent: outcomes are the baseline's own."""
    baseline: str
    """The config B; paths are relative to this file."""
    settings: Settings = {}
    """Keys of both that differ from the files."""
    outcomes: Annotated[list[str], Field(min_length=1)]
    """Key figures; and net_cost, the municipality's net cost of A against B (present value, kr)."""
    interval: Annotated[float, Field(ge=0.5, le=0.999)] = 0.9
    """Probability of the central interval of each prior, to whose ends the parameters go."""
    replications: Annotated[int, Field(ge=2, le=10_000)] = 20
    """Of every point; all points have the same random numbers."""
    seed: Seed = 1
    """Of all replications and of the designs."""
    switching: bool = True
    """Whether switching values are looked for; of a large centre they take several times what a tornado does."""


class Alternative(Part):
    """Another reading of how the job centre works. It stands beside the others and is never averaged with them."""

    settings: Settings
    """Keys that it changes, in both configs."""
    source: Annotated[str, Field(min_length=1)]
    """Who says so: the tag of a source, or ASSUMPTION."""
    label: str = ""
    """What tables call it; absent: its name."""


class SensitivityFile(Part):
    """A whole sensitivity file."""

    sensitivity: Head
    parameters: Annotated[dict[str, Parameter], Field(min_length=1)]
    """Parameters with what is believed of them, by the key that each sets."""
    alternatives: dict[str, Alternative] = {}
    """Structural alternatives, by a name of one's own."""
