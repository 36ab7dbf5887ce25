"""The page: everything that one asks for is on it, and whatever a scenario says stays text."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from matplotlib.figure import Figure

from simulator import compare, load
from simulator.cli import cli
from simulator.presentation import page
from simulator.report.page import NoPaper, paper
from simulator.scenario.loading import loads
from tests.documents import LAGGING, scenario
from tests.report.drawn import assert_readable, label, title

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EMILY = SCENARIOS / "emily.yaml"
PAGE = import_module("simulator.report.page.page")
HOSTILE = "<script>alert(1)</script>"
SECTIONS = [
    "Every policy side by side",
    "Taxable earnings: what waiting costs",
    "What goes in, and where it is",
    "The forms that will arrive",
    "What December 31 leaves behind",
    "Checklist",
    "Assumptions, and what is left out",
    "Where these figures come from",
]
AT_TIMES = ("Is it worth it: what is there after tax", "What to set aside for tax")
"""Sections that only some scenarios have."""


@pytest.fixture(autouse=True)
def blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture becomes a file: here it is the page that is looked at."""
    monkeypatch.setattr(PAGE, "image", lambda *_: b"<svg/>")


class Outline(HTMLParser):
    """The elements of a page, as a strict reader would list them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.headings: list[tuple[int, str]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        if re.fullmatch(r"h\d", self.open[-1] if self.open else ""):
            self.headings.append((int(self.open[-1][1]), data))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@cache
def page_of(name: str) -> str:
    """The page of a shipped scenario, its pictures left blank: each is readable, and says itself in words."""
    read = load(SCENARIOS / f"{name}.yaml")

    def looked_at(figure: Figure, _: str) -> bytes:
        assert_readable(figure)
        assert title(figure).rstrip("…") in label(figure)
        return b"<svg/>"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PAGE, "image", looked_at)
        return page(compare(read.varied("returns.paths=256") if read.returns.stochastic else read))


@pytest.fixture(scope="module")
def emily() -> str:
    """Emily's page, with its pictures."""
    return page(compare(load(EMILY)))


def written(settings: dict[str, str], but_for: Iterable[str] = ()) -> str:
    """The page of Emily's scenario with some of its lines changed."""
    text = EMILY.read_text(encoding="utf-8")
    for field, value in settings.items():
        text = re.sub(rf"(?ms)^{field}:.*?(?=^\w)", f"{field}: {value}\n", text, count=1)
    return page(compare(loads(text.encode(), "hostile.yaml", settings=but_for)))


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, arguments)])


def test_the_answer_stands_in_the_first_sentence(emily: str) -> None:
    lead = re.search(r'<p class="lead">(.*?)</p>', emily)
    assert lead is not None
    assert lead.group(1) == (
        "Convert after each paycheck: against converting at the year&#39;s end it saves $709 of taxable "
        "earnings, "
        "if the fund grows evenly by 7% a year; uneven years tax more on average."
    )


def test_over_many_paths_the_first_sentence_tells_its_error() -> None:
    assert re.search(r"on average \(\+/- \$\d+", lead(page_of("uneven-year")))


def test_every_section_is_there_under_one_heading_each(emily: str) -> None:
    headings = Outline(emily).headings
    assert [text for level, text in headings if level == 2] == SECTIONS
    levels = [level for level, _ in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_table_is_that_of_the_comparison(emily: str) -> None:
    for figure in ("20,000.00", "20,709.49", "709.49", "170.65", "51.58", "11.88"):
        assert f">{figure}<" in emily


def test_the_forms_are_laid_out_and_marked_as_a_simulation(emily: str) -> None:
    for words in ("1 Gross distribution", "2a Taxable amount", "7 Distribution code(s)"):
        assert emily.count(f"<dt>{words}</dt>") == 7  # six policies; one converts in two years
    assert emily.count('aria-hidden="true">SIMULATION') == 7
    assert "Form 1040, line 5b" in emily


def test_where_the_forms_are_many_the_first_of_each_policy_are_drawn() -> None:
    many = page_of("ten-years")
    assert "Drawn are the first forms of each policy" in many
    assert 1 <= many.count('aria-hidden="true">SIMULATION') <= 12


def test_tables_have_captions_and_headers_and_pictures_say_what_they_show(emily: str) -> None:
    outline = Outline(emily)
    assert len(outline.of("table")) == len(outline.of("caption")) == 5
    assert all(header.get("scope") in ("col", "row") for header in outline.of("th"))
    alternatives = [picture["alt"] or "" for picture in outline.of("img")]
    assert len(alternatives) == 4
    assert alternatives[0].startswith("Converting at the year's end makes $709 more")
    assert all(len(words) > 60 for words in alternatives)


def test_a_page_asks_for_nothing_from_elsewhere(emily: str) -> None:
    outline = Outline(emily)
    assert outline.of("script") == outline.of("link") == outline.of("iframe") == []
    assert all(
        str(picture["src"]).startswith("data:image/svg+xml;base64,")
        for picture in outline.of("img")
    )
    assert "url(" not in emily
    assert "@import" not in emily


def test_the_same_comparison_gives_the_same_page(
    emily: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # with its pictures
    assert page(compare(load(EMILY))) == emily


def test_the_page_says_where_its_figures_come_from(emily: str) -> None:
    scenario = load(EMILY)
    text = Outline(emily).text
    assert scenario.sha256 in text
    assert "Notice 2024-80" in text
    assert "constant, 1 path" in text


def test_names_and_notes_stay_text() -> None:
    html = written({"name": f'"{HOSTILE}"', "notes": f'"<img src=x onerror=alert(1)> & {HOSTILE}"'})
    outline = Outline(html)
    assert outline.of("script") == []
    assert len(outline.of("img")) == 4
    assert HOSTILE in outline.text
    assert "<img src=x onerror=alert(1)> &" in outline.text


@pytest.mark.parametrize("name", ["=1+1", "\U0001f4b0 of \u202eSpiegel", "x" * 200, "{{ 7 * 7 }}"])
def test_any_name_makes_a_page(name: str) -> None:
    """Of it a mark that turns the direction of the line stays outside."""
    outline = Outline(written({"name": f'"{name}"'}, ["policies=[monthly]"]))
    assert outline.headings[0] == (1, name.replace("\u202e", ""))


def test_notes_of_ten_thousand_letters_are_shown_whole() -> None:
    notes = "Zeile\\n" * 1_600 + "Ende"
    html = written({"notes": f'"{notes}"'}, ["policies=[monthly]"])
    assert Outline(html).text.count("Zeile") == 1_600


@pytest.mark.parametrize("name", sorted(file.stem for file in SCENARIOS.glob("*.yaml")))
def test_every_shipped_scenario_makes_readable_pictures_and_a_page(name: str) -> None:
    html = page_of(name)
    found = [text for level, text in Outline(html).headings if level == 2]
    assert [text for text in found if text not in AT_TIMES] == SECTIONS


def test_where_nothing_is_converted_no_form_arrives() -> None:
    html = page(compare(load(EMILY).varied("plan.conversion.allowed=false")))
    assert "no Form 1099-R will arrive" in html
    assert "stays behind" in html


def test_money_in_transit_stands_on_the_page() -> None:
    """tests/documents.py: 500.00 of December 31 land in January; never converting leaves 12,000.00."""
    text = " ".join(Outline(page(compare(scenario(LAGGING)))).text.split())
    assert "In transit: paid by then, it lands in the account after." in text
    assert "never: $12,000.00 stays behind, $500.00 of it in transit" in text
    assert "nothing left on December 31, $500.00 in transit" in text


def test_a_pdf_needs_a_name_and_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "add -o FILE.html" in report(EMILY, "--pdf").output
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    done = report(EMILY, "-o", tmp_path / "emily.html", "--pdf")
    assert done.exit_code != 0
    assert "mbdr-simulator[pdf]" in done.output
    with pytest.raises(NoPaper, match="weasyprint"):
        paper("<p>")


def test_a_page_that_names_another_place_is_not_printed() -> None:
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match=r"example\.invalid"):
        paper('<link rel="stylesheet" href="http://example.invalid/x.css">')


def lead(html: str) -> str:
    """The first sentence of a page."""
    found = re.search(r'<p class="lead">(.*?)</p>', html)
    assert found is not None
    return found.group(1).replace("&#39;", "'")


@pytest.mark.parametrize(
    ("settings", "expect"),
    [
        (["policies=[monthly]"], "Converting at each month's end makes $52 taxable."),
        (
            ["elections.after_tax=0%"],
            "No after-tax contribution goes in: there is nothing to convert.",
        ),
        (
            ["policies=[never]"],
            "Never converting leaves $20,709 behind, $709 of it earnings not yet taxed.",
        ),
    ],
)
def test_the_first_sentence_is_an_answer_also_where_nothing_is_compared(
    settings: list[str], expect: str
) -> None:
    assert lead(page(compare(load(EMILY, settings)))) == expect


def test_where_fees_count_the_page_says_what_is_set_off() -> None:
    html = page_of("low-salary")
    assert "The best: least tax and fees." in html
    assert "saves $250 of fees" in lead(html)


def test_the_page_names_overrides_and_data_files_but_no_folder() -> None:
    from hashlib import sha256

    scenario = load(SCENARIOS / "own-fund.yaml", ["returns.paths=16", "name=X"])
    text = Outline(page(compare(scenario))).text
    prices = (SCENARIOS / "data" / "invented-fund.csv").read_bytes()
    assert sha256(prices).hexdigest() in text
    assert "returns.paths=16; name=X" in text
    assert "own-fund.yaml, SHA-256" in text
    assert str(SCENARIOS) not in text


def test_the_delay_is_drawn_where_a_scenario_has_no_policy_per_paycheck() -> None:
    html = page(compare(load(EMILY, ["policies=[monthly, year-end]"])))
    assert "A delay of 120 days makes $" in html
    split = page(compare(load(EMILY, ["plan.conversion.to=split"])))
    assert "A delay of" not in split


def test_limits_that_are_projected_alike_are_named_once() -> None:
    text = Outline(page_of("ten-years")).text
    assert text.count("projected from 2026 at 2.5% inflation") == 3  # table, assumptions, sources


def test_a_computed_tax_has_its_base_its_sources_and_what_it_rests_on() -> None:
    html = page(compare(load(SCENARIOS / "california-couple.yaml")))
    text = Outline(html).text
    for words in (
        "Income tax base, married-joint",
        "bears 24% federal and 9.3% California tax in 2025",
        "2025: Rev. Proc. 2024-40; P.L. 119-21 sec. 70102",
        "alternative minimum tax",
        "exemption credit falls",
    ):
        assert words in text
    assert "flat marginal rates" not in text
