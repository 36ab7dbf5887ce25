"""What a call of the library takes: another kind of value is refused with what makes the right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from numbers import Integral
from os import PathLike
from pathlib import PurePath
from typing import Any

from simulator.notation.letters import visible
from simulator.notation.wording import shown
from simulator.refusal import Refused

LOADED = "simulator.load({file})"
MADE = {
    "Comparison": f"simulator.compare({LOADED})",
    "Sweep": f"simulator.sweep({LOADED}, delay=range(0, 61, 5))",
    "Audit": f"simulator.audit({LOADED}, 'form.yaml')",
}
"""How the kinds are made that are not loaded, from the name of a scenario file."""


class NotTaken(Refused, TypeError):
    """A call was given a value of a kind that it does not take: which call makes one that it does."""


def demand_kind(call: str, given: object, *kinds: type) -> None:
    """Raises `NotTaken` where a value is of no kind that a call takes.

    Args:
        call: The call, like `compare`.
        given: The value.
        kinds: What it takes, the simplest to make first.
    """
    if isinstance(given, kinds):
        return
    named = isinstance(given, str | PurePath)
    what = shown(str(given)) if named else _kind(given)
    made = MADE.get(kinds[0].__name__, LOADED).format(file=shown(str(given)) if named else "FILE")
    own = ", whose .scenario is one" if made.startswith("simulator.load") else ""
    own = own if hasattr(given, "scenario") else ""
    names = [kind.__name__ for kind in kinds]
    taken = " or ".join(f"{'an' if name[0] in 'AEIOU' else 'a'} {name}" for name in names)
    raise NotTaken(visible(f"{call} takes {taken}, not {what}{own}; write {made} in its place"))


def demand_name(call: str, given: object, what: str, example: str) -> None:
    """Raises `NotTaken` where a value is no name of a file or a folder.

    Args:
        call: The call, like `load`.
        given: The value.
        what: What it should name.
        example: The call as it may be written.
    """
    if not isinstance(given, str | PathLike) or given == "":
        taken = f"{call} takes the name of {what}, not {_kind(given)}"
        raise NotTaken(visible(f"{taken}; write {example}"))


def one_or_several(call: str, given: Any, kind: type, example: str) -> list[Any]:
    """Names of files and folders, and values of a kind, of which a call takes one or several.

    Args:
        call: The call, like `batch`.
        given: One of them, or several.
        kind: The kind.
        example: The call as it may be written.

    Raises:
        NotTaken: It is neither, or one among them is.
    """
    taken = (str, PathLike, kind)
    if isinstance(given, taken):
        return [given]
    several = isinstance(given, Iterable) and not isinstance(given, bytes | Mapping)
    an_answer = hasattr(given, "scenario")  # which goes through the names of its policies
    if several and not an_answer:
        many = list(given)
        wrong = [one for one in many if not isinstance(one, taken)]
        if not wrong:
            return many
        given = wrong[0]
    words = f"{call} takes files, folders and {kind.__name__}s, not {_kind(given)}"
    raise NotTaken(visible(f"{words}; write {example}"))


def texts(argument: str, given: Any, example: str) -> tuple[str, ...]:
    """The texts of an argument that takes several, or one.

    Args:
        argument: Its name, like `settings`.
        given: Its value.
        example: A text that it takes.

    Raises:
        NotTaken: It is neither.
    """
    if isinstance(given, str):
        return (given,)
    many = tuple(given) if isinstance(given, Iterable) else (given,)
    if all(isinstance(one, str) for one in many):
        return many
    raise NotTaken(f"{argument} takes texts, not {_kind(given)}; write {argument}=[{example!r}]")


def pairs_of(argument: str, given: Any, example: str) -> tuple[tuple[str, Any], ...]:
    """The pairs of an argument that takes a dict, or nothing; raises `NotTaken` where it is neither."""
    if given is None:
        return ()
    if not isinstance(given, Mapping):
        raise NotTaken(f"{argument} takes a dict, not {_kind(given)}; write {argument}={example}")
    return tuple(given.items())


def text_pairs(argument: str, given: Any, example: str) -> tuple[tuple[str, str], ...]:
    """The same where texts stand for texts; raises `NotTaken` where something else does."""
    pairs = pairs_of(argument, given, example)
    if wrong := next((one for pair in pairs for one in pair if not isinstance(one, str)), None):
        raise NotTaken(f"{argument} takes texts, not {_kind(wrong)}; write {argument}={example}")
    return pairs


def _kind(value: object) -> str:
    """What a value is, in words."""
    empty = isinstance(value, str) and not value
    return "an empty text" if empty else f"a value of type {type(value).__name__}"


def demand_flag(argument: str, given: object) -> None:
    """Raises `NotTaken` where an argument is neither true nor false, of Python or of numpy."""
    if type(given).__name__ not in ("bool", "bool_"):
        raise NotTaken(f"{argument} takes True or False, not {_kind(given)}")


def demand_progress(given: object) -> None:
    """Raises `NotTaken` where `progress` is nothing that can be told how far the work is."""
    if given is not None and not callable(given):
        wrong = f"progress takes a function, not {_kind(given)}"
        raise NotTaken(f"{wrong}; write progress=print, or one of your own")


def demand_whole(argument: str, value: object, least: int, most: int, of: str) -> None:
    """Raises `Refused` where an argument is no whole number between two.

    Args:
        argument: Its name.
        value: Its value.
        least: The least that it may be.
        most: The most.
        of: What is counted, like `sessions`.
    """
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not (whole and least <= value <= most):  # type: ignore[operator]
        given = f"{value:,} is not" if whole else f"{shown(value)} is not a whole number"
        raise Refused(f"{given} from {least} to {most:,}; write {of}", argument)
