"""What exports call the columns that are looked for, and the words of rows that are no deposits.

The names are those of price downloads (Yahoo, Nasdaq, Investing.com, Stooq, MarketWatch, Alpha Vantage) and
of account histories (NetBenefits, Vanguard, Schwab, Empower and their like).
"""

import re
from typing import NamedTuple


class Want(NamedTuple):
    """One thing that is looked for in a table.

    Attributes:
        thing: What it is called in a mapping: `date`, `amount`.
        names: What its column may be called, in plain words; the first that is there is taken.
        within: Words that make a column's name one of its names, wherever they stand in it.
    """

    thing: str
    names: tuple[str, ...]
    within: str = ""


DATE = Want(
    "date",
    (
        *("date", "trade date", "transaction date", "run date", "pay date", "check date"),
        *("payroll date", "contribution date", "posting date", "posted date", "post date"),
        *("date posted", "activity date", "effective date", "process date", "processed date"),
        *("settlement date", "price date", "nav date", "valuation date", "as of date", "as of"),
        *("observation date", "timestamp", "datetime", "date time", "time"),
    ),
)
PRICE = Want(
    "price",
    (
        *("price", "adj close", "adjusted close", "adj closing price", "adjusted closing price"),
        *("close adjusted", "close", "close last", "close price", "closing price", "last price"),
        *("last", "nav", "nav price", "net asset value", "unit price", "unit value"),
        *("unit share price", "share unit price", "share price", "price per share"),
        *("price per unit", "market price", "fund price", "price usd", "close usd", "nav usd"),
    ),
    within=r"^adj close\b",
)
ADJUSTED = frozenset(PRICE.names[1:6])
"""Prices with dividends and splits in them."""

AMOUNT = Want(
    "amount",
    (
        *("amount", "amount usd", "transaction amount", "dollar amount", "total amount"),
        *("net amount", "contribution amount", "deposit amount", "cash amount", "employee amount"),
        *("contribution", "contributions", "deposit", "deposits", "dollars"),
    ),
    within=r"\b(after ?tax)\b(?!.*\b(match|rate|percent|pct|balance|ytd)\b)",
)
UNITS = Want(
    "units",
    (
        *("units", "shares", "shares unit", "shares units", "share unit", "unit share"),
        *("units shares", "shares or units", "units or shares", "quantity", "number of units"),
        *("number of shares", "unit quantity", "share quantity", "transaction shares"),
    ),
)
VALUE = Want("value", ("value", "account value", "value before", "balance before"))
TO = Want("to", ("to", "destination"))
FEE = Want("fee", ("fee", "fees"))
BASIS = Want("basis", ("basis", "box 5"))

KINDS = frozenset(
    (
        *("transaction type", "type", "activity", "activity type", "action", "category", "kind"),
        *("event", "transaction", "transaction category", "type of transaction", "trans type"),
        *("source", "source name", "contribution source", "money source", "money type"),
        *("source type", "contribution type", "source of money", "tax type", "tax treatment"),
        *("money source name", "source description", "account type", "deduction", "pay code"),
    )
)
"""Columns whose values are kinds of rows or sources of money, whatever they say."""

FUNDS = frozenset(
    (
        *("fund", "fund name", "investment", "investment name", "investment option", "symbol"),
        *("ticker", "ticker symbol", "security", "security name", "asset", "asset name"),
        *("fund description", "investment description", "cusip", "fund id", "portfolio"),
    )
)
"""Columns that name the fund: a deposit may be shared between several, a price is that of one."""

NO_PRICES = re.compile(
    r"\b(open|high|low|vol|volume|change|chg|percent|pct|return|yield|dividends?|splits?|split"
    r"|balance|amount|shares|units|quantity|total|rate|fee|count|number|cap|id|year|month|day)\b"
)
"""Columns of numbers that are no prices, where no column is called a price."""

AFTER_TAX = re.compile(r"after[- ]?tax|voluntary|thrift", re.IGNORECASE)
CONTRIBUTED = re.compile(r"contribut|deposit|payroll|after[- ]?tax|^ee\b|employee", re.IGNORECASE)
DEPOSITED = re.compile(r"contribut|deposit|payroll", re.IGNORECASE)
CONVERTED = re.compile(r"conver[st]|rollover|roth|refund|distribut", re.IGNORECASE)
FOREIGN = re.compile(
    r"exchang|transfer|change in|market value|dividend|gain|earning|interest|\bfees?\b|expense"
    r"|withdraw|distribut|\bloan|match|employer|company|profit|\broth\b|pre[- ]?tax|before[- ]?tax"
    r"|rollover|conver[st]|forfeit|reinvest|adjust|revers|correct|refund|\bsale|\bsell|\bsold"
    r"|redempt|opening|balance|catch[- ]?up|nonelective|safe harbor",
    re.IGNORECASE,
)
"""What a row says that is perhaps no after-tax deposit."""


def plain_name(name: str) -> str:
    """A column's name in plain words: `Adj Close**` and `adjusted_close` are `adj close`, `adjusted close`.

    What stands in brackets stays, but for a currency: `Amount ($)` is `amount`.
    """
    return " ".join(re.sub(r"[^0-9a-z%#]+", " ", name.casefold()).split())


def rank(want: Want, name: str) -> int | None:
    """How early a column's name, in plain words, stands among those of a thing; None where it does not."""
    if name in want.names:
        return want.names.index(name)
    return 0 if want.within and re.search(want.within, name) else None
