"""The main answer as tables: policies side by side, form by form, what is left, and what went in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from simulator.answer.assumed import assumed
from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import Estimate, distribution, mean, standard_error
from simulator.conversion.form1099r import CODE
from simulator.payroll.contribution import ContributionYear
from simulator.report.sentences import findings
from simulator.report.set_aside_words import told_of
from simulator.report.tables.cells import average, percentile_cells
from simulator.report.tables.forms import IN_TRANSIT
from simulator.report.tables.table import COUNT, TEXT, WORD, Column, Table
from simulator.report.tables.taxes import tax_base_tables
from simulator.report.tables.wealth import wealth_tables


def comparison_tables(comparison: Comparison, verbose: bool = False) -> tuple[Table, ...]:
    """The main answer: policies side by side, form by form, what is left, what went in, and what is taxed.

    Args:
        comparison: The answer.
        verbose: Whether all that it assumes is told, rather than how much that is.
    """
    answer = answer_table(comparison)
    defaults = tuple(one.words for one in assumed(comparison.scenario))
    notes = (*defaults, *comparison.assumptions)
    if notes and not verbose:
        many = f"{len(notes)} assumption{'s' * (len(notes) > 1)}"
        notes = (f"The answer rests on {many}; -v tells them.",)
    if verbose:
        notes = (*told_of(comparison), *notes)
    tables = [replace(answer, notes=(*answer.notes, *notes))]
    if any(len(result.all_forms) > 1 for result in comparison.told):
        tables.append(_forms_by_year(comparison))
    tables += parking_tables(comparison)
    rest = (*contribution_tables(comparison), *tax_base_tables(comparison))
    return (*tables, *wealth_tables(comparison), balances_table(comparison), *rest)


def answer_table(comparison: Comparison) -> Table:
    """Box 2a of each policy: the amount, or over many paths its mean and spread."""
    figures = _spread if comparison.paths > 1 else _amounts
    taxed, fees = comparison.scenario.taxes is not None, comparison.fees
    paid_out, additional = _paid_out(comparison), _has_additional(comparison)
    columns: list[Column] = []
    rows = []
    for result in comparison.told:
        cells = [
            (Column("Policy", TEXT), result.policy.name),
            (Column("Conv.", COUNT), result.conversions),
            *figures(comparison, result),
            *((Column(head), average(comparison, _sum(result, name))) for head, name in paid_out),
            *([(Column("Tax"), average(comparison, comparison.tax(result)))] if taxed else []),
            *(
                [(Column("10% tax"), average(comparison, comparison.additional_tax(result)))]
                if additional
                else []
            ),
            *([(Column("Fees"), average(comparison, result.total("fees")))] if fees else []),
        ]
        columns = [column for column, _ in cells]
        rows.append(tuple(value for _, value in cells))
    best = comparison.verdict.best
    marked = frozenset(n for n, result in enumerate(comparison.results) if result is best)
    title = f"{comparison.scenario.name} ({comparison.scenario.period})"
    return Table(title, tuple(columns), tuple(rows), marked, tuple(findings(comparison)))


Cells = list[tuple[Column, Any]]


def _amounts(comparison: Comparison, result: PolicyResult) -> Cells:
    cells: Cells = [
        (Column("Box 1 converted"), result.total("box_1")),
        (Column("Box 2a taxable"), result.total("box_2a")),
    ]
    return cells + ([(Column("Sent to IRA"), result.total("ira"))] if comparison.has_ira else [])


def _paid_out(comparison: Comparison) -> list[tuple[str, str]]:
    """Head and amount of what life events pay out on forms of their own, under any of the policies."""
    heads = {"Paid out": "paid_out", "its taxable": "paid_out_taxable", "Withheld": "withheld"}
    found = [
        (head, name)
        for head, name in heads.items()
        if any(mean(_sum(result, name)) for result in comparison.told)
    ]
    return found if ("Paid out", "paid_out") in found else []


def _has_additional(comparison: Comparison) -> bool:
    """Whether there is 10% on what is paid out early, under any of the policies."""
    return any(mean(comparison.additional_tax(result)) for result in comparison.told)


def _sum(result: PolicyResult, name: str) -> Any:
    return sum(getattr(year, name) for year in result.outcome.years.values())


def _spread(comparison: Comparison, result: PolicyResult) -> Cells:
    earnings = result.total("ira" if comparison.splits else "box_2a")
    name = "Sent to IRA" if comparison.splits else "Box 2a"
    statistics = distribution(earnings)
    error = standard_error(earnings, comparison.scenario.returns.randomisations)
    return [
        (Column(f"{name} mean"), Estimate(mean(earnings), error)),
        (Column("+/-"), Estimate(error, error)),
        *((Column(head), value) for head, value in percentile_cells(statistics).items()),
    ]


def _forms_by_year(comparison: Comparison) -> Table:
    by_code = any(form.box_7 != CODE for one in comparison.told for form in one.all_forms)
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
    for result in comparison.told:
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
    saved = ("Held less tax", "Tax saved") if taxed else ("Held",)
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
    columns = [Column("Policy", TEXT), Column("After-tax"), Column("its basis"), Column("Roth")]
    columns += [Column("IRA")] if split else []
    columns += [Column("In transit")] if timeline.in_transit else []
    rows = []
    for result in comparison.told:
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
        yield table if table.rows else replace(table, notes=(none,))
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
