"""Invents the two hundred people of census.csv, from a fixed seed: `python scenarios/data/census.py`.

None of them is anybody. Pay has the spread of an engineering firm; who earns more elects more; one in three
of the highly paid, and one in ten of the others, puts money in after tax.
"""

import csv
from math import exp
from pathlib import Path
from random import Random
from typing import Any

SEED, COUNT, YEAR = 2026, 200, 2026

MEDIAN_PAY, SPREAD = 104_000, 0.46
"""Of a lognormal pay. [$ a year; standard deviation of its logarithm]"""

HIGH_PAY, OWNERS = 160_000, 2

DEPARTMENTS = ("Engineering", "Engineering", "Sales", "Operations", "Support")
COLUMNS = (
    *("name", "#department", "birth_year", "pay.salary", "prior_year_pay", "owner", "covered"),
    *("elections.pre_tax", "elections.after_tax"),
)


def chosen(random: Random, choices: tuple[Any, ...]) -> Any:
    """One of several, each as likely."""
    return choices[int(random.random() * len(choices))]


def normal(random: Random) -> float:
    """About a standard normal: the sum of twelve uniform numbers less six."""
    return sum(random.random() for _ in range(12)) - 6


def person(random: Random, number: int) -> tuple[Any, ...]:
    """One of the people, a cell for each column."""
    owner = number <= OWNERS
    salary = round(MEDIAN_PAY * exp(SPREAD * normal(random)) / 500) * 500
    salary = max(salary, 240_000) if owner else salary
    age = min(66, max(23, round(41 + 10 * normal(random))))
    new = random.random() < 0.08 and not owner  # hired in the year, or the one before
    raised = 1.02 + 0.05 * random.random()
    before = 0 if new else round(salary / raised)
    covered = not (new and random.random() < 0.5)  # a wait of half a year for some
    defers = covered and random.random() < (0.97 if salary > HIGH_PAY else 0.86)
    pre_tax = chosen(random, (8, 10, 12) if salary > HIGH_PAY else (3, 5, 6, 6, 8, 10))
    saves = defers and random.random() < (0.35 if salary > HIGH_PAY else 0.10)
    after_tax = chosen(random, (5, 8, 10, 12, 15) if salary > HIGH_PAY else (2, 3, 4, 5, 8))
    return (
        f"Employee {number:03d}",
        chosen(random, DEPARTMENTS),
        YEAR - age,
        salary,
        before,
        "true" if owner else "",
        "" if covered else "false",
        f"{pre_tax if defers else 0}%",
        f"{after_tax if saves else 0}%",
    )


def people() -> list[tuple[Any, ...]]:
    """All of them, below their header."""
    random = Random(SEED)
    return [COLUMNS, *(person(random, number) for number in range(1, COUNT + 1))]


if __name__ == "__main__":
    with Path(__file__).with_suffix(".csv").open("w", newline="", encoding="ascii") as file:
        csv.writer(file, lineterminator="\n").writerows(people())
