"""What holds for all tests."""

import sys
from typing import Any

import pytest

_REPORTS = "tests/report/"


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the engine once, before several test processes would each compile it."""
    config = session.config
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        from sim.engine import get_ready

        get_ready("compiled")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Give the tests of a file, and those of all reports, to one process: what they share is then made once."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc]
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            return _REPORTS if file.startswith(_REPORTS) else file

    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On Windows leave out what only other systems can do."""
    if sys.platform == "win32":
        for item in items:
            if item.get_closest_marker("posix"):
                item.add_marker(pytest.mark.skip(reason="signals and limits of POSIX systems"))
