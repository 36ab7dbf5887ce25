"""What the accounts of a policy hold, before and after each posting of its ledger."""

from dataclasses import dataclass
from datetime import date
from math import isfinite

from simulator.answer.policy_result import PolicyResult
from simulator.conversion.amounts import is_unknown
from simulator.conversion.ledger import Ledger
from simulator.conversion.payments import PAYMENTS, ROLLOVER
from simulator.conversion.postings import Posting

LEAST_SEEN = 0.002
"""Of what is highest: what can be seen beside it."""


@dataclass(frozen=True)
class Balances:
    """What the accounts hold before and after each posting of a ledger. [dollars]

    Attributes:
        days: From the first session to the last, or to the last posting of the run-off.
        value: Market value of the after-tax subaccount.
        basis: Its basis.
        roth: Market value of the Roth.
    """

    days: list[date]
    value: list[float]
    basis: list[float]
    roth: list[float]

    @property
    def first(self) -> date:
        """January 1 of the first year."""
        return date(self.days[0].year, 1, 1)

    @property
    def grows(self) -> bool:
        """Whether the subaccount comes to hold earnings that can be seen beside its basis."""
        apart = (abs(value - basis) for value, basis in zip(self.value, self.basis, strict=True))
        highest = max(filter(isfinite, self.value), default=0.0)
        return max(filter(isfinite, apart), default=0.0) > LEAST_SEEN * highest

    def by_month(self) -> tuple[list[date], list[tuple[float, float]]]:
        """The last day of each month with one, and the highest value and Roth of that month."""
        highest: dict[tuple[int, int], tuple[date, float, float]] = {}
        for day, value, roth in zip(self.days, self.value, self.roth, strict=True):
            month = (day.year, day.month)
            _, most, most_roth = highest.get(month, (day, value, roth))
            highest[month] = (day, max(most, value), max(most_roth, roth))
        found = highest.values()
        return [day for day, _, _ in found], [(value, roth) for _, value, roth in found]


def balances(result: PolicyResult, ledger: Ledger) -> Balances:
    """What a policy holds, posting by posting, and at the end of the last simulated year."""
    timeline, outcome = result.timeline, ledger.outcome
    opening = timeline.terms.opening
    basis = 0 if opening.after_tax else opening.basis
    rows = [(timeline.first_session, 0, basis, opening.roth)]
    for posting in ledger.postings:
        roth = posting.roth_after - _arrived(posting)
        before = posting.value_after + taken(posting), rows[-1][2], roth
        rows += [(posting.session, *before)]
        rows += [(posting.session, posting.value_after, posting.basis_after, posting.roth_after)]
    ends = outcome.left_value, outcome.left_basis, outcome.roth_end
    if rows[-1][0] <= timeline.last_session and not any(map(is_unknown, ends)):
        rows.append((timeline.last_session, *ends))
    days, *columns = zip(*rows, strict=True)
    return Balances(list(days), *([cents / 100 for cents in column] for column in columns))


def taken(posting: Posting) -> int:
    """What a posting took out of the subaccount; negative for a deposit. [cents]"""
    signs = {"deposit": -1, "conversion": 1, "fee": 1, **dict.fromkeys(PAYMENTS, 1)}
    return signs.get(posting.event, 0) * posting.amount - posting.out_of_roth


def _arrived(posting: Posting) -> int:
    """What a posting brought into the Roth; negative for what it took out. [cents]"""
    rolled = posting.event == "conversion" or posting.code == ROLLOVER
    return posting.amount - posting.ira if rolled else -posting.out_of_roth
