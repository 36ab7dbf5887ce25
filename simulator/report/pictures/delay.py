"""The picture of a sweep: a curve of taxable earnings by delay, or a row for each value of another field."""

from collections.abc import Mapping, Sequence
from math import hypot

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.report.pictures.distributions import Row, distributions
from simulator.report.pictures.labels import Beside, Label
from simulator.report.pictures.lettering import one_line
from simulator.report.pictures.phrases import average, over, paragraph, shortened
from simulator.report.pictures.scales import amount, days_across, dollars_down, scale_width
from simulator.report.pictures.sheet import MARGIN, WIDTH, sheet
from simulator.report.pictures.style import BLUE, GREY, INK, SKY, SMALL, VERMILLION, styled
from simulator.report.sentences import money
from simulator.sweeps import Sweep

Told = Mapping[str, float]
"""The statistics of an amount. [dollars]"""

FEW = 25
"""Points that are marked one by one."""


def delay_picture(sweep: Sweep) -> Figure:
    """The picture of a sweep."""
    with styled():
        return _curve(sweep) if sweep.field == "delay" else _rows(sweep)


def delay_alt_text(sweep: Sweep) -> str:
    """What the picture of a sweep shows, in sentences, the finding first."""
    means = [f"{one_line(str(value))}: {amount(told['mean'])}" for value, told in sweep.points]
    marks = [f"{one_line(label)}: {amount(dollars)}" for label, dollars in sweep.marks.items()]
    return paragraph(
        _finding(sweep),
        f"Mean taxable earnings by {one_line(sweep.field)}: {'; '.join(means)}",
        f"For comparison, {'; '.join(marks)}" if marks else "",
    )


def _finding(sweep: Sweep) -> str:
    ends = sweep.points[0], sweep.points[-1]
    if sweep.field != "delay":
        words = dict.fromkeys(f"{_mean(told)} at {shortened(str(value))}" for value, told in ends)
        return f"Taxable earnings by {one_line(sweep.field)}: {' and '.join(words)}"
    (first, low), (last, high) = ends
    if len(sweep.points) == 1:
        return f"A delay of {_days(last)} taxes {_mean(high)}{average(sweep.paths)}"
    added = high["mean"] - low["mean"]
    # on the same paths, so the error of the difference is below that of independent means
    size = money(abs(added) * 100, hypot(low["se"], high["se"]) * 100)
    return (
        f"A delay of {_days(last)} taxes {size} {'less' if added < 0 else 'more'}"
        f"{average(sweep.paths)} than {'none' if first == 0 else f'one of {_days(first)}'}"
    )


def _mean(told: Told) -> str:
    return money(told["mean"] * 100, told["se"] * 100)


def _days(many: int | float | str) -> str:
    return f"{many} day{'s' * (many != 1)}"


def _rows(sweep: Sweep) -> Figure:
    return distributions(
        _finding(sweep),
        [sweep.scenario.name, f"By {one_line(sweep.field)}; {over(sweep.scenario, sweep.paths)}"],
        [Row(str(value), told, _mean(told)) for value, told in sweep.points],
        "taxable earnings",
        sweep.paths > 1,
        delay_alt_text(sweep),
    )


def _curve(sweep: Sweep) -> Figure:
    """Mean, median and band; the scenario's own policies as lines across."""
    many = sweep.paths > 1
    days, told, formula = _rising(sweep)
    columns = ("mean", "p50", "p5", "p95") if many else ("mean",)
    ends = [one[column] for one in told for column in columns]
    top = max([1.0, *ends, *sweep.marks.values(), *formula]) * 1.05
    labels = Beside.of(_labels(sweep.marks, told[-1], formula, many), 2.1)
    down = max(3.4, labels.tall * 1.3)
    note = "Shaded: from 5% to 95% of the paths." if many else ""
    subtitle = [sweep.scenario.name, over(sweep.scenario, sweep.paths)]
    page = sheet(_finding(sweep), subtitle, down + 0.85, note, delay_alt_text(sweep))
    left, right = MARGIN + scale_width(top), WIDTH - MARGIN - labels.wide
    axes = page.axes(left, right, 0.2, down)
    page.write(MARGIN, 0.06, "Taxable earnings", ha="left", size=SMALL, color=GREY)
    _draw(axes, days, told, many)
    if formula:
        axes.plot(days, formula, color=VERMILLION, linewidth=1.6, linestyle=(0, (2, 2)), zorder=4)
    for dollars in sweep.marks.values():
        axes.axhline(dollars, color=GREY, linewidth=1.0, linestyle=(0, (6, 3)), zorder=1.5)
    dollars_down(axes, top)
    days_across(axes, days, right - left)
    axes.set_xlabel("Delay of each deposit before it may be converted, calendar days")
    labels.draw(axes, top, (right - left, down))
    return page.figure


def _rising(sweep: Sweep) -> tuple[list[int], list[Told], list[float]]:
    """The delays from the shortest to the longest, their statistics, their means by formula."""
    order = sorted(range(len(sweep.points)), key=lambda place: int(sweep.points[place][0]))
    points = [sweep.points[place] for place in order]
    formula = [sweep.closed_form[place] for place in order] if sweep.closed_form else []
    return [int(days) for days, _ in points], [told for _, told in points], formula


def _draw(axes: Axes, days: Sequence[int], told: Sequence[Told], many: bool) -> None:
    dot = "o" if len(days) <= FEW else ""
    if many:
        low, high = [one["p5"] for one in told], [one["p95"] for one in told]
        axes.fill_between(days, low, high, color=SKY, alpha=0.35, linewidth=0)
        median = [one["p50"] for one in told]
        axes.plot(
            days, median, color=INK, linestyle="-.", linewidth=1.3, marker=dot, markersize=2.5
        )
    means = [one["mean"] for one in told]
    axes.plot(days, means, color=BLUE, linewidth=2.2, marker=dot, markersize=5)


def _labels(marks: Told, last: Told, formula: Sequence[float], many: bool) -> list[Label]:
    """What stands at the right: the policies, the curves at their ends, the band."""
    labels = [
        Label(dollars, f"{name} {amount(round(dollars, 2))}", GREY, "--")
        for name, dollars in marks.items()
    ]
    labels.append(Label(last["mean"], f"{'mean ' * many}{_mean(last)}", BLUE))
    if many:
        labels.append(Label(last["p50"], f"median ${last['p50']:,.0f}", INK, "-."))
        labels.append(Label(last["p5"], f"5% ${last['p5']:,.0f}", SKY))
        labels.append(Label(last["p95"], f"95% ${last['p95']:,.0f}", SKY))
    if formula:
        closed = formula[-1]
        labels.append(Label(closed, f"by formula {amount(round(closed, 2))}", VERMILLION, ":"))
    return labels
