"""How the pictures look: colours, sizes of letters, and settings that the reader's own do not touch."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, cast

import matplotlib

INK, GREY, PALE = "#1a1a1a", "#666666", "#d9d9d9"
BLUE, SKY, VERMILLION, YELLOW = "#0072b2", "#56b4e9", "#d55e00", "#f0e442"
"""Of Okabe and Ito's palette: apart for the colour-blind, and apart in lightness."""

FONT = "DejaVu Sans"
TITLE, TEXT, SMALL = 13.0, 9.0, 8.0
"""Sizes of letters. [points]"""

STYLE: dict[str, Any] = {
    "font.family": FONT,
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

_ONE_AT_A_TIME = RLock()


@contextmanager
def styled() -> Iterator[None]:
    """The style, whatever the reader's own settings are; they are back afterwards."""
    with _ONE_AT_A_TIME, matplotlib.rc_context():
        matplotlib.rcdefaults()
        cast(Any, matplotlib.rcParams).update(STYLE)
        yield
