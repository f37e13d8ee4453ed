"""check, show, new and schema; and what every command has in common: help, errors, exit codes."""

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import sim
from sim.cli.main import COMMANDS, cli
from sim.config import load
from sim.errors import UsageError
from tests.config.valid import VALID

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write("base.toml", VALID)


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def ok(*args: str) -> str:
    result: Result = CliRunner().invoke(cli, args, catch_exceptions=False)
    assert result.exit_code == 0
    assert result.stderr == ""
    return result.stdout


def python(*args: str, encoding: str = "utf-8") -> subprocess.CompletedProcess[str]:
    """Run a real process, as a user would."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONIOENCODING": encoding}
    return subprocess.run(
        [sys.executable, *args], capture_output=True, encoding=encoding, env=environment, check=False
    )


def refused(*args: str) -> list[str]:
    """Run a command that must end with exit code 2 and write nothing but an error."""
    done = python("-m", "sim", *args)
    assert done.returncode == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_help_lists_the_commands_and_imports_nothing_heavy() -> None:
    code = """
        import sys
        from sim.cli.main import main
        sys.argv = ["sim", "--help"]
        try:
            main()
        except SystemExit as end:
            assert end.code == 0
        heavy = {"pandas", "pyarrow", "numba", "numpy", "scipy", "pydantic", "rich", "simpy"}
        print("imported:", sorted(heavy & set(sys.modules)))
        """
    done = python("-c", textwrap.dedent(code))
    assert done.stderr == ""
    *help_text, imported = done.stdout.splitlines()
    assert imported == "imported: []"
    listed = [line.split()[0] for line in help_text[help_text.index("Commands:") + 1 :] if line[2] != " "]
    assert listed == list(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_all_and_of_one_say_the_same(name: str) -> None:
    assert f"\n  {COMMANDS[name].summary}\n" in ok(name, "--help")
    assert "--debug" in ok(name, "--help")


def test_every_command_that_writes_csv_files_asks_for_their_form() -> None:
    with_form = [name for name in COMMANDS if "--csv [en|da]" in ok(name, "--help")]
    assert with_form == ["run", "sweep", "compare", "ledger", "calibrate", "sensitivity", "validate"]


def test_version() -> None:
    assert ok("--version") == f"sim {sim.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", sim.__version__)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["chek", "a.toml"], "Error: no command 'chek'; did you mean check?"),
        (["zzz"], f"Error: no command 'zzz'; there are {', '.join(COMMANDS)}"),
        (["check"], "Error: Missing argument 'CONFIG...'."),
    ],
)
def test_mistyped_commands(args: list[str], message: str) -> None:
    result = CliRunner().invoke(cli, args, prog_name="sim")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == message


def test_usage_errors_end_with_2() -> None:
    assert "--json" in refused("show", "base.toml", "--jsn")[-1]


def test_check_tells_what_each_file_holds() -> None:
    write("v.toml", 'extends = "base.toml"\nstaffing.citizens_per_coordinator = 100\n')
    in_vain = "note: base.toml:18: meetings: has no effect: no group has a table [groups.NAME.meetings]"
    shrinks = (
        "note: base.toml:6: population.stock: 0.0 citizens come a week, and by the chances of exit the stock goes "
        "from 100 to about 35 in 104 weeks: fewer come than leave"
    )
    idle = "staffing: hours that nobody uses: hours wanted a week: none; 0 in all, and"
    assert ok("check", "base.toml", "v.toml").splitlines() == [
        "base.toml: ok (2 coordinators for 100 citizens, 104 weeks, 100 replications)",
        shrinks,
        f"note: base.toml:14: {idle} 2 posts have 60",
        in_vain,
        "v.toml: ok (1 coordinator for 100 citizens, 104 weeks, 100 replications)",
        shrinks,
        in_vain,
        f"note: v.toml:2: {idle} 1 posts have 30",
    ]


def test_check_counts_coordinators_by_department() -> None:
    departments = """
[departments.a]
coordinators = 2.5
[departments.b]
stock_share = 3
citizens_per_coordinator = 30
"""
    write("d.toml", VALID + departments)
    assert ok("check", "d.toml").startswith("d.toml: ok (5 coordinators for 100 citizens, ")


def test_check_lists_the_problems_of_all_files_once() -> None:
    write("bad.toml", VALID.replace("stock = 100", "stock = -1"))
    write("v.toml", 'extends = "bad.toml"\nrun.seed = true\n')
    done = python("-m", "sim", "check", "bad.toml", "base.toml", "v.toml", "bas.toml")
    assert done.returncode == 2
    assert done.stdout.startswith("base.toml: ok")
    assert done.stderr.splitlines() == [
        "bad.toml:6: population.stock: must be between 0 and 10000000; it is -1",
        "v.toml:2: run.seed: must be a whole number; it is true",
        "bas.toml: no such file; did you mean base.toml?",
    ]


def test_show_gives_each_value_with_its_line() -> None:
    write("v.toml", 'extends = "base.toml"\nrun.seed = 7\n')
    lines = {line.split(" = ")[0].strip(): line for line in ok("show", "v.toml").splitlines()}
    assert re.fullmatch(r"run\.seed +=  ?7 +# v\.toml:2", lines["run.seed"])
    assert lines["groups.ready.elapsed_weeks"].endswith("# base.toml:11")
    assert " = { gamma = { mean = 20, cv = 0.5 } } " in lines["groups.ready.elapsed_weeks"]
    assert lines["run.horizon_weeks"].endswith("# base.toml:3")
    assert lines["clarification"].split() == ["clarification", "=", '"none"', "#", "default"]


def test_show_lists_what_stands_under_a_key() -> None:
    assert ok("show", "base.toml", "run") == (
        "run.start                    = 2018-01-01  # base.toml:2\n"
        "run.horizon_weeks            = 104         # base.toml:3\n"
        "run.warm_up_weeks            = 0           # default\n"
        "run.replications             = 100         # default\n"
        "run.seed                     = 1           # default\n"
        "run.coordinator_period_weeks = 13          # default\n"
    )
    assert ok("show", "base.toml", "run.seed") == "run.seed = 1  # default\n"
    assert refused("show", "base.toml", "staffing.lerning") == [
        "staffing.lerning: this config has no such key; did you mean staffing.learning?"
    ]


def test_what_show_writes_is_the_same_config_again() -> None:
    shown = ok("show", "base.toml")
    write("again.toml", shown.replace("[0]", ""))
    assert load("again.toml").config == load("base.toml").config


def test_show_as_json() -> None:
    shown = json.loads(ok("show", "base.toml", "--json", "run.start"))
    assert shown == {
        "name": "base",
        "values": {"run.start": {"value": "2018-01-01", "source": "base.toml:2"}},
    }


def test_schema_to_the_screen_and_to_a_file() -> None:
    assert ok("schema", "--out", "schema.json") == "wrote schema.json\n"
    written = Path("schema.json").read_bytes()
    assert json.loads(written) == json.loads(ok("schema"))
    assert b"\r" not in written
    assert refused("schema", "--out", "no/such/folder.json") == [
        "no/such/folder.json: cannot be written: No such file or directory"
    ]


def test_a_new_config_is_valid_as_it_is() -> None:
    assert ok("new", "my_centre") == "wrote configs/my_centre.toml; next: sim check configs/my_centre.toml\n"
    told, examples = ok("check", "configs/my_centre.toml").splitlines()
    assert told.startswith("configs/my_centre.toml: ok (7.1 coordinators for 910 citizens, ")
    assert " figures are still the template's, only examples: lines " in examples


def test_every_mechanism_in_the_template_can_be_switched_on() -> None:
    ok("new", "all", "--dir", ".")
    text = Path("all.toml").read_text(encoding="utf-8")
    write("all.toml", re.sub(r"(?m)^#(?=[^ #\n])", "", text))
    config = load("all.toml").config
    for section in (config, config.staffing, config.meetings, config.discretionary):
        assert section is not None
        assert [name for name in type(section).model_fields if getattr(section, name) is None] == []
    assert list(config.groups) == ["ready", "vulnerable", "resource_course"]
    assert list(config.programmes) == ["mentor"]


def test_a_new_variant_states_what_it_extends() -> None:
    ok("new", "centre")
    ok("new", "fifty.toml", "--extends", "centre")
    assert 'extends = "centre.toml"\n' in Path("configs/fifty.toml").read_text(encoding="utf-8")
    assert load("configs/fifty.toml").config == load("configs/centre.toml").config
    ok("new", "other", "--extends", "base.toml", "--dir", "deep/er")
    assert 'extends = "../../base.toml"\n' in Path("deep/er/other.toml").read_text(encoding="utf-8")
    assert load("deep/er/other.toml").config == load("base.toml").config


def test_what_new_refuses() -> None:
    rule = "not a name for a config; use letters a-z, digits, _ and -, such as my_centre"
    assert refused("new", "a b") == [f"a b: {rule}"]
    for name in ("../a", "å", "con", "LPT1.toml", ".hidden", "a.b", ""):
        with pytest.raises(UsageError, match=f"^{re.escape(name)}: not a name"):
            ok("new", name)
    assert refused("new", "base", "--dir", ".") == ["base.toml: exists already; choose another name"]
    assert Path("base.toml").read_text(encoding="utf-8") == VALID
    assert refused("new", "v", "--extends", "bse.toml") == ["bse.toml: no such file; did you mean base.toml?"]
    assert not Path("configs").exists()


def test_new_writes_an_experiment() -> None:
    told = ok("new", "ladder", "--experiment", "--extends", "base.toml")
    assert told == "wrote experiments/ladder.toml; next: sim sweep --dry-run experiments/ladder.toml\n"
    assert ok("check", "experiments/ladder.toml") == (
        "experiments/ladder.toml: ok (experiment, 2 points x 100 replications)\n"
    )
    text = Path("experiments/ladder.toml").read_text(encoding="utf-8")
    write("experiments/ladder.toml", text.replace("# [", "[").replace("# staffing", "staffing"))
    assert "4 points" in ok("check", "experiments/ladder.toml")
    write("configs/other.toml", VALID)
    ok("new", "second", "--experiment", "--extends", "other")
    assert 'base = "../configs/other.toml"' in Path("experiments/second.toml").read_text(encoding="utf-8")
    assert refused("new", "x", "--experiment") == [
        "--experiment: needs --extends CONFIG, the config that its points start from"
    ]


def test_check_tells_the_problems_of_experiments_and_configs() -> None:
    write("e.toml", '[experiment]\nbase = "base.toml"\n[factors."run.horizon_weeks"]\nvalues = [0]\n')
    assert refused("check", "e.toml", "no.toml") == [
        "e.toml:4: run.horizon_weeks: must be between 1 and 5200; it is 0",
        "no.toml: no such file",
    ]


def test_the_schema_of_experiments() -> None:
    assert json.loads(ok("schema", "--experiment"))["title"] == "Experiment"


def test_debug_shows_the_traceback_wherever_it_stands() -> None:
    for args in (["--debug", "check", "no.toml"], ["check", "no.toml", "--debug"]):
        done = python("-m", "sim", *args)
        assert done.returncode == 2
        assert done.stderr.startswith("Traceback")
        assert done.stderr.splitlines()[-1] == "no.toml: no such file"


FAILING = """
import sys
import click
from sim.cli.main import COMMANDS, Entry, main
from sim.errors import RunFailed

@click.command()
def run():
    raise {error}

sys.modules["failing"] = sys.modules["__main__"]
COMMANDS["run"] = Entry("failing", "run", "")
sys.argv = ["sim", "run"]
main()
"""


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        ("RunFailed('replication 3 failed')", 1, "replication 3 failed"),
        (
            "ZeroDivisionError('division\\nby zero')",
            1,
            "sim: an error in the program itself (ZeroDivisionError: division by zero); "
            "repeat the command with --debug to see where",
        ),
        ("KeyboardInterrupt", 130, "stopped"),
        ("RunFailed('Rødovre → 50')", 1, "Rødovre → 50"),
    ],
)
def test_exit_codes(error: str, code: int, message: str) -> None:
    write("failing.py", FAILING.format(error=error))
    done = python("failing.py")
    assert done.returncode == code
    assert done.stdout == ""
    assert done.stderr.split("\n")[-2] == message
    assert "Traceback" not in done.stderr


def test_a_console_of_an_old_code_page_shows_what_it_can() -> None:
    write("failing.py", FAILING.format(error="RunFailed('Rødovre → 50')"))
    done = python("failing.py", encoding="cp1252")
    assert done.returncode == 1
    assert done.stderr == "Rødovre ? 50\n"
