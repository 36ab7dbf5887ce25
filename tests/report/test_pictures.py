"""Pictures: each says its finding, nothing covers anything, and drawn twice it is the same bytes."""

import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import estimate
from simulator.answer.sweep import Sweep
from simulator.presentation import KINDS, UnknownKind, plot
from simulator.presentation.drawing import drawn
from simulator.report.palette import DARK
from simulator.report.pictures import UnknownImage, delay_picture, look, save, verdict_picture
from simulator.report.pictures.image import image
from simulator.report.pictures.labels import spread
from simulator.report.pictures.layers import LAYERS
from simulator.report.pictures.lettering import drawable, width, wrapped
from simulator.report.pictures.style import styled
from simulator.scenario.loading import load, loads
from simulator.scenario.question import UnknownPolicy
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare
from simulator.sweeps import SweepError, sweep_delay, sweep_delay_and_return, sweep_field
from tests.report.drawn import assert_readable, label, texts, title

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EMILY = """\
name: Emily
years: 2025
birth_year: 1997
pay: {salary: 200_000, frequency: biweekly, first_pay_date: 2025-01-03, rounding: year-to-date}
elections: {pre_tax: 12%, after_tax: 10%}
plan: {nonelective: 3%}
"""
MANY = ("returns.model=lognormal", "returns.paths=256")
WEALTH = ("taxes.federal=24%", "wealth.outside_return=4%")
"""Without it there is no picture of the kind wealth."""

SIXTY = "A label of sixty letters, which is as long as people may put"
TWELVE: list[Any] = [
    "per-paycheck",
    "weekly",
    "monthly",
    "quarterly",
    "semiannual",
    "year-end",
    "never",
    {"cadence": "per-paycheck", "delay": 30, "label": SIXTY},
    {"cadence": "monthly", "label": "W" * 60},
    {"cadence": "dates", "dates": ["2025-06-30"], "label": f"{SIXTY[:52]} again"},
    {"cadence": "year-end", "cutoff": 5},
    {"cadence": "per-paycheck", "delay": 3, "zero_out": True},
]
THREE = TWELVE[7:10]


def scenario(policies: Sequence[Any], *settings: str, name: str = "Emily") -> Scenario:
    """Emily's, with other policies and another name."""
    content = EMILY.replace("name: Emily", f"name: {json.dumps(name)}")
    content += f"policies: {json.dumps(policies)}\n"
    return loads(content.encode(), "emily.yaml", settings=settings)


def comparison(policies: Sequence[Any], *settings: str, name: str = "Emily") -> Comparison:
    """Its answer."""
    return compare(scenario(policies, *settings, name=name))


def sweep(delays: Sequence[int], *settings: str, others: Sequence[Any] = ()) -> Sweep:
    """Emily's taxable earnings by delay after each paycheck, beside those of other policies."""
    asked = scenario(["per-paycheck", *others], *settings)
    return sweep_delay(asked, asked.policies[0], delays)


def sweep_over(field: str, values: Sequence[str], *settings: str) -> Sweep:
    """Emily's taxable earnings at the year's end, by any field."""
    asked = scenario(["year-end"], *settings)
    return sweep_field(asked, field, values)


@pytest.fixture(autouse=True)
def fewer_delays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Half as many as on a picture: the curve has the same words beside it."""
    monkeypatch.setattr("simulator.presentation.drawing.DELAYS", range(0, 121, 4))


# What the titles say


@pytest.mark.parametrize(
    ("policies", "settings", "expect"),
    [
        (  # Box 2a of emily.yaml
            ["per-paycheck", "monthly", "year-end"],
            (),
            "Converting at the year's end makes $709 more taxable than after each paycheck",
        ),
        (
            [{"cadence": "per-paycheck", "delay": 3}, "monthly"],
            (),
            "Converting at each month's end makes $40 more taxable than 3 days after each paycheck",
        ),
        (
            ["monthly", {"cadence": "year-end", "label": "All at once"}],
            (),
            "“All at once” makes $658 more taxable than at each month's end",
        ),
        (["year-end"], (), "Converting at the year's end makes $709 taxable"),
        (
            ["year-end", "never"],
            ("plan.conversion.to=split",),
            "Converting at the year's end sends $709 to the IRA",
        ),
        (
            ["never"],
            (),
            "Never converting leaves $20,709 behind, $709 of it earnings not yet taxed",
        ),
        (
            ["monthly", "year-end"],
            ("returns.annual_return=0%",),
            "These policies move the same earnings, $0: waiting costs nothing here",
        ),
        (
            ["monthly", "year-end"],
            ("plan.conversion.allowed=false",),
            "The plan allows no conversion: everything stays in the after-tax subaccount",
        ),
        (
            ["monthly", "year-end"],
            ("elections.after_tax=0%",),
            "No after-tax contribution goes in: there is nothing to convert",
        ),
    ],
)
def test_cadence_states_what_waiting_costs(
    policies: list[Any], settings: tuple[str, ...], expect: str
) -> None:
    figure = plot(comparison(policies, *settings), "cadence")
    assert expect == title(figure)
    assert label(figure).startswith(f"{expect}. ")


def test_policies_that_are_alike_in_words_are_told_apart_by_their_names() -> None:
    zero_out = {"cadence": "monthly", "delay": 30, "zero_out": True}
    drawn = title(plot(comparison([zero_out, zero_out | {"cutoff": 9}])))
    assert "“monthly+30d+zero”" in drawn
    assert "“monthly+30d-9s+zero”" in drawn


def test_over_many_paths_the_title_has_the_paired_difference_of_the_means() -> None:
    answer = comparison(["per-paycheck", "year-end"], *MANY)
    worst = answer.statistics(answer.results[1].earnings_moved)["mean"]
    drawn = title(plot(answer, "cadence"))
    assert drawn.startswith("Converting at the year's end makes $")
    assert drawn.endswith(" more taxable on average than after each paycheck")
    figure = float(drawn.split("$")[1].split()[0].replace(",", ""))
    assert abs(figure - worst) < 0.02 * worst


def test_policies_that_leave_money_behind_are_set_apart_and_say_so() -> None:
    words = [text.get_text().strip() for text in texts(plot(comparison(TWELVE)))]
    heading = words.index("Money stays behind:")
    names = [one for one in words if one in {"per-paycheck", "year-end", "never"}]
    assert names == ["per-paycheck", "year-end", "never"]
    assert heading < words.index("never")
    assert "leaves $20,709 behind, $709 of it earnings not yet taxed" in words


def test_rows_stand_in_the_scenarios_order() -> None:
    drawn = texts(plot(comparison(["year-end", "monthly", "weekly"])))
    heights = {text.get_text(): text.get_window_extent().y0 for text in drawn}
    assert heights["year-end"] > heights["monthly"] > heights["weekly"]


@pytest.mark.parametrize(
    ("policies", "policy", "expect"),
    [
        (
            ["per-paycheck", "monthly"],
            "monthly",
            "Converting at each month's end moves $20,052 to the Roth, $52 of it taxable",
        ),
        (
            ["monthly", "per-paycheck"],  # the recommended one's, wherever it stands
            None,
            "Converting after each paycheck moves $20,000 to the Roth, $0 of it taxable",
        ),
        (
            ["per-paycheck"],
            None,
            "Converting after each paycheck moves $20,000 to the Roth, $0 of it taxable",
        ),
        (
            ["never"],
            None,
            "Never converting leaves $20,709 behind, $709 of it earnings not yet taxed",
        ),
    ],
)
def test_balance_states_what_one_policy_moves(
    policies: list[str], policy: str | None, expect: str
) -> None:
    figure = plot(comparison(policies), "balance", policy)
    assert expect == title(figure)
    assert label(figure).startswith(expect)


def test_balance_of_many_paths_says_which_path() -> None:
    figure = plot(comparison(["monthly"], *MANY), "balance")
    words = " ".join(text.get_text() for text in texts(figure))
    assert "path 0 of 256 lognormal paths, seed 2025" in words
    assert "Path 0." in label(figure)


@pytest.mark.parametrize(
    ("settings", "expect"),
    [
        ((), "After-tax contributions fill $20,000 of the room, $20,500 is unused"),
        (("elections.after_tax=max",), "After-tax contributions fill the room of $40,500"),
        (
            ("elections.after_tax=0%",),
            "No after-tax contribution goes in: room of $40,500 stays unused",
        ),
        (  # 415(c)(1)(B): no more than the year's pay, all of which is deferred
            (
                "pay.salary=20_000",
                "elections.pre_tax=100%",
                "elections.after_tax=0%",
                "plan.nonelective=0%",
            ),
            "Deferrals and employer money leave no room for after-tax contributions",
        ),
    ],
)
def test_contributions_state_what_becomes_of_the_room(
    settings: tuple[str, ...], expect: str
) -> None:
    figure = plot(comparison(["monthly"], *settings), "contributions")
    assert expect == title(figure)
    assert label(figure).startswith(expect)


def test_contributions_are_labelled_with_their_amounts_and_the_limits() -> None:
    words = [text.get_text() for text in texts(plot(comparison(["monthly"]), "contributions"))]
    for expect in (
        "Pre-tax $23,500",
        "Employer $6,000",
        "After-tax $20,000",
        "402(g) limit $23,500",
        "415(c) limit $70,000",
    ):
        assert expect in words


def test_catch_up_stands_above_what_the_limits_count() -> None:
    """IRC 414(v): catch-up counts towards neither 402(g) nor 415(c). Figures of the scenario's notes."""
    answer = compare(load(SCENARIOS / "aged-sixty-three.yaml"))
    heights = {
        text.get_text(): text.get_window_extent().y0
        for text in texts(plot(answer, "contributions"))
    }
    order = ["Pre-tax $24,500", "Employer $4,200", "After-tax $21,000", "Catch-up $8,000"]
    assert order == sorted(order, key=heights.__getitem__)


# Sweeps


@pytest.mark.parametrize(
    ("delays", "expect"),
    [
        ([0, 3], "A delay of 3 days makes $12 more taxable than none"),
        ([3, 30], "A delay of 30 days makes $104 more taxable than one of 3 days"),
        # from Friday paychecks to Monday
        ([1], "A delay of 1 day makes $12 taxable"),
    ],
)
def test_a_sweep_states_what_the_longest_delay_costs(delays: list[int], expect: str) -> None:
    figure = delay_picture(sweep(delays))
    assert expect == title(figure)
    assert label(figure).startswith(f"{expect}. ")


def test_over_many_paths_a_sweep_states_the_difference_of_the_means() -> None:
    told = sweep([3, 30], *MANY)
    low, high = (point.amount for point in told.points)
    drawn = title(delay_picture(told))
    assert drawn.startswith("A delay of 30 days makes $")
    assert drawn.endswith(" more taxable on average than one of 3 days")
    figure = float(drawn.split("$")[1].split()[0].replace(",", ""))
    assert abs(figure - (high["mean"] - low["mean"])) < high["se"]


def test_a_sweep_of_another_field_names_it_with_both_ends() -> None:
    figure = delay_picture(sweep_over("returns.annual_return", ["0%", "7%"]))
    # the year's end of emily.yaml
    expect = "Taxable earnings by returns.annual_return: $0 at 0% and $709 at 7%"
    assert expect == title(figure)
    assert label(figure).startswith(f"{expect}. ")


def test_a_sweep_tells_what_is_taxed_of_a_split_rollover_too() -> None:
    """IRS Notice 2014-54: earnings sent to a traditional IRA are not in Box 2a."""
    told = sweep([0, 30], "plan.conversion.to=split")
    assert title(delay_picture(told)) == "A delay of 30 days makes $0 more taxable than none"


def test_a_sweep_marks_other_cadences_and_the_closed_form() -> None:
    told = sweep([30, 3, 0], *MANY, others=["monthly", "year-end"])
    assert told.closed_form
    figure = delay_picture(told)
    assert_readable(figure)
    words = [text.get_text() for text in texts(figure)]
    expect = {f"{one.policy} {estimate(one.amount)}" for one in told.marks[1:]}
    assert len(expect) == 2
    assert expect | {f"mean gain by formula ${told.closed_form[0]:,.0f}"} <= {
        one.replace("\n", " ") for one in words
    }
    assert any(one.startswith("median $") for one in words)


def test_where_the_fund_falls_no_mean_gain_is_drawn() -> None:
    """It is negative by formula, and nothing of it is taxable."""
    told = sweep([0, 30], *MANY, "returns.annual_return=-5%")
    assert told.closed_form
    assert min(told.closed_form) < 0
    assert not any("by formula" in text.get_text() for text in texts(delay_picture(told)))


@pytest.mark.parametrize("settings", [(), MANY], ids=["one path", "many"])
def test_a_sweep_over_words_has_a_row_for_each(settings: tuple[str, ...]) -> None:
    told = sweep_over("returns.annual_return", ["1%", "2%", "3%"], *settings)
    words = ("roth-401k", SIXTY, "$x$")
    points = (point._replace(value=one) for point, one in zip(told.points, words, strict=True))
    figure = delay_picture(replace(told, field="plan.custodian", points=tuple(points)))
    assert_readable(figure)
    assert {"roth-401k", "$x$"} <= {text.get_text() for text in texts(figure)}


@pytest.mark.parametrize("settings", [(), MANY], ids=["one path", "many"])
@pytest.mark.parametrize("delays", [[7], [7, 7], [0, 365], list(range(0, 61, 5))])
def test_sweeps_with_a_dozen_marks_are_readable(
    delays: list[int], settings: tuple[str, ...]
) -> None:
    assert_readable(delay_picture(sweep(delays, *settings, others=TWELVE[1:])))


# What is seen


@pytest.mark.parametrize(
    ("policies", "settings"), [(["year-end"], ()), (THREE, MANY), (TWELVE, ()), (TWELVE, MANY)]
)
def test_no_text_covers_another_or_leaves_the_page(
    policies: list[Any], settings: tuple[str, ...]
) -> None:
    """Wide and narrow; what a picture shows is worked out once for both."""
    answer = comparison(policies, *settings, *WEALTH, "wealth.hold=30", name=f"{SIXTY}, " * 5)
    for kind in KINDS:
        if kind == "heat" and policies is not THREE:
            continue  # it is of one policy
        draw = drawn(answer, kind)
        for narrow in (False, True):
            assert_readable(draw(look(narrow=narrow)))


def test_a_whole_distribution_is_readable_where_it_is_narrow() -> None:
    lognormal = scenario(["per-paycheck", "monthly", "year-end"], "returns.model=lognormal")
    answer = compare(lognormal, engine="exact")
    for kind in ("verdict", "cadence"):
        assert_readable(plot(answer, kind, narrow=True))


@pytest.mark.parametrize("policies", [THREE, ["per-paycheck", "year-end", "never"]])
def test_in_the_dark_everything_is_of_the_dark_palette(policies: list[Any]) -> None:
    """Letters are light; only on the light squares of the heat map they are dark."""
    answer = comparison(policies, *WEALTH, "returns.after_tax={model: constant, annual_return: 3%}")
    for kind in KINDS:
        figure = plot(answer, kind, dark=True)
        assert to_hex(figure.get_facecolor()) == DARK.paper
        letters = {to_hex(str(text.get_color())) for text in texts(figure)}
        squares = {DARK.paper} if kind == "heat" else set()
        assert letters <= {DARK.ink, DARK.soft, DARK.main} | squares


def test_the_verdicts_picture_begins_with_the_recommended_policy_and_tells_its_tax() -> None:
    """24% of 709.49, of 51.58: what converting at the year's end, each month, is taxed."""
    answer = comparison(["never", "year-end", "monthly", "per-paycheck"], *WEALTH)
    figure = plot(answer, "verdict")
    assert title(figure) == (
        "Converting at the year's end costs $170 more of tax than after each paycheck"
    )
    heights = {text.get_text(): text.get_window_extent().y0 for text in texts(figure)}
    order = ["per-paycheck", "monthly", "year-end", "never"]
    assert order == sorted(order, key=heights.__getitem__, reverse=True)
    assert {"$0", "$12", "$170", "recommended, 26 conversions"} <= heights.keys()
    few = verdict_picture(answer, 2)
    shown = {text.get_text() for text in texts(few)}
    assert {"per-paycheck", "year-end"} <= shown, "the recommended, and what it is told beside"
    assert "monthly" not in shown and "monthly: $12" in label(few)


def test_a_heat_map_tells_tax_by_growth_and_delay_of_the_recommended_policy() -> None:
    """In whole dollars, which lie also where it is narrow."""
    figure = plot(comparison(["per-paycheck", "year-end"], *WEALTH), "heat", narrow=True)
    squares = figure.axes[0].texts
    assert {one.get_rotation() for one in squares} == {0}
    assert not any("." in one.get_text() for one in squares)
    assert title(figure).startswith("Tax on the earnings: $0 at 3% and 0 days, $")
    assert title(figure).endswith(" at 11% and 120 days")
    history = scenario(["monthly"], "returns.model=history", "returns.start=each")
    with pytest.raises(SweepError, match="no growth of its own"):
        sweep_delay_and_return(history, history.policies[0], ["3%"], [0])


def test_titles_carry_the_tax_where_there_is_one() -> None:
    """24% of 120 days' earnings, 457.05, and of the year's end, 709.49."""
    taxed = comparison(["year-end"], "taxes.federal=24%")
    assert title(plot(taxed, "balance")).endswith("$709 of it taxable ($170 of tax)")
    asked = scenario(["per-paycheck", "year-end"], "taxes.federal=24%")
    costs = (
        "Converting at the year's end makes $709 more taxable than after each paycheck, $170 of tax"
    )
    assert title(plot(compare(asked))) == costs
    waits = plot(sweep_delay(asked, asked.policies[0], [0, 120]))
    assert title(waits) == ("A delay of 120 days makes $457 more taxable than none, $110 of tax")


def test_several_years_of_contributions_are_a_bar_each() -> None:
    """Thirty years are no saw: as many bars a layer as years, each as high as the year's amount."""
    answer = comparison(["monthly"], "years=2025-2054", "limits.inflation=2.5%")
    figure = plot(answer, "contributions", narrow=True)
    assert_readable(figure)
    heights = [one.get_height() for one in figure.axes[0].patches if isinstance(one, Rectangle)]
    assert len(heights) == 30 * len(LAYERS)
    pre_tax = [year.total("pre_tax") / 100 for year in answer.contributions]
    assert heights[:30] == pytest.approx(pre_tax)


def test_ten_years_are_readable() -> None:
    ten = ("years=2025-2034", "limits.inflation=2.5%", *MANY, *WEALTH)
    answer = comparison(TWELVE, *ten)
    for kind in KINDS[:-1]:
        assert_readable(plot(answer, kind))


def test_amounts_far_beyond_a_salary_are_readable() -> None:
    huge = ("pay.salary=1_000_000_000", "elections.after_tax=max", "returns.annual_return=1000%")
    answer = comparison(["year-end", "never"], *huge, *WEALTH)
    for kind in KINDS:
        assert_readable(plot(answer, kind))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (
            SIGNS := "$x$ and $\\frac{1}{2 <script>alert(1)</script> & ]]> --> "
            "two\nlines\tand a tab 退職 \N{ARABIC LETTER ALEF} \u200b\u202e _^{}\\",
            SIGNS,
        ),
        ("A" * 10_000, "word " * 2_000),
    ],
    ids=["signs", "long"],
)
def test_names_are_drawn_as_they_are(name: str, label: str) -> None:
    policies = [{"cadence": "monthly", "label": label}, {"cadence": "never", "label": f"0 {name}"}]
    answer = comparison(policies, *WEALTH, name=name)
    for kind in KINDS:
        figure = plot(answer, kind)
        assert_readable(figure)
    assert b"<script" not in image(figure, "svg")


def test_dollar_signs_are_no_mathematics() -> None:
    words = [text.get_text() for text in texts(plot(comparison(["monthly"], name="$x$ $y$")))]
    assert any("$x$ $y$" in one for one in words)
    with styled():
        assert Text(0, 0, "$x$").get_parse_math() is False


# Files


@pytest.fixture(scope="module")
def three() -> Comparison:
    """An answer that has every kind of picture."""
    return comparison(["monthly", "year-end", "never"], *MANY, *WEALTH)


@pytest.mark.parametrize("kind", ["verdict", "balance", "heat"])
def test_drawn_twice_a_file_is_the_same_bytes(kind: str, three: Comparison, tmp_path: Path) -> None:
    forms = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}
    for name in ("one", "two"):
        figure = plot(three, kind)
        for form in forms:
            save(figure, tmp_path / f"{name}.{form}")
    for form, begins in forms.items():
        one, two = ((tmp_path / f"{name}.{form}").read_bytes() for name in ("one", "two"))
        assert one == two
        assert one.startswith(begins)


def test_a_suffix_in_capitals_is_known_and_another_is_refused_with_those_that_are(
    tmp_path: Path,
) -> None:
    figure = plot(comparison(["monthly"]))
    save(figure, tmp_path / "a.PNG")
    for name, suffix in (("a.jpeg", ".jpeg"), ("a", "")):
        with pytest.raises(ValueError, match=r"\.png, \.svg, \.pdf") as refused:
            save(figure, tmp_path / name)
        assert f"'{suffix}'" in str(refused.value)
    assert [file.name for file in tmp_path.iterdir()] == ["a.PNG"]
    with pytest.raises(UnknownImage):
        image(figure, "tiff")


def test_an_svg_says_in_words_what_it_shows() -> None:
    answer = comparison(["per-paycheck", "year-end"])
    drawn = image(plot(answer, "cadence"), "svg").decode()
    assert "<title>Converting at the year's end makes $709 more" in drawn
    assert "year-end: $709." in drawn


def test_the_readers_own_settings_neither_show_nor_change() -> None:
    answer = comparison(["monthly"])
    expect = image(plot(answer, "cadence"), "png")
    with matplotlib.rc_context({"font.size": 30.0, "lines.linewidth": 9.0, "savefig.dpi": 20}):
        assert expect == image(plot(answer, "cadence"), "png")
        assert matplotlib.rcParams["font.size"] == 30


def test_unknown_kinds_and_policies_are_refused() -> None:
    answer = comparison(["monthly"])
    with pytest.raises(UnknownKind, match="cadence, delay, balance, contributions"):
        plot(answer, "pie")
    with pytest.raises(UnknownPolicy):
        plot(answer, "balance", "yearly")


# Lines and columns of text


def test_wrapped_text_is_as_narrow_as_asked_and_ends_in_an_ellipsis_where_it_is_cut() -> None:
    for words in (SIXTY, "W" * 60, "i" * 500, ""):
        lines = wrapped(words, 2.0, lines=2).split("\n")
        assert len(lines) <= 2
        assert all(width(line) <= 2.0 for line in lines)
    assert wrapped("W" * 60, 2.0, lines=2).endswith("…")
    assert wrapped("short", 2.0) == "short"


def test_a_line_holds_as_many_words_as_find_room() -> None:
    for inches in (1.0, 1.7, 2.5):
        lines = wrapped(SIXTY, inches, lines=9).split("\n")
        assert " ".join(lines) == SIXTY
        for line, below in pairwise(lines):
            assert width(f"{line} {below.split()[0]}") > inches
    cut = wrapped("W" * 60, 2.0, lines=1)
    assert width(cut) <= 2.0 < width(f"W{cut}")


def test_letters_that_the_font_lacks_and_control_characters_are_no_surprise() -> None:
    assert drawable("a\tb\u200b\x07") == "a b"
    assert drawable("é€退") == "é€\N{REPLACEMENT CHARACTER}"


def test_labels_move_no_further_than_they_must() -> None:
    assert spread([], [], 3) == []
    assert spread([0.5, 2.0], [0.2, 0.2], 3) == [0.5, 2.0]
    assert spread([1.0, 1.0], [0.2, 0.2], 3) == pytest.approx([0.9, 1.1])
    assert spread([0.0, 0.0], [0.2, 0.2], 3) == pytest.approx([0.1, 0.3])
    assert spread([3.0, 3.0], [0.2, 0.2], 3) == pytest.approx([2.7, 2.9])
    crowded = spread([1.0] * 9, [0.2] * 9, 1)
    assert all(above - below == pytest.approx(0.2) for below, above in pairwise(crowded))
