"""YAML, event by event: plain values, the place of each, and every mistake in a line of its own.

Scalars stay texts (true, false and null aside): what a text means is for the class that reads it, so that
`12%`, `1_500.50` and `2025-01-03` keep what was written. Tags, aliases and duplicate keys are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from simulator.notation.mistakes import Mistake, Mistakes, Path, Place, short
from simulator.notation.wording import NO_VALUE

LARGEST = 1 << 20

DEEPEST = 50

HALF_LETTER = "an escape here is half a letter; write the letter itself"

MOST_VALUES = 20_000
"""Values of a scenario file, at most: reading so many takes a second or two."""

LONG_TAG = re.compile(r"![-;/?:@&=+$,_.!~*'()\[\]%#<>\w]{300}", re.ASCII)
"""What the library would take the square of its length to read, only for it to be refused."""

UNCLOSED = {
    "flow sequence": "a bracket [ is not closed",
    "flow mapping": "a brace { is not closed",
    "flow node": "a bracket or a brace is not closed",
    "quoted scalar": "a quotation mark is not closed",
    "double-quoted scalar": "a quotation mark is not closed",
}
"""Why a text ends too early, by what the library was reading when it did."""

ENDS = ("<stream end>", "end of stream", r"'\x00'")
"""How the library calls the end of a text."""

PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass
class Contents:
    """What a text says: its values and where each was written.

    Attributes:
        source: The file's name, or what stands for it.
        data: Mappings, lists, texts, true, false and None.
        places: Where each value begins.
        keys: Where each key begins.
        mistakes: What is wrong so far: duplicate keys, aliases, tags.
    """

    source: str
    data: Any = None
    places: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def place(self, path: Path) -> Place:
        """Where a value is, or the nearest thing around it that is there."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.source, 1, 1))

    def key(self, path: Path) -> Place:
        """Where a key is; of a field within an assigned value where the assignment is."""
        return self.keys.get(path) or self.place(path)


def text_in(content: bytes, source: str) -> str:
    """The file's text. Raises `Mistakes` where it is too large, binary, or not UTF-8."""
    if len(content) > LARGEST:
        size = f"{len(content):,} bytes; a scenario has at most {LARGEST:,}"
        raise Mistakes([Mistake(Place(source), (), f"the file is too large: {size}")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        wrong = f"byte {error.start + 1} is not UTF-8; save the file as UTF-8"
        raise Mistakes([Mistake(Place(source, line, 1), (), wrong)]) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise Mistakes([Mistake(Place(source, line, 1), (), "a NUL byte; this is not a text file")])
    if found := LONG_TAG.search(text):
        place = Place(source, text[: found.start()].count("\n") + 1, 1)
        wrong = "! and hundreds of letters without a space; tags are not read here"
        raise Mistakes([Mistake(place, (), wrong)])
    return text


def fill(contents: Contents, text: str) -> None:
    """Reads what a text says into contents that are empty so far.

    Raises:
        Mistakes: It is no YAML of the kind that is taken here.
    """
    try:
        reader = _Reader(contents, YAML(typ="safe", pure=True).parse(text))
        contents.data = reader.read()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (
            Place(contents.source, mark.line + 1, mark.column + 1)
            if mark
            else Place(contents.source)
        )
        raise Mistakes(
            [*contents.mistakes, Mistake(place, (), f"not YAML: {_in_words(error)}")]
        ) from None
    except (YAMLError, ValueError) as error:
        if isinstance(error, Mistakes):
            raise
        wrong = f"not YAML: {str(error).splitlines()[0]}"
        raise Mistakes([*contents.mistakes, Mistake(Place(contents.source), (), wrong)]) from None


def _in_words(error: MarkedYAMLError) -> str:
    """What is no YAML, without the words that the library has for its own parts."""
    problem = str(error.problem)
    if any(end in problem for end in ENDS):
        within = str(error.context).removeprefix("while ").partition(" a ")[2]
        return "; ".join(filter(None, ("the text ends too early", UNCLOSED.get(within))))
    if behind := re.fullmatch(r"expected '<document start>', but found \('([^<>]+)',\)", problem):
        return f"'{behind[1]}' stands behind the end of the value"
    return problem


def has_half_letters(text: str) -> bool:
    """Whether an escape stands for a surrogate, which is no letter by itself and cannot be printed."""
    return any("\ud800" <= letter <= "\udfff" for letter in text)


def _scalar(event: Any) -> Any:
    """A text, or what a plain true, false or null means."""
    plain = event.style is None and event.implicit[0]
    return PLAIN.get(event.value, event.value) if plain else event.value


def _is_empty(event: Event) -> bool:
    """Whether nothing is written where a value belongs, not even quotes."""
    return isinstance(event, ScalarEvent) and event.start_mark.index == event.end_mark.index


class _Reader:
    """Turns the parser's events into values, and notes the place of each."""

    def __init__(self, into: Contents, events: Iterator[Event]) -> None:
        self._into = into
        self._events = events
        self._values = 0

    def read(self) -> Any:
        for event in self._events:
            if isinstance(event, ScalarEvent | MappingStartEvent | SequenceStartEvent | AliasEvent):
                value = self._value(event, ())
                self._expect_end()
                return value
            if isinstance(event, StreamEndEvent):
                break
        return None

    def _expect_end(self) -> None:
        for event in self._events:
            if not isinstance(event, DocumentEndEvent | StreamEndEvent):
                self._wrong(event, (), "a second document begins here; write one scenario a file")
                return

    def _value(self, event: Event, path: Path, key: Place | None = None) -> Any:
        """The value that an event begins. The parser marks an empty one where the next word stands."""
        self._into.places[path] = key if key and _is_empty(event) else self._place(event)
        self._values += 1
        if self._values > MOST_VALUES:
            wrong = f"over {MOST_VALUES:,} values; a scenario has at most so many"
            raise Mistakes([Mistake(self._place(event), (), wrong)])
        if len(path) > DEEPEST:
            self._wrong(event, (), f"nested over {DEEPEST} levels")
            raise Mistakes(self._into.mistakes)
        if isinstance(event, AliasEvent):
            self._wrong(event, path, "aliases are not read here; write the value out")
            return None
        if (tag := getattr(event, "tag", None)) is not None:
            tags = f"tags like {short(str(tag))}"
            self._wrong(event, path, f"{tags} are not read here; leave it out")
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return self._list(path)
        if has_half_letters(event.value):  # type: ignore[attr-defined]
            self._wrong(event, path, HALF_LETTER)
            return None
        if _is_empty(event):
            self._into.mistakes.append(Mistake(self._into.places[path], path, NO_VALUE))
        return _scalar(event)

    def _mapping(self, path: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        while not isinstance(event := next(self._events), MappingEndEvent):
            if isinstance(event, ScalarEvent):
                self._field(event, path, result)
                continue
            self._wrong(event, path, "a key must be a plain word")
            self._value(event, (*path, "?"))
            self._value(next(self._events), (*path, "?"))
        return result

    def _field(self, event: Event, path: Path, result: dict[str, Any]) -> None:
        """A key, which an event is, and its value."""
        key, place = str(event.value), self._place(event)  # type: ignore[attr-defined]
        below = (*path, key)
        if has_half_letters(key):
            self._wrong(event, path, HALF_LETTER)
            below = (*path, "?")
        elif key in result:
            first = self._into.keys[below].line
            elsewhere = f"; first in line {first}" * (first != place.line)
            self._wrong(event, below, f"the key stands twice{elsewhere}")
            below = (*path, f"{key} (again)")
        else:
            self._into.keys[below] = place
            result[key] = self._value(next(self._events), below, place)
            return
        self._value(next(self._events), below, place)

    def _list(self, path: Path) -> list[Any]:
        result: list[Any] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            result.append(self._value(event, (*path, len(result))))
        return result

    def _place(self, event: Event) -> Place:
        mark = event.start_mark
        return Place(self._into.source, mark.line + 1, mark.column + 1)

    def _wrong(self, event: Event, path: Path, message: str) -> None:
        self._into.mistakes.append(Mistake(self._place(event), path, message))
