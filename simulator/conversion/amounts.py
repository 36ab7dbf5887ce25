"""What a policy comes to: every amount named once, the same from the ledger (one path) and the kernel (all).

The kernel, the compiled engine, a batch on the disk, its database and the JSON read the columns named here;
`EVENTS` names what a ledger posts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from math import isnan, nan
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

from simulator.conversion.terms import ConversionTerms

Ways = frozenset[str]
"""How life events take money out: codes of forms; `split` where earnings go to an IRA; `short` where dollars
are asked for that may not be there."""

SPLIT, SHORT = "split", "short"

WITHHELD = ("1", "2", "7")
CODES = (*WITHHELD, "8", "E")
"""The codes of forms beside that of the conversions, and those with tax withheld."""

Amount = TypeVar("Amount")
"""Whole cents: an int for one path, an array over paths for many. [cents; path]"""


class Column(NamedTuple):
    """One amount of a year.

    Attributes:
        taxable: Whether it is, or will be, income: then it is told on which share of the paths it is zero.
        moves: Whether it is summed over the year; else it is taken at the year's last session.
        told: Whether answers tell it by itself; what is paid on other forms they sum up, by year.
        possible: Whether a plan with such terms, and such ways out, can have it; where not, it is 0 and has
            no place.
    """

    taxable: bool = False
    moves: bool = True
    told: bool = True
    possible: Callable[[ConversionTerms, Ways], bool] = lambda _terms, _ways: True


UNKNOWN = nan
"""In place of a balance on a day without a price: on the path of a history alone."""


def is_unknown(amount: Any) -> bool:
    """Whether an amount is not known."""
    return isinstance(amount, float) and isnan(amount)


NOTHING: Any = 0
"""In place of amounts that a plan cannot have. [cents]"""


def _on_form(*ways: str, is_taxable: bool = False) -> dict[str, Column]:
    """The column of payments by some ways; without them it is 0."""
    possible: Callable[[ConversionTerms, Ways], bool] = lambda _, of_plan: (  # noqa: E731
        not of_plan.isdisjoint(ways)
    )
    return {"column": Column(is_taxable, told=False, possible=possible)}


@dataclass(frozen=True, slots=True)
class YearOutcome(Generic[Amount]):
    """One calendar year of conversions, as Form 1099-R will report it, and what was left behind. [cents]

    Attributes:
        box_1: Amounts converted.
        box_2a: Taxable earnings in them.
        box_5: Basis recovered.
        fees: Fees taken out.
        ira: Earnings sent to a traditional IRA by a split rollover.
        forfeited: Basis that a loss rule cut.
        left_value: Market value of the subaccount at the year's last session.
        left_basis: Its basis then.
        paid_1, paid_2, paid_7, paid_8, paid_e: Box 1 of the forms with these codes.
        taxable_1, taxable_2, taxable_7, taxable_8, taxable_e: Box 2a of them.
        withheld_1, withheld_2, withheld_7: Box 4 of them.
        basis_paid: By what payments on these forms lowered the basis.
        unpaid: What withdrawals asked for and the account did not hold.
    """

    box_1: Amount = field(metadata={"column": Column()})
    box_2a: Amount = field(metadata={"column": Column(taxable=True)})
    box_5: Amount = field(metadata={"column": Column()})
    fees: Amount = field(
        metadata={"column": Column(possible=lambda terms, _: terms.conversion.fee > 0)}
    )
    ira: Amount = field(
        metadata={
            "column": Column(
                taxable=True,
                possible=lambda terms, ways: terms.conversion.to == SPLIT or SPLIT in ways,
            )
        }
    )
    forfeited: Amount = field(
        metadata={
            "column": Column(possible=lambda terms, _: terms.basis_after_loss != "carry-forward")
        }
    )
    left_value: Amount = field(metadata={"column": Column(moves=False)})
    left_basis: Amount = field(metadata={"column": Column(moves=False)})
    paid_1: Amount = field(default=NOTHING, metadata=_on_form("1"))
    taxable_1: Amount = field(default=NOTHING, metadata=_on_form("1", is_taxable=True))
    withheld_1: Amount = field(default=NOTHING, metadata=_on_form("1"))
    paid_2: Amount = field(default=NOTHING, metadata=_on_form("2"))
    taxable_2: Amount = field(default=NOTHING, metadata=_on_form("2", is_taxable=True))
    withheld_2: Amount = field(default=NOTHING, metadata=_on_form("2"))
    paid_7: Amount = field(default=NOTHING, metadata=_on_form("7"))
    taxable_7: Amount = field(default=NOTHING, metadata=_on_form("7", is_taxable=True))
    withheld_7: Amount = field(default=NOTHING, metadata=_on_form("7"))
    paid_8: Amount = field(default=NOTHING, metadata=_on_form("8"))
    taxable_8: Amount = field(default=NOTHING, metadata=_on_form("8", is_taxable=True))
    paid_e: Amount = field(default=NOTHING, metadata=_on_form("E"))
    taxable_e: Amount = field(default=NOTHING, metadata=_on_form("E", is_taxable=True))
    basis_paid: Amount = field(default=NOTHING, metadata=_on_form(*CODES))
    unpaid: Amount = field(default=NOTHING, metadata=_on_form(SHORT))

    @property
    def left_earnings(self) -> Amount:
        """What of the left value is more than basis. [cents]"""
        return earnings(self.left_value, self.left_basis)

    @property
    def paid_out(self) -> Any:
        """Box 1 of all forms but that of the conversions. [cents]"""
        return sum(BOX_1_PAID(self))

    @property
    def paid_out_taxable(self) -> Any:
        """Box 2a of them. [cents]"""
        return sum(BOX_2ABOX_1_PAID(self))

    @property
    def paid_out_basis(self) -> Amount:
        """By what they lowered the basis; of a refund not by what comes out of the Roth. [cents]"""
        return self.basis_paid

    @property
    def withheld(self) -> Any:
        """Box 4 of them: told, and no cost. [cents]"""
        return sum(getattr(self, withheld(code)) for code in WITHHELD)

    @property
    def additional_tax(self) -> Any:
        """10% of what is taxable with code 1, half-up. Law: IRC 72(t). [cents]"""
        return (self.taxable_1 + 5) // 10  # type: ignore[operator]


def paid(code: str) -> str:
    """The column with Box 1 of a code."""
    return f"paid_{code.lower()}"


def taxable(code: str) -> str:
    """The column with its Box 2a."""
    return f"taxable_{code.lower()}"


def withheld(code: str) -> str:
    """The column with its Box 4; of refunds there is none."""
    return f"withheld_{code.lower()}"


BOX_1_PAID = attrgetter(*map(paid, CODES))
BOX_2ABOX_1_PAID = attrgetter(*map(taxable, CODES))

COLUMNS: dict[str, Column] = {field.name: field.metadata["column"] for field in fields(YearOutcome)}
"""The amounts of a year, in the order in which they are told."""

FLOWS = tuple(name for name, column in COLUMNS.items() if column.moves)
TOLD = tuple(name for name in FLOWS if COLUMNS[name].told)
LEFT = tuple(name for name, column in COLUMNS.items() if not column.moves)
TAXABLE = frozenset(name for name, column in COLUMNS.items() if column.taxable)

PAID = ("paid_out", "paid_out_taxable", "paid_out_basis", "withheld", "additional_tax")
PAID_TAXABLE = ("paid_out_taxable",)
"""What answers tell of a year's payments: properties of `YearOutcome`."""

ENDS = (*LEFT, "roth_end", "ira_end")
"""The amounts at the last session of the last year."""

EVENTS: dict[str, str | None] = {
    "deposit": None,
    "fee": "fees",
    "conversion": None,
    "forfeit": "forfeited",
    "payout": None,
    "withdrawal": None,
    "refund": None,
}
"""What a ledger posts, with the column that its amount is summed in; others fill the boxes of a form."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Amount]):
    """All years of a policy, and the balances at the last session of the last simulated year. [cents]

    Attributes:
        years: Every simulated year, and every year of the run-off.
        left_value: Market value of the after-tax subaccount.
        left_basis: Its basis.
        roth_end: Market value of the Roth.
        ira_end: Market value of what a split rollover sent to the traditional IRA.
        in_transit: Deposits on their way.
    """

    years: Mapping[int, YearOutcome[Amount]]
    left_value: Amount
    left_basis: Amount
    roth_end: Amount
    ira_end: Amount
    in_transit: int

    def total(self, column: str) -> Any:
        """The sum of a column of `YearOutcome` over all years, the run-off's included. [cents]"""
        return sum(map(attrgetter(column), self.years.values()))

    @property
    def together(self) -> YearOutcome[Any]:
        """All years as one: of moving columns the sum, and so of what each year left."""
        if len(self.years) == 1:
            return next(iter(self.years.values()))
        return YearOutcome(**{column: self.total(column) for column in COLUMNS})

    def and_so_far(self, moved: Mapping[int, Mapping[str, int]]) -> "Outcome[Any]":
        """With what was moved before the simulation, by year and column, on every path. [cents]"""
        if not moved:
            return self
        years: dict[int, YearOutcome[Any]] = dict(self.years)
        for year, flows in moved.items():
            sums = {name: getattr(years[year], name) + cents for name, cents in flows.items()}
            years[year] = replace(years[year], **sums)
        return replace(self, years=years)

    @property
    def taxable(self) -> Any:
        """Box 2a over all forms. [cents]"""
        return sum(year.box_2a + year.paid_out_taxable for year in self.years.values())

    @property
    def left_earnings(self) -> Amount:
        """What of the left value is more than basis. [cents]"""
        return earnings(self.left_value, self.left_basis)


def earnings(value: Amount, basis: Amount) -> Amount:
    """What of a market value is more than its basis, on each path. [cents; path]"""
    if is_unknown(value):
        return value
    if isinstance(value, int):
        return max(0, value - basis)  # type: ignore[return-value,operator]
    return (value - basis).clip(0)  # type: ignore[operator,no-any-return]
