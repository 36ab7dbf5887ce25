"""The page of a picture, laid out in inches: the finding on top, the drawing below it, notes at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from simulator.report.pictures.image import image
from simulator.report.pictures.lettering import SPACING, height, wrapped
from simulator.report.pictures.look import WIDE, Look
from simulator.report.pictures.style import SMALL, TEXT, TITLE

ON_TOP = 0.08
"""Above the drawing of a picture whose words are a page's. [inches]"""


class Told(NamedTuple):
    """The words of a picture.

    Attributes:
        finding: Its title: what it shows.
        subject: What is drawn, of which time.
        note: How to read the drawing.
    """

    finding: str
    subject: str
    note: str


class Page(Figure):
    """A figure that a notebook shows by itself, whether pyplot was imported or not, with its words."""

    told: Told

    def _repr_png_(self) -> bytes:
        return image(self, ".png")


@dataclass(frozen=True)
class Sheet:
    """A page with its texts, and a place for the drawing.

    Attributes:
        figure: The page.
        look: Its shape and colours.
        tall: Its height. [inches]
        head: How much of it the title and subtitle take. [inches]
    """

    figure: Figure
    look: Look
    tall: float
    head: float

    @property
    def left(self) -> float:
        """Where the drawing may begin. [inches]"""
        return self.look.margin

    @property
    def right(self) -> float:
        """Where it must end. [inches]"""
        return self.look.wide - self.look.margin

    def axes(self, left: float, right: float, top: float, down: float) -> Axes:
        """Axes between two distances from the left, from a distance below the head down. [inches]"""
        bottom, wide = self.tall - self.head - top - down, self.look.wide
        box = (left / wide, bottom / self.tall, (right - left) / wide, down / self.tall)
        return self.figure.add_axes(box)

    def write(self, x: float, y: float, words: str, **how: Any) -> None:
        """A text at a distance from the left and below the head. [inches]"""
        style: dict[str, Any] = {"va": "center", "linespacing": SPACING - 0.1, "size": TEXT} | how
        self.figure.text(x / self.look.wide, self._height_of(y), words, **style)

    def frame(self, x: float, y: float, across: float, down: float) -> None:
        """A thin frame with its upper left corner at a distance from the left and below the head. [inches]"""
        corner = (x / self.look.wide, self._height_of(y + down))
        size = (across / self.look.wide, down / self.tall)
        style: dict[str, Any] = {"fill": False, "edgecolor": self.look.palette.soft}
        self.figure.add_artist(Rectangle(corner, *size, linewidth=0.6, **style))

    def line(self, x: tuple[float, float], y: float, **how: Any) -> None:
        """A line across between two distances from the left, at a distance below the head. [inches]"""
        across, at = [end / self.look.wide for end in x], self._height_of(y)
        self.figure.add_artist(Line2D(across, [at, at], **how))

    def rule(self, y: float) -> None:
        """A thin line across the page, at a distance below the head. [inches]"""
        self.line((self.left, self.right), y, color=self.look.palette.line, linewidth=0.8)

    def _height_of(self, y: float) -> float:
        """A distance below the head, as a share of the page from its foot."""
        return (self.tall - self.head - y) / self.tall


def sheet(
    title: str,
    subtitle: Sequence[str],
    body: float,
    note: str = "",
    alt: str = "",
    look: Look = WIDE,
    subject: str = "",
) -> Sheet:
    """A page with its texts, and a body of so many inches for the drawing.

    Args:
        title: The finding.
        subtitle: Whose; then of what, over what: a line or two each.
        body: Height between title and notes. [inches]
        note: How to read the drawing.
        alt: The picture in words, for those who do not see it.
        look: Its shape and colours.
        subject: What is drawn, for a page that has told the finding; without it the finding.
    """
    told = Told(title, subject or title, note)
    if not look.alone:
        page = _page(look, body + ON_TOP, alt, told)
        return Sheet(page, look, body + ON_TOP, ON_TOP)
    across, palette = look.wide - 2 * look.margin, look.palette
    heading = _balanced(title, across, 6 if look.narrow else 3)
    lines = "\n".join(wrapped(line, across, lines=4 if look.narrow else 2) for line in subtitle)
    foot = wrapped(note, across, SMALL, lines=8 if look.narrow else 4)
    head = look.margin + height(heading, TITLE) + 0.04 + height(lines) + 0.14
    tall = head + body + look.margin + (height(foot, SMALL) if foot else 0)
    figure = _page(look, tall, alt, told)
    left, top = look.margin / look.wide, 1 - look.margin / tall
    spacing: dict[str, Any] = {"linespacing": SPACING - 0.1, "ha": "left"}
    figure.suptitle(heading, x=left, y=top, va="top", size=TITLE, weight="bold", **spacing)
    below = top - (height(heading, TITLE) + 0.04) / tall
    figure.text(left, below, lines, va="top", color=palette.soft, size=TEXT, **spacing)
    if foot:
        at = look.margin / 2 / tall
        figure.text(left, at, foot, va="bottom", color=palette.soft, size=SMALL, **spacing)
    return Sheet(figure, look, tall, head)


def _page(look: Look, tall: float, alt: str, told: Told) -> Page:
    page = Page(figsize=(look.wide, tall), label=alt)
    page.told = told
    return page


def _balanced(title: str, across: float, lines: int) -> str:
    """A title whose lines are about as long as each other."""
    widest = wrapped(title, across, TITLE, lines=lines, bold=True)
    for share in (0.55, 0.65, 0.75, 0.85):
        narrower = wrapped(title, across * share, TITLE, lines=lines, bold=True)
        if narrower.replace("\n", " ") == widest.replace("\n", " ") and (
            narrower.count("\n") == widest.count("\n")
        ):
            return narrower
    return widest
