"""The worked examples of the docs, to the cent: each figure on a page is what the program computes."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

from simulator.conversion.postings import Posting
from simulator.payroll.contribution import Contribution
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of, went_in
from simulator.sweeps import sweep

ROOT = Path(__file__).parents[2]
EMILY = ROOT / "scenarios" / "emily.yaml"


def section(page: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next one."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.S | re.M)
    assert found is not None, heading
    return found[1]


def table(text: str, number: int = 0) -> dict[str, list[str]]:
    """The rows of a section's tables, by their first cell; of one table, counted from 0."""
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.M)
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in tables[number].splitlines()
    ]
    return {row[0]: row[1:] for row in rows}


def dollars(cents: float) -> str:
    """Cents as the pages have them: `2,313.69`."""
    return f"{cents / 100:,.2f}"


def conversions(scenario: Scenario, policy: str) -> list[Posting]:
    """The conversions of a policy on its one path."""
    postings = ledger_of(scenario, scenario.policy(policy)).postings
    return [posting for posting in postings if posting.event == "conversion"]


def january() -> tuple[Contribution, ...]:
    """Emily's three paychecks of January 2025."""
    return went_in(load(EMILY))[0].contributions[:3]


class TestEmilysJanuary:
    """Section 3.7 of the method, and its continuation in 6.4."""

    def test_the_unrounded_running_totals_are_shares_of_the_salary(self) -> None:
        rows = table(section("method.md", "3.7 Example: Emily's January 2025"))
        shares = {"gross": 100, "pre-tax, 12%": 12, "nonelective, 3%": 3, "after-tax, 10%": 10}
        for name, percent in shares.items():
            unrounded = [Fraction(200_000 * paid * percent, 26 * 100) for paid in (1, 2, 3)]
            assert rows[name] == [f"{float(total):,.4f}" for total in unrounded]

    def test_each_paycheck_is_that_of_the_payroll(self) -> None:
        rows = table(section("method.md", "3.7 Example: Emily's January 2025"), 1)
        assert rows["gross"] == [dollars(one.paycheck.gross) for one in january()]
        columns = {"pre-tax": "pre_tax", "nonelective": "nonelective", "after-tax": "after_tax"}
        for name, column in {**columns, "room left": "room_after"}.items():
            assert rows[name] == [dollars(getattr(one, column)) for one in january()]

    def test_the_month_is_converted_in_one_batch(self) -> None:
        text = section("method.md", "6.5 Example: Emily's January, converted at the month's end")
        batch, *_ = found = conversions(load(EMILY), "monthly")
        assert f"A = {dollars(batch.amount)}" in text
        assert f"R = {dollars(batch.basis_recovered)}" in text
        assert f"T =     {dollars(batch.taxable)}" in text
        total = (
            dollars(sum(getattr(one, name) for one in found)) for name in ("amount", "taxable")
        )
        assert "Box 1 {},\nBox 2a {}".format(*total) in text

    def test_the_values_before_rounding_are_grown_by_the_day(self) -> None:
        rows = table(
            section("method.md", "6.5 Example: Emily's January, converted at the month's end")
        )
        values = [769.23 * 1.07 ** (days / 365) for days in (28, 14, 0)]
        shown = [rows[day][-1].split("= ")[-1] for day in ("Jan 3", "Jan 17", "Jan 31")]
        assert shown == [f"{value:.4f}" for value in values]
        assert rows["together"][-1] == f"{sum(values):,.4f}"

    def test_thirty_days_later_basis_leaves_pro_rata(self) -> None:
        text = section("method.md", "6.5 Example: Emily's January, converted at the month's end")
        first = conversions(load(EMILY), "per-paycheck+30d")[0]
        assert first.session == date(2025, 2, 3)
        assert f"A = {dollars(first.amount)}" in text
        assert f"= {dollars(first.basis_recovered)}" in text
        assert f"T = {dollars(first.taxable)}" in text
        assert f"left: V = {dollars(first.value_after)}, B = {dollars(first.basis_after)}" in text


TWO_YEARS = (
    "years=2025-2026",
    "elections.changes=[{from: 2025-06-27, after_tax: 0%}, {from: 2026-01-01, after_tax: 12%}]",
    "policies=[quarterly]",
)


def test_the_three_rules_after_a_loss_are_those_of_the_example() -> None:
    """Section 6.5 of the method: six conversions, at a loss and at a gain, under each rule."""
    rows = table(section("method.md", "6.6 Example: a loss under the three rules"))
    scenario = load(ROOT / "scenarios" / "loss-year.yaml", TWO_YEARS)
    for column, rule in enumerate(("carry-forward", "carry-within-year", "forfeit"), 1):
        found = conversions(scenario.varied(f"plan.basis_after_loss={rule}"), "quarterly")
        for posting in found:
            assert rows[str(posting.session)][column] == dollars(posting.taxable)
        assert rows["taxable, both years"][column] == dollars(sum(one.taxable for one in found))


def test_the_mean_is_above_the_closed_form_by_what_the_method_says() -> None:
    """Section 7.6 of the method: Emily, converting once, in ten thousand years."""
    rows = table(section("method.md", "7.6 The mean gain in closed form"))
    scenario = load(ROOT / "scenarios" / "uneven-year.yaml")
    comparison = compare(scenario)
    told = comparison.statistics(comparison.result("year-end").total("box_2a"), taxable=True)
    closed = sweep(scenario, "year-end", delay=[0]).closed_form
    assert closed is not None
    assert rows["closed form, by sessions"] == [f"{closed[0]:,.2f}"]
    assert rows["lognormal, volatility 16%: mean"] == [f"{told['mean']:,.0f}"]
    assert rows["median"] == [f"{told['p50']:,.0f}"]
    assert rows["95%"] == [f"{told['p95']:,.0f}"]
    assert rows["share of the paths with nothing taxable"] == [f"{told['zero_share']:.0%}"]


def test_the_tour_follows_the_paycheck_of_january_17() -> None:
    text = (ROOT / "docs" / "tour.md").read_text("utf-8")
    paid = january()[1]
    rows = table(section("tour.md", "5. What goes in"))
    granted = [
        rows[name][1].strip("*") for name in ("pre-tax, 12%", "nonelective, 3%", "after-tax, 10%")
    ]
    assert granted == [dollars(cents) for cents in (paid.pre_tax, paid.nonelective, paid.after_tax)]
    assert f"**{dollars(paid.paycheck.gross)}**" in text
    assert dollars(paid.room_after) in text
    second = conversions(load(EMILY), "per-paycheck+3d")[1]
    assert second.session == date(2025, 1, 21)
    assert f"A = {dollars(second.amount)}" in text
    assert f"R = {dollars(second.basis_recovered)}" in text
    assert f"T =   {dollars(second.taxable)}" in text


def test_under_a_bound_of_two_conversions_diligence_is_punished() -> None:
    """The table of the page for plan sponsors."""
    rows = table(section("plan-sponsors.md", "How many conversions a year"))
    settings = ("plan.conversion.max_per_year=2", "policies=[per-paycheck, monthly, semiannual]")
    for row, result in zip(list(rows)[2:], compare(load(EMILY, settings)).results, strict=True):
        assert rows[row] == [
            dollars(result.forms[2025].box_1),
            dollars(result.stranded(2025)),
            dollars(result.total("box_2a")),
        ]


def prose(page: str) -> str:
    """A page without its line breaks."""
    return " ".join((ROOT / "docs" / page).read_text("utf-8").split())


def test_what_the_page_for_plan_sponsors_says_of_employer_money() -> None:
    """Priya's match with and without a true-up, and what a filled room leaves of it."""
    scenario = load(ROOT / "scenarios" / "true-up.yaml")
    with_true_up, without = (
        went_in(one)[0].total("match") for one in (scenario, scenario.varied("plan.true_up=false"))
    )
    eager = scenario.varied("elections.changes.0.after_tax=45%")
    (filled,) = went_in(eager.varied("plan.room=year-to-date"))
    (reserved,) = went_in(eager)
    text = prose("plan-sponsors.md")
    assert f"her match is {dollars(without)}" in text
    assert f"in December it is {dollars(with_true_up)}" in text
    assert f"{dollars(filled.employer_cut)} of employer money no longer fit" in text
    assert f"{dollars(reserved.total('after_tax'))} after tax" in text
    assert f"{dollars(reserved.annual_additions)} are reached to the cent" in text
    assert filled.first_clipped["annual_additions"] == date(2025, 10, 31)


def test_what_the_page_for_plan_sponsors_says_of_fees_and_spillover() -> None:
    text = prose("plan-sponsors.md")
    comparison = compare(load(ROOT / "scenarios" / "low-salary.yaml"))
    often, _, once = comparison.results
    tax = comparison.summary()["tax"]
    saved = 100 * (tax[once.policy.name] - tax[often.policy.name])
    assert f"costs her {dollars(often.total('fees'))} in fees" in text
    assert f"saves {dollars(round(saved))} of tax" in text
    assert f"has {dollars(once.total('box_2a'))} of taxable earnings" in text
    (spilled,) = went_in(load(ROOT / "scenarios" / "spillover.yaml"))
    assert f"{dollars(spilled.total('after_tax'))} by December" in text


def test_what_a_forgotten_basis_costs_sofia() -> None:
    """The difference that the page on Form 1099-R names for a year with losses."""
    scenario = load(ROOT / "scenarios" / "replay-deposits.yaml")
    kept, cut = (
        compare(scenario.varied(f"plan.basis_after_loss={rule}")).results[0].total("box_2a")
        for rule in ("carry-forward", "forfeit")
    )
    text = prose("your-1099-r.md")
    assert f"has {dollars(kept)} taxable; one that forfeits it has {dollars(cut)}" in text
    last = conversions(scenario, "As she remembers it")[-1]
    assert f"{dollars(last.amount)} would have left this form" in text
