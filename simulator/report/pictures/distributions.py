"""Amounts drawn one a row: a bar each, or over many paths a line, a box and a dot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.curve import Curve
from simulator.answer.phrases import capital
from simulator.report.pictures.curves import HOW_TO_READ as CURVES
from simulator.report.pictures.curves import ROOM, draw_curve
from simulator.report.pictures.lettering import drawable, height, width, wrapped
from simulator.report.pictures.look import WIDE, Look
from simulator.report.pictures.rows import HOW_TO_READ, Row, bar, box
from simulator.report.pictures.scales import dollars_across
from simulator.report.pictures.sheet import Sheet, sheet
from simulator.report.pictures.style import SMALL

LABELS = 2.5
"""The widest column of names. [inches]"""

HEADING, MARK = 0.35, 0.32
"""Room for the heading of those that leave money behind, and for a mark. [inches]"""

STAYS, NOT_YET = "Money stays behind:", "Not all is converted yet:"
"""What stands over rows that are set apart: at the end, and in a year that is not over."""


@dataclass(frozen=True)
class _Placed:
    """A row and where it stands.

    Attributes:
        row: The row.
        name: Its name, wrapped.
        behind: What stays behind, wrapped.
        top: From the top of the axes to the top of the row. [inches]
        middle: To the middle of its mark. [inches]
        under: To what is said of what stays behind. [inches]
    """

    row: Row
    name: str
    behind: str
    top: float
    middle: float
    under: float


@dataclass(frozen=True)
class _Grid:
    """Where the columns of rows stand, from the left. [inches]

    Attributes:
        left: Where the scale begins.
        right: Where it ends.
        names: The widest that a name may be.
        names_end: Where names end that stand at the left of their marks; None where they stand above.
        figures: Where amounts end that stand in a column; None where they stand at their marks.
        above: Room above the rows.
    """

    left: float
    right: float
    names: float
    names_end: float | None
    figures: float | None
    above: float


def distributions(
    title: str,
    subtitle: Sequence[str],
    rows: Sequence[Row],
    measure: str,
    many: bool,
    alt: str,
    note: str = HOW_TO_READ,
    *,
    bars: bool = False,
    look: Look = WIDE,
    behind: str = STAYS,
) -> Figure:
    """The page of rows, those that leave money behind set apart below the others.

    Args:
        title: The finding.
        subtitle: Of what, over what.
        rows: In the order of the scenario.
        measure: What is drawn.
        many: Whether over many paths.
        alt: The picture in words.
        note: How to read a row, where there are many paths.
        bars: Whether many paths too are drawn as a bar, with a line for their spread.
        look: Its shape and colours.
        behind: What stands over those that are set apart.
    """
    if look.narrow:  # there it stands below the name
        rows = [
            replace(row, below=_nothing(row.curve)) if row.curve and many else row for row in rows
        ]
    grid = _grid(rows, many, look)
    if any(row.curve for row in rows):
        known = all(row.curve or not (row.statistics or {"sd": 0})["sd"] for row in rows)
        note = CURVES if known else f"{CURVES} {note}"
    placed, down = _placed(rows, grid)
    axis = capital(measure) + ", all forms together" * ("tax" in measure)
    axis = wrapped(axis, look.wide - 2 * look.margin, lines=2)
    axis = axis if look.alone or not bars else ""  # there the page says it
    foot = 0.36 + height(axis) if axis else 0.3
    subject = f"{capital(measure)}, by policy"
    tall = grid.above + down + foot
    page = sheet(title, subtitle, tall, note if many or bars else "", alt, look, subject)
    axes = page.axes(grid.left, grid.right, grid.above, down)
    _scale(axes, rows, grid, many)
    axes.set_ylim(down, 0)
    axes.set_yticks([])
    axes.grid(not look.narrow, axis="x")
    middle = (page.left + page.right) / 2 if look.narrow else (grid.left + grid.right) / 2
    at = grid.above + down + 0.28 + height(axis) / 2
    page.write(middle, at, axis, ha="center", color=look.palette.soft)
    if grid.figures is not None:
        words = {"ha": "right", "color": look.palette.soft, "size": SMALL}
        page.write(grid.figures, 0.08, "on average" if many and bars else "mean" * many, **words)
    apart = next((line for line in placed if line.row.behind), None)
    if apart:
        _set_apart(page, axes, grid.above, (apart.top - HEADING, down), behind)
    for line in placed:
        _write(page, axes, line, grid)
        if many and line.row.curve and line.row.statistics is not None:
            inch = axes.get_xlim()[1] / (grid.right - grid.left)
            left = bool(line.row.behind)
            told = line.row.statistics
            draw_curve(axes, line.row.curve, told, line.middle, inch, left, look.palette)
            if not look.narrow and grid.figures is not None:
                share = _nothing(line.row.curve)
                small: dict[str, Any] = {"size": SMALL, "color": look.palette.soft}
                page.write(
                    grid.figures, grid.above + line.middle + 0.17, share, ha="right", **small
                )
            continue
        if line.row.statistics is not None:
            if many and not bars:
                box(axes, line.row, line.middle, look.palette)
            else:
                bar(axes, line.row, line.middle, look.palette, many)
    return page.figure


def _nothing(curve: Curve) -> str:
    return f"{curve.nothing:.0%} nothing"


def _grid(rows: Sequence[Row], many: bool, look: Look) -> _Grid:
    """The columns: names at the left and amounts at the right; narrow, both above the marks."""
    begin, end = look.margin, look.wide - look.margin
    figures = max(width(drawable(row.figure), bold=True) for row in rows)
    if any(row.curve for row in rows):
        figures = max(figures, width("100% nothing", SMALL))
    if look.narrow:
        names = end - begin - figures - 0.15
        return _Grid(begin, end - 0.12, names, None, end, 0.2 if many else 0.02)
    names_end = begin + max(_name_width(row) for row in rows)
    if many:
        right = end - max(figures, width("on average", SMALL)) - 0.15
        return _Grid(names_end + 0.15, right, LABELS, names_end, end, 0.2)
    return _Grid(names_end + 0.15, end - 0.02, LABELS, names_end, None, 0.05)


def _name_width(row: Row) -> float:
    """How wide a name is written, and what is below it. [inches]"""
    name = wrapped(row.name, LABELS, lines=3, bold=row.best)
    widest = max(width(line, bold=row.best) for line in name.split("\n"))
    return max(widest, width(row.below, SMALL))


def _placed(rows: Sequence[Row], grid: _Grid) -> tuple[list[_Placed], float]:
    """The rows from the top down, those that leave money behind last, and how far down they reach."""
    placed: list[_Placed] = []
    top, apart = 0.05, False
    for row in sorted(rows, key=lambda row: bool(row.behind)):
        if row.behind and not apart:
            top, apart = top + HEADING, True
        name = wrapped(row.name, grid.names, lines=3, bold=row.best)
        said = height(name) + (height("", SMALL) if row.below else 0)
        behind = wrapped(row.behind, grid.right - grid.left, SMALL, lines=4)
        if grid.names_end is None:
            mark = ROOM if row.curve else MARK if row.statistics is not None else 0.04
            middle, under = top + said + mark / 2 - 0.02, top + said + mark
        else:
            middle = top + max(0.35, said + 0.08, ROOM if row.curve else 0.0) / 2
            under = 2 * middle - top + 0.02 if row.statistics is not None else middle
        bottom = under + (height(behind, SMALL) + 0.1 if behind else 0)
        bottom += 0.08 if grid.names_end is None and not behind else 0.0
        if behind and row.statistics is None and grid.names_end is not None:
            under = middle - height(behind, SMALL) / 2
            bottom = max(2 * middle - top, under + height(behind, SMALL)) + 0.06
        placed.append(_Placed(row, name, behind, top, middle, under))
        top = bottom
    return placed, top + 0.05


def _scale(axes: Axes, rows: Sequence[Row], grid: _Grid, many: bool) -> None:
    """Dollars across, with room for amounts that stand at their marks."""
    drawn = [row for row in rows if row.statistics is not None]
    ends = [row.statistics[name] for row in drawn if row.statistics for name in ("mean", "p95")]
    tops = [end for end in ends if end is not None]
    across = grid.right - grid.left
    beside = max((width(drawable(row.figure), bold=True) for row in drawn), default=0.0) + 0.25
    room = 0.1 if many or grid.figures is not None else beside
    dollars_across(axes, max(1.0, *tops, 0.0) * across / (across - room), across)


def _set_apart(
    page: Sheet, axes: Axes, above: float, rows: tuple[float, float], heading: str
) -> None:
    """Opens the part of the policies that leave money behind."""
    top, down = rows
    page.rule(above + top + 0.08)
    page.write(page.left, above + top + 0.24, heading, ha="left", style="italic")
    axes.axhspan(top + 0.08, down, color=page.look.palette.apart, linewidth=0, zorder=0)
    axes.set_ylim(down, 0)


def _write(page: Sheet, axes: Axes, placed: _Placed, grid: _Grid) -> None:
    """What is said of a row: its name, its amount, what stays behind."""
    row, palette = placed.row, page.look.palette
    weight = "bold" if row.best else "normal"
    name: dict[str, Any] = {"weight": weight, "color": palette.main if row.best else palette.ink}
    said = height(placed.name) + (height("", SMALL) if row.below else 0)
    top = placed.top if grid.names_end is None else placed.middle - said / 2
    x, ha = (page.left, "left") if grid.names_end is None else (grid.names_end, "right")
    page.write(x, grid.above + top, placed.name, ha=ha, va="top", **name)
    if row.below:
        below = grid.above + top + height(placed.name)
        page.write(x, below, row.below, ha=ha, va="top", size=SMALL, color=palette.soft)
    if grid.figures is not None:
        y, va = (top, "top") if grid.names_end is None else (placed.middle, "center")
        page.write(grid.figures, grid.above + y, row.figure, ha="right", va=va, weight=weight)
    elif row.statistics is not None:
        at = (row.statistics["mean"], placed.middle)
        beside: dict[str, Any] = {"textcoords": "offset points", "va": "center"}
        axes.annotate(row.figure, at, (6, 0), weight=weight, **beside)
    x = grid.left + (0.05 if grid.names_end is not None else 0.0)
    behind: dict[str, Any] = {"size": SMALL, "color": palette.soft, "va": "top", "ha": "left"}
    page.write(x, grid.above + placed.under, placed.behind, **behind)
