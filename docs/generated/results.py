"""What docs/batch.md has of the results database, from a database that the program makes."""

import sqlite3
import tempfile
from pathlib import Path

from generated.law import table
from simulator.answer.statistics import STATISTICS
from simulator.batches.database import DATABASE
from simulator.batches.results import Results
from simulator.batches.views import VIEWS

VARIED = "pay.salary"

MEANINGS = {
    "key": "the hash of all that the answer depends on",
    "job": "the job's place in the batch, from 0",
    "source": "where it was asked for: a file, or a row like `people.csv:17`",
    "template": "the scenario file, or the template under the row",
    "name": "the scenario's name",
    VARIED: "one such column for each field that the table or the grid varies, as it was written",
    "policy": "the policy's label",
    "cadence": "its cadence",
    "delay": "its delay [days]",
    "year": "the year of the forms; in `results_contributions` of the paychecks",
    "conversions": "how many conversions",
    "passed_over": "how many dates the plan's rules passed over",
    "box_1": "Form 1099-R with code G, Box 1: what was converted or rolled over [$]",
    "box_2a": "Box 2a: taxable earnings [$]",
    "box_5": "Box 5: basis recovered [$]",
    "fees": "fees [$]",
    "ira": "earnings sent to a traditional IRA, where a policy splits [$]",
    "forfeited": "basis cut after a loss [$]",
    "tax": "tax on Box 2a over all forms, where the scenario has taxes [$]",
    "tax_federal": "its federal part, where a status or a state's code is given [$]",
    "tax_state": "its state part [$]",
    "paid_out": "what life events pay on forms of their own, where there may be some: their Box 1 [$]",
    "paid_out_taxable": "their Box 2a [$]",
    "paid_out_basis": "by what they lowered the basis; not by what a refund takes out of the Roth [$]",
    "withheld": "their Box 4: tax withheld [$]",
    "additional_tax": "10% of what is taxable with code 1, beside `tax` [$]",
    "box_2a_over_first": "Box 2a less that of the first policy, path by path [$]",
    "held_less_tax": "where money is parked: Roth, IRA, left value and payments, less tax [$]",
    "tax_saved": "tax that parking saves under the policy [$]",
    "growth_missed": "growth that parking misses under it [$]",
    "parking_gains": "tax saved less growth missed [$]",
    "wealth": "wealth after tax, where the scenario asks for it [$]",
    "wealth_over_taxable": "by how much that is more than in a brokerage account [$]",
    "roth_end": "the Roth at the end [$]",
    "ira_end": "the traditional IRA at the end [$]",
    "left_value": "left in the after-tax subaccount, value [$]",
    "left_basis": "left in the after-tax subaccount, basis [$]",
    "in_transit": "paid by then and not landed, where there is some [$]",
    "left_for_good": "mean value that has no date to leave on, landed or not [$]",
    "measure": "what the verdict weighs: tax and fees, tax, taxable earnings, earnings sent on, or wealth",
    "best": "1 for the verdict's best policy, 0 for the others, empty for one that leaves money behind",
    "costs_more": "what it costs more than the best by that measure, on average [$]",
    "warnings": "which prices that it rests on jump, as JSON, where some do",
    "paychecks": "how many paychecks, bonuses among them",
    "gross": "gross pay [$]",
    "pre_tax": "pre-tax deferrals [$]",
    "roth": "Roth deferrals [$]",
    "catch_up": "what of them is above 402(g) [$]",
    "match": "match [$]",
    "nonelective": "nonelective [$]",
    "after_tax": "after-tax contributions [$]",
    "annual_additions": "annual additions, 415(c) [$]",
    "annual_additions_limit": "their limit [$]",
    "elective_deferral_limit": "402(g), or what is left of the person's whole limit if less [$]",
    "catch_up_limit": "the catch-up limit [$]",
    "room": "room for after-tax contributions [$]",
    "room_unused": "what of it is unused [$]",
    "employer_cut": "employer money that 415(c) left no place for [$]",
    "after_tax_returned": "after-tax money beyond 415(c) that is paid back, where the plan does so [$]",
    "deposits": "replayed deposits, where `deposits` is given",
    "first_clipped": "the first pay date on which each limit that binds took something, as JSON",
    "limits_source": "the notice of the limits, or how they were projected",
    "wages_before": "pay of the year before the first, as far as the scenario has it; of the first year [$]",
    "compensation_limit": "401(a)(17) of the year, likewise [$]",
    "highly_compensated": "what pay of the year before must exceed, 414(q), likewise [$]",
    "acp_nhce": "`acp.nhce`, likewise [percent]",
    "acp_match": "`acp.match`, where the scenario has `acp`",
    "varied": "what was varied, as JSON",
    "file": "where the mistake is: file,",
    "line": "line,",
    "column": "column",
    "field": "the field that is wrong",
    "message": "what is wrong, and what to write instead",
}
"""What each column is; an amount of the simulation stands for all of its statistics."""


def views() -> str:
    """Every column, and the views that have it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        results = Results(folder)
        results.begin([VARIED])
        results.close()
        database = sqlite3.connect(folder / DATABASE)
        found = {
            view: [str(row[1]) for row in database.execute(f"PRAGMA table_info({view})")]
            for view in VIEWS
        }
        database.close()
    columns = dict.fromkeys(_amount(column) for one in found.values() for column in one)
    rows = [
        [
            f"`{column}`",
            *("x" if column in map(_amount, found[view]) else "" for view in VIEWS),
            MEANINGS[column.removesuffix("_*")],
        ]
        for column in columns
    ]
    return table(
        ["column", *(f"`{view}`" for view in VIEWS), "what it is"], rows, words=len(VIEWS) + 2
    )


def _amount(column: str) -> str:
    """The name that an amount's statistics share, or the column's own."""
    amount, _, statistic = column.rpartition("_")
    if column.endswith("_zero_share"):
        return column.removesuffix("_zero_share") + "_*"
    return f"{amount}_*" if amount and statistic in STATISTICS else column
