"""What a page assumes and what it leaves out, as far as the scenario makes it matter."""

from collections.abc import Iterator

from simulator.answer.assumed import assumed as defaults
from simulator.answer.comparison import Comparison
from simulator.answer.parking import funds_words
from simulator.conversion.payments import REFUND
from simulator.conversion.timeline import all_sessions


def assumed(comparison: Comparison) -> Iterator[str]:
    """What the figures rest on, one sentence each."""
    scenario = comparison.scenario
    sessions = all_sessions(result.timeline for result in comparison.results)
    returns = scenario.returns
    if comparison.paths > 1:
        yield returns.described(comparison.paths, sessions)
    elif not comparison.paths:
        yield f"The fund's returns are {returns.name}; the figures are exact, without paths."
    elif returns.model == "constant":
        yield f"The fund grows evenly by {100 * float(returns.annual_return):g}% a year."
    else:
        yield "The fund moves as in the prices that the file names."
    yield from funds_words(returns)
    lag = scenario.plan.deposit_lag
    landing = "on the pay date" if not lag else f"{lag} bank day{'s' * (lag > 1)} after it"
    yield f"A contribution buys at the close {landing}; a conversion sells at a close of the exchange."
    yield (
        "After-tax contributions and their earnings are one contract: each conversion takes basis "
        "in proportion (IRC 72(e)(8))."
    )
    yield f"After a loss, basis is treated by the rule '{scenario.plan.basis_after_loss}'."
    if scenario.pay is not None:
        yield (
            "Pay, elections and limits are as in the file; amounts are posted in whole cents, "
            "limits cut on the paycheck that would exceed them."
        )
    if scenario.taxes and scenario.taxes.flat:
        yield "Tax is at the flat marginal rates of the file, on Box 2a alone."
    yield from comparison.assumptions
    yield from (one.words for one in defaults(scenario))
    if scenario.events:
        yield (
            "A life event comes after its session's deposits and before its conversions; ages go by the year "
            "of birth, 59 1/2 by the year of the 60th birthday."
        )
    if any(
        payment.event == REFUND for one in comparison.results for payment in one.timeline.payments
    ):
        yield (
            "A refund brings the earnings of its year, wherever the money is by then, out of the after-tax "
            "subaccount first and then out of the Roth."
        )
    projected = [year for year in comparison.contributions if year.limits.projected]
    if projected:
        yield f"Limits from {projected[0].year} on are projected: {projected[0].limits.source}."


LEFT_OUT = (
    "Whether the plan passes the ACP test (IRC 401(m)); a refund of it is an event of the file.",
    "Hardship withdrawals, loans, death, fund expenses beyond the returns, and changes of the law.",
    "What a higher income may set off beside this tax: premium surcharges, credits, local taxes.",
    "What the money earns in the Roth later on: it grows alike once it is there.",
)
"""What the model does not know."""
