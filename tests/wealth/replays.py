"""Scenarios in which deposits are replayed, so that their days and amounts can be chosen."""

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from simulator.days.calendars import session_on_or_after
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario

EXAMPLE: dict[str, Any] = {
    "name": "5,000 in February and in August",
    "years": "2025-2027",
    "birth_year": 1990,
    "deposits": "deposits.csv",
    "policies": ["per-paycheck", "year-end", "never"],
    "taxes": {"federal": "24%", "state": "5%"},
    "wealth": {"outside_return": "4%"},
}
"""Deposits of 5,000 on the first session of February and of August, in three years."""

TWICE_A_YEAR = [
    (session_on_or_after(date(year, month, 1)), 5_000_00)
    for year in (2025, 2026, 2027)
    for month in (2, 8)
]


def replay(
    folder: Path,
    deposits: Iterable[tuple[date, int]] = TWICE_A_YEAR,
    *settings: str,
    **other: Any,
) -> Scenario:
    """The example with other deposits, in a folder that they are written into. [cents]"""
    lines = [f"{day},{cents // 100}.{cents % 100:02d}" for day, cents in deposits]
    (folder / "deposits.csv").write_text("\n".join(["date,amount", *lines]) + "\n")
    content = json.dumps(EXAMPLE | other).encode()
    return loads(content, "wealth.yaml", folder, settings)
