"""Forms 1099-R that were received, each beside what it should be, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.decisions.audited import Audit, AuditedForm
from simulator.report.audit_words import WHAT_TO_DO, lines_of, missing_words, tax_words
from simulator.report.tables.table import TEXT, Column, Table

BOXES = (("Box 1", "box_1"), ("Box 2a", "box_2a"), ("Box 5", "box_5"))


def audit_tables(audit: Audit) -> list[Table]:
    """A table for each form; what to do stands once, under the last one."""
    tables = [_form(one) for one in audit.forms]
    last = tables[-1]
    notes = (*last.notes, *missing_words(audit))
    if not audit.is_right:
        notes += WHAT_TO_DO
    tables[-1] = last._replace(notes=notes)
    return tables


def _form(form: AuditedForm) -> Table:
    """A form: its boxes as printed, and as they should be under each rule for the basis."""
    compared = form.compared
    columns = (
        Column(f"{form.form.year}, code {form.form.box_7}", TEXT),
        Column("Printed"),
        *(Column(rule) for rule in compared.expected),
    )
    rows = tuple(
        (
            title,
            getattr(form.form, name),
            *(getattr(one, name) for one in compared.expected.values()),
        )
        for title, name in BOXES
    )
    title = f"Form 1099-R of {form.form.year}, as printed and as it should be"
    return Table(title, columns, rows, notes=tuple(_notes(form)), lead=(form.text,))


def _notes(form: AuditedForm) -> Iterator[str]:
    if form.error and not form.is_right and (wrong := form.differences):
        yield f"{'; '.join(wrong)}."
    yield lines_of(form)
    if words := tax_words(form):
        yield words
    left = form.basis_left.get(form.rule, 0)
    if left:
        yield f"{left // 100:,}.{left % 100:02d} of basis is left at the year's end, for later conversions."
