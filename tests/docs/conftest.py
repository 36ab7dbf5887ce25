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


@pytest.fixture(scope="session")
def notebooks() -> dict[Path, nbformat.NotebookNode]:
    """Every notebook with its outputs, from a kernel in a folder that has nothing to do with it.

    They share the kernel, which takes seconds to start and to import; each begins without names.
    """
    import nbformat
    from nbclient import NotebookClient

    found = {file: nbformat.read(file, as_version=4) for file in sorted(NOTEBOOKS.glob("*.ipynb"))}
    whole = nbformat.v4.new_notebook()
    for notebook in found.values():
        whole.cells += [nbformat.v4.new_code_cell("%reset -f"), *notebook.cells]
    with TemporaryDirectory() as elsewhere:
        folder = {"metadata": {"path": elsewhere}}
        NotebookClient(whole, timeout=300, kernel_name="python3", resources=folder).execute()
    return found


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
