"""Records as data frames. Amounts in dollars; what a record nests stands in columns like `box_2a_mean`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from simulator.answer.comparison_records import flat
from simulator.answer.records import ledger_records, limit_records, paycheck_records
from simulator.conversion.ledger import Ledger
from simulator.law.limits import Limits
from simulator.payroll.contribution import ContributionYear

if TYPE_CHECKING:
    import pandas as pd

DATES = ("pay_date", "date")
"""Columns with days."""


def frame_of(records: Iterable[Mapping[str, Any]], empty: Sequence[str] = ()) -> pd.DataFrame:
    """A data frame with one row for each record.

    Args:
        records: The records.
        empty: Columns in which nothing stands for nothing taken: 0.
    """
    import pandas as pd

    frame = pd.DataFrame([dict(flat(record)) for record in records])
    for name in DATES:
        if name in frame:
            frame[name] = pd.to_datetime(frame[name])
    for name in frame.columns:
        if name.startswith(tuple(empty)):
            frame[name] = frame[name].fillna(0.0)
    return frame


def paycheck_frame(years: Sequence[ContributionYear]) -> pd.DataFrame:
    """One row for each paycheck; `clipped_` columns say what a limit took. [dollars]"""
    return frame_of(paycheck_records(years), ["clipped_"])


def ledger_frame(ledger: Ledger) -> pd.DataFrame:
    """One row for each posting. [dollars]"""
    return frame_of(ledger_records(ledger), ["withheld"])


def limit_frame(limits: Iterable[Limits]) -> pd.DataFrame:
    """One row for each year; nothing where a year has no such limit. [dollars]"""
    return frame_of(limit_records(limits))
