"""The ACP test, as a scenario file asks for it: by whose average, with the match or without."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from simulator.notation.fields import Flag, Specification, share


class Acp(Specification):
    """What the ACP test of a table of people goes by; `mbdr summary` has it. Law: IRC 401(m)(2)."""

    nhce: Annotated[Fraction | None, share(0, 1, none=True)] = Field(
        None,
        description="Last year's average of those who are not highly compensated (prior-year testing); "
        "without it this year's is used.",
        examples=["3.20%"],
    )
    match: Flag = Field(
        True,
        description="Whether the match is tested too; a safe harbor match is left out of both.",
    )
