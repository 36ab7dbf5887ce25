"""Form 1099-R as a picture: the boxes where one looks for them, marked as a simulation."""

from collections.abc import Iterable, Mapping
from typing import Any

from matplotlib.figure import Figure

from simulator.answer.phrases import estimate, one_line
from simulator.report.form_boxes import COLUMNS, DISCLAIMER, MARK, ROWS, Box, form_boxes, form_words
from simulator.report.palette import LIGHT
from simulator.report.pictures.lettering import wrapped
from simulator.report.pictures.look import WIDE, in_style
from simulator.report.pictures.sheet import Sheet, sheet
from simulator.report.pictures.style import SMALL, TEXT

TALL, GAP = 0.52, 0.35
"""Of a row of boxes, and between two forms. [inches]"""

UNIT = (WIDE.wide - 2 * WIDE.margin) / COLUMNS
PAD = 0.06


@in_style
def form_picture(records: Iterable[Mapping[str, Any]], recipient: str) -> Figure:
    """The forms of some policies and years, one below the other.

    Args:
        records: Of `Comparison.form_records`. [dollars]
        recipient: Whose money it is.
    """
    records = list(records)
    tall = ROWS * TALL
    page = sheet(
        _title(records),
        [DISCLAIMER],
        len(records) * tall + (len(records) - 1) * GAP,
        alt=one_line(" ".join(form_words(record) for record in records)),
    )
    for place, record in enumerate(records):
        _form(page, place * (tall + GAP), list(form_boxes(record, recipient)))
    return page.figure


def _title(records: list[Mapping[str, Any]]) -> str:
    """The finding: what of which form is taxable."""
    first = records[0]["box_2a"]
    on_average = " on average" * bool(first["sd"])
    if len(records) == 1:
        taxable = f"{estimate(first)} is taxable{on_average}"
        return f"Form 1099-R of {records[0]['year']}: {taxable} (Box 2a)"
    sums: dict[str, float] = {}
    for record in records:
        sums[record["policy"]] = sums.get(record["policy"], 0.0) + record["box_2a"]["mean"]
    least, most = (end(sums.values()) for end in (min, max))
    if len(sums) == 1:
        return f"{len(records)} Forms 1099-R: ${most:,.2f} is taxable in all{on_average} (Box 2a)"
    return (
        f"Forms 1099-R under {len(sums)} policies, of which you follow one: "
        f"${least:,.2f} to ${most:,.2f} is taxable{on_average} (Box 2a)"
    )


def _form(page: Sheet, top: float, boxes: list[Box]) -> None:
    for box in boxes:
        _box(page, top, box)
    middle = top + ROWS * TALL / 2
    aslant: dict[str, Any] = {"size": 44, "alpha": 0.13, "rotation": 18, "zorder": 0}
    page.write(WIDE.wide / 2, middle, MARK, ha="center", color=LIGHT.soft, **aslant)


def _box(page: Sheet, top: float, box: Box) -> None:
    left, width = WIDE.margin + (box.column - 1) * UNIT, box.across * UNIT
    upper, height = top + (box.row - 1) * TALL, box.down * TALL
    page.frame(left, upper, width, height)
    heading, *rest = box.title.split("\n")
    page.write(
        left + PAD,
        upper + PAD,
        wrapped(heading, width - 2 * PAD, 6.5),
        va="top",
        size=6.5,
        color=LIGHT.soft,
    )
    if rest:
        page.write(
            left + width - PAD, upper + PAD, rest[0], ha="right", va="top", size=18, weight="bold"
        )
        words = wrapped(box.value, width - 2 * PAD, SMALL, lines=4)
        page.write(left + PAD, upper + height - PAD, words, va="bottom", size=SMALL)
        return
    if box.spread:
        page.write(
            left + PAD, upper + height - PAD, box.spread, va="bottom", size=6.5, color=LIGHT.soft
        )
    style = {"weight": "bold", "color": LIGHT.main} if box.main else {"color": LIGHT.ink}
    across = "right" if box.value[:1] == "$" or box.main else "left"
    x = left + width - PAD if across == "right" else left + PAD
    value = wrapped(box.value, width - 2 * PAD, TEXT, lines=2)
    page.write(x, upper + height - PAD, value, va="bottom", ha=across, size=TEXT + 0.5, **style)
