"""A fund that grows by the day at one rate."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from simulator.days.years import Years
from simulator.notation.fields import Choice
from simulator.returns.model import NEARER, ReturnsModel

DAYS_A_YEAR = 365


class Constant(ReturnsModel):
    """Grows by (1 + annual_return)^(calendar days / 365) from session to session. One path."""

    model: Annotated[Literal["constant"], Choice("a returns model")] = Field(
        "constant", description="Which model."
    )

    unread: ClassVar[frozenset[str]] = frozenset({"volatility", "paths", "seed"})

    @property
    def calmer(self) -> str:
        """What to write where a price leaves the range."""
        return f"{NEARER} or fewer years"

    def path(
        self,
        sessions: Sequence[date],
        years: Years,  # noqa: ARG002
        index: int,
        priced: Collection[date] | None = None,  # noqa: ARG002
    ) -> list[float]:
        """The price at each session's close, 1 at the first. [session]

        Raises:
            OutOfRange: A price leaves the range.
        """
        growth = float(1 + self.annual_return)
        prices = [growth ** ((day - sessions[0]).days / DAYS_A_YEAR) for day in sessions]
        self._demand_path(prices, sessions, index)
        return prices
