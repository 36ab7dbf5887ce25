"""The picture of a comparison by policy: what each moves in taxable earnings, and what waiting costs."""

from matplotlib.figure import Figure

from simulator.answer.comparison import Comparison
from simulator.answer.curve import curve
from simulator.answer.phrases import capital, one_line, paragraph, whole_dollars
from simulator.report.finding import finding, leaves
from simulator.report.pictures.distributions import NOT_YET, STAYS, distributions
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.rows import Row
from simulator.report.sentences import over


@in_style
def cadence(comparison: Comparison, *, look: Look = WIDE) -> Figure:
    """A row for each policy."""
    return distributions(
        finding(comparison),
        [comparison.scenario.name, f"{comparison.scenario.period}; {over(comparison)}"],
        _rows(comparison),
        _measure(comparison),
        comparison.paths != 1,
        _alt_text(comparison),
        look=look,
        behind=NOT_YET if comparison.scenario.until else STAYS,
    )


def _measure(comparison: Comparison) -> str:
    if comparison.splits:
        return "earnings sent to the IRA"
    return "earnings, taxed now or sent to the IRA" if comparison.has_ira else "taxable earnings"


def _rows(comparison: Comparison) -> list[Row]:
    return [
        Row(
            result.policy.name,
            comparison.statistics(result.earnings_moved),
            comparison.known(result.earnings_moved, whole_dollars),
            leaves(comparison, result) if result.leaves_money else "",
            curve=curve(result.earnings_moved),
            best=result is comparison.verdict.best,
        )
        for result in comparison.with_done
    ]


def _alt_text(comparison: Comparison) -> str:
    many = comparison.paths != 1
    rows = (
        f"{one_line(row.name)}: {row.figure}"
        + (row.spread if many else "")
        + (f", nothing with a probability of {row.curve.nothing:.0%}" if row.curve else "")
        + (f", {row.behind}" if row.behind else "")
        for row in _rows(comparison)
    )
    measure = capital(f"{'Mean ' * many}{_measure(comparison)} by policy")
    return paragraph(finding(comparison), f"{measure}: {'; '.join(rows)}")
