"""How the pictures look: sizes of letters, and settings of the library; their colours are the palette's."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, cast

import matplotlib

from simulator.report.palette import LIGHT, Palette

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
