"""What `help` says at the front door: every argument, and the unit of every amount."""

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import simulator
from simulator.answer.comparison import Comparison
from simulator.scenario.scenario import Scenario
from simulator.sweeps import sweep_grid

NAMES = [name for name in simulator.__all__ if name[0].islower() and name != "report"]
CALLS = [getattr(simulator, name) for name in NAMES]
DOORS = [*CALLS, Scenario.varied, Comparison.difference, sweep_grid]
AMOUNTS = {"until": "dollars", "fee": "dollars", "values": "dollars", "fields": "dollars"}
"""Arguments that hold an amount."""


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__qualname__)
def test_help_tells_every_argument(door: object) -> None:
    assert callable(door)
    words = inspect.getdoc(door) or ""
    names = [name for name in inspect.signature(door).parameters if name != "self"]
    told = re.findall(r"^    (\w+): ", words, re.M)
    assert set(names) <= set(told)


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__qualname__)
def test_help_tells_the_unit_of_an_amount(door: object) -> None:
    assert callable(door)
    words = inspect.getdoc(door) or ""
    for name in set(inspect.signature(door).parameters) & set(AMOUNTS):
        argument = re.search(rf"^    {name}: (.*?)(?=^    \w+: |\Z|^\w)", words, re.M | re.S)
        assert argument is not None, name
        assert re.search(rf"\[[^\]]*{AMOUNTS[name]}", argument[1]), name


def test_every_name_of_the_front_door_is_there() -> None:
    assert [name for name in simulator.__all__ if not hasattr(simulator, name)] == []
    with pytest.raises(AttributeError, match="no attribute 'comparee'"):
        simulator.comparee  # noqa: B018


def test_the_report_is_a_call_and_a_room() -> None:
    scenario = simulator.load(Path(__file__).parents[2] / "scenarios" / "emily.yaml")
    page = simulator.page(scenario, pictures=False)
    assert simulator.report(scenario, pictures=False) == page
    assert import_module("simulator.report.sentences")
    assert simulator.report(simulator.compare(scenario), pictures=False) == page
