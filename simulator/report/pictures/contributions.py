"""The picture of contributions: what goes in over a year, or year by year, against the limits."""

from collections.abc import Sequence
from datetime import date
from math import ceil

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import money, paragraph, whole_dollars
from simulator.report.palette import Palette
from simulator.report.pictures.labels import SWATCH, Beside, Label
from simulator.report.pictures.layers import LAYERS, Stack, stacks
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.scales import DATE, dollars_down, months, number, scale_width
from simulator.report.pictures.sheet import sheet
from simulator.report.pictures.style import SMALL
from simulator.report.sentences import clipped_words

HOW_TO_READ = (
    "Deferrals are held against the 402(g) limit, all layers but catch-up against the 415(c) limit."
)

THINNEST = 0.001
"""A layer below this is not there. [dollars]"""

BAR = 0.72
"""Of a bar, with 1 from year to year."""


@in_style
def contributions(comparison: Comparison, *, look: Look = WIDE) -> Figure:
    """A stack of layers that grows over the year; of several years a bar each."""
    years = stacks(comparison)
    last = years[-1] if years else Stack(comparison.scenario.years.last, (), (), ())
    top = max([1.0, *(year.highest for year in years)]) * 1.05
    labels = Beside.of(_labels(last, look.palette), 2.1, look.narrow)
    down = max(2.4 if look.narrow else 3.2, labels.tall)
    across = look.wide - 2 * look.margin
    page = sheet(
        _finding(comparison),
        _subtitle(comparison),
        down + 0.6 + labels.list_height(across),
        HOW_TO_READ if comparison.contributions else "",
        _alt_text(comparison),
        look,
    )
    left, right = page.left + scale_width(top), page.right - labels.wide
    axes = page.axes(left, right, 0.2, down)
    dollars_down(axes, top)
    if len(years) > 1:
        page.write(page.right, 0.06, f"in {last.year}", ha="right", color=look.palette.soft,
                   size=SMALL)  # fmt: skip
        _bars(axes, years, look.palette, right - left)
    else:
        for year in years:
            _over_the_year(axes, year, look.palette)
        start = years[0].year if years else comparison.scenario.years.first
        months(axes, date(start, 1, 1), date(last.year + 1, 1, 1), right - left)
    labels.draw(axes, top, (right - left, down))
    labels.draw_list(page, down + 0.55)
    return page.figure


def _finding(comparison: Comparison) -> str:
    years, whole = comparison.contributions, whole_dollars
    after_tax = sum(cents for _, cents in comparison.deposits)
    if not years:
        many = len(comparison.deposits)
        return f"{many} deposit{'s' * (many != 1)} replayed, {whole(after_tax)} together"
    unused, room = sum(year.room_unused for year in years), sum(year.room for year in years)
    if not room:
        return "Deferrals and employer money leave no room for after-tax contributions"
    if not unused:
        return f"After-tax contributions fill the room of {whole(room)}"
    if not after_tax:
        return f"No after-tax contribution goes in: room of {whole(room)} stays unused"
    return f"After-tax contributions fill {whole(after_tax)} of the room, {whole(unused)} is unused"


def _subtitle(comparison: Comparison) -> list[str]:
    years = comparison.contributions
    several = len(stacks(comparison)) > 1
    added = "year by year" if several else "added up from pay date to pay date"
    clipped = list(clipped_words(years[0])) if len(years) == 1 else []
    span = f"{comparison.scenario.period}, {added}."
    return [comparison.scenario.name, " ".join([span, *clipped])]


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


def _over_the_year(axes: Axes, stack: Stack, palette: Palette) -> None:
    """Layers that grow from pay date to pay date."""
    days = [number(day) for day in stack.days]
    below: tuple[float, ...] = (0.0,) * len(days)
    for layer, top in zip(LAYERS, stack.tops, strict=True):
        if top[-1] - below[-1] > THINNEST:
            color = layer.color(palette)
            axes.fill_between(days, below, top, step="pre", facecolor=color, linewidth=0)
            axes.plot(days, top, color=palette.paper, linewidth=0.8, drawstyle="steps-pre")
        below = top
    for _, limit, line in stack.limits:
        ends = [days[0], days[-1]]
        axes.plot(ends, [limit, limit], color=palette.ink, linestyle=line, linewidth=1.4)


def _bars(axes: Axes, years: Sequence[Stack], palette: Palette, inches: float) -> None:
    """A bar for each year, its limits across it."""
    places = [stack.year for stack in years]
    ends = [[tops[-1] for tops in stack.tops] for stack in years]
    below = [0.0] * len(years)
    for place, layer in enumerate(LAYERS):
        top = [tops[place] for tops in ends]
        own = [high - low for high, low in zip(top, below, strict=True)]
        axes.bar(
            places, own, BAR, below, color=layer.color(palette), edgecolor=palette.paper,
            linewidth=0.4,
        )  # fmt: skip
        below = top
    for stack in years:
        for _, limit, line in stack.limits:
            across = [stack.year - BAR / 2 - 0.06, stack.year + BAR / 2 + 0.06]
            solid = line == "-" or len(years) > 12
            axes.plot(across, [limit] * 2, color=palette.ink, linewidth=1.4,
                      linestyle="-" if solid else (0, (2, 1)))  # fmt: skip
    axes.set_xlim(places[0] - 0.6, places[-1] + 0.6)
    told = places[:: ceil(len(places) * DATE / inches)]
    axes.set_xticks(told, [str(year) for year in told])
    axes.tick_params(axis="x", length=0, pad=8)


def _labels(stack: Stack, palette: Palette) -> list[Label]:
    """The layers and limits of a year, by name and amount."""
    labels, below = [], 0.0
    for layer, top in zip(LAYERS, stack.tops, strict=False):
        own = top[-1] - below
        if own > THINNEST:
            words, color = f"{layer.name} {_whole(own)}", layer.color(palette)
            labels.append(Label((below + top[-1]) / 2, words, color, thick=SWATCH))
        below = top[-1]
    limits = [
        Label(at, f"{name} {_whole(at)}", palette.ink, line) for name, at, line in stack.limits
    ]
    return labels + limits


def _whole(dollars: float) -> str:
    return whole_dollars(round(100 * dollars))
