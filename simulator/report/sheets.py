"""Each answer as the sheets of a workbook: the tables of its JSON, with the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from simulator.answer.best_dates import BestDates
from simulator.answer.comparison import Comparison
from simulator.answer.grid import Grid
from simulator.answer.sheets import facts, sheet
from simulator.answer.statistics import Estimate, mean_in_dollars
from simulator.answer.sweep import Sweep
from simulator.answer.workbook import DOLLARS, SHARE, Sheet, Shown, write_workbook
from simulator.batches.acp import AcpOfDesign
from simulator.batches.summary import Summary
from simulator.conversion.amounts import is_unknown
from simulator.decisions.audited import Audit
from simulator.decisions.elected import Elected
from simulator.refusal import Refused
from simulator.report.tables.answer import answer_table
from simulator.report.tables.table import AMOUNT, Column

Answer = Comparison | Sweep | Grid | BestDates | Elected | Audit | Summary

INSTEAD = "give a comparison, a sweep, or what best, elect, audit or summary found"

PERCENT = ("nhce", "hce", "most", "headroom")
"""Averages of the ACP test, which its records have in percent."""


def workbook(answer: Answer) -> bytes:
    """An answer as a workbook (XLSX), a sheet for each of its tables; the figures are those of its JSON.

    Amounts are dollars, shares percent, days are days; a text is never run as a formula.

    Args:
        answer: A comparison, a sweep, the best dates, what to elect, an audit, a batch summed up.

    Raises:
        NoExcel: The extra `excel` is not installed.
    """
    out = BytesIO()
    write_workbook(out, sheets(answer))
    return out.getvalue()


def sheets(answer: Answer) -> Iterator[Sheet]:
    """The sheets of an answer, what is read first the first; those without a row are left out."""
    match answer:
        case Comparison():
            told = _comparison(answer)
        case Sweep():
            told = iter([sheet("sweep", answer.to_dict()["points"], ["value"])])
        case Grid():
            told = iter([sheet("sweep", answer.records(), answer.fields)])
        case BestDates():
            told = _best(answer)
        case Elected():
            told = _elected(answer)
        case Audit():
            told = iter([sheet("forms", answer.records())])
        case Summary():
            told = _summary(answer)
        case _:
            raise Refused(f"an answer of type {type(answer).__name__} has no workbook; {INSTEAD}")
    yield from (one for one in told if one.rows)


def _comparison(comparison: Comparison) -> Iterator[Sheet]:
    told = comparison.to_dict()
    yield _side_by_side(comparison)
    yield sheet("costs more", told["verdict"]["others"])
    yield sheet("policies", comparison.total_rows())
    yield sheet("years", comparison.rows())
    yield sheet("contributions", comparison.contribution_records())
    forms = (comparison.form_records(result) for result in comparison.with_done)
    yield sheet("forms", (form for of_policy in forms for form in of_policy))
    yield sheet("tax base", told.get("tax_base", ()))
    yield sheet("baselines", told.get("baselines", ()))
    yield _verdict(told["verdict"])
    yield sheet("assumed", told["assumed"], ["value"])
    yield _about(told)


def _side_by_side(comparison: Comparison) -> Sheet:
    """What to do, above the policies side by side, as the command line answers first; in numbers."""
    table, verdict = answer_table(comparison), comparison.verdict
    header = [column.header for column in table.columns]
    rows = [[*map(_number, row, table.columns)] for row in table.rows]
    ranked = [*verdict.costs, *filter(None, [verdict.done])]
    if len(ranked) > 1:
        more = {one.policy.name: mean_in_dollars(verdict.costs_more(one)) for one, _ in ranked}
        header.append(f"Costs more ({verdict.measure})")
        for row in rows:
            row.append(Shown(more.get(row[0]), DOLLARS))
    return Sheet("comparison", header, rows, (table.title, *table.lead))


def _number(value: Any, column: Column) -> Any:
    """A value of a table as a cell: amounts in dollars; one that is not known stays empty."""
    cents = value.value if isinstance(value, Estimate) else value
    if cents is None or column.kind != AMOUNT:
        return cents
    return Shown(None if is_unknown(cents) else mean_in_dollars(cents), DOLLARS)


def _verdict(verdict: Mapping[str, Any]) -> Sheet:
    words = "\n".join(verdict["sentences"])
    rest = {name: value for name, value in verdict.items() if name not in ("others", "sentences")}
    return facts("verdict", {"sentences": words, **rest})


def _about(told: Mapping[str, Any]) -> Sheet:
    """Where the figures of an answer come from, and what they leave open."""
    record = {
        "scenario": told["scenario"],
        "simulator": told["simulator"],
        "waiting": told.get("waiting"),
        **{name: "\n".join(told[name]) for name in ("assumptions", "warnings") if name in told},
    }
    return facts("about", {name: value for name, value in record.items() if value is not None})


def _best(found: BestDates) -> Iterator[Sheet]:
    told = found.to_dict()
    yield sheet("dates", found.date_records())
    yield sheet("costs more", told["others"])
    yield sheet("policies", found.comparison.total_rows())
    lists = ("schema", "dates", "expected", "policies", "others")
    rest = {name: value for name, value in told.items() if name not in lists}
    yield facts("about", rest)


def _elected(elected: Elected) -> Iterator[Sheet]:
    for record in elected.records():
        withheld = {"withheld": Shown(record["withheld"], SHARE)}
        yield facts("elect", record | withheld, ["step", "elections"])


def _summary(summed: Summary) -> Iterator[Sheet]:
    told, by = summed.to_dict(), [summed.by] if summed.by else []
    yield sheet("policies", told["policies"], by)
    yield sheet("losers", told["losers"], ["value"])
    yield sheet("groups", told["groups"], by)
    yield sheet("acp", (row for one in summed.acp for row in _tests(one, summed.design)), by)


def _tests(tested: AcpOfDesign, design: str | None) -> Iterator[dict[str, Any]]:
    """The two ACP tests of a design, a row each."""
    whole = tested.record(design)
    for test in whole.pop("tests"):
        del test["excess"]
        shares = {
            name: None if test[name] is None else Shown(test[name] / 100, SHARE) for name in PERCENT
        }
        yield {**whole, **test, **shares}


def law_sheets(records: Iterable[Mapping[str, Any]]) -> Iterator[Sheet]:
    """The limits of some years, and their income tax tables."""
    years, taxes = [], []
    for record in records:
        years.append({name: value for name, value in record.items() if name != "income_tax"})
        for status, table in record.get("income_tax", {}).items():
            taxes.append({"year": record["year"], "status": status, **table})
    yield sheet("limits", years)
    if taxes:
        yield sheet("income tax", taxes)
