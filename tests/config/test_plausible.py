"""Numbers that are possible and hardly meant, with their line: a question; refused where it is money."""

from pathlib import Path

import pytest

from docs.reference.shipped import SHIPPED_CONFIGS
from sim.config import ConfigError, Loaded, load, parse_override
from sim.config.doubts import doubts
from sim.config.experiment import load_experiment
from sim.config.plausible import unusual_numbers
from sim.config.prices import prices
from sim.config.schema.shape import CONFIG
from tests.config.valid import VALID

MONEY = """
[money]
price_year = 2018
staff = { coordinator_kr_per_year = 640000, roles_kr_per_year = { mentor = 600_000.5 } }
benefits.cash_benefit.flat.kr_per_year = 115000.0
"""


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(old: str = "", new: str = "", name: str = "a.toml") -> None:
    text = VALID + MONEY
    assert old in text
    Path(name).write_text(text.replace(old, new, 1), encoding="utf-8")


def asked(loaded: Loaded) -> list[str]:
    return [str(doubt) for doubt in doubts(loaded) if "has no effect" not in doubt.text]


def problems() -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load("a.toml")
    return caught.value.problems


QUESTIONS = {
    "kr for thousands of kr": (
        "coordinator_kr_per_year = 640000",
        "coordinator_kr_per_year = 640",
        "28: money.staff.coordinator_kr_per_year: is 640 kr a year meant? Usual is 200,000 to 2,000,000",
    ),
    "per cent for a hazard": (
        "hazard_per_week = 0.01",
        "hazard_per_week = 3.4",
        "12: groups.ready.exits.job.hazard_per_week: is 3.4 a week meant? Usual is 0 to 0.5",
    ),
    "minutes for hours": (
        "conversation_hours = 1",
        "conversation_hours = { gamma = { mean = 45, cv = 0.5 } }",
        "20: meetings.conversation_hours: is 45 hours on average meant? Usual is 0.01 to 16",
    ),
    "year": (
        "start = 2018-01-01",
        "start = 2108-01-01",
        "2: run.start: is 2108-01-01 meant? Usual is 2000-01-01 to 2060-12-31",
    ),
    "years for weeks": (
        "horizon_weeks = 104",
        "horizon_weeks = 2",
        "3: run.horizon_weeks: is 2 weeks meant? Usual is 4 to 1,040",
    ),
    "a month for a week": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 130",
        "16: staffing.net_hours_per_week: is 130 hours a week meant? Usual is 10 to 45",
    ),
    "zeros behind a point": (
        "net_hours_per_week = 30",
        "net_hours_per_week = 30\nfixed_hours_per_week = 1.000",
        "17: staffing.fixed_hours_per_week: 1.000 is 1, for a point begins decimals; is 1000 meant?",
    ),
    "zeros behind a point of an unusual number are asked for once": (
        "citizens_per_coordinator = 50",
        "citizens_per_coordinator = 1.000",
        "15: staffing.citizens_per_coordinator: is 1 meant? Usual is 5 to 500",
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), QUESTIONS.values(), ids=QUESTIONS)
def test_questions(old: str, new: str, expected: str) -> None:
    write(old, new)
    assert asked(load("a.toml")) == [f"a.toml:{expected}"]


def test_nothing_is_asked_where_all_is_usual() -> None:
    write("exits.job = { hazard_per_week = 0.01 }", "exits.job = { hazard_per_week = 0.125 }\ninflow_per_week = 0")
    assert asked(load("a.toml")) == []


def test_an_override_is_asked_for_too() -> None:
    write()
    loaded = load(
        "a.toml", dict([parse_override("run.horizon_weeks=3"), parse_override("caseload.reference=130.000")])
    )
    assert asked(loaded) == [
        "--set caseload.reference=130: 130.000 is 130, for a point begins decimals; is 130000 meant?",
        "--set run.horizon_weeks=3: is 3 weeks meant? Usual is 4 to 1,040",
    ]


AMOUNTS = {
    "a.toml:28: money.staff.coordinator_kr_per_year: 640.000 is 640, for a point begins decimals; write 640000, "
    "or 640 if that is meant": ("= 640000", "= 640.000"),
    "a.toml:29: money.benefits.cash_benefit.flat.kr_per_year: 115.500 is 115.5, for a point begins decimals; "
    "write 115500, or 115.5 if that is meant": ("115000.0", "115.500"),
}


@pytest.mark.parametrize("expected", AMOUNTS)
def test_an_amount_of_money_with_three_decimals_is_refused(expected: str) -> None:
    write(*AMOUNTS[expected])
    assert problems() == [expected]
    with pytest.raises(ConfigError) as caught:
        prices(None, Path("a.toml"))
    assert caught.value.problems == [expected]


@pytest.mark.parametrize("written", ["640000.000", "64000.25", "640.0", "0.125", "6.4e5", "1234.500"])
def test_other_amounts_are_not(written: str) -> None:
    write("= 640000", f"= {written}")
    money = load("a.toml").config.money
    assert money is not None
    assert money.staff.coordinator_kr_per_year == float(written)


FACTORS = {
    "values = [640_000, 700.000]": (
        'e.toml:4: factors."money.staff.coordinator_kr_per_year".values[1]: 700.000 is 700, for a point begins '
        "decimals; write 700000, or 700 if that is meant"
    ),
    "levels.high = { money.staff.coordinator_kr_per_year = 700.000 }": (
        'e.toml:3: factors."money.staff.coordinator_kr_per_year": money.staff.coordinator_kr_per_year: 700.000 '
        "is 700, for a point begins decimals; write 700000, or 700 if that is meant"
    ),
}


@pytest.mark.parametrize("line", FACTORS)
def test_amounts_of_an_experiment(line: str) -> None:
    write()
    text = f'[experiment]\nbase = "a.toml"\n[factors."money.staff.coordinator_kr_per_year"]\n{line}\n'
    Path("e.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_experiment("e.toml")
    assert caught.value.problems == [FACTORS[line]]


@pytest.mark.parametrize("path", SHIPPED_CONFIGS, ids=lambda path: path.stem)
def test_shipped_numbers_are_usual(path: Path) -> None:
    assert list(unusual_numbers(load(path))) == []


def test_usual_ranges_lie_within_the_allowed_ones() -> None:
    checked, todo = 0, [CONFIG]
    while todo:
        shape = todo.pop()
        for key in shape.keys or (("",) if shape.is_named else ()):
            child = shape.child(key)
            todo.append(child)
            if child.usual is not None and child.section is None:
                least, most = child.bound("ge"), child.bound("le")
                assert least is not None
                assert most is not None
                assert least <= child.usual.least < child.usual.most <= most  # type: ignore[operator]
                checked += 1
    assert checked > 10
