"""Wealth as it is told, and what to set aside for tax: sentences, tables, pictures, pages, reminders."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.answer.set_aside import set_aside
from simulator.cli import cli
from simulator.presentation import checklist, page, plot, reminders, set_asides
from simulator.report.calendar_file import calendar
from simulator.report.pictures import NoWealth
from simulator.report.set_aside_words import set_aside_table, told_of
from simulator.report.tables.answer import answer_table, comparison_tables
from simulator.report.tables.table import Table
from simulator.scenario.loading import load
from simulator.simulation import compare
from tests.documents import emily
from tests.report.drawn import label, title

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NORA = SCENARIOS / "worth-it-at-65.yaml"
TAXES = "taxes={federal: 24%, state: 5%}"


def table(tables: tuple[Table, ...], begins: str) -> Table:
    """The one whose title begins so."""
    return next(one for one in tables if one.title.startswith(begins))


def test_one_sentence_says_what_the_strategy_gains_and_how_much_of_it_the_cadence_decides() -> None:
    said = [words for words in answer_table(compare(load(NORA))).lead if "orth it" in words]
    assert said == [
        "Worth it: converting after each paycheck comes to $157,646 after tax, 30 years after "
        "2025-12-31, $25,821 more than the same money in a brokerage account; when it is converted "
        "decides $667 of that (against converting at the year's end)."
    ]


def test_where_the_brokerage_account_has_more_it_says_so() -> None:
    """Never converting, 100% of tax on what is untaxed, and none on the account's gain."""
    settings = ("wealth={outside_return: 4%, end_rate: 90%, gain_rate: 0%}", "policies=[never]")
    (said,) = [
        words for words in answer_table(compare(emily(TAXES, *settings))).lead if "orth it" in words
    ]
    assert said.startswith("Not worth it: never converting comes to ")
    assert " less than the same money in a brokerage account" in said


def test_the_table_has_every_policy_and_both_baselines() -> None:
    tables = comparison_tables(compare(load(NORA)), every=True)
    found = table(tables, "Wealth after tax, 30 years after 2025-12-31")
    assert [row[:3] for row in found.rows] == [
        ("per-paycheck", 157_645_95, 25_820_93),
        ("monthly", 157_597_52, 25_772_50),
        ("year-end", 156_978_59, 25_153_57),
        ("never", 155_539_62, 23_714_60),
        ("In a brokerage account", 131_825_02, None),
        ("Not contributing", 0, None),
    ]
    assert [row[3] for row in found.rows] == [8_23, 17_34, None, None, None, None]
    notes = " ".join(found.notes)
    assert "no gain, but what you would have had in the plan" in notes
    assert "$3.86 of taxable earnings and $1.12 of tax a day" in notes


def test_the_picture_begins_with_what_the_money_comes_to() -> None:
    figure = plot(compare(load(NORA)), "wealth")
    words = "$20,000 of after-tax contributions come to $157,646 after tax"
    assert " ".join(title(figure).split()).startswith(words)
    assert "In a brokerage account: $131,825" in label(figure)


def test_a_picture_of_wealth_needs_it_in_the_scenario(tmp_path: Path) -> None:
    with pytest.raises(NoWealth, match=r"set wealth\.outside_return=4%"):
        plot(compare(emily(TAXES)), "wealth")
    file = tmp_path / "a.png"
    done = CliRunner().invoke(cli, ["plot", str(NORA), "--kind", "wealth", "-o", str(file)])
    assert done.exit_code == 0, done.output
    assert file.read_bytes().startswith(b"\x89PNG")
    refused = CliRunner().invoke(
        cli, ["plot", str(SCENARIOS / "emily.yaml"), "--kind", "wealth", "-o", str(file)]
    )
    assert refused.exit_code == 2
    assert "a picture of wealth needs wealth in the scenario" in refused.output


def test_the_page_has_wealth_and_what_to_set_aside() -> None:
    """What to set aside is of the recommended policy: quarterly is taxed."""
    html = page(compare(load(NORA, ["policies=[quarterly, year-end]"])))
    assert "Is it worth it: what is there after tax" in html
    assert "What to set aside for tax" in html
    assert "What to set aside for tax" not in page(compare(load(NORA)))
    assert "The Roth is taken to be free of tax in the end" in html


def test_without_taxed_conversions_there_is_nothing_to_set_aside() -> None:
    answer = compare(emily(TAXES, "policies=[per-paycheck, never]"))
    assert set_asides(answer) == []
    assert not list(told_of(answer))
    assert "What to set aside for tax" not in page(answer)


def test_what_to_set_aside_by_quarter_is_the_years_tax_by_the_earnings_converted() -> None:
    """Quarterly, 7%: March 31, June 30, September 30, December 31; shares of the year's tax.

    The payment periods end on March 31, May 31, August 31: none is converted in April and May.
    """
    answer = compare(emily(TAXES, "policies=[quarterly]"))
    ((one, earnings),) = set_asides(answer)
    tax = answer.tax(answer.results[0])
    assert one.tax == tax
    assert sorted(earnings) == [
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
    ]
    due = one.by_quarter(earnings)
    assert [day for day, _ in due] == [
        date(2025, 4, 15),
        date(2025, 6, 15),
        date(2025, 9, 15),
        date(2026, 1, 15),
    ]
    total = sum(earnings.values())
    assert [amount for _, amount in due] == pytest.approx(
        [
            tax * earnings[date(2025, 3, 31)] / total,
            0,
            tax * earnings[date(2025, 6, 30)] / total,
            tax * (earnings[date(2025, 9, 30)] + earnings[date(2025, 12, 31)]) / total,
        ]
    )
    assert sum(amount for _, amount in due) == pytest.approx(tax)


def test_what_was_converted_before_the_simulation_counts_by_its_day() -> None:
    """30.50 of earnings by June 20, 2025: due in September; those of the year's end in January."""
    made = "so_far.conversions={count: 1, last: 2025-06-12, box_1: 4_030.50, box_2a: 30.50}"
    settings = ("taxes.federal=24%", "policies=[year-end]", made)
    answer = compare(load(SCENARIOS / "pay-stub-in-july.yaml").varied(*settings))
    ((one, earnings),) = set_asides(answer)
    total = 30_50 + sum(earnings.values())
    shares = [amount / one.tax for _, amount in one.by_quarter(earnings)]
    assert shares == pytest.approx([0, 0, 30_50 / total, 1 - 30_50 / total])
    assert total == answer.results[0].outcome.years[2025].box_2a


def test_over_many_paths_the_earnings_of_each_conversion_are_means() -> None:
    settings = ("returns.model=lognormal", "returns.paths=320", "policies=[quarterly]")
    answer = compare(emily(TAXES, *settings))
    ((one, earnings),) = set_asides(answer)
    box_2a = answer.results[0].total("box_2a")
    assert sum(earnings.values()) == pytest.approx(float(box_2a.mean()))
    found = set_aside_table([(one, earnings)], answer.paths)
    assert found is not None
    assert found.notes[-1] == "Means over the paths."


def test_line_4c_is_the_federal_part_of_a_paychecks_share() -> None:
    """24% of 709.49 is 170.2776: 26 paychecks of 6.55."""
    answer = compare(emily(TAXES, "policies=[year-end]"))
    (one,) = set_aside(answer, answer.results[0])
    assert one.federal == pytest.approx(709_49 * 0.24)
    assert round(one.withheld_each) == 6_55
    (words,) = told_of(answer)
    assert words == (
        "Nothing is withheld on a conversion. year-end: set $205.75 aside for the tax of 2025; pay it as "
        "estimated tax (Form 1040-ES), or enter $6.55 for each of 26 paychecks on line 4(c) of Form W-4."
    )
    assert words in table(comparison_tables(answer, verbose=True), "Emily").notes
    assert words not in table(comparison_tables(answer), "Emily").notes
    assert words in [item.answer for item in checklist(answer)]


def test_reminders_have_the_days_on_which_estimated_tax_is_due() -> None:
    answer = compare(emily(TAXES, "policies=[quarterly]"))
    found = [one for one in reminders(answer, answer.results[0]) if one.kind == "tax"]
    assert [str(one.day) for one in found] == ["2025-04-15", "2025-09-15", "2026-01-15"]
    assert found[0].title.startswith("Estimated tax of 2025: $")
    policy = answer.results[0].policy
    stamp = datetime(2025, 1, 1, tzinfo=UTC)
    assert b"Estimated tax of 2025" in calendar(answer.scenario, policy, found, stamp)
    none = compare(emily("policies=[quarterly]"))
    assert "tax" not in {one.kind for one in reminders(none, none.results[0])}
