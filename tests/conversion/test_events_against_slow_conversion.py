"""Life events compared with the slow reference, which walks day by day and knows the model's words alone."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.conversion.amounts import CODES, WITHHELD, paid, taxable, withheld
from simulator.conversion.ledger import ledger
from tests.events_drawn import SCALES, Drawn, drawn, walks
from tests.how_many import times
from tests.reference.slow_conversion import sessions_of_year, slow_conversion

BOXES = ("box_1", "box_2a", "box_5", "fees", "ira")


def cents(written: Any) -> int:
    """Dollars of a drawn plan in cents."""
    return int(Decimal(str(written).removeprefix("$")) * 100)


def in_cents(plan: dict[str, Any]) -> dict[str, Any]:
    """A drawn plan with its dollars in cents."""
    conversion = plan["conversion"] | {"fee": cents(plan["conversion"]["fee"])}
    opening = {name: cents(amount) for name, amount in plan["opening"].items()}
    return plan | {"conversion": conversion, "opening": opening}


@times(2.5)
@given(drawn(), st.integers(0, 2**32), SCALES, st.booleans())
def test_events_are_as_the_slow_reference_has_them(
    one: Drawn, seed: int, scale: float, parked: bool
) -> None:
    """Parked money has prices of its own until it is converted."""
    plan = replace(one.timeline, parked=parked)
    first, last = one.years.first, one.years.last
    days = [day for year in range(first, last + 14) for day in sessions_of_year(year)]
    drawn_prices = walks(len(days), seed, scale)[:, : 1 + parked].T.tolist()
    outside, inside = (dict(zip(days, drawn_prices[n], strict=True)) for n in (0, -1))
    posted = ([price[day] for day in plan.sessions] for price in (outside, inside))
    found = ledger(plan, *posted).outcome
    policy = one.policy | {"dates": plan_dates(one.policy)}
    expected = slow_conversion(
        one.contributed,
        (first, last),
        in_cents(one.plan),
        policy,
        inside.__getitem__,
        one.events,
        one.returned,
        one.born,
        outside.__getitem__,
    )
    forms = {
        (year, code): tuple(
            int(getattr(of_year, name(code))) if name is not withheld or code in WITHHELD else 0
            for name in (paid, taxable, withheld)
        )
        for year, of_year in found.years.items()
        for code in CODES
    }
    assert {key: boxes for key, boxes in forms.items() if any(boxes)} == {
        key: boxes for key, boxes in expected.forms.items() if any(boxes)
    }
    for year, of_year in found.years.items():
        row = expected.years.get(year, {})
        assert plan.conversions[year] == row.get("conversions", 0)
        assert plan.passed_over.get(year, 0) == row.get("passed_over", 0)
        assert {name: getattr(of_year, name) for name in BOXES} == {
            name: row.get(name, 0) for name in BOXES
        }
    assert found.total("unpaid") == expected.unpaid
    assert found.total("forfeited") == expected.forfeited
    ends = ("left_value", "left_basis", "roth_end", "ira_end", "in_transit")
    assert {name: getattr(found, name) for name in ends} == {
        name: getattr(expected, name) for name in ends
    }


def plan_dates(policy: dict[str, Any]) -> list[Any]:
    """The dates of a drawn policy as days."""
    from datetime import date

    return [date.fromisoformat(day) for day in policy.get("dates", [])]
