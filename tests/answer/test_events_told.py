"""Whatever life events are drawn, a scenario is answered by every report, or refused in a line."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.notation.mistakes import Mistakes
from simulator.presentation import checklist, plot, reminders
from simulator.report.sentences import findings, form_notes
from simulator.report.tables.answer import comparison_tables
from simulator.report.tables.forms import form_table, left_table
from simulator.simulation import compare
from tests.documents import scenario_at_once
from tests.events_drawn import events
from tests.how_many import times
from tests.strategies import scenarios

REFUSED = (
    "is after last_pay_date",
    "is before last_pay_date",
    "is after the separation",
    "more than the account holds",
    "had no after-tax contributions",
    "no salary is in force",
    "the elections together ask for",
    "is outside the years",
    "is before the first pay date",
    "the room and the match would chase each other",
)


@times(1.2)
@given(st.data(), scenarios(), st.sampled_from(["employer", "after-tax"]))
def test_a_scenario_with_events_is_told_or_refused_in_a_line(
    data: st.DataObject, document: dict[str, Any], excess: str
) -> None:
    first, last = (int(year) for year in document["years"].split("-"))
    drawn = data.draw(events(first, last))
    plan = document["plan"] | {"excess": excess}
    asked = document | {"events": drawn, "plan": plan, "taxes": {"federal": "24%"}}
    try:
        answer = compare(scenario_at_once(asked))
    except Mistakes as mistakes:
        assert all(any(words in str(one) for words in REFUSED) for one in mistakes.mistakes)
        return
    json.dumps(answer.to_dict(), allow_nan=False)
    comparison_tables(answer)
    assert not any("nan" in sentence for sentence in findings(answer))
    left_table(answer)
    assert list(checklist(answer))
    for result in answer.results:
        records = list(answer.form_records(result))
        form_table(records, form_notes(records))
        for record in records:
            total = record["box_2a"]["mean"] + record["box_5"]["mean"]
            assert record["box_7"] != "G" or total <= record["box_1"]["mean"] + 0.001
            assert record["box_7"] == "G" or abs(total - record["box_1"]["mean"]) < 0.001
        assert all(one.words for one in reminders(answer, result))
    for year in answer.contributions:
        assert year.annual_additions <= year.annual_additions_limit
        assert 0 <= year.after_tax_returned <= year.total("after_tax")
    plot(answer, "balance", answer.results[0].policy.name)
