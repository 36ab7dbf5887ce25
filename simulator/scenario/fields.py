"""Every field of a scenario file."""

from typing import Annotated, Any

from pydantic import Discriminator, Tag

from simulator.conversion.terms import ConversionTerms
from simulator.notation.letters import visible
from simulator.notation.wording import shown, suggestion
from simulator.payroll.plan import ContributionRules
from simulator.refusal import Refused
from simulator.returns.bootstrap import Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal

MOST_POLICIES = 400
"""Policies that are compared: a delay for each day of a year, and some more."""


class Plan(ConversionTerms, ContributionRules):
    """The plan: what may go in and what the employer adds; how money waits, leaves, and what that costs."""


def _model(value: Any) -> Any:
    return (
        value.get("model", "constant")
        if isinstance(value, dict)
        else getattr(value, "model", "constant")
    )


Returns = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Lognormal, Tag("lognormal")]
    | Annotated[Bootstrap, Tag("bootstrap")]
    | Annotated[Garch, Tag("garch")]
    | Annotated[History, Tag("history")],
    Discriminator(_model),
]


class UnknownPolicy(Refused):
    """A policy was asked for that the scenario does not have."""

    argument = "policy"

    def __init__(self, name: str, known: list[str]):
        hint = suggestion(name, tuple(shown(one).strip("'") for one in known))
        super().__init__(visible(f"{shown(name)} is not a policy of this scenario{hint}"))
