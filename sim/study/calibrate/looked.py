"""What the figures of a calibration file are compared with in this version, or what is wrong with them."""

from collections.abc import Iterator, Sequence
from math import nan

from sim.analysis.calibration.asked import Asked
from sim.analysis.calibration.figures import Looked, kpi_places, label_of, units_of
from sim.analysis.kpis import KPI_NAMES
from sim.config.calibration import Calibration, Figure
from sim.config.schema import Config
from sim.config.schema.base import Problem
from sim.config.toml.key_lines import KeyPath
from sim.study.calibrate.asking import asked_of, asked_problems, nearest_text


def look_up(calibration: Calibration) -> tuple[Looked, ...]:
    """Find what all figures of a file are compared with.

    Raises
    ------
    ConfigError
        If there is no such key figure, share or stock, key figures of several units are added, or a figure cannot
        have its value.
    """
    bases = {centre.name: centre.base for centre in calibration.centres}
    calibration.refuse([problem for one in calibration.figures for problem in _problems(one, bases[one.config])])
    centres = [centre.name for centre in calibration.centres]
    columns = asked(calibration)
    return tuple(
        Looked(
            name=figure.name,
            label=figure.stated.label or _label(figure, bases[figure.config]),
            unit=_units(figure)[0],
            group=figure.group,
            centre=centres.index(figure.config),
            kpis=_places(figure, bases[figure.config], columns),
            value=nan if figure.stated.value is None else figure.stated.value,
            rounding=figure.stated.rounding,
            sampling=figure.stated.sampling,
            discrepancy=figure.stated.discrepancy,
        )
        for figure in calibration.figures
    )


def asked(calibration: Calibration) -> tuple[tuple[str, Asked], ...]:
    """List what is computed beside the key figures, each once, with the name of its config: further columns."""
    bases = {centre.name: centre.base for centre in calibration.centres}
    every = ((one.config, asked_of(one.stated, bases[one.config])) for one in calibration.figures)
    return tuple(dict.fromkeys((config, what) for config, what in every if what is not None))


def _places(figure: Figure, base: Config, columns: Sequence[tuple[str, Asked]]) -> tuple[int, ...]:
    what = asked_of(figure.stated, base)
    if what is None:
        return kpi_places(figure.kpis)
    return (len(KPI_NAMES) + columns.index((figure.config, what)),)


def _label(figure: Figure, base: Config) -> str:
    what = asked_of(figure.stated, base)
    return label_of(figure.kpis) if what is None else what.label


def _units(figure: Figure) -> list[str]:
    if figure.stated.incidence is not None:
        return ["share"]
    return ["citizens"] if figure.stated.stock is not None else units_of(figure.kpis)


def _problems(figure: Figure, base: Config) -> Iterator[Problem]:
    form = next(name for name in ("kpi", "kpis", "incidence", "stock") if getattr(figure.stated, name) is not None)
    place: KeyPath = (*figure.path, form)
    wrong = list(asked_problems(figure.stated, figure.config, base, place))
    for name in figure.kpis:
        if name not in KPI_NAMES:
            hint = nearest_text(name, KPI_NAMES, "docs/kpis.md lists them")
            wrong.append(Problem(place, f"there is no key figure {name!r}; {hint}"))
    yield from wrong
    if wrong:
        return
    units = _units(figure)
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
