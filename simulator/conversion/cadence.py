"""The cadences: the sessions on which a policy converts. A new one is a row, or a row and a function."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import chain, count, dropwhile
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from simulator.days.calendars import (
    month_end,
    session_on_or_after,
    session_on_or_before,
    sessions_of,
)


class Timing(Protocol):
    """What a policy says of its dates beside the name of its cadence."""

    @property
    def cutoff(self) -> int:
        """Sessions before the year's last."""

    @property
    def day(self) -> int | None:
        """A day of the month; None for its last session."""

    @property
    def listed(self) -> tuple[date, ...]:
        """Days that were written down, or found to be the best."""


class Cadence(NamedTuple):
    """A row of the table.

    Attributes:
        words: It as part of a sentence.
        dates: Its sessions on or after a day, rising and lazy.
        delayed: It with a delay, from its `words` and the `days`.
    """

    words: str
    dates: Callable[[date, Timing], Iterator[date]]
    delayed: str = "{words} with a delay of {days}"


def every_session(since: date, _: Timing) -> Iterator[date]:
    """Every session."""
    sessions = sessions_of(since.year)
    later = chain.from_iterable(map(sessions_of, count(since.year + 1)))
    return chain(sessions[bisect_left(sessions, since) :], later)


def week_ends(since: date, _: Timing) -> Iterator[date]:
    """The last session of each week, Monday to Sunday."""
    sundays = (since + timedelta(days=6 - since.weekday(), weeks=n) for n in count())
    return dropwhile(since.__gt__, map(session_on_or_before, sundays))


def months(since: date, timing: Timing) -> Iterator[date]:
    """A session of each month: its last one; or the first on or after a day, while the month has one."""
    if timing.day is None:
        return month_ends(1, since, timing)
    ends = (month_end(since.year, month) for month in count(since.month))
    return dropwhile(since.__gt__, (_on_day(timing.day, end) for end in ends))


def _on_day(day: int, end: date) -> date:
    """The first session on or after a day of the month that ends so, or the month's last one."""
    session = session_on_or_after(min(end.replace(day=1) + timedelta(days=day - 1), end))
    return session if session <= end else session_on_or_before(end)


def month_ends(months: int, since: date, _: Timing) -> Iterator[date]:
    """The last session of every so many months, counted from January."""
    last = (since.month - 1) // months * months + months
    days = (month_end(since.year, month) for month in count(last, months))
    return dropwhile(since.__gt__, map(session_on_or_before, days))


def year_ends(since: date, timing: Timing) -> Iterator[date]:
    """The session `cutoff` sessions before each year's last: of `year-end`, and of `zero_out`."""
    place = -1 - timing.cutoff
    return dropwhile(since.__gt__, (sessions_of(year)[place] for year in count(since.year)))


def listed_days(since: date, timing: Timing) -> Iterator[date]:
    """The first session on or after each listed day; two days may have one."""
    return dropwhile(since.__gt__, sorted(set(map(session_on_or_after, timing.listed))))


CADENCES = {
    "per-paycheck": Cadence("after each paycheck", every_session, "{days} {words}"),
    "daily": Cadence("after each paycheck", every_session, "{days} {words}"),
    "automatic": Cadence("after each paycheck", every_session, "{days} {words}"),
    "weekly": Cadence("at each week's end", week_ends),
    "monthly": Cadence("at each month's end", months),
    "quarterly": Cadence("at each quarter's end", partial(month_ends, 3)),
    "semiannual": Cadence("at each half-year's end", partial(month_ends, 6)),
    "year-end": Cadence("at the year's end", year_ends),
    "dates": Cadence("on the given dates", listed_days),
    "best": Cadence("on the best dates", listed_days),
    "never": Cadence("never", lambda *_: iter(())),
}

MEANT = {
    **dict.fromkeys(("biweekly", "semimonthly", "paycheck", "each paycheck"), "per-paycheck"),
    **dict.fromkeys(("every paycheck", "per paycheck", "immediate", "instant"), "per-paycheck"),
    **dict.fromkeys(("annual", "annually", "yearly", "year end", "once a year"), "year-end"),
    **dict.fromkeys(("biannual", "twice a year", "half-yearly"), "semiannual"),
    **dict.fromkeys(("none", "no", "off"), "never"),
}
"""What people call a cadence otherwise, and which one is meant."""

if TYPE_CHECKING:
    CadenceName = str
else:
    CadenceName = Literal[tuple(CADENCES)]
