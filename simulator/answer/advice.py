"""The verdict in sentences: what waiting costs, which easier policy does as well, and the first dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.answer.beside import Beside
from simulator.answer.parking import leaves_more
from simulator.answer.phrases import Written, lower, money, subject
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import distribution, mean
from simulator.answer.verdict import SENT_ON, TAXABLE_EARNINGS, WEALTH, Verdict
from simulator.distribution.known import Known
from simulator.notation.numbers import percent
from simulator.returns.model import ReturnsModel

NEARLY = 50_00
"""What costs no more than this a year is nearly as good. [cents]"""


def advice(
    verdict: Verdict,
    adds: Mapping[str, Amounts],
    returns: ReturnsModel,
    years: int,
    written: Written = money,
) -> Iterator[str]:
    """What to do, what was done, and which easier policy does as well; nothing where no policy is ranked.

    Args:
        verdict: The verdict.
        adds: What the policy that the best is told beside adds to it: earnings, and where there are some,
            tax and fees. [cents; path]
        returns: What the fund does.
        years: How many years are simulated.
        written: How amounts are written.
    """
    best = verdict.best
    if best is None:
        return

    def beside(other: PolicyResult) -> Beside:
        return Beside(verdict, best, other, adds, returns, written)

    if verdict.beside:
        yield _alike(verdict) if verdict.alike else _what_to_do(beside(verdict.beside))
    if verdict.done:
        yield _beside_done(beside(verdict.done[0]))
    if easier := verdict.enough or _nearly(verdict, best, years):
        yield f"{subject(easier.policy)} {_more(beside(easier))}, with {_work(best, easier)}."


def first_dates(verdict: Verdict) -> Iterator[str]:
    """When the best policy first converts."""
    if days := verdict.dates:
        yield f"First conversions: {', '.join(map(str, days))}."


def _alike(verdict: Verdict) -> str:
    """That all policies cost the same."""
    if verdict.measure == WEALTH:
        return "These policies leave the same after tax: waiting costs nothing here."
    by_earnings = verdict.measure in (SENT_ON, TAXABLE_EARNINGS)
    cost = "move the same earnings" if by_earnings else f"cost the same {verdict.measure}"
    return f"These policies {cost}: waiting costs nothing here."


def _what_to_do(beside: Beside) -> str:
    """What to do, and what it saves against the policy that it is told beside."""
    if beside.verdict.measure == WEALTH:
        return leaves_more(beside)
    return f"{beside.to_do} {', '.join(_costs(beside))}{_condition(beside.returns)}."


def _costs(beside: Beside) -> Iterator[str]:
    """What the best saves of earnings and tax, or adds to them, and what it pays or saves of fees."""
    verdict, adds = beside.verdict, beside.adds
    what = "earnings sent to the IRA" if verdict.measure == SENT_ON else "taxable earnings"
    if verdict.measure == SENT_ON and any(mean(result.taxable) for result, _ in verdict.costs):
        what = "earnings, taxed now or sent to the IRA"
    sign = -1 if mean(adds["earnings"]) < 0 else 1
    moved = {name: sign * cents for name, cents in adds.items()}
    verb = "saves" if sign > 0 else "adds"
    earnings = f"{beside.amount(moved['earnings'])} of {what}"
    if "tax" in moved:
        tax = f"{beside.amount(moved['tax'])} of tax{_spread(beside, moved['tax'])}"
        yield f"{verb} {tax} on {earnings}"
    else:
        yield f"{verb} {earnings}{_spread(beside, moved['earnings'])}"
    if "fees" in adds and (saved := mean(adds["fees"])):
        in_all = mean(beside.costs_more)
        verb, than = "saves" if saved > 0 else "costs", "less" if in_all > 0 else "more"
        rest = (
            f": {beside.written(abs(in_all), 0.0)} {than} in all"
            if "tax" in adds
            else ", not weighed without taxes"
        )
        yield f"and {verb} {beside.written(abs(saved), 0.0)} of fees{rest}"


def _beside_done(beside: Beside) -> str:
    """What was done beside the best policy: it is told, and not ranked, as it cannot be chosen any more."""
    done, more = beside.other, beside.costs_more
    what = f"What was done, {done.conversions} conversion{'s' * (done.conversions != 1)}"
    would = f"{lower(subject(beside.best.policy))} would have"
    size, measure = mean(more), beside.verdict.measure
    if not size:
        return f"{what}, came to the same as {would}."
    amount = beside.amount(more if size > 0 else -more)
    if measure == WEALTH:
        return f"{what}, left {amount} {'less' if size > 0 else 'more'} after tax than {would}."
    return f"{what}, cost {amount} {'more' if size > 0 else 'less'} of {measure} than {would}."


def _spread(beside: Beside, added: Amounts) -> str:
    """Over many paths: the error of the mean, and what a bad one comes to; without paths what is known."""
    if isinstance(added, int):
        return ""
    statistics = distribution(added, beside.returns.randomisations)
    error, bad = statistics["se"] * 100, statistics["p95"]
    exact = isinstance(added, Known) and not error
    found = [] if exact else [f"+/- {beside.written(error, error)}"]
    if bad is not None:
        once = len(list(beside.best.timeline.years)) == 1
        likely = "in one year of twenty" if once else "one time in twenty"
        share = likely if exact else "on one path of twenty"
        found.append(f"{'$' + format(bad, ',.0f')} or more {share}".replace("$-", "-$"))
    return f" on average ({'; '.join(found)})" if found else " on average"


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


def _more(beside: Beside) -> str:
    if beside.other is beside.verdict.enough:
        return "is as good"
    if beside.other is beside.verdict.beside:  # by how much, the sentence before has said
        return "is nearly as good"
    more = beside.amount(beside.costs_more)
    if beside.verdict.measure == WEALTH:
        return f"leaves {more} less"
    return f"costs {more} more of {beside.verdict.measure}"


def _work(best: PolicyResult, easier: PolicyResult) -> str:
    plural = "s" * (easier.conversions != 1)
    return f"{easier.conversions} conversion{plural} instead of {best.conversions}"
