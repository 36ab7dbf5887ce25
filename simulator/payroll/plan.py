"""The contribution side of a plan: what the employer grants, and what the plan lets in."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from simulator.days.years import Years
from simulator.notation.fields import (
    CapOrNone,
    Choice,
    Day,
    Dollars,
    DollarsOrNone,
    Flag,
    Notation,
    Specification,
    share,
)
from simulator.notation.numbers import read_number
from simulator.notation.wording import shown, wrong
from simulator.payroll.pay import LUMP_SUM, Paycheck

MOST_TIERS = 100
"""Tiers of a match: each is worked out on each paycheck."""


class AfterTax(Specification):
    """What the plan says of employee after-tax contributions."""

    allowed: Flag = Field(True, description="Whether the plan takes them at all.")
    cap: CapOrNone = Field(
        None, description="At most this share of year-to-date gross, or these dollars a year."
    )

    def cap_on(self, gross: Fraction) -> Fraction | None:
        """The most that may go in on a year's gross so far; None where there is no cap. [cents]"""
        if not self.allowed:
            return Fraction(0)
        if isinstance(self.cap, Fraction):
            return self.cap * gross
        return None if self.cap is None else Fraction(self.cap)


class Tier(Specification):
    """One tier of a match: a rate on the deferrals between the tier before and a share of pay."""

    rate: Annotated[Fraction, share(0, 10)] = Field(
        description="Of each dollar deferred.", examples=["50%"]
    )
    up_to: Annotated[Fraction | None, share(0, 1, none=True)] = Field(
        None, description="Deferrals up to this share of eligible pay; without it, every deferral."
    )


class LumpSum(Specification):
    """A nonelective contribution of fixed size, paid once."""

    amount: Dollars = Field(description="How much is paid. [$]", examples=["6_000"])
    date: Day = Field(
        description="The day on which it is paid, and in whose year it counts.",
        examples=["2025-12-31"],
    )


def _nonelective_share(value: object) -> Fraction:
    try:
        return NONELECTIVE_SHARE.read(value)  # type: ignore[return-value]
    except ValueError:
        if "%" in str(value):
            raise
        amount = str(value).removeprefix("$")
        amount = "6000" if read_number(amount) is None else amount
        raise wrong(
            f"{shown(value)} is not a share of pay; write it like 3%, "
            f"or dollars with their date: {{amount: {amount}, date: 2025-12-31}}"
        ) from None


NONELECTIVE_SHARE = share(0, 1)
Nonelective = Annotated[
    Annotated[
        Annotated[
            Fraction,
            Notation(
                _nonelective_share,
                NONELECTIVE_SHARE.schema,
                written=NONELECTIVE_SHARE.written,
                words=NONELECTIVE_SHARE.words,
            ),
        ],
        Tag("share"),
    ]
    | Annotated[LumpSum, Tag("lump sum")],
    Discriminator(lambda value: "lump sum" if isinstance(value, dict | LumpSum) else "share"),
]


class ContributionRules(Specification):
    """What may go in, and what the employer adds."""

    type: Annotated[Literal["401k", "403b", "solo-401k"], Choice("a plan type")] = Field(
        "401k", description="The kind of plan; the limits are the same."
    )
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
        description="Tops the match up, on the year's last pay date, to the formula on the year.",
    )
    nonelective: Nonelective = Field(
        Fraction(0), description="A share of eligible pay on each paycheck, or {amount, date} once."
    )

    def matched(self, deferral: Fraction, eligible: Fraction) -> Fraction:
        """The match formula: what the tiers give on deferrals and eligible pay. [cents]"""
        total = covered = Fraction(0)
        for tier in self.match:
            reach = deferral if tier.up_to is None else min(deferral, tier.up_to * eligible)
            total += tier.rate * max(Fraction(0), reach - covered)
            covered = max(covered, reach)
        return total

    def nonelective_on(self, paycheck: Paycheck, eligible: Fraction) -> Fraction:
        """The nonelective contribution on a paycheck's eligible pay, or the one paid once. [cents]"""
        if isinstance(self.nonelective, Fraction):
            return self.nonelective * eligible
        return Fraction(self.nonelective.amount if paycheck.kind == LUMP_SUM else 0)

    def lump_sums(self, years: Years) -> Iterator[Paycheck]:
        """The dates on which the employer alone pays."""
        lump = self.nonelective
        if isinstance(lump, LumpSum) and lump.date.year in years:
            yield Paycheck(lump.date, LUMP_SUM, 0, Fraction(0), elections=False, matched=False)
