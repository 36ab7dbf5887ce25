"""Amounts drawn one a row: over many paths a line, a box and a dot each, on one path a dot on a stem."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from simulator.answer.curve import Curve
from simulator.answer.phrases import capital
from simulator.report.pictures.curves import HOW_TO_READ as CURVES
from simulator.report.pictures.curves import ROOM, draw_curve
from simulator.report.pictures.lettering import drawable, height, width, wrapped
from simulator.report.pictures.scales import dollars_across
from simulator.report.pictures.sheet import MARGIN, WIDTH, Sheet, sheet
from simulator.report.pictures.style import BLUE, GREY, INK, PALE, SKY, SMALL

HOW_TO_READ = (
    "On each row: line from 5% to 95% of the paths, box from 25% to 75%, "
    "stroke at the median, dot at the mean."
)

LABELS = 2.5
"""The widest column of names. [inches]"""

ABOVE, HEADING = 0.2, 0.35
"""Room above the rows, and for the heading of those that leave money behind. [inches]"""


@dataclass(frozen=True)
class Row:
    """One amount.

    Attributes:
        name: At the left.
        statistics: The statistics that are drawn: `mean p5 p25 p50 p75 p95`. [dollars]
        figure: The mean, written beside.
        behind: What stays behind for good, written below; empty where nothing does.
        curve: The whole distribution, where it is known.
    """

    name: str
    statistics: Mapping[str, float]
    figure: str
    behind: str = ""
    curve: Curve | None = None


@dataclass(frozen=True)
class _Placed:
    """A row and where it stands.

    Attributes:
        row: The row.
        name: Its name, wrapped.
        behind: What stays behind, wrapped.
        top: From the top of the axes to the top of the row. [inches]
        middle: To the middle of its name and mark. [inches]
    """

    row: Row
    name: str
    behind: str
    top: float
    middle: float


def distributions(
    title: str,
    subtitle: Sequence[str],
    rows: Sequence[Row],
    measure: str,
    many: bool,
    alt: str,
    note: str = HOW_TO_READ,
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
    """
    names = [wrapped(row.name, LABELS, lines=3) for row in rows]
    left = MARGIN + max(width(line) for name in names for line in name.split("\n")) + 0.15
    figures = max(width(drawable(row.figure)) for row in rows)
    if any(row.curve for row in rows):
        figures = max(figures, width("100% nothing", SMALL))
        note = (
            CURVES
            if all(row.curve or not row.statistics["sd"] for row in rows)
            else f"{CURVES} {note}"
        )
    right = WIDTH - MARGIN - max(figures, width("mean")) - 0.15 if many else WIDTH - 2 * MARGIN
    placed, down = _placed(rows, names, WIDTH - MARGIN - left)
    page = sheet(title, subtitle, ABOVE + down + 0.52, note if many else "", alt)
    axes = page.axes(left, right, ABOVE, down)
    ends = (row.statistics[name] for row in rows for name in ("mean", "p95"))
    top = max(1.0, *(end for end in ends if end is not None))
    room = 0.1 if many else figures + 0.25
    dollars_across(axes, top * (right - left) / (right - left - room), right - left)
    axes.set_ylim(down, 0)
    axes.set_yticks([])
    axes.set_xlabel(capital(measure) + ", all forms together" * ("tax" in measure))
    if many:
        page.write(WIDTH - MARGIN, 0.08, "mean", ha="right", color=GREY, size=SMALL)
    apart = next((line for line in placed if line.row.behind), None)
    if apart:
        _set_apart(page, axes, apart.top - HEADING, down)
    for line in placed:
        _draw(page, axes, line, (left, right - left), many)
    return page.figure


def _placed(
    rows: Sequence[Row], names: Sequence[str], across: float
) -> tuple[list[_Placed], float]:
    """The rows from the top down, those that leave money behind last, and how far down they reach."""
    placed, top, apart = [], 0.05, False
    for row, name in sorted(zip(rows, names, strict=True), key=lambda named: bool(named[0].behind)):
        if row.behind and not apart:
            top, apart = top + HEADING, True
        behind = wrapped(row.behind, across, SMALL)
        tall = max(0.35, height(name) + 0.08, ROOM if row.curve else 0.0)
        placed.append(_Placed(row, name, behind, top, top + tall / 2))
        top += tall + (height(behind, SMALL) + 0.1 if behind else 0)
    return placed, top + 0.05


def _set_apart(page: Sheet, axes: Axes, top: float, down: float) -> None:
    """Opens the part of the policies that leave money behind."""
    page.rule(ABOVE + top + 0.08)
    heading = "Money stays behind:"
    page.write(MARGIN, ABOVE + top + 0.24, heading, ha="left", style="italic")
    axes.axhspan(top + 0.08, down, color=PALE, alpha=0.35, linewidth=0, zorder=0)
    axes.set_ylim(down, 0)


def _draw(page: Sheet, axes: Axes, placed: _Placed, place: tuple[float, float], many: bool) -> None:
    row, y, (left, across) = placed.row, placed.middle, place
    page.write(left - 0.12, ABOVE + y, placed.name, ha="right")
    if many:
        if row.curve:
            inch = axes.get_xlim()[1] / across
            draw_curve(axes, row.curve, row.statistics, y, inch, bool(row.behind))
            share = f"{row.curve.nothing:.0%} nothing"
            page.write(WIDTH - MARGIN, ABOVE + y + 0.17, share, ha="right", color=GREY, size=SMALL)
        else:
            _box(axes, row, y)
        page.write(WIDTH - MARGIN, ABOVE + y, row.figure, ha="right")
    else:
        _stem(axes, row, y)
    under = 2 * y - placed.top + 0.02
    axes.text(0, under, f" {placed.behind}", size=SMALL, color=GREY, va="top")


def _stem(axes: Axes, row: Row, y: float) -> None:
    """A dot at the end of a line from nothing."""
    ink, fill = (GREY, PALE) if row.behind else (INK, BLUE)
    at = row.statistics["mean"]
    axes.plot([0, at], [y, y], color=ink, linewidth=1.6, zorder=2)
    axes.plot(at, y, "o", color=ink, markerfacecolor=fill, markersize=7, clip_on=False, zorder=3)
    axes.annotate(row.figure, (at, y), (8, 0), textcoords="offset points", va="center")


def _box(axes: Axes, row: Row, y: float) -> None:
    """A line, a box, a stroke and a dot; see `HOW_TO_READ`."""
    low, first, median, third, high = (row.statistics[f"p{name}"] for name in (5, 25, 50, 75, 95))
    ink, fill, dot = (GREY, "white", PALE) if row.behind else (INK, SKY, "white")
    if low is None:  # the mean alone is known
        axes.plot(row.statistics["mean"], y, "o", color=ink, markerfacecolor=dot, markersize=5.5)
        return
    axes.plot([low, high], [y, y], color=ink, linewidth=1.2, zorder=2)
    box = Rectangle((first, y - 0.085), third - first, 0.17, facecolor=fill, edgecolor=ink,
                    linewidth=1.0, zorder=3)  # fmt: skip
    axes.add_patch(box)
    axes.plot([median] * 2, [y - 0.11, y + 0.11], color=ink, linewidth=2.2, zorder=4)
    axes.plot(row.statistics["mean"], y, "o", color=ink, markerfacecolor=dot, markersize=5.5,
              markeredgewidth=1.0, clip_on=False, zorder=5)  # fmt: skip
