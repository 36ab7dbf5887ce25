"""What a call of the library takes: another kind of value is refused with what makes the right one."""

from __future__ import annotations

from pathlib import PurePath

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
    what = shown(str(given)) if named else f"a value of type {type(given).__name__}"
    made = MADE.get(kinds[0].__name__, LOADED).format(file=shown(str(given)) if named else "FILE")
    own = ", whose .scenario is one" if made.startswith("simulator.load") else ""
    own = own if hasattr(given, "scenario") else ""
    names = [kind.__name__ for kind in kinds]
    taken = " or ".join(f"{'an' if name[0] in 'AEIOU' else 'a'} {name}" for name in names)
    raise NotTaken(visible(f"{call} takes {taken}, not {what}{own}; write {made} in its place"))
