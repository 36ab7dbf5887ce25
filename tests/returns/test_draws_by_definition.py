"""Random numbers, the lattice and the bridge against their definitions and published values."""

import math
from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.returns.bridge import Node, bridge, needed
from simulator.returns.draws import (
    LANES,
    RANDOMISATIONS,
    Floats,
    Lattice,
    exponential,
    logarithm,
    normal_quantile,
    philox,
    random_words,
    reversed_bits,
    uniform,
)
from simulator.returns.student import half_turn_cosine, student_t

ALL = 0xFFFFFFFF

# Philox


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
        ((ALL, ALL, ALL, ALL), (ALL, ALL), (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
        ),
    ],
)
def test_philox_gives_the_words_that_its_authors_publish(
    counter: tuple[int, ...], key: tuple[int, int], words: tuple[int, ...]
) -> None:
    """Random123 1.14, tests/kat_vectors, philox4x32 10."""
    found = philox([np.array([word], np.uint64) for word in counter], key)
    assert tuple(int(word[0]) for word in found) == words


@given(
    st.integers(0, 2**63 - 1),
    st.integers(0, 9),
    st.integers(0, 10_000),
    st.integers(0, 100_000_000),
)
def test_a_random_word_is_lane_path_mod_four_of_its_own_counter(
    seed: int, stream: int, draw: int, path: int
) -> None:
    counter = (path // LANES, draw, stream, 0)
    words = philox([np.array([word], np.uint64) for word in counter], (seed & ALL, seed >> 32))
    found = random_words(seed, stream, [draw], range(path, path + 1))
    assert found.tolist() == [[int(words[path % LANES][0])]]


@given(st.integers(0, 500), st.integers(1, 60), st.lists(st.integers(0, 400), min_size=1))
def test_random_words_do_not_depend_on_the_block(start: int, size: int, draws: list[int]) -> None:
    block = random_words(2025, 4, draws, range(start, start + size))
    for row, draw in enumerate(draws):
        whole = random_words(2025, 4, [draw], range(start + size))
        assert block[row].tolist() == whole[0, start:].tolist()


def test_streams_and_seeds_share_no_words() -> None:
    rows = [random_words(seed, stream, range(4), range(64)) for seed in (1, 2) for stream in (1, 2)]
    words = np.concatenate(rows).ravel()
    assert np.unique(words).size == words.size


def test_uniform_numbers_lie_strictly_between_0_and_1() -> None:
    ends = uniform(np.array([0, ALL], np.uint32))
    assert ends.tolist() == [2.0**-33, 1 - 2.0**-33]


# Functions


def probabilities() -> Floats:
    """Cells at both ends and in between."""
    near = np.array([0, 1, 2, 3, 10, 1_000, 2**20, 2**31 - 1, 2**31], np.uint64)
    spread = np.random.default_rng(1).integers(0, 2**32, 20_000, np.uint64)
    words = np.concatenate([near, (2**32 - 1) - near, spread])
    return uniform(words.astype(np.uint32))


def test_normal_quantile_agrees_with_the_standard_library() -> None:
    u = probabilities()
    expected = np.array([NormalDist().inv_cdf(p) for p in u.tolist()])
    np.testing.assert_allclose(normal_quantile(u), expected, rtol=4e-15, atol=1e-15)


def test_normal_quantile_is_odd_and_its_own_probability() -> None:
    u = probabilities()
    assert normal_quantile(u).tolist() == (-normal_quantile(1 - u)).tolist()
    back = np.array([0.5 * math.erfc(-z / math.sqrt(2)) for z in normal_quantile(u).tolist()])
    np.testing.assert_allclose(back, u, rtol=2e-14)


def in_last_places(found: Floats, expected: Floats) -> float:
    """The largest distance in units of the last place of what is expected."""
    return float(np.max(np.abs(found - expected) / np.spacing(np.abs(expected))))


def of_math(function: Callable[[float], float], x: Floats) -> Floats:
    return np.array([function(each) for each in x.tolist()])


def test_logarithm_is_right_to_two_units_of_the_last_place() -> None:
    x = np.concatenate([probabilities(), np.geomspace(1e-300, 1e300, 4_001)])
    x = x[np.abs(x - 1) > 1e-12]
    assert in_last_places(logarithm(x), of_math(math.log, x)) <= 2
    assert logarithm(np.array([1.0])).tolist() == [0.0]


def test_exponential_is_right_to_two_units_of_the_last_place() -> None:
    x = np.concatenate([np.linspace(-40, 40, 20_001), np.linspace(-690, 690, 4_001)])
    assert in_last_places(exponential(x), of_math(math.exp, x)) <= 2
    assert exponential(np.array([0.0])).tolist() == [1.0]


def test_cosine_is_right_to_four_units_of_the_last_place() -> None:
    """sin(pi (1/2 - v)), as cos(pi v) itself loses digits near 1/2."""
    v = probabilities()
    expected = of_math(math.sin, (0.5 - v) * math.pi)
    assert in_last_places(half_turn_cosine(v), expected) <= 4
    assert np.max(np.abs(half_turn_cosine(v) - of_math(math.cos, v * math.pi))) < 4e-16


@pytest.mark.parametrize("nu", [2.5, 5.0, 7.0, 200.0])
def test_shocks_are_baileys_formula_scaled_to_variance_1(nu: float) -> None:
    u, v = probabilities(), probabilities()[::-1]
    expected = [
        math.sqrt(nu * math.expm1(-2 / nu * math.log(a))) * math.cos(math.pi * b)
        for a, b in zip(u.tolist(), v.tolist(), strict=True)
    ]
    # where u is near 1 the subtraction of 1 leaves fewer digits, of a shock that is itself near 0
    scaled = np.array(expected) * math.sqrt((nu - 2) / nu)
    np.testing.assert_allclose(student_t(u, v, nu), scaled, rtol=1e-11, atol=1e-9)


def test_shocks_have_the_quantiles_of_student_t() -> None:
    """Four degrees of freedom: P(T < 2.132) = 95%, P(T < 3.747) = 99%, P(T < 7.173) = 99.9%.

    Each share within 4 standard errors.
    """
    paths = range(1 << 20)
    u, v = (uniform(random_words(2025, stream, [0], paths))[0] for stream in (6, 7))
    t = student_t(u, v, 4.0) * math.sqrt(2)
    for quantile, tail in ((0.0, 0.5), (2.13185, 0.05), (3.74695, 0.01), (7.17318, 0.001)):
        error = math.sqrt(tail * (1 - tail) / t.size)
        assert abs(float((t > quantile).mean()) - tail) < 4 * error
        assert abs(float((t < -quantile).mean()) - tail) < 4 * error


# The lattice


def test_reversed_bits_are_those_of_the_binary_text() -> None:
    index = np.random.default_rng(1).integers(0, 2**32, 500, np.uint64).astype(np.uint32)
    texts = [f"{word:032b}" for word in index.tolist()]
    assert reversed_bits(index).tolist() == [int(text[::-1], 2) for text in texts]


@given(st.integers(0, 3), st.integers(1, 400), st.integers(401, 900))
def test_more_paths_keep_the_earlier_points(group: int, few: int, many: int) -> None:
    lattice, start = Lattice(2025), group * RANDOMISATIONS
    short = lattice.words([0, 3, 250], range(start, start + few))
    long = lattice.words([0, 3, 250], range(start + many))
    assert short.tolist() == long[:, start : start + few].tolist()


@pytest.mark.parametrize("power", [0, 1, 5, 9])
def test_each_coordinate_of_a_power_of_two_has_one_point_in_each_cell(power: int) -> None:
    """Of every randomisation: 2^power points, a cell of width 2^-power each."""
    lattice = Lattice(2025)
    points = 1 << power
    dimensions = range(0, lattice.dimensions, 7)
    words = lattice.words(dimensions, range(points * RANDOMISATIONS))
    own = words.reshape(len(dimensions), points, RANDOMISATIONS)
    # the shift moves the cells with it: distances from the first point are multiples of their width
    offsets = (own - own[:, :1, :]).astype(np.uint64)
    cells = np.sort(offsets >> np.uint64(32 - power), axis=1)
    assert (offsets % (1 << (32 - power)) == 0).all()
    assert (cells == np.arange(points)[None, :, None]).all()


def test_the_generators_components_are_odd() -> None:
    """Only then is each coordinate stratified."""
    first = Lattice(0).words(range(Lattice(0).dimensions), range(2 * RANDOMISATIONS))
    own = first.reshape(-1, 2, RANDOMISATIONS)
    assert (own[:, 1] - own[:, 0] == 1 << 31).all()


def test_shifts_differ_between_randomisations_coordinates_and_seeds() -> None:
    shifts = [Lattice(seed).words(range(250), range(RANDOMISATIONS)) for seed in (2025, 2026)]
    every = np.concatenate([each.ravel() for each in shifts])
    assert np.unique(every).size >= every.size - 1  # 16,000 of 2^32: two alike have a chance of 3%


# The bridge


def weights(nodes: list[Node], steps: int) -> dict[int, Floats]:
    """What each session's W is made of, draw by draw."""
    made = {0: np.zeros(steps)}
    for node in nodes:
        own = node.from_left * made[node.left]
        if node.from_right:
            own = own + node.from_right * made[node.right]
        own[node.draw] += node.spread
        made[node.place] = own
    return made


@pytest.mark.parametrize("steps", [1, 2, 3, 7, 64, 249, 502])
def test_the_covariance_of_two_sessions_is_the_earlier_one(steps: int) -> None:
    """Cov(W(s), W(t)) = min(s, t): the definition of Brownian motion, from the weights alone."""
    made = weights(list(bridge(steps).values()), steps)
    matrix = np.array([made[place] for place in range(steps + 1)])
    place = np.arange(steps + 1)
    expected = np.minimum(place[:, None], place[None, :])
    np.testing.assert_allclose(matrix @ matrix.T, expected, rtol=1e-12, atol=1e-11)


def test_every_session_has_one_draw_of_its_own_and_the_end_the_first() -> None:
    nodes = bridge(249)
    assert sorted(nodes) == list(range(1, 250))
    assert [node.draw for node in nodes.values()] == list(range(249))
    assert nodes[249].draw == 0
    assert nodes[124].draw == 1


@given(st.integers(1, 600), st.sets(st.integers(0, 700), max_size=12))
def test_what_is_needed_comes_after_what_it_hangs_on(steps: int, places: set[int]) -> None:
    known = {0}
    for node in needed(steps, places):
        assert node.left in known
        assert node.right in known or (node.right == node.place and not node.from_right)
        known.add(node.place)
    assert known >= {place for place in places if place <= steps}


def test_a_bridge_over_no_sessions_has_no_nodes() -> None:
    assert bridge(0) == {}
    assert needed(0, [0]) == []
