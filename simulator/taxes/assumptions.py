"""What a computed tax rests on: what the law or its tables leave open, and what is not modelled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.law.income_tax import table_years
from simulator.law.states import (
    PENSIONS_EXEMPT_FROM,
    bracket_states,
    state_names,
    state_rate,
    state_table,
)
from simulator.notation.numbers import percent
from simulator.taxes.taxation import AGED, Taxation

NOT_MODELLED = (
    "The federal tax leaves out: the alternative minimum tax; every credit (the child credit falls by $50 "
    "for each $1,000 of income above $200,000, joint $400,000); state tax as a deduction that grows with "
    "it, and its phase-down; the 35% limit on deductions in the 37% bracket; the deduction for business "
    "income (QBI); Medicare's premium surcharges (IRMAA) and the premium tax credit."
)
SCHEDULES = (
    "The tax is that on the year's income with the taxable earnings less that without them, by the tax "
    "schedules and in cents; the Tax Table's bands of $50 may differ by some dollars."
)

SOURCES_DIFFER = {
    ("GA", 2026): "Georgia's 4.99% of 2026 rests on one source; another still has 5.19%.",
    ("UT", 2026): "Utah's 4.45% of 2026 rests on one source; another still has 4.5%.",
}

LEFT_OUT = {
    "CA": "credits (the exemption credit falls by $6, joint $12, for each $2,500 above a threshold)",
    "MA": "credits and deductions beyond the personal exemption",
    "NJ": "credits and deductions beyond the regular exemption",
    "NY": "credits, and the taxes of New York City and Yonkers",
}

WASHINGTON = 2028
"""From this year on Washington taxes incomes above a million. Law: ESSB 6346."""


def tax_assumptions(taxation: Taxation, years: Sequence[int]) -> Iterator[str]:
    """What the taxes of some years rest on, a sentence each; nothing where both rates are given.

    Args:
        taxation: The taxes.
        years: The simulated years, and later ones with a form.
    """
    taxes = taxation.taxes
    if taxes.status is not None:
        yield SCHEDULES
        yield from _tables(taxation, years)
        yield from _base(taxation, years)
        yield NOT_MODELLED
    if (code := taxes.state_code) is not None:
        yield from _state(code, taxation, years)
    elif taxes.status is not None and not taxes.state:
        yield "No state tax is worked out: taxes.state names no state and no rate."


def _tables(taxation: Taxation, years: Sequence[int]) -> Iterator[str]:
    """Of which years the tables are not the published ones."""
    tables = [taxation.table(year) for year in years]
    beyond = [table for table in tables if table.projected]
    if not beyond:
        return
    first, last = beyond[0].year, beyond[-1].year
    which = str(first) if first == last else f"{first} to {last}"
    _, known = table_years()
    source = beyond[0].source
    yield f"Brackets, deductions and gains of {which}: {source}." + (
        f" Those of {known + 1} are published (Rev. Proc. 2026-35) and not held yet."
        if first == known + 1
        else ""
    )


def _base(taxation: Taxation, years: Sequence[int]) -> Iterator[str]:
    """What is taken for a year's wages, and whose age counts."""
    last = taxation.years.last
    if years[-1] > last:
        none = ", without wages, as employment has ended" if taxation.employed_until else ""
        yield f"What is taxable after {last} comes on top of the income of {last}, as it has grown{none}."
    if taxation.taxes.wages is None:
        yield (
            "Wages are the payroll's gross less pre-tax deferrals; what is earned elsewhere in the year "
            "belongs in taxes.other_income, what benefits take off in taxes.adjustments."
        )
    if any(taxation.aged(year) or taxation.aged(year + 1) for year in years):
        yield (
            f"Age {AGED} counts by the year of birth; the law counts one who was born on January 1 a year "
            "earlier."
        )


def _state(code: str, taxation: Taxation, years: Sequence[int]) -> Iterator[str]:
    name = state_names()[code]
    if code in bracket_states():
        status = str(taxation.taxes.status)
        yield from _elsewhere(
            f"{name}'s brackets", {year: state_table(code, status, year).year for year in years}
        )
        yield (
            f"{name}: brackets on the federal adjusted gross income less its standard deduction or "
            f"exemption; left out are {LEFT_OUT[code]}."
        )
        return
    rates = {year: rate for year in years if (rate := state_rate(code, year))}
    kind = next(iter(rates.values())).kind
    if kind == "none":
        yield f"{name} takes no tax on it."
        if code == "WA" and years[-1] >= WASHINGTON:
            yield f"Washington taxes incomes above $1,000,000 from {WASHINGTON} on: left out."
        return
    if code == "IL":
        yield "Illinois leaves what stands on line 5b untaxed, at every age (IL-1040, line 5)."
        return
    if code == "IA":
        born = PENSIONS_EXEMPT_FROM[code]
        yield f"Iowa takes nothing from the year of the {born}th birthday on (a secondary source)."
    yield from _elsewhere(f"{name}'s rate", {year: rate.year for year, rate in rates.items()})
    shown = ", ".join(dict.fromkeys(percent(rate.rate) for rate in rates.values()))
    yield f"{name} takes {shown} of all that is added; county, city and school taxes are left out."
    for year in dict.fromkeys(rate.year for rate in rates.values()):
        if differ := SOURCES_DIFFER.get((code, year)):
            yield differ


def _elsewhere(what: str, taken: dict[int, int]) -> Iterator[str]:
    """For which years what is held for another is taken."""
    others = [year for year, held in taken.items() if held != year]
    if others:
        which = str(others[0]) if len(others) == 1 else f"{others[0]} to {others[-1]}"
        held = ", ".join(map(str, dict.fromkeys(taken[year] for year in others)))
        yield f"{what} of {which}: those of {held}, unchanged."
