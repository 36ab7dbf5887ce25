"""The verdict in sentences: what waiting costs, which easier policy does as well, and the first dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.answer.parking import weighed
from simulator.answer.phrases import compared, money, subject
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
    """At most three sentences; none where no policy is ranked.

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
    if easier := verdict.enough or _nearly(verdict, best, years):
        yield f"{subject(easier.policy)} {_more(verdict, easier, returns)}, with {_work(best, easier)}."
    if days := verdict.dates:
        yield f"First conversions {compared(best.policy)}: {', '.join(map(str, days))}."


def _waiting(
    verdict: Verdict,
    best: PolicyResult,
    beside: PolicyResult,
    adds: Mapping[str, Amounts],
    returns: ReturnsModel,
) -> str:
    """What the policy that moves more earnings adds to the other, whichever is the best."""
    sign = -1 if mean(adds["earnings"]) < 0 else 1
    more, less = (beside, best) if sign > 0 else (best, beside)
    added = {name: sign * cents for name, cents in adds.items()}
    alike = more.policy.words == less.policy.words
    costs = ", ".join(_costs(verdict, added, sign * mean(verdict.costs_more(beside)), returns))
    return (
        f"{subject(more.policy, alike)} instead of {compared(less.policy, alike)} adds {costs}"
        f"{_condition(returns)}."
    )


def _costs(
    verdict: Verdict, added: Mapping[str, Amounts], in_all: float, returns: ReturnsModel
) -> Iterator[str]:
    """Earnings and tax that come on top, and the fees that are saved."""
    what = "earnings sent to the IRA" if verdict.measure == SENT_ON else "taxable earnings"
    if verdict.measure == SENT_ON and any(mean(result.taxable) for result, _ in verdict.costs):
        what = "earnings, taxed now or sent to the IRA"
    yield f"{_known(added['earnings'], returns)} of {what}{_spread(added['earnings'], returns)}"
    if "tax" in added:
        yield f"{_known(added['tax'], returns)} of tax"
    if "fees" in added and (saved := -mean(added["fees"])):
        verb, than = "saves" if saved > 0 else "costs", "less" if in_all < 0 else "more"
        rest = (
            f": {money(abs(in_all))} {than} in all"
            if "tax" in added
            else ", not weighed without taxes"
        )
        yield f"and {verb} {money(abs(saved))} of fees{rest}"


def _known(cents: Amounts, returns: ReturnsModel) -> str:
    return money(mean(cents), standard_error(cents, returns.randomisations))


def _spread(added: Amounts, returns: ReturnsModel) -> str:
    """Over many paths: the error of the mean, and where nine paths of ten lie."""
    if isinstance(added, int):
        return ""
    statistics = distribution(added, returns.randomisations)
    error = money(statistics["se"] * 100, statistics["se"] * 100)
    ends = " to ".join(f"${statistics[name]:,.0f}".replace("$-", "-$") for name in ("p5", "p95"))
    return f" on average (+/- {error}; {ends} on nine paths of ten)"


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
