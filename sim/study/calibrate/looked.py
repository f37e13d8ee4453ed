"""The figures of a calibration file as key figures of this version, or what is wrong with them."""

from collections.abc import Iterator
from difflib import get_close_matches
from math import nan

from sim.analysis.calibration.figures import Looked, kpi_places, label_of, units_of
from sim.analysis.kpis import KPI_NAMES
from sim.config.calibration import Calibration, Figure
from sim.config.schema.base import Problem


def look_up(calibration: Calibration) -> tuple[Looked, ...]:
    """Find the key figures of all figures of a file.

    Raises
    ------
    ConfigError
        If there is no such key figure, key figures of several units are added, or a figure cannot have its value.
    """
    calibration.refuse([problem for figure in calibration.figures for problem in _problems(figure)])
    centres = [centre.name for centre in calibration.centres]
    return tuple(
        Looked(
            name=figure.name,
            label=figure.stated.label or label_of(figure.kpis),
            unit=units_of(figure.kpis)[0],
            group=figure.group,
            centre=centres.index(figure.config),
            kpis=kpi_places(figure.kpis),
            value=nan if figure.stated.value is None else figure.stated.value,
            rounding=figure.stated.rounding,
            sampling=figure.stated.sampling,
            discrepancy=figure.stated.discrepancy,
        )
        for figure in calibration.figures
    )


def _problems(figure: Figure) -> Iterator[Problem]:
    place = (*figure.path, "kpi" if figure.stated.kpi is not None else "kpis")
    unknown = [name for name in figure.kpis if name not in KPI_NAMES]
    for name in unknown:
        near = get_close_matches(name, KPI_NAMES, n=1)
        hint = f"did you mean {near[0]}?" if near else "docs/kpis.md lists them"
        yield Problem(place, f"there is no key figure {name!r}; {hint}")
    if unknown:
        return
    units = units_of(figure.kpis)
    if len(units) > 1:
        yield Problem(place, f"key figures of one unit can be added; these are {' and '.join(units)}")
        return
    value, sampling = figure.stated.value, figure.stated.sampling.form[0]
    if units[0] == "share" and value is not None and value > 1.0:
        yield Problem((*figure.path, "value"), f"must be between 0 and 1, as the share that it is; it is {value:g}")
    if (sampling == "share" and units[0] != "share") or (sampling == "rate" and units[0] != "per 100 citizen-years"):
        yield Problem(
            (*figure.path, "sampling"), f"{sampling} does not fit the unit, {units[0]}; state a standard_error"
        )
