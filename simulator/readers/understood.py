"""How a file is understood that a scenario would name: the call behind `mbdr read`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from simulator.notation.letters import visible
from simulator.readers.conversions import conversions_read
from simulator.readers.dated_csv import content
from simulator.readers.deposits import deposits_read, kinds_in
from simulator.readers.named_file import ConversionFile, DepositFile, NamedFile, PriceFile
from simulator.readers.prices import prices_read
from simulator.readers.reading import Reading
from simulator.readers.written import Asked
from simulator.refusal import Refused

FILES: dict[str, type[NamedFile]] = {
    "prices": PriceFile,
    "deposits": DepositFile,
    "conversions": ConversionFile,
}
"""What a file may be read as."""


def understood(
    file: Path,
    what: str,
    columns: Mapping[str, str],
    where: Mapping[str, Sequence[str]],
    dates: str | None = None,
    asked: Asked = "arguments",
) -> Reading[Any]:
    """How a file is understood.

    Args:
        file: Its name.
        what: What it is read as: one of `FILES`.
        columns: Names of columns, and the thing that each is: `{"Run Date": "date"}`.
        where: Columns, and the values of each of which rows are taken.
        dates: Which comes first in 01/02/2025, where the column does not tell.
        asked: Who asks: what is left open is said as they say it.

    Raises:
        Mistakes: The file or a row cannot be read, or it leaves something open.
        Refused: A thing is none that is looked for.
    """
    told = FILES[what]
    things = [name for name in told.model_fields if name not in ("file", "where", "dates")]
    for thing in columns.values():
        if thing not in things:
            wrong = f"is nothing that is looked for in {what}; write one of {', '.join(things)}"
            raise Refused(f"'{visible(thing)}' {wrong}", "mapping")
    said: dict[str, Any] = {"file": file, **{thing: name for name, thing in columns.items()}}
    said |= {"where": dict(where)} if where else {}
    said |= {"dates": dates} if dates else {}
    try:
        named = told.model_validate(said).asked_by(asked)
    except ValidationError as error:
        raise Refused(f"{visible(str(file))}: {error.errors()[0]['msg']}") from None
    match named:
        case PriceFile():
            return prices_read(named)
        case DepositFile():
            read: Reading[int] = deposits_read(named)
        case ConversionFile():
            read = conversions_read(named)
        case _:
            raise AssertionError("there are no others")
    return replace(read, kinds=kinds_in(named, content(named.file)))
