"""Timelines that are alike are posted together, and come to what each comes to alone."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

import simulator.conversion.alike as alike_room
from simulator.conversion.alike import alike
from simulator.conversion.kernel import kernel
from simulator.conversion.policy import Policy
from simulator.conversion.timeline import Timeline
from simulator.notation.specification import replaced
from simulator.paths import blocks
from simulator.paths.blocks import price_blocks
from simulator.paths.table import taxable_earnings
from simulator.scenario.paid_out import payments_of
from simulator.scenario.scenario import Scenario
from simulator.simulation import after_tax_deposits, followed, went_in
from tests.documents import emily

PATHS = 75
DELAYS = (0, 1, 2, 3, 4, 13, 14, 15, 16, 17, 30, 31, 32, 33, 60, 61, 365)


def delayed(scenario: Scenario, delays: Sequence[int] = DELAYS) -> list[Timeline]:
    """The first policy of a scenario with some delays."""
    years = went_in(scenario)
    deposits = after_tax_deposits(scenario, years)
    policies: list[Policy] = [replaced(scenario.policies[0], delay=delay) for delay in delays]
    return followed(scenario, deposits, policies, payments_of(scenario, years, deposits))


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ("returns.volatility=90%", "plan.conversion.fee=25"),
        ("plan.conversion.to=split", "plan.basis_after_loss=forfeit"),
        ("plan.basis_after_loss=carry-within-year", "plan.opening.after_tax=10_000"),
        ("plan.opening={after_tax: 900, basis: 5_000}", "policies=[monthly]"),
        ("plan.conversion.max_per_year=4", "policies=[{cadence: per-paycheck, zero_out: true}]"),
        ("returns.after_tax.annual_return=4%", "returns.sampling=random"),
        ("plan.conversion.allowed=false",),
        ("events=[{kind: withdrawal, date: 2025-12-15, amount: 100}]", "policies=[never]"),
    ],
)
def test_each_comes_to_what_it_comes_to_alone(
    changes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the loss rule, a fee, a split; also where paths and timelines are not all posted at once."""
    scenario = emily("returns.model=lognormal", *changes)
    plans = delayed(scenario)
    (prices,) = price_blocks(scenario, plans, range(PATHS))
    monkeypatch.setattr(blocks, "BLOCK", 64)
    monkeypatch.setattr(alike_room, "TIMELINES", 4)
    found = taxable_earnings(scenario, plans, PATHS, engine="numpy")
    for plan, box_2a in zip(plans, found, strict=True):
        alone = kernel(plan, *prices.of(plan)).taxable
        assert np.array_equal(box_2a, np.broadcast_to(alone, PATHS))


def test_delays_share_a_row_as_long_as_they_convert_on_the_same_days() -> None:
    """Fifteen to seventeen days after a Friday are a Monday, eighteen a Tuesday.

    So they are alike but for the deposit of January 3, as January 20 is a holiday, and for that of July 3, a
    Thursday: fifteen days later it is Friday, July 18.
    """
    plans = delayed(emily("returns.model=lognormal"), (15, 16, 17, 18, 365))
    alone, (group,) = alike(plans)
    assert alone == [4]
    assert group.places == [0, 1, 2, 3]
    parted = [(one.days, one.parting) for one in group.conversions if one.parting]
    assert parted == [
        ([date(2025, 2, 3), date(2025, 2, 4)], [0]),
        ([date(2025, 7, 18), date(2025, 7, 21), date(2025, 7, 21)], [0]),
    ]
    assert group.rows == [0, 2, 2, 1]
