"""Names of files that a page speaks of: plain ones, which lead nowhere but down."""

from pathlib import PurePosixPath

from simulator.notation.letters import visible
from simulator.notation.wording import shown
from simulator.refusal import Refused

LONGEST, DEEPEST = 200, 6
"""Letters of a name, and folders that it leads down."""

SCENARIOS = (".yaml", ".yml")
"""How the name of a scenario file ends."""


LIKE = "like mine.yaml"


class NoName(Refused):
    """A name was given that no file is looked for under."""


def plain_name(name: str, like: str = "data/prices.csv") -> PurePosixPath:
    """A file's name with the folders before it, as the scenario writes it: `data/prices.csv`.

    Args:
        name: The name.
        like: What one looks like, for whoever has to write another.

    Raises:
        NoName: It begins at the root, leads upwards or to another machine, is hidden, or cannot be shown.
    """
    parts = name.split("/")
    plain = (
        len(name) <= LONGEST
        and len(parts) <= DEEPEST
        and visible(name) == name
        and not any(letter in name for letter in '\\:*?"<>|')
        and not any(part.startswith(".") or part != part.strip() or not part for part in parts)
    )
    if not plain:
        raise NoName(f"{shown(name)} is no plain name of a file; write one like {like}")
    return PurePosixPath(name)


def scenario_name(name: str) -> str:
    """The name of a scenario file in a folder, without folders before it.

    Raises:
        NoName: It is no such name.
    """
    if "/" in name:
        raise NoName(f"{shown(name)} leads into another folder; write a name without /, {LIKE}")
    if not name.lower().endswith(SCENARIOS):
        raise NoName(f"{shown(name)} is no name of a scenario file; write one {LIKE}")
    return str(plain_name(name, "mine.yaml"))
