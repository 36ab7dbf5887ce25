"""Pictures of a comparison: taxable earnings by policy, one policy's balances, what goes in; and a sweep.

Each has a title that states its finding; the same sentence begins its text for those who do not see it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from numbers import Real
from typing import Any, Protocol

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from simulator.comparison import Comparison, PolicyResult
from simulator.conversion.ledger import Ledger
from simulator.conversion.policy import Policy
from simulator.days import sessions_of
from simulator.distribution import mean, standard_error
from simulator.payroll.contributions import Contribution, ContributionYear
from simulator.report.sentences import clipped_words, money
from simulator.report.style import (
    BLUE,
    GREY,
    INK,
    MARGIN,
    PALE,
    SKY,
    SMALL,
    VERMILLION,
    WIDTH,
    YELLOW,
    Beside,
    Label,
    Sheet,
    amount,
    dollars_across,
    dollars_down,
    drawable,
    height,
    months,
    number,
    one_line,
    save,
    scale_width,
    sheet,
    styled,
    width,
    wrapped,
)
from simulator.report.tables import cheapest
from simulator.simulation import ledger_of

__all__ = ["KINDS", "Sweep", "UnknownKind", "alt_text", "delay_alt_text", "delay_picture"]
__all__ += ["picture", "save"]

Told = Mapping[str, float]
"""The statistics of an amount: `mean p5 p25 p50 p75 p95` and others. [dollars]"""

LONGEST_NAME = 40
"""Letters of a label in a title."""


class Sweep(Protocol):
    """Taxable earnings against one field of a scenario.

    Attributes:
        field: What is varied: `delay`, or the path of a field.
        values: The field's values, in order.
        comparison: The comparison that the points are from; for `delay` a policy for each value.
        points: Each value with the statistics of Box 2a over all forms.
        marks: Mean taxable earnings of other cadences, by label. [dollars]
        closed_form: The mean by formula at each value, where there is one. [dollars]
    """

    @property
    def field(self) -> str: ...  # noqa: D102
    @property
    def values(self) -> Sequence[Any]: ...  # noqa: D102
    @property
    def comparison(self) -> Comparison: ...  # noqa: D102
    @property
    def points(self) -> Sequence[tuple[Any, Told]]: ...  # noqa: D102
    @property
    def marks(self) -> Mapping[str, float]: ...  # noqa: D102
    @property
    def closed_form(self) -> Sequence[float | None] | None: ...  # noqa: D102


class UnknownKind(ValueError):
    """A picture was asked for that there is none of."""

    def __init__(self, kind: str):
        super().__init__(f"'{kind}' is not a kind of picture; write one of {', '.join(KINDS)}")


def picture(kind: str, comparison: Comparison, policy: str | None = None) -> Figure:
    """A picture of a comparison.

    Args:
        kind: `cadence`, `balance` or `contributions`.
        comparison: The answer to draw.
        policy: Whose balances; without it the first policy that lets money wait.

    Raises:
        UnknownKind: Another kind.
        UnknownPolicy: The scenario has no such policy.
    """
    if kind not in KINDS:
        raise UnknownKind(kind)
    with styled():
        return KINDS[kind].drawn(comparison, policy)


def alt_text(kind: str, comparison: Comparison, policy: str | None = None) -> str:
    """What a picture shows, in sentences, the finding first; the arguments are those of `picture`."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    return KINDS[kind].told(comparison, policy)


def delay_picture(sweep: Sweep) -> Figure:
    """A picture of a sweep: a curve with its band, or rows where the values are no numbers."""
    with styled():
        return _curve(sweep) if _numbers(sweep) else _categories(sweep)


def delay_alt_text(sweep: Sweep) -> str:
    """What the picture of a sweep shows, in sentences, the finding first."""
    means = [f"{one_line(str(value))}: {amount(told['mean'])}" for value, told in sweep.points]
    marks = [f"{one_line(label)}: {amount(dollars)}" for label, dollars in sweep.marks.items()]
    return _sentences(
        _sweep_finding(sweep),
        f"Mean {_measure(sweep.comparison)} by {_field_words(sweep)}: {'; '.join(means)}",
        f"For comparison, {'; '.join(marks)}" if marks else "",
    )


def _sentences(*parts: str) -> str:
    return one_line(" ".join(f"{part.rstrip('.')}." for part in parts if part))


# Words


def _subject(policy: Policy, by_name: bool = False) -> str:
    """A policy at the head of a sentence: `Converting at the year's end`."""
    if by_name or policy.label is not None:
        return _quoted(policy.name)
    return "Never converting" if policy.cadence == "never" else f"Converting {policy.words}"


def _object(policy: Policy, by_name: bool = False) -> str:
    """A policy after `than`: `at the year's end`."""
    return _quoted(policy.name) if by_name or policy.label is not None else policy.words


def _quoted(label: str) -> str:
    line = one_line(label)
    short = line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1].rstrip()}…"
    return f"“{short}”"


def _measure(comparison: Comparison) -> str:
    return "earnings sent to the IRA" if comparison.splits else "taxable earnings"


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _estimate(comparison: Comparison, cents: Any) -> str:
    """An amount, or a mean with the digits that its error supports."""
    error = standard_error(cents, comparison.scenario.returns.randomisations)
    return money(mean(cents), error)


def _over(comparison: Comparison) -> list[str]:
    """The subtitle: the scenario, and what its amounts are over."""
    scenario, returns = comparison.scenario, comparison.scenario.returns
    paths = f"one path of {returns.model} returns"
    if comparison.paths > 1:
        paths = f"{comparison.paths:,} {returns.model} paths, seed {returns.seed}"
    return [scenario.name, f"{scenario.years}; {paths}"]


# Cadence: taxable earnings by policy


@dataclass(frozen=True)
class _Row:
    """One row of a picture of distributions.

    Attributes:
        name: At the left.
        told: What is drawn. [dollars]
        figure: The mean, written beside.
        behind: What stays behind for good, written below; empty where nothing does.
    """

    name: str
    told: Told
    figure: str
    behind: str = ""


def _cadence_finding(comparison: Comparison) -> str:
    scenario = comparison.scenario
    if not any(result.timeline.deposits for result in comparison.results):
        return "No after-tax contribution goes in: there is nothing to convert"
    if not scenario.plan.conversion.allowed:
        return "The plan allows no conversion: everything stays in the after-tax subaccount"
    complete = [result for result in comparison.results if not result.leaves_money]
    if not complete:
        return _left_behind(comparison, comparison.results[0])
    least = cheapest(comparison)
    if least:
        return _dearest_and_cheapest(comparison, complete, least[0])
    if len(complete) > 1:
        return f"These policies move the same {_earnings(comparison, complete[0])}"
    verb = "sends" if comparison.splits else "taxes"
    figure = _estimate(comparison, complete[0].earnings_moved)
    return f"{_subject(complete[0].policy)} {verb} {figure}{_destination(comparison)}"


def _earnings(comparison: Comparison, result: PolicyResult) -> str:
    figure = _estimate(comparison, result.earnings_moved)
    return f"earnings, {figure}: waiting costs nothing here"


def _dearest_and_cheapest(
    comparison: Comparison, complete: Sequence[PolicyResult], best: PolicyResult
) -> str:
    worst = max(complete, key=lambda result: mean(result.earnings_moved))
    added = _estimate(comparison, comparison.difference(worst, best))
    alike = worst.policy.words == best.policy.words
    return (
        f"{_subject(worst.policy, alike)} {'sends' if comparison.splits else 'taxes'} {added} "
        f"more{_destination(comparison)} than {_object(best.policy, alike)}"
    )


def _destination(comparison: Comparison) -> str:
    to_ira = " to the IRA" if comparison.splits else ""
    return f"{to_ira} on average" if comparison.paths > 1 else to_ira


def _left_behind(comparison: Comparison, result: PolicyResult) -> str:
    return f"{_subject(result.policy)} leaves {_behind(comparison, result)}"


def _behind(comparison: Comparison, result: PolicyResult) -> str:
    value = _estimate(comparison, result.outcome.left_value)
    untaxed = _estimate(comparison, result.outcome.left_earnings)
    return f"{value} behind, {untaxed} of it earnings not yet taxed"


def _cadence_rows(comparison: Comparison) -> list[_Row]:
    return [
        _Row(
            result.policy.name,
            comparison.told(result.earnings_moved),
            _estimate(comparison, result.earnings_moved),
            f"leaves {_behind(comparison, result)}" if result.leaves_money else "",
        )
        for result in comparison.results
    ]


def _cadence(comparison: Comparison, policy: str | None) -> Figure:  # noqa: ARG001
    return _rows(
        _cadence_finding(comparison),
        _over(comparison),
        _cadence_rows(comparison),
        _measure(comparison),
        comparison.paths > 1,
        _cadence_told(comparison),
    )


def _cadence_told(comparison: Comparison, policy: str | None = None) -> str:  # noqa: ARG001
    rows = (
        f"{one_line(row.name)}: {row.figure}"
        + (f" (5% to 95%: {_range(row.told)})" if comparison.paths > 1 else "")
        + (f", {row.behind}" if row.behind else "")
        for row in _cadence_rows(comparison)
    )
    mean_of = "Mean " if comparison.paths > 1 else ""
    measure = _capital(f"{mean_of}{_measure(comparison)} by policy")
    return _sentences(_cadence_finding(comparison), f"{measure}: {'; '.join(rows)}")


def _range(told: Told) -> str:
    return f"${told['p5']:,.0f} to ${told['p95']:,.0f}"


HOW_TO_READ = (
    "On each row: line from 5% to 95% of the paths, box from 25% to 75%, "
    "stroke at the median, dot at the mean."
)

LABELS = 2.5
"""The widest column of names. [inches]"""


def _rows(
    title: str, subtitle: Sequence[str], rows: Sequence[_Row], measure: str, many: bool, alt: str
) -> Figure:
    """Distributions, or amounts, one a row; rows that leave money behind set apart below the others.

    Args:
        title: The finding.
        subtitle: Of what, over what.
        rows: In the order of the scenario.
        measure: What is drawn.
        many: Whether over many paths.
        alt: The picture in words.
    """
    labels = _name_column(rows)
    left = MARGIN + max(width(line) for one in labels for line in one.split("\n")) + 0.15
    figures = max(width(drawable(row.figure)) for row in rows)
    right = WIDTH - MARGIN - max(figures, width("mean")) - 0.15 if many else WIDTH - 2 * MARGIN
    placed, down = _placed(rows, WIDTH - MARGIN - left)
    page = sheet(title, subtitle, ABOVE + down + 0.52, HOW_TO_READ if many else "", alt)
    axes = page.axes(left, right, ABOVE, down)
    top = max(1.0, *(row.told[one] for row in rows for one in ("mean", "p95")))
    room = 0.1 if many else figures + 0.25
    dollars_across(axes, top * (right - left) / (right - left - room), right - left)
    axes.set_ylim(down, 0)
    axes.set_yticks([])
    axes.set_xlabel(_capital(measure) + ", all forms together" * ("tax" in measure))
    if many:
        page.write(WIDTH - MARGIN, 0.08, "mean", ha="right", color=GREY, size=SMALL)
    behind = [one for one in placed if one.row.behind]
    if behind:
        _set_apart(page, axes, behind[0].top - HEADING, down)
    for one in placed:
        page.write(left - 0.12, ABOVE + one.middle, one.name, ha="right")
        _mark(axes, one.row, one.middle, many)
        if many:
            page.write(WIDTH - MARGIN, ABOVE + one.middle, one.row.figure, ha="right")
        under = 2 * one.middle - one.top + 0.02
        axes.text(0, under, f" {one.behind}", size=SMALL, color=GREY, va="top")
    return page.figure


ABOVE, HEADING = 0.2, 0.35
"""Room above the rows, and for the heading of those that leave money behind. [inches]"""


@dataclass(frozen=True)
class _Placed:
    """A row and where it stands.

    Attributes:
        row: The row.
        name: Its name, wrapped.
        behind: What stays behind, wrapped.
        top: From the top of the axes to the top of the row. [inches]
        middle: To the middle of its name and mark. [inches]
    """

    row: _Row
    name: str
    behind: str
    top: float
    middle: float


def _name_column(rows: Sequence[_Row]) -> list[str]:
    return [wrapped(row.name, LABELS, lines=3) for row in rows]


def _placed(rows: Sequence[_Row], across: float) -> tuple[list[_Placed], float]:
    """The rows from the top down, those that leave money behind last, and how far down they reach."""
    placed, top, apart = [], 0.05, False
    named = list(zip(rows, _name_column(rows), strict=True))
    for row, name in sorted(named, key=lambda one: bool(one[0].behind)):
        if row.behind and not apart:
            top, apart = top + HEADING, True
        behind = wrapped(row.behind, across, SMALL)
        tall = max(0.35, height(name) + 0.08)
        placed.append(_Placed(row, name, behind, top, top + tall / 2))
        top += tall + (height(behind, SMALL) + 0.1 if behind else 0)
    return placed, top + 0.05


def _set_apart(page: Sheet, axes: Axes, top: float, down: float) -> None:
    """Opens the part of the policies that leave money behind."""
    page.rule(ABOVE + top + 0.08)
    heading = "Money stays behind for good:"
    page.write(MARGIN, ABOVE + top + 0.24, heading, ha="left", style="italic")
    axes.axhspan(top + 0.08, down, color=PALE, alpha=0.35, linewidth=0, zorder=0)
    axes.set_ylim(down, 0)


def _mark(axes: Axes, row: _Row, y: float, many: bool) -> None:
    """One distribution, or on one path a dot on a stem."""
    told, ink = row.told, GREY if row.behind else INK
    box_color, dot_color = ("white", PALE) if row.behind else (SKY, "white")
    if not many:
        axes.plot([0, told["mean"]], [y, y], color=ink, linewidth=1.6, zorder=2)
        axes.plot(told["mean"], y, "o", color=ink, markerfacecolor=PALE if row.behind else BLUE,
                  markersize=7, clip_on=False, zorder=3)  # fmt: skip
        axes.annotate(
            row.figure, (told["mean"], y), (8, 0), textcoords="offset points", va="center"
        )
        return
    axes.plot([told["p5"], told["p95"]], [y, y], color=ink, linewidth=1.2, zorder=2)
    box = Rectangle((told["p25"], y - 0.085), told["p75"] - told["p25"], 0.17, facecolor=box_color,
                    edgecolor=ink, linewidth=1.0, zorder=3)  # fmt: skip
    axes.add_patch(box)
    axes.plot([told["p50"]] * 2, [y - 0.11, y + 0.11], color=ink, linewidth=2.2, zorder=4)
    axes.plot(told["mean"], y, "o", color=ink, markerfacecolor=dot_color, markersize=5.5,
              markeredgewidth=1.0, clip_on=False, zorder=5)  # fmt: skip


# Balance: one policy over the years


def _drawn_policy(comparison: Comparison, name: str | None) -> PolicyResult:
    """The policy that was asked for; otherwise the first that lets money wait, or the first."""
    if name is not None:
        return comparison.result(name)
    waits = (
        result
        for result in comparison.results
        if any(deposit.leaves != deposit.lands for deposit in result.timeline.deposits)
    )
    return next(waits, comparison.results[0])


def _balance_finding(result: PolicyResult, ledger: Ledger) -> str:
    outcome, subject = ledger.outcome, _subject(result.policy)
    years = outcome.years.values()
    moved, taxable = sum(year.box_1 for year in years), sum(year.box_2a for year in years)
    to_ira = sum(year.ira for year in years)
    if not result.timeline.deposits:
        return "Nothing goes into the after-tax subaccount"
    if not moved:
        untaxed = f"{money(outcome.left_earnings)} of it earnings not yet taxed"
        return f"{subject} leaves {money(outcome.left_value)} behind, {untaxed}"
    if to_ira or result.timeline.terms.conversion.to == "split":
        return f"{subject} moves {money(moved - to_ira)} to the Roth and {money(to_ira)} to the IRA"
    return f"{subject} moves {money(moved)} to the Roth, {money(taxable)} of it taxable"


def _balance_told(comparison: Comparison, policy: str | None) -> str:
    result = _drawn_policy(comparison, policy)
    return _balance_words(comparison, result, ledger_of(comparison.scenario, result.policy))


def _balance_words(comparison: Comparison, result: PolicyResult, ledger: Ledger) -> str:
    events = [one.event for one in ledger.postings]
    highest = max((one.value_after + _left(one) for one in ledger.postings), default=0)
    last = result.timeline.last_session
    return _sentences(
        _balance_finding(result, ledger),
        "Path 0" if comparison.paths > 1 else "",
        f"{events.count('deposit')} deposits and {events.count('conversion')} conversions; "
        f"the after-tax subaccount holds at most {money(highest)}",
        f"On {last} it holds {money(ledger.outcome.left_value)} and the Roth "
        f"{money(ledger.outcome.roth_end)}",
    )


def _left(posting: Any) -> int:
    """What a posting took out of the subaccount; negative for a deposit. [cents]"""
    signs = {"deposit": -1, "conversion": 1, "fee": 1}
    return signs.get(posting.event, 0) * int(posting.amount)


@dataclass(frozen=True)
class _Balances:
    """What the accounts hold before and after each posting of a ledger. [dollars]

    Attributes:
        days: From the first session to the last, or to the last posting of the run-off.
        value: Market value of the after-tax subaccount.
        basis: Its basis.
        roth: Market value of the Roth.
    """

    days: list[date]
    value: list[float]
    basis: list[float]
    roth: list[float]


def _balances(result: PolicyResult, ledger: Ledger) -> _Balances:
    timeline, outcome = result.timeline, ledger.outcome
    opening = timeline.terms.opening
    first = 0 if opening.after_tax else opening.basis
    rows = [(sessions_of(timeline.years.first)[0], 0, first, opening.roth)]
    for one in ledger.postings:
        arrived = one.amount - one.ira if one.event == "conversion" else 0
        before = one.value_after + _left(one), rows[-1][2], one.roth_after - arrived
        rows += [(one.session, *before)]
        rows += [(one.session, one.value_after, one.basis_after, one.roth_after)]
    if rows[-1][0] <= timeline.last_session:
        ends = outcome.left_value, outcome.left_basis, outcome.roth_end
        rows.append((timeline.last_session, *ends))
    days, *columns = zip(*rows, strict=True)
    value, basis, roth = ([cents / 100 for cents in column] for column in columns)
    return _Balances(list(days), value, basis, roth)


ROTH_DOWN, AFTER_TAX_DOWN, EVENTS_DOWN, APART = 1.45, 1.75, 0.45, 0.36
"""Heights of the parts of the picture of balances, and of the headings between. [inches]"""

FEW = 40
"""Conversions that can be told apart on the page."""


def _balance(comparison: Comparison, policy: str | None) -> Figure:
    result = _drawn_policy(comparison, policy)
    ledger = ledger_of(comparison.scenario, result.policy)
    held = _balances(result, ledger)
    over = _over(comparison)[1]
    if comparison.paths > 1:
        over = over.replace("; ", "; path 0 of ")
    page = sheet(
        _balance_finding(result, ledger),
        [comparison.scenario.name, f"{_quoted(result.policy.name)}, {over}"],
        2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + EVENTS_DOWN + 0.35,
        alt=_balance_words(comparison, result, ledger),
    )
    roth = [Label(held.roth[-1], f"{amount(held.roth[-1])} on {held.days[-1]}", BLUE)]
    after_tax = [Label(held.value[-1], f"{amount(held.value[-1])} on {held.days[-1]}", VERMILLION)]
    if held.basis[-1] != held.value[-1]:
        after_tax.append(Label(held.basis[-1], f"basis {amount(held.basis[-1])}", INK, ":"))
    beside = Beside.of(roth, 1.1), Beside.of(after_tax, 1.1)
    tops = [max(1.0, *line) * 1.06 for line in (held.roth, held.value + held.basis)]
    left = MARGIN + max(*(scale_width(top, 4) for top in tops), width("conversions") + 0.1)
    right = WIDTH - MARGIN - max(one.wide for one in beside)
    upper = page.axes(left, right, APART, ROTH_DOWN)
    middle = page.axes(left, right, 2 * APART + ROTH_DOWN, AFTER_TAX_DOWN)
    page.write(left, APART / 2, "Roth", ha="left", weight="bold")
    page.write(left, APART * 1.5 + ROTH_DOWN, "After-tax subaccount", ha="left", weight="bold")
    few = sum(one.event == "conversion" for one in ledger.postings) <= FEW
    days = [number(day) for day in held.days]
    _area(upper, days, held.roth, BLUE, 1.6)
    _area(middle, days, held.value, VERMILLION, 1.4 if few else 0.4)
    if few:
        middle.plot(days, held.basis, color=INK, linewidth=0.9, linestyle=(0, (3, 2)))
        after = left + width("After-tax subaccount", bold=True) + 0.12
        page.write(after, APART * 1.5 + ROTH_DOWN, "dashed: its basis", ha="left", color=GREY)
    first = date(held.days[0].year, 1, 1)
    for axes, top, labels, down in zip(
        (upper, middle), tops, beside, (ROTH_DOWN, AFTER_TAX_DOWN), strict=True
    ):
        dollars_down(axes, top, 4)
        labels.draw(axes, top, (right - left, down))
        months(axes, first, held.days[-1])
        axes.set_xticklabels([])
    strip = page.axes(left, right, 2 * APART + ROTH_DOWN + AFTER_TAX_DOWN + 0.08, EVENTS_DOWN)
    _events(strip, ledger)
    months(strip, first, held.days[-1])
    return page.figure


def _area(axes: Axes, days: list[float], amounts: list[float], color: str, line: float) -> None:
    axes.fill_between(days, amounts, color=color, alpha=0.2 if line > 1 else 0.45, linewidth=0)
    axes.plot(days, amounts, color=color, linewidth=line)


def _events(axes: Axes, ledger: Ledger) -> None:
    """A strip of strokes: when money went in, and when it was converted."""
    for event, top, color in (("deposit", 0.98, GREY), ("conversion", 0.48, BLUE)):
        when = [number(one.session) for one in ledger.postings if one.event == event]
        thin = 0.6 if len(when) > FEW else 1.6
        axes.vlines(when, top - 0.36, top, color=color, linewidth=thin)
    axes.set_ylim(0, 1)
    axes.set_yticks([0.8, 0.3], ["deposits", "conversions"])
    axes.spines[["left", "top", "right"]].set_visible(False)


# Contributions: what goes in, against the limits


def _within(column: str) -> Callable[[Contribution, ContributionYear], float]:
    """A deferral without its part of the catch-up, which counts towards neither limit. [cents]"""

    def amount_of(one: Contribution, year: ContributionYear) -> float:
        deferred = one.pre_tax + one.roth
        own = int(getattr(one, column))
        if not one.catch_up:
            return own
        if year.roth_catch_up:
            return own - (one.catch_up if column == "roth" else 0)
        return own * (1 - one.catch_up / deferred)

    return amount_of


LAYERS: tuple[tuple[str, Callable[[Contribution, ContributionYear], float], str, str], ...] = (
    ("Pre-tax", _within("pre_tax"), BLUE, ""),
    ("Roth", _within("roth"), SKY, "////"),
    ("Employer", lambda one, _: one.employer, YELLOW, "...."),
    ("After-tax", lambda one, _: one.after_tax, VERMILLION, ""),
    ("Catch-up", lambda one, _: one.catch_up, PALE, "\\\\\\\\"),
)
"""From the bottom up: name, amount of a paycheck, colour, hatch. [cents]"""


def _contributions_finding(comparison: Comparison) -> str:
    years = comparison.contributions
    after_tax = sum(cents for _, cents in comparison.deposits)
    if not years:
        many = len(comparison.deposits)
        return f"{many} deposit{'s' * (many != 1)} replayed, {money(after_tax)} together"
    unused, room = sum(year.room_unused for year in years), sum(year.room for year in years)
    if not room:
        return "Deferrals and employer money leave no room for after-tax contributions"
    if not unused:
        return f"After-tax contributions fill the room of {money(room)}"
    if not after_tax:
        return f"No after-tax contribution goes in: room of {money(room)} stays unused"
    return f"After-tax contributions fill {money(after_tax)} of the room, {money(unused)} is unused"


def _contributions_subtitle(comparison: Comparison) -> list[str]:
    years = comparison.contributions
    span = f"{comparison.scenario.years}, added up from pay date to pay date"
    span += ", anew each January 1" if len(years) > 1 else ""
    clipped = list(clipped_words(years[0])) if len(years) == 1 else []
    return [comparison.scenario.name, " ".join([f"{span}.", *clipped])]


def _contributions_told(comparison: Comparison, policy: str | None = None) -> str:  # noqa: ARG001
    years = (
        f"{year.year}: pre-tax {money(year.total('pre_tax'))}, Roth {money(year.total('roth'))}, "
        f"employer {money(year.total('employer'))}, after-tax {money(year.total('after_tax'))}; "
        f"402(g) limit {money(year.elective_deferral_limit)}, catch-up "
        f"{money(year.total('catch_up'))}, 415(c) limit {money(year.annual_additions_limit)}"
        for year in comparison.contributions
    )
    clipped = (words for year in comparison.contributions for words in clipped_words(year))
    return _sentences(_contributions_finding(comparison), *years, *clipped)


def _contributions(comparison: Comparison, policy: str | None) -> Figure:  # noqa: ARG001
    years = _stacked(comparison)
    last = years[-1] if years else _Stack(comparison.scenario.years.last, (), (), ())
    top = max([1.0, *(one.highest for one in years)]) * 1.05
    labels = Beside.of(_layer_labels(last), 2.1)
    down = max(3.2, labels.tall)
    note = "Deferrals are held against the 402(g) limit, all layers but catch-up against the 415(c) limit."
    page = sheet(
        _contributions_finding(comparison),
        _contributions_subtitle(comparison),
        down + 0.6,
        note if comparison.contributions else "",
        _contributions_told(comparison),
    )
    left, right = MARGIN + scale_width(top), WIDTH - MARGIN - labels.wide
    axes = page.axes(left, right, 0.2, down)
    if len(years) > 1:
        page.write(right, 0.06, f"in {last.year}", ha="left", color=GREY, size=SMALL)
    for one in years:
        _draw_stack(axes, one)
    dollars_down(axes, top)
    labels.draw(axes, top, (right - left, down))
    simulated = comparison.scenario.years
    start = years[0].year if years else simulated.first
    months(axes, date(start, 1, 1), date(last.year + 1, 1, 1))
    return page.figure


@dataclass(frozen=True)
class _Stack:
    """One year of contributions, layer upon layer.

    Attributes:
        year: The calendar year.
        days: January 1, the pay dates, the next January 1.
        tops: The top of each layer of `LAYERS` on these days. [layer, day; dollars]
        limits: Name, amount and line style of each limit. [dollars]
    """

    year: int
    days: tuple[date, ...]
    tops: tuple[tuple[float, ...], ...]
    limits: tuple[tuple[str, float, str], ...]

    @property
    def highest(self) -> float:
        return max([self.tops[-1][-1], *(limit for _, limit, _ in self.limits)])


def _stacked(comparison: Comparison) -> list[_Stack]:
    """The years with contributions, or with replayed deposits."""
    stacks = []
    for year in comparison.contributions:
        amounts = [
            [layer(one, year) / 100 for one in year.contributions] for _, layer, _, _ in LAYERS
        ]
        limits = (
            ("402(g) limit", year.elective_deferral_limit / 100, "--"),
            ("415(c) limit", year.annual_additions_limit / 100, "-"),
        )
        days = [one.pay_date for one in year.contributions]
        stacks.append(_stack(year.year, days, amounts, limits))
    if comparison.contributions:
        return stacks
    for of_year in sorted(comparison.contribution_years):
        paid = [(day, cents / 100) for day, cents in comparison.deposits if day.year == of_year]
        amounts = [[0.0] * len(paid) for _ in LAYERS]
        amounts[[name for name, *_ in LAYERS].index("After-tax")] = [dollars for _, dollars in paid]
        stacks.append(_stack(of_year, [day for day, _ in paid], amounts, ()))
    return stacks


def _stack(
    year: int,
    days: Sequence[date],
    amounts: Sequence[Sequence[float]],
    limits: tuple[tuple[str, float, str], ...],
) -> _Stack:
    """Sums amounts over the year and over the layers. [layer, paycheck; dollars]"""
    below = [0.0] * (len(days) + 2)
    tops = []
    for layer in amounts:
        to_date = list(accumulate(layer, initial=0.0))
        to_date.append(to_date[-1])
        below = [under + own for under, own in zip(below, to_date, strict=True)]
        tops.append(tuple(below))
    return _Stack(year, (date(year, 1, 1), *days, date(year + 1, 1, 1)), tuple(tops), limits)


def _draw_stack(axes: Axes, stack: _Stack) -> None:
    days = [number(day) for day in stack.days]
    below: tuple[float, ...] = (0.0,) * len(days)
    for (_, _, color, hatch), top in zip(LAYERS, stack.tops, strict=True):
        if top[-1] - below[-1] > 0.001:
            axes.fill_between(
                days, below, top, step="post", facecolor=color, hatch=hatch or None,
                edgecolor=INK, linewidth=0.4,
            )  # fmt: skip
        below = top
    for _, limit, line in stack.limits:
        axes.hlines(limit, days[0], days[-1], color=INK, linestyle=line, linewidth=1.6)


def _layer_labels(stack: _Stack) -> list[Label]:
    """The layers and limits of the last year, by name and amount."""
    labels, below = [], 0.0
    for (name, _, _, _), top in zip(LAYERS, stack.tops, strict=False):
        if top[-1] - below > 0.001:
            words = f"{name} {amount(round(top[-1] - below, 2))}"
            labels.append(Label((below + top[-1]) / 2, words, GREY))
        below = top[-1]
    limits = [Label(at, f"{name} {amount(at)}", INK, line) for name, at, line in stack.limits]
    return labels + limits


# Sweeps: taxable earnings against a delay, or any other field


def _numbers(sweep: Sweep) -> bool:
    return all(isinstance(value, Real) and not isinstance(value, bool) for value, _ in sweep.points)


def _field_words(sweep: Sweep) -> str:
    return "delay" if sweep.field == "delay" else one_line(sweep.field)


def _sweep_finding(sweep: Sweep) -> str:
    comparison, points = sweep.comparison, sweep.points
    low, high = points[0], points[-1]
    measure = _measure(comparison)
    verb = "sends" if comparison.splits else "taxes"
    if len(points) == 1 and sweep.field == "delay":
        where = _destination(comparison)
        return f"A delay of {_days(low[0])} {verb} {_told_money(low[1])}{where}"
    if sweep.field != "delay":
        parts = [
            f"{_told_money(told)} at {_quoted(str(value)).strip('“”')}"
            for value, told in (low, high)
        ]
        ends = " and ".join(dict.fromkeys(parts))
        return f"{_capital(measure)} by {_field_words(sweep)}: {ends}"
    added = comparison.difference(comparison.results[-1], comparison.results[0])
    size = money(
        abs(mean(added)), standard_error(added, comparison.scenario.returns.randomisations)
    )
    other = "none" if low[0] == 0 else f"one of {_days(low[0])}"
    return (
        f"A delay of {_days(high[0])} {verb} {size} {'less' if mean(added) < 0 else 'more'}"
        f"{_destination(comparison)} than {other}"
    )


def _told_money(told: Told) -> str:
    return money(told["mean"] * 100, told.get("se", 0.0) * 100)


def _days(many: Any) -> str:
    return f"{many} day{'s' * (many != 1)}"


def _categories(sweep: Sweep) -> Figure:
    """The picture of a sweep over words: a row for each."""
    comparison = sweep.comparison
    rows = [_Row(str(value), told, _told_money(told)) for value, told in sweep.points]
    return _rows(
        _sweep_finding(sweep),
        [comparison.scenario.name, f"By {_field_words(sweep)}; {_over(comparison)[1]}"],
        rows,
        _measure(comparison),
        comparison.paths > 1,
        delay_alt_text(sweep),
    )


def _curve(sweep: Sweep) -> Figure:
    """The picture of a sweep over numbers: mean, median and band; other cadences as lines across."""
    many = sweep.comparison.paths > 1
    closed = list(sweep.closed_form or [None] * len(sweep.points))
    rising = sorted(zip(sweep.points, closed, strict=True), key=lambda one: float(one[0][0]))
    values = [float(value) for (value, _), _ in rising]
    told = [one for (_, one), _ in rising]
    formula = [
        (value, one) for value, (_, one) in zip(values, rising, strict=True) if one is not None
    ]
    columns = ("mean", "p50", "p5", "p95") if many else ("mean",)
    ends = [one[column] for one in told for column in columns]
    top = max([1.0, *ends, *sweep.marks.values(), *(one for _, one in formula)]) * 1.05
    labels = Beside.of(_curve_labels(sweep, told[-1], formula, many), 2.1)
    down = max(3.4, labels.tall * 1.3)
    note = "Shaded: from 5% to 95% of the paths." if many else ""
    subtitle = [sweep.comparison.scenario.name, _over(sweep.comparison)[1]]
    page = sheet(_sweep_finding(sweep), subtitle, down + 0.85, note, delay_alt_text(sweep))
    left, right = MARGIN + scale_width(top), WIDTH - MARGIN - labels.wide
    axes = page.axes(left, right, 0.2, down)
    measure = _measure(sweep.comparison)
    page.write(MARGIN, 0.06, _capital(measure), ha="left", size=SMALL, color=GREY)
    _draw_curve(axes, values, told, formula, many)
    for dollars in sweep.marks.values():
        axes.axhline(dollars, color=GREY, linewidth=1.0, linestyle=(0, (6, 3)), zorder=1.5)
    dollars_down(axes, top)
    _number_scale(axes, values, right - left)
    delay = "Delay of each deposit before it may be converted, calendar days"
    axes.set_xlabel(
        delay if sweep.field == "delay" else wrapped(sweep.field, right - left, lines=1)
    )
    labels.draw(axes, top, (right - left, down))
    return page.figure


def _draw_curve(
    axes: Axes,
    values: Sequence[float],
    told: Sequence[Told],
    formula: Sequence[tuple[float, float]],
    many: bool,
) -> None:
    dot = "o" if len(values) <= 25 else ""
    if many:
        low, high = [one["p5"] for one in told], [one["p95"] for one in told]
        axes.fill_between(values, low, high, color=SKY, alpha=0.35, linewidth=0)
        median = [one["p50"] for one in told]
        axes.plot(
            values, median, color=INK, linestyle="-.", linewidth=1.3, marker=dot, markersize=2.5
        )
    means = [one["mean"] for one in told]
    axes.plot(values, means, color=BLUE, linewidth=2.2, marker=dot, markersize=5)
    if formula:
        xs, ys = zip(*formula, strict=True)
        axes.plot(xs, ys, color=VERMILLION, linewidth=1.6, linestyle=(0, (2, 2)), zorder=4)


def _curve_labels(
    sweep: Sweep, last: Told, formula: Sequence[tuple[float, float]], many: bool
) -> list[Label]:
    """What stands at the right: the curves at their ends, the band, the other cadences."""
    labels = [
        Label(dollars, f"{name} {amount(round(dollars, 2))}", GREY, "--")
        for name, dollars in sweep.marks.items()
    ]
    labels.append(Label(last["mean"], f"{'mean ' * many}{_told_money(last)}", BLUE))
    if many:
        labels.append(Label(last["p50"], f"median ${last['p50']:,.0f}", INK, "-."))
        labels.append(Label(last["p5"], f"5% ${last['p5']:,.0f}", SKY))
        labels.append(Label(last["p95"], f"95% ${last['p95']:,.0f}", SKY))
    if formula:
        closed = formula[-1][1]
        labels.append(Label(closed, f"by formula {amount(round(closed, 2))}", VERMILLION, ":"))
    return labels


def _number_scale(axes: Axes, values: Sequence[float], inches: float) -> None:
    """A horizontal scale over the values of a sweep."""
    low, high = values[0], values[-1]
    pad = (high - low) * 0.02 or 1.0
    axes.set_xlim(low - (pad if len(values) == 1 else 0), high + (pad if len(values) == 1 else 0))
    most = 8
    while most > 1:
        ticks = [float(tick) for tick in MaxNLocator(nbins=most).tick_values(low, high)]
        ticks = [tick for tick in ticks if low <= tick <= high] or [low]
        names = [f"{tick:,.8g}" for tick in ticks]
        if sum(width(name, SMALL) + 0.15 for name in names) <= inches:
            break
        most -= 1
    axes.set_xticks(ticks, names)
    axes.tick_params(axis="x", length=3)


# The kinds


@dataclass(frozen=True)
class _Kind:
    """A kind of picture: how it is drawn, and how it is told in words."""

    drawn: Callable[[Comparison, str | None], Figure]
    told: Callable[[Comparison, str | None], str]


KINDS = {
    "cadence": _Kind(_cadence, _cadence_told),
    "balance": _Kind(_balance, _balance_told),
    "contributions": _Kind(_contributions, _contributions_told),
}
"""The kinds of pictures of a comparison; a sweep has its own."""
