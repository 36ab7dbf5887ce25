"""The kernel's sum over all forms, which a sweep asks for alone, on two paths worked out by hand."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from simulator.conversion.kernel import kernel
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import timeline
from simulator.days.years import Years
from tests.tables import taxable

JANUARY, FEBRUARY = date(2025, 1, 3), date(2025, 2, 3)


@pytest.mark.parametrize(
    ("terms", "dates", "prices", "expected"),
    [
        # $100.00 bought at 1.00 leaves at 1.10, with a basis of 100.00 and 8.00 from before: 2.00 are
        # taxable, and on the even path 0. The $50.00 of February stay.
        (
            {"opening": {"basis": "$8"}},
            ["2025-01-31"],
            {"2025-01-31": 1.10, "2025-02-03": 1.20, "2025-12-31": 1.30},
            2_00,
        ),
        # At 0.80 the first $100.00 are 80.00, all of it basis, and 20.00 of basis are forfeited. The $50.00
        # of February, bought at 0.80, leave at 1.20 as 75.00: 25.00 are taxable.
        (
            {"basis_after_loss": "forfeit"},
            ["2025-01-31", "2025-06-30"],
            {"2025-01-31": 0.80, "2025-02-03": 0.80, "2025-06-30": 1.20, "2025-12-31": 1.20},
            25_00,
        ),
        # Split: the earnings of 10.00 go to the IRA, and nothing is taxable.
        (
            {"conversion": {"to": "split"}},
            ["2025-01-31"],
            {"2025-01-31": 1.10, "2025-02-03": 1.20, "2025-12-31": 1.30},
            0,
        ),
    ],
    ids=["basis from before", "forfeited basis", "split"],
)
def test_taxable_over_all_forms_is_what_left_beyond_the_basis_recovered(
    terms: dict[str, Any], dates: list[str], prices: dict[str, float], expected: int
) -> None:
    plan = timeline(
        [(JANUARY, 100_00), (FEBRUARY, 50_00)],
        Policy.model_validate({"cadence": "dates", "dates": dates}),
        ConversionTerms.model_validate(terms),
        Years(2025, 2025),
    )
    rising = [prices.get(str(session), 1.00) for session in plan.sessions]
    paths = np.array([rising, [1.00] * len(rising)]).T
    assert taxable(plan, paths).tolist() == [expected, 0]
    assert kernel(plan, paths).total("box_2a").tolist() == [expected, 0]
