"""Figures of the evidence as key figures of a replication: their values, scales and sampling errors."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.analysis.kpis import KPIS
from sim.config.calibration.schema import OfPeople, OfYears, Sampling

Floats = NDArray[np.float64]

_KPIS = {kpi.name: (place, kpi) for place, kpi in enumerate(KPIS)}


class Looked(NamedTuple):
    """How a figure is looked up and compared.

    Attributes
    ----------
    name, label, unit
        Of the figure.
    group
        "calibrated", "predicted", "identity" or "kept back".
    centre
        Place of its config among the centres.
    kpis
        Places of the key figures that are added.
    value
        As published; NaN: kept back.
    rounding
        Half the width of what rounds to it.
    sampling
        Its sampling error.
    discrepancy
        Standard deviation of what the model leaves out.
    """

    name: str
    label: str
    unit: str
    group: str
    centre: int
    kpis: tuple[int, ...]
    value: float
    rounding: float
    sampling: Sampling
    discrepancy: float

    def of(self, figures: Floats) -> Floats:
        """Look the figure up in key figures (last axis); NaN: undefined."""
        return np.asarray(figures[..., list(self.kpis)].sum(axis=-1), np.float64)

    def variance(self, mean: Floats) -> Floats:
        """Variance of the published figure about its mean, by chance alone (see `sim.config.calibration.schema`)."""
        form = self.sampling.form[1]
        if isinstance(form, OfPeople):
            inside = np.clip(mean, 0.0, 1.0)
            return np.asarray(inside * (1.0 - inside) / form.citizens * design_effect(form), np.float64)
        if isinstance(form, OfYears):
            return np.asarray(100.0 * np.maximum(mean, 0.0) / form.citizen_years * design_effect(form), np.float64)
        return np.full_like(mean, float(form) ** 2)

    @property
    def is_share(self) -> bool:
        """Whether it lies between 0 and 1."""
        return self.unit == "share"

    def to_scale(self, values: Floats) -> Floats:
        """Put values on the scale on which their chance spread is alike everywhere, and no value is impossible.

        Shares become arcsin sqrt(p), other figures sqrt(x): the scales on which the spread of a count does not
        depend on its mean (Anscombe 1948).
        """
        if self.is_share:
            return np.asarray(np.arcsin(np.sqrt(np.clip(values, 0.0, 1.0))), np.float64)
        return np.asarray(np.sqrt(np.maximum(values, 0.0)), np.float64)

    def from_scale(self, scaled: Floats) -> tuple[Floats, Floats]:
        """Bring numbers back from the scale, with the derivative there, by which standard errors come back."""
        if self.is_share:
            angle = np.clip(scaled, 0.0, np.pi / 2)
            return np.asarray(np.sin(angle) ** 2, np.float64), np.asarray(np.abs(np.sin(2.0 * angle)), np.float64)
        positive = np.maximum(scaled, 0.0)
        return np.asarray(positive**2, np.float64), np.asarray(2.0 * positive, np.float64)


def design_effect(form: OfPeople | OfYears) -> float:
    """By how much clusters raise the variance: 1 + (cluster - 1) x intraclass (Kish 1965)."""
    return 1.0 + (form.cluster - 1.0) * form.intraclass


def kpi_places(names: Sequence[str]) -> tuple[int, ...]:
    """Places of key figures among all.

    Raises
    ------
    KeyError
        If there is none of a name.
    """
    return tuple(_KPIS[name][0] for name in names)


def label_of(names: Sequence[str]) -> str:
    """What tables call the sum of these key figures."""
    return " + ".join(_KPIS[name][1].label for name in names)


def units_of(names: Sequence[str]) -> list[str]:
    """Units of these key figures, each once."""
    return list(dict.fromkeys(_KPIS[name][1].unit for name in names))
