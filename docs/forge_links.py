"""A hook of the site: what works where the repository is browsed works in the site too.

Pages link to files outside docs/: the README, scenarios, notebooks, source. Each such file becomes a page
of the site, source in a block of code, and the links are written anew to lead there. A notebook is run, and
its page has what came out.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|data:|#)([^)\s#]+)")
ROW = re.compile(r"^\|.*$", re.M)
CODE = re.compile(r"`[^`\n]*`")
LANGUAGES = {".py": "python", ".yaml": "yaml", ".json": "json", ".toml": "toml"}
PICTURES = {".svg", ".png"}
FIRST = ("README.md", "*.md", "*.ipynb")
"""What a link to a folder leads to: the first page in it."""

told = logging.getLogger("mkdocs.hooks.forge_links")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the README as the first page, and every file that a page links to."""
    root = Path(config.config_file_path).parent
    if are_run(config):
        with ThreadPoolExecutor() as together:
            list(together.map(executed, root.glob("notebooks/*.ipynb")))
    waiting = ["README.md", *(f"docs/{file.src_uri}" for file in files.documentation_pages())]
    seen = set(waiting)
    while waiting:
        path = waiting.pop()
        if not path.startswith("docs/"):
            files.append(page_of(path, root, config))
        found = set(targets(path, root)) if is_prose(path) else set()
        waiting += found - seen
        seen |= found
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Leads each link of a page to where its file is in the site."""
    root = Path(config.config_file_path).parent
    here = page.file.src_uri
    path = "README.md" if here == "index.md" else here
    path = path if (root / path).is_file() else f"docs/{here}"
    if (notebook := Path(here).with_suffix(".ipynb")).parts[0] == "notebooks":
        path = str(notebook) if (root / notebook).is_file() else path
    if here.startswith("source/") or not (root / path).is_file():
        return markdown

    def led(link: re.Match[str]) -> str:
        target = file_of(normpath(join(dirname(path), link[0])), root)
        return relpath(site_uri(target), dirname(here) or ".") if target else link[0]

    return ROW.sub(without_escapes, LINK.sub(led, markdown))


def without_escapes(row: re.Match[str]) -> str:
    r"""A row of a table with `a|b` in place of `a\|b`, which GitHub needs and this site would show."""
    return CODE.sub(lambda code: code[0].replace(r"\|", "|"), row[0])


def is_prose(path: str) -> bool:
    """Whether the links in a file are links of the site."""
    return Path(path).suffix in {".md", ".ipynb"}


def targets(path: str, root: Path) -> Iterator[str]:
    """The files of the repository that a page links to and that do not lie in docs/ already."""
    for link in LINK.findall(prose(path, root)):
        target = file_of(normpath(join(dirname(path), link)), root)
        if target and not target.startswith("docs/"):
            yield target


def file_of(target: str, root: Path) -> str | None:
    """The file that a link leads to, of a folder its first page; none where there is nothing."""
    if (root / target).is_file():
        return target
    pages = (page for pattern in FIRST for page in sorted((root / target).glob(pattern)))
    return next((page.relative_to(root).as_posix() for page in pages), None)


def site_uri(path: str) -> str:
    """Where a file of the repository stands in the site."""
    if path == "README.md":
        return "index.md"
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    if is_prose(path):
        return str(Path(path).with_suffix(".md"))
    return path if Path(path).suffix in PICTURES else f"source/{path}.md"


def page_of(path: str, root: Path, config: MkDocsConfig) -> File:
    """A file of the repository as a page, or as the picture that it is."""
    if Path(path).suffix in PICTURES:
        return File.generated(config, path, abs_src_path=str(root / path))
    if Path(path).suffix == ".ipynb" and are_run(config):
        text = "\n\n".join(map(cell, executed(root / path)))
    else:
        text = prose(path, root)
    if not is_prose(path):
        language = LANGUAGES.get(Path(path).suffix, "text")
        block = f"````{language}\n{text}\n````\n"
        text = f"---\ntitle: {path}\nsearch:\n  exclude: true\n---\n\n# `{path}`\n\n{block}"
    return File.generated(config, site_uri(path), content=text)


def are_run(config: MkDocsConfig) -> bool:
    """Whether notebooks are run: unless the environment has RUN_NOTEBOOKS=false or lacks nbclient."""
    return bool(config.extra.get("run_notebooks") and find_spec("nbclient"))


def prose(path: str, root: Path) -> str:
    """The text of a file; of a notebook, its cells without what comes out of them."""
    text = (root / path).read_text(encoding="utf-8")
    if Path(path).suffix != ".ipynb":
        return text
    first, *rest = map(cell, json.loads(text)["cells"])
    return "\n\n".join([first, f"*Run `{path}` to see its pictures and tables.*", *rest])


@cache
def executed(file: Path) -> list[Mapping[str, Any]]:
    """The cells of a notebook with what came out of them; as they are, with a warning, if it fails."""
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(file, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(file.parent)}},
        extra_arguments=["--log-level=ERROR"],
    )
    try:
        client.execute()
    except Exception as error:  # whatever it is, the page has the code
        told.warning("%s does not run: %s", file.name, error)
    return list(notebook.cells)


def cell(one: Mapping[str, Any]) -> str:
    """A cell of a notebook as Markdown, with its outputs if it has been run."""
    source = "".join(one["source"])
    if one["cell_type"] == "markdown":
        return source
    return "\n\n".join([f"```python\n{source}\n```", *map(output, one["outputs"])])


def output(one: Mapping[str, Any]) -> str:
    """What came out of a cell: a picture, a table, or text."""
    data = one.get("data", {})
    if "image/png" in data:
        source = "".join(data["image/png"].split())
        return f'<img alt="What the code above draws" src="data:image/png;base64,{source}">'
    if "text/html" in data:
        table = re.sub(
            r"(?s)<style.*?</style>| (border|class|style)=\"[^\"]*\"", "", data["text/html"]
        )
        return f'<div class="output">\n{table}\n</div>'
    return f"```text\n{data.get('text/plain', one.get('text', '')).rstrip()}\n```"
