"""What a file left open and the program assumed, where it moves the answer."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from simulator.notation.fields import Specification
from simulator.notation.numbers import percent
from simulator.scenario.scenario import Scenario


class Assumed(NamedTuple):
    """A default that was taken.

    Attributes:
        path: The field that would say otherwise.
        value: What was taken for it, as a file has it.
        why: Why that, and what it does to the answer.
    """

    path: str
    value: str | int
    why: str

    @property
    def words(self) -> str:
        """It in a sentence."""
        return f"Assumed {self.path}: {self.value}; {self.why}."


def assumed(scenario: Scenario) -> Iterator[Assumed]:
    """The defaults that a scenario's file left open and that move its answer, in the file's order."""
    pay, plan, returns = scenario.pay, scenario.plan, scenario.returns
    if pay and _open(pay, "rounding"):
        yield Assumed("pay.rounding", pay.rounding, "pay stubs round each amount by itself")
    capped = pay and pay.bonuses and isinstance(plan.after_tax.cap, Fraction)
    if capped and _open(plan.after_tax, "cap_on"):
        why = "bonuses raise the cap; a plan that caps by regular pay lets less in: ask"
        yield Assumed("plan.after_tax.cap_on", plan.after_tax.cap_on, why)
    if _open(plan, "deposit_lag"):
        why = "money lands on its pay date; plans take up to a week, and it does not grow meanwhile"
        yield Assumed("plan.deposit_lag", plan.deposit_lag, why)
    falls = returns.name != "constant" or returns.annual_return < 0
    if falls and _open(plan, "basis_after_loss"):
        why = "basis stays for later conversions; a plan that cuts it taxes more after a loss: ask"
        yield Assumed("plan.basis_after_loss", plan.basis_after_loss, why)
    if _open(scenario, "returns") or _open(returns, "model"):
        why = "the fund grows evenly; with lognormal, which moves, waiting is taxed more on average"
        yield Assumed("returns.model", returns.name, why)
    if "annual_return" not in returns.unread and _open(returns, "annual_return"):
        why = "shares have grown by about as much over long times; half of it halves the cost of waiting"
        yield Assumed("returns.annual_return", percent(returns.annual_return), why)
    if "volatility" not in returns.unread and _open(returns, "volatility"):
        why = "about that of large American shares; more of it makes waiting cost more"
        yield Assumed("returns.volatility", percent(returns.volatility), why)
    if scenario.taxes is None:
        why = "taxable earnings are weighed; with a rate or a filing status the tax on them is"
        yield Assumed("taxes", "none", why)


def _open(part: Specification, field: str) -> bool:
    """Whether a file says nothing of a field."""
    return field not in part.model_fields_set


def assumed_records(scenario: Scenario) -> list[dict[str, Any]]:
    """They as records."""
    return [one._asdict() for one in assumed(scenario)]
