"""The picture of contributions: what goes in over the years, against the limits."""

from datetime import date

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money, paragraph
from simulator.report.pictures.labels import Beside, Label
from simulator.report.pictures.layers import LAYERS, Stack, stacks
from simulator.report.pictures.scales import amount, dollars_down, months, number, scale_width
from simulator.report.pictures.sheet import MARGIN, WIDTH, sheet
from simulator.report.pictures.style import GREY, INK, SMALL, styled
from simulator.report.sentences import clipped_words

HOW_TO_READ = (
    "Deferrals are held against the 402(g) limit, all layers but catch-up against the 415(c) limit."
)

THINNEST = 0.001
"""A layer below this is not there. [dollars]"""


@styled()
def contributions(comparison: Comparison) -> Figure:
    """A stack of layers for each year, side by side."""
    years = stacks(comparison)
    last = years[-1] if years else Stack(comparison.scenario.years.last, (), (), ())
    top = max([1.0, *(year.highest for year in years)]) * 1.05
    labels = Beside.of(_labels(last), 2.1)
    down = max(3.2, labels.tall)
    page = sheet(
        _finding(comparison),
        _subtitle(comparison),
        down + 0.6,
        HOW_TO_READ if comparison.contributions else "",
        _alt_text(comparison),
    )
    left, right = MARGIN + scale_width(top), WIDTH - MARGIN - labels.wide
    axes = page.axes(left, right, 0.2, down)
    if len(years) > 1:
        page.write(right, 0.06, f"in {last.year}", ha="left", color=GREY, size=SMALL)
    for year in years:
        _draw(axes, year)
    dollars_down(axes, top)
    labels.draw(axes, top, (right - left, down))
    start = years[0].year if years else comparison.scenario.years.first
    months(axes, date(start, 1, 1), date(last.year + 1, 1, 1))
    return page.figure


def _finding(comparison: Comparison) -> str:
    years = comparison.contributions
    after_tax = sum(cents for _, cents in comparison.deposits)
    if not years:
        many = len(comparison.deposits)
        return f"{many} deposit{'s' * (many != 1)} replayed, {money(after_tax)} together"
    unused, room = sum(year.room_unused for year in years), sum(year.room for year in years)
    if not room:
        return "Deferrals and employer money leave no room for after-tax contributions"
    if not unused:
        return f"After-tax contributions fill the room of {money(room)}"
    if not after_tax:
        return f"No after-tax contribution goes in: room of {money(room)} stays unused"
    return f"After-tax contributions fill {money(after_tax)} of the room, {money(unused)} is unused"


def _subtitle(comparison: Comparison) -> list[str]:
    years = comparison.contributions
    span = f"{comparison.scenario.period}, added up from pay date to pay date"
    span += ", anew each January 1" if len(years) > 1 else ""
    clipped = list(clipped_words(years[0])) if len(years) == 1 else []
    return [comparison.scenario.name, " ".join([f"{span}.", *clipped])]


def _alt_text(comparison: Comparison) -> str:
    years = (
        f"{year.year}: pre-tax {money(year.total('pre_tax'))}, Roth {money(year.total('roth'))}, "
        f"employer {money(year.total('employer'))}, after-tax {money(year.total('after_tax'))}; "
        f"402(g) limit {money(year.elective_deferral_limit)}, catch-up "
        f"{money(year.total('catch_up'))}, 415(c) limit {money(year.annual_additions_limit)}"
        for year in comparison.contributions
    )
    clipped = (words for year in comparison.contributions for words in clipped_words(year))
    return paragraph(_finding(comparison), *years, *clipped)


def _draw(axes: Axes, stack: Stack) -> None:
    days = [number(day) for day in stack.days]
    below: tuple[float, ...] = (0.0,) * len(days)
    for layer, top in zip(LAYERS, stack.tops, strict=True):
        if top[-1] - below[-1] > THINNEST:
            axes.fill_between(
                days, below, top, step="pre", facecolor=layer.color, hatch=layer.hatch,
                edgecolor=INK, linewidth=0.4,
            )  # fmt: skip
        below = top
    for _, limit, line in stack.limits:
        axes.hlines(limit, days[0], days[-1], color=INK, linestyle=line, linewidth=1.6)


def _labels(stack: Stack) -> list[Label]:
    """The layers and limits of a year, by name and amount."""
    labels, below = [], 0.0
    for layer, top in zip(LAYERS, stack.tops, strict=False):
        own = top[-1] - below
        if own > THINNEST:
            words = f"{layer.name} {amount(round(own, 2))}"
            labels.append(Label((below + top[-1]) / 2, words, GREY))
        below = top[-1]
    limits = [Label(at, f"{name} {amount(at)}", INK, line) for name, at, line in stack.limits]
    return labels + limits
