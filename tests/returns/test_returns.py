"""Models of returns: each path on its own, and what all of them together must come to.

Wherever chance is involved the seed is fixed and the bound is in standard errors: four, unless a test says
otherwise. A right model exceeds four with a chance of 1 in 16,000.
"""

import json
import math
import sys
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.answer.statistics import standard_error
from simulator.conversion.kernel import kernel
from simulator.conversion.ledger import ledger
from simulator.conversion.timeline import Timeline
from simulator.days.calendars import sessions_between, sessions_of
from simulator.days.years import Years
from simulator.notation.mistakes import Mistakes
from simulator.notation.specification import replaced
from simulator.returns import series
from simulator.returns.bootstrap import NEW_BLOCK, START, Bootstrap
from simulator.returns.constant import Constant
from simulator.returns.draws import random_words, uniform
from simulator.returns.garch import ANGLE, RADIUS, Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import ReturnsModel
from simulator.scenario.loading import loads
from tests.documents import EMILY, scenario
from tests.how_many import times
from tests.timelines import amounts, timelines

Floats = NDArray[np.float64]

YEAR = Years(2025, 2025)
SESSIONS = sessions_of(2025) + sessions_of(2026)[:20]
"""A year and some run-off."""

GARCH = {"omega": "0.02", "alpha": "0.08", "beta": "0.90", "nu": "6"}


def price(place: int) -> str:
    """The price of the invented fund at a row: whole cents, made of whole numbers only."""
    return f"{100 + place // 40 + (place * place * 7_919 % 2_003) / 100:.2f}"


@pytest.fixture(scope="module")
def fund(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented fund at every session from 2015 to 2030."""
    return write(tmp_path_factory.mktemp("fund") / "fund.csv", *map(price, range(10_000)))


def write(file: Path, *prices: str, first: date = date(2015, 1, 1)) -> Path:
    """A CSV with prices at the sessions from a day on, to 2030."""
    days = sessions_between(first, date(2030, 12, 31))
    rows = [f"{day},{each}\n" for day, each in zip(days, prices, strict=False)]
    file.write_text("date,price\n" + "".join(rows), encoding="utf-8")
    return file


MODELS: dict[str, Callable[[Path], ReturnsModel]] = {
    "lognormal": lambda _: Lognormal(),
    "lognormal, random": lambda _: Lognormal(sampling="random"),
    "bootstrap": lambda fund: Bootstrap(prices=fund, block=5),
    "garch": lambda _: Garch.model_validate(GARCH),
    "history": lambda fund: History(prices=fund),
    "history, each": lambda fund: History(prices=fund, start="each"),
}


@pytest.fixture(scope="module")
def models(fund: Path) -> dict[str, ReturnsModel]:
    return {name: made(fund) for name, made in MODELS.items()}


@pytest.fixture(scope="module")
def whole(models: dict[str, ReturnsModel]) -> dict[str, Floats]:
    """Every session of up to 200 paths, in one block. [session, path]"""
    return {
        name: model.closes(SESSIONS, YEAR, range(min(200, model.count(SESSIONS))))
        for name, model in models.items()
    }


# A path is its own


@pytest.mark.parametrize("name", MODELS)
@times(0.5)
@given(data=st.data())
def test_a_path_is_the_same_in_any_block_and_at_any_sessions(
    name: str, data: st.DataObject, models: dict[str, ReturnsModel], whole: dict[str, Floats]
) -> None:
    every = whole[name]
    paths = every.shape[1]
    asked = sorted({0, *data.draw(st.sets(st.integers(0, len(SESSIONS) - 1), max_size=12))})
    cuts = sorted({0, paths, *data.draw(st.sets(st.integers(0, paths), max_size=4))})
    blocks = [range(low, high) for low, high in pairwise(cuts)]
    for block in data.draw(st.permutations(blocks)):
        found = models[name].closes([SESSIONS[place] for place in asked], YEAR, block)
        assert found.tolist() == every[asked, block.start : block.stop].tolist()


@pytest.mark.parametrize("name", MODELS)
def test_one_path_is_that_of_the_block(
    name: str, models: dict[str, ReturnsModel], whole: dict[str, Floats]
) -> None:
    for index in {0, 1, 37, whole[name].shape[1] - 1} & set(range(whole[name].shape[1])):
        assert models[name].path(SESSIONS, YEAR, index) == whole[name][:, index].tolist()


@pytest.mark.parametrize("name", ["lognormal", "lognormal, random", "bootstrap", "garch"])
def test_more_paths_and_another_seed(name: str, models: dict[str, ReturnsModel]) -> None:
    """More paths change none, another seed changes all."""
    model = models[name]
    more = replaced(model, paths=50_000)
    assert model.closes(SESSIONS, YEAR, range(8)).tolist() == (
        more.closes(SESSIONS, YEAR, range(8)).tolist()
    )
    other = replaced(model, seed=2026).closes(SESSIONS, YEAR, range(8))
    assert (other[-1] != model.closes(SESSIONS, YEAR, range(8))[-1]).all()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("annual_return", Fraction(1, 50)),
        ("volatility", Fraction(1, 4)),
        ("seed", 2026),
        ("paths", 77),
    ],
)
@pytest.mark.parametrize("name", ["constant", *MODELS])
def test_a_model_names_the_fields_that_change_nothing(
    name: str, field: str, value: object, models: dict[str, ReturnsModel]
) -> None:
    """Neither a price nor the number of paths; the fields that it does not name change one of them."""
    model = Constant() if name == "constant" else models[name]
    other = replaced(model, **{field: value})
    same = other.count(SESSIONS) == model.count(SESSIONS)
    same &= other.path(SESSIONS, YEAR, 0) == model.path(SESSIONS, YEAR, 0)
    assert same is (field in model.unread)


# These must never change: who names a seed and a path gets the same prices in every version.
GOLDEN: dict[str, tuple[list[float], list[float]]] = {
    "lognormal": (
        [0.993630387952249, 0.9966359734823557, 1.013962002077253, 1.118813580124262],
        [0.9987965649309293, 0.9943525973444721, 0.986446360393121, 0.8704413530435832],
    ),
    "lognormal, random": (
        [0.9974324517011808, 0.9919299655591175, 0.9866886028244498, 0.9308449783194114],
        [1.0013666827760161, 1.0109834302006244, 1.0100566011260017, 0.9842815031408231],
    ),
    "bootstrap": (
        [0.9608034479954461, 0.9064812555907946, 0.9999186793526876, 0.8530118402570495],
        [0.9674768914755222, 1.0386283236334588, 0.9838703849522287, 1.9857640257056353],
    ),
    "garch": (
        [0.9995065473897103, 1.0018496456236754, 0.996499770201987, 0.9405665134246043],
        [0.9919855753273896, 0.9923109122266309, 0.9883675762367988, 0.9794385506046392],
    ),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_prices_of_a_seed_never_change(name: str, models: dict[str, ReturnsModel]) -> None:
    """Sessions 1, 2, 3 and 260 of paths 0 and 4711 for seed 2025; the last decimals are the C library's."""
    sessions = [SESSIONS[place] for place in (0, 1, 2, 3, 260)]
    for index, expected in zip((0, 4711), GOLDEN[name], strict=True):
        found = models[name].path(sessions, YEAR, index)[1:]
        assert found == pytest.approx(expected, rel=1e-13, abs=0)


# Constant


def test_constant_growth_counts_calendar_days() -> None:
    path = Constant.model_validate({"annual_return": "10%"}).path(SESSIONS, YEAR, 0)
    days = [(day - SESSIONS[0]).days for day in SESSIONS]
    assert path == pytest.approx([1.1 ** (passed / 365) for passed in days], rel=1e-14)


# Lognormal: closed forms


def within(found: float, expected: float, error: float, errors: float = 4) -> None:
    assert abs(found - expected) < errors * error, f"{(found - expected) / error:.2f} errors"


@pytest.fixture(scope="module", params=["quasi", "random"])
def prices(request: pytest.FixtureRequest) -> Floats:
    """2^14 lognormal paths, every session of a year and 20 of the run-off. [session, path]"""
    model = Lognormal(sampling=request.param, volatility="20%", annual_return="9%")
    return model.closes(SESSIONS, YEAR, range(1 << 14))


@pytest.mark.parametrize("place", [1, 17, 249, 269])
def test_the_mean_price_grows_at_the_annual_return(prices: Floats, place: int) -> None:
    """E[P] = 1.09^(t/252); the error of independent paths bounds that of the lattice."""
    at = prices[place]
    within(float(at.mean()), 1.09 ** (place / 252), float(at.std()) / math.sqrt(at.size))


@pytest.mark.parametrize("place", [1, 17, 249, 269])
def test_log_prices_have_the_variance_of_the_volatility(prices: Floats, place: int) -> None:
    """Var log P = 0.2^2 t / 252; a variance of n normal numbers errs by a share of sqrt(2 / n)."""
    ratio = float(np.log(prices[place]).var()) / (0.04 * place / 252)
    within(ratio, 1, math.sqrt(2 / prices.shape[1]))


def test_log_returns_do_not_hang_on_those_before(prices: Floats) -> None:
    """The correlation of n independent pairs errs by 1 / sqrt(n); lags of 1, 2 and 5 sessions."""
    returns = np.diff(np.log(prices), axis=0)
    returns -= returns.mean()
    variance = float((returns * returns).mean())
    for lag in (1, 2, 5):
        pairs = returns[lag:] * returns[:-lag]
        within(float(pairs.mean()) / variance, 0, 1 / math.sqrt(pairs.size))


def test_log_returns_have_the_tails_of_a_normal_law(prices: Floats) -> None:
    """P(|Z| > 1, 2, 3, 4) = 31.7%, 4.55%, 0.270%, 0.00633%; kurtosis 3, which errs by sqrt(24 / n)."""
    drift = math.log(1.09) / 252 - 0.04 / 504
    z = (np.diff(np.log(prices), axis=0) - drift) / (0.2 / math.sqrt(252))
    for bound in (1, 2, 3, 4):
        tail = math.erfc(bound / math.sqrt(2))
        within(float((np.abs(z) > bound).mean()), tail, math.sqrt(tail * (1 - tail) / z.size))
    within(float((z**4).mean()), 3, math.sqrt(96 / z.size))
    within(float((z**3).mean()), 0, math.sqrt(15 / z.size))


@pytest.mark.parametrize("sampling", ["quasi", "random"])
def test_the_standard_error_of_the_mean_is_honest(sampling: str) -> None:
    """Over 40 seeds: z = (mean - closed form) / se has a mean square near 1.

    40 z^2 is near chi-square with 40 degrees of freedom: from 14.7 to 82.3 but for 1 in 5,000. With 16
    randomisations z is a t with 15 degrees, whose square is 15/13 on average.
    """
    last = [SESSIONS[0], SESSIONS[60], SESSIONS[249]]
    squares = []
    for seed in range(40):
        model = Lognormal(sampling=sampling, seed=seed)
        means = model.closes(last, YEAR, range(1_024)).sum(axis=0)
        error = standard_error(means, model.randomisations)
        exact = 1 + 1.07 ** (60 / 252) + 1.07 ** (249 / 252)
        squares.append(((float(means.mean()) - exact) / error) ** 2)
    assert 14.7 < sum(squares) / (15 / 13 if sampling == "quasi" else 1) < 82.3


def test_the_lattice_knows_the_mean_better_than_random_paths() -> None:
    last = [SESSIONS[0], SESSIONS[249]]
    errors = {}
    for sampling in ("quasi", "random"):
        model = Lognormal(sampling=sampling)
        at = model.closes(last, YEAR, range(4_096))[1]
        errors[sampling] = standard_error(at, model.randomisations)
    assert errors["quasi"] < errors["random"] / 5


# Bootstrap


def autocorrelated(file: Path, rows: int = 600) -> Path:
    """Prices whose returns follow those before: r = 0.4 r before + normal shocks of 1%."""
    shocks = np.random.default_rng(11).normal(0.0004, 0.01, rows)
    level, change = 100.0, 0.0
    prices = []
    for shock in shocks.tolist():
        change = 0.4 * change + shock
        level *= 1 + change
        prices.append(f"{level:.6f}")
    return write(file, *prices)


def simple(closes: Floats) -> Floats:
    """Returns from session to session. [session - 1, path]"""
    returns: Floats = closes[1:] / closes[:-1] - 1
    return returns


def test_resampled_returns_have_the_series_moments(tmp_path: Path) -> None:
    """Mean and variance are the series'; the covariance at lag 1 is (1 - 1/L) of the circular one.

    Politis and Romano (1994), section 3. Each path gives one estimate, so that paths give the error.
    """
    model = Bootstrap(prices=autocorrelated(tmp_path / "p.csv"), block=6)
    own = model.series().returns()
    own_variance = float(own.var())
    paths = simple(model.closes(SESSIONS, YEAR, range(4_096)))
    centred = paths - own.mean()
    lagged = (own - own.mean()) * (np.roll(own, -1) - own.mean())
    for found, expected in (
        (paths.mean(axis=0), float(own.mean())),
        ((centred**2).mean(axis=0), own_variance),
        ((centred[1:] * centred[:-1]).mean(axis=0), (1 - 1 / 6) * float(lagged.mean())),
    ):
        within(float(found.mean()), expected, float(found.std()) / math.sqrt(found.size))
    assert float(lagged.mean()) > 0.3 * own_variance, "else the covariance shows nothing"


def test_paths_spread_as_those_of_the_library_arch(tmp_path: Path) -> None:
    """The variance of a path's mean return, which blocks make, against arch's StationaryBootstrap.

    The logarithm of a ratio of two variances of n values each errs by sqrt(4 / n).
    """
    from arch import bootstrap

    model = Bootstrap(prices=autocorrelated(tmp_path / "p.csv"), block=6)
    own = model.series().returns()
    sessions = list(sessions_between(date(2025, 1, 2), date(2030, 12, 31)))[: own.size + 1]
    paths = range(3_000)
    found = simple(model.closes(sessions, Years(2025, 2028), paths)).mean(axis=0)
    library = bootstrap.StationaryBootstrap(6, own, seed=np.random.default_rng(5))
    theirs = np.array([drawn[0][0].mean() for drawn in library.bootstrap(len(paths))])
    within(math.log(found.var() / theirs.var()), 0, math.sqrt(4 / len(paths)))
    error = math.sqrt((found.var() + theirs.var()) / len(paths))
    within(float(found.mean() - theirs.mean()), 0, error)


def numbered(file: Path, rows: int) -> Path:
    """Prices whose k-th return is unlike all others: 1 + k hundredths of a percent."""
    level, prices = 1.0, ["1"]
    for row in range(rows):
        level *= 1 + row / 10_000
        prices.append(f"{level:.14f}")
    return write(file, *prices)


def test_blocks_have_geometric_lengths_and_start_anywhere(tmp_path: Path) -> None:
    """A block ends at each session with probability 1/L, whatever came before."""
    rows, length = 40, 4
    model = Bootstrap(prices=numbered(tmp_path / "p.csv", rows), block=length, seed=7)
    drawn = simple(model.closes(SESSIONS, YEAR, range(2_048)))
    place = np.rint(drawn * 10_000).astype(np.int64)
    assert place.min() == 0
    assert place.max() == rows - 1
    new = place[1:] != (place[:-1] + 1) % rows
    seen = (1 - 1 / rows) / length  # one new block in 40 takes the next row by chance
    within(float(new.mean()), seen, math.sqrt(seen * (1 - seen) / new.size))
    for run in (2, 3, 8, 12):
        windows = new[: new.shape[0] // run * run].reshape(-1, run, new.shape[1]).any(axis=1)
        unbroken = (1 - seen) ** run
        error = math.sqrt(unbroken * (1 - unbroken) / windows.size)
        within(1 - float(windows.mean()), unbroken, error)
    starts = np.bincount(place[0], minlength=rows)
    expected = place.shape[1] / rows
    squares = float(((starts - expected) ** 2).sum() / expected)
    within(squares, rows - 1, math.sqrt(2 * (rows - 1)))


def test_a_bootstrap_path_is_that_of_a_loop(fund: Path) -> None:
    model = Bootstrap(prices=fund, block=5, seed=3)
    growth = (1 + model.series().returns()).tolist()
    for index in (0, 5, 1_001):
        level, row, expected = 1.0, 0, [1.0]
        for session in range(1, 60):
            one = range(index, index + 1)
            begins = int(random_words(3, NEW_BLOCK, [session], one)[0, 0]) / 2**32 < 1 / 5
            start = int(random_words(3, START, [session], one)[0, 0]) * len(growth) // 2**32
            row = start if begins or session == 1 else (row + 1) % len(growth)
            level *= growth[row]
            expected.append(level)
        assert model.path(SESSIONS[:60], YEAR, index) == expected


def test_blocks_of_one_session_are_independent_returns(tmp_path: Path) -> None:
    model = Bootstrap(prices=autocorrelated(tmp_path / "p.csv"), block=1)
    paths = simple(model.closes(SESSIONS, YEAR, range(4_096)))
    centred = paths - model.series().returns().mean()
    lagged = (centred[1:] * centred[:-1]).mean(axis=0)
    within(float(lagged.mean()), 0, float(lagged.std()) / math.sqrt(lagged.size))


def test_without_a_block_its_length_is_the_librarys_estimate(tmp_path: Path) -> None:
    from arch import bootstrap

    model = Bootstrap(prices=autocorrelated(tmp_path / "p.csv"))
    estimate = float(bootstrap.optimal_block_length(model.series().returns())["stationary"].iloc[0])
    assert model.mean_block() == round(estimate) > 1
    given = replaced(model, block=model.mean_block())
    assert model.path(SESSIONS, YEAR, 3) == given.path(SESSIONS, YEAR, 3)


# Garch


def test_a_garch_path_is_that_of_a_loop() -> None:
    model = Garch.model_validate(GARCH | {"annual_return": "9%", "seed": 12})
    mean = 100 * (1.09 ** (1 / 252) - 1)
    for index in (0, 6, 4_097):
        level, variance, expected = 1.0, 0.02 / (1 - 0.08 - 0.90), [1.0]
        for session in range(1, len(SESSIONS)):
            one = range(index, index + 1)
            u, v = (
                float(uniform(random_words(12, stream, [session], one))[0, 0])
                for stream in (RADIUS, ANGLE)
            )
            t = math.sqrt(6 * (u ** (-2 / 6) - 1)) * math.cos(math.pi * v)
            shock = math.sqrt(variance) * t * math.sqrt(4 / 6)
            level *= 1 + max(mean + shock, -99) / 100
            variance = 0.02 + 0.08 * shock**2 + 0.90 * variance
            expected.append(level)
        assert model.path(SESSIONS, YEAR, index) == pytest.approx(expected, rel=1e-11)


@pytest.fixture(scope="module")
def shocks() -> Floats:
    """Returns of 8,192 paths, less their mean; parameters that leave an eighth moment. [percent]"""
    model = Garch.model_validate(
        {"omega": "0.05", "alpha": "0.06", "beta": "0.88", "nu": "12", "annual_return": "0%"}
    )
    sessions = sessions_of(2025) + sessions_of(2026)
    return 100 * simple(model.closes(sessions, YEAR, range(8_192)))


KURTOSIS = 3 + 6 / (12 - 4)
"""Of a Student t with 12 degrees of freedom."""


def test_the_unconditional_variance_is_omega_over_what_alpha_and_beta_leave(shocks: Floats) -> None:
    variances = (shocks**2).mean(axis=0)
    error = float(variances.std()) / math.sqrt(variances.size)
    within(float(variances.mean()), 0.05 / (1 - 0.06 - 0.88), error)
    means = shocks.mean(axis=0)
    within(float(means.mean()), 0, float(means.std()) / math.sqrt(means.size))


def batches(shocks: Floats, statistic: Callable[[Floats], float]) -> tuple[float, float]:
    """A statistic over 32 batches of paths: its mean and the error of that."""
    found = np.array([statistic(batch) for batch in np.split(shocks, 32, axis=1)])
    return float(found.mean()), float(found.std(ddof=1)) / math.sqrt(32)


def test_returns_have_the_kurtosis_of_the_model(shocks: Floats) -> None:
    """Theory: k (1 - s^2) / (1 - s^2 - (k - 1) alpha^2), s = alpha + beta, once the start is forgotten."""
    settled = shocks[200:]
    found, error = batches(settled, lambda e: float((e**4).mean() / (e**2).mean() ** 2))
    spread = 1 - 0.94**2
    within(found, KURTOSIS * spread / (spread - (KURTOSIS - 1) * 0.06**2), error)
    assert found - 4 * error > 3


@pytest.mark.parametrize("lag", [1, 2, 10])
def test_squared_returns_follow_those_before(shocks: Floats, lag: int) -> None:
    """Theory: alpha (1 - beta s) / (1 - 2 alpha beta - beta^2) x s^(lag - 1), s = alpha + beta."""

    def autocorrelation(batch: Floats) -> float:
        squares = batch**2 - (batch**2).mean()
        return float((squares[lag:] * squares[:-lag]).mean() / (squares**2).mean())

    found, error = batches(shocks[200:], autocorrelation)
    first = 0.06 * (1 - 0.88 * 0.94) / (1 - 2 * 0.06 * 0.88 - 0.88**2)
    within(found, first * 0.94 ** (lag - 1), error)
    assert found - 4 * error > 0


def test_returns_themselves_do_not_hang_on_those_before(shocks: Floats) -> None:
    found, error = batches(shocks, lambda e: float((e[1:] * e[:-1]).mean() / (e**2).mean()))
    within(found, 0, error)


def test_the_mean_garch_price_grows_at_the_annual_return() -> None:
    model = Garch.model_validate(GARCH | {"annual_return": "9%"})
    last = model.closes([SESSIONS[0], SESSIONS[249]], YEAR, range(1 << 15))[1]
    within(float(last.mean()), 1.09 ** (249 / 252), float(last.std()) / math.sqrt(last.size))


def test_no_session_loses_more_than_99_percent() -> None:
    wild = {"omega": "900", "alpha": "0.5", "beta": "0.4", "nu": "3"}
    closes = Garch.model_validate(wild).closes(SESSIONS[:40], YEAR, range(500))
    assert (closes > 0).all()
    assert simple(closes).min() == pytest.approx(-0.99)


def test_the_fit_is_as_likely_as_archs_but_keeps_mean_and_variance() -> None:
    """One restriction, so twice the difference of log-likelihoods is below 3.84 if it is no worse (95%)."""
    model = Garch()
    percent = 100 * model.series().returns()
    fitted = model.parameters()
    from arch import arch_model  # takes a second to import

    free = arch_model(percent, mean="Constant", vol="GARCH", p=1, q=1, dist="t")
    best = free.fit(disp="off")
    held = free.fix([best.params["mu"], fitted.omega, fitted.alpha, fitted.beta, fitted.nu])
    assert 0 <= 2 * (best.loglikelihood - held.loglikelihood) < 3.84
    for name, value in (("alpha[1]", fitted.alpha), ("beta[1]", fitted.beta), ("nu", fitted.nu)):
        within(value, float(best.params[name]), float(best.std_err[name]), errors=1)
    assert fitted.variance == pytest.approx(float(percent.var()), rel=1e-12)
    assert fitted.mean == pytest.approx(float(percent.mean()), rel=1e-12)


def test_the_annual_return_sets_the_drift_of_a_fit_where_it_is_given() -> None:
    fitted = Garch().parameters()
    drifting = Garch.model_validate({"annual_return": "5%"}).parameters()
    assert drifting == fitted._replace(mean=100 * (1.05 ** (1 / 252) - 1))


# History


def test_history_is_the_prices_of_the_same_dates(fund: Path) -> None:
    first = next(n for n, day in enumerate(sessions_between(date(2015, 1, 1), SESSIONS[-1]))
                 if day == SESSIONS[0])  # fmt: skip
    expected = [float(price(first + place)) for place in range(len(SESSIONS))]
    assert History(prices=fund).path(SESSIONS, YEAR, 0) == expected
    assert History(prices=fund).count(SESSIONS) == 1


THREE_YEARS = [
    *("2020-12-30,100", "2020-12-31,110", "2021-01-04,99", "2021-01-05,100", "2021-01-06,120"),
    *("2021-01-07,150", "2021-01-08,125"),
]


def test_every_start_year_is_a_path_by_hand(tmp_path: Path) -> None:
    """Four sessions need three rows after the first: 2020 and 2021 have them, 2022 does not."""
    late = ["2022-01-03,80", "2022-01-04,84"]
    middle = [f"{day},125" for day in sessions_between(date(2021, 1, 11), date(2021, 12, 31))]
    file = tmp_path / "p.csv"
    file.write_text("\n".join(["date,price", *THREE_YEARS, *middle, *late]), encoding="utf-8")
    model = History(prices=file, start="each")
    sessions = [SESSIONS[place] for place in (0, 1, 3)]
    assert model.count(sessions) == 2
    assert model.starts(sessions) == ((2020, 2021), (2022,))
    closes = model.closes(sessions, YEAR, range(2))
    assert closes[:, 0].tolist() == [1, 110 / 100, 100 / 100]
    assert closes[:, 1].tolist() == [1, 100 / 99, 150 / 99]
    assert model.starts(SESSIONS[:2]) == ((2020, 2021, 2022), ())
    assert model.starts(SESSIONS[:3]) == ((2020, 2021), (2022,))


def test_start_years_of_the_bundled_prices() -> None:
    """A year and a month of run-off from each of 1999 to 2017; 2018 has no row after its last."""
    model = History(start="each")
    starts = model.starts(SESSIONS)
    assert starts == (tuple(range(1999, 2018)), (2018,))
    closes = model.closes(SESSIONS, YEAR, range(19))
    rows = series.bundled_prices()
    first = next(n for n, row in enumerate(rows) if row.day.year == 2008)
    growth = rows[first + 200].number / rows[first].number * 1.02 ** (200 / 252)
    assert closes[200, 2008 - 1999] == pytest.approx(growth, rel=1e-12)


def test_the_bundled_prices_have_a_row_for_each_session() -> None:
    days = [row.day for row in series.bundled_prices()]
    assert days == list(sessions_between(date(1999, 1, 4), date(2018, 12, 31)))
    path = History().path(sessions_of(2008), Years(2008, 2008), 0)
    assert path[-1] / path[0] == pytest.approx(903.25 / 1447.16 * 1.02 ** (252 / 252), rel=1e-6)


@pytest.mark.parametrize("name", ["history", "history, each", "bootstrap"])
def test_dividends_grow_by_the_row(name: str, models: dict[str, ReturnsModel]) -> None:
    model = models[name]
    richer = type(model).model_validate(model.model_dump() | {"dividend_yield": "5%"})
    without, with_them = (each.closes(SESSIONS, YEAR, range(1)) for each in (model, richer))
    growth = (with_them / with_them[0]) / (without / without[0])
    expected = [1.05 ** (place / 252) for place in range(len(SESSIONS))]
    np.testing.assert_allclose(growth[:, 0], expected, rtol=1e-12)


def test_a_csv_has_its_dividends_in_it_and_the_bundled_prices_do_not(fund: Path) -> None:
    assert History(prices=fund).series().dividends == 0
    assert History().series().dividends * 100 == 2
    assert History.model_validate({"dividend_yield": "1.5%"}).series().dividends * 200 == 3


# What cannot be used


@pytest.fixture
def without_arch(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As on an installation without the extra."""
    series.bundled_prices.cache_clear()
    for name in [name for name in sys.modules if name.split(".")[0] == "arch"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "arch", None)
    yield
    series.bundled_prices.cache_clear()


EXTRA = "the extra history: pip install 'mbdr-simulator[history]', or write"


@pytest.mark.usefixtures("without_arch")
@pytest.mark.parametrize("model", [History(), History(start="each"), Bootstrap(block=5), Garch()])
def test_bundled_prices_without_the_extra_name_it(model: ReturnsModel) -> None:
    with pytest.raises(Mistakes) as found:
        model.path(SESSIONS, YEAR, 0)
    assert str(found.value) == (f"returns.model: the bundled prices need {EXTRA} prices: FILE.csv")


@pytest.mark.usefixtures("without_arch")
def test_estimates_without_the_extra_name_it(tmp_path: Path) -> None:
    file = autocorrelated(tmp_path / "p.csv")
    with pytest.raises(Mistakes) as found:
        Bootstrap(prices=file).path(SESSIONS, YEAR, 0)
    assert str(found.value) == f"returns.block: estimating it needs {EXTRA} block: 10"
    with pytest.raises(Mistakes) as found:
        Garch(prices=file).path(SESSIONS, YEAR, 0)
    wrong = f"returns.model: fitting garch needs {EXTRA} omega, alpha, beta, nu"
    assert str(found.value) == wrong


@pytest.mark.usefixtures("without_arch")
@pytest.mark.parametrize("name", MODELS)
def test_what_the_file_gives_needs_no_extra(name: str, models: dict[str, ReturnsModel]) -> None:
    assert len(models[name].path(SESSIONS, YEAR, 0)) == len(SESSIONS)


def mistakes(model: ReturnsModel) -> list[str]:
    with pytest.raises(Mistakes) as found:
        model.path(SESSIONS, YEAR, 0)
    return [str(one).rpartition("/")[2] for one in found.value.mistakes]


def test_bundled_prices_do_not_cover_the_years_simulated() -> None:
    assert mistakes(History()) == [
        "the bundled S&P 500: the prices go from 1999-01-04 to 2018-12-31; the simulation needs "
        f"2025-01-02 to {SESSIONS[-1]}; write prices: FILE.csv, or start: each"
    ]


def test_a_series_that_no_start_year_has_enough_rows_of(tmp_path: Path) -> None:
    file = write(tmp_path / "p.csv", "1", "2", "3")
    assert mistakes(History(prices=file, start="each")) == [
        "p.csv:2:1: 3 rows from 2015-01-02 to 2015-01-06; the simulation needs 270 from the first of "
        "a year on"
    ]


def test_a_series_with_a_gap_or_of_months_is_not_daily(tmp_path: Path) -> None:
    file = tmp_path / "p.csv"
    file.write_text("date,price\n2020-01-02,1\n2020-01-03,1\n2020-01-21,1\n", encoding="utf-8")
    gap = "p.csv:4:1: 18 days after 2020-01-03; write the price of every session"
    for model in (Bootstrap(prices=file, block=5), History(prices=file, start="each")):
        assert mistakes(model) == [gap]
    weeks = [f"{date.fromordinal(date(2020, 1, 3).toordinal() + 7 * n)},1\n" for n in range(60)]
    file = tmp_path / "weekly.csv"
    file.write_text("date,price\n" + "".join(weeks), encoding="utf-8")
    assert mistakes(Bootstrap(prices=file, block=5)) == [
        "weekly.csv:2:1: 60 prices in 59 weeks; write the price of every session"
    ]


def test_a_series_that_is_too_short(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", "5")
    assert mistakes(Bootstrap(prices=one, block=5)) == [
        "one.csv:2:1: one price has no return; write two rows or more"
    ]
    few = write(tmp_path / "few.csv", "5", "6", "7")
    assert mistakes(Bootstrap(prices=few)) == [
        "returns.block: 2 returns are too few, or too alike, to estimate the length of a block from; "
        "write block: 10"
    ]
    level = write(tmp_path / "level.csv", *["5"] * 300)
    assert mistakes(Garch(prices=level)) == [
        "returns.model: 299 returns are too few, or too alike, to fit garch to; "
        "write omega, alpha, beta, nu"
    ]


@pytest.mark.parametrize(
    ("returns", "message"),
    [
        (
            {"model": "lognoraml"},
            "returns.model: 'lognoraml' is not a returns model; did you mean 'lognormal'? "
            "(constant, lognormal, bootstrap, garch, history)",
        ),
        (
            {"model": "garch", "omega": 0.01, "alpha": 0.1},
            "returns: garch needs beta, nu too; write all of omega, alpha, beta, nu, or none of them, "
            "for a fit to the history",
        ),
        (
            {"model": "garch", "omega": 0.01, "alpha": 0.2, "beta": 0.9, "nu": 5},
            "returns: alpha + beta is 1.1; write them below 1 together, or the variance has no end",
        ),
        (
            {"model": "garch", "nu": 2},
            "returns.nu: '2' is out of range; write a number above 2 to 1000",
        ),
        (
            {"model": "garch", "alpha": "10%"},
            "returns.alpha: '10%' is not a number; write it like 0.09",
        ),
        (
            {"model": "bootstrap", "block": 0},
            "returns.block: '0' is out of range; write 1 to 100,000",
        ),
        (
            {"model": "history", "start": "all"},
            "returns.start: 'all' is not a start (actual, each)",
        ),
    ],
)  # fmt: skip
def test_returns_that_cannot_be_are_answered_in_a_sentence(
    returns: dict[str, Any], message: str
) -> None:
    with pytest.raises(Mistakes) as found:
        loads(json.dumps(EMILY | {"returns": returns}).encode(), "test.yaml")
    assert message in [str(one).split(": ", 1)[1] for one in found.value.mistakes]


@pytest.mark.parametrize("model", ["constant", "lognormal", "bootstrap", "garch", "history"])
def test_every_model_takes_the_common_fields(model: str) -> None:
    """So that `--set returns.model=...` changes the model alone."""
    common = {"annual_return": "7%", "volatility": "16%", "paths": "1_000", "seed": "3"}
    found = scenario(EMILY | {"returns": {"model": model, **common}}).returns
    assert (found.model, found.paths, found.seed) == (model, 1_000, 3)


# Both arithmetics on every model


@pytest.mark.parametrize("name", MODELS)
@times(0.25)
@given(plan=timelines(), start=st.integers(0, 5_000), seed=st.integers(0, 2**63 - 1))
def test_ledger_and_kernel_agree_on_every_model(
    name: str, plan: Timeline, start: int, seed: int, models: dict[str, ReturnsModel]
) -> None:
    model = replaced(models[name], seed=seed)
    count = model.count(plan.sessions)
    start = min(start, max(0, count - 3))
    paths = range(start, min(start + 3, count))
    prices = model.closes(plan.sessions, plan.years, paths)
    together = kernel(plan, prices)
    for place, index in enumerate(paths):
        alone = ledger(plan, model.path(plan.sessions, plan.years, index)).outcome
        assert amounts(together, place) == amounts(alone)
