"""What a page assumes and what it leaves out, as far as the scenario makes it matter."""

from collections.abc import Iterator
from fractions import Fraction

from simulator.answer.assumed import assumed as defaults
from simulator.answer.comparison import Comparison
from simulator.answer.parking import funds_words
from simulator.answer.phrases import whole_dollars
from simulator.conversion.payments import REFUND
from simulator.conversion.timeline import all_sessions
from simulator.notation.numbers import percent
from simulator.payroll.contribution import ContributionYear
from simulator.report.tables.taxes import rate_words
from simulator.returns.model import ReturnsModel

AFTER_LOSS = {
    "carry-forward": "basis that is not recovered stays for later conversions",
    "carry-within-year": "basis that is not recovered stays for later conversions of its year",
    "forfeit": "basis that a conversion does not recover is lost",
}
"""What becomes of basis, by the plan's rule."""


def assumed(comparison: Comparison) -> Iterator[str]:
    """What the figures rest on, one sentence each."""
    scenario = comparison.scenario
    if comparison.paths > 1:
        sessions = all_sessions(result.timeline for result in comparison.results)
        yield scenario.returns.described(comparison.paths, sessions)
    else:
        yield _fund(comparison)
    yield from funds_words(scenario.returns)
    yield _landing(comparison)
    yield (
        "After-tax contributions and their earnings are one contract: each conversion takes basis "
        "in proportion (IRC 72(e)(8))."
    )
    yield f"After a loss, {AFTER_LOSS[scenario.plan.basis_after_loss]}."
    if scenario.pay is not None:
        yield (
            "Pay, elections and limits are as given; amounts are posted in whole cents, "
            "limits cut on the paycheck that would exceed them."
        )
    if scenario.taxes and scenario.taxes.flat:
        yield "Tax is at the given marginal rates, on Box 2a alone."
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
        yield f"Limits from {projected[0].year} on are {projected[0].limits.source}."


def rests_on(comparison: Comparison) -> Iterator[str]:
    """What moves the answer most, for its first page."""
    if comparison.contributions:
        yield _goes_in(comparison.contributions[0])
    else:
        after_tax = sum(cents for _, cents in comparison.deposits)
        yield f"Deposits as they were: {len(comparison.deposits)}, {whole_dollars(after_tax)} together."
    yield _fund(comparison)
    yield from funds_words(comparison.scenario.returns)
    yield _landing(comparison)
    yield _tax(comparison)


def _goes_in(year: ContributionYear) -> str:
    told = {
        "deferred": year.deferrals,
        "from the employer": year.total("employer"),
        "after tax": year.after_tax,
    }
    amounts = ", ".join(f"{whole_dollars(cents)} {what}" for what, cents in told.items())
    return f"In {year.year}: {whole_dollars(year.gross)} of pay, {amounts}."


def _fund(comparison: Comparison) -> str:
    """What the fund does."""
    returns = comparison.scenario.returns
    if comparison.paths > 1:
        return f"{comparison.paths:,} possible futures of the fund are weighed{_moves(returns)}."
    if not comparison.paths:
        return f"The fund's returns are {returns.name}{_moves(returns)}; the figures are exact."
    if returns.model == "constant":
        return f"The fund grows evenly by {100 * float(returns.annual_return):g}% a year."
    return "The fund moves as in the prices that were given."


def _moves(returns: ReturnsModel) -> str:
    """How the fund moves over many futures, as far as that is given."""
    told = {"annual_return": "grows by {} a year on average", "volatility": "swings by {} a year"}
    given = [
        words.format(percent(getattr(returns, name)))
        for name, words in told.items()
        if name not in returns.unread and isinstance(getattr(returns, name, None), Fraction)
    ]
    return f", in which it {' and '.join(given)}" if given else ""


def _landing(comparison: Comparison) -> str:
    """When a contribution buys, and a conversion sells."""
    lag = comparison.scenario.plan.deposit_lag
    landing = (
        "on the pay date" if not lag else f"{lag} bank day{'s' * (lag > 1)} after the pay date"
    )
    return f"A contribution is invested {landing}, a conversion made on its day, both at the closing price."


def _tax(comparison: Comparison) -> str:
    """At which rates taxable earnings are taxed."""
    taxes = comparison.scenario.taxes
    if taxes is None:
        return "No tax rate is given: taxable earnings are weighed, not the tax on them."
    rates = next(rate_words(comparison), "")
    if rates:
        return rates
    named = {"federal": taxes.federal, "state": taxes.state}
    told = [f"{percent(rate)} {name}" for name, rate in named.items() if isinstance(rate, Fraction)]
    told = [one for one in told if not one.startswith("0% ")]
    return f"Taxable earnings bear {' and '.join(told) or 'no'} tax."


LEFT_OUT = (
    "Whether the plan passes the ACP test (IRC 401(m)); a refund of it counts where one is given.",
    "Hardship withdrawals, loans, death, fund expenses beyond the returns, and changes of the law.",
    "What a higher income may set off beside this tax: premium surcharges, credits, local taxes.",
    "What the money earns in the Roth later on: it grows alike once it is there.",
)
"""What the model does not know."""
