"""The answer: the policies of a scenario side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any

from simulator.conversion.form1099r import Form1099R, form_1099r
from simulator.conversion.outcome import Outcome, YearOutcome
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline, all_sessions
from simulator.dated_csv import digest
from simulator.distribution import distribution, mean, standard_error, taxed
from simulator.letters import plain_lines, visible
from simulator.money import half_up_to_dollars
from simulator.payroll.contributions import ContributionYear
from simulator.scenario import Scenario
from simulator.version import __version__

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

SCHEMA = 1
TAXABLE = {"box_2a", "ira"}

Amounts = Any
"""Whole cents: an int on one path, an array over many."""


@dataclass(frozen=True)
class PolicyResult:
    """One policy: when it converts, and what came of it.

    Attributes:
        policy: The policy.
        timeline: Its deposits and conversions.
        outcome: The amounts, by year and at the end.
    """

    policy: Policy
    timeline: Timeline
    outcome: Outcome[Amounts]

    @property
    def forms(self) -> dict[int, Form1099R[Amounts]]:
        """The Form 1099-R of each year with conversions."""
        return {
            year: form_1099r(year, self.outcome.years[year])
            for year in sorted(self.timeline.conversions)
        }

    def total(self, column: str) -> Amounts:
        """The sum of an amount over all years, the run-off's included. [cents]"""
        return self.outcome.total(column)

    @property
    def earnings_moved(self) -> Amounts:
        """Earnings in what was converted, taxable or sent to a traditional IRA. [cents]"""
        return self.total("box_2a") + self.total("ira")

    @property
    def leaves_money(self) -> bool:
        """Whether some money has no date to leave on."""
        return self.timeline.leaves_money

    @property
    def for_good(self) -> Amounts:
        """What has no date to leave on, when all else has left; landed by then or not. [cents]"""
        return self._last_year.left_value + self.in_transit_for_good

    @property
    def in_transit_for_good(self) -> int:
        """What of it has not landed by then. [cents]"""
        return self.timeline.in_transit_after[max(self.outcome.years)]

    @property
    def earnings_for_good(self) -> Amounts:
        """Earnings in it, not yet taxed. [cents]"""
        return self._last_year.left_earnings

    @property
    def _last_year(self) -> YearOutcome[Amounts]:
        """The last year, the run-off included."""
        return self.outcome.years[max(self.outcome.years)]

    def stranded(self, year: int) -> int:
        """The deposits of a year's paychecks that are not converted by its end. [cents]"""
        return self._stranded[year]

    @cached_property
    def _stranded(self) -> Counter[int]:
        """What `stranded` says of each year, in one pass over the deposits. [cents]"""
        waiting: Counter[int] = Counter()
        for deposit in self.timeline.deposits:
            if deposit.leaves is None or deposit.leaves.year > deposit.pay_date.year:
                waiting[deposit.pay_date.year] += deposit.amount
        return waiting


@dataclass(frozen=True)
class Comparison:
    """Every policy of a scenario on the same money and the same prices.

    Attributes:
        scenario: The question.
        contributions: What went in, year by year; empty in a replay.
        deposits: Date and amount of each after-tax contribution. [cents]
        results: One for each policy, in the scenario's order.
        paths: How many paths the amounts are over.
    """

    scenario: Scenario
    contributions: tuple[ContributionYear, ...]
    deposits: tuple[tuple[date, int], ...]
    results: tuple[PolicyResult, ...]
    paths: int

    @cached_property
    def contribution_years(self) -> frozenset[int]:
        """The years with a paycheck, a lump sum, or a replayed deposit."""
        return frozenset(
            [one.year for one in self.contributions] + [day.year for day, _ in self.deposits]
        )

    def years(self, result: PolicyResult) -> list[int]:
        """The years that a policy reports: those with contributions or conversions."""
        return sorted(self.contribution_years | set(result.timeline.conversions))

    @property
    def error(self) -> float:
        """The largest standard error of a policy's mean Box 2a. [cents]"""
        randomisations = self.scenario.returns.randomisations
        return max(standard_error(one.total("box_2a"), randomisations) for one in self.results)

    @property
    def splits(self) -> bool:
        """Whether the plan's conversions are split rollovers."""
        return self.scenario.plan.conversion.to == "split"

    @cached_property
    def sessions(self) -> list[date]:
        """The sessions whose prices matter to any policy, in order."""
        return all_sessions(one.timeline for one in self.results)

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What of the question looks like a slip, a sentence each."""
        return self.scenario.returns.warnings(self.sessions)

    def told(self, cents: Amounts, taxable: bool = False) -> dict[str, float]:
        """The statistics of an amount. [dollars]"""
        return distribution(cents, self.scenario.returns.randomisations, taxable)

    def difference(self, result: PolicyResult, other: PolicyResult) -> Amounts:
        """By how much the earnings that one policy moves exceed another's, path by path. [cents]

        On the same paths, so its standard error is far below that of either policy.
        """
        return result.earnings_moved - other.earnings_moved

    def result(self, name: str) -> PolicyResult:
        """The result of a policy by its name. Raises `UnknownPolicy` where there is none."""
        policy = self.scenario.policy(name)
        return next(result for result in self.results if result.policy is policy)

    def to_dict(self) -> dict[str, Any]:
        """Everything, in the shape of the JSON output; amounts in dollars."""
        returns = self.scenario.returns
        return {
            "schema": SCHEMA,
            "scenario": {
                "name": self.scenario.name,
                "file": self.scenario.source,
                "sha256": self.scenario.sha256,
                **self._beside(),
            },
            "simulator": {
                "version": __version__,
                "model": returns.model,
                "paths": self.paths,
                "seed": returns.seed,
                **returns.origin(self.sessions),
            },
            "contributions": list(self.contribution_records()),
            "policies": [self._policy_record(result) for result in self.results],
            **({"warnings": list(self.warnings)} if self.warnings else {}),
        }

    def _beside(self) -> dict[str, Any]:
        """What the answer depends on beside the file: overrides, and the files that it names."""
        settings = self.scenario.settings
        files = {visible(file.name): digest(file) for file in self.scenario.files_read()}
        return ({"settings": list(settings)} if settings else {}) | (
            {"files": files} if files else {}
        )

    def contribution_records(self) -> Iterator[dict[str, Any]]:
        """What went in, a record a year. [dollars]"""
        yield from (_contribution_record(one) for one in self.contributions)
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
        years = [self._year_record(result, year) for year in self.years(result)]
        return record | {"years": years, "total": self._total_record(result)}

    def _year_record(self, result: PolicyResult, year: int) -> dict[str, Any]:
        outcome = result.outcome.years[year]
        return {
            "year": year,
            "conversions": result.timeline.conversions[year],
            "passed_over": result.timeline.passed_over.get(year, 0),
            **self._flows(outcome, self._tax(outcome)),
            **self._left(outcome, result.timeline.in_transit_after[year]),
        }

    def _total_record(self, result: PolicyResult) -> dict[str, Any]:
        outcome = result.outcome
        tax = sum(self._tax(year) for year in outcome.years.values())
        sums = {column: result.total(column) for column in YearOutcome.__slots__}
        return {
            "conversions": sum(result.timeline.conversions.values()),
            "passed_over": sum(result.timeline.passed_over.values()),
            **self._difference_record(result),
            **self._flows(YearOutcome(**sums), tax),
            "roth_end": self.told(outcome.roth_end),
            **({"ira_end": self.told(outcome.ira_end)} if self.splits else {}),
            **self._left(outcome, outcome.in_transit),
        }

    def _left(
        self, outcome: YearOutcome[Amounts] | Outcome[Amounts], in_transit: int
    ) -> dict[str, Any]:
        """What a year or all of them leave; and what has not landed by then, where there is some."""
        return {
            "left_value": self.told(outcome.left_value),
            "left_basis": self.told(outcome.left_basis),
            **({"in_transit": self.told(in_transit)} if in_transit else {}),
        }

    def _difference_record(self, result: PolicyResult) -> dict[str, Any]:
        """The paired difference of Box 2a from the first policy, where there are many paths."""
        first = self.results[0]
        if self.paths == 1 or result is first:
            return {}
        difference = result.total("box_2a") - first.total("box_2a")
        return {"box_2a_over_first": self.told(difference)}

    def _flows(self, outcome: YearOutcome[Amounts], tax: Amounts) -> dict[str, Any]:
        columns = ["box_1", "box_2a", "box_5", "fees"]
        if self.splits:
            columns.append("ira")
        if self.scenario.plan.basis_after_loss != "carry-forward":
            columns.append("forfeited")
        record = {
            column: self.told(getattr(outcome, column), column in TAXABLE) for column in columns
        }
        return record | ({"tax": self.told(tax, taxable=True)} if self.scenario.taxes else {})

    def _tax(self, outcome: YearOutcome[Amounts]) -> Amounts:
        """The tax on a year's Box 2a at the scenario's flat rates. [cents]"""
        taxes = self.scenario.taxes
        return taxed(outcome.box_2a, taxes.rate) if taxes else 0

    def tax(self, result: PolicyResult) -> Amounts:
        """The tax on all forms of a policy. [cents]"""
        return sum(self._tax(year) for year in result.outcome.years.values())

    @cached_property
    def fees(self) -> bool:
        """Whether some conversion costs a fee."""
        return any(mean(result.total("fees")) for result in self.results)

    def cost(self, result: PolicyResult) -> Amounts:
        """What policies are told apart by: tax and fees where both are known, else earnings. [cents]"""
        if self.fees and self.scenario.taxes and not self.splits:
            return self.tax(result) + result.total("fees")
        return result.earnings_moved

    def form_records(self, result: PolicyResult) -> Iterator[dict[str, Any]]:
        """A policy's forms, a record a year; the lines of Form 1040 from the means. [dollars]"""
        for year, form in result.forms.items():
            box_1, box_2a = self.told(form.box_1), self.told(form.box_2a, taxable=True)
            yield {
                "policy": result.policy.name,
                "year": year,
                "box_1": box_1,
                "box_2a": box_2a,
                "box_5": self.told(form.box_5),
                "box_7": form.box_7,
                "form_1040_5a": half_up_to_dollars(round(box_1["mean"] * 100)),
                "form_1040_5b": half_up_to_dollars(round(box_2a["mean"] * 100)),
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

    def plot(self, kind: str = "cadence", policy: str | None = None, path: int = 0) -> Figure:
        """A picture: `cadence`, `delay`, `balance` or `contributions`; a notebook shows it.

        Args:
            kind: What to draw.
            policy: Whose delay, by default the first; or whose balance, by default the first that waits.
            path: Whose balance, where there are many paths.
        """
        from simulator.report.pictures import picture

        return picture(kind, self, policy, path)

    def _repr_html_(self) -> str:
        shown = self.summary().to_html(float_format="{:,.2f}".format)
        title = f"<p>{escape(self.scenario.name)} ({self.scenario.years})</p>"
        return plain_lines(f"{title}{shown}")


def flat(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A record without nesting: `box_2a_mean` for `box_2a`'s `mean`."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", below) for inner, below in flat(value))
        else:
            yield name, value


def _contribution_record(one: ContributionYear) -> dict[str, Any]:
    amounts = {
        "gross": one.gross,
        "pre_tax": one.total("pre_tax"),
        "roth": one.total("roth"),
        "catch_up": one.total("catch_up"),
        "match": one.total("match"),
        "nonelective": one.total("nonelective"),
        "after_tax": one.total("after_tax"),
        "annual_additions": one.annual_additions,
        "annual_additions_limit": one.annual_additions_limit,
        "elective_deferral_limit": one.elective_deferral_limit,
        "catch_up_limit": one.catch_up_limit,
        "room": one.room,
        "room_unused": one.room_unused,
        "employer_cut": one.employer_cut,
    }
    return {
        "year": one.year,
        "paychecks": one.paychecks,
        **{name: cents / 100 for name, cents in amounts.items()},
        "first_clipped": {limit: str(day) for limit, day in one.first_clipped.items()},
        "limits_source": one.limits.source,
    }
