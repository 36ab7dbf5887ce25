"""In which shape a picture is drawn: wide or narrow, light or dark, alone or on a page that has its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec

from matplotlib.figure import Figure

from simulator.report.palette import DARK, LIGHT, Palette
from simulator.report.pictures.style import styled

P = ParamSpec("P")


@dataclass(frozen=True)
class Look:
    """A shape that a picture is drawn in.

    Attributes:
        wide: Width of the sheet. [inches]
        palette: Its colours.
        alone: Whether its title and notes stand on it; on a page they are the page's.
    """

    wide: float = 8.0
    palette: Palette = LIGHT
    alone: bool = True

    @property
    def narrow(self) -> bool:
        """Whether it is for a telephone: names stand above their marks, labels below the drawing."""
        return self.wide < 6

    @property
    def margin(self) -> float:
        """Around what is on the sheet. [inches]"""
        return 0.2 if self.alone else 0.03

    @property
    def paper(self) -> str:
        """What is behind it: on a page the page."""
        return self.palette.paper if self.alone else "none"


WIDE = Look()
NARROW_INCHES = 3.7


def look(narrow: bool = False, dark: bool = False, alone: bool = True) -> Look:
    """The look that is asked for."""
    return Look(NARROW_INCHES if narrow else WIDE.wide, DARK if dark else LIGHT, alone)


def in_style(draw: Callable[P, Figure]) -> Callable[P, Figure]:
    """A function that draws in the colours of its `look`, whatever the reader's own settings are."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> Figure:
        shape = kwargs.get("look", WIDE)
        assert isinstance(shape, Look), "a look is given by its name"
        with styled(shape.palette, shape.paper):
            return draw(*args, **kwargs)

    return drawn
