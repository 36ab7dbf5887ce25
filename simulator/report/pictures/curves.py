"""A row of a picture that shows a whole distribution: a curve over a line, and a bar at 0."""

from collections.abc import Mapping
from typing import Any

from matplotlib.axes import Axes

from simulator.answer.curve import Curve
from simulator.report.palette import Palette

HOW_TO_READ = (
    "Curves: how likely each amount is, each with a height of its own. Bar at 0: how likely nothing is, as "
    "high as a curve where it is certain. Line from 5% to 95%, stroke at the median, dot at the mean."
)

TALL, ROOM = 0.4, 0.62
"""Height of a curve and of the bar of what is certain, and of its row. [inches]"""

BAR = 0.06
"""Width of the bar. [inches]"""


def draw_curve(
    axes: Axes,
    curve: Curve,
    statistics: Mapping[str, Any],
    middle: float,
    inch: float,
    left: bool,
    palette: Palette,
) -> None:
    """Draws a distribution in axes that count inches down.

    Args:
        axes: The axes; dollars across.
        curve: The distribution.
        statistics: What is marked of it. [dollars]
        middle: Of its row. [inches]
        inch: How many dollars an inch across is.
        palette: Its colours.
        left: Whether some money has no date to leave on, so that the row is paler.
    """
    y = middle + TALL / 2
    ink = palette.line if left else palette.main
    fill = palette.line if left else palette.band
    dark = palette.ink
    highest = float(curve.density.max())
    if highest > 0:
        tops = y - TALL * curve.density / highest
        axes.fill_between(curve.amounts, tops, y, color=fill, alpha=0.55, linewidth=0, zorder=2)
        axes.plot(curve.amounts, tops, color=ink, linewidth=1.1, zorder=2.5)
    if curve.nothing:
        tops = [y - TALL * curve.nothing] * 2
        axes.fill_between([-BAR * inch, 0], tops, y, color=dark, lw=0, zorder=3, clip_on=False)
    low, median, high, mean = (statistics[name] for name in ("p5", "p50", "p95", "mean"))
    axes.plot([low, high], [y, y], color=dark, linewidth=1.6, zorder=3, clip_on=False)
    axes.plot(
        [median] * 2, [y - 0.09, y + 0.06], color=dark, linewidth=2.2, zorder=4, clip_on=False
    )
    axes.plot(
        mean,
        y,
        "o",
        color=dark,
        markerfacecolor=palette.paper,
        markersize=5.5,
        clip_on=False,
        zorder=5,
    )
