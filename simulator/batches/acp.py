"""The ACP test of a batch's people: what each answer keeps for it, and the tests of its groups.

Law: IRC 401(m)(2), 414(q), 401(a)(17). What it is not, `NOT_IN_IT` says.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, NamedTuple

from simulator.answer.comparison import Comparison
from simulator.batches.personal import PERSONAL, personal
from simulator.batches.views import varied
from simulator.decisions.acp import WHOLE, AcpTest, Member
from simulator.law.limits import UnknownLimits
from simulator.money import dollars, half_up, in_dollars

NOT_IN_IT = (
    "It is an estimate, not the plan's test: left out are aggregation of plans, the election of the top 20% "
    "as highly compensated, shifting from the ADP test, permissive disaggregation, QNECs, and the part of a "
    "year before somebody could contribute; catch-up is never in this test"
)
"""What the estimate leaves out."""


NAMED = 5
"""People whose after-tax money is above the headroom that a sentence names; JSON has all."""


def tested(comparison: Comparison) -> Mapping[str, Any]:
    """What the test of a scenario's first year needs besides its contributions, by column. [dollars]

    Nothing in a replay, whose pay is not known.
    """
    scenario, years = comparison.scenario, comparison.contributions
    if not years or scenario.pay is None:
        return {}
    asked, threshold = scenario.acp, _threshold(comparison, years[0].year - 1)
    nhce = asked.nhce if asked else None
    return {
        "wages_before": scenario.pay.wages_before(scenario.years) / 100,
        "compensation_limit": years[0].limits.compensation / 100,
        "highly_compensated": None if threshold is None else threshold / 100,
        "acp_nhce": None if nhce is None else half_up(WHOLE * nhce) / 100,
        "acp_match": asked and int(asked.match),
    }


def _threshold(comparison: Comparison, year: int) -> int | None:
    """What a year's pay must exceed, to be highly compensated in the next; None where unknown. [cents]"""
    try:
        return comparison.scenario.limits.of(year).highly_compensated
    except UnknownLimits:
        return None


class Excess(NamedTuple):
    """What somebody has above the headroom.

    Attributes:
        source: Where the scenario was asked for.
        name: Its name.
        amount: The after-tax money. [dollars]
    """

    source: str
    name: str
    amount: float


@dataclass(frozen=True)
class AcpOfDesign:
    """The test of all people under one design, with the match and without.

    Attributes:
        value: What tells the design from the others; None where there is one.
        year: The year that is tested.
        prior: Whether last year's average of the others is given.
        counts_match: Which of the two tests the scenario asks for.
        tests: The test with the match, and the one without.
        people: Source and name of each who is tested, in the order of the tests' people.
        uncovered: How many may not contribute, or had no pay.
        unknown: Whether the threshold of the year before is not known, so that owners alone are above it.
    """

    value: str | None
    year: int
    prior: bool
    counts_match: bool
    tests: tuple[AcpTest, AcpTest]
    people: tuple[tuple[str, str], ...]
    uncovered: int
    unknown: bool

    @property
    def asked(self) -> AcpTest:
        """The test that the scenario asks for."""
        return self.tests[0] if self.counts_match else self.tests[1]

    def excess(self, test: AcpTest) -> list[Excess]:
        """Whose after-tax money is above the headroom of a test, the most first. [dollars]"""
        largest = sorted(test.excess.items(), key=lambda one: -one[1])
        return [Excess(*self.people[place], cents / 100) for place, cents in largest]

    @property
    def sentence(self) -> str:
        """What the test that the scenario asks for comes to."""
        test = self.asked
        if test.most is None:
            return "The ACP test passes: one of the two groups is empty."
        what = "match and after-tax money" if test.match else "after-tax money, the match left out,"
        averages = f"{what} of HCEs is {_percent(test.hce)} of pay on average"
        bound = f"at most {_percent(test.most)}"
        if test.passes:
            return f"The ACP test passes: {averages}, of {bound}; it sets no limit."
        if test.headroom is None:
            rest = "it fails even without after-tax money of theirs"
            return f"The ACP test fails: {averages}, of {bound}; {rest}."
        named = ", ".join(f"{one.name} ${one.amount:,.2f}" for one in self.excess(test)[:NAMED])
        rest = f" and {more:,} more" if (more := len(test.excess) - NAMED) > 0 else ""
        passing = f"It passes with at most {_percent(test.headroom)} of pay after tax"
        over = f"{in_dollars(test.over)} is over that"
        return (
            f"The ACP test fails: {averages}, of {bound}. {passing}; {over}, the "
            f"largest contributions levelled down: {named}{rest}."
        )

    def record(self, by: str | None) -> dict[str, Any]:
        """The tests in the shape of the JSON output; averages in percent, amounts in dollars."""
        return {
            **({} if by is None else {by: self.value}),
            "year": self.year,
            "testing": "prior-year" if self.prior else "current-year",
            "counts_match": self.counts_match,
            "nhces": self.asked.nhces,
            "hces": self.asked.hces,
            "not_covered": self.uncovered,
            "sentence": self.sentence,
            "tests": [
                {
                    "match": test.match,
                    "nhce": test.nhce / 100,
                    "hce": test.hce / 100,
                    "most": None if test.most is None else test.most / 100,
                    "passes": test.passes,
                    "headroom": None if test.headroom is None else test.headroom / 100,
                    "over": test.over / 100,
                    "excess": [one._asdict() for one in self.excess(test)],
                }
                for test in self.tests
            ],
        }


def acp_tests(database: sqlite3.Connection) -> Iterator[AcpOfDesign]:
    """The tests of the chosen jobs of a batch with a table, design by design; none where nobody asks for one.

    A test is asked for by `acp` in the scenario, or by a column of the table that only it reads.

    Args:
        database: The results, with the table `chosen`.
    """
    people, fields = database.execute(
        "SELECT people, fields FROM batches ORDER BY batch DESC LIMIT 1"
    ).fetchone()
    if people is None:
        return
    known = not PERSONAL.keys().isdisjoint(json.loads(fields))
    cells = ", ".join(varied(name) for name in PERSONAL)
    rows = database.execute(
        "SELECT o.design, c.year, o.source, o.name, c.gross, c.match, c.after_tax, c.wages_before, "
        f"c.compensation_limit, c.highly_compensated, c.acp_nhce, c.acp_match, {cells} "
        "FROM chosen o JOIN jobs j ON j.place = o.job AND j.batch = (SELECT max(batch) FROM batches) "
        "JOIN contributions c ON c.answer = o.answer "
        "WHERE c.compensation_limit IS NOT NULL AND (? OR c.acp_match IS NOT NULL) "
        "ORDER BY min(o.job) OVER (PARTITION BY o.design), c.year, o.job",
        (known,),
    )
    for (value, year), group in groupby(rows, key=lambda row: (row[0], row[1])):
        yield _of_design(value, year, list(group))


def _of_design(value: str | None, year: int, rows: list[tuple[Any, ...]]) -> AcpOfDesign:
    """The tests of the people of one design and year."""
    people: list[tuple[Member, tuple[str, str]]] = []
    nhce, match, unknown = rows[0][10], rows[0][11], False
    for _, _, source, name, *amounts in rows:
        gross, matched, after_tax, before, counted, threshold = map(_cents, amounts[:6])
        says = personal(dict(zip(PERSONAL, amounts[8:], strict=True)))
        paid = before if says.prior_year_pay is None else says.prior_year_pay
        unknown |= threshold is None
        highly = says.owner or (threshold is not None and (paid or 0) > threshold)
        pay = min(gross or 0, counted or 0)
        if says.covered and pay:
            people.append((Member(pay, matched or 0, after_tax or 0, highly), (source, name)))
    prior = _cents(nhce)  # percent: hundredths of it, as of a dollar
    everybody = [one for one, _ in people]
    return AcpOfDesign(
        value,
        year,
        prior is not None,
        match is None or bool(match),
        (AcpTest(everybody, prior, True), AcpTest(everybody, prior, False)),
        tuple(who for _, who in people),
        len(rows) - len(people),
        unknown,
    )


def _cents(amount: float | None) -> int | None:
    """Whole hundredths of a number with two decimals."""
    return None if amount is None else round(amount * 100)


def _percent(hundredths: int) -> str:
    return f"{dollars(hundredths)}%"
