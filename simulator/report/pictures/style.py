"""How the pictures look: colours by what they are for, sizes of letters, and settings of the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import Any, cast

import matplotlib


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for; no two are the same, so that each can be told from the others.

    Apart in lightness too, for the colour-blind and on grey paper. Letters are of `ink`, `soft` or `main`.

    Attributes:
        paper: Behind everything.
        ink: Letters and limits.
        soft: What is said beside.
        line: The grid.
        main: What the picture is about: the recommended policy, after-tax money in the Roth, the mean.
        band: Where nine in ten lie; an area below `main`.
        other: What it is held against.
        away: Money that waits or stays behind.
        waits: An area below `away`.
        apart: Behind what is set apart.
        layers: Pre-tax, Roth, employer, catch-up; after-tax is `main`.
    """

    paper: str
    ink: str
    soft: str
    line: str
    main: str
    band: str
    other: str
    away: str
    waits: str
    apart: str
    layers: tuple[str, str, str, str]


LIGHT = Palette(
    paper="#ffffff",
    ink="#1a1d21",
    soft="#565d65",
    line="#dadee3",
    main="#0067a8",
    band="#bcdcf0",
    other="#8b95a0",
    away="#c2500f",
    waits="#f3cfb6",
    apart="#f3f5f7",
    layers=("#66737f", "#9aa7b3", "#cdd5dc", "#e3b64c"),
)
DARK = Palette(
    paper="#15181c",
    ink="#eceff2",
    soft="#adb5bd",
    line="#373e46",
    main="#5fb4ee",
    band="#23495f",
    other="#838e99",
    away="#f19a5b",
    waits="#5a3a25",
    apart="#1e2328",
    layers=("#93a0ad", "#6a7682", "#46515c", "#c39a36"),
)

FONT = "DejaVu Sans"
TITLE, TEXT, SMALL = 13.0, 9.0, 8.0
"""Sizes of letters. [points]"""

STYLE: dict[str, Any] = {
    "font.family": FONT,
    "font.size": TEXT,
    "text.parse_math": False,
    "axes.labelsize": TEXT,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.linewidth": 0.6,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "lines.solid_capstyle": "butt",
    "svg.hashsalt": "simulator",
    "savefig.dpi": 150,
}

_ONE_AT_A_TIME = RLock()


def _colours(palette: Palette, paper: str) -> dict[str, str]:
    return {
        "figure.facecolor": paper,
        "axes.facecolor": "none",
        "text.color": palette.ink,
        "axes.edgecolor": palette.other,
        "axes.labelcolor": palette.soft,
        "grid.color": palette.line,
        "xtick.color": palette.other,
        "ytick.color": palette.other,
        "xtick.labelcolor": palette.soft,
        "ytick.labelcolor": palette.soft,
    }


@contextmanager
def styled(palette: Palette = LIGHT, paper: str = "", **settings: Any) -> Iterator[None]:
    """The style, whatever the reader's own settings are; they are back afterwards.

    Args:
        palette: The colours.
        paper: What is behind, where it is not the palette's paper: "none".
        settings: Further settings of matplotlib, dots in their names written `__`.
    """
    further = {name.replace("__", "."): value for name, value in settings.items()}
    with _ONE_AT_A_TIME, matplotlib.rc_context():
        matplotlib.rcdefaults()
        given = STYLE | _colours(palette, paper or palette.paper) | further
        cast(Any, matplotlib.rcParams).update(given)
        yield
