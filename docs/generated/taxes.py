"""What docs/law.md has of the income tax, from the tables that the program reads."""

from generated.law import table
from simulator.law.income_tax import AMOUNTS, STATUSES, published_tables, table_years, tax_indexing
from simulator.law.states import (
    HELD,
    PENSIONS_EXEMPT_FROM,
    bracket_states,
    state_names,
    state_rate,
    state_table,
    why_refused,
)
from simulator.notation.numbers import percent

HEADS = {
    "to_10": "10% to",
    "to_12": "12%",
    "to_22": "22%",
    "to_24": "24%",
    "to_32": "32%",
    "to_35": "35%",
    "standard": "standard",
    "additional_65": "65+",
    "zero_to": "gains 0% to",
    "fifteen_to": "15%",
}
"""The columns of the tables."""

YOUNG = 40
"""An age at which no state's rule for pensions begins."""


def brackets() -> str:
    """The published tables, a row for each year and status, the newest first."""
    rows = [
        [
            str(year),
            status,
            *(f"{one.amounts[name] // 100:,}" for name in AMOUNTS),
        ]
        for year in range(table_years()[1], table_years()[0] - 1, -1)
        for status in STATUSES[:4]
        for one in [published_tables()[year, status]]
    ]
    return table(["year", "status", *HEADS.values()], rows, words=2)


def notices() -> str:
    """What published them."""
    sources = {year: one.source for (year, _), one in published_tables().items()}
    return table(["year", "source"], [[str(year), sources[year]] for year in sources], words=2)


def indexing() -> str:
    """How each amount of a single person is indexed."""
    rows = [
        [head, f"{index.base:,}", str(index.step), f"{float(index.factor):.6f}"]
        for name, head in HEADS.items()
        for index in [tax_indexing()[name, "single"]]
    ]
    return table(["amount", "base", "step", "factor of 2026"], rows, words=1)


def states() -> str:
    """What each state that can be named takes in the last year with a table."""
    year = table_years()[1]
    rows = [[code, state_names()[code], _takes(code, year), _from_age(code)] for code in HELD]
    refused = [
        [code, name, "refused", why.partition(";")[0]]
        for code, name in state_names().items()
        if code not in HELD and "not held" not in (why := str(why_refused(code, year, YOUNG)))
    ]
    return table(
        ["code", "state", f"takes in {year}", "from an age on"], [*rows, *refused], words=4
    )


def _takes(code: str, year: int) -> str:
    if code in bracket_states():
        taken = state_table(code, "single", year)
        rates = [rate for _, rate in taken.brackets]
        return f"brackets of {taken.year}, {percent(rates[0])} to {percent(rates[-1])}"
    rate = state_rate(code, year)
    return "nothing" if rate is None or not rate.rate else percent(rate.rate)


def _from_age(code: str) -> str:
    if (age := PENSIONS_EXEMPT_FROM.get(code)) is None:
        return ""
    return f"{age}: {'nothing' if code == 'IA' else 'refused, a rate has to be given'}"
