"""The verdict, worked out again from the JSON alone, and every number of its sentences looked for there."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.conversion.best_calendar import NoCalendar
from simulator.notation.mistakes import Mistakes
from simulator.simulation import compare
from tests.documents import emily, scenario_at_once
from tests.how_many import times
from tests.strategies import scenarios

Json = dict[str, Any]

COMPUTED = {"status": "single", "state": "MA", "qualified_income": 50_000}
WITH_FEES = ("policies=[per-paycheck, quarterly, year-end]", "plan.conversion.fee=25")


def leaves_money(policy: Json) -> bool:
    """Whether something is still there when the last year that a policy reports is over, or on its way."""
    last = (policy["years"] or [policy["total"]])[-1]
    return bool(last["left_value"]["mean"] or last.get("in_transit", {"mean": 0})["mean"])


def cost(policy: Json, measure: str) -> float:
    """What a policy costs on average. [dollars]"""
    total = policy["total"]
    if measure == "wealth":
        names = ("roth_end", "ira_end", "left_value", "in_transit", "tax")
        worth = [total.get(name, {"mean": 0.0})["mean"] for name in names]
        return float(round(worth.pop() - sum(worth), 2))
    if measure == "earnings sent on":
        return float(total["ira"]["mean"])
    if measure == "taxable earnings":
        return float(total["box_2a"]["mean"])
    return float(round(total["tax"]["mean"] + ("fees" in measure) * total["fees"]["mean"], 2))


def measure_of(answer: Json) -> str:
    """What is to be weighed, by what the totals have."""
    totals = [policy["total"] for policy in answer["policies"]]
    if "after_tax_model" in answer["simulator"]:
        return "wealth"
    if "ira" in totals[0]:
        return "earnings sent on"
    if "tax" not in totals[0]:
        return "taxable earnings"
    return "tax and fees" if any(total["fees"]["mean"] for total in totals) else "tax"


def numbers(value: Any) -> Iterator[float]:
    """Every number in a JSON value."""
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from numbers(below)
    elif isinstance(value, int | float):
        yield abs(value)


def check(answer: Json, years: int) -> None:
    """Works the verdict out again."""
    verdict, measure = answer["verdict"], measure_of(answer)
    assert verdict["measure"] == measure
    ranked = [one for one in answer["policies"] if not leaves_money(one)]
    moved = any(one["total"]["conversions"] for one in answer["policies"])
    if not ranked or not moved:
        assert verdict["best"] is None
        return
    order = [(cost(one, measure), one["total"]["conversions"], n) for n, one in enumerate(ranked)]
    least, fewest, place = min(order)
    best = ranked[place]["policy"]
    assert verdict["best"] == best
    costs = {one["policy"]: key for one, key in zip(ranked, order, strict=True)}
    others = {one["policy"]: one for one in verdict["others"]}
    assert list(others) == [name for name in costs if name != best]
    for name, one in others.items():
        assert one["costs_more"]["mean"] == pytest.approx(costs[name][0] - least, abs=0.005)
        assert one["conversions"] == costs[name][1]
    good = [key for key in costs.values() if key[0] - least <= years + 0.001]
    easiest = min(good, key=lambda key: (key[1], key[2] != place))
    enough = None if easiest[1] == fewest else ranked[easiest[2]]["policy"]
    assert verdict["enough"] == enough
    year_end = [one["policy"] for one in ranked if one["cadence"] == "year-end"]
    easy = min(order, key=lambda key: (key[1], key[2] != place))
    against = year_end[0] if year_end else ranked[easy[2]]["policy"]
    assert verdict["against"] == (None if against == best else against)
    if verdict["against"]:
        assert verdict["saves"] == others[against]["costs_more"]


def demand_known_numbers(answer: Json) -> None:
    """Every number of the sentences stands in the JSON, to the digits that are shown."""
    better = answer["verdict"].get("better_dates", {"dates": []})
    grows = [told.get("annual_return", 0) * 100 for told in (answer["verdict"], better)]
    grows.append(answer["verdict"].get("parked_return", 0) * 100)
    known = [*numbers(answer), *grows]
    dates = {answer["verdict"]["first"], *answer["verdict"]["next"], *better["dates"]}
    dates.add(answer["verdict"].get("held_on"))
    for sentence in answer["verdict"]["sentences"]:
        words = re.sub("“.*?”", "", sentence)  # a label may hold any digits
        for day in re.findall(r"\d{4}-\d{2}-\d{2}", words):
            assert day in dates
        words = re.sub(r"\d{4}-\d{2}-\d{2}|\d+ days?", "", words)
        for written in re.findall(r"\d[\d,]*(?:\.\d+)?", words):
            value, decimals = float(written.replace(",", "")), len(written.partition(".")[2])
            zeros = len(written) - len(written.rstrip("0")) if not decimals else 0
            within = 0.5001 * 10.0 ** (zeros if zeros else -decimals)
            assert any(abs(one - value) <= within for one in known), (written, sentence)


@settings(times(1.5), suppress_health_check=list(HealthCheck))
@given(
    asked=scenarios(),
    taxes=st.sampled_from(
        [None, {"federal": "24%"}, {"federal": "32%", "state": "9.3%"}, COMPUTED]
    ),
    listed=st.sampled_from([[], ["per-paycheck"], ["year-end", "monthly"], ["best"]]),
    returns=st.sampled_from([{}, {}, {"after_tax": {"annual_return": "4%"}}]),
)
def test_the_verdict_is_worked_out_again_from_the_json_alone(
    asked: dict[str, Any],
    taxes: dict[str, str] | None,
    listed: list[str],
    returns: dict[str, Any],
) -> None:
    """With fees, splits, taxes, every loss rule, parked money, and money that is left."""
    asked = {**asked, "returns": returns, "policies": [*asked["policies"], *listed]}
    asked |= {"taxes": taxes} if taxes else {}
    try:
        scenario = scenario_at_once(asked)
    except Mistakes:
        return
    try:
        answer = json.loads(json.dumps(compare(scenario).to_dict()))
    except NoCalendar:
        assert "best" in listed
        return
    check(answer, len(list(scenario.years)))
    demand_known_numbers(answer)


def test_where_fees_and_taxes_are_given_the_least_of_both_is_best() -> None:
    """Fees of 4 x 25.00 and 25.00; tax of 24% of 70.65 and 684.49, half-up 16.96 and 164.28: 72.32 apart."""
    verdict = compare(emily(*WITH_FEES, "taxes.federal=24%")).to_dict()["verdict"]
    assert (verdict["best"], verdict["against"]) == ("quarterly", "year-end")
    assert verdict["measure"] == "tax and fees"
    assert verdict["saves"]["mean"] == 72.32


def test_a_fee_cannot_be_weighed_without_taxes_and_that_is_said() -> None:
    verdict = compare(emily(*WITH_FEES)).to_dict()["verdict"]
    assert verdict["measure"] == "taxable earnings"
    assert "not weighed without taxes" in verdict["sentences"][0]


def test_what_leaves_money_without_a_date_is_not_ranked() -> None:
    verdict = compare(emily("policies=[never, monthly]")).to_dict()["verdict"]
    assert (verdict["best"], verdict["others"]) == ("monthly", [])
    assert verdict["enough"] is verdict["against"] is verdict["saves"] is None


def test_many_paths_are_compared_path_by_path() -> None:
    answer = compare(emily("returns.model=lognormal", "returns.paths=512")).to_dict()
    demand_known_numbers(answer)
    saves = answer["verdict"]["saves"]
    assert saves["se"] > 0
    assert answer["verdict"]["first"] == "2025-01-03"
