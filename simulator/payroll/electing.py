"""What to elect: what a paycheck must leave, and in which steps the plan's website takes elections."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from simulator.money import half_up
from simulator.notation.fields import (
    SHARE_OR_DOLLARS,
    Choice,
    DayOrNone,
    Dollars,
    Notation,
    Specification,
    share,
    written_election,
)
from simulator.notation.numbers import read_share_or_dollars
from simulator.notation.wording import shown, wrong
from simulator.payroll.contribution import Contribution


def _step(value: object) -> Fraction | int:
    step = read_share_or_dollars(value)
    if not step:
        raise wrong(f"{shown(value)} is no step; write one above 0, like 1%, 0.5% or $25")
    return step


Step = Annotated[
    Fraction | int,
    Notation(
        _step,
        {"anyOf": [one for one in SHARE_OR_DOLLARS if one != {"enum": [0]}]},
        written=written_election,
        words="share, above 0%; or dollars",
    ),
]


class Electing(Specification):
    """What `mbdr elect` looks for: two elections from a date on, in steps, and what they must leave.

    `take_home` says what a paycheck leaves.
    """

    from_: DayOrNone = Field(
        None,
        alias="from",
        description="When they begin, in the first year; default the day after `so_far.through`, "
        "else the first paycheck. Before it `elections` hold.",
        examples=["2025-07-01"],
    )
    step: Step = Field(
        Fraction(1, 100),
        description="What elections are multiples of, as the website takes them: 1%, 0.5%, or $25.",
    )
    deferral: Annotated[Literal["pre-tax", "roth"], Choice("a kind of deferral")] = Field(
        "pre-tax", description="Which elective deferral is elected."
    )
    minimum_take_home: Dollars = Field(
        0, description="What every paycheck with elections leaves, at least. [$]"
    )
    withheld: Annotated[Fraction, share()] = Field(
        Fraction(30, 100),
        description="Of gross less pre-tax: taxes and benefits, a rough share.",
    )

    def take_home(self, paid: Contribution) -> int:
        """What a paycheck leaves after deferral, after-tax contribution, taxes and benefits. [cents]"""
        gross = paid.paycheck.gross
        withheld = half_up(self.withheld * (gross - paid.pre_tax))
        return gross - paid.deferrals - paid.after_tax - withheld
