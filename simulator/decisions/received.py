"""Forms 1099-R that were received: a list in YAML or JSON, a CSV, or values of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

from simulator.files.csv_rows import csv_rows
from simulator.files.opened import Unreadable, content
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistakes, short
from simulator.notation.numbers import read_dollars
from simulator.notation.yaml_document import document
from simulator.notation.yaml_reader import LARGEST
from simulator.readers.decoded import text_of
from simulator.readers.figures import commas_of, number_in, says_nothing
from simulator.refusal import Refused

BOXES = ("box_1", "box_2a", "box_4", "box_5")
PLAN = ("plan_value", "plan_pre_tax")
"""The whole plan's value, and the pre-tax money in it, as a statement has them."""

KEYS = ("year", *BOXES, "box_7", *PLAN)
MOST_FORMS = 1_000
ARGUMENT = "form"

Forms = str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]]
"""How forms are given: a file's name, one form, or several. [dollars]"""


class Received(NamedTuple):
    """A form as it was printed. An empty box is None, which is not 0. [cents]

    Attributes:
        year: The calendar year.
        box_1: Gross distribution.
        box_2a: Taxable amount.
        box_4: Federal income tax withheld.
        box_5: Employee contributions.
        box_7: Distribution code.
        plan_value: What the whole plan was worth, where it is told.
        plan_pre_tax: The pre-tax money in it.
    """

    year: int
    box_1: int
    box_2a: int | None
    box_4: int | None
    box_5: int | None
    box_7: str
    plan_value: int | None = None
    plan_pre_tax: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """The boxes. [dollars]"""
        amounts = {name: getattr(self, name) for name in BOXES}
        told = {name: None if one is None else one / 100 for name, one in amounts.items()}
        return {**told, "box_7": self.box_7}


def received(forms: Forms) -> tuple[list[Received], list[str]]:
    """The forms, and what was left unread of them, a sentence each.

    Raises:
        Refused: They cannot be read, or a box is missing.
    """
    written = _in_file(Path(forms)) if isinstance(forms, str | Path) else _listed(forms)
    if not written:
        raise Refused("there is no form; write year, box_1, box_2a, box_5 and box_7", ARGUMENT)
    if len(written) > MOST_FORMS:
        raise Refused(f"there are {len(written):,} forms; at most {MOST_FORMS:,}", ARGUMENT)
    unread: dict[str, None] = {}
    read = [_form(dict(_named(one)), unread) for one in written]
    return read, [f"the form's {name} is not read" for name in unread]


def _listed(data: Any) -> list[Mapping[str, Any]]:
    """The forms that values are: one, a list, or a list under `forms` with the plan's figures beside it."""
    if isinstance(data, Mapping):
        if "forms" not in data:
            return [data]
        common = {name: value for name, value in data.items() if name != "forms"}
        return [{**common, **one} for one in _listed(data["forms"])]
    if isinstance(data, str | bytes) or not isinstance(data, Iterable):
        raise _not_forms()
    forms = list(data)
    if not all(isinstance(one, Mapping) for one in forms):
        raise _not_forms()
    return forms


def _not_forms() -> Refused:
    example = "- {year: 2025, box_1: 10259, box_2a: 407, box_5: 9852, box_7: G}"
    return Refused(f"this is not a list of forms; write for example {example}", ARGUMENT)


def _in_file(file: Path) -> list[Mapping[str, Any]]:
    """The forms of a file."""
    try:
        read = content(file, LARGEST, "a form")
    except Unreadable as why:
        raise Refused(f"{visible(str(file))}: cannot be read: {why}", ARGUMENT) from None
    if file.suffix.lower() == ".csv":
        return list(_in_csv(text_of(file, read)))
    found = document(read, visible(str(file)))
    if found.mistakes:
        raise Mistakes(found.mistakes)
    return _listed(found.data)


def _in_csv(text: str) -> Iterator[Mapping[str, Any]]:
    """The forms of a CSV, a row each."""
    header: list[str] = []
    for row in csv_rows(StringIO(text, newline="").readline):
        if row.fault:
            raise Refused(f"line {row.line}: {row.fault}", ARGUMENT)
        cells = [cell.strip() for cell in row.cells]
        if not any(cells):
            continue
        if not header:
            header = cells
            continue
        if len(cells) > len(header):
            wrong = f"line {row.line}: {len(cells)} cells; the header has {len(header)}"
            raise Refused(f"{wrong}; put quotes around numbers with commas", ARGUMENT)
        yield dict(zip(header, cells, strict=False))


def _named(form: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The keys of a form as they are called here: `Box 2a` and `box2a` are `box_2a`."""
    for key, value in form.items():
        words = re.sub(r"[^0-9a-z]+", "_", str(key).casefold()).strip("_")
        yield re.sub(r"^box_?(\d)", r"box_\1", words), value


def _form(form: Mapping[str, Any], unread: dict[str, None]) -> Received:
    """A form; what it has besides is noted as unread.

    Raises:
        Refused: A box is missing, or cannot be read.
    """
    year = _year(form.get("year"))
    for name in form:
        if name in KEYS:
            continue
        if not name.startswith("box_"):
            wrong = f"'{visible(short(name))}' is no box; write {', '.join(KEYS[:6])}"
            raise Refused(wrong, ARGUMENT)
        unread[visible(short(name))] = None
    amounts = {name: _amount(name, year, form.get(name)) for name in (*BOXES, *PLAN)}
    code = "" if form.get("box_7") is None else str(form["box_7"]).strip().upper()
    if amounts["box_1"] is None:
        raise Refused(f"needs box_1 for {year}", ARGUMENT)
    if not code:
        raise Refused(f"needs box_7 for {year}, the code; write for example box_7: G", ARGUMENT)
    if not re.fullmatch(r"[0-9A-Z]{1,2}", code):
        raise Refused(f"box_7 for {year} is no code; write for example G", ARGUMENT)
    return Received(year, box_7=code, **amounts)  # type: ignore[arg-type]


def _year(value: Any) -> int:
    text = "" if value is None else str(value).strip()
    if not re.fullmatch(r"(19|20|21)\d\d", text):
        raise Refused("needs the year of each form; write for example year: 2025", ARGUMENT)
    return int(text)


def _amount(name: str, year: int, value: Any) -> int | None:
    """The cents in a box; None where it is empty."""
    text = "" if value is None else str(value).strip()
    if says_nothing(text):
        return None
    try:
        negative, cents = number_in(
            text, commas_of([text]), read_dollars, "this is no amount of dollars"
        )
    except ValueError as why:
        raise Refused(f"{name} for {year}: {visible(str(why))}", ARGUMENT) from None
    if negative and cents:
        raise Refused(f"{name} for {year} is below 0; write what is printed", ARGUMENT)
    return cents
