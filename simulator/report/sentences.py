"""What the figures say, in sentences: what waiting costs, what is stranded, which limit took what."""

from collections.abc import Iterator, Sequence

from simulator.comparison import Comparison, PolicyResult, mean
from simulator.money import dollars
from simulator.payroll.contributions import ContributionYear

LIMIT_WORDS = {
    "elective_deferral": "The 402(g) limit",
    "annual_additions": "The 415(c) limit",
    "plan_cap": "The plan's after-tax cap",
    "net_pay": "The paycheck itself",
    "compensation": "The 401(a)(17) compensation limit",
}


def money(cents: float) -> str:
    """An amount in a sentence: `$709.49`."""
    return f"${dollars(int(cents + 0.500001))}"


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
    added = mean(worst.earnings_moved) - mean(best.earnings_moved)
    waiting, prompt = worst.policy.words, best.policy.words
    what = "earnings sent to the IRA" if comparison.splits else "taxable earnings"
    tax = mean(comparison.tax(worst)) - mean(comparison.tax(best))
    costs = f", {money(tax)} of tax" if comparison.scenario.taxes and tax > 0 else ""
    yield f"* Converting {waiting} instead of {prompt} adds {money(added)} of {what}{costs}."


def _stranded(comparison: Comparison, result: PolicyResult) -> Iterator[str]:
    """Warnings of money that is not converted by the end of its year."""
    name = result.policy.name
    if result.policy.cadence == "never" or not comparison.scenario.plan.conversion.allowed:
        return
    stays = sum(deposit.amount for deposit in result.timeline.deposits if deposit.leaves is None)
    if stays:
        yield f"{name}: {money(stays)} of deposits has no date to convert on and stays behind."
    waiting = {year: result.stranded(year) for year in sorted(comparison.contribution_years)}
    over = {year: amount - (stays if len(waiting) == 1 else 0) for year, amount in waiting.items()}
    years = [year for year, amount in over.items() if amount > 0]
    if years and not (stays and len(waiting) > 1):
        amounts = f"{money(over[years[0]])} deposited from {years[0]} paychecks"
        if len(years) > 1:
            amounts = f"deposits of {len(years)} years ({money(over[years[0]])} of {years[0]})"
        yield f"{name}: {amounts} converts after December 31, on a later form."


def clipped_words(year: ContributionYear) -> Iterator[str]:
    """Which limit took how much in a year, and from when on."""
    for limit, first in year.first_clipped.items():
        taken = sum(one.clipped.get(limit, 0) for one in year.contributions)
        what = "out of eligible pay" if limit == "compensation" else "off what was asked"
        yield f"{LIMIT_WORDS[limit]} took {money(taken)} {what}, first on {first}."


def form_notes(
    comparison: Comparison, results: Sequence[PolicyResult], year: int | None
) -> Iterator[str]:
    """What goes with the forms: where they are entered, and what each year's end leaves behind."""
    yield "A simulation, not a form. Box 4 (withholding) is empty; no Form 8606, no 10% tax."
    yield "Form 1040 takes Box 1 on line 5a and Box 2a on line 5b, in whole dollars."
    for result in results:
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
