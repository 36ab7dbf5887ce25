"""How functions of this engine are compiled."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])

STRICT: dict[str, Any] = {"fastmath": False, "error_model": "numpy", "nogil": True}
"""IEEE arithmetic as it is written: no reordering, no fused multiply-add."""


def compiled(function: Function) -> Function:
    """A function that compiled code calls: it becomes part of its caller."""
    return cast(Function, njit(**STRICT)(function))


def inlined(function: Function) -> Function:
    """A function that gives a column, written out where it is called.

    Else it would be counted who holds the column, which takes as long as the arithmetic on it.
    """
    return cast(Function, njit(inline="always", **STRICT)(function))
