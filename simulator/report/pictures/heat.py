"""The picture of a sweep over two fields: squares with their figures, darker where it is more."""

from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from simulator.answer.grid import Cell, Grid
from simulator.answer.phrases import average, capital, estimate, one_line, paragraph, quoted
from simulator.answer.sweep import WORDS
from simulator.refusal import Refused
from simulator.report.pictures.lettering import width
from simulator.report.pictures.sheet import MARGIN, WIDTH, sheet
from simulator.report.pictures.style import BLUE, INK, SMALL, styled
from simulator.report.sentences import over

MOST_ACROSS, MOST_DOWN = 12, 30
"""Squares that a page has room for."""

DOWN = 0.34
"""Height of a square. [inches]"""

DARK = 0.93
"""From this share of the most on white figures stand out more than black ones."""

SHADES = LinearSegmentedColormap.from_list("from white", ["#ffffff", BLUE])


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


@styled()
def grid_picture(grid: Grid) -> Figure:
    """A square for each pair of values.

    Raises:
        TooManySquares: There are more than a page has room for.
    """
    rows = grid.rows
    demand_squares(len(rows), len(rows[0]))
    down, across = map(one_line, grid.fields)
    names = [one_line(str(row[0].values[0])) for row in rows]
    left = MARGIN + 0.12 + max(map(width, names))
    subtitle = f"{quoted(grid.policy)}, {grid.scenario.period}; {over(grid)}"
    tall = DOWN * len(rows)
    note = f"Down: {down}. Across: {across}. Dark: more."
    note += " ~: money stays behind, its earnings not yet taxed." * any(
        cell.leaves_money for cell in grid.cells
    )
    page = sheet(_finding(grid), [grid.scenario.name, subtitle], tall + 0.55, note, _alt_text(grid))
    axes = page.axes(left, WIDTH - MARGIN, 0.05, tall)
    _draw(axes, grid)
    axes.set_xticks(range(len(rows[0])), [one_line(str(cell.values[1])) for cell in rows[0]])
    axes.set_yticks(range(len(rows)), names)
    axes.set_xlabel(across)
    return page.figure


def _draw(axes: Axes, grid: Grid) -> None:
    rows = grid.rows
    means = [[max(0.0, cell.amount["mean"]) for cell in row] for row in rows]
    most = max(max(row) for row in means) or 1.0
    axes.imshow(means, cmap=SHADES, vmin=0.0, vmax=most, aspect="auto")
    for y, row in enumerate(rows):
        for x, cell in enumerate(row):
            ink = "white" if means[y][x] > DARK * most else INK
            axes.text(x, y, _figure(cell), ha="center", va="center", color=ink, size=SMALL)
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


def _figure(cell: Cell) -> str:
    return f"{estimate(cell.amount)}{' ~' * cell.leaves_money}"


def _finding(grid: Grid) -> str:
    """The least and the most, with where they are."""
    what = WORDS[grid.of]
    least = min(grid.cells, key=lambda cell: cell.amount["mean"])
    most = max(grid.cells, key=lambda cell: cell.amount["mean"])
    if estimate(least.amount) == estimate(most.amount):
        return f"{capital(what)}: {estimate(most.amount)} everywhere"
    return f"{capital(what)}{average(grid.paths)}: {_at(least)}, {_at(most)}"


def _at(cell: Cell) -> str:
    return f"{estimate(cell.amount)} at {one_line(' and '.join(map(str, cell.values)))}"


def _alt_text(grid: Grid) -> str:
    down, across = grid.fields
    rows = "; ".join(
        f"{one_line(str(row[0].values[0]))}: {', '.join(map(_figure, row))}" for row in grid.rows
    )
    return paragraph(_finding(grid), f"Down {one_line(down)}, across {one_line(across)}: {rows}")
