"""So far: what was converted, and what is on its way, when the simulation begins in the middle of a year."""

from typing import Annotated

from pydantic import Field

from simulator.notation.fields import (
    Day,
    DayOrNone,
    Dollars,
    DollarsOrNone,
    Specification,
    whole,
)


class ConversionsSoFar(Specification):
    """The conversions of the first year before the simulation begins, under every policy alike."""

    count: Annotated[int, whole(0, 366)] = Field(
        0, description="How many there were; they use up `max_per_year`.", examples=["6"]
    )
    last: DayOrNone = Field(
        None, description="The day of the last one; it counts for `min_days_between`."
    )
    box_1: Dollars = Field(0, description="All that they moved: Box 1 of the form so far. [$]")
    box_2a: Dollars = Field(0, description="The taxable earnings in it: Box 2a so far. [$]")
    box_5: DollarsOrNone = Field(
        None,
        description="Where the plan splits: the contributions in it, Box 5 so far; the rest was sent on. [$]",
    )

    @property
    def recovered(self) -> int:
        """The contributions that were moved: Box 5. [cents]"""
        return self.box_1 - self.box_2a if self.box_5 is None else self.box_5

    @property
    def flows(self) -> dict[str, int]:
        """What they add to the first year's amounts, by column. [cents]"""
        ira = self.box_1 - self.box_2a - self.recovered
        return {"box_1": self.box_1, "box_2a": self.box_2a, "box_5": self.recovered, "ira": ira}


class MovedSoFar(Specification):
    """Where the after-tax money is when the simulation begins; what is inside is `plan.opening`."""

    through: Day = Field(description="The last day before the simulation.", examples=["2026-06-30"])
    in_transit: DollarsOrNone = Field(
        None,
        description="After-tax money so far that lands on the first session. Required where a "
        "deposit_lag leaves some on its way; 0 is an answer. [$]",
    )
    conversions: ConversionsSoFar = Field(
        ConversionsSoFar.model_construct(), description="Conversions of the year so far."
    )
