"""Text of other people, made safe for a terminal, a message of one line, a TOML text and a cell of a CSV file."""

import csv
import io
import tomllib
from pathlib import Path

import pytest

from sim.config.toml.toml_text import key_text, value_text
from sim.errors import ConfigError, UsageError
from sim.report.terminal import _print
from sim.report.view import Column, Page, View
from sim.safe_text import csv_text, is_utf8, safe_line, shortened
from sim.store.csv_file import write_csv
from sim.store.provenance import command_line

RED, CSI, BACKWARDS = "\x1b[31m", "\x9b31m", "\u202e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("rådgivning, 50 %", "rådgivning, 50 %"),
        ("日本 ‰ 👩\u200d🔬", "日本 ‰ 👩\u200d🔬"),
        (f"{RED}a", "\\x1b[31ma"),
        (CSI, "\\x9b31m"),
        ("a\r\n\tb\x7f\x00", "a\\x0d\\x0a\\x09b\\x7f\\x00"),
        (f"a{BACKWARDS}b\u2028c", "a\\u202eb\\u2028c"),
        ("k\udce6r", "k\\udce6r"),
    ],
)
def test_a_line(text: str, shown: str) -> None:
    assert safe_line(text) == shown
    assert safe_line(shown) == shown


@pytest.mark.parametrize("text", [f"{RED}a", f'"{CSI}\\', f"{BACKWARDS}\x7f\u2028\n", "åben", "plain"])
def test_toml_holds_the_same_text_again(text: str) -> None:
    written = f"{key_text((text,))} = {value_text(text)}"
    assert safe_line(written) == written
    assert tomllib.loads(written) == {text: text}


@pytest.mark.parametrize("text", ["=1+1", "+a", "-a", "@a", "\ta", "\ra", "\na", "-1+cmd|x", "＝1", "-", "+"])
def test_a_cell_that_begins_a_formula(text: str) -> None:
    assert csv_text(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=1", "50+new", "-1", "+1.5", "-2e-05", "'=1"])
def test_a_cell_that_begins_none(text: str) -> None:
    assert csv_text(text) == text


def test_csv_files_begin_no_formula(tmp_path: Path) -> None:
    columns: list[list[object]] = [["=a", "b", "=a"], ["@x", 1, None], ["-0.5", "+9", "-x"], [-1, 2, 3]]
    write_csv(tmp_path / "a.csv", ["=SUM(A1)", "b", "c", "d"], columns)
    rows = list(csv.reader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8"))))
    assert rows == [
        ["'=SUM(A1)", "b", "c", "d"],
        ["'=a", "'@x", "-0.5", "-1"],
        ["b", "1", "+9", "2"],
        ["'=a", "", "'-x", "3"],
    ]


def test_a_terminal_obeys_no_name() -> None:
    bad = f"{RED}{CSI}{BACKWARDS}"
    shown = io.StringIO()
    view = View(bad, (Column(bad), Column(bad, short=bad, part=bad)), ((bad, bad), ("a\nb", "c")), names=(bad,))
    for narrow in (False, True):
        _print(Page((view,), (bad,), (bad,), (bad,), (bad,)), shown, narrow=narrow)
    text = shown.getvalue()
    assert not set(text) & {"\x1b", "\x9b", BACKWARDS}
    assert text.count("\\x1b[31m\\x9b31m\\u202e") >= 14
    assert "a\\x0ab" in text


def test_errors_are_safe_to_show() -> None:
    assert str(UsageError(f"{RED}: no\nto go on: {CSI}")) == "\\x1b[31m: no\nto go on: \\x9b31m"
    error = ConfigError(["a.toml:1: x\nb.toml: ok", "y" * 5000])
    assert error.problems[0] == "a.toml:1: x\\x0ab.toml: ok"
    assert error.problems[1] == f"{'y' * 997} ... {'y' * 997}"


def test_a_command_is_kept_as_text() -> None:
    assert is_utf8(command_line(["sim", "run", "d\udce6r/a.toml", RED]))
    assert "\x1b" not in command_line([RED])


def test_shortened() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("a" * 50 + "b" * 50, 25) == "a" * 10 + " ... " + "b" * 10
