"""Reminders of the forms that arrive, and of the lines that their boxes go on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from simulator.answer.comparison import Comparison
from simulator.answer.policy_result import PolicyResult
from simulator.answer.statistics import mean
from simulator.conversion.form1099r import CODE
from simulator.days.calendars import bank_days_after
from simulator.report.reminder import FORM, Reminder, averaged
from simulator.report.sentences import CODE_WORDS, known

LINES = {2020: ("5a", "5b"), 2019: ("4c", "4d"), 2018: ("4a", "4b"), 0: ("16a", "16b")}
"""The lines of Form 1040 for Box 1 and Box 2a, from a year on."""

FIRST_CHECK_BOX = 2025
"""The first Form 1040 with a check box for rollovers."""


def form_reminders(comparison: Comparison, result: PolicyResult) -> Iterator[Reminder]:
    """The Form 1099-R of each year with conversions, due by January 31 or the next business day."""
    for year, form in result.forms.items():
        boxes = (form.box_1, form.box_2a, form.box_5)
        box_1, box_2a, box_5 = (known(comparison, box) for box in boxes)
        sent = ""
        if comparison.splits or mean(result.outcome.years[year].ira):
            earned = known(comparison, result.outcome.years[year].ira)
            sent = f"The earnings sent to the traditional IRA, {earned}, are in Box 1 only. "
        yield Reminder(
            bank_days_after(date(year + 1, 1, 30), 1),
            FORM,
            1,
            f"Look for the Form 1099-R of {year}",
            f"Expected: Box 1 {box_1}, Box 2a {box_2a}, Box 5 {box_5}, Box 7 code {form.box_7}"
            f"{averaged(comparison)}. {sent}A Box 2a as large as Box 1, or an empty Box 5, taxes "
            f"contributions a second time: ask for a corrected form. {form_1040(year)}",
            mean(form.box_1),
        )
    yield from _paid(comparison, result)


def _paid(comparison: Comparison, result: PolicyResult) -> Iterator[Reminder]:
    """The forms of what life events pay, one for each year and code."""
    ordinals = Counter[int](result.forms.keys())
    for form in result.all_forms:
        if form.box_7 == CODE:
            continue
        ordinals[form.year] += 1
        boxes = (form.box_1, form.box_2a, form.box_5)
        box_1, box_2a, box_5 = (known(comparison, box) for box in boxes)
        box_4 = f", Box 4 {known(comparison, form.box_4)}" if mean(form.box_4) else ""
        extra = form.additional_tax
        more = (
            f" {known(comparison, extra)} of additional tax goes on Form 5329."
            if mean(extra)
            else ""
        )
        lines = " and ".join(f"line {line}" for line in _lines(form.year))
        yield Reminder(
            bank_days_after(date(form.year + 1, 1, 30), 1),
            FORM,
            ordinals[form.year],
            f"Look for the Form 1099-R of {form.year} with code {form.box_7}",
            f"Expected: Box 1 {box_1}, Box 2a {box_2a}{box_4}, Box 5 {box_5}, Box 7 code {form.box_7}"
            f"{averaged(comparison)}: {CODE_WORDS[form.box_7]}. On Form 1040 Box 1 and Box 2a go on "
            f"{lines}.{more}",
            mean(form.box_1),
        )


def _lines(year: int) -> tuple[str, str]:
    return next(lines for first, lines in LINES.items() if year >= first)


def form_1040(year: int) -> str:
    """Where Form 1040 of a year takes the boxes, and how it is told that they are a rollover.

    Source: Form 1040 and its instructions: lines 16a and 16b until 2017, 4a and 4b of 2018, 4c and 4d of
    2019, 5a and 5b since, with the word Rollover beside; from 2025 on the box Rollover of line 5c.
    """
    box_1, box_2a = _lines(year)
    rollover = "with the word Rollover beside it"
    if year >= FIRST_CHECK_BOX:
        rollover = "and the box Rollover of line 5c is checked"
    return f"On Form 1040 Box 1 goes on line {box_1} and Box 2a on line {box_2a}, {rollover}."
