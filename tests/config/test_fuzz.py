"""Ten thousand damaged configs and experiments: each is accepted or refused in words; none hangs or crashes."""

import io
import random
import shutil
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path

import pytest

from docs.reference.shipped import CONFIGS, EXPERIMENTS, SHIPPED_CONFIGS, SHIPPED_EXPERIMENTS
from sim.cli.check import check
from sim.config.examples import template
from sim.errors import ConfigError

SHARDS, CASES = 10, 1000
SECONDS = 60
"""Time of the processor for one file, however busy the machine is; most take some milliseconds."""

ODD = (
    "-1", "0", "1e308", "1e-308", "-0.0", "inf", "nan", "9999999999999999999999", "0x" + "f" * 2000, "128.000",
    "1.200.000", "0,5", "42 %", "2018-01-01", "9999-12-31", "0001-01-01", "01-01-2026", "12:00:00", "true", '"none"',
    '""', '"\\u001b[31m"', '"\\ud800"', "'''x", "[]", "{}", "[[]]", "{ constant = 1 }", "{ gamma = { mean = 1 } }",
    '"a\u0301"', "\u202e", "\x00", "æøå", " " * 5000, "[" * 300, "a." * 300, "#", "=", "\n", "\r", '"""', "," * 50,
)  # fmt: skip
"""What stands in a file where something else should."""


def flip(text: bytes, chance: random.Random) -> bytes:
    changed = bytearray(text)
    for _ in range(chance.choice((1, 1, 2, 8))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(text: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(text))
    return text[:begin] + text[begin + chance.choice((1, 3, 40, len(text))) :]


def repeat(text: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(text))
    return text[:begin] + text[begin : begin + chance.randrange(200)] * chance.choice((2, 2, 50)) + text[begin:]


def insert(text: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(text))
    return text[:at] + chance.choice(ODD).encode("utf-8", "surrogatepass") + text[at:]


def lines(text: bytes, chance: random.Random) -> bytes:
    made = text.split(b"\n")
    i, j = (chance.randrange(len(made)) for _ in range(2))
    kind = chance.randrange(4)
    if kind == 0:
        made[i], made[j] = made[j], made[i]
    elif kind == 1:
        del made[i]
    elif kind == 2:
        made.insert(j, made[i])
    else:
        made[i] = made[i][: len(made[i]) // 2] + made[j][len(made[j]) // 2 :]
    return b"\n".join(made)


def value(text: bytes, chance: random.Random) -> bytes:
    """Put something odd in place of a value, so that most files are still TOML."""
    made = text.split(b"\n")
    stated = [i for i, line in enumerate(made) if b" = " in line and not line.startswith(b"#")]
    for i in chance.sample(stated, min(len(stated), chance.choice((1, 1, 3)))):
        key = made[i].partition(b" = ")[0]
        made[i] = key + b" = " + chance.choice(ODD).encode("utf-8", "surrogatepass")
    return b"\n".join(made)


def name(text: bytes, chance: random.Random) -> bytes:
    """Put another name of the file in place of one, as where somebody has taken the wrong key."""
    words = sorted({word for word in text.replace(b".", b" ").split() if word.replace(b"_", b"").isalpha()}) or [
        b"a"
    ]
    old, new = chance.choice(words), chance.choice(words)
    return text.replace(old, new, chance.choice((1, -1)))


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    flip,
    cut,
    repeat,
    insert,
    lines,
    value,
    value,
    name,
)


@contextmanager
def limited(seconds: int) -> Iterator[None]:
    """Raise a TimeoutError in the block when it takes longer."""

    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def outcome(file: Path) -> str:
    """Check a file as ``sim check`` does; say what came of it."""
    shown = io.StringIO()
    try:
        with limited(SECONDS), redirect_stdout(shown):
            assert check.callback is not None
            check.callback((str(file),))
    except ConfigError as error:
        said = str(error)
    except TimeoutError:
        return "hang"
    except Exception as error:
        return f"failed: {type(error).__name__}: {error}"
    else:
        said = shown.getvalue()
    odd = [c for c in said if c != "\n" and not c.isprintable() and c not in "\u00a0\u00ad"]
    if odd:
        return f"unsafe: {odd[0]!r}"
    return "accepted" if shown.getvalue() else "refused" if said else "refused without a word"


def fuzz(folder: Path, seed: int, cases: int) -> tuple[Counter[str], dict[str, bytes]]:
    """Damage files and check them; counts the outcomes, and gives an example of each that must not be."""
    shutil.copytree(CONFIGS, folder / "configs")
    shutil.copytree(EXPERIMENTS, folder / "experiments")
    sources = [(file.parent.name, file.read_bytes()) for file in (*SHIPPED_CONFIGS, *SHIPPED_EXPERIMENTS[:3])]
    sources += [("configs", template().encode())] * 5
    chance, found = random.Random(seed), Counter[str]()
    bad: dict[str, bytes] = {}
    for _ in range(cases):
        where, text = chance.choice(sources)
        for _ in range(chance.choice((1, 1, 2))):
            text = chance.choice(MUTATIONS)(text, chance) or b"#"
        file = folder / where / "damaged.toml"
        file.write_bytes(text)
        result = outcome(file)
        found[result] += 1
        if result not in {"accepted", "refused"}:
            bad.setdefault(result, text)
    return found, bad


@pytest.mark.posix
@pytest.mark.long
@pytest.mark.parametrize("shard", range(SHARDS))
def test_damaged_files(shard: int, tmp_path: Path) -> None:
    found, bad = fuzz(tmp_path, shard, CASES)
    print(dict(found))
    assert bad == {}
    assert found["accepted"] + found["refused"] == CASES
    assert min(found["accepted"], found["refused"]) > CASES // 20
