"""The answer: the policies of a scenario side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from simulator.answer.comparison_records import TAXES, contribution_record, flat, tax_base
from simulator.answer.parking import growth_record
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.weighing import Weighing
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
from simulator.notation.letters import plain_lines, visible
from simulator.readers.dated_csv import digest
from simulator.version import __version__

if TYPE_CHECKING:
    import pandas as pd

SCHEMA = 1

CLOCK = 5
"""Years from January 1 of a conversion until its taxable part is free of the 10%."""


@dataclass(frozen=True)
class Comparison(Weighing):
    """Every policy of a scenario on the same money and the same prices: the answer, and its records."""

    def to_dict(self) -> dict[str, Any]:
        """Everything, in the shape of the JSON output; amounts in dollars."""
        warnings = [*self.warnings, *self.unpriced, *self.tax_warnings]
        return {
            "schema": SCHEMA,
            "scenario": self.scenario_record(),
            **self.figures(),
            **tax_base(self.taxation, self.tax_years),
            "verdict": self._verdict_record(),
            **({"assumptions": list(self.assumptions)} if self.assumptions else {}),
            **({"warnings": warnings} if warnings else {}),
        }

    def figures(self) -> dict[str, Any]:
        """The amounts without a verdict on them, which is all that a batch keeps. [dollars]"""
        returns = self.scenario.returns
        return {
            "simulator": {
                "version": __version__,
                "model": returns.model,
                **({"after_tax_model": returns.after_tax.model} if returns.after_tax else {}),
                "paths": self.paths,
                "seed": returns.seed,
                **returns.origin(self.sessions),
            },
            "contributions": list(self.contribution_records()),
            "policies": [self._policy_record(result) for result in self.results],
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

    def _policy_record(self, result: PolicyResult) -> dict[str, Any]:
        policy = result.policy
        record: dict[str, Any] = {
            "policy": policy.name,
            "cadence": policy.cadence,
            "delay": policy.delay,
        }
        if policy.cadence == "best":  # which dates these are, its cadence does not say
            record["dates"] = [str(day) for day in result.conversion_dates]
        years = [self._year_record(result, year) for year in self.years(result)]
        return record | {"years": years, "total": self._total_record(result)}

    def _year_record(self, result: PolicyResult, year: int) -> dict[str, Any]:
        outcome = result.outcome.years[year]
        return {
            "year": year,
            "conversions": result.timeline.conversions[year],
            "passed_over": result.timeline.passed_over.get(year, 0),
            **self._flows(outcome),
            **self._taxes(result, [year]),
            **self._paid_out([outcome]),
            **self._left(outcome, result.timeline.in_transit_after[year]),
        }

    def _total_record(self, result: PolicyResult) -> dict[str, Any]:
        outcome = result.outcome
        sums = {column: result.total(column) for column in COLUMNS}
        return {
            "conversions": result.conversions,
            "passed_over": sum(result.timeline.passed_over.values()),
            **self._difference_record(result),
            **self._flows(YearOutcome(**sums)),
            **self._taxes(result, list(outcome.years)),
            **self._paid_out(outcome.years.values()),
            **self._clock(result),
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

    def _paid_out(self, years: Iterable[YearOutcome[Amounts]]) -> dict[str, Any]:
        """What life events pay on forms of their own, where the scenario may have some."""
        if not self.scenario.pays_out:
            return {}
        return {
            name: self.statistics(sum(getattr(year, name) for year in years), name in PAID_TAXABLE)
            for years in [list(years)]
            for name in PAID
        }

    def _clock(self, result: PolicyResult) -> dict[str, Any]:
        """The five-year clock of each year's conversions, where the scenario has life events."""
        if not self.scenario.events:
            return {}
        clock = [
            {
                "year": year,
                "taxable": self.statistics(cents, taxable=True),
                "free_from": f"{year + CLOCK}-01-01",
            }
            for year, cents in result.clock.items()
        ]
        return {"clock": clock}

    def _difference_record(self, result: PolicyResult) -> dict[str, Any]:
        """The paired difference of Box 2a from the first policy, where there are many paths."""
        first = self.results[0]
        if self.paths == 1 or result is first:
            return {}
        difference = result.total("box_2a") - first.total("box_2a")
        return {"box_2a_over_first": self.statistics(difference)}

    def _flows(self, outcome: YearOutcome[Amounts]) -> dict[str, Any]:
        """What moved: fees always, of the rest what such a plan can have."""
        plan = self.scenario.plan
        ways = frozenset[str]().union(*(result.timeline.ways() for result in self.results))
        return {
            name: self.statistics(getattr(outcome, name), name in TAXABLE)
            for name in TOLD
            if name == "fees" or COLUMNS[name].possible(plan, ways)
        }

    def _taxes(self, result: PolicyResult, years: Sequence[int]) -> dict[str, Any]:
        """The tax of some years together, federal and state apart where one of them is worked out."""
        if self.taxation is None:
            return {}
        parts = zip(*(self.year_tax(result, year) for year in years), strict=True)
        told = TAXES[:1] if self.taxation.taxes.flat else TAXES
        return {
            name: self.statistics(sum(part), taxable=True)
            for name, part in zip(told, parts, strict=False)
        }

    def _verdict_record(self) -> dict[str, Any]:
        """The verdict, so that it can be worked out again from the rest. [dollars]"""
        verdict = self.verdict
        best, enough, against = (
            result.policy.name if result else None
            for result in (verdict.best, verdict.enough, verdict.against)
        )
        dates = [str(day) for day in verdict.dates]
        returns = self.scenario.returns
        return {
            "best": best,
            "measure": verdict.measure,
            "enough": enough,
            "others": [
                {
                    "policy": other.policy.name,
                    "costs_more": self.statistics(verdict.costs_more(other)),
                    "conversions": other.conversions,
                }
                for other in verdict.others
            ],
            "against": against,
            "saves": self.statistics(verdict.costs_more(verdict.against))
            if verdict.against
            else None,
            "adds": {name: self.statistics(cents) for name, cents in self.adds.items()},
            "first": dates[0] if dates else None,
            "next": dates[1:],
            **({"better_dates": self.better_dates.record()} if self.better_dates else {}),
            "sentences": list(self.advice),
            **growth_record(returns),
            **({"held_on": str(self.results[0].timeline.last_session)} if self.unparked else {}),
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
                "form_1040_5a": half_up_to_dollars(round(box_1["mean"] * 100)),
                "form_1040_5b": half_up_to_dollars(round(box_2a["mean"] * 100)),
                **({"additional_tax": self.statistics(form.additional_tax)} if withholds else {}),
            }

    def rows(self) -> Iterator[dict[str, Any]]:
        """One flat record for each policy and year, for CSV files and data frames. [dollars]"""
        for result in self.results:
            record = self._policy_record(result)
            years = record.pop("years")
            del record["total"]
            for year in years:
                yield record | dict(flat(year))

    def total_rows(self) -> Iterator[dict[str, Any]]:
        """One flat record for each policy: all years together, and what it has at the end. [dollars]"""
        for result in self.results:
            record = self._policy_record(result)
            del record["years"]
            record["total"].pop("clock", None)
            yield record | dict(flat(record.pop("total")))

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each policy and year. [dollars]"""
        import pandas as pd

        return pd.DataFrame(list(self.rows()))

    def summary(self) -> pd.DataFrame:
        """A data frame with one row for each policy: means over the paths, all years together. [dollars]"""
        import pandas as pd

        rows = {}
        for result in self.results:
            total = self._total_record(result)
            amounts = {
                name: value["mean"] for name, value in total.items() if isinstance(value, dict)
            }
            rows[result.policy.name] = {"conversions": total["conversions"]} | amounts
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("policy")

    def _repr_html_(self) -> str:
        shown = self.summary().to_html(float_format="{:,.2f}".format)
        title = f"<p>{escape(self.scenario.name)} ({self.scenario.period})</p>"
        return plain_lines(f"{title}{shown}")
