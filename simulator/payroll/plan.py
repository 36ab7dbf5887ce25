"""The contribution side of a plan: what the employer grants, and what the plan lets in."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from simulator.days.years import Years
from simulator.money import NOTHING
from simulator.notation.fields import (
    CapOrNone,
    Choice,
    Dollars,
    DollarsOrNone,
    Flag,
    Specification,
    share,
)
from simulator.payroll.contribution import Contribution
from simulator.payroll.fifteen_years import FifteenYears
from simulator.payroll.nonelective import MOST_DEDUCTIBLE, LumpShare, LumpSum, Nonelective
from simulator.payroll.paycheck import LUMP_SUM, REGULAR, SO_FAR, Paycheck

MOST_TIERS = 100
"""Tiers of a match: each is worked out on each paycheck."""

NO_ROOM = (
    "457(b) plans have no after-tax contributions and no 415(c) room (457(e)(15) is the whole "
    "limit); the article errs here"
)
NO_AFTER_TAX_PLANS = dict.fromkeys(("457b", "457(b)", "457"), NO_ROOM)
"""Plan types that are known and refused, and why."""


class AfterTax(Specification):
    """What the plan says of employee after-tax contributions."""

    allowed: Flag = Field(True, description="Whether the plan takes them at all.")
    cap: CapOrNone = Field(
        None, description="At most this share of year-to-date pay, or these dollars a year."
    )
    cap_on: Annotated[Literal["gross", "eligible", "regular"], Choice("pay that a cap is of")] = (
        Field(
            "gross",
            description="Which pay a share is of: all, what the employer's formulas count, or regular "
            "paychecks.",
        )
    )

    def pay_of(self, paid: Contribution) -> Fraction:
        """The part of a paycheck that the cap counts. [cents]"""
        if self.cap_on == "eligible":
            return paid.eligible
        counts = self.cap_on == "gross" or paid.paycheck.kind in (REGULAR, SO_FAR)
        return paid.paycheck.counted if counts else Fraction(0)

    def most(self, pay: Fraction) -> Fraction | None:
        """The most that may go in on a year's pay so far; None where there is no cap. [cents]"""
        if not self.allowed:
            return Fraction(0)
        if isinstance(self.cap, Fraction):
            return self.cap * pay
        return None if self.cap is None else Fraction(self.cap)


class Tier(Specification):
    """One tier of a match: a rate on the deferrals between the tier before and a share of pay."""

    rate: Annotated[Fraction, share(0, 10)] = Field(
        description="Of each dollar deferred.", examples=["50%"]
    )
    up_to: Annotated[Fraction | None, share(0, 1, none=True)] = Field(
        None, description="Deferrals up to this share of eligible pay; without it, every deferral."
    )


class ContributionRules(Specification):
    """What may go in, and what the employer adds."""

    type: Annotated[
        Literal["401k", "403b", "solo-401k"], Choice("a plan type", refused=NO_AFTER_TAX_PLANS)
    ] = Field("401k", description="The kind of plan.")
    after_tax: AfterTax = Field(
        AfterTax.model_construct(), description="Employee after-tax contributions."
    )
    room: Annotated[Literal["reserve", "year-to-date"], Choice("a rule for the room")] = Field(
        "reserve",
        description="The year's employer money is held back beforehand, or what came so far counts.",
    )
    excess: Annotated[Literal["employer", "after-tax"], Choice("what gives way above 415(c)")] = (
        Field(
            "employer",
            description="What gives way above 415(c): employer money is cut, or after-tax is paid back.",
        )
    )
    spillover: Flag = Field(
        False, description="What the 402(g) limit takes off an election continues as after-tax."
    )
    match: tuple[Tier, ...] = Field(
        (), max_length=MOST_TIERS, description="Tiers; one without up_to matches every deferral."
    )
    match_cap: DollarsOrNone = Field(None, description="The most that the match pays. [$ a year]")
    match_catch_up: Flag = Field(True, description="Whether catch-up deferrals are matched.")
    true_up: Flag = Field(
        False,
        description="A last match, on the year's last pay date, up to the formula on the year.",
    )
    match_after_tax: Flag = Field(
        False, description="Whether after-tax contributions are matched as deferrals are."
    )
    nonelective: Nonelective = Field(
        Fraction(0),
        description="A share of eligible pay on each paycheck, or on a date {share, date} or "
        "{amount, date}.",
    )
    paycheck_cap: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(1),
        description="The most of one paycheck that deferrals and after-tax contributions take together.",
    )
    also_annual_additions: Dollars = Field(
        0,
        description="What other plans use of the 415(c) limit: the same employer's, or with a "
        "403(b) one's own business's. [$ a year]",
    )
    fifteen_years: FifteenYears | None = Field(
        None, description="The catch-up of a 403(b) after fifteen years of service."
    )

    def matched(self, deferral: Fraction, eligible: Fraction) -> Fraction:
        """The match formula: what the tiers give on deferrals and eligible pay. [cents]"""
        total = covered = NOTHING
        for tier in self.match:
            reach = deferral if tier.up_to is None else min(deferral, tier.up_to * eligible)
            if reach > covered:
                more = tier.rate * (reach - covered if covered else reach)
                total, covered = (total + more if total else more), reach
        return total

    @property
    def nonelective_items(self) -> tuple[Fraction | str | LumpSum | LumpShare, ...]:
        """The nonelective contributions, one by one."""
        return self.nonelective if isinstance(self.nonelective, tuple) else (self.nonelective,)

    @property
    def nonelective_shares(self) -> tuple[Fraction, ...]:
        """Those that are shares of each paycheck's eligible pay."""
        return tuple(item for item in self.nonelective_items if isinstance(item, Fraction))

    @property
    def rate_of_profit(self) -> Fraction:
        """The contribution rate of a self-employed person's plan."""
        (item,) = self.nonelective_items
        return item if isinstance(item, Fraction) else MOST_DEDUCTIBLE

    def lump_sums(self, years: Years) -> Iterator[Paycheck]:
        """The dates on which the employer alone pays, in the years or for one of them."""
        for item in self.nonelective_items:
            if isinstance(item, Fraction | str):
                continue
            for day in item.paid(years):
                yield Paycheck(day, LUMP_SUM, 0, Fraction(0), False, False, lump=item)
