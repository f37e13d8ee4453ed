"""The work: meetings, contacts, clarification, offers and their priorities."""

import math

from sim.catalogue import RIGHT_SCHEMES, TASKS, Task
from sim.config.schema import Config
from sim.config.schema.work import CaseOfScheme
from sim.model.assembly.resolve import NOTHING, chosen, distribution
from sim.model.decisions import programme_keys
from sim.model.meetings import BACKLOG, CALENDAR, NO_PRESSURE
from sim.model.offers import FREE_PLACES, INTERNSHIPS, JOBS, NO_CRITERION
from sim.model.parameters import Clarification, Internships, Meetings, Need, Programme, Vendor

CRITERIA = {"job_or_education": JOBS, "internship": INTERNSHIPS}
"""Codes of the criteria of referral."""
_ANY_NUMBER = 2**31 - 1


def priorities_of(config: Config) -> tuple[int, ...]:
    """Return the priority of each kind of task."""
    return tuple(getattr(config.priorities, task) for task in TASKS)


def planned_hours(config: Config) -> tuple[float, ...]:
    """Mean hours by kind of task; of contacts and mentoring over groups and programmes, weighted by how often."""
    rates = [
        (1.0 / g.contacts.interval_weeks.mean, g.contacts.hours.mean)
        for g in config.groups.values()
        if g.contacts is not None and g.contacts.interval_weeks.mean > 0
    ]
    calls = math.fsum(rate for rate, _ in rates)
    contact = math.fsum(rate * hours for rate, hours in rates) / calls if calls > 0 else 0.0
    extra, outreach = config.discretionary.extra_meeting, config.discretionary.outreach
    mentored = [(1.0 / p.mentor.every_weeks, p.mentor.hours.mean) for p in config.programmes.values() if p.mentor]
    times = math.fsum(rate for rate, _ in mentored)
    hours = {
        Task.MEETING: planned_meeting_hours(config),
        Task.CONTACT: contact,
        Task.CLARIFICATION: config.clarification.hours_per_package.mean if config.clarification else 0.0,
        Task.HANDOVER: config.internships.handover_hours.mean if config.internships else 0.0,
        Task.PLACEMENT: config.internships.placement_hours.mean if config.internships else 0.0,
        Task.MENTORING: math.fsum(rate * mean for rate, mean in mentored) / times if mentored else 0.0,
        Task.EXTRA_MEETING: extra.hours.mean if extra else 0.0,
        Task.OUTREACH: outreach.hours.mean if outreach else 0.0,
    }
    return tuple(hours[task] for task in Task)


def planned_meeting_hours(config: Config) -> float:
    """Return the mean hours of a meeting of full length."""
    m = config.meetings
    return m.preparation_hours.mean + m.conversation_hours.mean + m.journal_hours.mean if m else 0.0


def meetings_of(config: Config) -> Meetings:
    """Return meetings, contacts and discretionary work."""
    m, extra, outreach = config.meetings, config.discretionary.extra_meeting, config.discretionary.outreach
    sanction = m.sanction if m else None
    pressure, tolerated, share, floor, ceiling = NO_PRESSURE, 0.0, 0.0, 1.0, 1.0
    if m is not None and m.time_pressure is not None:
        backlog, calendar = m.time_pressure.backlog, m.time_pressure.calendar
        if backlog is not None:
            pressure, tolerated, floor = BACKLOG, backlog.tolerated_weeks, backlog.floor_share
            ceiling = backlog.ceiling_share
        elif calendar is not None:
            pressure, share, floor = CALENDAR, calendar.meeting_hours_share, calendar.floor_share
    return Meetings(
        preparation=distribution(m.preparation_hours) if m else NOTHING,
        conversation=distribution(m.conversation_hours) if m else NOTHING,
        journal=distribution(m.journal_hours) if m else NOTHING,
        no_show_hours=m.no_show_hours if m else 0.0,
        sanction_share=sanction.after_no_show_share if sanction else 0.0,
        sanction_hours=distribution(sanction.hours) if sanction else NOTHING,
        sanction_decay=sanction.decay_weeks if sanction else 1.0,
        pressure=pressure,
        tolerated_weeks=tolerated,
        calendar_share=share,
        floor_share=floor,
        ceiling_share=ceiling,
        window=m.window_weeks if m else 0.0,
        effect_decay=m.effect.decay_weeks if m and m.effect else 1.0,
        handled_elsewhere=config.contacts.handled_elsewhere_share,
        extra_meetings=extra is not None,
        extra_after=extra.after_weeks if extra else math.inf,
        extra_hours=distribution(extra.hours) if extra else NOTHING,
        extra_most=(extra.at_most or _ANY_NUMBER) if extra else 0,
        extra_refused=extra.refused_share if extra else 0.0,
        extra_notice=extra.notice_weeks if extra else 0.0,
        extra_no_show=extra.no_show_share if extra else 0.0,
        extra_achieves=extra.achieves_share if extra else 0.0,
        outreach=outreach is not None,
        outreach_every=outreach.every_weeks if outreach else math.inf,
        outreach_hours=distribution(outreach.hours) if outreach else NOTHING,
        outreach_decay=outreach.decay_weeks if outreach else 1.0,
        vacancy_share=outreach.vacancy_share if outreach else 0.0,
        vacancy_hired_share=outreach.hired_share if outreach else 0.0,
    )


def clarification_of(config: Config) -> Clarification:
    """Return case work and the rehabilitation team."""
    c, team = config.clarification, config.rehabilitation_team
    names = list(config.groups)
    course, entitled = (
        -1 if name is None else names.index(name)
        for name in ((team.resource_course_group, team.fleksjob_group) if team else (None, None))
    )
    return Clarification(
        sitting=chosen(c.sitting_hours, math.inf) if c else math.inf,
        document_wait=distribution(c.document_wait_weeks) if c else NOTHING,
        target_weeks=c.target_weeks if c else 0.0,
        oldest_first=c is not None and c.oldest_case_first,
        loss_share=c.progress_loss_share if c else 0.0,
        slots=team.slots_per_meeting if team else 0,
        team_every=team.every_weeks if team else math.inf,
        submission=distribution(team.submission_weeks) if team else NOTHING,
        again_after=team.again_after_weeks if team else 0.0,
        resource_course_group=course,
        fleksjob_group=entitled,
        fleksjob_at_once=team.fleksjob_at_once_share if team else 0.0,
    )


def needs_of(config: Config) -> tuple[Need, ...]:
    """Return what the cases of each scheme take; none, where there is no clarification."""
    c, team = config.clarification, config.rehabilitation_team
    if c is None or team is None:
        return ()
    own = (c.schemes.get(scheme, CaseOfScheme()) for scheme in RIGHT_SCHEMES)
    return tuple(
        Need(
            recognition_share=chosen(scheme.recognition_share_per_meeting, c.recognition_share_per_meeting),
            packages=chosen(scheme.packages, c.packages),
            package_hours=distribution(chosen(scheme.hours_per_package, c.hours_per_package)),
            agreement=chosen(scheme.agreement_share, team.agreement_share),
        )
        for scheme in own
    )


def internships_of(config: Config) -> Internships:
    """Return internships."""
    i = config.internships
    return Internships(
        changes_over=i is not None and i.citizen_moves,
        handover_hours=distribution(i.handover_hours) if i else NOTHING,
        placement_hours=distribution(i.placement_hours) if i else NOTHING,
        duration=distribution(i.duration_weeks) if i else NOTHING,
        follow_up_hours=distribution(i.follow_up_hours) if i else NOTHING,
        follows_up=i is not None and i.follow_up_hours.mean > 0,
        after_weeks=i.after_weeks if i else 0.0,
        another_share=i.another_share if i else 0.0,
    )


def programmes_of(config: Config, first_vendor: int) -> tuple[Programme, ...]:
    """Return the programmes, their vendors numbered as resources from `first_vendor`."""
    built = []
    resource = first_vendor
    for name, p in config.programmes.items():
        referral_key, duration_key = programme_keys(name)
        criteria = [CRITERIA[name] for name in p.results] if p.referral == "best_results" else [FREE_PLACES]
        criteria += [NO_CRITERION]
        vendors = []
        for v in p.vendors.values():
            vendors.append(Vendor(v.places, v.factor, resource))
            resource += 1
        built.append(
            Programme(
                admits=tuple(not p.groups or g in p.groups for g in config.groups),
                referral_share=p.referral_share_per_meeting,
                referral_key=referral_key,
                duration=distribution(p.duration_weeks),
                duration_key=duration_key,
                during=p.during_factor,
                after=p.after_factor,
                after_weeks=p.after_weeks,
                mentored=p.mentor is not None,
                mentor_every=p.mentor.every_weeks if p.mentor else math.inf,
                mentor_hours=distribution(p.mentor.hours) if p.mentor else NOTHING,
                ready_share=p.ready_share,
                assessed_packages=p.assessed_packages,
                first_criterion=criteria[0],
                second_criterion=criteria[1],
                vendors=tuple(vendors),
            )
        )
    return tuple(built)
