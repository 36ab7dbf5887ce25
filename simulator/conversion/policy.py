"""A conversion policy answers one question: money deposited on this day leaves on which day?"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import takewhile
from typing import Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from simulator.conversion.cadence import CADENCES, MEANT, CadenceName, year_ends
from simulator.days.calendars import ONE_DAY
from simulator.notation.fields import LONGEST_LIST, Choice, Day, Flag, Name, Specification, whole
from simulator.notation.specification import replaced

LONGEST_DELAY = 3_650
LARGEST_CUTOFF = 200

ENDINGS = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
"""Of the numbers of days: the others end in th."""


def _bare_name_too(schema: dict[str, Any]) -> None:
    """Lets the JSON Schema of a policy take the name of a cadence for the whole."""
    fields = dict(schema)
    schema.clear()
    schema |= {"title": fields["title"], "anyOf": [{"enum": list(CADENCES)}, fields]}


class Policy(Specification):
    """A cadence, and a delay that each deposit waits first. A bare name is a cadence without delay."""

    model_config = ConfigDict(json_schema_extra=_bare_name_too)

    cadence: Annotated[CadenceName, Choice("a cadence", MEANT)] = Field(
        description="On which sessions money is converted; best: those that cost least by the plan's rules.",
        examples=["monthly"],
    )
    day: Annotated[int | None, whole(1, 31, none=True)] = Field(
        None,
        description="Of the month, for monthly: its first session from then on; none: the month's last.",
    )
    delay: Annotated[int, whole(0, LONGEST_DELAY)] = Field(
        0, description="Calendar days that each deposit waits before it may leave."
    )
    cutoff: Annotated[int, whole(0, LARGEST_CUTOFF)] = Field(
        0, description="Sessions before the year's last, for year-end, best and zero_out."
    )
    zero_out: Flag = Field(False, description="At each year's end everything leaves, delay or not.")
    listed: tuple[Day, ...] = Field(
        (), alias="dates", max_length=LONGEST_LIST, description="The dates of the cadence `dates`."
    )
    label: Name | None = Field(None, description="What reports call it; unique.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"cadence": value} if isinstance(value, str) else value

    @property
    def name(self) -> str:
        """The label, or a name from cadence, day, delay, cutoff and zero-out: `per-paycheck+3d`."""
        if self.label is not None:
            return self.label
        day = f"-{self.day}" if self.day else ""
        delay = f"+{self.delay}d" if self.delay else ""
        cutoff = f"-{self.cutoff}s" if self.cutoff else ""
        return f"{self.cadence}{day}{delay}{cutoff}{'+zero' if self.zero_out else ''}"

    @property
    def words(self) -> str:
        """The policy as part of a sentence: `3 days after each paycheck`."""
        words, _, delayed = CADENCES[self.cadence]
        if self.day:
            words = f"on the {self.day}{ENDINGS.get(self.day, 'th')} of each month"
        if self.cutoff and self.cadence == "year-end":
            words = f"{self.cutoff} session{'s' if self.cutoff > 1 else ''} before the year's end"
        if self.delay:
            days = f"{self.delay} day{'s' if self.delay > 1 else ''}"
            words = delayed.format(words=words, days=days)
        return words + (" and at the year's end" if self.zero_out else "")

    @property
    def sought(self) -> bool:
        """Whether its dates are still to be found: they depend on what lands."""
        return self.cadence == "best" and not self.listed

    def on(self, days: tuple[date, ...]) -> "Policy":
        """The same policy with the dates that were found for it."""
        return replaced(self, listed=days)

    def dates(self, landed: Sequence[date], eligibility: int = 0) -> Iterator[tuple[date, int]]:
        """The days on which money may leave, rising, each with how many of the deposits are due by then.

        What is due on a day and does not leave is due on every later one, of the cadence or a zero-out.

        Args:
            landed: Landing sessions, in order.
            eligibility: From deposit to the first possible conversion. [calendar days]
        """
        if not landed:
            return
        eligible, waits = (timedelta(days=n) for n in (eligibility, max(self.delay, eligibility)))
        convertible = [*(day + waits for day in landed), date.max]
        due, since = 0, convertible[0]
        for end in year_ends(landed[0] + eligible, self) if self.zero_out else (date.max,):
            # A date of the cadence on the day of a zero-out is left out: what is due on it is due then too.
            for day in takewhile(end.__gt__, CADENCES[self.cadence].dates(since, self)):
                while convertible[due] <= day:
                    due += 1
                yield day, due
            if self.zero_out:
                due = bisect_right(landed, end - eligible, due)
                since = end + ONE_DAY
                yield end, due


class AsDone(Policy):
    """What was really done, as an account's history tells: it has happened, and has no dates to choose."""

    @property
    def words(self) -> str:
        """It as part of a sentence."""
        return "as it was done"


AS_DONE = AsDone.model_construct(cadence="as done")
"""What reports call what was really done, beside the policies of a scenario."""
