"""Says which libraries calibration needs and how they are had."""

from importlib.util import find_spec

from sim.errors import UsageError

_NEEDED = {"sklearn": "scikit-learn", "emcee": "emcee"}


def require_libraries() -> None:
    """Refuse to begin without the libraries of the extra.

    Raises
    ------
    UsageError
        With the command that installs them.
    """
    missing = [name for module, name in _NEEDED.items() if find_spec(module) is None]
    if missing:
        raise UsageError(
            f"calibration needs {' and '.join(missing)}, not installed here: "
            'python -m pip install "jobcentre-sim[calibrate]"'
        )
