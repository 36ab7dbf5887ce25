"""Pay to come: over which paychecks `max` shares what is still missing."""

from collections.abc import Sequence
from fractions import Fraction

from simulator.money import NOTHING, half_up
from simulator.payroll.elections import InForce
from simulator.payroll.paycheck import Paycheck


def pay_to_come(
    paychecks: Sequence[Paycheck], in_force: Sequence[InForce], *columns: str
) -> list[Fraction]:
    """On each paycheck of a run the gross of it and of the run's later ones; 0 where `max` is not in force.

    A run is a stretch of a year's paychecks on which `max` is in force; a change of the elections ends it.
    Paychecks that nothing is elected on, and bonuses with an election of their own, are passed over.

    Args:
        paychecks: Those of a year, in order.
        in_force: The elections on each of them.
        columns: The elections that aim at one total together.
    """
    to_come = [NOTHING] * len(paychecks)
    distinct = {id(one): one for one in in_force}.values()
    if not any(isinstance(getattr(one, column), str) for one in distinct for column in columns):
        return to_come
    for run in _runs(paychecks, in_force, columns):
        total = Fraction(0)
        for place in reversed(run):
            total += paychecks[place].counted
            to_come[place] = total
    return to_come


def _runs(
    paychecks: Sequence[Paycheck], in_force: Sequence[InForce], columns: Sequence[str]
) -> list[list[int]]:
    """The places of the paychecks of each run."""
    runs: list[list[int]] = [[]]
    regular = False  # whether regular pay is part of the last run, so that a change can end it
    for place, (paycheck, elections) in enumerate(zip(paychecks, in_force, strict=True)):
        if not paycheck.elections:
            continue
        on_max = {column for column in columns if getattr(elections, column) == "max"}
        if on_max:
            runs[-1].append(place)
            regular = regular or bool(on_max - elections.apart)
        elif regular and not elections.apart.intersection(columns):
            runs.append([])
            regular = False
    return runs


def share_of(missing: int, gross: Fraction, to_come: Fraction) -> int:
    """What `max` asks of a paycheck for a total. [cents]

    Args:
        missing: What the total lacks. [cents]
        gross: Of the paycheck. [cents]
        to_come: The gross of it and of the later ones of its run; 0 where it is in none. [cents]
    """
    return half_up(max(0, missing) * gross / to_come) if to_come else 0
