"""A row of a picture: an amount, and its mark: a bar, or over many paths a line, a box and a dot."""

from collections.abc import Mapping
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from simulator.answer.curve import Curve
from simulator.report.palette import Palette

HOW_TO_READ = (
    "On each row: line around nine of ten possible futures (5% to 95%), box around the middle half, "
    "stroke at the median, dot at the mean."
)
BARS = "Bars: on average. Lines: nine of ten possible futures, from 5% to 95%."


@dataclass(frozen=True)
class Row:
    """One amount.

    Attributes:
        name: At the left; narrow, above.
        statistics: The statistics that are drawn: `mean p5 p25 p50 p75 p95`; None where none is. [dollars]
        figure: The mean, written beside.
        behind: What stays behind for good, written below; empty where nothing does.
        below: What is said of it under its name.
        best: Whether it is the one that is recommended.
        curve: The whole distribution, where it is known.
    """

    name: str
    statistics: Mapping[str, float] | None
    figure: str
    behind: str = ""
    below: str = ""
    best: bool = False
    curve: Curve | None = None

    @property
    def spread(self) -> str:
        """Where nine in ten lie, in words."""
        if self.statistics is None or self.statistics["p5"] is None:
            return ""
        low, high = (f"${self.statistics[name]:,.0f}" for name in ("p5", "p95"))
        return f" (5% to 95%: {low} to {high})"


def bar(axes: Axes, row: Row, y: float, palette: Palette, many: bool) -> None:
    """A bar to the mean, and over many paths a line where nine in ten lie."""
    statistics = row.statistics or {}
    color = palette.main if row.best else palette.other
    if row.behind:
        color = palette.away
    axes.barh(y, statistics["mean"], 0.16, color=color, zorder=2)
    if many and statistics["p5"] is not None:
        ends = [statistics["p5"], statistics["p95"]]
        axes.plot(ends, [y, y], color=palette.ink, linewidth=1.1, zorder=3)
        axes.plot(ends, [y, y], "|", color=palette.ink, markersize=7, clip_on=False, zorder=3)
    elif not statistics["mean"]:
        axes.plot([0, 0], [y - 0.08, y + 0.08], color=color, linewidth=2.5, clip_on=False)


def box(axes: Axes, row: Row, y: float, palette: Palette) -> None:
    """A line, a box, a stroke and a dot; see `HOW_TO_READ`."""
    statistics = row.statistics or {}
    low, first, median, third, high = (statistics[f"p{name}"] for name in (5, 25, 50, 75, 95))
    ink = palette.soft if row.behind else palette.ink
    fill = palette.paper if row.behind else palette.main if row.best else palette.band
    if low is None:  # the mean alone is known
        axes.plot(statistics["mean"], y, "o", color=ink, markerfacecolor=palette.paper)
        return
    axes.plot([low, high], [y, y], color=ink, linewidth=1.2, zorder=2)
    half = Rectangle((first, y - 0.085), third - first, 0.17, facecolor=fill, edgecolor=ink,
                    linewidth=1.0, zorder=3)  # fmt: skip
    axes.add_patch(half)
    axes.plot([median] * 2, [y - 0.11, y + 0.11], color=ink, linewidth=2.2, zorder=4)
    axes.plot(statistics["mean"], y, "o", color=ink, markerfacecolor=palette.paper, markersize=5.5,
              markeredgewidth=1.0, clip_on=False, zorder=5)  # fmt: skip
