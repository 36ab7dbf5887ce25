"""A file that a scenario names, and what its columns are called where an export has names of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    Field,
    PrivateAttr,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)
from pydantic_core import core_schema

from simulator.notation.fields import Name, Notation, Specification
from simulator.notation.file_beside import FileBeside
from simulator.notation.specification import replaced
from simulator.notation.wording import shown, suggestion, wrong
from simulator.readers.dates import ORDERS, Order
from simulator.readers.names import plain_name
from simulator.readers.written import Asked

MOST_VALUES = 1_000
"""Values that a filter names, at most."""

Filter = tuple[tuple[str, tuple[str, ...]], ...]
"""Columns, and the values of each of which the rows are taken."""


def read_filter(value: object) -> Filter:
    """The columns and values that a filter names: `{Transaction Type: [Contributions]}`."""
    if not isinstance(value, Mapping) or not value:
        example = "{Transaction Type: [Contributions]}"
        raise wrong(f"{shown(value)} names no columns and values; write where: {example}")
    read = []
    for column, listed in value.items():
        values = listed if isinstance(listed, list | tuple) else [listed]
        if not values or not all(isinstance(one, str | int) for one in values):
            raise wrong(f"{shown(column)} has no values; write {{{column}: [Contributions]}}")
        if len(values) > MOST_VALUES:
            raise wrong(f"{shown(column)} has {len(values):,} values; at most {MOST_VALUES:,}")
        read.append((str(column), tuple(map(str, values))))
    return tuple(read)


_FILTER_SCHEMA = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
    },
}
Where = Annotated[
    Filter,
    Notation(
        read_filter,
        _FILTER_SCHEMA,
        written=lambda pairs: {column: list(values) for column, values in pairs},
        words="columns, each with a list of values",
    ),
]


def _order(value: object) -> object:
    if value not in ORDERS:
        raise wrong(f"{shown(value)} is not an order of dates{suggestion(value, ORDERS)}")
    return value


OrderOfDates = Annotated[
    Order | None,
    Notation(_order, {"enum": list(ORDERS)}, True, words="`month-first` or `day-first`"),
]


class _OrPath:
    """Metadata of an annotated named file: a plain path stands for it too."""

    instead = "file name"

    @staticmethod
    def _read(value: object) -> object:
        return {"file": value} if isinstance(value, str | Path) else value

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> core_schema.CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


class NamedFile(Specification):
    """A CSV or an XLSX workbook, and what its columns are called.

    Without a name the column is looked for by the names that exports use.
    """

    file: FileBeside = Field(
        description="CSV or XLSX, relative to the scenario file.", examples=["history.csv"]
    )
    date: Name | None = Field(None, description="The column of dates, as it is called in the file.")
    where: Where = Field(
        (),
        description="Which rows are taken, like `{Transaction Type: [Contributions]}`; others are "
        "left out.",
    )
    dates: OrderOfDates = Field(
        None,
        description="What comes first in 01/02/2025, where the column does not tell.",
    )

    _asked: Asked = PrivateAttr("scenario")

    def __str__(self) -> str:
        return str(self.file)

    @property
    def asked(self) -> Asked:
        """Who asks for it: what it leaves open is said as they say it."""
        return self._asked

    def asked_by(self, whom: Asked) -> Self:
        """It, asked for by somebody."""
        named = replaced(self)
        named._asked = whom
        return named

    def column(self, thing: str) -> str | None:
        """What the column of a thing is called, where the file's own name for it is given."""
        name: str | None = getattr(self, thing, None)
        return name

    @model_serializer(mode="wrap")
    def _written(self, handler: SerializerFunctionWrapHandler) -> Any:
        """As it is written: a plain path where nothing else is said."""
        said = {name: value for name, value in handler(self).items() if value}
        return said["file"] if len(said) == 1 else said


class PriceFile(NamedFile):
    """Prices of a fund: a price download, or what a member's own transactions say of it."""

    price: Name | None = Field(None, description="The column of prices.")
    amount: Name | None = Field(
        None, description="Dollars of each transaction: the price is these divided by `units`."
    )
    value: Name | None = Field(None, description="The same as `amount`.")
    units: Name | None = Field(None, description="Units, or shares, of each transaction.")

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        """Prices are those of a column, or dollars by units."""
        money = self.amount or self.value
        if self.price and (money or self.units):
            raise wrong("write price, or dollars and units of transactions, not both")
        if self.amount and self.value:
            raise wrong("amount and value are the same here; write one of them")
        if money and not self.units:
            raise wrong("dollars need units too; write for example units: Shares")
        return self


class DepositFile(NamedFile):
    """Deposits that really went in: an account's history."""

    amount: Name | None = Field(None, description="The column of amounts.")


class ConversionFile(NamedFile):
    """Conversions that really took place: an account's history."""

    amount: Name | None = Field(None, description="The column of amounts.")
    value: Name | None = Field(None, description="The after-tax account just before.")
    to: Name | None = Field(
        None, description="Where it went: roth, traditional, cash, refund or refund-acp."
    )
    fee: Name | None = Field(None, description="The fee of each.")
    basis: Name | None = Field(None, description="The contributions in each, where they are told.")


Prices = Annotated[PriceFile, _OrPath()]
Deposits = Annotated[DepositFile, _OrPath()]
Conversions = Annotated[ConversionFile, _OrPath()]


def same_words(one: str, other: str) -> bool:
    """Whether two texts are the same but for capitals, spaces and signs."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold() or (
        bool(plain_name(one)) and plain_name(one) == plain_name(other)
    )
