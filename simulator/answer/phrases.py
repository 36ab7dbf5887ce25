"""What every answer says alike: policies and amounts in sentences, and texts on one line."""

from collections.abc import Callable, Mapping

from simulator.answer.statistics import Estimate
from simulator.conversion.amounts import is_unknown
from simulator.conversion.policy import Policy
from simulator.notation.letters import plain

DIME, DOLLAR = 10, 100
"""[cents]"""

Written = Callable[[float, float], str]
"""How an amount with its standard error is written: `money`, or `whole_dollars` in a headline. [cents]"""

LONGEST_NAME = 40
"""Letters of a label in a title."""


def one_line(words: str) -> str:
    """A text on one line, without letters that would steer what shows it."""
    return " ".join(plain(words).split())


def subject(policy: Policy, by_name: bool = False) -> str:
    """A policy at the head of a sentence: `Converting at the year's end`."""
    if by_name or policy.label is not None:
        return quoted(policy.name)
    return "Never converting" if policy.cadence == "never" else f"Converting {policy.words}"


def compared(policy: Policy, by_name: bool = False) -> str:
    """A policy after `than`: `at the year's end`."""
    return quoted(policy.name) if by_name or policy.label is not None else policy.words


def named(policy: Policy) -> str:
    """A policy in a list: a label of its own stands in quotation marks, as it may hold a comma."""
    return policy.name if policy.label is None else quoted(policy.name)


def quoted(label: str) -> str:
    """A label in quotation marks, shortened."""
    return f"“{shortened(label)}”"


def shortened(label: str) -> str:
    """A label with no more letters than a title has room for."""
    line = one_line(label)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"


def capital(words: str) -> str:
    """Words as a sentence begins: the first letter a capital, the others as they are."""
    return words[0].upper() + words[1:]


def lower(words: str) -> str:
    """Words within a sentence: the first letter small, the others as they are."""
    return words[0].lower() + words[1:]


def paragraph(*parts: str) -> str:
    """Sentences on one line, each with its full stop."""
    return one_line(" ".join(f"{part.rstrip('.')}." for part in parts if part))


def behind(value: str, untaxed: str) -> str:
    """What stays in the subaccount for good, after `leaves`."""
    return f"{value} behind, {untaxed} of it earnings not yet taxed"


def basis_lost(policy: str, cents: float) -> str:
    """What the plan's rule takes of the basis after a loss."""
    return f"{policy}: a loss takes {money(cents)} of the already taxed part (basis), by the plan's rule."


def average(paths: int) -> str:
    """What follows an amount that is a mean, over many paths or without any."""
    return " on average" if paths != 1 else ""


def money(cents: float, error: float = 0.0) -> str:
    """An amount in a sentence: `$709.49`; an estimate with the digits that its error supports: `$1,171`.

    Cents are written whole or not at all. A balance on a day without a price is not known.
    """
    if is_unknown(cents):
        return "an unknown amount"
    tenths = DIME <= error < DOLLAR
    return f"${Estimate(cents, DOLLAR if tenths else error)}".replace("$-", "-$")


def whole_dollars(cents: float, error: float = 0.0) -> str:
    """An amount in a headline: `$709`; one that would be written as nothing is `less than $1`."""
    if not is_unknown(cents) and 0 < abs(cents) < DOLLAR / 2:
        return "less than $1"
    return money(cents, max(error, DOLLAR))


def estimate(statistics: Mapping[str, float]) -> str:
    """A mean in a sentence, with the digits that its error supports, of its statistics. [dollars]"""
    return money(statistics["mean"] * 100, statistics["se"] * 100)
