"""How much memory the amounts of all paths take, and whether there is so much."""

from __future__ import annotations

import os

from simulator.conversion.amounts import COLUMNS, ENDS, LEFT, TOLD
from simulator.refusal import Refused
from simulator.returns.model import AMOUNT
from simulator.scenario.scenario import Scenario


class TooManyPaths(Refused, MemoryError):
    """What is known of every path does not find room in the memory of this machine."""

    def __init__(self, paths: int, needed: int, there: int):
        gigabytes = f"about {needed / 1e9:,.1f} GB of memory, and there are {there / 1e9:,.1f}"
        super().__init__(f"{paths:,} paths need {gigabytes}")


def size(scenario: Scenario, paths: int) -> int:
    """How large the table of a scenario is on some paths, at most. [bytes]"""
    years = len(list(scenario.years)) + 1  # the run-off's
    columns = len(COLUMNS) if scenario.pays_out else len(TOLD) + len(LEFT)
    each = columns * years + len(ENDS)
    timelines = len(scenario.returns.funds) * len(scenario.policies)  # each unparked too
    return AMOUNT * each * timelines * paths


def demand_memory(paths: int, needed: int) -> None:
    """Raises `TooManyPaths` where what is known of so many paths is larger than the memory. [bytes]"""
    try:
        there = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # this system does not say
        return
    if needed > there:
        raise TooManyPaths(paths, needed, there)
