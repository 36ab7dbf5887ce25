"""The question: every field of a scenario file, each with its bounds."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from simulator.conversion.life_events import MOST_EVENTS, LifeEvent, separated_on
from simulator.conversion.policy import AS_DONE, Policy
from simulator.conversion.so_far import MovedSoFar
from simulator.conversion.terms import ConversionTerms
from simulator.days.calendars import ONE_DAY
from simulator.law.edition import law_digest
from simulator.law.limits import LimitRules
from simulator.notation.fields import (
    DayOrNone,
    Name,
    Specification,
    Text,
    YearRange,
    whole,
)
from simulator.notation.letters import visible
from simulator.notation.specification import replaced
from simulator.notation.wording import shown, suggestion
from simulator.payroll.acp import Acp
from simulator.payroll.electing import Electing
from simulator.payroll.elections import Elections
from simulator.payroll.pay import Pay
from simulator.payroll.plan import ContributionRules
from simulator.payroll.so_far import ContributionsSoFar
from simulator.readers.named_file import Conversions, Deposits
from simulator.refusal import Refused
from simulator.returns.constant import Constant
from simulator.returns.every_model import EVERY_MODEL, Returns
from simulator.scenario.client import Client
from simulator.taxes.taxes import Taxes
from simulator.wealth.wealth import Wealth

MOST_POLICIES = 400
"""Policies that are compared: a delay for each day of a year, and some more."""


class Plan(ConversionTerms, ContributionRules):
    """What may go in, what the employer adds, and how money waits and leaves."""


class SoFar(ContributionsSoFar, MovedSoFar):
    """The first year until the simulation begins, by the last pay stub; what is inside is `plan.opening`."""


def unread_fields(models: Collection[str]) -> frozenset[str]:
    """The fields of returns that none of some models reads.

    Args:
        models: Their names, at least one.
    """
    named = (one.unread for one in EVERY_MODEL if one.__name__.lower() in models)
    return frozenset.intersection(*named) if models else frozenset()


def demand_choice(policies: Iterable[Policy]) -> None:
    """Raises `Refused` where one of some policies is what was really done."""
    if any(policy is AS_DONE for policy in policies):
        told = "compare, form, ledger and audit tell it"
        raise Refused(f"'{AS_DONE.name}' has happened and has no other dates; {told}", "policy")


class UnknownPolicy(Refused):
    """A policy was asked for that the scenario does not have."""

    argument = "policy"

    def __init__(self, name: str, known: list[str]):
        hint = suggestion(name, tuple(shown(name).strip("'") for name in known))
        super().__init__(visible(f"{shown(name)} is not a policy of this scenario{hint}"))


class Question(Specification):
    """What a scenario says: one person, one plan, some years, and the conversion policies to compare."""

    name: Name = Field(description="The story in a line.", examples=["Emily, 28"])
    notes: Text = Field("", description="Where the figures come from; for you, not on the page.")
    client: Client | None = Field(
        None, description="Whom the page of `mbdr report` is for, by whom and when."
    )
    years: YearRange = Field(description="Simulated calendar years.", examples=["2025"])
    birth_year: Annotated[int, whole(1900, 2100)] = Field(
        description="Catch-up goes by the age at the year's end.", examples=["1997"]
    )
    so_far: SoFar | None = Field(
        None,
        description="The first year until a pay stub: the simulation begins after it; what is in the account "
        "then is `plan.opening`.",
    )
    until: DayOrNone = Field(
        None,
        description="The last simulated day, in the last of the years; the year is planned whole, "
        "and forms are to date.",
        examples=["2025-11-20"],
    )
    pay: Pay | None = Field(None, description="Salary, pay dates, bonuses.")
    elections: Elections = Field(
        Elections.model_construct(), description="What the employee asks of each paycheck."
    )
    elect: Electing = Field(Electing.model_construct(), description="What `mbdr elect` looks for.")
    deposits: Deposits | None = Field(
        None,
        description="What really went in, in place of pay and elections: the account's history, or "
        "a CSV of date,amount.",
    )
    conversions: Conversions | None = Field(
        None,
        description="What was really converted or paid out: the account's history, or a CSV of "
        "date,amount and, where known, value, to, fee, basis; told as a policy of its own, `as done`.",
    )
    plan: Plan = Field(Plan.model_construct(), description="What the plan allows and adds.")
    limits: LimitRules = Field(
        LimitRules.model_construct(), description="Projection and overrides of the law's limits."
    )
    returns: Returns = Field(Constant.model_construct(), description="The price of the fund.")
    policies: tuple[Policy, ...] = Field(
        tuple(
            Policy.model_construct(cadence=name) for name in ("per-paycheck", "monthly", "year-end")
        ),
        max_length=MOST_POLICIES,
        description="Conversion policies, in the order of the report.",
    )
    taxes: Taxes | None = Field(
        None, description="Rates, or a filing status; without them there is no tax column."
    )
    wealth: Wealth | None = Field(
        None,
        description="What all is worth after tax, beside a brokerage account and beside not contributing; "
        "needs `taxes`.",
    )
    events: tuple[LifeEvent, ...] = Field(
        (),
        max_length=MOST_EVENTS,
        description="Leaving the employer, withdrawals, refunds of the ACP test; of one day in this order.",
    )

    acp: Acp | None = Field(
        None, description="The ACP test of a table of people that is answered on this scenario."
    )

    @property
    def recipient(self) -> str:
        """Whose name stands on the forms; empty where the scenario names no one."""
        return self.client.name if self.client else ""

    @property
    def law(self) -> dict[str, Any]:
        """What of the law an answer rests on, and its hash; a year more, for late conversions."""
        first, last = self.years.first, self.years.last + 1
        asked = (self.taxes.status, self.taxes.state_code) if self.taxes else (None, None)
        told = {name: one for name, one in zip(("status", "state"), asked, strict=True) if one}
        return {"years": [first, last], **told, "sha256": law_digest(first, last, *asked)}

    def files_read(self) -> Iterator[Path]:
        """The files that an answer depends on: deposits, conversions, prices. None is named in vain."""
        deposits = self.deposits.file if self.deposits else None
        conversions = self.conversions.file if self.conversions else None
        prices = (fund.reads for fund in self.returns.funds)
        named = (deposits, conversions, *prices)
        yield from dict.fromkeys(file for file in named if file is not None)

    @property
    def period(self) -> str:
        """The simulated time in words: `2026`, `2026 from 2026-07-01`, `2026 until 2026-11-20`."""
        since = f" from {self.so_far.through + ONE_DAY}" if self.so_far else ""
        return f"{self.years}{since}{f' until {self.until}' if self.until else ''}"

    @property
    def employment(self) -> Pay | None:
        """Pay, which ends with a separation where `last_pay_date` does not end it."""
        pay, last = self.pay, separated_on(self.events)
        if pay is None or last is None or pay.last_pay_date is not None:
            return pay
        return replaced(pay, last_pay_date=last)

    @property
    def pays_out(self) -> bool:
        """Whether something may be paid out on a form of its own."""
        return bool(self.events) or self.plan.excess == "after-tax"

    @property
    def told_late(self) -> bool:
        """Whether something may be wrong that only the timelines show: an event, a late year's tax."""
        return self.pays_out or (self.taxes is not None and not self.taxes.flat)

    @property
    def with_done(self) -> tuple[Policy, ...]:
        """The policies that an answer tells of: those that are compared, and what was really done."""
        return self.policies if self.conversions is None else (*self.policies, AS_DONE)

    def policy(self, name: str) -> Policy:
        """The policy that is called by a label or a name.

        Raises:
            UnknownPolicy: There is none.
        """
        for policy in self.with_done:
            if isinstance(name, str) and policy.name == name:
                return policy
        raise UnknownPolicy(name, [policy.name for policy in self.with_done])

    def compared(self, name: str | None = None) -> Policy:
        """The policy of this name, or the first, of those that may be chosen: what was done no longer may.

        Raises:
            UnknownPolicy: There is none.
            Refused: It is what was really done.
        """
        policy = self.policies[0] if name is None else self.policy(name)
        demand_choice([policy])
        return policy
