"""The line of every key, checked against tomllib on documents written to mislead."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.config.toml.key_lines import KeyPath, key_lines, split_key

LOOK_ALIKES = ["[k0]", "k0 = 1", "[[k0]]", "# k0", "]", "}", ",", "{", "'", "k0.k1 = [", "\\\\", ""]


class Writer:
    """Writes a document of random style; every key holds a number of its own, every integer too."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.count = 0

    def pick(self, *options: str) -> str:
        return self.draw(st.sampled_from(options))

    def number(self) -> int:
        self.count += 1
        return self.count

    def key(self) -> str:
        name = f"k{self.number()}_"
        look_alike = self.draw(st.sampled_from(LOOK_ALIKES))
        return self.pick(name, f'"{name}{look_alike}"', f"'{name}{look_alike.replace(chr(39), '')}'", f'"{name}\\""')

    def dotted(self) -> str:
        dot = self.pick(".", " . ")
        return dot.join(self.key() for _ in range(self.draw(st.integers(1, 3))))

    def string(self) -> str:
        text = self.draw(st.sampled_from(LOOK_ALIKES))
        plain = text.replace("'", "")
        return self.pick(
            f'"{text}"',
            f'"\\"{text}"',
            f"'{plain}'",
            f'"""{text}"""',
            f'"""\n{text}\n{text} "quoted" \\""""',
            f'"""{text}"""""',
            f"'''\n{plain}\n'{plain}'''",
        )

    def scalar(self) -> str:
        return self.pick(
            f"9000{self.number()}", "1.5", "true", "1979-05-27 07:32:00", "1979-05-27", "nan", self.string()
        )

    def comment(self) -> str:
        text = self.draw(st.sampled_from(LOOK_ALIKES))
        return self.pick("", f"# {text}", "  # \"\"\" '''")

    def value(self, depth: int = 0) -> str:
        kind = self.pick("scalar", "scalar", "list", "table") if depth < 3 else "scalar"
        if kind == "scalar":
            return self.scalar()
        items = [self.value(depth + 1) for _ in range(self.draw(st.integers(0, 3)))]
        if kind == "list":
            gap = self.pick("", " ", f"\n{self.comment()}\n\n  ")
            comma = f"{gap},{gap}"
            return f"[{gap}{comma.join(items)}{gap}{self.pick('', ',') if items else ''}{gap}]"
        return "{ " + ", ".join(f"{self.dotted()} = {item}" for item in items) + " }"

    def statements(self) -> Iterator[str]:
        for _ in range(self.draw(st.integers(0, 3))):
            indent, equals = self.pick("", "  "), self.pick("=", " =  ")
            yield f"{indent}{self.dotted()}{equals}{self.value()} {self.comment()}"
            yield self.pick("", "\n", self.comment())

    def document(self) -> str:
        lines = list(self.statements())
        for _ in range(self.draw(st.integers(0, 4))):
            name = self.dotted()
            if self.pick("table", "list") == "table":
                lines += [f"[ {name} ]{self.comment()}", *self.statements()]
                continue
            for _ in range(self.draw(st.integers(1, 3))):
                lines += [f"[[{name}]]", *self.statements()]
                lines += [f"[{name}.{self.key()}]", *self.statements()]
        return "\n".join(lines) + self.pick("", "\n")


@st.composite
def documents(draw: st.DrawFn) -> str:
    return Writer(draw).document()


def paths(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Any]]:
    """Every key and list element that tomllib finds."""
    if path:
        yield path, value
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from paths(item, (*path, key))


@settings(max_examples=100, deadline=None, derandomize=True)
@given(documents())
def test_every_key_has_the_line_it_stands_on(text: str) -> None:
    lines = text.split("\n")
    found = key_lines(text)
    expected = dict(paths(tomllib.loads(text)))
    assert found.keys() == expected.keys()
    for path, value in expected.items():
        line = lines[found[path] - 1]
        name = path[-1]
        if isinstance(name, str):
            assert name[: name.index("_") + 1] in line
        elif isinstance(value, int) and not isinstance(value, bool):
            assert str(value) in line


def test_lines_of_a_document() -> None:
    text = """\
a.b = 1
[x."y.z"]       # [no]
q = '''
[no]
k = 1'''
r = [1, # ],
  { s = 2 },
]
[[t]]
d = 1979-05-27 07:32:00
[t.u]
[[t]]
[[t.w]]
z = "]"
"""
    assert key_lines(text) == {
        ("a",): 1,
        ("a", "b"): 1,
        ("x",): 2,
        ("x", "y.z"): 2,
        ("x", "y.z", "q"): 3,
        ("x", "y.z", "r"): 6,
        ("x", "y.z", "r", 0): 6,
        ("x", "y.z", "r", 1): 7,
        ("x", "y.z", "r", 1, "s"): 7,
        ("t",): 9,
        ("t", 0): 9,
        ("t", 0, "d"): 10,
        ("t", 0, "u"): 11,
        ("t", 1): 12,
        ("t", 1, "w"): 13,
        ("t", 1, "w", 0): 13,
        ("t", 1, "w", 0, "z"): 14,
    }


def test_split_key() -> None:
    assert split_key("a.b") == ("a", "b")
    assert split_key('groups."parat nu".x') == ("groups", "parat nu", "x")


@pytest.mark.parametrize("text", ["", "a.", "a b", "é", "a = 1\nb", "a\nb", "[x]\na", "a # c"])
def test_what_is_not_a_key(text: str) -> None:
    with pytest.raises(ValueError, match="is not a key"):
        split_key(text)
