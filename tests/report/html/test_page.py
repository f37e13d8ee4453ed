"""The page as a file: nothing is loaded, everything has its words and its table, numbers are those of the runs."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

import sim
from sim.analysis.kpis import KPIS
from sim.analysis.ledger import Ledger
from sim.analysis.ledger.judged import NET
from sim.errors import UsageError
from sim.report.language import DANISH, ENGLISH, language_of
from sim.store.run import Run
from sim.study.comparison import Comparison
from tests.report.conftest import CONFIGS

VOID = {"meta", "link", "br", "img", "input", "hr"}
TWO_MEGABYTES = 2_000_000


class Page(HTMLParser):
    """Start tags with their attributes, in order, and what is in each."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.figures: list[dict[str, int]] = []
        self.text = path.read_text(encoding="utf-8")
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "figure":
            self.figures.append({})
        if "figure" in self.open:
            self.figures[-1][tag] = self.figures[-1].get(tag, 0) + 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)

    def of(self, tag: str) -> Iterator[dict[str, str]]:
        return (attrs for name, attrs in self.tags if name == tag)


@pytest.fixture(scope="module", params=["en", "da", "sweep", "studies"])
def page(request: pytest.FixtureRequest, pages: dict[str, Path], sweep_page: Path, studies_page: Path) -> Page:
    return Page({**pages, "sweep": sweep_page, "studies": studies_page}[request.param])


def test_nothing_is_loaded(page: Page) -> None:
    policies = [
        attrs["content"] for attrs in page.of("meta") if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    assert len(policies) == 1
    assert policies[0].startswith("default-src 'none'")
    for tag, attrs in page.tags:
        assert "src" not in attrs, tag
        assert tag not in ("link", "iframe", "img", "object", "embed"), tag
        for name in ("href", "xlink:href", "action", "data"):
            assert attrs.get(name, "#").startswith("#"), (tag, attrs)
    assert not re.search(r"url\((?!#)|@import", page.text)


def test_the_page_is_well_formed_and_small(page: Page) -> None:
    assert page.wrong == []
    assert page.open == []
    assert len(page.text.encode("utf-8")) < TWO_MEGABYTES


def test_every_picture_has_words_and_a_table(page: Page) -> None:
    assert page.figures
    for figure in page.figures:
        assert figure["figcaption"] == 1
        assert figure["details"] == figure["table"] == 1
        assert figure["svg"] >= 1
    for attrs in page.of("svg"):
        if attrs.get("aria-hidden") != "true":
            assert attrs["role"] == "img"
            assert re.search(r"\d", attrs["aria-label"])


def test_links_lead_somewhere_and_no_name_stands_twice(page: Page) -> None:
    names = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(set(names)) == len(names)
    links = {attrs["href"][1:] for attrs in page.of("a")}
    assert links <= set(names)
    used = set(re.findall(r'(?:url\(#|href="#)([^")]+)', page.text))
    assert used <= set(names)


def test_headings_come_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_rows_have_headings(page: Page) -> None:
    assert all("scope" in attrs for attrs in page.of("th"))


def test_the_same_runs_give_the_same_bytes(
    pages: dict[str, Path], directories: dict[str, Path], tmp_path: Path
) -> None:
    again = sim.write_report(*directories.values(), language="da", out=tmp_path / "again.html")
    assert again.read_bytes() == pages["da"].read_bytes()


def test_the_numbers_of_page_one_are_those_of_the_tables(pages: dict[str, Path], pair: tuple[Run, Run]) -> None:
    job = next(row.paired for row in Comparison([pair[0]], pair[1]).rows if row.kpi == "cohort_job_share")
    ledger = Ledger(*pair)
    net = ledger.intervals.difference[ledger.line_names.index(NET), 0] / 1000
    for language in (ENGLISH, DANISH):
        text = pages[language.code].read_text(encoding="utf-8")
        first = text[text.index('id="summary"') : text.index('id="paths"')]
        assert f">{language.number(net, 0, signed=True)} <" in first
        difference = language.number(
            1000 * job.difference, 0 if abs(1000 * job.difference) >= 0.95 else 1, signed=True
        )
        assert difference.strip("+−") in first


@pytest.mark.parametrize("code", ["en", "da"])
def test_numbers_have_the_form_of_the_language(code: str, pages: dict[str, Path]) -> None:
    text = pages[code].read_text(encoding="utf-8")
    of_thousand = {"en": "1,000", "da": "1.000"}
    other = of_thousand["da" if code == "en" else "en"]
    shown = text[: text.index('id="reproduce"')]
    assert f'lang="{language_of(code).code}"' in text
    assert of_thousand[code] in shown
    assert not re.search(
        rf"(?<![\d.,]){re.escape(other)}(?![\d.,])", re.sub(r"<svg.*?</svg>", "", shown, flags=re.S)
    )


def test_names_of_other_people_stay_text(
    pair: tuple[Run, Run], directories: dict[str, Path], tmp_path: Path
) -> None:
    path = sim.write_report(
        *directories.values(), question="<script>alert(1)</script> & **bold**?", out=tmp_path / "q.html"
    )
    text = path.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; **bold**?" in text


def test_caseloads_are_said_to_be_of_own_lists(pages: dict[str, Path], pair: tuple[Run, Run]) -> None:
    own, everybody = (pair[1].values([name])[1][name].mean() for name in ("own_list", "caseload"))
    share = f"{100 * (1 - own / everybody):.0f}"
    text = pages["en"].read_text(encoding="utf-8").replace("\u00a0", " ")
    assert f"on the own list; {share} % of all are on other lists, such as consultants" in text


@pytest.mark.parametrize("code", ["en", "da"])
def test_key_figures_are_printed(code: str, pages: dict[str, Path]) -> None:
    text = pages[code].read_text(encoding="utf-8")
    figures = text.partition('<section id="figures">')[2].partition("</section>")[0]
    folded, _, printed = figures.partition('<div class="printonly">')
    assert printed.count("<tr>") == folded.count("<tr>") > len(KPIS)


def test_a_centre_that_begins_empty_has_no_report(tmp_path: Path) -> None:
    empty = {"population.stock": 0, "run.warm_up_weeks": 0, "departments.centre.coordinators": 2}
    sim.run(CONFIGS / "130_per_worker.toml", replications=1, overrides=empty, out=tmp_path / "run")
    with pytest.raises(UsageError, match=r"run: nobody is there at the start; a report tells of those who are$"):
        sim.write_report(tmp_path / "run", out=tmp_path / "report.html")


def test_one_run_alone_and_three_runs(directories: dict[str, Path], tmp_path: Path) -> None:
    a, b = directories.values()
    alone = sim.write_report(a, out=tmp_path / "alone.html").read_text(encoding="utf-8")
    assert "reach a job" in alone
    assert "What it costs and brings" not in alone
    third = sim.run(
        Path(__file__).parents[3] / "configs" / "130_per_worker.toml",
        replications=4,
        out=tmp_path / "80",
        overrides={"changes.trial.staffing.citizens_per_coordinator": 80},
    )
    three = Page(sim.write_report(a, third, b, out=tmp_path / "three.html"))
    assert "50 citizens each: Of 1,000 citizens" in three.text
    assert "80 citizens each: Of 1,000 citizens" in three.text
    assert three.wrong == []


def test_a_comparison_stands_for_its_runs(
    directories: dict[str, Path], pages: dict[str, Path], tmp_path: Path
) -> None:
    comparison = next(iter(directories.values())).parent / "compare" / "a_vs_b"
    sim.compare(*directories.values(), out=comparison)
    path = sim.write_report(comparison, out=tmp_path / "of_comparison.html")
    text, direct = (p.read_text(encoding="utf-8") for p in (path, pages["en"]))
    assert text == direct
