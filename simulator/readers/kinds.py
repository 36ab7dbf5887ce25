"""Columns that say what kind of row a row is, or from which source its money is.

Rows of several kinds are never added up unasked: exchanges between funds, changes in market value and the
employer's money stand in the same history as after-tax contributions.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from simulator.money import in_dollars
from simulator.notation.letters import visible
from simulator.notation.mistakes import Mistake, Mistakes, short
from simulator.readers.dated_table import LONGEST_NAME, MOST_NAMED, DatedTable, Entry
from simulator.readers.dates import DATE_LIKE
from simulator.readers.figures import is_number
from simulator.readers.header import Column, is_date
from simulator.readers.names import AFTER_TAX, CONTRIBUTED, DEPOSITED, FOREIGN, FUNDS, KINDS
from simulator.readers.reading import Kind
from simulator.readers.written import rows_said


class OpenKinds(Mistakes):
    """Rows of several kinds, of which nobody has said which are meant.

    Attributes:
        kinds: They, counted.
    """

    def __init__(self, mistakes: Sequence[Mistake], kinds: tuple[Kind, ...]):
        super().__init__(mistakes)
        self.kinds = kinds


Amounts = Sequence[tuple[Entry, int]]
"""Rows, and their amounts. [cents]"""


def counted(column: Column, amounts: Amounts, taken: bool | None = None) -> list[Kind]:
    """The values of a column, the most frequent first."""
    count: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    shown: dict[str, str] = {}
    for entry, cents in amounts:
        value = " ".join(entry.at(column).split())
        key = value.casefold()
        shown.setdefault(key, value)
        count[key] += 1
        total[key] += cents
    kinds = [Kind(column.name, shown[key], count[key], total[key], taken) for key in count]
    return sorted(kinds, key=lambda kind: (-kind.rows, kind.value))


def columns_of_kinds(table: DatedTable, amounts: Amounts, taken: Sequence[Column]) -> list[Column]:
    """The columns whose values may be kinds of rows: by their name, or by what stands in them.

    Args:
        table: The table.
        amounts: Its rows, and their amounts. [cents]
        taken: The columns that something else was read from.

    Raises:
        Mistakes: A column without a name has kinds too: nobody could say which of them are meant.
    """
    for nameless in table.header.nameless:
        if _holds_kinds(nameless, [entry.at(nameless) for entry, _ in amounts]):
            listed = "; ".join(_shown(kind) for kind in counted(nameless, amounts)[:MOST_NAMED])
            raise table.mistake(
                f"column {nameless.place + 1} has no name and may hold kinds of rows, which are not added up "
                f"unasked; give it one in line {table.header.line}, like Type; there are {listed}"
            )
    asked = [each for each in table.header.columns if each not in taken]
    return [each for each in asked if _holds_kinds(each, [entry.at(each) for entry, _ in amounts])]


def _holds_kinds(column: Column, values: Sequence[str]) -> bool:
    if set(column.words) & FUNDS:
        return False
    if set(column.words) & KINDS:
        return any(values)
    written = [value for value in values if value]
    words = [
        value
        for value in dict.fromkeys(written)
        if not (is_number(value) or is_date(value) or DATE_LIKE.fullmatch(value))
    ]
    repeats = len(words) > 1 and len(words) < len(written)
    return repeats or any(map(_is_foreign, words))


def _is_foreign(value: str) -> bool:
    return bool(FOREIGN.search(value)) and not AFTER_TAX.search(value)


def demand_one_kind(
    table: DatedTable,
    columns: Sequence[Column],
    amounts: Amounts,
    meant: re.Pattern[str] = CONTRIBUTED,
) -> None:
    """Raises `Mistakes` where rows of several kinds, or of one that is not meant, would be added up.

    A column of which the values are named in `where` was decided by whoever named them.

    Args:
        table: The table.
        columns: Those of kinds.
        amounts: The rows, and their amounts. [cents]
        meant: What a value says that is meant.
    """
    decided = [table.called(name, "where") for name, _ in table.named.where]
    asked = {}
    for column in columns:
        kinds = counted(column, amounts)
        alone = kinds[0].value if len(kinds) == 1 else None
        fits = alone is not None and _fits(alone, meant)
        if column not in decided and not fits:
            asked[column.name] = kinds
    if asked:
        raise _question(table, asked, meant)


def _fits(alone: str, meant: re.Pattern[str]) -> bool:
    """Whether the only value of a column says nothing against its rows."""
    if meant is CONTRIBUTED:
        return not _is_foreign(alone)
    return bool(meant.search(alone)) or not DEPOSITED.search(alone)


def _question(
    table: DatedTable, asked: Mapping[str, Sequence[Kind]], meant: re.Pattern[str]
) -> OpenKinds:
    """The values of columns with count and sum, and what to write."""
    wanted = dict(table.named.where)
    for name, kinds in asked.items():
        likely = list(_likely(kinds, meant)) or [kinds[0]]
        wanted[name] = tuple(kind.value for kind in likely)
    written = rows_said(table.named.asked, table.named.file.name, wanted)
    mistakes = []
    for name, kinds in asked.items():
        listed = "; ".join(_shown(kind) for kind in kinds[:MOST_NAMED])
        more = f"; and {len(kinds) - MOST_NAMED:,} more" if len(kinds) > MOST_NAMED else ""
        what = f"{len(kinds)} kinds of rows" if len(kinds) > 1 else "rows that may not be meant"
        mistakes += table.mistake(
            f"the column '{short(visible(name), LONGEST_NAME)}' has {what}, which are not added up "
            f"unasked; write those that are meant, like {written}; there are {listed}{more}"
        ).mistakes
    return OpenKinds(mistakes, tuple(kind for kinds in asked.values() for kind in kinds))


def _shown(kind: Kind) -> str:
    value = short(visible(kind.value), LONGEST_NAME) or "(empty)"
    rows = f"{kind.rows:,} row" + "s" * (kind.rows != 1)
    return f"{value} ({rows}, {in_dollars(kind.sum or 0)})"


def _likely(kinds: Sequence[Kind], meant: re.Pattern[str]) -> Iterator[Kind]:
    """The values that read like what is meant; of contributions those that are after-tax, if any are."""
    for words in (AFTER_TAX, meant) if meant is CONTRIBUTED else (meant,):
        found = [kind for kind in kinds if words.search(kind.value)]
        found = [kind for kind in found if words is not CONTRIBUTED or not _is_foreign(kind.value)]
        if found:
            yield from found
            return
