"""An argument of a call in place of a field: what is wrong with it is told by the argument's name."""

from __future__ import annotations

from numbers import Integral

from simulator.notation.mistakes import Argument, Mistakes, Place
from simulator.notation.wording import shown
from simulator.refusal import Refused
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


def demand_whole(argument: str, value: object, least: int, most: int, of: str) -> None:
    """Raises `Refused` where an argument is no whole number between two.

    Args:
        argument: Its name.
        value: Its value.
        least: The least that it may be.
        most: The most.
        of: What is counted, like `sessions`.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and least <= value <= most):  # type: ignore[operator]
        given = f"{value:,}" if whole else shown(value)
        raise Refused(f"{given} is not from {least} to {most:,}; write {of}", argument)
