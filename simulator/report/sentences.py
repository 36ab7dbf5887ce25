"""What the figures say, in sentences: what waiting costs, what is stranded, which limit took what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from simulator.answer.comparison import Comparison
from simulator.answer.parking import funds_words, parking_words
from simulator.answer.phrases import basis_lost, money, named
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.conversion.form1099r import CODE
from simulator.notation.numbers import percent
from simulator.payroll.contribution import LEAST_TOLD, NET_PAY, Contribution, ContributionYear
from simulator.report.done_words import done_words
from simulator.report.exact_words import paths_words
from simulator.report.payment_words import paid_words, refund_words
from simulator.report.tables.taxes import rate_words

if TYPE_CHECKING:
    from simulator.answer.grid import Grid
    from simulator.answer.sweep import Sweep
    from simulator.scenario.scenario import Scenario

CODE_WORDS = {
    "G": "a direct rollover or an in-plan conversion",
    "1": "paid early, with 10% on Box 2a beside the tax (Form 5329)",
    "2": "paid after a separation in or after the year of the 55th birthday, no 10%",
    "7": "paid from the year of the 60th birthday on, no 10%",
    "8": "a refund of the ACP test, taxed when it is paid, no 10%",
    "E": "what exceeded 415(c), paid back, no 10%",
}
WITHHELD_WORDS = "Box 4 is 20% of Box 2a: tax that is paid ahead, not a cost of its own."

LIMIT_WORDS = {
    "elective_deferral": "The 402(g) limit",
    "annual_additions": "The 415(c) limit",
    "plan_cap": "The plan's after-tax cap",
    "compensation": "The 401(a)(17) compensation limit",
}


def other_rule(scenario: Scenario) -> str:
    """What is said of the rule by which employer money is cut, where the plan might have the other one."""
    if scenario.plan.excess == "after-tax":
        return ""
    return "; where the plan pays after-tax money back instead, write plan.excess: after-tax"


HEAVY = Fraction(60, 100)
"""From this share of a paycheck on it is asked whether what is left pays for taxes and life."""


def over(answer: Comparison | Sweep | Grid) -> str:
    """What the amounts of an answer are over: its paths. What varies in a sweep is left out."""
    returns, paths = answer.scenario.returns, answer.paths
    varies = getattr(answer, "fields", (getattr(answer, "field", ""),))
    names = dict.fromkeys(fund.name for fund in returns.funds)
    model = "" if "returns.model" in varies else f"{' and '.join(names)} "
    if paths == 1:
        return f"one path of {model}returns"
    if not paths:
        return f"{model}returns, exact"
    count = "many" if "returns.paths" in varies else f"{paths:,}"
    if not returns.drawn and "returns.model" not in varies:
        return f"{count} start years of the history"
    seed = "" if "returns.seed" in varies else f", seed {returns.seed}"
    return f"{count} {model}paths{seed}"


def findings(comparison: Comparison) -> Iterator[str]:
    """What a reader should take from a comparison besides the verdict."""
    returns, taxed = comparison.scenario.returns, comparison.scenario.taxes is not None
    yield from parking_words(comparison.parking, returns, taxed)
    yield from funds_words(returns)
    yield from paths_words(comparison)
    yield from rate_words(comparison)
    if not comparison.scenario.plan.conversion.allowed:
        yield "The plan allows no conversion: everything stays in the after-tax subaccount."
    yield from until_words(comparison)
    yield from _by_policy(comparison)
    yield from _lost(comparison)
    yield from done_words(comparison)
    yield from refund_words(comparison)
    for year in comparison.contributions:
        if year.employer_cut >= LEAST_TOLD:
            cut = f"{money(year.employer_cut)} of employer money does not fit the 415(c) limit"
            yield f"{cut} of {year.year} and is cut{other_rule(comparison.scenario)}."
        if year.pays_back:
            back = f"{money(year.pays_back)} of after-tax contributions would exceed 415(c)"
            yield f"By the end of {year.year} {back} and be paid back, with code E."
        if not year.total("after_tax"):
            yield f"No after-tax contribution goes in in {year.year}."
    yield from comparison.warnings
    yield from comparison.unpriced
    yield from comparison.unaccounted
    yield from comparison.tax_warnings


def until_words(comparison: Comparison) -> Iterator[str]:
    """On which day the simulation ends, where that is before the year's end."""
    if until := comparison.scenario.until:
        whole = (
            "" if comparison.verdict.best else "; which policy is best is told of the whole year"
        )
        yield f"Nothing after {until} is simulated: the forms are to date{whole}."


def _by_policy(comparison: Comparison) -> Iterator[str]:
    """What is to be said of single policies; the same of several once, after their names."""
    said: dict[str, list[str]] = {}
    for result in comparison.results:
        for sentence in (*_stranded(comparison, result), *paid_words(comparison, result)):
            words = sentence.removeprefix(f"{result.policy.name}: ")
            said.setdefault(words, []).append(named(result.policy))
    for words, names in said.items():
        yield f"{', '.join(names)}: {words}"


def known(comparison: Comparison, cents: Any) -> str:
    """An amount, or its mean with the digits that its error supports."""
    return comparison.known(cents)


def _lost(comparison: Comparison) -> Iterator[str]:
    """What the plan's rules took, of all policies in a sentence: basis after a loss, and dates."""
    forfeited = {
        named(result.policy): cents
        for result in comparison.results
        if (cents := mean(result.total("forfeited")))
    }
    if len(forfeited) == 1:
        ((name, cents),) = forfeited.items()
        yield basis_lost(name, cents)
    elif forfeited:
        amounts = ", ".join(f"{name} ({money(cents)})" for name, cents in forfeited.items())
        yield f"Losses take some of the already taxed part (basis), by the plan's rule: {amounts}."
    waits = {
        named(result.policy): passed
        for result in comparison.results
        if (passed := sum(result.timeline.passed_over.values()))
    }
    if waits:
        dates = ", ".join(f"{name} ({passed})" for name, passed in waits.items())
        yield f"Dates on which money had to wait, by the plan's rules: {dates}."


def _stranded(comparison: Comparison, result: PolicyResult) -> Iterator[str]:
    """Warnings of money that is not converted by the end of its year, or of what is simulated of it."""
    name = result.policy.name
    if until := comparison.scenario.until:
        if waits := result.unconverted:
            on_its_way = result.timeline.in_transit
            transit = f", {money(on_its_way)} of it in transit" if on_its_way else ""
            yield f"{name}: {money(waits)} of deposits is not converted by {until}{transit}."
        return
    if result.leaves_money:
        on_its_way = result.in_transit_for_good
        of_it = [f"{money(on_its_way)} of it in transit"] if on_its_way else []
        of_it.append(f"{money(mean(result.earnings_for_good))} of it earnings not yet taxed")
        yield f"{name}: {money(mean(result.for_good))} stays behind, {', '.join(of_it)}."
        return
    waiting = {year: result.stranded(year) for year in sorted(comparison.contribution_years)}
    years = [year for year, amount in waiting.items() if amount > 0]
    if years:
        amounts = f"{money(waiting[years[0]])} deposited from {years[0]} paychecks"
        if len(years) > 1:
            later = len(years) - 1
            amounts = f"{amounts} (and of {later} later year{'s' if later > 1 else ''})"
        yield f"{name}: {amounts} converts after December 31, on a later form."


def take_home_words(paid: Contribution) -> str:
    """How much of a paycheck goes into the plan, and of a large share what it leaves."""
    into_plan = paid.deferrals + paid.after_tax
    share = f"{float(100 * paid.taken):.1f}% of a paycheck, {money(into_plan)} of "
    words = f"at most {share}{money(paid.paycheck.gross)} on {paid.pay_date}"
    if paid.taken < HEAVY:
        return words
    return (
        f"{words}, which leaves {money(paid.paycheck.gross - into_plan)} for taxes, insurance and living; "
        "plan.paycheck_cap or a lower election keeps more of it"
    )


def clipped_words(year: ContributionYear) -> Iterator[str]:
    """Which limit took how much in a year, and from when on."""
    for limit, first in year.first_clipped.items():
        if limit == NET_PAY:
            yield _short_of_pay(year, first)
            continue
        what = "out of eligible pay" if limit == "compensation" else "off what was asked"
        yield f"{LIMIT_WORDS[limit]} took {money(year.clipped[limit])} {what}, first on {first}."


def _short_of_pay(year: ContributionYear, first: date) -> str:
    """What paychecks could not pay, and what can be done about it."""
    short = sum(NET_PAY in paid.clipped for paid in year.contributions)
    most = "" if year.paycheck_cap == 1 else f"{percent(year.paycheck_cap)} of "
    paychecks = "A paycheck does" if short == 1 else f"{short} paychecks do"
    return (
        f"{paychecks} not reach for what was elected, first on {first}: {most}gross is less than "
        f"deferrals and after-tax together, by {money(year.clipped[NET_PAY])}. Lower an election there, "
        "or begin earlier in the year."
    )


LINES = "Form 1040 takes Box 1 on line 5a and Box 2a on line 5b, in whole dollars."


def form_notes(records: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """What goes with the forms."""
    codes = {record["box_7"] for record in records}
    if codes <= {CODE}:
        nothing = "Box 4 (withholding) is empty; no Form 8606, no 10% tax."
        return f"A simulation, not a form. {nothing}", LINES
    meanings = "; ".join(f"{code}: {CODE_WORDS[code]}" for code in CODE_WORDS if code in codes)
    return (
        f"A simulation, not a form. Box 7: {meanings}.",
        *((WITHHELD_WORDS,) if codes & {"1", "2", "7"} else ()),
        LINES,
    )
