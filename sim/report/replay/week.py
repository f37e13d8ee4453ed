"""A post's weeks as a page: one line a week, or one week task by task."""

from collections.abc import Sequence

from sim.analysis.lives.posts import State
from sim.analysis.lives.weeks import AWAY, PostWeek
from sim.catalogue import Task
from sim.model.parameters import FIRST_POST
from sim.report.replay.words import Words
from sim.report.view import Cell, Column, Page, View, figure

STATES = {
    State.IDLE: "nothing to do",
    State.ABSENT: "absent",
    State.ON_LEAVE: "on leave",
    State.VACANT: "post vacant",
}


def weeks_page(post: int, weeks: Sequence[PostWeek], words: Words) -> Page:
    """Show weeks of a post, one line each, and their sum."""
    language = words.language
    kinds = [task for task in Task if any(week.hours[task] for week in weeks)]
    columns = (
        figure(language.say("week")),
        Column(language.say("from"), whole=True),
        *(figure(language.label(task)) for task in kinds),
        figure(language.say("nothing to do")),
        *(figure(language.say(STATES[state])) for state in AWAY),
        figure(language.say("on the list")),
        figure(language.say("waiting")),
    )
    rows = [_week(week, kinds, words) for week in weeks]
    totals = [sum(week.hours[task] for week in weeks) for task in kinds]
    away = [sum(week.away[i] for week in weeks) for i in range(len(AWAY))]
    last: tuple[Cell, ...] = (
        language.say("in all"),
        "",
        *(language.number(total, 1) for total in totals),
        language.number(sum(week.free_hours for week in weeks), 1),
        *(_days(weeks_away, words) for weeks_away in away),
        "",
        "",
    )
    title = language.say("{who}: hours by week", who=words.resource(FIRST_POST + post))
    rules = frozenset({len(rows) - 1})
    legend = language.say("work and nothing to do in hours; away in days; list and queue as the week ends")
    return Page((View(title, columns, (*rows, last), rules),), legend=(legend,))


def week_page(post: int, week: PostWeek, words: Words) -> Page:
    """Show one week of a post, task by task."""
    language = words.language
    columns = (
        Column(language.say("date"), whole=True),
        figure(language.say("from week")),
        figure(language.say("to week")),
        Column(language.say("what")),
        figure(language.say("citizen")),
        figure(language.say("hours")),
    )
    rows: list[tuple[Cell, ...]] = []
    for span in week.spans:
        ends = (language.number(span.start, 2), language.number(span.end, 2))
        if span.work is None:
            rows.append((words.day(span.start), *ends, language.say(STATES[span.state]), "", ""))
        else:
            one = span.work
            hours = "" if one.working_hours != one.working_hours else language.number(one.working_hours, 1)
            rows.append((words.day(span.start), *ends, words.what(one), str(one.citizen), hours))
    title = language.say("{who}: week {week}", who=words.resource(FIRST_POST + post), week=week.week)
    summed = weeks_page(post, [week], words)
    return Page((View(title, columns, tuple(rows)), *summed.views), legend=summed.legend)


def _week(week: PostWeek, kinds: Sequence[Task], words: Words) -> tuple[Cell, ...]:
    language = words.language
    return (
        str(week.week),
        words.day(week.week - 1.0),
        *(language.number(week.hours[task], 1) for task in kinds),
        language.number(week.free_hours, 1),
        *(_days(weeks, words) for weeks in week.away),
        str(week.on_list),
        str(week.waiting),
    )


def _days(weeks: float, words: Words) -> str:
    return words.language.number(7.0 * weeks, 1) if weeks > 0.0 else ""
