"""Names, labels and notes may hold anything: in every output they stay what they are, text."""

import csv
import json
import re
from html.parser import HTMLParser
from io import StringIO
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from icalendar import Calendar
from openpyxl import load_workbook

from simulator.cli import cli
from simulator.scenario.loading import load
from simulator.simulation import compare

TEXTS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "formula": "=HYPERLINK(A1)",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1)",
    "lines": "one\ntwo\r\nthree\ttabbed",
    "terminal": "\x1b[31mred\x1b[0m \x07 \x9b1m",
    "directions": "\u202eevil\u2066 \u200f\u200b",
    "controls": "a\x00b\x7f\x85c\u2028d\u2029e \r f",
    "shapeless": "a\xad\ufeff\u2060\u061c\U000e0065\U000e0076\ue000\ufdd0\U0010ffff \u200dx",
    "scripts": "\u05d0\u05de\u05d9\u05dc\u05d9 \u0645\u062d\u0645\u062f \u0645\u06cc\u200c\u062e",
    "emoji": "\U0001f4b0\U0001f468\u200d\U0001f469\u200d\U0001f467 1\ufe0f\u20e3",
    "markdown": "| a | [b](c) `d` *e* _f_ # g \\ |",
    "mathematics": "$x_{ \\frac{1}{2",
    "template": "{{ 7 * 7 }}{% raw %}",
    "long": "ten thousand letters " * 500,
}
COMMANDS = {
    "compare": (),
    "payroll": (),
    "ledger": ("--policy", "LABEL"),
    "form": (),
    "sweep": ("--policy", "LABEL", "--vary", "plan.basis_after_loss=forfeit"),
    "best": (),
    "elect": (),
    "check": (),
    "remind": ("--policy", "LABEL"),
}
STEERING = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff"
    r"\ufdd0\ue000\U000e0000-\U000e007f\U0010ffff]|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
"""Controls, separators, marks of direction, letters without a shape; joiners that join nothing."""


SHORT = [words for words in TEXTS.values() if len(words) < 100]
ALL = " ".join(SHORT)
FORMATS = ("table", "json", "csv", "markdown")


def asked(of: str) -> pytest.MarkDecorator:
    """A quarter of all texts with all commands, so that each pair of text, command and format is tried."""
    pairs = [
        pytest.param(words, command, id=f"{text}-{command}")
        for place, (text, words) in enumerate(TEXTS.items())
        for other, command in enumerate(COMMANDS)
        if FORMATS[(place + other) % len(FORMATS)] == of
    ]
    return pytest.mark.parametrize(("words", "command"), pairs, indirect=["words"])


def _escaped(letter: str) -> str:
    """A letter as it stands between YAML's double quotes."""
    plain = letter.isprintable() and letter not in '"\\'
    return letter if plain else f"\\U{ord(letter):08x}"


def quoted(words: str) -> str:
    """Words between YAML's double quotes."""
    return '"' + "".join(map(_escaped, words)) + '"'


def written(folder: Path, words: str, *labels: str) -> Path:
    """A scenario that says the words as its name and in its notes, with labels for its policies."""
    said = quoted(words)
    policies = "".join(
        f"- {{cadence: {cadence}, label: {quoted(label)}}}\n"
        for cadence, label in zip(cycle(("monthly", "year-end")), labels, strict=False)
    )
    file = folder / "scenario.yaml"
    file.write_text(
        f"name: {said}\nnotes: {said}\nyears: 2025\nbirth_year: 1997\n"
        "pay: {salary: 200_000, frequency: monthly}\n"
        f"elections: {{pre_tax: 12%, after_tax: 10%}}\npolicies:\n{policies}",
        encoding="utf-8",
    )
    return file


@pytest.fixture(params=TEXTS.values(), ids=list(TEXTS), scope="module")
def words(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def scenario(words: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scenario that says the words wherever it may say something, and all others beside them."""
    return written(tmp_path_factory.mktemp("hostile"), words, words, ALL)


def said(command: str, scenario: Path, words: str, *more: str | Path) -> str:
    options = [words if option == "LABEL" else option for option in COMMANDS.get(command, ())]
    done = CliRunner().invoke(cli, [command, str(scenario), *options, *map(str, more)])
    assert done.exit_code == 0, done.output
    return done.stdout


@asked("table")
def test_no_table_steers_the_terminal(command: str, scenario: Path, words: str) -> None:
    assert not STEERING.search(said(command, scenario, words))


@asked("json")
def test_json_holds_the_words_as_they_are(command: str, scenario: Path, words: str) -> None:
    text = said(command, scenario, words, "--format", "json")
    assert not STEERING.search(text)
    answer = json.dumps(json.loads(text))
    if command in ("compare", "form", "sweep", "check"):
        assert json.dumps(words)[1:-1] in answer
    if command in ("compare", "form", "check"):
        assert json.dumps(ALL)[1:-1] in answer


@asked("csv")
def test_no_cell_of_a_csv_is_run_and_numbers_are_numbers(
    command: str, scenario: Path, words: str
) -> None:
    text = said(command, scenario, words, "--format", "csv")
    assert not STEERING.search(text)
    header, *rows = csv.reader(StringIO(text))
    assert rows
    for row in rows:
        assert len(row) == len(header)
        for cell in row:
            if cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
                float(cell)  # only a number may begin like a formula
    amounts = [place for place, name in enumerate(header) if name.startswith(("box_", "amount"))]
    for row in rows:
        for place in amounts:
            if row[place] not in ("", "G"):
                float(row[place])


def test_no_cell_of_a_workbook_is_run(tmp_path: Path) -> None:
    said("compare", written(tmp_path, ALL, *TEXTS.values()), ALL, "-o", tmp_path / "answer.xlsx")
    book = load_workbook(tmp_path / "answer.xlsx")
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert all(cell.quotePrefix for cell in texts)
    assert not [cell.value for cell in texts if STEERING.search(str(cell.value))]


@asked("markdown")
def test_markdown_keeps_its_tables(command: str, scenario: Path, words: str) -> None:
    text = said(command, scenario, words, "--format", "markdown")
    bars = [
        len(re.findall(r"(?<!\\)\|", line)) for line in text.splitlines() if line.startswith("|")
    ]
    assert bars
    blocks = re.findall(r"(?m)(?:^\|.*\n?)+", text)
    for block in blocks:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
        assert len(widths) == 1
    assert not re.search(r"(?<!\\)<", text)
    assert not STEERING.search(text)


several = pytest.mark.parametrize(
    "labels", [SHORT[::3], SHORT[1::3], SHORT[2::3], [TEXTS["long"]]], ids=["1", "2", "3", "long"]
)
"""Texts that are drawn together, each as a policy's label: a picture takes longer than a table."""


@several
def test_a_form_is_drawn(labels: list[str], tmp_path: Path) -> None:
    file, words = tmp_path / "form.svg", " ".join(labels)
    said("form", written(tmp_path, words, *labels), words, "-o", file)
    ElementTree.parse(file)


class Tags(HTMLParser):
    """The names of a page's elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.handlers: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.handlers |= {name for name, _ in attrs if name.startswith("on")}


@several
def test_a_page_and_its_pictures_run_nothing(labels: list[str], tmp_path: Path) -> None:
    file, words = tmp_path / "page.html", " ".join(labels)
    said("report", written(tmp_path, words, *labels), words, "-o", file)
    html = file.read_text(encoding="utf-8")
    assert not STEERING.search(html)
    pictures = re.findall(r"<svg .*?</svg>", html, re.DOTALL)
    assert len(pictures) == 8, "four, each wide and narrow"
    for drawn in pictures:
        names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
        assert "path" in names
        assert "script" not in names
    tags = Tags(html)
    assert "script" not in tags.names
    assert not tags.handlers


def test_a_calendar_holds_no_event_of_its_own_making(
    scenario: Path, words: str, tmp_path: Path
) -> None:
    file = tmp_path / "calendar.ics"
    said("remind", scenario, words, "-o", file)
    content = file.read_bytes()
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 15
    assert not STEERING.search(content.replace(b"\r\n ", b"").replace(b"\r\n", b"\n").decode())


def test_a_notebook_shows_a_comparison_without_them(scenario: Path) -> None:
    assert not STEERING.search(compare(load(scenario))._repr_html_())
