"""The built wheel holds all that a report is made of: it works where there is no source tree."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from sim.report.language import DANISH, ENGLISH

ROOT = Path(__file__).parents[2]


def done(*words: str | Path, cwd: Path) -> str:
    """Output of a command that must succeed, without this test's own paths of Python."""
    others = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    found = subprocess.run(words, cwd=cwd, env=others, check=False, capture_output=True, text=True, encoding="utf-8")
    assert found.returncode == 0, found.stderr
    return found.stdout


@pytest.mark.long
def test_the_wheel_alone_makes_a_report_and_a_page_of_a_replay(tmp_path: Path) -> None:
    build: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--quiet",
        "--wheel-dir",
        tmp_path / "wheel",
        ROOT,
    ]
    built = subprocess.run(build, check=False, capture_output=True, text=True, encoding="utf-8")
    if built.returncode and "No matching distribution found for hatchling" in built.stderr:
        pytest.skip("building a wheel needs hatchling, which no package index here has")
    assert built.returncode == 0, built.stderr
    (wheel,) = (tmp_path / "wheel").glob("*.whl")
    home = tmp_path / "environment"
    done(sys.executable, "-m", "venv", "--without-pip", home, cwd=tmp_path)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--quiet", wheel, cwd=tmp_path)
    # The libraries of this environment; what is installed in it as an editable package is not found that way.
    packages = Path(
        done(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path).strip()
    )
    (packages / "libraries.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    assert home.as_posix() in Path(done(python, "-c", "import sim; print(sim.__file__)", cwd=tmp_path)).as_posix()

    shutil.copytree(ROOT / "configs", tmp_path / "configs")
    configs = [f"configs/{name}.toml" for name in ("50_per_worker", "130_per_worker")]
    done(python, "-m", "sim", "run", *configs, "--replications", "3", "--quiet", cwd=tmp_path)
    runs = ["results/50_per_worker", "results/130_per_worker"]
    for language in (ENGLISH, DANISH):
        out = f"{language.code}.html"
        done(python, "-m", "sim", "report", *runs, "--language", language.code, "--out", out, cwd=tmp_path)
        assert language.say("How sure?") in (tmp_path / out).read_text(encoding="utf-8")
    done(python, "-m", "sim", "replay", runs[1], "--html", "film.html", cwd=tmp_path)
    assert (tmp_path / "film.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
