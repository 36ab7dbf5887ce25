"""A picture as the page holds it: drawn wide and narrow, its words beside it as the page's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from simulator.report.page.svg import inline
from simulator.report.pictures.look import Look, look
from simulator.report.pictures.sheet import Page

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Drawn = Callable[[Look], "Figure"]
"""A picture in any look."""


class Picture(NamedTuple):
    """A picture as the page holds it.

    Attributes:
        finding: What it shows.
        subject: What is drawn, where the finding is told already.
        note: How to read it.
        wide: Its drawing.
        narrow: The same for a telephone.
    """

    finding: str
    subject: str
    note: str
    wide: Markup
    narrow: Markup


def picture(kind: str, draw: Drawn) -> Picture:
    """A picture of a kind, in both widths."""
    wide, narrow = (draw(look(narrow=small, alone=False)) for small in (False, True))
    assert isinstance(wide, Page), "every picture has its words"
    told = wide.told
    return Picture(
        told.finding,
        told.subject,
        told.note,
        Markup(inline(wide, f"{kind}-wide", "wide")),
        Markup(inline(narrow, f"{kind}-narrow", "narrow")),
    )
