"""Designs of a plan that the same people live under: a row each, and what tells them apart in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from simulator.answer.phrases import whole_dollars
from simulator.batches.chosen import Group
from simulator.batches.summary import PolicySummary, Summary
from simulator.report.tables.table import COUNT, Column, Table

MOST_COLUMNS = 4
"""Policies that have a column; of more the one that costs least and the one that they are compared with."""


class Design(NamedTuple):
    """A design.

    Attributes:
        group: Its people.
        costs: What each policy costs them together: tax, without tax rates taxable earnings. [dollars]
        ranked: The policies that leave nobody's money behind.
    """

    group: Group
    costs: Mapping[str, float]
    ranked: tuple[str, ...]

    @property
    def best(self) -> str | None:
        """The policy that costs least, of those that leave nobody's money behind."""
        return min(self.ranked, key=lambda name: self.costs[name], default=None)


def designs(summed: Summary) -> list[Design]:
    """The designs, in the order of the scenarios."""
    found = []
    for group in summed.groups:
        theirs = [one for one in summed.policies if one.value == group.value]
        ranked = tuple(one.policy for one in theirs if one.costs_more is not None)
        costs = {one.policy: _cost(summed, one) for one in theirs}
        found.append(Design(group, costs, ranked))
    return found


def _taxed(summed: Summary) -> bool:
    """Whether every policy has a tax."""
    return all(one.tax is not None for one in summed.policies)


def _cost(summed: Summary, policy: PolicySummary) -> float:
    return policy.tax if _taxed(summed) and policy.tax is not None else policy.total


def measure(summed: Summary) -> str:
    """What the costs of designs are."""
    return "tax" if _taxed(summed) else "taxable earnings"


def designs_table(
    summed: Summary, heads: tuple[Column, ...], shown: Mapping[str | None, tuple[str, ...]]
) -> Table:
    """A row for each design: its people, what they put in, and what each policy costs them together.

    Args:
        summed: The batch.
        heads: The columns that tell designs apart.
        shown: The cells of each design in them.
    """
    found = designs(summed)
    names = list(dict.fromkeys(name for one in found for name in one.ranked or one.costs))
    if len(names) > MOST_COLUMNS:
        best = [name for one in found if (name := one.best)]
        names = list(dict.fromkeys([*best, summed.against]))[:MOST_COLUMNS]
    columns = (
        *heads,
        Column("People", COUNT),
        Column("Contribute", COUNT),
        Column("After-tax"),
        *(Column(name) for name in names),
        *(Column(f"{name} each") for name in names if name == summed.against),
    )
    rows = tuple(
        (
            *shown[one.group.value],
            f"{one.group.people:,}",
            f"{one.group.contributing:,}",
            _cents(one.group.after_tax),
            *(_cents(one.costs[name]) if name in one.costs else None for name in names),
            *(_each(one, name) for name in names if name == summed.against),
        )
        for one in found
    )
    title = f"Designs: {measure(summed)} of all who contribute, by policy"
    beside = [name for name in names if name not in (summed.against, *(one.best for one in found))]
    yields = (*beside[::-1], f"{summed.against} each")
    lead = (f"{difference(summed, shown)}.",)
    return Table(title, columns, rows, notes=(_explained(summed),), yields=yields, lead=lead)


def _each(design: Design, name: str) -> int | None:
    """What a policy costs each who contributes. [cents]"""
    who = design.group.contributing
    return round(_cents(design.costs[name]) / who) if who and name in design.costs else None


def _cents(value: float) -> int:
    return round(value * 100)


def _explained(summed: Summary) -> str:
    return (
        f"The same people under each design: nothing is added up over designs. Contribute: who has after-tax "
        f"money; {summed.against} each: {measure(summed)} of each of these."
    )


def difference(summed: Summary, shown: Mapping[str | None, tuple[str, ...]]) -> str:
    """What the dearest design costs people more than the cheapest one, in a sentence."""
    found = [one for one in designs(summed) if one.best is not None]
    if len(found) < 2:
        return "There is one design"
    against = summed.against
    order = sorted(found, key=lambda one: (one.costs[one.best or ""], one.costs.get(against, 0.0)))
    least, dearest = order[0], order[-1]
    names = [", ".join(shown[one.group.value]) for one in (least, dearest)]
    parts = []
    if (more := dearest.costs[dearest.best or ""] - least.costs[least.best or ""]) > 0:
        which = dearest.best if least.best == dearest.best else "its best policy"
        parts.append(f"{_amount(more)} more {measure(summed)} by {which}")
    if against in least.costs and against in dearest.costs and against != dearest.best:
        late = dearest.costs[against] - least.costs[against]
        more_or_less = "more" if late >= 0 else "less"
        parts.append(f"{_amount(abs(late))} {more_or_less} {measure(summed)} by {against}")
    into = dearest.group.after_tax - least.group.after_tax
    where = f"{_field(summed)} {names[1]} in place of {names[0]}"
    much = f"{_amount(abs(into))} {'more' if into > 0 else 'less'}" if into else "as much"
    put_in = f"{much} goes in after tax"
    told = f"{where} costs its people {' and '.join(parts)}" if parts else where
    return f"{told}; {put_in}"


def _field(summed: Summary) -> str:
    return ", ".join(one.rpartition(".")[2] for one in (summed.by or "").split(", "))


def _amount(value: float) -> str:
    return whole_dollars(_cents(value))
