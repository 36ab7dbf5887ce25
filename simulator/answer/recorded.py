"""The records that an answer is made of: what reads a comparison asks for them by these names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.answer.advised import Advised
from simulator.answer.policy_result import Amounts, PolicyResult


class Recorded(Advised):
    """Every policy of a scenario weighed against each other, and what records it has."""

    def policy_record(self, result: PolicyResult) -> dict[str, Any]:
        """A policy, year by year and in total. [dollars]"""
        raise NotImplementedError

    def form_records(self, result: PolicyResult) -> Iterator[dict[str, Any]]:
        """A policy's forms, a record for each year and code. [dollars]"""
        raise NotImplementedError

    def amounts(self, result: PolicyResult) -> dict[str, Amounts]:
        """Each amount that is told of all years together, on each path. [cents; path]"""
        raise NotImplementedError
