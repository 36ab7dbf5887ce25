"""The ACP test of a table of people, who contributes, and designs of a plan side by side."""

import json
import runpy
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import simulator
from simulator.batches.summary import Summary, summary
from simulator.cli import cli
from tests.batches import ROOT

pytestmark = pytest.mark.usefixtures("here")

CENSUS = ROOT / "scenarios" / "data" / "census.csv"

PLAN = """
name: A plan
years: 2026
birth_year: 1985
pay: {salary: 100_000, frequency: monthly}
policies: [per-paycheck, year-end]
taxes: {federal: 24%}
"""

HEAD = "name,pay.salary,elections.pre_tax,elections.after_tax,prior_year_pay,owner,covered"
PUBLISHED = [
    "Ann,50000,0%,0%,48000,,",
    "Bea,60000,0%,10%,59000,,true",
    "Cem,90000,0%,8%,160000,no,",
    "Dan,150000,0%,5%,1000,yes,",
    "Eva,190000,0%,10%,160000.01,,",
]
"""irahelp.com/slottreport, nondiscrimination rules, part 2. Highly compensated in 2026: owners, and who had
over 160,000 in 2025 (Notice 2024-80)."""


def mbdr(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def answered(folder: Path, rows: list[str], *grid: str, plan: str = PLAN, head: str = HEAD) -> Path:
    """The results of a table of people."""
    (folder / "plan.yaml").write_text(plan)
    (folder / "people.csv").write_text("\n".join([head, *rows]) + "\n")
    where = {"table": folder / "people.csv", "grid": grid, "workers": 1}
    simulator.batch(folder / "plan.yaml", folder / "r", **where)  # type: ignore[arg-type]
    return folder / "r"


def test_of(summed: Summary, *, match: bool = True) -> dict[str, Any]:
    """The only group's test."""
    group: dict[str, Any]
    (group,) = summed.to_dict()["acp"]
    found: dict[str, Any]
    (found,) = [one for one in group["tests"] if one["match"] is match]
    return {**group, **found}


test_of.__test__ = False  # type: ignore[attr-defined]


def test_a_published_example_as_a_table(tmp_path: Path) -> None:
    told = test_of(summary(answered(tmp_path, PUBLISHED)))
    assert (told["nhce"], told["hce"], told["most"]) == (6.0, 7.5, 8.0)
    assert (told["passes"], told["headroom"], told["over"]) == (True, None, 0.0)
    assert (told["nhces"], told["hces"], told["testing"]) == (3, 2, "current-year")


def test_last_years_average_may_be_given(tmp_path: Path) -> None:
    """benefitslink.com/boards/topic/81333: by N 1.21 at most 2.42; by hand 1% and 3.84% of the two pass."""
    told = test_of(summary(answered(tmp_path, PUBLISHED, plan=PLAN + "acp: {nhce: 1.21%}\n")))
    assert (told["nhce"], told["most"], told["testing"]) == (1.21, 2.42, "prior-year")
    assert told["passes"] is False
    assert told["headroom"] == 2.42
    assert told["over"] == pytest.approx(7_500 - 3_630 + 18_999.96 - 4_598, abs=0.02)
    assert [one["name"] for one in told["excess"]] == ["Eva", "Dan"]


def test_the_match_counts_unless_it_is_a_safe_harbor_one(tmp_path: Path) -> None:
    """By hand: 6% deferred, matched by half, adds 3.00 to all that is asked of everybody."""
    rows = [one.replace(",0%,", ",6%,", 1) for one in PUBLISHED]
    matched = PLAN + "plan: {match: [{rate: 50%, up_to: 6%}]}\n"
    found = summary(answered(tmp_path, rows, plan=matched))
    assert (test_of(found)["nhce"], test_of(found)["hce"]) == (9.0, 10.5)
    alone = test_of(found, match=False)
    assert (alone["nhce"], alone["hce"], alone["counts_match"]) == (6.0, 7.5, True)
    left_out = matched + "acp: {match: false}\n"
    (tmp_path / "b").mkdir()
    told = summary(answered(tmp_path / "b", rows, plan=left_out)).to_dict()["acp"]
    assert told[0]["counts_match"] is False
    assert "of HCEs is 7.50% of pay" in told[0]["sentence"]


def test_pay_above_the_limit_does_not_count(tmp_path: Path) -> None:
    """401(a)(17) of 2026 is 360,000 (Notice 2025-67): 5% of 720,000 are 10% of what counts."""
    told = test_of(summary(answered(tmp_path, [*PUBLISHED[:3], "Max,720000,0%,5%,700000,,"])))
    assert told["hce"] == 10.0


def test_without_the_column_the_pay_of_the_year_before_is_the_scenarios(tmp_path: Path) -> None:
    head = "name,pay.salary,elections.after_tax,covered,pay.prior_year_wages"
    rows = ["Ann,160000,1%,,", "Bea,160001,2%,,", "Cem,200000,3%,,0"]
    told = test_of(summary(answered(tmp_path, rows, head=head)))
    assert (told["nhces"], told["hces"], told["nhce"], told["hce"]) == (2, 1, 2.0, 2.0)


def test_who_is_not_covered_is_in_no_average(tmp_path: Path) -> None:
    rows = [*PUBLISHED, "Flo,40000,0%,0%,,,false", "Gus,300000,0%,20%,300000,,no"]
    found = summary(answered(tmp_path, rows))
    told = test_of(found)
    assert (told["nhce"], told["hce"], told["not_covered"]) == (6.0, 7.5, 2)
    (group,) = found.groups
    assert (group.people, group.contributing) == (7, 4)
    assert group.after_tax == pytest.approx(6_000 + 7_200 + 7_500 + 18_999.96)


def test_the_summary_needs_the_database_alone(tmp_path: Path) -> None:
    folder = answered(tmp_path, PUBLISHED)
    (tmp_path / "plan.yaml").unlink()
    (tmp_path / "people.csv").unlink()
    assert test_of(summary(folder))["most"] == 8.0
    told = mbdr("summary", folder, "--losers", 0).stdout
    words = " ".join(told.split())
    assert (
        "The ACP test passes: match and after-tax money of HCEs is 7.50% of pay on average" in words
    )
    assert "left out are aggregation of plans" in words
    assert "QNECs" in words


def test_nobody_is_tested_who_does_not_ask_for_it(tmp_path: Path) -> None:
    rows = ["Ann,50000,5%", "Bea,200000,10%"]
    plain = answered(tmp_path, rows, head="name,pay.salary,elections.after_tax")
    assert "acp" not in summary(plain).to_dict()
    assert "ACP" not in mbdr("summary", plain).stdout
    (tmp_path / "asks").mkdir()
    head = "name,pay.salary,elections.after_tax"
    asks = answered(tmp_path / "asks", rows, plan=PLAN + "acp: {}\n", head=head)
    assert test_of(summary(asks))["hce"] == 10.0


def test_a_wrong_cell_is_told_with_its_place(tmp_path: Path) -> None:
    rows = [*PUBLISHED, "Flo,40000,0%,0%,much,perhaps,false"]
    answered(tmp_path, rows)
    told = [json.loads(one) for one in (tmp_path / "r" / "errors.jsonl").read_text().splitlines()]
    assert [(one["line"], one["column"], one["field"]) for one in told] == [
        (7, 5, "prior_year_pay"),
        (7, 6, "owner"),
    ]
    assert "write true or false" in told[1]["message"]


def test_who_puts_nothing_in_is_in_no_mean(tmp_path: Path) -> None:
    """By hand: four of five contribute; what the year's end costs them is shared by four."""
    found = summary(answered(tmp_path, PUBLISHED))
    late = next(one for one in found.policies if one.policy == "year-end")
    assert late.people == 4
    assert late.tax is not None
    assert late.tax_each == pytest.approx(late.tax / 4, abs=0.005)
    assert late.tax == pytest.approx(late.total * 0.24, abs=0.03)
    assert late.box_2a["mean"] == pytest.approx(late.total / 4, abs=0.005)
    assert sum(one.best_for for one in found.policies) == 4
    told = mbdr("summary", tmp_path / "r").stdout
    assert "4 of 5 scenarios with after-tax money" in told
    assert "1 scenario puts nothing in after tax" in " ".join(told.split())


def test_the_points_of_a_grid_are_designs_and_no_people(tmp_path: Path) -> None:
    """By hand: a cap of 5% lets 3,000 + 4,500 + 7,500 + 9,500 in; the same five people under each."""
    folder = answered(tmp_path, PUBLISHED, "plan.after_tax.cap=none,5%")
    found = summary(folder)
    assert (found.by, found.design) == ("plan.after_tax.cap", "plan.after_tax.cap")
    assert [(one.value, one.people, one.contributing) for one in found.groups] == [
        ("none", 5, 4),
        ("5%", 5, 4),
    ]
    assert found.groups[1].after_tax == pytest.approx(24_500, abs=0.05)
    assert [(one["plan.after_tax.cap"], one["year"]) for one in found.to_dict()["acp"]] == [
        ("none", 2026),
        ("5%", 2026),
    ]
    by = summary(folder, by="plan.after_tax.cap")
    assert by.policies == found.policies
    alone = summary(answered(tmp_path, PUBLISHED))
    first = [one for one in found.policies if one.value == "none"]
    assert [(one.policy, one.tax) for one in first] == [
        (one.policy, one.tax) for one in alone.policies
    ]


def test_the_headline_of_designs_is_their_difference(tmp_path: Path) -> None:
    folder = answered(tmp_path, PUBLISHED, "plan.after_tax.cap=none,5%")
    found = summary(folder)
    tax = {one.value: one.tax for one in found.policies if one.policy == "year-end"}
    assert tax["none"] is not None
    assert tax["5%"] is not None
    more = round(tax["none"] - tax["5%"], 2)
    told = " ".join(mbdr("summary", folder, "--losers", 0).stdout.split())
    put_in = found.groups[0].after_tax - found.groups[1].after_tax
    assert f"cap none in place of 5% costs its people ${more:,.0f} more tax by year-end" in told
    assert f"${put_in:,.0f} more goes in after tax" in told
    assert "Box 2a over people" not in told
    assert "Box 2a over people" in mbdr("summary", folder, "--by", "plan.after_tax.cap").stdout
    assert mbdr("summary", folder, "-o", tmp_path / "designs.svg").exit_code == 0


def test_designs_tell_what_is_missing_and_leave_out_who_leaves_money(tmp_path: Path) -> None:
    """A policy that never converts costs no tax, as its earnings are not taxed yet: it has no column."""
    plan = PLAN.replace("year-end]", "year-end, never]")
    folder = answered(
        tmp_path, [*PUBLISHED, "Hal,x,0%,0%,,,"], "plan.after_tax.cap=none,5%", plan=plan
    )
    told = mbdr("summary", folder).stdout
    assert "2 scenarios failed and are not in it" in told
    assert "never" not in told.partition("ACP test")[0]
    assert "per-paycheck   year-end   year-end each" in told


def test_parts_of_the_people_are_told_apart_within_each_design(tmp_path: Path) -> None:
    rows = [f"{one},{'East' if n % 2 else 'West'}" for n, one in enumerate(PUBLISHED)]
    grid = ("plan.after_tax.cap=none,5%", "plan.eligibility_days=0,30")
    folder = answered(tmp_path, rows, *grid, head=HEAD + ",#office")
    found = summary(folder, by="#office")
    assert found.by == "plan.after_tax.cap, plan.eligibility_days, #office"
    assert {one.people for one in found.groups} == {2, 3}
    assert len(found.groups) == 8
    told = mbdr("summary", folder, "--by", "#office", "--losers", 0).stdout
    assert "none, 30, East" in told
    assert "Designs:" not in told
    tests = found.to_dict()["acp"]
    assert [(one["nhces"], one["hces"]) for one in tests] == [(3, 2)] * 4
    assert tests == summary(folder).to_dict()["acp"]


def test_two_files_under_one_table_are_two_designs(tmp_path: Path) -> None:
    capped = PLAN + "plan: {after_tax: {cap: 5%}}\n"
    (tmp_path / "a.yaml").write_text(PLAN)
    (tmp_path / "b.yaml").write_text(capped)
    (tmp_path / "people.csv").write_text("\n".join([HEAD, *PUBLISHED]) + "\n")
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    simulator.batch(files, tmp_path / "r", table=tmp_path / "people.csv", workers=1)
    found = summary(tmp_path / "r")
    assert (found.by, [one.people for one in found.groups]) == ("template", [5, 5])
    assert "a.yaml" in mbdr("summary", tmp_path / "r").stdout


def test_the_census_is_what_its_script_invents() -> None:
    script = runpy.run_path(str(CENSUS.with_suffix(".py")))
    lines = [",".join(map(str, row)) for row in script["people"]()]
    assert CENSUS.read_text("ascii") == "\n".join(lines) + "\n"
    assert len(lines) == 201
