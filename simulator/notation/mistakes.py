"""What is wrong in a file: where, in which field, and what to write instead."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Self

from simulator.notation.letters import visible
from simulator.refusal import Refused

SHOWN = 20
"""Mistakes that are shown of many."""

LONGEST_MESSAGE = 1_000
"""Letters that are shown of a message, in which something of the file may stand."""

Path = tuple[str | int, ...]
"""Keys and list places from the top of a document down to a value."""


class Argument(str):
    """The name of a call's argument in place of a file's, and what follows it: `vary pay.salary`."""

    __slots__ = ()

    def called(self, names: Mapping[str, str]) -> Self:
        """The same with another name, where there is one: `--vary pay.salary`."""
        name, space, rest = self.partition(" ")
        return type(self)(names.get(name, name) + space + rest)


class Place(NamedTuple):
    """Where something was written: `emily.yaml:3:5`, or the option or argument that set it."""

    source: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.source}:{self.line}:{self.column}" if self.line else self.source


class Mistake(NamedTuple):
    """One thing that is wrong in a file: where, in which field, and what to write instead."""

    place: Place
    path: Path
    message: str

    def called(self, names: Mapping[str, str]) -> "Mistake":
        """The same with another name of the argument that it was written in, where it is one."""
        source = self.place.source
        if not isinstance(source, Argument):
            return self
        return self._replace(place=self.place._replace(source=source.called(names)))

    def __str__(self) -> str:
        message, field = short(self.message, LONGEST_MESSAGE), dotted(self.path)
        named = self.place.source.rpartition(" ")[2].replace("__", ".")
        if not self.place.line and named == field:
            field = ""  # `--set pay.salary` or `pay__salary` says it
        return visible(": ".join(filter(None, (str(self.place), field, message))))


class Mistakes(Refused):
    """Everything that is wrong in a file, in the order of the file; as a text the first lines of it.

    Args:
        mistakes: What is wrong.
        more: How many others of the kind there are, of which nothing was kept.
    """

    def __init__(self, mistakes: Iterable[Mistake], more: int = 0):
        self.mistakes = sorted(dict.fromkeys(mistakes), key=lambda mistake: mistake.place[1:])
        self.more = more
        super().__init__(few_lines(self.mistakes, more))

    def __reduce__(self) -> tuple[Any, ...]:
        """How it comes from one process to another: its text alone would not make another one."""
        return Mistakes, (self.mistakes, self.more)

    def called(self, names: Mapping[str, str]) -> "Mistakes":
        """The same, with other names of the call's arguments: by which options they were given.

        Args:
            names: Options by the arguments' names.
        """
        return Mistakes((one.called(names) for one in self.mistakes), self.more)


def few_lines(lines: Sequence[object], more: int = 0) -> str:
    """The first of many lines, and how many there are beyond them: `and 299,980 more`.

    Args:
        lines: What the lines say.
        more: How many others there are, which are not among them.
    """
    beyond = len(lines) - SHOWN + more
    rest = [f"and {beyond:,} more"] if beyond > 0 else []
    return "\n".join([*map(str, lines[:SHOWN]), *rest])


def dotted(path: Path) -> str:
    """A path as it is written on the command line: `plan.match.0.rate`."""
    return ".".join(short(str(part)) for part in path)


def as_keys(path: Path) -> Path:
    """A path with list places of their own, where it has them in brackets: `events[0].date`."""
    return tuple(
        part
        for key in path
        for part in (
            (key.partition("[")[0], int(key[key.index("[") + 1 : -1]))
            if isinstance(key, str) and key.endswith("]") and "[" in key
            else (key,)
        )
    )


def short(words: str, most: int = 60) -> str:
    """Words that a line has room for: nothing of a file makes a message longer than a screen."""
    return words if len(words) <= most else f"{words[: most - 3]}..."
