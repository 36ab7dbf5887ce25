"""What an audit of Forms 1099-R finds: each form beside what it should be, and the lines to file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.answer.frames import frame_of
from simulator.conversion.expected_forms import Expected
from simulator.conversion.made import Rule
from simulator.decisions.issuer import Compared, near
from simulator.decisions.received import Received
from simulator.law.issuer_errors import IssuerError, issuer_errors
from simulator.money import half_up_to_dollars, in_dollars
from simulator.notation.letters import plain_lines
from simulator.scenario.scenario import Scenario
from simulator.taxes.taxation import Taxation

if TYPE_CHECKING:
    import pandas as pd


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
                f"{in_dollars(self.sent_on)} of earnings went to a traditional IRA. Where tax software takes "
                "one destination for a form, enter it as two: the part to Roth with its Boxes 2a and 5, and "
                "the rest with Box 2a $0.00 and Box 5 empty."
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
                told.append(f"{name} is empty, {in_dollars(right)} is expected")
            elif not near(printed, right):
                much = in_dollars(abs(printed - right))
                way = "above" if printed > right else "below"
                told.append(f"{name} is {much} {way} the expected {in_dollars(right)}")
        if not self.compared.right_code:
            told.append(f"The code is {self.form.box_7}, not {self.compared.kind}")
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

    def to_frame(self) -> pd.DataFrame:
        """A data frame with one row for each form: boxes as received and, by rule, as expected. [dollars]"""
        return frame_of(self.records())

    def _repr_html_(self) -> str:
        return plain_lines(self.to_frame().to_html(float_format="{:,.2f}".format))

    def __repr__(self) -> str:
        found = ", ".join(
            f"{one.form.year} {one.form.box_7} {one.error.id if one.error else '-'}"
            for one in self.forms[:5]
        )
        return f"<Audit: {found}{', ...' if len(self.forms) > 5 else ''}>"
