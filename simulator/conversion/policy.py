"""A conversion policy answers one question: money deposited on this day leaves on which day?"""

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, model_validator

from simulator.days import (
    ONE_DAY,
    month_end,
    session_on_or_after,
    session_on_or_before,
    sessions_of,
)
from simulator.notation import (
    LONGEST_LIST,
    Choice,
    Day,
    Flag,
    Name,
    Specification,
    whole,
)

LONGEST_DELAY = 3_650
MONTHS = {"monthly": 1, "quarterly": 3, "semiannual": 6}
WORDS = {
    "per-paycheck": "after each paycheck",
    "weekly": "at each week's end",
    "monthly": "at each month's end",
    "quarterly": "at each quarter's end",
    "semiannual": "at each half-year's end",
    "year-end": "at the year's end",
    "dates": "on the given dates",
    "never": "never",
}


def _bare_name_too(schema: dict[str, Any]) -> None:
    """Lets the JSON Schema of a policy take the name of a cadence for the whole."""
    fields = dict(schema)
    schema.clear()
    schema |= {"title": fields["title"], "anyOf": [{"enum": list(WORDS)}, fields]}


class Policy(Specification):
    """A cadence, and a delay that each deposit waits first. A bare name is a cadence without delay."""

    model_config = ConfigDict(json_schema_extra=_bare_name_too)

    cadence: Annotated[
        Literal[
            "per-paycheck",
            "weekly",
            "monthly",
            "quarterly",
            "semiannual",
            "year-end",
            "dates",
            "never",
        ],
        Choice("a cadence"),
    ] = Field(description="On which sessions money is converted.", examples=["monthly"])
    delay: Annotated[int, whole(0, LONGEST_DELAY)] = Field(
        0, description="Calendar days that each deposit waits before it may leave."
    )
    cutoff: Annotated[int, whole(0, 200)] = Field(
        0, description="Sessions before the year's last, for year-end and zero_out."
    )
    zero_out: Flag = Field(False, description="At each year's end everything leaves, delay or not.")
    dates: tuple[Day, ...] = Field(
        (), max_length=LONGEST_LIST, description="The dates of the cadence `dates`."
    )
    label: Name | None = Field(None, description="What reports call it; unique.")

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: Any) -> Any:
        return {"cadence": value} if isinstance(value, str) else value

    @property
    def name(self) -> str:
        """The label, or a name from cadence, delay, cutoff and zero-out: `per-paycheck+3d`."""
        if self.label is not None:
            return self.label
        delay = f"+{self.delay}d" if self.delay else ""
        cutoff = f"-{self.cutoff}s" if self.cutoff else ""
        return f"{self.cadence}{delay}{cutoff}{'+zero' if self.zero_out else ''}"

    @property
    def words(self) -> str:
        """The policy as part of a sentence: `3 days after each paycheck`."""
        words, days = WORDS[self.cadence], f"{self.delay} day{'s' if self.delay > 1 else ''}"
        if self.cutoff and self.cadence == "year-end":
            words = f"{self.cutoff} session{'s' if self.cutoff > 1 else ''} before the year's end"
        if self.delay:
            after = self.cadence == "per-paycheck"
            words = f"{days} {words}" if after else f"{words} with a delay of {days}"
        return words + (" and at the year's end" if self.zero_out else "")

    def date_on_or_after(self, day: date) -> date | None:
        """The first date of the cadence on or after a day; None where there is none."""
        match self.cadence:
            case "never":
                return None
            case "per-paycheck":
                return session_on_or_after(day)
            case "dates":
                return min(
                    (one for listed in self.dates if (one := session_on_or_after(listed)) >= day),
                    default=None,
                )
            case "weekly":
                sunday = day + timedelta(days=6 - day.weekday())
                return self._last_session_from(day, sunday)
            case "year-end":
                return self._year_end_on_or_after(day)
        months = MONTHS[self.cadence]
        last_month = (day.month - 1) // months * months + months
        return self._last_session_from(day, month_end(day.year, last_month))

    def zero_out_on_or_after(self, day: date) -> date | None:
        """The first date on or after a day on which everything leaves; None without `zero_out`."""
        return self._year_end_on_or_after(day) if self.zero_out else None

    def _last_session_from(self, day: date, period_end: date) -> date | None:
        """The last session of the period, or of the next one where the day lies behind it."""
        session = session_on_or_before(period_end)
        return session if session >= day else self.date_on_or_after(period_end + ONE_DAY)

    def _year_end_on_or_after(self, day: date) -> date:
        session = sessions_of(day.year)[-1 - self.cutoff]
        return session if session >= day else sessions_of(day.year + 1)[-1 - self.cutoff]
