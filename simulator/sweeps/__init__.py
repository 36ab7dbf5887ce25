"""Sweeps: what one policy comes to while something varies."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.answer.sweep import BOX_2A, Sweep
from simulator.notation.taken import demand_kind
from simulator.notation.wording import shown
from simulator.paths.engine import demand_engine
from simulator.scenario.scenario import Scenario
from simulator.sweeps.by_delay import sweep_delay
from simulator.sweeps.by_delay_and_return import sweep_delay_and_return
from simulator.sweeps.by_field import sweep_field, sweep_grid
from simulator.sweeps.varied import SweepError, varied_to

__all__ = ["SweepError", "sweep", "sweep_delay", "sweep_delay_and_return", "sweep_field"]
__all__ += ["sweep_grid", "varied_to"]


def sweep(
    scenario: Scenario,
    policy: str | None = None,
    *,
    delay: Iterable[int] | None = None,
    vary: str | None = None,
    values: Iterable[object] = (),
    engine: str = "auto",
    of: str = BOX_2A,
) -> Sweep:
    """What one policy comes to against its delay, or against any field of the scenario.

    Args:
        scenario: The question.
        policy: The policy's name; by default the first one's.
        delay: How long each deposit waits. [calendar days]
        vary: The path of a field, like `returns.volatility`.
        values: Its values: texts as a file has them, or values of Python. [dollars; shares as fractions]
        engine: See `compare`.
        of: What is told of it: `box_2a`, its taxable earnings, `tax`, or `wealth`.

    Raises:
        Mistakes: A value contradicts the rest, or a file that the scenario names cannot be used.
        NoEngine: The engine is not installed.
        UnknownPolicy: The scenario has no such policy.
        SweepError: Neither or both of `delay` and `vary` are given, or there are no values.
        NoMeasure: There is no such `of`, or the scenario does not say what it needs.
    """
    demand_kind("sweep", scenario, Scenario)
    demand_engine(engine)
    if (delay is None) == (vary is None):
        raise SweepError("what shall vary? give delay=range(0, 366, 5), or vary= with values=")
    if delay is not None:
        _demand_several("delay", delay)
        chosen = scenario.compared(policy)
        return sweep_delay(scenario, chosen, list(delay), engine=engine, of=of)
    _demand_several("values", values)
    return sweep_field(scenario, str(vary), values, policy, engine=engine, of=of)


def _demand_several(name: str, given: object) -> None:
    """Raises `SweepError` where one value, or a text, stands in place of several."""
    if isinstance(given, str | bytes) or not isinstance(given, Iterable):
        like = "range(0, 61, 5)" if name == "delay" else "[0.05, 0.10]"
        raise SweepError(f"{name} is {shown(given)}; write several, like {name}={like}")
