"""What the columns of a table of people may be called: each becomes one of the results."""

from __future__ import annotations

from collections.abc import Sequence

from simulator.batches.job import is_kept
from simulator.batches.people_row import kept_name
from simulator.notation.letters import visible
from simulator.notation.yaml_document import is_field
from simulator.readers.people import KEPT, PersonColumn
from simulator.readers.written import Asked, column_said

QUOTES = set('"\\')
"""What no name has."""


def name_fault(written: Sequence[PersonColumn], place: int, asked: Asked) -> str:
    """What is wrong with the name of the column at a place, where something is."""
    name = kept_name(written[place])
    if not name.isprintable() or set(name) & QUOTES:
        return f"{place + 1}: the name of column {place + 1} is not plain text without quotes"
    if not name or (not is_kept(name) and not is_field(name)):
        return (
            f"{place + 1}: '{written[place].name}' is no field; write one like pay.salary, or {KEPT} and "
            "any name"
        )
    for earlier in written[:place]:
        if kept_name(earlier) == name:
            if earlier.name == written[place].name:
                return f"{place + 1}: the column '{name}' stands twice"
            both = f"the columns '{visible(earlier.name)}' and '{visible(written[place].name)}'"
            said = column_said(asked, "", f"{KEPT}other", earlier.name)
            hint = f"give one of them another name, like {said}"
            return f"{place + 1}: {both} are both {name}; {hint}"
    return ""
