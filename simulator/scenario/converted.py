"""What was really converted by a scenario: its rows of conversions, with the account that they left."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from simulator.conversion.arrivals import first_session
from simulator.conversion.as_made import History
from simulator.conversion.made import ACP, CONVERSION, EXCESS, FORMS, Distribution, Made
from simulator.days.calendars import bank_days_after, session_on_or_after, sessions_of
from simulator.money import MOST_CENTS, beyond_range
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, Place
from simulator.readers.faults import Fault, demand_none, mistakes
from simulator.readers.named_file import ConversionFile
from simulator.refusal import Refused
from simulator.returns.history import History as ActualPrices
from simulator.scenario.contributed import after_tax_deposits, went_in
from simulator.scenario.scenario import Scenario


def history_of(scenario: Scenario) -> History:
    """What went in and what left by a scenario's deposits and conversions.

    Raises:
        Refused: The scenario has no conversions.
        Mistakes: A row cannot be read, or a price that is needed is missing.
    """
    if scenario.conversions is None:
        raise Refused(
            "audit: needs conversions; write conversions: FILE.csv with columns date,amount"
        )
    made = rows_made(scenario.conversions, scenario)
    so_far, opening = scenario.so_far, scenario.plan.opening
    begins = first_session(scenario.years, so_far)
    landed = landings(scenario, after_tax_deposits(scenario, went_in(scenario)))
    deposits = [(lands, cents) for _, lands, cents in landed]
    if so_far and so_far.in_transit:
        deposits.insert(0, (begins, so_far.in_transit))
    days = [day for day, _ in deposits] + [begins] * bool(opening.after_tax)
    return History(
        deposits,
        made,
        (opening.after_tax, opening.basis),
        begins,
        _price(scenario, days, made),
        _so_far(scenario),
    )


def landings(
    scenario: Scenario, deposits: Sequence[tuple[date, int]]
) -> list[tuple[date, date, int]]:
    """Pay date, landing day and amount of each after-tax contribution. [cents]"""
    lag = scenario.plan.deposit_lag
    return [
        (paid, bank_days_after(paid, lag) if lag else paid, cents)
        for paid, cents in deposits
        if cents > 0
    ]


def _so_far(scenario: Scenario) -> list[Distribution]:
    """The conversions of the first year before the simulation begins: they are on its form."""
    if scenario.so_far is None or not scenario.so_far.conversions.box_1:
        return []
    so_far, moved = scenario.so_far, scenario.so_far.conversions
    amount, recovered, sent_on = moved.box_1, moved.recovered, moved.flows["ira"]
    return [Distribution(so_far.through, CONVERSION, amount, recovered, sent_on, sent_on)]


def rows_made(named: ConversionFile, scenario: Scenario) -> tuple[Made, ...]:
    """The rows of a file of conversions, by date.

    Raises:
        Mistakes: A row cannot be read, lies outside the years, or a refund has no basis.
    """
    from simulator.readers.conversions import conversions_read  # loaded where a file is read

    reading = conversions_read(named)
    rows = []
    for place, row in enumerate(reading.rows):
        beside = reading.beside[place] if reading.beside else {}
        rows.append(Made(row.day, row.number, line=row.line, **beside))
    wrong = mistakes(named.file, list(_faults(rows, scenario)), len(rows))
    demand_none(one._replace(place=_row(named, one.place.line)) for one in wrong)
    if (cents := sum(one.amount for one in rows)) > MOST_CENTS:
        raise beyond_range(
            f"{visible(str(named))}: the sum of the conversions", cents, "smaller or fewer ones"
        )
    return tuple(rows)


def _faults(rows: Sequence[Made], scenario: Scenario) -> Iterator[Fault]:
    """What rows of conversions say against the rest of a scenario, or do not say."""
    years, so_far = scenario.years, scenario.so_far
    for one in rows:
        if not years.first <= one.day.year <= years.last + 1:
            out = f"{one.day} is outside the years {years} and the one after; change years"
            yield Fault(one.line, f"{out}, or leave the row out", kind="outside the years")
        elif so_far and one.day <= so_far.through:
            out = f"{one.day} is within so_far, through {so_far.through}"
            way = "so_far.conversions has what was converted by then: leave the row out"
            yield Fault(one.line, f"{out}; {way}", kind="within so_far")
        if FORMS[one.to] in (EXCESS, ACP) and one.amount and one.basis is None:
            hint = "a refund needs the contributions in it; write them in the column basis"
            yield Fault(one.line, hint)


def not_held(scenario: Scenario, line: int, message: str) -> Mistakes:
    """What is said of a row by which more left than there was."""
    assert scenario.conversions is not None, "they were read"
    return Mistakes([Mistake(_row(scenario.conversions, line), (), message)])


def _row(named: ConversionFile, line: int) -> Place:
    """A row of a file, of which the whole is meant."""
    return Place(f"{named}:{line}")


def _price(
    scenario: Scenario, bought: Sequence[date], made: Sequence[Made]
) -> Callable[[date], Decimal | None]:
    """The fund's price on a session; None where nobody knows it.

    Args:
        scenario: The question.
        bought: Days on which money went in.
        made: What left: where a row does not tell what the account held, prices have to.
    """
    returns = scenario.returns.inside
    if not isinstance(returns, ActualPrices) or returns.start != "actual":
        return lambda _: None
    untold = [row.day for row in made if row.amount and row.value is None]
    needed = {session_on_or_after(day) for day in (*bought, *untold)} if untold else set()
    years = range(scenario.years.first, scenario.years.last + 2)
    sessions = [session for year in years for session in sessions_of(year)]
    with returns.placed():
        prices = returns.path(sessions, scenario.years, 0, priced=needed)
    known = {
        day: Decimal(price) for day, price in zip(sessions, prices, strict=True) if price == price
    }
    return known.get
