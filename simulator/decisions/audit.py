"""Is a Form 1099-R right? The boxes that should be printed, beside those that are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from numbers import Integral

from simulator.conversion.as_made import Followed, History, MoreThanHeld
from simulator.conversion.expected_forms import Expected, expected_form, moved_forms
from simulator.conversion.made import CASH, CONVERSION, RULES
from simulator.decisions.audited import Audit, AuditedForm
from simulator.decisions.issuer import Compared
from simulator.decisions.received import Forms, Received, received
from simulator.notation.letters import visible
from simulator.notation.taken import demand_kind
from simulator.refusal import Refused
from simulator.scenario.contributed import went_in
from simulator.scenario.converted import history_of, not_held
from simulator.scenario.scenario import Scenario
from simulator.scenario.taxed import taxation_of
from simulator.taxes.taxation import Taxation

PAID_OUT = ("1", "2", "7")
"""Codes of money that was paid to the participant."""


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
    demand_kind("audit", scenario, Scenario)
    history = history_of(scenario)
    printed, warnings = received(form)
    years = sorted({one.year for one in printed})
    if year is not None and not (isinstance(year, Integral) and year in years):
        known = ", ".join(map(str, years))
        raise Refused(f"{visible(str(year))}: there are forms for {known}", "year")
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
    told = next((one for one in forms if one.plan_value is not None), forms[0])
    return told._replace(
        box_1=sum(one.box_1 for one in forms),
        box_2a=_sum_of(one.box_2a for one in forms),
        box_4=_sum_of(one.box_4 for one in forms),
        box_5=_sum_of(one.box_5 for one in forms),
    )


def _sum_of(boxes: Iterable[int | None]) -> int | None:
    there = [cents for cents in boxes if cents is not None]
    return sum(there) if there else None


@dataclass(frozen=True)
class _Check:
    """What the history comes to under each rule, for one form after another."""

    scenario: Scenario
    history: History
    rules: Sequence[Followed]
    known: dict[tuple[int, str], list[Expected]] = field(default_factory=dict)

    def audited(self, form: Received, printed: int, codes: set[tuple[int, str]]) -> AuditedForm:
        """A form, checked."""
        year = form.year
        kind = self._kind(form, codes)
        expected = {one.rule: expected_form(one.distributions, year, kind) for one in self.rules}
        left = {one.rule: self._left(one, year) for one in self.rules}
        compared = Compared(form, kind, expected, self._moved(year, kind), self._contributed(year))
        default = self.scenario.plan.basis_after_loss
        return AuditedForm(compared, printed, default, left, self._taxation(year))

    def _moved(self, year: int, kind: str) -> list[Expected]:
        """A year's forms where conversions at a turn of the year count in the other one; worked out once."""
        if (year, kind) not in self.known:
            forms = (moved_forms(one.distributions, year, kind) for one in self.rules)
            self.known[year, kind] = list(dict.fromkeys(chain.from_iterable(forms)))
        return self.known[year, kind]

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
        """What may be called a year's contributions: paid in, with last year's basis, less what stayed."""
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
