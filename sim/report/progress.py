"""How far a batch is: a bar with the time left on a terminal, a line now and then elsewhere."""

import sys
import time
import warnings
from html import escape
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from sim.batch.run import Silent
from sim.safe_text import safe_line, safe_lines

_LINE_SECONDS = 60.0
_SPEED_SECONDS = 3600.0  # Chunks finish in bursts: the mean speed tells the time left best.


class _Names:
    """Says which variant is being simulated, and its place among the variants."""

    def __init__(self, variants: int) -> None:
        self._variants = variants
        self._numbers: dict[str, int] = {}
        self.latest = ""

    def at(self, variant: str) -> str:
        """Give the text for a variant of which something is finished."""
        number = self._numbers.setdefault(variant, len(self._numbers) + 1)
        name = safe_line(variant)
        self.latest = name if self._variants == 1 else f"{name} ({number} of {self._variants})"
        return self.latest


class Lines(Silent):
    """Writes a line at most once a minute: for logs.

    Parameters
    ----------
    stream
        Where to.
    every_seconds
        Time between lines.
    """

    def __init__(self, stream: TextIO, every_seconds: float = _LINE_SECONDS) -> None:
        self._stream, self._every = stream, every_seconds

    def begin(self, variants: int, done: int, total: int) -> None:
        """Start to count."""
        self._names, self._earlier, self._done, self._total = _Names(variants), done, done, total
        self._began = self._last = time.monotonic()

    def more(self, replications: int) -> None:
        """Count further."""
        self._total += replications

    def advance(self, variant: str, replications: int) -> None:
        """Write a line if the last one is long enough ago."""
        self._done += replications
        name = self._names.at(variant)
        now = time.monotonic()
        if now - self._last < self._every or self._done <= self._earlier:
            return
        self._last = now
        left = (now - self._began) / (self._done - self._earlier) * (self._total - self._done)
        self._stream.write(f"{name}: {self._done} of {self._total} replications, about {_clock(left)} left\n")
        self._stream.flush()


class Bar(Silent):
    """Draws a bar on a terminal: one over all replications, beside the name of the variant that is at work.

    Parameters
    ----------
    stream
        The terminal.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stopping = False
        self._names, self._task = _Names(1), TaskID(0)  # Ctrl-C may come before work begins.
        self._progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("replications,"),
            TimeElapsedColumn(),
            TextColumn("gone,"),
            TimeRemainingColumn(),
            TextColumn("left"),
            console=Console(file=stream),
            speed_estimate_period=_SPEED_SECONDS,
        )

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, variants: int, done: int, total: int) -> None:
        """Draw a new bar."""
        self._names = _Names(variants)
        self._task = self._progress.add_task("", completed=done, total=total)

    def more(self, replications: int) -> None:
        """Make the bar stand for more."""
        total = self._progress.tasks[self._task].total or 0
        self._progress.update(self._task, total=total + replications)

    def advance(self, variant: str, replications: int) -> None:
        """Lengthen the bar."""
        self._progress.update(self._task, advance=replications, description=self._shown(self._names.at(variant)))

    def note(self, text: str) -> None:
        """Write it above the bar."""
        self._progress.console.print(safe_lines(text), markup=False, highlight=False, soft_wrap=True)

    def stopping(self) -> None:
        """Say so beside the bar, at its next redrawing."""
        self._stopping = True
        if self._progress.tasks:
            self._progress.update(self._task, description=self._shown(self._names.latest))

    def _shown(self, name: str) -> str:
        return f"{name} (stopping; Ctrl-C again: at once)" if self._stopping else name


class Quiet(Silent):
    """Shows no progress; what the user should know becomes a warning."""

    def note(self, text: str) -> None:
        """Warn."""
        warnings.warn(text, stacklevel=2)


class Notebook(Quiet):
    """Shows a bar under the cell of a notebook."""

    def begin(self, variants: int, done: int, total: int) -> None:
        """Show a bar."""
        from IPython.display import HTML, display

        self._names, self._done, self._total, self._html = _Names(variants), done, total, HTML
        self._shown = display(HTML(self._bar("")), display_id=True)

    def more(self, replications: int) -> None:
        """Make the bar stand for more."""
        self._total += replications

    def advance(self, variant: str, replications: int) -> None:
        """Lengthen it."""
        self._done += replications
        self._shown.update(self._html(self._bar(self._names.at(variant))))

    def _bar(self, name: str) -> str:
        bar = f'<progress value="{self._done}" max="{self._total}"></progress>'
        return f"{bar} {escape(name)} {self._done} of {self._total} replications"


def progress_in_python() -> Silent:
    """Choose how a function of Python shows progress: in a notebook, on a terminal, or not at all."""
    if _in_notebook():
        return Notebook()
    return Bar(sys.stderr) if sys.stderr is not None and sys.stderr.isatty() else Quiet()


def _in_notebook() -> bool:
    """Whether there is a cell to show something under; a script may have loaded IPython too, or have a shell."""
    ipython = sys.modules.get("IPython")
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")


def progress(*, quiet: bool) -> Silent:
    """Choose how to show progress on stderr; used as a context manager."""
    if quiet:
        return Silent()
    return Bar(sys.stderr) if sys.stderr.isatty() else Lines(sys.stderr)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"
