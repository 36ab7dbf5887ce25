"""What docs/batch.md has of the results database, from a database that the program makes."""

import sqlite3
import tempfile
from pathlib import Path

from simulator.answer.statistics import STATISTICS
from simulator.batches.database import DATABASE
from simulator.batches.results import Results
from simulator.batches.views import VIEWS

VARIED = "pay.salary"

MEANINGS = {
    "key": "the hash of all that the answer depends on",
    "job": "its place in the batch",
    "source": "a file, or a row like `people.csv:17`",
    "template": "the scenario under the row",
    "name": "",
    VARIED: "one such column for each field that varies",
    "policy": "",
    "cadence": "",
    "delay": "days",
    "method": "exact or simulated, with `--engine exact`",
    "error": "of an exact mean",
    "year": "of the forms; of the paychecks",
    "conversions": "",
    "passed_over": "dates on which money had to wait, by the plan's rules",
    "box_1": "with code G",
    "box_2a": "",
    "box_5": "",
    "fees": "",
    "ira": "earnings that a split sends on",
    "forfeited": "basis cut after a loss",
    "tax": "on Box 2a of all forms",
    "tax_federal": "",
    "tax_state": "",
    "paid_out": "by life events: Box 1",
    "paid_out_taxable": "Box 2a",
    "paid_out_basis": "what the basis falls by",
    "withheld": "Box 4",
    "additional_tax": "the 10%",
    "box_2a_over_first": "less the first policy's, path by path",
    "held_less_tax": "where money is parked",
    "tax_saved": "",
    "growth_missed": "",
    "parking_gains": "",
    "wealth": "after tax",
    "wealth_over_taxable": "more than in a brokerage account",
    "roth_end": "",
    "ira_end": "",
    "left_value": "in the after-tax subaccount",
    "left_basis": "",
    "in_transit": "paid and not landed",
    "left_for_good": "has no date to leave on",
    "measure": "what the verdict weighs",
    "best": "1, 0, or empty where money is left behind",
    "costs_more": "than the best, by that measure",
    "warnings": "remarks on prices, as JSON",
    "paychecks": "",
    "gross": "",
    "pre_tax": "",
    "roth": "",
    "catch_up": "of them above 402(g)",
    "match": "",
    "nonelective": "",
    "after_tax": "",
    "annual_additions": "",
    "annual_additions_limit": "415(c)",
    "elective_deferral_limit": "402(g), or what is left of the person's",
    "catch_up_limit": "",
    "room": "for after-tax money",
    "room_unused": "",
    "employer_cut": "had no place under 415(c)",
    "after_tax_returned": "paid back beyond 415(c)",
    "deposits": "replayed",
    "first_clipped": "pay dates by limit, as JSON",
    "limits_source": "",
    "wages_before": "pay of the year before the first; the next ones are of the first year too",
    "compensation_limit": "401(a)(17)",
    "highly_compensated": "414(q)",
    "acp_nhce": "percent",
    "acp_match": "",
    "varied": "what varied, as JSON",
    "file": "",
    "line": "",
    "column": "",
    "field": "",
    "message": "what is wrong, and what to write instead",
}
"""What a column is, where its name does not say so; an amount stands for all of its statistics."""


def views() -> str:
    """The columns whose names do not say all, by the views that have them; dollars where no unit stands."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = Results(folder)
        results.begin([VARIED])
        results.close()
        database = sqlite3.connect(folder / DATABASE)
        found = {
            view: {
                _amount(str(row[1])): None for row in database.execute(f"PRAGMA table_info({view})")
            }
            for view in VIEWS
        }
        database.close()
    groups: dict[tuple[str, ...], list[str]] = {}
    for column in dict.fromkeys(column for one in found.values() for column in one):
        having = tuple(view for view in VIEWS if column in found[view])
        if meaning := MEANINGS[column.removesuffix("_*")]:
            groups.setdefault(having, []).append(f"`{column}` ({meaning})")
    return "\n".join(
        f"* {', '.join(f'`{view}`' for view in having)}: {'; '.join(columns)}."
        for having, columns in groups.items()
    )


def _amount(column: str) -> str:
    """The name that an amount's statistics share, or the column's own."""
    amount, _, statistic = column.rpartition("_")
    if column.endswith("_zero_share"):
        return column.removesuffix("_zero_share") + "_*"
    return f"{amount}_*" if amount and statistic in STATISTICS else column
