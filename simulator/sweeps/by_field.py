"""A sweep over a field: what one policy comes to for each value of it, or of two fields together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from simulator.answer.comparison import Comparison
from simulator.answer.grid import Cell, Grid
from simulator.answer.statistics import percentile_errors
from simulator.answer.sweep import BOX_2A, Point, Sweep
from simulator.conversion.policy import Policy
from simulator.money import OutOfRange
from simulator.notation.letters import visible
from simulator.scenario.scenario import Scenario
from simulator.simulation import answered
from simulator.sweeps.measures import MEASURES, demand_measure, narrowed, over_first
from simulator.sweeps.varied import SweepError, because_of, number_of, told, varied_to

Setting = tuple[str, object]
"""A field, and a value: a text as a file has it, or a value of Python."""


def sweep_field(
    scenario: Scenario,
    field: str,
    values: Iterable[object],
    policy: str | None = None,
    progress: Callable[[int], None] | None = None,
    engine: str = "auto",
    of: str = BOX_2A,
) -> Sweep:
    """What one policy comes to against any field of the scenario.

    Args:
        scenario: The question.
        field: The path of the field.
        values: Its values: texts as a file has them, or values of Python. [dollars; shares as fractions]
        policy: The policy's name, in the scenario as it is; the first one's if None.
        progress: Is told how many points are done.
        engine: See `compare`.
        of: What is told of it: a name of `MEASURES`.

    Raises:
        Mistakes: A value contradicts the rest, or a file that the scenario names cannot be used.
        UnknownPolicy: The scenario has no such policy.
        NoEngine: The engine is not installed.
        SweepError: There is nothing to vary, or a value leaves no such policy.
    """
    chosen = scenario.compared(policy)
    points: list[Point] = []
    warnings: dict[str, None] = {}
    first, paths = None, 0
    for done, value in enumerate(values, 1):
        comparison = _varied(scenario, chosen, [(field, value)], engine, of)
        warnings |= dict.fromkeys(comparison.warnings)
        result = comparison.results[0]
        amount = MEASURES[of](comparison, result)
        first = amount if first is None else first
        points.append(
            Point(
                number_of(told(value)),
                comparison.statistics(amount, taxable=True),
                over_first(amount, first, comparison.scenario),
                result.leaves_money,
                percentile_errors(amount, comparison.scenario.returns.randomisations),
                result.exactness,
            )
        )
        paths = max(paths, comparison.paths)
        if progress:
            progress(done)
    if not points:
        raise SweepError("there are no values to sweep over")
    return Sweep(field, chosen.name, tuple(points), (), None, paths, scenario, tuple(warnings), of)


def sweep_grid(
    scenario: Scenario,
    fields: Sequence[tuple[str, Sequence[object]]],
    policy: str | None = None,
    progress: Callable[[int], None] | None = None,
    engine: str = "auto",
    of: str = BOX_2A,
) -> Grid:
    """What one policy comes to for each value of one field with each of another.

    Args:
        scenario: The question.
        fields: Two fields, each with its values. [dollars; shares as fractions]
        policy: The policy's name, in the scenario as it is; the first one's if None.
        progress: Is told how many pairs are done.
        engine: See `compare`.
        of: What is told of it: a name of `MEASURES`.

    Raises:
        Mistakes: A value contradicts the rest, or a file that the scenario names cannot be used.
        UnknownPolicy: The scenario has no such policy.
        NoEngine: The engine is not installed.
        SweepError: There are no two fields, or no values, or a value leaves no such policy.
    """
    if len(fields) != 2 or fields[0][0] == fields[1][0]:
        raise SweepError("a grid varies two different fields; mbdr batch --grid takes more")
    chosen = scenario.compared(policy)
    (down, rows), (across, columns) = ((name, list(values)) for name, values in fields)
    cells: list[Cell] = []
    warnings: dict[str, None] = {}
    paths = 0
    for value, other in product(rows, columns):
        comparison = _varied(scenario, chosen, [(down, value), (across, other)], engine, of)
        warnings |= dict.fromkeys(comparison.warnings)
        result = comparison.results[0]
        amount = comparison.statistics(MEASURES[of](comparison, result), taxable=True)
        values = number_of(told(value)), number_of(told(other))
        cells.append(Cell(values, amount, result.leaves_money, result.exactness))
        paths = max(paths, comparison.paths)
        if progress:
            progress(len(cells))
    if not cells:
        raise SweepError("there are no values to sweep over")
    return Grid((down, across), chosen.name, tuple(cells), of, paths, scenario, tuple(warnings))


def _varied(
    scenario: Scenario, chosen: Policy, settings: Sequence[Setting], engine: str, of: str
) -> Comparison:
    """The answer for one policy of a scenario with other values."""
    place = scenario.policies.index(chosen)
    varied, said = scenario, ", ".join(f"{field}={told(value)}" for field, value in settings)
    for field, value in settings:
        varied = varied_to(varied, field, value)
    if place >= len(varied.policies):
        raise SweepError(f"with {said} there is no policy in the place of {chosen.name}")
    alone = narrowed(varied, of, (varied.policies[place],))
    demand_measure(varied, of)
    try:
        with because_of(settings[-1][0], told(settings[-1][1])):
            return answered(alone, engine=engine)
    except OutOfRange as error:
        raise OutOfRange(visible(f"{said}: {error}")) from None
