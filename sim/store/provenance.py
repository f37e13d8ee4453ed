"""What made a result: the version of the rules, the code, and the machine it ran on."""

import functools
import hashlib
import platform
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from sim import __version__
from sim.safe_text import safe_line

_PACKAGE = Path(__file__).resolve().parent.parent
_LIBRARIES = ("numpy", "pandas", "pyarrow", "scipy", "simpy", "numba", "llvmlite", "pydantic")


@functools.cache
def code_version() -> str:
    """Version of the program and a fingerprint of all its code, by which machines that work together are compared.

    Results are identified by the version of the rules alone (`sim.model.version`).
    """
    digest = hashlib.sha256()
    for file in sorted(_PACKAGE.glob("**/*.py")):
        digest.update(file.relative_to(_PACKAGE).as_posix().encode("utf-8"))
        # Checkouts on Windows may have other line ends; the code is the same.
        digest.update(file.read_bytes().replace(b"\r\n", b"\n"))
    return f"{__version__}+{digest.hexdigest()[:12]}"


@functools.cache
def library_versions() -> Mapping[str, str]:
    """Versions of the libraries that results, or the bytes of files, may follow from."""
    return {name: version(name) for name in _LIBRARIES}


@functools.cache
def environment() -> Mapping[str, object]:
    """The program, the interpreter, libraries, platform and, in a checkout, the commit."""
    return {
        "version": __version__,
        "python": platform.python_version(),
        "libraries": dict(library_versions()),
        "platform": platform.platform(),
        "commit": _commit(),
    }


def _commit() -> str | None:
    """Commit of the checkout the program runs from ("-dirty" if files differ), if it is one."""
    root = _PACKAGE.parent
    if not (root / ".git").exists():
        return None
    try:
        described = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"],
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return described.stdout.strip()


def this_command() -> str:
    """Write the command that was typed, so that it can be copied back into the shell."""
    return command_line([*_program(), *sys.argv[1:]])


def _program() -> list[str]:
    """Name the program as it was called: by its name, by a path where the shell does not find it, or by Python."""
    script = Path(sys.argv[0])
    if (script.parent.name, script.name) == (_PACKAGE.name, "__main__.py"):
        return [sys.orig_argv[0], "-m", _PACKAGE.name]
    found = shutil.which(script.stem)
    if script.stem != _PACKAGE.name or (found is not None and Path(found).resolve() == script.resolve()):
        return [_PACKAGE.name]
    return [sys.argv[0]]


def command_line(arguments: list[str]) -> str:
    """Write a command so that it can be copied back into this platform's shell."""
    join = subprocess.list2cmdline if sys.platform == "win32" else shlex.join
    return safe_line(join(arguments))
