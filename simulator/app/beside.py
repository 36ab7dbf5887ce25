"""What stands beside an answer: the forms to come, the checklist, and what each day of delay costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.presentation import checklist, delays_of
from simulator.report.checklist import QUESTIONS
from simulator.report.form_boxes import DISCLAIMER, MARK, form_boxes, form_words
from simulator.scenario.scenario import Scenario
from simulator.simulation import compare

MOST_FORMS = 200
"""That a page leafs through."""


def beside(scenario: Scenario) -> dict[str, Any]:
    """Everything that the page shows and the comparison itself does not say.

    Args:
        scenario: The question.
    """
    comparison = compare(scenario)
    curve = delays_of(comparison)
    return {
        "forms": list(_forms(comparison))[:MOST_FORMS],
        "mark": MARK,
        "disclaimer": DISCLAIMER,
        "checklist": [asdict(item) for item in checklist(comparison)],
        "questions": list(QUESTIONS),
        "delays": {**curve.to_dict(), "paths": curve.paths} if curve else None,
    }


def _forms(comparison: Comparison) -> Iterator[dict[str, Any]]:
    """Each form of each policy, box by box."""
    recipient = comparison.scenario.recipient
    for result in comparison.results:
        for record in comparison.form_records(result):
            yield {
                "policy": record["policy"],
                "year": record["year"],
                "code": record["box_7"],
                "words": form_words(record),
                "boxes": [asdict(box) for box in form_boxes(record, recipient)],
            }
