"""The page: everything that one asks for is on it, and whatever a scenario says stays text."""

import json
import re
import sys
from collections.abc import Iterable
from functools import cache
from html import unescape
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markupsafe import Markup

from simulator import compare, load
from simulator.cli import cli
from simulator.presentation import page
from simulator.presentation.plainly import plainly
from simulator.report.page import NoPaper, paper
from simulator.report.page.picture import Drawn, Picture
from simulator.report.page.templates import in_dollars
from simulator.report.pictures.look import look
from simulator.report.pictures.sheet import Page
from simulator.report.tables.table import AMOUNT, COUNT, Column
from simulator.scenario.loading import loads
from tests.documents import LAGGING, scenario
from tests.report.drawn import assert_readable, label

SCENARIOS = Path(__file__).parents[2] / "scenarios"
SHIPPED = sorted(file.stem for file in SCENARIOS.glob("*.yaml"))
EMILY = SCENARIOS / "emily.yaml"
PICTURES = import_module("simulator.report.page.picture")
HOSTILE = "<script>alert(1)</script>"
SECTIONS = [
    "What it rests on",
    "Every policy side by side",
    "What goes in",
    "Where the money is",
    "The forms that will arrive",
    "What December 31 leaves behind",
    "Checklist",
    "Assumptions, and what is left out",
    "Where these figures come from",
]
AT_TIMES = re.compile(
    "When to convert in|What waiting costs|Is it worth it: what is there after tax|What to set aside for tax"
)
"""Sections that only some scenarios have."""

LARGEST = 400_000
"""Letters of a page."""

KEY = re.compile(
    r"\b(?:pay|plan|elections|elect|limits|returns|taxes|wealth|so_far|policies|client)\.[a-z_]+\b|mbdr|\s--?[a-z]"
)
"""What only someone who writes files or commands reads: the path of a field, a command, an option."""


BLANK = Markup("<svg></svg>")


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture is drawn: here it is the page around them that is looked at."""
    monkeypatch.setattr(PICTURES, "picture", lambda *_: Picture("A finding.", "", "", BLANK, BLANK))


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
    """The page of a shipped scenario, its pictures left blank: each can be read, in one of its widths."""
    read = load(SCENARIOS / f"{name}.yaml")
    narrow = SHIPPED.index(name) % 2 == 1

    def looked_at(_: str, draw: Drawn) -> Picture:
        figure = draw(look(narrow=narrow, alone=False))
        assert isinstance(figure, Page)
        assert_readable(figure)
        assert len(label(figure)) > 60, "it says in words what it shows"
        return Picture(*figure.told[:3], BLANK, BLANK)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PICTURES, "picture", looked_at)
        return page(compare(read.varied("returns.paths=256") if read.returns.stochastic else read))


@pytest.fixture(scope="module")
def emily() -> str:
    """Emily's page, with its pictures."""
    return page(compare(load(EMILY)))


def written(settings: dict[str, str], but_for: Iterable[str] = ()) -> str:
    """The page of Emily's scenario with some of its lines changed."""
    text = EMILY.read_text(encoding="utf-8")
    for field, value in settings.items():
        text = re.sub(rf"(?ms)^{field}:.*?(?=^\w|\Z)", "", text, count=1)
        text = f"{text}\n{field}: {value}\n"
    return page(compare(loads(text.encode(), "hostile.yaml", settings=but_for)))


def report(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, ["report", *map(str, arguments)])


def test_the_answer_stands_first(emily: str) -> None:
    """What to do, why, and three numbers in whole dollars: 709.49 of taxable earnings are avoided."""
    assert lead(emily) == "Convert after each paycheck."
    assert paragraph(emily, "why") == (
        "Against converting at the year's end it saves $709 of taxable earnings, if the fund grows evenly by "
        "7% a year; uneven years tax more on average."
    )
    assert numbers(emily) == {
        "Earnings kept from tax in 2025": "$709",
        "Taxed earnings": "$0",
        "Converted to Roth": "$20,000",
    }
    assert emily.index('class="lead"') < emily.index('class="numbers"') < emily.index("<figure")
    assert emily.index("<figure") < emily.index('class="months"') < emily.index("What it rests on")


def test_over_many_paths_the_first_sentence_tells_its_error() -> None:
    assert re.search(r"on average \(\+/- \$\d+", paragraph(page_of("uneven-year"), "why"))


def test_where_tax_and_wealth_are_known_the_numbers_are_of_them() -> None:
    """205.75 of tax a year; 157,645.95 at 65 (scenarios/worth-it-at-65.yaml); ten years save 4,555.13."""
    nora, grace = numbers(page_of("worth-it-at-65")), numbers(page_of("ten-years"))
    assert nora == {
        "Tax saved in 2025": "$206",
        "Taxed earnings": "$0",
        "Worth at retirement": "$157,646",
    }
    assert grace["Tax saved a year"] == "$456"
    assert "$4,555 in 10 years, against converting at the year&#39;s end" in page_of("ten-years")


def test_the_first_years_dates_stand_month_by_month_and_what_else_is_to_do(emily: str) -> None:
    """Emily is paid every other Friday from January 3, 2025."""
    months = dict(re.findall(r"<div><dt>(\w{3})</dt><dd>([\d ]+)</dd></div>", emily))
    assert len(months) == 12
    assert (months["Jan"], months["Jul"], months["Dec"]) == ("3 17 31", "3 18", "5 19")
    assert "<dt>Dec 31</dt><dd>Last day for conversions on the 2025 form</dd>" in emily
    assert "<dt>Feb 2, 2026</dt><dd>Look for the Form 1099-R of 2025</dd>" in emily


def test_few_dates_are_written_out_and_later_years_are_said() -> None:
    two = page(compare(load(EMILY, ["policies=[year-end]", "years=2025-2026"])))
    assert re.search(r'<p class="days"><span>Dec 31, 2025</span></p>', two)
    assert "2026 goes the same way" in two
    assert "When to convert" not in page(compare(load(EMILY, ["policies=[never]"])))


CLIENT = (
    "client={name: Emily Baker, prepared_by: A. Adviser, date: 2026-01-15, note: As we discussed.}"
)


def test_the_client_stands_on_top_and_on_the_forms_and_the_files_notes_do_not() -> None:
    asked = load(EMILY, [CLIENT])
    html = page(compare(asked))
    assert paragraph(html, "prepared") == "Prepared for Emily Baker by A. Adviser, Jan 15, 2026"
    assert paragraph(html, "said") == "As we discussed."
    assert "<dt>RECIPIENT&#39;S name</dt>\n<dd>Emily Baker</dd>" in html
    assert asked.notes and " ".join(asked.notes.split())[:40] not in " ".join(html.split())


@pytest.mark.parametrize(
    ("client", "expect"),
    [
        ("{prepared_by: A. Adviser}", "Prepared by A. Adviser"),
        ("{name: Emily Baker}", "Prepared for Emily Baker"),
        ("{date: 2026-01-15}", "Jan 15, 2026"),
    ],
)
def test_of_a_client_what_is_known_is_said(client: str, expect: str) -> None:
    html = page(compare(load(EMILY, [f"client={client}", "policies=[monthly]"])))
    assert paragraph(html, "prepared") == expect


def test_without_a_client_nobody_is_named(emily: str) -> None:
    assert 'class="prepared"' not in emily
    assert "<dt>RECIPIENT&#39;S name</dt>\n<dd></dd>" in emily


def test_every_section_is_there_under_one_heading_each(emily: str) -> None:
    headings = Outline(emily).headings
    assert sections(emily) == SECTIONS
    levels = [level for level, _ in headings]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_table_is_that_of_the_comparison(emily: str) -> None:
    for figure in ("20,000.00", "20,709.49", "709.49", "170.65", "51.58", "11.88"):
        assert f">${figure}<" in emily


def test_a_client_reads_policies_in_words_and_labels_as_they_were_given() -> None:
    """Two whose words are the same keep the names that tell them apart."""
    policies = "policies=[per-paycheck, {cadence: per-paycheck, delay: 3}, {cadence: year-end, label: Late}]"
    html = page(
        compare(load(EMILY, [policies, "wealth={outside_return: 4%}", "taxes={federal: 24%}"]))
    )
    assert "per-paycheck" not in html.partition("<footer")[0]
    for name in ("After each paycheck", "3 days after each paycheck", "Late"):
        assert f">{name}</th>" in html
    asked = compare(load(EMILY, ["policies=[per-paycheck, daily, year-end]"]))
    assert list(plainly(asked)) == ["per-paycheck", "daily", "At the year's end"]
    assert list(asked) == ["per-paycheck", "daily", "year-end"], "the answer itself stays as it is"


@pytest.mark.parametrize(
    ("cell", "kind", "expect"),
    [
        ("709.49", AMOUNT, "$709.49"),
        ("-12.00", AMOUNT, "-$12.00"),
        ("-", AMOUNT, "-"),
        ("", AMOUNT, ""),
        ("26", COUNT, "26"),
    ],
)
def test_an_amount_on_the_page_has_its_unit(cell: str, kind: str, expect: str) -> None:
    assert in_dollars(cell, Column("", kind)) == expect


def test_of_a_year_that_is_not_over_it_is_told_what_the_form_has_so_far() -> None:
    """12,519.23 and 57.63 are on the quarterly policy's form, 1,869.24 of deposits on none yet."""
    html = page_of("form-so-far")
    assert paragraph(html, "lead") == "The form of 2025 so far, until Nov 20."
    assert numbers(html) == {
        "Converted so far": "$12,519",
        "Taxed earnings so far": "$58",
        "Not converted yet": "$1,869",
    }


def test_of_a_policy_alone_it_is_told_how_often_in_place_of_what_is_saved() -> None:
    html = page(compare(load(EMILY, ["policies=[quarterly]"])), pictures=False)
    assert [*numbers(html)] == ["Taxed earnings", "Converted to Roth", "Conversions"]
    assert numbers(html)["Conversions"] == "4"


def test_a_table_with_more_columns_than_fit_leaves_out_what_it_can_do_without() -> None:
    """Cash with tax withheld, fees, wealth, many paths: fourteen columns, of which ten stay."""
    settings = [
        "events=[{kind: separation, date: 2025-08-29, payout: cash}]",
        "plan.conversion.fee=25",
    ]
    settings += ["returns={model: lognormal, paths: 64}", "wealth={outside_return: 4%}"]
    html = page(compare(load(SCENARIOS / "leaving-in-august.yaml", settings)), pictures=False)
    table = html.partition("Every policy side by side")[2].partition("</table>")[0]
    heads = re.findall(r'role="columnheader"[^>]*>([^<]*)<', table)
    assert heads == ["Policy", "Conversions", "Tax", "10% tax", "Fees", "Wealth after tax",
                     "Box 2a mean", "median", "95%", "Paid out"]  # fmt: skip


def test_before_the_first_paycheck_there_is_a_page_too() -> None:
    asked = load(SCENARIOS / "form-so-far.yaml", ["until=2025-01-02"])
    html = page(compare(asked))
    assert paragraph(html, "lead") == "The form of 2025 so far, until Jan 2."
    assert "No after-tax contribution goes in" in html


def test_who_has_left_is_not_asked_to_look_in_december() -> None:
    """Employment ends on August 29, and all that is inside by then is paid out."""
    assert "See that the after-tax account is empty" not in page_of("leaving-in-august")


def test_a_refund_of_the_year_is_among_its_dates() -> None:
    assert "<dt>Mar 10, 2026</dt><dd>Refund for the ACP test" in page_of("acp-refund")


def test_where_every_figure_is_exact_no_column_has_an_error() -> None:
    asked = load(SCENARIOS / "uneven-year.yaml", ["policies=[monthly, year-end]"])
    assert 'data-label="+/-"' in page_of("uneven-year")
    assert 'data-label="+/-"' not in page(compare(asked, engine="exact"), pictures=False)


def test_the_forms_of_the_recommended_policy_are_laid_out_and_marked(emily: str) -> None:
    for words in ("1 Gross distribution", "2a Taxable amount", "7 Distribution code(s)"):
        assert emily.count(f"<dt>{words}</dt>") == 1
    assert emily.count('data-mark="SIMULATION"') == 1
    assert "Form 1040, line 5b" in emily


def test_where_the_forms_are_many_those_of_the_first_year_are_drawn() -> None:
    many = page_of("ten-years")
    assert "Drawn is the first year; the table has every form." in many
    assert many.count('data-mark="SIMULATION"') == 1
    assert many.count('data-label="1040 5b"') == 11  # the last paycheck is converted in 2035


def test_tables_have_captions_and_headers_and_pictures_say_what_they_show(emily: str) -> None:
    outline = Outline(emily)
    assert len(outline.of("table")) == len(outline.of("caption")) == 3
    assert all(header.get("scope") in ("col", "row") for header in outline.of("th"))
    drawn = outline.of("svg")
    assert len(drawn) == 8
    assert [one["class"] for one in drawn] == ["wide", "narrow"] * 4
    assert all(one["role"] == "img" and len(one["aria-label"] or "") > 60 for one in drawn)
    assert (drawn[0]["aria-label"] or "").startswith("Converting at the year's end makes $709 more")


def test_a_pictures_colours_are_the_pages_and_its_names_its_own(emily: str) -> None:
    """So it is dark where the page is, and no picture refers to what another one that is hidden holds."""
    pictures = re.findall(r"<svg .*?</svg>", emily, re.S)
    assert not [one for one in pictures if re.search(r"#[0-9a-f]{6}\b|rgb\(", one)]
    names = re.findall(r' id="([^"]+)"', emily)
    assert len(names) == len(set(names))
    for picture in pictures:
        used = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', picture))
        assert {one or other for one, other in used} <= set(re.findall(r' id="([^"]+)"', picture))
    styles = re.search(r"<style>(.*?)</style>", emily, re.S)
    assert styles
    told = {one for picture in pictures for one in re.findall(r"var\((--[\w-]+)\)", picture)}
    assert len(told) > 5
    assert all(styles[1].count(f"{name}:") >= 3 for name in told), "light, dark and on paper"


def test_a_page_asks_for_nothing_from_elsewhere(emily: str) -> None:
    outline = Outline(emily)
    assert outline.of("script") == outline.of("link") == outline.of("iframe") == []
    assert outline.of("img") == outline.of("image") == []
    assert not re.search(r"url\((?!#)|https?://(?!www\.w3\.org/2000/svg)", emily)
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


def test_names_and_what_is_said_to_the_client_stay_text(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the pictures too."""
    monkeypatch.undo()
    said = {part: f"{part} <img src=x onerror=alert(1)> & {HOSTILE}" for part in CLIENT_PARTS}
    client = json.dumps(said | {"date": "2026-01-15"})
    label = json.dumps(f"{HOSTILE} </svg>")
    policies = f"[monthly, {{cadence: year-end, label: {label}}}]"
    settings = {"name": f'"{HOSTILE}"', "policies": policies, "client": client}
    html = written(settings)
    outline = Outline(html)
    assert outline.of("script") == outline.of("img") == []
    assert HOSTILE in outline.text
    for part in CLIENT_PARTS:
        assert f"{part} <img src=x onerror=alert(1)> & {HOSTILE}" in outline.text
    assert outline.text.count(f"{HOSTILE} </svg>") > 4


CLIENT_PARTS = ("name", "prepared_by", "note")


@pytest.mark.parametrize("name", ["=1+1", "\U0001f4b0 of \u202eSpiegel", "x" * 200, "{{ 7 * 7 }}"])
def test_any_name_makes_a_page(name: str) -> None:
    """Of it a mark that turns the direction of the line stays outside."""
    outline = Outline(written({"name": f'"{name}"'}, ["policies=[monthly]"]))
    assert outline.headings[0] == (1, name.replace("\u202e", ""))


def test_the_page_says_what_was_changed_once(emily: str) -> None:
    """What a later setting writes over is not told."""
    assert "Changed in it" not in emily
    settings = [
        "policies=[weekly]",
        "taxes.federal=22%",
        "policies=[monthly]",
        "taxes={federal: 24%}",
    ]
    html = page(compare(load(EMILY, settings)))
    assert "<dt>Changed in it</dt><dd>policies=[monthly]; taxes={federal: 24%}</dd>" in html


def test_a_note_of_ten_thousand_letters_is_shown_whole() -> None:
    note = "Zeile\\n" * 1_600 + "Ende"
    html = written({"client": f'{{note: "{note}"}}'}, ["policies=[monthly]"])
    assert Outline(html).text.count("Zeile") == 1_600


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_scenario_makes_readable_pictures_and_a_page(name: str) -> None:
    html = page_of(name)
    assert sections(html) == SECTIONS
    told = Outline(html[: html.index("<footer")]).text
    assert not KEY.findall(told), "a client reads no fields and no commands"


def test_a_page_is_small(emily: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With its pictures, drawn twice each, of thirty years too."""
    monkeypatch.undo()
    thirty = load(SCENARIOS / "ten-years.yaml", ["years=2025-2054", "wealth={outside_return: 4%}"])
    assert len(emily) < len(page(compare(thirty))) < LARGEST


def test_where_nothing_is_converted_no_form_arrives() -> None:
    html = page(compare(load(EMILY).varied("plan.conversion.allowed=false")))
    assert "no Form 1099-R will arrive" in html
    assert "stays behind" in html


def test_money_in_transit_stands_on_the_page() -> None:
    """tests/documents.py: 500.00 of December 31 land in January; never converting leaves 12,000.00."""
    text = " ".join(Outline(page(compare(scenario(LAGGING)))).text.split())
    assert "In transit: paid by then, it lands in the account after." in text
    assert "Never: $12,000.00 stays behind, $500.00 of it in transit" in text
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
    return paragraph(html, "lead")


def paragraph(html: str, kind: str) -> str:
    """The paragraph of a class."""
    found = re.search(rf'<p class="{kind}">(.*?)</p>', html, re.S)
    assert found is not None
    return unescape(found.group(1))


def numbers(html: str) -> dict[str, str]:
    """The numbers of the first screen, by what they are."""
    return dict(re.findall(r"<div><dt>([^<]+)</dt><dd><b>([^<]+)</b>", html))


def sections(html: str) -> list[str]:
    """The headings of the sections that every page has, in order."""
    found = [text for level, text in Outline(html).headings if level == 2]
    return [text for text in found if not AT_TIMES.match(text)]


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
    assert "saves $250 of fees" in paragraph(html, "why")


def test_the_page_names_overrides_and_data_files_but_no_folder() -> None:
    from hashlib import sha256

    scenario = load(SCENARIOS / "own-fund.yaml", ["returns.paths=16", "name=X"])
    text = Outline(page(compare(scenario))).text
    prices = (SCENARIOS / "data" / "invented-fund.csv").read_bytes()
    assert sha256(prices).hexdigest() in text
    assert "returns.paths=16; name=X" in text
    assert "own-fund.yaml, SHA-256" in text
    assert str(SCENARIOS) not in text


def test_the_delay_is_drawn_where_a_scenario_has_no_policy_per_paycheck(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
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
        "Income tax base, married filing jointly",
        "bears 24% federal and 9.3% California tax in 2025",
        "2025: Rev. Proc. 2024-40; P.L. 119-21 sec. 70102",
        "alternative minimum tax",
        "exemption credit falls",
    ):
        assert words in text
    assert "flat marginal rates" not in text
