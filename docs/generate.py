"""Writes the generated parts of the docs: `python docs/generate.py`. The tests check that nothing changes.

A page has them between `<!-- written by docs/generate.py: NAME -->` and `<!-- end -->`.
"""

import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from generated import law, results, scenario, taxes

from simulator.files.whole import write

HERE = Path(__file__).parent

PARTS: dict[str, dict[str, Callable[[], str]]] = {
    "batch.md": {"views": results.views},
    "law.md": {
        "limits": law.limits,
        "indexing": law.indexing,
        "notices": taxes.notices,
        "states": taxes.states,
    },
    "scenario.md": {"fields": scenario.fields},
}
"""What is generated: page, name of the part, and what gives it."""

PART = re.compile(r"(<!-- written by docs/generate\.py: (.*?) -->\n).*?(<!-- end -->)", re.S)


def generate(folder: Path) -> None:
    """Writes every page with generated parts into a folder."""
    for page, parts in PARTS.items():
        text = (HERE / page).read_text(encoding="utf-8")
        marked = [name for _, name, _ in PART.findall(text)]
        if marked != list(parts):
            raise SystemExit(f"{page}: it has the parts {marked}, and should have {list(parts)}")
        write(folder / page, PART.sub(partial(part, parts), text))


def part(parts: Mapping[str, Callable[[], str]], found: re.Match[str]) -> str:
    """A part with what is written now between its marks."""
    return f"{found[1]}\n{parts[found[2]]().strip()}\n\n{found[3]}"


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
