"""A contribution: one paycheck and what comes of it; a year of them, with what each limit took."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from operator import attrgetter
from typing import TypeVar

from simulator.days.calendars import sessions_of
from simulator.law.limits import Limits
from simulator.money import NOTHING, half_up
from simulator.payroll.paycheck import LUMP_SUM, SO_FAR, Paycheck
from simulator.payroll.self_employment import EarnedIncome

ELECTIVE_DEFERRAL = "elective_deferral"
ANNUAL_ADDITIONS = "annual_additions"
PLAN_CAP = "plan_cap"
NET_PAY = "net_pay"
COMPENSATION = "compensation"

LEAST_TOLD = 100
"""A limit binds if it takes this or more in a year; less is the rounding of single paychecks. [cents]"""

AMOUNTS = ("pre_tax", "roth", "catch_up", "match", "nonelective", "after_tax")
"""The amounts of a paycheck, as answers write them; catch-up is a part of its deferrals."""

YEAR_AMOUNTS = (
    "gross",
    *AMOUNTS,
    "annual_additions",
    "annual_additions_limit",
    "elective_deferral_limit",
    "catch_up_limit",
    "room",
    "room_unused",
    "employer_cut",
)
"""The amounts of a year: totals of a paycheck's, and attributes of `ContributionYear`."""

Cents = TypeVar("Cents", int, Fraction)


@dataclass(slots=True)
class Contribution:
    """One paycheck and what comes of it. [cents]

    Attributes:
        paycheck: The paycheck, or the date of a lump sum.
        eligible: Eligible pay, for the employer's formulas.
        pre_tax: Pre-tax elective deferral.
        roth: Designated Roth elective deferral.
        matchable: What the match counts: unrounded under year-to-date rounding where no limit bit.
        catch_up: The part of the deferrals above the 402(g) limit.
        spilled: What the 402(g) limit took off the elections.
        match: Employer match; the true-up is in the year's last one.
        nonelective: Other employer money.
        after_tax: Employee after-tax contribution.
        room_after: Room for after-tax contributions when this one is in.
        employer_cut: Employer money that 415(c) left no place for.
        returned: What of the after-tax contribution exceeds 415(c) and is paid back.
        clipped: What each limit took off.
    """

    paycheck: Paycheck
    eligible: Fraction = NOTHING
    pre_tax: int = 0
    roth: int = 0
    matchable: Fraction = NOTHING
    catch_up: int = 0
    spilled: int = 0
    match: int = 0
    nonelective: int = 0
    after_tax: int = 0
    room_after: int = 0
    employer_cut: int = 0
    returned: int = 0
    clipped: dict[str, int] = field(default_factory=dict)

    @property
    def pay_date(self) -> date:
        """The day on which it is paid."""
        return self.paycheck.pay_date

    @property
    def given(self) -> bool:
        """Whether it is what came so far: its amounts are written down, and nothing is worked out."""
        return self.paycheck.kind == SO_FAR

    @property
    def deferrals(self) -> int:
        """Pre-tax and Roth, catch-up included."""
        return self.pre_tax + self.roth

    @property
    def employer(self) -> int:
        """Match and nonelective."""
        return self.match + self.nonelective

    @property
    def additions(self) -> int:
        """What counts towards 415(c) besides after-tax: deferrals less catch-up, and employer money."""
        return self.pre_tax + self.roth - self.catch_up + self.match + self.nonelective

    @property
    def bitten(self) -> bool:
        """Whether a limit took something off what the employee asked."""
        return bool(self.clipped.keys() - {COMPENSATION})

    @property
    def taken(self) -> Fraction:
        """The share of the paycheck that went into the plan before any employer money."""
        gross = self.paycheck.gross
        return Fraction(self.deferrals + self.after_tax, gross) if gross else Fraction(0)

    def pour(self, asked: Cents, limits: Mapping[str, Cents | None]) -> Cents:
        """What limits leave of an amount; what each takes is recorded. [cents]

        Args:
            asked: The amount, not negative.
            limits: The most that each lets through, in the order in which they apply; None is no limit.
        """
        for limit, most in limits.items():
            if asked and most is not None and most < asked:
                granted = max(most, type(asked)(0))
                self.clipped[limit] = self.clipped.get(limit, 0) + half_up(asked - granted)
                asked = granted
        return asked


@dataclass(frozen=True, slots=True)
class ContributionYear:
    """A calendar year of contributions, and every limit with what is left of it. [cents]

    Attributes:
        year: The calendar year of the pay dates.
        limits: The law's limits of the year.
        elective_deferral: 402(g) in full: what this plan's deferrals exceed it by is catch-up.
        already_deferred: What another employer's plan has had of the person's limit.
        elective_deferral_limit: 402(g), or what is left of the person's whole limit if less.
        catch_up_limit: What else is left of it: 414(v) at the age reached in the year.
        annual_additions_limit: 415(c): the dollar limit or the year's gross, the lower, less what other
            plans use up.
        roth_catch_up: Whether catch-up must be Roth.
        contributions: Paycheck by paycheck, lump sums among them; whatever counts for the year.
        year_to_date: Whether running totals are rounded, rather than each amount.
        paycheck_cap: The most of one paycheck that goes into the plan. [share]
        earlier: Employer money paid in it that counts for the year before the first.
        earned: Of the self-employed, what the year's profit comes to.
        to_come: What is planned for the rest of the year and lies beyond the simulation.
        pays_back: What of the after-tax contributions is planned to be paid back then.
    """

    year: int
    limits: Limits
    elective_deferral: int
    already_deferred: int
    elective_deferral_limit: int
    catch_up_limit: int
    annual_additions_limit: int
    roth_catch_up: bool
    contributions: tuple[Contribution, ...]
    year_to_date: bool
    paycheck_cap: Fraction = Fraction(1)
    earlier: tuple[Contribution, ...] = ()
    earned: EarnedIncome | None = None
    to_come: tuple[Contribution, ...] = ()
    pays_back: int = 0

    def cut(self, until: date) -> "ContributionYear":
        """The year as far as a day: the rest is planned, and does not happen. Nothing is paid back yet.

        Args:
            until: The last day; in a later year, or once this one's last session is over, all has happened.
        """
        if until >= sessions_of(self.year)[-1]:
            return self
        within = [
            replace(paid, returned=0) for paid in self.contributions if paid.pay_date <= until
        ]
        later = tuple(paid for paid in self.contributions if paid.pay_date > until)
        earlier = tuple(paid for paid in self.earlier if paid.pay_date <= until)
        return replace(
            self,
            contributions=tuple(within),
            to_come=later,
            earlier=earlier,
            pays_back=self.after_tax_returned,
        )

    @property
    def planned(self) -> "ContributionYear":
        """The whole year, also what lies beyond the simulation."""
        everything = (*self.contributions, *self.to_come)
        return replace(self, contributions=everything, to_come=()) if self.to_come else self

    def most_of(self, paid: Contribution) -> int:
        """The most of a paycheck that deferrals and after-tax contributions take together. [cents]"""
        gross = paid.paycheck.gross
        return gross if self.paycheck_cap == 1 else half_up(self.paycheck_cap * gross)

    def total(self, column: str) -> int:
        """The year's sum of a column of `Contribution`."""
        return sum(map(attrgetter(column), self.contributions))

    @property
    def paychecks(self) -> int:
        """How many paychecks are simulated, bonuses included."""
        return sum(paid.paycheck.kind not in (LUMP_SUM, SO_FAR) for paid in self.contributions)

    @property
    def gross(self) -> int:
        """The year's wages as paid."""
        return sum(paid.paycheck.gross for paid in self.contributions)

    @property
    def deferrals(self) -> int:
        """Pre-tax and Roth, catch-up included."""
        return self.total("deferrals")

    @property
    def annual_additions(self) -> int:
        """What 415(c) counts: everything but catch-up."""
        return self.total("additions") + self.after_tax

    @property
    def room(self) -> int:
        """What deferrals and employer money of the whole year leave for after-tax contributions."""
        return self.annual_additions_limit - self.planned.total("additions")

    @property
    def room_unused(self) -> int:
        """The room that after-tax contributions did not fill; what will be paid back fills none."""
        return self.room - self.after_tax + self.pays_back

    @property
    def after_tax(self) -> int:
        """The after-tax contributions that stay: what is paid back is no annual addition."""
        return self.total("after_tax") - self.after_tax_returned

    @property
    def after_tax_returned(self) -> int:
        """What of them exceeds 415(c) and is paid back."""
        return self.total("returned")

    @property
    def fullest(self) -> Contribution | None:
        """The first paycheck of which the largest share goes into the plan, to a tenth of a percent."""
        into_plan = [paid for paid in self.contributions if paid.taken and not paid.given]
        return max(into_plan, key=lambda paid: half_up(1000 * paid.taken), default=None)

    @property
    def employer_cut(self) -> int:
        """Employer money that 415(c) left no place for."""
        return self.total("employer_cut")

    @property
    def clipped(self) -> dict[str, int]:
        """What each limit that binds took in the year. [cents]"""
        taken = Counter[str]()
        for paid in self.contributions:
            if paid.clipped:
                taken.update(paid.clipped)
        return {limit: cents for limit, cents in taken.items() if cents >= LEAST_TOLD}

    @property
    def first_clipped(self) -> dict[str, date]:
        """The first date on which each limit that binds took something."""
        return {
            limit: next(paid.pay_date for paid in self.contributions if limit in paid.clipped)
            for limit in self.clipped
        }
