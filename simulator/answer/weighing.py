"""Policies weighed against each other: what each costs in tax and fees, and which is best."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from simulator.answer.distributions import Distributions
from simulator.answer.parking import Parked, held
from simulator.answer.phrases import Written, money
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean, standard_error
from simulator.answer.verdict import (
    SENT_ON,
    TAX,
    TAX_AND_FEES,
    TAXABLE_EARNINGS,
    WEALTH,
    Verdict,
    verdict,
)
from simulator.answer.worth import Worth
from simulator.conversion.amounts import SPLIT, is_unknown
from simulator.conversion.timeline import all_sessions
from simulator.distribution.known import Known
from simulator.payroll.contribution import ContributionYear
from simulator.scenario.scenario import Scenario
from simulator.scenario.taxed import taxation_of
from simulator.taxes.taxation import Tax, Taxation


@dataclass(frozen=True)
class Weighing:
    """Every policy of a scenario on the same money and the same prices, weighed against each other.

    Attributes:
        scenario: The question.
        contributions: What went in, year by year; empty in a replay.
        deposits: Date and amount of each after-tax contribution. [cents]
        results: One for each policy, in the scenario's order.
        paths: How many paths the amounts are over.
        worth: Wealth after tax, where the scenario asks for it.
        unparked: What each policy would come to without parking; empty where nothing is parked.
        done: What was really done, where the scenario tells of it.
        at_its_prices: Whether the prices are those at which it was done.
    """

    scenario: Scenario
    contributions: tuple[ContributionYear, ...]
    deposits: tuple[tuple[date, int], ...]
    results: tuple[PolicyResult, ...]
    paths: int
    worth: Worth | None = None
    unparked: tuple[PolicyResult, ...] = ()
    done: PolicyResult | None = None
    at_its_prices: bool = False

    @property
    def with_done(self) -> tuple[PolicyResult, ...]:
        """The policies that are compared, and what was really done."""
        return self.results if self.done is None else (*self.results, self.done)

    @cached_property
    def contribution_years(self) -> frozenset[int]:
        """The years with a paycheck, a lump sum, or a replayed deposit."""
        return frozenset(
            [contribution.year for contribution in self.contributions]
            + [day.year for day, _ in self.deposits]
        )

    def years(self, result: PolicyResult) -> list[int]:
        """The years that a policy reports: those with contributions, conversions or payments."""
        return sorted(
            self.contribution_years | set(result.timeline.conversions) | result.years_paid
        )

    @property
    def error(self) -> float:
        """The largest standard error of a policy's mean Box 2a. [cents]"""
        randomisations = self.scenario.returns.randomisations
        return max(standard_error(result.taxable, randomisations) for result in self.results)

    @property
    def splits(self) -> bool:
        """Whether the plan's conversions are split rollovers."""
        return self.scenario.plan.conversion.to == "split"

    @cached_property
    def has_ira(self) -> bool:
        """Whether some earnings go to a traditional IRA, by a conversion or a payout."""
        return self._sends_on or bool(self.done and SPLIT in self.done.timeline.ways())

    @cached_property
    def _sends_on(self) -> bool:
        """Whether they do under a policy that is compared."""
        return self.splits or any(SPLIT in result.timeline.ways() for result in self.results)

    @cached_property
    def sessions(self) -> list[date]:
        """The sessions whose prices matter to any policy, in order."""
        return all_sessions(result.timeline for result in self.results)

    @cached_property
    def verdict(self) -> Verdict:
        """Which policy is best; a split rollover is taxed later, so what it sends on is weighed."""
        years, randomisations = len(list(self.scenario.years)), self.scenario.returns.randomisations
        measure, done = self._measure, None
        if self.unparked and not all(parked.known for parked in self.parking):
            return verdict(measure, [], years, randomisations)
        costs = [(result, self._cost(result)) for result in self.results]
        if self.done and not self.unweighed:
            done = self.done, self._cost(self.done)
        return verdict(measure, costs, years, randomisations, done)

    @property
    def _measure(self) -> str:
        """What policies are told apart by."""
        if self.unparked:
            return WEALTH
        if self._sends_on or not self.scenario.taxes:
            return SENT_ON if self._sends_on else TAXABLE_EARNINGS
        return TAX_AND_FEES if self.fees else TAX

    def _cost(self, result: PolicyResult) -> Amounts:
        """What a policy costs by it. [cents; path]"""
        if self.unparked:
            return (self.all_tax(result) if self.scenario.taxes else 0) - held(result)
        if self._measure in (SENT_ON, TAXABLE_EARNINGS):
            return result.earnings_moved
        return self.all_tax(result) + result.total("fees")

    @property
    def unweighed(self) -> str:
        """Why no policy is weighed against what was done, in words; empty where they are."""
        if self.done is None:
            return ""
        if not self.at_its_prices:
            return "it took place at real prices, and those of the other policies are assumed"
        if self.done.leaves_money:
            return "not all of the money has left by its last row"
        if self.has_ira and not self._sends_on:
            return "it sent earnings to a traditional account, and the other policies do not"
        if self.done.timeline.payments and not self.scenario.pays_out:
            return (
                "some of it was paid out, and the others convert it; events pays it out there too"
            )
        if self.unparked and is_unknown(held(self.done)):
            return "no price says what it holds in the end"
        return ""

    @cached_property
    def parking(self) -> tuple[Parked, ...]:
        """Each policy beside the same one unparked; empty where nothing is parked."""
        pairs = zip(self.results, self.unparked, strict=False)
        return tuple(self._parked(result, without) for result, without in pairs)

    def _parked(self, result: PolicyResult, without: PolicyResult) -> Parked:
        taxes = [self.all_tax(one) if self.scenario.taxes else 0 for one in (result, without)]
        has = held(result)
        return Parked(result.policy.name, has - taxes[0], taxes[1] - taxes[0], held(without) - has)

    @cached_property
    def adds(self) -> dict[str, Amounts]:
        """What the policy that the best is told beside adds to it, path by path. [cents; path]"""
        best, beside = self.verdict.best, self.verdict.beside
        if best is None or beside is None:
            return {}
        adds = {"earnings": beside.earnings_moved - best.earnings_moved}
        if self.scenario.taxes and not self._sends_on:
            adds["tax"] = self.all_tax(beside) - self.all_tax(best)
        if self.unparked:
            adds["growth"] = self.growth(beside) - self.growth(best)
            adds |= (
                {"tax": self.all_tax(beside) - self.all_tax(best)} if self.scenario.taxes else {}
            )
        if self.fees:
            adds["fees"] = beside.total("fees") - best.total("fees")
        return adds

    @staticmethod
    def growth(result: PolicyResult) -> Amounts:
        """What a policy holds and has paid in fees: of the same money, what has grown apart. [cents]"""
        return held(result) + result.total("fees")

    def statistics(self, cents: Amounts, taxable: bool = False) -> dict[str, float]:
        """The statistics of an amount. [dollars]"""
        return self._distributions.of(cents, taxable)

    @cached_property
    def _distributions(self) -> Distributions:
        return Distributions(self.scenario.returns.randomisations)

    def known(self, cents: Amounts, written: Written = money) -> str:
        """An amount in a sentence, or its mean with the digits that its error supports."""
        randomisations = self.scenario.returns.randomisations
        return written(mean(cents), standard_error(cents, randomisations))

    def result(self, name: str) -> PolicyResult:
        """The result of a policy by its name. Raises `UnknownPolicy` where there is none."""
        policy = self.scenario.policy(name)
        return next(result for result in self.with_done if result.policy is policy)

    @cached_property
    def taxation(self) -> Taxation | None:
        """The taxes of the scenario; None where it has none."""
        taxes = self.scenario.taxes
        return taxation_of(self.scenario, taxes, self.contributions) if taxes else None

    @cached_property
    def tax_years(self) -> list[int]:
        """The simulated years, and the later ones in which some policy has a form."""
        moved = (result.timeline.years_moved for result in self.with_done)
        return sorted(set(self.scenario.years).union(*moved))

    def year_tax(self, result: PolicyResult, year: int) -> Tax:
        """The tax on a year's Box 2a over all forms. [cents]"""
        outcome = result.outcome.years[year]
        added = outcome.box_2a + outcome.paid_out_taxable
        if self.taxation is None or not (added if isinstance(added, int) else added.any()):
            return Tax(0, 0, 0)
        return self.taxation.tax(year, added)

    def additional_tax(self, result: PolicyResult) -> Amounts:
        """The 10% on what is paid out early, told beside the tax. [cents]"""
        return sum(year.additional_tax for year in result.outcome.years.values())

    def all_tax(self, result: PolicyResult) -> Amounts:
        """The tax on all forms of a policy, with the 10%. [cents]"""
        return self.tax(result) + self.additional_tax(result)

    def tax(self, result: PolicyResult) -> Amounts:
        """The tax on all forms of a policy. [cents]"""
        return self.taxes(result).total

    def taxes(self, result: PolicyResult) -> Tax:
        """The tax on all forms of a policy, federal and state apart where one is worked out. [cents]

        At a flat rate what is known of all forms together says more than the years: they are not independent.
        """
        flat = self.taxation is None or self.taxation.taxes.flat
        if flat and self.taxation and isinstance(result.taxable, Known):
            return self.taxation.tax(result.timeline.years.last, result.taxable)
        by_year = [self.year_tax(result, year) for year in result.outcome.years]
        total = sum(of_year.total for of_year in by_year)
        if flat:
            return Tax(total)
        return Tax(total, *(sum(part) for part in list(zip(*by_year, strict=True))[1:]))

    @cached_property
    def fees(self) -> bool:
        """Whether some conversion costs a fee."""
        return any(mean(result.total("fees")) for result in self.with_done)
