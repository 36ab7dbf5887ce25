"""One policy of a comparison as a Python caller reads it: in dollars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answer.frames import frame_of
from simulator.answer.phrases import one_line, shortened
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.recorded import Recorded
from simulator.answer.statistics import percentile_errors
from simulator.conversion.amounts import is_unknown
from simulator.distribution.known import Known
from simulator.notation.letters import plain_lines
from simulator.notation.wording import shown, suggestion
from simulator.refusal import Refused

if TYPE_CHECKING:
    import pandas as pd

READ = (
    "conversion_dates",
    "conversions",
    "errors",
    "forms",
    "name",
    "paths",
    "to_dict",
    "to_frame",
)
"""What is completed of a policy; its other names are the program's own, in whole cents."""

NAMED = 3
"""Policies that a comparison names when it is printed."""


class UnknownAmount(Refused):
    """An amount was asked for that this policy has not."""

    def __init__(self, name: object, known: tuple[str, ...]):
        super().__init__(f"{shown(name)} is not an amount of this answer{suggestion(name, known)}")


class NoPaths(Refused):
    """The paths of an amount were asked for that is known without any."""

    def __init__(self, policy: str):
        super().__init__(
            f"{one_line(policy)} is exact and has no paths; compare with engine='numpy'"
        )


@dataclass(frozen=True, repr=False)
class PolicyAnswer:
    """One policy of a comparison. `answer["tax"]["mean"]` is its tax over all years. [dollars]

    Attributes:
        comparison: The answer that it is part of.
        result: The same in whole cents, as the program has it inside.
    """

    comparison: Recorded
    result: PolicyResult

    def __eq__(self, other: object) -> bool:
        """Equal are those of a name in equal comparisons."""
        return isinstance(other, PolicyAnswer) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, Recorded]:
        return self.name, self.comparison

    @property
    def name(self) -> str:
        """What reports call the policy."""
        return self.result.policy.name

    @property
    def conversions(self) -> int:
        """How many conversions there are, in all years."""
        return self.result.conversions

    @property
    def conversion_dates(self) -> list[date]:
        """The sessions on which something is converted, in order."""
        return self.result.conversion_dates

    def __getitem__(self, amount: str) -> Any:
        """Statistics of an amount over all years: `mean`, `sd`, `se`, percentiles. [dollars]

        Raises:
            UnknownAmount: There is no such amount here.
        """
        return copy(_amount_of(self._total, amount))

    def __iter__(self) -> Iterator[str]:
        yield from self._total

    def paths(self, amount: str) -> Any:
        """An amount over all years, on each path: an array, or a number where there is one path. [dollars]

        Args:
            amount: `box_1`, `box_2a`, `box_5`, `fees`, `tax`, `roth_end`, `left_value`, ...

        Raises:
            UnknownAmount: There is no such amount here.
            NoPaths: It is known without paths.
        """
        cents = _amount_of(self.cents, amount)
        if isinstance(cents, Known):
            raise NoPaths(self.name)
        return cents / 100

    def errors(self, amount: str) -> dict[str, float] | None:
        """How far some percentiles of an amount may be from the true ones: standard errors. [dollars]

        Those of `p5`, `p50` and `p95`, which tables show the digits by; that of the mean is the amount's own
        `se`. None where the amount is not known.

        Args:
            amount: See `paths`.

        Raises:
            UnknownAmount: There is no such amount here.
        """
        cents = _amount_of(self.cents, amount)
        if is_unknown(cents):
            return None
        randomisations = self.comparison.scenario.returns.randomisations
        found = percentile_errors(cents, randomisations)
        return {name: error / 100 for name, error in found.items()}

    @cached_property
    def cents(self) -> dict[str, Amounts]:
        """Each amount of all years together, as the program has it inside. [cents; path]"""
        return self.comparison.amounts(self.result)

    @cached_property
    def _total(self) -> dict[str, Any]:
        total: dict[str, Any] = self.to_dict()["total"]
        return total

    def to_dict(self) -> dict[str, Any]:
        """The policy in the shape of the JSON output: `years`, `total`. [dollars]"""
        return self.comparison.policy_record(self.result)

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each year. [dollars]"""
        record = self.to_dict()
        del record["total"]
        return frame_of(record | year for year in record.pop("years"))

    def forms(self) -> list[dict[str, Any]]:
        """The Forms 1099-R, a record for each year and code. [dollars]"""
        return list(self.comparison.form_records(self.result))

    def __repr__(self) -> str:
        return f"<{_line(self.comparison, self.result)}>"

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html(float_format="{:,.2f}".format))

    def __dir__(self) -> Iterable[str]:
        return READ

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)


def _amount_of(amounts: Mapping[str, Any], name: str) -> Any:
    """One of some amounts; raises `UnknownAmount` where there is none of the name."""
    if not (isinstance(name, str) and name in amounts):
        raise UnknownAmount(name, tuple(amounts))
    return amounts[name]


def brief(comparison: Recorded) -> Iterator[str]:
    """A comparison in at most five lines: the question, the verdict, and its first policies."""
    verdict, results = comparison.verdict, comparison.results
    scenario, paths = comparison.scenario, comparison.paths
    on = {0: "no paths, exact", 1: "one path"}.get(paths, f"{paths:,} paths")
    count = "1 policy" if len(results) == 1 else f"{len(results)} policies"
    yield one_line(f"{scenario.name} ({scenario.period}): {count} on {on}")
    yield next(
        iter(comparison.headlines), "No policy is ranked: some money never has a date to leave on."
    )
    first = [one for one in (verdict.best, verdict.beside) if one is not None]
    ordered = [*first, *(one for one in results if one not in first)]
    told = ordered if len(ordered) <= NAMED else ordered[: NAMED - 1]
    yield from (f"  {_line(comparison, result)}" for result in told)
    if len(told) < len(ordered):
        yield f"  and {len(ordered) - len(told)} more: summary() has them all"


def _line(comparison: Recorded, result: PolicyResult) -> str:
    """A policy, what it costs by the measure of the verdict, and how often it converts."""
    verdict, often = comparison.verdict, result.conversions
    work = "1 conversion" if often == 1 else f"{often:,} conversions"
    cost = next((cost for one, cost in verdict.costs if one is result), None)
    told = "leaves money behind" if cost is None else f"{verdict.measure} {comparison.known(cost)}"
    return f"{shortened(result.policy.name)}: {told}, {work}"
