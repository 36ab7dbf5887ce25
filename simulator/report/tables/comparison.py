"""The tables behind the main answer: form by form, what parking does, what is left, and what went in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.answer.comparison import Comparison
from simulator.conversion.form1099r import CODE
from simulator.payroll.contribution import ContributionYear
from simulator.report.tables.cells import average
from simulator.report.tables.forms import IN_TRANSIT
from simulator.report.tables.table import COUNT, TEXT, WORD, Column, Table
from simulator.report.tables.taxes import tax_base_tables
from simulator.report.tables.wealth import wealth_tables


def tables_behind(comparison: Comparison) -> Iterator[Table]:
    """Everything behind the main answer."""
    if any(len(result.all_forms) > 1 for result in comparison.with_done):
        yield _forms_by_year(comparison)
    yield from parking_tables(comparison)
    yield from wealth_tables(comparison)
    yield balances_table(comparison)
    yield from contribution_tables(comparison)
    yield from tax_base_tables(comparison)


def _forms_by_year(comparison: Comparison) -> Table:
    by_code = any(form.box_7 != CODE for one in comparison.with_done for form in one.all_forms)
    columns = (
        Column("Policy", TEXT),
        Column("Form of", COUNT),
        *((Column("Code", WORD),) if by_code else ()),
        Column("Conv.", COUNT),
        Column("Box 1"),
        Column("Box 2a"),
        Column("Box 5"),
    )
    rows = []
    for result in comparison.with_done:
        for place, form in enumerate(result.all_forms):
            name = result.policy.name if place == 0 else ""
            boxes = [average(comparison, box) for box in (form.box_1, form.box_2a, form.box_5)]
            converted = result.timeline.conversions[form.year] if form.box_7 == CODE else None
            code = (form.box_7,) if by_code else ()
            rows.append((name, form.year, *code, converted, *boxes))
    return Table("Form 1099-R by year", columns, tuple(rows))


def parking_tables(comparison: Comparison) -> Iterator[Table]:
    """What each policy holds less tax where money is parked, and what parking saves and misses under it."""
    if not comparison.parking:
        return
    taxed = comparison.scenario.taxes is not None
    saved = ("Held after tax", "Tax saved") if taxed else ("Held",)
    heads = (*saved, "Growth missed", "Parking gains")
    columns = (Column("Policy", TEXT), *map(Column, heads))
    rows = [
        (one.policy, *(average(comparison, cents) for cents in one.amounts(taxed).values()))
        for one in comparison.parking
    ]
    notes = ("Tax saved and growth missed: beside the same policy without parking.",)
    yield Table("Parking", columns, tuple(rows), notes=notes)


def balances_table(comparison: Comparison) -> Table:
    """What each policy leaves at the end of the last simulated year."""
    split, timeline = comparison.has_ira, comparison.results[0].timeline
    columns = [
        Column("Policy", TEXT),
        Column("After-tax"),
        Column("Already taxed (basis)"),
        Column("Roth"),
    ]
    columns += [Column("IRA")] if split else []
    columns += [Column("In transit")] if timeline.in_transit else []
    rows = []
    for result in comparison.with_done:
        outcome = result.outcome
        ends = [outcome.left_value, outcome.left_basis, outcome.roth_end]
        ends += [outcome.ira_end] if split else []
        ends += [outcome.in_transit] if timeline.in_transit else []
        rows.append((result.policy.name, *(average(comparison, end) for end in ends)))
    notes = (IN_TRANSIT,) if timeline.in_transit else ()
    return Table(f"Balances on {timeline.last_session}", tuple(columns), tuple(rows), notes=notes)


def contribution_tables(comparison: Comparison) -> Iterator[Table]:
    """What went in, year by year."""
    if comparison.scenario.deposits is None:
        table = _years_table(comparison.contributions)
        none = f"No paycheck falls in {comparison.scenario.years}."
        yield table if table.rows else table._replace(notes=(none,))
        return
    columns = (Column("Year", COUNT), Column("Deposits", COUNT), Column("After-tax"))
    records = list(comparison.contribution_records())
    rows = tuple(
        (record["year"], record["deposits"], round(record["after_tax"] * 100)) for record in records
    )
    yield Table("Deposits replayed", columns, rows)


def _years_table(years: Sequence[ContributionYear]) -> Table:
    columns = (
        Column("Year", COUNT),
        Column("Deferrals"),
        Column("Employer"),
        Column("After-tax"),
        Column("Room"),
        Column("Unused"),
        Column("415(c) limit"),
    )
    rows = tuple(
        (
            f"{year.year}p" if year.limits.projected else str(year.year),
            year.deferrals,
            year.total("employer"),
            year.after_tax,
            year.room,
            year.room_unused,
            year.annual_additions_limit,
        )
        for year in years
    )
    projected = [year for year in years if year.limits.projected]
    notes = [f"p: limits {projected[0].limits.source}."] if projected else []
    return Table("Contributions", columns, rows, notes=tuple(notes))
