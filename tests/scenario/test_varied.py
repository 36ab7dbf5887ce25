"""A scenario in Python: other values by keywords, fields in dollars, and the words of a file's mistakes."""

from datetime import date
from inspect import signature
from typing import Any

import pytest

import simulator
from simulator.conversion.life_events import Withdrawal
from simulator.notation.mistakes import Mistakes
from simulator.notation.python_values import UnknownField
from simulator.notation.specification import Fixed, Unchecked, replaced
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario
from tests.scenario.files import EXAMPLE, SHORTEST


def shortest(*settings: str) -> Scenario:
    return loads(SHORTEST.encode(), "emily.yaml", settings=settings)


@pytest.mark.parametrize(
    ("fields", "assignments"),
    [
        ({"pay__salary": 180_000}, ["pay.salary=180_000"]),
        ({"pay__salary": 1_500.5}, ["pay.salary=1_500.50"]),
        ({"pay__salary": "$650"}, ["pay.salary=$650"]),
        ({"pay.salary": 650}, ["pay.salary=650"]),
        ({"elections__after_tax": 0.12}, ["elections.after_tax=12%"]),
        ({"elections__after_tax": "12%"}, ["elections.after_tax=12%"]),
        ({"elections__after_tax": 500}, ["elections.after_tax=500"]),
        ({"elections": {"after_tax": 0.1, "pre_tax": 0.05}},
         ["elections={after_tax: 10%, pre_tax: 5%}"]),
        ({"elections__changes": [{"from": date(2025, 6, 27), "after_tax": 0.02}]},
         ["elections.changes=[{from: 2025-06-27, after_tax: 2%}]"]),
        ({"plan__conversion__fee": 0.5}, ["plan.conversion.fee=0.50"]),
        ({"plan__nonelective": 0.03}, ["plan.nonelective=3%"]),
        ({"returns": {"model": "lognormal", "volatility": 0.16}},
         ["returns={model: lognormal, volatility: 16%}"]),
        ({"policies": ["monthly", {"cadence": "weekly", "delay": 3}]},
         ["policies=[monthly, {cadence: weekly, delay: 3}]"]),
        ({"policies__0__delay": 3, "policies__0__cadence": "weekly"},
         ["policies.0.delay=3", "policies.0.cadence=weekly"]),
        ({"pay__first_pay_date": date(2025, 2, 28)}, ["pay.first_pay_date=2025-02-28"]),
        ({"until": None}, ["until=none"]),
        ({"taxes": {"federal": 0.24}}, ["taxes={federal: 24%}"]),
    ],
    ids=lambda one: str(one)[:40] if isinstance(one, dict) else "",
)  # fmt: skip
def test_keywords_say_what_assignments_say(fields: dict[str, Any], assignments: list[str]) -> None:
    """And what was set is told as assignments that make the same scenario of the file."""
    begun = shortest("policies=[{cadence: never}]", "until=2025-11-20")
    varied = begun.varied(**fields)
    assert varied == begun.varied(*assignments)
    assert varied == shortest(*varied.settings)
    assert varied != begun


@pytest.mark.parametrize(
    ("fields", "assignment"),
    [
        ({"pay__slary": 1}, "pay.slary=1"),
        ({"pay__salary": -5}, "pay.salary=-5"),
        ({"elections__after_tax": 12}, "elections.after_tax=12"),
        ({"elections__after_tax": 1.5}, "elections.after_tax=1.5"),
        ({"returns__volatility": 16}, "returns.volatility=16"),
        ({"policies": ["montly"]}, "policies=[montly]"),
        ({"policies__9": "weekly"}, "policies.9=weekly"),
        ({"pay__first_pay_date": "2025-02-30"}, "pay.first_pay_date=2025-02-30"),
        ({"pay__frequency": "biweekly"}, "pay.frequency=biweekly"),
        ({"name__x": 3}, "name.x=3"),
    ],
    ids=lambda one: str(one) if isinstance(one, str) else "",
)
def test_a_mistake_has_the_words_of_a_file(fields: dict[str, Any], assignment: str) -> None:
    (keyword,) = fields
    with pytest.raises(Mistakes) as by_keyword:
        shortest().varied(**fields)
    with pytest.raises(Mistakes) as by_assignment:
        shortest().varied(assignment)
    told = str(by_assignment.value).replace(assignment.partition("=")[0], keyword, 1)
    assert str(by_keyword.value) == told


def test_every_wrong_keyword_is_told_at_once() -> None:
    with pytest.raises(Mistakes) as caught:
        shortest().varied(
            pay__slary=1, plan__nonelective=3, notes=object(), pay__salary=float("nan")
        )
    assert len(caught.value.mistakes) == 4


@pytest.mark.parametrize("keyword", ["pay__", "__pay", "a" * 300])
def test_what_cannot_be_a_field_is_told(keyword: str) -> None:
    with pytest.raises(Mistakes, match="write it like pay__salary=180_000"):
        shortest().varied(**{keyword: 1})


def test_a_replaced_keyword_is_not_told() -> None:
    varied = shortest().varied(plan__conversion__fee=0.5, plan__conversion={"max_per_year": 4})
    assert varied["plan.conversion.fee"] == 0
    assert varied.settings == ('plan.conversion={"max_per_year": "4"}',)


def test_a_scenario_of_python_is_varied_too() -> None:
    made = Scenario(**shortest().model_dump(by_alias=True))
    assert made == shortest()
    assert made.varied(pay__salary=650)["pay.salary"] == 650


@pytest.mark.parametrize("change", ["of all", "of a part"])
def test_changing_past_the_checks_is_refused_with_what_to_write(change: str) -> None:
    scenario = shortest()
    with pytest.raises(Unchecked, match=r"scenario\.varied\(pay__salary=180_000\)"):
        if change == "of all":
            scenario.model_copy(update={"name": "B"})
        else:
            scenario.policies[0].copy(update={"delay": 3})
    assert scenario.model_copy() == scenario
    assert replaced(scenario, name="B").name == "B"


def test_a_field_that_is_set_is_refused_with_what_to_write() -> None:
    scenario: Any = shortest()
    for part, name in ((scenario, "years"), (scenario.policies[0], "delay")):
        with pytest.raises(Fixed, match=rf"{name} = .*scenario\.varied\(pay__salary=180_000\)"):
            setattr(part, name, 3)
        with pytest.raises(Fixed, match=rf"{name} = .*scenario\.varied\(pay__salary=180_000\)"):
            delattr(part, name)


def test_fields_are_read_in_dollars_and_fractions() -> None:
    scenario = loads(EXAMPLE.encode(), "example.yaml")
    assert scenario["pay.salary"] == 200_000
    assert scenario["plan.conversion.fee"] == scenario.plan.conversion.fee / 100
    assert scenario["elections.after_tax"] == float(scenario.elections.after_tax)
    assert scenario["pay.first_pay_date"] == date(2025, 1, 3)
    assert scenario["policies.0.cadence"] == scenario.policies[0].cadence
    assert scenario["returns"]["model"] == scenario.returns.model


def test_what_is_read_may_be_written() -> None:
    """Of a field whose notation is a share or dollars too: a share is a fraction, dollars are dollars."""
    scenario = loads(EXAMPLE.encode(), "example.yaml")
    told = scenario.to_dict()
    for name in ("pay", "elections", "plan", "returns", "policies", "taxes"):
        assert scenario.varied(**{name: told[name]})[name] == told[name], name


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("pay.slary", "pay.slary: unknown key 'slary'; did you mean 'salary'?"),
        ("policies.9", "policies.9: unknown key '9'"),
        ("pay.salary.x", "pay.salary.x: pay.salary is '200000.0'; nothing stands below it"),
    ],
)
def test_a_field_that_is_not_there_is_told(field: str, words: str) -> None:
    with pytest.raises(UnknownField) as caught:
        shortest()[field]
    assert str(caught.value).startswith(words)


def test_a_withdrawal_of_everything_is_written_back() -> None:
    """It is part of the key of a batch's answer."""
    event = Withdrawal(date="2025-06-02", amount="all")
    assert event.model_dump(mode="json")["amount"] == "all"


def test_a_scenario_prints_one_line_and_its_parts_as_a_file_has_them() -> None:
    scenario = shortest("name='\\x1b[31m'")
    assert repr(scenario) == str(scenario)
    assert "\x1b" not in repr(scenario)
    assert "emily.yaml" in repr(scenario)
    assert repr(scenario.pay) == "Pay(salary='$200000.00', frequency='monthly')"


def test_only_what_a_user_needs_is_completed() -> None:
    """The fields, and what can be asked; no name of the library that reads them."""
    scenario = shortest()
    names = {name for name in dir(scenario) if not name.startswith("_")}
    assert set(type(scenario).model_fields) | {"varied", "to_dict", "policy"} <= names
    assert not [name for name in names if name.startswith(("model_", "parse_", "schema"))]
    assert "salary" in dir(scenario.pay)
    assert "model_copy" not in dir(scenario.pay)
    assert not [name for name in dir(scenario) if "pydantic" in name]
    assert set(dir(simulator)) == set(simulator.__all__)


def test_help_shows_the_units_of_fields() -> None:
    assert "birth_year: typing.Annotated[int, <whole number, 1900 to 2100>]" in str(
        signature(simulator.Scenario)
    )
    assert "[dollars], shares" in (simulator.Scenario.varied.__doc__ or "")
    assert "[dollars a conversion]" in (simulator.best.__doc__ or "")


def test_scenarios_that_ask_the_same_are_one_key() -> None:
    overrides = [{2025: {"annual_additions": 70_000}, 2026: {"compensation": 350_000}}]
    overrides += [dict(reversed(overrides[0].items()))]
    one, same = (
        loads(SHORTEST.encode(), "x.yaml").varied(limits__overrides=each) for each in overrides
    )
    assert one == same and one.settings != same.settings
    assert {one: "answered"}[same] == "answered"
    assert len({one, same, one.varied(name="another")}) == 2
