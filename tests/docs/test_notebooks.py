"""Notebooks are articles that run, kept without their outputs."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.docs.conftest import NOTEBOOKS

if TYPE_CHECKING:
    import nbformat

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))

of_each = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@of_each
def test_a_notebook_runs_and_draws(
    file: Path, notebooks: dict[Path, nbformat.NotebookNode]
) -> None:
    """Its own assertions hold, it warns of nothing, and it has pictures."""
    outputs = [one for cell in notebooks[file].cells for one in cell.get("outputs", [])]
    assert [one["text"] for one in outputs if one.get("name") == "stderr"] == []
    pictures = [one["data"]["image/png"] for one in outputs if "image/png" in one.get("data", {})]
    assert len(pictures) >= 2
    assert all(base64.b64decode(picture).startswith(b"\x89PNG") for picture in pictures)


@of_each
def test_a_notebook_is_kept_without_outputs(file: Path) -> None:
    import nbformat

    notebook = nbformat.read(file, as_version=4)
    nbformat.validate(notebook)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.outputs for cell in cells] == [[]] * len(cells)
    assert [cell.execution_count for cell in cells] == [None] * len(cells)
    assert set(notebook.metadata) == {"kernelspec", "language_info"}


@of_each
def test_a_notebook_is_an_article_that_proves_what_it_says(file: Path) -> None:
    """A title first, more prose than headings, and figures that are asserted."""
    import nbformat

    cells = nbformat.read(file, as_version=4).cells
    prose = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    assert cells[0].source.startswith("# ")
    assert len(prose.split()) > 150
    assert len(re.findall(r"^assert ", code, re.M)) >= 2


@of_each
def test_the_list_has_the_notebook(file: Path) -> None:
    assert f"]({file.name})" in (NOTEBOOKS / "README.md").read_text(encoding="utf-8")
