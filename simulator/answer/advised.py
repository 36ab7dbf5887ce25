"""What to do: the verdict in sentences, and whether listed dates could be better."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from simulator.answer.advice import advice, first_dates
from simulator.answer.better_dates import BetterDates, better_dates
from simulator.answer.cautioned import Cautioned
from simulator.answer.phrases import Written, money, whole_dollars


class Advised(Cautioned):
    """Every policy of a scenario weighed against each other, and the advice that follows."""

    @cached_property
    def headlines(self) -> tuple[str, ...]:
        """What to do, what was done, and which easier policy does as well, in whole dollars."""
        return tuple(self._sentences(whole_dollars))

    @cached_property
    def advice(self) -> tuple[str, ...]:
        """The same to the cent, the first dates, and whether listed dates could be better."""
        better = [self.better_dates.words] if self.better_dates else []
        return (*self._sentences(money), *first_dates(self.verdict), *better)

    def _sentences(self, written: Written) -> Iterator[str]:
        years = len(list(self.scenario.years))
        return advice(self.verdict, self.adds, self.scenario.returns, years, written)

    @cached_property
    def better_dates(self) -> BetterDates | None:
        """The best dates that the plan's rules allow, where listed ones cost more; None where not."""
        return better_dates(self)
