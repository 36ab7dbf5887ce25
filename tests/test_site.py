"""The documentation builds as a site without a warning, and its pages ask no other host for anything."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site; a warning of mkdocs, such as a link that leads nowhere, is an error."""
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


class Requests(HTMLParser):
    """What a browser fetches to show a page: everything but the links that a reader may follow."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.diagrams = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.found += [
            values[name] for name in ("src", "srcset", "data", "poster") if name in values
        ]
        if tag == "link" and values.get("rel") != "canonical":
            self.found.append(values.get("href", ""))
        self.diagrams |= "mermaid" in values.get("class", "")


def test_every_page_of_the_docs_is_in_the_site(site: Path) -> None:
    pages = {page.with_suffix(".html").name for page in ROOT.glob("docs/*.md")}
    assert pages <= {page.name for page in site.glob("*.html")}
    assert (site / "index.html").read_text("utf-8").count("mega backdoor Roth") > 1


def test_a_page_asks_no_other_host_for_anything(site: Path) -> None:
    """A diagram would make the theme's script fetch a library, so there is none."""
    for page in site.rglob("*.html"):
        requests = Requests()
        requests.feed(page.read_text("utf-8"))
        assert [url for url in requests.found if re.match(r"(https?:)?//", url)] == [], page
        assert not requests.diagrams, page


def test_a_style_sheet_asks_no_other_host_for_anything(site: Path) -> None:
    for sheet in site.rglob("*.css"):
        fetched = re.findall(
            r"url\(['\"]?([^)'\"]*)|@import ['\"]([^'\"]*)", sheet.read_text("utf-8")
        )
        assert [url for url in map("".join, fetched) if re.match(r"(https?:)?//", url)] == [], sheet


def test_what_a_page_needs_is_in_the_site(site: Path) -> None:
    for page in site.rglob("*.html"):
        requests = Requests()
        requests.feed(page.read_text("utf-8"))
        paths = [
            url.partition("?")[0] for url in requests.found if url and not url.startswith("data:")
        ]
        absent = [path for path in paths if not (page.parent / path).exists()]
        assert absent == [] or page.name == "404.html", page


def test_links_to_source_lead_to_source(site: Path) -> None:
    tour = (site / "tour.html").read_text("utf-8")
    assert 'href="source/simulator/simulation.py.html"' in tour
    shown = (site / "source" / "simulator" / "simulation.py.html").read_text("utf-8")
    assert "compare" in shown


def test_the_library_page_is_made_from_docstrings(site: Path) -> None:
    page = (site / "library.html").read_text("utf-8")
    assert "Every policy of a scenario side by side" in page
    assert ":::" not in page


def test_a_notebook_is_a_page_with_its_code(site: Path) -> None:
    page = (site / "notebooks" / "2_cadences.html").read_text("utf-8")
    words = re.sub(r"<[^>]*>", "", page)
    assert "How often to convert" in words
    assert "even.summary()" in words
