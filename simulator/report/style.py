"""How the pictures look: one style, sheets laid out in inches, texts wrapped as wide as they are drawn."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path
from statistics import fmean
from threading import RLock
from typing import Any, cast

import matplotlib
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.lines import Line2D
from matplotlib.textpath import text_to_path
from matplotlib.ticker import MaxNLocator

from simulator.report.formats import write

INK, GREY, PALE = "#1a1a1a", "#666666", "#d9d9d9"
BLUE, SKY, VERMILLION, YELLOW = "#0072b2", "#56b4e9", "#d55e00", "#f0e442"
"""Of Okabe and Ito's palette: apart for the colour-blind, and apart in lightness."""

TITLE, TEXT, SMALL = 13.0, 9.0, 8.0
"""Sizes of letters. [points]"""

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.labelsize": TEXT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": PALE,
    "grid.linewidth": 0.6,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "hatch.linewidth": 0.5,
    "lines.solid_capstyle": "butt",
    "svg.hashsalt": "simulator",
    "svg.fonttype": "path",
    "savefig.dpi": 150,
}

WIDTH, MARGIN, GAP = 8.0, 0.2, 0.14
"""Of the sheet, around it, and between a mark and its label. [inches]"""

SPACING = 1.3
"""From line to line, in letter sizes."""

LONGEST = 1_000
"""Letters of a name that are looked at: no line of a picture holds more."""

METADATA: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}
"""What is left out of each kind of file, so that the same picture is the same bytes."""

_ONE_AT_A_TIME = RLock()


class UnknownImage(ValueError):
    """A picture was asked for in a format that there is none of."""

    def __init__(self, suffix: str):
        known = ", ".join(f".{form}" for form in METADATA)
        super().__init__(f"'{suffix}' is not an image format; write one of {known}")


@contextmanager
def styled() -> Iterator[None]:
    """The style, whatever the reader's own settings are; they are back afterwards."""
    with _ONE_AT_A_TIME, matplotlib.rc_context():
        matplotlib.rcdefaults()
        cast(Any, matplotlib.rcParams).update(STYLE)
        yield


def image(figure: Figure, form: str) -> bytes:
    """A picture as the bytes of a png, svg or pdf; the same picture gives the same bytes.

    Raises:
        UnknownImage: Another format.
    """
    if form not in METADATA:
        raise UnknownImage(f".{form}" if form else "")
    title = {"Title": " ".join(figure.get_suptitle().split())}
    about = {"Subject" if form == "pdf" else "Description": str(figure.get_label())}
    out = BytesIO()
    with styled():
        figure.savefig(out, format=form, metadata=METADATA[form] | title | about)
    return out.getvalue()


def save(figure: Figure, file: Path) -> None:
    """Writes a picture in the format of the file's suffix: .png, .svg, .pdf.

    Raises:
        UnknownImage: Another suffix.
        OSError: It cannot be written.
    """
    form = file.suffix.lower().removeprefix(".")
    if form not in METADATA:
        raise UnknownImage(file.suffix)
    write(file, image(figure, form))


@cache
def _letters() -> frozenset[int]:
    """The letters that the font can draw, bold ones too."""
    fonts = (FontProperties(family="DejaVu Sans", weight=weight) for weight in ("normal", "bold"))
    plain_letters, bold = (frozenset(get_font(findfont(font)).get_charmap()) for font in fonts)
    return plain_letters & bold


def drawable(words: str) -> str:
    """A text on one line, without control characters; a letter that the font lacks is a `?` in a diamond."""
    return "".join(
        letter if ord(letter) in _letters() else "\N{REPLACEMENT CHARACTER}"
        for letter in one_line(words[:LONGEST])
    )


def one_line(words: str) -> str:
    """A text without line breaks and control characters."""
    line = " ".join(words.split())
    return "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")


@lru_cache(10_000)
def width(words: str, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line is drawn. [inches]"""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    drawn, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return float(drawn) / 72 * 1.02


def wrapped(
    words: str, inches: float, size: float = TEXT, lines: int = 2, bold: bool = False
) -> str:
    """A text in at most so many lines of at most so many inches; what does not fit ends in an ellipsis."""

    def fits(line: str) -> bool:
        return width(line, size, bold) <= inches

    done: list[str] = []
    rest = drawable(words)
    while rest and len(done) < lines:
        line = _head(rest, fits)
        done.append(line)
        rest = rest[len(line) :].lstrip()
    if rest:
        last = done[-1]
        while last and not fits(f"{last}…"):
            last = last[:-1]
        done[-1] = f"{last.rstrip()}…"
    return "\n".join(line.rstrip() for line in done)


def _head(words: str, fits: Any) -> str:
    """The longest beginning that fits, up to a space where there is one."""
    most = next((end for end in range(1, len(words)) if not fits(words[: end + 1])), len(words))
    if most == len(words) or words[most] == " ":
        return words[:most]
    space = words.rfind(" ", 0, most)
    return words[:space] if space > 0 else words[:most]


def height(words: str, size: float = TEXT) -> float:
    """How high a wrapped text is drawn. [inches]"""
    return (words.count("\n") + 1) * size * SPACING / 72


@dataclass(frozen=True)
class Sheet:
    """A page: the finding on top, the drawing below it, notes at the foot.

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
        self.figure.text(x / WIDTH, (self.tall - self.head - y) / self.tall, words, **style)

    def rule(self, y: float) -> None:
        """A thin line across the page, at a distance below the head. [inches]"""
        place = (self.tall - self.head - y) / self.tall
        across = [MARGIN / WIDTH, 1 - MARGIN / WIDTH]
        self.figure.add_artist(Line2D(across, [place, place], color=PALE, linewidth=0.8))


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
    lines = "\n".join(wrapped(one, across) for one in subtitle)
    foot = wrapped(note, across, SMALL, lines=4)
    head = MARGIN + height(heading, TITLE) + 0.04 + height(lines) + 0.14
    tall = head + body + MARGIN + (height(foot, SMALL) if foot else 0)
    figure = Figure(figsize=(WIDTH, tall), label=alt)
    page = Sheet(figure, tall, head)
    left = MARGIN / WIDTH
    spacing: dict[str, Any] = {"linespacing": SPACING - 0.1, "ha": "left"}
    top = 1 - MARGIN / tall
    figure.suptitle(heading, x=left, y=top, va="top", size=TITLE, weight="bold", **spacing)
    below = top - (height(heading, TITLE) + 0.04) / tall
    figure.text(left, below, lines, va="top", color=GREY, size=TEXT, **spacing)
    if foot:
        figure.text(left, MARGIN / 2 / tall, foot, va="bottom", color=GREY, size=SMALL, **spacing)
    return page


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


def amount(dollars: float) -> str:
    """An amount on a label: `$20,000`, `$709.49`."""
    return f"${dollars:,.0f}" if dollars == round(dollars) else f"${dollars:,.2f}"


def dollar_ticks(top: float, most: int = 6) -> tuple[list[float], list[str]]:
    """Round amounts from nothing up to an amount, and how they are written. [dollars]"""
    ticks = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(0, top)
    kept = [float(tick) for tick in ticks if 0 <= tick <= top * 1.000001]
    cents = any(tick != round(tick) for tick in kept)
    return kept, [f"${tick:,.2f}" if cents else f"${tick:,.0f}" for tick in kept]


def dollars_down(axes: Axes, top: float, most: int = 6) -> None:
    """Gives axes a vertical scale of dollars from nothing up."""
    axes.set_ylim(0, top)
    axes.set_yticks(*dollar_ticks(top, most))
    axes.grid(axis="y")
    axes.tick_params(length=0)
    axes.spines[["left", "top", "right"]].set_visible(False)


def dollars_across(axes: Axes, top: float, inches: float) -> None:
    """Gives axes a horizontal scale of dollars from nothing up, with as many numbers as find room."""
    axes.set_xlim(0, top)
    most = 7
    while most > 1:
        ticks, labels = dollar_ticks(top, most)
        apart = (ticks[1] - ticks[0]) / top * inches if len(ticks) > 1 else inches
        if max(width(label, SMALL) for label in labels) + 0.15 <= apart:
            break
        most -= 1
    axes.set_xticks(ticks, labels)
    axes.grid(axis="x")
    axes.tick_params(length=0)
    axes.spines[["left", "top", "right"]].set_visible(False)


def scale_width(top: float, most: int = 6) -> float:
    """The room that the numbers of a vertical scale of dollars need. [inches]"""
    return max(width(label, SMALL) for label in dollar_ticks(top, most)[1]) + 0.1


@dataclass(frozen=True)
class Label:
    """What is written beside the end of a line or a layer.

    Attributes:
        at: The amount at the right edge. [dollars]
        words: What it is.
        color: Of its leader.
        line: The style of its leader.
    """

    at: float
    words: str
    color: str = INK
    line: str = "-"


@dataclass(frozen=True)
class Beside:
    """Labels in a column at the right of axes, wrapped, none over another.

    Attributes:
        labels: The labels and where they belong, from the bottom up.
        texts: Their words, wrapped.
    """

    labels: tuple[Label, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, labels: Sequence[Label], most: float = 2.2, lines: int = 3) -> "Beside":
        """A column of labels, at most so many inches wide."""
        rising = tuple(sorted(labels, key=lambda label: label.at))
        return cls(rising, tuple(wrapped(one.words, most, lines=lines) for one in rising))

    @property
    def wide(self) -> float:
        """The width of the column, its leaders included. [inches]"""
        lines = [line for words in self.texts for line in words.split("\n")]
        return max(map(width, lines), default=0.0) + 2 * GAP

    @property
    def tall(self) -> float:
        """The height that all of them need. [inches]"""
        return sum(map(height, self.texts))

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
                linewidth=1.0,
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


def months(axes: Axes, first: date, last: date) -> None:
    """Gives axes a horizontal scale of dates."""
    start, end = number(first), number(last)
    axes.set_xlim(start, end + (end - start) * 0.004)
    locator = AutoDateLocator(minticks=3, maxticks=12)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    concise = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(concise)
    axes.tick_params(axis="x", length=3, pad=4)
    axes.tick_params(axis="y", length=0)


def number(day: date) -> float:
    """A day on a scale of dates."""
    return float(date2num(day))  # type: ignore[no-untyped-call]
