"""Is a Form 1099-R right? Published cases, examples by hand, and each known error of issuers."""

from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.notation.mistakes import Mistakes
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from tests.audits import FOUR_IN, FOUR_OUT, asked, boxes, form, only

SHIPPED = Path(__file__).parents[2] / "scenarios"


@pytest.fixture
def four(tmp_path: Path) -> Scenario:
    """Four deposits of 5,000.00, each converted in full."""
    return asked(tmp_path, FOUR_IN, FOUR_OUT)


def test_earnings_left_untaxed_as_told_on_irahelp(tmp_path: Path) -> None:
    """Forum post 30759: 9,852 in, 407 earned, and Box 2a printed as 0."""
    scenario = asked(tmp_path, "2025-02-03,9852", "2025-03-03,10259")
    found = only(simulator.audit(scenario, form(box_1=10259, box_2a=0, box_5=9852)))
    assert boxes(found, "carry-forward") == (10259, 407, 9852)
    record = found.to_dict()
    assert record["finding"] == "E1"
    assert record["agrees_with"] == []
    assert (record["form_1040_5a"], record["form_1040_5b"]) == (10259, 407)


def test_a_part_of_an_account_as_in_the_slott_report(tmp_path: Path) -> None:
    """40,000 of 125,000 with a basis of 100,000: 8,000 is taxable."""
    scenario = asked(tmp_path, "2025-02-03,100000", "2025-03-03,40000,125000", ",value")
    found = only(simulator.audit(scenario, form(box_1=40000, box_2a=8000, box_5=32000)))
    assert found.compared.finding is None
    assert found.agrees_with == ["carry-forward", "forfeit"]


def test_a_split_on_one_form_as_asked_of_turbotax(tmp_path: Path) -> None:
    """Question 2501984: 81,564 / 60,000 / 20,419.13, so 1,144.87 was sent on to a traditional IRA."""
    rows = "2025-03-03,20419.13,roth\n2025-03-03,1144.87,traditional"
    scenario = asked(tmp_path, "2025-02-03,20419.13", rows, ",to")
    found = only(simulator.audit(scenario, form(box_1=81564, box_2a=60000, box_5=20419.13)))
    assert found.to_dict()["finding"] == "E9"
    assert "1,144.87 of earnings went to a traditional IRA" in found.text
    assert found.is_right
    assert (found.to_dict()["form_1040_5a"], found.to_dict()["form_1040_5b"]) == (81564, 60000)


def test_four_conversions_with_a_loss_among_them(four: Scenario) -> None:
    """Model D4: 26.55 of basis stays under one rule, nothing under the others."""
    found = only(simulator.audit(four, form(box_1=20073.45, box_2a=73.45, box_5=20000)))
    assert boxes(found, "carry-forward") == (20073.45, 100.00, 19973.45)
    assert boxes(found, "carry-within-year") == (20073.45, 100.00, 19973.45)
    assert boxes(found, "forfeit") == (20073.45, 273.45, 19800.00)
    assert found.to_dict()["basis_left"] == {
        "carry-forward": 26.55,
        "carry-within-year": 0,
        "forfeit": 0,
    }
    assert found.to_dict()["finding"] == "E8"


def test_which_rule_the_plan_follows_is_told(four: Scenario) -> None:
    found = only(simulator.audit(four, form(box_1=20073.45, box_2a=273.45, box_5=19800)))
    assert found.agrees_with == ["forfeit"]
    assert found.to_dict()["form_1040_5b"] == 273
    assert found.compared.finding is None


def test_a_part_and_then_all_of_the_rest(tmp_path: Path) -> None:
    """Model D4: 248.52 of 6,000.00, then 551.48 of 14,800.00."""
    scenario = asked(
        tmp_path,
        "2025-02-03,10000\n2026-02-03,10000",
        "2025-03-03,6000,10432.10\n2026-03-03,14800,14800",
        ",value",
    )
    forms = [
        form(box_1=6000, box_2a=248.52, box_5=5751.48),
        form(2026, box_1=14800, box_2a=551.48, box_5=14248.52),
    ]
    found = simulator.audit(scenario, forms)
    assert [one.compared.finding for one in found.forms] == [None, None]
    assert found.is_right


def test_a_year_end_that_nobody_tells_leaves_a_rule_out(tmp_path: Path) -> None:
    rows = "2025-03-03,4800,4800"
    paid = "2025-02-03,5000\n2025-11-03,1000"
    printed = form(box_1=4800, box_2a=0, box_5=4800)
    untold = only(simulator.audit(asked(tmp_path, paid, rows, ",value"), printed))
    assert untold.agrees_with == ["carry-forward", "forfeit"]
    told = asked(tmp_path, paid, f"{rows}\n2025-12-31,0,1100", ",value")
    found = only(simulator.audit(told, printed))
    assert found.agrees_with == ["carry-forward", "carry-within-year", "forfeit"]
    assert found.to_dict()["basis_left"] == {
        "carry-forward": 1200,
        "carry-within-year": 1000,
        "forfeit": 1000,
    }


def test_prices_tell_what_the_account_held(tmp_path: Path) -> None:
    """100 units at 100.00; half of them leave at 110.00: 5,500 of 11,000, of it 500 earned."""
    days = "2025-02-03,100\n2025-03-03,110"
    (tmp_path / "fund.csv").write_text(f"date,price\n{days}\n")
    more = "returns: {model: history, prices: fund.csv}\n"
    scenario = asked(tmp_path, "2025-02-03,10000", "2025-03-03,5500", more=more)
    found = only(simulator.audit(scenario, form(box_1=5500, box_2a=500, box_5=5000)))
    assert found.agrees_with == ["carry-forward", "forfeit"]
    whole = asked(tmp_path, "2025-02-03,10000", "2025-03-03,10990", more=more)
    printed = form(box_1=10990, box_2a=990, box_5=10000)
    assert "carry-within-year" in only(simulator.audit(whole, printed)).agrees_with


@pytest.mark.parametrize(("rows", "columns"), [("2025-03-03,12000,10432.10", ",value")])
def test_more_than_was_held_is_a_mistake(tmp_path: Path, rows: str, columns: str) -> None:
    scenario = asked(tmp_path, "2025-02-03,10000", rows, columns)
    with pytest.raises(Mistakes) as wrong:
        simulator.audit(scenario, form(box_1=1))
    said = "out.csv:2: $12,000.00 is more than the account held ($10,432.10)"
    assert str(wrong.value).endswith(said)


PLANTED: list[tuple[str, dict[str, Any]]] = [
    ("E1", {"box_2a": None}),
    ("E1", {"box_2a": 0}),
    ("E2", {"box_2a": 20073.45, "box_5": None}),
    ("E3", {"box_5": 15000}),
    ("E5", {"box_7": "1"}),
    ("E5", {"box_7": "H"}),
    ("E6", {"box_2a": 8029.38, "box_5": 12044.07, "plan_value": 500000, "plan_pre_tax": 200000}),
    ("E8", {"box_2a": 73.45, "box_5": 20000}),
    ("E10", {"box_5": 20100}),
    ("E11", {"box_1": 20073, "box_5": 19973}),
]
"""What is wrong in the form of the four conversions, and what it is called."""


@pytest.mark.parametrize(("name", "wrong"), PLANTED)
def test_a_known_error_is_named(four: Scenario, name: str, wrong: dict[str, Any]) -> None:
    right = form(box_1=20073.45, box_2a=100, box_5=19973.45)
    assert only(simulator.audit(four, right | wrong)).to_dict()["finding"] == name


def test_a_conversion_on_the_neighbouring_years_form_is_named(tmp_path: Path) -> None:
    rows = "2025-06-03,5100\n2025-12-31,5200"
    scenario = asked(tmp_path, "2025-06-02,5000\n2025-12-01,5000", rows)
    found = simulator.audit(
        scenario,
        [
            form(box_1=5100, box_2a=100, box_5=5000),
            form(2026, box_1=5200, box_2a=200, box_5=5000),
        ],
    )
    assert [one.to_dict()["finding"] for one in found.forms] == ["E4", "E4"]


def test_a_fee_that_counts_as_converted_is_named(tmp_path: Path) -> None:
    scenario = asked(tmp_path, "2025-02-03,5000", "2025-03-03,5075,25", ",fee")
    found = only(simulator.audit(scenario, form(box_1=5100, box_2a=100, box_5=5000)))
    assert found.to_dict()["finding"] == "E7"


def test_a_form_that_nothing_explains_is_told_box_by_box(four: Scenario) -> None:
    found = only(simulator.audit(four, form(box_1=30000, box_2a=500, box_5=29500)))
    assert found.to_dict()["finding"] is None
    assert "Box 1 is $9,926.55 above the expected $20,073.45" in found.text


def test_each_code_is_a_form_of_its_own(tmp_path: Path) -> None:
    """Cash in proportion, refunds with the basis that is told."""
    rows = "2025-03-03,1100,11000,cash,\n2025-04-01,550,9900,refund,500\n2025-05-01,9350,9350,roth,"
    scenario = asked(tmp_path, "2025-02-03,10000", rows, ",value,to,basis")
    forms = [
        form(code="1", box_1=1100, box_2a=100, box_5=1000),
        form(code="E", box_1=550, box_2a=50, box_5=500),
        form(box_1=9350, box_2a=850, box_5=8500),
    ]
    found = simulator.audit(scenario, forms)
    assert [(one.form.box_7, one.to_dict()["finding"]) for one in found.forms] == [
        ("1", None),
        ("E", None),
        ("G", None),
    ]
    assert found.is_right
    less = simulator.audit(scenario, forms[:1])
    assert {(year, kind) for year, kind, _ in less.missing} == {(2025, "E"), (2025, "G")}


def test_two_forms_of_one_code_are_added_up(four: Scenario) -> None:
    forms = [
        form(box_1=5100, box_2a=100, box_5=5000),
        form(box_1=14973.45, box_2a=0, box_5=14973.45),
    ]
    found = only(simulator.audit(four, forms))
    assert found.agrees_with == ["carry-forward", "carry-within-year"]
    assert "2 forms of code G were added up" in found.text


def test_the_tax_on_what_is_printed_too_much(tmp_path: Path) -> None:
    """24% of 20,073.45 less 24% of 100.00."""
    scenario = asked(tmp_path, FOUR_IN, FOUR_OUT, more="taxes: {federal: 24%}\n")
    found = only(simulator.audit(scenario, form(box_1=20073.45, box_2a=20073.45)))
    assert found.to_dict()["tax_difference"] == 4793.63
    assert found.to_dict()["finding"] == "E2"


def test_a_right_split_agrees(tmp_path: Path) -> None:
    """Notice 2014-54: the 500 earned go to a traditional IRA, and 100 of basis with them."""
    rows = "2025-03-03,9900,roth\n2025-03-03,600,traditional"
    scenario = asked(tmp_path, "2025-02-03,10000", rows, ",to")
    found = only(simulator.audit(scenario, form(box_1=10500, box_2a=0, box_5=10000)))
    assert (found.compared.finding, found.sent_on) == (None, 500_00)
    assert found.to_dict()["form_1040_5b"] == 0


def test_earnings_that_stay_with_the_roth_part_are_taxable(tmp_path: Path) -> None:
    """Of 500 earned 200 went to the traditional IRA."""
    rows = "2025-03-03,10300,roth\n2025-03-03,200,traditional"
    scenario = asked(tmp_path, "2025-02-03,10000", rows, ",to")
    found = only(simulator.audit(scenario, form(box_1=10500, box_2a=300, box_5=10000)))
    assert found.agrees_with == ["carry-forward", "carry-within-year", "forfeit"]


def test_a_deposit_of_the_day_is_in_what_is_converted(tmp_path: Path) -> None:
    scenario = asked(tmp_path, "2025-02-03,1000\n2025-03-03,1000", "2025-03-03,2050")
    found = only(simulator.audit(scenario, form(box_1=2050, box_2a=50, box_5=2000)))
    assert found.compared.finding is None


def test_what_the_account_held_before_counts(tmp_path: Path) -> None:
    """An opening balance of 1,200 with a basis of 1,000, and 500 more."""
    more = "plan: {opening: {after_tax: 1200, basis: 1000}}\n"
    scenario = asked(tmp_path, "2025-02-03,500", "2025-03-03,1800", more=more)
    found = only(simulator.audit(scenario, form(box_1=1800, box_2a=300, box_5=1500)))
    assert found.compared.finding is None


@pytest.mark.parametrize("rule", ["carry-forward", "carry-within-year", "forfeit"])
def test_the_forms_of_the_ledger_agree(tmp_path: Path, rule: str) -> None:
    """Its postings of a year with losses as a history: two arithmetics, the same boxes."""
    scenario = load(SHIPPED / "loss-year.yaml", [f"plan.basis_after_loss={rule}"])
    policy = next(one.name for one in scenario.policies if one.name == "quarterly")
    postings = simulator.ledger(scenario, policy)
    left = postings[postings["event"] == "conversion"]
    rows = "".join(
        f"{day.date()},{cents:.2f}\n"
        for day, cents in zip(left["date"], left["amount"], strict=True)
    )
    (tmp_path / "out.csv").write_text(f"date,amount\n{rows}")
    found = simulator.audit(
        scenario.varied(conversions=str(tmp_path / "out.csv")),
        [
            form(
                year,
                box_1=round(of_year["amount"].sum(), 2),
                box_2a=round(of_year["taxable"].sum(), 2),
                box_5=round(of_year["basis_recovered"].sum(), 2),
            )
            for year, of_year in left.groupby(left["date"].dt.year)
        ],
    )
    assert found.forms
    for one in found.forms:
        assert rule in one.agrees_with
        assert one.compared.finding is None
