"""The verdict of a comparison as a record, so that it can be worked out again from the rest. [dollars]"""

from __future__ import annotations

from typing import Any

from simulator.answer.advised import Advised
from simulator.answer.parking import growth_record


def verdict_record(weighing: Advised) -> dict[str, Any]:
    """The verdict on the policies of a scenario. [dollars]"""
    verdict, statistics = weighing.verdict, weighing.statistics
    best, enough, against = (
        result.policy.name if result else None
        for result in (verdict.best, verdict.enough, verdict.against)
    )
    dates = [str(day) for day in verdict.dates]
    returns, better = weighing.scenario.returns, weighing.better_dates
    saves = verdict.against and statistics(verdict.costs_more(verdict.against))
    done = verdict.done and {
        "policy": verdict.done[0].policy.name,
        "costs_more": statistics(verdict.costs_more(verdict.done[0])),
        "conversions": verdict.done[0].conversions,
    }
    return {
        "best": best,
        "measure": verdict.measure,
        "enough": enough,
        "others": [
            {
                "policy": other.policy.name,
                "costs_more": statistics(verdict.costs_more(other)),
                "conversions": other.conversions,
            }
            for other in verdict.others
        ],
        "against": against,
        "saves": saves,
        "adds": {name: statistics(cents) for name, cents in weighing.adds.items()},
        **({"done": done} if done else {}),
        "first": dates[0] if dates else None,
        "next": dates[1:],
        **({"better_dates": better.record()} if better else {}),
        "sentences": list(weighing.advice),
        **growth_record(returns),
        **(
            {"held_on": str(weighing.results[0].timeline.last_session)} if weighing.unparked else {}
        ),
    }
