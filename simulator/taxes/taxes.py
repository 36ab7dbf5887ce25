"""What a scenario says of taxes: flat rates, or a filing status and what is earned besides."""

from fractions import Fraction
from typing import Annotated

from pydantic import Field

from simulator.law.income_tax import STATUSES
from simulator.law.states import HELD, bracket_states, state_names
from simulator.notation.fields import Dollars, DollarsOrNone, Notation, Specification, share, whole
from simulator.notation.numbers import percent, read_dollars, read_share
from simulator.notation.wording import shown, suggestion, wrong

STANDARD = "standard"

RATE = share(0, 1)
STATE = "share, 0% to 100%; or a state's code, like CA"

Rate = Fraction | None
"""A flat rate; None where there is none."""


def _status(value: object) -> str:
    if value not in STATUSES:
        raise wrong(f"{shown(value)} is not a filing status{suggestion(value, STATUSES)}")
    return str(value)


def _state(value: object) -> Fraction | str:
    """A share, or the code of a state, whatever its case; its name is answered with its code."""
    names = state_names()
    text = value.strip() if isinstance(value, str) else ""
    if text.upper() in names:
        return text.upper()
    if text and not any(letter.isdigit() for letter in text):
        codes = {name.lower(): code for code, name in names.items()}
        code = codes.get(text.lower())
        hint = f"; did you mean {code}?" if code else _nearest(text, codes)
        raise wrong(f"{shown(value)} is no state{hint}")
    return read_share(value, Fraction(0), Fraction(1))


def _nearest(text: str, codes: dict[str, str]) -> str:
    """The hint at a state that is written nearly so."""
    lower = tuple(code.lower() for code in codes.values()) if len(text) <= 2 else tuple(codes)
    _, _, nearest = suggestion(text, lower).partition("did you mean '")
    word = nearest.partition("'")[0]
    if not word:
        return "; write a code like CA, or the marginal rate, like 5.75%"
    return f"; did you mean {codes.get(word, word.upper())}?"


def _deductions(value: object) -> int | str:
    return STANDARD if value == STANDARD else read_dollars(value)


def _written(value: Fraction | int | str) -> str:
    return percent(value) if isinstance(value, Fraction) else str(value)


def _dollars(value: int | str) -> str:
    return value if isinstance(value, str) else f"${value // 100}.{value % 100:02d}"


_CODES = {"enum": list(HELD)}
_AMOUNT = {
    "anyOf": [
        {"enum": [STANDARD]},
        {"type": "number", "minimum": 0},
        {"type": "string", "pattern": r"^\$?[\d_,]+(\.\d{1,2})?$"},
    ]
}


class Taxes(Specification):
    """Tax on the taxable earnings: at marginal rates, or with a filing status by the law's tables."""

    federal: Annotated[Rate, share(0, 1, none=True)] = Field(
        None, description="Federal rate, where no status is given."
    )
    state: Annotated[
        Fraction | str | None,
        Notation(_state, {"anyOf": [*RATE.schema["anyOf"], _CODES]}, True, _written, words=STATE),
    ] = Field(Fraction(0), description="State and local rate; or a state whose tax is worked out.")
    status: Annotated[
        str | None,
        Notation(
            _status,
            {"enum": list(STATUSES)},
            True,
            words=", ".join(f"`{status}`" for status in STATUSES),
        ),
    ] = Field(
        None, description="Filing status: the federal tax is worked out, with the fields below."
    )
    wages: DollarsOrNone = Field(
        None,
        description="Form W-2, box 1, before `adjustments`; default pay less pre-tax deferrals. [$ "
        "a year]",
    )
    adjustments: Dollars = Field(
        0, description="What is taken off wages before tax: HSA, health premiums, FSA. [$ a year]"
    )
    other_income: Dollars = Field(
        0, description="Other ordinary income: a spouse's wages, interest, business. [$ a year]"
    )
    investment_income: Dollars = Field(
        0, description="How much of other_income is net investment income. [$ a year]"
    )
    qualified_income: Dollars = Field(
        0,
        description="Qualified dividends and long-term gains, on top of other_income. [$ a year]",
    )
    deductions: Annotated[
        int | str, Notation(_deductions, _AMOUNT, written=_dollars, words="dollars; or `standard`")
    ] = Field(STANDARD, description="The standard deduction, or an amount in its place. [$ a year]")
    spouse_birth_year: Annotated[int | None, whole(1900, 2100, none=True)] = Field(
        None,
        description="With married-joint: from the year of the 65th birthday on more is deducted.",
    )
    growth: Annotated[Fraction, share(Fraction(-1, 2), 1)] = Field(
        Fraction(0),
        description="Of the dollar amounts here, each January 1 from the second year on, compounding.",
    )

    @property
    def rate(self) -> Fraction:
        """Both flat rates together."""
        state = self.state if isinstance(self.state, Fraction) else Fraction(0)
        return (self.federal or Fraction(0)) + state

    @property
    def flat(self) -> bool:
        """Whether both taxes are at flat rates: then they are rounded together, and not told apart."""
        return self.status is None and self.state_code is None

    @property
    def state_code(self) -> str | None:
        """The code of the state whose tax is worked out."""
        return self.state if isinstance(self.state, str) else None

    @property
    def by_brackets(self) -> bool:
        """Whether the state's tax depends on the whole income."""
        return self.state_code is not None and self.state_code in bracket_states()

    @property
    def unread(self) -> list[str]:
        """The fields that do nothing without a filing status and are given."""
        return [
            name
            for name, field in type(self).model_fields.items()
            if self.status is None
            and name not in ("federal", "state", "spouse_birth_year")
            and getattr(self, name) != field.default
        ]
