"""Contradictions of the fund that after-tax money is parked in with the one that it is converted to."""

from __future__ import annotations

from simulator.returns.every_model import OF_OUTSIDE
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal
from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule

ONCE = {
    "after_tax": "money is parked in one fund",
    "paths": "parked money has the paths of returns",
    "seed": "parked money has the seed of returns",
    "sampling": "is random for parked money",
}
"""Why the model of parked money does not say it."""


@rule("returns")
def parked_once(scenario: Question) -> Broken:
    """Money is parked in one fund, whose paths and seed are those of `returns`."""
    parked = scenario.returns.after_tax
    if parked is None:
        return
    given = parked.model_fields_set
    for name in OF_OUTSIDE:
        if name in given:
            yield ("returns", "after_tax", name), f"{ONCE[name]}; leave it out"


@rule("returns")
def correlated(scenario: Question) -> Broken:
    """Two lognormal funds have a correlation, written with the parked one."""
    returns = scenario.returns
    parked = returns.after_tax
    if isinstance(returns, Lognormal):
        if "correlation" in returns.model_fields_set:
            hint = "write returns.after_tax.correlation" if parked else "leave it out"
            yield ("returns", "correlation"), f"goes with the fund of returns.after_tax; {hint}"
    elif isinstance(parked, Lognormal) and "correlation" in parked.model_fields_set:
        wrong = f"goes with two lognormal funds; returns.model is {returns.model}"
        yield ("returns", "after_tax", "correlation"), f"{wrong}; leave it out"


@rule("returns")
def starts_alike(scenario: Question) -> Broken:
    """Start years of a history go with those of the other fund's."""
    returns = scenario.returns
    parked = returns.after_tax
    if not isinstance(parked, History):
        return
    beside = returns.start if isinstance(returns, History) else "actual"
    if parked.start != beside:
        wrong = f"{parked.start} goes not with the dates of returns; write start: {beside}"
        yield ("returns", "after_tax", "start"), wrong
