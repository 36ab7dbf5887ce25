"""Stand-ins for what is wrong in a file, so that one reading finds the contradictions of the rest too."""

from copy import deepcopy
from typing import Any

from simulator.notation.mistakes import Path as Where

STAND_INS: dict[str, Any] = {
    "name": "?",
    "years": "2025",
    "birth_year": "1900",
    "salary": "1",
    "frequency": "monthly",
    "amount": "1",
    "date": "2025-01-02",
    "from": "2025-01-02",
    "through": "2025-01-02",
    "gross": "0",
    "rate": "0%",
    "share": "0%",
    "service": "15",
    "profit": "1",
    "cadence": "never",
    "model": "lognormal",
    "outside_return": "0%",
}
"""What stands for a faulty required field, so that the rules that do not read it can still be tried."""


EVENT = {"kind": "withdrawal", "date": "2025-01-02", "amount": "all"}
"""What stands for an event with a faulty field; rules on events are not tried then."""


def without(data: Any, faulty: list[Where]) -> Any:
    """A copy of a document without its faulty fields; those that are required get a stand-in."""
    result = deepcopy(data)
    for path in sorted(faulty, key=len, reverse=True):
        if path[:1] == ("events",) and len(path) > 1:
            result["events"][path[1]] = EVENT
            continue
        if (
            path[-1] == "file" and len(path) > 1
        ):  # a file that is named goes with what its columns are called
            path = path[:-1]
        *above, last = path
        node = result
        for part in above:
            node = node[part] if not isinstance(node, dict) else node.get(part, {})
        if last in STAND_INS:
            node[last] = STAND_INS[str(last)]
        elif above == ["policies"]:
            node[last] = {"cadence": "never", "label": f"policy {last}"}
        elif isinstance(node, dict):
            node.pop(last, None)
    return result
