"""The match: what the employer adds to each paycheck's own contributions, and the true-up."""

from fractions import Fraction

from simulator.money import exact, half_up
from simulator.payroll.contribution import Contribution, ContributionYear
from simulator.payroll.paycheck import LUMP_SUM, SO_FAR
from simulator.payroll.plan import ContributionRules
from simulator.payroll.running_totals import RunningTotal


def grant_match(year: ContributionYear, plan: ContributionRules) -> None:
    """Fills in the match on each paycheck's deferrals; the last one's has the true-up."""
    if not plan.match:
        return
    matching = Matching(year, plan)
    for paid in year.contributions:
        matching.grant(paid)


class Matching:
    """The match of a year, paycheck by paycheck.

    Args:
        year: The year; what is matched of each paycheck is filled in before its match is asked.
        plan: The formula, and what it counts.
    """

    def __init__(self, year: ContributionYear, plan: ContributionRules) -> None:
        self._plan = plan
        self._total = RunningTotal(year.year_to_date)
        self._matched = 0
        self._unrounded = self._eligible = self._given = Fraction(0)
        self._asked: tuple[Fraction, Fraction] | None = None
        self._granted = 0
        self._clipped = False
        apart = LUMP_SUM, SO_FAR
        paychecks = [paid for paid in year.contributions if paid.paycheck.kind not in apart]
        self._last = paychecks[-1] if paychecks else None

    def due(self, paid: Contribution) -> int:
        """The match on a paycheck, with the true-up if it is the year's last. [cents]"""
        return self._due(paid, self._formula(paid))

    def _formula(self, paid: Contribution) -> Fraction:
        """What the formula gives on a paycheck; most are like the one before. [cents]"""
        asked = self._counted(paid), paid.eligible
        if asked != self._asked:
            self._asked, self._given = asked, self._plan.matched(*asked)
        return self._given

    def _due(self, paid: Contribution, formula: Fraction) -> int:
        """It of what the formula gives on the paycheck. [cents]"""
        match = self._capped(self._total.rounded(formula), self._matched)
        if self._plan.true_up and paid is self._last:
            match += self._true_up(paid, self._matched + match)
        return match

    def grant(self, paid: Contribution) -> None:
        """Fills in the match on a paycheck, in their order; of what came so far it is given."""
        if not paid.given:
            formula = self._formula(paid)
            paid.match = self._due(paid, formula)
            self._total.add(formula)
        self._matched += paid.match
        if self._plan.true_up:
            self._count(paid)

    def _count(self, paid: Contribution) -> None:
        """Counts a paycheck for the true-up."""
        if paid.paycheck.matched:
            self._unrounded += self._counted(paid)
            self._granted += self._granted_of(paid)
            self._clipped |= paid.bitten
        self._eligible += paid.eligible

    def _counted(self, paid: Contribution) -> Fraction:
        """The part of a paycheck's contributions that the match counts. [cents]"""
        if not paid.paycheck.matched:
            return Fraction(0)
        if paid.catch_up and not self._plan.match_catch_up:
            return exact(self._granted_of(paid))
        return paid.matchable

    def _granted_of(self, paid: Contribution) -> int:
        """The same of what was granted, in whole cents. [cents]"""
        after_tax = paid.after_tax if self._plan.match_after_tax else 0
        return paid.deferrals + after_tax - (0 if self._plan.match_catch_up else paid.catch_up)

    def _true_up(self, last: Contribution, matched: int) -> int:
        """What the formula gives on the year's totals beyond what was matched. [cents]"""
        counted, clipped = self._unrounded, self._clipped
        granted = self._granted
        if last.paycheck.matched:
            counted += self._counted(last)
            granted += self._granted_of(last)
            clipped |= last.bitten
        owed = self._plan.matched(
            Fraction(granted) if clipped else counted, self._eligible + last.eligible
        )
        return self._capped(max(0, half_up(owed) - matched), matched)

    def _capped(self, match: int, matched: int) -> int:
        cap = self._plan.match_cap
        return match if cap is None else max(0, min(match, cap - matched))
