"""Forms of histories drawn at random, right ones and ones with an error of issuers planted."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import simulator
from simulator.scenario.loading import loads
from tests.reference.slow_audit import slow_boxes, slow_forms

YEAR = 2025


class Case(NamedTuple):
    """A history and the right form of 2025. [cents]

    Attributes:
        deposits: Day and amount.
        conversions: Day, amount, and the account's value before it.
        fees: What each conversion cost.
        forms: Boxes 1, 2a and 5 of each year as they should be.
        others: Those of 2025 under the other rule.
        late: What was converted from December 15 on, counted in January: Boxes 1, 2a and 5 of 2025.
    """

    deposits: list[tuple[date, int]]
    conversions: list[tuple[date, int, int]]
    fees: list[int]
    forms: dict[int, tuple[int, int, int]]
    others: tuple[int, int, int]
    late: tuple[int, int, int]

    @property
    def boxes(self) -> tuple[int, int, int]:
        """Boxes 1, 2a and 5 of 2025."""
        return self.forms[YEAR]


def case(draw: Random) -> Case:
    """Deposits each month, converted some days later; at times a part, at times at a loss."""
    day, held = date(YEAR, 1, draw.randint(3, 9)), 0
    deposits, conversions, fees = [], [], []
    rule = draw.choice(("carry-forward", "forfeit"))
    for month in range(1, 13):
        day = date(YEAR, month, draw.randint(3, 12))
        cents = draw.randint(50_000, 400_000)
        deposits.append((day, cents))
        held += cents
        if draw.random() < 0.3 and month < 12:
            continue
        day += timedelta(draw.randint(1, 10) if month < 12 else draw.randint(7, 16))
        value = int(held * draw.uniform(0.93, 1.12))
        part = draw.random() < 0.2 and month < 12
        amount = value * draw.randint(20, 90) // 100 if part else value
        fee = draw.choice((0, 0, draw.randint(500, 5_000)))
        conversions.append((day, amount, value + fee))
        fees.append(fee)
        held = value - amount
    after_fees = [
        (day, amount, value - fee)
        for (day, amount, value), fee in zip(conversions, fees, strict=True)
    ]
    found = slow_boxes(deposits, after_fees, rule)
    other = "forfeit" if rule == "carry-forward" else "carry-forward"
    others = slow_forms(slow_boxes(deposits, after_fees, other))[YEAR]
    early = {day: one for day, one in found.items() if day < date(YEAR, 12, 15)}
    late = slow_forms(early).get(YEAR, (0, 0, 0))
    return Case(deposits, conversions, fees, slow_forms(found), others, late)


Boxes = dict[str, Any]
"""A form as it is printed. [dollars]"""


def printed(boxes: tuple[int, int, int]) -> Boxes:
    """A form with these boxes. [dollars]"""
    one, two, five = (cents / 100 for cents in boxes)
    return {"year": YEAR, "box_1": one, "box_2a": two, "box_5": five, "box_7": "G"}


def differ(boxes: tuple[int, int, int], *others: tuple[int, int, int]) -> bool:
    """Whether boxes differ from others by more than rounding."""
    return all(any(abs(a - b) > 100 for a, b in zip(boxes, one, strict=True)) for one in others)


def untaxed(one: Case, _: Random) -> Boxes | None:
    return printed((one.boxes[0], 0, one.boxes[2])) if one.boxes[1] > 100 else None


def no_basis(one: Case, _: Random) -> Boxes:
    return printed((one.boxes[0], one.boxes[0], 0)) | {"box_5": None}


def no_sum(one: Case, draw: Random) -> Boxes | None:
    less = draw.randint(5_000, one.boxes[2] // 2)
    boxes = one.boxes[0], one.boxes[1], one.boxes[2] - less
    return printed(boxes) if boxes[1] > 0 else None


def other_year(one: Case, _: Random) -> Boxes | None:
    return printed(one.late) if differ(one.late, one.boxes, one.others) else None


def wrong_code(one: Case, draw: Random) -> Boxes:
    return printed(one.boxes) | {"box_7": draw.choice("127HB")}


def whole_plan(one: Case, draw: Random) -> Boxes | None:
    share = draw.randint(20, 80)
    taxed = one.boxes[0] * share // 100
    boxes = one.boxes[0], taxed, one.boxes[0] - taxed
    plan = {"plan_value": 400_000, "plan_pre_tax": 4_000 * share}
    return printed(boxes) | plan if differ(boxes, one.boxes, one.others) else None


def fee_converted(one: Case, _: Random) -> Boxes | None:
    fees = sum(one.fees)
    return printed((one.boxes[0] + fees, one.boxes[1] + fees, one.boxes[2])) if fees > 200 else None


def netted(one: Case, _: Random) -> Boxes | None:
    paid = sum(cents for _, cents in one.deposits)
    earned = max(0, one.boxes[0] - paid)
    boxes = one.boxes[0], earned, one.boxes[0] - earned
    told = earned and all(abs(earned - form[1]) > 100 for form in (one.boxes, one.others))
    return printed(boxes) if told else None


def box_5_above(one: Case, draw: Random) -> Boxes:
    return printed((one.boxes[0], one.boxes[1], one.boxes[0] + draw.randint(1_000, 90_000)))


def rounded(one: Case, draw: Random) -> Boxes:
    first, second, fifth = (max(0, cents + draw.choice((-90, -40, 35, 80))) for cents in one.boxes)
    return printed((first, second, fifth))


ERRORS: dict[str, Callable[[Case, Random], Boxes | None]] = {
    "E1": untaxed,
    "E2": no_basis,
    "E3": no_sum,
    "E4": other_year,
    "E5": wrong_code,
    "E6": whole_plan,
    "E7": fee_converted,
    "E8": netted,
    "E10": box_5_above,
    "E11": rounded,
}
"""What is planted; a split on one form (E9) is no error, and stands in a test of its own."""


def finding(one: Case, form: Boxes, folder: Path) -> str | None:
    """What the audit names first."""
    paid = "".join(f"{day},{cents / 100:.2f}\n" for day, cents in one.deposits)
    made = "".join(
        f"{day},{amount / 100:.2f},{value / 100:.2f},{fee / 100:.2f}\n"
        for (day, amount, value), fee in zip(one.conversions, one.fees, strict=True)
    )
    (folder / "in.csv").write_text(f"date,amount\n{paid}")
    (folder / "out.csv").write_text(f"date,amount,value,fee\n{made}")
    text = f"name: Drawn\nyears: {YEAR}\nbirth_year: 1980\ndeposits: in.csv\nconversions: out.csv\n"
    scenario = loads(text.encode(), "drawn.yaml", folder)
    name: str | None = simulator.audit(scenario, form).to_dict()[0]["finding"]
    return name


class Tried(NamedTuple):
    """A form, and what the audit names first.

    Attributes:
        seed: What it was drawn with.
        planted: The error that is planted in it; None in a right one.
        named: The error that is named first; None where none is.
    """

    seed: int
    planted: str | None
    named: str | None


def right_forms(count: int, folder: Path) -> Iterator[Tried]:
    """Right forms."""
    for seed in range(count):
        one = case(Random(seed))
        yield Tried(seed, None, finding(one, printed(one.boxes), folder))


def planted_forms(count: int, folder: Path) -> Iterator[Tried]:
    """Forms with the errors of the list in turn; one that changes nothing in a history waits for the next."""
    planted, seed = 0, 2 * count
    while planted < count:
        seed += 1
        draw = Random(seed)
        one, name = case(draw), list(ERRORS)[planted % len(ERRORS)]
        if (form := ERRORS[name](one, draw)) is not None:
            planted += 1
            yield Tried(seed, name, finding(one, form, folder))
