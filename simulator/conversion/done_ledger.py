"""What was really done, posted: the amounts of the statements, and what is held by the prices of the fund.

Where a statement tells what the account held, that is taken; else units and prices say it, and where a price
is missing it is not known. Nothing that stands on a form depends on these prices.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from simulator.conversion.amounts import (
    EVENTS,
    paid,
    taxable,
    withheld,
)
from simulator.conversion.as_done import AsDone
from simulator.conversion.book import WITHHOLDING, outcome_of
from simulator.conversion.held import Held, in_cash, in_cents, worth
from simulator.conversion.ledger import Ledger
from simulator.conversion.made import CASH, CONVERSION, Distribution, Step
from simulator.conversion.postings import Posting
from simulator.conversion.subaccount import DIGITS
from simulator.money import half_up, nearly_half_up

Price = Callable[[date], Decimal]
"""The price of a fund on a day, NaN where it is not known."""


def done_ledger(plan: AsDone, steps: Iterable[Step], outside: Price, inside: Price) -> Ledger:
    """Posts what was done.

    Args:
        plan: It, as a timeline.
        steps: It, step by step.
        outside: The fund in Roth and IRA.
        inside: The fund in the after-tax account.
    """
    with localcontext(prec=DIGITS):
        book = _Book(plan, outside, inside)
        opening = plan.terms.opening
        if opening.roth:
            book.roth = opening.roth / outside(plan.first_session)
        book.basis = opening.basis
        for step in steps:
            book.post(step)
        return book.closed()


@dataclass
class _Book:
    """The accounts while they are being posted: units of the fund, and the basis. [units; cents]"""

    plan: AsDone
    outside: Price
    inside: Price
    units: Decimal = Decimal(0)
    basis: int = 0
    roth: Decimal = Decimal(0)
    ira: Decimal = Decimal(0)
    flows: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    postings: list[Posting] = field(default_factory=list)
    left: dict[int, tuple[Any, int]] = field(default_factory=dict)
    at_end: Held | None = None

    def post(self, step: Step) -> None:
        """One step; the years that ended before it are closed first."""
        self._end_years(step.day)
        if step.event == "deposit":
            self.units += step.amount / self.inside(step.day)
        elif not step.stays:
            self.units = Decimal(0)
        else:
            self.units *= step.stays
        if step.told is not None:
            self.units = step.told / self.inside(step.day) if step.told else Decimal(0)
        recovered, self.basis = self.basis - step.basis, step.basis
        if step.out_of_roth:
            self.roth -= step.out_of_roth / self.outside(step.day)
        if step.event == "told":
            return
        if column := EVENTS[step.event]:
            self.flows[step.day.year][column] += step.amount
        self._write(step, *(self._leave(step.left, recovered) if step.left else ()))

    def _leave(self, left: Distribution, recovered: int) -> tuple[int, int, int, int, str]:
        """What left goes on its form; gives basis, taxable, sent on, withheld, and the code."""
        flows = self.flows[left.day.year]
        if left.form == CONVERSION:
            price = self.outside(left.day)
            self.roth += (left.amount - left.traditional) / price
            self.ira += left.traditional / price if left.traditional else 0
            flows.update(
                box_1=left.amount, box_2a=left.taxable, box_5=left.recovered, ira=left.sent_on
            )
            return left.recovered, left.taxable, left.sent_on, 0, ""
        code = self.plan.code(left)
        tax = half_up(left.taxable * WITHHOLDING) if left.form == CASH else 0
        flows.update(
            {paid(code): left.amount, taxable(code): left.taxable, "basis_paid": recovered}
        )
        if tax:
            flows[withheld(code)] += tax
        return left.recovered, left.taxable, 0, tax, code

    def _write(
        self, step: Step, basis: int = 0, taxed: int = 0, ira: int = 0, tax: int = 0, code: str = ""
    ) -> None:
        value = in_cents(worth(self.units, self.inside(step.day)))
        roth = in_cents(worth(self.roth, self.outside(step.day)))
        boxes = step.amount, basis, taxed, ira
        out = nearly_half_up(step.out_of_roth)
        self.postings.append(
            Posting(step.day, step.event, *boxes, value, step.basis, roth, tax, out, code)
        )

    def _end_years(self, day: date | None = None) -> None:
        """What stays at the end of each year that ends before a day; of all where there is none."""
        first = self.plan.years.first
        last = max(self.plan.years.last, *(year for year in self.flows), first)
        for year in range(first, last + 1 if day is None else day.year):
            if year not in self.left:
                end = self.plan.ends(year)
                value = worth(self.units, self.inside(end))
                self.left[year] = (in_cents(value), self.basis)
                if year == self.plan.years.last:
                    roth, ira = (worth(of, self.outside(end)) for of in (self.roth, self.ira))
                    self.at_end = Held(value, self.basis, roth, ira, in_cash(self.postings, end))

    def closed(self) -> Ledger:
        """The postings, and what they came to."""
        self._end_years()
        held = self.at_end
        assert held is not None, "the last year has ended"
        outcome = outcome_of(self.plan, self.flows, self.left, held)
        return Ledger(tuple(self.postings), outcome, {}, held)
