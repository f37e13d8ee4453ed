"""The page in a browser: no message, no request, at every width and on paper; sliders are moved."""

import importlib.util
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: pages are not opened in a browser"),
    pytest.mark.skipif(importlib.util.find_spec("playwright") is None, reason="playwright is not installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def opened(browser: Any, path: Path, width: int) -> tuple[Any, list[str]]:
    """Open a page; gives it and what should stay empty: messages, errors, requests."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: said.append(request.url) if not request.url.startswith("file:") else None)
    page.goto(path.as_uri())
    return page, said


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("en", 1280),
        ("da", 390),
        ("sweep", 1280),
        ("sweep", 390),
        *(pytest.param(*one, marks=pytest.mark.long) for one in (("en", 390), ("da", 1280))),
    ],
)
def test_nothing_is_said_or_asked_for_at_any_width(
    browser: Any, pages: dict[str, Path], sweep_page: Path, name: str, width: int
) -> None:
    page, said = opened(browser, {**pages, "sweep": sweep_page}[name], width)
    for details in page.query_selector_all("details"):
        details.evaluate("one => { one.open = true; }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    page.close()


@pytest.mark.parametrize("code", ["en", "da"])
def test_page_one_on_paper_holds_what_would_change_the_answer(
    browser: Any, pages: dict[str, Path], code: str, tmp_path: Path
) -> None:
    pdftotext = shutil.which("pdftotext")
    if pdftotext is None:
        pytest.skip("no pdftotext on this machine: the printed page is not read")
    import subprocess

    page, said = opened(browser, pages[code], 1280)
    page.pdf(path=str(tmp_path / "page.pdf"), prefer_css_page_size=True)
    command = [pdftotext, "-f", "1", "-l", "1", "-layout", str(tmp_path / "page.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    last = {"en": "What would change the answer", "da": "Hvad der ville ændre svaret"}[code]
    assert last in text
    judgement = {"en": "A judgement", "da": "En vurdering"}[code]
    assert judgement in text
    assert said == []
    page.close()


def test_sliders_show_simulated_points_alone(browser: Any, sweep_page: Path) -> None:
    page, said = opened(browser, sweep_page, 1280)
    data = json.loads(page.inner_text("#points") or page.evaluate("document.getElementById('points').textContent"))
    assert len(data["points"]) == 6
    assert page.get_attribute("#near", "aria-live") == "polite"
    assert page.inner_text("#near") == "Citizens 130, interval weeks 13: simulated, 3 runs."
    page.focus("#slider0")
    page.keyboard.press("ArrowLeft")
    page.focus("#slider1")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#near") == "Citizens 50, interval weeks 26: simulated, 3 runs."
    assert page.get_attribute("#slider0", "aria-valuetext") == "50"
    point = next(one for one in data["points"] if one["name"] == page.inner_text("#near"))
    shown = [cell.inner_text() for cell in page.query_selector_all("#chosen tbody td")]
    assert shown == [text for row in point["rows"] for text in row]
    command = page.inner_text("#command")
    assert re.search(r"citizens_per_coordinator=50 .*interval_weeks=26 .*--replications 3 --seed 20180101", command)
    assert said == []
    page.close()


def test_on_paper_a_table_of_all_points_replaces_the_sliders(browser: Any, sweep_page: Path) -> None:
    page, _ = opened(browser, sweep_page, 1280)
    page.emulate_media(media="print")
    assert not page.is_visible("#slider0")
    rows = page.query_selector_all("#whatif .printonly tbody tr")
    assert len(rows) == 6
    assert rows[0].is_visible()
    page.close()


def test_the_button_copies_or_selects_the_command(browser: Any, sweep_page: Path) -> None:
    page, said = opened(browser, sweep_page, 1280)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.click("#whatif button.copy")
    assert page.evaluate("window.getSelection().toString()") == page.inner_text("#command")
    assert said == []
    page.close()
