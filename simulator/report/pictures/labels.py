"""Labels at the ends of lines and layers, none over another; where it is narrow, keys to a list below."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import fmean

from matplotlib.axes import Axes

from simulator.report.pictures.lettering import SPACING, height, width, wrapped
from simulator.report.pictures.sheet import Sheet
from simulator.report.pictures.style import TEXT

GAP = 0.14
"""Between a mark and its label. [inches]"""

SAMPLE = 0.3
"""Of a line, in the list below a drawing. [inches]"""

KEY, INDENT, LEADING = 0.22, 0.62, 0.04
"""Where a sample begins in a list, where the words do, and what is between two lines. [inches]"""

SWATCH = 7.0
"""How thick the sample of an area is. [points]"""


@dataclass(frozen=True)
class Label:
    """What is written beside the end of a line or a layer.

    Attributes:
        at: The amount at the right edge. [dollars]
        words: What it is; cut where it is too long.
        color: Of its leader.
        line: The style of its leader.
        figure: Its amount after the words, which is never cut.
        thick: Of its sample in a list: of a line, or of an area. [points]
    """

    at: float
    words: str
    color: str
    line: str = "-"
    figure: str = ""
    thick: float = 1.2

    def text(self, most: float) -> str:
        """Words and figure on at most three lines, none wider than so many inches."""
        whole = wrapped(f"{self.words} {self.figure}".strip(), most, lines=3)
        if whole.replace("\n", " ").endswith(self.figure):
            return whole
        return f"{wrapped(self.words, most, lines=2)}\n{self.figure}"


@dataclass(frozen=True)
class Beside:
    """Labels in a column at the right of axes, none over another; or their keys, and the labels below.

    Attributes:
        labels: The labels and where they belong, from the bottom up.
        texts: What stands at the right: their words, wrapped, or a key each.
        below: Their words by their keys, from the top down, where they stand below.
    """

    labels: tuple[Label, ...]
    texts: tuple[str, ...]
    below: tuple[tuple[str, Label], ...] = ()

    @classmethod
    def of(cls, labels: Sequence[Label], most: float, narrow: bool = False) -> "Beside":
        """A column of labels, at most so many inches wide; of keys where it is to be narrow."""
        rising = tuple(sorted(labels, key=lambda label: label.at))
        if not narrow:
            return cls(rising, tuple(label.text(most) for label in rising))
        keys = tuple(str(len(rising) - place) for place in range(len(rising)))
        return cls(rising, keys, tuple(zip(keys, rising, strict=True))[::-1])

    @property
    def wide(self) -> float:
        """The width of the column, its leaders included. [inches]"""
        lines = [line for words in self.texts for line in words.split("\n")]
        return max(map(width, lines), default=0.0) + 2 * GAP

    @property
    def tall(self) -> float:
        """The height that all of them need. [inches]"""
        return sum(map(height, self.texts))

    def list_height(self, across: float) -> float:
        """The height of the list below, on so many inches. [inches]"""
        room = across - INDENT
        return sum(height(label.text(room)) + LEADING for _, label in self.below)

    def draw_list(self, page: Sheet, top: float) -> None:
        """Writes the list below a drawing, from a distance below the head on. [inches]"""
        y, begin = top, page.left + KEY
        for key, label in self.below:
            words = label.text(page.right - page.left - INDENT)
            page.write(page.left, y, key, ha="left", va="top", color=page.look.palette.soft)
            style = {"color": label.color, "linestyle": label.line, "linewidth": label.thick}
            page.line((begin, begin + SAMPLE), y + 0.6 * TEXT / 72, **style)
            page.write(page.left + INDENT, y, words, ha="left", va="top")
            y += height(words) + LEADING

    def draw(self, axes: Axes, top: float, inches: tuple[float, float]) -> None:
        """Draws the column beside axes from nothing to `top` dollars, so many inches wide and high."""
        across, down = inches
        wanted = [min(max(label.at / top, 0), 1) * down for label in self.labels]
        places = spread(wanted, [height(words) for words in self.texts], down)
        for label, words, want, place in zip(self.labels, self.texts, wanted, places, strict=True):
            axes.plot(
                [1, 1 + GAP / across],
                [want / down, place / down],
                transform=axes.transAxes,
                color=label.color,
                linestyle=label.line,
                linewidth=2.5 if label.thick == SWATCH else 1.0,
                clip_on=False,
            )
            axes.text(
                1 + 1.4 * GAP / across,
                place / down,
                words,
                transform=axes.transAxes,
                va="center",
                linespacing=SPACING - 0.1,
            )


def spread(wanted: Sequence[float], heights: Sequence[float], room: float) -> list[float]:
    """Where texts stand that want to stand at some heights, so that none covers another.

    Texts that would cover each other move together, around the mean of where they want to be: least squares
    under the distances that the texts need.

    Args:
        wanted: Where each would stand, rising. [inches]
        heights: How high each is. [inches]
        room: Where the column ends; it grows beyond where they do not fit. [inches]
    """
    if not wanted:
        return []
    apart = ((below + above) / 2 for below, above in pairwise(heights))
    above_first = list(accumulate(apart, initial=0.0))
    groups: list[list[float]] = []
    for want, above in zip(wanted, above_first, strict=True):
        groups.append([want - above])
        while len(groups) > 1 and fmean(groups[-2]) > fmean(groups[-1]):
            groups[-2:] = [groups[-2] + groups[-1]]
    lowest = heights[0] / 2
    highest = max(lowest, room - heights[-1] / 2 - above_first[-1])
    firsts = [min(max(fmean(group), lowest), highest) for group in groups for _ in group]
    return [first + above for first, above in zip(firsts, above_first, strict=True)]
