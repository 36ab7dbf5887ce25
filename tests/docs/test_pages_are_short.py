"""The docs stay short, and each page says at once for whom it is."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.glob("*.md"))
DOORS = ("employee", "adviser", "plan-sponsors", "research")
MOST = 20_000


def test_all_pages_together_have_fewer_than_twenty_thousand_words() -> None:
    """As `wc -w docs/*.md` counts them; if not, say a rule once, or leave out what `-h` tells."""
    words = {page.name: len(page.read_text("utf-8").split()) for page in PAGES}
    assert sum(words.values()) < MOST, words


ROOMS = ("docs/decisions", "notebooks", "scenarios", "simulator", "tests/robustness")
OTHERS = [DOCS.parent / "CONTRIBUTING.md", *(DOCS.parent / room / "README.md" for room in ROOMS)]


@pytest.mark.parametrize(
    "page", [*PAGES, *OTHERS], ids=lambda page: f"{page.parent.name}/{page.stem}"
)
def test_a_page_names_its_reader_before_anything_else(page: Path) -> None:
    assert re.match(r"# .+\n\n\*For [^*]+[.]\*\n", page.read_text("utf-8"))


@pytest.mark.parametrize("door", DOORS)
def test_a_door_begins_with_what_is_done_first(door: str) -> None:
    """A heading, and a command or a call within the first screen."""
    first, _, rest = (DOCS / f"{door}.md").read_text("utf-8").partition("\n## First\n")
    assert len(first.split()) < 40
    assert re.search(r"^```(console|sh|python)$", "\n".join(rest.splitlines()[:12]), re.M)


def test_the_readme_leads_to_every_door() -> None:
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    assert [door for door in DOORS if f"](docs/{door}.md)" not in readme] == []
