"""Every amount of a policy without paths: Box 2a by its distribution, the rest as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from simulator.answer.known_outcome import KnownOutcome, KnownYear
from simulator.conversion.amounts import COLUMNS, SPLIT, UNKNOWN
from simulator.conversion.timeline import Timeline
from simulator.distribution.batch import NotResolved
from simulator.distribution.known import Known
from simulator.distribution.lattice import Gain, Lattice
from simulator.returns.lognormal import Lognormal
from simulator.without_paths.conversions import Conversion, Held
from simulator.without_paths.taxable import Amount, Taxable

CENT, HALF_A_CENT, OF_IT = 1.0, 0.5, 1e-7
"""What an exact mean may be off: at least, for each conversion that is posted to the cent, and as a share of
what is converted. [cents; cents; fraction]"""


def known_outcome(plan: Timeline, fund: Lognormal) -> KnownOutcome:
    """What a timeline comes to in a lognormal fund, without paths.

    Args:
        plan: The timeline.
        fund: What the account and the Roth hold.

    Raises:
        NotExact: A conversion does not start afresh, or something else interferes.
        NotResolved: The scales of its gains lie too far apart.
    """
    held = Held(plan, fund)
    held.demand_exact()
    return _Told(held).outcome


class _Told:
    """What is told of a timeline.

    Args:
        held: It, and when it converts.
    """

    def __init__(self, held: Held):
        self.held, self.plan = held, held.plan
        self.conversions = held.conversions
        self.rule = self.plan.terms.basis_after_loss
        self.taxable = Taxable(self.conversions, self.rule)
        self.splits = self.plan.terms.conversion.to == SPLIT

    @property
    def outcome(self) -> KnownOutcome:
        """All years, and the balances at the last session."""
        plan, last = self.plan, self.plan.last_session
        taxed = "ira" if self.splits else "box_2a"
        moved = sum(one.amount for one in self.conversions)
        posted = HALF_A_CENT * len(self.conversions)
        found = KnownOutcome(
            years={year: self._year(year) for year in plan.reported_years},
            left_value=self._value(last),
            left_basis=self._basis(last),
            roth_end=self._retired(self._roth, plan.terms.opening.roth),
            ira_end=self._retired(self._sent, 0) if self.splits else 0,
            in_transit=plan.in_transit,
            totals={taxed: self.taxable.total, "box_1": self._box_1(self.conversions)},
            error=max(CENT, OF_IT * moved) + posted,
        )
        return found.and_so_far(plan.converted_so_far)  # type: ignore[return-value]

    def _year(self, year: int) -> KnownYear:
        ends = self.plan.ends(year)
        conversions = [one for one in self.conversions if one.session.year == year]
        box_1, earnings = self._box_1(conversions), self.taxable.years.get(year, 0)
        amounts = dict.fromkeys(COLUMNS, 0) | {
            "box_1": box_1,
            "ira" if self.splits else "box_2a": earnings,
            "box_5": box_1 - earnings,
            "fees": sum(one.fee for one in conversions),
            "forfeited": self._cut(year),
            "left_value": self._value(ends),
            "left_basis": self._basis(ends),
        }
        return KnownYear(**amounts, earnings_left=self._earnings(ends))

    @staticmethod
    def _box_1(conversions: Iterable[Conversion]) -> Amount:
        """What some conversions move: their gains are independent. [cents]"""
        parts = list(conversions)
        mean = sum(one.amount for one in parts)
        if not any(one.value for one in parts):
            return round(mean)
        return Known(mean, sum(one.variance for one in parts))

    @cached_property
    def _lost(self) -> dict[int, float]:
        """The mean of the basis that each year's conversions do not recover. [cents]"""
        found = {}
        for year, earnings in self.taxable.years.items():
            gains = sum(one.mean for one in self.conversions if one.session.year == year)
            found[year] = (earnings if isinstance(earnings, int) else earnings.mean()) - gains
        return found

    def _cuts(self, year: int) -> bool:
        """Whether a rule has cut the basis that a year's conversions do not recover by its end."""
        if self.rule == "carry-within-year":
            return self.plan.ends_year(self.plan.ends(year))
        return self.rule == "forfeit"

    def _cut(self, year: int) -> Amount:
        """What of the basis is forfeited. [cents]"""
        return self._mean(self._lost.get(year, 0.0)) if self._cuts(year) else 0

    def _value(self, session: date) -> Amount:
        """What is inside after a session's close. [cents]"""
        inside = self.held.inside(session)
        if all(one.lands == session for one in inside):
            return sum(one.amount for one in inside)
        return Known(sum(self.held.grown(one.amount, one.lands, session) for one in inside))

    def _basis(self, session: date) -> Amount:
        """The basis after a session's close: what is inside brought it, or losses left it. [cents]"""
        inside = sum(one.basis for one in self.held.inside(session)) + self._unused(session)
        years = (year for year in self._lost if self.plan.ends(year) <= session)
        return inside + self._mean(sum(self._lost[year] for year in years if not self._cuts(year)))

    def _unused(self, session: date) -> int:
        """An opening basis without value that no conversion has taken over by a session. [cents]"""
        opening = self.plan.terms.opening
        taken = any(one.session <= session for one in self.conversions)
        return 0 if opening.after_tax or taken else opening.basis

    def _earnings(self, session: date) -> float | int:
        """The mean of what of the value inside is more than basis. [cents]"""
        inside = self.held.inside(session)
        value = self.held.value(inside, session)
        landing = sum(one.amount for one in inside if one.lands == session)
        count = sum(one.session <= session for one in self.conversions)
        carried, loss = self.taxable.carried(count)
        less = sum(one.basis for one in inside) + self._unused(session) + loss - landing
        if value is None:
            return max(0, -less)
        gain = Gain(value, less)
        try:
            lattice = Lattice([gain], float(carried.points[-1]) if carried else 0.0)
        except NotResolved:
            return UNKNOWN
        above = lattice.up(gain, lattice.nothing)
        return (lattice.over(above, carried.on(above.points)) if carried else above).mean

    def _retired(self, parts: list[float], opening: int) -> Amount:
        """What the Roth or the IRA holds at the last session. [cents]"""
        plan, last = self.plan, self.plan.last_session
        moved = [
            self.held.grown(cents, one.session, last)
            for one, cents in zip(self.conversions, parts, strict=True)
            if one.session <= last
        ]
        if not moved and not opening:
            return 0
        return Known(self.held.grown(opening, plan.first_session, last) + sum(moved))

    @cached_property
    def _sent(self) -> list[float]:
        """The mean of the earnings that each conversion sends to the IRA. [cents]"""
        return self.taxable.means if self.splits else [0.0] * len(self.conversions)

    @property
    def _roth(self) -> list[float]:
        """The mean of what each conversion sends to the Roth. [cents]"""
        return [one.amount - sent for one, sent in zip(self.conversions, self._sent, strict=True)]

    @staticmethod
    def _mean(cents: float) -> Amount:
        """A mean of which no more is known; nothing where it is that."""
        return Known(cents) if cents >= HALF_A_CENT / 100 else 0
