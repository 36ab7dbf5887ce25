"""Tax on the taxable earnings, at flat marginal rates."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from simulator.notation.fields import Specification, share


class Taxes(Specification):
    """Marginal rates on the taxable earnings."""

    federal: Annotated[Fraction, share(0, 1)] = Field(Fraction(0), description="Federal rate.")
    state: Annotated[Fraction, share(0, 1)] = Field(
        Fraction(0), description="State and local rate."
    )

    @property
    def rate(self) -> Fraction:
        """Both together."""
        return self.federal + self.state
