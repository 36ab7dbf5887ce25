"""`mbdr export`."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.command import Command, Name, OneOf
from simulator.cli.output import Output, demand_batch_apart, writing
from simulator.cli.output_options import output_options
from simulator.cli.terminal import answer
from simulator.notation.letters import plain_lines
from simulator.refusal import Refused

if TYPE_CHECKING:
    from simulator.report.tables.table import Table


@click.command(cls=Command)
@click.argument("folder", metavar="RESULTS", type=Name(path_type=Path))
@click.option(
    "--view",
    type=OneOf(["results", "results_total", "results_contributions", "failures"]),
    help="What to export. [default: results; in a workbook each of them, a sheet each]",
)
@click.option("--short", is_flag=True, help="Of each amount the mean alone.")
@click.option("--sql", metavar="SELECT", help="A question over all views (extra duckdb).")
@partial(output_options, untold=("-v",))
def export(folder: Path, view: str | None, short: bool, sql: str | None, output: Output) -> None:
    """The results of a batch as CSV, Parquet or XLSX.

    After the ending of -o FILE, in the table's order; or an answer to a question in SQL.

    \b
    Examples:
      mbdr export results/ -o results.csv
      mbdr export results/ --view results_total --short -o totals.csv
      mbdr export people/ -o people.xlsx
      mbdr export results/ --sql "SELECT policy, quantile_cont(box_2a_mean, 0.9)
                                  FROM results_total GROUP BY policy"
    """
    from simulator.batches import export as exports

    if sql is not None:
        if short or view:
            raise Refused(f"{'--short' if short else '--view'} says nothing to --sql; leave it out")
        if output.file is not None:
            demand_batch_apart(folder, output.file)
        records = exports.answered(folder, sql)
        output.give(lambda: [_table(records)], lambda: records)
        return
    if output.dashed:
        for line in exports.csv_lines(folder, view, short):
            answer(plain_lines(line))
        return
    if output.file is None:
        raise Refused("where to? add -o FILE.csv, FILE.parquet or FILE.xlsx")
    with writing(output.file):
        exports.export(folder, output.file, view, short)
    output.wrote()


def _table(records: list[dict[str, object]]) -> Table:
    from simulator.report.tables.table import COUNT, TEXT, Column, Table

    names = list(records[0]) if records else []
    kinds = {name: COUNT if _is_number(records, name) else TEXT for name in names}
    columns = tuple(Column(name, kinds[name]) for name in names)
    rows = tuple(tuple(map(_told, record.values())) for record in records)
    count = f"{len(rows):,} row" + "s" * (len(rows) != 1)
    return Table(count, columns, rows)


def _told(value: object) -> object:
    """A value of an answer; of a number the digits that amounts of cents support."""
    return f"{value:.12g}" if isinstance(value, float) else value


def _is_number(records: list[dict[str, object]], name: str) -> bool:
    return any(isinstance(record[name], int | float) for record in records)
