"""Reminders as a table and as records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from simulator.answer.phrases import shortened
from simulator.report.reminder import Reminder
from simulator.report.tables.table import TEXT, WORD, Column, Table


def reminder_records(reminders: Iterable[Reminder]) -> Iterator[dict[str, Any]]:
    """A record for each reminder. [dollars]"""
    for reminder in reminders:
        amount = None if reminder.amount is None else round(reminder.amount) / 100
        yield {
            "date": str(reminder.day),
            "kind": reminder.kind,
            "title": reminder.title,
            "amount": amount,
            "words": reminder.words,
        }


def reminder_table(name: str, reminders: Iterable[Reminder]) -> Table:
    """The days and what to do on them."""
    columns = (Column("Date", WORD), Column("What to do", TEXT), Column("Expected"))
    rows = tuple(
        (
            str(reminder.day),
            reminder.title,
            None if reminder.amount is None else round(reminder.amount),
        )
        for reminder in reminders
    )
    notes = ("Write them into a calendar with -o FILE.ics.",)
    return Table(f"Reminders: {shortened(name)}", columns, rows, notes=notes)
