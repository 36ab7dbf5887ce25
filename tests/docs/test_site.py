"""The documentation builds as a site without a warning, and its pages ask no other host for anything."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.conftest import ROOT

if TYPE_CHECKING:
    pass

pytestmark = pytest.mark.site


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
    tour = (site / "simulator" / "index.html").read_text("utf-8")
    assert 'href="../source/simulator/simulation.py.html"' in tour
    shown = (site / "source" / "simulator" / "simulation.py.html").read_text("utf-8")
    assert "compare" in shown


def test_a_link_to_a_folder_leads_to_its_first_page(site: Path) -> None:
    index = (site / "index.html").read_text("utf-8")
    assert '<a href="notebooks/index.html">notebooks</a>' in index


SMALL = f"""\
INHERIT: {ROOT / "mkdocs.yml"}
nav: [{{Start: index.md}}, {{Words: words.md}}, {{Law: law.md}}]
plugins: [search]
"""
"""A site of three pages, by the rules of the large one."""


def test_a_dead_link_is_told(tmp_path: Path) -> None:
    """In a page of docs/, and in the README that becomes the first page.

    Not with --quiet: it drops a warning before `--strict` counts it.
    """
    (tmp_path / "mkdocs.yml").write_text(SMALL)
    (tmp_path / "README.md").write_text(
        "# Start\n\n[A page](docs/words.md), [a dead link](docs/nowhere.md).\n"
    )
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "words.md").write_text(
        "# Words\n\nOf [the law](law.md#limits), a [dead link](law.md#nowhere).\n"
    )
    (docs / "law.md").write_text("# The law\n\n## Limits\n")
    shutil.copy(ROOT / "docs" / "forge_links.py", docs)
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "RUN_NOTEBOOKS": "false"},
        check=False,
    )
    warnings = [line for line in done.stderr.splitlines() if line.startswith(("WARNING", "ERROR"))]
    assert done.returncode != 0
    assert len(warnings) == 2, done.stderr
    assert all("nowhere" in warning for warning in warnings)


def test_code_in_a_table_has_no_backslash(site: Path) -> None:
    """GitHub needs one before a bar that is no end of a cell; a reader does not."""
    commands = (site / "commands.html").read_text("utf-8")
    assert "cadence|delay|balance|contributions" in commands
    for page in site.glob("*.html"):
        cells = re.findall(r"(?s)<td[^>]*>(.*?)</td>", page.read_text("utf-8"))
        assert [cell for cell in cells if "\\|" in cell] == [], page


def test_the_library_page_is_made_from_docstrings(site: Path) -> None:
    page = (site / "library.html").read_text("utf-8")
    assert "Every policy of a scenario side by side" in page
    assert ":::" not in page


def test_a_notebook_is_a_page_with_its_code_and_what_comes_out(site: Path) -> None:
    page = (site / "notebooks" / "2_cadences.html").read_text("utf-8")
    words = re.sub(r"<[^>]*>", "", page)
    assert "How often to convert" in words
    assert "even.summary()" in words
    assert page.count("data:image/png;base64,") >= 2
    assert "20709.49" in words  # a table, from what the code works out
