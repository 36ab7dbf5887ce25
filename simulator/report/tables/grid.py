"""A sweep over two fields as a table: the mean of each pair."""

from __future__ import annotations

from simulator.answer.grid import Cell, Grid
from simulator.answer.statistics import Estimate
from simulator.answer.sweep import HEADS
from simulator.report.exact_words import exact_words
from simulator.report.sentences import over
from simulator.report.tables.table import COUNT, Column, Table, fewest_decimals

LEAVES = "~: money stays behind there, its earnings not yet taxed."


def grid_table(grid: Grid) -> Table:
    """What a policy comes to: down the rows the first field, across the second."""
    down, across = grid.fields
    head = [Column(down, COUNT), *(Column(str(cell.values[1]), COUNT) for cell in grid.rows[0])]
    decimals = fewest_decimals(map(_mean, grid.cells))
    rows = tuple(
        (str(row[0].values[0]), *(_figure(cell, decimals) for cell in row)) for row in grid.rows
    )
    mean = "mean " * (grid.paths != 1)
    title = f"{grid.scenario.name}: {mean}{HEADS[grid.of]} of {grid.policy} ({over(grid)})"
    leaving = (LEAVES,) if any(cell.leaves_money for cell in grid.cells) else ()
    told = ((" and ".join(map(str, cell.values)), cell.exactness) for cell in grid.cells)
    notes = (f"Across: {across}.", *leaving, *exact_words(told, "values"))
    return Table(title, tuple(head), rows, notes=notes)


def _mean(cell: Cell) -> Estimate:
    return Estimate(cell.amount["mean"] * 100, cell.amount["se"] * 100)


def _figure(cell: Cell, decimals: int) -> str:
    return _mean(cell).written(decimals) + " ~" * cell.leaves_money
