"""What was really done, in sentences: what of it is still inside, and why nothing is weighed against it."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import basis_lost, money
from simulator.answer.statistics import mean

PRICES = "returns: {model: history, prices: FILE.csv} with the fund's own prices weighs it"


def done_words(comparison: Comparison) -> Iterator[str]:
    """What is to be said of what was really done, where the scenario tells of it."""
    done = comparison.done
    if done is None:
        return
    name = done.policy.name
    if done.leaves_money:
        told = money(mean(done.for_good))
        if comparison.scenario.until:
            told = f"{money(done.unconverted)} of deposits"
        yield f"{name}: {told} is still inside after its last row, so it is not weighed."
    elif why := comparison.unweighed:
        way = f"; {PRICES}" if not comparison.at_its_prices else ""
        yield f"{name}: no policy is weighed against what was done, as {why}{way}."
    if forfeited := mean(done.total("forfeited")):
        yield basis_lost(name, forfeited)
