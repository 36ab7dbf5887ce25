"""What comes of the best dates: ledgers, JSON, what can be pasted, and what cannot be answered.

The examples are those of `tests/conversion/test_best_dates_by_hand.py`; their ledgers were worked out by
another program too.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import simulator
from simulator.answer.best_dates import BestDates
from simulator.cli import cli
from simulator.notation.mistakes import Mistakes
from simulator.notation.yaml_document import document
from simulator.refusal import Refused
from simulator.report.tables.best import to_paste
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of
from simulator.sweeps import sweep
from tests.documents import emily, scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
TWICE = {"max_per_year": 2}


@pytest.fixture
def twelve(tmp_path: Path) -> Path:
    """Twelve deposits of $2,500.00 on the 20th of each month of 2025, at 41.3%."""
    rows = "".join(f"2025-{month:02d}-20,2500.00\n" for month in range(1, 13))
    (tmp_path / "deposits.csv").write_text(f"date,amount\n{rows}")
    document: dict[str, Any] = {
        "name": "Twelve",
        "years": "2025",
        "birth_year": 1990,
        "deposits": "deposits.csv",
        "policies": [
            {"cadence": "dates", "dates": ["2025-06-30", "2025-12-31"], "label": "Half-years"}
        ],
        "taxes": {"federal": "32%", "state": "9.3%"},
    }
    file = tmp_path / "twelve.yaml"
    file.write_text(json.dumps(document))
    return file


def rules(file: Path, **written: int) -> Scenario:
    """The examples under some rules."""
    settings = [f"plan.conversion.{name}={value}" for name, value in written.items()]
    return load(file, settings)


def box_2a(best: BestDates) -> dict[int, int]:
    return {year: form.box_2a for year, form in best.found.forms.items()}


@pytest.mark.parametrize(
    ("written", "taxable"),
    [
        ({"max_per_year": 1}, 960_09),
        (TWICE, 429_38),
        (TWICE | {"min_days_between": 90}, 429_38),
        ({"max_per_year": 4, "min_days_between": 90}, 171_35),
    ],
)
def test_the_ledgers_of_the_examples(twelve: Path, written: dict[str, int], taxable: int) -> None:
    assert box_2a(simulator.best(rules(twelve, **written))) == {2025: taxable}


def test_without_growth_nothing_is_taxed(twelve: Path) -> None:
    flat = load(twelve, ["returns.annual_return=0%", "plan.conversion.max_per_year=4"])
    best = simulator.best(flat)
    assert (box_2a(best), best.objective) == ({2025: 0}, 0)
    falling = simulator.best(flat.varied("returns.annual_return=-5%"))
    assert falling.calendar == best.calendar


def test_fees_are_sixty_dollars_of_the_objective(twelve: Path) -> None:
    best = simulator.best(load(twelve), fee=10)
    assert best.objective == 95_12
    assert best.found.total("fees") == 60_00


def test_money_that_must_wait_beyond_the_year_is_on_the_next_form(twelve: Path) -> None:
    best = simulator.best(load(twelve, ["plan.eligibility_days=30"]), max_per_year=2)
    assert box_2a(best) == {2025: 468_95, 2026: 61_59}
    assert best.calendar.tail == date(2026, 1, 21)
    assert sum(half.gain for half in best.expected) == pytest.approx(530_54, abs=0.5)


def test_the_listed_half_years_are_told_by_how_much_they_cost_more(twelve: Path) -> None:
    """483.01 are taxed, and 429.38 by the best dates: 199.48 and 177.33 of tax."""
    comparison = compare(rules(twelve, **TWICE))
    assert comparison.results[0].taxable == 483_01
    better = comparison.better_dates
    assert better is not None
    assert better.saves == 199_48 - 177_33
    assert better.words in comparison.advice
    assert "cost $22.15 less of tax than “Half-years”" in better.words
    record = comparison.to_dict()["verdict"]["better_dates"]
    assert record["dates"] == ["2025-06-20", "2025-12-22"]
    assert (record["policy"], record["costs_less"]) == ("Half-years", 22.15)


def test_without_a_rule_that_limits_conversions_listed_dates_are_not_judged(twelve: Path) -> None:
    assert compare(load(twelve)).better_dates is None
    unlisted = emily("plan.conversion.max_per_year=2", "policies=[monthly, year-end]")
    assert compare(unlisted).better_dates is None


def test_the_pasted_calendar_gives_the_same_figures(twelve: Path) -> None:
    best = simulator.best(rules(twelve, **TWICE), label='June: "and" December, [2025]')
    said = CliRunner().invoke(
        cli, ["best", str(twelve), "--max-per-year", "2", "--policy-label", best.found.policy.name]
    )
    assert said.exit_code == 0, said.output
    pasted = said.stdout[said.stdout.index("\npolicies: [") :]
    file = twelve.with_name("pasted.yaml")
    document = json.loads(twelve.read_text())
    del document["policies"]
    blocks = "".join(f"{name}: {json.dumps(value)}\n" for name, value in document.items())
    file.write_text(f"{blocks}plan: {{conversion: {{max_per_year: 2}}}}\n{pasted}")
    (result,) = compare(load(file)).results
    assert result.policy.name == best.found.policy.name
    assert result.outcome == best.found.outcome
    reminded = CliRunner().invoke(cli, ["remind", str(file)])
    assert "2025-06-20   Convert after-tax money to Roth: about $15,212.09" in reminded.stdout


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        (None, 1),
        ("Dates for you", 2),
        ("A label with so many letters that nothing else fits on its line, dates: [", 3),
    ],
)
def test_lines_to_paste_fit_on_a_screen_unless_the_label_does_not(
    label: str | None, lines: int, twelve: Path
) -> None:
    scenario = load(twelve)
    found = simulator.best(scenario, 2, label=label)
    pasted = list(to_paste(found))
    assert len(pasted) == lines
    assert [line for line in pasted if len(line) > 80] == pasted[: lines == 3]
    assert document("\n".join(pasted).encode(), "").data["policies"][0]["label"] in (
        label,
        "best dates",
    )


def test_a_long_calendar_can_be_pasted_too(tmp_path: Path) -> None:
    file = tmp_path / "two-years.yaml"
    emily_in_a_file = (
        "name: Emily\nyears: 2025-2026\nbirth_year: 1997\n"
        "pay: {salary: 200_000, frequency: biweekly, first_pay_date: 2025-01-03}\n"
        "elections: {after_tax: 10%}\n"
    )
    file.write_text(emily_in_a_file)
    best = simulator.best(load(file))
    file.write_text(emily_in_a_file + "\n".join(to_paste(best)))
    (policy,) = load(file).policies
    assert policy.listed == best.calendar.all_dates
    assert len(policy.listed) == 53  # pay dates of 2025 and 2026, the last one January 1, 2027's


def test_the_json_has_the_shape_of_its_contract(twelve: Path) -> None:
    done = CliRunner().invoke(cli, ["best", str(twelve), "--max-per-year", "2", "--format", "json"])
    record = json.loads(done.stdout)
    assert record["schema"] == 1
    assert record["scenario"]["settings"] == ["plan.conversion.max_per_year=2"]
    assert record["rules"] == {
        "max_per_year": 2,
        "min_days_between": 0,
        "fee": 0.0,
        "eligibility_days": 0,
        "cutoff": 0,
    }
    assert record["dates"] == ["2025-06-20", "2025-12-22"]
    assert (record["objective"], record["searched"]) == (177.33, 250)
    assert [policy["policy"] for policy in record["policies"]] == ["best", "Half-years"]
    assert record["policies"][0]["total"]["tax"]["mean"] == 177.33
    (other,) = record["others"]
    assert (other["policy"], other["costs_more"]["mean"]) == ("Half-years", 22.15)
    assert other["cheaper_share"] == 0.0


def test_csv_has_a_row_for_each_date_and_what_it_is_expected_to_move(twelve: Path) -> None:
    """15,000.00 have gained 212.09 and 217.29 by these days; at 41.3% that is 87.59 and 89.74."""
    done = CliRunner().invoke(cli, ["best", str(twelve), "--max-per-year", "2", "--format", "csv"])
    assert done.stdout.splitlines() == [
        "date,basis,gain,tax,fee,tail",
        "2025-06-20,15000.0,212.09,87.59,0.0,False",
        "2025-12-22,15000.0,217.29,89.74,0.0,False",
    ]


def test_two_conversions_ninety_days_apart_cost_no_more_than_any_listed_policy() -> None:
    """Members report such plans: Bogleheads, topics 400340 and 321746."""
    best = simulator.best(load(SCENARIOS / "two-conversions-a-year.yaml"))
    first, second = best.calendar.all_dates
    assert (second - first).days >= 90
    assert {other.result.policy.name for other in best.others} == {
        "Asks every month",
        "June and December",
        "September and December",
    }
    assert all(other.costs_more > 0 for other in best.others)
    assert best.comparison.verdict.best is best.found
    assert best.found.policy.name == "Best dates"


def test_a_fee_of_a_hundred_dollars_chooses_fewer_conversions_than_none() -> None:
    """RPG Consultants charge $100 for each in-plan conversion."""
    taxed = emily("taxes.federal=32%")
    free, dear = simulator.best(taxed), simulator.best(taxed, fee=100)
    assert len(free.calendar.dates) == 26
    assert 1 <= len(dear.calendar.dates) < 26
    assert all(other.costs_more >= 0 for other in dear.others)


def test_over_many_paths_it_is_told_how_often_another_policy_was_cheaper() -> None:
    uneven = emily(
        "returns.model=lognormal",
        "returns.paths=500",
        "plan.conversion.max_per_year=2",
        "policies=[semiannual, year-end]",
    )
    best = simulator.best(uneven)
    taxable = [result.taxable for result in best.comparison.results]
    shares = [float((other < taxable[0]).mean()) for other in taxable[1:]]
    assert [other.cheaper for other in best.others] == shares
    assert 0 < shares[0] < 0.5


@pytest.mark.parametrize(
    ("settings", "asked", "said"),
    [
        (["plan.conversion.allowed=false"], {}, "best: the plan allows no conversions"),
        (["elections.after_tax=0%"], {}, "best: needs deposits"),
        (
            ["years=2025-2026", "plan.conversion.min_days_between=400"],
            {"max_per_year": 1},
            "best: with at most 1 a year and 400 days between, nothing can be converted in 2026",
        ),
        (
            [],
            {"fee": 50},
            r"best: a fee of \$50.00 and no taxes: give taxes, so that fee and tax can be weighed",
        ),
        ([], {"cutoff": 201}, "201 is not from 0 to 200; write sessions"),
        ([], {"label": " "}, "' ' is not a label; write a text"),
        ([], {"cutoff": "soon"}, "'soon' is not a whole number from 0 to 200"),
        (
            [],
            {"label": "monthly"},
            "a policy is already called 'monthly'; give this one another label",
        ),
        ([], {"max_per_year": 0}, "^max_per_year: '0' is out of range; write 1 to 366"),
        ([], {"fee": "x"}, "^fee: 'x' is not an amount of dollars"),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_line(
    settings: list[str], asked: dict[str, Any], said: str
) -> None:
    with pytest.raises((Refused, Mistakes), match=said):
        simulator.best(emily(*settings), **asked)


def test_a_fee_that_cannot_be_weighed_is_a_mistake_of_the_file() -> None:
    said = (
        r"policies.0: best: a fee of \$50.00 and no taxes: give taxes, so that fee and tax can be"
    )
    with pytest.raises(Mistakes, match=said):
        emily("plan.conversion.fee=50", "policies=[best, monthly]")
    emily("plan.conversion.fee=50", "policies=[best, monthly]", "taxes.federal=24%")


def test_best_dates_clear_by_themselves_and_are_not_written_down() -> None:
    with pytest.raises(Mistakes, match="zero_out: goes not with cadence: best"):
        emily("policies=[{cadence: best, zero_out: true}]")
    with pytest.raises(Mistakes, match="go with cadence: dates, not with best"):
        emily("policies=[{cadence: best, dates: [2025-06-30]}]")


def test_a_policy_may_be_best_wherever_a_policy_may_stand(twelve: Path) -> None:
    asked = load(twelve, ["policies=[best, year-end]", "plan.conversion.max_per_year=2"])
    comparison = compare(asked)
    best = simulator.best(asked)
    assert comparison.results[0].outcome == best.found.outcome
    assert [policy.name for policy in best.comparison.scenario.policies] == ["best", "year-end"]
    postings = ledger_of(asked, asked.policy("best")).postings
    converted = [posting.session for posting in postings if posting.event == "conversion"]
    assert converted == [date(2025, 6, 20), date(2025, 12, 22)]
    points = sweep(asked, "best", vary="plan.conversion.max_per_year", values=["1", "2"]).points
    assert [point.amount["mean"] for point in points] == [960.09, 429.38]
    delayed = sweep(asked, "best", delay=[0, 30]).points
    assert delayed[0].amount["mean"] == 429.38
    assert delayed[1].amount["mean"] > 429.38


def test_a_cutoff_keeps_the_year_s_last_sessions_free() -> None:
    best = simulator.best(emily(), cutoff=10)
    assert max(day for day in best.calendar.dates) <= date(2025, 12, 16)
    assert best.found.policy.name == "best-10s"
    tail = best.calendar.tail
    assert tail is not None and tail == date(2026, 1, 2)


def test_a_plan_without_conversions_has_no_best_dates_and_no_mistake() -> None:
    document: dict[str, Any] = {
        "name": "x",
        "years": "2025",
        "birth_year": 1990,
        "pay": {"salary": 100_000, "frequency": "monthly"},
        "elections": {"after_tax": "5%"},
        "plan": {"conversion": {"allowed": False}},
        "policies": ["best", "never"],
    }
    best, never = compare(scenario(document)).results
    assert best.outcome == never.outcome


def test_what_is_paid_out_when_employment_ends_needs_no_date() -> None:
    best = simulator.best(load(SCENARIOS / "leaving-in-august.yaml"))
    assert max(best.calendar.all_dates) < date(2025, 9, 30)
