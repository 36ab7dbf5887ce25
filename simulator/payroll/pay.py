"""Pay: on which day is how much paid?"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from simulator.money import exact, half_up
from simulator.notation.fields import (
    LONGEST_LIST,
    Choice,
    Day,
    DayOrNone,
    Dollars,
    DollarsOrNone,
    Flag,
    Notation,
    Specification,
    Text,
    share,
    whole,
)
from simulator.payroll.pay_dates import DAYS_APART, PAYCHECKS_A_YEAR, Cycle, pay_dates
from simulator.payroll.paycheck import BONUS, REGULAR, Paycheck
from simulator.payroll.running_totals import RunningTotal
from simulator.payroll.self_employment import EarnedIncome, SelfEmployment
from simulator.refusal import Refused

PayDay = Annotated[
    int | str,
    Notation(
        lambda value: "last" if value == "last" else whole(1, 31).read(value),
        {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 31}, {"const": "last"}]},
        written=lambda value: value,
        words="day of the month, 1 to 31, or `last`",
    ),
]


class SalaryStep(Specification):
    """A salary from a date on."""

    from_: Day = Field(
        alias="from",
        description="First pay date on which it is in force.",
        examples=["2025-01-01"],
    )
    salary: Dollars = Field(description="Annual salary. [$ a year]", examples=["200_000"])


class Bonus(Specification):
    """A paycheck of its own, on its own date."""

    date: Day = Field(
        description="Pay date; moved to the preceding bank day.", examples=["2025-03-14"]
    )
    amount: Dollars = Field(description="Gross amount. [$]", examples=["30_000"])
    elections: Flag = Field(True, description="Whether the elections apply to it.")
    matched: Flag = Field(True, description="Whether it is eligible pay for match and nonelective.")
    label: Text = Field("", description="What it is called, like RSU vest.", examples=["RSU vest"])


class NoSalary(Refused):
    """A pay date lies before the first salary."""

    def __init__(self, pay_date: date):
        super().__init__(
            f"no salary is in force on the pay date {pay_date}; let the first step begin by then"
        )


Salary = Annotated[
    Annotated[Dollars, Tag("one salary")]
    | Annotated[tuple[SalaryStep, ...], Field(max_length=LONGEST_LIST), Tag("salary steps")],
    Discriminator(
        lambda value: "salary steps" if isinstance(value, list | tuple) else "one salary"
    ),
]


class Pay(Specification):
    """Salary, pay dates and bonuses.

    `paychecks` turns them into what is paid, day by day.
    """

    salary: Salary = Field(
        (),
        description="Required, unless there is self_employment; or a list of steps, each from a "
        "date on. [$ a year]",
        examples=["200_000"],
    )
    self_employment: SelfEmployment | None = Field(
        None,
        description="In a solo 401(k), in place of a salary: the profit of one's own business.",
    )
    raise_: Annotated[Fraction, share(Fraction(-1, 2), 1)] = Field(
        Fraction(0),
        alias="raise",
        description="Each January 1 from the second year on, compounding.",
    )
    frequency: Annotated[
        Literal["weekly", "biweekly", "semimonthly", "monthly"], Choice("a pay frequency")
    ] = Field(description="How often a regular paycheck is paid.", examples=["biweekly"])
    first_pay_date: DayOrNone = Field(
        None,
        description="The cycle's anchor (weekly, biweekly: required); no nominal pay date before it.",
    )
    last_pay_date: DayOrNone = Field(None, description="Employment ends: no paycheck after it.")
    pay_days: tuple[PayDay, ...] | None = Field(
        None,
        max_length=31,
        description="Semimonthly two, monthly one; `last` is the month's end.",
    )
    extra_period: Annotated[Literal["pay", "spread"], Choice("a rule for the extra period")] = (
        Field(
            "pay",
            description="A 27th or 53rd paycheck is an extra full one, or the salary is spread over all.",
        )
    )
    rounding: Annotated[Literal["paycheck", "year-to-date"], Choice("a rounding")] = Field(
        "paycheck", description="Each amount by itself, or the change in its rounded running total."
    )
    bonuses: tuple[Bonus, ...] = Field(
        (), max_length=LONGEST_LIST, description="Paychecks beside the regular ones."
    )
    prior_year_wages: DollarsOrNone = Field(
        None,
        description="FICA wages of the year before the first; default its salary; 0 for a new hire.",
    )

    def paychecks(
        self,
        years: Years,
        earned: Mapping[int, EarnedIncome] | None = None,
        after: date = date.min,
    ) -> tuple[Paycheck, ...]:
        """Every paycheck whose pay date falls in the years, in order; on one day the regular one first.

        Args:
            years: The simulated calendar years.
            earned: Of the self-employed, what each year's profit comes to.
            after: What is paid by this day is left out, and is in no running total.

        Raises:
            NoSalary: A pay date lies before the first salary step.
        """
        regular = self._regular(years, after) if earned is None else self._draws(years, earned)
        unsorted = (unpaid for unpaid in (*regular, *self._bonuses(years)) if unpaid[0] > after)
        paid = sorted(unsorted, key=lambda unpaid: unpaid[0])
        totals: dict[int, RunningTotal] = {}
        return tuple(
            self._paycheck(totals, pay_date, gross, bonus) for pay_date, gross, bonus in paid
        )

    def _paycheck(
        self, totals: dict[int, RunningTotal], pay_date: date, gross: Fraction, bonus: Bonus | None
    ) -> Paycheck:
        year_to_date = self.rounding == "year-to-date"
        total = totals.setdefault(pay_date.year, RunningTotal(year_to_date))
        paid = total.add(gross)
        counted = gross if year_to_date else exact(paid)
        if bonus is None:
            return Paycheck(pay_date, REGULAR, paid, counted)
        return Paycheck(pay_date, BONUS, paid, counted, bonus.elections, bonus.matched, bonus.label)

    def _regular(self, years: Years, after: date) -> Iterator[tuple[date, Fraction, None]]:
        dates = self.pay_dates(years)
        paid_in = Counter(
            pay_date.year for pay_date in dates
        )  # the whole year's, paid already or not
        gross: dict[tuple[int, int], Fraction] = {}  # the same of each paycheck until a new salary
        for pay_date in dates:
            if pay_date > after:
                step = pay_date.year, self._step(pay_date)
                if step not in gross:
                    periods = self._periods(paid_in[pay_date.year])
                    gross[step] = self.salary_on(pay_date, years) / periods
                yield pay_date, gross[step], None

    def _draws(
        self, years: Years, earned: Mapping[int, EarnedIncome]
    ) -> Iterator[tuple[date, Fraction, None]]:
        """Equal parts of each year's net earnings."""
        dates = self.pay_dates(years)
        paid_in = Counter(pay_date.year for pay_date in dates)
        for pay_date in dates:
            net = earned[pay_date.year].net
            yield pay_date, Fraction(net, paid_in[pay_date.year]), None

    def _bonuses(self, years: Years) -> Iterator[tuple[date, Fraction, Bonus]]:
        for bonus in sorted(self.bonuses, key=lambda bonus: bonus.date):
            pay_date = preceding_bank_day(bonus.date)
            if pay_date.year in years:
                yield pay_date, Fraction(bonus.amount), bonus

    def _periods(self, paid: int) -> int:
        usual = PAYCHECKS_A_YEAR[self.frequency]
        spread = self.extra_period == "spread" and self.frequency in DAYS_APART
        return max(usual, paid) if spread else usual

    @property
    def cycle(self) -> Cycle:
        """When regular paychecks are due."""
        return Cycle(self.frequency, self.first_pay_date, self.last_pay_date, self.pay_days)

    def pay_dates(self, years: Years) -> list[date]:
        """The regular pay dates that fall in the years, moved to the preceding bank day."""
        return list(pay_dates(self.cycle, years))

    @property
    def first_paid(self) -> date | None:
        """The first regular pay date ever, moved; None where `first_pay_date` does not say."""
        return self.cycle.first_paid

    def _step(self, day: date) -> int:
        """How many steps of the salary have begun on a day."""
        return 0 if isinstance(self.salary, int) else sum(one.from_ <= day for one in self.salary)

    def salary_on(self, day: date, years: Years) -> Fraction:
        """The annual salary in force on a day, raises compounded and unrounded. [cents a year]

        Raises:
            NoSalary: The first salary step begins later.
        """
        if isinstance(self.salary, int):
            raised = day.year - years.first
            return self.salary * (1 + self.raise_) ** raised if raised else exact(self.salary)
        begun = [step for step in self.salary if step.from_ <= day]
        if not begun:
            raise NoSalary(day)
        return Fraction(max(begun, key=lambda step: step.from_).salary)

    def wages_before(self, years: Years) -> int:
        """FICA wages of the year before the first; unless stated, the first year's salary. [cents]

        The self-employed have none.
        """
        if self.prior_year_wages is not None:
            return self.prior_year_wages
        if self.self_employment:
            return 0
        begins = date.min if isinstance(self.salary, int) else min(one.from_ for one in self.salary)
        first = next((day for day in self.pay_dates(years) if day >= begins), None)
        return half_up(self.salary_on(first, years)) if first else 0
