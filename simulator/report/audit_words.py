"""What to do about a Form 1099-R that is not right, and a letter to the plan."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.answer.phrases import money
from simulator.conversion.made import CASH
from simulator.decisions.audited import Audit, AuditedForm
from simulator.money import dollars, in_dollars
from simulator.notation.taken import demand_kind
from simulator.refusal import Refused

WHAT_TO_DO = (
    "What to do: ask the plan in writing for a corrected form, and name the box. If none has come by the "
    "end of February, call the IRS at 800-829-1040. File on time, with Form 4852 in place of the form. Keep "
    "pay stubs and statements.",
    "Not advice: a check of the form against the statements.",
)
LAW = "Line 5b is the law's figure, not the form's."

QUESTIONS = (
    "On which days were after-tax contributions invested and converted, and at which prices?",
    "What was the basis of the after-tax source before and after each conversion?",
    "Is the source accounted for as a separate contract (IRC 72(d)(2))?",
    "After a conversion at a loss, does the basis that was not recovered stay?",
)

NAMES = {CASH: "1, 2 or 7"}
"""Codes of the forms that have several."""


def lines_of(form: AuditedForm) -> str:
    """The lines of Form 1040 for a form, in a sentence."""
    filed = form.to_dict()
    return f"Form 1040: {filed['form_1040_5a']:,} on line 5a, {filed['form_1040_5b']:,} on line 5b. {LAW}"


def tax_words(form: AuditedForm) -> str:
    """What the form as printed costs in tax, in a sentence; empty where it is nothing or not known."""
    much = form.tax_difference
    if not much:
        return ""
    way = "more" if much > 0 else "less"
    return f"As printed, the form comes to {money(abs(much))} {way} tax of {form.form.year}."


def missing_words(audit: Audit) -> Iterator[str]:
    """What the history has and no form was given for, a sentence each."""
    for year, kind, boxes in audit.missing:
        yield (
            f"No form of {year} with code {NAMES.get(kind, kind)} was given; one is expected, with Box 1 "
            f"{in_dollars(boxes.box_1)}, Box 2a {in_dollars(boxes.box_2a)}, Box 5 {in_dollars(boxes.box_5)}."
        )


def letter(audit: Audit) -> str:
    """A letter to the plan about the forms that are not right, as text.

    Args:
        audit: What was found.

    Raises:
        Refused: There is nothing to ask for.
    """
    demand_kind("letter", audit, Audit)
    wrong = [form for form in audit.forms if not form.is_right]
    if not wrong:
        raise Refused("there is nothing to ask for: every form is right", "letter")
    lines = ["To the plan administrator", ""]
    for form in wrong:
        lines += [*_asked(form), ""]
    lines += ["To make sure that my records and yours are the same, please tell me:", ""]
    lines += [f"{place}. {question}" for place, question in enumerate(QUESTIONS, 1)]
    lines += [
        "",
        "My statements and pay stubs are enclosed.",
        "",
        "Name, address, account number:",
        "",
    ]
    return "\n".join(lines)


def _asked(form: AuditedForm) -> Iterator[str]:
    """What is asked about one form: its figures and those that the statements give."""
    printed, boxes = form.form, form.compared.expected[form.rule]
    form_words = f"My Form 1099-R of {printed.year} with code {printed.box_7} in Box 7"
    yield f"{form_words} does not agree with my statements."
    yield ""
    yield f"{'':8}{'printed':>16}{'expected':>16}"
    for name, one, right in (
        ("Box 1", printed.box_1, boxes.box_1),
        ("Box 2a", printed.box_2a, boxes.box_2a),
        ("Box 5", printed.box_5, boxes.box_5),
    ):
        yield f"{name:8}{'empty' if one is None else dollars(one):>16}{dollars(right):>16}"
    code = NAMES.get(form.compared.kind, form.compared.kind)
    yield f"{'Box 7':8}{printed.box_7:>16}{code:>16}"
    yield ""
    if form.error:
        yield f"{form.error.what_happened}."
    wrong = "; ".join(form.differences)
    yield f"{wrong}. Please send a corrected form, or tell me which figure of mine is wrong."
