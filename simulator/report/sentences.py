"""What the figures say, in sentences: what waiting costs, what is stranded, which limit took what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.timeline import all_sessions
from simulator.distribution import Estimate, mean, standard_error
from simulator.payroll.contributions import ContributionYear

if TYPE_CHECKING:
    from simulator.sweeps import Sweep

DIME, DOLLAR = 10, 100
"""[cents]"""

LIMIT_WORDS = {
    "elective_deferral": "The 402(g) limit",
    "annual_additions": "The 415(c) limit",
    "plan_cap": "The plan's after-tax cap",
    "net_pay": "The paycheck itself",
    "compensation": "The 401(a)(17) compensation limit",
}


def money(cents: float, error: float = 0.0) -> str:
    """An amount in a sentence: `$709.49`; an estimate with the digits that its error supports: `$1,171`.

    Cents are written whole or not at all.
    """
    tenths = DIME <= error < DOLLAR
    return f"${Estimate(cents, DOLLAR if tenths else error)}".replace("$-", "-$")


def estimate(told: Mapping[str, float]) -> str:
    """A mean in a sentence, with the digits that its error supports, of its statistics. [dollars]"""
    return money(told["mean"] * 100, told["se"] * 100)


def over(answer: Comparison | Sweep) -> str:
    """What the amounts of an answer are over: its paths. What varies in a sweep is left out."""
    returns, paths = answer.scenario.returns, answer.paths
    varies = getattr(answer, "field", "")
    model = "" if varies == "returns.model" else f"{returns.model} "
    if paths == 1:
        return f"one path of {model}returns"
    count = "many" if varies == "returns.paths" else f"{paths:,}"
    if not returns.stochastic and varies != "returns.model":
        return f"{count} start years of the history"
    seed = "" if varies == "returns.seed" else f", seed {returns.seed}"
    return f"{count} {model}paths{seed}"


def findings(comparison: Comparison, least: Sequence[PolicyResult]) -> Iterator[str]:
    """What a reader should take from a comparison."""
    yield from _cost_of_waiting(comparison, least)
    if not comparison.scenario.plan.conversion.allowed:
        yield "The plan allows no conversion: everything stays in the after-tax subaccount."
    for result in comparison.results:
        yield from _stranded(comparison, result)
    for year in comparison.contributions:
        if year.employer_cut:
            cut = f"{money(year.employer_cut)} of employer money does not fit the 415(c) limit"
            yield f"{cut} of {year.year} and is cut."
        if not year.total("after_tax"):
            yield f"No after-tax contribution goes in in {year.year}."


def _cost_of_waiting(comparison: Comparison, least: Sequence[PolicyResult]) -> Iterator[str]:
    complete = [result for result in comparison.results if not result.leaves_money]
    if not least:
        if len(complete) > 1:
            yield "These policies move the same earnings: waiting costs nothing here."
        return
    best, worst = least[0], max(complete, key=lambda result: mean(result.earnings_moved))
    added = comparison.difference(worst, best)
    error = standard_error(added, comparison.scenario.returns.randomisations)
    what = "earnings sent to the IRA" if comparison.splits else "taxable earnings"
    uncertain = f" on average (+/- {money(error, error)})" if comparison.paths > 1 else ""
    costs = ""
    if comparison.scenario.taxes and not comparison.splits:
        tax = comparison.tax(worst) - comparison.tax(best)
        tax_error = standard_error(tax, comparison.scenario.returns.randomisations)
        costs = f", {money(mean(tax), tax_error)} of tax"
    yield (
        f"* Converting {worst.policy.words} instead of {best.policy.words} "
        f"adds {money(mean(added), error)} of {what}{uncertain}{costs}."
    )
    if comparison.paths > 1:
        sessions = all_sessions(result.timeline for result in comparison.results)
        yield comparison.scenario.returns.told(comparison.paths, sessions)


def _stranded(comparison: Comparison, result: PolicyResult) -> Iterator[str]:
    """Warnings of money that is not converted by the end of its year."""
    name = result.policy.name
    if result.leaves_money:
        value, earnings = result.outcome.left_value, result.outcome.left_earnings
        untaxed = f", {money(mean(earnings))} of it earnings not yet taxed"
        yield f"{name}: {money(mean(value))} stays behind{untaxed}."
        return
    waiting = {year: result.stranded(year) for year in sorted(comparison.contribution_years)}
    years = [year for year, amount in waiting.items() if amount > 0]
    if years:
        amounts = f"{money(waiting[years[0]])} deposited from {years[0]} paychecks"
        if len(years) > 1:
            later = len(years) - 1
            amounts = f"{amounts} (and of {later} later year{'s' if later > 1 else ''})"
        yield f"{name}: {amounts} converts after December 31, on a later form."


def clipped_words(year: ContributionYear) -> Iterator[str]:
    """Which limit took how much in a year, and from when on."""
    for limit, first in year.first_clipped.items():
        taken = sum(one.clipped.get(limit, 0) for one in year.contributions)
        what = "out of eligible pay" if limit == "compensation" else "off what was asked"
        yield f"{LIMIT_WORDS[limit]} took {money(taken)} {what}, first on {first}."


def form_notes(comparison: Comparison, year: int | None) -> Iterator[str]:
    """What goes with the forms: where they are entered, and what each year's end leaves behind."""
    yield "A simulation, not a form. Box 4 (withholding) is empty; no Form 8606, no 10% tax."
    yield "Form 1040 takes Box 1 on line 5a and Box 2a on line 5b, in whole dollars."
    yield from withdrawals(comparison, year)


def withdrawals(comparison: Comparison, year: int | None = None) -> Iterator[str]:
    """What withdrawing the balance of each year's end, or of one, would mean; nothing where none is left."""
    for result in comparison.results:
        for of_year, outcome in result.outcome.years.items():
            value, basis = mean(outcome.left_value), mean(outcome.left_basis)
            if value and year in (None, of_year):
                yield _withdrawal(comparison, result, of_year, value, basis)


def _withdrawal(
    comparison: Comparison, result: PolicyResult, year: int, value: float, basis: float
) -> str:
    """What withdrawing the balance of a year's end would mean."""
    principal, earnings = min(value, basis), max(0.0, value - basis)
    young = year < comparison.scenario.birth_year + 60
    penalty = f" and the 10% tax of {money(earnings / 10)}" if young and earnings else ""
    return (
        f"{result.policy.name}: on December 31, {year}, {money(value)} is left; withdrawn, "
        f"{money(principal)} is principal and {money(earnings)} taxable earnings{penalty}"
        f"{' (assumed until the year of the 60th birthday)' if penalty else ''}."
    )
