"""What every returns model has, so that a scenario can change its model and leave the rest."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from simulator.notation import Specification, share, whole

MOST_PATHS = 100_000_000


class ReturnsModel(Specification):
    """A model of the fund's price. `path` gives one path, the same whatever else is asked."""

    annual_return: Annotated[Fraction, share(Fraction(-99, 100), 10)] = Field(
        Fraction(7, 100), description="Expected growth. [fraction a year]"
    )
    volatility: Annotated[Fraction, share(0, 5)] = Field(
        Fraction(16, 100),
        description="Standard deviation of log returns; `constant` ignores it. [a year]",
    )
    paths: Annotated[int, whole(1, MOST_PATHS)] = Field(
        10_000, description="Paths of a stochastic model; the others have one."
    )
    seed: Annotated[int, whole(0, 2**63 - 1)] = Field(
        2025, description="A path depends on it and on its own index alone."
    )

    def path(self, sessions: Sequence[date], index: int) -> list[float]:
        """The price of one path at each session's close. [session]

        Args:
            sessions: Days, in order; the first is the first session of the simulation.
            index: Which path, from 0.
        """
        raise NotImplementedError
