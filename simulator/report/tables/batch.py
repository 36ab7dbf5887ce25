"""A batch in tables: each policy over people, and those who lose most by waiting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from simulator.answer.phrases import whole_dollars
from simulator.answer.verdict import TAX_AND_FEES, WEALTH
from simulator.batches.chosen import AS_IT_IS
from simulator.batches.summary import PolicySummary, Summary
from simulator.conversion.amounts import UNKNOWN
from simulator.readers.people import KEPT
from simulator.report.tables.acp import acp_table
from simulator.report.tables.designs import designs_table, difference
from simulator.report.tables.table import COUNT, TEXT, Column, Table

MOST_CHANGES = 5
"""That are told one by one."""


def summary_tables(summed: Summary) -> Iterator[Table]:
    """The tables of a batch."""
    if summed.designs:
        table = designs_table(summed, _heads(summed), _shown(summed))
        yield table._replace(notes=(*table.notes, *_exact(summed), *_missing(summed)))
    if summed.asked or not summed.designs:
        yield _policies(summed)
    if summed.acp:
        design = summed.design
        heads = () if design is None else (Column(_last_words(design), TEXT),)
        cells = [() if design is None else (_shown_as(design, one.value),) for one in summed.acp]
        yield acp_table(summed.acp, heads, cells)
    if summed.losers:
        yield _losers(summed)


def _shown(summed: Summary) -> dict[str | None, tuple[str, ...]]:
    """The cells that tell each group from the others."""
    return {one.value: _cells(summed, one.value) for one in summed.groups}


def group(summed: Summary, value: str | None) -> str:
    """The value that tells a group from the others, as it is shown."""
    return _shown_as(summed.by, value)


def _shown_as(by: str | None, value: str | None) -> str:
    """A value of some fields as it is shown."""
    if value is None:
        return AS_IT_IS
    return Path(value).name if by == "template" else value


def _field(summed: Summary) -> str:
    """The last words of the fields that tell groups apart."""
    return _last_words(summed.by or "")


def _last_words(fields: str) -> str:
    """The last word of each of some fields."""
    return ", ".join(one.rpartition(".")[2].removeprefix(KEPT) for one in fields.split(", "))


def _heads(summed: Summary) -> tuple[Column, ...]:
    """A column for the groups, if there are groups."""
    return () if summed.by is None else (Column(_field(summed), TEXT),)


def _cells(summed: Summary, value: str | None) -> tuple[str, ...]:
    """A cell of that column."""
    return () if summed.by is None else (group(summed, value),)


def finding(summed: Summary) -> str:
    """What a batch comes to, in a sentence."""
    if summed.designs:
        return difference(summed, _shown(summed))
    best = _best(summed)
    saved = summed.saved(best) if best else 0.0
    if best is None or saved <= 0:
        return "No policy that converts everything avoids taxable earnings here"
    people = scenarios(best.people)
    if summed.by is not None:
        people += f" ({_field(summed)}: {group(summed, best.value)})"
    tax = f" and {_amount(best.tax_avoided)} of tax" if best.tax_avoided else ""
    avoids = f"avoids {_amount(best.avoided)} of taxable earnings{tax}"
    if best.measure == TAX_AND_FEES:
        avoids = f"saves {_amount(saved)} of tax and fees"
    elif best.measure == WEALTH:
        avoids = f"leaves {_amount(saved)} more after tax"
    return f"{best.policy} in place of {summed.against} {avoids} over {people}"


def _best(summed: Summary) -> PolicySummary | None:
    """The policy, of those that leave nobody's money behind, that saves most in its group."""
    ranked = [policy for policy in summed.policies if policy.costs_more is not None]
    return max(ranked, key=summed.saved, default=None)


def scenarios(count: int) -> str:
    """So many scenarios."""
    return f"{count:,} scenario" + "s" * (count != 1)


def _amount(value: float | None) -> str:
    return whole_dollars(_cents(value or 0.0))


def _cents(value: float) -> int:
    return round(value * 100)


def _policies(summed: Summary) -> Table:
    columns = (
        *_heads(summed),
        Column("Policy", TEXT),
        Column("People", COUNT),
        Column("Mean"),
        Column("Median"),
        Column("95%"),
        Column("Total"),
        Column("Tax"),
        Column("Tax each"),
        Column("Avoided"),
        Column("Tax saved"),
        Column("Left"),
    )
    best = _best(summed)
    rows = tuple(
        (
            *_cells(summed, policy.value),
            policy.policy,
            f"{policy.people:,}",
            *(_cents(policy.box_2a[name]) for name in ("mean", "p50", "p95")),
            *map(_cents, (policy.total, policy.tax or 0.0, policy.tax_each or 0.0)),
            *map(_cents, (policy.avoided, policy.tax_avoided or 0.0)),
            UNKNOWN if policy.left is None else _cents(policy.left),
        )
        for policy in summed.policies
    )
    return Table(
        f"Box 2a over people: {counted(summed)}",
        columns,
        rows,
        frozenset(
            n for n, policy in enumerate(summed.policies) if policy is best and not summed.by
        ),
        tuple(_notes(summed)),
        yields=("Median", "Tax saved", "95%", "Total"),
        lead=() if summed.designs else (f"{finding(summed)}.",),
    ).without_empty()


def counted(summed: Summary) -> str:
    """Whose figures they are: of the people those who contribute, where not all do; nobody twice."""
    if summed.design is not None and not summed.designs:
        return scenarios(summed.state.done)
    if summed.designs:
        sizes = sorted({one.people for one in summed.groups})
        return (
            f"{' to '.join(map(scenarios, (sizes[0], sizes[-1])[: len(sizes)]))} under each design"
        )
    people = sum(one.people for one in summed.groups)
    who = sum(one.contributing for one in summed.groups)
    if who in (0, people):
        return scenarios(summed.state.done)
    return f"{who:,} of {scenarios(people)} with after-tax money"


def _notes(summed: Summary) -> Iterator[str]:
    taxed = any(policy.tax is not None for policy in summed.policies)
    tax = "Tax: of all together, and each; " if taxed else ""
    saved = "; Tax saved: the tax on that" if taxed else ""
    yield (
        f"{tax}Avoided: against {summed.against}{saved}. "
        "Each scenario counts with its mean Box 2a, all forms together."
    )
    if summed.design is None:
        yield from _without(summed)
        yield from _best_for(summed)
    if any(policy.left or policy.left is None for policy in summed.policies):
        yield "Left: what stays in the after-tax subaccounts in the end, its earnings not yet taxed."
    if not summed.designs:
        yield from _exact(summed)
        yield from _missing(summed)


def _exact(summed: Summary) -> Iterator[str]:
    """Which means are exact, where that was asked for."""
    known, people = Counter[str](), Counter[str]()
    for policy in summed.policies:
        if policy.exact is not None:
            known[policy.policy] += policy.exact
            people[policy.policy] += policy.people
    rest = [
        f"{name} for {people[name] - count:,} of {people[name]:,}" if count else name
        for name, count in known.items()
        if count < people[name]
    ]
    if known and not rest:
        yield "Every scenario's mean is exact, without paths."
    elif rest:
        yield f"Simulated: {', '.join(rest)}. All other means are exact."


def _missing(summed: Summary) -> Iterator[str]:
    """What is not in the figures, or may be wrong with them."""
    if summed.state.failed:
        verb = "is" if summed.state.failed == 1 else "are"
        yield f"{scenarios(summed.state.failed)} failed and {verb} not in it: see errors.jsonl."
    yield from summed.state.warnings
    for change in summed.state.changed[:MOST_CHANGES]:
        yield f"{change}."
    if more := len(summed.state.changed) - MOST_CHANGES:
        yield from (f"{more:,} more files changed while the batch ran.",) * (more > 0)
    if summed.state.changed:
        yield "The same mbdr batch again works out what changed."
    if not summed.state.complete:
        yield "The batch is not finished: these are the scenarios answered so far."


def _without(summed: Summary) -> Iterator[str]:
    """How many put nothing in after tax."""
    if (who := sum(one.contributing for one in summed.groups)) and (
        rest := sum(one.people for one in summed.groups) - who
    ):
        verb = "puts" if rest == 1 else "put"
        yield f"{scenarios(rest)} {verb} nothing in after tax, and {'is' if rest == 1 else 'are'} in no mean."


def _best_for(summed: Summary) -> Iterator[str]:
    """For how many each policy is best, where that is not the same one for all."""
    best_for = Counter[str]()
    for policy in summed.policies:
        best_for[policy.policy] += policy.best_for
    counts = [f"{name} for {count:,}" for name, count in best_for.most_common() if count]
    if len(counts) > 1:
        yield f"Best: {', '.join(counts)}."


def _losers(summed: Summary) -> Table:
    columns = (
        Column("Scenario", TEXT),
        Column("Where", TEXT),
        *_heads(summed),
        Column("Loses by", TEXT),
        Column("Instead of", TEXT),
        Column("Box 2a more"),
        Column("Tax more"),
        Column("Tax and fees more"),
        Column("Held less"),
    )
    rows = tuple(
        (
            loser.name,
            Path(loser.source).name,
            *_cells(summed, loser.value),
            loser.policy,
            loser.best,
            _cents(loser.lost),
            None if loser.tax_lost is None else _cents(loser.tax_lost),
            *(
                _cents(loser.costs_more) if loser.measure == measure else None
                for measure in (TAX_AND_FEES, WEALTH)
            ),
        )
        for loser in summed.losers
    )
    return Table("Who loses most", columns, rows).without_empty()
