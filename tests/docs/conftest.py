"""What several tests look at: the notebooks, run once, and the site with what came out of them."""

from __future__ import annotations

import warnings
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import nbformat

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"


def executed(file: Path) -> nbformat.NotebookNode:
    """A notebook with its outputs, from a kernel of its own in a folder that has nothing to do with it."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(file, as_version=4)
    with TemporaryDirectory() as elsewhere:
        folder = {"metadata": {"path": elsewhere}}
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=folder)
        return client.execute()


@pytest.fixture(scope="session")
def notebooks() -> dict[Path, nbformat.NotebookNode]:
    """Every notebook with its outputs."""
    return {file: executed(file) for file in sorted(NOTEBOOKS.glob("*.ipynb"))}


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, notebooks: dict[Path, nbformat.NotebookNode]
) -> Path:
    """The built site; a warning of mkdocs is an error. Its hook is given the notebooks as they were run."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patched, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patched.setenv("NO_MKDOCS_2_WARNING", "1")
        config = load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(folder))
        hook = config["hooks"]["docs/forge_links.py"]
        patched.setattr(hook, "executed", lambda file: list(notebooks[file].cells))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        config.plugins.on_shutdown()
    return folder
