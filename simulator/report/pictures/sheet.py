"""The page of a picture, laid out in inches: the finding on top, the drawing below it, notes at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from simulator.report.pictures.image import image
from simulator.report.pictures.lettering import SPACING, height, wrapped
from simulator.report.pictures.style import GREY, PALE, SMALL, TEXT, TITLE

WIDTH, MARGIN = 8.0, 0.2
"""Of the sheet, and around what is on it. [inches]"""


class Page(Figure):
    """A figure that a notebook shows by itself, whether pyplot was imported or not."""

    def _repr_png_(self) -> bytes:
        return image(self, ".png")


@dataclass(frozen=True)
class Sheet:
    """A page with its texts, and a place for the drawing.

    Attributes:
        figure: The page.
        tall: Its height. [inches]
        head: How much of it the title and subtitle take. [inches]
    """

    figure: Figure
    tall: float
    head: float

    def axes(self, left: float, right: float, top: float, down: float) -> Axes:
        """Axes between two distances from the left, from a distance below the head down. [inches]"""
        bottom = self.tall - self.head - top - down
        box = (left / WIDTH, bottom / self.tall, (right - left) / WIDTH, down / self.tall)
        return self.figure.add_axes(box)

    def write(self, x: float, y: float, words: str, **how: Any) -> None:
        """A text at a distance from the left and below the head. [inches]"""
        style: dict[str, Any] = {"va": "center", "linespacing": SPACING - 0.1, "size": TEXT} | how
        self.figure.text(x / WIDTH, self._height_of(y), words, **style)

    def frame(self, x: float, y: float, across: float, down: float) -> None:
        """A thin frame with its upper left corner at a distance from the left and below the head. [inches]"""
        corner = (x / WIDTH, self._height_of(y + down))
        size = (across / WIDTH, down / self.tall)
        style: dict[str, Any] = {"fill": False, "edgecolor": GREY, "linewidth": 0.6}
        self.figure.add_artist(Rectangle(corner, *size, **style))

    def rule(self, y: float) -> None:
        """A thin line across the page, at a distance below the head. [inches]"""
        across = [MARGIN / WIDTH, 1 - MARGIN / WIDTH]
        line = Line2D(across, [self._height_of(y)] * 2, color=PALE, linewidth=0.8)
        self.figure.add_artist(line)

    def _height_of(self, y: float) -> float:
        """A distance below the head, as a share of the page from its foot."""
        return (self.tall - self.head - y) / self.tall


def sheet(title: str, subtitle: Sequence[str], body: float, note: str = "", alt: str = "") -> Sheet:
    """A page with its texts, and a body of so many inches for the drawing.

    Args:
        title: The finding.
        subtitle: Of what, over what; a line or two each.
        body: Height between title and notes. [inches]
        note: How to read the drawing.
        alt: The picture in words, for those who do not see it.
    """
    across = WIDTH - 2 * MARGIN
    heading = _balanced(title, across)
    lines = "\n".join(wrapped(line, across) for line in subtitle)
    foot = wrapped(note, across, SMALL, lines=4)
    head = MARGIN + height(heading, TITLE) + 0.04 + height(lines) + 0.14
    tall = head + body + MARGIN + (height(foot, SMALL) if foot else 0)
    figure = Page(figsize=(WIDTH, tall), label=alt)
    left, top = MARGIN / WIDTH, 1 - MARGIN / tall
    spacing: dict[str, Any] = {"linespacing": SPACING - 0.1, "ha": "left"}
    figure.suptitle(heading, x=left, y=top, va="top", size=TITLE, weight="bold", **spacing)
    below = top - (height(heading, TITLE) + 0.04) / tall
    figure.text(left, below, lines, va="top", color=GREY, size=TEXT, **spacing)
    if foot:
        figure.text(left, MARGIN / 2 / tall, foot, va="bottom", color=GREY, size=SMALL, **spacing)
    return Sheet(figure, tall, head)


def _balanced(title: str, across: float) -> str:
    """A title whose lines are about as long as each other."""
    widest = wrapped(title, across, TITLE, lines=3, bold=True)
    for share in (0.55, 0.65, 0.75, 0.85):
        narrower = wrapped(title, across * share, TITLE, lines=3, bold=True)
        if narrower.replace("\n", " ") == widest.replace("\n", " ") and (
            narrower.count("\n") == widest.count("\n")
        ):
            return narrower
    return widest
