"""The computed tax in an answer: its base by year, its parts, the verdict by it, and what it rests on."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from simulator.notation.mistakes import Mistakes
from simulator.scenario.loading import load, loads
from simulator.simulation import compare
from tests.documents import EMILY, emily, lognormal, scenario
from tests.reference import slow_tax

SINGLE = "taxes={status: single, state: CA}"


def answer(*settings: str) -> Any:
    """The JSON of Emily's comparison."""
    return compare(emily(*settings)).to_dict()


def test_emilys_year_end_conversion_is_taxed_beside_her_wages() -> None:
    """Box 2a 709.49 at 24% and 9.3%: 170.28 and 65.98, each half-up, and their sum."""
    found = answer(SINGLE, "policies=[per-paycheck, year-end]")
    total = found["policies"][1]["total"]
    parts = [total[name]["mean"] for name in ("tax", "tax_federal", "tax_state")]
    assert parts == [236.26, 170.28, 65.98]
    year = found["policies"][1]["years"][0]
    assert [year[name]["mean"] for name in ("tax", "tax_federal", "tax_state")] == parts
    assert found["verdict"]["measure"] == "tax"
    assert found["verdict"]["saves"]["mean"] == 236.26


def test_the_base_is_the_payrolls_gross_less_pre_tax_deferrals() -> None:
    """Emily: 200,000.00 in running totals, less 23,500; the standard deduction of 2025 is 15,750."""
    assert answer(SINGLE)["tax_base"] == [
        {
            "year": 2025,
            "wages": 176_500.0,
            "agi": 176_500.0,
            "deduction": 15_750.0,
            "taxable_income": 160_750.0,
            "marginal_federal": 0.24,
            "marginal_state": 0.093,
            "projected": False,
        }
    ]


def test_roth_deferrals_and_after_tax_contributions_stay_in_the_wages() -> None:
    roth = answer(SINGLE, "elections.pre_tax=0%", "elections.roth=12%")
    assert roth["tax_base"][0]["wages"] == 200_000


def test_flat_rates_have_no_parts_no_base_and_assume_nothing() -> None:
    found = answer("taxes={federal: 24%, state: 9.3%}")
    assert {"tax_base", "assumptions"}.isdisjoint(found)
    assert {"tax_federal", "tax_state"}.isdisjoint(found["policies"][0]["total"])


def test_a_flat_federal_rate_beside_a_states_code_has_parts_and_no_base() -> None:
    """709.49 at 24% and 4.25%: 170.28 and 30.15."""
    found = answer("taxes={federal: 24%, state: NC}", "policies=[year-end]")
    total = found["policies"][0]["total"]
    assert [total[name]["mean"] for name in ("tax_federal", "tax_state")] == [170.28, 30.15]
    assert "tax_base" not in found
    assert found["assumptions"]


def test_a_self_employed_persons_wages_are_net_earnings_less_the_employers_share() -> None:
    """Profit 90,000 in 2022: net 83,641.70, employer 16,728.34; less 20,500 deferred: 46,413.36."""
    document = EMILY | {
        "years": "2022",
        "pay": {"self_employment": {"profit": 90_000}, "frequency": "monthly"},
        "elections": {"pre_tax": "max", "after_tax": "max"},
        "plan": {"type": "solo-401k", "nonelective": "25%"},
        "taxes": {"status": "single"},
    }
    assert compare(scenario(document)).to_dict()["tax_base"][0]["wages"] == 46_413.36


def test_years_after_the_last_paycheck_have_no_wages() -> None:
    found = answer(
        "years=2025-2026", "pay.last_pay_date=2025-06-30", "taxes={status: single, wages: 80_000}"
    )
    assert [year["wages"] for year in found["tax_base"]] == [80_000, 0]


def test_what_is_converted_later_is_taxed_beside_the_last_years_income() -> None:
    """30 days after the last paychecks: January 2026 has the wages of 2025, and the tables of 2026."""
    later = compare(emily(SINGLE, "policies=[{cadence: per-paycheck, delay: 30}]")).to_dict()
    bases = later["tax_base"]
    assert [(base["year"], base["wages"]) for base in bases] == [(2025, 176_500), (2026, 176_500)]
    assert bases[1]["deduction"] == 16_100
    assert any("What is taxable after 2025" in sentence for sentence in later["assumptions"])
    assert [year["year"] for year in later["policies"][0]["years"]] == [2025, 2026]


def test_a_year_after_the_tables_takes_the_last_ones_and_warns() -> None:
    asked = ("years=2026", "policies=[{cadence: per-paycheck, delay: 30}]", SINGLE)
    found = answer(*asked)
    assert [base["projected"] for base in found["tax_base"]] == [False, True]
    assert found["warnings"] == [
        "The income tax table of 2027 is not published here: that of 2026 is taken; limits.inflation "
        "(for example 2.5%) projects it."
    ]
    projected = answer(*asked, "limits.inflation=2.5%")
    assert "warnings" not in projected
    assert projected["tax_base"][1]["deduction"] == 16_500  # 31,500 / 2 x 1.023226 x 1.025


def test_a_late_conversion_beyond_the_tables_is_refused() -> None:
    with pytest.raises(
        Mistakes, match=r"taxes\.status: money is converted or paid out in 2028: no t"
    ):
        compare(emily("years=2026", "policies=[{cadence: per-paycheck, delay: 500}]", SINGLE))


def test_a_late_conversion_at_an_age_at_which_the_state_is_not_known_is_refused() -> None:
    """Born in 1966: the 60th birthday is in 2026."""
    late = "policies=[{cadence: per-paycheck, delay: 30}]"
    asked = ("birth_year=1966", "taxes={status: single, state: NY}")
    compare(emily(*asked))
    with pytest.raises(Mistakes, match=r"taxes\.state: money is converted .* in 2026: 'NY': from"):
        compare(emily(*asked, late))


def mistakes_of(document: dict[str, Any], folder: Path = Path()) -> list[str]:
    """What is wrong with a document, without its place."""
    with pytest.raises(Mistakes) as wrong:
        loads(json.dumps(document).encode(), "x.yaml", folder)
    return [str(one).partition(": ")[2] for one in wrong.value.mistakes]


def test_wages_are_needed_beside_deposits(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text("date,amount\n2025-02-03,100\n")
    replay = {"name": "R", "years": "2025", "birth_year": 1990, "deposits": "in.csv"}
    asked = replay | {"taxes": {"status": "single"}}
    wanted = "taxes.wages: needed with deposits, as no payroll says what you earn"
    assert mistakes_of(asked, tmp_path) == [wanted]
    asked["taxes"] = {"status": "single", "wages": 100_000}
    loads(json.dumps(asked).encode(), "x.yaml", tmp_path)


@pytest.mark.parametrize(
    ("years", "wrong"),
    [
        ("2015-2020", "no table before 2018 for years 2015-2020; give federal as a rate"),
        ("2026-2028", "no table after 2026 for years 2026-2028; write limits.inflation (for "),
    ],
)
def test_years_without_tables_are_refused(years: str, wrong: str, tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_text(f"date,amount\n{years[:4]}-02-03,100\n")
    replay = {"name": "R", "years": years, "birth_year": 1990, "deposits": "in.csv"}
    asked = replay | {"taxes": {"status": "single", "wages": 100_000}}
    assert [one.startswith(f"taxes.status: {wrong}") for one in mistakes_of(asked, tmp_path)] == [
        True
    ]


def test_missing_limits_are_told_once() -> None:
    asked = EMILY | {"years": "2026-2028", "taxes": {"status": "single"}}
    (only,) = mistakes_of(asked)
    assert only.startswith("limits: 2027 has no published limits")


def test_every_path_is_taxed_as_one_path_is() -> None:
    """Each path's Box 2a through the slow tax, and the mean of what it gives."""
    comparison = compare(
        lognormal("taxes={status: married-joint, other_income: 40_000, qualified_income: 9_000}")
    )
    result = comparison.results[-1]
    agi = Fraction(176_500 + 49_000)
    before = slow_tax.federal(agi, 2025, "married-joint", qualified=9_000, net_investment=9_000)
    for taxable, tax in zip(result.taxable, comparison.tax(result), strict=True):
        added = Fraction(int(taxable), 100)
        after = slow_tax.federal(
            agi + added, 2025, "married-joint", qualified=9_000, net_investment=9_000
        )
        assert int(tax) == int((after - before) * 100 + Fraction(1, 2))


def test_what_life_events_pay_is_taxed_with_the_conversions() -> None:
    """What is paid out in cash bears 24% and 4.25% of its taxable part, and the 10% beside."""
    document = EMILY | {
        "elections": {"pre_tax": "12%"},
        "plan": {"opening": {"after_tax": 12_000, "basis": 11_000}},
        "events": [{"kind": "separation", "date": "2025-08-29", "payout": "cash"}],
        "policies": ["never"],
        "taxes": {"status": "single", "state": "NC"},
    }
    total = compare(scenario(document)).to_dict()["policies"][0]["total"]
    taxable = Fraction(str(total["paid_out_taxable"]["mean"]))
    for name, rate in (("tax_federal", Fraction(24, 100)), ("tax_state", Fraction(425, 10_000))):
        assert total[name]["mean"] == pytest.approx(float(taxable * rate), abs=0.005)
    assert total["additional_tax"]["mean"] > 0


def test_the_shipped_couple_crosses_into_the_32_percent_bracket() -> None:
    """24% on 300.08, 32% on the rest, and 9.3%; the figures that its notes name."""
    couple = compare(load("scenarios/california-couple.yaml")).results[-1]
    taxable = Fraction(int(couple.taxable), 100)
    federal = Fraction("300.08") * Fraction(24, 100) + (taxable - Fraction("300.08")) * Fraction(
        32, 100
    )
    found = compare(load("scenarios/california-couple.yaml")).to_dict()["policies"][-1]["total"]
    assert found["tax_federal"]["mean"] == round(float(federal), 2) == 365.03
    assert found["tax_state"]["mean"] == round(float(taxable * Fraction(93, 1000)), 2) == 113.06
    assert found["tax"]["mean"] == 478.09


def test_the_verdict_is_by_the_computed_tax() -> None:
    """A fee of 25 a conversion: 26 of them cost more than what 24% and 9.3% take at the year's end."""
    fees = ("plan.conversion.fee=25", "policies=[per-paycheck, year-end]")
    verdict = answer(SINGLE, *fees)["verdict"]
    assert (verdict["measure"], verdict["best"]) == ("tax and fees", "year-end")


def test_assumptions_name_what_is_not_modelled_and_what_the_state_leaves_open() -> None:
    sentences = " ".join(answer(SINGLE, "years=2026")["assumptions"])
    for words in (
        "alternative minimum tax",
        "credit",
        "exemption credit falls",
        "brackets of 2026",
    ):
        assert words in sentences
    aged = answer("birth_year=1960", "taxes={status: single}")["assumptions"]
    assert any("January 1" in sentence for sentence in aged)
    assert any("No state tax" in sentence for sentence in aged)
    assert not any("January 1" in sentence for sentence in answer(SINGLE)["assumptions"])


STATES = [
    ("TX", 2025, "Texas takes no tax on it."),
    ("IL", 2025, "line 5b"),
    ("IA", 2025, "55th birthday"),
    ("NC", 2025, "North Carolina takes 4.25% of all that is added"),
    ("GA", 2026, "rests on one source"),
    ("NY", 2025, "New York City"),
]


@pytest.mark.parametrize(("state", "year", "words"), STATES)
def test_a_state_says_what_it_rests_on(state: str, year: int, words: str) -> None:
    found = answer(f"years={year}", f"taxes={{status: single, state: {state}}}")
    assert any(words in sentence for sentence in found["assumptions"])


def test_washington_is_named_from_2028_on() -> None:
    asked = ("years=2026-2028", "limits.inflation=2.5%", "taxes={status: single, state: WA}")
    assert any("above $1,000,000" in sentence for sentence in answer(*asked)["assumptions"])


def test_a_scenario_with_a_status_can_be_varied_and_asked_again() -> None:
    asked = load("scenarios/emily.yaml").varied("taxes={status: single, state: CA}")
    again = type(asked)(**json.loads(asked.model_dump_json(by_alias=True)))
    other = again.varied("taxes.state=5%")
    assert other.taxes is not None
    assert (other.taxes.status, other.taxes.state) == ("single", Fraction(1, 20))
