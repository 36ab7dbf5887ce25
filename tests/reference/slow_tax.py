"""Income tax from the law's words: bracket by bracket, one income at a time, apart from the program.

It shares the tables of the law, and no code. All amounts are exact dollars.
"""

import csv
from fractions import Fraction
from functools import cache
from pathlib import Path

import simulator.law

LAW = Path(simulator.law.__file__).parent
ORDINARY = (10, 12, 22, 24, 32, 35, 37)
HUGE = 10**12


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the law."""
    with (LAW / f"{name}.csv").open(encoding="ascii", newline="") as file:
        return list(csv.DictReader(file))


def as_joint(status: str) -> str:
    """Whose table a status reads."""
    return "married-joint" if status == "surviving-spouse" else status


def federal_row(year: int, status: str) -> dict[str, str]:
    """The published amounts of a year and a status."""
    wanted = (str(year), as_joint(status))
    return next(row for row in rows("income_tax") if (row["year"], row["status"]) == wanted)


def on_brackets(income: Fraction, levels: list[tuple[int, Fraction]]) -> Fraction:
    """The tax of a schedule: in each bracket its rate on what lies in it."""
    tax = Fraction(0)
    for place, (above, rate) in enumerate(levels):
        below = levels[place + 1][0] if place + 1 < len(levels) else HUGE
        if income > above:
            tax += rate * (min(income, Fraction(below)) - above)
    return tax


def deduction(a: Fraction, year: int, status: str, given: int | None, aged: int) -> Fraction:
    """The standard deduction with what the aged add, or a given one; and what they deduct 2025 to 2028."""
    row = federal_row(year, status)
    if given is None:
        whole = Fraction(int(row["standard"]) + aged * int(row["additional_65"]))
    else:
        whole = Fraction(given)
    if 2025 <= year <= 2028 and status != "married-separate":
        for _ in range(aged):
            threshold = 150_000 if status == "married-joint" else 75_000
            over = a - threshold if a > threshold else Fraction(0)
            each = 6_000 - Fraction(6, 100) * over
            if each > 0:
                whole += each
    return whole


def federal(
    a: Fraction,
    year: int,
    status: str,
    given: int | None = None,
    aged: int = 0,
    qualified: int = 0,
    net_investment: int = 0,
) -> Fraction:
    """The federal tax on an adjusted gross income, that on net investment income with it."""
    row = federal_row(year, status)
    tops = [int(row[f"to_{rate}"]) for rate in ORDINARY[:-1]]
    levels = [
        (above, Fraction(rate, 100)) for above, rate in zip([0, *tops], ORDINARY, strict=True)
    ]
    income = a - deduction(a, year, status, given, aged)
    if income < 0:
        income = Fraction(0)
    ordinary = income - qualified if income > qualified else Fraction(0)
    zero, fifteen = int(row["zero_to"]), int(row["fifteen_to"])
    gains = [(0, Fraction(0)), (zero, Fraction(15, 100)), (fifteen, Fraction(20, 100))]
    with_gains = (
        on_brackets(ordinary, levels) + on_brackets(income, gains) - on_brackets(ordinary, gains)
    )
    tax = min(with_gains, on_brackets(income, levels))
    threshold = {
        "single": 200_000,
        "head-of-household": 200_000,
        "married-joint": 250_000,
        "surviving-spouse": 250_000,
        "married-separate": 125_000,
    }[status]
    if a > threshold:
        tax += Fraction(38, 1000) * min(Fraction(net_investment), a - threshold)
    return tax


def share(written: str) -> Fraction:
    """A rate as the tables write it."""
    return Fraction(written.rstrip("%")) / 100


def state(a: Fraction, code: str, year: int, status: str) -> Fraction:
    """The tax of California, New Jersey, Massachusetts or New York in a year with a table."""
    key = (str(year), code, as_joint(status))
    taken = next(
        row for row in rows("state_deductions") if (row["year"], row["state"], row["status"]) == key
    )
    levels = [
        (int(row["from"]), share(row["rate"]))
        for row in rows("state_brackets")
        if (row["year"], row["state"], row["status"]) == key
    ]
    income = a - int(taken["deduction"])
    if income < 0:
        income = Fraction(0)
    tax = on_brackets(income, levels)
    if code == "CA" and income > 1_000_000:
        tax += (income - 1_000_000) / 100
    if code == "NY" and a > 25_000_000:
        return income * levels[-1][1]
    return tax + (recapture(a, income, year, status) if code == "NY" else 0)


def recapture(a: Fraction, income: Fraction, year: int, status: str) -> Fraction:
    """What New York takes back of the lower brackets' benefit."""
    if a <= 107_650:
        return Fraction(0)
    result = Fraction(0)
    for row in rows("ny_recapture"):
        if (row["year"], row["status"]) == (str(year), as_joint(status)) and income > int(
            row["above"]
        ):
            over = a - max(int(row["above"]), 107_650)
            part = min(Fraction(1), max(Fraction(0), over) / 50_000)
            result = int(row["base"]) + int(row["benefit"]) * part
    return result
