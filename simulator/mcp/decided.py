"""What the tools answer that is a choice: sweeps, the best dates, elections, forms that came."""

from __future__ import annotations

from pathlib import Path

from simulator.answer.grid import Grid
from simulator.answer.sweep import Sweep
from simulator.mcp import asked as ask
from simulator.mcp.told import Answer, with_differences
from simulator.notation.letters import visible
from simulator.notation.ranges import BadRange, values


def sweep(question: ask.Sweeping) -> Answer:
    """One policy while its delay or a field varies."""
    from simulator.sweeps import SweepError, sweep_delay, sweep_field, sweep_grid

    scenario, of = question.read(), question.of
    if (question.delay is None) == (not question.vary):
        raise ask.NotAsked("what shall vary? give delay, like 0:90:10, or vary, like FIELD=A,B,C")
    try:
        if question.delay is not None:
            chosen = scenario.compared(question.policy)
            found: Sweep | Grid = sweep_delay(scenario, chosen, _days(question.delay), of=of)
        elif len(question.vary) == 1:
            field, each = _field(question.vary[0])
            found = sweep_field(scenario, field, each, question.policy, of=of)
        else:
            fields = list(map(_field, question.vary))
            found = sweep_grid(scenario, fields, question.policy, of=of)
    except BadRange as wrong:
        raise SweepError(visible(str(wrong))) from None
    record = found.to_dict()
    record.pop("warnings", None)
    return Answer(with_differences(record), scenario, found.paths, found.warnings)


def _field(written: str) -> tuple[str, list[str]]:
    name, equals, each = written.partition("=")
    if not equals:
        raise ask.NotAsked(f"vary: '{visible(written)}' names no values; write FIELD=A,B,C")
    return name, values(each)


def _days(written: str) -> list[int]:
    days = values(written)
    if not all(day.isascii() and day.isdigit() and len(day) < 8 for day in days):
        raise ask.NotAsked(
            f"delay: '{visible(written)}' are no days; write START:STOP:STEP or A,B,C"
        )
    return list(map(int, days))


def best(question: ask.Seeking) -> Answer:
    """The dates on which to convert."""
    from simulator.decisions.best import best as best_dates

    scenario = question.read()
    found = best_dates(scenario, question.max_per_year, question.fee, question.cutoff)
    record = found.to_dict()
    record.pop("warnings", None)
    for policy in record["policies"]:
        del policy["years"]
    paths, warnings = found.comparison.paths, tuple(found.comparison.warnings)
    return Answer(with_differences(record), scenario, paths, warnings)


def elect(question: ask.Electing) -> Answer:
    """What to enter on the plan's website."""
    from simulator.decisions.elect import elect as what_to_elect

    scenario = question.read()
    return Answer(what_to_elect(scenario, question.begins).to_dict(), scenario)


def audit(question: ask.Auditing) -> Answer:
    """Whether forms that came are right."""
    from simulator.decisions.audit import audit as audited

    scenario = question.read()
    if (question.forms is None) == (question.form_file is None):
        raise ask.NotAsked("give the forms that came, either as forms or as form_file")
    forms = question.forms if question.forms is not None else Path(question.form_file or "")
    found = audited(scenario, forms, question.year)
    return Answer({"forms": found.to_dict()}, scenario, warnings=tuple(found.warnings))
