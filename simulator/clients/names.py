"""What the pages of clients are called: file names that every system takes, and no two alike."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from unicodedata import category, normalize

LONGEST = 150
"""Bytes of a name without its ending; systems take 255, and a file aside has letters more."""

LETTERS, MARKS, CLIENT = ("L", "M", "N"), "-_.", "client"

TAKEN = {
    "index",
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)),
}
"""Names that the index has, or that Windows gives to devices."""


def page_names(wanted: Sequence[tuple[str, str]], known: Mapping[str, str]) -> list[str]:
    """The name of each client's page, without its ending; no two differ in small and capital letters alone.

    Args:
        wanted: What tells a client's file from all others, and the words that its page is to be named after.
        known: The names that pages have already, by what tells their files apart: they keep them.
    """
    words = [plain_name(name) for _, name in wanted]
    kept: dict[str, int] = {}
    for place, (source, _) in enumerate(wanted):
        if (old := known.get(source)) and _is_of(old, words[place]):
            kept.setdefault(old.casefold(), place)
    names = {place: known[wanted[place][0]] for place in kept.values()}
    taken = set(kept)
    for place, word in enumerate(words):
        if place not in names:
            names[place] = next(one for one in _numbered(word) if one.casefold() not in taken)
            taken.add(names[place].casefold())
    return [names[place] for place, _ in enumerate(words)]


def _is_of(name: str, word: str) -> bool:
    """Whether a page's name is made of a word: it is the word, or that with a number."""
    start, _, number = name.rpartition("-")
    return name == word or (start == word and number.isdecimal())


def _numbered(word: str) -> Iterator[str]:
    """A word, then the same with a number."""
    yield word
    yield from (f"{word}-{number}" for number in count(2))


def plain_name(words: str) -> str:
    """Words as the name of a file: letters of every script, numbers, and `-_.` between them."""
    letters = (
        letter if category(letter)[0] in LETTERS or letter in MARKS else "-"
        for letter in normalize("NFC", words)
    )
    parts = "".join(letters).split("-")
    name = (
        os.fsencode("-".join(filter(None, parts)))[:LONGEST].decode("utf-8", "ignore").strip(MARKS)
    )
    name = name or CLIENT
    return f"{name}-{CLIENT}" if name.casefold().partition(".")[0] in TAKEN else name
