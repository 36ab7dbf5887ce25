"""An answer in Python, in dollars: policies by their names, paired differences, five lines, data frames."""

from typing import Any

import numpy as np
import pytest

import simulator
from simulator.answer.policy_answer import UnknownAmount
from simulator.answer.statistics import STATISTICS, percentile_errors
from simulator.presentation import UnknownYear
from simulator.scenario.contributed import NoPayroll
from simulator.scenario.question import UnknownPolicy
from simulator.simulation import NoPath, compare, ledger_of
from simulator.sweeps import sweep, sweep_grid
from tests.documents import LAGGING, emily, lognormal, scenario

TAXED = "taxes={federal: 24%, state: 5%}"
LATE = 10_000
"""A path beyond those that are asked for."""

limits: Any = simulator.limits
"""Called with what it does not take."""


def test_a_policy_is_found_by_its_name_in_dollars() -> None:
    """The figures of the JSON; the amount itself is a number on one path, an array on many."""
    comparison = compare(emily(TAXED))
    assert list(comparison) == ["per-paycheck", "monthly", "year-end"]
    for record, name in zip(comparison.to_dict()["policies"], comparison, strict=True):
        policy = comparison[name]
        assert policy.to_dict() == record
        for amount in ("box_1", "box_2a", "tax", "roth_end"):
            assert policy[amount] == record["total"][amount]
            assert policy.paths(amount) == record["total"][amount]["mean"]
    assert comparison["year-end"]["box_2a"]["mean"] == 709.49
    many = compare(lognormal())["year-end"]
    assert many.paths("box_2a").shape == (600,)
    assert many["box_2a"]["mean"] == pytest.approx(many.paths("box_2a").mean(), abs=0.005)


def test_percentiles_have_standard_errors_in_dollars() -> None:
    """What they are is tried in `test_statistics`."""
    many, one = compare(lognormal())["year-end"], compare(emily())["year-end"]
    inside = percentile_errors(
        many.cents["box_2a"], many.comparison.scenario.returns.randomisations
    )
    assert many.errors("box_2a") == {name: cents / 100 for name, cents in inside.items()}
    assert max(inside.values()) > 0
    assert one.errors("box_2a") == dict.fromkeys(("p5", "p50", "p95"), 0.0)
    with pytest.raises(UnknownAmount, match="did you mean 'box_2a'"):
        many.errors("box2a")


def test_a_policy_tells_its_dates_its_forms_and_its_years() -> None:
    policy = compare(emily())["monthly"]
    assert (policy.name, policy.conversions, len(policy.conversion_dates)) == ("monthly", 12, 12)
    (form,) = policy.forms()
    assert form["box_2a"]["mean"] == policy["box_2a"]["mean"]
    assert list(policy.to_frame()["box_2a_mean"]) == [51.58]
    assert "51.58" in repr(policy)
    assert "51.58" in policy._repr_html_()


def test_what_is_not_there_is_told_with_the_nearest_name() -> None:
    comparison = compare(emily())
    with pytest.raises(UnknownPolicy, match="did you mean 'monthly'"):
        comparison["montly"]
    with pytest.raises(UnknownAmount, match="did you mean 'box_2a'"):
        comparison["monthly"]["box2a"]
    with pytest.raises(UnknownAmount, match="did you mean 'fees'"):
        comparison["monthly"].paths("fee")
    with pytest.raises(UnknownPolicy):
        comparison.difference("monthly", "weekly")


def test_a_difference_is_taken_path_by_path() -> None:
    """By numpy, of the amounts of the two policies."""
    comparison = compare(lognormal(TAXED, "plan.conversion.fee=5"))
    told = comparison.difference("year-end", "monthly")
    late, early = comparison["year-end"], comparison["monthly"]
    for amount in ("box_1", "box_2a", "tax", "fees", "roth_end"):
        less = late.paths(amount) - early.paths(amount)
        assert told[amount]["mean"] == pytest.approx(less.mean(), abs=0.0051)
        assert told[amount]["sd"] == pytest.approx(less.std(), abs=0.0051)
        assert told[amount]["p95"] == pytest.approx(np.percentile(less, 95), abs=0.0051)
        assert tuple(told[amount]) == STATISTICS
    assert told["fees"]["mean"] == (1 - 12) * 5
    assert not [amount for amount in told if amount.endswith("_over_first")]


def test_a_difference_turned_round_is_its_negative() -> None:
    comparison = compare(emily(TAXED))
    told = comparison.difference("year-end", "monthly")
    turned = comparison.difference("monthly", "year-end")
    assert {name: one["mean"] for name, one in told.items()} == {
        name: -one["mean"] for name, one in turned.items()
    }
    assert told["box_2a"]["mean"] == round(709.49 - 51.58, 2)


def test_money_on_its_way_counts_under_both() -> None:
    comparison = compare(scenario(LAGGING))
    told = comparison.difference("per-paycheck", "never")["in_transit"]
    assert told["mean"] == comparison["per-paycheck"].paths("in_transit") - comparison[
        "never"
    ].paths("in_transit")


def test_a_comparison_prints_five_lines() -> None:
    """The question, the verdict, and three lines of policies; a label steers nothing."""
    lines = repr(compare(emily("policies=[monthly, per-paycheck, weekly, year-end]"))).splitlines()
    assert len(lines) == 5
    assert lines[0] == "Emily (2025): 4 policies on one path"
    assert lines[1].startswith("Convert ")
    assert "it saves $709 of taxable earnings" in lines[1]
    assert lines[2] == "  per-paycheck: taxable earnings $0.00, 26 conversions"
    assert lines[4] == "  and 2 more: summary() has them all"
    steering = compare(emily("policies=[{cadence: monthly, label: 'a\\x1b[31m'}]", "name='b\\x07'"))
    assert not {"\x1b", "\x07"} & set(repr(steering))
    assert len(repr(compare(emily("policies=[monthly]"))).splitlines()) <= 5
    never = repr(compare(emily("policies=[never]"))).splitlines()
    assert never[1:] == [
        "No policy is ranked: some money never has a date to leave on.",
        "  never: leaves money behind, 0 conversions",
    ]


def test_a_sweep_is_a_frame_and_its_values_may_be_those_of_python() -> None:
    told = sweep(lognormal(), "monthly", vary="elections.after_tax", values=[0.05, "10%"])
    frame = told.to_frame()
    assert list(frame["elections.after_tax"]) == [0.05, "10%"]
    assert list(frame["box_2a_mean"]) == [point.amount["mean"] for point in told.points]
    assert frame["box_2a_over_first_se"][0] == 0
    text = sweep(lognormal(), "monthly", vary="elections.after_tax", values=["5%", "10%"])
    assert [one.amount for one in text.points] == [one.amount for one in told.points]
    delays = sweep(lognormal(), "monthly", delay=[0, 30]).to_frame()
    assert list(delays["delay"]) == [0, 30]
    assert "closed_form" in delays
    assert "monthly" in repr(told)
    assert "0.05" in told._repr_html_()


def test_a_grid_is_a_frame() -> None:
    salaries, shares = [100_000, 150_000], [0.05, 0.07]
    fields = (("pay.salary", salaries), ("returns.annual_return", shares))
    told = sweep_grid(emily(), fields, "monthly")
    frame = told.to_frame()
    assert list(frame["pay.salary"]) == [100_000, 100_000, 150_000, 150_000]
    assert list(frame["box_2a_mean"]) == [cell.amount["mean"] for cell in told.cells]
    assert "4 values" in repr(told)
    assert "100000" in told._repr_html_()


def test_paychecks_are_a_frame() -> None:
    """By hand: 26 paychecks, of which the 402(g) limit cuts the last: 24,000 asked, 23,500 granted."""
    frame = simulator.paychecks(emily())
    assert len(frame) == 26
    assert round(frame["gross"].sum(), 2) == 200_000
    assert round(frame["after_tax"].sum(), 2) == 20_000
    assert round(frame["clipped_elective_deferral"].sum(), 2) == 24_000 - 23_500
    assert str(frame["pay_date"][0].date()) == "2025-01-03"


def test_a_ledger_is_a_frame() -> None:
    frame = simulator.ledger(emily(), "monthly")
    postings = ledger_of(emily(), emily().policy("monthly")).postings
    assert list(frame["amount"]) == [posting.amount / 100 for posting in postings]
    assert round(frame["taxable"].sum(), 2) == 51.58
    assert len(simulator.ledger(lognormal(), "monthly", path=LATE)) == len(frame)


def test_limits_are_a_frame() -> None:
    """Notice 2024-80; 2027 is projected."""
    frame = simulator.limits(range(2025, 2027))
    assert list(frame["annual_additions"]) == [70_000, 72_000]
    assert simulator.limits(2025)["elective_deferral"][0] == 23_500
    assert simulator.limits(np.array([2025]))["source"][0] == "Notice 2024-80"
    assert simulator.limits()["year"][0] == 2013
    assert simulator.limits(2027, inflation=0.025).equals(simulator.limits([2027], "2.5%"))


@pytest.mark.parametrize(
    ("call", "kind", "words"),
    [
        (lambda: simulator.limits(2027), UnknownYear, "2027 has no published limits"),
        (lambda: simulator.limits(2012), UnknownYear, "2012 is out of range; 2013 to 2080"),
        (lambda: simulator.limits(2081, 0.02), UnknownYear, "2081 is out of range"),
        (lambda: limits("2025"), UnknownYear, "'2025' is not a year"),
        (lambda: limits(2025.5), UnknownYear, "'2025.5' is not a year"),
        (lambda: simulator.limits(2027, 3), simulator.Refused, "did you mean 3%"),
        (lambda: simulator.ledger(emily(), "montly"), UnknownPolicy, "did you mean 'monthly'"),
        (lambda: simulator.ledger(emily(), "monthly", 1), NoPath, "there is no path 1"),
        (
            lambda: simulator.paychecks(simulator.load("scenarios/replay-deposits.yaml")),
            NoPayroll,
            "replays deposits",
        ),
    ],
)
def test_a_frame_that_cannot_be_is_refused_with_a_line(
    call: object, kind: type[Exception], words: str
) -> None:
    assert callable(call)
    with pytest.raises(kind, match=words):
        call()


def test_a_page_is_made_of_a_question_or_of_its_answer() -> None:
    asked = lognormal("returns.paths=64")
    assert simulator.page(asked) == simulator.page(compare(asked))


def test_answers_with_the_same_figures_are_equal_and_one_key() -> None:
    one, same, other = (
        compare(lognormal(seed)) for seed in ("returns.seed=1", "returns.seed=1", TAXED)
    )
    assert one == same and one["monthly"] == same["monthly"]
    assert one not in (other, one.scenario) and one["monthly"] not in (
        one["year-end"],
        other["monthly"],
    )
    assert {one: 1}[same] == 1 and {one["monthly"]: 2}[same["monthly"]] == 2


def test_a_comparison_has_the_length_and_the_names_of_its_policies() -> None:
    answer = compare(emily())
    assert len(answer) == len(list(answer)) == len(emily().policies)


def test_of_a_comparison_only_what_is_in_dollars_is_completed() -> None:
    answer = compare(emily())
    assert {"difference", "summary", "to_frame", "verdict"} < set(dir(answer))
    assert not {"contributions", "deposits", "results", "tax", "fees"} & set(dir(answer))
    assert {"paths", "forms"} < set(dir(answer["monthly"]))
    assert "cents" not in dir(answer["monthly"])
    assert all(hasattr(one, name) for one in (answer, answer["monthly"]) for name in dir(one))


def test_what_the_front_door_gives_prints_a_line() -> None:
    best = simulator.best(emily(), max_per_year=4)
    assert repr(best).startswith("<BestDates: 2025-")
    assert "conversions" in repr(best.found)
    assert repr(ledger_of(emily(), emily().policies[0])) == "<Ledger: 52 postings>"
    assert repr(simulator.moved(emily(), compare(emily()).to_dict())).startswith("<Moved: 0 of ")
