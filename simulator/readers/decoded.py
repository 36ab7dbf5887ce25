"""The letters that the bytes of a file stand for: UTF-8, with or without its mark, or UTF-16."""

import codecs
from pathlib import Path

from simulator.notation.mistakes import Mistake, Mistakes, Place

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""How a file may begin, and what it then is: a spreadsheet's "Unicode text" is UTF-16."""

LOOKED_AT = 256
"""Bytes from which UTF-16 without a mark is known: every other one is zero."""


def encoding(begins: bytes) -> str:
    """What a file is written in, by how it begins: `utf-8-sig`, which reads UTF-8 too, or UTF-16."""
    for mark, name in MARKS.items():
        if begins.startswith(mark):
            return name
    head = begins[:LOOKED_AT]
    half = len(head) // 2
    if half and head.count(0) * 3 > half * 2:
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return "utf-8-sig"


def text_of(file: Path, content: bytes) -> str:
    """The text of a file.

    Raises:
        Mistakes: It is none.
    """
    try:
        return content.decode(encoding(content))
    except UnicodeDecodeError:
        wrong = "is not UTF-8 text; save it as CSV in UTF-8"
        raise Mistakes([Mistake(Place(str(file)), (), wrong)]) from None
