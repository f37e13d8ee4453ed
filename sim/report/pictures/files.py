"""The pictures of a report as files of their own."""

from pathlib import Path

from sim.report.pictures.draw import picture_png, picture_svg
from sim.report.views.document import Document
from sim.report.views.picture import Picture
from sim.report.views.studies.study import StudyDocument
from sim.report.views.sweep_document import SweepDocument
from sim.store.files import atomic

Reported = Document | SweepDocument | StudyDocument
"""What a report is."""


def _svg_bytes(picture: Picture) -> bytes:
    return picture_svg(picture).encode("utf-8")


FORMS = {"png": picture_png, "svg": _svg_bytes}
"""How a picture becomes a file, by the file's ending."""


def pictures_of(made: Reported) -> dict[str, Picture]:
    """List the pictures of a report by their names, in its order."""
    first: tuple[Picture, ...] = ()
    if not isinstance(made, StudyDocument):
        first = made.committee.pictures if isinstance(made, Document) else made.pictures
    rest = (picture for section in made.sections for picture in section.pictures)
    return {picture.name: picture for picture in (*first, *rest)}


def write_pictures(made: Reported, folder: Path, form: str) -> list[Path]:
    """Write every picture of a report as a file of its own, for slides; each appears whole or not at all.

    Parameters
    ----------
    made
        The report.
    folder
        Where to.
    form
        Of `FORMS`: the files' ending.

    Returns
    -------
    list of Path
        The files.

    Raises
    ------
    UsageError
        If the extra "report" is not installed.
    RunFailed
        If a file cannot be written.
    """
    paths = []
    for name, picture in pictures_of(made).items():
        drawn = FORMS[form](picture)
        with atomic(folder / f"{name}.{form}") as file:
            file.write(drawn)
        paths.append(folder / f"{name}.{form}")
    return paths
