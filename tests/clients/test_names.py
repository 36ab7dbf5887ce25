"""What pages are called: by hand, and after what systems allow.

Windows gives CON, NUL, COM1 and the like to devices, whatever their ending; names there and on macOS differ
in more than small and capital letters; file systems take 255 bytes.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.clients.names import LONGEST, page_names, plain_name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("emily", "emily"),
        ("Emily Baker, 28", "Emily-Baker-28"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("a\x00b\nc\u202ed", "a-b-c-d"),
        (".hidden", "hidden"),
        ("", "client"),
        ("???", "client"),
        ("index", "index-client"),
        ("Index", "Index-client"),
        ("CON", "CON-client"),
        ("nul.txt", "nul.txt-client"),
        ("عميل", "عميل"),
        ("Zoë", "Zoë"),
        ("\udcff", "client"),
        ("x" * 400, "x" * LONGEST),
        ("é" * 400, "é" * (LONGEST // 2)),
    ],
)
def test_a_name_is_one_that_every_system_takes(words: str, name: str) -> None:
    assert plain_name(words) == name


def test_names_that_differ_in_capitals_alone_are_numbered() -> None:
    assert page_names([("1", "emily"), ("2", "Emily"), ("3", "emily")], {}) == [
        "emily", "Emily-2", "emily-3",
    ]  # fmt: skip


def test_a_page_keeps_its_name_when_another_comes_before_it() -> None:
    assert page_names([("new", "emily"), ("old", "emily")], {"old": "emily"}) == [
        "emily-2",
        "emily",
    ]


def test_a_name_is_free_again_when_its_file_is_gone() -> None:
    assert page_names([("moved", "emily")], {"gone": "emily"}) == ["emily"]


@given(st.lists(st.tuples(st.text(max_size=3), st.text(max_size=5)), max_size=8), st.data())
def test_no_two_pages_have_the_same_name(
    wanted: list[tuple[str, str]], data: st.DataObject
) -> None:
    known = dict(zip((source for source, _ in wanted), page_names(wanted, {}), strict=True))
    again = data.draw(st.permutations(wanted))
    for names in (page_names(wanted, known), page_names(again, known)):
        assert len({name.casefold() for name in names}) == len(wanted)
        assert "index" not in {name.casefold() for name in names}
