"""The conversion side of a plan: how money gets in, when it may leave, what that costs."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.conversion.policy import LONGEST_DELAY
from simulator.notation.fields import Choice, Dollars, Flag, Specification, whole


class Conversion(Specification):
    """What a plan allows of conversions, and where they go."""

    allowed: Flag = Field(True, description="Whether after-tax money may be converted in service.")
    to: Annotated[Literal["roth-401k", "roth-ira", "split"], Choice("a destination")] = Field(
        "roth-401k",
        description="All to Roth; or split: basis to a Roth IRA, earnings to a traditional IRA.",
    )
    fee: Dollars = Field(0, description="Taken out of what is converted. [$ a conversion]")
    max_per_year: Annotated[int | None, whole(1, 366, none=True)] = Field(
        None, description="Conversions that the plan allows in a calendar year."
    )
    min_days_between: Annotated[int, whole(0, LONGEST_DELAY)] = Field(
        0, description="Calendar days from one conversion to the next, at least."
    )


class Opening(Specification):
    """Balances before the first year."""

    after_tax: Dollars = Field(0, description="Market value of the after-tax subaccount. [$]")
    basis: Dollars = Field(0, description="Contributions in it that have not been recovered. [$]")
    roth: Dollars = Field(0, description="Market value of the Roth balance. [$]")


class ConversionTerms(Specification):
    """How after-tax money lands, waits and leaves."""

    deposit_lag: Annotated[int, whole(0, 60)] = Field(
        0, description="From pay date to deposit. [bank days]"
    )
    eligibility_days: Annotated[int, whole(0, LONGEST_DELAY)] = Field(
        0, description="From deposit to the first possible conversion. [calendar days]"
    )
    conversion: Conversion = Field(
        Conversion.model_construct(), description="Conversions that the plan allows."
    )
    basis_after_loss: Annotated[
        Literal["carry-forward", "carry-within-year", "forfeit"], Choice("a rule for the basis")
    ] = Field(
        "carry-forward",
        description="What becomes of basis in excess of the contributions inside, after a loss.",
    )
    opening: Opening = Field(
        Opening.model_construct(), description="What the accounts hold when the first year begins."
    )
