"""What payroll table, checklist and JSON say of a year, by hand. Dollars."""

from typing import Any

import pytest

from simulator.answer.records import paycheck_records
from simulator.presentation import checklist
from simulator.report.sentences import clipped_words, findings
from simulator.report.tables.payroll import payroll_tables
from simulator.simulation import compare
from tests.documents import scenario
from tests.payrolls import year_of, years_of

PERSON: dict[str, Any] = {"name": "Anyone", "years": 2025, "birth_year": 1985}
MONTHLY = {"salary": 120_000, "frequency": "monthly"}
"""10,000.00 a month."""


def notes(document: dict[str, Any]) -> list[str]:
    """What stands under the payroll table of a year."""
    (table,) = payroll_tables([year_of(document)])
    return list(table.notes)


def answer(question: str, **document: Any) -> tuple[str, str]:
    """Verdict and answer of a question of the checklist."""
    items = checklist(compare(scenario(PERSON | document)))
    return next((item.verdict, item.answer) for item in items if item.question == question)


@pytest.mark.parametrize(
    ("after_tax", "verdict", "words"),
    [
        ("49.9%", "ok", "at most 59.9% of a paycheck, $5,990.00 of $10,000.00 on 2025-01-31"),
        (
            "50%",
            "!",
            "at most 60.0% of a paycheck, $6,000.00 of $10,000.00 on 2025-01-31, which leaves $4,000.00 "
            "for taxes, insurance and living; plan.paycheck_cap or a lower election keeps more of it",
        ),
    ],
)
def test_the_largest_share_of_a_paycheck_is_told_and_warned_of_from_60_percent_on(
    after_tax: str, verdict: str, words: str
) -> None:
    document = {"pay": MONTHLY, "elections": {"pre_tax": "10%", "after_tax": after_tax}}
    assert answer("Take-home pay", **document) == (verdict, f"the plan takes {words}")
    assert f"Into the plan goes {words}." in notes(document)


def test_what_paychecks_cannot_pay_is_told_so_that_it_can_be_acted_on() -> None:
    """8,000 and 4,000 of 10,000 in two months: 2,000 short each; 75% of it is 7,500, 4,500 short each."""
    elections = {"pre_tax": 8_000, "after_tax": 4_000, "changes": [
        {"from": "2025-03-01", "pre_tax": 0, "after_tax": 0}]}  # fmt: skip
    document: dict[str, Any] = {"pay": MONTHLY, "elections": elections}
    rest = "Lower an election there, or begin earlier in the year."
    assert list(clipped_words(year_of(document))) == [
        "2 paychecks do not reach for what was elected, first on 2025-01-31: gross is less than deferrals "
        f"and after-tax together, by $4,000.00. {rest}"
    ]
    capped = year_of(document | {"plan": {"paycheck_cap": "75%"}})
    assert list(clipped_words(capped)) == [
        "2 paychecks do not reach for what was elected, first on 2025-01-31: 75% of gross is less than "
        f"deferrals and after-tax together, by $9,000.00. {rest}"
    ]


def test_where_employer_money_is_cut_the_other_rule_is_named() -> None:
    """11 x 6,000 after tax and 12,000 from the employer in December are 8,000 above 70,000."""
    document: dict[str, Any] = {
        "pay": MONTHLY,
        "elections": {"after_tax": 6_000},
        "plan": {
            "nonelective": {"amount": 12_000, "date": "2025-12-31"},
            "room": "year-to-date",
        },
    }
    words = "where the plan pays after-tax money back instead, write plan.excess: after-tax"
    cut = "$8,000.00 of employer money does not fit the 415(c) limit of 2025 and is cut"
    comparison = compare(scenario(PERSON | document))
    assert f"{cut}; {words}." in list(findings(comparison))
    assert answer("Employer money", **document) == (
        "!",
        f"$8,000.00 does not fit the 415(c) limit and is cut; {words}",
    )


def test_check_says_that_another_employers_plan_used_the_persons_limit() -> None:
    """57 years old in 2014: 23,000 less 20,000."""
    document: dict[str, Any] = {
        "years": 2014,
        "birth_year": 1957,
        "pay": MONTHLY,
        "elections": {"pre_tax": "max", "already_deferred": 20_000},
    }
    assert answer("Deferrals maxed out first", **document) == (
        "ok",
        "$3,000.00 of $3,000.00 in 2014 ($20,000.00 went in elsewhere: 402(g) and catch-up are one limit a "
        "person)",
    )
    assert (
        "if a pay stub of this plan says it, write so_far"
        in answer("Deferred elsewhere", **document)[1]
    )


@pytest.mark.parametrize(
    ("plan", "question", "words"),
    [
        ({"type": "403b"}, "A 403(b) plan", "plan.also_annual_additions"),
        (
            {"type": "403b", "fifteen_years": {"service": 15}},
            "A 403(b) plan",
            "fifteen years of service add $3,000.00 to 402(g) in 2025",
        ),
        (
            {"type": "solo-401k"},
            "A solo 401(k)",
            "of a sole owner's profit write pay.self_employment",
        ),
    ],
)
def test_check_says_what_a_plans_type_changes(
    plan: dict[str, Any], question: str, words: str
) -> None:
    assert words in answer(question, pay=MONTHLY, plan=plan)[1]


def test_a_label_is_told_with_its_dates() -> None:
    vests = [
        {"date": f"2025-{month}-20", "amount": 1, "elections": False, "label": "RSU vest"}
        for month in ("02", "05")
    ]
    document = {"pay": MONTHLY | {"bonuses": vests}}
    assert "RSU vest: 2025-02-20, 2025-05-20." in notes(document)
    labels = [record.get("label") for record in paycheck_records([year_of(document)])]
    assert [label for label in labels if label] == ["RSU vest"] * 2


def test_employer_money_paid_for_another_year_is_listed_with_the_year_that_it_counts_for() -> None:
    """2,000 each March for the year before: of 2024 it uses no room; that of 2025 comes in 2026."""
    plan = {"nonelective": {"amount": 2_000, "date": "03-10", "counts_for": "previous"}}
    document = {"pay": MONTHLY, "plan": plan}
    told = [
        (record["pay_date"], record["counts_for"], record["nonelective"])
        for record in paycheck_records(years_of(document))
        if record["kind"] == "nonelective"
    ]
    assert told == [("2025-03-10", 2024, 2_000), ("2026-03-10", 2025, 2_000)]
    said = notes(document)
    assert (
        "$2,000.00 paid on 2025-03-10 by the employer counts for 2024 and uses no room here."
        in said
    )
    assert "What is paid in 2026 counts for 2025, and uses its room." in said


def test_a_share_of_a_pay_that_the_file_does_not_hold_is_told_without_its_amount() -> None:
    plan = {"nonelective": {"share": "5%", "date": "2025-03-10", "counts_for": "previous"}}
    document = {"pay": MONTHLY, "plan": plan}
    assert (
        "5% of the pay of 2024, which is not in the file, paid on 2025-03-10 by the employer counts for 2024 "
        "and uses no room here."
    ) in notes(document)
    assert all(record["kind"] == "regular" for record in paycheck_records(years_of(document)))


def test_lump_sums_of_a_day_stand_on_its_paycheck_together() -> None:
    """3% of 10,000.00, 5,000 and 1% of 120,000 on the paycheck of December 31."""
    items = ["3%", {"amount": 5_000, "date": "2025-12-31"}, {"share": "1%", "date": "12-31"}]
    records = list(paycheck_records([year_of({"pay": MONTHLY, "plan": {"nonelective": items}})]))
    assert len(records) == 12
    assert [record["nonelective"] for record in records] == [300.0] * 11 + [6_500.0]
