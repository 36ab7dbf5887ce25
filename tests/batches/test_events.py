"""A batch keeps what life events pay: the figures of compare, in one piece or in many."""

import json
from pathlib import Path

import pytest

import simulator
from simulator.batches.export import frame
from simulator.batches.summary import summary

pytestmark = pytest.mark.usefixtures("here")

TEXT = """\
name: Somebody
years: 2025
birth_year: 1990
pay: {salary: 150_000, frequency: monthly}
elections: {after_tax: 20%}
plan: {basis_after_loss: forfeit, room: year-to-date, excess: after-tax}
policies: [monthly, year-end]
taxes: {federal: 24%}
returns: {model: lognormal, paths: 9_000}
events:
  - {kind: withdrawal, date: 2025-06-02, amount: 3_000}
  - {kind: acp-refund, date: 2026-03-10, year: 2025, amount: 15%}
"""
PAID = ("paid_out", "paid_out_taxable", "withheld", "additional_tax", "tax")


def test_a_batch_has_the_figures_of_compare_in_one_piece_or_in_many(tmp_path: Path) -> None:
    file = tmp_path / "somebody.yaml"
    file.write_text(TEXT, encoding="utf-8")
    told = simulator.compare(simulator.load(file)).to_dict()
    for name, piece in (("whole", 1 << 40), ("cut", 1 << 20)):
        simulator.batch(file, tmp_path / name, workers=1, piece=piece)
        totals = frame(tmp_path / name, "results_total").set_index("policy")
        years = frame(tmp_path / name).set_index(["policy", "year"])
        for policy in told["policies"]:
            for amount in PAID:
                row = totals.loc[policy["policy"]]
                assert row[f"{amount}_mean"] == policy["total"][amount]["mean"]
                for year in policy["years"]:
                    of_year = years.loc[policy["policy"], year["year"]]
                    assert of_year[f"{amount}_p95"] == year[amount]["p95"]
        assert totals["best"].tolist().count(1) == 1
        went_in = frame(tmp_path / name, "results_contributions")
        assert went_in["after_tax_returned"].tolist() == [0.0]


def test_a_summary_counts_box_2a_of_every_form(tmp_path: Path) -> None:
    file = tmp_path / "somebody.yaml"
    file.write_text(TEXT, encoding="utf-8")
    simulator.batch(file, tmp_path / "results", workers=1)
    told = simulator.compare(simulator.load(file)).to_dict()["policies"]
    for policy in summary(tmp_path / "results").policies:
        (total,) = (one["total"] for one in told if one["policy"] == policy.policy)
        expected = total["box_2a"]["mean"] + total["paid_out_taxable"]["mean"]
        assert policy.total == pytest.approx(expected, abs=0.006)


def test_a_batch_has_the_parts_of_a_computed_tax_in_one_piece_or_in_many(tmp_path: Path) -> None:
    file = tmp_path / "somebody.yaml"
    taxes = "taxes: {status: single, state: NY, qualified_income: 9_000}"
    file.write_text(TEXT.replace("taxes: {federal: 24%}", taxes), encoding="utf-8")
    told = simulator.compare(simulator.load(file)).to_dict()["policies"]
    for name, piece in (("whole", 1 << 40), ("cut", 1 << 20)):
        simulator.batch(file, tmp_path / name, workers=1, piece=piece)
        totals = frame(tmp_path / name, "results_total").set_index("policy")
        for policy in told:
            for amount in ("tax", "tax_federal", "tax_state"):
                row = totals.loc[policy["policy"]]
                assert row[f"{amount}_mean"] == policy["total"][amount]["mean"] > 0


@pytest.mark.parametrize("piece", [1 << 40, 1 << 20])
def test_a_late_year_whose_tax_is_not_known_fails_its_job(piece: int, tmp_path: Path) -> None:
    file = tmp_path / "somebody.yaml"
    text = TEXT.replace("taxes: {federal: 24%}", "taxes: {status: single}").partition("events:")[0]
    text = text.replace("[monthly, year-end]", "[{cadence: monthly, delay: 1_100}]")
    file.write_text(text, encoding="utf-8")
    simulator.batch(file, tmp_path / "results", workers=1, piece=piece)
    (line,) = (tmp_path / "results" / "errors.jsonl").read_text("utf-8").splitlines()
    assert "converted or paid out in 2028" in str(json.loads(line))


@pytest.mark.parametrize("piece", [1 << 40, 1 << 20])
def test_a_withdrawal_that_cannot_be_fails_its_job(piece: int, tmp_path: Path) -> None:
    file = tmp_path / "somebody.yaml"
    file.write_text(TEXT.replace("3_000", "900_000"), encoding="utf-8")
    simulator.batch(file, tmp_path / "results", workers=1, piece=piece)
    (line,) = (tmp_path / "results" / "errors.jsonl").read_text("utf-8").splitlines()
    assert "more than the account holds on 2025-06-02" in str(json.loads(line))
