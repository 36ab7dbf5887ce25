"""The sheet of Form 1099-R: which box stands where, and what a simulated year writes into it.

The page and the picture draw the same sheet. Box numbers, titles and places follow the form of 2025.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

COLUMNS, ROWS = 12, 7
"""Of the grid that the boxes are placed on."""

TITLE = (
    "Distributions From Pensions, Annuities, Retirement or Profit-Sharing Plans, IRAs, "
    "Insurance Contracts, etc."
)
MARK = "SIMULATION"
DISCLAIMER = "A simulation, not an IRS form. Boxes that the simulator does not fill stay empty."


@dataclass(frozen=True)
class Box:
    """A box of the form.

    Attributes:
        title: What is printed in it.
        column: Of its left edge, from 1.
        row: Of its upper edge, from 1.
        across: Columns that it spans.
        down: Rows that it spans.
        value: What is written into it; empty where the simulator fills nothing in.
        spread: Where the 5th and the 95th percentile lie, over many paths.
        main: Whether the simulation is about this box.
    """

    title: str
    column: int
    row: int
    across: int
    down: int = 1
    value: str = ""
    spread: str = ""
    main: bool = False


def form_boxes(record: Mapping[str, Any], recipient: str) -> Iterator[Box]:
    """The boxes of one policy's form of one year, filled.

    Args:
        record: One of `Comparison.form_records`. [dollars]
        recipient: Whose money it is; empty where that is not said.
    """
    yield Box("PAYER'S name", 1, 1, 5, 2, "The trustee of the plan")
    yield _amount("1 Gross distribution", 6, 1, record["box_1"])
    yield _amount("2a Taxable amount", 6, 2, record["box_2a"])
    yield Box(f"Form 1099-R\n{record['year']}", 9, 1, 4, 2, TITLE)
    yield Box("RECIPIENT'S name", 1, 3, 5, 2, recipient)
    yield Box("2b Taxable amount not determined", 6, 3, 3)
    yield Box("Total distribution", 9, 3, 4)
    yield Box("3 Capital gain (included in box 2a)", 6, 4, 3)
    yield _withheld(record)
    yield Box("Account number", 1, 5, 5, 2, f"Policy: {record['policy']}")
    yield _amount("5 Employee contributions/Designated Roth contributions", 6, 5, record["box_5"])
    yield Box("6 Net unrealized appreciation", 9, 5, 4)
    yield Box("7 Distribution code(s)", 6, 6, 3, 1, record["box_7"], main=True)
    yield Box("8 Other", 9, 6, 4)
    yield Box("Form 1040, line 5a", 1, 7, 5, 1, f"${record['form_1040_5a']:,}")
    yield Box("Form 1040, line 5b (taxable)", 6, 7, 7, 1, f"${record['form_1040_5b']:,}")


def _withheld(record: Mapping[str, Any]) -> Box:
    """Box 4: empty but where something is paid to the person."""
    title = "4 Federal income tax withheld"
    if "box_4" not in record:
        return Box(title, 9, 4, 4)
    return replace(_amount(title, 9, 4, record["box_4"]), across=4)


def _amount(title: str, column: int, row: int, amount: Mapping[str, float]) -> Box:
    """A box with an amount: to the cent on one path, over many its mean and where nine in ten lie."""
    if not amount["sd"]:
        return Box(title, column, row, 3, 1, f"${amount['mean']:,.2f}", main=True)
    known = amount["p5"] is not None and amount["p95"] is not None
    spread = f"90%: {amount['p5']:,.0f} to {amount['p95']:,.0f}" if known else ""
    return Box(title, column, row, 3, 1, f"${amount['mean']:,.0f}", spread, main=True)


def form_words(record: Mapping[str, Any]) -> str:
    """A form in one sentence, for those who do not see it."""
    named = ("1", "2a", *(("4",) if "box_4" in record else ()), "5")
    boxes = ((box, record[f"box_{box.lower()}"]["mean"]) for box in named)
    amounts = ", ".join(f"Box {name} ${amount:,.2f}" for name, amount in boxes)
    return (
        f"Simulated Form 1099-R of {record['year']}, policy {record['policy']}: {amounts}, "
        f"Box 7 code {record['box_7']}."
    )
