"""The style sheets of the pages, with the colours of the pictures as variables."""

from pathlib import Path

from simulator.report.palette import DARK, LIGHT, Palette, variables


def style(*sheets: str) -> str:
    """Style sheets of this folder, and before them the colours: light, dark, and light on paper."""
    dark = f"@media (prefers-color-scheme: dark) {{ :root {{ {_colours(DARK)} }} }}"
    paper = f"@media print {{ :root {{ {_colours(LIGHT)} }} }}"
    files = [Path(__file__).with_name(name).read_text("utf-8") for name in sheets]
    return "\n".join([f":root {{ {_colours(LIGHT)} }}", dark, paper, *files])


def _colours(palette: Palette) -> str:
    return " ".join(f"--{name}: {color};" for name, color in variables(palette).items())
