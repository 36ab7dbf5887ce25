"""The first words of the page: whom it is for, what to do, and why."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from simulator.answer.phrases import capital
from simulator.report.page.dates import in_words
from simulator.scenario.client import Client

TO_DATE = "Nothing later is simulated; which policy is best is told of the whole year."


class Lead(NamedTuple):
    """What to do, and why; or one sentence where there is nothing to weigh."""

    to_do: str
    why: str


def lead_of(sentence: str, until: date | None = None) -> Lead:
    """A verdict in two parts: `Convert after each paycheck.`, `Against never converting it saves ...`.

    Args:
        sentence: What the answer begins with.
        until: The last simulated day, where nothing is recommended as the year goes on.
    """
    if until:
        return Lead(
            f"The form of {until.year} so far, until {in_words(until, until.year)}.", TO_DATE
        )
    to_do, against, why = sentence.partition(": against ")
    if not against:
        return Lead(sentence, "")
    return Lead(f"{to_do}.", capital(f"against {why}"))


def prepared(client: Client | None) -> str:
    """For whom, by whom and when: `Prepared for Emily Baker by A. Adviser, Jan 15, 2026`."""
    if client is None:
        return ""
    words = f" for {client.name}" * bool(client.name)
    words += f" by {client.prepared_by}" * bool(client.prepared_by)
    if not words:
        return in_words(client.date) if client.date else ""
    return f"Prepared{words}{f', {in_words(client.date)}' if client.date else ''}"
