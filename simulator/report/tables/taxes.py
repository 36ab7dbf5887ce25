"""What the tax of a comparison is worked out beside, as a table and in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.comparison import Comparison
from simulator.law.states import state_names
from simulator.notation.numbers import percent
from simulator.report.tables.table import COUNT, Column, Table

FILING = {
    "single": "single",
    "married-joint": "married filing jointly",
    "married-separate": "married filing separately",
    "head-of-household": "head of household",
    "surviving-spouse": "surviving spouse",
}
"""Filing statuses in words."""


def tax_base_tables(comparison: Comparison) -> Iterator[Table]:
    """What each year's income is before any taxable earnings; nothing where the federal rate is given."""
    taxation = comparison.taxation
    if taxation is None or taxation.taxes.status is None:
        return
    heads = ("Wages", "AGI", "Deduction", "Taxable income")
    columns = (
        Column("Year", COUNT),
        *map(Column, heads),
        *(Column(head, COUNT) for head in ("Federal", "State")),
    )
    rows, tables = [], []
    for year in comparison.tax_years:
        of_year = taxation.of(year)
        assert of_year.base is not None, "a status is given"
        tables.append(taxation.table(year))
        rates = map(percent, (of_year.marginal_federal, of_year.marginal_state))
        rows.append(
            (f"{year}p" if of_year.base.projected else str(year), *of_year.base[:4], *rates)
        )
    projected = [table.source for table in tables if table.projected]
    notes = ["Before any taxable earnings; Federal, State: the rates on their first dollar."]
    notes += [f"p: tables {projected[0]}."] if projected else []
    title = f"Income tax base, {FILING[taxation.taxes.status]}"
    yield Table(title, columns, tuple(rows), notes=tuple(notes))


def rate_words(comparison: Comparison) -> Iterator[str]:
    """At which rates the first dollar of taxable earnings is taxed, where they are worked out."""
    taxation = comparison.taxation
    if taxation is None or taxation.taxes.flat:
        return
    moved = set().union(*(result.timeline.years_moved for result in comparison.with_done))
    years = sorted(moved) or list(comparison.scenario.years)
    first = taxation.of(years[0])
    rates = (first.marginal_federal, first.marginal_state)
    code = taxation.taxes.state_code
    state = state_names()[code] if code else "state"
    alike = all(
        (other.marginal_federal, other.marginal_state) == rates
        for other in map(taxation.of, years[1:])
    )
    when = f"from {years[0]} to {years[-1]}" if alike and len(years) > 1 else f"in {years[0]}"
    later = "" if alike else ", at other rates later"
    words = f"{percent(rates[0])} federal and {percent(rates[1])} {state} tax"
    yield f"The first dollar of taxable earnings bears {words} {when}{later}."
