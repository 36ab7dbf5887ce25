"""A table of people as a benefits team exports it: which column is which field of a scenario.

The headers are those of HR and payroll exports (Workday, ADP, UKG and their like). What is recognised is
converted; every other column is kept beside the results, so that one can group by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from simulator.notation.letters import plain
from simulator.readers.dates import ORDERS, Order, days_of
from simulator.readers.figures import Commas, plain_number, unsigned
from simulator.readers.named_file import same_words
from simulator.readers.names import plain_name

KEPT = "#"
"""Begins the name of a column that changes nothing and is kept beside the results."""

HIRED = "pay.first_pay_date"
"""The field that a hire date tells: the first pay date of the cycle on or after it."""

SALARY = "pay.salary"
LEAST_SALARY = 1_000
"""What is less is asked about: it is perhaps paid an hour. [dollars a year]"""

FIELDS: dict[str, tuple[str, ...]] = {
    "name": (
        *("name", "employee name", "full name", "employee", "worker", "worker name"),
        "legal name",
    ),
    "birth_year": (
        *("dob", "date of birth", "birth date", "birthdate", "birthday", "birth year"),
        *("year of birth", "birth dt"),
    ),
    SALARY: (
        *("salary", "annual salary", "annual base pay", "annual base salary", "base salary"),
        *("base pay", "annual pay", "annual rate", "annual rate of pay", "annual base"),
        *("annualized salary", "base annual salary", "total base pay annualized", "annual wage"),
    ),
    "pay.frequency": (
        *("pay frequency", "frequency", "pay freq", "payroll frequency", "pay schedule"),
        *("pay cycle", "pay period frequency"),
    ),
    HIRED: (
        *("hire date", "date of hire", "original hire date", "most recent hire date"),
        *("latest hire date", "start date", "doh", "date hired", "last hire date"),
    ),
    "pay.prior_year_wages": (
        *("prior year wages", "prior year fica wages", "prior year pay", "w 2 box 3 prior year"),
    ),
    "elections.pre_tax": (
        *("deferral", "pre tax", "pretax", "pre tax deferral", "pretax deferral", "401k", "401 k"),
        *("elective deferral", "401k deferral", "401 k deferral", "employee deferral"),
        *("traditional", "before tax", "pre tax 401k", "pre tax contribution", "pretax 401k"),
    ),
    "elections.roth": (
        *("roth", "roth deferral", "roth 401k", "roth 401 k", "roth contribution", "401k roth"),
    ),
    "elections.after_tax": (
        *("after tax", "aftertax", "after tax contribution", "voluntary after tax"),
        *("after tax 401k", "after tax deferral", "after tax election"),
    ),
}
"""What HR exports call the fields; those of shares with percent, rate or election behind them too."""

_PERCENT = re.compile(r"%|\b(percent|percentage|pct|rate|election)\b")
_SHARES = ("elections.pre_tax", "elections.roth", "elections.after_tax")
_BARE = re.compile(r"\d*\.?\d+")
_FREQUENCIES = {
    "weekly": ("weekly", "52", "w", "wk", "everyweek", "52pays", "week"),
    "biweekly": (
        *("biweekly", "26", "b", "bw", "every2weeks", "everytwoweeks", "everyotherweek"),
        *("fortnightly", "26pays", "14days", "every14days"),
    ),
    "semimonthly": ("semimonthly", "24", "s", "sm", "twicemonthly", "twiceamonth", "24pays"),
    "monthly": ("monthly", "12", "m", "mo", "onceamonth", "12pays", "month"),
}
_FREQUENCY = {word: name for name, words in _FREQUENCIES.items() for word in words}
_YOUNGEST = 15
"""The last year of this century that two figures stand for in a birth date."""


class PersonColumn(NamedTuple):
    """A column of a table of people.

    Attributes:
        name: Its name as it stands in the file.
        field: The field that it sets; with `KEPT` in front, none.
        converted: Whether its cells are those of an export, and not of a scenario.
    """

    name: str
    field: str
    converted: bool = False

    @property
    def says_percent(self) -> bool:
        """Whether a bare number in it is a percentage."""
        return self.field in _SHARES and bool(_PERCENT.search(plain_name(self.name)))


class Decided(NamedTuple):
    """What only a whole column tells.

    Attributes:
        order: Which comes first in hire dates.
    """

    order: Order | None = None


def person_columns(
    names: Sequence[str], mapping: Mapping[str, str], known: Collection[str]
) -> tuple[PersonColumn, ...]:
    """Which field each column sets.

    Args:
        names: The names as they stand in the file.
        mapping: Fields by the names of columns, as somebody wrote them.
        known: The fields of a scenario that stand at its top.
    """
    return tuple(_column(name, mapping, known) for name in names)


def _column(name: str, mapping: Mapping[str, str], known: Collection[str]) -> PersonColumn:
    for written, field in mapping.items():
        if same_words(written, name):
            return PersonColumn(name, field, converted=not field.startswith(KEPT))
    if name.startswith(KEPT) or is_field_name(name, known):
        return PersonColumn(name, name)
    if (known_as := recognised(name)) is not None:
        return PersonColumn(name, known_as, converted=True)
    return PersonColumn(
        name, KEPT + " ".join(plain(name).replace('"', "'").replace("\\", "/").split())
    )


def is_field_name(name: str, known: Collection[str]) -> bool:
    """Whether a name is written like a field: one at the top, nearly one, or parts with dots between them."""
    if name in known or not name:
        return True
    if re.search(r"\s", name):
        return False
    return "." in name or bool(recognised(name) is None and get_close_matches(name, known, 1, 0.85))


def recognised(name: str) -> str | None:
    """The field that an export's name for a column means; None where it is not known."""
    words = plain_name(name)
    for field, names in FIELDS.items():
        if words in names:
            return field
    bare = " ".join(_PERCENT.sub(" ", words).split())
    return next((field for field in _SHARES if bare in FIELDS[field]), None)


def cell_text(column: PersonColumn, text: str, decided: Decided) -> str:
    """What a cell of an export says, as a scenario has it; what is not understood stays for its door.

    Args:
        column: The column.
        text: What stands there, not empty.
        decided: What the whole column told.
    """
    match column.field:
        case "birth_year":
            return _year_of(text)
        case "pay.frequency":
            return _FREQUENCY.get(re.sub(r"[^a-z0-9]", "", text.casefold()), text)
        case "pay.salary" | "pay.prior_year_wages":
            negative, body = unsigned(text)
            return text if negative else plain_number(body, Commas(decimal=False)).replace(",", "")
        case "pay.first_pay_date":
            day = hired_on(text, decided)
            return str(day) if day else text
    bare = text.strip()
    return f"{bare}%" if column.says_percent and _BARE.fullmatch(bare) else bare


def hired_on(text: str, decided: Decided) -> date | None:
    """The day that a hire date says; None where it says none."""
    return days_of([text], decided.order).of.get(text)


def open_order(texts: Sequence[str]) -> tuple[Order | None, str]:
    """Which comes first in a column of hire dates, and the question where that is open."""
    question = days_of(texts).question
    if question:
        return None, question
    fits = [
        order
        for order in ORDERS
        if not set(days_of(texts, order).faults) - set(days_of(texts).faults)
    ]
    return (fits[0] if fits else None), ""


def open_share(texts: Sequence[str]) -> str:
    """The question that a column of percentages leaves open: 0.06 may be 6%, or 0.06%. Else empty."""
    numbers = [float(text) for text in texts if _BARE.fullmatch(text)]
    above = [number for number in numbers if number > 0]
    if not above or max(above) > 1:
        return ""
    return f"{above[0]:g} may be {above[0]:.0%} or {above[0]:g}%; write the percent sign"


def no_salary(column: PersonColumn, text: str) -> str:
    """The question that a small number in a column of salaries leaves open; empty where there is none."""
    if not column.converted or column.field != SALARY:
        return ""
    written = re.sub(r"[,_]", "", cell_text(column, text.strip(), Decided()))
    if not _BARE.fullmatch(written) or not 0 < float(written) < LEAST_SALARY:
        return ""
    return (
        f"{written} is no year's pay; of an hour's write the year's, {written} x 2,080 hours = "
        f"{float(written) * 2_080:.0f}; if it is a year's, call the column {SALARY}"
    )


def _year_of(text: str) -> str:
    """The year of a birth date; day and month need not be known for it."""
    if re.fullmatch(r"(19|20)\d\d", text.strip()):
        return text.strip()
    for order in (None, *ORDERS):
        read = days_of([text], order, pivot=_YOUNGEST)
        if not read.question and text in read.of:
            return str(read.of[text].year)
    return text
