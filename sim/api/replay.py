"""`sim.replay`: one replication of a finished run once more, citizen by citizen."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.analysis.lives.film import film
from sim.analysis.lives.life import Life, life_of
from sim.analysis.lives.pairs import Done, paired
from sim.analysis.lives.posts import Posts
from sim.analysis.lives.waits import Reasons
from sim.analysis.lives.weeks import weeks_of
from sim.analysis.lives.worth import worth_following
from sim.api.result import Result
from sim.errors import UsageError
from sim.model.parameters import FIRST_POST
from sim.report.language import language_of
from sim.report.replay.life import life_page
from sim.report.replay.page import check_jinja2, write_page
from sim.report.replay.week import week_page, weeks_page
from sim.report.replay.who import who_page
from sim.report.replay.words import Words
from sim.report.view import Page, View
from sim.study.replay import Again, again, open_run, traced
from sim.tables.trace import Trace


class Replay:
    """A replication of a finished run, simulated again from the run's manifest.

    Parameters
    ----------
    run
        Directory of a run, or what `sim.run` has returned.
    replication
        Its number.
    point
        Of a sweep: which of its points.
    language
        "en" or "da", of the texts.

    Attributes
    ----------
    note
        What must be known if the run was made by another version of the program; None: nothing.

    Raises
    ------
    UsageError
        If there is no such run, point or replication.
    """

    def __init__(
        self, run: str | Path | Result, replication: int = 0, *, point: str | None = None, language: str = "en"
    ) -> None:
        directory = run.path if isinstance(run, Result) else Path(run)
        self._made: Again = again(open_run(directory, point), replication)
        self._words = Words(language_of(language), self._made.parameters)
        self.note = self._made.note

    @cached_property
    def _activities(self) -> list[Done]:
        return paired(self._made.done.tables["events"])

    @cached_property
    def _posts(self) -> Posts:
        p = self._made.parameters
        return Posts(self._made.done, self._activities, len(p.posts), p.horizon)

    @cached_property
    def _whole_trace(self) -> Trace:
        return traced(self._made)

    def check_citizen(self, citizen: int) -> None:
        """Refuse a citizen whom the replication does not have.

        Raises
        ------
        UsageError
            Says which there are.
        """
        numbers = self._made.done.tables["citizens"]["citizen"].tolist()
        if citizen not in numbers:
            near = min(numbers, key=lambda number: abs(number - citizen), default=None)
            hint = "there is nobody" if near is None else f"numbers go from {min(numbers)} to {max(numbers)}"
            nearest = "" if near is None else f", the nearest is {near}"
            raise UsageError(
                f"--citizen {citizen}: replication {self._made.done.number} of {self._made.run.shown} has no such "
                f"citizen; {hint}{nearest}"
            )

    def check_week(self, week: int) -> None:
        """Refuse a week that is not simulated.

        Raises
        ------
        UsageError
            Says which there are.
        """
        horizon = self._made.parameters.horizon
        if not 1 <= week <= horizon:
            raise UsageError(f"--week {week}: {self._made.run.shown} has the weeks 1 to {horizon}")

    def post(self, name: str) -> int:
        """Find a post by its number, or by role and number.

        Raises
        ------
        UsageError
            If there is none; says which there are.
        """
        posts = self._made.parameters.names.resources[FIRST_POST : FIRST_POST + len(self._made.parameters.posts)]
        wanted = f"coordinator {name}" if name.isdigit() else name.replace("_", " ")
        if wanted in posts:
            return posts.index(wanted)
        near = get_close_matches(wanted, posts, n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise UsageError(f"--coordinator {name}: there is no such post; {hint}{_rows(posts)}")

    def life(self, citizen: int) -> Life:
        """Tell the life of a citizen; see `sim.analysis.lives.life.Life`.

        Raises
        ------
        UsageError
            If there is no such citizen.
        """
        self.check_citizen(citizen)
        p, events = self._made.parameters, self._made.done.tables["events"]
        last = max(
            w for c, w in zip(events["citizen"].tolist(), events["weeks"].tolist(), strict=True) if c == citizen
        )
        table = self._made.done.tables["citizens"]
        open_ended = dict(zip(table["citizen"].tolist(), table["destination"].tolist(), strict=True))[citizen] < 0
        trace = self._whole_trace if open_ended else traced(self._made, last)
        reasons = Reasons(p, self._posts, self._activities, trace)
        return life_of(citizen, self._activities, reasons, trace, p.horizon)

    def timeline(self, citizen: int) -> pd.DataFrame:
        """Give the life of a citizen as a frame: date, week, what, who, took, before it.

        Raises
        ------
        UsageError
            If there is no such citizen.
        """
        return _frame(self.life_page(citizen).views[0])

    def who(self) -> pd.DataFrame:
        """Give who is worth following as a frame: why, citizen, group, figure, unit."""
        return _frame(self.who_page("").views[0])

    def life_page(self, citizen: int) -> Page:
        """Show the life of a citizen."""
        citizens = self._made.done.tables["citizens"]
        return life_page(self.life(citizen), citizens, self._made.done.number, self._words)

    def who_page(self, command: str) -> Page:
        """Show who is worth following; `command` follows one of them, without the number."""
        citizens = self._made.done.tables["citizens"]
        found = worth_following(citizens, self._activities, self._made.parameters.horizon)
        return who_page(found, citizens, command, self._words)

    def _repr_html_(self) -> str:
        """Who is worth following, for a notebook."""
        from sim.report.notebook import page_html

        where = f"Replay of replication {self._made.done.number} of {self._made.run.shown}"
        return page_html(self.who_page("")._replace(below=()), f"{where}; .timeline(citizen) tells a life")

    def write_page(self, path: str | Path) -> int:
        """Write the replication as an animated page, one HTML file that loads nothing.

        Returns
        -------
        int
            Bytes written.

        Raises
        ------
        UsageError
            If jinja2, of the extra "report", is not installed.
        RunFailed
            If the file cannot be written.
        """
        check_jinja2()
        made = self._made
        changes = film(made.done, made.parameters, self._posts, self._whole_trace)
        return write_page(Path(path), changes, made.run.variant, made.done.number, self.note, self._words)

    def post_page(self, post: int, week: int | None) -> Page:
        """Show a post's weeks, or one of them task by task."""
        p = self._made.parameters
        chosen = range(1, p.horizon + 1) if week is None else [week]
        found = weeks_of(post, p, self._posts, self._whole_trace, chosen)
        return weeks_page(post, found, self._words) if week is None else week_page(post, found[0], self._words)


def replay(
    run: str | Path | Result, replication: int = 0, *, point: str | None = None, language: str = "en"
) -> Replay:
    """Simulate a replication of a finished run again, to follow its people.

    Parameters
    ----------
    run
        Directory of a run, or what `sim.run` has returned.
    replication
        Its number.
    point
        Of a sweep: which of its points.
    language
        "en" or "da", of the texts.

    Returns
    -------
    Replay
        With `who()`, who is worth following, and `timeline(citizen)`, a life with reasons, as pandas frames.

    Raises
    ------
    UsageError
        If there is no such run, point or replication.

    Examples
    --------
    >>> import sim
    >>> result = sim.run("configs/50_per_worker.toml", replications=2)
    >>> replay = sim.replay(result, 1)
    >>> life = replay.timeline(replay.who()["citizen"].astype(int)[0])
    >>> life.columns.tolist()
    ['date', 'week', 'what', 'who', 'took', 'before it']
    """
    return Replay(run, replication, point=point, language=language)


def _frame(view: View) -> pd.DataFrame:
    columns: Mapping[str, list[str]] = {
        column.heading: [str(row[i]) for row in view.rows] for i, column in enumerate(view.columns)
    }
    return pd.DataFrame(columns)


def _rows(posts: tuple[str, ...]) -> str:
    """List posts in few words: coordinator 0 to 9, company consultant 0 to 3."""
    roles: dict[str, list[str]] = {}
    for post in posts:
        role, number = post.rsplit(" ", 1)
        roles.setdefault(role, []).append(number)
    listed = (f"{role} {n[0]} to {n[-1]}" if len(n) > 1 else f"{role} {n[0]}" for role, n in roles.items())
    return f"there are {', '.join(listed)}"
