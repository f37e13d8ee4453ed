"""What holds for all tests."""

import pytest


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the engine once, before several test processes would each compile it."""
    config = session.config
    if config.getoption("dist", "no") != "no" and not hasattr(config, "workerinput"):
        from sim.engine import get_ready

        get_ready("compiled")
