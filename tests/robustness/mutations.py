"""Shipped files with some changes: of a scenario's tree, of its text, of a CSV's cells; as bytes."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from simulator.notation.yaml_document import document
from tests.robustness.hostile_values import (
    FIELDS,
    FUND,
    KEYS,
    PEOPLE,
    REPLAY,
    Plain,
    alike,
    dates,
    fitting,
    misspelt,
    names,
    numbers,
    scalars,
    shares,
    texts,
    years,
)

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FEW = st.sampled_from((1, 1, 1, 1, 2, 3))
"""How many changes: what has one often gets through, and shows more than a line of refusal."""

Place = tuple[int, ...]
"""Where a node of a tree stands: which pair or entry at each level."""


@dataclass
class Mapping:
    """A mapping of YAML; it can name a key twice."""

    pairs: list[tuple[str, Any]]


def _tree(value: Any) -> Any:
    """A document's value as a tree that can be changed."""
    if isinstance(value, dict):
        return Mapping([(key, _tree(below)) for key, below in value.items()])
    if isinstance(value, list):
        return list(map(_tree, value))
    return Plain(value) if isinstance(value, str) else value


def _shipped(file: Path) -> bytes:
    """A shipped scenario without its notes, its files in its own folder, its paths few.

    Its limits are projected, so that other years are not refused for want of them.
    """
    text = file.read_text(encoding="utf-8")
    text = text.replace("data/invented-fund.csv", FUND).replace("data/deposits-2025.csv", REPLAY)
    text = re.sub(r"(?m)^notes: >-\n(  .*\n)+", "", text)
    text += "" if "\nlimits:" in text else "limits: {inflation: 2.5%}\n"
    return re.sub(r"paths: [\d_]+", "paths: 16", text).encode()


SHIPPED = {file.name: _shipped(file) for file in sorted(SCENARIOS.glob("*.yaml"))}
TREES = {name: _tree(document(content, name).data) for name, content in SHIPPED.items()}
DATA = {
    FUND: (SCENARIOS / "data" / "invented-fund.csv").read_bytes(),
    REPLAY: (SCENARIOS / "data" / "deposits-2025.csv").read_bytes(),
    PEOPLE: (SCENARIOS / "data" / "people.csv").read_bytes(),
}
EMPTY = [Mapping([]), [], [[]], [None], Mapping([("a", None)]), Mapping([("", "")]), [Mapping([])]]
SIGNS = re.compile(r"[\[\]{},#:&*!|>'\"%@`\n\r]|^[-?] |^\s|\s$|^$")
"""What a plain scalar cannot have everywhere."""


def written(node: Any) -> str:
    """A tree as YAML."""
    if isinstance(node, Mapping):
        return (
            "{" + ", ".join(f"{written(key)}: {written(below)}" for key, below in node.pairs) + "}"
        )
    if isinstance(node, list):
        return "[" + ", ".join(map(written, node)) + "]"
    if isinstance(node, Plain) and not SIGNS.search(node):
        return node
    return json.dumps(node, ensure_ascii=False)


def _places(node: Any, above: Place = ()) -> Iterator[Place]:
    """Every place of a tree below its top."""
    if isinstance(node, Mapping | list):
        below = [value for _, value in node.pairs] if isinstance(node, Mapping) else node
        for place, value in enumerate(below):
            yield (*above, place)
            yield from _places(value, (*above, place))


def _at(node: Any, path: Place) -> Any:
    """What stands at a place."""
    for place in path:
        node = node.pairs[place][1] if isinstance(node, Mapping) else node[place]
    return node


SUBTREES = [(name, path) for name, tree in TREES.items() for path in _places(tree)]
subtrees = st.sampled_from(SUBTREES).map(lambda found: _at(TREES[found[0]], found[1]))
"""Whatever stands anywhere in a shipped scenario."""

Rearranged = Callable[[list[Any], int], list[Any]]
"""Gives new pairs or entries from the old ones and a place among them."""


def _changed(node: Any, path: Place, change: Rearranged) -> Any:
    """A copy of a tree in which the pairs or entries around a place are changed."""
    inside = list(node.pairs if isinstance(node, Mapping) else node)
    place = path[0]
    if len(path) == 1:
        inside = change(inside, place)
    else:
        below = inside[place][1] if isinstance(node, Mapping) else inside[place]
        inside = _replaced(inside, place, _changed(below, path[1:], change))
    return Mapping(inside) if isinstance(node, Mapping) else inside


def _replaced(inside: list[Any], place: int, new: Any) -> list[Any]:
    """Another value in a place, under the key that is there."""
    old = inside[place]
    put = (old[0], new) if isinstance(old, tuple) else new
    return [*inside[:place], put, *inside[place + 1 :]]


@st.composite
def _mutated(draw: st.DrawFn, tree: Any, fields: list[str]) -> Any:
    """A tree with one change; a field that is put in is one of some."""
    path = draw(st.sampled_from(list(_places(tree))))
    node = _at(tree, path)
    leaf = not isinstance(node, Mapping | list)
    often = ["put"] * 5 + (["alike"] * 5 + ["other"] * 2 if leaf else ["other"])
    kind = draw(st.sampled_from([*often, "graft", "wrap", *REARRANGED]))
    if kind == "put":
        return draw(_put(tree, fields))
    if kind in REARRANGED:
        return _changed(tree, path, draw(_rearranged(kind)))
    if kind == "wrap":
        new = draw(st.sampled_from(([node], Mapping([("from", node)]), [node, node])))
    elif kind == "graft":
        new = draw(subtrees)
    else:
        new = draw(alike(node) if kind == "alike" else scalars | st.sampled_from(EMPTY))
    return _changed(tree, path, lambda inside, place: _replaced(inside, place, new))


def _known(name: str) -> list[str]:
    """The fields whose place is there in a shipped scenario, whether they are or not."""
    return [field for field in FIELDS if _has(TREES[name], field.split(".")[:-1])]


def _has(node: Any, keys: list[str]) -> bool:
    """Whether there is something in which fields stand under some keys."""
    for key in keys:
        if isinstance(node, Mapping):
            node = dict(node.pairs).get(key)
        else:
            node = node[0] if key == "0" and node else None
        if not isinstance(node, Mapping | list):
            return False
    return True


ALL = sorted(FIELDS)
KNOWN = {name: _known(name) for name in TREES}


@st.composite
def _put(draw: st.DrawFn, tree: Any, fields: list[str]) -> Any:
    """A tree with a value that fits a field, in that field, which need not have been there."""
    name = draw(st.sampled_from(fields))
    value = Plain(draw(fitting(name)))
    return _with(tree, name.split("."), value)


def _with(node: Any, keys: list[str], value: Any) -> Any:
    """A tree with a value under some keys; mappings are made on the way, and lists where a key is a place."""
    if not keys:
        return value
    key, *rest = keys
    if key == "0" and not isinstance(node, Mapping):
        entries = node if isinstance(node, list) else []
        return [_with(entries[0] if entries else None, rest, value), *entries[1:]]
    pairs = node.pairs if isinstance(node, Mapping) else []
    old = dict(pairs).get(key)
    return Mapping([*(pair for pair in pairs if pair[0] != key), (key, _with(old, rest, value))])


REARRANGED = ["drop", "twice", "swap", "rename", "insert"]


@st.composite
def _rearranged(draw: st.DrawFn, kind: str) -> Rearranged:
    """A change of the keys or of the order around a place."""
    key = draw(st.one_of(st.sampled_from(KEYS), texts, st.sampled_from(KEYS).flatmap(misspelt)))
    value = draw(scalars)

    def change(inside: list[Any], place: int) -> list[Any]:
        here = inside[place]
        if kind == "drop":
            return inside[:place] + inside[place + 1 :]
        if kind == "twice":
            return [*inside, here]
        if kind == "swap":
            return inside[place:] + inside[:place]
        if not isinstance(here, tuple):
            return [*inside, value]
        if kind == "rename":
            return [*inside[:place], (key, here[1]), *inside[place + 1 :]]
        return [*inside, (key, value)]

    return change


@st.composite
def trees(draw: st.DrawFn, name: str) -> bytes:
    """A shipped scenario with some changes of its structure."""
    tree, fields = TREES[name], draw(st.sampled_from((KNOWN[name], KNOWN[name], ALL)))
    for _ in range(draw(FEW)):
        if next(_places(tree), None) is not None:
            tree = draw(_mutated(tree, fields))
    return written(tree).encode("utf-8", "surrogatepass")


@st.composite
def lines(draw: st.DrawFn, name: str) -> bytes:
    """A shipped scenario with some changes of its text."""
    rows = SHIPPED[name].decode().split("\n")
    for _ in range(draw(FEW)):
        rows = draw(_rows_changed(rows))
    return draw(encoded("\n".join(rows)))


LINES = ["drop", "twice", "swap", "indent", "value", "value", "letters", "letters"]
INDENTS = [" ", "  ", "\t", "- ", "# ", "? "]
YAML = [":", ",", "{", "}", "[", "]", "%", '"', "'", "&a", "*a", "!", "|", "\\"]


@st.composite
def _rows_changed(draw: st.DrawFn, rows: list[str]) -> list[str]:
    """Lines of which one is cut, doubled, moved, or changed by some letters."""
    place, kind = draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from(LINES))
    row, before, after = rows[place], rows[:place], rows[place + 1 :]
    if kind == "drop":
        return [*before, *after] or [""]
    if kind == "twice":
        return [*before, row, row, *after]
    if kind == "swap":
        return [*after, row, *before]
    if kind == "indent":
        row = draw(st.sampled_from(INDENTS)) + row
    elif kind == "value":
        key = row.partition(":")[0]
        row = f"{key}: {draw(st.one_of(numbers, shares, dates, years, texts))}"
    else:
        start, cut = draw(st.integers(0, len(row))), draw(st.integers(0, 3))
        row = row[:start] + draw(st.sampled_from(YAML) | st.text(max_size=3)) + row[start + cut :]
    return [*before, row, *after]


BYTES = [*["plain"] * 24, "crlf", "cr", "mark", "utf-16", "latin", "cut", "byte"]


@st.composite
def encoded(draw: st.DrawFn, text: str) -> bytes:
    """A text as bytes: mostly UTF-8, now and then what some editor or a broken disk makes of it."""
    kind, content = draw(st.sampled_from(BYTES)), text.encode("utf-8", "surrogatepass")
    if kind in ("crlf", "cr"):
        return content.replace(b"\n", b"\r\n" if kind == "crlf" else b"\r")
    if kind == "mark":
        return b"\xef\xbb\xbf" + content
    if kind == "utf-16":
        return text.encode("utf-16", "surrogatepass")
    if kind == "latin":
        return text.encode("latin-1", "replace") + b" # \xe9\n"
    place = draw(st.integers(0, len(content))) if kind != "plain" else len(content)
    junk = draw(st.binary(min_size=1, max_size=2)) if kind == "byte" else b""
    return content[:place] + junk + (content[place:] if kind == "byte" else b"")


LONG_CELL = "1" * 200_000
amounts = st.one_of(
    st.decimals(0, 3_000, places=2).map(str),
    st.sampled_from(("0", "0.01", "1" * 39, "0." + "0" * 36 + "1", "999999999.99")),
)
"""What an amount or a price may be."""

cells = st.one_of(numbers, dates, texts, st.sampled_from((LONG_CELL, '"', '"a"b', 'a"b')))
ROWS = ["number", "number", "date", "cell", "drop", "twice", "move", "header", "blank", "more"]
SEPARATORS = [*[","] * 24, ";", "\t", "|", ", ", " ,", ",,"]


@st.composite
def dated(draw: st.DrawFn, content: bytes, column: str) -> bytes:
    """A CSV of dates and numbers with some changes of its rows, cells, header, separator or bytes."""
    rows = content.decode().rstrip("\n").split("\n")
    rows = rows[: 1 + draw(st.sampled_from((0, 1, 2, 26, 300, 600, 600, 600)))]
    for _ in range(draw(FEW)):
        rows = draw(_dated_rows(rows, column))
    separator = draw(st.sampled_from(SEPARATORS))
    return draw(encoded("\n".join(row.replace(",", separator) for row in rows) + "\n"))


@st.composite
def _dated_rows(draw: st.DrawFn, rows: list[str], column: str) -> list[str]:
    """Rows of dates and numbers with one change."""
    place, kind = draw(st.integers(0, len(rows) - 1)), draw(st.sampled_from(ROWS))
    row, before, after = rows[place], rows[:place], rows[place + 1 :]
    if kind == "drop":
        return [*before, *after] or [""]
    if kind == "twice":
        return [*before, row, row, *after]
    if kind == "move":
        return [*after, row, *before]
    if kind == "header":
        headers = ["", f"DATE,{column}", f"{column},date", f"date,{column},note", "date"]
        headers += [f"date,{column},{column}", f'"date","{column}"', f"\0date,{column}"]
        return [draw(st.sampled_from(headers)), *rows[1:]]
    if kind == "blank":
        return [*before, draw(st.sampled_from(("", " ", ",", "\t", "#"))), *rows[place:]]
    day, _, number = row.partition(",")
    if kind == "more":
        row += draw(st.sampled_from((",note", ',"a', ',"a"b', "\r", "\0", '"')))
    elif kind == "cell":
        row = draw(cells)
    else:
        row = f"{draw(dates)},{number}" if kind == "date" else f"{day},{draw(amounts | cells)}"
    return [*before, row, *after]


values = st.one_of(
    numbers, shares, dates, years, texts, (subtrees | st.sampled_from(EMPTY)).map(written)
)
"""What an option or a cell of a table may set a field to."""


@st.composite
def people(draw: st.DrawFn) -> bytes:
    """A table of people with some changes of its header and cells."""
    header, *rows = (row.split(",") for row in DATA[PEOPLE].decode().rstrip("\n").split("\n"))
    rows = rows[: draw(st.integers(0, 4))]
    for _ in range(draw(FEW)):
        place, kind = draw(st.integers(0, len(header) - 1)), draw(st.sampled_from(range(6)))
        if kind < 2:
            name = draw(
                st.one_of(
                    names,
                    st.sampled_from(
                        ("#any", "name", "template", "policy", "owner", "prior_year_pay")
                    ),
                    texts,
                )
            )
            header = [*header[:place], name, *header[place + 1 :]]
            if name in FIELDS:
                fits = fitting(name)
                rows = [[*row[:place], draw(fits), *row[place + 1 :]] for row in rows]
        elif rows:
            row = rows[draw(st.integers(0, len(rows) - 1))]
            cell = draw(values | st.just(LONG_CELL))
            row[place : place + 1] = {4: [], 5: [cell, cell]}.get(kind, [cell])
    quoted = draw(st.booleans())
    return draw(encoded("\n".join(_line(row, quoted) for row in (header, *rows)) + "\n"))


def _line(row: list[str], quoted: bool) -> str:
    """A row of a CSV."""
    return ",".join('"' + cell.replace('"', '""') + '"' if quoted else cell for cell in row)
