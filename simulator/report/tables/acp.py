"""The ACP test of a batch's people as a table, and in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.batches.acp import NOT_IN_IT, AcpOfDesign
from simulator.decisions.acp import AcpTest
from simulator.money import dollars
from simulator.report.tables.table import COUNT, MARK, TEXT, WORD, Column, Table

CONTRIBUTIONS = {True: "match, after-tax", False: "after-tax"}


def acp_table(
    tests: Sequence[AcpOfDesign], heads: tuple[Column, ...], shown: Sequence[tuple[str, ...]]
) -> Table:
    """Each design's test with the match and without it.

    Args:
        tests: The tests, at least one.
        heads: The columns that tell designs apart.
        shown: The cells of each design in them.
    """
    columns = (
        *heads,
        Column("Counts", TEXT),
        Column("NHCEs", COUNT),
        Column("HCEs", COUNT),
        Column("N", COUNT),
        Column("H", COUNT),
        Column("Most", COUNT),
        Column("Test", WORD),
        Column("Headroom", COUNT),
        Column("Over"),
    )
    rows: list[tuple[object, ...]] = []
    marked = set[int]()
    for cells, group in zip(shown, tests, strict=True):
        for test in group.tests:
            if test is group.asked:
                marked.add(len(rows))
            rows.append((*cells, *_row(test)))
    title = f"ACP test of {', '.join(map(str, sorted({one.year for one in tests})))}: an estimate"
    notes = tuple(_notes(tests, shown))
    return Table(title, columns, tuple(rows), frozenset(marked), notes, yields=("NHCEs", "HCEs"))


def _row(test: AcpTest) -> tuple[object, ...]:
    return (
        CONTRIBUTIONS[test.match],
        f"{test.nhces:,}",
        f"{test.hces:,}",
        _percent(test.nhce),
        _percent(test.hce),
        "any" if test.most is None else _percent(test.most),
        "passes" if test.passes else "fails",
        _headroom(test),
        test.over,
    )


def _headroom(test: AcpTest) -> str:
    if test.passes:
        return "no limit"
    return "none" if test.headroom is None else _percent(test.headroom)


def _percent(hundredths: int) -> str:
    return f"{dollars(hundredths)}%"


def _notes(tests: Sequence[AcpOfDesign], shown: Sequence[tuple[str, ...]]) -> Iterator[str]:
    for cells, group in zip(shown, tests, strict=True):
        whose = f"{', '.join(cells)}: " if cells else ""
        yield f"{MARK} {whose}{group.sentence}"
    average = "last year, as acp.nhce says" if any(one.prior for one in tests) else "this year"
    yield (
        f"N and H: averages of match and after-tax money to pay, of those who are not highly compensated "
        f"({average}) and of those who are; Most: what H may be, 1.25 N, or N and two points but at most "
        "2 N. Headroom: the share of pay after tax that passes if no HCE has more."
    )
    if left := max(one.uncovered for one in tests):
        yield f"{left:,} not covered or without pay {'is' if left == 1 else 'are'} left out."
    if any(one.unknown for one in tests):
        yield "The threshold of the year before is not known: owners alone count as highly compensated."
    yield f"{NOT_IN_IT}."
