"""An argument of a call in place of a field: what is wrong with it is told by the argument's name."""

from __future__ import annotations

from simulator.notation.mistakes import Argument, Mistakes, Place
from simulator.scenario.scenario import Scenario, with_values


def with_argument(scenario: Scenario, argument: str, field: str, value: object) -> Scenario:
    """A scenario with the value of an argument in place of a field's, checked again.

    Args:
        scenario: The scenario.
        argument: The argument's name, like `begins`.
        field: The field, like `elect.from`.
        value: A value of Python, or a text as a file has it.

    Raises:
        Mistakes: The value cannot be read, or contradicts the rest.
    """
    place = Place(Argument(argument))
    try:
        return with_values(scenario, values=[(field, value, place)])
    except Mistakes as wrong:
        named = (one._replace(path=()) if one.place == place else one for one in wrong.mistakes)
        raise Mistakes(named, wrong.more) from None
