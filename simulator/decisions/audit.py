"""Is a Form 1099-R right? The boxes that should be printed, beside those that are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from simulator.conversion.as_made import (
    CASH,
    CONVERSION,
    RULES,
    Followed,
    History,
    MoreThanHeld,
    Rule,
)
from simulator.conversion.expected_forms import Expected, expected_form, moved_forms
from simulator.decisions.issuer import Compared, near
from simulator.decisions.received import Forms, Received, received
from simulator.law.issuer_errors import IssuerError, issuer_errors
from simulator.money import dollars, half_up_to_dollars
from simulator.refusal import Refused
from simulator.scenario.contributed import went_in
from simulator.scenario.converted import history_of, not_held
from simulator.scenario.scenario import Scenario
from simulator.scenario.taxed import taxation_of
from simulator.taxes.taxation import Taxation

PAID_OUT = ("1", "2", "7")
"""Codes of money that was paid to the participant."""


@dataclass(frozen=True)
class AuditedForm:
    """One form, checked.

    Attributes:
        compared: The form beside what it should be.
        printed: How many forms of this year and code were added up.
        default: The rule by which lines are filed where the form follows none.
        basis_left: Basis at the year's end under each rule. [cents]
        taxation: The taxes, where the scenario has them and the year's are known.
    """

    compared: Compared
    printed: int
    default: Rule
    basis_left: Mapping[Rule, int]
    taxation: Taxation | None

    @property
    def form(self) -> Received:
        """What was printed."""
        return self.compared.form

    @cached_property
    def agrees_with(self) -> list[Rule]:
        """The rules for the basis that give the form's boxes."""
        return self.compared.agrees_with

    @cached_property
    def error(self) -> IssuerError | None:
        """The known error that fits; None where the form is right, or none does."""
        found = self.compared.finding
        return issuer_errors()[found] if found else None

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to ask for."""
        found = self.error.id if self.error else None
        return bool(self.agrees_with) or found == "E9"

    @property
    def rule(self) -> Rule:
        """The rule by which the lines are filed: that of the form, else the scenario's, else the first."""
        rules = self.agrees_with or list(self.compared.expected)
        return self.default if self.default in rules else rules[0]

    @property
    def filed(self) -> tuple[int, int]:
        """Distributions and what is taxable of them, for Form 1040. [cents]"""
        if self.error and self.error.id == "E9":
            return self.form.box_1, self.form.box_2a or 0
        boxes = self.compared.expected[self.rule]
        return boxes.box_1, boxes.box_2a

    @property
    def tax_difference(self) -> int | None:
        """The tax on Box 2a as printed less the tax on what is filed; None where it is not known. [cents]"""
        if self.taxation is None:
            return None
        year = self.form.year
        printed, right = (
            self.taxation.tax(year, cents).total for cents in (self.form.box_2a or 0, self.filed[1])
        )
        return int(printed - right)

    @property
    def text(self) -> str:
        """What is found, in words."""
        return " ".join(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if self.printed > 1:
            yield f"{self.printed} forms of code {self.form.box_7} were added up."
        if rules := self.agrees_with:
            yield f"The form agrees with the rule{'s' * (len(rules) > 1)} {' and '.join(rules)}."
        if self.error:
            error = self.error
            yield (f"{error.id}, {error.name}: {error.what_happened}. {error.what_to_do}.")
        elif not rules:
            yield f"No known error fits: {'; '.join(self.differences)}."
        if self.sent_on:
            yield (
                f"{dollars(self.sent_on)} of earnings went to a traditional IRA. Where tax software takes one "
                "destination for a form, enter it as two: the part to Roth with its Boxes 2a and 5, and "
                "the rest with Box 2a 0.00 and Box 5 empty."
            )

    @property
    def sent_on(self) -> int:
        """Earnings that were sent on to a traditional IRA. [cents]"""
        return self.compared.expected[self.rule].sent_on

    @property
    def differences(self) -> list[str]:
        """What is not as expected, box by box."""
        boxes = self.compared.expected[self.rule]
        told = []
        for name, printed, right in (
            ("Box 1", self.form.box_1, boxes.box_1),
            ("Box 2a", self.form.box_2a, boxes.box_2a),
            ("Box 5", self.form.box_5, boxes.box_5),
        ):
            if printed is None:
                told.append(f"{name} is empty, {dollars(right)} is expected")
            elif not near(printed, right):
                much = dollars(abs(printed - right))
                way = "above" if printed > right else "below"
                told.append(f"{name} is {much} {way} the expected {dollars(right)}")
        if not self.compared.right_code:
            told.append(f"the code is {self.form.box_7}, not {self.compared.kind}")
        return told

    def to_dict(self) -> dict[str, Any]:
        """The form, what it should be and what is found. [dollars]"""
        line_5a, line_5b = map(half_up_to_dollars, self.filed)
        difference = self.tax_difference
        return {
            "year": self.form.year,
            "code": self.form.box_7,
            "received": self.form.to_dict(),
            "expected": {
                rule: {name: getattr(boxes, name) / 100 for name in ("box_1", "box_2a", "box_5")}
                for rule, boxes in self.compared.expected.items()
            },
            "basis_left": {rule: cents / 100 for rule, cents in self.basis_left.items()},
            "agrees_with": list(self.agrees_with),
            "finding": self.error.id if self.error else None,
            "text": self.text,
            "form_1040_5a": line_5a,
            "form_1040_5b": line_5b,
            "tax_difference": None if difference is None else difference / 100,
        }


@dataclass(frozen=True, repr=False)
class Audit:
    """Forms 1099-R that were received, each beside what it should be.

    Attributes:
        scenario: The question.
        forms: The forms, by year.
        missing: Year, form and boxes of what the history has and no form was given for.
        warnings: What was left unread.
    """

    scenario: Scenario
    forms: tuple[AuditedForm, ...]
    missing: tuple[tuple[int, str, Expected], ...]
    warnings: tuple[str, ...] = ()

    @property
    def is_right(self) -> bool:
        """Whether there is nothing to ask for."""
        return all(form.is_right for form in self.forms)

    def to_dict(self) -> list[dict[str, Any]]:
        """Each form, in the shape of the JSON output. [dollars]"""
        return [form.to_dict() for form in self.forms]

    def records(self) -> list[dict[str, Any]]:
        """A record for each form, without lists in it. [dollars]"""
        return [
            one.to_dict() | {"agrees_with": " and ".join(one.agrees_with)} for one in self.forms
        ]

    def __repr__(self) -> str:
        found = ", ".join(
            f"{one.form.year} {one.form.box_7} {one.error.id if one.error else '-'}"
            for one in self.forms[:5]
        )
        return f"<Audit: {found}{', ...' if len(self.forms) > 5 else ''}>"


def audit(scenario: Scenario, form: Forms, year: int | None = None) -> Audit:
    """Is the Form 1099-R that was received right?

    Args:
        scenario: What went in (`deposits`, or pay) and what was converted (`conversions`).
        form: A YAML, JSON or CSV file of forms; or one form, or a list of them, as a dict with `year`,
            `box_1`, `box_2a`, `box_4`, `box_5`, `box_7` [dollars].
        year: Only the forms of this year.

    Raises:
        Refused: There are no conversions, no form of the year, or a form cannot be read.
        Mistakes: A file cannot be read, or more was converted than there was.
    """
    history = history_of(scenario)
    printed, warnings = received(form)
    years = sorted({one.year for one in printed})
    if year is not None and year not in years:
        raise Refused(f"{year}: there are forms for {', '.join(map(str, years))}", "year")
    try:
        rules = [one for rule in RULES if (one := history.followed(rule))]
    except MoreThanHeld as wrong:
        raise not_held(scenario, wrong.line, str(wrong)) from None
    check = _Check(scenario, history, rules)
    chosen = [one for one in _added_up(printed) if year in (None, one[0].year)]
    codes = {(one.year, one.box_7) for one, _ in chosen}
    forms = [check.audited(one, many, codes) for one, many in chosen]
    missing = check.missing(forms, [year] if year is not None else years)
    return Audit(scenario, tuple(forms), tuple(missing), tuple(warnings))


def _added_up(forms: Sequence[Received]) -> list[tuple[Received, int]]:
    """The forms by year and code, several of one added up, with how many there were."""
    groups: dict[tuple[int, str], list[Received]] = {}
    for one in forms:
        groups.setdefault((one.year, one.box_7), []).append(one)
    return [(_sum(groups[key]), len(groups[key])) for key in sorted(groups)]


def _sum(forms: Sequence[Received]) -> Received:
    """Several forms as one; a box is empty where it is in all of them."""
    boxes = {}
    for name in ("box_2a", "box_4", "box_5"):
        there = [cents for one in forms if (cents := getattr(one, name)) is not None]
        boxes[name] = sum(there) if there else None
    return forms[0]._replace(box_1=sum(one.box_1 for one in forms), **boxes)


@dataclass(frozen=True)
class _Check:
    """What the history comes to under each rule, for one form after another."""

    scenario: Scenario
    history: History
    rules: Sequence[Followed]

    def audited(self, form: Received, printed: int, codes: set[tuple[int, str]]) -> AuditedForm:
        """A form, checked."""
        year = form.year
        kind = self._kind(form, codes)
        expected = {one.rule: expected_form(one.distributions, year, kind) for one in self.rules}
        moved = [
            boxes for one in self.rules for boxes in moved_forms(one.distributions, year, kind)
        ]
        left = {one.rule: self._left(one, year) for one in self.rules}
        compared = Compared(form, kind, expected, moved, self._contributed(year))
        default = self.scenario.plan.basis_after_loss
        return AuditedForm(compared, printed, default, left, self._taxation(year))

    def _kind(self, form: Received, codes: set[tuple[int, str]]) -> str:
        """Which form of the year this one should be: that of its code, or one that has no other."""
        own = CASH if form.box_7 in PAID_OUT else form.box_7
        if own == CONVERSION or self._has(form.year, own):
            return own
        alone = (form.year, CONVERSION) not in codes
        return CONVERSION if alone and self._has(form.year, CONVERSION) else own

    def _has(self, year: int, form: str) -> bool:
        return any(one.form == form and one.day.year == year for one in self.rules[0].distributions)

    def _contributed(self, year: int) -> list[int]:
        """What may be called the contributions of a year: paid in, with last year's basis, less what stayed."""
        paid = sum(cents for day, cents in self.history.deposits if day.year == year)
        found = [paid]
        for one in self.rules:
            carried = self._left(one, year - 1)
            stays = one.inside.get(year, 0)
            found += [paid + carried, paid + carried - stays, paid - stays]
        return [cents for cents in dict.fromkeys(found) if cents > 0]

    def _left(self, followed: Followed, year: int) -> int:
        """The basis at a year's end under a rule. [cents]"""
        known = [one for one in followed.basis_left if one <= year]
        return followed.basis_left[max(known)] if known else self.history.opening[1]

    def _taxation(self, year: int) -> Taxation | None:
        """The taxes of a year, where they are known."""
        taxes = self.scenario.taxes
        if taxes is None:
            return None
        taxation = taxation_of(self.scenario, taxes, went_in(self.scenario))
        return None if not taxes.flat and taxation.why_not(year) else taxation

    def missing(
        self, forms: Sequence[AuditedForm], years: Sequence[int]
    ) -> Iterator[tuple[int, str, Expected]]:
        """What the history has of some years and no form was given for."""
        given = {(one.form.year, one.compared.kind) for one in forms}
        there = {(one.day.year, one.form) for one in self.rules[0].distributions}
        for year, kind in sorted(there - given):
            if year in years:
                yield year, kind, expected_form(self.rules[0].distributions, year, kind)
