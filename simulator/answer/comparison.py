"""The answer: the policies of a scenario side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from simulator.answer import worth_records
from simulator.answer.assumed import assumed_records
from simulator.answer.comparison_records import TAXES, clock, contribution_record, tax_base
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.readable import Readable
from simulator.answer.verdict_record import verdict_record
from simulator.conversion.amounts import (
    COLUMNS,
    PAID,
    PAID_TAXABLE,
    TAXABLE,
    TOLD,
    WITHHELD,
    Outcome,
    YearOutcome,
    is_unknown,
)
from simulator.money import half_up_to_dollars
from simulator.notation.letters import visible
from simulator.readers.dated_csv import digest
from simulator.taxes.taxation import Tax
from simulator.version import __version__

SCHEMA = 1


@dataclass(frozen=True, repr=False)
class Comparison(Readable):
    """Every policy of a scenario on the same money and the same prices: the answer, and its records."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, in the shape of the JSON output; amounts in dollars."""
        warnings = [*self.warnings, *self.unpriced, *self.unaccounted, *self.tax_warnings]
        return {
            "schema": SCHEMA,
            "scenario": self.scenario_record(),
            **self.figures(),
            **tax_base(self.taxation, self.tax_years),
            **worth_records.of_all(self),
            "verdict": verdict_record(self),
            "assumed": assumed_records(self.scenario),
            **({"assumptions": list(self.assumptions)} if self.assumptions else {}),
            **({"warnings": warnings} if warnings else {}),
        }

    def __eq__(self, other: object) -> bool:
        """Equal are answers to the same question with the same figures."""
        return (
            isinstance(other, Comparison)
            and self.scenario == other.scenario
            and self.figures() == other.figures()
        )

    def __hash__(self) -> int:
        return hash(self.scenario)

    def amounts(self, result: PolicyResult) -> dict[str, Amounts]:
        """Each amount that is told of all years together, on each path. [cents; path]"""
        inside = {one.name: getattr(self, one.name) for one in fields(self)}
        total = _OnPaths(**inside).policy_record(result)["total"]
        return {name: amount.cents for name, amount in total.items() if isinstance(amount, _Amount)}

    def figures(self) -> dict[str, Any]:
        """The amounts without a verdict on them, which is all that a batch keeps. [dollars]"""
        returns = self.scenario.returns
        return {
            "simulator": {
                "version": __version__,
                "law": self.scenario.law,
                "model": returns.name,
                **({"after_tax_model": returns.after_tax.name} if returns.after_tax else {}),
                "paths": self.paths,
                "seed": returns.seed,
                **returns.origin(self.sessions),
            },
            "contributions": list(self.contribution_records()),
            "policies": [self.policy_record(result) for result in self.with_done],
        }

    def scenario_record(self) -> dict[str, Any]:
        """What the answer depends on: the file, what overrode it, and the files that it names."""
        settings, so_far = list(self.scenario.settings), self.scenario.so_far
        until = self.scenario.until
        files = {visible(file.name): digest(file) for file in self.scenario.files_read()}
        return {
            "name": self.scenario.name,
            "file": self.scenario.source,
            "sha256": self.scenario.sha256,
            **({"through": str(so_far.through)} if so_far else {}),
            **({"until": str(until)} if until else {}),
            **({"settings": settings} if settings else {}),
            **({"files": files} if files else {}),
        }

    def contribution_records(self) -> Iterator[dict[str, Any]]:
        """What went in, a record a year. [dollars]"""
        returns = self.scenario.plan.excess == "after-tax"
        yield from (contribution_record(year, returns) for year in self.contributions)
        if self.contributions:
            return
        counts, sums = Counter[int](), Counter[int]()
        for day, amount in self.deposits:
            counts[day.year] += 1
            sums[day.year] += amount
        for year in sorted(counts):
            yield {"year": year, "deposits": counts[year], "after_tax": sums[year] / 100}

    def policy_record(self, result: PolicyResult) -> dict[str, Any]:
        """A policy, year by year and in total. [dollars]"""
        policy = result.policy
        record: dict[str, Any] = {
            "policy": policy.name,
            "cadence": policy.cadence,
            "delay": policy.delay,
            **(result.exactness.record if result.exactness else {}),
        }
        if policy.cadence == "best":  # which dates these are, its cadence does not say
            record["dates"] = [str(day) for day in result.conversion_dates]
        outcome = result.outcome
        moved = {
            year: self._moved(one, self.year_tax(result, year), [one])
            for year, one in ((year, outcome.years[year]) for year in self.years(result))
        }
        years = [self._year_record(result, year, of_year) for year, of_year in moved.items()]
        if len(moved) == 1 and moved.keys() == outcome.years.keys() and not result.exactness:
            (together,) = moved.values()  # the only year says it all
        else:
            every = outcome.years.values()
            together = self._moved(outcome.together, self.taxes(result), every)
        return record | {"years": years, "total": self._total_record(result, together)}

    def _year_record(
        self, result: PolicyResult, year: int, moved: Mapping[str, Any]
    ) -> dict[str, Any]:
        outcome = result.outcome.years[year]
        return {
            "year": year,
            "conversions": result.timeline.conversions[year],
            "passed_over": result.timeline.passed_over.get(year, 0),
            **moved,
            **self._left(outcome, result.timeline.in_transit_after[year]),
        }

    def _total_record(self, result: PolicyResult, moved: Mapping[str, Any]) -> dict[str, Any]:
        outcome = result.outcome
        return {
            "conversions": result.conversions,
            "passed_over": sum(result.timeline.passed_over.values()),
            **self._difference_record(result),
            **moved,
            **(clock(result.clock, self.statistics) if self.scenario.events else {}),
            **worth_records.of_policy(self, result),
            **self._parking_record(result),
            "roth_end": self._balance(outcome.roth_end),
            **({"ira_end": self._balance(outcome.ira_end)} if self.has_ira else {}),
            **self._left(outcome, outcome.in_transit),
        }

    def _parking_record(self, result: PolicyResult) -> dict[str, Any]:
        """What parking saves and misses under a policy, where money is parked."""
        taxed = self.scenario.taxes is not None
        parked = (one for one in self.parking if one.policy == result.policy.name)
        return next((one.record(self.statistics, taxed) for one in parked), {})

    def _left(
        self, outcome: YearOutcome[Amounts] | Outcome[Amounts], in_transit: int
    ) -> dict[str, Any]:
        """What a year or all of them leave; and what has not landed by then, where there is some."""
        return {
            "left_value": self._balance(outcome.left_value),
            "left_basis": self.statistics(outcome.left_basis),
            **({"in_transit": self.statistics(in_transit)} if in_transit else {}),
        }

    def _balance(self, cents: Amounts) -> dict[str, float] | None:
        """The statistics of a balance; None where no price says what it is."""
        return None if is_unknown(cents) else self.statistics(cents)

    def _moved(
        self, outcome: YearOutcome[Amounts], tax: Tax, years: Iterable[YearOutcome[Amounts]]
    ) -> dict[str, Any]:
        """What moved in a year, or in several together; the tax on it, and what was paid out."""
        return {**self._flows(outcome), **self._taxes(tax), **self._paid_out(years)}

    def _paid_out(self, years: Iterable[YearOutcome[Amounts]]) -> dict[str, Any]:
        """What life events pay on forms of their own, where the scenario may have some."""
        if not self.scenario.pays_out and not (self.done and self.done.timeline.payments):
            return {}
        return {
            name: self.statistics(sum(getattr(year, name) for year in years), name in PAID_TAXABLE)
            for years in [list(years)]
            for name in PAID
        }

    def _difference_record(self, result: PolicyResult) -> dict[str, Any]:
        """The paired difference of Box 2a from the first policy, where there are many paths."""
        first = self.results[0]
        if self.paths == 1 or result is first or result is self.done:
            return {}
        difference = result.total("box_2a") - first.total("box_2a")
        return {"box_2a_over_first": self.statistics(difference)}

    def _flows(self, outcome: YearOutcome[Amounts]) -> dict[str, Any]:
        """What moved: fees always, of the rest what such a plan can have."""
        return {
            name: self.statistics(getattr(outcome, name), name in TAXABLE) for name in self._flow
        }

    @cached_property
    def _flow(self) -> list[str]:
        plan = self.scenario.plan
        ways = frozenset[str]().union(*(result.timeline.ways() for result in self.with_done))
        return [name for name in TOLD if name == "fees" or COLUMNS[name].possible(plan, ways)]

    def _taxes(self, tax: Tax) -> dict[str, Any]:
        """A tax, federal and state apart where one of them is worked out; nothing without taxes."""
        if self.taxation is None:
            return {}
        told = TAXES[:1] if self.taxation.taxes.flat else TAXES
        return {
            name: self.statistics(part, taxable=True) for name, part in zip(told, tax, strict=False)
        }

    def form_records(self, result: PolicyResult) -> Iterator[dict[str, Any]]:
        """A policy's forms, a record for each year and code; the lines of Form 1040 from the means. [dollars]

        Of a payment to the person with the tax withheld, and the 10% on it, which may be 0.
        """
        for form in result.all_forms:
            box_1, box_2a = self.statistics(form.box_1), self.statistics(form.box_2a, taxable=True)
            withholds = form.box_7 in WITHHELD
            yield {
                "policy": result.policy.name,
                "year": form.year,
                "box_1": box_1,
                "box_2a": box_2a,
                **({"box_4": self.statistics(form.box_4)} if withholds else {}),
                "box_5": self.statistics(form.box_5),
                "box_7": form.box_7,
                **(result.exactness.record if result.exactness else {}),
                "form_1040_5a": half_up_to_dollars(round(box_1["mean"] * 100)),
                "form_1040_5b": half_up_to_dollars(round(box_2a["mean"] * 100)),
                **({"additional_tax": self.statistics(form.additional_tax)} if withholds else {}),
            }


class _Amount(dict[str, float]):
    """An amount where its statistics would stand. [cents; path]"""

    cents: Amounts


class _OnPaths(Comparison):
    """The same records, with the amounts themselves in place of their statistics."""

    def statistics(self, cents: Amounts, taxable: bool = False) -> dict[str, float]:  # noqa: ARG002
        amount = _Amount()
        amount.cents = cents
        return amount

    def _difference_record(self, result: PolicyResult) -> dict[str, Any]:  # noqa: ARG002
        return {}

    def _left(self, outcome: Any, in_transit: int) -> dict[str, Any]:
        return {**super()._left(outcome, in_transit), "in_transit": self.statistics(in_transit)}
