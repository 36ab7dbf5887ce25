"""The colours of pictures and pages, by what they are for."""

from dataclasses import asdict, dataclass


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


def variables(palette: Palette) -> dict[str, str]:
    """The colours of a palette by the names of the page's variables."""
    told = asdict(palette)
    layers = told.pop("layers")
    return {**told, **{f"layer-{n}": color for n, color in enumerate(layers, 1)}}
