"""Wealth after tax: what every policy and both baselines hold at the last session, and what it is worth then.

One path goes through the ledger, many through the kernel, a block at a time; prices of the quarters' last
sessions, on which a brokerage account pays dividends, are asked for here alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from simulator.answer.break_even import tax_at_the_end
from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.worth import Waiting, Worth
from simulator.conversion.amounts import COLUMNS, UNKNOWN, Outcome, YearOutcome
from simulator.conversion.arrivals import arrivals
from simulator.conversion.held import Held
from simulator.conversion.ledger import ledger
from simulator.conversion.payments import OLD_AT
from simulator.conversion.policy import Policy
from simulator.conversion.range import demand_amounts
from simulator.conversion.terms import Opening
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import session_on_or_before
from simulator.money import nearly_half_up
from simulator.notation.specification import replaced
from simulator.paths.blocks import price_blocks
from simulator.paths.waiting import waiting
from simulator.scenario.best_dates import annual_growth
from simulator.scenario.done import done_of
from simulator.scenario.prices import prices_of
from simulator.wealth import exact
from simulator.wealth.wealth import Wealth

QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))

NOTHING = YearOutcome(**dict.fromkeys(COLUMNS, 0))


def worth(comparison: Comparison, engine: str = "auto") -> Worth | None:
    """What a comparison comes to after tax; None where the scenario does not ask for it.

    Args:
        comparison: The policies, and what they came to.
        engine: See `simulator.compare`.

    Raises:
        OutOfRange: An amount leaves the range.
    """
    asked = comparison.scenario.wealth
    if asked is None:
        return None
    found = _Settlement(comparison, asked).worth(waiting(comparison, engine))
    named = {f"the wealth under {name}": cents for name, cents in found.policies.items()}
    named["the wealth in a taxable account"] = found.taxable
    model = comparison.scenario.returns.name
    demand_amounts([(what, abs(cents)) for what, cents in named.items()], model)
    return found


@dataclass(frozen=True)
class _Settlement:
    """What is settled, and how.

    Attributes:
        comparison: The policies, and what they came to.
        asked: What is asked of wealth.
    """

    comparison: Comparison
    asked: Wealth

    def worth(self, waiting: Waiting | None) -> Worth:
        """Wealth under every policy and both baselines."""
        one_path = self.comparison.paths == 1
        held, account = self._held() if one_path else self._held_on_paths()
        *wealth, none = map(self._wealth, self._settled, held)
        names = [result.policy.name for result in self.comparison.results]
        policies, unparked = wealth[: len(names)], wealth[len(names) :]
        known = dict(zip(names, map(self._rounded, policies), strict=True))
        return Worth(
            policies=known | self._done(),
            taxable=UNKNOWN if account is None else self._rounded(self._plus(none, account)),
            none=self._rounded(none),
            contributed=sum(cents for _, cents in self._bought),
            last_session=self._last,
            waiting=waiting,
            unparked=dict(zip(names, map(self._rounded, unparked), strict=False)),
        )

    def _done(self) -> dict[str, Amounts]:
        """What was really done, where the prices are those at which it was."""
        scenario, done = self.comparison.scenario, self.comparison.done
        if done is None:
            return {}
        made = done_of(scenario, self.comparison.deposits)
        wealth = self._wealth(done, made.ledger.held) if made.priced else None
        return {done.policy.name: self._rounded(wealth)}

    @cached_property
    def _last(self) -> date:
        """The last session of what is simulated."""
        return self.comparison.results[0].timeline.last_session

    @cached_property
    def _growth(self) -> Fraction:
        """What a dollar becomes in a year while all is held."""
        return 1 + annual_growth(self.comparison.scenario.returns)

    @cached_property
    def _openings(self) -> PolicyResult:
        """The openings alone, never converted; what was moved before the simulation was moved here too."""
        scenario, never = self.comparison.scenario, Policy(cadence="never")
        parked = scenario.returns.after_tax is not None
        where = scenario.so_far, scenario.until, parked
        plan = timeline((), never, scenario.plan, scenario.years, (), *where)
        years = dict.fromkeys(scenario.years, NOTHING)
        outcome: Outcome[Any] = Outcome(years, 0, 0, 0, 0, 0)
        return PolicyResult(never, plan, outcome.and_so_far(plan.converted_so_far))

    @cached_property
    def _plans(self) -> list[Timeline]:
        """Of every policy, of the same unparked where money is parked, and of the openings."""
        return [result.timeline for result in self._settled]

    @cached_property
    def _settled(self) -> list[PolicyResult]:
        return [*self.comparison.results, *self.comparison.unparked, self._openings]

    @cached_property
    def _bought(self) -> list[tuple[date, int]]:
        """When each contribution would have landed, and its amount. [cents]"""
        scenario = self.comparison.scenario
        terms = replaced(scenario.plan, opening=Opening())
        landing = arrivals(self.comparison.deposits, terms, scenario.years, None, scenario.until)
        return [(one.lands, one.amount) for one in landing if one.lands <= self._last]

    @cached_property
    def _quarter_ends(self) -> list[date]:
        """The last session of each quarter, as far as the simulation goes."""
        first, years = self._plans[0].first_session, self.comparison.scenario.years
        ends = (
            session_on_or_before(date(year, month, day))
            for year in years
            for month, day in QUARTER_ENDS
        )
        return [session for session in ends if first <= session <= self._last]

    def _held(self) -> tuple[list[Held], Fraction | None]:
        """What each holds on the only path, and the brokerage account in the end. [cents]"""
        scenario = self.comparison.scenario
        returns, years = scenario.returns, scenario.years
        held = [ledger(plan, *prices_of(scenario, plan)).held for plan in self._plans]
        needed = {session for session, _ in self._bought}
        days = {self._plans[0].first_session, *needed, *self._quarter_ends, self._last}
        sessions = sorted(days)
        price = dict(zip(sessions, returns.path(sessions, years, 0, needed), strict=True))
        where = self._bought, self._quarter_ends, price, self._last
        return held, exact.taxable_account(*where, self.asked, self._growth)

    def _held_on_paths(self) -> tuple[list[Held], Amounts]:
        """The same on all paths, a block of them at a time. [cents; path]"""
        import numpy as np

        from simulator.conversion.kernel import held as held_on_paths
        from simulator.wealth import on_paths

        scenario, paths = self.comparison.scenario, range(self.comparison.paths)
        parts: list[list[Held]] = []
        accounts = []
        for _, outside, inside in price_blocks(
            scenario, self._plans, paths, more=self._quarter_ends
        ):
            shared: dict[Any, Any] = {}
            parts.append(
                [
                    held_on_paths(plan, outside, inside if plan.parked else outside, shared)
                    for plan in self._plans
                ]
            )
            where = self._bought, self._quarter_ends, outside, self._last
            accounts.append(on_paths.taxable_account(*where, self.asked, self._growth))
        return [_together(of_plan) for of_plan in zip(*parts, strict=True)], np.concatenate(
            accounts
        )

    def _wealth(self, result: PolicyResult, held: Held) -> Any:
        """Wealth before it is rounded; None where a price is missing. [cents; path]"""
        scenario = self.comparison.scenario
        moved = [((self._last - day).days, cents) for day, cents in held.paid]
        for year in scenario.years:
            tax = self.comparison.year_tax(result, year).total
            tax = tax + result.outcome.years[year].additional_tax
            moved.append(((self._last - result.timeline.ends(year)).days, -tax))
        last = result.outcome.years[scenario.years.last]
        tax_on = tax_at_the_end(self.comparison, last.box_2a + last.paid_out_taxable)
        early = scenario.years.last < scenario.birth_year + OLD_AT
        value, basis, roth, ira, _ = held
        if self.comparison.paths == 1:
            if any(balance.is_nan() for balance in (value, roth, ira)):
                return None
            in_retirement = Fraction(roth), Fraction(ira)
            accounts = exact.settled(Fraction(value), basis, in_retirement, tax_on, early)
            outside = exact.outside(moved, self.asked.outside_return)
            return exact.held_on(accounts, outside, self.asked, self._growth)
        from simulator.wealth import on_paths

        on_all = on_paths.settled(value, basis, (roth, ira), tax_on, early)
        beside = on_paths.outside(moved, self.asked.outside_return)
        return on_paths.held_on(on_all, beside, self.asked, self._growth)

    @staticmethod
    def _plus(none: Any, account: Any) -> Any:
        """The openings beside the brokerage account; None where one of them is not known."""
        return None if none is None else none + account

    @staticmethod
    def _rounded(wealth: Any) -> Amounts:
        """Wealth in whole cents, half-up; not known where a price is missing. [cents; path]"""
        if wealth is None:
            return UNKNOWN
        if isinstance(wealth, Fraction):
            return nearly_half_up(wealth)
        from simulator.conversion.on_paths import rounded

        return rounded(wealth)


def _together(blocks: Iterable[Held]) -> Held:
    """What is held on all paths, of what is held on each block of them."""
    import numpy as np

    parts = [*blocks]
    balances = (np.concatenate(parts_of) for parts_of in zip(*(p[:4] for p in parts), strict=True))
    value, basis, roth, ira = balances
    paid = tuple(
        (of_blocks[0][0], np.concatenate([cents for _, cents in of_blocks]))
        for of_blocks in zip(*(part.paid for part in parts), strict=True)
    )
    return Held(value, basis, roth, ira, paid)
