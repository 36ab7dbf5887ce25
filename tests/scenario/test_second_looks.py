"""What a file says twice or not at all is asked about, and a limit of the system ends in words."""

import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from simulator.notation.mistakes import Mistakes
from simulator.presentation import page
from simulator.scenario.loading import load, loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from simulator.sweeps import SweepError, sweep

EMILY = """\
name: Emily
years: 2025
birth_year: 1997
pay: {salary: 200_000, frequency: biweekly, first_pay_date: 2025-01-03}
elections: {pre_tax: 12%, after_tax: 10%}
"""
NO_VALUE = "has no value; write one, or leave the line out"


def emily(more: str = "") -> Scenario:
    return loads((EMILY + more).encode(), "emily.yaml")


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("plan: {match: [{rate: 50%, up_to: }]}\n", "emily.yaml:6:28: plan.match.0.up_to"),
        ("plan:\n  after_tax:\n    cap:\n", "emily.yaml:8:5: plan.after_tax.cap"),
        ("taxes:\n", "emily.yaml:6:1: taxes"),
        ("limits: {inflation: }\n", "emily.yaml:6:10: limits.inflation"),
        (
            "policies: [monthly, {cadence: year-end, label: }]\n",
            "emily.yaml:6:41: policies.1.label",
        ),
        ("notes:\n", "emily.yaml:6:1: notes"),
    ],
)
def test_a_field_without_a_value_is_asked_about_even_where_it_may_be_none(
    more: str, where: str
) -> None:
    with pytest.raises(Mistakes) as refused:
        emily(more)
    assert str(refused.value) == f"{where}: {NO_VALUE}"


def test_none_is_said_with_a_word() -> None:
    assert emily("plan: {after_tax: {cap: none}}\n").plan.after_tax.cap is None
    assert emily("limits: {inflation: null}\n").limits.inflation is None


def test_two_changes_from_one_date_are_asked_about() -> None:
    changes = "[{from: 2025-07-01, pre_tax: 1%}, {from: 2025-07-01, roth: 2%}]"
    with pytest.raises(Mistakes) as refused:
        loads(EMILY.replace("10%}", f"10%, changes: {changes}}}").encode(), "emily.yaml")
    assert str(refused.value).endswith(
        "elections.changes.1.from: a change from 2025-07-01 is there already; write both into one"
    )


@pytest.mark.parametrize("delay", [[], [-1], [3_651], [1.5], ["3"], [10**9]])
def test_a_sweep_over_what_is_no_delay_is_refused(delay: list[int]) -> None:
    with pytest.raises(SweepError, match=r"there are no delays|write whole days from 0 to 3,650"):
        sweep(emily(), delay=delay)


def test_a_sweep_takes_the_whole_numbers_of_numpy() -> None:
    points = sweep(emily(), delay=np.arange(0, 4, 3)).to_dict()["points"]
    assert [one["value"] for one in points] == [0, 3]


def test_a_page_of_very_many_deposits_leaves_the_delays_out() -> None:
    """26 deposits under 9 delays and a policy; a bound below that stands for very many."""
    comparison = compare(emily("policies: [monthly]\n"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("simulator.presentation.telling.MOST_FOLLOWED", 26 * (9 + 1) - 1)
        short = page(comparison)
    assert page(comparison).count("<figure") == short.count("<figure") + 1


def test_where_memory_is_limited_numpy_does_the_work() -> None:
    """A process with less addresses than the compiled engine reserves; it is asked in one of its own."""
    resource = pytest.importorskip("resource")
    script = (
        "from simulator.paths.engine import WORTHWHILE, NoEngine, engine\n"
        "assert engine('auto', WORTHWHILE) is None\n"
        "try:\n    engine('fast', 1)\nexcept NoEngine as refused:\n    print(refused)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert (
        done.stdout == "engine: the engine fast reserves much memory; let `ulimit -v` leave 4 GiB\n"
    )


def test_the_starter_says_what_even_growth_hides(tmp_path: Path) -> None:
    """Its two figures are those of its own year-end, evenly and over uneven years, rounded."""
    file = tmp_path / "my.yaml"
    starter = files("simulator.scenario").joinpath("starter.yaml").read_text(encoding="utf-8")
    file.write_text(starter, encoding="utf-8")
    even, uneven = (
        compare(load(file, settings)).result("year-end").total("box_2a")
        for settings in ([], ["returns.model=lognormal"])
    )
    assert "year-end has about 2,360 in place of 1,420" in starter
    assert round(even, -3) == 142_000
    assert abs(uneven.mean() - 236_000) < 1_000
