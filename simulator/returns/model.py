"""What every returns model has, so that a scenario can change its model and leave the rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias

from pydantic import Field, PrivateAttr

from simulator.days.years import Years
from simulator.money import OutOfRange
from simulator.notation.fields import Specification, share, whole
from simulator.notation.mistakes import Mistake, Mistakes
from simulator.notation.specification import replaced


class AnyModel:
    """Metadata of a field that holds a returns model: any of those there are, this one's class among them.

    They are looked up when a file is read: a model is complete only when all are there.
    """

    union: ClassVar[Any]
    """Any of them: `every_model` says which."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return handler.generate_schema(self.union)


if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Returns: TypeAlias = "ReturnsModel"
else:
    Returns = Annotated[Any, AnyModel()]

MOST_PATHS = 100_000_000

LEAST_PRICE, MOST_PRICE = 1e-100, 1e100
"""What a path's prices lie between: no product of amounts and prices then leaves float64 (1e308)."""

NEARER = "an annual_return nearer to 0,"
"""What helps against prices that leave it."""

WORKING_SET = 128 << 20
"""What the prices and the units of a block of paths may take, about. [bytes]"""

TOGETHER = 64
"""Blocks are multiples of so many paths, or of more: whole groups of the lattice and of Philox."""

STREAM = b"after-tax"
"""What the random numbers of a fund that money is parked in are keyed by, beside the seed and the path."""

AMOUNT = 8
"""Of one amount on one path. [bytes]"""


def paths_at_a_time(rows: int, most: int) -> int:
    """How many paths make a block: as many as find room in the working set, a multiple of `TOGETHER`.

    A path is the same in any block, so no figure depends on it.

    Args:
        rows: Amounts that are held of each path at a time.
        most: The most, where there is room.
    """
    room = WORKING_SET // (AMOUNT * max(1, rows)) // TOGETHER * TOGETHER
    return max(TOGETHER, min(most, room))


def repeated(prices: Sequence[float], paths: range) -> NDArray[np.float64]:
    """The prices of a model with one path, beside a fund that has many. [session, path]"""
    import numpy as np

    return np.repeat(np.array(prices)[:, None], len(paths), axis=1)


class ReturnsModel(Specification):
    """A model of the fund's price at each session's close, 1 or the actual one at the first.

    The first of the sessions that are asked for is always the first of the simulated years. A path is the
    same whichever others are asked for, and whichever paths beside it.
    """

    annual_return: Annotated[Fraction, share(Fraction(-99, 100), 10)] = Field(
        Fraction(7, 100), description="Expected growth. [fraction a year]"
    )
    volatility: Annotated[Fraction, share(0, 5)] = Field(
        Fraction(16, 100),
        description="Standard deviation of log returns, `lognormal` only. [a year]",
    )
    paths: Annotated[int, whole(1, MOST_PATHS)] = Field(
        10_000, description="Paths, of a model that draws them; the others have one."
    )
    seed: Annotated[int, whole(0, 2**63 - 1)] = Field(
        2025, description="A path depends on it and on its own index alone."
    )
    after_tax: Returns | None = Field(
        None,
        description="Parking: the fund that after-tax money waits in, any model without `paths` and "
        "`seed`; default the same fund.",
    )

    _where: str = PrivateAttr("returns")

    stochastic: ClassVar[bool] = False
    """Whether its prices are drawn."""

    unread: ClassVar[frozenset[str]] = frozenset()
    """The fields above that this model has for the others' sake: they change nothing."""

    @property
    def inside(self) -> ReturnsModel:
        """The fund in the after-tax account: this one, or another that money is parked in.

        What it draws is keyed by (seed, path, "after-tax"): no path of this fund depends on it.
        """
        return self if self.after_tax is None else self.after_tax.beside(self)

    def beside(self, outside: ReturnsModel) -> ReturnsModel:
        """The same as the model of the fund that money is parked in, with random numbers of its own.

        Args:
            outside: The fund that it is converted to.
        """
        own = sha256(outside.seed.to_bytes(8, "little") + STREAM).digest()
        seed = int.from_bytes(own[:8], "little")
        fund = replaced(self, seed=seed, paths=outside.paths)
        fund._where = "returns.after_tax"
        return fund

    @contextmanager
    def placed(self) -> Iterator[None]:
        """Says of what cannot be used in which fund's model it stands."""
        try:
            yield
        except Mistakes as mistakes:
            raise Mistakes(
                [self._placed(one) for one in mistakes.mistakes], mistakes.more
            ) from None

    def _placed(self, mistake: Mistake) -> Mistake:
        room, dot, field = mistake.place.source.partition(".")
        if room != "returns":
            return mistake
        return mistake._replace(place=mistake.place._replace(source=f"{self._where}{dot}{field}"))

    @property
    def funds(self) -> tuple[ReturnsModel, ...]:
        """The fund, and the one that money is parked in."""
        return (self,) if self.after_tax is None else (self, self.inside)

    @property
    def drawn(self) -> bool:
        """Whether there are as many paths as one asks for."""
        return any(fund.stochastic for fund in self.funds)

    @property
    def idle(self) -> frozenset[str]:
        """The fields that change nothing, with those of the fund that money is parked in."""
        unread = set(self.unread)
        if self.drawn:
            unread.discard("paths")
        if self.inside.stochastic:
            unread.discard("seed")
        parked = self.after_tax.unread if self.after_tax else ()
        return frozenset([*unread, *(f"after_tax.{name}" for name in parked)])

    @property
    def whose_paths(self) -> str:
        """How many paths there are, where that is not for the reader to say."""
        return "" if self.drawn else "which have one path"

    @property
    def name(self) -> str:
        """What a file calls the model."""
        return type(self).__name__.lower()

    @property
    def calmer(self) -> str:
        """What to write where a price leaves the range."""
        return f"a lower volatility, {NEARER} or fewer years"

    def warnings(self, sessions: Sequence[date]) -> tuple[str, ...]:  # noqa: ARG002
        """What looks like a slip in what the prices of some sessions come from, a sentence each."""
        return ()

    def all_warnings(self, sessions: Sequence[date]) -> tuple[str, ...]:
        """The warnings of this fund, and of the one that money is parked in."""
        told = (sentence for fund in self.funds for sentence in fund.warnings(sessions))
        return tuple(dict.fromkeys(told))

    rows: ClassVar[int] = 1
    """Amounts that are held of each session of a path while its prices are made, about."""

    @property
    def reads(self) -> Path | None:
        """The file that the prices are drawn from, if there is one."""
        return None

    def count(self, sessions: Sequence[date]) -> int:  # noqa: ARG002
        """How many paths there are over some sessions."""
        return self.paths if self.drawn else 1

    def described(self, paths: int, sessions: Sequence[date]) -> str:  # noqa: ARG002
        """What the paths are, in a sentence for the reader of a table.

        Args:
            paths: How many there are.
            sessions: The days that they are simulated over.
        """
        names = dict.fromkeys(fund.name for fund in self.funds if fund.stochastic)
        kind = f"{' and '.join(names)} paths, seed {self.seed}"
        return f"{paths:,} {kind}; +/- is the standard error of the mean."

    def unpriced(self, sessions: Sequence[date]) -> tuple[date, ...]:  # noqa: ARG002
        """The sessions of some that have no price: what is held then is not known."""
        return ()

    def origin(self, sessions: Sequence[date]) -> dict[str, list[int]]:  # noqa: ARG002
        """What JSON says of the paths beside model, number and seed."""
        return {}

    @property
    def randomisations(self) -> int:
        """How many independent sets path i falls into, i modulo this; 0 if each path is its own."""
        return 0

    def path(
        self,
        sessions: Sequence[date],
        years: Years,
        index: int,
        priced: Collection[date] | None = None,  # noqa: ARG002
    ) -> list[float]:
        """The price of one path. [session]

        Args:
            sessions: Days, in order.
            years: The simulated years; sessions after them are the run-off.
            index: Which path, from 0.
            priced: The sessions that need a price; by default all. A model has one for each.

        Raises:
            OutOfRange: A price leaves the range.
        """
        prices: list[float] = self.closes(sessions, years, range(index, index + 1))[:, 0].tolist()
        return prices

    def closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """The prices of consecutive paths. [session, path]

        Args:
            sessions: Days, in order.
            years: The simulated years; sessions after them are the run-off.
            paths: Which paths.

        Raises:
            OutOfRange: A price leaves the range.
        """
        import numpy as np

        with np.errstate(over="ignore", invalid="ignore"):  # it is said below, in one line
            prices = self._closes(sessions, years, paths)
        if not self.bounded(sessions, years):
            self._demand_range(prices, sessions, paths)
        return prices

    def bounded(self, sessions: Sequence[date], years: Years) -> bool:  # noqa: ARG002
        """Whether no path can leave the range over some sessions, so that none need be looked at."""
        return False

    def _closes(self, sessions: Sequence[date], years: Years, paths: range) -> NDArray[np.float64]:
        """The prices of consecutive paths, whatever they come to. [session, path]"""
        raise NotImplementedError

    def _demand_range(
        self, prices: NDArray[np.float64], sessions: Sequence[date], paths: range
    ) -> None:
        """Raises `OutOfRange` where a price leaves the range: on the first path, the first session."""
        if prices.min() >= LEAST_PRICE and prices.max() <= MOST_PRICE:  # neither holds of NaN
            return
        outside = ~((prices >= LEAST_PRICE) & (prices <= MOST_PRICE))
        place = int(outside.any(axis=0).argmax())
        self._demand_path(prices[:, place].tolist(), sessions, paths[place])

    def _demand_path(self, prices: Iterable[float], sessions: Sequence[date], index: int) -> None:
        """Raises `OutOfRange` where a price of one path leaves the range."""
        for session, price in zip(sessions, prices, strict=True):
            if not LEAST_PRICE <= price <= MOST_PRICE:
                fallen = price < LEAST_PRICE
                where = f"falls below {LEAST_PRICE:g}" if fallen else f"rises above {MOST_PRICE:g}"
                left = f"path {index:,} of {self.name} leaves the range of numbers on {session}"
                raise OutOfRange(f"{self._where}: {left}: its price {where}; write {self.calmer}")
