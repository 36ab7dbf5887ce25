"""What a policy does, written down as an account's history and read back, is what its ledger says.

The ledger posts what a timeline plans; `as done` follows amounts that somebody wrote down. They share no
arithmetic of conversions, and both are held to the same cents: boxes, basis, and what the Roth holds.
"""

from pathlib import Path

import pytest

import simulator
from simulator.conversion.amounts import FLOWS, YearOutcome
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario

SHIPPED = Path(__file__).parents[2] / "scenarios"
FUND = SHIPPED / "data" / "invented-fund.csv"
ACTUAL = [f"returns={{model: history, prices: {FUND}}}"]

ASKED = {
    **{
        f"a loss, {rule}": ("loss-year", "quarterly", [f"plan.basis_after_loss={rule}"])
        for rule in ("carry-forward", "carry-within-year", "forfeit")
    },
    "parts of the account": (
        "loss-year",
        "per-paycheck+15d",
        ["plan.basis_after_loss=carry-forward"],
    ),
    "a fee, and some are passed over": ("two-conversions-a-year", "Asks every month", []),
    "earnings sent on, and a run-off": ("split-rollover", "quarterly", ["years=2025"]),
    "money left inside": (
        "emily",
        "in June",
        ["policies=[{cadence: dates, dates: [2025-06-30], label: in June}]"],
    ),
}


def written_down(scenario: Scenario, policy: str, folder: Path) -> Scenario:
    """The scenario with what a policy does as its history of conversions."""
    postings = simulator.ledger(scenario, policy)
    rows, fee = [], 0.0
    for row in postings.to_dict("records"):
        day, amount, ira = row["date"].date(), row["amount"], row["ira"]
        if row["event"] == "fee":
            fee = amount
        elif row["event"] == "conversion":
            rows.append(f"{day},{amount - ira:.2f},roth,{fee:.2f}\n")
            rows += [f"{day},{ira:.2f},traditional,0\n"] if ira else []
            fee = 0.0
    (folder / "out.csv").write_text("date,amount,to,fee\n" + "".join(rows))
    return scenario.varied(conversions=str(folder / "out.csv"))


def moved(of_year: YearOutcome[int]) -> dict[str, int]:
    """What moved in a year, and the basis that it leaves. [cents]"""
    return {name: getattr(of_year, name) for name in (*FLOWS, "left_basis")}


@pytest.mark.parametrize("name", ASKED)
def test_what_was_done_is_what_the_ledger_posts(name: str, tmp_path: Path) -> None:
    file, policy, settings = ASKED[name]
    scenario = load(SHIPPED / f"{file}.yaml", [*ACTUAL, *settings])
    answer = simulator.compare(written_down(scenario, policy, tmp_path))
    posted, done = answer.result(policy).outcome, answer.result("as done").outcome
    assert {year: moved(one) for year, one in done.years.items()} == {
        year: moved(one) for year, one in posted.years.items()
    }
    assert (done.left_basis, done.roth_end, done.ira_end, done.in_transit) == (
        posted.left_basis,
        posted.roth_end,
        posted.ira_end,
        posted.in_transit,
    )
    conversions = answer.result(policy).conversions  # each amount is written in whole cents
    assert abs(done.left_value - posted.left_value) <= conversions / 2
    assert answer.result("as done").conversions == answer.result(policy).conversions
    assert answer.result("as done").leaves_money == answer.result(policy).leaves_money
    own = simulator.ledger(answer.scenario, "as done")
    assert own["event"].tolist() == simulator.ledger(scenario, policy)["event"].tolist()
