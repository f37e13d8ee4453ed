"""Words for a replay: posts, moments, lengths of time, what happened, and why somebody waited."""

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from sim.analysis.lives.pairs import ENDS_OF, Done
from sim.analysis.lives.waits import Part, Reason, Wait
from sim.catalogue import Activity, Destination, Task, TeamDecision
from sim.model.parameters import FIRST_POST, Parameters
from sim.report.language import Language

SHORTEST = 0.5 / 7.0
"""Weeks: shorter waits are not told one by one."""
_STARTS = {"en": " starts", "da": " begynder"}
_REASONS: Mapping[Reason, str] = {
    Reason.BEFORE_START: "before the start date",
    Reason.NOBODY: "there was no coordinator",
    Reason.VACANT: "the post of {who} was vacant",
    Reason.ABSENT: "{who} was absent",
    Reason.ON_LEAVE: "{who} was on leave",
    Reason.BUSY: "{who} had {tasks} to do first",
    Reason.TEAM_BUSY: "everybody of the team {team} was busy or away, with {tasks} first",
    Reason.TEAM_AWAY: "nobody of the team {team} was at work",
    Reason.DOCUMENTS: "documents were awaited",
    Reason.PLACE: "no list of the team {team} had room",
    Reason.SUBMISSION: "the rehabilitation team could not hear the case yet",
    Reason.PROGRAMME: "no place was free",
    Reason.SEARCH: "a place was searched for",
    Reason.UNKNOWN: "",
}


class Words(NamedTuple):
    """Words of one replication in one language.

    Attributes
    ----------
    language
        Which.
    parameters
        Whose names are used.
    """

    language: Language
    parameters: Parameters

    def day(self, weeks: float) -> str:
        """Write the calendar day of a moment: 2018-03-12."""
        return (date.fromisoformat(self.parameters.start) + timedelta(days=math.floor(7.0 * weeks))).isoformat()

    def week(self, weeks: float) -> str:
        """Write a moment in weeks since the start: 10.4."""
        return self.language.number(weeks, 1)

    def resource(self, resource: int) -> str:
        """Name a resource: a post by its role and number."""
        if resource < 0:
            return ""
        post = resource - FIRST_POST
        names = self.parameters.names
        name = names.resources[resource]
        if not 0 <= post < len(self.parameters.posts):
            return self.language.say("rehabilitation team") if post < 0 else name
        role = names.roles[self.parameters.teams[self.parameters.posts[post].team].role]
        return f"{self.language.name(role)} {name.rsplit(' ', 1)[-1]}"

    def team(self, team: int) -> str:
        """Name a team by its role and department."""
        of, names = self.parameters.teams[team], self.parameters.names
        role = self.language.name(names.roles[of.role])
        department = names.departments[of.department] if of.department >= 0 else ""
        return role if len(names.departments) == 1 or not department else f"{role}, {department}"

    def length(self, weeks: float) -> str:
        """Write a length of time: weeks, or days if it is less than one."""
        if weeks < 1.0:
            return self.language.say("{count} days", count=self.language.number(7.0 * weeks, 1))
        return self.language.say("{count} weeks", count=self.language.number(weeks, 1))

    def hours(self, hours: float) -> str:
        """Write working hours."""
        return self.language.say("{count} hours", count=self.language.number(hours, 1))

    def label(self, activity: Activity) -> str:
        """Name an activity; of what has a start and an end, both."""
        label = self.language.label(activity)
        return label.removesuffix(_STARTS[self.language.code]) if activity in ENDS_OF else label

    def what(self, one: Done) -> str:
        """Say what happened, with its detail."""
        detail = self._detail(one)
        return f"{self.label(one.activity)}: {detail}" if detail else self.label(one.activity)

    def tasks(self, ahead: tuple[int, ...]) -> str:
        """Say how many tasks came first, and of which kinds: 14 other tasks (unscheduled contacts 9, ...)."""
        total = sum(ahead)
        kinds = sorted((-count, kind) for kind, count in enumerate(ahead) if count)
        parts = (f"{self.language.label(tuple(Task)[kind])} {self.language.number(-count)}" for count, kind in kinds)
        count = self.language.number(total)
        text = "another task ({kinds})" if total == 1 else "{count} other tasks ({kinds})"
        return self.language.say(text, count=count, kinds=", ".join(parts))

    def reason(self, part: Part) -> str:
        """Say why a part of a wait was waited; empty if it is not known."""
        if part.reason is Reason.HEARING:
            return self._hearing(part.ahead[0])
        text = _REASONS[part.reason]
        if part.reason is Reason.PROGRAMME and part.ahead[0]:
            text = "no place was free; {count} who had waited longer came first"
        if not text:
            return ""
        return self.language.say(
            text,
            who=self.resource(FIRST_POST + part.post) if part.post >= 0 else "",
            team=self.team(part.team) if part.team >= 0 else "",
            tasks=self.tasks(part.ahead) if part.ahead and part.reason in (Reason.BUSY, Reason.TEAM_BUSY) else "",
            count=self.language.number(part.ahead[0]) if part.ahead else "",
        )

    def wait(self, wait: Wait | None) -> str:
        """Say how long and why somebody waited; empty if it is not worth a word."""
        if wait is None or wait.weeks < SHORTEST:
            return ""
        waited = self.language.say("waited {length}", length=self.length(wait.weeks))
        told = [part for part in wait.parts if self.reason(part) and part.weeks >= SHORTEST / 5.0]
        if len(told) == 1 and self.length(told[0].weeks) == self.length(wait.weeks):
            return f"{waited}: {self.reason(told[0])}"
        parts = [f"{self.reason(part)} ({self.length(part.weeks)})" for part in told]
        return f"{waited}: {self.language.say('; then ').join(parts)}" if parts else waited

    def _hearing(self, before: int) -> str:
        if before == 0:
            return self.language.say("the rehabilitation team had its next meeting then")
        count = self.language.number(before)
        return self.language.say("the rehabilitation team took {count} older cases first", count=count)

    def _detail(self, one: Done) -> str:
        names, activity, value = self.parameters.names, one.activity, one.value
        if activity in (Activity.SCHEME_CHANGES, Activity.FLAGGED, Activity.REASSESSED):
            return self.language.name(names.groups[int(value)])
        if activity is Activity.LEAVES:
            return self.language.label(tuple(Destination)[int(value)])
        if activity is Activity.DECIDED:
            return self.language.label(tuple(TeamDecision)[int(value)])
        if activity is Activity.INVITED:
            return self.language.say("due by {day}", day=self.day(value)) if math.isfinite(value) else ""
        if activity is Activity.NEED_RECOGNISED:
            return self.language.say("{count} work packages to do", count=self.language.number(value))
        if activity is Activity.MEETING_STARTS and value not in (0.0, 1.0):
            share = self.language.per_cent(value)
            return self.language.say("{share} of the planned length", share=share)
        if activity is Activity.CASEWORKER_CHANGES and value >= 0.0:
            return self.language.say("from {who}", who=self.resource(FIRST_POST + int(value)))
        if activity is Activity.ENTERS and value > 0.0:
            return self.language.say("has been here {count} times before", count=self.language.number(value))
        return ""
