"""What to elect: published examples and some by hand, every multiple tried, and what cannot be answered."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

import simulator
from simulator.cli import cli
from simulator.decisions.elected import Elected
from simulator.notation.mistakes import Mistakes
from simulator.notation.specification import replaced
from simulator.notation.yaml_document import document as read_yaml
from simulator.payroll.contribution import ContributionYear
from simulator.payroll.elections import Change
from simulator.refusal import Refused
from simulator.report.tables.elect import TAKES_ALL, elect_tables, to_paste
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import went_in
from tests.documents import scenario
from tests.how_many import times
from tests.strategies import scenarios, valid

JULY = Path(__file__).parents[2] / "scenarios" / "elect-in-july.yaml"

ALL_YEAR: dict[str, Any] = {
    "name": "All year",
    "years": 2026,
    "birth_year": 1990,
    "pay": {"salary": 200_000, "frequency": "biweekly", "first_pay_date": "2026-01-09"},
}
"""26 paychecks of 7,692.31."""


def elect(document: dict[str, Any], *settings: str) -> Elected:
    return simulator.elect(scenario(document, *settings))


def pasted(elected: Elected) -> Scenario:
    """The scenario with the lines that are to be pasted."""
    found = elected.scenario
    return found.varied(f"elections.changes={json.dumps(elected.pasted)}")


def test_where_a_paycheck_ends_before_the_limits_do_its_reader_is_asked_what_must_be_left() -> None:
    """By hand: 2,307.69 less 40% are 1,384.61, less 30% 969.23: 42% of gross, and 43% are 992.31."""
    less = ALL_YEAR | {"pay": ALL_YEAR["pay"] | {"salary": 60_000}}
    contributions, limits = elect_tables(elect(less))
    assert contributions.lead[1:] == (TAKES_ALL,)
    assert (
        "43% after-tax would take $23.08 more than there is of the paycheck of 2026-01-09."
        in limits.notes
    )
    contributions, limits = elect_tables(elect(less, "elect.minimum_take_home=1_000"))
    assert not contributions.lead[1:]
    assert any(" less than $1,000.00 of the paycheck of " in note for note in limits.notes)
    assert not elect_tables(elect(ALL_YEAR))[0].lead[1:]


def test_the_example_of_july_in_whole_percents() -> None:
    """By hand: 11,499.96 / 13 / 7,692.31 = 11.5%, and 31,000.00 after tax are six cents less than 31%."""
    found = simulator.elect(load(JULY))
    assert repr(found) == "<Elected from 2025-07-01: pre_tax 11%, roth 0%, after_tax 30%>"
    told = found.to_dict()
    assert told["elections"] == {"pre_tax": "11%", "roth": "0%", "after_tax": "30%"}
    assert told["elected"]["pre_tax"] == 10_999.95
    assert told["elected"]["after_tax"] == 29_999.97
    assert told["year"]["annual_additions"] == 68_999.97
    assert told["unused"] == {"elective_deferral": 500.01, "annual_additions": 1_000.03}
    assert told["least_take_home"] == 2_484.62
    assert told["over"]["pre_tax"] == "12%"
    assert told["over"]["after_tax"] == "31%"
    assert told["over"]["stopped_by"]["after_tax"] == {"by": "annual_additions", "amount": 0.06}
    last = "2025-12-19"
    assert told["over"]["first_clipped"] == {"elective_deferral": last, "annual_additions": last}


def test_the_example_of_july_in_half_percents() -> None:
    told = simulator.elect(load(JULY, ["elect.step=0.5%"])).to_dict()
    assert (told["elections"]["pre_tax"], told["elections"]["after_tax"]) == ("11%", "30.5%")
    assert told["elected"]["after_tax"] == 30_499.95
    assert told["unused"]["annual_additions"] == 500.05


def test_six_percent_of_a_published_paycheck() -> None:
    """runthenumbers.us, 401k front-loading: 6% of 7,692.31 is 461.54, matched 230.77, in the year 6,000.02.

    The limit is set to 26 x 461.54, so that 6% is just what fits.
    """
    matched = {"match": [{"rate": "50%", "up_to": "6%"}], "after_tax": {"allowed": False}}
    limit = "limits.overrides.2026.elective_deferral=12_000.04"
    found = elect(ALL_YEAR | {"plan": matched}, limit)
    assert found.elections == {"pre_tax": "6%", "roth": "0%", "after_tax": "0%"}
    assert {paid.pre_tax for paid in found.paychecks} == {461_54}
    assert {paid.match for paid in found.paychecks} == {230_77}
    assert found.year.total("match") == 6_000_02
    assert found.unused["elective_deferral"] == 0
    less = elect(ALL_YEAR | {"plan": matched}, limit.replace(".04", ".03"))
    assert less.elections["pre_tax"] == "5%"


def test_what_lacks_of_the_limit_is_shared_over_the_paychecks_that_are_left() -> None:
    """mymoneyblog.com, maxing out with a true-up: $500 are left in the ninth month. Four are left: $125."""
    monthly = {
        "so_far": {"through": "2025-08-31", "gross": 80_000, "pre_tax": 23_000},
        "pay": {"salary": 120_000, "frequency": "monthly"},
        "plan": {"after_tax": {"allowed": False}},
        "elect": {"step": "$25"},
    }
    found = elect(ALL_YEAR | {"years": 2025} | monthly)
    assert found.elections["pre_tax"] == "$125"
    assert [paid.pre_tax for paid in found.paychecks] == [125_00] * 4
    assert found.unused["elective_deferral"] == 0


def test_the_least_take_home_costs_match() -> None:
    """By hand, of 7,692.31 with 30% withheld: 10% pre-tax leaves 4,846.16, 11% 4,792.31.

    Each dollar is matched; 402(g) alone would let 12% in, 26 x 923.08.
    """
    plan = {"match": [{"rate": "100%"}], "after_tax": {"allowed": False}}
    found = elect(ALL_YEAR | {"plan": plan, "elect": {"minimum_take_home": 4_800}})
    assert found.elections["pre_tax"] == "10%"
    assert found.asking.take_home(found.leanest) == 4_846_16
    assert found.match_lost == 26 * (923_08 - 769_23)
    stop = found.over["deferral"].stop
    assert stop is not None
    assert (stop.by, stop.day, stop.cents) == ("take_home", date(2026, 1, 9), 7_69)


def test_catch_up_without_match_is_not_worth_the_match() -> None:
    """By hand: 10% of 24 paychecks of 10,000 are 24,000, each matched with 300.00.

    At 11% the 24,500 are reached on the 23rd paycheck; the 24th is catch-up alone, and has no match.
    """
    plan = {
        "match": [{"rate": "100%", "up_to": "3%"}],
        "match_catch_up": False,
        "after_tax": {"allowed": False},
    }
    pay = {"salary": 240_000, "frequency": "semimonthly"}
    found = elect(ALL_YEAR | {"birth_year": 1971, "pay": pay, "plan": plan})
    assert found.elections["pre_tax"] == "10%"
    assert found.year.total("match") == 24 * 300_00
    assert found.over["deferral"][1:] == (None, 300_00)
    matched = elect(
        ALL_YEAR | {"birth_year": 1971, "pay": pay, "plan": plan | {"match_catch_up": True}}
    )
    assert matched.elections["pre_tax"] == "13%"


def test_roth_deferrals_leave_less_of_a_paycheck() -> None:
    """By hand: 12% Roth of 7,692.31 is 923.08, and 30% of the whole are withheld, 2,307.69."""
    found = elect(
        ALL_YEAR | {"plan": {"after_tax": {"allowed": False}}, "elect": {"deferral": "roth"}}
    )
    assert found.elections == {"pre_tax": "0%", "roth": "12%", "after_tax": "0%"}
    assert found.asking.take_home(found.leanest) == 7_692_31 - 923_08 - 2_307_69
    assert found.to_dict()["over"]["roth"] == "13%"


def test_a_cap_that_single_paychecks_round_over_is_filled() -> None:
    """10% of 7,692.31 is 769.23, and 10% of the pay to date up to half a cent a paycheck more or less."""
    found = elect(ALL_YEAR | {"plan": {"after_tax": {"cap": "10%"}}})
    assert found.elections["after_tax"] == "10%"
    stop = found.over["after_tax"].stop
    assert stop is not None
    assert stop.by == "plan_cap"


def test_earlier_changes_stay_and_later_ones_go() -> None:
    changes = [
        {"from": "2026-02-01", "after_tax": "5%", "bonuses": {"pre_tax": "0%"}},
        {"from": "2026-09-01", "after_tax": "max"},
    ]
    document = ALL_YEAR | {"elections": {"changes": changes}, "elect": {"from": "2026-07-01"}}
    found = elect(document)
    assert [one["from"] for one in found.pasted] == ["2026-02-01", "2026-07-01"]
    read = read_yaml("\n".join(to_paste(found)).encode(), "pasted")
    again = elect(document | read.data)
    assert again.elections == found.elections
    assert went_in(pasted(found))[0].total("after_tax") == found.year.total("after_tax")


def test_what_is_clipped_before_it_begins_does_not_count_against_it() -> None:
    """In January 20% are elected under a cap of 10%; from July on nothing of the cap is taken."""
    document = ALL_YEAR | {"elections": {"after_tax": "20%"}, "plan": {"after_tax": {"cap": "10%"}}}
    found = elect(document, "elect.from=2026-07-01")
    assert found.elections["after_tax"] == "10%"


def test_it_is_elected_for_the_whole_year_also_where_the_simulation_ends_before() -> None:
    whole = elect(ALL_YEAR)
    assert elect(ALL_YEAR | {"until": "2026-06-30"}).elections == whole.elections
    assert elect(ALL_YEAR | {"years": "2026-2028"}, "limits.inflation=2%").pasted == whole.pasted


DRAWN = st.tuples(
    st.sampled_from(["5%", "4%", "$400"]),
    st.sampled_from(["0", "500", "2000"]),
    st.sampled_from(["pre-tax", "roth"]),
    st.sampled_from(["01-01", "06-15"]),
)


def taken(year: ContributionYear, limit: str) -> int:
    """What a limit takes of a year, and what of it is paid back. [cents]"""
    paid_back = year.after_tax_returned if limit == "annual_additions" else 0
    return paid_back + sum(paid.clipped.get(limit, 0) for paid in year.contributions)


LEAST = {"elective_deferral": 1, "annual_additions": 1, "plan_cap": 100, "net_pay": 100}
"""From how many cents on a limit clips: the law's limits hold to the cent."""


def too_much(year: ContributionYear, before: ContributionYear) -> bool:
    """Whether a limit takes something that it does not take in any case."""
    return any(
        taken(year, limit) >= least and taken(year, limit) > taken(before, limit)
        for limit, least in LEAST.items()
    )


@times(0.5)
@given(scenarios(), DRAWN)
def test_no_other_multiple_is_better(
    document: dict[str, Any], drawn: tuple[str, str, str, str]
) -> None:
    """Every multiple is put into `elections.changes` and run through the payroll."""
    step, least, kind, day = drawn
    asked = valid(document)
    begins = f"{asked.years.first}-{day}"
    asked = asked.varied(
        f"elect.step={step}",
        f"elect.minimum_take_home={least}",
        f"elect.deferral={kind}",
        f"elect.from={begins}",
    )
    try:
        found = simulator.elect(asked)
    except Mistakes as mistakes:
        assert "no paychecks" in str(mistakes) or "not even" in str(mistakes)
        return

    def run(deferral: Any, after_tax: Any) -> ContributionYear:
        both = {"pre_tax": deferral, "roth": type(deferral)(0)}
        if kind == "roth":
            both = {"pre_tax": type(deferral)(0), "roth": deferral}
        change = Change.model_construct(from_=found.begins, after_tax=after_tax, **both)
        elections = replaced(asked.elections, changes=(*found.changes, change))
        return went_in(replaced(asked, elections=elections))[0]

    def fits(year: ContributionYear) -> bool:
        paid = [one for one in year.contributions if one.pay_date >= found.begins]
        left = [asked.elect.take_home(one) for one in paid if one.paycheck.elections]
        return min(left) >= asked.elect.minimum_take_home and not too_much(year, nothing)

    unit = asked.elect.step
    nothing = run(0 * unit, 0 * unit)
    most = int(1 / unit) if step.endswith("%") else 60
    years = {count: run(count * unit, 0 * unit) for count in range(most + 1)}
    fitting = [count for count in years if fits(years[count])]
    best = max(fitting, key=lambda n: (years[n].total("match"), years[n].deferrals, -n))
    assert found.deferral == best * unit or best == most
    if not asked.plan.after_tax.allowed:
        assert not found.after_tax
        return
    more = [count for count in range(most + 1) if fits(run(found.deferral, count * unit))]
    assert found.after_tax == max(more) * unit or max(more) == most
    if not nothing.clipped:
        assert found.year.first_clipped == {}


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("elect.from=2025-12-30", "elect.from: no paychecks on or after 2025-12-30"),
        ("elect.from=2026-01-01", "elect.from: 2026-01-01 is not in the first year, 2025"),
        ("elect.step=0%", "elect.step: '0%' is no step; write one above 0, like 1%, 0.5% or $25"),
        (
            "elect.minimum_take_home=6_000",
            "elect.minimum_take_home: not even 0% leaves $6,000 of $7,692.31",
        ),
    ],
)
def test_what_cannot_be_answered_is_said(setting: str, words: str) -> None:
    with pytest.raises(Mistakes) as wrong:
        simulator.elect(load(JULY, [setting]))
    assert str(wrong.value).endswith(words)


def test_a_replay_has_nothing_to_elect() -> None:
    with pytest.raises(Refused, match="elect: needs pay"):
        simulator.elect(load(JULY.with_name("replay-deposits.yaml")))


def test_the_command_takes_a_date_and_answers_in_every_format() -> None:
    call = ["elect", str(JULY), "--from", "2025-10-01"]
    done = CliRunner().invoke(cli, [*call, "--format", "json"])
    told = json.loads(done.stdout)
    assert (told["from"], told["elected"]["paychecks"]) == ("2025-10-01", 6)
    assert told == simulator.elect(load(JULY), "2025-10-01").to_dict()
    table = CliRunner().invoke(cli, call).stdout
    assert "changes: [{from: 2025-10-01, " in table
    assert CliRunner().invoke(cli, [*call, "--format", "csv"]).stdout.startswith("from,step,")
    assert CliRunner().invoke(cli, [*call, "--format", "markdown"]).stdout.startswith("### ")
