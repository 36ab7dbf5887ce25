"""The picture of a sweep: a curve of taxable earnings by delay, or a row for each value of another field."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.phrases import (
    average,
    capital,
    estimate,
    one_line,
    paragraph,
    quoted,
    shortened,
    whole_dollars,
)
from simulator.answer.sweep import MADE, WORDS, Sweep
from simulator.refusal import Refused
from simulator.report.palette import Palette
from simulator.report.pictures.distributions import distributions
from simulator.report.pictures.labels import SWATCH, Beside, Label
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.rows import Row
from simulator.report.pictures.scales import days_across, dollars_down, scale_width
from simulator.report.pictures.sheet import sheet
from simulator.report.pictures.style import SMALL
from simulator.report.sentences import over

Statistics = Mapping[str, float]
"""The statistics of an amount. [dollars]"""

FEW = 25
"""Points that are marked one by one."""

MOST_ROWS = 60
"""Values that a picture without a curve has room for, a row each."""

DASHED, DOTTED = (0, (6, 3)), (0, (2, 2))

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


@in_style
def delay_picture(sweep: Sweep, tax: str = "", *, look: Look = WIDE) -> Figure:
    """The picture of a sweep.

    Args:
        sweep: The sweep.
        tax: What its last delay adds of tax to the first, where that is known.
        look: Its shape and colours.

    Raises:
        TooManyRows: It has no curve, and more values than there is room for.
    """
    return _curve(sweep, tax, look) if sweep.field == "delay" else _rows(sweep, look)


def _alt_text(sweep: Sweep, tax: str = "") -> str:
    """What the picture of a sweep shows, in sentences, the finding first."""
    means = [f"{one_line(str(point.value))}: {estimate(point.amount)}" for point in sweep.points]
    marks = [f"{one_line(mark.policy)}: {estimate(mark.amount)}" for mark in sweep.marks]
    return paragraph(
        _finding(sweep, tax),
        f"Mean {WORDS[sweep.of]} by {one_line(sweep.field)}: {'; '.join(means)}",
        f"For comparison, {'; '.join(marks)}" if marks else "",
    )


def _finding(sweep: Sweep, tax: str = "") -> str:
    first, last = sweep.points[0], sweep.points[-1]
    if sweep.field != "delay":
        words = dict.fromkeys(
            f"{_whole(point.amount)} at {shortened(str(point.value))}" for point in (first, last)
        )
        return f"{capital(WORDS[sweep.of])} by {one_line(sweep.field)}: {' and '.join(words)}"
    if len(sweep.points) == 1:
        taxable = f"{_whole(last.amount)} taxable{average(sweep.paths)}"
        return f"A delay of {_days(last.value)} makes {taxable}"
    added = last.over_first or {"mean": last.amount["mean"] - first.amount["mean"], "se": 0.0}
    size = whole_dollars(abs(added["mean"]) * 100, added["se"] * 100)
    more = "less" if added["mean"] < 0 else "more"
    than = "none" if first.value == 0 else f"one of {_days(first.value)}"
    made = f"{size} {more} {MADE[sweep.of]}{average(sweep.paths)}"
    of_tax = f", {tax} of tax" if tax else ""
    return f"A delay of {_days(last.value)} makes {made} than {than}{of_tax}"


def _whole(statistics: Statistics) -> str:
    """A mean as a title has it."""
    return whole_dollars(statistics["mean"] * 100, statistics["se"] * 100)


def _days(many: int | float | str) -> str:
    return f"{many} day{'s' * (many != 1)}"


def _subtitle(sweep: Sweep) -> list[str]:
    """Whose earnings, over what."""
    years = "" if sweep.field in ("years", "until") else f"{sweep.scenario.period}; "
    whose = f"{quoted(sweep.policy)}, {years}{over(sweep)}"
    return [sweep.scenario.name, whose]


def _rows(sweep: Sweep, look: Look) -> Figure:
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
        look=look,
    )


def _curve(sweep: Sweep, tax: str, look: Look) -> Figure:
    """Mean, median and band; the scenario's own policies as lines across."""
    many = sweep.paths != 1 and all(point.amount["p5"] is not None for point in sweep.points)
    days, statistics, formula = _rising(sweep)
    columns = ("mean", "p50", "p5", "p95") if many else ("mean",)
    ends = [point[column] for point in statistics for column in columns]
    marks = [mark.amount["mean"] for mark in sweep.marks]
    top = max([1.0, *ends, *marks, *formula]) * 1.05
    palette = look.palette
    labels = Beside.of(_labels(sweep, statistics[-1], formula, palette), 2.1, look.narrow)
    down = max(2.4 if look.narrow else 3.2, labels.tall * 1.3)
    note = _how_to_read(sweep, bool(formula))
    foot = 0.85 + labels.list_height(look.wide - 2 * look.margin)
    alt = _alt_text(sweep, tax)
    page = sheet(_finding(sweep, tax), _subtitle(sweep), down + foot, note, alt, look)
    left, right = page.left + scale_width(top), page.right - labels.wide
    axes = page.axes(left, right, 0.2, down)
    page.write(page.left, 0.06, capital(WORDS[sweep.of]), ha="left", size=SMALL, color=palette.soft)
    _draw(axes, days, statistics, many, palette)
    if formula:
        axes.plot(days, formula, color=palette.away, linewidth=1.6, linestyle=DOTTED, zorder=4)
    for dollars in marks:
        axes.axhline(dollars, color=palette.other, linewidth=1.0, linestyle=DASHED, zorder=1.5)
    dollars_down(axes, top)
    days_across(axes, days, right - left)
    waits = (
        "Days that each deposit waits"
        if look.narrow
        else ("Delay of each deposit before it may be converted, calendar days")
    )
    page.write((page.left + page.right) / 2 if look.narrow else (left + right) / 2, down + 0.55,
               waits, ha="center", color=palette.soft)  # fmt: skip
    labels.draw(axes, top, (right - left, down))
    labels.draw_list(page, down + 0.75)
    return page.figure


def _how_to_read(sweep: Sweep, formula: bool) -> str:
    sentences = ["Shaded: nine of ten possible futures, from 5% to 95%."] * (
        sweep.paths != 1 and len(sweep.points) > 1
    )
    sentences += ["Dashed: the policies compared."] if sweep.marks else []
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


def _draw(
    axes: Axes, days: Sequence[int], statistics: Sequence[Statistics], many: bool, palette: Palette
) -> None:
    dot = "o" if len(days) <= FEW else ""
    if many:
        low, high = [point["p5"] for point in statistics], [point["p95"] for point in statistics]
        axes.fill_between(days, low, high, color=palette.band, linewidth=0)
        median = [point["p50"] for point in statistics]
        axes.plot(days, median, color=palette.ink, linestyle="-.", linewidth=1.3)
    means = [point["mean"] for point in statistics]
    axes.plot(days, means, color=palette.main, linewidth=2.2, marker=dot, markersize=4.5)


def _labels(
    sweep: Sweep, last: Statistics, formula: Sequence[float], palette: Palette
) -> list[Label]:
    """What stands at the right: the policies, the curves at their ends, the band."""
    many = sweep.paths != 1 and last["p5"] is not None
    labels = [
        Label(
            mark.amount["mean"],
            mark.policy,
            palette.other,
            "--",
            _whole(mark.amount) + ", money left" * mark.leaves_money,
        )
        for mark in sweep.marks
    ]
    words = "mean" if many else f"a delay of {_days(sweep.points[-1].value)}"
    labels.append(Label(last["mean"], words, palette.main, figure=_whole(last), thick=2.2))
    if many:
        ends = {"median": ("p50", palette.ink, "-.", 1.2)}
        ends |= {f"{n}%": (f"p{n}", palette.band, "-", SWATCH) for n in (5, 95)}
        for name, (column, color, line, thick) in ends.items():
            figure = f"${last[column]:,.0f}"
            labels.append(Label(last[column], name, color, line, figure, thick))
    if formula:
        words = "mean gain by formula"
        labels.append(Label(formula[-1], words, palette.away, ":", f"${formula[-1]:,.0f}"))
    return labels
