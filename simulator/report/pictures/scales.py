"""Scales of axes: dollars down or across, dates, days of delay."""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from simulator.report.pictures.lettering import width
from simulator.report.pictures.style import SMALL

APART = 0.15
"""Room between the numbers of a scale. [inches]"""


def amount(dollars: float) -> str:
    """An amount on a label: `$20,000`, `$709.49`."""
    return f"${dollars:,.0f}" if dollars == round(dollars) else f"${dollars:,.2f}"


def dollars_down(axes: Axes, top: float, most: int = 6) -> None:
    """Gives axes a vertical scale of dollars from nothing up."""
    axes.set_ylim(0, top)
    axes.set_yticks(*_dollar_ticks(top, most))
    axes.grid(axis="y")
    _without_frame(axes)


def scale_width(top: float, most: int = 6) -> float:
    """The room that the numbers of a vertical scale of dollars need. [inches]"""
    return max(width(label, SMALL) for label in _dollar_ticks(top, most)[1]) + 0.1


def dollars_across(axes: Axes, top: float, inches: float) -> None:
    """Gives axes a horizontal scale of dollars from nothing up, with as many numbers as find room."""
    axes.set_xlim(0, top)
    for most in range(7, 1, -1):
        ticks, labels = _dollar_ticks(top, most)
        apart = (ticks[1] - ticks[0]) / top * inches if len(ticks) > 1 else inches
        if max(width(label, SMALL) for label in labels) + APART <= apart:
            break
    axes.set_xticks(ticks, labels)
    axes.grid(axis="x")
    _without_frame(axes)


def _dollar_ticks(top: float, most: int) -> tuple[list[float], list[str]]:
    """Round amounts from nothing up to an amount, and how they are written. [dollars]"""
    ticks = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top)
    kept = [float(tick) for tick in ticks if 0 <= tick <= top * 1.000001]
    cents = any(tick != round(tick) for tick in kept)
    return kept, [f"${tick:,.2f}" if cents else f"${tick:,.0f}" for tick in kept]


def _without_frame(axes: Axes) -> None:
    axes.tick_params(length=0)
    axes.spines[["left", "top", "right"]].set_visible(False)


def days_across(axes: Axes, days: Sequence[int], inches: float) -> None:
    """Gives axes a horizontal scale from the first to the last number of days."""
    low, high = days[0], days[-1]
    pad = 0.0 if low < high else 1.0
    axes.set_xlim(low - pad, high + pad)
    for most in range(8, 1, -1):
        ticks = [float(tick) for tick in MaxNLocator(nbins=most).tick_values(low, high)]
        ticks = [tick for tick in ticks if low <= tick <= high] or [float(low)]
        names = [f"{tick:,.8g}" for tick in ticks]
        if sum(width(name, SMALL) + APART for name in names) <= inches:
            break
    axes.set_xticks(ticks, names)
    axes.tick_params(axis="x", length=3)


def months(axes: Axes, first: date, last: date) -> None:
    """Gives axes a horizontal scale of dates."""
    start, end = number(first), number(last)
    axes.set_xlim(start, end + (end - start) * 0.004)
    locator = AutoDateLocator(minticks=3, maxticks=12)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    concise = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(concise)
    axes.tick_params(axis="x", length=3, pad=4)
    axes.tick_params(axis="y", length=0)


def number(day: date) -> float:
    """A day on a scale of dates."""
    return float(date2num(day))  # type: ignore[no-untyped-call]
