"""What the wealth of a scenario must not say against itself, or against the rest."""

from __future__ import annotations

from simulator.scenario.question import Question
from simulator.scenario.rule import Broken, rule
from simulator.wealth.wealth import Wealth


@rule("wealth", "taxes")
def wealth_after_tax(scenario: Question) -> Broken:
    """Wealth is after tax, so there are taxes."""
    if scenario.wealth and not scenario.taxes:
        yield ("wealth",), "needs taxes; write for example taxes: {federal: 24%, state: 5%}"


@rule("wealth.dividends", "wealth.dividend_rate")
def dividends_taxed(scenario: Question) -> Broken:
    """A rate on dividends is given where there are dividends."""
    wealth = scenario.wealth
    default = Wealth.model_fields["dividend_rate"].default
    if wealth and not wealth.dividends and wealth.dividend_rate != default:
        yield (("wealth", "dividend_rate"), "does nothing with dividends: 0%; leave it out")
