"""A comparison as plain records, for JSON, CSV and frames. [dollars]"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from simulator.payroll.contributions import ContributionYear

if TYPE_CHECKING:
    pass


def flat(record: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """A record without nesting: `box_2a_mean` for `box_2a`'s `mean`."""
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from ((f"{name}_{inner}", below) for inner, below in flat(value))
        else:
            yield name, value


def _contribution_record(one: ContributionYear) -> dict[str, Any]:
    amounts = {
        "gross": one.gross,
        "pre_tax": one.total("pre_tax"),
        "roth": one.total("roth"),
        "catch_up": one.total("catch_up"),
        "match": one.total("match"),
        "nonelective": one.total("nonelective"),
        "after_tax": one.total("after_tax"),
        "annual_additions": one.annual_additions,
        "annual_additions_limit": one.annual_additions_limit,
        "elective_deferral_limit": one.elective_deferral_limit,
        "catch_up_limit": one.catch_up_limit,
        "room": one.room,
        "room_unused": one.room_unused,
        "employer_cut": one.employer_cut,
    }
    return {
        "year": one.year,
        "paychecks": one.paychecks,
        **{name: cents / 100 for name, cents in amounts.items()},
        "first_clipped": {limit: str(day) for limit, day in one.first_clipped.items()},
        "limits_source": one.limits.source,
    }
