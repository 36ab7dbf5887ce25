"""A hook of the site: links that work where the repository is browsed work in the site too.

Pages link to files outside docs/: the README, scenarios, notebooks, source. Each such file becomes a page
of the site, source in a block of code, and the links are written anew to lead there.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import dirname, join, normpath, relpath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)\s#]+)")
LANGUAGES = {".py": "python", ".yaml": "yaml", ".json": "json", ".toml": "toml"}
PICTURES = {".svg", ".png"}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the README as the first page, and every file that a page links to."""
    root = Path(config.config_file_path).parent
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
    if here.startswith("notebooks/"):
        path = str(Path(here).with_suffix(".ipynb"))
    if here.startswith("source/") or not (root / path).is_file():
        return markdown

    def led(link: re.Match[str]) -> str:
        target = normpath(join(dirname(path), link[0]))
        if not (root / target).is_file():
            return link[0]
        return relpath(site_uri(target), dirname(here) or ".")

    return LINK.sub(led, markdown)


def is_prose(path: str) -> bool:
    """Whether the links in a file are links of the site."""
    return Path(path).suffix in {".md", ".ipynb"}


def targets(path: str, root: Path) -> Iterator[str]:
    """The files of the repository that a page links to and that do not lie in docs/ already."""
    for link in LINK.findall(prose(path, root)):
        target = normpath(join(dirname(path), link))
        if (root / target).is_file() and not target.startswith("docs/"):
            yield target


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
    text = prose(path, root)
    if not is_prose(path):
        language = LANGUAGES.get(Path(path).suffix, "text")
        block = f"````{language}\n{text}\n````\n"
        text = f"---\ntitle: {path}\nsearch:\n  exclude: true\n---\n\n# `{path}`\n\n{block}"
    return File.generated(config, site_uri(path), content=text)


def prose(path: str, root: Path) -> str:
    """The text of a file; of a notebook, its cells."""
    text = (root / path).read_text(encoding="utf-8")
    if Path(path).suffix != ".ipynb":
        return text
    first, *rest = (cell(one) for one in json.loads(text)["cells"])
    return "\n\n".join([first, f"*Run `{path}` to see its pictures and tables.*", *rest])


def cell(told: Mapping[str, Any]) -> str:
    """A cell of a notebook as Markdown."""
    source = "".join(told["source"])
    return source if told["cell_type"] == "markdown" else f"```python\n{source}\n```"
