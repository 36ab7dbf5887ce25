"""The files of the page, as they lie beside this one."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
"""Their media types."""

FIRST = "index.html"


def page_files() -> dict[str, bytes]:
    """Every file of the page, by its name."""
    folder = files("simulator.app") / "page"
    return {
        file.name: file.read_bytes() for file in folder.iterdir() if Path(file.name).suffix in KINDS
    }
