"""A comparison as plain records, for JSON, CSV and frames. [dollars]"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from simulator.answer.policy_result import Amounts
from simulator.answer.statistics import STATISTICS
from simulator.answer.worth_records import WEALTH
from simulator.conversion.amounts import ENDS
from simulator.payroll.contribution import AMOUNTS, YEAR_AMOUNTS, ContributionYear
from simulator.taxes.taxation import Taxation, TaxYear

TAXES = ("tax", "tax_federal", "tax_state")
"""The tax on the taxable earnings, and its two parts where one of them is worked out."""

CLOCK = 5
"""Years from January 1 of a conversion until its taxable part is free of the 10%."""

NOT_KNOWN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys((*ENDS, *WEALTH), STATISTICS),
    "break_even_fee": ("against", "amount"),
}
"""What stands below an amount where it has one."""


def flat(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A record without nesting: `box_2a_mean` for `box_2a`'s `mean`."""
    for name, value in record.items():
        if value is None and name in NOT_KNOWN:
            yield from ((f"{name}_{below}", None) for below in NOT_KNOWN[name])
        elif isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", below) for inner, below in flat(value))
        else:
            yield name, value


def contribution_record(year: ContributionYear, returns: bool = False) -> dict[str, Any]:
    """What went in in a year, with its limits. [dollars]

    Args:
        year: The year; of its after-tax contributions what stayed.
        returns: Whether the plan may pay some of them back.
    """
    totals = {name: year.total(name) for name in AMOUNTS} | {"after_tax": year.after_tax}
    return {
        "year": year.year,
        "paychecks": year.paychecks,
        **{
            name: (totals[name] if name in totals else getattr(year, name)) / 100
            for name in YEAR_AMOUNTS
        },
        **({"after_tax_returned": year.after_tax_returned / 100} if returns else {}),
        "first_clipped": {limit: str(day) for limit, day in year.first_clipped.items()},
        "limits_source": year.limits.source,
    }


def tax_base(taxation: Taxation | None, years: Iterable[int]) -> dict[str, Any]:
    """Each year's income before any taxable earnings, and the rates on their first dollar. [dollars]

    Args:
        taxation: The taxes; without a filing status there is no such income.
        years: The years with one.
    """
    if taxation is None or taxation.taxes.status is None:
        return {}
    return {"tax_base": [_tax_base_record(year, taxation.of(year)) for year in years]}


def _tax_base_record(year: int, of_year: TaxYear) -> dict[str, Any]:
    assert of_year.base is not None, "a filing status is given"
    base = of_year.base._asdict()
    projected = base.pop("projected")
    return {
        "year": year,
        **{name: cents / 100 for name, cents in base.items()},
        "marginal_federal": float(of_year.marginal_federal),
        "marginal_state": float(of_year.marginal_state),
        "projected": projected,
    }


def clock(
    taxable: Mapping[int, Amounts], statistics: Callable[[Amounts, bool], dict[str, float]]
) -> dict[str, Any]:
    """The five-year clock of each year's conversions.

    Args:
        taxable: The taxable part of them, by year. [cents; path]
        statistics: What is told of an amount, and whether that is income.
    """
    return {
        "clock": [
            {"year": year, "taxable": statistics(cents, True), "free_from": f"{year + CLOCK}-01-01"}
            for year, cents in taxable.items()
        ]
    }
