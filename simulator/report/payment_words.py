"""What life events pay out, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import average
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.conversion.payments import REFUND

UNSETTLED = (
    "A refund of money that was converted before comes out of the Roth; no guidance on that is settled. "
    "Earnings taxed at the conversion are then taxed twice, unless the issuer corrects the earlier form."
)
NO_ROOM = "A refund does not give room under 415(c) back."


def paid_words(comparison: Comparison, result: PolicyResult) -> Iterator[str]:
    """What each form of a payment pays, what is withheld, what bears the 10%, and what was not there."""
    name, many = result.policy.name, average(comparison.paths)
    for form in result.all_forms:
        if form.box_7 == "G":
            continue
        taxable = f"{comparison.known(form.box_2a)} of it taxable"
        withheld = f", {comparison.known(form.box_4)} withheld" if mean(form.box_4) else ""
        extra = form.additional_tax
        more = f", {comparison.known(extra)} of additional tax" if mean(extra) else ""
        paid = f"{comparison.known(form.box_1)} is paid out in {form.year}{many}"
        yield f"{name}: {paid}, {taxable}{withheld}{more} (code {form.box_7})."
    unpaid = result.total("unpaid")
    if mean(unpaid):
        yield f"{name}: the account holds {comparison.known(unpaid)} less{many} than is withdrawn."


def refund_words(comparison: Comparison) -> Iterator[str]:
    """What the law leaves open on refunds, and what they do not do."""
    results = comparison.results
    refunds = {
        payment
        for result in results
        for payment in result.timeline.payments
        if payment.event == REFUND
    }
    if not refunds:
        return
    if any(result.timeline.conversions for result in results):
        yield UNSETTLED
    yield NO_ROOM
