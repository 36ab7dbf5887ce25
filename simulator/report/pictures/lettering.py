"""Letters as they are drawn: which the font has, how wide a line is, and where a text is wrapped."""

from bisect import bisect_left
from collections.abc import Callable
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.textpath import text_to_path

from simulator.answer.phrases import one_line
from simulator.report.pictures.style import FONT, TEXT

SPACING = 1.3
"""From line to line, in letter sizes."""

HINTED = 1.04
"""How much wider letters may be where they are fitted to pixels."""

LONGEST = 1_000
"""Letters of a name that are looked at: no line of a picture holds more."""


def _font(size: float = TEXT, bold: bool = False) -> FontProperties:
    return FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")


@cache
def _letters() -> frozenset[int]:
    """The letters that the font can draw, bold ones too."""
    fonts = (_font(bold=bold) for bold in (False, True))
    plain, bold = (frozenset(get_font(findfont(font)).get_charmap()) for font in fonts)
    return plain & bold


def drawable(words: str) -> str:
    """A text on one line, without control characters; a letter that the font lacks is a `?` in a diamond."""
    return "".join(
        letter if ord(letter) in _letters() else "\N{REPLACEMENT CHARACTER}"
        for letter in one_line(words[:LONGEST])
    )


@lru_cache(10_000)
def width(words: str, size: float = TEXT, bold: bool = False) -> float:
    """How wide a line is drawn. [inches]"""
    drawn, _, _ = text_to_path.get_text_width_height_descent(words, _font(size, bold), ismath=False)
    return float(drawn) / 72 * HINTED


def height(words: str, size: float = TEXT) -> float:
    """How high a wrapped text is drawn. [inches]"""
    return (words.count("\n") + 1) * size * SPACING / 72


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
        kept = _longest(len(last), lambda end: fits(f"{last[:end]}…"))
        done[-1] = f"{last[:kept].rstrip()}…"
    return "\n".join(line.rstrip() for line in done)


def _head(words: str, fits: Callable[[str], bool]) -> str:
    """The longest beginning that fits, up to a space where there is one; a letter at least."""
    most = max(1, _longest(len(words), lambda end: fits(words[:end])))
    if most == len(words) or words[most] == " ":
        return words[:most]
    space = words.rfind(" ", 0, most)
    return words[:space] if space > 0 else words[:most]


def _longest(length: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to a length that fits, where with each so does every smaller one."""
    if not length or fits(length):
        return length
    return bisect_left(range(1, length), True, key=lambda end: not fits(end))
