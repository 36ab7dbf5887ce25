"""The picture of a sweep: a curve of taxable earnings by delay, or a row for each value of another field."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.phrases import (
    average,
    capital,
    estimate,
    money,
    one_line,
    paragraph,
    quoted,
    shortened,
)
from simulator.answer.sweep import MADE, WORDS, Mark, Sweep
from simulator.refusal import Refused
from simulator.report.pictures.distributions import Row, distributions
from simulator.report.pictures.labels import Beside, Label
from simulator.report.pictures.scales import days_across, dollars_down, scale_width
from simulator.report.pictures.sheet import MARGIN, WIDTH, sheet
from simulator.report.pictures.style import BLUE, GREY, INK, SKY, SMALL, VERMILLION, styled
from simulator.report.sentences import over

Statistics = Mapping[str, float]
"""The statistics of an amount. [dollars]"""

FEW = 25
"""Points that are marked one by one."""

MOST_ROWS = 60
"""Values that a picture without a curve has room for, a row each."""

LEAVES = "leaves money behind, its earnings not yet taxed"


class TooManyRows(Refused):
    """A picture was asked for with more rows than a page has room for."""

    argument = "vary"

    def __init__(self, count: int):
        super().__init__(
            f"{count:,} values are too many for a picture; at most {MOST_ROWS}: take a larger STEP"
        )


def demand_rows(rows: int) -> None:
    """Raises `TooManyRows` where a picture without a curve has no room for so many values."""
    if rows > MOST_ROWS:
        raise TooManyRows(rows)


@styled()
def delay_picture(sweep: Sweep) -> Figure:
    """The picture of a sweep.

    Raises:
        TooManyRows: It has no curve, and more values than there is room for.
    """
    return _curve(sweep) if sweep.field == "delay" else _rows(sweep)


def _alt_text(sweep: Sweep) -> str:
    """What the picture of a sweep shows, in sentences, the finding first."""
    means = [f"{one_line(str(point.value))}: {estimate(point.amount)}" for point in sweep.points]
    marks = [f"{one_line(mark.policy)}: {estimate(mark.amount)}" for mark in sweep.marks]
    return paragraph(
        _finding(sweep),
        f"Mean {WORDS[sweep.of]} by {one_line(sweep.field)}: {'; '.join(means)}",
        f"For comparison, {'; '.join(marks)}" if marks else "",
    )


def _finding(sweep: Sweep) -> str:
    first, last = sweep.points[0], sweep.points[-1]
    if sweep.field != "delay":
        words = dict.fromkeys(
            f"{estimate(point.amount)} at {shortened(str(point.value))}" for point in (first, last)
        )
        return f"{capital(WORDS[sweep.of])} by {one_line(sweep.field)}: {' and '.join(words)}"
    if len(sweep.points) == 1:
        taxable = f"{estimate(last.amount)} taxable{average(sweep.paths)}"
        return f"A delay of {_days(last.value)} makes {taxable}"
    added = last.over_first or {"mean": last.amount["mean"] - first.amount["mean"], "se": 0.0}
    size = money(abs(added["mean"]) * 100, added["se"] * 100)
    more = "less" if added["mean"] < 0 else "more"
    than = "none" if first.value == 0 else f"one of {_days(first.value)}"
    made = f"{size} {more} {MADE[sweep.of]}{average(sweep.paths)}"
    return f"A delay of {_days(last.value)} makes {made} than {than}"


def _days(many: int | float | str) -> str:
    return f"{many} day{'s' * (many != 1)}"


def _subtitle(sweep: Sweep) -> list[str]:
    """Whose earnings, over what."""
    years = "" if sweep.field in ("years", "until") else f"{sweep.scenario.period}; "
    whose = f"{quoted(sweep.policy)}, {years}{over(sweep)}"
    return [sweep.scenario.name, whose]


def _rows(sweep: Sweep) -> Figure:
    demand_rows(len(sweep.points))
    return distributions(
        _finding(sweep),
        _subtitle(sweep),
        [
            Row(str(point.value), point.amount, estimate(point.amount), LEAVES * point.leaves_money)
            for point in sweep.points
        ],
        WORDS[sweep.of],
        sweep.paths != 1,
        _alt_text(sweep),
    )


def _curve(sweep: Sweep) -> Figure:
    """Mean, median and band; the scenario's own policies as lines across."""
    many = sweep.paths != 1 and all(point.amount["p5"] is not None for point in sweep.points)
    days, statistics, formula = _rising(sweep)
    columns = ("mean", "p50", "p5", "p95") if many else ("mean",)
    ends = [point[column] for point in statistics for column in columns]
    marks = [mark.amount["mean"] for mark in sweep.marks]
    top = max([1.0, *ends, *marks, *formula]) * 1.05
    labels = Beside.of(_labels(sweep.marks, statistics[-1], formula, many), 2.1)
    down = max(3.4, labels.tall * 1.3)
    note = _how_to_read(sweep, bool(formula))
    page = sheet(_finding(sweep), _subtitle(sweep), down + 0.85, note, _alt_text(sweep))
    left, right = MARGIN + scale_width(top), WIDTH - MARGIN - labels.wide
    axes = page.axes(left, right, 0.2, down)
    page.write(MARGIN, 0.06, capital(WORDS[sweep.of]), ha="left", size=SMALL, color=GREY)
    _draw(axes, days, statistics, many)
    if formula:
        axes.plot(days, formula, color=VERMILLION, linewidth=1.6, linestyle=(0, (2, 2)), zorder=4)
    for dollars in marks:
        axes.axhline(dollars, color=GREY, linewidth=1.0, linestyle=(0, (6, 3)), zorder=1.5)
    dollars_down(axes, top)
    days_across(axes, days, right - left)
    axes.set_xlabel("Delay of each deposit before it may be converted, calendar days")
    labels.draw(axes, top, (right - left, down))
    return page.figure


def _how_to_read(sweep: Sweep, formula: bool) -> str:
    sentences = ["Shaded: from 5% to 95% of the paths."] * (
        sweep.paths != 1 and len(sweep.points) > 1
    )
    sentences += ["Dashed: the scenario's own policies."] if sweep.marks else []
    if formula:
        sentences.append("Dotted: the mean gain by formula; what is taxed is at least that.")
    return " ".join(sentences)


def _rising(sweep: Sweep) -> tuple[list[int], list[Statistics], list[float]]:
    """The delays from the shortest to the longest, their statistics, their means by formula."""
    order = sorted(range(len(sweep.points)), key=lambda place: int(sweep.points[place].value))
    points = [sweep.points[place] for place in order]
    formula = [sweep.closed_form[place] for place in order] if sweep.closed_form else []
    if min(formula, default=0.0) < 0:
        formula = []  # the fund falls, and nothing of it is taxable
    return [int(point.value) for point in points], [point.amount for point in points], formula


def _draw(axes: Axes, days: Sequence[int], statistics: Sequence[Statistics], many: bool) -> None:
    dot = "o" if len(days) <= FEW else ""
    if many:
        low, high = [point["p5"] for point in statistics], [point["p95"] for point in statistics]
        axes.fill_between(days, low, high, color=SKY, alpha=0.35, linewidth=0)
        median = [point["p50"] for point in statistics]
        axes.plot(
            days, median, color=INK, linestyle="-.", linewidth=1.3, marker=dot, markersize=2.5
        )
    means = [point["mean"] for point in statistics]
    axes.plot(days, means, color=BLUE, linewidth=2.2, marker=dot, markersize=5)


def _labels(
    marks: Sequence[Mark], last: Statistics, formula: Sequence[float], many: bool
) -> list[Label]:
    """What stands at the right: the policies, the curves at their ends, the band."""
    labels = [
        Label(
            mark.amount["mean"],
            mark.policy,
            GREY,
            "--",
            estimate(mark.amount) + ", money left" * mark.leaves_money,
        )
        for mark in marks
    ]
    labels.append(Label(last["mean"], "mean" * many, BLUE, figure=estimate(last)))
    if many:
        labels.append(Label(last["p50"], "median", INK, "-.", f"${last['p50']:,.0f}"))
        labels.append(Label(last["p5"], "5%", SKY, figure=f"${last['p5']:,.0f}"))
        labels.append(Label(last["p95"], "95%", SKY, figure=f"${last['p95']:,.0f}"))
    if formula:
        words = "mean gain by formula"
        labels.append(Label(formula[-1], words, VERMILLION, ":", f"${formula[-1]:,.0f}"))
    return labels
