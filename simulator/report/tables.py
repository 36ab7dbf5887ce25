"""Every answer as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.ledger import Ledger
from simulator.conversion.outcome import YearOutcome
from simulator.distribution import Estimate, distribution, mean, standard_error
from simulator.law.limits import Limits
from simulator.money import dollars
from simulator.payroll.contributions import Contribution, ContributionYear
from simulator.report.records import LIMIT_COLUMNS, events
from simulator.report.sentences import clipped_words, estimate, findings, over
from simulator.report.table import COUNT, TEXT, WORD, Column, Table

if TYPE_CHECKING:
    from simulator.sweeps import Sweep


def comparison_tables(comparison: Comparison) -> tuple[Table, ...]:
    """The main answer: policies side by side, form by form, what is left, and what went in."""
    tables = [answer_table(comparison)]
    if any(len(result.forms) > 1 for result in comparison.results):
        tables.append(_forms_by_year(comparison))
    return (*tables, balances_table(comparison), *contribution_tables(comparison))


def answer_table(comparison: Comparison) -> Table:
    """Box 2a of each policy: the amount, or over many paths its mean and spread."""
    least = {id(result) for result in cheapest(comparison)}
    figures = _spread if comparison.paths > 1 else _amounts
    taxed, fees = comparison.scenario.taxes is not None, comparison.fees
    columns: list[Column] = []
    rows = []
    for result in comparison.results:
        cells = [
            (Column("Policy", TEXT), result.policy.name),
            (Column("Conv.", COUNT), sum(result.timeline.conversions.values())),
            *figures(comparison, result),
            *([(Column("Tax"), average(comparison, comparison.tax(result)))] if taxed else []),
            *([(Column("Fees"), average(comparison, result.total("fees")))] if fees else []),
        ]
        columns = [column for column, _ in cells]
        rows.append(tuple(value for _, value in cells))
    marked = frozenset(
        place for place, result in enumerate(comparison.results) if id(result) in least
    )
    title = f"{comparison.scenario.name} ({comparison.scenario.years})"
    return Table(title, tuple(columns), tuple(rows), marked, tuple(findings(comparison)))


IN_TRANSIT = "In transit: paid by then, it lands in the account after."
LEFT_NOTES = (
    "Withdrawn, the principal is free of tax, and the earnings are taxed, with 10% on top until the year "
    "of the 60th birthday (assumed: the file has a birth year only).",
    "Basis beyond the value stays for later conversions: write it into next year's plan.opening.",
    IN_TRANSIT,
)

Cells = list[tuple[Column, Any]]


def _amounts(comparison: Comparison, result: PolicyResult) -> Cells:
    cells: Cells = [
        (Column("Box 1 converted"), result.total("box_1")),
        (Column("Box 2a taxable"), result.total("box_2a")),
    ]
    return cells + ([(Column("Sent to IRA"), result.total("ira"))] if comparison.splits else [])


def _spread(comparison: Comparison, result: PolicyResult) -> Cells:
    earnings = result.total("ira" if comparison.splits else "box_2a")
    name = "Sent to IRA" if comparison.splits else "Box 2a"
    told = distribution(earnings)
    error = standard_error(earnings, comparison.scenario.returns.randomisations)
    return [
        (Column(f"{name} mean"), Estimate(mean(earnings), error)),
        (Column("+/-"), Estimate(error, error)),
        *((Column(head), value) for head, value in _percentiles(told).items()),
    ]


def _percentiles(told: Mapping[str, float]) -> dict[str, Estimate]:
    """What is told of the spread of an amount, in whole dollars."""
    heads = {"5%": "p5", "median": "p50", "95%": "p95"}
    return {head: Estimate(round(told[name]) * 100, 100) for head, name in heads.items()}


def average(comparison: Comparison, cents: Any) -> Any:
    """An amount on one path; over many its mean, with what is known of its error. [cents]"""
    if isinstance(cents, int):
        return cents
    error = standard_error(cents, comparison.scenario.returns.randomisations)
    return Estimate(mean(cents), error)


def cheapest(comparison: Comparison) -> list[PolicyResult]:
    """The policies that cost least, of those that leave nothing behind for good.

    Money that is never converted has earned too: without this, `never` would look best. None is marked
    where all are alike.
    """
    complete = [result for result in comparison.results if not result.leaves_money]
    if len(complete) < 2:
        return []
    costs = [mean(comparison.cost(result)) for result in complete]
    if max(costs) == min(costs):
        return []
    return [result for result, cost in zip(complete, costs, strict=True) if cost == min(costs)]


def _forms_by_year(comparison: Comparison) -> Table:
    columns = (
        Column("Policy", TEXT),
        Column("Form of", COUNT),
        Column("Conv.", COUNT),
        Column("Box 1"),
        Column("Box 2a"),
        Column("Box 5"),
    )
    rows = []
    for result in comparison.results:
        for place, (year, form) in enumerate(result.forms.items()):
            name = result.policy.name if place == 0 else ""
            boxes = [average(comparison, box) for box in (form.box_1, form.box_2a, form.box_5)]
            rows.append((name, year, result.timeline.conversions[year], *boxes))
    return Table("Form 1099-R by year", columns, tuple(rows))


def balances_table(comparison: Comparison) -> Table:
    """What each policy leaves at the end of the last simulated year."""
    split, timeline = comparison.splits, comparison.results[0].timeline
    columns = [Column("Policy", TEXT), Column("After-tax"), Column("its basis"), Column("Roth")]
    columns += [Column("IRA")] if split else []
    columns += [Column("In transit")] if timeline.in_transit else []
    rows = []
    for result in comparison.results:
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
    rows = tuple((one["year"], one["deposits"], round(one["after_tax"] * 100)) for one in records)
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
            f"{one.year}p" if one.limits.projected else str(one.year),
            one.deferrals,
            one.total("employer"),
            one.total("after_tax"),
            one.room,
            one.room_unused,
            one.annual_additions_limit,
        )
        for one in years
    )
    projected = [one for one in years if one.limits.projected]
    notes = [f"p: limits {projected[0].limits.source}."] if projected else []
    return Table("Contributions", columns, rows, notes=tuple(notes))


def payroll_tables(years: Sequence[ContributionYear]) -> Iterator[Table]:
    """Paycheck by paycheck: gross, each contribution, the room left, and what was clipped."""
    columns = (
        Column("Pay date", WORD),
        Column("Gross"),
        Column("Pre-tax"),
        Column("Roth"),
        Column("Match"),
        Column("Nonelect."),
        Column("After-tax"),
        Column("Room left"),
    )
    for year in years:
        rows = [_paycheck_row(one) for one in events(year)]
        sums = [
            year.total(name) for name in ("pre_tax", "roth", "match", "nonelective", "after_tax")
        ]
        rows.append(("Total", year.gross, *sums, None))
        notes = (*clipped_words(year), *_limit_words(year))
        table = Table(
            f"Payroll {year.year}", columns, tuple(rows), frozenset({len(rows) - 1}), notes
        )
        yield table.without_empty()


def _paycheck_row(one: Contribution) -> tuple[Any, ...]:
    mark = {"bonus": " b", "nonelective": " e"}.get(one.paycheck.kind, "")
    amounts = (one.pre_tax, one.roth, one.match, one.nonelective, one.after_tax, one.room_after)
    return (f"{one.pay_date}{mark}", one.paycheck.gross, *amounts)


def _limit_words(year: ContributionYear) -> Iterator[str]:
    kinds = {one.paycheck.kind for one in events(year)}
    if "bonus" in kinds:
        yield "b: a bonus, paid apart from the regular paycheck."
    if "nonelective" in kinds:
        yield "e: a nonelective contribution, paid once by the employer."
    limits = (
        ("402(g)", year.elective_deferral_limit, year.deferrals - year.total("catch_up")),
        ("catch-up", year.catch_up_limit, year.total("catch_up")),
        ("415(c)", year.annual_additions_limit, year.annual_additions),
    )
    for name, limit, used in limits:
        if limit:
            yield f"{name}: {dollars(used)} of {dollars(limit)}; {dollars(limit - used)} unused."
    if year.roth_catch_up and year.catch_up_limit:
        yield "Catch-up must be Roth this year: last year's wages exceed the threshold."


def ledger_table(name: str, ledger: Ledger) -> Table:
    """Every posting, with the balances after it."""
    columns = (
        Column("Date", WORD),
        Column("Event", WORD),
        Column("Amount"),
        Column("Basis"),
        Column("Taxable"),
        Column("Value after"),
        Column("Basis after"),
        Column("Roth after"),
    )
    rows = tuple(
        (
            str(one.session),
            one.event,
            one.amount,
            one.basis_recovered,
            one.taxable,
            one.value_after,
            one.basis_after,
            one.roth_after,
        )
        for one in ledger.postings
    )
    return Table(f"Ledger: {name}", columns, rows)


def sweep_table(sweep: Sweep) -> Table:
    """Taxable earnings for each value of what varies."""
    columns = [Column(sweep.field, COUNT), Column("Box 2a mean"), Column("+/-")]
    columns += [Column("5%"), Column("median"), Column("95%")]
    if sweep.closed_form:
        columns.append(Column("gain, closed form"))
    rows = []
    for place, point in enumerate(sweep.points):
        told = point.box_2a
        mean, error = round(told["mean"] * 100), round(told["se"] * 100)
        row = [point.value, Estimate(mean, error), Estimate(error, error)]
        row += _percentiles(told).values()
        row += [round(sweep.closed_form[place] * 100)] if sweep.closed_form else []
        rows.append(tuple(row))
    title = f"{sweep.scenario.name}: {sweep.policy}, {sweep.field} varies ({over(sweep)})"
    table = Table(title, tuple(columns), tuple(rows), notes=tuple(_sweep_notes(sweep)))
    return table if sweep.paths > 1 else table.only("Box 2a mean")


def _sweep_notes(sweep: Sweep) -> Iterator[str]:
    if sweep.marks:
        marks = (
            f"{one.policy}: {estimate(one.box_2a)}{', and leaves money behind' * one.leaves_money}"
            for one in sweep.marks
        )
        yield f"Mean Box 2a of the scenario's policies: {'; '.join(marks)}."
    leaving = [str(point.value) for point in sweep.points if point.leaves_money]
    if leaving:
        where = "everywhere" if len(leaving) == len(sweep.points) else f"at {', '.join(leaving)}"
        yield f"Money stays behind for good {where}: its earnings are not yet taxed."
    elif not any(point.box_2a["mean"] for point in sweep.points):
        others = [one.name for one in sweep.scenario.policies if one.name != sweep.policy]
        choice = f"; --policy takes another: {', '.join(others)}" if others else ""
        yield f"{sweep.policy} leaves nothing to tax here{choice}."


def form_table(records: Sequence[Mapping[str, Any]], notes: tuple[str, ...]) -> Table:
    """The forms that will arrive, and the lines of Form 1040; over many paths means, and Box 2a's spread."""
    many = any(record["box_1"]["sd"] or record["box_2a"]["sd"] for record in records)
    columns = (
        Column("Policy", TEXT),
        Column("Year", COUNT),
        Column("Box 1"),
        Column("Box 2a"),
        *((Column("5% to 95%", COUNT),) if many else ()),
        Column("Box 5"),
        Column("Box 7", WORD),
        Column("1040 5a", COUNT),
        Column("1040 5b", COUNT),
    )
    rows = tuple(tuple(_form_cells(record, many)) for record in records)
    if many:
        notes = ("Means over the paths, each rounded by itself; your form has one path.", *notes)
    return Table("Form 1099-R, as simulated", columns, rows, notes=notes)


def _form_cells(record: Mapping[str, Any], many: bool) -> Iterator[Any]:
    told = record["box_2a"]
    yield from (record["policy"], record["year"], round(record["box_1"]["mean"] * 100))
    yield round(told["mean"] * 100)
    if many:
        yield " to ".join(f"{told[name]:,.0f}" for name in ("p5", "p95"))
    yield from (round(record["box_5"]["mean"] * 100), record["box_7"])
    yield from (f"{record['form_1040_5a']:,}", f"{record['form_1040_5b']:,}")


def left_table(comparison: Comparison, year: int | None = None) -> Table | None:
    """What each December 31 leaves, and what withdrawing it would mean; None where nothing is left.

    Args:
        comparison: The answer.
        year: Only this one's.
    """
    columns = (
        Column("Policy", TEXT),
        Column("Dec. 31", COUNT),
        Column("Left"),
        Column("Principal"),
        Column("Earnings"),
        Column("10% tax"),
        Column("Basis beyond"),
        Column("In transit"),
    )
    rows = tuple(row for row in _left_rows(comparison) if year in (None, row[1]))
    if not rows:
        return None
    notes = tuple(
        note
        for note, place in zip(LEFT_NOTES, (2, -2, -1), strict=True)
        if any(row[place] for row in rows)
    )
    return Table("What December 31 leaves", columns, rows, notes=notes).without_empty()


def _left_rows(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    """A row for each year that leaves something; money on its way in alone is none, unless it stays."""
    for result in comparison.results:
        for year, outcome in result.outcome.years.items():
            left = _left(comparison, year, outcome)
            in_transit = result.timeline.in_transit_after[year]
            if any(left) or (in_transit and result.leaves_money):
                yield (result.policy.name, year, *left, in_transit)


def _left(
    comparison: Comparison, year: int, outcome: YearOutcome[Any]
) -> tuple[int, int, int, int, int]:
    """Left value, principal, earnings, the 10% tax, basis beyond the value; means. [cents]"""
    value, earnings = mean(outcome.left_value), mean(outcome.left_earnings)
    young = year < comparison.scenario.birth_year + 60
    beyond = max(0.0, mean(outcome.left_basis) - (value - earnings))
    cells = (value, value - earnings, earnings, earnings / 10 if young else 0.0, beyond)
    return tuple(round(one) for one in cells)  # type: ignore[return-value]


def limits_table(years: Sequence[Limits]) -> Table:
    """The limits of some years, with the notice of each. [whole dollars]"""
    columns = (
        Column("Year", COUNT),
        *(Column(header, COUNT) for header in LIMIT_COLUMNS.values()),
        Column("Source", TEXT),
    )
    rows = tuple(
        (
            one.year,
            *(_whole_dollars(getattr(one, name)) for name in LIMIT_COLUMNS),
            one.source,
        )
        for one in years
    )
    notes = (
        "402(g): elective deferrals; 50+, 60-63: catch-up (414(v)); 415(c): annual additions; "
        "401(a)(17): compensation; Roth c/u: wages of the year before above which catch-up is "
        "Roth (in force from 2026); HCE: highly compensated (414(q)).",
    )
    return Table("Limits by year, dollars", columns, rows, notes=notes)


def _whole_dollars(cents: int | None) -> str | None:
    return None if cents is None else f"{cents // 100:,}"
