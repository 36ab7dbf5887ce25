"""The worked examples of the docs, to the cent: each figure on a page is what the program computes."""

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.batches.summary import summary
from simulator.cli import cli
from simulator.conversion.postings import Posting
from simulator.payroll.contribution import Contribution
from simulator.scenario.loading import load
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of, went_in

ROOT = Path(__file__).parents[2]
EMILY = ROOT / "scenarios" / "emily.yaml"


def section(page: str, heading: str) -> str:
    """What stands under a heading of a page, up to the next one."""
    text = (ROOT / "docs" / page).read_text("utf-8")
    found = re.search(rf"^#+ {re.escape(heading)}\n(.*?)(?=^#+ |\Z)", text, re.S | re.M)
    assert found is not None, heading
    return found[1]


def table(text: str, number: int = 0) -> dict[str, list[str]]:
    """The rows of a section's tables, by their first cell; of one table, counted from 0."""
    tables = re.findall(r"(?:^\|.*\|\n)+", text, re.M)
    rows = [
        [cell.strip() for cell in row.strip("|").split("|")] for row in tables[number].splitlines()
    ]
    return {row[0]: row[1:] for row in rows}


def dollars(cents: float) -> str:
    """Cents as the pages have them: `2,313.69`."""
    return f"{cents / 100:,.2f}"


def conversions(scenario: Scenario, policy: str) -> list[Posting]:
    """The conversions of a policy on its one path."""
    postings = ledger_of(scenario, scenario.policy(policy)).postings
    return [posting for posting in postings if posting.event == "conversion"]


def january() -> tuple[Contribution, ...]:
    """Emily's three paychecks of January 2025."""
    return went_in(load(EMILY))[0].contributions[:3]


def test_the_tour_follows_the_paycheck_of_january_17() -> None:
    text = (ROOT / "simulator" / "README.md").read_text("utf-8")
    paid = january()[1]
    rows = table(section("../simulator/README.md", "What goes in"))
    granted = [
        rows[name][1].strip("*") for name in ("pre-tax, 12%", "nonelective, 3%", "after-tax, 10%")
    ]
    assert granted == [dollars(cents) for cents in (paid.pre_tax, paid.nonelective, paid.after_tax)]
    assert f"**{dollars(paid.paycheck.gross)}**" in text
    assert dollars(paid.room_after) in text
    second = conversions(load(EMILY), "per-paycheck+3d")[1]
    assert second.session == date(2025, 1, 21)
    assert f"A = {dollars(second.amount)}" in text
    assert f"R = {dollars(second.basis_recovered)}" in text
    assert f"T =   {dollars(second.taxable)}" in text


def test_under_a_bound_of_two_conversions_diligence_is_punished() -> None:
    """The table of the page for plan sponsors."""
    rows = table(section("plan-sponsors.md", "How many conversions a year"))
    settings = ("plan.conversion.max_per_year=2", "policies=[per-paycheck, monthly, semiannual]")
    for row, result in zip(list(rows)[2:], compare(load(EMILY, settings)).results, strict=True):
        assert rows[row] == [
            dollars(result.forms[2025].box_1),
            dollars(result.stranded(2025)),
            dollars(result.total("box_2a")),
        ]


@pytest.mark.usefixtures("here")
def test_the_acp_test_of_two_hundred_people_under_three_caps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first commands of the page for plan sponsors come to its table."""
    (commands,) = re.findall(
        r"^```sh\n(.*?)^```$", section("plan-sponsors.md", "First"), re.S | re.M
    )
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    monkeypatch.chdir(tmp_path)
    for command in commands.splitlines():
        done = CliRunner().invoke(cli, shlex.split(command)[1:], catch_exceptions=False)
        assert done.exit_code == 0, done.stderr
    rows = table(section("plan-sponsors.md", "The ACP test"), 1)
    groups = summary(tmp_path / "caps").to_dict()["acp"]
    assert [group["plan.after_tax.cap"] for group in groups] == list(rows)[2:]
    for group in groups:
        (found,) = [one for one in group["tests"] if one["match"]]
        assert rows[group["plan.after_tax.cap"]] == [
            *(f"{found[name]:.2f}%" for name in ("nhce", "hce", "most")),
            "passes" if found["passes"] else "fails",
            "no limit" if found["headroom"] is None else f"{found['headroom']:.2f}%",
            f"{found['over']:,.2f}",
        ]


def prose(page: str) -> str:
    """A page without its line breaks."""
    return " ".join((ROOT / "docs" / page).read_text("utf-8").split())


def test_what_the_page_for_plan_sponsors_says_of_employer_money() -> None:
    """Priya's match with and without a true-up, and what a filled room leaves of it."""
    scenario = load(ROOT / "scenarios" / "true-up.yaml")
    with_true_up, without = (
        went_in(one)[0].total("match") for one in (scenario, scenario.varied("plan.true_up=false"))
    )
    eager = scenario.varied("elections.changes.0.after_tax=45%")
    (filled,) = went_in(eager.varied("plan.room=year-to-date"))
    (reserved,) = went_in(eager)
    text = prose("plan-sponsors.md")
    assert f"her match is {dollars(without)}" in text
    assert f"in December it is {dollars(with_true_up)}" in text
    assert f"{dollars(filled.employer_cut)} of employer money no longer fit" in text
    assert f"{dollars(reserved.total('after_tax'))} after tax" in text
    assert f"{dollars(reserved.annual_additions)} are reached to the cent" in text
    assert filled.first_clipped["annual_additions"] == date(2025, 10, 31)


def test_what_the_page_for_plan_sponsors_says_of_fees_and_spillover() -> None:
    text = prose("plan-sponsors.md")
    comparison = compare(load(ROOT / "scenarios" / "low-salary.yaml"))
    often, _, once = comparison.results
    tax = comparison.summary()["tax"]
    saved = 100 * (tax[once.policy.name] - tax[often.policy.name])
    assert f"costs Ines {dollars(often.total('fees'))} in fees" in text
    assert f"saves {dollars(round(saved))} of tax" in text
    assert f"has {dollars(once.total('box_2a'))} of taxable earnings" in text
    (spilled,) = went_in(load(ROOT / "scenarios" / "spillover.yaml"))
    assert f"{dollars(spilled.total('after_tax'))} by December" in text


def test_what_a_forgotten_basis_costs_sofia() -> None:
    """The difference that the page on Form 1099-R names for a year with losses."""
    scenario = load(ROOT / "scenarios" / "replay-deposits.yaml")
    kept, cut = (
        compare(scenario.varied(f"plan.basis_after_loss={rule}")).results[0].total("box_2a")
        for rule in ("carry-forward", "forfeit")
    )
    text = prose("your-1099-r.md")
    assert f"has {dollars(kept)} taxable; one that forfeits it has {dollars(cut)}" in text
    last = conversions(scenario, "As she remembers it")[-1]
    assert f"{dollars(last.amount)} would have left this form" in text
