"""The accounts of one path while they are posted: what each deposit, conversion and payment moves."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from simulator.conversion.amounts import (
    EVENTS,
    FLOWS,
    LEFT,
    SPLIT,
    Outcome,
    YearOutcome,
    paid,
    taxable,
    withheld,
)
from simulator.conversion.close import Close
from simulator.conversion.held import Held, in_cents, worth
from simulator.conversion.payments import PAYOUT, REFUND, ROLLOVER, TO_BOTH, Payment
from simulator.conversion.postings import Moved, Posting
from simulator.conversion.refund_gains import RefundGains
from simulator.conversion.subaccount import Converted, Subaccount
from simulator.conversion.timeline import Timeline
from simulator.money import half_up, nearly_half_up

WITHHOLDING = Fraction(1, 5)
"""Of what is taxable in a payment to the person. Law: IRC 3405(c)."""

NO_FLOWS: Mapping[str, int] = {}
NO_AMOUNTS = dict.fromkeys(FLOWS, 0)


def outcome_of(
    plan: Timeline,
    flows: Mapping[int, Mapping[str, int]],
    left: Mapping[int, tuple[int, int]],
    held: Held,
) -> Outcome[int]:
    """What the postings of one path come to.

    Args:
        plan: What was posted.
        flows: What moved in each year, by column of `YearOutcome`. [cents]
        left: Value and basis at each year's end. [cents]
        held: What is held at the last session of the last year. [cents]
    """
    years = {
        year: YearOutcome(**{**NO_AMOUNTS, **flows[year], **dict(zip(LEFT, end, strict=True))})
        for year, end in left.items()
    }
    outcome = Outcome(
        years=years,
        left_value=in_cents(held.value),
        left_basis=held.basis,
        roth_end=in_cents(held.roth),
        ira_end=in_cents(held.ira),
        in_transit=plan.in_transit,
    )
    return outcome.and_so_far(plan.converted_so_far)


def _on_form(payment: Payment, amount: int, taxed: int, basis: int) -> dict[str, int]:
    """What a payment adds to the columns of its form. [cents]"""
    return {paid(payment.code): amount, taxable(payment.code): taxed, "basis_paid": basis}


@dataclass
class Book:
    """The accounts while they are being posted.

    Attributes:
        timeline: What is posted.
        keep: Whether postings are kept.
        account: The after-tax subaccount.
        roth: Units of the fund in the Roth.
        ira: Units of the fund in the traditional IRA.
        flows: What moved in each year, by column of `YearOutcome`. [cents]
        postings: What was posted.
        left: Value and basis at each year's end. [cents]
        refundable: What contributions that come back have earned.
        withdrawn: What each withdrawal of dollars took, by its place among the events. [cents]
        at_end: What is held at the last session of the last year. [cents]
        outside: Price of the fund in Roth and IRA at the close that is posted; where money is parked another
            one than the price that goes with the subaccount.
    """

    timeline: Timeline
    keep: bool
    account: Subaccount = field(default_factory=Subaccount)
    roth: Decimal = Decimal(0)
    ira: Decimal = Decimal(0)
    flows: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    postings: list[Posting] = field(default_factory=list)
    left: dict[int, tuple[Any, int]] = field(default_factory=dict)
    refundable: RefundGains = field(init=False)
    withdrawn: dict[int, int] = field(default_factory=dict)
    at_end: Held = field(init=False)
    outside: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        self.refundable = RefundGains(self.timeline)
        self._refunded, self._last = bool(self.timeline.refunded), self.timeline.last_session
        self._rules = self.timeline.terms.conversion

    def post(self, close: Close, price: Decimal, outside: Decimal) -> None:
        """One close: the prices have moved, deposits land, conversions leave, the year may end."""
        self.outside = outside
        session, landing, leaving, year_end, due = close
        for place in landing:
            deposit = self.timeline.deposits[place]
            self.account.deposit(place, deposit.amount, deposit.basis, price)
            if self.keep:
                self._keep(session, price, "deposit", Moved(deposit.amount))
        if self._refunded:
            self.refundable.measure(session, price, outside)
        for payment, places in due:
            if not payment.last:
                self._pay(payment, places, price)
        if leaving:
            self._convert(session, leaving, price)
        for payment, places in due:
            if payment.last:  # what exceeds 415(c) goes back when the year's conversions have left
                self._pay(payment, places, price)
        if year_end:  # after the session's conversions: what left today is not left behind
            self._end_year(year_end, price)
        if session == self._last:
            value = worth(self.account.units, price)
            roth, ira = (worth(units, outside) for units in (self.roth, self.ira))
            self.at_end = Held(value, self.account.basis, roth, ira)

    def open(self, price: Decimal) -> None:
        """The balances before the first year; the opening after-tax balance lands as a deposit."""
        opening = self.timeline.terms.opening
        self.roth = Decimal(opening.roth) / price if opening.roth else Decimal(0)
        if not opening.after_tax:
            self.account.basis = opening.basis

    def _convert(self, session: date, leaving: tuple[int, ...], price: Decimal) -> None:
        # the fee comes out first: neither basis recovered nor a loss is judged on what it took
        asked = self._rules.fee
        if fee := self.account.charge(leaving, price, asked) if asked else 0:
            self._write(session, price, "fee", Moved(fee))
        converted = self.account.convert(leaving, price)
        self._roll_over(session, "conversion", converted, self._rules.to == SPLIT, price)

    def _roll_over(
        self, session: date, event: str, converted: Converted, split: bool, price: Decimal
    ) -> None:
        """What has left arrives in the Roth, and of a split rollover the earnings in the IRA."""
        amount, recovered, earnings = converted.amount, converted.recovered, converted.earnings
        to_ira = earnings if split else 0
        taxed = earnings - to_ira
        self.roth += (amount - to_ira) / self.outside
        of_year = self.flows[session.year]
        of_year["box_1"] += amount
        of_year["box_5"] += recovered
        if taxed:
            of_year["box_2a"] += taxed
        if to_ira:
            self.ira += to_ira / self.outside
            of_year["ira"] += to_ira
        if self.keep:
            code = ROLLOVER if event == PAYOUT else ""
            moved = Moved(amount, recovered, taxed, to_ira, code=code)
            self._keep(session, price, event, moved)
        self._after_loss(session, converted, price)

    def _after_loss(self, session: date, converted: Converted, price: Decimal) -> None:
        if converted.loss and self.timeline.terms.basis_after_loss == "forfeit":
            self._forfeit(session, price)

    def _pay(self, payment: Payment, places: tuple[int, ...], price: Decimal) -> None:
        """A life event pays: all that is inside, an amount of it, or a refund."""
        if payment.event == REFUND:
            self._refund(payment, price)
            return
        if payment.asked is None:
            left = self.account.convert(places, price)
        else:
            left = self.account.withdraw(payment.asked, price)
            self.flows[payment.session.year]["unpaid"] += payment.asked - left.amount
            self.withdrawn[payment.place] = left.amount
        if payment.code == ROLLOVER:
            self._roll_over(payment.session, payment.event, left, payment.to == TO_BOTH, price)
            return
        tax = half_up(left.earnings * WITHHOLDING)
        flows = _on_form(payment, left.amount, left.earnings, left.recovered)
        flows[withheld(payment.code)] = tax
        if left.amount or places:
            moved = Moved(
                left.amount, left.recovered, left.earnings, withheld=tax, code=payment.code
            )
            self._write(payment.session, price, payment.event, moved, flows)
        self._after_loss(payment.session, left, price)

    def _refund(self, payment: Payment, price: Decimal) -> None:
        """Contributions of a year come back with their gain, out of here first, then out of the Roth."""
        assert payment.asked is not None, "a refund has an amount"
        gain = self.refundable.gains[payment.year]
        earned = nearly_half_up(payment.asked * gain / payment.contributed)
        due = payment.asked + earned
        there = self.account.value(price) + self.roth * self.outside
        total = max(0, min(due, nearly_half_up(there)))
        taken = self.account.refund(total, payment.asked, due, price)
        rest = total - taken.amount
        self.roth = max(Decimal(0), self.roth - rest / self.outside)
        taxed = min(max(0, earned), total)
        flows = _on_form(payment, total, taxed, taken.basis)
        moved = Moved(
            total, total - taxed, taxed, out_of_roth=nearly_half_up(rest), code=payment.code
        )
        if total:
            self._write(payment.session, price, REFUND, moved, flows)

    def _end_year(self, session: date, price: Decimal) -> None:
        cuts = self.timeline.terms.basis_after_loss == "carry-within-year"
        if cuts and self.timeline.ends_year(session) and self.account.at_loss(price):
            self._forfeit(session, price)
        self.left[session.year] = (in_cents(worth(self.account.units, price)), self.account.basis)

    def _forfeit(self, session: date, price: Decimal) -> None:
        cut = self.account.forfeit()
        if cut:
            self._write(session, price, "forfeit", Moved(cut))

    def _write(
        self,
        session: date,
        price: Decimal,
        event: str,
        moved: Moved,
        flows: Mapping[str, int] = NO_FLOWS,
    ) -> None:
        of_year = self.flows[session.year]
        if column := EVENTS[event]:
            of_year[column] += moved.amount
        for name, cents in flows.items():
            of_year[name] += cents
        if self.keep:
            self._keep(session, price, event, moved)

    def _keep(self, session: date, price: Decimal, event: str, moved: Moved) -> None:
        value = nearly_half_up(self.account.value(price))
        roth, basis = in_cents(worth(self.roth, self.outside)), self.account.basis
        boxes = moved.amount, moved.recovered, moved.taxable, moved.ira
        paid_out = moved.withheld, moved.out_of_roth
        self.postings.append(
            Posting(session, event, *boxes, value, basis, roth, *paid_out, moved.code)
        )

    def outcome(self) -> Outcome[int]:
        """The amounts of each year, and the balances at the last session of the last year."""
        return outcome_of(self.timeline, self.flows, self.left, self.at_end)
