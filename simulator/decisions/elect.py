"""What to elect: the deferral and the after-tax share that fill the year's limits, and are never clipped.

Two searches, one after the other, each over all multiples of a step. Every candidate is a payroll of the
year. More of an election takes at least as much of every limit, and leaves at most as much of every
paycheck. So what fits lies below what does not, and halving finds the border without trying all. Only the
match may fall where deferrals rise, if it leaves catch-up out; then every multiple is tried.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from functools import cached_property

from simulator.days.calendars import ONE_DAY
from simulator.days.years import Years
from simulator.decisions.elected import (
    AFTER_TAX,
    DEFERRAL,
    TAKE_HOME,
    Asked,
    Elected,
    NextStep,
    Stop,
    elected_paychecks,
)
from simulator.money import in_dollars
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.specification import replaced
from simulator.notation.taken import demand_kind
from simulator.payroll.contribution import (
    ANNUAL_ADDITIONS,
    COMPENSATION,
    ELECTIVE_DEFERRAL,
    LEAST_TOLD,
    Contribution,
    ContributionYear,
)
from simulator.payroll.elections import Change, Elections
from simulator.refusal import Refused
from simulator.scenario.arguments import with_argument
from simulator.scenario.scenario import Scenario
from simulator.simulation import went_in

TO_THE_CENT = (ELECTIVE_DEFERRAL, ANNUAL_ADDITIONS)
"""The law's limits of the year: what is elected stays within them to the cent. Of the plan's cap and of a
paycheck's own bound, less than a dollar in the year is the rounding of single paychecks."""


def elect(scenario: Scenario, begins: str | date | None = None) -> Elected:
    """The percentages to enter on the plan's website, from a date to the end of the first year.

    The deferral with the greatest match, then the greatest deferrals, then the smallest such; for it the
    greatest after-tax contribution. Nothing is clipped, and each paycheck leaves what it must.

    Args:
        scenario: The question; its `elect` says the step, which deferral, and what a paycheck must leave.
        begins: In place of `elect.from`.

    Raises:
        Refused: The scenario replays deposits.
        Mistakes: There is no paycheck left, or one leaves too little even without elections.
    """
    demand_kind("elect", scenario, Scenario)
    if begins is not None:
        scenario = with_argument(scenario, "begins", "elect.from", begins)
    if scenario.pay is None:
        raise Refused("elect: needs pay; this scenario replays deposits")
    search = _Search(scenario)
    deferral = search.deferral()
    after_tax = search.greatest(lambda count: search.stop(deferral, count), search.after_tax_steps)
    return Elected(
        scenario,
        search.begins,
        search.asked(deferral),
        search.asked(after_tax),
        search.earlier,
        search.year(deferral, after_tax),
        search.over(deferral, after_tax),
        search.match_lost(deferral),
    )


class _Search:
    """The candidates of a scenario's first year: so many steps of deferral, so many after tax.

    Args:
        scenario: The question.
    """

    def __init__(self, scenario: Scenario) -> None:
        first = Years(scenario.years.first, scenario.years.first)
        self._scenario = replaced(scenario, years=first, until=None)
        self._asking, self._years = scenario.elect, dict[tuple[int, int], ContributionYear]()
        self.begins = self._begins()
        changes = scenario.elections.changes
        self.earlier = tuple(change for change in changes if change.from_ < self.begins)
        if not elected_paychecks(self._nothing, self.begins):
            raise self._wrong("from", f"no paychecks on or after {self.begins}")
        self._demand_take_home()

    def _begins(self) -> date:
        """The date from which on the candidates are in force."""
        if self._asking.from_ is not None:
            return self._asking.from_
        if so_far := self._scenario.so_far:
            return so_far.through + ONE_DAY
        paid = [one for year in went_in(self._scenario) for one in year.contributions]
        january = date(self._scenario.years.first, 1, 1)
        return next((one.pay_date for one in paid if one.paycheck.elections), january)

    def asked(self, count: int) -> Asked:
        """So many steps as an election."""
        return count * self._asking.step

    def year(self, deferral: int, after_tax: int) -> ContributionYear:
        """The year with so many steps of each; a payroll once."""
        key = deferral, after_tax
        if key not in self._years:
            elections = self._elections(deferral, after_tax)
            years = went_in(replaced(self._scenario, elections=elections))
            if not years:
                raise self._wrong("from", f"no paychecks on or after {self.begins}")
            self._years[key] = years[0]
        return self._years[key]

    def _elections(self, deferral: int, after_tax: int) -> Elections:
        """The scenario's elections, from the date on these; its changes before it stay."""
        pre_tax, roth = self.asked(deferral), self.asked(0)
        if self._asking.deferral == "roth":
            pre_tax, roth = roth, pre_tax
        change = Change.model_construct(
            from_=self.begins, pre_tax=pre_tax, roth=roth, after_tax=self.asked(after_tax)
        )
        changes = (*self.earlier, change)
        return replaced(self._scenario.elections, changes=changes)

    @property
    def _nothing(self) -> ContributionYear:
        """The year with no elections from the date on: what is clipped in it no choice can mend."""
        return self.year(0, 0)

    @cached_property
    def _most_steps(self) -> int:
        """The steps that make a whole paycheck, the largest there is."""
        step = self._asking.step
        if isinstance(step, Fraction):
            return int(1 / step)
        elected = elected_paychecks(self._nothing, self.begins)
        return max(paid.paycheck.gross for paid in elected) // step

    @property
    def after_tax_steps(self) -> int:
        """The most of them that may be after tax."""
        return self._most_steps if self._scenario.plan.after_tax.allowed else 0

    def greatest(self, stop: Callable[[int], Stop | None], most: int) -> int:
        """The greatest number of steps, up to a most, that nothing stops; none are never stopped."""
        counts = range(1, most + 1)
        return bisect_left(counts, True, key=lambda count: stop(count) is not None)

    def deferral(self) -> int:
        """The steps of deferral that have the greatest match, then the greatest deferrals, and no more."""
        return self._best(self.greatest(lambda count: self.stop(count, 0), self._most_steps))

    def match_lost(self, deferral: int) -> int:
        """The match that the limits alone would allow beyond what the least take-home pay does. [cents]"""
        best = self._best(self.greatest(lambda count: self._clipped(count, 0), self._most_steps))
        return self.year(best, 0).total("match") - self.year(deferral, 0).total("match")

    def _best(self, most: int) -> int:
        """Of so many steps of deferral, or fewer, the best."""
        counts = range(most + 1)
        if self._match_may_fall:
            return max(counts, key=lambda one: (*_match_and_deferrals(self.year(one, 0)), -one))
        reached = _match_and_deferrals(self.year(most, 0))
        return bisect_left(counts, reached, key=lambda one: _match_and_deferrals(self.year(one, 0)))

    @property
    def _match_may_fall(self) -> bool:
        """Whether more deferrals may have less match: those of later paychecks may all be catch-up."""
        plan = self._scenario.plan
        unmatched = bool(plan.match) and not plan.match_catch_up
        return unmatched and self._nothing.catch_up_limit > 0

    def over(self, deferral: int, after_tax: int) -> dict[str, NextStep]:
        """One step more of each, and what stops it."""
        more, match = {}, self.year(deferral, 0).total("match")
        if deferral < self._most_steps:
            stop = self.stop(deferral + 1, 0)
            lost = match - self.year(deferral + 1, 0).total("match")
            more[DEFERRAL] = NextStep(self.asked(deferral + 1), stop, lost)
        if after_tax < self.after_tax_steps:
            stop = self.stop(deferral, after_tax + 1)
            more[AFTER_TAX] = NextStep(self.asked(after_tax + 1), stop)
        return more

    def stop(self, deferral: int, after_tax: int) -> Stop | None:
        """What stops so many steps of each; None where they fit."""
        return self._clipped(deferral, after_tax) or self._short(deferral, after_tax)

    def _clipped(self, deferral: int, after_tax: int) -> Stop | None:
        """The limit that clips them, beyond what it clips in any case; of several the first to do so."""
        year, unavoidable = self.year(deferral, after_tax), _taken(self._nothing)
        stops = [
            Stop(limit, self._first_day(year, limit), cents)
            for limit, cents in _taken(year).items()
            if cents > unavoidable[limit] and (limit in TO_THE_CENT or cents >= LEAST_TOLD)
        ]
        return min(stops, key=lambda stop: stop.day, default=None)

    def _first_day(self, year: ContributionYear, limit: str) -> date:
        """The first day on which a limit takes more than in any case."""
        pairs = zip(year.contributions, self._nothing.contributions, strict=True)
        return next(
            paid.pay_date
            for paid, before in pairs
            if _taken_of(paid, limit) > _taken_of(before, limit)
        )

    def _short(self, deferral: int, after_tax: int) -> Stop | None:
        """The first paycheck that would leave too little, if there is one."""
        least = self._asking.minimum_take_home
        for paid in elected_paychecks(self.year(deferral, after_tax), self.begins):
            if (lacks := least - self._asking.take_home(paid)) > 0:
                return Stop(TAKE_HOME, paid.pay_date, lacks)
        return None

    def _demand_take_home(self) -> None:
        """Raises `Mistakes` where a paycheck leaves too little whatever is elected."""
        if not (short := self._short(0, 0)):
            return
        paid = next(
            one
            for one in elected_paychecks(self._nothing, self.begins)
            if one.pay_date == short.day
            and self._asking.take_home(one) < self._asking.minimum_take_home
        )
        least, gross = self._asking.minimum_take_home, paid.paycheck.gross
        nothing = "0%" if isinstance(self._asking.step, Fraction) else "$0"
        wrong = f"not even {nothing} leaves {_plain(least)} of {_plain(gross)}"
        raise self._wrong("minimum_take_home", wrong)

    def _wrong(self, name: str, words: str) -> Mistakes:
        return Mistakes([Mistake(Place(self._scenario.source), ("elect", name), words)])


def _plain(cents: int) -> str:
    return in_dollars(cents).removesuffix(".00")


def _match_and_deferrals(year: ContributionYear) -> tuple[int, int]:
    return year.total("match"), year.deferrals


def _taken(year: ContributionYear) -> Counter[str]:
    """What each limit takes in a year, but 401(a)(17), which takes nothing off an election. [cents]"""
    taken = Counter[str]()
    for paid in year.contributions:
        taken.update({limit: _taken_of(paid, limit) for limit in paid.clipped})
        if paid.returned and ANNUAL_ADDITIONS not in paid.clipped:
            taken[ANNUAL_ADDITIONS] += paid.returned
    del taken[COMPENSATION]
    return taken


def _taken_of(paid: Contribution, limit: str) -> int:
    """What a limit takes of a paycheck; what 415(c) pays back of it is taken too. [cents]"""
    returned = paid.returned if limit == ANNUAL_ADDITIONS else 0
    return paid.clipped.get(limit, 0) + returned
