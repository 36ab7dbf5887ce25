"""What an answer has of wealth: its records, paired differences, the break-even fee, what is not known."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.answer.break_even import break_even
from simulator.conversion.policy import Policy
from simulator.days.calendars import sessions_of
from simulator.money import OutOfRange
from simulator.simulation import compare
from tests.cases import cents
from tests.documents import emily
from tests.wealth.replays import replay

WEALTH = ("taxes={federal: 24%, state: 5%}", "wealth={outside_return: 4%}")
MANY = ("returns.model=lognormal", "returns.paths=320")
FOUR = "policies=[per-paycheck, monthly, year-end, never]"
STATISTICS = {"mean", "sd", "se", "p5", "p25", "p50", "p75", "p95"}


def total(record: dict[str, Any], policy: str) -> dict[str, Any]:
    """The totals of a policy in the JSON."""
    found: dict[str, Any] = next(
        one["total"] for one in record["policies"] if one["policy"] == policy
    )
    return found


@pytest.mark.parametrize("settings", [(), MANY], ids=["one path", "many"])
def test_json_has_wealth_baselines_break_even_fee_and_waiting(settings: tuple[str, ...]) -> None:
    record = compare(emily(*WEALTH, FOUR, *settings)).to_dict()
    assert [one["baseline"] for one in record["baselines"]] == ["taxable", "none"]
    assert all(set(one["wealth"]) == STATISTICS for one in record["baselines"])
    assert all(set(one["total"]["wealth"]) == STATISTICS for one in record["policies"])
    even = total(record, "per-paycheck")["break_even_fee"]
    assert set(even) == {"against", "amount"}
    assert even["against"] == "year-end"
    assert total(record, "year-end")["break_even_fee"] is None
    assert total(record, "never")["break_even_fee"] is None
    assert record["waiting"]["days"] == 30
    for what in ("box_2a_per_day", "tax_per_day"):
        assert set(record["waiting"][what]) == {"mean", "p95"}
    json_even = round((total(record, "year-end")["tax"]["mean"]) / 25, 2)
    assert even["amount"] == pytest.approx(json_even, abs=0.011)


def test_without_the_key_there_is_none_of_it() -> None:
    record = compare(emily(WEALTH[0], FOUR)).to_dict()
    assert not {"baselines", "waiting"} & set(record)
    assert not {"wealth", "break_even_fee"} & set(total(record, "monthly"))


def test_csv_has_the_same_columns_in_every_row() -> None:
    rows = [*compare(emily(*WEALTH, FOUR)).total_rows()]
    assert len({tuple(row) for row in rows}) == 1
    assert rows[0]["break_even_fee_against"] == "year-end"
    assert rows[2]["break_even_fee_amount"] is None
    frame = compare(emily(*WEALTH, FOUR)).summary()
    assert frame.loc["never", "wealth"] == rows[3]["wealth_mean"]


def test_the_verdict_does_not_weigh_it() -> None:
    with_it, without = compare(emily(*WEALTH, FOUR)), compare(emily(WEALTH[0], FOUR))
    assert with_it.to_dict()["verdict"] == without.to_dict()["verdict"]


def test_what_is_over_the_brokerage_account_is_paired() -> None:
    """The spread of the differences, which is not the difference of the spreads."""
    answer = compare(emily(*WEALTH, FOUR, *MANY))
    assert answer.worth is not None
    over = answer.worth.policies["year-end"] - answer.worth.taxable
    told = total(answer.to_dict(), "year-end")["wealth_over_taxable"]
    assert told["mean"] == pytest.approx(float(np.mean(over)) / 100, abs=0.0051)
    assert told["p95"] == pytest.approx(float(np.percentile(over, 95)) / 100, abs=0.0051)


def test_waiting_is_the_paired_difference_of_30_days_and_none() -> None:
    """Two policies of the same scenario, on the same paths."""
    answer = compare(emily(*WEALTH, *MANY, "policies=[per-paycheck]"))
    both = compare(
        emily(*WEALTH, *MANY, "policies=[{cadence: per-paycheck, delay: 30}, per-paycheck]")
    )
    late, soon = both.results
    assert answer.worth is not None
    assert answer.worth.waiting is not None
    assert np.array_equal(answer.worth.waiting.box_2a, late.taxable - soon.taxable)
    assert np.array_equal(answer.worth.waiting.tax, both.tax(late) - both.tax(soon))
    most = np.percentile(late.taxable - soon.taxable, 95) / 30 / 100
    told = answer.to_dict()["waiting"]["box_2a_per_day"]["p95"]
    assert told == pytest.approx(most, abs=0.0051)


def test_a_path_is_worth_the_same_whichever_others_there_are() -> None:
    few, more = (
        compare(emily(*WEALTH, FOUR, "returns.model=lognormal", f"returns.paths={count}"))
        for count in (16, 320)
    )
    assert few.worth is not None
    assert more.worth is not None
    assert np.array_equal(few.worth.taxable, more.worth.taxable[:16])
    for name, wealth in few.worth.policies.items():
        assert np.array_equal(wealth, more.worth.policies[name][:16])


def test_at_the_break_even_fee_tax_and_fees_are_those_of_the_reference() -> None:
    """Up to a cent a conversion, and the tax that the fee itself saves: at most fee x rate."""
    answer = compare(emily(*WEALTH, FOUR))
    found = break_even(answer, answer.results[0])
    assert found is not None
    soon, late = answer.results[0], answer.results[2]
    more = (soon.conversions - late.conversions) * found.amount
    assert answer.tax(late) - answer.tax(soon) == pytest.approx(more, abs=25)


def test_without_a_year_end_the_fewest_conversions_are_the_reference() -> None:
    answer = compare(emily(*WEALTH, "policies=[per-paycheck, quarterly, monthly, never]"))
    found = break_even(answer, answer.results[0])
    assert found is not None
    assert found.against.policy.name == "quarterly"
    assert break_even(answer, answer.results[3]) is None


def test_where_nothing_is_converted_or_something_stays_waiting_is_not_told() -> None:
    for settings in ("plan.conversion.allowed=false", "until=2025-11-20"):
        answer = compare(emily(*WEALTH, "policies=[monthly, never]", settings))
        assert answer.to_dict()["waiting"] is None


def test_where_the_tax_of_a_late_conversion_is_not_known_waiting_is_not_told(
    tmp_path: Path,
) -> None:
    """2027 takes the table of 2026, 2028 has none: 30 days after December 20, 2027 are not told."""
    deposits = [(date(2027, 12, 20), 10_000_00)]
    taxes = {"status": "single", "wages": 100_000}
    answer = compare(replay(tmp_path, deposits, years="2027", taxes=taxes))
    assert answer.worth is not None
    assert answer.worth.waiting is None


def test_openings_stay_in_the_plan_under_both_baselines() -> None:
    """1,000.00 with a basis of 800.00 and 5,000.00 of Roth, no growth: 39% of 200.00 is taken."""
    opening = "plan.opening={after_tax: 1_000, basis: 800, roth: 5_000}"
    flat = ("returns.annual_return=0%", "wealth.dividends=0%")
    answer = compare(emily(*WEALTH, opening, *flat, "policies=[per-paycheck, never]"))
    assert answer.worth is not None
    assert answer.worth.none == cents("5922")
    assert answer.worth.taxable == cents("5922") + cents("20000")
    assert answer.worth.policies["never"] == answer.worth.taxable
    assert answer.worth.policies["per-paycheck"] == cents("26000") - cents("58")


def test_what_is_paid_out_in_cash_grows_outside_from_its_day(tmp_path: Path) -> None:
    """10,000.00 from February 3 are withdrawn whole on July 1, 2025, 148 days later.

    10,278.1397 by then, 278.14 taxable: 80.66 of tax and 27.81 of additional tax at the year's end, 183 days
    later; 10,278.14 x 1.04^(183/365) - 108.47 = 10,374.18.
    """
    events = [{"kind": "withdrawal", "date": "2025-07-01", "amount": "all"}]
    deposits = [(date(2025, 2, 3), 10_000_00)]
    answer = compare(replay(tmp_path, deposits, years="2025", events=events, policies=["never"]))
    assert answer.worth is not None
    paid = 10_000 * 1.07 ** (148 / 365)
    expected = round(paid, 2) * 1.04 ** (183 / 365) - 80.66 - 27.81
    assert round(paid, 4) == 10_278.1397
    assert answer.worth.policies["never"] == round(expected * 100)


def test_tax_of_conversions_after_the_last_session_does_not_count(tmp_path: Path) -> None:
    """Converted on January 2, 2026: on December 31 it is as if it were never converted."""
    policies = [{"cadence": "dates", "dates": ["2026-01-02"]}, "never"]
    deposits = [(date(2025, 2, 3), 10_000_00)]
    answer = compare(replay(tmp_path, deposits, years="2025", policies=policies))
    assert answer.worth is not None
    first, never = answer.worth.policies.values()
    assert answer.tax(answer.results[0]) > 0
    assert first == never


def test_a_split_rollovers_ira_is_taxed_and_bears_no_10_percent(tmp_path: Path) -> None:
    """10,000.00 and 278.14 of earnings on July 1; by December 31 both x 1.07^(183/365); 29% of the IRA."""
    policies = [{"cadence": "dates", "dates": ["2025-07-01"]}]
    deposits = [(date(2025, 2, 3), 10_000_00)]
    plan = {"conversion": {"to": "split"}}
    answer = compare(replay(tmp_path, deposits, years="2025", policies=policies, plan=plan))
    assert answer.worth is not None
    grown = 1.07 ** (183 / 365)
    expected = 10_000 * grown + 278.14 * grown * 0.71
    assert answer.worth.policies["dates"] == round(expected * 100)


def prices(folder: Path, leave_out: set[date]) -> dict[str, str]:
    """A fund that stands still, without some sessions of 2025."""
    rows = (f"{day},10\n" for day in sessions_of(2025) if day not in leave_out)
    (folder / "fund.csv").write_text("date,price\n" + "".join(rows))
    return {"model": "history", "prices": "fund.csv"}


def test_a_quarters_end_without_a_price_leaves_the_brokerage_account_unknown(
    tmp_path: Path,
) -> None:
    deposits = [(date(2025, 2, 3), 10_000_00)]
    returns = prices(tmp_path, {date(2025, 6, 30)})
    answer = compare(replay(tmp_path, deposits, years="2025", returns=returns))
    record = answer.to_dict()
    assert record["baselines"][0]["wealth"] is None
    assert total(record, "per-paycheck")["wealth"]["mean"] == 10_000
    assert total(record, "per-paycheck")["wealth_over_taxable"] is None


def test_a_last_session_without_a_price_leaves_all_unknown(tmp_path: Path) -> None:
    deposits = [(date(2025, 2, 3), 10_000_00)]
    returns = prices(tmp_path, {date(2025, 12, 31)})
    policies = ["per-paycheck", "monthly"]
    answer = compare(replay(tmp_path, deposits, years="2025", returns=returns, policies=policies))
    record = answer.to_dict()
    assert total(record, "per-paycheck")["wealth"] is None
    assert {tuple(row) for row in answer.total_rows()} == {tuple(next(answer.total_rows()))}


def test_wealth_beyond_what_can_be_told_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OutOfRange, match="the wealth under per-paycheck"):
        compare(replay(tmp_path).varied("wealth.hold=100", "returns.annual_return=100%"))


def test_no_price_is_asked_for_that_wealth_does_not_need(tmp_path: Path) -> None:
    """Without the key a price is needed on days alone on which money moves."""
    deposits = [(date(2025, 2, 3), 10_000_00)]
    returns = prices(tmp_path, set(sessions_of(2025)) - {date(2025, 2, 3), date(2025, 12, 31)})
    asked = replay(tmp_path, deposits, years="2025", returns=returns, policies=["per-paycheck"])
    answer = compare(asked)
    assert answer.worth is not None
    assert answer.worth.policies["per-paycheck"] == 10_000_00
    assert answer.worth.waiting is None
    assert Policy(cadence="per-paycheck").name in answer.worth.policies
