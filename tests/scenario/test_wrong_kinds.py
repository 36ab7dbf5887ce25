"""What the library is given in place of what it takes: it is told with what makes the right thing."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.notation.mistakes import Mistakes
from simulator.refusal import Refused
from simulator.simulation import compare
from tests.documents import emily

ASKS_A_SCENARIO: dict[str, Callable[[Any], object]] = {
    "compare": simulator.compare,
    "page": simulator.page,
    "paychecks": simulator.paychecks,
    "ledger": lambda given: simulator.ledger(given, "monthly"),
    "sweep": lambda given: simulator.sweep(given, delay=[0]),
    "best": simulator.best,
    "elect": simulator.elect,
    "audit": lambda given: simulator.audit(given, "form.yaml"),
    "moved": lambda given: simulator.moved(given, "answer.json"),
}


@pytest.mark.parametrize("call", ASKS_A_SCENARIO)
@pytest.mark.parametrize("given", ["mine.yaml", Path("mine.yaml")], ids=["text", "path"])
def test_a_file_s_name_is_told_to_be_loaded(call: str, given: str | Path) -> None:
    with pytest.raises(Refused) as refused:
        ASKS_A_SCENARIO[call](given)
    told = str(refused.value)
    assert told.startswith(f"{call} takes a Scenario")
    assert told.endswith("not 'mine.yaml'; write simulator.load('mine.yaml') in its place")


def test_what_is_no_scenario_is_named_by_its_type() -> None:
    """An answer has the scenario that it is of; what can be drawn is made of a scenario."""
    comparison: Any = compare(emily("policies=[monthly]"))
    plot: Any = simulator.plot
    letter: Any = simulator.letter
    with pytest.raises(Refused, match=r"not a value of type Comparison, whose \.scenario is one"):
        simulator.ledger(comparison, "monthly")
    with pytest.raises(Refused, match=r"not a value of type Scenario; write simulator\.compare\("):
        plot(comparison.scenario)
    with pytest.raises(Refused, match=r"letter takes an Audit, .* simulator\.audit\("):
        letter(None)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"delay": 30}, "delay is '30'; write several, like delay=range(0, 61, 5)"),
        (
            {"vary": "elections.after_tax", "values": "5%"},
            "values is '5%'; write several, like values=[0.05, 0.10]",
        ),
    ],
)
def test_one_value_of_a_sweep_is_no_sweep(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused) as refused:
        simulator.sweep(emily(), "monthly", **asked)
    assert str(refused.value) == told


MADE = {
    "name": "A",
    "years": 2025,
    "birth_year": 1990,
    "pay": {"salary": 100_000, "frequency": "biweekly", "first_pay_date": "2025-01-03"},
    "elections": {"after_tax": 0.10},
    "policies": ["monthly", "year-end"],
}


def test_a_scenario_made_in_python_is_that_of_the_same_file() -> None:
    text = "name: A\nyears: 2025\nbirth_year: 1990\nelections: {after_tax: 10%}\n"
    text += "pay: {salary: 100_000, frequency: biweekly, first_pay_date: 2025-01-03}\n"
    text += "policies: [monthly, year-end]\n"
    from simulator.scenario.loading import loads

    assert simulator.Scenario(**MADE) == loads(text.encode(), "a.yaml")


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (
            {"pay": {"salary": -3}, "nmae": "B"},
            [
                "Scenario(...): pay.salary: '-3' is negative; write an amount of 0 or more",
                "Scenario(...): pay.frequency: is missing; write for example frequency: biweekly",
                "Scenario(...): nmae: unknown key 'nmae'; did you mean 'name'?",
            ],
        ),
        (
            {"policies": ["monthly", "monthly"]},
            ["Scenario(...): policies.1: a policy is already called 'monthly'; give this one"],
        ),
    ],
    ids=["fields", "fields against each other"],
)
def test_what_is_wrong_with_a_scenario_made_in_python_is_told_as_of_a_file(
    fields: dict[str, Any], lines: list[str]
) -> None:
    with pytest.raises(Mistakes) as caught:
        simulator.Scenario(**{**MADE, **fields})
    told = list(map(str, caught.value.mistakes))
    assert len(told) == len(lines)
    assert all(one.startswith(line) for one, line in zip(told, lines, strict=True))


def test_a_file_is_not_made_but_loaded() -> None:
    with pytest.raises(Refused, match=r"takes fields; write simulator\.load\('a\.yaml'\)"):
        simulator.Scenario("a.yaml")


def test_assignments_in_python_are_told_without_an_option_of_the_command_line() -> None:
    with pytest.raises(Mistakes) as caught:
        emily().varied("pay.salary")
    assert str(caught.value) == "pay.salary: write it like pay.salary=180_000"


def test_one_assignment_may_stand_without_a_list(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(emily().origin.content)
    assert simulator.load(file, "pay.salary=180_000")["pay.salary"] == 180_000
