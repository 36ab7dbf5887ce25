"""What the tools answer of one scenario: checklist, comparison, paychecks, forms, reminders, ledger."""

from __future__ import annotations

from dataclasses import asdict

from simulator.answer.comparison import Comparison
from simulator.answer.records import ledger_records, paycheck_records
from simulator.conversion.policy import Policy
from simulator.mcp import asked as ask
from simulator.mcp.told import Answer, with_differences
from simulator.notation.letters import visible
from simulator.notation.specification import replaced
from simulator.scenario.contributed import payroll_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of, warnings_of


def check(question: ask.Question) -> Answer:
    """Whether a scenario is sound, whom the strategy suits, and what to ask the plan."""
    from simulator.presentation import checklist
    from simulator.report.checklist import QUESTIONS

    comparison, answer = _compared(question.read())
    items = list(map(asdict, checklist(comparison)))
    return answer._replace(record={"checklist": items, "ask_the_plan": list(QUESTIONS)})


def compared(question: ask.Comparing) -> Answer:
    """Every policy side by side, with the verdict."""
    comparison, answer = _compared(question.read())
    record = comparison.to_dict()
    for name in ("assumed", "warnings", "assumptions"):  # they stand beside it
        record.pop(name, None)
    if not question.by_year:
        for policy in record["policies"]:
            del policy["years"]
    return answer._replace(record=with_differences(record))


def payroll(question: ask.Paying) -> Answer:
    """Each paycheck."""
    scenario = question.read()
    years = payroll_of(scenario)
    chosen = [year for year in years if question.year in (None, year.year)]
    _demand_year(question.year, [year.year for year in years])
    return Answer({"paychecks": list(paycheck_records(chosen))}, scenario)


def form(question: ask.Filing) -> Answer:
    """The forms of each year."""
    from simulator.report.form_boxes import DISCLAIMER
    from simulator.report.sentences import form_notes

    comparison, answer = _compared(question.read())
    chosen = question.policy and comparison.scenario.policy(question.policy)
    told = [one for one in comparison.with_done if not chosen or one.policy == chosen]
    records = [record for one in told for record in comparison.form_records(one)]
    _demand_year(question.year, [record["year"] for record in records])
    records = [record for record in records if question.year in (None, record["year"])]
    remarks = (*answer.remarks, *form_notes(records), DISCLAIMER)
    return answer._replace(record={"forms": records}, remarks=remarks)


def remind(question: ask.OfPolicy) -> Answer:
    """What to do on which day."""
    from simulator.presentation import reminders
    from simulator.report.tables.reminders import reminder_records

    scenario = question.read()
    chosen = _only(scenario, question.policy)
    comparison, answer = _compared(replaced(scenario, policies=(chosen,)))
    (result,) = comparison.results
    to_do = list(reminder_records(reminders(comparison, result)))
    return answer._replace(record={"policy": chosen.name, "reminders": to_do})


def explain(question: ask.Explaining) -> Answer:
    """The ledger of one path."""
    scenario = question.read()
    chosen = _only(scenario, question.policy)
    postings = list(ledger_records(ledger_of(scenario, chosen, question.path)))
    _demand_year(question.year, [int(one["date"][:4]) for one in postings])
    if question.year is not None:
        postings = [one for one in postings if one["date"].startswith(f"{question.year}-")]
    record = {"policy": chosen.name, "path": question.path, "postings": postings, "words": POSTED}
    returns = scenario.returns
    one_of = (
        f"This is path {question.path:,} of seed {returns.seed}: one future, not the expected one."
    )
    remarks = (one_of,) if returns.drawn else ()
    warnings = tuple(warnings_of(scenario, chosen))
    return Answer(record, scenario, warnings=warnings, remarks=remarks)


POSTED = {
    "deposit": "After-tax money lands: value and basis rise by it.",
    "fee": "The plan's fee of a conversion.",
    "conversion": "The account goes to Roth: what it holds above the basis is taxable (IRC 72(e)(8)).",
    "forfeit": "Basis that the plan cuts after a loss.",
    "payout": "A life event pays the account out.",
    "withdrawal": "A life event pays a part of it out, with basis in proportion.",
    "refund": "The ACP test sends after-tax money back, with its earnings.",
}
"""What each event of a ledger is."""


def _compared(scenario: Scenario) -> tuple[Comparison, Answer]:
    """A comparison, and what stands beside whatever is told of it."""
    comparison = compare(scenario)
    warnings = (*comparison.warnings, *comparison.unpriced, *comparison.unaccounted)
    told = (*warnings, *comparison.tax_warnings)
    return comparison, Answer(None, scenario, comparison.paths, told, comparison.assumptions)


def _only(scenario: Scenario, policy: str | None) -> Policy:
    """The policy that was asked for; the only one where none was."""
    if policy is None and len(scenario.policies) > 1:
        names = (visible(one.name) for one in scenario.policies)
        raise ask.NotAsked(f"policy: which one? {', '.join(names)}")
    return scenario.policy(policy) if policy is not None else scenario.policies[0]


def _demand_year(year: int | None, known: list[int]) -> None:
    """Raises `NotAsked` where an answer has nothing of a year."""
    if year is not None and year not in known:
        there = ask.named(sorted(set(known))) or "no year"
        raise ask.NotAsked(f"year: there is nothing of {year}; there is {there}")
