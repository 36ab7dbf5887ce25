"""The picture of a batch: how Box 2a is spread over people, by policy."""

from matplotlib.figure import Figure

from simulator.answer.phrases import capital, one_line, paragraph, shortened
from simulator.batches.summary import PolicySummary, Summary
from simulator.money import in_dollars
from simulator.report.pictures.distributions import distributions
from simulator.report.pictures.look import WIDE, Look, in_style
from simulator.report.pictures.rows import HOW_TO_READ, Row
from simulator.report.tables.batch import counted, finding, group

MEASURE = "taxable earnings of each person"


@in_style
def people_picture(summed: Summary, *, look: Look = WIDE) -> Figure:
    """A row for each policy, drawn over people."""
    by = f", by {one_line(summed.by)}" if summed.by else ""
    many = summed.state.done > 1
    return distributions(
        capital(one_line(finding(summed))),
        [f"Box 2a of {counted(summed)}, all forms together{by}"],
        [_row(summed, policy) for policy in summed.policies],
        MEASURE,
        many,
        _alt_text(summed),
        HOW_TO_READ.replace("paths", "people"),
        look=look,
    )


def _row(summed: Summary, policy: PolicySummary) -> Row:
    left = f"leaves {_amount(policy.left)} behind in all" if policy.left else ""
    return Row(
        shortened(_called(summed, policy)), policy.box_2a, _amount(policy.box_2a["mean"]), left
    )


def _called(summed: Summary, policy: PolicySummary) -> str:
    return policy.policy if summed.by is None else f"{policy.policy}, {group(summed, policy.value)}"


def _amount(value: float) -> str:
    return in_dollars(round(value * 100))


def _alt_text(summed: Summary) -> str:
    rows = (
        f"{one_line(_called(summed, policy))}: {_amount(policy.box_2a['mean'])} "
        f"(5% to 95%: ${policy.box_2a['p5']:,.0f} to ${policy.box_2a['p95']:,.0f})"
        for policy in summed.policies
    )
    return paragraph(finding(summed), f"Mean {MEASURE} by policy: {'; '.join(rows)}")
