"""One path of a scenario posted, and what each conversion is expected to do over all of them."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from simulator.conversion.ledger import Ledger, ledger
from simulator.conversion.range import demand_range
from simulator.conversion.timeline import Timeline
from simulator.paths.blocks import price_blocks
from simulator.scenario.prices import prices_of
from simulator.scenario.scenario import Scenario


def posted(scenario: Scenario, plan: Timeline, path: int = 0) -> Ledger:
    """The ledger of one path under one policy."""
    book = ledger(plan, *prices_of(scenario, plan, path))
    demand_range([book.outcome], scenario.returns.name, path)
    return book


class Expected(NamedTuple):
    """What a conversion is expected to do: means over the paths. [cents]

    Attributes:
        amount: What it moves, after the fee.
        earnings: What of it is not basis: taxable, or in a split rollover sent to the IRA.
    """

    amount: float
    earnings: float


def converted(scenario: Scenario, plan: Timeline) -> dict[date, float]:
    """What each conversion of a timeline is expected to move: its mean over the paths, after the fee. [cents]

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    return {day: moved.amount for day, moved in expected(scenario, plan).items()}


def expected(scenario: Scenario, plan: Timeline) -> dict[date, Expected]:
    """What each conversion of a timeline is expected to do.

    Raises:
        Mistakes: A file that the scenario names cannot be used.
    """
    paths = scenario.returns.count(plan.sessions)
    if paths == 1:
        postings = posted(scenario, plan).postings
        return {
            posting.session: Expected(posting.amount, posting.taxable + posting.ira)
            for posting in postings
            if posting.event == "conversion"
        }
    from simulator.conversion.kernel import conversions

    days = [close.session for close in plan.closes if close.leaving]
    amounts, recovered = dict.fromkeys(days, 0.0), dict.fromkeys(days, 0.0)
    for _, outside, inside in price_blocks(scenario, [plan], range(paths)):
        for day, left in conversions(plan, outside, inside):
            amounts[day] += float(left.amount.sum())
            recovered[day] += float(left.recovered.sum())
    return {
        day: Expected(amounts[day] / paths, (amounts[day] - recovered[day]) / paths) for day in days
    }
