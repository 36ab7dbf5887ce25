"""The checklist: who the strategy suits, what the file says of it, and what to ask the plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money, whole_dollars
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.law.limits import published
from simulator.payroll.contribution import LEAST_TOLD, ContributionYear
from simulator.report.sentences import HEAVY, other_rule, take_home_words
from simulator.report.set_aside_words import told_of
from simulator.report.tables.table import TEXT, WORD, Column, Table
from simulator.report.tables.wealth import wealth_words
from simulator.scenario.scenario import Scenario

GOOD, NOTE, BAD = "ok", "note", "!"


@dataclass(frozen=True)
class Item:
    """One question of the checklist and its answer.

    Attributes:
        verdict: `ok`, `note` or `!`.
        question: In a few words.
        answer: With its figure.
    """

    verdict: str
    question: str
    answer: str


DESTINATIONS = {
    "roth-401k": "its own Roth account",
    "roth-ira": "a Roth IRA",
    "split": "a Roth IRA, with the earnings to a traditional one",
}
"""Where after-tax money goes, in words."""

QUESTIONS = (
    "Does the plan take after-tax contributions beside pre-tax and Roth, and up to what share of pay?",
    "Does it convert in-plan or pay out to a Roth IRA in service, automatically, and how soon?",
    "Is the after-tax source a separate contract (its own basis), and does basis survive a loss?",
    "How many conversions a year, what fee, what is the last day for this year's form?",
    "Is the match worked out on each paycheck, or trued up at the year's end?",
    "May the ACP test refund after-tax contributions of highly compensated employees?",
)


def checklist(comparison: Comparison, match_lost: int) -> Iterator[Item]:
    """The answers that a scenario gives, one line each, with the figure.

    Args:
        comparison: The answer.
        match_lost: What a true-up would add to the first year's match. [cents]
    """
    scenario = comparison.scenario
    yield from (Item(BAD, "Prices", warning) for warning in comparison.warnings)
    yield from (Item(BAD, "Figures so far", words) for words in comparison.unaccounted)
    yield from (Item(NOTE, "Income tax", warning) for warning in comparison.tax_warnings)
    yield from _plan(scenario)
    years = [year.planned for year in comparison.contributions]
    yield from _plan_type(scenario, years)
    yield from _take_home(years)
    for year in years[:1]:
        yield from _deferrals(year)
        yield from _room(scenario, year)
        yield from _front_loading(scenario, match_lost)
        yield from _highly_compensated(scenario, year)
    yield from (Item(NOTE, "Life event", words) for words in _events(comparison))
    for result in comparison.results:
        yield from _year_end(comparison, result)
    yield from (Item(NOTE, "Tax to set aside", words) for words in told_of(comparison))
    yield from (Item(NOTE, "Is it worth it", words) for words in wealth_words(comparison))
    yield _not_for(comparison)


def _plan(scenario: Scenario) -> Iterator[Item]:
    after_tax, conversion = scenario.plan.after_tax, scenario.plan.conversion
    yield Item(
        GOOD if after_tax.allowed else BAD,
        "After-tax contributions",
        "the plan takes them"
        if after_tax.allowed
        else "the plan takes none: the strategy is closed",
    )
    answer = f"the plan allows it, to {DESTINATIONS[conversion.to]}"
    if conversion.max_per_year:
        answer += f", at most {conversion.max_per_year} a year"
    if conversion.min_days_between:
        answer += f", at least {conversion.min_days_between} days apart"
    if not conversion.allowed:
        answer = "the plan allows none: earnings stay taxable at withdrawal"
    yield Item(GOOD if conversion.allowed else BAD, "Conversion", answer)


def _plan_type(scenario: Scenario, years: Sequence[ContributionYear]) -> Iterator[Item]:
    """What a plan that is no 401(k) of an employer counts otherwise."""
    plan, pay = scenario.plan, scenario.pay
    if plan.type == "403b":
        answer = "415(c) is counted apart from an employer's 401(k), and together with a plan of a business "
        answer += "that you control: plan.also_annual_additions"
        if years and (more := years[0].elective_deferral - years[0].limits.elective_deferral):
            answer += f"; fifteen years of service add {money(more)} to 402(g) in {years[0].year}"
        yield Item(NOTE, "A 403(b) plan", answer)
    if plan.type == "solo-401k" and pay and not pay.self_employment:
        answer = (
            "salary is taken as W-2 wages of an S or C corporation; of a sole owner's profit write "
        )
        yield Item(NOTE, "A solo 401(k)", f"{answer}pay.self_employment")
    for year in years[:1]:
        if earned := year.earned:
            answer = f"net earnings of {money(earned.net)}, of which the employer's share is "
            answer += (
                f"{money(earned.employer)}; 415(c) is held against {money(earned.compensation)}"
            )
            yield Item(GOOD, f"Profit of {year.year}", answer)


def _take_home(years: Sequence[ContributionYear]) -> Iterator[Item]:
    """Of which paycheck the largest share goes into the plan."""
    fullest = [paid for year in years if (paid := year.fullest)]
    if fullest:
        paid = max(fullest, key=lambda paid: paid.taken)
        answer = f"the plan takes {take_home_words(paid)}"
        yield Item(BAD if paid.taken >= HEAVY else GOOD, "Take-home pay", answer)


def _deferrals(year: ContributionYear) -> Iterator[Item]:
    limit = year.elective_deferral_limit + year.catch_up_limit
    left = limit - year.deferrals
    answer = f"{money(year.deferrals)} of {money(limit)} in {year.year}"
    if year.already_deferred:
        answer += (
            f" ({money(year.already_deferred)} went in elsewhere: 402(g) and catch-up are one limit "
            "a person)"
        )
    if left:
        answer += f"; fill the other {money(left)} first"
    yield Item(NOTE if left else GOOD, "Deferrals maxed out first", answer)
    if year.already_deferred:
        answer = f"{money(year.already_deferred)} counts as another employer's, and leaves 415(c) whole; "
        answer += "if a pay stub of this plan says it, write so_far, with match and after-tax money"
        yield Item(NOTE, "Deferred elsewhere", answer)


def _room(scenario: Scenario, year: ContributionYear) -> Iterator[Item]:
    used = year.after_tax
    answer = f"{money(year.room)}; {money(used)} used, {money(year.room_unused)} unused"
    yield Item(GOOD if year.room_unused == 0 else NOTE, "After-tax room", answer)
    cap = year.first_clipped.get("plan_cap")
    answer = f"cuts {money(year.clipped['plan_cap'])}, first on {cap}" if cap else "cuts nothing"
    yield Item(NOTE if cap else GOOD, "Plan's cap", answer)
    if year.employer_cut >= LEAST_TOLD:
        cut = f"{money(year.employer_cut)} does not fit the 415(c) limit and is cut"
        yield Item(BAD, "Employer money", f"{cut}{other_rule(scenario)}")


def _front_loading(scenario: Scenario, lost: int) -> Iterator[Item]:
    """What a true-up would add to the match."""
    if not scenario.plan.match:
        return
    if scenario.plan.true_up:
        yield Item(GOOD, "Match and front-loading", "the plan trues the match up")
        return
    if lost < LEAST_TOLD:  # cents of paychecks that are rounded one by one
        yield Item(GOOD, "Match and front-loading", "nothing is lost")
        return
    answer = f"{money(lost)} of match is lost for want of a true-up"
    yield Item(BAD, "Match and front-loading", answer)


def _highly_compensated(scenario: Scenario, year: ContributionYear) -> Iterator[Item]:
    """Wages of the year before above that year's threshold. Law: IRC 414(q), 401(m)."""
    before = published().get(year.year - 1)
    threshold = before.highly_compensated if before else None
    assert scenario.pay is not None
    wages = scenario.pay.wages_before(scenario.years)
    if threshold is not None and wages > threshold:
        over = f"wages of {money(wages)} exceed {money(threshold)}"
        yield Item(NOTE, "ACP test", f"{over}: a failed test could refund after-tax money")


def _events(comparison: Comparison) -> Iterator[str]:
    """What life events do, a line each."""
    for event in comparison.scenario.events:
        yield event.words
    for year in comparison.contributions:
        if year.after_tax_returned:
            returned = money(year.after_tax_returned)
            yield f"{returned} of {year.year} exceeds 415(c) and is paid back at the year's end, code E"


def _year_end(comparison: Comparison, result: PolicyResult) -> Iterator[Item]:
    """The last conversion of the first year, and what December 31 finds."""
    year = comparison.scenario.years.first
    dates = {deposit.leaves for deposit in result.timeline.deposits if deposit.leaves}
    last = max((day for day in dates if day.year == year), default=None)
    so_far = comparison.scenario.so_far
    if last is None and so_far and so_far.conversions.count:
        last = so_far.conversions.last or so_far.through
    left = result.outcome.years[year]
    value, basis = mean(left.left_value), mean(left.left_basis)
    answer = f"last conversion of {year} on {last}" if last else f"no conversion in {year}"
    end = "December 31"
    if (until := comparison.scenario.until) and until.year == year:
        end = str(until)
    answer += f"; {money(value) if value else 'nothing'} left on {end}"
    if value:
        answer += f" (basis {money(basis)})"
    if in_transit := result.timeline.in_transit_after[year]:
        answer += f", {money(in_transit)} in transit"
    stays = value or (in_transit and result.leaves_money)
    yield Item(NOTE if stays else GOOD, result.policy.name, answer)


def _not_for(comparison: Comparison) -> Item:
    taken = sum(amount for _, amount in comparison.deposits)
    if comparison.contributions:
        taken = sum(year.planned.after_tax for year in comparison.contributions)
    years = len(comparison.contribution_years) or 1
    needs = f"needs the {whole_dollars(taken / years)} a year soon, " if taken else ""
    rest = "has high-interest debt, or has deferrals and HSA unfilled"
    return Item(NOTE, "Who this is not for", f"who {needs}{rest}")


def checklist_tables(name: str, items: Sequence[Item]) -> tuple[Table, ...]:
    """A scenario's checklist and the questions for the plan, as tables."""
    answers = Table(
        f"{name}: the file is sound",
        (Column("", WORD), Column("Question", TEXT), Column("Answer", TEXT)),
        tuple((item.verdict, item.question, item.answer) for item in items),
    )
    questions = tuple((number, question) for number, question in enumerate(QUESTIONS, 1))
    asked = Table("What to ask the plan", (Column("", WORD), Column("Question", TEXT)), questions)
    return answers, asked
