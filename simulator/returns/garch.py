"""Volatility that comes in spells, and shocks with heavy tails."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from simulator.notation.fields import Choice, Notation
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.notation.numbers import read_number
from simulator.notation.wording import shown, wrong
from simulator.returns.daily import DailyModel
from simulator.returns.series import SESSIONS_A_YEAR, Series, needs_extra

if TYPE_CHECKING:
    from simulator.returns.draws import Floats

RADIUS, ANGLE = 6, 7
"""Streams of random numbers: the two uniform numbers of a shock."""

WORST = -99.0
"""No session loses more. [percent]"""

FEWEST = 250
"""Returns that the parameters are fitted to."""

DIGITS = 5
"""Decimals that are kept of what an optimiser finds, so that machines agree on it."""

PARAMETERS = ("omega", "alpha", "beta", "nu")
ALL_OF_THEM = ", ".join(PARAMETERS)


def _number(low: float, high: float, least: str) -> Notation:
    """A number above `low`, or at it where `least` says so, and up to `high`; or none."""

    def read(value: object) -> float:
        number = read_number(value)
        if number is None:
            raise wrong(f"{shown(value)} is not a number; write it like 0.09")
        if not (low < number <= high or (number == low and least == "from")):
            raise wrong(
                f"{shown(value)} is out of range; write a number {least} {low:g} to {high:g}"
            )
        return float(number)

    schema = {"type": "number", "minimum": low, "maximum": high}
    return Notation(
        read, schema, none=True, written=float, words=f"number {least} {low:g} to {high:g}"
    )


class Parameters(NamedTuple):
    """Of the daily simple returns in percent.

    Attributes:
        mean: Expected return. [percent a session]
        omega: Constant term of the variance. [percent^2]
        alpha: Weight of the last shock's square.
        beta: Weight of the last variance.
        nu: Degrees of freedom of the shocks.
    """

    mean: float
    omega: float
    alpha: float
    beta: float
    nu: float

    @property
    def variance(self) -> float:
        """The unconditional one. [percent^2]"""
        return self.omega / (1 - self.alpha - self.beta)


class Garch(DailyModel):
    """GARCH(1,1) with Student-t shocks, for simple daily returns r in percent.

    r(t) = mean + e(t), e(t) = sqrt(h(t)) z(t), h(t + 1) = omega + alpha e(t)^2 + beta h(t), z independent
    Student-t with nu degrees of freedom, scaled to variance 1. h starts at omega / (1 - alpha - beta), the
    unconditional variance. The price is the running product of 1 + r / 100, 1 at the first session; no r is
    below -99%.

    The mean is such that E[P] grows by (1 + annual_return)^(1/252) a session where the file has
    `annual_return` or the parameters; else it is that of the series. As z is symmetric and independent of
    h, E[P] is right exactly, the floor aside.

    Without parameters they are fitted to the series by maximum likelihood, and the paths keep its mean and
    its variance. The variance is held in the fit (variance targeting: omega = variance x
    (1 - alpha - beta)): a free omega leaves alpha + beta so near 1 that the long-run variance comes out at
    many times what was seen. The fit's own mean is not used: it is the centre of a symmetric law, and for
    returns that are skewed it lies far above what they average. `volatility` changes nothing here.

    Sources: Bollerslev (1987), "A conditionally heteroskedastic time series model", Rev. Econ. Stat. 69;
    Engle, Mezrich (1996), "GARCH for groups", Risk 9 (variance targeting); Bailey (1994) (the shocks).
    """

    unread: ClassVar[frozenset[str]] = frozenset({"volatility"})

    model: Annotated[Literal["garch"], Choice("a returns model")] = Field(
        "garch", description="Which model."
    )
    omega: Annotated[float | None, _number(0, 1_000, "above")] = Field(
        None, description="Constant term of the daily variance. [percent^2]", examples=["0.01"]
    )
    alpha: Annotated[float | None, _number(0, 1, "from")] = Field(
        None, description="Weight of the last session's squared shock.", examples=["0.09"]
    )
    beta: Annotated[float | None, _number(0, 1, "from")] = Field(
        None, description="Weight of the last session's variance.", examples=["0.90"]
    )
    nu: Annotated[float | None, _number(2, 1_000, "above")] = Field(
        None, description="Degrees of freedom of the Student-t shocks.", examples=["7"]
    )

    @model_validator(mode="after")
    def _all_or_none(self) -> Self:
        """The parameters go together, and leave a variance."""
        absent = [name for name in PARAMETERS if getattr(self, name) is None]
        if absent and len(absent) < len(PARAMETERS):
            hint = "or none of them, for a fit to the history"
            raise wrong(f"garch needs {', '.join(absent)} too; write all of {ALL_OF_THEM}, {hint}")
        if self.alpha is not None and self.beta is not None and self.alpha + self.beta >= 1:
            total = f"alpha + beta is {self.alpha + self.beta:g}"
            raise wrong(f"{total}; write them below 1 together, or the variance has no end")
        return self

    @property
    def calmer(self) -> str:
        """What to write where a price leaves the range."""
        given = "a smaller omega, alpha or beta, or fewer years"
        return super().calmer if self.omega is None else given

    def warnings(self, sessions: Sequence[date]) -> tuple[str, ...]:
        """The jumps of the prices, where parameters are fitted to them."""
        return super().warnings(sessions) if self.omega is None else ()

    @property
    def reads(self) -> Path | None:
        """The file that the parameters are fitted to; given ones are fitted to none."""
        return super().reads if self.omega is None else None

    def parameters(self) -> Parameters:
        """What the paths are drawn with, given or fitted.

        Raises:
            Mistakes: There is nothing to fit with, or the prices cannot be used.
        """
        expected = 100 * (float(1 + self.annual_return) ** (1 / SESSIONS_A_YEAR) - 1)
        if self.omega is None or self.alpha is None or self.beta is None or self.nu is None:
            with self.placed():
                fit = fitted(self.series())
            return fit._replace(mean=expected) if "annual_return" in self.model_fields_set else fit
        return Parameters(expected, self.omega, self.alpha, self.beta, self.nu)

    def _growth(self, chunks: Iterable[range], paths: range) -> Iterator[Floats]:
        import numpy as np

        from simulator.returns.draws import random_words, uniform
        from simulator.returns.student import student_t

        mean, omega, alpha, beta, nu = parameters = self.parameters()
        variance = np.full(len(paths), parameters.variance)
        for chunk in chunks:
            shocks = student_t(
                uniform(random_words(self.seed, RADIUS, chunk, paths)),
                uniform(random_words(self.seed, ANGLE, chunk, paths)),
                nu,
            )
            for shock in shocks:
                shock *= np.sqrt(variance)
                variance *= beta
                variance += shock * shock * alpha
                variance += omega
                shock += mean
                np.maximum(shock, WORST, out=shock)
                shock *= 0.01
                shock += 1.0
                yield shock


@cache
def fitted(series: Series) -> Parameters:
    """The mean and the variance of a series' returns, and what maximises the likelihood beside them.

    Raises:
        Mistakes: The library arch is not installed, the returns are too few or do not vary, or the
            optimiser finds no maximum.
    """
    try:
        from arch.univariate import GARCH, ConstantMean, StudentsT
    except ImportError:
        raise needs_extra("model", "fitting garch needs", ALL_OF_THEM) from None
    import numpy as np

    percent = 100 * series.returns()
    variance = float(percent.var())
    if percent.size < FEWEST or variance == 0:
        raise _unfitted(f"{percent.size} returns are too few, or too alike, to fit garch to")

    class Targeting(GARCH):
        """Its constraints hold omega + variance (alpha + beta) at the variance, from both sides."""

        def constraints(self) -> tuple[Floats, Floats]:
            weights, bounds = super().constraints()
            row = np.array([1.0, variance, variance])
            return np.vstack([weights, row, -row]), np.append(bounds, [variance, -variance])

    model = ConstantMean(
        percent, volatility=Targeting(p=1, o=0, q=1), distribution=StudentsT(), rescale=False
    )
    fit = model.fit(disp="off", show_warning=False)
    _, _, alpha, beta, nu = (round(float(value), DIGITS) for value in fit.params)
    if fit.convergence_flag or not np.isfinite(fit.params).all() or alpha + beta >= 1:
        raise _unfitted(f"the fit of garch to {series.source} finds no maximum")
    return Parameters(float(percent.mean()), variance * (1 - alpha - beta), alpha, beta, nu)


def _unfitted(reason: str) -> Mistakes:
    return Mistakes([Mistake(Place("returns.model"), (), f"{reason}; write {ALL_OF_THEM}")])
