"""So far: what went in in the first year before the simulation begins, as the last pay stub says."""

from fractions import Fraction

from pydantic import Field

from simulator.notation.fields import Day, Dollars, DollarsOrNone, Specification
from simulator.payroll.contribution import Contribution
from simulator.payroll.paycheck import SO_FAR, Paycheck


class ContributionsSoFar(Specification):
    """The year-to-date figures of a pay stub: they stand for the paychecks before it.

    `contribution` makes one contribution of them.
    """

    through: Day = Field(
        description="The last day that the figures cover; the simulation begins after it.",
        examples=["2026-06-30"],
    )
    gross: Dollars = Field(description="Wages of the year so far. [$]", examples=["100_000.03"])
    eligible: DollarsOrNone = Field(
        None,
        description="Of them, pay that the employer's formulas count; default all, within 401(a)(17). [$]",
    )
    pre_tax: Dollars = Field(
        0, description="Pre-tax elective deferrals so far, catch-up included. [$]"
    )
    roth: Dollars = Field(0, description="Designated Roth deferrals so far, catch-up included. [$]")
    after_tax: Dollars = Field(0, description="Employee after-tax contributions so far. [$]")
    match: Dollars = Field(0, description="Employer match so far. [$]")
    nonelective: Dollars = Field(
        0,
        description="Other employer money so far that counts for this year, whenever it was paid. [$]",
    )

    @property
    def deferrals(self) -> int:
        """Pre-tax and Roth. [cents]"""
        return self.pre_tax + self.roth

    @property
    def all_of_it(self) -> int:
        """Everything that went into the plan. [cents]"""
        return self.deferrals + self.after_tax + self.match + self.nonelective

    @property
    def paycheck(self) -> Paycheck:
        """All wages so far, in one payment."""
        return Paycheck(self.through, SO_FAR, self.gross, Fraction(self.gross), elections=False)

    def eligible_within(self, limit: int) -> int:
        """The pay that the employer's formulas have counted so far. [cents]

        Args:
            limit: The most that counts in the year. Law: IRC 401(a)(17). [cents]
        """
        return min(self.gross, limit) if self.eligible is None else self.eligible

    def contribution(self, compensation_limit: int, match_after_tax: bool) -> Contribution:
        """All that came so far, in one; every limit of the year starts from it.

        Args:
            compensation_limit: Law: IRC 401(a)(17). [cents]
            match_after_tax: Whether the match counts after-tax contributions too.
        """
        counted = self.deferrals + (self.after_tax if match_after_tax else 0)
        return Contribution(
            self.paycheck,
            eligible=Fraction(self.eligible_within(compensation_limit)),
            pre_tax=self.pre_tax,
            roth=self.roth,
            matchable=Fraction(counted),
            match=self.match,
            nonelective=self.nonelective,
            after_tax=self.after_tax,
        )
