"""Letters that would steer what shows them, and letters that a terminal cannot write.

Names and labels may hold anything. Wherever one is shown it passes through `plain` or `visible`: controls,
line separators, marks that turn the direction of a line and letters without a shape stay outside; letters of
every script are left as they are.
"""

import re
from collections.abc import Callable, Iterator

JOINERS = "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"
"""Between two letters of some scripts, and between two emoji, they belong to the spelling."""

STAND_INS = {
    "\N{BOX DRAWINGS LIGHT HORIZONTAL}": "-",
    "\N{EN DASH}": "-",
    "\N{EM DASH}": "-",
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "x",
    "\N{FRACTION SLASH}": "/",
    "\N{GREATER-THAN OR EQUAL TO}": ">=",
    "\N{LESS-THAN OR EQUAL TO}": "<=",
    "\N{PLUS-MINUS SIGN}": "+/-",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{LEFT DOUBLE QUOTATION MARK}": '"',
    "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
    "\N{BULLET}": "*",
    "\N{SECTION SIGN}": "sec.",
    "\N{EURO SIGN}": "EUR",
    "\N{RIGHTWARDS ARROW}": "->",
    "\N{LATIN SMALL LETTER SHARP S}": "ss",
    "\N{LATIN CAPITAL LETTER THORN}": "Th",
    "\N{LATIN SMALL LETTER THORN}": "th",
    "\N{LATIN CAPITAL LETTER ETH}": "D",
    "\N{LATIN SMALL LETTER ETH}": "d",
    "\N{LATIN SMALL LETTER DOTLESS I}": "i",
}
"""What stands for a letter where only ASCII can be written, beside what Unicode knows of it."""

LATIN = r"LATIN (SMALL|CAPITAL) (?:LETTER|LIGATURE) ([A-Z]{1,2})(?: WITH .+)?"
"""A Latin letter by its name: one with a stroke is the letter, a ligature of two is both."""


def plain(words: str) -> str:
    """A text on one line, without letters that would steer a page, a picture or a terminal."""
    return words if words.isprintable() else "".join(_written(words, _stand_in))


def plain_lines(words: str) -> str:
    """The same for a text whose lines are to stay lines."""
    return "\n".join(map(plain, words.split("\n")))


def visible(words: str) -> str:
    """The same with escapes in the place of those letters, for mistakes and for names of files."""
    return words if words.isprintable() else "".join(_written(words, _escape))


def _written(words: str, otherwise: Callable[[str], str]) -> Iterator[str]:
    """Each letter that may be shown, and what stands for the others."""
    for place, letter in enumerate(words):
        shown = letter.isprintable() or (letter in JOINERS and _joins(words, place))
        yield letter if shown else otherwise(letter)


def _joins(words: str, place: int) -> bool:
    """Whether a joiner stands between letters, marks or symbols that it may join."""
    around = words[max(place - 1, 0) : place + 2]
    return len(around) == 3 and all(
        not one.isascii() and _category(one)[0] in "LMS" for one in around[::2]
    )


def _category(letter: str) -> str:
    """What Unicode takes a letter for: `Lu` a capital, `Mn` a mark on another, `Cc` a control."""
    from unicodedata import category

    return category(letter)


def _stand_in(letter: str) -> str:
    """A space for any space, nothing for a control or a mark without a shape, else a `?` in a diamond."""
    if letter.isspace():
        return " "
    return "" if _category(letter) in ("Cc", "Cf") else "\N{REPLACEMENT CHARACTER}"


def _escape(letter: str) -> str:
    """An escape; for a byte of a file's name that is no text, that of the byte."""
    if "\udc80" <= letter <= "\udcff":
        return f"\\x{ord(letter) - 0xDC00:02x}"
    return letter.encode("unicode_escape").decode()


def ascii_for(error: UnicodeError) -> tuple[str, int]:
    """What is written for letters that an encoding lacks, in ASCII; an error handler of `codecs`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_in_ascii, error.object[error.start : error.end])), error.end


def _in_ascii(letter: str) -> str:
    """A letter in ASCII: what stands for it, what it is made of, or a `?`."""
    from unicodedata import name, normalize

    if letter in STAND_INS:
        return STAND_INS[letter]
    if "\udc80" <= letter <= "\udcff":
        return _escape(letter)
    if _category(letter) in ("Mn", "Me", "Cf"):
        return ""
    if latin := re.fullmatch(LATIN, name(letter, "")):
        return latin[2] if latin[1] == "CAPITAL" else latin[2].lower()
    parts = (STAND_INS.get(one, one) for one in normalize("NFKD", letter))
    made_of = "".join(part for part in parts if _category(part[0]) != "Mn")
    return made_of if made_of.isascii() and made_of.isprintable() and made_of else "?"
