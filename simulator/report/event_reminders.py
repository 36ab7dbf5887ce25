"""Reminders of life events: what is paid out on which day, and what to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from simulator.answer.phrases import money
from simulator.answer.policy_result import PolicyResult
from simulator.conversion.ledger import Ledger
from simulator.conversion.payments import ACP, PAYOUT, REFUND, ROLLOVER, TO_BOTH, Payment
from simulator.report.reminder import EVENT, Reminder

CASH_WORDS = (
    "20% of what is taxable is withheld. Within 60 days it may be rolled over, what was withheld out of "
    "other money."
)
REFUND_WORDS = (
    "It is paid without withholding and cannot be rolled over. Plan the tax on its earnings."
)


def event_reminders(result: PolicyResult, ledger: Ledger | None) -> Iterator[Reminder]:
    """One for each payment of a life event, with its amount where there is one path."""
    ordinals = Counter[int]()
    paid = Counter[tuple[object, str]]()
    amounts: dict[tuple[object, str], list[int]] = {}
    for posting in ledger.postings if ledger else ():
        amounts.setdefault((posting.session, posting.event), []).append(posting.amount)
    for payment in result.timeline.payments:
        year, key = payment.session.year, (payment.session, payment.event)
        ordinals[year] += 1
        found = amounts.get(key, [])
        cents = found[paid[key]] if paid[key] < len(found) else None
        paid[key] += 1
        about = f": {money(cents)}" if cents is not None else ""
        yield Reminder(
            payment.session,
            EVENT,
            ordinals[year],
            f"{_title(payment)}{about}",
            _words(payment),
            cents,
        )


def _title(payment: Payment) -> str:
    if payment.event == REFUND:
        assert payment.asked is not None, "a refund has an amount"
        of_it = f"{money(payment.asked)} of {payment.year}, with its earnings"
        why = "the ACP test" if payment.code == ACP else "415(c)"
        return f"Refund for {why}, {of_it}"
    if payment.event == PAYOUT:
        if payment.code != ROLLOVER:
            return "After-tax money paid out in cash"
        return f"After-tax money rolled over to {'both IRAs' if payment.to == TO_BOTH else 'the Roth IRA'}"
    asked = "all" if payment.asked is None else money(payment.asked)
    return f"Withdraw {asked} of the after-tax money"


def _words(payment: Payment) -> str:
    form = f"It is on a Form 1099-R of {payment.session.year} with code {payment.code}."
    if payment.event == REFUND:
        return f"{form} {REFUND_WORDS}"
    if payment.code == ROLLOVER:
        parts = "basis to the Roth IRA, earnings to a traditional IRA" * (payment.to == TO_BOTH)
        return f"Ask for direct rollovers{': ' * bool(parts)}{parts}. {form}"
    return f"{form} {CASH_WORDS}"
