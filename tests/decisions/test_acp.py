"""The ACP test: published examples, its boundaries to a hundredth of a percent, and what always holds."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.decisions.acp import AcpTest, Member


def person(pay: int, after_tax: int, highly: bool, match: int = 0) -> Member:
    """Somebody with amounts in dollars."""
    return Member(pay * 100, match * 100, after_tax * 100, highly)


def at(hundredths: int) -> list[Member]:
    """A highly compensated person with such an average; one who is not, with nothing."""
    return [person(100_000, hundredths * 10, True), person(50_000, 0, False)]


def test_a_published_example_passes() -> None:
    """irahelp.com/slottreport, nondiscrimination rules, part 2: N 6.00, H 7.50, at most 8.00."""
    test = AcpTest(
        [
            person(50_000, 0, False),
            person(60_000, 6_000, False),
            person(90_000, 7_200, False),
            person(150_000, 7_500, True),
            person(190_000, 19_000, True),
        ]
    )
    assert (test.nhce, test.hce, test.most) == (600, 750, 800)
    assert test.passes
    assert test.headroom is None
    assert test.over == 0
    assert test.excess == {}


def test_a_published_example_fails() -> None:
    """benefitslink.com/boards/topic/81333: N 1.21 and H 2.55 fail, as 2 x 1.21 is 2.42."""
    test = AcpTest(at(255), prior=121)
    assert (test.nhce, test.hce, test.most) == (121, 255, 242)
    assert not test.passes
    assert test.headroom == 242


@pytest.mark.parametrize(
    ("nhce", "most"),
    [
        (0, 0),
        (121, 242),  # twice
        (200, 400),
        (201, 401),  # two points more
        (600, 800),
        (799, 999),
        (801, 1001),  # 1.25 x 8.01 = 10.0125
        (1000, 1250),
        (999, 1248),  # 1.25 x 9.99 = 12.4875
    ],
)
def test_the_most_that_passes_is_so_to_a_hundredth(nhce: int, most: int) -> None:
    """By hand: 1.25 N; or N + 2, at most 2 N, where that is more."""
    assert AcpTest(at(most), prior=nhce).most == most
    assert AcpTest(at(most), prior=nhce).passes
    assert not AcpTest(at(most + 1), prior=nhce).passes


def test_ratios_and_averages_are_rounded_half_up_to_hundredths() -> None:
    """1,000 of 80,000 is 1.25; of 96,000 1.041666: 1.04. Their mean is 1.145: 1.15."""
    test = AcpTest([person(80_000, 1_000, False), person(96_000, 1_000, False)])
    assert test.nhce == 115


def test_where_one_group_is_empty_the_plan_passes() -> None:
    """26 CFR 1.401(m)-2(a)(1)(ii)."""
    assert AcpTest([person(200_000, 40_000, True)]).passes
    assert AcpTest([person(50_000, 0, False)]).passes
    assert AcpTest([]).passes
    assert not AcpTest([person(200_000, 40_000, True)], prior=300).passes


def test_a_match_that_is_left_out_is_left_out_of_both() -> None:
    """By hand: with the match N is 4.00 and H 9.00; without it 0.00 and 5.00, and no level passes but 0."""
    people = [person(50_000, 0, False, match=2_000), person(200_000, 10_000, True, match=8_000)]
    counted, left_out = AcpTest(people), AcpTest(people, match=False)
    assert (counted.nhce, counted.hce, counted.most) == (400, 900, 600)
    assert counted.headroom == 200
    assert (left_out.nhce, left_out.hce, left_out.most) == (0, 500, 0)
    assert left_out.headroom == 0
    assert left_out.over == 10_000_00


def test_a_match_alone_may_fail() -> None:
    people = [person(50_000, 0, False), person(200_000, 10_000, True, match=8_000)]
    test = AcpTest(people)
    assert test.hopeless
    assert test.headroom is None
    assert test.over == 10_000_00


def test_whose_it_is_goes_from_the_largest_dollars_down() -> None:
    """By hand: N 3.00, so H may be 5.00, and at 5% of pay each 17,500, 10,000 and 7,500 stay.

    20,000 - 17,500, 20,000 - 10,000 and 12,000 - 7,500 are 17,000 too much. 20,000 twice and 12,000 are
    levelled: down to 12,000 takes 16,000, and a third of the 1,000 that is left comes off each: 333.33,
    the cent that is left over off the first.
    """
    test = AcpTest(
        [
            person(350_000, 20_000, True),
            person(200_000, 20_000, True),
            person(150_000, 12_000, True),
            person(60_000, 1_800, False),
        ]
    )
    assert (test.nhce, test.most, test.headroom) == (300, 500, 500)
    assert test.over == 17_000_00
    assert test.excess == {0: 8_333_34, 1: 8_333_33, 2: 333_33}


def test_nobody_loses_more_than_their_after_tax_money() -> None:
    """By hand: the match of 9,000 makes the first the largest, but there are 1,000 after tax to give back.

    With 3.33% of the first the other may have 2.67%: (3.33 + 2.67) / 2 = 3.00, and 8,000 - 2,670 is over.
    """
    test = AcpTest(
        [
            person(300_000, 1_000, True, match=9_000),
            person(100_000, 8_000, True),
            person(50_000, 0, False, match=750),
        ]
    )
    assert (test.nhce, test.hce, test.most) == (150, 567, 300)
    assert test.headroom == 267
    assert test.over == 5_330_00
    assert test.excess == {0: 1_000_00, 1: 4_330_00}


PEOPLE = st.lists(
    st.builds(
        lambda pay, match, share, highly: Member(pay, match * pay // 100, int(share * pay), highly),
        st.integers(1_000_000, 36_000_000),
        st.integers(0, 6),
        st.fractions(0, Fraction(1, 3), max_denominator=500),
        st.booleans(),
    ),
    min_size=2,
    max_size=12,
)


@given(PEOPLE, st.one_of(st.none(), st.integers(0, 1_200)), st.booleans())
def test_the_headroom_passes_and_a_hundredth_more_does_not(
    people: list[Member], prior: int | None, match: bool
) -> None:
    """Each is cut by hand, to whole cents below the level."""
    test = AcpTest(people, prior, match)

    def cut(level: int) -> AcpTest:
        kept = [
            one._replace(after_tax=min(one.after_tax, -(-level * one.pay // 10_000)))
            if one.highly_compensated
            else one
            for one in people
        ]
        nhce = test.nhce if test.nhces or prior is not None else None
        return AcpTest(kept, nhce, match)

    if test.passes:
        assert test.headroom is None
    elif test.headroom is None:
        assert not cut(0).passes
    else:
        assert test.most is not None
        assert test.hce_at(test.headroom) <= test.most < test.hce_at(test.headroom + 1)
        assert not cut(test.headroom + 1).passes


@given(PEOPLE, st.booleans())
def test_what_is_over_is_given_back_by_those_who_had_most(
    people: list[Member], match: bool
) -> None:
    test = AcpTest(people, match=match)
    assert sum(test.excess.values()) == test.over
    for place, cents in test.excess.items():
        assert 0 < cents <= people[place].after_tax
        assert people[place].highly_compensated

    def left(place: int) -> int:
        one = people[place]
        return one.after_tax + (one.match if match else 0) - test.excess.get(place, 0)

    for place in test.excess:
        for other, one in enumerate(people):
            if one.highly_compensated and test.excess.get(other, 0) < one.after_tax:
                assert (
                    left(other) <= left(place) + 1 or test.excess[place] == people[place].after_tax
                )
