"""What was really done, told beside what could have been. Figures by hand; units are dollars by the price."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import simulator
from simulator.batches.columns import rows
from simulator.cli import cli
from simulator.notation.mistakes import Mistakes
from simulator.refusal import Refused
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario
from tests.audits import asked, form, only

PRICES = "2025-02-03,100\n2025-03-03,110\n2025-12-30,115\n2025-12-31,120"
MORE = (
    "returns: {model: history, prices: fund.csv}\n"
    "policies: [per-paycheck, {cadence: dates, dates: [2025-12-30], label: in December}]\n"
)


def at_prices(
    folder: Path, deposits: str, conversions: str, columns: str = "", more: str = ""
) -> Scenario:
    """A scenario of 2025 with these rows, and a fund that goes from 100 to 120."""
    (folder / "fund.csv").write_text(f"date,price\n{PRICES}\n")
    return asked(folder, deposits, conversions, columns, MORE + more).varied(years=2025)


def total(answer: simulator.Comparison, policy: str) -> dict[str, Any]:
    """A policy over all years: means. [dollars]"""
    record = answer[policy].to_dict()["total"]
    return {
        name: value["mean"] if isinstance(value, dict) else value for name, value in record.items()
    }


@pytest.fixture(scope="module")
def late(tmp_path_factory: pytest.TempPathFactory) -> simulator.Comparison:
    """10,000 land at 100 and were converted at 110: 1,000 earned, at 24% 240.00 of tax.

    At once nothing is earned; at 115 1,500, 360.00 of tax. 11,000 by 110 are 100 units, 12,000 in the end.
    """
    folder = tmp_path_factory.mktemp("late")
    more = "taxes: {federal: 24%}\nwealth: {outside_return: 0%}\n"
    return simulator.compare(at_prices(folder, "2025-02-03,10000", "2025-03-03,11000", more=more))


def test_it_stands_beside_what_could_have_been(late: simulator.Comparison) -> None:
    done = total(late, "as done")
    assert (done["box_1"], done["box_2a"], done["box_5"]) == (11_000, 1_000, 10_000)
    assert (done["tax"], done["roth_end"], done["conversions"]) == (240, 12_000, 1)
    assert list(late) == ["per-paycheck", "in December", "as done"]
    assert late.to_frame()["policy"].tolist() == ["per-paycheck", "in December", "as done"]
    assert late.difference("as done", "per-paycheck")["tax"]["mean"] == 240


def test_it_is_told_against_the_best_and_not_ranked(late: simulator.Comparison) -> None:
    """It has happened: what is still to be chosen is ranked without it."""
    verdict = late.to_dict()["verdict"]
    assert (verdict["best"], verdict["against"]) == ("per-paycheck", None)
    assert [other["policy"] for other in verdict["others"]] == ["in December"]
    done = verdict["done"]
    assert (done["policy"], done["conversions"]) == ("as done", 1)
    assert done["costs_more"]["mean"] == 240
    assert (
        "What was done, 1 conversion, cost $240.00 more of tax than converting after each paycheck "
        "would have." in verdict["sentences"]
    )


def test_its_wealth_is_what_it_holds_less_tax(late: simulator.Comparison) -> None:
    """12,000.00 in the Roth, and 240.00 of tax: nothing earns in between."""
    assert total(late, "as done")["wealth"] == 11_760


def test_what_was_done_may_have_cost_less(tmp_path: Path) -> None:
    scenario = at_prices(tmp_path, "2025-02-03,10000", "2025-02-03,10000")
    answer = simulator.compare(scenario.varied(policies=["year-end"]))
    (sentence, *_) = answer.to_dict()["verdict"]["sentences"]
    assert sentence == (
        "What was done, 1 conversion, cost $2,000.00 less of taxable earnings than converting at the "
        "year's end would have."
    )


ROUND = ("2025-03-03,5000,12500", ",value")
"""5,000.00 out of an account of 12,500.00 with a basis of 10,000.00: 4,000.00 of it are basis."""


def test_a_round_amount_leaves_the_rest_inside(tmp_path: Path) -> None:
    """Nothing grows, so 7,500.00 are left, with 6,000.00 of basis."""
    more = (
        "plan: {opening: {after_tax: 12500, basis: 10000}}\nreturns: {annual_return: 0%}\n"
        "policies: [year-end]\n"
    )
    answer = simulator.compare(asked(tmp_path, "", *ROUND, more=more).varied(years=2025))
    done = total(answer, "as done")
    assert (done["box_1"], done["box_2a"], done["box_5"]) == (5_000, 1_000, 4_000)
    assert (done["left_value"], done["left_basis"], done["roth_end"]) == (7_500, 6_000, 5_000)
    assert answer.unweighed


def test_money_that_came_back_is_on_a_form_of_its_own(tmp_path: Path) -> None:
    """40,000 went in, 5,750 exceeded 415(c) and came back, the rest was converted on the last session."""
    rows_made = "2025-12-22,5750,refund,5750\n2025-12-31,34250,roth,"
    more = "returns: {annual_return: 0%}\npolicies: [year-end]\n"
    scenario = asked(tmp_path, "2025-06-13,20000\n2025-11-14,20000", rows_made, ",to,basis", more)
    forms = simulator.compare(scenario)["as done"].forms()
    boxes = [
        (one["box_7"], *(one[box]["mean"] for box in ("box_1", "box_2a", "box_5"))) for one in forms
    ]
    assert boxes == [("G", 34_250, 0, 34_250), ("E", 5_750, 0, 5_750)]


def test_what_is_paid_in_cash_bears_the_tenth(tmp_path: Path) -> None:
    """Born in 1980: code 1 in 2025; 1,000 earned, 200.00 withheld, 100.00 on top of the tax."""
    scenario = at_prices(tmp_path, "2025-02-03,10000", "2025-03-03,11000,cash", ",to")
    answer = simulator.compare(scenario)
    (paid,) = answer["as done"].forms()
    assert (paid["box_7"], paid["box_2a"]["mean"], paid["box_4"]["mean"]) == ("1", 1_000, 200)
    assert paid["additional_tax"]["mean"] == 100
    assert "some of it was paid out" in answer.unweighed


def test_a_refund_of_what_was_converted_comes_out_of_the_roth(tmp_path: Path) -> None:
    """Model D5: 10,000 went to the Roth at 100; 1,100 of 12,000 come back from there at 110."""
    rows_made = "2025-02-03,10000,,\n2025-03-03,1100,refund-acp,1000"
    scenario = at_prices(tmp_path, "2025-02-03,10000", rows_made, ",to,basis")
    answer = simulator.compare(scenario)
    assert total(answer, "as done")["roth_end"] == 10_800  # 90 units
    printed = [
        form(box_1=10_000, box_2a=0, box_5=10_000),
        form(code="8", box_1=1_100, box_2a=100, box_5=1_000),
    ]
    assert simulator.audit(scenario, printed).is_right


def test_without_the_prices_of_its_days_nothing_is_weighed_against_it(tmp_path: Path) -> None:
    scenario = asked(tmp_path, "2025-02-03,10000", "2025-03-03,11000")
    for settings in ("returns.annual_return=5%", "returns={model: lognormal, paths: 64}"):
        answer = simulator.compare(scenario.varied(settings))
        assert total(answer, "as done")["box_2a"] == 1_000
        assert "done" not in answer.to_dict()["verdict"]
        assert "assumed" in answer.unweighed
    assert answer["as done"].to_dict()["total"]["roth_end"] is None


def test_until_a_day_it_is_what_was_done_by_then(tmp_path: Path) -> None:
    moved = "2025-02-03,10000\n2025-12-30,11500"
    scenario = at_prices(tmp_path, "2025-02-03,10000\n2025-02-04,10000", moved)
    (tmp_path / "fund.csv").write_text(f"date,price\n{PRICES}\n2025-02-04,100\n")
    answer = simulator.compare(scenario.varied(until="2025-03-03"))
    done = total(answer, "as done")
    assert (done["box_1"], done["left_value"], done["left_basis"]) == (10_000, 11_000, 10_000)


def test_what_was_converted_before_a_pay_stub_is_on_the_form(tmp_path: Path) -> None:
    """5,000.00 with 40.00 earned by June, and all of it, 1,060.00 with 60.00 earned, after."""
    (tmp_path / "out.csv").write_text("date,amount\n2025-08-01,1060\n")
    text = (
        "name: In the middle\nyears: 2025\nbirth_year: 1980\nconversions: out.csv\n"
        "pay: {salary: 120_000, frequency: monthly}\nelections: {after_tax: 0%}\n"
        "plan: {opening: {after_tax: 1_000, basis: 1_000}}\npolicies: [year-end]\n"
        "so_far: {through: 2025-06-30, gross: 60_000, after_tax: 5_960,\n"
        "  conversions: {count: 2, last: 2025-06-12, box_1: 5_000, box_2a: 40}}\n"
    )
    scenario = loads(text.encode(), "asked.yaml", tmp_path)
    done = total(simulator.compare(scenario), "as done")
    assert (done["conversions"], done["box_1"], done["box_2a"]) == (3, 6_060, 100)
    printed = form(box_1=6_060, box_2a=100, box_5=5_960)
    assert only(simulator.audit(scenario, printed)).compared.finding is None
    (tmp_path / "out.csv").write_text("date,amount\n2025-06-12,1060\n")
    with pytest.raises(Mistakes, match="2025-06-12 is within so_far, through 2025-06-30"):
        simulator.compare(scenario)


def test_it_is_a_row_of_a_batch_that_is_not_ranked(late: simulator.Comparison) -> None:
    kept = rows(late.figures(), late.verdict, {})
    rows_told = (dict(zip(names.split(", "), row, strict=True)) for names, row in kept.totals)
    told = {row["policy"]: row for row in rows_told}
    assert told["as done"]["box_2a_mean"] == 1_000
    assert (told["as done"]["best"], told["as done"]["costs_more"]) == (None, None)


def test_it_has_no_other_dates(late: simulator.Comparison) -> None:
    scenario = late.scenario
    with pytest.raises(Refused, match="'as done' has happened and has no other dates"):
        simulator.sweep(scenario, "as done", delay=[0, 5])
    with pytest.raises(Refused, match="has happened"):
        simulator.sweep(scenario, "as done", vary="taxes.federal", values=["20%"])
    with pytest.raises(Refused, match="has happened"):
        simulator.plot(late, "delay", "as done")
    with pytest.raises(Mistakes, match="a policy is already called 'as done'"):
        scenario.varied("policies=[{cadence: monthly, label: as done}]")


def test_the_commands_tell_it(tmp_path: Path) -> None:
    at_prices(tmp_path, "2025-02-03,10000", "2025-03-03,11000")
    file = tmp_path / "a.yaml"
    file.write_text(
        f"name: Done\nyears: 2025\nbirth_year: 1980\ndeposits: in.csv\nconversions: out.csv\n{MORE}"
    )

    def told(*words: str) -> Any:
        run = CliRunner().invoke(cli, [words[0], str(file), "--policy", "as done", *words[1:]])
        assert run.exit_code == 0, run.output
        return json.loads(run.stdout)

    assert [one["form_1040_5b"] for one in told("form", "--format", "json")] == [1_000]
    posted = told("ledger", "--format", "json")
    assert [one["event"] for one in posted] == ["deposit", "conversion"]
    assert posted[-1]["roth_after"] == 11_000
    refused = CliRunner().invoke(cli, ["remind", str(file), "--policy", "as done"])
    assert refused.exit_code == 2
    assert "has happened and has no other dates" in refused.stderr
