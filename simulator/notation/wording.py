"""How a mistake is worded: what was written, quoted, and the nearest right word."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from simulator.notation.letters import visible

if TYPE_CHECKING:
    from pydantic_core import PydanticCustomError

NO_VALUE = "has no value; write one, or leave the line out"


def wrong(message: str) -> PydanticCustomError:
    """A mistake in a file, worded for the person who wrote it; pydantic takes no half of a letter."""
    from pydantic_core import PydanticCustomError

    return PydanticCustomError("notation", "{message}", {"message": visible(message)})


def suggestion(written: object, known: tuple[str, ...]) -> str:
    """The hint at the nearest known word, and all of them: `did you mean 'monthly'? (weekly, ...)`."""
    return f"{meant(written, known)} ({', '.join(known)})"


def meant(written: object, known: tuple[str, ...]) -> str:
    """The hint at the nearest known word; empty where none is near."""
    nearest = get_close_matches(str(written).lower(), known, n=1, cutoff=0.5)
    return f"; did you mean '{nearest[0]}'?" if nearest else ""


def shown(value: object) -> str:
    """What was written, quoted and not too long."""
    text = visible(_as_written(value))
    return f"'{text if len(text) <= 40 else text[:37] + '...'}'"


def _as_written(value: object) -> str:
    """A value as a file has it: `{from: 2025-01-03}`, `[1, null]`, `true`."""
    if isinstance(value, dict):
        fields = (f"{key}: {_as_written(below)}" for key, below in value.items())
        return "{" + ", ".join(fields) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_as_written, value)) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    return "null" if value is None else str(value)
