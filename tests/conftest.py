"""What holds for all tests."""

import sys

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the engine once, before several test processes would each compile it."""
    config = session.config
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        from sim.engine import get_ready

        get_ready("compiled")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """On Windows leave out what only other systems can do."""
    if sys.platform == "win32":
        for item in items:
            if item.get_closest_marker("posix"):
                item.add_marker(pytest.mark.skip(reason="signals and limits of POSIX systems"))
