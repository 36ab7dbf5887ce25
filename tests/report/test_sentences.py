"""What an answer says in sentences: the figure, how sure it is, fees, and what the plan's rules took."""

from pathlib import Path

import pytest

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money
from simulator.answer.records import paycheck_records
from simulator.presentation import checklist
from simulator.report.finding import finding
from simulator.report.sentences import clipped_words, findings
from simulator.report.tables.answer import answer_table
from simulator.report.tables.comparison import balances_table, contribution_tables
from simulator.report.tables.forms import form_table, left_table
from simulator.report.terminal import text
from simulator.scenario.loading import load
from simulator.simulation import compare
from tests.documents import EMILY, LAGGING, scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def answer(name: str, *settings: str) -> Comparison:
    return compare(load(SCENARIOS / f"{name}.yaml", settings))


def first(comparison: Comparison) -> str:
    return comparison.advice[0]


def test_on_one_path_the_answer_says_on_which_condition_it_holds() -> None:
    assert first(answer("emily", "returns.annual_return=5%")) == (
        "Convert after each paycheck: against converting at the year's end it saves $508.36 of taxable "
        "earnings, if the fund grows evenly by 5% a year; uneven years tax more on average."
    )


def test_over_many_paths_the_answer_has_its_error_and_what_a_bad_one_comes_to() -> None:
    comparison = answer("uneven-year", "returns.paths=1_024")
    told = comparison.statistics(comparison.adds["tax"])
    error = money(told["se"] * 100, told["se"] * 100)
    words = f"on average (+/- {error}; ${told['p95']:,.0f} or more on one path of twenty)"
    assert words in first(comparison)


def test_fees_are_told_and_decide_which_policy_costs_least() -> None:
    """scenarios/README.md: fees of 275.00 against 73.44 of tax."""
    comparison = answer("low-salary")
    assert comparison.verdict.best is comparison.result("One form a year")
    table = answer_table(comparison)
    assert "Fees" in [column.header for column in table.columns]
    assert first(comparison) == (
        "Convert by “One form a year”: against “A form after each paycheck” it adds $73.44 of tax on "
        "$612.00 of taxable earnings, and saves $250.00 of fees: $176.56 less in all, "
        "if the fund grows evenly by 6% a year; uneven years tax more on average."
    )


def test_policies_that_read_alike_are_told_apart_by_name() -> None:
    dates = "[2025-06-30, 2025-12-31]"
    policies = (
        f"policies=[{{cadence: dates, dates: {dates}, label: Twice}},"
        " {cadence: dates, dates: [2025-12-31], label: Once}]"
    )
    assert first(answer("emily", policies)).startswith(
        "Convert by “Twice”: against “Once” it saves $353.07 "
    )
    apart = "policies=[year-end, {cadence: year-end, cutoff: 5, delay: 30}]"
    words = load(SCENARIOS / "emily.yaml", [apart]).policies[1].words
    assert words == "5 sessions before the year's end with a delay of 30 days"


def test_what_the_first_sentence_says_of_an_easier_policy_is_not_said_again() -> None:
    """The census of scenarios/README.md: the year's end costs $46 more, within $50 a year."""
    told, easier = answer("census").headlines
    assert "against converting at the year's end it saves $46 of tax" in told
    same = "Converting at the year's end is nearly as good, with 1 conversion instead of 26."
    assert easier == same


def test_basis_that_is_forfeited_and_dates_passed_over_are_told() -> None:
    """What scenarios/README.md says to look at."""
    loss = "per-paycheck+15d ($203.23), monthly ($123.14), quarterly ($667.07)."
    told = f"Losses take some of the already taxed part (basis), by the plan's rule: {loss}"
    assert told in list(findings(answer("loss-year")))
    waits = "Dates on which money had to wait, by the plan's rules: “Asks every month” (10), “Too close” (1)."
    assert waits in list(findings(answer("two-conversions-a-year")))
    alone = "quarterly: a loss takes $667.07 of the already taxed part (basis), by the plan's rule."
    assert alone in list(findings(answer("loss-year", "policies=[quarterly]")))


def test_money_on_its_way_that_never_leaves_is_not_said_to_be_nothing() -> None:
    """By hand: 24 x 500.00, the last of December 31 still on its way; on the way alone it is told too."""
    told = list(findings(compare(scenario(LAGGING))))
    earned = "$0.00 of it earnings not yet taxed."
    assert f"dates: $500.00 stays behind, {earned}" in told
    assert f"never: $12,000.00 stays behind, $500.00 of it in transit, {earned}" in told
    december = {"frequency": "monthly", "salary": 60_000, "first_pay_date": "2021-12-31"}
    late = compare(scenario(LAGGING | {"pay": december, "policies": ["never"]}))
    assert list(findings(late)) == [
        f"never: $500.00 stays behind, $500.00 of it in transit, {earned}"
    ]
    assert finding(late) == ("Never converting leaves $500 behind, $0 of it earnings not yet taxed")
    (balances,) = balances_table(late).rows
    assert balances == ("never", 0, 0, 0, 50_000)
    table = left_table(late)
    assert table is not None
    assert [column.header for column in table.columns] == ["Policy", "Dec. 31", "In transit"]
    assert table.rows == (("never", 2021, 50_000),)
    item = next(one for one in checklist(late) if one.question == "never")
    assert item.verdict == "note"
    assert item.answer == ("no conversion in 2021; nothing left on December 31, $500.00 in transit")


def test_money_on_its_way_that_will_leave_is_told_beside_the_balances() -> None:
    """It is left behind under no policy, so no December has a row for it."""
    on_its_way = compare(scenario(LAGGING | {"policies": ["per-paycheck"]}))
    table = balances_table(on_its_way)
    assert table.columns[-1].header == "In transit"
    assert [row[-1] for row in table.rows] == [50_000]
    assert table.notes == ("In transit: paid by then, it lands in the account after.",)
    assert left_table(on_its_way) is None
    assert "In transit" not in str(balances_table(answer("emily")).columns)


def test_where_nothing_goes_in_nothing_is_said_of_waiting() -> None:
    told = list(findings(answer("emily", "elections.after_tax=0%")))
    assert told == ["No after-tax contribution goes in in 2025."]


def test_what_december_leaves_is_the_mean_of_each_paths_earnings() -> None:
    """Not the excess of the mean value over the mean basis: on some paths there is a loss."""
    comparison = answer("uneven-year", "returns.paths=1_024", "policies=[never]")
    outcome = comparison.results[0].outcome.years[2025]
    earnings = (outcome.left_value - outcome.left_basis).clip(0).mean()
    table = left_table(comparison)
    assert table is not None
    row = dict(zip((column.header for column in table.columns), table.rows[0], strict=True))
    assert row["Earnings"] == round(earnings)
    assert row["10% tax"] == round(earnings / 10)
    assert row["Left"] - row["Principal"] == row["Earnings"]
    assert row["Basis beyond"] > 0


def test_basis_that_a_loss_left_behind_is_told_where_no_money_is() -> None:
    """scenarios/replay-deposits.yaml: 21.79 for next year's opening."""
    table = left_table(answer("replay-deposits"))
    assert table is not None
    assert [row[0] for row in table.rows] == ["As the plan promised"]
    assert table.rows[0][-1] == 2_179
    assert "plan.opening" in table.notes[-1]
    assert left_table(answer("emily", "policies=[monthly]")) is None


def test_forms_over_many_paths_say_that_they_are_means() -> None:
    comparison = answer("uneven-year", "returns.paths=1_024")
    records = [one for result in comparison.results for one in comparison.form_records(result)]
    table = form_table(records, ())
    assert "5% to 95%" in [column.header for column in table.columns]
    assert table.notes[0].startswith("Means over the paths")
    for record in records:
        assert record["form_1040_5b"] == int(record["box_2a"]["mean"] + 0.5)


@pytest.mark.parametrize(
    ("cents", "error", "words"),
    [
        (70_949, 0.0, "$709.49"),
        (117_077, 300.0, "$1,171"),
        (12_077, 20.0, "$121"),
        (3_020, 8.0, "$30.20"),
        (-140_959, 0.0, "-$1,409.59"),
    ],
)
def test_money_in_a_sentence_has_cents_or_none(cents: float, error: float, words: str) -> None:
    assert money(cents, error) == words


def test_a_year_without_a_paycheck_is_not_called_a_replay() -> None:
    """Employment ended before; what is left of it converts all the same."""
    ended = scenario(
        LAGGING
        | {
            "pay": {"salary": 120_000, "frequency": "monthly", "last_pay_date": "2020-12-31"},
            "plan": {"opening": {"after_tax": 1_000, "basis": 1_000}},
            "policies": ["monthly"],
        }
    )
    comparison = compare(ended)
    (went_in,) = contribution_tables(comparison)
    assert (went_in.title, went_in.rows) == ("Contributions", ())
    assert went_in.notes == ("No paycheck falls in 2021.",)
    assert text([went_in]).splitlines()[0] == "Contributions"
    assert comparison.results[0].total("box_1") == 1_000_00


def test_cents_of_rounding_are_not_told_as_a_limit_that_binds() -> None:
    """By hand: 10% of 8,333.35 is 833.335, rounded 833.34; twice that exceeds 10% of 16,666.70 by a cent.

    So of each second paycheck the cap takes 0.01, in all 0.06, and 10,000.02 go in.
    """
    pay = {"salary": "100_000.20", "frequency": "monthly"}
    rounded = compare(scenario(EMILY | {"pay": pay, "elections": {"after_tax": "10%"}},
                               "plan.after_tax.cap=10%"))  # fmt: skip
    (year,) = rounded.contributions
    assert year.total("after_tax") == 10_000_02
    assert sum(one.clipped.get("plan_cap", 0) for one in year.contributions) == 6
    assert (year.clipped, year.first_clipped, list(clipped_words(year))) == ({}, {}, [])
    assert not any(record["clipped"] for record in paycheck_records([year]))
    item = next(one for one in checklist(rounded) if one.question == "Plan's cap")
    assert (item.verdict, item.answer) == ("ok", "cuts nothing")


def test_a_limit_that_takes_a_dollar_in_a_year_is_told() -> None:
    """By hand: 12 x 833.42 asked, a cap of 10,000.00: 11 x 833.42 leave 832.38, which is 1.04 less."""
    document = EMILY | {
        "pay": {"salary": 100_000, "frequency": "monthly"},
        "elections": {"after_tax": "$833.42"},
    }
    capped = compare(scenario(document, "plan.after_tax.cap=$10_000"))
    (year,) = capped.contributions
    assert list(clipped_words(year)) == [
        "The plan's after-tax cap took $1.04 off what was asked, first on 2025-12-31."
    ]
    assert [one["clipped"] for one in paycheck_records([year])] == [{}] * 11 + [{"plan_cap": 1.04}]
    item = next(one for one in checklist(capped) if one.question == "Plan's cap")
    assert (item.verdict, item.answer) == ("note", "cuts $1.04, first on 2025-12-31")


@pytest.mark.parametrize(("limit", "told"), [("5_999.01", False), ("5_999", True)])
def test_cents_of_employer_money_that_do_not_fit_are_not_told(limit: str, told: bool) -> None:
    """By hand: 6% of 100,000 is 12 x 500.00; 0.99 or 1.00 of it does not fit."""
    document = EMILY | {
        "pay": {"salary": 100_000, "frequency": "monthly"},
        "elections": {},
        "plan": {"nonelective": "6%"},
        "limits": {"overrides": {2025: {"annual_additions": limit}}},
    }
    cut = compare(scenario(document))
    assert any("of employer money does not fit" in words for words in findings(cut)) is told
    assert any(one.question == "Employer money" for one in checklist(cut)) is told
    assert ("annual_additions" in cut.contributions[0].first_clipped) is told


def test_the_picture_says_which_policy_is_taxed_more_also_where_that_one_is_best() -> None:
    """scenarios/README.md: one form a year is taxed on 612.00 more, and costs less for its fees."""
    assert finding(answer("low-salary")) == (
        "“One form a year” makes $612 more taxable than “A form after each paycheck”, $73 of tax"
    )
