"""Which known error of an issuer makes a form what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from simulator.conversion.expected_forms import Expected
from simulator.conversion.made import CONVERSION, Rule
from simulator.decisions.received import Received

TOLERANCE = 100
"""A box is as expected within this. [cents]"""

A_POINT = Fraction(1, 100)
"""How near the ratio of the whole plan must be."""


def near(box: int | None, expected: int) -> bool:
    """Whether a box is as expected; an empty one is not."""
    return box is not None and abs(box - expected) <= TOLERANCE


def agrees(form: Received, expected: Expected) -> bool:
    """Whether Boxes 1, 2a and 5 are as expected."""
    return (
        near(form.box_1, expected.box_1)
        and near(form.box_2a, expected.box_2a)
        and near(form.box_5, expected.box_5)
    )


def is_exact(form: Received, expected: Expected) -> bool:
    """Whether they are so to the cent."""
    boxes = (form.box_1, form.box_2a, form.box_5)
    return boxes == (expected.box_1, expected.box_2a, expected.box_5)


@dataclass(frozen=True)
class Compared:
    """A form beside what it should be.

    Attributes:
        form: What was printed.
        kind: Which form of the year it should be.
        expected: The boxes under each rule for the basis.
        moved: The same where conversions at a turn of the year count in the other one.
        contributed: What may be called the contributions of the year. [cents]
    """

    form: Received
    kind: str
    expected: Mapping[Rule, Expected]
    moved: Sequence[Expected]
    contributed: Sequence[int]

    @property
    def right_code(self) -> bool:
        """Whether the code is one of this form."""
        codes = ("1", "2", "7") if self.kind == "cash" else (self.kind,)
        return self.form.box_7 in codes

    @property
    def agrees_with(self) -> list[Rule]:
        """The rules that give the boxes, where the code is right."""
        if not self.right_code:
            return []
        return [rule for rule, boxes in self.expected.items() if agrees(self.form, boxes)]

    @property
    def finding(self) -> str | None:
        """The first known error that fits; None where the form is right to the cent, or none does."""
        if rules := self.agrees_with:
            right = any(is_exact(self.form, self.expected[rule]) for rule in rules)
            return None if right else "E11"
        return next((name for name, fits in TESTS if fits(self)), None)

    def any(self, fits: Callable[[Expected], bool]) -> bool:
        """Whether something holds under one of the rules."""
        return any(map(fits, self.expected.values()))


def _above(one: Compared) -> bool:
    return (one.form.box_5 or 0) > one.form.box_1


def _untaxed(one: Compared) -> bool:
    form = one.form
    return (
        one.kind == CONVERSION
        and not form.box_2a
        and one.any(
            lambda boxes: (
                boxes.box_2a > 0 and near(form.box_1, boxes.box_1) and near(form.box_5, boxes.box_5)
            )
        )
    )


def _no_basis(one: Compared) -> bool:
    form = one.form
    all_taxed = near(form.box_2a, form.box_1) and not form.box_5
    return all_taxed and one.any(lambda boxes: boxes.box_5 > 0)


def _no_sum(one: Compared) -> bool:
    form = one.form
    apart = not near(form.box_1, (form.box_2a or 0) + (form.box_5 or 0))
    return apart and not one.any(lambda boxes: boxes.traditional > 0)


def _other_year(one: Compared) -> bool:
    there = set(one.expected.values())
    return any(agrees(one.form, boxes) for boxes in one.moved if boxes not in there)


def _wrong_code(one: Compared) -> bool:
    return one.kind == CONVERSION and one.form.box_7 != CONVERSION


def _whole_plan(one: Compared) -> bool:
    form = one.form
    if not form.plan_value or form.plan_pre_tax is None or not form.box_1 or form.box_2a is None:
        return False
    ratio = Fraction(form.plan_pre_tax, form.plan_value)
    return abs(Fraction(form.box_2a, form.box_1) - ratio) <= A_POINT


def _fee(one: Compared) -> bool:
    return one.any(lambda boxes: boxes.fees > 0 and near(one.form.box_1, boxes.box_1 + boxes.fees))


def _netted(one: Compared) -> bool:
    form = one.form
    given = one.any(lambda boxes: near(form.box_2a, boxes.box_2a))
    return not given and any(
        near(form.box_2a, max(0, form.box_1 - paid)) for paid in one.contributed
    )


def _split(one: Compared) -> bool:
    form = one.form
    rest = form.box_1 - (form.box_2a or 0) - (form.box_5 or 0)
    return one.any(
        lambda boxes: (
            boxes.traditional > 0 and (near(rest, boxes.sent_on) or near(rest, boxes.traditional))
        )
    )


TESTS: tuple[tuple[str, Callable[[Compared], bool]], ...] = (
    ("E10", _above),
    ("E1", _untaxed),
    ("E2", _no_basis),
    ("E3", _no_sum),
    ("E4", _other_year),
    ("E5", _wrong_code),
    ("E6", _whole_plan),
    ("E7", _fee),
    ("E8", _netted),
    ("E9", _split),
)
"""The errors in the order in which they are looked for, after rounding."""
