"""The templates of the pages: whatever comes from a scenario is escaped, and steers nothing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from simulator.answer.phrases import capital
from simulator.notation.letters import plain_lines
from simulator.report.page.client_words import to_client
from simulator.report.page.style import style
from simulator.report.tables.table import AMOUNT, TEXT, WORD, Column

if TYPE_CHECKING:
    from jinja2 import Template


@cache
def template(name: str, *styles: str) -> Template:
    """A template of this folder, with the style sheets that its page holds."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("simulator.report.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_steadied,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["style"] = style(*styles)
    environment.filters |= {"address": quote, "capital": capital, "client": to_client}
    environment.filters["in_dollars"] = in_dollars
    environment.tests["numeric"] = lambda column: column.kind not in (TEXT, WORD)
    return environment.get_template(name)


def in_dollars(cell: str, column: Column) -> str:
    """A cell with its unit: `$709.49`, `-$12.00`; nothing, what is not known and what is no amount stay."""
    if column.kind != AMOUNT or not cell.strip("-"):
        return cell
    return f"-${cell[1:]}" if cell.startswith("-") else f"${cell}"


def _steadied(value: Any) -> Any:
    """What a template writes: no letter that would steer the page; lines stay lines."""
    return plain_lines(value) if type(value) is str else value
