"""The best policy beside another one, in the words that every kind of advice shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.answer.phrases import Written, compared, lower, money, subject
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean, standard_error
from simulator.answer.verdict import Verdict
from simulator.returns.model import ReturnsModel


@dataclass(frozen=True)
class Beside:
    """The best policy beside another one, mostly the one that it is told against.

    Attributes:
        verdict: The verdict.
        best: Its best policy.
        other: The other.
        adds: What the one told against adds: earnings, growth, tax, fees. [cents; path]
        returns: What the fund does.
        written: How amounts are written.
    """

    verdict: Verdict
    best: PolicyResult
    other: PolicyResult
    adds: Mapping[str, Amounts]
    returns: ReturnsModel
    written: Written = money

    @property
    def costs_more(self) -> Amounts:
        """By how much the other costs more. [cents; path]"""
        return self.verdict.costs_more(self.other)

    @property
    def to_do(self) -> str:
        """What to do, and instead of what: `Convert after each paycheck: against ... it`."""
        words, label = compared(self.best.policy, self._alike), "“"
        do = f"Convert {'by ' if words.startswith(label) else ''}{words}"
        do = "Never convert" if words == "never" else do
        return f"{do}: against {lower(subject(self.other.policy, self._alike))} it"

    @property
    def _alike(self) -> bool:
        """Whether their words are the same, so that only their names tell them apart."""
        return self.best.policy.words == self.other.policy.words

    def amount(self, cents: Amounts) -> str:
        """An amount, or its mean with the digits that its error supports."""
        return self.written(mean(cents), standard_error(cents, self.returns.randomisations))
