"""The picture of wealth: what every policy, and a brokerage account, come to after tax."""

from __future__ import annotations

from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import one_line, paragraph, whole_dollars
from simulator.answer.policy_result import Amounts
from simulator.answer.statistics import mean
from simulator.answer.worth import NONE, TAXABLE
from simulator.conversion.amounts import is_unknown
from simulator.refusal import Refused
from simulator.report.pictures.distributions import distributions
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.rows import Row
from simulator.report.sentences import over
from simulator.report.tables.wealth import BASELINES, all_paid, when

PUT_IN = "What goes in after tax"


class NoWealth(Refused):
    """A picture of wealth was asked for, and it is not known what all comes to."""

    argument = "kind"

    def __init__(self, asked: bool) -> None:
        needs = "needs wealth in the scenario; set wealth.outside_return=4%"
        missing = "cannot be drawn: a day on which it is weighed has no price"
        super().__init__(f"a picture of wealth {missing if asked else needs}")


@in_style
def wealth(comparison: Comparison, *, look: Look = WIDE) -> Figure:
    """A row for each policy and baseline, and for what goes in.

    Raises:
        NoWealth: The scenario does not ask for it, or a day on which it is weighed has no price.
    """
    worth = comparison.worth
    if worth is None:
        raise NoWealth(asked=False)
    if not (rows := _rows(comparison)):
        raise NoWealth(asked=True)
    return distributions(
        finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.period}; {over(comparison)}"],
        rows,
        f"what is there {when(comparison)}, all paid",
        comparison.paths != 1,
        _alt_text(comparison, rows),
        look=look,
    )


def finding(comparison: Comparison) -> str:
    """What the money that goes in comes to, in a sentence without its full stop."""
    worth = comparison.worth
    assert worth is not None, "asked for where there is one"
    if not worth.contributed:
        return "No after-tax contribution goes in: there is nothing to weigh"
    result = comparison.verdict.best or comparison.results[0]
    found = worth.of(result)
    put_in, what = whole_dollars(worth.contributed), comparison.known(found, whole_dollars)
    words = f"{put_in} of after-tax contributions and what was there come to {what}"
    if not is_unknown(worth.none) and not mean(worth.none):
        words = f"{put_in} of after-tax contributions come to {what}"
    words += f" {all_paid(comparison)}"
    more = found - worth.taxable
    if is_unknown(more):
        return words
    sign = -1 if mean(more) < 0 else 1
    size = comparison.known(sign * more, whole_dollars)
    return f"{words}, {size} {'less' if sign < 0 else 'more'} than in a brokerage account"


def _rows(comparison: Comparison) -> list[Row]:
    worth = comparison.worth
    assert worth is not None, "asked for where there is one"
    best = comparison.verdict.best
    named = [
        (result.policy.name, worth.of(result), result is best) for result in comparison.results
    ]
    named.append((BASELINES[TAXABLE], worth.taxable, False))
    if is_unknown(worth.none) or mean(worth.none):
        named.append((BASELINES[NONE], worth.none, False))
    if not all(is_unknown(cents) for _, cents, _ in named):
        named.append((PUT_IN, worth.contributed, False))
    return [
        Row(name, comparison.statistics(cents), _whole(comparison, cents), best=recommended)
        for name, cents, recommended in named
        if not is_unknown(cents)
    ]


def _whole(comparison: Comparison, cents: Amounts) -> str:
    return comparison.known(cents, whole_dollars)


def _alt_text(comparison: Comparison, rows: list[Row]) -> str:
    figures = "; ".join(f"{one_line(row.name)}: {row.figure}" for row in rows)
    return paragraph(finding(comparison), f"Wealth after tax: {figures}")
