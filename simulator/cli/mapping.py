"""What `--map` and `--where` say: names of columns and what they are, values of which rows are taken."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from simulator.notation.letters import visible
from simulator.refusal import Refused


def mapping(written: Iterable[str]) -> dict[str, str]:
    """Names of columns, and what each is.

    Args:
        written: Pairs like `Annual Salary=pay.salary`, and names of YAML files that have such lines.

    Raises:
        Refused: One of them is neither.
    """
    pairs: dict[str, str] = {}
    for one in written:
        column, equals, thing = one.rpartition("=")
        if not equals:
            pairs |= _in_file(Path(one))
        elif not column.strip() or not thing.strip():
            example = '--map "Annual Salary=pay.salary"'
            raise Refused(f"--map {visible(one)}: write it like {example}")
        else:
            pairs[column.strip()] = thing.strip()
    return pairs


def filters(written: Iterable[str]) -> dict[str, list[str]]:
    """Columns, and the values of each of which rows are taken.

    Args:
        written: Pairs like `Transaction Type=Contributions`; those of one column are taken together.

    Raises:
        Refused: One of them is none.
    """
    values: dict[str, list[str]] = {}
    for one in written:
        column, equals, value = one.partition("=")
        if not equals or not column.strip():
            example = '--where "Transaction Type=Contributions"'
            raise Refused(f"--where {visible(one)}: write it like {example}")
        values.setdefault(column.strip(), []).append(value.strip())
    return values


def _in_file(file: Path) -> dict[str, str]:
    """The pairs of a YAML file, a line each: `Annual Salary: pay.salary`."""
    from simulator.files.opened import Unreadable, content
    from simulator.notation.mistakes import Mistakes
    from simulator.notation.yaml_document import document
    from simulator.notation.yaml_reader import LARGEST

    shown = visible(str(file))
    try:
        read = document(content(file, LARGEST, "a mapping"), str(file))
    except Unreadable as why:
        hint = "write --map COLUMN=FIELD, or name a YAML file of such lines"
        raise Refused(f"--map {shown}: cannot be read: {why}; {hint}") from None
    if read.mistakes:
        raise Mistakes(read.mistakes)
    pairs = read.data
    if not isinstance(pairs, dict) or not all(isinstance(one, str) for one in pairs.values()):
        raise Refused(f"--map {shown}: is no list of lines like Annual Salary: pay.salary")
    return pairs
