"""What a sentence says to who wrote the file, said to a client: fields by what they mean, days in words."""

import re
from collections.abc import Mapping
from datetime import date

from simulator.report.page.dates import in_words

SENTENCES: Mapping[str, str] = {
    "; where the plan pays after-tax money back instead, write plan.excess: after-tax": (
        "; some plans pay after-tax money back instead"
    ),
    ": plan.also_annual_additions": "",
    "; if a pay stub of this plan says it, write so_far, with match and after-tax money": "",
    "; of a sole owner's profit write pay.self_employment": (
        "; a sole owner's profit counts otherwise"
    ),
    "; plan.paycheck_cap or a lower election keeps more of it": (
        "; a lower election keeps more of it"
    ),
    ": write it into next year's plan.opening": "",
    "of so_far.after_tax is neither in plan.opening, nor in_transit, nor converted so far": (
        "of after-tax contributions so far is neither in the account, nor on its way, nor converted"
    ),
    "(assumed: the file has a birth year only)": "(assumed: only the birth year is known)",
    "; limits.inflation (for example 2.5%) projects it": "",
    ": taxes.state names no state and no rate": "",
    "belongs in taxes.other_income, what benefits take off in taxes.adjustments": (
        "comes on top, what benefits take off is not counted unless it was given"
    ),
    "with lognormal, which moves, waiting": "where it moves, waiting",
    "on one path of twenty": "in one possible future of twenty",
    "Means over the paths": "On average over the possible futures",
    "your form has one path": "your form tells of the one that comes",
    "of it path by path": "of it in each possible future",
    "Exact distribution, no paths; percentiles too.": "The distribution is exact.",
    "; returns: {model: history, prices: FILE.csv} with the fund's own prices weighs it": (
        "; with the fund's own prices it can be"
    ),
}
"""Parts of sentences that tell how to change the file, and what a client reads in their place."""

FIELDS: Mapping[str, str] = {
    "pay.rounding": "rounding on the pay stub",
    "plan.deposit_lag": "bank days until money lands",
    "plan.basis_after_loss": "basis after a loss",
    "returns.model": "how the fund moves",
    "returns.annual_return": "growth of the fund a year",
    "returns.volatility": "how much the fund swings",
    "taxes": "tax rates",
}
"""Fields that a file left open, by what they mean."""

_PATHS = re.compile(r"([\d,]+) (\S+(?: and \S+)*) paths, seed (\d+)")
_ASSUMED = re.compile(r"Assumed ([a-z_.]+): ")
_DAY = re.compile(r"(?<![\w-])(\d{4})-(\d\d)-(\d\d)(?![\w-])")


def to_client(words: str) -> str:
    """A sentence as a client reads it."""
    for written, said in SENTENCES.items():
        words = words.replace(written, said)
    words = _PATHS.sub(r"\1 possible futures (\2, seed \3)", words)
    words = _ASSUMED.sub(lambda match: f"Assumed, {FIELDS.get(match[1], match[1])}: ", words)
    return _DAY.sub(_in_words, words)


def _in_words(day: re.Match[str]) -> str:
    """`2025-01-03` as `Jan 3, 2025`; what is no day stays."""
    try:
        return in_words(date(*map(int, day.groups())))
    except ValueError:
        return day[0]
