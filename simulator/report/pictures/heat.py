"""The picture of a sweep over two fields: squares with their figures, darker where it is more."""

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure

from simulator.answer.grid import Cell, Grid
from simulator.answer.phrases import (
    average,
    capital,
    estimate,
    one_line,
    paragraph,
    quoted,
    whole_dollars,
)
from simulator.answer.sweep import WORDS
from simulator.refusal import Refused
from simulator.report.palette import Palette
from simulator.report.pictures.lettering import width, wrapped
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.sheet import sheet
from simulator.report.pictures.style import SMALL
from simulator.report.sentences import over

MOST_ACROSS, MOST_DOWN = 12, 30
"""Squares that a page has room for."""

TENS = 10
"""From this on figures have no cents. [dollars]"""

DOWN, PAD, LEAST = 0.34, 0.14, 0.06
"""Height of a square whose figure lies; what is beside a figure, and what must be at least. [inches]"""

CALLED = {
    "returns.annual_return": "the fund's growth a year",
    "delay": "days that each deposit waits",
}
"""Fields in words; another is called as in the file."""

NAMES = 1.6
"""The widest column of values. [inches]"""


class TooManySquares(Refused):
    """A picture of more squares was asked for than a page has room for."""

    argument = "vary"

    def __init__(self, down: int, across: int):
        most = f"at most {MOST_DOWN} by {MOST_ACROSS}"
        super().__init__(f"{down} by {across} values are too many for a picture; {most}")


def demand_squares(down: int, across: int) -> None:
    """Raises `TooManySquares` where a page has no room for so many."""
    if down > MOST_DOWN or across > MOST_ACROSS:
        raise TooManySquares(down, across)


@in_style
def grid_picture(grid: Grid, *, look: Look = WIDE) -> Figure:
    """A square for each pair of values.

    Raises:
        TooManySquares: There are more than a page has room for.
    """
    rows = grid.rows
    demand_squares(len(rows), len(rows[0]))
    down, across = map(_called, grid.fields)
    names = [wrapped(str(row[0].values[0]), NAMES, SMALL, lines=1) for row in rows]
    heads = [wrapped(str(cell.values[1]), NAMES, SMALL, lines=1) for cell in rows[0]]
    left = look.margin + 0.12 + max(width(name, SMALL) for name in names)
    square = (look.wide - look.margin - left) / len(rows[0])
    stands = _widest(_figure(grid, cell) for cell in grid.cells) + LEAST > square
    each = _widest(_figure(grid, cell) for cell in grid.cells) + PAD if stands else DOWN
    slant = _widest(heads) + PAD > square
    foot = 0.4 + (_widest(heads) if slant else 0.15)
    subtitle = f"{quoted(grid.policy)}, {grid.scenario.period}; {over(grid)}"
    note = f"Down: {down}. Across: {across}. Stronger: more."
    note += " ~: money stays behind, its earnings not yet taxed." * any(
        cell.leaves_money for cell in grid.cells
    )
    tall = each * len(rows)
    titles = [grid.scenario.name, subtitle]
    page = sheet(_finding(grid), titles, tall + foot + 0.05, note, _alt_text(grid), look)
    axes = page.axes(left, page.right, 0.05, tall)
    _draw(axes, grid, 90 if stands else 0, look.palette)
    axes.set_xticks(range(len(rows[0])), heads, rotation=90 if slant else 0)
    axes.set_yticks(range(len(rows)), names)
    words = wrapped(across, page.right - page.left, lines=1)
    page.write((left + page.right) / 2, tall + foot - 0.12, words, ha="center",
               color=look.palette.soft)  # fmt: skip
    return page.figure


def _widest(words: Iterable[str]) -> float:
    return max(width(one, SMALL) for one in words)


def _draw(axes: Axes, grid: Grid, turned: int, palette: Palette) -> None:
    rows = grid.rows
    means = [[max(0.0, cell.amount["mean"]) for cell in row] for row in rows]
    most = max(max(row) for row in means) or 1.0
    shades = LinearSegmentedColormap.from_list("to more", [palette.apart, palette.main])
    axes.imshow(means, cmap=shades, vmin=0.0, vmax=most, aspect="auto")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            ink = _on(shades(means[y][x] / most), palette)
            how: dict[str, Any] = {"ha": "center", "va": "center", "rotation": turned}
            axes.text(x, y, _figure(grid, cell), color=ink, size=SMALL, **how)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _on(shade: Sequence[float], palette: Palette) -> str:
    """What stands out more on a shade, ink or paper. Source: WCAG 2.1, contrast ratio."""

    def contrast(color: str) -> float:
        darker, lighter = sorted((_light(to_rgb(color)), _light(shade[:3])))
        return (lighter + 0.05) / (darker + 0.05)

    return max((palette.ink, palette.paper), key=contrast)


def _light(color: Sequence[float]) -> float:
    """Relative luminance."""
    linear = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _figure(grid: Grid, cell: Cell) -> str:
    """A square's figure: in whole dollars, unless all are small."""
    most = max(one.amount["mean"] for one in grid.cells)
    amount = _whole(cell) if most >= TENS else estimate(cell.amount)
    return f"{amount.replace('less than ', '<')}{' ~' * cell.leaves_money}"


def _whole(cell: Cell) -> str:
    return whole_dollars(cell.amount["mean"] * 100, cell.amount["se"] * 100)


def _finding(grid: Grid) -> str:
    """The least and the most, with where they are."""
    what = WORDS[grid.of]
    least = min(grid.cells, key=lambda cell: cell.amount["mean"])
    most = max(grid.cells, key=lambda cell: cell.amount["mean"])
    if _whole(least) == _whole(most):
        return f"{capital(what)}: {_whole(most)} everywhere"
    return f"{capital(what)}{average(grid.paths)}: {_at(grid, least)}, {_at(grid, most)}"


def _at(grid: Grid, cell: Cell) -> str:
    told = (_value(*each) for each in zip(grid.fields, cell.values, strict=True))
    return f"{_whole(cell)} at {one_line(' and '.join(told))}"


def _called(field: str) -> str:
    return CALLED.get(field, one_line(field))


def _value(field: str, value: object) -> str:
    return f"{value} days" if field == "delay" else str(value)


def _alt_text(grid: Grid) -> str:
    down, across = map(_called, grid.fields)
    rows = "; ".join(
        f"{one_line(str(row[0].values[0]))}: {', '.join(_figure(grid, cell) for cell in row)}"
        for row in grid.rows
    )
    return paragraph(_finding(grid), f"Down {down}, across {across}: {rows}")
