"""Random life events, timelines that have some, and prices that wander."""

from datetime import date
from functools import cache
from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from simulator.conversion.amounts import COLUMNS, ENDS, Outcome
from simulator.conversion.life_events import AcpRefund, LifeEvent, Separation, Withdrawal
from simulator.conversion.payments import payments
from simulator.conversion.policy import Policy
from simulator.conversion.terms import ConversionTerms
from simulator.conversion.timeline import Timeline, timeline
from simulator.days.calendars import preceding_bank_day
from simulator.days.years import Years
from simulator.notation.fields import Specification
from tests.strategies import conversion_terms, policies
from tests.timelines import monies

PATHS = 3
SCALES = st.sampled_from([0.0, 0.001, 0.01, 0.1])
KINDS: dict[str, type[Specification]] = {
    "separation": Separation,
    "withdrawal": Withdrawal,
    "acp-refund": AcpRefund,
}


AMOUNTS = st.one_of(
    st.just("all"),
    st.integers(1, 4_000_000).map(lambda cents: f"${cents // 100}.{cents % 100:02d}"),
)
PAYOUTS = st.sampled_from(["split", "roth-ira", "cash", "stay"])
SHARES = st.sampled_from(["1%", "15%", "50%", "100%"])
BORN = st.sampled_from([40, 54, 55, 57, 59, 60, 70])


@cache
def days(year: int, last: int) -> st.SearchStrategy[str]:
    """From January 1 of a year to June 30 after the last one."""
    return st.dates(date(year, 1, 1), date(last + 1, 6, 30)).map(str)


@cache
def withdrawals(first: int, last: int) -> st.SearchStrategy[list[dict[str, object]]]:
    """Up to two."""
    withdrawal = {"kind": st.just("withdrawal"), "date": days(first, last), "amount": AMOUNTS}
    return st.lists(st.fixed_dictionaries(withdrawal), max_size=2)


@cache
@st.composite
def events(draw: st.DrawFn, first: int, last: int) -> list[dict[str, object]]:
    """Up to four life events, as a file would have them: withdrawals, one separation, one refund."""
    drawn: list[dict[str, object]] = draw(withdrawals(first, last))
    if draw(st.integers(0, 2)) == 0:
        left = {"date": draw(days(first, last)), "payout": draw(PAYOUTS)}
        drawn.append({"kind": "separation", **left})
    if draw(st.integers(0, 2)) == 0:
        year = draw(st.integers(first, last))
        refund = {"date": draw(days(year + 1, last)), "year": year, "amount": draw(SHARES)}
        drawn.append({"kind": "acp-refund", **refund})
    return draw(st.permutations(drawn))


def read(event: dict[str, object]) -> LifeEvent:
    """An event of a document."""
    found: Any = KINDS[str(event["kind"])].model_validate(event)
    return found  # type: ignore[no-any-return]


class Drawn:
    """What a timeline with events is made of, as the file and the program have it."""

    def __repr__(self) -> str:
        money = f"{self.years} {self.contributed} {self.returned} {self.born}"
        return f"{money} {self.events} {self.plan} {self.policy}"

    def __init__(self, draw: st.DrawFn) -> None:
        self.years = Years(2024, 2024 + draw(st.integers(0, 2)))
        early, late = draw(monies(self.years.last))
        start = date(2024, 1, 5).toordinal()
        self.contributed = sorted(
            (preceding_bank_day(date.fromordinal(start + day)), cents)
            for day, cents in early + late
        )
        sums: dict[int, int] = {}
        for day, cents in self.contributed:
            sums[day.year] = sums.get(day.year, 0) + cents
        self.events = [
            event
            for event in draw(events(self.years.first, self.years.last))
            if event["kind"] != "acp-refund" or sums.get(int(str(event["year"])))
        ]
        self.returned = {
            year: draw(st.integers(1, cents)) for year, cents in sums.items() if draw(st.booleans())
        }
        self.born = 2024 - draw(BORN)
        self.plan = draw(conversion_terms())
        self.policy = draw(policies(self.years.first, self.years.last))

    @property
    def timeline(self) -> Timeline:
        """The program's timeline."""
        paid = payments(list(map(read, self.events)), self.contributed, self.returned, self.born)
        terms = ConversionTerms.model_validate(self.plan)
        policy = Policy.model_validate(self.policy)
        return timeline(self.contributed, policy, terms, self.years, paid)


drawn = st.composite(Drawn)
"""Deposits of one to three years, any policy, any plan, and life events among them."""

timelines = drawn().map(lambda one: one.timeline)


def walks(sessions: int, seed: int, scale: float) -> NDArray[np.float64]:
    """Prices that wander, with losses: [session, path]."""
    steps = np.random.default_rng(seed).normal(0.0, scale, (sessions, PATHS))
    return np.exp(np.cumsum(steps, axis=0))


def amounts(outcome: Outcome[Any], path: int | None = None) -> dict[str, int]:
    """Every amount of an outcome; of one path where it has many."""

    def one(amount: Any) -> int:
        return int(amount if isinstance(amount, int) or path is None else amount[path])

    found = {name: one(getattr(outcome, name)) for name in ENDS}
    for year, of_year in outcome.years.items():
        found |= {f"{name} {year}": one(getattr(of_year, name)) for name in COLUMNS}
    return found | {"in_transit": outcome.in_transit}
