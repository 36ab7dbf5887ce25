"""A fund that grows by the day at one rate."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal

from pydantic import Field

from simulator.days.years import Years
from simulator.notation.fields import Choice
from simulator.returns.model import NEARER, ReturnsModel, repeated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

DAYS_A_YEAR = 365
MOST_KEPT = 16
"""Prices that are kept, of so many sets of sessions."""


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
        prices = list(_grown(float(1 + self.annual_return), tuple(sessions)))
        self._demand_path(prices, sessions, index)
        return prices

    def _closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:  # noqa: ARG002
        return repeated(_grown(float(1 + self.annual_return), tuple(sessions)), paths)


@lru_cache(maxsize=MOST_KEPT)
def _grown(growth: float, sessions: tuple[date, ...]) -> tuple[float, ...]:
    """The prices at some sessions; many who are paid on the same days ask for the same. [session]"""
    return tuple([growth ** ((day - sessions[0]).days / DAYS_A_YEAR) for day in sessions])
