"""Two funds: that of the Roth keeps its paths; that of the after-tax account has its own, and its file."""

import json
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.answer.comparison import Comparison
from simulator.batches.job import key
from simulator.days.calendars import sessions_of
from simulator.days.years import Years
from simulator.money import OutOfRange
from simulator.notation.mistakes import Mistakes
from simulator.notation.specification import replaced
from simulator.returns.constant import Constant
from simulator.returns.garch import Garch
from simulator.returns.history import History
from simulator.returns.lognormal import Lognormal
from simulator.returns.model import ReturnsModel
from simulator.scenario.loading import loads
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare, ledger_of
from tests.documents import emily, lognormal

YEAR = Years(2025, 2025)
SESSIONS = sessions_of(2025) + sessions_of(2026)[:5]
DRAWN = range(4_096)

OTHERS: dict[str, Callable[[], ReturnsModel]] = {
    "constant": Constant,
    "lognormal": lambda: Lognormal.model_validate({"volatility": "5%", "correlation": 0.5}),
    "garch": lambda: Garch.model_validate({"omega": 0.02, "alpha": 0.08, "beta": 0.9, "nu": 6}),
}


def steps(model: ReturnsModel) -> NDArray[np.float64]:
    """Log returns from session to session. [session - 1, path]"""
    moved: NDArray[np.float64] = np.diff(np.log(model.closes(SESSIONS, YEAR, DRAWN)), axis=0)
    return moved


def correlation(fund: ReturnsModel) -> float:
    """Of all log returns of a fund with those of the one that its money is parked in."""
    one, other = steps(fund).ravel(), steps(fund.inside).ravel()
    return float(np.corrcoef(one, other)[0, 1])


@pytest.mark.parametrize("parked", OTHERS)
@pytest.mark.parametrize("sampling", ["quasi", "random"])
def test_the_fund_outside_keeps_its_paths(parked: str, sampling: str) -> None:
    fund = Lognormal.model_validate({"sampling": sampling})
    beside = replaced(fund, after_tax=OTHERS[parked]())
    assert beside.closes(SESSIONS, YEAR, range(200)).tobytes() == (
        fund.closes(SESSIONS, YEAR, range(200)).tobytes()
    )


@pytest.mark.parametrize("parked", OTHERS)
def test_a_path_of_the_parked_fund_is_the_same_in_any_block(parked: str) -> None:
    inside = Lognormal(after_tax=OTHERS[parked]()).inside
    whole = inside.closes(SESSIONS, YEAR, range(100))
    for some in (range(17), range(17, 50), range(99, 100)):
        assert (
            inside.closes(SESSIONS, YEAR, some).tolist()
            == whole[:, some.start : some.stop].tolist()
        )
    assert inside.path(SESSIONS, YEAR, 41) == whole[:, 41].tolist()
    few = SESSIONS[:1] + SESSIONS[40:42]
    assert inside.closes(few, YEAR, range(100)).tolist() == whole[[0, 40, 41]].tolist()


def test_its_numbers_are_keyed_by_the_seed_and_the_letters_after_tax() -> None:
    """By the definition: SHA-256, worked out here."""
    key_of_q = int.from_bytes(
        sha256((7).to_bytes(8, "little") + b"after-tax").digest()[:8], "little"
    )
    inside = Lognormal(seed=7, after_tax=Lognormal()).inside
    alone = replaced(Lognormal(sampling="random"), seed=key_of_q)
    assert inside.closes(SESSIONS, YEAR, range(9)).tolist() == (
        alone.closes(SESSIONS, YEAR, range(9)).tolist()
    )


@pytest.mark.parametrize("r", [0.0, 0.2, -0.7])
def test_log_returns_of_two_lognormal_funds_are_correlated_as_is_asked(r: float) -> None:
    """Within four standard errors of a correlation of n independent pairs, (1 - r^2) / sqrt(n)."""
    parked = Lognormal.model_validate({"volatility": "5%", "correlation": r})
    fund = Lognormal(sampling="random", after_tax=parked)
    pairs = (len(SESSIONS) - 1) * len(DRAWN)
    assert abs(correlation(fund) - r) < 4 * (1 - r * r) / pairs**0.5


def test_a_correlated_fund_keeps_its_own_growth_and_volatility() -> None:
    parked = Lognormal.model_validate(
        {"annual_return": "3%", "volatility": "8%", "correlation": 0.6}
    )
    moved = steps(Lognormal(after_tax=parked).inside)
    assert moved.std() == pytest.approx(0.08 / 252**0.5, rel=4 / (2 * moved.size) ** 0.5)
    drift = np.log(1.03) / 252 - 0.08**2 / 504
    assert abs(moved.mean() - drift) < 4 * moved.std() / moved.size**0.5


def test_a_fund_wholly_correlated_with_one_like_it_is_that_one() -> None:
    """To the last bit, so that nothing is saved or missed."""
    fund = Lognormal(after_tax=Lognormal(correlation=1.0))
    assert fund.inside.closes(SESSIONS, YEAR, range(40)).tobytes() == (
        fund.closes(SESSIONS, YEAR, range(40)).tobytes()
    )


def figures(comparison: Comparison) -> list[Any]:
    """What each policy comes to, but for what is told of parking."""
    told = comparison.to_dict()["policies"]
    parking = ("held_less_tax", "tax_saved", "growth_missed", "parking_gains", "parking_pays_share")
    for policy in told:
        for name in parking:
            policy["total"].pop(name, None)
    return list(told)


RICH = (
    "plan.conversion.fee=25",
    "plan.basis_after_loss=forfeit",
    "plan.opening={after_tax: 9_000, basis: 7_500, roth: 1_000}",
    "taxes.federal=24%",
    "events=[{kind: withdrawal, date: 2025-06-02, amount: 400}, "
    "{kind: acp-refund, date: 2026-03-10, year: 2025, amount: 15%}]",
    "policies=[per-paycheck, {cadence: monthly, delay: 20}, year-end, never]",
)


@pytest.mark.parametrize("to", ["roth-401k", "split"])
@pytest.mark.parametrize("growth", ["7%", "-20%"])
def test_parked_at_the_same_rate_is_not_parked_cent_for_cent(growth: str, to: str) -> None:
    """With a fee, an opening balance, a loss rule, a withdrawal and a refund."""
    settings = (*RICH, f"plan.conversion.to={to}", f"returns.annual_return={growth}")
    parked = compare(emily(*settings, f"returns.after_tax.annual_return={growth}"))
    assert figures(parked) == figures(compare(emily(*settings)))
    assert not any(one.growth_missed or one.tax_saved for one in parked.parking)


def test_parked_in_a_fund_that_moves_with_the_other_one_is_not_parked_cent_for_cent() -> None:
    same = "returns.after_tax={model: lognormal, correlation: 1}"
    parked = compare(lognormal("returns.paths=64", *RICH, same))
    assert figures(parked) == figures(compare(lognormal("returns.paths=64", *RICH)))


def test_policies_unparked_are_those_of_the_same_file_without_the_key() -> None:
    """Figures of the first fund keep their bits."""
    parked = compare(lognormal("returns.after_tax.annual_return=4%"))
    alone = compare(lognormal())
    for one, other in zip(parked.unparked, alone.results, strict=True):
        assert one.outcome.roth_end.tobytes() == other.outcome.roth_end.tobytes()
        assert one.taxable.tobytes() == other.taxable.tobytes()


# Files


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two funds: one at 100, one that grows by a cent a session from 10.00."""
    days = sessions_of(2025)
    stocks = "".join(f"{day},100\n" for day in days)
    bonds = "".join(f"{day},{10 + place / 100:.2f}\n" for place, day in enumerate(days))
    (tmp_path / "stocks.csv").write_text(f"date,price\n{stocks}")
    (tmp_path / "bonds.csv").write_text(f"date,price\n{bonds}")
    (tmp_path / "deposits.csv").write_text("date,amount\n2025-01-02,1_000\n")
    return tmp_path


def two_files(files: Path, *settings: str) -> Scenario:
    """1,000.00 bought at 10.00, converted at the close of the 100th session after, at 11.00."""
    document = {
        "name": "Two files",
        "years": 2025,
        "birth_year": 1990,
        "deposits": "deposits.csv",
        "returns": {
            "model": "history",
            "prices": "stocks.csv",
            "after_tax": {"model": "history", "prices": "bonds.csv"},
        },
        "policies": [{"cadence": "dates", "dates": [str(sessions_of(2025)[100])]}],
    }
    return loads(json.dumps(document).encode(), "test.yaml", files, settings)


def test_each_fund_has_prices_of_its_own(files: Path) -> None:
    """100 units of the one at 11.00 are 11 units of the other at 100."""
    scenario = two_files(files)
    answer = compare(scenario).to_dict()
    total = answer["policies"][0]["total"]
    assert (total["box_1"]["mean"], total["box_2a"]["mean"]) == (1_100.0, 100.0)
    assert total["roth_end"]["mean"] == 1_100.0
    assert list(answer["scenario"]["files"]) == ["deposits.csv", "stocks.csv", "bonds.csv"]
    posting = ledger_of(scenario, scenario.policies[0]).postings[-1]
    assert (posting.amount, posting.roth_after) == (110_000, 110_000)


def test_what_changes_in_either_file_changes_the_key_of_a_batch(files: Path) -> None:
    before = key(two_files(files))
    assert key(two_files(files)) == before
    text = (files / "bonds.csv").read_text()
    (files / "bonds.csv").write_text(text.replace(",10.50", ",10.51"))
    assert key(two_files(files)) != before


def test_a_parked_fund_needs_prices_where_money_moves_inside_alone(files: Path) -> None:
    """It lands on January 2 and leaves on session 100; later nothing is inside."""
    days = sessions_of(2025)
    rows = (files / "bonds.csv").read_text().splitlines()
    kept = [rows[0], rows[1], *rows[101:103]]
    (files / "bonds.csv").write_text("\n".join(kept) + "\n")
    total = compare(two_files(files)).to_dict()["policies"][0]["total"]
    assert total["roth_end"]["mean"] == 1_100.0
    (files / "bonds.csv").write_text("\n".join([rows[0], rows[1], rows[102]]) + "\n")
    with pytest.raises(Mistakes, match=f"bonds.csv:2:1: no price for the session {days[100]}"):
        compare(two_files(files))


def test_what_is_still_parked_on_a_day_without_a_price_is_not_known(files: Path) -> None:
    rows = (files / "bonds.csv").read_text().splitlines()
    (files / "bonds.csv").write_text("\n".join(rows[:150]) + "\n")
    comparison = compare(two_files(files, "policies=[never]"))
    assert comparison.to_dict()["policies"][0]["total"]["left_value"] is None
    assert list(comparison.unpriced) == [
        "There is no price of 2025-12-31: what is held then is not known."
    ]
    assert "held_less_tax" not in comparison.to_dict()["policies"][0]["total"]


def test_a_jump_of_the_parked_fund_is_told(files: Path) -> None:
    text = (files / "bonds.csv").read_text()
    (files / "bonds.csv").write_text(text.replace(",10.50\n", ",105.0\n"))
    warnings = compare(two_files(files)).warnings
    assert len(warnings) == 2
    assert all(line.startswith("bonds.csv:") for line in warnings)


def test_start_years_are_those_of_both_funds(tmp_path: Path) -> None:
    """Paths are the years of the first; a parked fund without one of them is refused, which is said."""

    def written(name: str, first: int) -> Path:
        days = [day for year in range(first, 2022) for day in sessions_of(year)]
        rows = (f"{day},{10 + place % 7}" for place, day in enumerate(days))
        (tmp_path / name).write_text("\n".join(["date,price", *rows]) + "\n")
        return tmp_path / name

    long, short = written("long.csv", 2017), written("short.csv", 2018)
    sessions = sessions_of(2025)
    fund = History(prices=short, start="each", after_tax=History(prices=long, start="each"))
    assert fund.count(sessions) == fund.inside.count(sessions)
    first = fund.inside.path(sessions[:3], YEAR, 0)
    place = len(sessions_of(2017))
    assert first == [(10 + (place + n) % 7) / (10 + place % 7) for n in range(3)]
    other = History(prices=long, start="each", after_tax=History(prices=short, start="each"))
    with pytest.raises(Mistakes, match="the rows are too few for the start year 2017"):
        other.inside.count(sessions)


def test_a_price_that_leaves_the_range_names_the_parked_fund() -> None:
    wild = "returns.after_tax={model: lognormal, volatility: 500%}"
    with pytest.raises(
        OutOfRange, match=r"^returns\.after_tax: path .* of lognormal leaves the range"
    ):
        compare(emily(wild, "returns.paths=50", "years=2025-2050", "limits.inflation=2%"))


def test_one_day_alone_has_a_price_of_one() -> None:
    assert Constant().closes([date(2025, 1, 2)], YEAR, range(3)).tolist() == [[1.0, 1.0, 1.0]]
