"""The typed schema of a calibration file: every table, key, range and default."""

from typing import Annotated

from pydantic import Field, model_validator

from sim.config.calibration.priors import Prior
from sim.config.experiment.schema import Part, Settings
from sim.config.schema.base import OneOf, Section, problem
from sim.config.schema.ranges import LARGEST, Day, NonNegative, Positive, Seed, Share

MOST_POINTS_OF_A_DESIGN = 20_000


class Head(Part):
    """What the whole calibration shares."""

    question: str = ""
    """What it should answer; shown with the results."""
    seed: Seed = 1
    """Of the design, of all replications, and of the chains."""
    points: Annotated[int, Field(ge=32, le=MOST_POINTS_OF_A_DESIGN)] = 512
    """Points of the first design, spread over the priors."""
    refine: Annotated[int, Field(ge=0, le=MOST_POINTS_OF_A_DESIGN)] = 256
    """Points of the second design, put where the first leaves the parameters likely; 0: none."""
    replications: Annotated[int, Field(ge=2, le=1000)] = 8
    """Of every point of every config; no two points share a replication, so that their errors are independent."""
    check: Annotated[int, Field(ge=0, le=5000)] = 64
    """Draws from the posterior that are simulated at the end, to see whether the emulator tells the truth."""
    steps: Annotated[int, Field(ge=200, le=1_000_000)] = 8_000
    """Most steps of the chains that draw from the posterior; they end when they are long enough."""
    draws: Annotated[int, Field(ge=20, le=20_000)] = 400
    """Draws from the posterior that are kept."""


class Centre(Part):
    """A config in which figures are looked up."""

    config: str
    """The config file; the path is relative to this file."""
    settings: Settings = {}
    """Keys of the config that differ from the file."""


class Parameter(Part):
    """A parameter with a prior. Its name is the dotted key that it sets, in every config that has it."""

    prior: Prior
    source: Annotated[str, Field(min_length=1)]
    """Where the prior is from: the tag of a source, or ASSUMPTION."""
    keys: Annotated[list[str], Field(min_length=1)] | None = None
    """Keys that all get the same value; absent: the parameter's name is the key."""
    label: str = ""
    """What tables call it; absent: its name."""


class OfPeople(Section):
    """The share of so many citizens, drawn in clusters: variance p (1 - p) / citizens x design effect.

    The design effect is 1 + (cluster - 1) x intraclass (Kish 1965): citizens of one caseworker are more alike than
    others.
    """

    citizens: Annotated[float, Field(gt=0, le=LARGEST)]
    cluster: Annotated[float, Field(ge=1, le=LARGEST)] = 1.0
    """Citizens of one caseworker."""
    intraclass: Share = 0.0
    """Correlation of two citizens of one caseworker."""


class OfYears(Section):
    """A rate per 100 citizen-years over so many years: variance 100 x rate / years x design effect, as above."""

    citizen_years: Annotated[float, Field(gt=0, le=LARGEST)]
    cluster: Annotated[float, Field(ge=1, le=LARGEST)] = 1.0
    """Citizens of one caseworker."""
    intraclass: Share = 0.0
    """Correlation of two citizens of one caseworker."""


class Sampling(OneOf):
    """How far chance alone moves a published figure from what its cause would give on average."""

    share: OfPeople | None = None
    rate: OfYears | None = None
    standard_error: Positive | None = None


class Incidence(Part):
    """A share that has reached something within so many weeks (docs/incidence.md)."""

    event: str | None = None
    """What is reached, as in the incidence table: "job", "internship", "decided" ..."""
    events: Annotated[list[str], Field(min_length=2)] | None = None
    """Instead of `event`: several ways out, of which one is enough."""
    within_weeks: Annotated[float, Field(gt=0, le=LARGEST)]
    """In so many weeks, any number of them."""
    since: str = "start"
    """From when they count, as in the incidence table, or from another event, such as "programme"."""
    group: str | None = None
    """Of the citizens who entered in this group; absent: of all."""
    department: str | None = None
    """Likewise of a department."""

    @model_validator(mode="after")
    def _one_form(self) -> "Incidence":
        if (self.event is None) == (self.events is None):
            raise problem("event", "needs either event or events")
        return self


class Stock(Part):
    """Citizens with the centre: the mean of the ends of all weeks that end in a period."""

    groups: Annotated[list[str], Field(min_length=1)] | None = None
    """Who belong to these groups then; absent: all."""
    first_day: Day
    last_day: Day
    times: Positive = 1.0
    """The figure is of so many times as many citizens as the config has: 10, of a city, if the config is a tenth."""


class Figure(Part):
    """A figure of the evidence, and what of the model it is compared with."""

    config: str | None = None
    """Which of [configs]; may be absent if there is one."""
    kpi: str | None = None
    """The key figure."""
    kpis: Annotated[list[str], Field(min_length=2)] | None = None
    """Instead of `kpi`: key figures of one unit that are added."""
    incidence: Incidence | None = None
    """Instead of `kpi`: a share within so many weeks."""
    stock: Stock | None = None
    """Instead of `kpi`: a number of citizens."""
    value: Annotated[float, Field(ge=0, le=LARGEST)] | None = None
    """As published; absent: kept back."""
    rounding: NonNegative = 0.0
    """Half the width of what rounds to the value: 0.005 for whole per cents."""
    sampling: Sampling
    discrepancy: NonNegative = 0.0
    """Standard deviation of what the model leaves out, in the figure's unit: no closer agreement is looked for."""
    source: Annotated[str, Field(min_length=1)]
    """Where the figure is from."""
    label: str = ""
    """What tables call it; absent: the label of what it is compared with."""
    control: str = ""
    """Of a figure kept back: the target that "as in the control group" would predict."""

    @model_validator(mode="after")
    def _one_form(self) -> "Figure":
        if sum(form is not None for form in (self.kpi, self.kpis, self.incidence, self.stock)) != 1:
            raise problem("kpi", "needs one of kpi, kpis, incidence, stock")
        return self


class CalibrationFile(Part):
    """A whole calibration file."""

    calibration: Head
    configs: Annotated[dict[str, Centre], Field(min_length=1)]
    """Configs, by a name of one's own."""
    parameters: dict[str, Parameter] = {}
    """The parameters, by the key that each sets. None: the file is for `sim validate` with draws of another."""
    targets: dict[str, Figure] = {}
    """Figures that the parameters are calibrated to."""
    predicted: dict[str, Figure] = {}
    """Figures that are published and not calibrated to: what the model says of them is a prediction."""
    identities: dict[str, Figure] = {}
    """Figures that follow from the inputs, whatever the parameters: to see that the config says what was meant."""
    kept_back: dict[str, Figure] = {}
    """Figures that nobody here has looked up: predicted first, scored by `sim validate --observed FILE`."""

    @property
    def groups(self) -> dict[str, dict[str, Figure]]:
        """All figures, by the group that a table shows them in."""
        return {
            "calibrated": self.targets,
            "predicted": self.predicted,
            "identity": self.identities,
            "kept back": self.kept_back,
        }
