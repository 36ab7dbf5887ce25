"""A comparison as a Python caller reads it: policies by their names, differences, data frames. In dollars."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answer.comparison_records import flat
from simulator.answer.policy_answer import PolicyAnswer, brief
from simulator.answer.recorded import Recorded
from simulator.notation.letters import plain_lines

if TYPE_CHECKING:
    import pandas as pd


READ: tuple[str, ...] = (
    "advice",
    "assumptions",
    "difference",
    "headlines",
    "paths",
    "rows",
    "scenario",
    "summary",
)
READ += ("to_dict", "to_frame", "total_rows", "verdict", "warnings")
"""What is completed of a comparison; its other names are the program's own, in whole cents."""


class Readable(Recorded):
    """Every policy of a scenario weighed against each other, and how they are read."""

    def __getitem__(self, policy: str) -> PolicyAnswer:
        """One policy by its name, in dollars: `comparison["monthly"]["tax"]["mean"]`.

        Raises:
            UnknownPolicy: The scenario has none of this name.
        """
        self.scenario.policy(policy)
        return self._policies[policy]

    @cached_property
    def _policies(self) -> dict[str, PolicyAnswer]:
        return {result.policy.name: PolicyAnswer(self, result) for result in self.with_done}

    def __len__(self) -> int:
        return len(self.with_done)

    def __iter__(self) -> Iterator[str]:
        yield from self._ipython_key_completions_()

    def difference(self, policy: str, other: str) -> dict[str, dict[str, float]]:
        """What one policy has more than another, path by path: statistics of each amount. [dollars]

        `comparison.difference("year-end", "monthly")["tax"]["mean"]` is the tax that waiting for the year's
        end adds, `["se"]` its standard error: much less than that of either.

        Args:
            policy: The name of a policy.
            other: The name of the one that is taken off.

        Raises:
            UnknownPolicy: The scenario has none of this name.
        """
        amounts, less = self[policy].cents, self[other].cents
        return {
            name: self.statistics(cents - less[name])
            for name, cents in amounts.items()
            if name in less
        }

    def rows(self) -> Iterator[dict[str, Any]]:
        """One flat record for each policy and year, for CSV files and data frames. [dollars]"""
        for result in self.with_done:
            record = self.policy_record(result)
            years = record.pop("years")
            del record["total"]
            for year in years:
                yield record | dict(flat(year))

    def total_rows(self) -> Iterator[dict[str, Any]]:
        """One flat record for each policy: all years together, and what it has at the end. [dollars]"""
        for result in self.with_done:
            record = self.policy_record(result)
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
        for result in self.with_done:
            total = self.policy_record(result)["total"]
            amounts = {
                name: value["mean"]
                for name, value in total.items()
                if isinstance(value, dict) and "mean" in value
            }
            rows[result.policy.name] = {"conversions": total["conversions"]} | amounts
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("policy")

    def __repr__(self) -> str:
        return "\n".join(brief(self))

    def __dir__(self) -> Iterable[str]:
        return READ

    def _ipython_key_completions_(self) -> list[str]:
        return [result.policy.name for result in self.with_done]

    def _repr_html_(self) -> str:
        from html import escape

        shown = self.summary().to_html(float_format="{:,.2f}".format)
        title = f"<p>{escape(self.scenario.name)} ({self.scenario.period})</p>"
        return plain_lines(f"{title}{shown}")
