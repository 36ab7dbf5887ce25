"""The federal tax of drawn returns against Tax-Calculator, a library of its own; writes `tax_oracle.md`.

    pip install taxcalc                   # an extra of this file alone, 380 MB with what it brings
    python benchmarks/tax_oracle.py       # a minute
    python benchmarks/tax_oracle.py --tiny  # whether it runs; writes no table

Without Tax-Calculator nothing is compared, and that is said.

Each return has a year from 2018 to 2026, one of the five statuses, wages, interest, dividends, short and long
gains, and ages around 65. Its tax before credits with that on net investment income is held against the
program's. Tax-Calculator computes in floating point and publishes no cents, so that a cent is no difference.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from simulator.law.income_tax import STATUSES, income_tax_table, table_years
from simulator.taxes.federal import Return, federal_tax

RETURNS, FEW = 500, 20
SEED = 2026
CENT = 0.0101
"""What is no difference. [dollars]"""

SINGLE_AGED = "65+ of a surviving spouse: it has the single amount, IRC 63(f)(3) the married one"
KNOWN = {
    (2022, "surviving-spouse"): ("additional_65", 1_750, SINGLE_AGED),
    (2023, "surviving-spouse"): ("additional_65", 1_800, SINGLE_AGED),
    (2024, "surviving-spouse"): ("additional_65", 1_950, SINGLE_AGED),
    (2023, "single"): (
        "additional_65",
        1_800,
        "65+ of 2023: it has 1,800, Rev. Proc. 2022-38 1,850",
    ),
    (2023, "head-of-household"): (
        *("additional_65", 1_800),
        "65+ of 2023: it has 1,800, Rev. Proc. 2022-38 1,850",
    ),
    (2023, "married-separate"): (
        *("to_35", 578_125),
        "35% bracket of 2023, separate: it ends at 578,125, in Rev. Proc. 2022-38 at 346,875",
    ),
}
"""Where its tables hold something else than the law: the amount, its value there, why. [dollars]"""


@dataclass(frozen=True)
class Drawn:
    """A return. [whole dollars]"""

    year: int
    status: str
    wages: int
    interest: int
    dividends: int
    qualified: int
    short: int
    long: int
    age: int
    spouse_age: int

    @property
    def agi(self) -> int:
        """Adjusted gross income."""
        return self.wages + self.investment

    @property
    def investment(self) -> int:
        """Net investment income."""
        return self.interest + self.dividends + self.short + self.long

    @property
    def aged(self) -> int:
        """How many persons are 65 or more."""
        joint = self.status == "married-joint"
        return (self.age >= 65) + (joint and self.spouse_age >= 65)

    def tax(self, **amounts: int) -> float:
        """What the program computes, also with other amounts in its table. [dollars]"""
        table = income_tax_table(self.year, self.status)
        if "to_35" in amounts:
            table = table._replace(tops=(*table.tops[:-1], amounts.pop("to_35") * 100))
        table = table._replace(**{name: value * 100 for name, value in amounts.items()})  # type: ignore[arg-type]
        gains = (self.qualified + self.long) * 100
        asked = Return(table, self.status, None, self.aged, gains, self.investment * 100)
        return float(federal_tax(asked).tax.at(self.agi * 100)) / 100


def drawn(count: int) -> Iterator[Drawn]:
    """Returns with incomes from nothing to some millions, the same in every run."""
    chance = random.Random(SEED)
    first, last = table_years()

    def some(most: int) -> int:
        return chance.choice([0, 0, int(most * chance.random() ** 3)])

    for _ in range(count):
        dividends = some(60_000)
        yield Drawn(
            year=chance.randint(first, last),
            status=chance.choice(STATUSES),
            wages=int(2_000_000 * chance.random() ** 3),
            interest=some(50_000),
            dividends=dividends,
            qualified=int(dividends * chance.random()),
            short=some(80_000),
            long=some(900_000),
            age=chance.choice([40, 64, 65, 72]),
            spouse_age=chance.choice([40, 64, 65, 72]),
        )


def theirs(returns: list[Drawn]) -> list[float]:
    """What Tax-Calculator computes. [dollars]"""
    import pandas as pd
    import taxcalc

    found: dict[int, float] = {}
    for year in sorted({one.year for one in returns}):
        of_year = [(place, one) for place, one in enumerate(returns) if one.year == year]
        frame = pd.DataFrame([_record(place, one) for place, one in of_year])
        records = taxcalc.Records(
            data=frame, start_year=year, gfactors=None, weights=None, adjust_ratios=None
        )
        policy = taxcalc.Policy()
        policy.set_year(year)
        calculator = taxcalc.Calculator(policy=policy, records=records, verbose=False)
        calculator.calc_all()
        taxes = calculator.array("taxbc") + calculator.array("niit")
        found |= {place: float(tax) for (place, _), tax in zip(of_year, taxes, strict=True)}
    return [found[place] for place in range(len(returns))]


def _record(place: int, one: Drawn) -> dict[str, Any]:
    return {
        "RECID": place + 1,
        "FLPDYR": one.year,
        "MARS": STATUSES.index(one.status) + 1,
        "e00200": one.wages,
        "e00200p": one.wages,
        "e00300": one.interest,
        "e00600": one.dividends,
        "e00650": one.qualified,
        "p22250": one.short,
        "p23250": one.long,
        "age_head": one.age,
        "age_spouse": one.spouse_age if one.status == "married-joint" else 0,
    }


def compared(count: int) -> str:
    """The comparison as a page."""
    returns = list(drawn(count))
    same = 0
    reasons = Counter[str]()
    for one, tax in zip(returns, theirs(returns), strict=True):
        if abs(one.tax() - tax) <= CENT:
            same += 1
            continue
        item, value, why = KNOWN.get((one.year, one.status), ("", 0, ""))
        if not item or abs(one.tax(**{item: value}) - tax) > CENT:
            raise SystemExit(f"{one}: {one.tax():,.2f} here, {tax:,.2f} there")
        reasons[why] += 1
    lines = [
        "# The federal tax against Tax-Calculator",
        "",
        f"{count} drawn returns of 2018 to 2026, Tax-Calculator {version('taxcalc')}; see "
        "[tax_oracle.py](tax_oracle.py).",
        "",
        "| | returns |",
        "|---|---:|",
        f"| the same within a cent | {same} |",
        *(f"| {reason} | {number} |" for reason, number in reasons.most_common()),
    ]
    closing = (
        "With its amount in place of the law's each of the others is the same within a cent too."
    )
    return "\n".join([*lines, "", closing]) + "\n"


def main() -> None:
    """Compares, where Tax-Calculator is installed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--tiny", action="store_true", help="whether it runs; writes no table")
    tiny = parser.parse_args().tiny
    if find_spec("taxcalc") is None:
        sys.stdout.write("taxcalc is not installed: nothing is compared\n")
        return
    page = compared(FEW if tiny else RETURNS)
    sys.stdout.write(page)
    if not tiny:
        Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
