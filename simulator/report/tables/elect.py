"""What to elect as tables: what each paycheck then has, what each limit leaves, and a line to paste."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.answer.phrases import capital, money
from simulator.decisions.elected import (
    AFTER_TAX,
    DEFERRAL,
    TAKE_HOME,
    Elected,
    NextStep,
    written,
)
from simulator.notation.numbers import percent
from simulator.payroll.contribution import (
    ANNUAL_ADDITIONS,
    ELECTIVE_DEFERRAL,
    NET_PAY,
    PLAN_CAP,
)
from simulator.payroll.elections import COLUMNS
from simulator.report.tables.table import TEXT, WORD, Column, Table

LIMITS = {
    ELECTIVE_DEFERRAL: "402(g)",
    "catch_up": "catch-up",
    ANNUAL_ADDITIONS: "415(c)",
    PLAN_CAP: "plan's cap",
    NET_PAY: "paycheck",
}
SHOWN = ("pre_tax", "roth", "match", "nonelective", "after_tax")
KINDS = {"pre-tax": "pre-tax", "roth": "Roth"}
NAMES = {name: name.replace("_", "-") for name in SHOWN}

TAKES_ALL = (
    "A paycheck ends there before the limits do: write elect.minimum_take_home, what must be left of each, "
    "and ask again."
)


def elect_tables(elected: Elected) -> tuple[Table, Table]:
    """What goes in, then what the limits leave; the line to paste stands last."""
    return _contributions(elected), _limits(elected)


def _contributions(elected: Elected) -> Table:
    """Each kind of contribution: the election, the first paycheck with it, all of them, the year."""
    first, year = elected.paychecks[0], elected.year
    columns = (
        Column("Contribution", TEXT),
        Column("Elect", WORD),
        Column(str(first.pay_date)),
        Column(f"{len(elected.paychecks)} paychecks"),
        Column(f"Year {year.year}"),
    )
    rows = []
    for name in SHOWN:
        amounts = (
            getattr(first, name),
            sum(getattr(paid, name) for paid in elected.paychecks),
            year.total(name),
        )
        if any(amounts) or name == AFTER_TAX:
            chosen = elected.elections[name] if name in COLUMNS else ""
            rows.append((capital(NAMES[name]), chosen, *amounts))
    scenario = elected.scenario
    title = f"{scenario.name}: what to elect from {elected.begins}"
    lead = (_to_enter(elected), *([TAKES_ALL] if _takes_all(elected) else []))
    return Table(title, columns, tuple(rows), notes=tuple(_findings(elected)), lead=lead)


def _to_enter(elected: Elected) -> str:
    """What to enter, from when on."""
    return (
        f"Enter {_entered(elected)} from the paycheck of {elected.paychecks[0].pay_date} on: in "
        f"steps of {written(elected.asking.step)} that is the most that goes in with nothing cut off by a "
        "limit."
    )


def _takes_all(elected: Elected) -> bool:
    """Whether a paycheck ends before the limits do, and nobody said what must be left of it."""
    stopped = (step.stop.by == TAKE_HOME for step in elected.over.values() if step.stop)
    return not elected.asking.minimum_take_home and any(stopped)


def _findings(elected: Elected) -> Iterator[str]:
    asking, leanest = elected.asking, elected.leanest
    said = asking.minimum_take_home or _takes_all(elected)
    keeps = "" if said else " To keep more of it, write elect.minimum_take_home."
    yield (
        f"A paycheck leaves {money(asking.take_home(leanest))} or more (of {money(leanest.paycheck.gross)} "
        f"on {leanest.pay_date}), if taxes and benefits take {percent(asking.withheld)} of gross less "
        f"pre-tax: a rough share, elect.withheld.{keeps}"
    )
    if elected.match_lost:
        yield (
            f"To leave {money(asking.minimum_take_home)} of each paycheck costs "
            f"{money(elected.match_lost)} of match in the year."
        )
    if not elected.scenario.plan.after_tax.allowed:
        yield "The plan takes no after-tax contributions."


def _entered(elected: Elected) -> str:
    """The two elections in words: `11% pre-tax and 30% after-tax`."""
    deferral, after_tax = written(elected.deferral), written(elected.after_tax)
    return f"{deferral} {KINDS[elected.asking.deferral]} and {after_tax} after-tax"


def _limits(elected: Elected) -> Table:
    """Each limit of the year, what is used of it and what is left."""
    year, left = elected.year, elected.unused
    catch_up = year.total("catch_up")
    used = {
        ELECTIVE_DEFERRAL: year.deferrals - catch_up,
        "catch_up": catch_up,
        ANNUAL_ADDITIONS: year.annual_additions,
        PLAN_CAP: year.total("after_tax"),
    }
    rows = tuple((LIMITS[name], used[name] + left[name], used[name], left[name]) for name in left)
    columns = Column("Limit", TEXT), Column(f"Of {year.year}"), Column("Used"), Column("Unused")
    notes = (*_rounding(elected), *_over(elected))
    return Table(
        "What the limits leave", columns, rows, notes=notes, paste=tuple(to_paste(elected))
    )


def _rounding(elected: Elected) -> Iterator[str]:
    """What whole steps leave, in words."""
    left = [
        f"{money(elected.rounding[name])} of {_limit(elected, step)}"
        for name, step in elected.over.items()
        if elected.rounding.get(name)
    ]
    if left:
        yield f"The rounding to steps of {written(elected.asking.step)} leaves {' and '.join(left)} unused."


def _limit(elected: Elected, step: NextStep) -> str:
    """The limit that stops a step, after `of`."""
    assert step.stop is not None, "it is stopped"
    if step.stop.by == ELECTIVE_DEFERRAL and elected.year.catch_up_limit:
        return "402(g) with catch-up"
    name = LIMITS[step.stop.by]
    return f"the {name}" if step.stop.by in (PLAN_CAP, NET_PAY) else name


def _over(elected: Elected) -> Iterator[str]:
    """What stops the next step up of each, in words."""
    kinds = {DEFERRAL: KINDS[elected.asking.deferral], AFTER_TAX: "after-tax"}
    clipped = False
    for name, step in elected.over.items():
        told = f"{written(step.asked)} {kinds[name]}"
        if step.stop is None:
            less = f"have {money(step.match_less)} less match: catch-up has none"
            yield f"{told} would {less if step.match_less else 'put in no more'}."
        elif step.stop.by == TAKE_HOME:
            least, lacks = elected.asking.minimum_take_home, money(step.stop.cents)
            much = f"take {lacks} more than there is"
            much = f"leave {lacks} less than {money(least)}" if least else much
            yield f"{told} would {much} of the paycheck of {step.stop.day}."
        else:
            clipped = True
            much = f"{money(step.stop.cents)} too much for {_limit(elected, step)}"
            yield f"{told} would be {much}: the first paycheck to be cut would be that of {step.stop.day}."
    if clipped:
        yield (
            "If your plan stops by itself at a limit, to the cent, the next step up fills it; if it does "
            "not, what is too much has to be paid back."
        )


def to_paste(elected: Elected) -> Iterator[str]:
    """The elections as `changes` of a scenario file: a line, or one for each entry where there are more."""
    entries = [_flow(one) for one in elected.pasted]
    yield "elections:"
    if len(entries) == 1:
        yield f"  changes: [{entries[0]}]"
        return
    yield "  changes:"
    yield from (f"    - {entry}" for entry in entries)


def _flow(entry: Mapping[str, Any]) -> str:
    """A map of a scenario file on one line."""
    parts = (
        f"{name}: {_flow(value) if isinstance(value, Mapping) else _scalar(value)}"
        for name, value in entry.items()
    )
    return f"{{{', '.join(parts)}}}"


def _scalar(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
