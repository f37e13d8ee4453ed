"""Rules that one key alone cannot tell: what is refused before any work, word for word."""

from pathlib import Path

import pytest

from sim.config import ConfigError, load
from tests.config.valid import VALID

RULES = {
    # What is changed in the valid config, into what, and the one problem it gives.
    "more places than citizens": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\n[internships]\nplacement_hours = 1\nsearch_weeks = 1\ngive_up_weeks = 9\n"
        'duration_weeks = 1\n[roles.consultant]\ndoes = ["placement"]\nposts = 2\nlist_limit = 50\n'
        "net_hours_per_week = 30",
        "24: roles.consultant.posts: have 100 places on their lists for 100 citizens: none is left for the coordinators",
    ),
    "fixed load by administration": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nadministration_share = 1",
        "17: staffing.administration_share: the fixed load exceeds all hours: 30 net hours less 100% administration less 0 leave 0 a week for citizens; at least something above 0 is needed",
    ),
    "fixed load by hours": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nadministration_share = 0.8\nfixed_hours_per_week = 7",
        "18: staffing.fixed_hours_per_week: the fixed load exceeds all hours: 30 net hours less 80% administration less 7 leave -1 a week for citizens; at least something above 0 is needed",
    ),
    "hazard without bound at the beginning": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, duration = { weibull = { shape = 0.7 } } }",
        "12: groups.ready.exits.job.duration.weibull.shape: 0.7 is below 1, so the hazard has no bound at week 0; give earliest_weeks",
    ),
    "hazard without bound at the end": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, duration = { weibull = { shape = 1.5 } } }",
        "12: groups.ready.exits.job.duration.weibull.shape: 1.5 is above 1, so the hazard grows without bound; give latest_weeks",
    ),
    "hazard that grows with the caseload": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, caseload = { power = { elasticity = -0.2 } } }",
        "12: groups.ready.exits.job.caseload.power.elasticity: must be between 0 and 5; it is -0.2",
    ),
    "hazard limits the wrong way round": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, duration = { weibull = { shape = 0.7, earliest_weeks = 9, latest_weeks = 3 } } }",
        "12: groups.ready.exits.job.duration.weibull.latest_weeks: must be at least earliest_weeks",
    ),
    "table of factors too short": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, caseload = { table = { caseload = [50, 130], factor = [1] } } }",
        "12: groups.ready.exits.job.caseload.table.factor: needs one factor for each caseload: 2; it has 1",
    ),
    "table out of order": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, duration = { table = { from_weeks = [0, 52, 26], factor = [1, 2, 3] } } }",
        "12: groups.ready.exits.job.duration.table.from_weeks: must be in rising order",
    ),
    "table that starts late": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, duration = { table = { from_weeks = [4], factor = [1] } } }",
        "12: groups.ready.exits.job.duration.table.from_weeks: must start at 0; it starts at 4",
    ),
    "reference of 0 with a power": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, caseload = { power = { elasticity = 0.2 } } }\n\n[caseload]\nreference = 0",
        "15: caseload.reference: must be above 0, for groups.ready.exits.job.caseload.power divides by it; it is 0",
    ),
    "reference of 0 with turnover": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nturnover = { per_year = 0.2, vacancy_weeks = 4, caseload_elasticity = 0.1 }\n\n[caseload]\nreference = 0",
        "20: caseload.reference: must be above 0, for staffing.turnover.caseload_elasticity divides by it; it is 0",
    ),
    "negative duration": (
        "elapsed_weeks = { gamma = { mean = 20, cv = 0.5 } }",
        "elapsed_weeks = -2",
        "11: groups.ready.elapsed_weeks: must be at least 0; it is -2",
    ),
    "frailty of another mean": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nfrailty = { gamma = { mean = 2, cv = 0.5 } }",
        "13: groups.ready.frailty: must have mean 1 (hazard_per_week sets the level); its mean is 2",
    ),
    "meetings without end": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nmeetings = { interval_weeks = 0 }",
        "13: groups.ready.meetings.interval_weeks: must be at least 0.01 on average; it is 0",
    ),
    "contacts without end": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\ncontacts = { interval_weeks = { exponential = { mean = 0.001 } }, hours = 1 }",
        "13: groups.ready.contacts.interval_weeks: must be at least 0.01 on average; it is 0.001",
    ),
    "contacts that nearly always follow at once": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\ncontacts = { interval_weeks = { empirical = { values = [0, 1e6], weights = [999, 1] } }, hours = 1 }",
        "13: groups.ready.contacts.interval_weeks: must be at least 0.01 on average when values above 1 count as 1; it is then 0.001",
    ),
    "stay without a length": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nstay = { duration_weeks = 0, outcomes = { return = 1 } }",
        "13: groups.ready.stay.duration_weeks: must be at least 0.01 on average; it is 0; with a return above 0.9 nobody would leave it",
    ),
    "meetings tried again at once": (
        "notice_weeks = 3",
        "notice_weeks = 3\nno_show_share = 0.999999999999999\nnext_try_weeks = 0",
        "26: meetings.bookings.invited.next_try_weeks: must be at least 0.01 on average; it is 0; with a no_show_share above 0.9 a meeting would be tried without end",
    ),
    "outreach without end": (
        "[meetings]",
        "[discretionary]\noutreach = { every_weeks = 1e-9, hours = 0, size = 0.1, decay_weeks = 4 }\n[meetings]",
        "19: discretionary.outreach.every_weeks: must be at least 0.01; it is 1e-09",
    ),
    "extra meetings without end": (
        "[meetings]",
        "[discretionary]\nextra_meeting = { after_weeks = 1e-6, hours = 0 }\n[meetings]",
        "19: discretionary.extra_meeting.after_weeks: must be at least 0.01; it is 1e-06",
    ),
    "hazard too high by the caseload": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01, long_history_factor = 2, caseload = { power = { elasticity = 5 } } }",
        "12: groups.ready.exits.job: the hazard can come too high: hazard_per_week 0.01 x long_history_factor 2 x caseload 3.71e+10 = 7.43e+08; at most 1000",
    ),
    "factors on a hazard of nothing": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0, caseload = { hyperbolic = { scale = 1e-6 } }, duration = { table = { from_weeks = [0], factor = [9] } } }",
        "12: groups.ready.exits.job: the hazard can come too high: the factors on it are duration 9 x caseload 1.3e+08 = 1.17e+09; at most 1e+09",
    ),
    "more posts than a run can hold": (
        "citizens_per_coordinator = 50",
        "citizens_per_coordinator = 0.0005",
        "14: staffing: too large: a replication may have 2e+05 posts of coordinators; at most 1e+05",
    ),
    "more posts of a role than a run can hold": (
        "[meetings]",
        '[roles.unit]\ndoes = ["clarification"]\nnet_hours_per_week = 9\nposts = 6e4\nchanges = [{ date = 2018-03-01, posts = 6e4 }]\n[meetings]',
        "18: roles: too large: a replication may have 1.2e+05 posts of other roles; at most 1e+05",
    ),
    "coordinators as another role": (
        "[meetings]",
        '[roles.coordinator]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[meetings]',
        "18: roles.coordinator: coordinators' posts and hours stand in [staffing]",
    ),
    "posts of a role that does not exist": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[departments.a]\nposts.unti = 1\n[meetings]',
        "22: departments.a.posts.unti: 'unti' does not exist; did you mean unit?",
    ),
    "posts of a shared role in a department": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\nshared = true\n[departments.a]\nposts.unit = 1\n[meetings]',
        "23: departments.a.posts.unit: the posts of a shared role serve the whole centre: give roles.unit.posts",
    ),
    "a change of a shared role in a department": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\nshared = true\n[[roles.unit.changes]]\ndate = 2018-03-01\nposts = 1\ndepartment = "a"\n[meetings]',
        "25: roles.unit.changes[0].department: the posts of a shared role serve the whole centre: leave this key out",
    ),
    "two roles that do the same": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[roles.other]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[meetings]',
        "22: roles.other.does[0]: contact is done by unit already",
    ),
    "lists for nothing": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nlist_limit = 9\nnet_hours_per_week = 9\n[meetings]',
        "20: roles.unit.list_limit: needs placement or clarification in does: that is what places are for",
    ),
    "places for two things": (
        "[meetings]",
        '[roles.unit]\ndoes = ["placement", "clarification"]\nlist_limit = 9\nnet_hours_per_week = 9\n[meetings]',
        "20: roles.unit.list_limit: is for places of one kind: give placement and clarification a role each",
    ),
    "a kind of task twice": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact", "contact"]\nnet_hours_per_week = 9\n[meetings]',
        "19: roles.unit.does: names a kind of task twice",
    ),
    "a cut of a role without posts": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[[roles.unit.changes]]\ndate = 2018-03-01\nposts = -1\n[meetings]',
        "23: roles.unit.changes[0].posts: cuts 1 posts of centre on 2018-03-01, where 0 can be cut",
    ),
    "a window as wide as an interval": (
        "[meetings]",
        "[groups.ready.meetings]\ninterval_weeks = 6\n[meetings]\nwindow_weeks = 4",
        "21: meetings.window_weeks: must be at most half of groups.ready.meetings.interval_weeks, which is 6 on average; it is 4",
    ),
    "a role without a price": (
        "[meetings]",
        '[roles.unit]\ndoes = ["contact"]\nnet_hours_per_week = 9\n[money]\nprice_year = 2018\nstaff.coordinator_kr_per_year = 530_000\nbenefits.cash_benefit = { flat = { kr_per_year = 100_000 } }\n[meetings]',
        "23: money.staff.roles_kr_per_year: has no price of a post of unit",
    ),
    "more citizens than a run can hold": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\ninflow_per_week = 1e6",
        "8: groups: too large: a replication may have 1.04e+08 citizens in 104 weeks; at most 1e+08",
    ),
    "more events than a run can hold": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\ninflow_per_week = 9e5\ncontacts = { interval_weeks = 0.02, hours = 0 }",
        "8: groups: too large: a replication may have 1.99e+12 events in 104 weeks, all as often as it can be; at most 1e+12",
    ),
    "cut of more posts than there are": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\n[[staffing.changes]]\ndate = 2018-03-01\nposts = -7",
        "19: staffing.changes[0].posts: cuts 7 posts of centre on 2018-03-01, where 2 can be cut",
    ),
    "right schemes of more than everybody": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nclarification = { right_scheme_inflow = { pension = 0.5, fleksjob = 0.6 } }\n\n[clarification]\nrecognition_share_per_meeting = 0.2\npackages = 2\nhours_per_package = 5\ndocument_wait_weeks = 4\n[rehabilitation_team]\nslots_per_meeting = 2",
        "13: groups.ready.clarification.right_scheme_inflow: shares must sum to 1 at most; pension 0.5 + fleksjob 0.6 = 1.1",
    ),
    "ends of a stay that do not sum to one": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nstay = { duration_weeks = 52, outcomes = { pension = 0.5, return = 0.4 } }",
        "13: groups.ready.stay.outcomes: shares must sum to 1; pension 0.5 + return 0.4 = 0.9",
    ),
    "mechanism without its table": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\ninternships = { found_share_per_meeting = 0.1 }",
        "13: groups.ready.internships: needs a table [internships]",
    ),
    "assessments without cases": (
        "[population]",
        "[programmes.mentor]\nreferral_share_per_meeting = 0.1\nduration_weeks = 13\nassessed_packages = 1\nvendors.own = { places = 3 }\n\n[population]",
        "8: programmes.mentor.assessed_packages: needs a table [clarification]",
    ),
    "a criterion of referral twice": (
        "[population]",
        '[programmes.mentor]\nreferral_share_per_meeting = 0.1\nduration_weeks = 13\nresults = ["internship", "internship"]\nvendors.own = { places = 3 }\n\n[population]',
        "8: programmes.mentor.results: names a criterion twice",
    ),
    "case work without a team": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = { hazard_per_week = 0.01 }\nclarification = { right_scheme_stock = { pension = 0.2 } }\n\n[clarification]\nrecognition_share_per_meeting = 0.2\npackages = 2\nhours_per_package = 5\ndocument_wait_weeks = 4",
        "13: groups.ready.clarification: needs a table [rehabilitation_team]",
    ),
    "booking that is not described": (
        "[meetings]",
        '[meetings]\nbooking = "own_calendar"',
        "19: meetings.booking: 'own_calendar' needs a table [meetings.bookings.own_calendar]",
    ),
    "booking of a department that is not described": (
        "[population]",
        '[departments.north]\nbooking = "self_booking"\n\n[population]',
        "6: departments.north.booking: 'self_booking' needs a table [meetings.bookings.self_booking]",
    ),
    "posts stated twice": (
        "[population]",
        "[departments.north]\ncoordinators = 3\ncitizens_per_coordinator = 50\n\n[population]",
        "6: departments.north.coordinators: give either coordinators or citizens_per_coordinator, not both",
    ),
    "no posts": (
        "citizens_per_coordinator = 50\n",
        "",
        "1: departments.centre: needs coordinators, or citizens_per_coordinator here or in [staffing]",
    ),
    "group that nobody serves": (
        "[population]",
        "[departments.north]\ngroups = []\nstock_share = 0\n\n[population]",
        "12: groups.ready: no department with a stock_share above 0 serves this group",
    ),
    "change in a department that does not exist": (
        "net_hours_per_week = 30",
        'net_hours_per_week = 30\n\n[[staffing.changes]]\ndate = 2018-02-01\ndepartment = "centr"\nposts = 1',
        "20: staffing.changes[0].department: 'centr' does not exist; did you mean centre?",
    ),
    "change of nothing": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\n\n[[staffing.changes]]\ndate = 2018-02-01\nposts = 0",
        "20: staffing.changes[0].posts: must not be 0",
    ),
    "cut of half a post": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\n\n[[staffing.changes]]\ndate = 2018-02-01\nposts = -0.5",
        "20: staffing.changes[0].posts: a cut must be a whole number of posts; it is -0.5",
    ),
    "programme for a group that does not exist": (
        "[population]",
        '[programmes.mentor]\ngroups = ["redy"]\nreferral_share_per_meeting = 0.1\nduration_weeks = 13\nvendors.own = { places = 3 }\n\n[population]',
        "6: programmes.mentor.groups[0]: 'redy' does not exist; did you mean ready?",
    ),
    "resource course in a group that does not exist": (
        "[population]",
        '[rehabilitation_team]\nslots_per_meeting = 2\nresource_course_group = "course"\n\n[population]',
        "7: rehabilitation_team.resource_course_group: 'course' does not exist; known are ready",
    ),
    "fleksjob group that does not exist": (
        "[population]",
        '[rehabilitation_team]\nslots_per_meeting = 2\nfleksjob_group = "redy"\n\n[population]',
        "7: rehabilitation_team.fleksjob_group: 'redy' does not exist; did you mean ready?",
    ),
    "fleksjob at once without a group": (
        "[population]",
        "[rehabilitation_team]\nslots_per_meeting = 2\nfleksjob_at_once_share = 0.3\n\n[population]",
        "7: rehabilitation_team.fleksjob_at_once_share: needs fleksjob_group beside it",
    ),
    "calendar and protected time": (
        "net_hours_per_week = 30\n\n[meetings]",
        "net_hours_per_week = 30\nprotected_clarification_share = 0.3\n\n[meetings]\ntime_pressure.calendar = { meeting_hours_share = 0.8, floor_share = 0.5 }",
        "17: staffing.protected_clarification_share: 0.3 and meetings.time_pressure.calendar.meeting_hours_share 0.8 sum to more than 1: the fixed load exceeds all hours",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), RULES.values(), ids=RULES)
def test_rules(old: str, new: str, expected: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_text(VALID.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load("a.toml")
    assert error.value.problems == [f"a.toml:{expected}"]
