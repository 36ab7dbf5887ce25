"""Parked money: what is held less tax, what parking saves and misses, and the verdict in sentences then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from simulator.answer.beside import Beside
from simulator.answer.phrases import money, quoted
from simulator.answer.policy_result import Amounts, PolicyResult
from simulator.answer.statistics import mean, standard_error
from simulator.conversion.amounts import UNKNOWN, is_unknown
from simulator.notation.numbers import percent
from simulator.returns.model import ReturnsModel

PARKED = ("held_less_tax", "tax_saved", "growth_missed", "parking_gains")
"""What is told of each policy where money is parked."""


class Parked(NamedTuple):
    """One policy with its money parked until it is converted, beside the same policy without.

    Attributes:
        policy: What it is called.
        held: Roth, IRA, left value and what was paid out, less the tax on all forms. [cents; path]
        tax_saved: Tax that it pays less; 0 where the scenario has no taxes. [cents; path]
        growth_missed: What it holds less before tax. [cents; path]
    """

    policy: str
    held: Amounts
    tax_saved: Amounts
    growth_missed: Amounts

    @property
    def known(self) -> bool:
        """Whether prices say what is held."""
        return not is_unknown(self.growth_missed)

    @property
    def gains(self) -> Amounts:
        """By how much parking leaves more after tax. [cents; path]"""
        return self.tax_saved - self.growth_missed

    @property
    def pays_share(self) -> float:
        """The share of the paths on which it does."""
        return float(mean(self.gains > 0))

    def record(self, statistics: Callable[[Amounts], Any], taxed: bool) -> dict[str, Any]:
        """It for JSON; nothing where no price says what is held. [dollars]"""
        if not self.known:
            return {}
        told = {name: statistics(cents) for name, cents in self.amounts(taxed).items()}
        return (
            told if isinstance(self.gains, int) else told | {"parking_pays_share": self.pays_share}
        )

    def amounts(self, taxed: bool) -> dict[str, Amounts]:
        """The amounts by their name in the records; without taxes none is saved. [cents; path]"""
        every = (self.held, self.tax_saved, self.growth_missed, self.gains)
        named = zip(PARKED, every, strict=True)
        return {name: cents for name, cents in named if taxed or name != "tax_saved"}


def held(result: PolicyResult) -> Amounts:
    """Roth, IRA, what is left or on its way at the last session, and what was paid out by then. [cents; path]

    Unknown where no price says what some of it is worth.
    """
    outcome, last = result.outcome, result.timeline.years.last
    ends: tuple[Any, ...] = (outcome.roth_end, outcome.ira_end, outcome.left_value)
    if any(map(is_unknown, ends)):
        return UNKNOWN
    paid = (of_year.paid_out for year, of_year in outcome.years.items() if year <= last)
    return sum(ends) + outcome.in_transit + sum(paid)


def growth_record(returns: ReturnsModel) -> dict[str, float]:
    """What JSON says of funds that grow evenly: by how much the one outside does, and the parked one."""
    names = ("annual_return", "parked_return")
    return {
        name: float(fund.annual_return)
        for name, fund in zip(names, returns.funds, strict=False)
        if fund.name == "constant"
    }


def condition(returns: ReturnsModel) -> str:
    """What an answer on one path rests on."""
    inside = returns.inside
    if returns.name != "constant" or inside.name != "constant":
        return ""
    fund, parked = percent(returns.annual_return), percent(inside.annual_return)
    return f", if the fund grows evenly by {fund} a year and parked money by {parked}"


def leaves_more(beside: Beside) -> str:
    """What to do where money is parked: by how much more it leaves after tax, and of what."""
    adds = beside.adds
    parts = [_more_or_less(beside, -adds["growth"], "growth")]
    parts += [_more_or_less(beside, -adds[name], words) for name, words in FORMS if name in adds]
    after = "after tax" if "tax" in adds else "before tax, which is not weighed without taxes,"
    on = beside.best.timeline.last_session
    told = _joined([part for part in parts if part])
    return (
        f"{beside.to_do} leaves {beside.amount(beside.costs_more)} more {after} on {on}"
        f"{f' ({told})' if told else ''}{condition(beside.returns)}."
    )


FORMS = (("tax", "tax"), ("fees", "fees"))
"""What is told beside growth, and in words."""


def _more_or_less(beside: Beside, cents: Amounts, what: str) -> str:
    average = mean(cents)
    if not average:
        return ""
    return f"{beside.amount(cents if average > 0 else -cents)} {'more' if average > 0 else 'less'} of {what}"


def _error(cents: Amounts, returns: ReturnsModel) -> float:
    return standard_error(cents, returns.randomisations)


def _joined(parts: Sequence[str]) -> str:
    *some, last = parts or [""]
    return f"{', '.join(some)} and {last}" if some else last


def parking_words(some: Iterable[Parked], returns: ReturnsModel, taxed: bool) -> Iterator[str]:
    """What parking saves and misses under the policy that it means most to; what it rests on.

    Args:
        some: The policies.
        returns: What the two funds do.
        taxed: Whether the scenario has taxes.
    """
    known = [one for one in some if one.known]
    most = max(known, key=lambda one: abs(mean(one.growth_missed)), default=None)
    if most is None or not mean(most.growth_missed):
        return
    missed = mean(most.growth_missed)
    moved = f"{'misses' if missed > 0 else 'adds'} {_money(most.growth_missed, returns)} of growth"
    saved = ""
    if taxed and (tax := mean(most.tax_saved)):
        saves = "saves" if tax > 0 else "costs"
        saved = f"{saves} {_money(most.tax_saved, returns)} of tax and "
    share = (
        "" if isinstance(most.gains, int) else f"; it pays on {most.pays_share:.1%} of the paths"
    )
    yield f"Parking until the conversion under {quoted(most.policy)} {saved}{moved}{share}."


def _money(cents: Amounts, returns: ReturnsModel) -> str:
    return money(abs(mean(cents)), _error(cents, returns))


def funds_words(returns: ReturnsModel) -> Iterator[str]:
    """Which fund is where, where money is parked."""
    if returns.after_tax is None:
        return
    funds = [_fund(fund) for fund in returns.funds]
    yield (
        f"After-tax money is parked until it is converted, in a fund that {funds[1]}; the fund after the "
        f"conversion {funds[0]}."
    )


def _fund(fund: ReturnsModel) -> str:
    if fund.name == "constant":
        return f"grows evenly by {percent(fund.annual_return)} a year"
    return f"follows the model {fund.name}"
