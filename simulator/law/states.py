"""What a state takes of the taxable part of a conversion: nothing, a rate, or brackets; or it is not known.

The sources are in `state_rates.csv`, `state_brackets.csv`, `state_deductions.csv` and `ny_recapture.csv`.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from simulator.law.income_tax import table_status
from simulator.notation.numbers import percent

HERE = Path(__file__).parent

PENSIONS_EXEMPT_FROM = {"CO": 55, "IA": 55, "NY": 60, "GA": 62, "MI": 62, "NJ": 62}
"""The birthday from whose year on a state leaves some or all retirement income untaxed, by rules of its own.

In Iowa all of it; in the others the rate depends on what else there is, so that it has to be given.
"""

HELD = (
    *("AK", "AZ", "CA", "CO", "FL", "GA", "IA", "ID", "IL", "IN", "LA", "MA", "MI"),
    *("NC", "NH", "NJ", "NV", "NY", "OH", "SD", "TN", "TX", "UT", "WA", "WY"),
)
"""The codes that can be given: those of the tables, here so that no table is read to check a scenario."""

RECAPTURE_FROM = 107_650_00
RECAPTURE_OVER = 50_000_00
TOP_RATE_FROM = 25_000_000_00
"""New York takes the benefit of the lower brackets back: from which income on, over which range, and from
which income on the top rate is on all. [cents] Law: N.Y. Tax Law 601(d)."""

SURTAX = {"CA": (1_000_000_00, Fraction(1, 100))}
"""What comes on top of the brackets: taxable income above which, and its rate. [cents]

Law: Cal. Rev. and Tax. Code 17043.
"""


class StateRate(NamedTuple):
    """A state with one rate, in a year.

    Attributes:
        year: The year of the rate: the one asked for, or the last before it that is held.
        rate: What it takes of the taxable part of a conversion; of states that ask, what it takes of wages.
        kind: `none`, `exempt`, `taxed`, `exempt from 55`, or `ask`: whether it does is not settled.
    """

    year: int
    rate: Fraction
    kind: str


class StateTable(NamedTuple):
    """The brackets of a state. [cents]

    Attributes:
        year: The year of the table: the one asked for, or the nearest that is held.
        deduction: What is taken off the adjusted gross income.
        brackets: From which taxable income on which rate is taken.
        recapture: New York's: taxable income above which, what is taken back whole, and what over a range.
    """

    year: int
    deduction: int
    brackets: tuple[tuple[int, Fraction], ...]
    recapture: tuple[tuple[int, int, int], ...] = ()


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def _rate(written: str) -> Fraction:
    return Fraction(written.removesuffix("%")) / 100


@cache
def state_names() -> Mapping[str, str]:
    """The states and the District of Columbia, by their codes."""
    return {row["state"]: row["name"] for row in _rows("states.csv")}


@cache
def _rates() -> Mapping[str, list[StateRate]]:
    """The states with one rate, each with its years in order."""
    found = defaultdict(list)
    for row in _rows("state_rates.csv"):
        found[row["state"]].append(StateRate(int(row["year"]), _rate(row["rate"]), row["box_2a"]))
    return dict(found)


@cache
def _brackets() -> Mapping[tuple[str, str], Mapping[int, StateTable]]:
    """The tables of states with brackets, by state and status, then by year."""
    brackets = defaultdict(list)
    for row in _rows("state_brackets.csv"):
        key = row["state"], row["status"], int(row["year"])
        brackets[key].append((int(row["from"]) * 100, _rate(row["rate"])))
    found: dict[tuple[str, str], dict[int, StateTable]] = defaultdict(dict)
    for row in _rows("state_deductions.csv"):
        state, status, year = row["state"], row["status"], int(row["year"])
        recapture = new_york_recapture(year, status) if state == "NY" else ()
        levels = tuple(brackets[state, status, year])
        found[state, status][year] = StateTable(
            year, int(row["deduction"]) * 100, levels, recapture
        )
    return dict(found)


@cache
def new_york_recapture(year: int, status: str) -> tuple[tuple[int, int, int], ...]:
    """New York's recapture: taxable income above which, taken back whole, and over a range. [cents]

    Source: the tax computation worksheets of IT-201-I.
    """
    return tuple(
        (int(row["above"]) * 100, int(row["base"]) * 100, int(row["benefit"]) * 100)
        for row in _rows("ny_recapture.csv")
        if (int(row["year"]), row["status"]) == (year, status)
    )


@cache
def bracket_states() -> frozenset[str]:
    """The states whose tax depends on the whole income."""
    return frozenset(state for state, _ in _brackets())


def state_rate(state: str, year: int) -> StateRate | None:
    """The rate of a state in a year, or the last before it; None where none is held.

    Of a state that takes nothing it is 0 in every year.
    """
    rates = _rates().get(state, [])
    if rates and rates[0].kind in ("none", "exempt"):
        return rates[0]._replace(year=year, rate=Fraction(0))
    return max((rate for rate in rates if rate.year <= year), default=None)


def state_table(state: str, status: str, year: int) -> StateTable:
    """The brackets of a state: of the year, or unchanged those of the nearest year that is held."""
    tables = _brackets()[state, table_status(status)]
    return tables[min(tables, key=lambda there: abs(there - year))]


def why_refused(state: str, year: int, age: int) -> str | None:
    """Why a state's tax on a conversion is not known in a year; None where it is.

    Args:
        state: A code of `state_names`.
        year: The calendar year.
        age: The age that the person reaches in it.
    """
    example = "give the marginal rate, as state: 5.75%"
    name, begins = state_names()[state], PENSIONS_EXEMPT_FROM.get(state)
    if state in bracket_states():
        known = None
    elif state not in _rates():
        return f"its tax is not held ({', '.join(HELD)}); {example}"
    else:
        known = state_rate(state, year)
        if _rates()[state][-1].kind == "ask":
            rate = percent((known or _rates()[state][0]).rate)
            depends = f"whether {name} taxes a conversion depends on your age and plan"
            return f"{depends}; give {rate} or 0%"
        if known is None:
            return f"no rate is held before {_rates()[state][0].year}; {example}"
    if begins is not None and state != "IA" and age >= begins:
        return (
            f"from the year of the {_ordinal(begins)} birthday, {year - age + begins}, {name} leaves some "
            "retirement income untaxed; give the rate that applies to you, as state: 5.75%"
        )
    return None


def _ordinal(number: int) -> str:
    return f"{number}{'nd' if number % 10 == 2 else 'th'}"
