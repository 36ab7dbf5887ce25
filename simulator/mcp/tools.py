"""The tools: what each is called, what it says of itself, what it asks and how it answers."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, NamedTuple

from simulator.mcp import answers, decided, looked_up
from simulator.mcp import asked as ask
from simulator.mcp.told import Answer
from simulator.notation.letters import visible
from simulator.refusal import Refused


class Tool(NamedTuple):
    """A tool.

    Attributes:
        words: What it answers, for those who choose among the tools.
        asks: Its arguments.
        answer: The call.
    """

    words: str
    asks: type[ask.Asked]
    answer: Callable[[Any], Answer]


TOOLS = {
    "check": Tool(
        "Is a scenario sound, whom does the mega backdoor Roth suit, what to ask the plan? All mistakes of a "
        "scenario at once, each with its field. Ask this first.",
        ask.Question,
        answers.check,
    ),
    "compare": Tool(
        "Every conversion policy side by side: the verdict (which is best, by which measure, what it saves "
        "and against what), what goes in, Form 1099-R boxes, tax, balances.",
        ask.Comparing,
        answers.compared,
    ),
    "payroll": Tool(
        "Paycheck by paycheck: what goes in, the room left, which limit clipped what.",
        ask.Paying,
        answers.payroll,
    ),
    "form": Tool(
        "The Form 1099-R of each year, and lines 5a and 5b of Form 1040.", ask.Filing, answers.form
    ),
    "sweep": Tool(
        "What one policy comes to while its delay, or a field, or two fields vary.",
        ask.Sweeping,
        decided.sweep,
    ),
    "best": Tool(
        "The dates on which to convert, under the plan's own rules.", ask.Seeking, decided.best
    ),
    "elect": Tool("The percentages to enter on the plan's website.", ask.Electing, decided.elect),
    "audit": Tool(
        "Is a Form 1099-R that came right? The boxes that it should have, and the known error that fits.",
        ask.Auditing,
        decided.audit,
    ),
    "remind": Tool("What to do on which day under a policy.", ask.OfPolicy, answers.remind),
    "limits": Tool(
        "The IRS limits and income tax tables by year with their notices; null where none is published.",
        ask.Limiting,
        looked_up.limits,
    ),
    "schema": Tool(
        "The fields of a scenario file, of all of it or of a part: names, units, bounds, defaults.",
        ask.Describing,
        looked_up.schema,
    ),
    "explain": Tool(
        "Why a figure is what it is: the ledger of one policy on one path, every posting.",
        ask.Explaining,
        answers.explain,
    ),
}
"""Every tool by its name."""


def answered(name: str, arguments: object) -> Answer:
    """What a tool answers.

    Args:
        name: Its name.
        arguments: What it is asked.

    Raises:
        Refused: There is no such tool, or the question cannot be answered as it stands.
    """
    if name not in TOOLS:
        near = get_close_matches(name, TOOLS, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise Refused(f"'{visible(name)}' is no tool; {hint}There are {', '.join(TOOLS)}")
    tool = TOOLS[name]
    return tool.answer(ask.asked(tool.asks, arguments))
