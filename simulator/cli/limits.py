"""`mbdr limits`."""

from __future__ import annotations

from functools import partial

import click

from simulator.cli.command import Between, Command
from simulator.cli.output import Output
from simulator.cli.output_options import output_options
from simulator.refusal import Refused


class Year(Between):
    """A year that could have limits."""

    name = "year"


@click.command(cls=Command)
@click.argument("years", metavar="[YEAR]...", type=Year(2013, 2080), nargs=-1)
@click.option("--inflation", help="Project years beyond the published ones, like 2.5%.")
@partial(output_options, untold=("-v",))
def limits(years: tuple[int, ...], inflation: str | None, output: Output) -> None:
    """The law's limits and income tax tables, with their notices.

    Tables of brackets, deductions and gains are those of the years asked for; without any, of the last one.

    \b
    Examples:
      mbdr limits 2025 2026
      mbdr limits 2027 --inflation 2.5%
    """
    from pydantic import ValidationError

    from simulator.answer.records import limit_records
    from simulator.law.income_tax import income_tax_tables, table_years
    from simulator.law.limits import LimitRules, UnknownLimits, published
    from simulator.report.sheets import law_sheets
    from simulator.report.tables.law import income_tax_tables_shown, limits_table

    output.demand_text()
    try:
        rules = LimitRules(inflation=inflation)
        by_year = [rules.of(year) for year in years or published()]
    except ValidationError as error:
        raise Refused(f"--inflation: {error.errors()[0]['msg']}") from None
    except UnknownLimits as error:
        raise Refused(
            f"{str(error).partition(';')[0]}; add --inflation 2.5% to project them"
        ) from None
    every = list(income_tax_tables((year.year for year in by_year), rules.inflation))
    shown = every if years else [table for table in every if table.year == table_years()[1]]
    output.give(
        lambda: [limits_table(by_year), *income_tax_tables_shown(shown)],
        lambda: list(limit_records(by_year, every)),
        sheets=lambda: law_sheets(limit_records(by_year, every)),
    )
