"""What to do: the verdict in sentences, and whether listed dates could be better."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from simulator.answer.advice import advice
from simulator.answer.better_dates import BetterDates, better_dates
from simulator.answer.cautioned import Cautioned


@dataclass(frozen=True)
class Advised(Cautioned):
    """Every policy of a scenario weighed against each other, and the advice that follows."""

    @cached_property
    def advice(self) -> tuple[str, ...]:
        """The verdict in sentences, what waiting costs first; then whether listed dates could be better."""
        years = len(list(self.scenario.years))
        sentences = advice(self.verdict, self.adds, self.scenario.returns, years)
        return (*sentences, *([self.better_dates.words] if self.better_dates else []))

    @cached_property
    def better_dates(self) -> BetterDates | None:
        """The best dates that the plan's rules allow, where listed ones cost more; None where not."""
        return better_dates(self)
