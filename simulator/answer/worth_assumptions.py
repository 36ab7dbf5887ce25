"""What wealth after tax rests on, a sentence each."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.worth import Worth
from simulator.conversion.payments import OLD_AT
from simulator.notation.numbers import percent
from simulator.scenario.best_dates import annual_growth
from simulator.scenario.scenario import Scenario


def worth_assumptions(scenario: Scenario, worth: Worth) -> Iterator[str]:
    """What the law or the model leaves open in what everything comes to.

    Args:
        scenario: The question.
        worth: What it comes to.
    """
    asked, last, taxes = scenario.wealth, worth.last_session, scenario.taxes
    assert asked is not None and taxes is not None, "wealth needs taxes"
    yield (
        f"Wealth: the tax of a year counts as paid on its last session, out of money that earns "
        f"{percent(asked.outside_return)} a year after tax; conversions after {last} bear none yet, as their "
        "money is still in the plan."
    )
    yield (
        "The Roth is taken to be free of tax in the end: five years after the first contribution, and from "
        "59 1/2 on (IRC 402A(d), 408A(d))."
    )
    if asked.end_rate is not None:
        bears = percent(asked.end_rate)
    elif taxes.flat:
        bears = percent(taxes.rate)
    else:
        bears = f"what it adds to the tax of {scenario.years.last}"
    early = scenario.years.last < scenario.birth_year + OLD_AT
    more = (
        "; the gain in the after-tax account 10% more, as it is before the year of the 60th birthday"
        if early
        else ""
    )
    yield f"What is untaxed on {last} bears {bears}{more}; a loss is no deduction."
    dividends = (
        f"dividends of {percent(asked.dividends)} a year are taxed at {percent(asked.dividend_rate)} each "
        "quarter"
        if asked.dividends
        else "it pays no dividends"
    )
    events = ", and no life event touches it" if scenario.events else ""
    yield (
        "The brokerage account buys the same fund on the sessions on which the contributions would have "
        f"landed; {dividends}, the gain at {percent(asked.gain_rate)} in the end; nothing is sold before. "
        f"What was in the plan before stays there unconverted{events}."
    )
    if asked.hold:
        growth = percent(annual_growth(scenario.returns))
        yield (
            f"From {last} on all is left to grow evenly by {growth} a year for {asked.hold} years, what is "
            f"outside by {percent(asked.outside_return)}; what the plan holds untaxed is taxed on {last}."
        )
