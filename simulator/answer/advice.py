"""The verdict in sentences: what waiting costs, which easier policy does as well, and the first dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.answer.parking import weighed
from simulator.answer.phrases import compared, lower, money, subject
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import distribution, mean, standard_error
from simulator.answer.verdict import SENT_ON, TAXABLE_EARNINGS, WEALTH, Verdict
from simulator.notation.numbers import percent
from simulator.returns.model import ReturnsModel

NEARLY = 50_00
"""What costs no more than this a year is nearly as good. [cents]"""


def advice(
    verdict: Verdict, adds: Mapping[str, Amounts], returns: ReturnsModel, years: int
) -> Iterator[str]:
    """At most four sentences; none where no policy is ranked.

    Args:
        verdict: The verdict.
        adds: What the policy that the best is told beside adds to it: earnings, and where there are some,
            tax and fees. [cents; path]
        returns: What the fund does.
        years: How many years are simulated.
    """
    best, beside = verdict.best, verdict.beside
    if best is None:
        return
    wealth = verdict.measure == WEALTH
    if verdict.alike and wealth:
        yield "These policies leave the same after tax: waiting costs nothing here."
    elif verdict.alike:
        by_earnings = verdict.measure in (SENT_ON, TAXABLE_EARNINGS)
        cost = "move the same earnings" if by_earnings else f"cost the same {verdict.measure}"
        yield f"These policies {cost}: waiting costs nothing here."
    elif beside:
        told = weighed if wealth else _waiting
        yield told(verdict, best, beside, adds, returns)
    if verdict.done:
        yield _beside_done(verdict, verdict.done[0], best, returns)
    if easier := verdict.enough or _nearly(verdict, best, years):
        yield f"{subject(easier.policy)} {_more(verdict, easier, returns)}, with {_work(best, easier)}."
    if days := verdict.dates:
        yield f"First conversions: {', '.join(map(str, days))}."


def _waiting(
    verdict: Verdict,
    best: PolicyResult,
    beside: PolicyResult,
    adds: Mapping[str, Amounts],
    returns: ReturnsModel,
) -> str:
    """What to do, and what it saves against the policy that it is told beside."""
    alike = best.policy.words == beside.policy.words
    costs = ", ".join(_costs(verdict, adds, mean(verdict.costs_more(beside)), returns))
    against = lower(subject(beside.policy, alike))
    return f"{_to_do(best, alike)}: against {against} it {costs}{_condition(returns)}."


def _to_do(best: PolicyResult, by_name: bool) -> str:
    """The best policy as something to do: `Convert after each paycheck`."""
    words = compared(best.policy, by_name)
    return f"Convert by {words}" if words.startswith("“") else f"Convert {words}"


def _costs(
    verdict: Verdict, adds: Mapping[str, Amounts], in_all: float, returns: ReturnsModel
) -> Iterator[str]:
    """What the best saves of earnings and tax, or adds to them, and what it pays or saves of fees."""
    what = "earnings sent to the IRA" if verdict.measure == SENT_ON else "taxable earnings"
    if verdict.measure == SENT_ON and any(mean(result.taxable) for result, _ in verdict.costs):
        what = "earnings, taxed now or sent to the IRA"
    sign = -1 if mean(adds["earnings"]) < 0 else 1
    moved = {name: sign * cents for name, cents in adds.items()}
    verb = "saves" if sign > 0 else "adds"
    earnings = f"{_known(moved['earnings'], returns)} of {what}"
    if "tax" in moved:
        tax = f"{_known(moved['tax'], returns)} of tax{_spread(moved['tax'], returns)}"
        yield f"{verb} {tax} on {earnings}"
    else:
        yield f"{verb} {earnings}{_spread(moved['earnings'], returns)}"
    if "fees" in adds and (saved := mean(adds["fees"])):
        verb, than = "saves" if saved > 0 else "costs", "less" if in_all > 0 else "more"
        rest = (
            f": {money(abs(in_all))} {than} in all"
            if "tax" in adds
            else ", not weighed without taxes"
        )
        yield f"and {verb} {money(abs(saved))} of fees{rest}"


def _beside_done(
    verdict: Verdict, done: PolicyResult, best: PolicyResult, returns: ReturnsModel
) -> str:
    """What was done beside the best policy: it is told, and not ranked, as it cannot be chosen any more."""
    often = f"{done.conversions} conversion{'s' * (done.conversions != 1)}"
    more, what = verdict.costs_more(done), f"What was done, {often}"
    would = f"{lower(subject(best.policy))} would have"
    size = mean(more)
    if not size:
        return f"{what}, came to the same as {would}."
    amount, wealth = _known(more if size > 0 else -more, returns), verdict.measure == WEALTH
    if wealth:
        return f"{what}, left {amount} {'less' if size > 0 else 'more'} after tax than {would}."
    than = "more" if size > 0 else "less"
    return f"{what}, cost {amount} {than} of {verdict.measure} than {would}."


def _known(cents: Amounts, returns: ReturnsModel) -> str:
    return money(mean(cents), standard_error(cents, returns.randomisations))


def _spread(added: Amounts, returns: ReturnsModel) -> str:
    """Over many paths: the error of the mean, and what a bad one comes to."""
    if isinstance(added, int):
        return ""
    statistics = distribution(added, returns.randomisations)
    error = money(statistics["se"] * 100, statistics["se"] * 100)
    bad = f"${statistics['p95']:,.0f}".replace("$-", "-$")
    return f" on average (+/- {error}; {bad} or more on one path of twenty)"


def _condition(returns: ReturnsModel) -> str:
    """What an answer on one path rests on."""
    if returns.name != "constant":
        return ""
    growth = f"grows evenly by {percent(returns.annual_return)} a year"
    return f", if the fund {growth}; uneven years tax more on average"


def _nearly(verdict: Verdict, best: PolicyResult, years: int) -> PolicyResult | None:
    """The policy with the fewest conversions, fewer than the best's, of those that are nearly as good."""
    near = [
        other
        for other in verdict.others
        if other.conversions < best.conversions
        and mean(verdict.costs_more(other)) <= NEARLY * years
    ]
    return min(near, key=lambda policy: policy.conversions, default=None)


def _more(verdict: Verdict, easier: PolicyResult, returns: ReturnsModel) -> str:
    if easier is verdict.enough:
        return "is as good"
    more = _known(verdict.costs_more(easier), returns)
    if verdict.measure == WEALTH:
        return f"leaves {more} less"
    return f"costs {more} more of {verdict.measure}"


def _work(best: PolicyResult, easier: PolicyResult) -> str:
    plural = "s" * (easier.conversions != 1)
    return f"{easier.conversions} conversion{plural} instead of {best.conversions}"
