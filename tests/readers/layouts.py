"""The layouts in which price files come, each with the site or program that writes it so.

The prices in them are those of the invented fund that is shipped; the layouts are real: column names, order
of columns, notation of dates and numbers, lines above and below. Some write the prices times a factor.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

FUND = Path(__file__).parents[2] / "scenarios" / "data" / "invented-fund.csv"

Row = tuple[date, Decimal]


def fund() -> list[Row]:
    """Day and price of each session of the invented fund."""
    with FUND.open(encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    return [(date.fromisoformat(day), Decimal(price)) for day, price in rows]


def slashed(day: date) -> str:
    """A date as American sites write it."""
    return f"{day:%m/%d/%Y}"


def worded(day: date) -> str:
    """A date as Yahoo shows it: `Jan 2, 2025`."""
    return f"{day:%b} {day.day}, {day.year}"


def german(number: Decimal) -> str:
    """A number with points between thousands and a comma before the decimals."""
    return f"{number:,.2f}".translate(str.maketrans(",.", ".,"))


class Layout(NamedTuple):
    """A way to write prices.

    Attributes:
        source: Who writes them so.
        written: A row of the file.
        head: What stands before the rows.
        tail: What stands behind them.
        newest_first: Whether the last day is the first row.
        encoding: How the text becomes bytes.
        end: What ends a line.
    """

    source: str
    written: Callable[[date, Decimal], str]
    head: str
    tail: str = ""
    newest_first: bool = False
    encoding: str = "utf-8"
    end: str = "\n"

    def content(self, rows: list[Row]) -> bytes:
        """Prices as the bytes of a file."""
        ordered = rows[::-1] if self.newest_first else rows
        text = self.head + "".join(f"{self.written(*row)}\n" for row in ordered) + self.tail
        return text.replace("\n", self.end).encode(self.encoding)


YAHOO = "Date,Open,High,Low,Close,Adj Close,Volume\n"
DISCLAIMER = '\n"Past performance is no guarantee of future results."\n'
LAYOUTS = {
    "yahoo": Layout(
        "Yahoo Finance, Download: six decimals, an adjusted close behind the close",
        lambda d, p: f"{d},{p}0000,{p}0000,{p}0000,{p + 1}0000,{p}0000,1234500",
        YAHOO,
    ),
    "yahoo as copied": Layout(
        "Yahoo Finance, the table copied out of the page: tabs, Jan 2, 2025, newest first",
        lambda d, p: f"{worded(d)}\t{p}\t{p}\t{p}\t{p + 1}\t{p}\t1,234,500",
        YAHOO.replace(",", "\t"),
        newest_first=True,
    ),
    "yfinance": Layout(
        "the library yfinance, download(...).to_csv(): three lines of header",
        lambda d, p: f"{d},{p},{p},{p},{p},1234500",
        "Price,Close,High,Low,Open,Volume\nTicker,INVX,INVX,INVX,INVX,INVX\nDate,,,,,\n",
    ),
    "yfinance with the time": Layout(
        "the library yfinance, Ticker.history().to_csv(): a time and a zone behind the date",
        lambda d, p: f"{d} 00:00:00-05:00,{p},{p},{p},{p},1234500,0.0,0.0",
        "Date,Open,High,Low,Close,Volume,Dividends,Stock Splits\n",
    ),
    "stooq": Layout(
        "Stooq, daily CSV",
        lambda d, p: f"{d},{p},{p},{p},{p},1",
        "Date,Open,High,Low,Close,Volume\n",
    ),
    "nasdaq": Layout(
        "Nasdaq, Historical data: Close/Last, dollar signs, newest first",
        lambda d, p: f"{slashed(d)},${p},1,${p},${p},${p}",
        "Date,Close/Last,Volume,Open,High,Low\n",
        newest_first=True,
    ),
    "investing": Layout(
        "Investing.com, Download data: a mark of bytes, every field quoted, percent signs",
        lambda d, p: f'"{slashed(d)}","{p * 50:,.2f}","{p}","{p}","{p}","1.2K","0.1%"',
        '\ufeff"Date","Price","Open","High","Low","Vol.","Change %"\n',
        newest_first=True,
    ),
    "marketwatch": Layout(
        "MarketWatch, Download a spreadsheet: thousands in quotes, newest first",
        lambda d, p: (
            f'{slashed(d)},"{p * 50:,.2f}","{p * 50:,.2f}","{p * 50:,.2f}","{p * 50:,.2f}",'
        ),
        "Date,Open,High,Low,Close,Volume\n",
        newest_first=True,
    ),
    "alpha vantage": Layout(
        "Alpha Vantage, TIME_SERIES_DAILY_ADJUSTED as CSV",
        lambda d, p: f"{d},{p},{p},{p},{p + 1},{p},1,0,1",
        "timestamp,open,high,low,close,adjusted_close,volume,dividend_amount,split_coefficient\n",
        newest_first=True,
    ),
    "vanguard": Layout(
        "Vanguard, Price history: quotes and dollar signs",
        lambda d, p: f'"{slashed(d)}","${p}"',
        '"Date","Price"\n',
    ),
    "lines above and below": Layout(
        "fund sites: the fund and a date above, an empty line and a disclaimer below",
        lambda d, p: f"{d},{p}",
        "Fund: INVX\nDaily NAV as of 12/31/2026\n\nDate,NAV\n",
        DISCLAIMER,
    ),
    "as of, with a comma": Layout(
        "fund sites: a footer with a comma that is not quoted",
        lambda d, p: f"{d},{p}",
        "Date,Price\n",
        "\nData as of 12/31/2026, 4:00 PM ET\n",
    ),
    "semicolons": Layout(
        "a spreadsheet of a country that writes a comma before the decimals",
        lambda d, p: f"{d};{str(p).replace('.', ',')}",
        "date;price\n",
    ),
    "semicolons and points": Layout(
        "the same with points between thousands",
        lambda d, p: f"{d:%d.%m.%Y};{german(p * 50)}",
        "Date;Price\n",
    ),
    "utf-16": Layout(
        "a spreadsheet's Unicode text", lambda d, p: f"{d}\t{p}", "date\tprice\n", encoding="utf-16"
    ),
    "utf-16 without a mark": Layout(
        "PowerShell and database exports",
        lambda d, p: f"{d},{p}",
        "date,price\n",
        encoding="utf-16-le",
    ),
    "dos": Layout(
        "a spreadsheet's CSV UTF-8: a mark of bytes, CRLF, empty lines behind",
        lambda d, p: f"{d},{p}",
        "\ufeffdate,price\n",
        "\n\n",
        end="\r\n",
    ),
    "short dates": Layout(
        "a spreadsheet that took the dates for its own",
        lambda d, p: f"{d.month}/{d.day}/{d.year},{p}",
        "date,price\n",
    ),
    "two-digit years": Layout(
        "a spreadsheet's short dates", lambda d, p: f"{d:%m/%d/%y},{p}", "date,price\n"
    ),
    "named months": Layout(
        "Morningstar and many plan sites", lambda d, p: f"{d:%d-%b-%Y},{p}", "date,price\n"
    ),
    "weekdays": Layout(
        "plan sites that name the weekday",
        lambda d, p: f'"{d:%A}, {d:%B} {d.day}, {d.year}",{p}',
        "As of Date,Unit Price\n",
    ),
    "spreadsheet numbers": Layout(
        "a spreadsheet that shows dates as numbers",
        lambda d, p: f"{(d - date(1899, 12, 30)).days},{p}",
        "date,price\n",
    ),
    "no separators in dates": Layout(
        "Stooq's and other machine exports", lambda d, p: f"{d:%Y%m%d},{p}", "date,close\n"
    ),
    "holidays without a price": Layout(
        "FRED: every weekday, a point where there is no value",
        lambda d, p: f"{d},{p}" + ("\n2025-07-04,." if d == date(2025, 7, 3) else ""),
        "observation_date,NASDAQ\n",
    ),
    "null": Layout(
        "Yahoo Finance on a day without trading",
        lambda d, p: f"{d},{p},{p}" + ("\n2025-07-04,null,null" if d == date(2025, 7, 3) else ""),
        "Date,Close,Adj Close\n",
    ),
    "twice": Layout(
        "two downloads put together: the same days again, at the same prices",
        lambda d, p: "\n".join([f"{d},{p}"] * (2 if d.month == 5 else 1)),
        "date,price\n",
    ),
    "pages": Layout(
        "reports that are printed page by page: the header stands again",
        lambda d, p: f"{d},{p}" + ("\nDate,Price" if d.day == 2 else ""),
        "Date,Price\n",
    ),
}
"""By a name; the sites' own are those that they bear."""
