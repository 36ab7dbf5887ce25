"""Letters that steer stay outside, those of every script stay; ASCII stands for what cannot be written."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.notation.letters import JOINERS, ascii_for, plain, plain_lines, visible

codecs.register_error("test-ascii", ascii_for)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
ANYTHING = st.text(st.characters())
"""Half letters among them."""

STEERING = [
    # what is given, what a table or a page shows, what a mistake shows
    ("a\x00b", "ab", r"a\x00b"),
    ("\x1b[31mred\x1b[0m", "[31mred[0m", r"\x1b[31mred\x1b[0m"),
    ("a\nb\r\nc\td", "a b  c d", r"a\nb\r\nc\td"),
    ("a\x85b\u2028c\u2029d", "a b c d", r"a\x85b\u2028c\u2029d"),
    ("\x7f\x9b1m", "1m", r"\x7f\x9b1m"),
    ("\u202egpj.exe", "gpj.exe", r"\u202egpj.exe"),
    ("\u2066a\u2069\u200e\u200f\u061c", "a", r"\u2066a\u2069\u200e\u200f\u061c"),
    ("pay\u200bpal \ufeffx\u2060y\xadz", "paypal xyz", r"pay\u200bpal \ufeffx\u2060y\xadz"),
    ("a\U000e0065\U000e007f", "a", r"a\U000e0065\U000e007f"),
    ("a\ud800b", "a\ufffdb", r"a\ud800b"),
    ("caf\udce9.yaml", "caf\ufffd.yaml", r"caf\xe9.yaml"),
    ("a\ue000\ufdd0\uffff", "a\ufffd\ufffd\ufffd", r"a\ue000\ufdd0\uffff"),
    ("1\xa0000\u202f000", "1 000 000", r"1\xa0000\u202f000"),
    # joiners that join nothing
    ("pay\u200dpal", "paypal", r"pay\u200dpal"),
    ("\u200d\U0001f468\u200d", "\U0001f468", "\\u200d\U0001f468\\u200d"),
    ("\U0001f468\u200d\u200d\U0001f469", "\U0001f468\U0001f469", "\U0001f468\\u200d\\u200d\U0001f469"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "shown", "told"), STEERING)
def test_letters_that_steer_stay_outside(words: str, shown: str, told: str) -> None:
    """Categories and names: the Unicode character database."""
    assert plain(words) == shown
    assert visible(words) == told


@pytest.mark.parametrize(
    "name",
    [
        "Emily, 28",
        "\u05d0\u05de\u05d9\u05dc\u05d9",
        "\u0645\u062d\u0645\u062f \u0627\u0644\u0639\u0644\u064a",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",
        "\u65e5\u672c\u8a9e",
        "Zo\u0308e, Z\xf6e",
        f"{FAMILY} \U0001f44d\U0001f3fd",
        "\u2764\ufe0f\u200d\U0001f525 1\ufe0f\u20e3",
    ],
)
def test_names_of_every_script_stay_as_they_are(name: str) -> None:
    """Hebrew, Arabic, Persian and Sinhala with the joiners of their spelling, emoji joined and coloured."""
    assert plain(name) == visible(name) == name


@given(ANYTHING)
def test_whatever_is_shown_can_be_shown(words: str) -> None:
    for shown in (plain(words), visible(words)):
        assert all(letter.isprintable() or letter in JOINERS for letter in shown)
        assert plain(shown) == visible(shown) == shown
    assert plain_lines(words).count("\n") == words.count("\n")


ASCII = {
    "\u2500\u2014\u2013\u2212": "----",
    "\xd7 \u2265 \u2264 \xb1": "x >= <= +/-",
    "\u201cx\u201d \u2018y\u2019\u2026": "\"x\" 'y'...",
    "\xa7 72(e)": "sec. 72(e)",
    "Zo\xeb Mu\u0308ller": "Zoe Muller",
    "\u0141ukasz S\xf8rensen \u0110or\u0111e": "Lukasz Sorensen Dorde",
    "stra\xdfe \xc6sop \u0153uvre \xde\xf3r Gu\xf0r\xfan": "strasse AEsop oeuvre Thor Gudrun",
    "I\u015f\u0131k \u011fi\u015fim \u0130": "Isik gisim I",
    "\ufb01 \u2116 \u2122 \xbd \uff21 \xb2": "fi No TM 1/2 A 2",
    "100 \u20ac": "100 EUR",
    "\u65e5\u672c \u05d0 \u0416": "?? ? ?",
    FAMILY: "???",
    "1\ufe0f\u20e3": "1",
    "caf\udce9": "caf\\xe9",
    "\ud800 \ufffd": "? ?",
}


@pytest.mark.parametrize(("words", "written"), ASCII.items())
def test_where_a_letter_cannot_be_written_ascii_stands_for_it(words: str, written: str) -> None:
    assert words.encode("ascii", "test-ascii") == written.encode()


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        ("utf-8", "\u2500 \u2265 \xd7 \xe9"),
        ("cp1252", "- >= \xd7 \xe9"),
        ("latin-1", "- >= \xd7 \xe9"),
        ("cp437", "\u2500 \u2265 x \xe9"),
        ("cp850", "\u2500 >= \xd7 \xe9"),
        ("ascii", "- >= x e"),
    ],
)
def test_what_can_be_written_is_written(encoding: str, written: str) -> None:
    """What each code page holds: its table at unicode.org."""
    words = "\u2500 \u2265 \xd7 \xe9"
    assert words.encode(encoding, "test-ascii").decode(encoding) == written


@given(
    ANYTHING, st.sampled_from(["ascii", "cp1252", "latin-1", "cp437", "cp850", "cp1251", "gbk", "utf-8"])
)  # fmt: skip
def test_any_text_can_be_written_in_any_encoding(words: str, encoding: str) -> None:
    assert isinstance(words.encode(encoding, "test-ascii"), bytes)


def test_it_only_helps_to_write() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("ascii", "test-ascii")
