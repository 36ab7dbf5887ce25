"""The three numbers of the first screen: what is saved, what is taxed, what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from simulator.answer.comparison import Comparison
from simulator.answer.glance import Glance, glance
from simulator.answer.phrases import average, lower, subject, whole_dollars
from simulator.answer.policy_result import Amounts
from simulator.answer.statistics import mean, standard_error
from simulator.answer.verdict import SENT_ON, TAX, TAX_AND_FEES, TAXABLE_EARNINGS, WEALTH
from simulator.report.page.dates import in_words
from simulator.report.tables.wealth import when

SAVED = {
    TAX: "Tax saved",
    TAX_AND_FEES: "Tax and fees saved",
    TAXABLE_EARNINGS: "Earnings kept from tax",
    SENT_ON: "Earnings kept from later tax",
    WEALTH: "More after tax",
}
"""What the recommended policy saves, by what policies are told apart by."""


class Number(NamedTuple):
    """A number of the first screen.

    Attributes:
        label: What it is.
        figure: It, in whole dollars.
        words: Of what, against what.
    """

    label: str
    figure: str
    words: str


def numbers(comparison: Comparison) -> Iterator[Number]:
    """The three numbers; of a form so far those of the first policy; none where nothing is ranked."""
    told = glance(comparison)
    if told is None:
        yield from _so_far(comparison)
        return
    if told.saved is not None:
        yield _saved(comparison, told, told.saved)
    yield _earnings(comparison, told)
    if told.worth is not None and told.over_taxable is not None:
        yield _worth(comparison, told.worth, told.over_taxable)
    else:
        to = "Converted" if comparison.has_ira else "Converted to Roth"
        yield Number(to, _whole(comparison, told.converted), _period(comparison))
    if told.saved is None:
        yield Number("Conversions", f"{told.result.conversions:,}", _period(comparison))


def _saved(comparison: Comparison, told: Glance, saved: Amounts) -> Number:
    verdict = comparison.verdict
    beside = verdict.beside
    assert beside is not None, "it is saved against another"
    span = " a year" if told.years > 1 else f" {_period(comparison)}"
    if verdict.measure == WEALTH:
        span = ""
    alike = beside.policy.words == told.result.policy.words
    words = f"against {lower(subject(beside.policy, alike))}"
    error = standard_error(saved, comparison.scenario.returns.randomisations)
    figure = whole_dollars(mean(saved) / told.years, error / told.years)
    if verdict.alike:
        words = "every policy costs the same here"
    elif told.years > 1:
        words = f"{whole_dollars(mean(saved), error)} in {told.years} years, {words}"
    return Number(f"{SAVED[verdict.measure]}{span}", figure, words + _on_average(comparison))


def _so_far(comparison: Comparison) -> Iterator[Number]:
    """What the first policy has come to by the last simulated day, where there is more to come."""
    if (until := comparison.scenario.until) is None or not comparison.deposits:
        return
    first = comparison.results[0]
    way = lower(subject(first.policy)) if first.conversions else "so far"
    day = in_words(until, until.year)
    converted = _whole(comparison, first.total("box_1"))
    yield Number("Converted so far", converted, f"by {day}, {way}")
    taxed = _whole(comparison, first.taxable)
    tax = f", {_whole(comparison, comparison.tax(first))} of tax" * bool(comparison.scenario.taxes)
    yield Number("Taxed earnings so far", taxed, f"of it{tax}{_on_average(comparison)}")
    yield Number(
        "Not converted yet", _whole(comparison, first.unconverted), f"of deposits by {day}"
    )


def _earnings(comparison: Comparison, told: Glance) -> Number:
    label = "Taxed earnings"
    if comparison.splits:
        label = "Earnings sent to the IRA"
    elif comparison.has_ira:
        label = "Earnings, taxed or sent to the IRA"
    of = f"of {_whole(comparison, told.converted)} converted"
    return Number(label, _whole(comparison, told.earnings), of + _on_average(comparison))


def _worth(comparison: Comparison, worth: Amounts, over: Amounts) -> Number:
    wealth = comparison.scenario.wealth
    label = "Worth at retirement" if wealth and wealth.hold else "Worth at the end"
    less = mean(over) < 0
    more = f"{_whole(comparison, -over if less else over)} {'less' if less else 'more'}"
    words = f"{when(comparison)}, after tax; {more} than in a brokerage account"
    return Number(label, _whole(comparison, worth), words)


def _on_average(comparison: Comparison) -> str:
    return f",{average(comparison.paths)}" if comparison.paths != 1 else ""


def _period(comparison: Comparison) -> str:
    return f"in {comparison.scenario.years}"


def _whole(comparison: Comparison, cents: Amounts) -> str:
    return comparison.known(cents, whole_dollars)
