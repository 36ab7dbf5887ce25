"""Life events: leaving the employer, a withdrawal, a refund after a failed test, as a file writes them.

`simulator.conversion.payments` turns them into what is paid on which session.
"""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag

from simulator.days.calendars import FIRST_YEAR
from simulator.money import in_dollars
from simulator.notation.fields import (
    LAST_SIMULATED_YEAR,
    CapOrNone,
    Choice,
    Day,
    DollarsOrNone,
    Notation,
    Specification,
    whole,
)
from simulator.notation.numbers import percent, read_dollars, read_share_or_dollars
from simulator.notation.wording import NO_VALUE, wrong

MOST_EVENTS = 100
"""Life events of a scenario."""

ALL = "all"

PAYOUTS = {
    "split": "basis goes to a Roth IRA, earnings to a traditional one",
    "roth-ira": "the after-tax money goes to a Roth IRA",
    "cash": "the after-tax money is paid out in cash",
    "stay": "the after-tax money stays in the plan",
}
"""What becomes of the money, in words."""


def _of(field: Any, read: Any, words: str, more: list[dict[str, Any]]) -> Notation:
    """The notation of a field of which none is no value: read and told otherwise."""
    of = next(one for one in field.__metadata__ if isinstance(one, Notation))
    schema = {"anyOf": [*of.schema["anyOf"], *more]}
    return Notation(read, schema, written=lambda value: _written(value, of), words=words)


def _written(value: Any, of: Notation) -> object:
    return value if value == ALL else of.written(value)


def _given(value: object) -> object:
    if value is None:
        raise wrong(NO_VALUE)
    return value


AllOrDollars = Annotated[
    int | str,
    _of(
        DollarsOrNone,
        lambda value: ALL if value == ALL else read_dollars(_given(value)),
        "dollars, or `all`",
        [{"const": ALL}],
    ),
]
ShareOrDollars = Annotated[
    Fraction | int,
    _of(CapOrNone, read_share_or_dollars, "share, 0% to 100%; or dollars", []),
]


class Separation(Specification):
    """Employment ends; the after-tax money is paid out, or stays in the plan."""

    kind: Literal["separation"] = Field("separation", description="The end of employment.")
    date: Day = Field(
        description="No paycheck comes after it; sets `last_pay_date`.", examples=["2025-08-29"]
    )
    payout: Annotated[Literal["split", "roth-ira", "cash", "stay"], Choice("a payout")] = Field(
        description="Basis to a Roth IRA and earnings to a traditional one; all to a Roth IRA; in cash; "
        "or nothing leaves.",
        examples=["split"],
    )

    @property
    def words(self) -> str:
        """It in a few words."""
        return f"employment ends on {self.date}; {PAYOUTS[self.payout]}"


class Withdrawal(Specification):
    """After-tax money is taken out: principal and earnings in proportion."""

    kind: Literal["withdrawal"] = Field("withdrawal", description="A withdrawal in service.")
    date: Day = Field(description="When it is asked for.", examples=["2025-06-02"])
    amount: AllOrDollars = Field(
        description="How much, tax withheld included; or `all`. [$]", examples=["4_000"]
    )

    @property
    def words(self) -> str:
        """It in a few words."""
        amount = ALL if self.amount == ALL else in_dollars(int(self.amount))
        return f"{amount} of the after-tax money is withdrawn on {self.date}"


class AcpRefund(Specification):
    """The plan failed its ACP test: some of a year's after-tax money comes back, with what it earned."""

    kind: Literal["acp-refund"] = Field("acp-refund", description="A refund of the ACP test.")
    date: Day = Field(description="When it is paid, after the year.", examples=["2026-03-10"])
    year: Annotated[int, whole(FIRST_YEAR, LAST_SIMULATED_YEAR)] = Field(
        description="The year that failed.", examples=["2025"]
    )
    amount: ShareOrDollars = Field(
        description="How much of that year's after-tax contributions: a share, or dollars.",
        examples=["15%"],
    )

    @property
    def words(self) -> str:
        """It in a few words."""
        amount = in_dollars(self.amount) if isinstance(self.amount, int) else percent(self.amount)
        return f"{amount} of the after-tax money of {self.year} is refunded on {self.date}"


def _kind(value: Any) -> Any:
    return value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)


LifeEvent = Annotated[
    Annotated[Separation, Tag("separation")]
    | Annotated[Withdrawal, Tag("withdrawal")]
    | Annotated[AcpRefund, Tag("acp-refund")],
    Discriminator(_kind),
]


def separated_on(events: tuple[Separation | Withdrawal | AcpRefund, ...]) -> date | None:
    """The day on which employment ends by the events; None where none ends it."""
    return next((event.date for event in events if isinstance(event, Separation)), None)
