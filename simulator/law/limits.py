"""The dollar limits of a year: published with their notice, projected from unrounded bases, or given.

Law: IRC 402(g), 414(v), 415(c), 401(a)(17); the notices are in `limits.csv`.
"""

import csv
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from math import floor
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field

from simulator.notation.fields import DollarsOrNone, Specification, share, whole
from simulator.notation.numbers import percent
from simulator.refusal import Refused

HERE = Path(__file__).parent
FIRST_ROTH_CATCH_UP_YEAR = 2026
"""From this year on the catch-up of higher earners must be Roth. Law: IRC 414(v)(7); T.D. 10033."""


class Limits(NamedTuple):
    """The limits of one calendar year. [cents; None where the year has none]

    Attributes:
        year: The calendar year; of the contribution, for every limit.
        elective_deferral: Pre-tax and Roth deferrals of a person. Law: IRC 402(g).
        catch_up: Deferrals beyond it from the year of the 50th birthday on. Law: IRC 414(v).
        enhanced_catch_up: The same for those aged 60 to 63 at the year's end. Law: IRC 414(v)(2)(E).
        annual_additions: All that goes in, catch-up aside. Law: IRC 415(c)(1)(A).
        compensation: Pay that the employer's formulas may count. Law: IRC 401(a)(17).
        highly_compensated: Pay that makes a person highly compensated in next year's tests. Law: IRC 414(q).
        roth_catch_up_wages: Last year's FICA wages above which catch-up must be Roth. Law: IRC 414(v)(7).
        social_security_wage_base: Wages that Social Security tax is taken from. Law: 42 USC 430.
        source: The notice that published the year's limits, or how they were obtained.
        projected: Whether they are projected beyond the published ones.
    """

    year: int
    elective_deferral: int
    catch_up: int
    enhanced_catch_up: int | None
    annual_additions: int
    compensation: int
    highly_compensated: int | None
    roth_catch_up_wages: int | None
    social_security_wage_base: int | None
    source: str
    projected: bool = False

    def catch_up_at(self, age: int) -> int:
        """The catch-up of a person who reaches an age in the year. [cents]

        Law: IRC 414(v)(2)(B)(i), (E); the age counts on December 31.
        """
        if age < 50:
            return 0
        enhanced = self.enhanced_catch_up
        return enhanced if 60 <= age <= 63 and enhanced is not None else self.catch_up

    def roth_catch_up_required(self, wages: int) -> bool:
        """Whether catch-up must be Roth after a year with these FICA wages from the employer. [cents]"""
        threshold = self.roth_catch_up_wages
        return self.year >= FIRST_ROTH_CATCH_UP_YEAR and threshold is not None and wages > threshold


class Index(NamedTuple):
    """How a limit is indexed: base x price index / price index of the base quarter, floored to a step.

    The enhanced catch-up's *increase* is floored instead, so that it moves by whole steps from its base.
    """

    base: int
    base_year: int
    step: int
    steps_from_base: bool = False

    def floored(self, unrounded: Fraction) -> int:
        """The limit that an unrounded amount gives. [dollars]"""
        offset = self.base if self.steps_from_base else 0
        return offset + floor((unrounded - offset) / self.step) * self.step


INDEXED = {
    "elective_deferral": Index(15_000, 2005, 500),
    "catch_up": Index(5_000, 2005, 500),
    "enhanced_catch_up": Index(11_250, 2024, 500, steps_from_base=True),
    "annual_additions": Index(40_000, 2001, 1_000),
    "compensation": Index(200_000, 2001, 5_000),
    "highly_compensated": Index(80_000, 1996, 5_000),
    "roth_catch_up_wages": Index(145_000, 2023, 5_000),
}
"""Law: IRC 402(g)(4), 414(v)(2)(C) and (7)(E), 415(d)(4), 401(a)(17)(B), 414(q)(1)."""


def unrounded(limit: str, year: int) -> Fraction:
    """A limit before it is floored to its step, from the price index of the third quarter before. [dollars]

    The ratio of the sums of July, August and September is truncated to five decimals and rounded to
    four, as the IRS does. Source: CPI-U, not seasonally adjusted (`cpi.csv`).
    """
    index = INDEXED[limit]
    ratio = _consumer_prices()[year - 1] / _consumer_prices()[index.base_year]
    truncated = Fraction(floor(ratio * 100_000), 100_000)
    return index.base * Fraction(floor(truncated * 10_000 + Fraction(1, 2)), 10_000)


@cache
def _consumer_prices() -> dict[int, Fraction]:
    with (HERE / "cpi.csv").open(encoding="ascii", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return {int(year): Fraction(index) for year, index in rows}


@cache
def published() -> Mapping[int, Limits]:
    """The limits that the IRS has published, by year."""
    with (HERE / "limits.csv").open(encoding="ascii", newline="") as file:
        return {int(row["year"]): _published(row) for row in csv.DictReader(file)}


def _published(row: dict[str, str]) -> Limits:
    amounts = {
        name: int(text) * 100 if text else None
        for name, text in row.items()
        if name not in ("year", "source")
    }
    return Limits(year=int(row["year"]), source=row["source"], **amounts)  # type: ignore[arg-type]


@cache
def projected(year: int, inflation: Fraction) -> Limits:
    """The limits of a year beyond the table: last unrounded base x (1 + inflation)^years, floored.

    Growing the rounded limits instead would drift by up to a whole step.

    Args:
        year: A year after the last published one.
        inflation: Growth of the price index. [fraction a year]
    """
    last = published()[max(published())]
    growth = (1 + inflation) ** (year - last.year)
    amounts = {
        limit: index.floored(unrounded(limit, last.year) * growth) * 100
        for limit, index in INDEXED.items()
    }
    how = f"projected from {last.year} at {percent(inflation)} inflation"
    return last._replace(
        year=year, social_security_wage_base=None, source=how, projected=True, **amounts
    )


class Overrides(Specification):
    """Limits of one year as given by the user, in place of the published or projected ones."""

    elective_deferral: DollarsOrNone = Field(None, description="Pre-tax and Roth deferrals. [$]")
    catch_up: DollarsOrNone = Field(None, description="Deferrals beyond it from 50 on. [$]")
    enhanced_catch_up: DollarsOrNone = Field(None, description="The same at 60 to 63. [$]")
    annual_additions: DollarsOrNone = Field(
        None, description="All that goes in, catch-up aside. [$]"
    )
    compensation: DollarsOrNone = Field(
        None, description="Pay that the employer's formulas count. [$]"
    )
    roth_catch_up_wages: DollarsOrNone = Field(
        None, description="Wages of the year before above which catch-up must be Roth. [$]"
    )

    social_security_wage_base: DollarsOrNone = Field(
        None, description="Wages that Social Security tax is taken from. [$]"
    )

    def given(self) -> dict[str, int]:
        """The limits that are stated. [cents]"""
        stated = {name: getattr(self, name) for name in type(self).model_fields}
        return {name: amount for name, amount in stated.items() if amount is not None}


class UnknownLimits(Refused):
    """A year has neither published limits, nor a projection, nor a full set of given ones."""

    def __init__(self, year: int, missing: list[str]):
        last = max(published())
        remedy = (
            "write limits.inflation (for example 2.5%), or " if year > last else "write "
        ) + f"limits.overrides for {year}: {', '.join(missing)}"
        super().__init__(f"{year} has no published limits ({min(published())} to {last}); {remedy}")


class LimitRules(Specification):
    """Where the limits of each simulated year come from."""

    inflation: Annotated[Fraction | None, share(0, Fraction(1, 2), none=True)] = Field(
        None,
        description="Growth of the price index that projects limits beyond the published ones, a year.",
    )
    overrides: dict[Annotated[int, whole(1900, 2200)], Overrides] = Field(
        {}, description="Limits of single years that replace the published or projected ones."
    )

    def of(self, year: int) -> Limits:
        """The limits of a year.

        Raises:
            UnknownLimits: Neither the table, nor a projection, nor the overrides give them.
        """
        given = self.overrides[year].given() if year in self.overrides else {}
        if year in published():
            limits = published()[year]
        elif year > max(published()) and self.inflation is not None:
            limits = projected(year, self.inflation)
        else:
            return _all_given(year, given)
        if not given:
            return limits
        return limits._replace(source=f"{limits.source}; overrides", **given)  # type: ignore[arg-type]


def _all_given(year: int, given: dict[str, int]) -> Limits:
    needed = ["elective_deferral", "catch_up", "annual_additions", "compensation"]
    if year > max(published()):
        needed += ["enhanced_catch_up", "roth_catch_up_wages"]
    missing = [name for name in needed if name not in given]
    if missing:
        raise UnknownLimits(year, missing)
    absent = dict.fromkeys(Limits._fields) | {"year": year, "source": "overrides"}
    return Limits(**{**absent, **given, "projected": False})  # type: ignore[arg-type]
