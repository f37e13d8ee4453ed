"""Every message a user may get about a config, word for word, with file and line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.config import ConfigError, load
from tests.config.valid import VALID

CV = "elapsed_weeks = { gamma = { mean = 20, cv = 0.5 } }"

VALUES = {
    # What is changed in the valid config, into what, and the problems it gives.
    "unknown key, near": (
        "citizens_per_coordinator = 50",
        "citizens_per_cordinator = 50",
        ["15: staffing.citizens_per_cordinator: unknown key; did you mean citizens_per_coordinator?"],
    ),
    "unknown key of another table": (
        "stock = 100",
        "stock = 100\nhorizon_weeks = 52",
        ["7: population.horizon_weeks: unknown key; it belongs in [run]"],
    ),
    "unknown key of a list of tables": (
        "stock = 100",
        "stock = 100\ndate = 3",
        ["7: population.date: unknown key; it belongs in [[staffing.changes]] or [[roles.NAME.changes]]"],
    ),
    "unknown key of two other tables": (
        "stock = 100",
        "stock = 100\nnext_try_weeks = 0.2",
        [
            "7: population.next_try_weeks: unknown key; it belongs in [meetings.bookings.invited] or "
            "[meetings.bookings.own_calendar] or [meetings.bookings.self_booking]"
        ],
    ),
    "a group called as tables call all groups": (
        "stock = 100",
        'stock = 100\n[groups."(all)"]\nbenefit = "cash_benefit"',
        ['7: groups."(all)": is what tables call all groups together; choose another name'],
    ),
    "a department called as tables call all departments": (
        "stock = 100",
        'stock = 100\n[departments."(all)"]\ncoordinators = 2',
        ['7: departments."(all)": is what tables call all departments together; choose another name'],
    ),
    "reassessed to a group that is not there": (
        "exits.job",
        "meetings.interval_weeks = 4\nreassessed = { share_per_meeting = 0.1, to = { raedy = 1 } }\nexits.job",
        ["13: groups.ready.reassessed.to.raedy: 'raedy' does not exist; did you mean ready?"],
    ),
    "reassessed to the group itself, by shares that do not sum to one": (
        "exits.job",
        "meetings.interval_weeks = 4\nreassessed = { share_per_meeting = 0.1, to = { ready = 0.5 } }\nexits.job",
        [
            "13: groups.ready.reassessed.to: shares must sum to 1; ready 0.5 = 0.5",
            "13: groups.ready.reassessed.to.ready: is the group itself; 0 switches off a share that it inherits",
        ],
    ),
    "reassessed without meetings, out of a stay, to another benefit": (
        "[staffing]",
        "[groups.ready.stay]\nduration_weeks = 4\noutcomes = { job = 1 }\n"
        "[groups.ready.reassessed]\nshare_per_meeting = 0.1\nto = { sick = 1 }\n"
        '[groups.sick]\nbenefit = "sickness_benefit"\n[staffing]',
        [
            "17: groups.ready.reassessed: happens at meetings: groups.ready needs a table meetings",
            "17: groups.ready.reassessed: a group with a stay is left at its end, not at a meeting",
            "19: groups.ready.reassessed.to.sick: the benefit of that group is sickness_benefit, not cash_benefit: "
            "that is a change of scheme",
        ],
    ),
    "reassessed to groups with a stay, or without meetings": (
        "[staffing]",
        "[groups.ready.meetings]\ninterval_weeks = 4\n"
        "[groups.ready.reassessed]\nshare_per_meeting = 0.1\nto = { course = 0.5, left = 0.5 }\n"
        '[groups.left]\nbenefit = "cash_benefit"\n'
        '[groups.course]\nbenefit = "cash_benefit"\nstay = { duration_weeks = 4, outcomes = { job = 1 } }\n'
        "[staffing]",
        [
            "18: groups.ready.reassessed.to.course: that group has a stay: to begin one is a change of scheme",
            "18: groups.ready.reassessed.to.left: one of groups.ready and groups.left has no table meetings",
        ],
    ),
    "re-entry: a rate for each time": (
        "exits.job",
        "re_entry = { from_weeks = [0, 10], rate_per_week = [0.1] }\nexits.job",
        ["12: groups.ready.re_entry.rate_per_week: needs one rate for each of from_weeks: 2; it has 1"],
    ),
    "re-entry: times in order": (
        "exits.job",
        "re_entry = { from_weeks = [0, 10, 10], rate_per_week = [0.1, 0.1, 0.1] }\nexits.job",
        ["12: groups.ready.re_entry.from_weeks: must be in rising order"],
    ),
    "re-entry: from the exit on": (
        "exits.job",
        "re_entry = { from_weeks = [4], rate_per_week = [0.1] }\nexits.job",
        ["12: groups.ready.re_entry.from_weeks: must start at 0; it starts at 4"],
    ),
    "screening: the group itself": (
        "exits.job",
        'screening = { sensitivity = 0.8, specificity = 0.7, flagged_group = "ready" }\nexits.job',
        ["12: groups.ready.screening.flagged_group: is the group itself"],
    ),
    "screening: no such group": (
        "exits.job",
        'screening = { sensitivity = 0.8, specificity = 0.7, flagged_group = "raedy" }\nexits.job',
        ["12: groups.ready.screening.flagged_group: 'raedy' does not exist; did you mean ready?"],
    ),
    "screening: another benefit": (
        "[staffing]",
        "[groups.ready.screening]\nsensitivity = 0.8\nspecificity = 0.7\n"
        'flagged_group = "sick"\n[groups.sick]\nbenefit = "sickness_benefit"\n[staffing]',
        [
            "17: groups.ready.screening.flagged_group: the benefit of that group is sickness_benefit, "
            "not cash_benefit"
        ],
    ),
    "unknown key, nothing like it": (
        "stock = 100",
        "stock = 100\nzzz = 3",
        ["7: population.zzz: unknown key; allowed are stock"],
    ),
    "unknown table": (
        "[population]",
        "[pilot]\nx = 1\n[population]",
        [
            "5: pilot: unknown key; allowed are extends, every_group, run, population, groups, departments, "
            "staffing, roles, assignment, caseload, priorities, meetings, contacts, discretionary, clarification, "
            "rehabilitation_team, internships, small_jobs, programmes, money, changes"
        ],
    ),
    "misspelt table": (
        "[population]",
        "[populaton]",
        ["5: populaton: unknown key; did you mean population?"],
    ),
    "a group's own share of hires above 1": (
        "[meetings]",
        "[groups.ready.internships]\nfound_share_per_meeting = 0.1\nhired_share = 1.5\n[meetings]",
        [
            "20: groups.ready.internships.hired_share: must be between 0 and 1; it is 1.5 (for 1.5 % write 0.015)",
        ],
    ),
    "a group's own patience of 0": (
        "[meetings]",
        "[groups.ready.internships]\nfound_share_per_meeting = 0.1\ngive_up_weeks = 0\n[meetings]",
        ["20: groups.ready.internships.give_up_weeks: must be above 0; it is 0"],
    ),
    "misspelt every_group": (
        "[population]",
        "[every_groups]\nx = 1\n[population]",
        ["5: every_groups: unknown key; did you mean every_group?"],
    ),
    "table inside another": (
        "[meetings]",
        "[staffing.meetings]\n[meetings]",
        ["18: staffing.meetings: unknown key; it belongs in a table [meetings] of its own or [groups.NAME]"],
    ),
    "extends inside a table": (
        "stock = 100",
        'stock = 100\nextends = "base.toml"',
        [
            "7: population.extends: unknown key; extends belongs at the top of the file, before the first [table], "
            "or in a group"
        ],
    ),
    "key above its table": (
        "[run]",
        "seed = 3\n[run]",
        ["1: seed: unknown key; it belongs in [run]"],
    ),
    "misspelt distribution": (
        CV,
        "elapsed_weeks = { gama = { mean = 20 } }",
        ["11: groups.ready.elapsed_weeks.gama: unknown key; did you mean gamma?"],
    ),
    "unknown destination": (
        "exits.job",
        "exits.jub",
        ["12: groups.ready.exits.jub: unknown key; did you mean job?"],
    ),
    "missing table": (
        "[run]\nstart = 2018-01-01\nhorizon_weeks = 104\n",
        "",
        ["1: run: missing; this table is required"],
    ),
    "no stock": (
        "[population]\nstock = 100\n",
        "",
        ["1: population.stock: missing; give it, or the stock of every group as a count"],
    ),
    "a share and a count": (
        "stock_share = 1.0",
        "stock_share = 1.0\nstock = 100",
        ["11: groups.ready.stock: give either stock or stock_share, not both"],
    ),
    "counts with another sum": (
        "stock_share = 1.0",
        "stock = 90",
        [
            "6: population.stock: must be the sum of the groups' stock, or left out; ready 90 = 90; it is 100",
        ],
    ),
    "some counts, some shares": (
        "[staffing]",
        '[groups.sick]\nbenefit = "sickness_benefit"\nstock = 40\n[staffing]',
        [
            "6: population.stock: must be the sum of the groups' stock, or left out; sick 40 = 40; it is 100",
            "10: groups.ready.stock_share: is a share, and the stock of sick a count; give every group's stock in "
            "the same way",
        ],
    ),
    "entries a week and a year": (
        "stock_share = 1.0",
        "stock_share = 1.0\ninflow_per_week = 2\nentries_per_year = 104",
        ["12: groups.ready.entries_per_year: give either entries_per_year or inflow_per_week, not both"],
    ),
    "missing key": (
        'benefit = "cash_benefit"',
        "",
        ["8: groups.ready.benefit: missing; this key is required"],
    ),
    "missing key of an inline table": (
        ", cv = 0.5",
        "",
        ["11: groups.ready.elapsed_weeks.gamma.cv: missing; this key is required"],
    ),
    "missing distribution": (
        "journal_hours = 0.5",
        "",
        ["18: meetings.journal_hours: missing; this key is required"],
    ),
    "missing table in a table": (
        "[meetings.bookings.invited]\nnotice_weeks = 3",
        "",
        ["18: meetings.bookings: missing; this table is required"],
    ),
    "text for a number": (
        "net_hours_per_week = 30",
        'net_hours_per_week = "30"',
        ['16: staffing.net_hours_per_week: must be a number; it is the text "30"; write it without quotes'],
    ),
    "text with a decimal comma": (
        "net_hours_per_week = 30",
        'net_hours_per_week = "29,7"',
        [
            '16: staffing.net_hours_per_week: must be a number; it is the text "29,7"; '
            "write it without quotes and with a decimal point"
        ],
    ),
    "text for an optional number": (
        "citizens_per_coordinator = 50",
        'citizens_per_coordinator = "many"',
        ['15: staffing.citizens_per_coordinator: must be a number (or "none"); it is the text "many"'],
    ),
    "true for a number": (
        "net_hours_per_week = 30",
        "net_hours_per_week = true",
        ["16: staffing.net_hours_per_week: must be a number; it is true"],
    ),
    "list for a number": (
        "net_hours_per_week = 30",
        "net_hours_per_week = [30]",
        ["16: staffing.net_hours_per_week: must be a number; it is a list"],
    ),
    "fraction for a whole number": (
        "stock = 100",
        "stock = 100.5",
        ['6: population.stock: must be a whole number (or "none"); it is 100.5'],
    ),
    "point after a whole number": (
        "horizon_weeks = 104",
        "horizon_weeks = 104.0",
        ["3: run.horizon_weeks: must be a whole number; it is 104.0; write 104"],
    ),
    "number for a text": (
        'benefit = "cash_benefit"',
        "benefit = 3",
        ["9: groups.ready.benefit: must be a text in quotes; it is 3"],
    ),
    "number for true or false": (
        "hazard_per_week = 0.01",
        "hazard_per_week = 0.01, frailty = 1",
        ["12: groups.ready.exits.job.frailty: must be true or false; it is 1"],
    ),
    "number for a table": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits.job = 0.01",
        ["12: groups.ready.exits.job: must be a table; it is 0.01"],
    ),
    "number for a table of names": (
        "exits.job = { hazard_per_week = 0.01 }",
        "exits = 0.01",
        ["12: groups.ready.exits: must be a table; it is 0.01"],
    ),
    "text for an optional table": (
        "[meetings]\npreparation_hours = 0.5\nconversation_hours = 1\njournal_hours = 0.5\n\n"
        "[meetings.bookings.invited]\nnotice_weeks = 3\n",
        "absence = 3",
        ['18: staffing.absence: must be a table (or "none"); it is 3'],
    ),
    "number for a list": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nchanges = 3",
        ["17: staffing.changes: must be a list [ ... ]; it is 3"],
    ),
    "date in quotes": (
        "start = 2018-01-01",
        'start = "2018-01-01"',
        [
            '2: run.start: must be a date such as 2018-01-01; it is the text "2018-01-01"; '
            "write it without quotes: 2018-01-01"
        ],
    ),
    "Danish date in quotes": (
        "start = 2018-01-01",
        'start = "1.2.2018"',
        [
            '2: run.start: must be a date such as 2018-01-01; it is the text "1.2.2018"; '
            "write it without quotes: 2018-02-01"
        ],
    ),
    "date with time": (
        "start = 2018-01-01",
        "start = 2018-01-01T08:00:00",
        ["2: run.start: must be a date such as 2018-01-01; it is a date with time of day, 2018-01-01 08:00:00"],
    ),
    "year for a date": (
        "start = 2018-01-01",
        "start = 2018",
        ["2: run.start: must be a date such as 2018-01-01; it is 2018"],
    ),
    "date for a number": (
        "stock = 100",
        "stock = 2018-01-01",
        ['6: population.stock: must be a whole number (or "none"); it is the date 2018-01-01'],
    ),
    "text for a distribution": (
        CV,
        'elapsed_weeks = "long"',
        [
            "11: groups.ready.elapsed_weeks: must be a number or one distribution, such as "
            '{ gamma = { mean = 20, cv = 0.5 } }; it is the text "long"'
        ],
    ),
    "none for what cannot be switched off": (
        CV,
        'elapsed_weeks = "none"',
        [
            "11: groups.ready.elapsed_weeks: must be a number or one distribution, such as "
            '{ gamma = { mean = 20, cv = 0.5 } }; it is the text "none"; this cannot be switched off'
        ],
    ),
    "number for a response": (
        "hazard_per_week = 0.01",
        "hazard_per_week = 0.01, caseload = 3",
        [
            "12: groups.ready.exits.job.caseload: must be a table with one of power, hyperbolic, table "
            '(or "none"); it is 3'
        ],
    ),
    "negative constant": (
        CV,
        "elapsed_weeks = -3",
        ["11: groups.ready.elapsed_weeks: must be at least 0; it is -3"],
    ),
    "not above": (
        "citizens_per_coordinator = 50",
        "citizens_per_coordinator = 0",
        ["15: staffing.citizens_per_coordinator: must be above 0; it is 0"],
    ),
    "above and at most": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 200",
        ["16: staffing.net_hours_per_week: must be between 0.01 and 168; it is 200"],
    ),
    "whole number of 32 bits": (
        "[population]",
        "[priorities]\nmeeting = 2147483648\n[population]",
        ["6: priorities.meeting: must be between -1000000 and 1000000; it is 2147483648"],
    ),
    "whole number of 64 bits": (
        "stock = 100",
        "stock = 9223372036854775808",
        ["6: population.stock: must be between 0 and 10000000; it is 9223372036854775808"],
    ),
    "whole number of 64 bits for a number": (
        "notice_weeks = 3",
        "notice_weeks = 9223372036854775808",
        ["24: meetings.bookings.invited.notice_weeks: must be between 0 and 1000000000; it is 9223372036854775808"],
    ),
    "nearly 0": (
        "citizens_per_coordinator = 50",
        "citizens_per_coordinator = 1e-300",
        ["15: staffing.citizens_per_coordinator: must be at least 0.000001; it is 1e-300"],
    ),
    "too large where above 0": (
        "citizens_per_coordinator = 50",
        "citizens_per_coordinator = 1e10",
        ["15: staffing.citizens_per_coordinator: must be above 0 and at most 1000000000; it is 10000000000"],
    ),
    "weight nearly 0": (
        "[population]",
        "[departments.a]\nstock_share = 1e-310\n[population]",
        ["6: departments.a.stock_share: must be 0 or at least 0.000001; it is 1e-310"],
    ),
    "start beyond the calendar": (
        "start = 2018-01-01",
        "start = 9999-01-01",
        ["2: run.start: must be between 1900-01-01 and 2200-12-31; it is the date 9999-01-01"],
    ),
    "a 64th programme": (
        "[run]",
        "programmes = { "
        + ", ".join(
            f"p{i} = {{ referral_share_per_meeting = 0, duration_weeks = 1, vendors.v.places = 1 }}"
            for i in range(64)
        )
        + " }\n[run]",
        ["1: programmes: must have at most 63 entries; it has 64"],
    ),
    "negative share": (
        "stock_share = 1.0",
        "stock_share = -0.5",
        ["10: groups.ready.stock_share: must be between 0 and 1; it is -0.5"],
    ),
    "per cent for a share": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nadministration_share = 42",
        ["17: staffing.administration_share: must be between 0 and 1; it is 42 (for 42 % write 0.42)"],
    ),
    "share of all": (
        "notice_weeks = 3",
        "notice_weeks = 3\nno_show_share = 1",
        ["25: meetings.bookings.invited.no_show_share: must be at least 0 and below 1; it is 1"],
    ),
    "infinity": (
        "net_hours_per_week = 30",
        "net_hours_per_week = inf",
        ["16: staffing.net_hours_per_week: must be a finite number; it is inf"],
    ),
    "not a number": (
        CV,
        "elapsed_weeks = { gamma = { mean = nan, cv = 0.5 } }",
        ["11: groups.ready.elapsed_weeks.gamma.mean: must be a finite number; it is nan"],
    ),
    "astronomical number": (
        "net_hours_per_week = 30",
        f"net_hours_per_week = {'9' * 400}",
        ["16: staffing.net_hours_per_week: must be a finite number; it is 99999999999999999999... (400 digits)"],
    ),
    "word of a choice": (
        "[meetings]",
        '[meetings]\nbooking = "own_calender"',
        [
            '19: meetings.booking: must be "invited", "own_calendar" or "self_booking"; '
            'it is the text "own_calender"; did you mean "own_calendar"?'
        ],
    ),
    "number for a choice": (
        "[population]",
        "[assignment]\ncoordinator = 3\n[population]",
        ['6: assignment.coordinator: must be "random", "birth_date", "lowest_caseload" or "round_robin"; it is 3'],
    ),
    "empty table of names": (
        "[groups.ready]\n"
        'benefit = "cash_benefit"\n'
        "stock_share = 1.0\n"
        f"{CV}\n"
        "exits.job = { hazard_per_week = 0.01 }\n",
        "[groups]\n",
        ["8: groups: must not be empty"],
    ),
    "two forms of a distribution": (
        CV,
        "elapsed_weeks = { exponential = { mean = 3 }, constant = 3 }",
        [
            "11: groups.ready.elapsed_weeks: needs exactly one of constant, exponential, gamma, erlang, "
            "lognormal, weibull, uniform, triangular, empirical; it has constant and exponential"
        ],
    ),
    "rule within a section": (
        CV,
        "elapsed_weeks = { uniform = { min = 5, max = 2 } }",
        ["11: groups.ready.elapsed_weeks.uniform.max: must be at least min (5); it is 2"],
    ),
    "rule between sections": (
        "stock_share = 1.0",
        "stock_share = 0.9",
        ["8: groups: stock_share: shares must sum to 1; ready 0.9 = 0.9"],
    ),
    "name that does not exist": (
        "[population]",
        '[departments.north]\ngroups = [\n  "ready",\n  "raedy",\n]\n[population]',
        ["8: departments.north.groups[1]: 'raedy' does not exist; did you mean ready?"],
    ),
    "wrong item of a list of tables": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\n\n[[staffing.changes]]\ndate = 2018-02-01\nposts = 2\n\n"
        "[[staffing.changes]]\ndate = 2018-03-01\nposts = true",
        ["24: staffing.changes[1].posts: must be a number; it is true"],
    ),
    "name that needs quotes": (
        "[groups.ready]",
        '[groups."parat nu"]\nstok_share = 1',
        ['9: groups."parat nu".stok_share: unknown key; did you mean stock_share?'],
    ),
}


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problems(path: str = "a.toml", overrides: Mapping[str, object] | None = None) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(path, overrides)
    assert str(error.value).splitlines() == error.value.problems
    return error.value.problems


@pytest.mark.parametrize(("old", "new", "expected"), VALUES.values(), ids=VALUES)
def test_values(old: str, new: str, expected: list[str]) -> None:
    assert VALID.count(old) == 1
    Path("a.toml").write_text(VALID.replace(old, new), encoding="utf-8")
    assert problems() == [f"a.toml:{line}" for line in expected]


def test_valid_config_has_no_problems() -> None:
    Path("a.toml").write_text(VALID, encoding="utf-8")
    assert load("a.toml").config.population.stock == 100


SYNTAX = {
    "Danish date": ("start = 31-01-2026", "2: write a date as year-month-day: 2026-01-31"),
    "Danish date with points": ("start = 1.2.2026 # Sunday", "2: write a date as year-month-day: 2026-02-01"),
    "date with slashes": ("start = 2026/1/31", "2: write a date as year-month-day: 2026-01-31"),
    "no such Danish date": ("start = 31-02-2026", "2: there is no such date: 31-02-2026; write year-month-day"),
    "Danish millions": (
        "kr = 1.200.000",
        "2: write a number without points or spaces between its thousands: 1200000",
    ),
    "Danish thousands with decimals": (
        "kr = 1.234,50",
        "2: write a number without points or spaces between its thousands: 1234.50",
    ),
    "thousands with a space": (
        "kr = 640 000",
        "2: write a number without points or spaces between its thousands: 640000",
    ),
    "unit": ("kr = 640000 kr", "2: write the number alone; its unit stands in the name of the key"),
    "decimal comma": ("stock = 0,5", "2: write a decimal point, not a comma: 0.5"),
    "per cent": ("share = 42 %", "2: write a share of 1, not per cent: 0.42 for 42 %"),
    "capital True": ("frailty = True", "2: write true or false in small letters"),
    "Danish letters": ("rådgivning = 3", '2: a name with other letters than a-z needs quotes: "rådgivning"'),
    "Danish table": (
        "[groups.rådgivning]",
        '2: a name with other letters than a-z needs quotes: [groups."rådgivning"]',
    ),
    "no value": ("stock =", "2: the value is missing or is none that TOML knows; a text needs quotes"),
    "bare word": ("stock = many", "2: the value is missing or is none that TOML knows; a text needs quotes"),
    "no equals": ("stock 3", "2: expected key = value"),
    "colon": ("stock: 3", "2: expected key = value"),
    "two on a line": ("a = 1 b = 2", "2: something is left over after the value"),
    "key twice": ("a = 1\na = 2", "3: this key has a value already"),
    "key twice inline": ("a = { b = 1, b = 2 }", "2: a key is given twice in { ... }"),
    "table twice": ("[a]\nx = 1\n[a]", "4: this table stands in the file already; put its keys together"),
    "open text": ('a = "abc', "2: a text is not closed; a quote is missing"),
    "open text in the middle": (
        'a = "abc\nb = 2',
        "2: a text is not closed before the end of the line; a quote is missing",
    ),
    "open literal text": (
        "a = 'abc\nb = 'd'",
        "2: a text is not closed before the end of the line; a quote is missing",
    ),
    "open literal text at the end": ("a = 'abc", "2: a text is not closed; a quote is missing"),
    "Windows path": (
        r'a = "C:\Users"',
        r"2: a text in double quotes cannot hold a single \; write / or \\ instead",
    ),
    "backslash": (
        r'a = "C:\data"',
        r"2: a text in double quotes cannot hold a single \; write / or \\ instead",
    ),
    "no such month": ("a = 2018-13-01", "2: there is no such date: 2018-13-01; write year-month-day"),
    "no such date": ("a = 2018-02-30", "2: there is no such date: 2018-02-30; write year-month-day"),
    "open list": ("a = [1, 2", "2: a list [ ... is not closed; a ] is missing"),
    "open inline table": ("a = { b = 1", "2: a table { ... is not closed; a } is missing"),
    "open header": ("[a\nx = 1", "2: the name of a table is not closed; a ] is missing"),
    "no statement": ("= 3", "2: expected key = value, a [table] or a # comment"),
}


@pytest.mark.parametrize(("text", "expected"), SYNTAX.values(), ids=SYNTAX)
def test_syntax(text: str, expected: str) -> None:
    Path("a.toml").write_text(f"# first line\n{text}", encoding="utf-8")
    assert problems() == [f"a.toml:{expected}"]


BYTES = {
    "empty": (b"", "a.toml: is empty; 'sim new' writes a config to start from"),
    "only comments": (b"# nothing\n", "a.toml: is empty; 'sim new' writes a config to start from"),
    "Latin-1": (
        b"# one\n[gr\xf8n]\n",
        "a.toml:2: not UTF-8 text (byte 0xf8, column 4); save the file as UTF-8",
    ),
    "UTF-16": ("[run]\n".encode("utf-16"), "a.toml:1: is UTF-16 text; save the file as UTF-8"),
}


@pytest.mark.parametrize(("content", "expected"), BYTES.values(), ids=BYTES)
def test_bytes(content: bytes, expected: str) -> None:
    Path("a.toml").write_bytes(content)
    assert problems() == [expected]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + VALID.encode(), VALID.replace("\n", "\r\n").encode()],
    ids=["UTF-8 mark of Notepad", "line ends of Windows"],
)
def test_files_of_windows_are_read(content: bytes) -> None:
    Path("a.toml").write_bytes(content)
    loaded = load("a.toml")
    assert loaded.config.population.stock == 100
    assert str(loaded.sources["meetings", "journal_hours"]) == "a.toml:21"


def test_missing_file() -> None:
    Path("configs").mkdir()
    Path("configs/pilot.toml").write_text(VALID, encoding="utf-8")
    assert problems("configs/pilto.toml") == ["configs/pilto.toml: no such file; did you mean configs/pilot.toml?"]
    assert problems("configs/pilot") == ["configs/pilot: no such file; did you mean configs/pilot.toml?"]
    assert problems("configs/zzz.toml") == ["configs/zzz.toml: no such file"]
    assert problems("config/pilot.toml") == ["config/pilot.toml: no such file (there is no folder config)"]
    assert problems("configs") == ["configs: is a folder; name a config file in it"]


def test_all_problems_at_once_in_the_order_of_lines() -> None:
    text = VALID.replace("notice_weeks = 3", "notice_weeks = -3").replace("stock = 100", "stock = -1")
    Path("a.toml").write_text(text.replace("horizon_weeks = 104", "horizon_weeks = 0"), encoding="utf-8")
    assert problems() == [
        "a.toml:3: run.horizon_weeks: must be between 1 and 5200; it is 0",
        "a.toml:6: population.stock: must be between 0 and 10000000; it is -1",
        "a.toml:24: meetings.bookings.invited.notice_weeks: must be at least 0; it is -3",
    ]


OVERRIDES: list[tuple[str, object, str]] = [
    ("staffing.citizens_per_coordinator", -1, "=-1: must be above 0; it is -1"),
    (
        "staffing.citizens_per_cordinator",
        80,
        "=80: unknown key; did you mean citizens_per_coordinator?",
    ),
    ("meetings", "no", '="no": must be a table (or "none"); it is the text "no"'),
    (
        "staffing.turnover.per_year",
        1,
        "=1: staffing.turnover.vacancy_weeks: missing; this key is required",
    ),
    ("extends", "b.toml", "=b.toml: extends belongs in the file"),
    ("run..seed", 3, "=3: the key must be dotted names, such as run.seed"),
    ("run.seed", None, "=None: a NoneType cannot stand in a config"),
]


@pytest.mark.parametrize(("key", "value", "expected"), OVERRIDES)
def test_overrides(key: str, value: object, expected: str) -> None:
    Path("a.toml").write_text(VALID, encoding="utf-8")
    assert problems("a.toml", {key: value}) == [f"--set {key}{expected}"]
