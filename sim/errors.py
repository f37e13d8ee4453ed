"""Errors that end a command with one clear message and an exit code of their own."""

from collections.abc import Sequence

from sim.safe_text import safe_line, safe_lines, shortened


class SimError(Exception):
    """Something went wrong that the user should know of; its text is the whole message, safe to be shown.

    Attributes
    ----------
    exit_code
        What the command ends with: 1, the run failed.
    """

    exit_code = 1

    def __init__(self, text: str = "") -> None:
        super().__init__(safe_lines(text))

    def _render_traceback_(self) -> list[str]:
        """What IPython and Jupyter show of it: the message alone, as a command does."""
        return [f"{type(self).__name__}: {self}"]


class RunFailed(SimError):  # noqa: N818 - what happened, not what kind of error
    """A run that began could not be finished."""


class UsageError(SimError):
    """Bad input, found before any work."""

    exit_code = 2


class ConfigError(UsageError):
    """A config file cannot be used.

    Attributes
    ----------
    problems
        One line for each thing wrong: ``file:line: key: what is wrong``.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = [shortened(safe_line(problem)) for problem in problems]
        super().__init__("\n".join(self.problems))

    def __reduce__(self) -> tuple[type["ConfigError"], tuple[list[str]]]:
        """Pickle by its problems, so that it survives the way back from a worker process."""
        return type(self), (self.problems,)
