"""The workbook: one sheet for each table, and a ledger that recomputes when a price is changed."""

from importlib.util import find_spec

from sim.errors import UsageError


def require_xlsxwriter() -> None:
    """Refuse to begin without the library that writes workbooks.

    Raises
    ------
    UsageError
        With the command that installs it.
    """
    if find_spec("xlsxwriter") is None:
        raise UsageError(
            'a workbook needs XlsxWriter, not installed here: python -m pip install "jobcentre-sim[report]"'
        )
