"""Assignments, `--set path.to.field=value`: what they set, and what they are answered with."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from simulator.days.years import Years
from simulator.scenario.loading import loads
from tests.scenario.files import SHORTEST, mistakes


@pytest.mark.parametrize(
    ("assignment", "read"),
    [
        ("pay.salary=180_000", lambda one: one.pay.salary == 180_000_00),
        ("pay.salary=$650", lambda one: one.pay.salary == 650_00),
        ("name=a=b", lambda one: one.name == "a=b"),
        ("years=2025-2026", lambda one: one.years == Years(2025, 2026)),
        ("plan.conversion.fee=25", lambda one: one.plan.conversion.fee == 25_00),
        (
            "limits.overrides.2025.annual_additions=71_000",
            lambda one: one.limits.of(2025).annual_additions == 71_000_00,
        ),
        ("policies=[weekly]", lambda one: [p.name for p in one.policies] == ["weekly"]),
        ("policies.0=weekly", lambda one: [p.name for p in one.policies] == ["weekly", "year-end"]),
        ("policies.1.delay=3", lambda one: one.policies[1].name == "year-end+3d"),
        (
            "policies.2=never",
            lambda one: [p.name for p in one.policies][1:] == ["year-end", "never"],
        ),
        ("policies.2.cadence=never", lambda one: one.policies[2].name == "never"),
        ("plan.match=[{rate: 50%}]", lambda one: one.plan.match[0].rate == Fraction(1, 2)),
    ],
)
def test_an_assignment_sets_a_field_and_makes_the_groups_around_it(
    assignment: str, read: Callable[[Any], bool]
) -> None:
    text = SHORTEST + "policies: [monthly, {cadence: year-end}]\n"
    assert read(loads(text.encode(), "emily.yaml", settings=[assignment]))


@pytest.mark.parametrize(
    ("assignment", "line"),
    [
        ("pay.salary", "--set pay.salary: write it like --set pay.salary=180_000"),
        ("=3", "--set =3: write it like --set pay.salary=180_000"),
        ("pay..salary=1", "--set pay..salary=1: write it like --set pay.salary=180_000"),
        (
            "policies.3=weekly",
            "--set policies.3: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "policies.-1=weekly",
            "--set policies.-1: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "policies.x=weekly",
            "--set policies.x: policies is a list of 2; write a place from 0 to 2",
        ),
        (
            "pay.salary=-5",
            "--set pay.salary: '-5' is negative; write an amount of 0 or more",
        ),
        (
            "pay.first_pay_date=2025-02-30",
            "--set pay.first_pay_date: '2025-02-30' does not exist; February 2025 has 28 days",
        ),
        (
            "plan.mach=3%",
            "--set plan.mach: unknown key 'mach'; did you mean 'match'? (type, after_tax, "
            "room, excess, spillover, match, match_cap, match_catch_up, true_up, match_after_tax, "
            "nonelective, "
            "paycheck_cap, also_annual_additions, fifteen_years, deposit_lag, eligibility_days, "
            "conversion, basis_after_loss, opening)",
        ),
        ("pay.salary=*a", "--set pay.salary: aliases are not read here; write the value out"),
        (
            "pay.salary=!!int 3",
            "--set pay.salary: tags like tag:yaml.org,2002:int are not read here; leave it out",
        ),
        ("notes={a: 1, a: 2}", "--set notes: notes.a: the key stands twice"),
        (
            "policies=[never",
            "--set policies: not YAML: the text ends too early; a bracket [ is not closed",
        ),
        (
            "notes='a",
            "--set notes: not YAML: the text ends too early; a quotation mark is not closed",
        ),
        ("notes=[a]]", "--set notes: not YAML: ']' stands behind the end of the value"),
    ],
)
def test_an_assignment_that_cannot_be_is_answered_with_a_line(assignment: str, line: str) -> None:
    assert mistakes(SHORTEST + "policies: [monthly, never]\n", assignment) == [line]


@pytest.mark.parametrize("assignment", ["name.x=3", "pay.salary.x=3", "pay.bonuses.0.amount=3"])
def test_a_mistake_that_an_assignment_makes_is_laid_to_the_assignment(assignment: str) -> None:
    """Not to a line of the file, which is right as it stands."""
    lines = mistakes(SHORTEST, assignment)
    assert lines
    assert all(line.startswith(f"--set {assignment.split('=')[0]}: ") for line in lines)


def test_an_assignment_mends_a_file_before_it_is_checked() -> None:
    broken = SHORTEST.replace("200_000", "-5")
    assert mistakes(broken, "pay.salary=5") == []


def test_the_last_of_two_assignments_to_a_field_is_in_force() -> None:
    read = loads(SHORTEST.encode(), "emily.yaml", settings=["name=a", "name=b"])
    assert read.name == "b"
