"""Wealth against formulas: brokerage accounts without dividends, without tax, without growth."""

from datetime import date
from fractions import Fraction
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from simulator.answer.worth import Worth
from simulator.days.calendars import sessions_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from simulator.wealth import exact, on_paths
from simulator.wealth.wealth import Wealth
from tests.wealth.replays import replay

DAY = date(2025, 1, 2)


def worth(scenario: Scenario) -> Worth:
    """What a scenario comes to after tax."""
    found = compare(scenario).worth
    assert found is not None
    return found


def asked(**fields: Fraction | int) -> Wealth:
    """What is asked of wealth."""
    return Wealth.model_validate({"outside_return": Fraction(0)} | fields)


@pytest.mark.parametrize("hold", [0, 1, 30])
@pytest.mark.parametrize("growth", [Fraction(107, 100), Fraction(1), Fraction(93, 100)])
def test_without_dividends_the_gain_is_taxed_once(hold: int, growth: Fraction) -> None:
    """It is c x (G - (G - 1) x gain_rate); a loss is no deduction."""
    said = asked(dividends=Fraction(0), gain_rate=Fraction(15, 100), hold=hold)
    found = exact.taxable_account([(DAY, 10_000_00)], [], {DAY: 1.0}, DAY, said, growth)
    grown = growth**hold
    expected = 10_000_00 * (grown - max(Fraction(0), grown - 1) * Fraction(15, 100))
    assert found == pytest.approx(float(expected), rel=1e-12)


@pytest.mark.parametrize("hold", [0, 1, 40])
@pytest.mark.parametrize("rate", [Fraction(0), Fraction(15, 100), Fraction(1)])
def test_dividends_in_closed_form(hold: int, rate: Fraction) -> None:
    """A quarter multiplies by q(1 - d r/4); the basis grows by a geometric sum. Both arithmetics."""
    said = asked(dividends=Fraction(2, 100), dividend_rate=rate, hold=hold)
    growth = Fraction(106, 100)
    q = exp(log(1.06) / 4)
    k = q * (1 - 0.005 * float(rate))
    value = k ** (4 * hold)
    basis = 1 + sum(q * 0.005 * (1 - float(rate)) * k**n for n in range(4 * hold))
    expected = 1_000_00 * (value - max(0.0, value - basis) * 0.15)
    bought = [(DAY, 1_000_00)]
    found = exact.taxable_account(bought, [], {DAY: 1.0}, DAY, said, growth)
    arrays = on_paths.taxable_account(bought, [], {DAY: np.ones(2)}, DAY, said, growth)
    assert found == pytest.approx(expected, rel=1e-12)
    assert arrays == pytest.approx([expected] * 2, rel=1e-12)


def test_without_tax_on_gains_and_dividends_it_is_the_roth_to_the_cent(tmp_path: Path) -> None:
    settings = ("wealth.gain_rate=0%", "wealth.dividends=0%", "wealth.hold=10")
    found = worth(replay(tmp_path, policies=["per-paycheck"]).varied(*settings))
    assert found.policies["per-paycheck"] == found.taxable


def test_without_growth_all_are_what_went_in(tmp_path: Path) -> None:
    settings = ("returns.annual_return=0%", "wealth.dividends=0%")
    found = worth(replay(tmp_path).varied(*settings))
    assert {*found.policies.values(), found.taxable} == {30_000_00}
    assert found.none == 0


@pytest.mark.parametrize("years", [1, 25])
def test_held_years_grow_the_roth_evenly_and_the_tax_by_what_is_outside(
    tmp_path: Path, years: int
) -> None:
    """Roth x 1.07^n less the tax of the year's end x 1.04^n; that of 2025 has grown for 730 days before."""
    now, later = (compare(replay(tmp_path).varied(f"wealth.hold={hold}")) for hold in (0, years))
    taxes = [later.year_tax(later.result("year-end"), year).total for year in (2025, 2026, 2027)]
    outside = taxes[0] * 1.04**2 + taxes[1] * 1.04 + taxes[2]
    assert now.worth is not None
    assert later.worth is not None
    roth = now.worth.policies["year-end"] + outside
    expected = roth * 1.07**years - outside * 1.04**years
    assert later.worth.policies["year-end"] == pytest.approx(expected, abs=0.51 * 1.07**years + 1)


def test_what_the_model_takes_from_no_file_grows_by_7_percent(tmp_path: Path) -> None:
    """A history has no annual_return; 10,000.00 x 1.07 for the held year."""
    prices = tmp_path / "flat.csv"
    prices.write_text("date,price\n" + "".join(f"{day},10\n" for day in sessions_of(2025)))
    deposits = [(date(2025, 2, 3), 10_000_00)]
    returns = {"model": "history", "prices": "flat.csv"}
    asked = replay(tmp_path, deposits, "wealth.hold=1", years="2025", returns=returns)
    assert worth(asked).policies["per-paycheck"] == 10_700_00
