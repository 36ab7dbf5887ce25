"""An answer whose policies are called as a client would call them, where its file gives them no label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from simulator.answer.comparison import Comparison
from simulator.answer.phrases import capital
from simulator.answer.policy_result import PolicyResult
from simulator.answer.worth import Worth
from simulator.conversion.policy import AS_DONE, Policy
from simulator.notation.specification import replaced


class InWords(Policy):
    """A policy that is called by its words, `3 days after each paycheck`, not `per-paycheck+3d`."""

    @property
    def name(self) -> str:
        """Its label, or its words."""
        return self.label if self.label is not None else capital(self.words)


def plainly(comparison: Comparison) -> Comparison:
    """The same answer with names in words; those that would not tell two policies apart stay as they are."""
    policies = [result.policy for result in comparison.results]
    named = {policy.name: _in_words(policy) for policy in policies}
    counted = Counter(policy.name for policy in (*named.values(), AS_DONE))
    for policy in policies:
        if counted[named[policy.name].name] > 1:
            named[policy.name] = policy

    def of(results: tuple[PolicyResult, ...]) -> tuple[PolicyResult, ...]:
        return tuple(replace(result, policy=named[result.policy.name]) for result in results)

    scenario = comparison.scenario
    return replace(
        comparison,
        scenario=replaced(
            scenario, policies=tuple(named[policy.name] for policy in scenario.policies)
        ),
        results=of(comparison.results),
        unparked=of(comparison.unparked),
        worth=_renamed(comparison.worth, {name: policy.name for name, policy in named.items()}),
    )


def _in_words(policy: Policy) -> Policy:
    fields: dict[str, Any] = {name: getattr(policy, name) for name in Policy.model_fields}
    return InWords.model_construct(_fields_set=policy.model_fields_set, **fields)


def _renamed(worth: Worth | None, names: Mapping[str, str]) -> Worth | None:
    if worth is None:
        return None
    policies, unparked = (
        {names.get(name, name): cents for name, cents in those.items()}
        for those in (worth.policies, worth.unparked)
    )
    return replace(worth, policies=policies, unparked=unparked)
