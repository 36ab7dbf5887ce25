"""The page on paper: whole, on the American sheet, nothing over anything else, and tagged to be read out."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from pypdf import PageObject, PdfReader

from simulator import compare, load
from simulator.cli import cli
from simulator.presentation import page
from simulator.report.page import paper
from simulator.report.page.paper import breakable, on_paper
from simulator.report.palette import LIGHT
from simulator.scenario.loading import loads

SCENARIOS = Path(__file__).parents[2] / "scenarios"
LETTER, A4 = (612, 792), (595, 842)
MARGIN = 16 / 25.4 * 72
POINT = 0.75
"""Of a style sheet's pixel. [points]"""


EMILY_IN_SHORT = """\
name: {}
client: {{note: {}}}
years: 2025
birth_year: 1997
pay: {{salary: 200_000, frequency: monthly}}
elections: {{after_tax: 10%}}
policies: [{{cadence: year-end, label: {}}}]
"""


class Words(NamedTuple):
    """Words where they stand on a sheet, from its lower left corner. [points]"""

    left: float
    base: float
    size: float
    text: str

    @property
    def right(self) -> float:
        """At least so far they reach; a digit is about 0.64 of the letter's size, a point half of that."""
        narrow = sum(letter in ",. '" for letter in self.text)
        each = 0.63 if re.fullmatch(r"[$\d,.]+", self.text) else 0.45
        return self.left + self.size * each * (len(self.text) - narrow / 2)


class Sheet(NamedTuple):
    """A sheet as it is read.

    Attributes:
        text: All of it.
        words: What is written upright; the mark of a simulation stands aslant.
        marks: How large each mark is. [points]
    """

    text: str
    words: list[Words]
    marks: list[float]


def read(sheet: PageObject) -> Sheet:
    words, marks = [], []

    def visit(text: str, frame: list[float], at: list[float], font: Any, size: float) -> None:  # noqa: ARG001
        if text.strip() and frame[1] == at[1] == 0:
            left = at[4] * frame[0] + frame[4]
            words.append(Words(left, at[5] * frame[3] + frame[5], size * POINT, text.strip()))
        if "SIMULATION" in text:
            marks.append(size * POINT)

    return Sheet(sheet.extract_text(visitor_text=visit), words, marks)


def sheets(pdf: bytes) -> Iterator[str]:
    for sheet in PdfReader(BytesIO(pdf)).pages:
        yield " ".join(sheet.extract_text().split())


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with Emily's page, and beside it the same on letter, as `report` writes them."""
    folder = tmp_path_factory.mktemp("reported")
    arguments = [str(SCENARIOS / "emily.yaml"), "-o", str(folder / "emily.html"), "--pdf"]
    done = CliRunner().invoke(cli, ["report", *arguments])
    assert done.exit_code == 0, done.output
    return folder


@pytest.fixture(scope="module")
def emily(reported: Path) -> str:
    """Emily's page."""
    return (reported / "emily.html").read_text("utf-8")


@pytest.fixture(scope="module")
def printed(reported: Path) -> PdfReader:
    """Emily's page on letter."""
    return PdfReader(reported / "emily.pdf")


@pytest.fixture(scope="module", params=["uneven-year", "split-rollover"])
def pages(request: pytest.FixtureRequest) -> list[Sheet]:
    """Pages whose pictures are as large as they are, and blank: here it is the text that is looked at."""
    return [read(sheet) for sheet in PdfReader(BytesIO(paper(blank(request.param)))).pages]


def blank(scenario: str) -> str:
    """The page of a scenario, whose pictures are as large as they are, and empty: that is sooner on paper."""
    asked = load(SCENARIOS / f"{scenario}.yaml")
    return emptied(
        page(compare(asked.varied("returns.paths=256") if asked.returns.stochastic else asked))
    )


def emptied(html: str) -> str:
    """A page with nothing on its pictures."""
    return re.sub(r"(?s)(<svg [^>]*>).*?</svg>", r"\1</svg>", html)


def test_report_writes_the_page_and_beside_it_the_pdf(reported: Path) -> None:
    assert (reported / "emily.html").read_text("utf-8").startswith("<!doctype html>")
    assert (reported / "emily.pdf").read_bytes().startswith(b"%PDF-")
    assert {file.name for file in reported.iterdir()} == {"emily.html", "emily.pdf"}


def test_the_first_sheet_is_the_whole_answer_and_the_rest_an_appendix(
    printed: PdfReader, emily: str
) -> None:
    """Answer, picture, dates and what it rests on; no further sheet is nearly empty but perhaps the last."""
    first, second, *rest = [" ".join(sheet.extract_text().split()) for sheet in printed.pages]
    for words in (
        "Convert after each paycheck.",
        "Earnings kept from tax in 2025 $709",
        "recommended, 26 conversions",
        "When to convert in 2025",
        "Look for the Form 1099-R of 2025",
        "What it rests on",
        "A simulation, not tax advice.",
    ):
        assert words in first
    assert "What it rests on" not in second
    assert second.startswith("Every policy side by side")
    assert all(len(text) > 500 for text in (second, *rest[:-1]))
    assert len(printed.pages) <= 6
    assert emily.count('class="narrow"') == 4 and "Days that each deposit waits" not in second


def test_pictures_on_paper_are_in_the_colours_of_paper_and_say_what_they_show() -> None:
    svg = '<svg class="wide" role="img" aria-label="It &amp; more."><path style="fill:var(--main)"/></svg>'
    both = f"{svg}{svg.replace('wide', 'narrow')}"
    drawn = on_paper(f"<html><head></head><body>{both}</body></html>")
    assert drawn.count("<svg") == 1
    assert "<title>It &amp; more.</title>" in drawn
    assert f"fill:{LIGHT.main}" in drawn and "var(" not in drawn


def test_no_amount_runs_into_the_margin(pages: Sequence[Sheet]) -> None:
    amounts = [one for sheet in pages for one in sheet.words if re.fullmatch(r"[$\d,.]+", one.text)]
    assert len(amounts) > 50
    edge = LETTER[0] - MARGIN + 1
    assert [one for one in amounts if one.right > edge] == []


def test_nothing_is_written_over_anything_else(pages: Sequence[Sheet]) -> None:
    """Two pieces of text on one height have a gap between them, and two at one place a line."""
    for sheet in pages:
        for one, other in combinations(sheet.words, 2):
            beside = one.right <= other.left or other.right <= one.left
            apart = abs(one.base - other.base) >= 0.7 * min(one.size, other.size)
            assert beside or apart, (one, other)


def test_every_form_is_marked_as_a_simulation(pages: Sequence[Sheet]) -> None:
    """In large letters, that a reader of the sheet cannot miss."""
    sizes = [size for sheet in pages for size in sheet.marks]
    forms = sum(sheet.text.count("PAYER'S name") for sheet in pages)
    assert len(sizes) == forms >= 1
    assert min(sizes) > 40


def test_the_sheet_is_american_unless_another_is_asked_for(printed: PdfReader) -> None:
    other = PdfReader(BytesIO(paper("<p>A line</p>", size="A4")))
    for pdf, size in ((printed, LETTER), (other, A4)):
        assert tuple(round(float(side)) for side in pdf.pages[0].mediabox[2:]) == size


def test_the_pdf_can_be_read_aloud(printed: PdfReader) -> None:
    """It is tagged, and says its language and title. Source: ISO 14289-1 (PDF/UA), 7.1 and 7.2."""
    catalog = printed.root_object
    assert str(catalog["/MarkInfo"]) == "{'/Marked': True}"
    assert str(catalog["/Lang"]) == "en"
    assert "/StructTreeRoot" in catalog
    assert printed.metadata is not None
    assert str(printed.metadata.title).startswith("Emily, 28")


@pytest.mark.parametrize("above", [60, 150])
def test_a_heading_keeps_its_form_and_the_footer_its_lines(emily: str, above: int) -> None:
    """Wherever on the sheet they come to stand; `above` is an empty space before them. [mm]"""
    before, begin, forms = emily.partition('<section aria-labelledby="forms">')
    form, end, _ = forms.partition("</section>")
    footer = emily[emily.index("<footer") :]
    head = before[: before.index("<section")]
    space = f'<p style="height: {above}mm">'
    texts = list(sheets(paper("".join((head, space, begin, form, end, end, footer)))))
    for first, last in [
        ("The forms that will arrive", "PAYER'S name"),
        ("Where these figures come from", "constant, 1 path"),
    ]:
        assert [first in text for text in texts] == [last in text for text in texts]


PRINTS = """
from pathlib import Path
from simulator.report.page import paper
Path("long.pdf").write_bytes(paper(Path("long.html").read_text("utf-8")))
"""
LETTERS, SIGNS, ENTITIES = "x" * 1_000, "=-" * 500, '\\"&' * 50


def test_a_word_without_end_is_printed_whole(tmp_path: Path) -> None:
    """It once took hours; the time-out is for that, and no measure of speed."""
    name, notes, label = f"{LETTERS} {ENTITIES}", f"{SIGNS} {LETTERS}", f"{ENTITIES} {SIGNS[:300]}"
    text = EMILY_IN_SHORT.format(*map(json.dumps, (name, notes, label)))
    html = emptied(page(compare(loads(text.encode(), "long.yaml"))))
    (tmp_path / "long.html").write_text(html, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PRINTS],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed = "".join(sheets((tmp_path / "long.pdf").read_bytes()))
    for word in (name, notes, label):
        assert printed.count(word[-1]) >= word.count(word[-1])


@pytest.mark.parametrize(
    ("given", "broken"),
    [
        ("a" * 64, "a" * 64),
        ("a" * 65, "a" * 64 + "<wbr>a"),
        ("&amp;" * 65, "&amp;" * 64 + "<wbr>&amp;"),
        ("e\u0301" * 33, "e\u0301" * 32 + "<wbr>e\u0301"),
        ("a" * 63 + "e\u0301" + "a", "a" * 63 + "e\u0301<wbr>a"),
        ("-" * 90, "-" * 80 + "<wbr>" + "-" * 10),
        ("word " * 100, "word " * 100),
    ],
)
def test_a_long_word_gets_places_to_break(given: str, broken: str) -> None:
    """Neither a SHA-256 nor an entity nor a letter with its accent is torn apart."""
    around = f'<title>{given}</title></head><p title="{given}">%s</p>'
    assert breakable(around % given) == around % broken
