"""Scales of axes: dollars down or across, dates, days of delay."""

from collections.abc import Sequence
from datetime import date

from matplotlib.axes import Axes
from matplotlib.dates import date2num
from matplotlib.ticker import MaxNLocator

from simulator.report.pictures.lettering import width
from simulator.report.pictures.style import SMALL

APART, DATE, EDGE = 0.15, 0.5, 0.05
"""Room between the numbers of a scale, for a date, and beyond its ends. [inches]"""


STEPS = (1, 2, 3, 4, 6, 12, 24, 60, 120, 240, 600)
"""From one date of a scale to the next. [months]"""


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
    _keep_inside(axes, ticks, labels, top, inches)
    axes.grid(axis="x")
    _without_frame(axes)


def _keep_inside(
    axes: Axes, ticks: Sequence[float], labels: Sequence[str], top: float, inches: float
) -> None:
    """Lets a number at an end of a scale stand beside its stroke rather than below, where it would be cut."""
    halves = [width(label, SMALL) / 2 for label in labels]
    for tick, half, text in zip(ticks, halves, axes.get_xticklabels(), strict=True):
        at = tick / top * inches
        if at + half > inches + EDGE:
            text.set_horizontalalignment("right")
        elif at < half - EDGE:
            text.set_horizontalalignment("left")


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


def months(axes: Axes, first: date, last: date, inches: float) -> None:
    """Gives axes a horizontal scale of dates, with as many of them as find room."""
    start, end = number(first), number(last)
    axes.set_xlim(start, end + (end - start) * 0.004)
    most = min(12, max(3, int(inches / DATE)))
    ticks = _month_begins(first, last, most)
    names = [day.strftime("%Y" if day.month == 1 else "%b") for day in ticks]
    axes.set_xticks([number(day) for day in ticks], names)
    axes.tick_params(axis="x", length=3, pad=6)
    axes.tick_params(axis="y", length=0)


def _month_begins(first: date, last: date, most: int) -> list[date]:
    """The first days of months between two days, at equal steps, and no more of them than so many."""
    begin, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    for step in STEPS:
        places = [place for place in range(begin, end + 1) if place % step == 0]
        days = [date(place // 12, place % 12 + 1, 1) for place in places]
        within = [day for day in days if first <= day <= last]
        if len(within) <= most:
            break
    return within


def number(day: date) -> float:
    """A day on a scale of dates."""
    return float(date2num(day))  # type: ignore[no-untyped-call]
