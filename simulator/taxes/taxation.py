"""The tax on each year's taxable earnings: what is earned besides, and what the earnings add to the tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from simulator.days.years import Years
from simulator.law.income_tax import IncomeTaxTable, UnknownTable, income_tax_table
from simulator.law.states import PENSIONS_EXEMPT_FROM, state_rate, why_refused
from simulator.money import MOST_CENTS, beyond_range, nearly_half_up
from simulator.taxes.federal import Return, federal_tax
from simulator.taxes.increment import Increment, at_rate, times
from simulator.taxes.state import state_tax
from simulator.taxes.taxes import Taxes

AGED = 65
"""The age from whose year on more is deducted. Law: IRC 63(f)."""


class Tax(NamedTuple):
    """The tax on an addition to a year's income. [cents; path]

    Attributes:
        total: All of it.
        federal: The federal part; None where both rates are flat, and rounded together.
        state: The state's.
    """

    total: Any
    federal: Any = None
    state: Any = None


class Base(NamedTuple):
    """What a year's income is before any taxable earnings. [cents]

    Attributes:
        wages: Form W-2, box 1.
        agi: Adjusted gross income.
        deduction: Standard or given, with what the aged have on top.
        taxable_income: What it leaves.
        projected: Whether the year's table is another than its published one.
    """

    wages: int
    agi: int
    deduction: int
    taxable_income: int
    projected: bool


class TaxYear:
    """One year: its base, and what is added to its tax.

    Args:
        base: What is there before; None where the federal rate is flat.
        federal: What an addition adds to the federal tax, or a flat rate.
        state: The same of the state's.
    """

    def __init__(
        self, base: Base | None, federal: Increment | Fraction, state: Increment | Fraction
    ):
        self.base = base
        self._federal = federal
        self._state = state

    @property
    def marginal_federal(self) -> Fraction:
        """The rate on the first dollar that is added."""
        return self._federal.marginal if isinstance(self._federal, Increment) else self._federal

    @property
    def marginal_state(self) -> Fraction:
        """The same of the state."""
        return self._state.marginal if isinstance(self._state, Increment) else self._state

    def tax(self, added: Any) -> Tax:
        """The tax on what is added, each of both half-up to the cent. [cents; path]"""
        federal, state = (
            part.on(added) if isinstance(part, Increment) else at_rate(added, part)
            for part in (self._federal, self._state)
        )
        return Tax(federal + state, federal, state)

    def unrounded(self, added: Any) -> Any:
        """Both together before they are rounded. [cents; path]"""
        parts = (
            part.unrounded(added) if isinstance(part, Increment) else times(added, part)
            for part in (self._federal, self._state)
        )
        return sum(parts)


@dataclass(frozen=True)
class Taxation:
    """The taxes of a person over some years.

    Attributes:
        taxes: What the scenario says of them.
        birth_year: Of the person.
        years: The simulated years; a later one has the last one's base.
        earned: What the payroll pays less pre-tax deferrals, by year; nothing where it pays nothing. [cents]
        employed_until: The last day of employment, where it ends.
        inflation: Growth of the price index, which projects tables. [fraction a year]
    """

    taxes: Taxes
    birth_year: int
    years: Years
    earned: Mapping[int, int] = field(default_factory=dict)
    employed_until: date | None = None
    inflation: Fraction | None = None
    _known: dict[int, TaxYear] = field(default_factory=dict, compare=False, repr=False)
    _known_taxes: dict[tuple[int, int], Tax] = field(
        default_factory=dict, compare=False, repr=False
    )

    def tax(self, year: int, added: Any) -> Tax:
        """The tax on the taxable earnings of a year. [cents; path]

        Args:
            year: The calendar year of the forms.
            added: What is taxable: whole cents. [cents; path]
        """
        if not isinstance(added, int):
            return self._tax(year, added)
        if (year, added) not in self._known_taxes:
            self._known_taxes[year, added] = self._tax(year, added)
        return self._known_taxes[year, added]

    def _tax(self, year: int, added: Any) -> Tax:
        if self.taxes.flat:
            return Tax(at_rate(added, self.taxes.rate))
        return self.of(year).tax(added)

    def unrounded(self, year: int, added: Any) -> Any:
        """The tax on what is added to a year's income before it is rounded. [cents; path]

        Args:
            year: The calendar year.
            added: Whole cents or parts of one, not negative; exact on one path. [cents; path]
        """
        if self.taxes.flat:
            return times(added, self.taxes.rate)
        return self.of(year).unrounded(added)

    def marginal(self, year: int) -> Fraction:
        """The federal and the state's rate on the first dollar of taxable earnings of a year."""
        if self.taxes.flat:
            return self.taxes.rate
        of_year = self.of(year)
        return of_year.marginal_federal + of_year.marginal_state

    def of(self, year: int) -> TaxYear:
        """A year, worked out once."""
        if year not in self._known:
            self._known[year] = self._year(year)
        return self._known[year]

    def why_not(self, year: int) -> tuple[str, str] | None:
        """Why a year's tax cannot be worked out: the field, and what is wrong with it; None where it can."""
        if self.taxes.status is not None:
            try:
                self.table(year)
            except UnknownTable as error:
                return "status", f"{error}; write limits.inflation (for example 2.5%)"
        why = self.why_not_state(year)
        return ("state", f"'{self.taxes.state_code}': {why}") if why else None

    def why_not_state(self, year: int) -> str | None:
        """Why the state's tax of a year is not known; None where it is, or a rate is given."""
        code = self.taxes.state_code
        return why_refused(code, year, self._age(year)) if code else None

    def carried_over(self, years: Iterable[int]) -> list[int]:
        """The years for which another year's federal table is taken as it is. No inflation is given then."""
        if self.taxes.status is None or self.inflation is not None:
            return []
        return [year for year in years if self.table(year).projected]

    def table(self, year: int) -> IncomeTaxTable:
        """The federal table of a year. Raises `UnknownTable` where there is none."""
        assert self.taxes.status is not None, "asked for where a status is given"
        return income_tax_table(year, self.taxes.status, self.inflation)

    def _age(self, year: int) -> int:
        return year - self.birth_year

    def _year(self, year: int) -> TaxYear:
        taxes = self.taxes
        if taxes.status is None:
            return TaxYear(None, taxes.federal or Fraction(0), self._flat_state(year))
        wages = self.wages(year)
        agi = wages + self._grown(taxes.other_income, year)
        qualified = self._grown(taxes.qualified_income, year)
        investment = self._grown(taxes.investment_income, year)
        table = self.table(year)
        given = taxes.deductions
        asked = Return(
            table,
            taxes.status,
            None if isinstance(given, str) else self._grown(given, year),
            self.aged(year),
            qualified,
            investment + qualified,
        )
        agi += qualified
        law = federal_tax(asked)
        base = Base(
            wages,
            agi,
            nearly_half_up(Fraction(law.deduction.at(agi))),
            nearly_half_up(Fraction(law.taxable_income.at(agi))),
            table.projected,
        )
        state: Increment | Fraction
        if taxes.by_brackets:
            assert taxes.state_code is not None, "brackets are of a state"
            state = Increment(state_tax(taxes.state_code, taxes.status, year), agi)
        else:
            state = self._flat_state(year)
        return TaxYear(base, Increment(law.tax, agi), state)

    def _flat_state(self, year: int) -> Fraction:
        """The rate of a state without brackets, or that of the file."""
        given = self.taxes.state
        if not isinstance(given, str):
            return given or Fraction(0)
        if given == "IA" and self._age(year) >= PENSIONS_EXEMPT_FROM[given]:
            return Fraction(0)
        held = state_rate(given, year)
        assert held is not None, "the scenario is refused otherwise"
        return held.rate

    def wages(self, year: int) -> int:
        """Form W-2, box 1: given, or what the payroll pays less pre-tax deferrals; less adjustments. [cents]

        A year after the simulated ones has the last one's, grown; none after employment has ended.
        """
        first, last, taxes = self.years.first, self.years.last, self.taxes
        until = self.employed_until
        if until and (year > until.year or year > last):
            return 0
        if taxes.wages is not None:
            paid = taxes.wages * self._growth(year - first)
        else:
            paid = self.earned.get(min(year, last), 0) * self._growth(max(0, year - last))
        adjusted = paid - taxes.adjustments * self._growth(year - first)
        return _within(nearly_half_up(max(adjusted, Fraction(0))), year)

    def aged(self, year: int) -> int:
        """How many persons of the return are 65 or more; the spouse counts in a joint return."""
        born = [self.birth_year]
        if self.taxes.status == "married-joint" and self.taxes.spouse_birth_year is not None:
            born.append(self.taxes.spouse_birth_year)
        return sum(year - one >= AGED for one in born)

    def _grown(self, amount: int, year: int) -> int:
        """An amount of the file in a year, half-up. [cents]"""
        return _within(
            nearly_half_up(Fraction(amount * self._growth(year - self.years.first))), year
        )

    def _growth(self, years: int) -> Fraction:
        return (1 + self.taxes.growth) ** years


def _within(cents: int, year: int) -> int:
    """An amount that can be told. Raises `OutOfRange` where growth has made too much of it. [cents]"""
    if cents > MOST_CENTS:
        raise beyond_range(f"taxes: an income of {year}", cents, "a smaller taxes.growth")
    return cents
