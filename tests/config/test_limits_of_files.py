"""What is no file, or is larger, deeper or longer than any config, is refused in one line; nothing hangs."""

import os
import threading
import unicodedata
from pathlib import Path

import pytest

from sim import input_files
from sim.config import ConfigError, load, parse_override
from sim.config.toml.limits import MOST_BYTES, MOST_FILES
from tests.config.valid import VALID


@pytest.fixture(autouse=True)
def _in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def problems(path: str = "a.toml") -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path)
    return caught.value.problems


DEEP = "lists or tables are nested too deeply; at most 20 are allowed"
PARTS = "a dotted key has too many parts; at most 20 are allowed"
TEXTS = {
    "lists within lists": (
        "a = " + "[" * 100_000,
        "1: lists or tables are nested too deeply; at most 20 are allowed",
    ),
    "tables within tables": (
        "\na = " + "{ b = " * 600,
        f"2: {DEEP}",
    ),
    "parts of a key": (".".join("a" * 600) + " = 1", f"1: {PARTS}"),
    # tomllib would be at it for minutes.
    "very many parts of a key": (
        "[" + ".".join("a" * 400_000) + "]",
        f"1: {PARTS}",
    ),
    "together": (
        f"[{'.'.join('abcdefghij')}]\n{'.'.join('abcdefghijk')} = 1",
        f"2: {DEEP}",
    ),
    "digits": ("\n\na = " + "9" * 5000, "3: a number has too many digits; at most 1,000 are allowed"),
    "hexadecimal digits": ("a = 0x" + "f" * 4000, "1: a number has too many digits; at most 1,000 are allowed"),
    "values": ("a = [" + "1," * 50_000 + "]", "1: there are more than 50,000 values in one file"),
    "a long name": (f"[groups.{'a' * 300}]", "1: a name of 300 letters is too long; at most 200 are allowed"),
    "a control character": (
        '[groups."a\\u001b[31m"]',
        "1: a name may not hold the invisible character U+001B",
    ),
    "a mark of direction": (
        '"a\u202e" = 1',
        "1: a name may not hold the invisible character U+202E (right-to-left override)",
    ),
    "a space of no width": (
        '"a\u200b" = 1',
        "1: a name may not hold the invisible character U+200B (zero width space)",
    ),
    "a letter in parts": (
        '[groups."\\u0061\\u030arhus"]',
        "1: a name may not put a letter together from parts; write the letter itself",
    ),
    # A pattern that looks again from every space would take minutes.
    "spaces": (" " * 60_000 + "x y", "1: expected key = value"),
    "spaces before a value": (
        "a = " + " " * 60_000 + "x y",
        "1: the value is missing or is none that TOML knows; a text needs quotes",
    ),
}


@pytest.mark.parametrize(("text", "expected"), TEXTS.values(), ids=TEXTS)
def test_texts(text: str, expected: str) -> None:
    Path("a.toml").write_text(text, encoding="utf-8")
    assert problems() == [f"a.toml:{expected}"]


def test_up_to_the_limits() -> None:
    deepest = f"[{'.'.join('abcdefghij')}]\n{'.'.join('abcdefghij')} = 1\n"
    Path("a.toml").write_text(VALID + f"[groups.{'g' * 200}]\nbenefit = 'c'\n", encoding="utf-8")
    assert load("a.toml").config.groups["g" * 200].benefit == "c"
    Path("a.toml").write_text(f"{deepest}[x]\ny = {'9' * 1000}\n", encoding="utf-8")
    assert [line[:18] for line in problems() if "unknown" in line] == ["a.toml:1: a: unkno", "a.toml:3: x: unkno"]


def test_the_size_of_a_file() -> None:
    Path("a.toml").write_text(VALID + "#" * (MOST_BYTES - len(VALID.encode())), encoding="utf-8")
    assert load("a.toml").config.population.stock == 100
    with Path("a.toml").open("a", encoding="utf-8") as file:
        file.write("#")
    assert problems() == ["a.toml: is larger than 1 MB"]


def test_a_chain_of_files() -> None:
    for number in range(MOST_FILES):
        Path(f"{number}.toml").write_text(f'extends = "{number + 1}.toml"\nrun.seed = {number}\n', encoding="utf-8")
    Path(f"{MOST_FILES}.toml").write_text(VALID, encoding="utf-8")
    assert load("1.toml").config.run.seed == 1
    assert problems("0.toml") == ["19.toml:1: extends: the chain of files from 0.toml is longer than 20"]


def test_very_many_mistakes() -> None:
    Path("a.toml").write_text("".join(f"[groups.g{i}]\nbenefits = 1\n" for i in range(1000)), encoding="utf-8")
    told = problems()
    assert "a.toml:2: groups.g0.benefits: unknown key; did you mean benefit?" in told
    assert len(told) < 110


def test_a_word_in_two_unicode_forms_is_one_name() -> None:
    composed, parts = (unicodedata.normalize(form, "åben") for form in ("NFC", "NFD"))
    assert composed != parts
    Path("base.toml").write_text(VALID.replace("groups.ready", f'groups."{composed}"'), encoding="utf-8")
    Path(f"{parts}.toml").write_text(
        f'extends = "base.toml"\n[groups."{parts}"]\nbenefit = "other"', encoding="utf-8"
    )
    Path("v.toml").write_text(f'extends = "{composed}.toml"', encoding="utf-8")
    assert {name: group.benefit for name, group in load("v.toml").config.groups.items()} == {composed: "other"}
    Path("a.toml").write_text(f'[groups."{composed}"]\nx = 1\n[groups."{parts}"]', encoding="utf-8")
    assert problems() == ["a.toml:3: this table stands in the file already; put its keys together"]


@pytest.mark.posix
def test_a_broken_link() -> None:
    Path("base.toml").symlink_to("gone.toml")
    assert problems("base.toml") == ["base.toml: is a link to gone.toml, which is not there"]


@pytest.mark.posix
def test_a_name_that_no_file_can_have() -> None:
    name = "a" * 300 + ".toml"
    assert problems(name) == [f"{name}: cannot be read: File name too long"]


@pytest.mark.posix
def test_a_name_that_is_not_utf8() -> None:
    name = os.fsdecode(b"k\xe6r.toml")
    Path(name).write_text(VALID, encoding="utf-8")
    assert problems(name) == ["k\\udce6r.toml: the name of the file is not UTF-8 text; rename it"]


@pytest.mark.posix
def test_devices_and_pipes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(input_files, "_PIPE_SECONDS", 0.05)
    os.mkfifo("pipe")
    Path("v.toml").write_text('extends = "pipe"', encoding="utf-8")
    assert problems("/dev/zero") == ["/dev/zero: is a device, not a file"]
    assert problems("pipe") == ["pipe: is a pipe, and nothing was written to it for 0.05 seconds"]
    assert problems("v.toml") == ["pipe: is a pipe, not a file"]


@pytest.mark.posix
def test_a_config_from_a_pipe() -> None:
    os.mkfifo("pipe")
    text = f"{VALID}# {'x' * 200_000}\n"  # More than a pipe holds at a time.
    writer = threading.Thread(target=lambda: Path("pipe").write_text(text, encoding="utf-8"))
    writer.start()
    try:
        assert load("pipe").config.population.stock == 100
    finally:
        writer.join()


@pytest.mark.posix
def test_a_pipe_that_never_ends() -> None:
    os.mkfifo("pipe")

    def write() -> None:
        with Path("pipe").open("wb", buffering=0) as pipe:
            while True:
                pipe.write(b"#" * 65_536)

    def until_closed() -> None:
        with pytest.raises(BrokenPipeError):
            write()

    writer = threading.Thread(target=until_closed)
    writer.start()
    try:
        assert problems("pipe") == ["pipe: is larger than 1 MB"]
    finally:
        writer.join()


def test_overrides_have_the_same_limits() -> None:
    for text, words in (
        ("run.seed=" + "9" * 5000, "a number has too many digits; at most 1,000 are allowed"),
        ("run.seed=" + "[" * 50, "lists or tables are nested too deeply; at most 20 are allowed"),
    ):
        with pytest.raises(ConfigError) as caught:
            parse_override(text)
        assert caught.value.problems[0].endswith(words)
    Path("a.toml").write_text(VALID, encoding="utf-8")
    with pytest.raises(ConfigError, match="the key must be dotted names"):
        load("a.toml", {".".join("a" * 600): 1})
    with pytest.raises(ConfigError, match="a number of too many digits cannot stand in a config"):
        load("a.toml", {"run.seed": 10**5000})


def test_a_library_opens_only_files() -> None:
    with pytest.raises(input_files.NotAFile, match="is a folder, not a file"):
        input_files.require_file(Path())
    with pytest.raises(FileNotFoundError):
        input_files.require_file(Path("a.toml"))
    Path("a.toml").touch()
    input_files.require_file(Path("a.toml"))
