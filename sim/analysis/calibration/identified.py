"""What targets have taught of the parameters: spreads, correlations, directions; in numbers and in words."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEARNT, PARTLY = 0.5, 0.8
"""Posterior standard deviation, as a share of the prior's (of scores), below which a parameter counts as learnt, or
as partly learnt."""
TIED = 0.5
"""Correlation from which on two parameters are told as one combination."""
_KNOWN = 0.5
"""A direction counts as known if so little of its prior variance is left."""
_TOGETHER = 0.8
"""A direction is told if its spread is so far below those of its parameters: others mix what is known alone."""
_PART = 0.3
"""Weight from which on a parameter is named as part of a direction."""


class Identified(NamedTuple):
    """What is identified.

    Attributes
    ----------
    ratios
        Posterior standard deviation of each parameter's score; the prior's is 1.
    correlations
        Of the scores, parameter x parameter.
    spreads
        Posterior standard deviation along each principal direction of the scores, narrowest first; the prior's is 1.
    directions
        Direction x parameter: unit vectors.
    """

    ratios: Floats
    correlations: Floats
    spreads: Floats
    directions: Floats

    @property
    def known(self) -> int:
        """Number of directions along which at least half of the prior variance is gone."""
        return int((self.spreads**2 < _KNOWN).sum())


def identify(scores: Floats) -> Identified:
    """Look at draws of scores (draw x parameter), whose priors are standard normal."""
    covariance = np.atleast_2d(np.cov(scores, rowvar=False))
    sds = np.sqrt(np.diag(covariance))
    values, vectors = np.linalg.eigh(covariance)
    directions = vectors.T
    # The sign of a direction says nothing: its largest weight counts as positive.
    largest = np.abs(directions).argmax(axis=1)
    directions = directions * np.sign(directions[np.arange(len(directions)), largest])[:, None]
    return Identified(sds, covariance / np.outer(sds, sds), np.sqrt(np.maximum(values, 0.0)), directions)


def word(ratio: float) -> str:
    """Say how much was learnt of one parameter."""
    return "learnt" if ratio < LEARNT else "partly learnt" if ratio < PARTLY else "not learnt"


def sentences(found: Identified, names: Sequence[str], targets: int) -> list[str]:
    """Say in words what is identified and what is not."""
    parameters = len(names)
    lines = [
        f"the {targets} targets fix {found.known} of {parameters} directions in the space of the parameters (half "
        "of the prior variance or more is gone there)"
    ]
    for text in ("learnt", "partly learnt", "not learnt"):
        those = [name for name, ratio in zip(names, found.ratios.tolist(), strict=True) if word(ratio) == text]
        if those:
            lines.append(f"{_SAID[text]}: {', '.join(those)}")
    for pair in tied(found):
        how = "more of one goes with less of the other" if pair.r < 0 else "more of one goes with more of the other"
        lines.append(f"{names[pair.i]} and {names[pair.j]} cannot be told apart: {how} (correlation {pair.r:+.2f})")
    for place in together(found):
        parts = " ".join(composition(found.directions[place], names))
        lines.append(f"better known together than alone, to {found.spreads[place]:.2f} of the prior: {parts}")
    return lines


class Pair(NamedTuple):
    """Two parameters, by their places, and their correlation."""

    i: int
    j: int
    r: float


def pairs(found: Identified) -> list[Pair]:
    """List all pairs of parameters, the strongest correlation first."""
    count = len(found.ratios)
    made = [Pair(i, j, float(found.correlations[i, j])) for i in range(count) for j in range(i + 1, count)]
    return sorted(made, key=lambda pair: (abs(pair.r), pair.i, pair.j), reverse=True)


def tied(found: Identified) -> list[Pair]:
    """List the pairs that the targets cannot tell apart, the strongest correlation first."""
    return [pair for pair in pairs(found) if abs(pair.r) >= TIED]


def together(found: Identified) -> list[int]:
    """List the known directions along which several parameters are better known than any of them alone."""
    made = []
    for place in range(found.known):
        named = np.abs(found.directions[place]) >= _PART
        if named.sum() > 1 and found.spreads[place] < _TOGETHER * found.ratios[named].min():
            made.append(place)
    return made


def composition(direction: Floats, names: Sequence[str]) -> list[str]:
    """Write the parameters that make a direction up, largest weight first: ``+0.80 x name``."""
    order = np.argsort(-np.abs(direction), kind="stable")
    return [f"{direction[i]:+.2f} x {names[i]}" for i in order.tolist() if abs(direction[i]) >= _PART]


_SAID = {
    "learnt": f"learnt (below {LEARNT:g} of the prior's spread)",
    "partly learnt": f"partly learnt ({LEARNT:g} to {PARTLY:g})",
    "not learnt": "not learnt, so as uncertain as before",
}
