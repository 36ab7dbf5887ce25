"""The ledger: one path, exact to the cent, every posting kept.

Between postings nothing is rounded: units and values are decimals of fifty digits. The kernel does the
same with arrays of floats; the two share no arithmetic and are tested for equality cent by cent.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext

from simulator.conversion.amounts import EVENTS, FLOWS, LEFT, Outcome, YearOutcome
from simulator.conversion.subaccount import Subaccount
from simulator.conversion.timeline import Close, Timeline
from simulator.money import nearly_half_up

DIGITS = 50


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry of the ledger, and the balances after it. [cents]

    Attributes:
        session: The close at which it is posted.
        event: One of `EVENTS`.
        amount: Deposited, charged, converted, or basis forfeited.
        basis_recovered: Basis in a conversion.
        taxable: Taxable earnings in it.
        ira: Earnings in it that go to a traditional IRA.
        value_after: Market value of the after-tax subaccount.
        basis_after: Its basis.
        roth_after: Market value of the Roth.
    """

    session: date
    event: str
    amount: int
    basis_recovered: int
    taxable: int
    ira: int
    value_after: int
    basis_after: int
    roth_after: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every posting of one path under one policy, and what it came to."""

    postings: tuple[Posting, ...]
    outcome: Outcome[int]


def ledger(timeline: Timeline, prices: Sequence[float]) -> Ledger:
    """Posts a timeline at the prices of one path.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session]
    """
    book = _posted(timeline, prices, keep=True)
    return Ledger(tuple(book.postings), book.outcome())


def ledger_outcome(timeline: Timeline, prices: Sequence[float]) -> Outcome[int]:
    """What a ledger comes to; its postings are not kept, nor the balances after each.

    Args:
        timeline: Deposits and conversions of a policy.
        prices: Fund price at the close of each of the timeline's sessions. [session]
    """
    return _posted(timeline, prices, keep=False).outcome()


def _posted(timeline: Timeline, prices: Sequence[float], keep: bool) -> "_Book":
    with localcontext(prec=DIGITS):
        book = _Book(timeline, keep)
        book.open(Decimal(prices[0]))
        for close, price in zip(timeline.closes, prices, strict=True):
            book.post(close, Decimal(price))
    return book


@dataclass
class _Book:
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
        at_end: Value, basis, Roth and IRA at the last session of the last year. [cents]
    """

    timeline: Timeline
    keep: bool
    account: Subaccount = field(default_factory=Subaccount)
    roth: Decimal = Decimal(0)
    ira: Decimal = Decimal(0)
    flows: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    postings: list[Posting] = field(default_factory=list)
    left: dict[int, tuple[int, int]] = field(default_factory=dict)
    at_end: tuple[int, int, int, int] | None = None

    def post(self, close: Close, price: Decimal) -> None:
        """One close: the price has moved, deposits land, conversions leave, the year may end."""
        for place in close.landing:
            deposit = self.timeline.deposits[place]
            self.account.deposit(place, deposit.amount, deposit.basis, price)
            self._write(close.session, price, "deposit", deposit.amount)
        if close.leaving:
            self._convert(close, price)
        if close.year_end:  # after the session's conversions: what left today is not left behind
            self._end_year(close.year_end, price)
        if close.session == self.timeline.last_session:
            value = nearly_half_up(self.account.value(price))
            roth, ira = nearly_half_up(self.roth * price), nearly_half_up(self.ira * price)
            self.at_end = (value, self.account.basis, roth, ira)

    def open(self, price: Decimal) -> None:
        """The balances before the first year; the opening after-tax balance lands as a deposit."""
        opening = self.timeline.terms.opening
        self.roth = Decimal(opening.roth) / price
        if not opening.after_tax:
            self.account.basis = opening.basis

    def _convert(self, close: Close, price: Decimal) -> None:
        terms = self.timeline.terms
        # the fee comes out first: neither basis recovered nor a loss is judged on what it took
        fee = self.account.charge(close.leaving, price, terms.conversion.fee)
        if fee:
            self._write(close.session, price, "fee", fee)
        converted = self.account.convert(close.leaving, price)
        split = terms.conversion.to == "split"
        to_ira = converted.earnings if split else 0
        self.roth += (converted.amount - to_ira) / price
        self.ira += to_ira / price
        taxable = 0 if split else converted.earnings
        self._write(
            close.session,
            price,
            "conversion",
            converted.amount,
            converted.recovered,
            taxable,
            to_ira,
        )
        if converted.loss and terms.basis_after_loss == "forfeit":
            self._forfeit(close.session, price)

    def _end_year(self, session: date, price: Decimal) -> None:
        if self.timeline.terms.basis_after_loss == "carry-within-year" and self.account.at_loss(
            price
        ):
            self._forfeit(session, price)
        value = nearly_half_up(self.account.value(price))
        self.left[session.year] = (value, self.account.basis)

    def _forfeit(self, session: date, price: Decimal) -> None:
        cut = self.account.forfeit()
        if cut:
            self._write(session, price, "forfeit", cut)

    def _write(
        self,
        session: date,
        price: Decimal,
        event: str,
        amount: int,
        recovered: int = 0,
        taxable: int = 0,
        ira: int = 0,
    ) -> None:
        flows = self.flows[session.year]
        if event == "conversion":
            flows.update(box_1=amount, box_2a=taxable, box_5=recovered, ira=ira)
        elif column := EVENTS[event]:
            flows[column] += amount
        if self.keep:
            value = nearly_half_up(self.account.value(price))
            roth, basis = nearly_half_up(self.roth * price), self.account.basis
            self.postings.append(
                Posting(session, event, amount, recovered, taxable, ira, value, basis, roth)
            )

    def outcome(self) -> Outcome[int]:
        """The amounts of each year, and the balances at the last session of the last year."""
        assert self.at_end is not None, "every timeline holds its last session"
        value, basis, roth, ira = self.at_end
        return Outcome(
            years={year: self._year(year) for year in self.left},
            left_value=value,
            left_basis=basis,
            roth_end=roth,
            ira_end=ira,
            in_transit=self.timeline.in_transit,
        )

    def _year(self, year: int) -> YearOutcome[int]:
        left = dict(zip(LEFT, self.left[year], strict=True))
        return YearOutcome(**{name: self.flows[year][name] for name in FLOWS}, **left)
