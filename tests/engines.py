"""The same question to the compiled engine and to numpy, answered in bytes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.conversion.account_on_paths import Bought
from simulator.conversion.amounts import Outcome, YearOutcome
from simulator.conversion.kernel import post_all
from simulator.conversion.rows import Rows, rows_of_all
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.days.years import Years
from simulator.paths.compiled import threads as fast
from simulator.paths.table import table
from simulator.returns.draws import RANDOMISATIONS


class Given:
    """Prices that are there already, as of a model that is not compiled; those of parked money too."""

    rows = 1

    def __init__(
        self, prices: NDArray[np.float64], inside: NDArray[np.float64] | None = None
    ) -> None:
        self.prices = prices
        self.inside = inside

    @property
    def funds(self) -> tuple["Given", ...]:
        """It, and the fund that money is parked in."""
        return (self,) if self.inside is None else (self, Given(self.inside))

    def closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """Those of some paths."""
        assert len(sessions) == len(self.prices)
        assert years
        return np.ascontiguousarray(self.prices[:, paths.start : paths.stop])


def bytes_of(outcome: Outcome[Any]) -> dict[str, Any]:
    """Every amount of an outcome, to the last bit; the int 0 is another thing than zeros."""
    names = ("left_value", "left_basis", "roth_end", "ira_end", "in_transit")
    amounts = {name: getattr(outcome, name) for name in names}
    for year, of_year in outcome.years.items():
        amounts |= {f"{name} {year}": getattr(of_year, name) for name in YearOutcome.__slots__}
    return {
        name: amount if isinstance(amount, int) else amount.tobytes()
        for name, amount in amounts.items()
    }


def on_numpy(
    plans: Sequence[Timeline],
    prices: NDArray[np.float64],
    inside: NDArray[np.float64] | None = None,
) -> list[dict[str, Any]]:
    """What numpy makes of some timelines, given the prices of all their sessions."""
    rows, count = rows_of_all(plans)
    amounts = np.zeros((count, prices.shape[1]))
    post_on_numpy(plans, rows, amounts, prices, inside)
    return [bytes_of(of.outcome(plan, amounts)) for plan, of in zip(plans, rows, strict=True)]


def post_on_numpy(
    plans: Sequence[Timeline],
    rows: Sequence[Rows],
    amounts: NDArray[np.float64],
    prices: NDArray[np.float64],
    inside: NDArray[np.float64] | None = None,
) -> None:
    """Fills a table with some timelines, given the prices of all their sessions, and of parked money."""
    sessions = all_sessions(plans)
    both = [dict(zip(sessions, prices, strict=True))]
    both.append(both[0] if inside is None else dict(zip(sessions, inside, strict=True)))
    bought: tuple[Bought, Bought] = {}, {}
    for plan, of in zip(plans, rows, strict=True):
        outside, parked = ([price[day] for day in plan.sessions] for price in both)
        post_all(plan, outside, of, amounts, bought[plan.parked], parked if plan.parked else None)


def compiled(
    returns: Any, plans: Sequence[Timeline], rows: Sequence[Rows], count: int, paths: range
) -> NDArray[np.float64]:
    """The rows of a table that the compiled engine has filled, on some paths."""
    first = paths.start // RANDOMISATIONS * RANDOMISATIONS
    amounts = table(count, paths.stop - first)
    fast.fill(returns, plans[0].years, plans, rows, amounts, paths, first, lambda *_: None)
    return amounts[:, paths.start - first : paths.stop - first]


def on_compiled(returns: Any, plans: Sequence[Timeline], paths: range) -> list[dict[str, Any]]:
    """What the compiled engine makes of some timelines."""
    rows, count = rows_of_all(plans)
    amounts = compiled(returns, plans, rows, count, paths)
    return [bytes_of(of.outcome(plan, amounts)) for plan, of in zip(plans, rows, strict=True)]
