"""What docs/law.md has of the income tax, from the tables that the program reads."""

from collections.abc import Iterator

from simulator.law.income_tax import published_tables, table_years
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

YOUNG = 40
"""An age at which no state's rule for pensions begins."""


def notices() -> str:
    """What published each year's tables, on one line."""
    sources = {year: one.source for (year, _), one in published_tables().items()}
    return "; ".join(f"{year}: {source}" for year, source in sources.items()) + "."


def states() -> str:
    """What each state that can be named takes in the last year with a table, by kind."""
    year = table_years()[1]
    refused = [
        name
        for code, name in state_names().items()
        if code not in HELD and "not held" not in str(why_refused(code, year, YOUNG))
    ]
    lines = [f"* {kind}, in {year}: {', '.join(told)}." for kind, told in _by_kind(year)]
    lines.append(f"* Refused, as it depends on age and plan: {', '.join(refused)}.")
    return "\n".join(lines)


def _by_kind(year: int) -> Iterator[tuple[str, list[str]]]:
    rates = {code: state_rate(code, year) for code in HELD if code not in bracket_states()}
    free = [code for code, rate in rates.items() if rate is None or not rate.rate]
    yield "Nothing", free
    flat = {code: rate.rate for code, rate in rates.items() if rate is not None and rate.rate}
    yield "One rate", [f"{code} {percent(rate)}{_from_age(code)}" for code, rate in flat.items()]
    brackets = []
    for code in HELD:
        if code in bracket_states():
            taken = state_table(code, "single", year)
            low, *_, high = (rate for _, rate in taken.brackets)
            span = f"{percent(low)} to {percent(high)}"
            brackets.append(f"{code} {span}, of {taken.year}{_from_age(code)}")
    yield "Brackets", brackets


def _from_age(code: str) -> str:
    if (age := PENSIONS_EXEMPT_FROM.get(code)) is None:
        return ""
    return f" (from {age} {'nothing' if code == 'IA' else 'on give a rate'})"
