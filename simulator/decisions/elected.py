"""The answer to what to elect: two elections, what they put in, and what stops the next step up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from simulator.answer.comparison import SCHEMA
from simulator.answer.comparison_records import contribution_record, flat
from simulator.money import half_up
from simulator.notation.fields import written_election
from simulator.payroll.contribution import (
    ANNUAL_ADDITIONS,
    ELECTIVE_DEFERRAL,
    PLAN_CAP,
    Contribution,
    ContributionYear,
)
from simulator.payroll.electing import Electing
from simulator.payroll.elections import COLUMNS, Change
from simulator.scenario.scenario import Scenario

TAKE_HOME = "take_home"
"""What stops a step besides the limits: a paycheck would leave less than it must."""

DEFERRAL, AFTER_TAX = "deferral", "after_tax"

Asked = Fraction | int
"""An election: a share of gross, or cents a paycheck."""


class Stop(NamedTuple):
    """What stops an election.

    Attributes:
        by: The limit, or `take_home`.
        day: The first paycheck that it would clip, or that would leave too little.
        cents: What the limit would take in the year, or what that paycheck lacks. [cents]
    """

    by: str
    day: date
    cents: int


class NextStep(NamedTuple):
    """One step more of an election, the other as it is chosen; of the deferral without any after-tax.

    Attributes:
        asked: The election.
        stop: What stops it; None where it adds nothing, or has less match.
        match_less: Of the deferral, how much less match it has. [cents]
    """

    asked: Asked
    stop: Stop | None
    match_less: int = 0


@dataclass(frozen=True, repr=False)
class Elected:
    """The two elections that fill the year as far as whole steps go, and nothing is clipped.

    Attributes:
        scenario: The question.
        begins: From when on.
        deferral: The elective deferral, of the kind that `asking.deferral` names.
        after_tax: The after-tax contribution.
        changes: The changes of elections before that stay.
        year: What the year comes to with them.
        over: The next step up of `deferral` and of `after_tax`, where there is one.
        match_lost: The match that the least take-home pay costs. [cents]
    """

    scenario: Scenario
    begins: date
    deferral: Asked
    after_tax: Asked
    changes: tuple[Change, ...]
    year: ContributionYear
    over: Mapping[str, NextStep]
    match_lost: int

    @property
    def asking(self) -> Electing:
        """What was looked for."""
        return self.scenario.elect

    @property
    def paychecks(self) -> tuple[Contribution, ...]:
        """The paychecks that they are in force on."""
        return elected_paychecks(self.year, self.begins)

    @property
    def leanest(self) -> Contribution:
        """The first paycheck of those that leave least."""
        return min(self.paychecks, key=self.asking.take_home)

    @cached_property
    def elections(self) -> dict[str, str]:
        """Each column's election, as a file has it."""
        return columns(self.asking, self.deferral, self.after_tax)

    @cached_property
    def unused(self) -> dict[str, int]:
        """What each limit leaves unused in the year. [cents]"""
        year, rule = self.year, self.scenario.plan.after_tax
        catch_up = year.total("catch_up")
        left = {ELECTIVE_DEFERRAL: year.elective_deferral_limit - (year.deferrals - catch_up)}
        if year.catch_up_limit:
            left["catch_up"] = year.catch_up_limit - catch_up
        left[ANNUAL_ADDITIONS] = year.annual_additions_limit - year.annual_additions
        most = rule.most(sum(map(rule.pay_of, year.contributions), start=Fraction(0)))
        if most is not None:
            left[PLAN_CAP] = half_up(most) - year.total("after_tax")
        return left

    @cached_property
    def rounding(self) -> dict[str, int]:
        """What whole steps leave of the year's limit that stops the next one, by election. [cents]"""
        left = self.unused | {
            ELECTIVE_DEFERRAL: self.unused[ELECTIVE_DEFERRAL] + self.unused.get("catch_up", 0)
        }
        return {
            name: left[step.stop.by]
            for name, step in self.over.items()
            if step.stop and step.stop.by in left
        }

    @property
    def pasted(self) -> tuple[dict[str, Any], ...]:
        """The entries of `elections.changes` that these elections make: those before, and theirs."""
        kept = (_without_unnamed(one.model_dump(by_alias=True)) for one in self.changes)
        return (*kept, {"from": str(self.begins), **self.elections})

    def to_dict(self) -> dict[str, Any]:
        """Everything, in the shape of the JSON output; amounts in dollars."""
        returns = self.scenario.pays_out
        stops = [step.stop for step in self.over.values() if step.stop]
        first: dict[str, date] = {}
        for stop in stops:
            if stop.by != TAKE_HOME:
                first[stop.by] = min(stop.day, first.get(stop.by, stop.day))
        over = {name: step.asked for name, step in self.over.items()}
        return {
            "schema": SCHEMA,
            "from": str(self.begins),
            "step": written(self.asking.step),
            "elections": self.elections,
            "year": contribution_record(self.year, returns),
            "elected": {
                "paychecks": len(self.paychecks),
                **{
                    name: sum(getattr(paid, name) for paid in self.paychecks) / 100
                    for name in COLUMNS
                },
            },
            "unused": _dollars(self.unused),
            "rounding": _dollars(self.rounding),
            "least_take_home": self.asking.take_home(self.leanest) / 100,
            "withheld": float(self.asking.withheld),
            "match_lost": self.match_lost / 100,
            "over": {
                **next_columns(self.asking, over.get(DEFERRAL), over.get(AFTER_TAX)),
                "first_clipped": {limit: str(day) for limit, day in first.items()},
                "stopped_by": {
                    name: step.stop and {"by": step.stop.by, "amount": step.stop.cents / 100}
                    for name, step in self.over.items()
                },
            },
            "changes": list(self.pasted),
        }

    def __repr__(self) -> str:
        asked = ", ".join(f"{name} {share}" for name, share in self.elections.items())
        return f"<Elected from {self.begins}: {asked}>"

    def records(self) -> Iterator[dict[str, Any]]:
        """One flat record. [dollars]"""
        told = self.to_dict()
        told["year"] = {name: told["year"][name] for name in told["year"] if name != "year"}
        for name in ("schema", "changes", "over"):
            told.pop(name)
        yield dict(flat(told))


def elected_paychecks(year: ContributionYear, begins: date) -> tuple[Contribution, ...]:
    """The paychecks of a year from a date on to which elections apply."""
    return tuple(
        paid
        for paid in year.contributions
        if paid.paycheck.elections and paid.pay_date >= begins and not paid.given
    )


def columns(asking: Electing, deferral: Asked, after_tax: Asked) -> dict[str, str]:
    """Each column's election, as a file has it; the other kind of deferral has none."""
    nothing = type(deferral)(0)
    kinds = (deferral, nothing) if asking.deferral == "pre-tax" else (nothing, deferral)
    return dict(zip(COLUMNS, map(written, (*kinds, after_tax)), strict=True))


def next_columns(
    asking: Electing, deferral: Asked | None, after_tax: Asked | None
) -> dict[str, str | None]:
    """The next step up of the two elections, by column; None where there is none."""
    name = "pre_tax" if asking.deferral == "pre-tax" else "roth"
    asked = {name: deferral, AFTER_TAX: after_tax}
    return {one: None if step is None else written(step) for one, step in asked.items()}


def written(asked: Asked) -> str:
    """An election as it is entered: `11%`, `$125`."""
    return written_election(asked).removesuffix(".00")


def _without_unnamed(block: Mapping[str, Any]) -> dict[str, Any]:
    """A block of elections without the columns that it does not name."""
    told = {}
    for name, value in block.items():
        shown = _without_unnamed(value) if isinstance(value, Mapping) else value
        if shown is not None and shown != {}:
            told[name] = str(shown) if isinstance(shown, date) else shown
    return told


def _dollars(amounts: Mapping[str, int]) -> dict[str, float]:
    return {name: cents / 100 for name, cents in amounts.items()}
