"""Replay: the after-tax deposits that really went in, in place of a payroll."""

from datetime import date

from simulator.days.years import Years
from simulator.money import MOST_CENTS, beyond_range
from simulator.notation.letters import visible
from simulator.readers.faults import Fault, demand_no_faults
from simulator.readers.named_file import DepositFile


def deposits_in(named: DepositFile, years: Years) -> tuple[tuple[date, int], ...]:
    """Date and amount of each deposit, by date. [cents]

    Raises:
        Mistakes: A row cannot be read, or lies outside the years.
        OutOfRange: All together are more than amounts are told to the cent.
    """
    from simulator.readers.deposits import deposits_read  # loaded where a file is read

    rows = deposits_read(named).rows
    outside = [row for row in rows if row.day.year not in years]
    reach = sorted({years.first, years.last, *(row.day.year for row in outside)})
    way = (
        f"write years: {reach[0]}-{reach[-1]}, or leave the row out; what an earlier year left inside "
        "goes into plan.opening"
    )
    faults = [
        Fault(row.line, f"{row.day} is outside the years {years}; {way}", kind="outside the years")
        for row in outside
    ]
    demand_no_faults(named.file, faults, len(rows))
    if (cents := sum(row.number for row in rows)) > MOST_CENTS:
        raise beyond_range(
            f"{visible(str(named.file))}: the sum of the deposits", cents, "smaller or fewer ones"
        )
    return tuple((row.day, row.number) for row in rows)
