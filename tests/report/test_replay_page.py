"""The animated page in a browser: it loads nothing, plays to the end, and ends with the counts of the tables."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import sim
from sim.analysis.lives.film import CONDITIONS
from sim.catalogue import DESTINATIONS
from sim.cli.main import cli

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

SMALL = Path(__file__).parents[1] / "engine" / "two_departments.toml"
LANGUAGES = ("en", "da")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run with a name that a page must not obey, and its pages in both languages."""
    pytest.importorskip("jinja2", reason='jinja2 is not installed: pip install "jobcentre-sim[report]"')
    folder = tmp_path_factory.mktemp("page")
    config = folder / "a<b>.toml"
    config.write_text(SMALL.read_text(encoding="utf-8"), encoding="utf-8")
    sim.run(config, replications=1, out=folder / "run")
    for language in LANGUAGES:
        sim.replay(folder / "run", 0, language=language).write_page(folder / f"{language}.html")
    return folder


@pytest.fixture(scope="module")
def browser() -> "Iterator[Browser]":
    executable = shutil.which("chromium")
    api = pytest.importorskip("playwright.sync_api", reason='playwright is not installed: pip install ".[test]"')
    if executable is None:
        pytest.skip("there is no chromium on this computer")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser: "Browser", file: Path, troubles: list[str], **options: object) -> "Page":
    """Open a page, and note what it says on the console and asks for."""
    page = browser.new_page(**options)  # type: ignore[arg-type]
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: troubles.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    return page


def _expect(locator: "Locator") -> Any:
    from playwright.sync_api import expect

    return expect(locator)


def counts(page: "Page") -> dict[str, int]:
    cells = page.locator("[data-count]").all()
    return {str(cell.get_attribute("data-count")): int(re.sub(r"\D", "", cell.inner_text())) for cell in cells}


def ends(folder: Path) -> dict[str, int]:
    """What the tables say at the horizon."""
    weekly = pd.read_parquet(folder / "run" / "weekly")
    last = weekly[weekly["week"] == weekly["week"].max()]
    later = weekly[weekly["week"] > 0]
    return {
        "stock": int(last["stock"].sum()),
        "entries": int(later["entries"].sum()),
        **{condition: int(last[condition].sum()) for condition in CONDITIONS},
        **{f"exits_{one}": int(later[f"exits_{one}"].sum()) for one in DESTINATIONS},
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", LANGUAGES)
def test_played_to_the_end_it_has_the_counts_of_the_tables(
    language: str, width: int, folder: Path, browser: "Browser"
) -> None:
    troubles: list[str] = []
    page = opened(browser, folder / f"{language}.html", troubles, viewport={"width": width, "height": 900})
    end = str(page.get_attribute("#week", "max"))
    if (language, width) != ("en", 1280):  # All weeks are played once.
        page.keyboard.press("End")
        for _ in range(8):
            page.keyboard.press("ArrowLeft")
    page.select_option("#speed", "12")
    page.click("#play")
    _expect(page.locator("#week")).to_have_value(end, timeout=60_000)
    _expect(page.locator("#play")).to_have_attribute("aria-pressed", "false", timeout=60_000)
    assert counts(page) == ends(folder)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert troubles == []
    page.close()


def test_keys_move_it_and_back_is_the_same_as_there(folder: Path, browser: "Browser") -> None:
    troubles: list[str] = []
    page = opened(browser, folder / "en.html", troubles)
    page.keyboard.press("ArrowRight")
    first = counts(page)
    assert page.inner_text("#now").startswith("week 1, ")
    page.keyboard.press("End")
    assert counts(page) == ends(folder)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert counts(page) == first
    page.keyboard.press("Space")
    assert page.get_attribute("#play", "aria-pressed") == "true"
    page.keyboard.press("Space")
    assert page.get_attribute("#play", "aria-pressed") == "false"
    page.keyboard.press("+")
    assert page.input_value("#speed") == "4"
    assert troubles == []
    page.close()


def test_a_citizen_is_followed(folder: Path, browser: "Browser") -> None:
    page = opened(browser, folder / "en.html", [])
    citizens = pd.read_parquet(folder / "run" / "citizens")
    gone = citizens[citizens["destination"] == "job"].iloc[0]
    page.fill("#citizen", str(gone["citizen"]))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("End")
    assert page.inner_text("#followed") == f"Citizen {gone['citizen']} has left to: job"
    page.fill("#citizen", "99999")
    assert page.inner_text("#followed") == "Citizen 99999 is not here yet, or there is none of that number"
    page.keyboard.press("Tab")
    page.locator("canvas").first.click(position={"x": 4, "y": 4})
    assert page.inner_text("#followed").startswith(f"Citizen {page.input_value('#citizen')} (")
    page.close()


def test_without_motion_it_goes_by_whole_steps(folder: Path, browser: "Browser") -> None:
    page = opened(browser, folder / "en.html", [], reduced_motion="reduce")
    page.select_option("#speed", "4")
    page.click("#play")
    _expect(page.locator("#week")).to_have_value(re.compile("[48]"), timeout=60_000)
    page.close()


def test_the_page_loads_nothing_and_repeats(folder: Path) -> None:
    text = (folder / "en.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in text
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?!data:)[^"'\s>]+""", text) == []
    assert "<b>" not in text.split("<main>")[0]
    assert "a&lt;b&gt;, replication 0" in text
    data = re.search(r'id="data">(.*?)</script>', text, flags=re.DOTALL)
    assert data is not None
    assert json.loads(data[1])["count"] > 1000
    again = folder / "again.html"
    sim.replay(folder / "run", 0).write_page(again)
    assert again.read_bytes() == (folder / "en.html").read_bytes()


def test_without_jinja2_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    import sys

    from click.testing import CliRunner

    from sim.errors import UsageError

    monkeypatch.setitem(sys.modules, "jinja2", None)
    arguments = ["replay", str(folder / "run"), "--html", str(folder / "none.html")]
    error = CliRunner().invoke(cli, arguments, prog_name="sim", standalone_mode=False).exception
    assert isinstance(error, UsageError)
    assert str(error) == (
        'the page needs jinja2, of the extra "report": python -m pip install "jobcentre-sim[report]"'
    )
    assert not (folder / "none.html").exists()
