"""Every message a user may get about an experiment, word for word, with file and line."""

import re

import pytest

from sim.config import ConfigError, load
from sim.config.experiment import load_experiment
from sim.errors import UsageError
from tests.config.valid import VALID
from tests.experiment.files import GOOD, changed, head, write

KEY = '"staffing.citizens_per_coordinator"'
VALUES = "values = [20, 50]"
FACTOR = f"factors.{KEY}"
SAMPLED = "\n[experiment.design]\nsobol = { points = 8 }\n"
NAME = "use letters a-z, digits, _, - and ."

FILE = {
    # What is changed in the good experiment, into what, and the problems it gives.
    "misspelt table": ("[experiment]", "[experimnt]", ["1: experimnt: unknown key; did you mean experiment?"]),
    "misspelt key": (
        "replications",
        "replicatons",
        ["3: experiment.replicatons: unknown key; did you mean replications?"],
    ),
    "wrong number": ("= 3", "= 0", ["3: experiment.replications: must be between 1 and 1000000; it is 0"]),
    "wrong table": (
        "replications = 3",
        'tables = ["citizen"]',
        [
            '3: experiment.tables[0]: must be "weekly", "citizens", "schemes", "coordinators", "incidence" or '
            '"events"; it is the text "citizen"; did you mean "citizens"?'
        ],
    ),
    "no base": ('base = "base.toml"', "", ["1: experiment.base: missing; this key is required"]),
    "absent base": (
        "base.toml",
        "bse.toml",
        ["2: experiment.base: bse.toml: no such file; did you mean base.toml?"],
    ),
    "base is a number": ('"base.toml"', "3", ["2: experiment.base: must be a text in quotes; it is 3"]),
    "base is nothing": (
        '"base.toml"',
        '""',
        ['2: experiment.base: must be the name of one file, such as "base.toml"'],
    ),
    "settings are no table": (
        "replications = 3",
        "settings = 3",
        ["3: experiment.settings: must be a table; it is 3"],
    ),
    "seed in settings": (
        "replications = 3",
        "settings = { run.seed = 3 }",
        ["3: experiment.settings: run.seed is set by experiment.seed already"],
    ),
    "baseline, near": (
        "replications = 3",
        'baseline = "citizens_per_coordinator=50+pressure=hihg"',
        [
            "3: experiment.baseline: there is no point 'citizens_per_coordinator=50+pressure=hihg'; "
            "did you mean citizens_per_coordinator=50+pressure=high?"
        ],
    ),
    "baseline, nothing like it": (
        "replications = 3",
        'baseline = "x"',
        [
            "3: experiment.baseline: there is no point 'x'; there are citizens_per_coordinator=20+pressure=none, "
            "citizens_per_coordinator=20+pressure=high, citizens_per_coordinator=50+pressure=none, "
            "citizens_per_coordinator=50+pressure=high"
        ],
    ),
}

VARIANTS = {
    "a name with a space": (
        "replications = 3",
        '[variants."a b"]',
        [f'3: variants."a b": not a name for a variant; {NAME}'],
    ),
    "a device of Windows": (
        "replications = 3",
        "[variants.con]",
        [f"3: variants.con: not a name for a variant; {NAME}"],
    ),
    "the same folder": (
        "replications = 3",
        "[variants.a]\n[variants.A]",
        ["4: variants.A: is the same folder as a on Windows"],
    ),
    "absent config": (
        "replications = 3",
        '[variants.a]\nconfig = "nix.toml"',
        ["4: variants.a.config: nix.toml: no such file"],
    ),
    "settings beside": (
        "replications = 3",
        "[variants.a]\nstaffing.net_hours_per_week = 3",
        ["4: variants.a.staffing: unknown key; did you mean settings?"],
    ),
    "a wrong setting": (
        "replications = 3",
        "[variants.a.settings]\nstaffing.net_hours_per_week = -3",
        ["4: staffing.net_hours_per_week: must be between 0.01 and 168; it is -3"],
    ),
    "a setting that is a factor": (
        "replications = 3",
        "[variants.a.settings]\nstaffing.citizens_per_coordinator = 3",
        [f"3: variants.a.settings: staffing.citizens_per_coordinator is set by {FACTOR} already"],
    ),
}

KEYS = {
    "misspelt key": (
        "citizens_per_coordinator",
        "citizens_per_cordinator",
        ['5: factors."staffing.citizens_per_cordinator": unknown key; did you mean citizens_per_coordinator?'],
    ),
    "misspelt section": (
        "staffing.citizens",
        "stafing.citizens",
        ['5: factors."stafing.citizens_per_coordinator": stafing: unknown key; did you mean staffing?'],
    ),
    "no quotes": (
        KEY,
        "staffing.citizens_per_coordinator",
        ['5: factors.staffing: a dotted key needs quotes here: [factors."staffing.citizens_per_coordinator"]'],
    ),
    "no key": (
        KEY,
        '"a b"',
        ['5: factors."a b": a key must be dotted names, such as staffing.citizens_per_coordinator'],
    ),
    "misspelt group": (
        "staffing.citizens_per_coordinator",
        "groups.redy.inflow_per_week",
        ['5: factors."groups.redy.inflow_per_week": the base has no groups.redy; did you mean ready?'],
    ),
    "absent exit": (
        "staffing.citizens_per_coordinator",
        "groups.ready.exits.education.hazard_per_week",
        [
            '5: factors."groups.ready.exits.education.hazard_per_week": the base has no '
            "groups.ready.exits.education; there are job"
        ],
    ),
    "the seed": (
        "staffing.citizens_per_coordinator",
        "run.seed",
        ['5: factors."run.seed": is the same for all points; state seed in [experiment]'],
    ),
    "one of several keys": (
        f"{KEY}]",
        'posts]\nkeys = ["staffing.citizens_per_coordinator", "caseload.referenc"]',
        ["6: factors.posts.keys: caseload.referenc: unknown key; did you mean reference?"],
    ),
    "keys of levels": (
        "[factors.pressure.levels.none]",
        '[factors.pressure]\nkeys = ["run.start"]\n[factors.pressure.levels.none]',
        ["9: factors.pressure.keys: not with levels, which name their keys themselves"],
    ),
    "two factors, one key": (
        "staffing.administration_share = 0.5",
        "staffing.citizens_per_coordinator = 40",
        [f"8: factors.pressure: staffing.citizens_per_coordinator is set by {FACTOR} already"],
    ),
    "a key and its table": (
        "staffing.administration_share = 0.5",
        "staffing = 3",
        [f"8: factors.pressure: staffing is set by {FACTOR} already"],
    ),
    "a column of its own": (
        "factors.pressure",
        "factors.variant",
        ["8: factors.variant: this is a column of every plan; choose another name"],
    ),
    "label twice": (
        VALUES,
        'values = [20]\nlabel = "pressure"',
        ["9: factors.pressure.label: 'pressure' is the label of staffing.citizens_per_coordinator already"],
    ),
    "label with a space": (
        VALUES,
        'values = [20]\nlabel = "a b"',
        [f"7: {FACTOR}.label: 'a b' is not a label; {NAME}"],
    ),
    "a level with a space": (
        "levels.high",
        'levels."x y"',
        [f'10: factors.pressure.levels."x y": not a name for a level; {NAME}'],
    ),
    "levels in one folder": (
        "levels.high",
        "levels.None",
        ["10: factors.pressure.levels.None: is the same folder as none on Windows"],
    ),
    "misspelt key of a level": (
        "administration_share",
        "administration_shar",
        ["11: staffing.administration_shar: unknown key; did you mean administration_share?"],
    ),
    "a level's key without its table": (
        "staffing.administration_share",
        "administration_share",
        ["11: administration_share: unknown key; it belongs in [staffing] or [roles.NAME]"],
    ),
}

WRONG_VALUES = {
    "out of range": (
        "[20, 50]",
        "[0, 20,\n-5]",
        [
            "6: staffing.citizens_per_coordinator: must be above 0; it is 0",
            "7: staffing.citizens_per_coordinator: must be above 0; it is -5",
        ],
    ),
    "per cent": (
        "0.5",
        "50",
        ["11: staffing.administration_share: must be between 0 and 1; it is 50 (for 50 % write 0.5)"],
    ),
    "a text": (
        "[20, 50]",
        '["50"]',
        [
            '6: staffing.citizens_per_coordinator: must be a number (or "none"); it is the text "50"; '
            "write it without quotes"
        ],
    ),
    "twice": ("[20, 50]", "[50, 20, 50.0]", [f"6: {FACTOR}.values[2]: 50 comes twice"]),
    "the same name": (
        f"{KEY}]\n{VALUES}",
        '"groups.ready.benefit"]\nvalues = ["a b", "a+ b"]',
        [
            '6: factors."groups.ready.benefit".values[1]: "a b" and "a+ b" give the same name a-b; '
            "use levels, which have names of their own"
        ],
    ),
    "no name": (
        f"{KEY}]\n{VALUES}",
        '"groups.ready.benefit"]\nvalues = ["+"]',
        ['6: factors."groups.ready.benefit".values[0]: "+" gives no name; use levels, which have names'],
    ),
    "none": ("[20, 50]", "[]", [f"6: {FACTOR}.values: must not be empty"]),
    "no list": ("[20, 50]", "50", [f"6: {FACTOR}.values: must be a list [ ... ]; it is 50"]),
    "no table": (
        f"[factors.{KEY}]\n{VALUES}",
        f"[factors]\n{KEY} = [20, 50]",
        [f"6: {FACTOR}: must be a table; it is a list"],
    ),
    "two kinds": (
        VALUES,
        f"{VALUES}\nmin = 1\nmax = 3",
        [f"6: {FACTOR}.values: needs either values, or levels, or min and max; it has values and min or max"],
    ),
    "no kind": (
        VALUES,
        'label = "x"',
        [f"5: {FACTOR}.values: needs either values, or levels, or min and max; it has none of them"],
    ),
    "a long name": (
        "levels.high",
        f"levels.{'x' * 100}",
        [
            f"5: factors: the point citizens_per_coordinator=20+pressure={'x' * 100} has a name of 137 letters, "
            "too long for a folder (at most 120); give factors a short label, or use levels"
        ],
    ),
}

RANGES = {
    "no design": (
        VALUES,
        "min = 10\nmax = 30",
        [
            f"5: {FACTOR}: min and max are for a design that draws: [experiment] "
            "design = { sobol = { points = 64 } } or { latin_hypercube = { points = 64 } }"
        ],
    ),
    "no range": (
        "replications = 3",
        "design = { sobol = { points = 8 } }",
        ["3: experiment.design: sobol draws between min and max, which no factor has"],
    ),
    "no max": (VALUES, "min = 10", [f"5: {FACTOR}.max: missing; a range needs min and max"]),
    "the wrong way round": (VALUES, "min = 30\nmax = 10", [f"7: {FACTOR}.max: must be above min, 30; it is 10"]),
    "log of 0": (
        VALUES,
        'min = 0\nmax = 10\nscale = "log"',
        [f"6: {FACTOR}.min: must be above 0 on a log scale; it is 0"],
    ),
    "scale of values": (VALUES, f'{VALUES}\nscale = "log"', [f"7: {FACTOR}.scale: only with min and max"]),
    "misspelt scale": (
        VALUES,
        'min = 1\nmax = 2\nscale = "logarithmic"',
        [f'8: {FACTOR}.scale: must be "linear" or "log"; it is the text "logarithmic"'],
    ),
    "Sobol' points": (
        "replications = 3",
        "design = { sobol = { points = 60 } }",
        ["3: experiment.design.sobol.points: must be a power of two, such as 32 or 64; it is 60"],
    ),
    "two designs": (
        "replications = 3",
        "design = { sobol = { points = 8 }, grid = {} }",
        ["3: experiment.design: needs exactly one of grid, latin_hypercube, sobol; it has grid and sobol"],
    ),
    "misspelt design": (
        "replications = 3",
        "design = { sobl = { points = 8 } }",
        ["3: experiment.design.sobl: unknown key; did you mean sobol?"],
    ),
    "ends out of range": (
        f"{KEY}]\n{VALUES}",
        f'"staffing.protected_clarification_share"]\nmin = -1\nmax = 3{SAMPLED}',
        [
            '6: factors."staffing.protected_clarification_share".min: must be between 0 and 1; it is -1',
            '7: factors."staffing.protected_clarification_share".max: must be between 0 and 1; it is 3 '
            "(for 3 % write 0.03)",
        ],
    ),
    "not a number": (
        f"{KEY}]\n{VALUES}",
        f'"meetings.booking"]\nmin = 0\nmax = 3{SAMPLED}',
        [
            '5: factors."meetings.booking": meetings.booking is not a number, so there is no range of it; '
            "give values instead"
        ],
    ),
    "not whole": (
        f"{KEY}]\n{VALUES}",
        f'"run.horizon_weeks"]\nmin = 10.5\nmax = 30{SAMPLED}',
        [
            '6: factors."run.horizon_weeks".min: must be a whole number, as run.horizon_weeks is; it is 10.5',
        ],
    ),
}

CASES = {
    f"{part}: {case}": texts
    for part, cases in (
        ("file", FILE), ("variants", VARIANTS), ("keys", KEYS), ("values", WRONG_VALUES), ("ranges", RANGES),
    )
    for case, texts in cases.items()
}  # fmt: skip


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as refused:
        load_experiment(write("e.toml", text))
    assert refused.value.exit_code == 2
    return refused.value.problems


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_text(old: str, new: str, expected: list[str]) -> None:
    assert old in GOOD
    assert problems(GOOD.replace(old, new, 1)) == [f"e.toml:{line}" for line in expected]


def test_several_mistakes_are_told_at_once() -> None:
    text = GOOD.replace("replications = 3", "replicatons = 3").replace("[20, 50]", "[]")
    assert problems(text) == [
        "e.toml:3: experiment.replicatons: unknown key; did you mean replications?",
        f"e.toml:6: {FACTOR}.values: must not be empty",
    ]
    text = GOOD.replace("[20, 50]", "[20, -5]").replace("0.5", "1.5")
    assert problems(text) == [
        "e.toml:6: staffing.citizens_per_coordinator: must be above 0; it is -5",
        "e.toml:11: staffing.administration_share: must be between 0 and 1; it is 1.5 (for 1.5 % write 0.015)",
    ]


def test_of_many_drawn_values_one_is_told() -> None:
    factor = f'"staffing.fixed_hours_per_week"]\nmin = 1\nmax = 40{SAMPLED}'
    (line,) = problems(GOOD.replace(f"{KEY}]\n{VALUES}", factor))
    assert re.fullmatch(
        r"e\.toml:5: staffing\.fixed_hours_per_week: the fixed load exceeds all hours: 30 net hours less 0% "
        r"administration less [\d.]+ leave -[\d.]+ a week for citizens; at least something above 0 is needed",
        line,
    )


def test_a_mistake_of_the_base_is_told_at_its_line() -> None:
    write("base.toml", VALID.replace("stock = 100", "stock = -1"))
    assert problems(GOOD) == ["base.toml:6: population.stock: must be between 0 and 10000000; it is -1"]


def test_what_a_point_breaks_in_the_base_is_told_with_the_point() -> None:
    write("base.toml", VALID.replace("exits.job", "meetings = { interval_weeks = 13 }\nexits.job"))
    with pytest.raises(ConfigError) as refused:
        head('[factors.meetings]\nvalues = ["none"]\n[factors."run.horizon_weeks"]\nvalues = [3, 4, 5]\n')
    assert refused.value.problems == [
        "e.toml: with meetings=none+horizon_weeks=3 and 2 more: base.toml:12: groups.ready.meetings: "
        "needs a table [meetings]"
    ]


def test_not_an_experiment_at_all() -> None:
    assert problems(VALID) == ["e.toml: is a config, not an experiment; 'sim run' takes it"]
    assert problems("# nothing\n") == ["e.toml: is empty; 'sim new --experiment' writes an experiment to start from"]
    assert problems('[experiment]\nbase = "base.toml"\n') == [
        "e.toml:1: nothing varies; an experiment needs [factors] or [variants]"
    ]
    with pytest.raises(UsageError, match=r"^\.: is a folder; name an experiment file in it$"):
        load_experiment(".")
    changed()
    with pytest.raises(UsageError, match=r"^e.toml: is an experiment, not a config; 'sim sweep' takes it$"):
        load("e.toml")


def test_more_points_than_there_may_be() -> None:
    levels = "".join(f"[factors.f{i}.levels.l{j}]\n" for i in range(6) for j in range(8))
    assert problems(GOOD + levels) == ["e.toml:5: factors: all combinations are 1,048,576 points; at most 100,000"]
