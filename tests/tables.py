"""Tables of amounts, filled by hand: what the kernel and the compiled engine put into them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from simulator.answer.comparison import Comparison
from simulator.conversion.kernel import post_all
from simulator.conversion.rows import rows_of_taxable
from simulator.conversion.timeline import Timeline

Floats = NDArray[np.float64]


def taxable(plan: Timeline, prices: Floats | Sequence[Floats]) -> Floats:
    """Box 2a over all forms, where forms alone are asked for. [cents; path]"""
    amounts = np.zeros((1, len(prices[0])))
    bought: dict[Any, Any] = {}
    post_all(plan, prices, rows_of_taxable([plan])[0], amounts, bought)
    row: Floats = amounts[0]
    return row


def box_2a(comparison: Comparison, name: str) -> Any:
    """Box 2a over all forms of a policy. [cents; path]"""
    return comparison.result(name).total("box_2a")
